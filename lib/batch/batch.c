/* Many rows on several threads; their answers leave in the order in which the rows came. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/batch_row.h"
#include "batch/portfolio.h"
#include "engine/threads.h"

#include <stdlib.h>
#include <string.h>

/* ---- what holds for every row ---- */

/* What a row gives where nothing else is asked for. */
static traincost_status batch_usual_options(struct traincost_options *options, traincost_error *error)
{
    static const char *const own = "own_usd";
    const char *key;
    bool owning = false;
    for (size_t i = 0; (key = traincost_output_key(i)); i++)
        owning |= !strcmp(key, own);
    *options = options_default;
    traincost_status status = traincost_options_set(options, "samples", "4096", error);
    if (status == TRAINCOST_OK)
        status = traincost_options_set(options, "quantiles", "5,50,95", error);
    if (status == TRAINCOST_OK)
        status = traincost_options_set(options, "outputs",
                                       owning ? "chip_hours,rental_usd,own_usd,energy_kwh,co2_kg"
                                              : "chip_hours,rental_usd,ownership_usd,energy_kwh,co2_kg",
                                       error);
    return status;
}

traincost_options *traincost_options_new_for_rows(void)
{
    traincost_options *options = malloc(sizeof *options);
    if (options && batch_usual_options(options, NULL) != TRAINCOST_OK) {
        free(options);
        return NULL;
    }
    return options;
}

static traincost_status batch_add_benches(traincost_batch *batch, traincost_error *error)
{
    batch->bench_count = (size_t)batch->options.engine.threads;
    batch->benches = calloc(batch->bench_count, sizeof *batch->benches);
    if (!batch->benches)
        return error_no_memory(error);
    batch->options.engine.threads = 1;
    batch->options.engine.sensitivity = batch->options.engine.keep = false;
    batch->options.engine.bins = 0;
    batch->options.all_staged = false;
    memset(batch->options.staged, 0, sizeof batch->options.staged);
    for (size_t i = 0; i < batch->bench_count; i++) {
        struct batch_bench *bench = &batch->benches[i];
        *bench = (struct batch_bench){.batch = batch, .options = batch->options};
        bench->options.figures_only = true;
        bench->error = traincost_error_new();
        bench->defaults = default_cache_new();
        bench->options.engine.cache = sample_cache_new();
        if (!bench->error || !bench->defaults || !bench->options.engine.cache)
            return error_no_memory(error);
    }
    return TRAINCOST_OK;
}

static traincost_status batch_init(traincost_batch *batch, const traincost_catalog *catalog,
                                   const traincost_options *options, traincost_error *error)
{
    const char *key;
    traincost_status status = TRAINCOST_OK;
    batch->catalog = catalog ? catalog : &catalog_builtin;
    if (!(batch->total_error = traincost_error_new()))
        return error_no_memory(error);
    if (options)
        batch->options = *options;
    else
        status = batch_usual_options(&batch->options, error);
    for (size_t i = 0; (key = traincost_output_key(i)); i++)
        if (batch->options.all_outputs || batch->options.asked[i])
            batch->outputs[batch->output_count++] = key;
    return status ? status : batch_add_benches(batch, error);
}

traincost_status traincost_batch_new(const traincost_catalog *catalog, const traincost_options *options,
                                     traincost_batch **out, traincost_error *error)
{
    if (out)
        *out = NULL;
    if (!out)
        return error_null(error, __func__);
    traincost_batch *batch = calloc(1, sizeof *batch);
    if (!batch)
        return error_no_memory(error);
    traincost_status status = batch_init(batch, catalog, options, error);
    if (status)
        traincost_batch_free(batch);
    else
        *out = batch;
    return status;
}

void traincost_batch_free(traincost_batch *batch)
{
    if (!batch)
        return;
    for (size_t i = 0; i < batch->stated_count; i++)
        free(batch->stated[i].value);
    for (size_t i = 0; batch->benches && i < batch->bench_count; i++) {
        traincost_error_free(batch->benches[i].error);
        default_cache_free(batch->benches[i].defaults);
        sample_cache_free(batch->benches[i].options.engine.cache);
        csv_record_free(&batch->benches[i].cells);
    }
    for (size_t i = 0; i < batch->answer_room; i++)
        free(batch->answers[i].text);
    portfolio_free(batch->portfolio);
    traincost_error_free(batch->total_error);
    free(batch->total.text);
    free(batch->results);
    free(batch->stated);
    free(batch->benches);
    free(batch->answers);
    free(batch->columns);
    free(batch->header.text);
    free(batch);
}

/* Tried at once, so that what cannot be is refused before the first row. */
static traincost_status batch_try(const traincost_batch *batch, struct naming naming, const char *value,
                                  traincost_error *error)
{
    traincost_scenario *run = traincost_scenario_new(batch->catalog, error);
    traincost_status status =
        run ? naming_state(run, TRAINCOST_RUN, naming, value, error) : TRAINCOST_NO_MEMORY;
    traincost_scenario_free(run);
    return status;
}

traincost_status traincost_batch_state(traincost_batch *batch, const char *key, const char *value,
                                       traincost_error *error)
{
    if (!batch || !key || !value)
        return error_null(error, __func__);
    struct naming naming = naming_find(key);
    if (naming.kind == NAMES_NOTHING)
        return error_unknown(error, "parameter", key, naming_meant(key), "traincost(1) has them");
    traincost_status status = batch_try(batch, naming, value, error);
    if (status)
        return status;
    struct batch_statement *grown = realloc(batch->stated, (batch->stated_count + 1) * sizeof *grown);
    if (!grown)
        return error_no_memory(error);
    batch->stated = grown;
    char *copy = text_copy(value);
    if (!copy)
        return error_no_memory(error);
    grown[batch->stated_count++] = (struct batch_statement){naming, copy};
    batch->claims |= naming.kind == NAMES_CLAIM;
    return TRAINCOST_OK;
}

/* ---- rows ---- */

static traincost_status batch_make_room(traincost_batch *batch, size_t count, traincost_error *error)
{
    if (count <= batch->answer_room)
        return TRAINCOST_OK;
    traincost_result **results = realloc(batch->results, count * sizeof *results);
    if (!results)
        return error_no_memory(error);
    batch->results = results;
    for (size_t i = 0; i < count; i++)
        results[i] = NULL;
    struct text_buffer *grown = realloc(batch->answers, count * sizeof *grown);
    if (!grown)
        return error_no_memory(error);
    memset(grown + batch->answer_room, 0, (count - batch->answer_room) * sizeof *grown);
    batch->answers = grown;
    batch->answer_room = count;
    return TRAINCOST_OK;
}

/* Where even the answer found no memory, it is left out, and the row is known to have failed. */
static void batch_do_row(void *place, void *context, size_t index)
{
    struct batch_bench *bench = place;
    traincost_row *row = &bench->rows[index];
    struct text_buffer *answer = &((struct text_buffer *)context)[index];
    answer->length = 0;
    answer->failed = false;
    text_add(answer, "");
    row->status = bench->batch->columns ? batch_answer_cells(bench, row, answer)
                                        : batch_answer_line(bench, row, answer);
    if (answer->failed)
        row->status = TRAINCOST_NO_MEMORY;
    row->answer = answer->failed ? "" : answer->text;
    row->answer_length = answer->failed ? 0 : answer->length;
}

traincost_status traincost_batch_answer(traincost_batch *batch, traincost_row *rows, size_t count,
                                        traincost_error *error)
{
    bool given = batch && (rows || count == 0);
    for (size_t i = 0; given && i < count; i++)
        given = rows[i].text != NULL;
    if (!given)
        return error_null(error, __func__);
    traincost_status status = batch_make_room(batch, count, error);
    if (status)
        return status;
    for (size_t i = 0; i < batch->bench_count; i++)
        batch->benches[i].rows = rows;
    threads_run(batch->bench_count, batch->benches, sizeof *batch->benches, batch_do_row, batch->answers, count);
    if (batch->portfolio)
        batch_add_results(batch, count);
    for (size_t i = 0; i < count; i++)
        if (batch->answers[i].failed)
            return error_no_memory(error);
    return TRAINCOST_OK;
}
