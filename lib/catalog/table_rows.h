/* Rows of the catalogue's tables: from CSV to records, checked. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_TABLE_ROWS_H
#define LIB_TABLE_ROWS_H

#include "base/csv_table.h"

/* Sorted arrays of records; they belong to whoever made them. */
struct rows {
    const traincost_chip *chips;
    size_t chip_count;
    const traincost_observation *observations;
    size_t observation_count;
    const traincost_observation *newest_rent; /* of those whose day is known; NULL where there is none */
    const traincost_fact *facts;
    size_t fact_count;
    const traincost_throughput *throughputs;
    size_t throughput_count;
    const traincost_run *runs;
    size_t run_count;
    const traincost_rate *rates;
    size_t rate_count;
    const traincost_instance *instances;
    size_t instance_count;
    const traincost_place *places;
    size_t place_count;
};

/* Each array of them, and the file of the catalogue that it stands in. */
enum row_table {
    ROWS_CHIPS,
    ROWS_OBSERVATIONS,
    ROWS_RATES, /* which have the columns of a fact, and more */
    ROWS_FACTS,
    ROWS_THROUGHPUTS,
    ROWS_RUNS,
    ROWS_INSTANCES,
    ROWS_PLACES,
    ROW_TABLES
};

struct row_array {
    const void *records;
    size_t count;
};
struct row_array rows_array(const struct rows *rows, enum row_table table);
/* Finds the newest rent too. */
void rows_set_array(struct rows *rows, enum row_table table, struct row_array array);
/* "chips.csv"; how large a record of it is, and its order, which is also what makes two the same. */
const char *rows_file(enum row_table table);
size_t rows_size(enum row_table table);
int (*rows_compare(enum row_table table))(const void *, const void *);

/* Reads whichever table `table` is, known by its header, into `rows` (the other arrays stay empty). The
 * texts and the peaks of the records stand in `table`. Errors: DATA with the line, SYNTAX (no known header), NO_MEMORY. */
traincost_status rows_read(struct table *table, struct rows *rows, traincost_error *error);
/* Splits a YAML list of runs, each of which begins with "- id: ", into `rows->runs`: the id, and the rest as a
 * map of its own. Both stand in `text`, which is cut up. Errors: DATA with the line, NO_MEMORY. */
traincost_status rows_read_runs(char *text, struct rows *rows, traincost_error *error);
void rows_free(struct rows *rows);

int rows_compare_chips(const void *a, const void *b);
int rows_compare_observations(const void *a, const void *b);
int rows_compare_facts(const void *a, const void *b);
int rows_compare_throughputs(const void *a, const void *b);
int rows_compare_runs(const void *a, const void *b);
int rows_compare_rates(const void *a, const void *b);
int rows_compare_instances(const void *a, const void *b);
int rows_compare_places(const void *a, const void *b);

#endif
