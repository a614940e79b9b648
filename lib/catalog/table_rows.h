/* Rows of the catalogue's tables: from CSV to records, checked. */
#ifndef LIB_TABLE_ROWS_H
#define LIB_TABLE_ROWS_H

#include "base/csv_table.h"

/* Sorted arrays of records; they belong to whoever made them. */
struct rows {
    const traincost_chip *chips;
    size_t chip_count;
    const traincost_observation *observations;
    size_t observation_count;
    const traincost_fact *facts;
    size_t fact_count;
    const traincost_throughput *throughputs;
    size_t throughput_count;
    const traincost_run *runs;
    size_t run_count;
};

/* Reads whichever table `table` is, known by its header, into `rows` (the other arrays stay empty). The
 * texts of the records stand in `table`. Errors: DATA with the line, SYNTAX (no known header), NO_MEMORY. */
traincost_status rows_read(const struct table *table, struct rows *rows, traincost_error *error);
/* Splits a YAML list of runs, each of which begins with "- id: ", into `rows->runs`: the id, and the rest as a
 * map of its own. Both stand in `text`, which is cut up. Errors: DATA with the line, NO_MEMORY. */
traincost_status rows_read_runs(char *text, struct rows *rows, traincost_error *error);
void rows_free(struct rows *rows);

/* The order of each table, which is also what makes two rows the same. */
int rows_compare_chips(const void *a, const void *b);
int rows_compare_observations(const void *a, const void *b);
int rows_compare_facts(const void *a, const void *b);
int rows_compare_throughputs(const void *a, const void *b);
int rows_compare_runs(const void *a, const void *b);

#endif
