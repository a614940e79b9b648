/* Clusters as people write them: a count and a name in any order; slices of TPUs; machines of the clouds. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/cluster.h"

#include "model/parameters.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { CLUSTER_TEXT = 128 };

/* ---- names ---- */

/* Copies without blanks at the ends, and without a noun behind the name: "8 H100 GPUs". */
static void copy_trimmed(const char *text, size_t length, char out[CLUSTER_TEXT])
{
    static const char *const nouns[] = {" gpus", " gpu", " chips", " chip", " accelerators", " cards", " tpus"};
    while (length > 0 && isspace((unsigned char)*text)) {
        text++;
        length--;
    }
    while (length > 0 && isspace((unsigned char)text[length - 1]))
        length--;
    length = length < CLUSTER_TEXT - 1 ? length : CLUSTER_TEXT - 1;
    memcpy(out, text, length);
    out[length] = '\0';
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
        size_t noun = strlen(nouns[i]);
        if (length > noun && text_same(out + length - noun, nouns[i])) {
            out[length -= noun] = '\0';
            break;
        }
    }
}

static const traincost_instance *find_machine(const traincost_catalog *catalog, const char *name)
{
    const traincost_instance *machine;
    for (size_t i = 0; (machine = traincost_catalog_instance(catalog, i)); i++) {
        const char *plain = strncmp(machine->id, "Standard_", 9) ? machine->id : machine->id + 9;
        if (text_same(machine->id, name) || text_same(plain, name))
            return machine;
    }
    return NULL;
}

static const char *nearest_machine(const traincost_catalog *catalog, const char *name)
{
    const traincost_instance *machine;
    struct text_search search = {.given = name};
    for (size_t i = 0; (machine = traincost_catalog_instance(catalog, i)); i++)
        text_try(&search, machine->id);
    return text_meant(&search) && search.distance <= 2 ? search.nearest : NULL;
}

/* A slice's number counts cores, two a chip, up to v5p, and chips from v5e on
 * (https://cloud.google.com/tpu/docs/v5p, https://cloud.google.com/tpu/docs/v6e). */
static const struct slice_kind {
    const char *word, *chip;
    double cores;
} slice_kinds[] = {{"v2", "tpu-v2", 2},         {"v3", "tpu-v3", 2},     {"v4", "tpu-v4", 2},  {"v5p", "tpu-v5p", 2},
                   {"v5litepod", "tpu-v5e", 1}, {"v5e", "tpu-v5e", 1},   {"v6e", "tpu-v6e", 1}, {"7x", "tpu-v7", 1},
                   {"v7", "tpu-v7", 1},         {"v7x", "tpu-v7", 1}};

static const struct slice_kind *find_slice(const char *name, double *number)
{
    char plain[CLUSTER_TEXT];
    size_t n = 0;
    for (; name[n] && n + 1 < sizeof plain; n++)
        plain[n] = (char)tolower((unsigned char)name[n]);
    plain[n] = '\0';
    const char *at = !strncmp(plain, "tpu", 3) ? plain + 3 : plain;
    at += *at == '-' || *at == ' ';
    const char *dash = strrchr(at, '-');
    if (!dash || !dash[1] || strspn(dash + 1, "0123456789") != strlen(dash + 1) || strlen(dash) > 8)
        return NULL;
    for (size_t i = 0; i < sizeof slice_kinds / sizeof *slice_kinds; i++)
        if (strlen(slice_kinds[i].word) == (size_t)(dash - at) && !strncmp(slice_kinds[i].word, at, (size_t)(dash - at))) {
            text_number(dash + 1, number);
            return &slice_kinds[i];
        }
    return NULL;
}

/* ---- what a name stands for ---- */

static bool take_slice(const traincost_catalog *catalog, const char *name, struct cluster *cluster, double *each)
{
    double number = 0;
    char chips[TEXT_NUMBER];
    const struct slice_kind *slice = find_slice(name, &number);
    if (!slice || !(cluster->chip = catalog_chip_of_id(catalog_rows(catalog), slice->chip)))
        return false;
    *each = number > 1 ? number / slice->cores : 1;
    snprintf(cluster->note, CLUSTER_NOTE, "%.40s is a slice of %s chips: its number counts %s", name,
             text_print_grouped(*each, 8, chips), slice->cores > 1 ? "cores, two a chip" : "chips");
    return true;
}

static bool take_machine(const traincost_catalog *catalog, const char *name, struct cluster *cluster, double *each)
{
    char chips[TEXT_NUMBER];
    const traincost_instance *machine = find_machine(catalog, name);
    if (!machine || !(cluster->chip = catalog_chip_of_id(catalog_rows(catalog), machine->chip)))
        return false;
    *each = cluster->machine_chips = machine->chips;
    snprintf(cluster->note, CLUSTER_NOTE, "%s of %s has %s x %.60s", machine->id, machine->vendor,
             text_print_grouped(machine->chips, 6, chips), cluster->chip->name);
    return true;
}

/* A DGX is a server, whichever chips it has. */
static bool take_server(const traincost_catalog *catalog, const char *name, struct cluster *cluster, double *each)
{
    char chips[TEXT_NUMBER];
    const traincost_chip *chip;
    int usual = 0;
    if (!text_begins(name, "dgx") || traincost_catalog_find(catalog, name, &chip, &usual, NULL) != TRAINCOST_OK ||
        chip->chips_per_server < 2)
        return false;
    cluster->chip = chip;
    *each = cluster->machine_chips = chip->chips_per_server;
    snprintf(cluster->note, CLUSTER_NOTE, "%.40s is a server of %s x %.60s", name, text_print_grouped(*each, 6, chips),
             chip->name);
    return true;
}

/* An HGX and a rack of 72 are named for the chips in them as often as for themselves. */
static void note_servers(const char *name, struct cluster *cluster)
{
    char chips[TEXT_NUMBER];
    const char *rack = NULL;
    double each = text_begins(name, "hgx") ? cluster->chip->chips_per_server : 0;
    for (const char *at = name; !rack && *at; at++)
        if (text_begins(at, "nvl") && text_is_digit(at[3]))
            rack = at + 3;
    if (rack)
        text_number(rack, &each);
    if (each > 1 && !*cluster->note)
        snprintf(cluster->note, CLUSTER_NOTE, "%.40s is counted in chips, of which a %s has %s", name,
                 rack ? "rack" : "server", text_print_grouped(each, 6, chips));
}

/* "H100s": the plural of a chip's name. */
static bool take_chip(const traincost_catalog *catalog, const char *name, struct cluster *cluster)
{
    int usual = 0;
    char singular[CLUSTER_TEXT];
    size_t length = strlen(name);
    if (traincost_catalog_find(catalog, name, &cluster->chip, &usual, NULL) != TRAINCOST_OK) {
        snprintf(singular, sizeof singular, "%.*s", length > 1 ? (int)length - 1 : 0, name);
        if (length < 3 || name[length - 1] != 's' ||
            traincost_catalog_find(catalog, singular, &cluster->chip, &usual, NULL) != TRAINCOST_OK)
            return false;
    }
    cluster->usual = usual;
    return true;
}

static bool take_name(const traincost_catalog *catalog, const char *name, struct cluster *cluster, double *each)
{
    *cluster = (struct cluster){.machine_chips = 0};
    *each = 1;
    snprintf(cluster->name, sizeof cluster->name, "%.63s", name);
    return *name && (take_slice(catalog, name, cluster, each) || take_machine(catalog, name, cluster, each) ||
                     take_server(catalog, name, cluster, each) || take_chip(catalog, name, cluster));
}

/* ---- the text ---- */

static bool read_count(const char *text, quantity *count)
{
    struct quantity_rule rule = parameter_rule(PARAMETER_CHIPS);
    return quantity_parse(text, &rule, count, NULL) == TRAINCOST_OK;
}

/* The bytes of "x", "×", "*", ":" or a blank between a count and a name; 0 for something else. */
static size_t separator(const char *text, bool before_count)
{
    if (*text == 'x' || *text == 'X' || *text == '*' || *text == ' ')
        return 1;
    if (*text == ':' && before_count)
        return 1;
    return !strncmp(text, "\xc3\x97", 2) ? 2 : 0;
}

/* Cuts the text at `at`: a count on one side, a name on the other. */
static bool read_halves(const traincost_catalog *catalog, const char *text, size_t at, bool count_first,
                        struct cluster *cluster, char name[CLUSTER_TEXT])
{
    char count[CLUSTER_TEXT];
    double each;
    quantity chips;
    size_t sign = separator(text + at, !count_first);
    if (sign == 0)
        return false;
    copy_trimmed(text, at, count_first ? count : name);
    copy_trimmed(text + at + sign, strlen(text + at + sign), count_first ? name : count);
    if (!read_count(count, &chips) || !take_name(catalog, name, cluster, &each))
        return false;
    cluster->chips = quantity_scaled(chips, each);
    note_servers(name, cluster);
    return true;
}

/* Where the text begins with a count and goes on as a name: how a cluster with an unknown name looks. */
static bool looks_counted(const char *text, char name[CLUSTER_TEXT])
{
    char count[CLUSTER_TEXT];
    quantity chips;
    for (size_t i = 1; *text && text[i] && i < CLUSTER_TEXT - 1; i++) {
        size_t sign = separator(text + i, false);
        copy_trimmed(text, i, count);
        if (sign && read_count(count, &chips)) {
            copy_trimmed(text + i + sign, strlen(text + i + sign), name);
            if (isalpha((unsigned char)*name) && *name != 'x' && *name != 'X')
                return true;
        }
    }
    const char *colon = strchr(text, ':');
    if (!colon || !read_count(colon + 1, &chips))
        return false;
    copy_trimmed(text, (size_t)(colon - text), name);
    return *name != '\0';
}

/* What stands behind " nodes", or NULL where no such noun stands at `text`. */
static char *behind_servers(char *text)
{
    static const char *const nouns[] = {" node", " server", " host", " machine", " instance"};
    for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++)
        if (text_begins(text, nouns[i])) {
            char *end = text + strlen(nouns[i]);
            end += *end == 's' || *end == 'S';
            return *end == ' ' || *end == '\0' ? end : NULL;
        }
    return NULL;
}

/* "16 nodes of 8 H100" becomes "16x8 H100", and "4 p5.48xlarge instances" "4 p5.48xlarge". Whether servers are
 * counted, and the text does not say how many chips each has. */
static bool drop_servers(char text[CLUSTER_TEXT])
{
    static const char *const joints[] = {" of ", " with ", " x ", " * ", " \xc3\x97 ", " "};
    size_t count = strspn(text, "0123456789,._");
    char *rest = count ? behind_servers(text + count) : NULL;
    for (size_t i = 0; rest && i < sizeof joints / sizeof *joints; i++)
        if (text_begins(rest, joints[i])) {
            rest += strlen(joints[i]);
            text[count] = 'x';
            memmove(text + count + 1, rest, strlen(rest) + 1);
            return !text_is_digit(text[count + 1]);
        }
    for (char *at = text + count; count && *at && (at = strchr(at + 1, ' '));)
        if ((rest = behind_servers(at)) && !*rest) {
            *at = '\0';
            return true;
        }
    return false;
}

static traincost_status refuse_cluster(const traincost_catalog *catalog, const char *text, const char *whole,
                                       traincost_error *error)
{
    char name[CLUSTER_TEXT] = "", count[CLUSTER_TEXT];
    const traincost_chip *chip;
    struct quantity_rule rule = parameter_rule(PARAMETER_CHIPS);
    quantity chips;
    size_t digits = strspn(whole, "0123456789._");
    snprintf(count, sizeof count, "%.*s", (int)digits, whole);
    if (digits > 0 && quantity_parse(count, &rule, &chips, NULL) == TRAINCOST_RANGE)
        return quantity_parse(count, &rule, &chips, error);
    bool counted = looks_counted(whole, name);
    const char *machine = nearest_machine(catalog, counted ? name : whole);
    if (machine)
        return error_unknown(error, "machine", counted ? name : whole, machine, "");
    if (!counted)
        return error_set(error, TRAINCOST_SYNTAX,
                         "cluster '%.60s': write chips x type, as in 512xH800, H100:8, 2x8xH100, a TPU slice as in "
                         "v5p-64, or a cloud's machine as in 4xp5.48xlarge",
                         text);
    return traincost_catalog_find(catalog, name, &chip, NULL, error);
}

static bool read_whole(const traincost_catalog *catalog, const char *whole, struct cluster *cluster)
{
    char name[CLUSTER_TEXT];
    double each = 1;
    size_t length = strlen(whole);
    if (take_name(catalog, whole, cluster, &each) && *cluster->note) {
        cluster->chips = quantity_exact(each);
        return true;
    }
    for (size_t i = 1; i < length; i++)
        if (read_halves(catalog, whole, i, true, cluster, name))
            return true;
    for (size_t i = length; i-- > 1;)
        if (read_halves(catalog, whole, i, false, cluster, name))
            return true;
    return false;
}

traincost_status cluster_read(const traincost_catalog *catalog, const char *text, struct cluster *cluster,
                              traincost_error *error)
{
    char whole[CLUSTER_TEXT];
    copy_trimmed(text, strlen(text), whole);
    bool servers = drop_servers(whole);
    if (!read_whole(catalog, whole, cluster))
        return refuse_cluster(catalog, text, whole, error);
    if (servers && cluster->machine_chips == 0)
        return error_set(error, TRAINCOST_SYNTAX,
                         "cluster '%.60s': it does not say how many chips a server has: write 2x8xH100", text);
    return TRAINCOST_OK;
}
