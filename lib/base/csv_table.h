/* A CSV table in memory: a header and rows of the same width. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_CSV_TABLE_H
#define LIB_CSV_TABLE_H

#include "base/error.h"

struct table {
    size_t columns, rows;
    char **cells; /* (1 + rows) x columns, the header first; NUL-terminated UTF-8 */
    int *lines;   /* of each row, the header's first */
    char *bytes;
    double *figures; /* that records made of the rows point to, as they do to cells; NULL where they need none */
};

/* Reads RFC 4180 text. Errors: SYNTAX with the line (a ragged row, an open quote), NO_MEMORY. */
traincost_status table_parse(const char *text, size_t length, struct table *table, traincost_error *error);
void table_free(struct table *table);

/* The cell of row 0.. in column 0.. */
const char *table_cell(const struct table *table, size_t row, size_t column);
/* -1 where there is no such column. */
int table_column(const struct table *table, const char *name);

#endif
