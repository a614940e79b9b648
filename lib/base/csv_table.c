/* A CSV text as a table of cells. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_table.h"

#include "base/array.h"
#include "base/text.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

/* What libcsv's callbacks fill: cells end to end in `bytes`, their offsets in `offsets`. */
struct reading {
    struct text_buffer bytes;
    size_t *offsets;
    size_t cells, room;
    int *lines;
    size_t rows, row_room, row_cells, columns;
    int line;     /* of the file, that is read now */
    int row_line; /* where the row began */
    bool between; /* rows: none has begun */
    int ragged_line;
    bool no_memory;
};

static void on_cell(void *bytes, size_t length, void *data)
{
    struct reading *r = data;
    if (r->no_memory)
        return;
    size_t *offsets = array_grow(r->offsets, r->cells + 1, &r->room, sizeof *offsets);
    if (!offsets) {
        r->no_memory = true;
        return;
    }
    r->offsets = offsets;
    r->offsets[r->cells++] = r->bytes.length;
    r->row_cells++;
    text_add_bytes(&r->bytes, bytes ? bytes : "", bytes ? length : 0);
    text_add_bytes(&r->bytes, "", 1);
}

static void on_row(int end, void *data)
{
    struct reading *r = data;
    (void)end;
    r->between = true;
    if (r->no_memory || r->row_cells == 0)
        return;
    int *lines = array_grow(r->lines, r->rows + 1, &r->row_room, sizeof *lines);
    if (!lines) {
        r->no_memory = true;
        return;
    }
    r->lines = lines;
    if (r->rows == 0)
        r->columns = r->row_cells;
    else if (r->row_cells != r->columns && !r->ragged_line)
        r->ragged_line = r->row_line;
    r->lines[r->rows++] = r->row_line;
    r->row_cells = 0;
}

static traincost_status finish_row(struct reading *r, struct table *table, traincost_error *error)
{
    if (r->no_memory || r->bytes.failed)
        return error_no_memory(error);
    if (r->rows == 0)
        return error_set(error, TRAINCOST_SYNTAX, "the table is empty");
    if (r->ragged_line) {
        error_set(error, TRAINCOST_SYNTAX, "the row has not as many cells as the header");
        error_place(error, r->ragged_line, 0);
        return TRAINCOST_SYNTAX;
    }
    char **cells = malloc(r->cells * sizeof *cells);
    if (!cells)
        return error_no_memory(error);
    for (size_t i = 0; i < r->cells; i++) {
        size_t kept;
        const char *cell = text_trim(r->bytes.text + r->offsets[i], &kept);
        cells[i] = r->bytes.text + (cell - r->bytes.text);
        cells[i][kept] = '\0';
    }
    for (size_t i = 1; i < r->columns; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(cells[i], cells[j])) {
                error_set(error, TRAINCOST_SYNTAX, "the column '%.60s' stands twice", cells[i]);
                error_place(error, r->lines[0], 0);
                free(cells);
                return TRAINCOST_SYNTAX;
            }
    *table = (struct table){r->columns, r->rows - 1, cells, r->lines, r->bytes.text, NULL};
    r->lines = NULL;
    r->bytes.text = NULL;
    return TRAINCOST_OK;
}

/* Line by line, so that what is read has a line number: a row may span several. */
static bool feed(struct csv_parser *parser, struct reading *r, const char *text, size_t length)
{
    for (const char *end = text + length; text < end; r->line++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        if (r->between)
            r->row_line = r->line;
        r->between = r->between && (*text == '\n' || *text == '\r');
        size_t n = stop ? (size_t)(stop - text) + 1 : (size_t)(end - text);
        if (csv_parse(parser, text, n, on_cell, on_row, r) != n)
            return false;
        text += n;
    }
    return csv_fini(parser, on_cell, on_row, r) == 0;
}

traincost_status table_parse(const char *text, size_t length, struct table *table, traincost_error *error)
{
    struct reading r = {.line = 1, .between = true};
    struct csv_parser parser;
    *table = (struct table){0};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0)
        return error_no_memory(error);
    traincost_status status;
    if (feed(&parser, &r, text, length))
        status = finish_row(&r, table, error);
    else if (csv_error(&parser) == CSV_ENOMEM)
        status = error_no_memory(error);
    else {
        status = error_set(error, TRAINCOST_SYNTAX, "a quotation mark is out of place");
        error_place(error, r.row_line, 0);
    }
    csv_free(&parser);
    free(r.offsets);
    free(r.lines);
    free(r.bytes.text);
    return status;
}

void table_free(struct table *table)
{
    free(table->cells);
    free(table->lines);
    free(table->bytes);
    free(table->figures);
    *table = (struct table){0};
}

const char *table_cell(const struct table *table, size_t row, size_t column)
{
    return table->cells[(1 + row) * table->columns + column];
}

int table_column(const struct table *table, const char *name)
{
    for (size_t i = 0; i < table->columns; i++)
        if (!strcmp(table->cells[i], name))
            return (int)i;
    return -1;
}
