/* The catalogue: walked, found by key or name, and loaded over. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_CATALOG_H
#define LIB_CATALOG_H

#include "catalog/table_rows.h"

#include <stdbool.h>

struct traincost_catalog {
    struct rows rows; /* what holds now: the built-in arrays, or merged ones of its own */
    bool owns[ROW_TABLES];
    struct table *tables; /* loaded ones, whose texts the rows point into */
    size_t table_count;
    char **texts; /* of loaded lists of runs; rows that later ones replaced, which a run may still hold */
    size_t text_count;
};

/* The tables of lib/catalog/data, turned into C when the library is built. */
extern const traincost_catalog catalog_builtin;

/* Frees what the catalogue owns, but for itself. */
void catalog_release(traincost_catalog *catalog);

/* What holds, of the built-in catalogue where it is NULL. */
const struct rows *catalog_rows(const traincost_catalog *catalog);

/* Days since 1970 of the newest rental observation. */
int catalog_day(const traincost_catalog *catalog);

/* The place of that name, code or alias, in any case; NULL where there is none. */
const traincost_place *catalog_find_place(const traincost_catalog *catalog, const char *name);
/* The same as a region: its name as the tables have it. Errors: UNKNOWN, with the nearest. */
traincost_status catalog_find_region(const traincost_catalog *catalog, const char *name, const char **region,
                                     traincost_error *error);

/* The chip of that id, exactly, or NULL. */
const traincost_chip *catalog_chip_of_id(const struct rows *rows, const char *id);

/* The run of that id, or NULL. */
const traincost_run *catalog_find_run(const traincost_catalog *catalog, const char *id);

/* Whether its maker lets others buy it: some keep what they make, and rent it out at most. */
bool catalog_chip_is_sold(const traincost_chip *chip);

/* The place, among sorted facts, of the first one that is not before `wanted`. */
size_t catalog_first_fact(const struct rows *rows, const traincost_fact *wanted);

/* The fact for a key, a qualifier and a region (all exact) whose date is nearest to `day`; NULL where there is
 * none. */
const traincost_fact *catalog_find_fact(const traincost_catalog *catalog, const char *key,
                                        const char *qualifier, const char *region, int day);

/* The fact for a region; where it has none, for the place around it, and so on up to the world. */
const traincost_fact *catalog_find_regional_fact(const traincost_catalog *catalog, const char *key, const char *region,
                                                 int day);

/* The rate of a currency or an index at a day: of its month, else of its year, else the nearest; NULL where there is
 * none. */
const traincost_rate *catalog_find_rate(const traincost_catalog *catalog, const char *key, const char *currency,
                                        int day);

#endif
