/* The catalogue: the built-in tables, others laid over them, and how they are found. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog.h"

#include "base/file.h"
#include "base/text.h"
#include "model/parameters.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct rows *catalog_rows(const traincost_catalog *catalog)
{
    return catalog ? &catalog->rows : &catalog_builtin.rows;
}

traincost_status traincost_catalog_new(traincost_catalog **catalog, traincost_error *error)
{
    if (catalog)
        *catalog = NULL;
    if (!catalog)
        return error_null(error, __func__);
    *catalog = calloc(1, sizeof **catalog);
    if (!*catalog)
        return error_no_memory(error);
    **catalog = catalog_builtin;
    return TRAINCOST_OK;
}

/* Frees what the catalogue owns, but for itself. */
static void release(traincost_catalog *catalog)
{
    for (size_t t = 0; t < ROW_TABLES; t++)
        if (catalog->owns[t])
            free((void *)rows_array(&catalog->rows, (enum row_table)t).records);
    for (size_t i = 0; i < catalog->table_count; i++)
        table_free(&catalog->tables[i]);
    for (size_t i = 0; i < catalog->text_count; i++)
        free(catalog->texts[i]);
    free(catalog->tables);
    free(catalog->texts);
}

void traincost_catalog_free(traincost_catalog *catalog)
{
    if (catalog)
        release(catalog);
    free(catalog);
}

/* ---- walk ---- */

const traincost_chip *traincost_catalog_chip(const traincost_catalog *catalog, size_t index)
{
    const struct rows *rows = catalog_rows(catalog);
    return index < rows->chip_count ? &rows->chips[index] : NULL;
}

const traincost_observation *traincost_catalog_observation(const traincost_catalog *catalog, size_t index)
{
    const struct rows *rows = catalog_rows(catalog);
    return index < rows->observation_count ? &rows->observations[index] : NULL;
}

const traincost_fact *traincost_catalog_fact(const traincost_catalog *catalog, size_t index)
{
    const struct rows *rows = catalog_rows(catalog);
    return index < rows->fact_count ? &rows->facts[index] : NULL;
}

const traincost_run *traincost_catalog_run(const traincost_catalog *catalog, size_t index)
{
    const struct rows *rows = catalog_rows(catalog);
    return index < rows->run_count ? &rows->runs[index] : NULL;
}

const traincost_throughput *traincost_catalog_throughput(const traincost_catalog *catalog, size_t index)
{
    const struct rows *rows = catalog_rows(catalog);
    return index < rows->throughput_count ? &rows->throughputs[index] : NULL;
}

const traincost_rate *traincost_catalog_rate(const traincost_catalog *catalog, size_t index)
{
    const struct rows *rows = catalog_rows(catalog);
    return index < rows->rate_count ? &rows->rates[index] : NULL;
}

const traincost_instance *traincost_catalog_instance(const traincost_catalog *catalog, size_t index)
{
    const struct rows *rows = catalog_rows(catalog);
    return index < rows->instance_count ? &rows->instances[index] : NULL;
}

const traincost_place *traincost_catalog_place(const traincost_catalog *catalog, size_t index)
{
    const struct rows *rows = catalog_rows(catalog);
    return index < rows->place_count ? &rows->places[index] : NULL;
}

int catalog_day(const traincost_catalog *catalog)
{
    const traincost_observation *newest = catalog_rows(catalog)->newest_rent;
    return newest ? newest->day : 0;
}

const char *traincost_catalog_date(const traincost_catalog *catalog)
{
    const traincost_observation *newest = catalog_rows(catalog)->newest_rent;
    return newest ? newest->date : "1970-01-01";
}

const traincost_observation *traincost_catalog_last_rent(const traincost_catalog *catalog, const traincost_chip *chip,
                                                         int *months)
{
    if (!chip)
        return NULL;
    const struct rows *rows = catalog_rows(catalog);
    const traincost_observation *last = NULL;
    for (size_t i = 0; i < rows->observation_count; i++) {
        const traincost_observation *seen = &rows->observations[i];
        if (!strcmp(seen->kind, "rent") && !strcmp(seen->chip, chip->id))
            last = !last || seen->day > last->day ? seen : last;
    }
    int days = last ? catalog_day(catalog) - last->day : 0;
    if (months)
        *months = days < 31 ? 0 : days / 30;
    return last;
}

/* ---- find ---- */

enum { NAME_SIZE = 64 };

/* A name without blanks, punctuation, case and the maker's words in front of it. */
static void plain_name(const char *name, char out[NAME_SIZE])
{
    static const char *const makers[] = {"nvidia",   "google", "amazon",   "aws",   "amd",
                                         "intel",    "habana", "huawei",   "tesla", "geforce", "radeon",
                                         "instinct", "cloud",  "cerebras", NULL};
    text_squeeze(name, out, NAME_SIZE);
    for (size_t i = 0; makers[i]; i++) {
        size_t length = strlen(makers[i]);
        if (!strncmp(out, makers[i], length) && out[length]) {
            memmove(out, out + length, strlen(out + length) + 1);
            i = (size_t)-1;
        }
    }
}

static void copy_name(const char *name, size_t length, char out[NAME_SIZE])
{
    size_t kept = length < NAME_SIZE ? length : NAME_SIZE - 1;
    memcpy(out, name, kept);
    out[kept] = '\0';
}

/* Goes through the ways to write a chip's name: its id, its name, its aliases. */
struct spellings {
    const traincost_chip *chip;
    int done;
    const char *aliases;
    bool usual; /* the name stands for several chips; this one is the usual */
    const char *at;
    size_t length;
    char text[NAME_SIZE]; /* copied by next_spelling */
};

static void spell(struct spellings *s, const char *at, size_t length)
{
    s->at = at;
    s->length = length < NAME_SIZE ? length : NAME_SIZE - 1;
}

/* Moves past the alias, and says whether it is marked as the usual variant's. */
static bool next_alias(struct spellings *s)
{
    while (*s->aliases == ';' || *s->aliases == ' ')
        s->aliases++;
    if (!*s->aliases)
        return false;
    s->usual = *s->aliases == '~';
    s->aliases += s->usual;
    size_t n = strcspn(s->aliases, ";");
    spell(s, s->aliases, n);
    s->aliases += n;
    return true;
}

static bool walk_spelling(struct spellings *s)
{
    if (s->done == 0)
        spell(s, s->chip->id, strlen(s->chip->id));
    else if (s->done == 1)
        spell(s, s->chip->name, strlen(s->chip->name));
    else if (!next_alias(s))
        return false;
    s->done++;
    return true;
}

static bool next_spelling(struct spellings *s)
{
    if (!walk_spelling(s))
        return false;
    copy_name(s->at, s->length, s->text);
    return true;
}

static void match_case(const char *given, char *name)
{
    bool upper = given[0] >= 'A' && given[0] <= 'Z';
    for (; upper && *name; name++)
        if (*name >= 'a' && *name <= 'z')
            *name = (char)(*name - 'a' + 'A');
}

/* Letters in front of a name's first digit: "rtx" of rtx3090, which makes its kind. */
static size_t leading_letters(const char *name)
{
    size_t n = 0;
    while (name[n] >= 'a' && name[n] <= 'z')
        n++;
    return n;
}

/* A slip of the pen leaves the letters of a name's kind, or all of its digits. */
static bool is_of_kind(const char *plain, const char *wanted)
{
    size_t n = leading_letters(plain), m = leading_letters(wanted);
    return (n == m && !strncmp(plain, wanted, n)) || !strcmp(plain + n, wanted + m);
}

static traincost_status unknown_chip(const struct rows *rows, const char *name, const char *wanted,
                                     traincost_error *error)
{
    char nearest[NAME_SIZE] = "", plain[NAME_SIZE];
    int distance = NAME_SIZE;
    bool cut = strlen(wanted) == NAME_SIZE - 1;
    for (size_t i = 0; i < rows->chip_count && error && !cut; i++) {
        struct spellings s = {.chip = &rows->chips[i], .aliases = rows->chips[i].aliases};
        while (next_spelling(&s)) {
            plain_name(s.text, plain);
            if (!is_of_kind(plain, wanted) || !text_is_slip(wanted, plain))
                continue;
            int away = text_distance(plain, wanted);
            if (away < distance) {
                distance = away;
                memcpy(nearest, s.text, sizeof nearest);
            }
        }
    }
    match_case(name, nearest);
    return error_unknown(error, "chip", name, *nearest ? nearest : NULL,
                         "'traincost chips' lists those it knows");
}

/* The maker that the name begins with, where another made the chip. */
static const char *false_maker(const char *name, const traincost_chip *chip)
{
    static const struct {
        const char *word, *vendor;
    } makers[] = {{"nvidia", "NVIDIA"}, {"amd", "AMD"},       {"intel", "Intel"},   {"google", "Google"},
                  {"huawei", "Huawei"}, {"amazon", "AWS"}, {"aws", "AWS"},    {"cerebras", "Cerebras"},
                  {"radeon", "AMD"},    {"instinct", "AMD"},  {"geforce", "NVIDIA"}};
    char plain[NAME_SIZE];
    text_squeeze(name, plain, sizeof plain);
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (!strncmp(plain, makers[i].word, strlen(makers[i].word)) &&
            strncmp(chip->vendor, makers[i].vendor, strlen(makers[i].vendor)) != 0)
            return makers[i].vendor;
    return NULL;
}

traincost_status traincost_catalog_find(const traincost_catalog *catalog, const char *name,
                                        const traincost_chip **chip, int *usual, traincost_error *error)
{
    if (chip)
        *chip = NULL;
    if (!name || !chip)
        return error_null(error, __func__);
    const struct rows *rows = catalog_rows(catalog);
    char wanted[NAME_SIZE], plain[NAME_SIZE];
    plain_name(name, wanted);
    size_t length = strlen(wanted);
    struct spellings s;
    for (size_t i = 0; i < rows->chip_count && *wanted; i++) {
        s.chip = &rows->chips[i];
        s.aliases = s.chip->aliases;
        s.done = 0;
        s.usual = false;
        while (walk_spelling(&s)) {
            if (!text_ends_in(s.at, s.length, wanted, length)) /* a maker's words may stand in front */
                continue;
            copy_name(s.at, s.length, s.text);
            plain_name(s.text, plain);
            if (strcmp(plain, wanted) != 0)
                continue;
            if (false_maker(name, s.chip)) {
                *chip = NULL;
                return error_set(error, TRAINCOST_UNKNOWN, "unknown chip '%.60s': %s is of %s, not of %s", name,
                                 s.chip->name, s.chip->vendor, false_maker(name, s.chip));
            }
            *chip = s.chip;
            if (usual)
                *usual = s.usual;
            return TRAINCOST_OK;
        }
    }
    return unknown_chip(rows, name, wanted, error);
}

/* Whether one of the names of a list "A;B" is that one, in any case. */
static bool names_contain(const char *list, const char *name)
{
    size_t length = strlen(name);
    while (*list) {
        size_t n = strcspn(list, ";");
        char one[NAME_SIZE];
        copy_name(list, n, one);
        if (n == length && text_same(one, name))
            return true;
        list += n + (list[n] == ';');
    }
    return false;
}

const traincost_place *catalog_find_place(const traincost_catalog *catalog, const char *name)
{
    const struct rows *rows = catalog_rows(catalog);
    const traincost_place *place = NULL;
    for (size_t i = 0; i < rows->place_count && !place; i++)
        place = text_same(rows->places[i].name, name) ? &rows->places[i] : NULL;
    for (size_t i = 0; i < rows->place_count && !place; i++)
        place = names_contain(rows->places[i].aliases, name) ? &rows->places[i] : NULL;
    return place;
}

/* The part behind the country, as in US-Iowa; NULL where there is none. Regions of clouds begin small. */
static const char *part_of_country(const char *place)
{
    const char *dash = strchr(place, '-');
    return dash && place[0] >= 'A' && place[0] <= 'Z' ? dash + 1 : NULL;
}

/* The places' own names; codes of two or three letters are near to everything. */
static const char *nearest_place(const struct rows *rows, const char *name)
{
    struct text_search search = {name, NULL, 0};
    for (size_t i = 0; i < rows->place_count; i++) {
        const char *known = rows->places[i].name, *part = part_of_country(known);
        text_try(&search, known);
        if (part && text_distance(name, part) <= 1)
            return known;
    }
    return text_meant(&search);
}

traincost_status catalog_find_region(const traincost_catalog *catalog, const char *name, const char **region,
                                     traincost_error *error)
{
    const struct rows *rows = catalog_rows(catalog);
    const traincost_place *place = catalog_find_place(catalog, name);
    /* a cloud's region has a small letter and lies in a place that has a name */
    bool of_cloud = place && place->name[0] >= 'a' && place->name[0] <= 'z' && strcmp(place->name, "world") != 0;
    *region = !place ? NULL : of_cloud ? place->within : place->name;
    for (size_t i = 0; i < rows->fact_count && !*region; i++)
        *region = text_same(rows->facts[i].region, name) ? rows->facts[i].region : NULL;
    if (*region && **region)
        return TRAINCOST_OK;
    return error_unknown(error, "region", name, nearest_place(rows, name),
                         "write a country (France, FR), a state or province (US-Iowa, CN-GD), a cloud's region (us-central1), EU or world");
}

const traincost_fact *catalog_find_regional_fact(const traincost_catalog *catalog, const char *key, const char *region,
                                                 int day)
{
    enum { MOST_STEPS = 8 };
    for (int step = 0; step < MOST_STEPS; step++) {
        const traincost_fact *fact = catalog_find_fact(catalog, key, "", region, day);
        const traincost_place *place = fact ? NULL : catalog_find_place(catalog, region);
        if (fact || !place || !strcmp(place->within, region))
            return fact ? fact : catalog_find_fact(catalog, key, "", "world", day);
        region = place->within;
    }
    return NULL;
}

const traincost_chip *catalog_chip_of_id(const struct rows *rows, const char *id)
{
    traincost_chip wanted = {.id = id};
    return bsearch(&wanted, rows->chips, rows->chip_count, sizeof wanted, rows_compare_chips);
}

const traincost_run *catalog_find_run(const traincost_catalog *catalog, const char *id)
{
    const struct rows *rows = catalog_rows(catalog);
    traincost_run wanted = {.id = id};
    const traincost_run *found = bsearch(&wanted, rows->runs, rows->run_count, sizeof wanted, rows_compare_runs);
    for (size_t i = 0; !found && i < rows->run_count; i++)
        found = text_same(rows->runs[i].id, id) ? &rows->runs[i] : NULL;
    return found;
}

/* The first one that is not before `wanted`. */
static size_t first_fact(const struct rows *rows, const traincost_fact *wanted)
{
    size_t low = 0, high = rows->fact_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (rows_compare_facts(&rows->facts[middle], wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

bool catalog_chip_is_sold(const traincost_chip *chip)
{
    static const char *const keepers[] = {"AWS", "Google", "Meta", "Microsoft", "Tesla"};
    for (size_t i = 0; i < sizeof keepers / sizeof *keepers; i++)
        if (!strcmp(chip->vendor, keepers[i]))
            return false;
    return true;
}

const traincost_fact *catalog_find_fact(const traincost_catalog *catalog, const char *key,
                                        const char *qualifier, const char *region, int day)
{
    const struct rows *rows = catalog_rows(catalog);
    const traincost_fact wanted = {.key = key, .qualifier = qualifier, .region = region, .date = ""};
    const traincost_fact *best = NULL;
    for (size_t i = first_fact(rows, &wanted); i < rows->fact_count; i++) {
        const traincost_fact *fact = &rows->facts[i];
        if (strcmp(fact->key, key) || strcmp(fact->qualifier, qualifier) || strcmp(fact->region, region))
            break;
        if (!best || abs(fact->day - day) <= abs(best->day - day))
            best = fact;
    }
    return best;
}

/* How far a rate is from a day: its month comes before its year, and that before all else. */
static int rate_distance(const traincost_rate *rate, int day)
{
    char wanted[TEXT_DATE];
    text_print_date(day, wanted);
    size_t length = strlen(rate->date);
    if (!strncmp(rate->date, wanted, length))
        return length > 4 ? 0 : 1;
    return 2 + abs(rate->day - day);
}

const traincost_rate *catalog_find_rate(const traincost_catalog *catalog, const char *key, const char *currency,
                                        int day)
{
    const struct rows *rows = catalog_rows(catalog);
    const traincost_rate *best = NULL;
    for (size_t i = 0; i < rows->rate_count; i++) {
        const traincost_rate *rate = &rows->rates[i];
        if (!strcmp(rate->key, key) && !strcmp(rate->currency, currency) &&
            (!best || rate_distance(rate, day) <= rate_distance(best, day)))
            best = rate;
    }
    return best;
}

/* ---- load and merge ---- */

/* Merges two sorted arrays into a new one; where two are the same, the later table's row stands. */
static void *merge(const void *old, size_t old_count, const void *new, size_t new_count, size_t size,
                   int (*compare)(const void *, const void *), size_t *count)
{
    char *merged = malloc((old_count + new_count + 1) * size);
    const char *a = old, *b = new;
    const char *a_end = a + old_count * size, *b_end = b + new_count * size;
    *count = 0;
    while (merged && (a < a_end || b < b_end)) {
        int order = a == a_end ? 1 : b == b_end ? -1 : compare(a, b);
        memcpy(merged + *count * size, order < 0 ? a : b, size);
        ++*count;
        if (order <= 0)
            a += size;
        if (order >= 0)
            b += size;
    }
    return merged;
}

static traincost_status check_chip(const struct rows *all, const char *what, const char *id,
                                   const struct table *table, traincost_error *error)
{
    if (catalog_chip_of_id(all, id))
        return TRAINCOST_OK;
    error_set(error, TRAINCOST_DATA, "a %s the unknown chip '%s'", what, id);
    for (size_t row = 0; row < table->rows; row++)
        if (!strcmp(table_cell(table, row, (size_t)table_column(table, "chip")), id)) {
            error_place(error, table->lines[1 + row], 0);
            break;
        }
    return TRAINCOST_DATA;
}

static traincost_status check_chips(const struct rows *new, const struct rows *all, const struct table *table,
                                    traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    for (size_t i = 0; i < new->observation_count &&status == TRAINCOST_OK; i++)
        status = check_chip(all, "price for", new->observations[i].chip, table, error);
    for (size_t i = 0; i < new->throughput_count &&status == TRAINCOST_OK; i++)
        status = check_chip(all, "throughput of", new->throughputs[i].chip, table, error);
    for (size_t i = 0; i < new->instance_count &&status == TRAINCOST_OK; i++)
        status = check_chip(all, "machine with", new->instances[i].chip, table, error);
    return status;
}

/* A price list of one's own names chips as people do; what nobody knows keeps its name, and is refused later. Of two
 * rows that become the same, the table's order keeps either. */
static void name_priced_chips(const traincost_catalog *catalog, struct rows *new)
{
    traincost_observation *seen = (traincost_observation *)new->observations;
    size_t kept = 0;
    for (size_t i = 0; i < new->observation_count; i++) {
        const traincost_chip *chip = catalog_chip_of_id(&catalog->rows, seen[i].chip);
        if (chip || traincost_catalog_find(catalog, seen[i].chip, &chip, NULL, NULL) == TRAINCOST_OK)
            seen[i].chip = chip->id;
    }
    if (new->observation_count)
        qsort(seen, new->observation_count, sizeof *seen, rows_compare_observations);
    for (size_t i = 0; i < new->observation_count; i++)
        if (kept == 0 || rows_compare_observations(&seen[kept - 1], &seen[i]) != 0)
            seen[kept++] = seen[i];
    new->observation_count = kept;
}

static bool fact_key_is_known(const struct rows *known, const char *key)
{
    const traincost_fact wanted = {.key = key, .qualifier = "", .region = "", .date = ""};
    size_t i = first_fact(known, &wanted);
    if (i < known->fact_count && !strcmp(known->facts[i].key, key))
        return true;
    for (i = 0; i < PARAMETERS && strcmp(parameter_key((enum parameter)i), key) != 0;)
        i++;
    return i < PARAMETERS;
}

static const char *nearest_fact_key(const struct rows *known, const char *key)
{
    struct text_search search = {key, NULL, 0};
    for (size_t i = 0; i < known->fact_count; i++)
        text_try(&search, known->facts[i].key);
    for (size_t i = 0; i < PARAMETERS; i++)
        text_try(&search, parameter_key((enum parameter)i));
    return text_meant(&search);
}

/* What nobody can read would be passed over. A value is in the unit of its key; it is 0 where that may be. */
static bool fact_is_quantity(const char *key, const char *value)
{
    enum parameter parameter = parameter_find(key);
    struct quantity_rule rule = {key, DIMENSION_RATIO, 0, INFINITY, true};
    quantity q;
    if (parameter < PARAMETERS) {
        struct quantity_rule stated = parameter_rule(parameter);
        rule.dimension = stated.dimension;
        rule.open = stated.open || stated.least > 0;
        return quantity_parse(value, &rule, &q, NULL) == TRAINCOST_OK;
    }
    if (quantity_parse(value, &rule, &q, NULL) == TRAINCOST_OK)
        return true;
    rule.dimension = DIMENSION_TIME;
    return quantity_parse(value, &rule, &q, NULL) == TRAINCOST_OK;
}

/* Nor would a fact of a key be found that nothing asks for. */
static traincost_status check_facts(const struct rows *new, const struct table *table, traincost_error *error)
{
    const struct rows *known = &catalog_builtin.rows;
    for (size_t row = 0; new->facts &&row < table->rows; row++) {
        const char *key = table_cell(table, row, (size_t)table_column(table, "key"));
        const char *value = table_cell(table, row, (size_t)table_column(table, "value"));
        traincost_status status = TRAINCOST_OK;
        if (!fact_key_is_known(known, key))
            status = error_unknown(error, "key", key, nearest_fact_key(known, key), "it is none of a parameter");
        else if (!fact_is_quantity(key, value))
            status = error_set(error, TRAINCOST_DATA, "'value' of %s is '%.60s': a quantity is needed, as in 1.1..1.4", key, value);
        if (status) {
            error_place(error, table->lines[1 + row], 0);
            return status;
        }
    }
    return TRAINCOST_OK;
}

/* Lays the new rows over those of the catalogue, table by table. */
static traincost_status merge_rows(traincost_catalog *catalog, const struct rows *new, traincost_error *error)
{
    for (size_t t = 0; t < ROW_TABLES; t++) {
        enum row_table table = (enum row_table)t;
        struct row_array old = rows_array(&catalog->rows, table), more = rows_array(new, table), all;
        if (!more.records)
            continue;
        all.records = merge(old.records, old.count, more.records, more.count, rows_size(table),
                            rows_compare(table), &all.count);
        if (!all.records)
            return error_no_memory(error);
        if (catalog->owns[t])
            free((void *)old.records);
        rows_set_array(&catalog->rows, table, all);
        catalog->owns[t] = true;
    }
    return TRAINCOST_OK;
}

/* What the merged rows point into is kept as long as the catalogue. */
static traincost_status keep_table(traincost_catalog *catalog, const struct table *table,
                                   traincost_error *error)
{
    struct table *tables = realloc(catalog->tables, (catalog->table_count + 1) * sizeof *tables);
    if (!tables)
        return error_no_memory(error);
    catalog->tables = tables;
    tables[catalog->table_count++] = *table;
    return TRAINCOST_OK;
}

static traincost_status keep_text(traincost_catalog *catalog, char *text, traincost_error *error)
{
    char **texts = realloc(catalog->texts, (catalog->text_count + 1) * sizeof *texts);
    if (!texts)
        return error_no_memory(error);
    catalog->texts = texts;
    texts[catalog->text_count++] = text;
    return TRAINCOST_OK;
}

/* The runs keep the name of their file, so that what is wrong with one can be found. */
static traincost_status name_runs(traincost_catalog *catalog, const struct rows *new, const char *path,
                                  traincost_error *error)
{
    char *name = text_copy(path);
    traincost_status status = name ? keep_text(catalog, name, error) : error_no_memory(error);
    traincost_run *runs = (traincost_run *)new->runs;
    for (size_t i = 0; status == TRAINCOST_OK && i < new->run_count; i++)
        runs[i].path = name;
    if (status)
        free(name);
    return status;
}

static traincost_status load_runs(traincost_catalog *catalog, char *text, const char *path,
                                  traincost_error *error)
{
    struct rows new = {0};
    traincost_status status = rows_read_runs(text, &new, error);
    if (status == TRAINCOST_OK)
        status = keep_text(catalog, text, error);
    if (status)
        free(text);
    else
        status = name_runs(catalog, &new, path, error);
    if (status == TRAINCOST_OK)
        status = merge_rows(catalog, &new, error);
    rows_free(&new);
    return status;
}

static traincost_status load_table(traincost_catalog *catalog, const char *text, size_t length,
                                   traincost_error *error)
{
    struct table table = {0};
    struct rows new = {0};
    traincost_status status = table_parse(text, length, &table, error);
    if (status == TRAINCOST_OK)
        status = rows_read(&table, &new, error);
    if (status == TRAINCOST_OK) {
        name_priced_chips(catalog, &new);
        status = check_chips(&new, &catalog->rows, &table, error);
    }
    if (status == TRAINCOST_OK)
        status = check_facts(&new, &table, error);
    if (status == TRAINCOST_OK)
        status = keep_table(catalog, &table, error);
    if (status)
        table_free(&table);
    else
        status = merge_rows(catalog, &new, error);
    rows_free(&new);
    return status;
}

static bool ends_with(const char *path, const char *ending)
{
    size_t length = strlen(path), ends = strlen(ending);
    return length >= ends && text_same(path + length - ends, ending);
}

/* Spreadsheets put a byte order mark in front. */
static traincost_status clean_text(char *text, size_t *length, traincost_error *error)
{
    int line;
    const char *why;
    if (!strncmp(text, "\xEF\xBB\xBF", 3))
        memmove(text, text + 3, (*length -= 3) + 1);
    if (text_is_clean(text, *length, &line, &why))
        return TRAINCOST_OK;
    error_set(error, TRAINCOST_SYNTAX, "%s", why);
    error_place(error, line, 0);
    return TRAINCOST_SYNTAX;
}

static traincost_status load_file(traincost_catalog *catalog, const char *path, bool in_folder,
                                  traincost_error *error)
{
    char *text = NULL;
    size_t length = 0;
    traincost_status status =
        in_folder ? file_read_regular(path, &text, &length, error) : file_read(path, &text, &length, error);
    if (status)
        return status;
    status = clean_text(text, &length, error);
    if (status)
        free(text);
    else if (ends_with(path, ".yaml") || ends_with(path, ".yml"))
        status = load_runs(catalog, text, path, error);
    else {
        status = load_table(catalog, text, length, error);
        free(text);
    }
    if (status)
        error_prefix(error, "%s", path);
    return status;
}

static traincost_status load(traincost_catalog *catalog, const char *path, traincost_error *error)
{
    enum file_kind kind = FILE_NONE;
    traincost_status status = file_look(path, &kind, error);
    if (status || kind != FILE_FOLDER)
        return status ? status : load_file(catalog, path, false, error);
    bool any = false;
    for (size_t t = 0; t < ROW_TABLES; t++) {
        char inside[4096];
        if (snprintf(inside, sizeof inside, "%s/%s", path, rows_file((enum row_table)t)) >= (int)sizeof inside)
            return error_set(error, TRAINCOST_LIMIT, "%.200s: the path is too long", path);
        status = file_look(inside, &kind, error);
        if (status == TRAINCOST_OK && kind != FILE_OTHER)
            continue;
        if (status == TRAINCOST_OK)
            status = load_file(catalog, inside, true, error);
        if (status)
            return status;
        any = true;
    }
    if (!any)
        return error_set(error, TRAINCOST_IO,
                         "%s: has none of the catalogue's files, such as chips.csv, prices.csv or claims.yaml",
                         path);
    return TRAINCOST_OK;
}

/* The texts that the old rows point into go along, and there is room for the old rows themselves. */
static traincost_status keep_old(traincost_catalog *next, const traincost_catalog *old, traincost_error *error)
{
    size_t table_count = next->table_count + old->table_count, text_count = next->text_count + old->text_count;
    struct table *tables = realloc(next->tables, (table_count + 1) * sizeof *tables);
    next->tables = tables ? tables : next->tables;
    char **texts = realloc(next->texts, (text_count + ROW_TABLES) * sizeof *texts);
    next->texts = texts ? texts : next->texts;
    if (!tables || !texts)
        return error_no_memory(error);
    for (size_t i = 0; i < old->table_count; i++)
        tables[next->table_count++] = old->tables[i];
    for (size_t i = 0; i < old->text_count; i++)
        texts[next->text_count++] = old->texts[i];
    return TRAINCOST_OK;
}

/* What `next` merged anew takes the place of what the catalogue had; the rest stays. Rows that are replaced
 * are kept: a run may hold a chip of theirs. */
static void replace_rows(traincost_catalog *catalog, traincost_catalog *next)
{
    for (size_t t = 0; t < ROW_TABLES; t++) {
        if (catalog->owns[t] && next->owns[t])
            next->texts[next->text_count++] = (char *)rows_array(&catalog->rows, (enum row_table)t).records;
        next->owns[t] |= catalog->owns[t];
    }
    free(catalog->tables);
    free(catalog->texts);
    *catalog = *next;
}

/* Loads into a copy that owns nothing yet, so that a failure leaves the catalogue as it was. */
traincost_status traincost_catalog_load(traincost_catalog *catalog, const char *path, traincost_error *error)
{
    if (!catalog || !path)
        return error_null(error, __func__);
    traincost_catalog next = {.rows = catalog->rows};
    traincost_status status = load(&next, path, error);
    if (status == TRAINCOST_OK)
        status = keep_old(&next, catalog, error);
    if (status)
        release(&next);
    else
        replace_rows(catalog, &next);
    return status;
}
