/* A chip by any of its names, as people write them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog.h"

#include "base/text.h"

#include <string.h>

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
