/* The row of all rows together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/batch_row.h"
#include "batch/portfolio.h"
#include "json/json_answers.h"

#include <math.h>
#include <stdio.h>

traincost_status traincost_batch_keep_total(traincost_batch *batch, traincost_error *error)
{
    if (!batch)
        return error_null(error, __func__);
    if (!batch->portfolio)
        batch->portfolio = portfolio_new(batch->options.all_outputs, batch->options.asked);
    return batch->portfolio ? TRAINCOST_OK : error_no_memory(error);
}

/* In the order of the rows, whichever thread answered them. What cannot be added is told in the total's row. */
void batch_add_results(traincost_batch *batch, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (batch->results[i] && batch->total_status == TRAINCOST_OK)
            batch->total_status =
                portfolio_add(batch->portfolio, &batch->results[i]->resolved, batch->total_error);
        batch->left_out += !batch->results[i];
        traincost_result_free(batch->results[i]);
        batch->results[i] = NULL;
    }
}

/* What the total is of. */
struct batch_total {
    enum model_output outputs[MODEL_OUTPUTS];
    size_t count;
    struct engine_answer answer;
};

static const struct engine_figure *batch_total_figure(const struct batch_total *total, const char *key)
{
    for (size_t j = 0; j < total->count; j++)
        if (traincost_output_key(total->outputs[j]) == key)
            return &total->answer.figures[j];
    return NULL;
}

static void batch_total_cells(const traincost_batch *batch, const struct batch_total *total, const char *error,
                              struct text_buffer *out)
{
    text_add(out, "total");
    for (size_t i = 1; i < batch->column_count; i++)
        text_add(out, ",");
    for (size_t j = 0; j < batch->output_count; j++) {
        const struct engine_figure *figure = batch_total_figure(total, batch->outputs[j]);
        for (size_t q = 0; q < batch->options.engine.level_count; q++)
            batch_add_number(out, figure ? figure->quantile[q] : NAN);
    }
    if (batch->claims)
        text_add(out, ",,,,");
    batch_add_text(out, error);
}

static void batch_total_line(const traincost_batch *batch, const struct batch_total *total, const char *error,
                             struct text_buffer *out)
{
    struct json_writer json = {.out = *out, .lines = true};
    json_open_object(&json, NULL);
    json_put_words(&json, "row", "total");
    json_open_object(&json, "outputs");
    for (size_t j = 0; j < batch->output_count; j++) {
        const struct engine_figure *figure = batch_total_figure(total, batch->outputs[j]);
        char name[JSON_LEVEL];
        if (!figure)
            continue;
        json_open_object(&json, batch->outputs[j]);
        json_put_number(&json, "mean", figure->mean);
        json_put_number(&json, "sd", figure->sd);
        for (size_t q = 0; q < batch->options.engine.level_count; q++) {
            json_level_name(batch->options.levels[q], name);
            json_put_number(&json, name, figure->quantile[q]);
        }
        json_close(&json);
    }
    json_close(&json);
    json_put_text(&json, "note", error);
    json_close(&json);
    *out = json.out;
}

traincost_status traincost_batch_total(traincost_batch *batch, const char **text, size_t *length,
                                       traincost_error *error)
{
    if (text)
        *text = NULL;
    if (!batch || !text || !length)
        return error_null(error, __func__);
    struct batch_total total = {.count = 0};
    char said[80] = "";
    *length = 0;
    if (!batch->portfolio)
        return error_set(error, TRAINCOST_MISSING, "the total was not kept");
    traincost_status status = batch->total_status;
    if (status == TRAINCOST_OK && portfolio_rows(batch->portfolio) > 0)
        status = portfolio_estimate(batch->portfolio, &batch->options, total.outputs, &total.count, &total.answer,
                                    batch->total_error);
    if (status == TRAINCOST_NO_MEMORY) {
        engine_answer_free(&total.answer);
        return error_no_memory(error);
    }
    if (status == TRAINCOST_OK && batch->left_out)
        snprintf(said, sizeof said, "without %zu row%s, which gave no estimate", batch->left_out,
                 batch->left_out == 1 ? "" : "s");
    if (status)
        total.count = 0; /* no figure of it was answered */
    const char *what = status ? traincost_error_message(batch->total_error) : said;
    batch->total.length = 0;
    if (batch->columns)
        batch_total_cells(batch, &total, what, &batch->total);
    else
        batch_total_line(batch, &total, what, &batch->total);
    engine_answer_free(&total.answer);
    if (batch->total.failed)
        return error_no_memory(error);
    *text = batch->total.text;
    *length = batch->total.length;
    return TRAINCOST_OK;
}
