/* The catalogue: what it holds, walked, and found by key: places, runs, facts, rates. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog.h"

#include "base/text.h"
#include "base/text_date.h"

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

void catalog_release(traincost_catalog *catalog)
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
        catalog_release(catalog);
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

/* Whether one of the names of a list "A;B" is that one, in any case. */
static bool names_contain(const char *list, const char *name)
{
    size_t length = strlen(name);
    while (*list) {
        size_t n = strcspn(list, ";");
        if (n == length && text_begins(list, name))
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
    struct text_search search = {.given = name};
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

/* "Llama 3.1 405B" is "llama-3-1-405b": case does not matter, nor what parts words. */
static bool is_spelt_so(const char *id, const char *name)
{
    for (; *id && *name; id++, name++)
        if (!text_same((char[]){*id, '\0'}, (char[]){*name, '\0'}) && !(*id == '-' && strchr(" _.", *name)))
            return false;
    return *id == *name;
}

const traincost_run *catalog_find_run(const traincost_catalog *catalog, const char *id)
{
    const struct rows *rows = catalog_rows(catalog);
    traincost_run wanted = {.id = id};
    const traincost_run *found = bsearch(&wanted, rows->runs, rows->run_count, sizeof wanted, rows_compare_runs);
    for (size_t i = 0; !found && i < rows->run_count; i++)
        found = is_spelt_so(rows->runs[i].id, id) ? &rows->runs[i] : NULL;
    return found;
}

size_t catalog_first_fact(const struct rows *rows, const traincost_fact *wanted)
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
    for (size_t i = catalog_first_fact(rows, &wanted); i < rows->fact_count; i++) {
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
