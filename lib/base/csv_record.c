/* A record of a CSV, cell by cell, in memory that is used again. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv_record.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

void csv_record_free(struct csv_record *record)
{
    free(record->cells);
    free(record->ends);
    free(record->text);
    *record = (struct csv_record){0};
}

static traincost_status csv_make_room(struct csv_record *record, size_t length, traincost_error *error)
{
    if (length < record->size)
        return TRAINCOST_OK;
    free(record->text);
    record->size = 0;
    record->text = malloc(2 * length + 256);
    if (!record->text)
        return error_no_memory(error);
    record->size = 2 * length + 256;
    return TRAINCOST_OK;
}

static traincost_status csv_add_cell(struct csv_record *record, char *cell, size_t end, traincost_error *error)
{
    if (record->count == record->room) {
        size_t room = 2 * record->room + 32;
        char **cells = realloc(record->cells, room * sizeof *cells);
        if (!cells)
            return error_no_memory(error);
        record->cells = cells;
        size_t *ends = realloc(record->ends, room * sizeof *ends);
        if (!ends)
            return error_no_memory(error);
        record->ends = ends;
        record->room = room;
    }
    record->cells[record->count] = cell;
    record->ends[record->count++] = end;
    return TRAINCOST_OK;
}

static bool csv_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Ends the cell that goes from `from` to `to`, without the blanks at its ends. */
static char *csv_close_cell(char *from, char *to)
{
    while (from < to && csv_is_blank(*from))
        from++;
    while (to > from && csv_is_blank(to[-1]))
        to--;
    *to = '\0';
    return from;
}

/* Copies a cell in quotes, from after the first; a doubled one is one. */
static const char *csv_copy_quoted(const char *at, const char *end, char **to)
{
    for (; at < end; at++) {
        if (*at == '"' && (at + 1 == end || at[1] != '"'))
            return at + 1;
        at += *at == '"';
        *(*to)++ = *at;
    }
    return NULL;
}

traincost_status csv_record_read(struct csv_record *record, const char *text, size_t length,
                                 traincost_error *error)
{
    const char *end = text + length;
    record->count = 0;
    traincost_status status = csv_make_room(record, length + 1, error);
    if (status)
        return status;
    if (memchr(text, '\0', length))
        return error_set(error, TRAINCOST_SYNTAX, "a NUL byte stands in it");
    char *to = record->text;
    for (const char *at = text;; at++) {
        char *from = to;
        while (at < end && csv_is_blank(*at))
            at++;
        if (at < end && *at == '"') {
            at = csv_copy_quoted(at + 1, end, &to);
            if (!at)
                return error_set(error, TRAINCOST_SYNTAX, "cell %zu: a quote that does not close",
                                 record->count + 1);
        }
        while (at < end && *at != ',')
            *to++ = *at++;
        char *cell = csv_close_cell(from, to++);
        status = csv_add_cell(record, cell, (size_t)(at - text), error);
        if (status || at == end)
            return status;
    }
}
