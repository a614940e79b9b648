/* The columns of a CSV: which state something, and which are added. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/batch_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "p2.5" for 0.025. */
enum { BATCH_LEVEL = TEXT_NUMBER + 1 };
static void batch_level_name(double level, char out[BATCH_LEVEL])
{
    out[0] = 'p';
    text_print_digits(100 * level, 10, out + 1);
}

static void batch_name_added(const traincost_batch *batch, struct text_buffer *out)
{
    for (size_t j = 0; j < batch->output_count; j++)
        for (size_t q = 0; q < batch->options.engine.level_count; q++) {
            char level[BATCH_LEVEL];
            batch_level_name(batch->options.levels[q], level);
            text_add(out, ",");
            text_add(out, batch->outputs[j]);
            text_add(out, "_");
            text_add(out, level);
        }
    text_add(out, batch->claims ? ",verdict,scope,factor,percentile,error" : ",error");
}

/* Among the names, which commas part. */
static bool batch_is_added(const char *added, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = added; length && (at = strstr(at, name)); at += length)
        if (at[-1] == ',' && (at[length] == ',' || !at[length]))
            return true;
    return false;
}

static traincost_status batch_take_column(traincost_batch *batch, const char *name, traincost_error *error)
{
    struct naming naming = naming_find(name);
    const char *meant = naming.kind == NAMES_NOTHING ? naming_meant(name) : NULL;
    if (meant)
        return error_set(error, TRAINCOST_UNKNOWN, "column '%.60s': did you mean %s?", name, meant);
    for (size_t i = 0; naming.kind != NAMES_NOTHING && i < batch->column_count; i++)
        if (batch->columns[i].kind == naming.kind && !strcmp(batch->columns[i].key, naming.key))
            return error_set(error, TRAINCOST_CONFLICT, "column '%.60s': %s stands twice", name, naming.key);
    batch->claims |= naming.kind == NAMES_CLAIM;
    batch->columns[batch->column_count++] = naming;
    return TRAINCOST_OK;
}

/* Whether a column or an option states what every row needs: the key, or a run or cluster that has it. */
static bool batch_has(const traincost_batch *batch, const char *key)
{
    const char *const keys[] = {key, "run", "cluster"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        for (size_t i = 0; i < batch->column_count; i++)
            if (batch->columns[i].kind != NAMES_NOTHING && !strcmp(batch->columns[i].key, keys[k]))
                return true;
        for (size_t i = 0; i < batch->stated_count; i++)
            if (!strcmp(batch->stated[i].naming.key, keys[k]))
                return true;
    }
    return false;
}

const char *batch_called(const traincost_batch *batch, const char *name)
{
    const char *called = traincost_parameter_called(name);
    bool needed = called && (!strcmp(called, "chips") || !strcmp(called, "type"));
    return needed && !batch_has(batch, called) ? called : NULL;
}

static traincost_status batch_refuse_called(const traincost_batch *batch, const struct csv_record *names,
                                            traincost_error *error)
{
    for (size_t i = 0; i < names->count; i++) {
        const char *called =
            batch->columns[i].kind == NAMES_NOTHING ? batch_called(batch, names->cells[i]) : NULL;
        if (called)
            return error_set(error, TRAINCOST_UNKNOWN, "column '%.60s': did you mean %s?", names->cells[i], called);
    }
    return TRAINCOST_OK;
}

static traincost_status batch_take_columns(traincost_batch *batch, const struct csv_record *names,
                                           traincost_error *error)
{
    bool any = batch->stated_count > 0;
    traincost_status status = TRAINCOST_OK;
    for (size_t i = 0; i < names->count && status == TRAINCOST_OK; i++)
        status = batch_take_column(batch, names->cells[i], error);
    for (size_t i = 0; i < batch->column_count; i++)
        any |= batch->columns[i].kind != NAMES_NOTHING;
    if (status == TRAINCOST_OK)
        status = batch_refuse_called(batch, names, error);
    if (status == TRAINCOST_OK && !any)
        return error_set(error, TRAINCOST_MISSING,
                         "no column is a parameter: the first line names them, %s",
                         names->count == 1 && strpbrk(names->cells[0], ";\t") ? "with commas between them"
                                                                              : "as in chips,type,hours");
    return status;
}

static traincost_status batch_refuse_added(const struct csv_record *names, const char *added,
                                           traincost_error *error)
{
    for (size_t i = 0; i < names->count; i++)
        if (batch_is_added(added, names->cells[i]))
            return error_set(error, TRAINCOST_CONFLICT,
                             "column '%.60s' is one that the answer adds: name it otherwise", names->cells[i]);
    return TRAINCOST_OK;
}

static traincost_status batch_make_header(traincost_batch *batch, const struct csv_record *names, const char *text,
                                          size_t length, traincost_error *error)
{
    struct text_buffer added = {0};
    free(batch->columns);
    batch->column_count = 0;
    batch->columns = calloc(names->count + 1, sizeof *batch->columns);
    if (!batch->columns)
        return error_no_memory(error);
    traincost_status status = batch_take_columns(batch, names, error);
    if (status)
        return status;
    batch_name_added(batch, &added);
    status = added.failed ? error_no_memory(error) : batch_refuse_added(names, added.text, error);
    batch->header.length = 0;
    if (status == TRAINCOST_OK) {
        text_add_bytes(&batch->header, text, length);
        text_add_bytes(&batch->header, added.text, added.length);
    }
    free(added.text);
    return status == TRAINCOST_OK && batch->header.failed ? error_no_memory(error) : status;
}

traincost_status traincost_batch_columns(traincost_batch *batch, const char *text, size_t length,
                                         const char **header, traincost_error *error)
{
    struct csv_record names = {0};
    if (header)
        *header = NULL;
    if (!batch || !text || !header)
        return error_null(error, __func__);
    if (length && text[length - 1] == '\r')
        length--;
    traincost_status status = csv_record_read(&names, text, length, error);
    if (status == TRAINCOST_OK)
        status = batch_make_header(batch, &names, text, length, error);
    if (status == TRAINCOST_OK)
        *header = batch->header.text;
    csv_record_free(&names);
    return status;
}
