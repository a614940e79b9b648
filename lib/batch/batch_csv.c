/* A row of a CSV and its answer: the row as it came, then the columns that are added. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/batch_row.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As `estimate --format csv` prints it; what is absent is empty. */
void batch_add_number(struct text_buffer *out, double value)
{
    char text[64] = ",";
    if (isfinite(value))
        snprintf(text + 1, sizeof text - 1, "%.10g", value);
    char *point = text + 1 + strcspn(text + 1, ",.");
    if (*point)
        *point = '.'; /* the locale may be the host program's */
    text_add(out, text);
}

static void batch_add_quoted(struct text_buffer *out, const char *text, size_t length)
{
    text_add_bytes(out, "\"", 1);
    for (const char *end = text + length, *quote; text < end; text = quote) {
        quote = memchr(text, '"', (size_t)(end - text));
        quote = quote ? quote + 1 : end;
        text_add_bytes(out, text, (size_t)(quote - text));
        if (quote[-1] == '"')
            text_add_bytes(out, "\"", 1);
    }
    text_add_bytes(out, "\"", 1);
}

void batch_add_text(struct text_buffer *out, const char *text)
{
    text_add(out, ",");
    if (strpbrk(text, ",\"\r\n"))
        batch_add_quoted(out, text, strlen(text));
    else
        text_add(out, text);
}

static void batch_add_outputs(const traincost_batch *batch, const traincost_result *result, struct text_buffer *out)
{
    for (size_t j = 0; j < batch->output_count; j++) {
        const traincost_output *figure = result ? traincost_result_find(result, batch->outputs[j]) : NULL;
        for (size_t q = 0; q < batch->options.engine.level_count; q++)
            batch_add_number(out, figure ? figure->quantile[q] : NAN);
    }
}

static void batch_add_verdict(const traincost_report *report, struct text_buffer *out)
{
    const traincost_scope *scope = report ? batch_scope(report) : NULL;
    batch_add_text(out, report ? traincost_verdict_name(traincost_report_verdict(report)) : "");
    batch_add_text(out, scope ? scope->name : "");
    batch_add_number(out, scope ? scope->factor : NAN);
    batch_add_number(out, scope ? scope->percentile : NAN);
}

/* An empty cell, or what spreadsheets and programs put into one; "NA" may be a country. */
static bool says_nothing(const char *cell, struct naming naming)
{
    static const char *const nothing[] = {"-", "--", "\xe2\x80\x93", "\xe2\x80\x94", "n/a", "#N/A", "nan", "null"};
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (text_same(cell, nothing[i]))
            return true;
    return !*cell || (text_same(cell, "NA") && (!naming.key || strcmp(naming.key, "region") != 0));
}

/* The run that a row names, then what holds for every row, then what else the row says. */
static traincost_status batch_state_cells(const struct batch_bench *bench, traincost_scenario *run)
{
    const traincost_batch *batch = bench->batch;
    traincost_status status = TRAINCOST_OK;
    for (int rest = 0; rest < 2 && status == TRAINCOST_OK; rest++) {
        if (rest)
            status = batch_state_all(batch, run, bench->error);
        for (size_t i = 0; i < batch->column_count && status == TRAINCOST_OK; i++) {
            struct naming naming = batch->columns[i];
            bool now = naming.kind != NAMES_NOTHING && (naming.kind != NAMES_RUN) == rest;
            if (now && !says_nothing(bench->cells.cells[i], naming))
                status = naming_state(run, TRAINCOST_RUN, naming, bench->cells.cells[i], bench->error);
        }
    }
    return status;
}

static traincost_status batch_estimate_cells(const struct batch_bench *bench, struct batch_answer *answer)
{
    traincost_scenario *run = batch_new_run(bench);
    traincost_status status = run ? batch_state_cells(bench, run) : TRAINCOST_NO_MEMORY;
    if (status == TRAINCOST_OK)
        status = batch_answer_run(bench, run, answer);
    traincost_scenario_free(run);
    return status;
}

/* Cells that follow the last column may be empty: they are cut. Else the header and the row do not fit. */
static traincost_status batch_fit_cells(struct batch_bench *bench)
{
    struct csv_record *cells = &bench->cells;
    size_t columns = bench->batch->column_count;
    size_t count = cells->count;
    while (cells->count > columns && !*cells->cells[cells->count - 1])
        cells->count--;
    if (cells->count == columns)
        return TRAINCOST_OK;
    return error_set(bench->error, TRAINCOST_SYNTAX, "the row has %zu cells, the header %zu%s", count, columns,
                     count < columns ? ": is it cut short?" : "");
}

static size_t batch_trimmed(const traincost_row *row)
{
    return row->length - (row->length && row->text[row->length - 1] == '\r');
}

/* The row as it came. What does not fit the columns stands in the first, in quotes, so that nothing is lost. */
static void batch_carry_row(const struct batch_bench *bench, const traincost_row *row, bool fits,
                            struct text_buffer *out)
{
    size_t columns = bench->batch->column_count;
    if (fits) {
        text_add_bytes(out, row->text, bench->cells.ends[columns - 1]);
        return;
    }
    batch_add_quoted(out, row->text, batch_trimmed(row));
    for (size_t i = 1; i < columns; i++)
        text_add_bytes(out, ",", 1);
}

traincost_status batch_answer_cells(struct batch_bench *bench, const traincost_row *row, struct text_buffer *out)
{
    const traincost_batch *batch = bench->batch;
    struct batch_answer answer = {0};
    traincost_status status = csv_record_read(&bench->cells, row->text, batch_trimmed(row), bench->error);
    if (status == TRAINCOST_OK)
        status = batch_fit_cells(bench);
    batch_carry_row(bench, row, status == TRAINCOST_OK, out);
    if (status == TRAINCOST_OK)
        status = batch_estimate_cells(bench, &answer);
    bool good = status == TRAINCOST_OK;
    batch_add_outputs(batch, good ? answer.result : NULL, out);
    if (batch->claims)
        batch_add_verdict(good ? answer.report : NULL, out);
    batch_add_text(out, good ? "" : traincost_error_message(bench->error));
    batch_keep_result(bench, row, &answer);
    batch_answer_free(&answer);
    return status;
}
