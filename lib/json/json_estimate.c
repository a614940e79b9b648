/* An estimate as JSON, and what other answers have of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "json/json_answers.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Smaller shares of the variance are noise of the sampling. */
static const double json_least_share = 0.0005;

traincost_status json_give(struct json_writer *json, char **text, traincost_error *error)
{
    text_add_bytes(&json->out, "\n", 1);
    *text = json->out.failed ? NULL : json->out.text;
    if (*text)
        return TRAINCOST_OK;
    free(json->out.text);
    return error_no_memory(error);
}

void traincost_text_free(char *text)
{
    free(text);
}

void json_level_name(double level, char out[JSON_LEVEL])
{
    out[0] = 'p';
    text_print_digits(100 * level, 10, out + 1);
}

void json_put_range(struct json_writer *json, double p5, double p50, double p95)
{
    json_put_number(json, "p5", p5);
    json_put_number(json, "p50", p50);
    json_put_number(json, "p95", p95);
}

static void json_put_stage_name(struct json_writer *json, const char *stage)
{
    if (stage && *stage)
        json_put_words(json, "stage", stage);
    else
        json_put_null(json, "stage");
}

static void json_put_inputs(struct json_writer *json, const traincost_result *result)
{
    const traincost_input *input;
    json_open_array(json, "inputs");
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        json_open_object(json, NULL);
        json_put_text(json, "key", input->key);
        json_put_stage_name(json, input->stage);
        json_put_words(json, "unit", input->unit);
        json_put_range(json, input->p5, input->p50, input->p95);
        json_put_boolean(json, "given", input->given);
        json_put_text(json, "source", input->source);
        json_put_text(json, "text", input->text);
        json_close(json);
    }
    json_close(json);
}

static void json_put_levels(struct json_writer *json, const traincost_result *result,
                            const traincost_output *figure, bool errors)
{
    for (size_t i = 0; i < figure->levels; i++) {
        char name[JSON_LEVEL], error_name[JSON_LEVEL + 4];
        json_level_name(traincost_result_level(result, i), name);
        snprintf(error_name, sizeof error_name, "%s_se", name);
        if (errors)
            json_put_number(json, error_name, figure->quantile_se[i]);
        else
            json_put_number(json, name, figure->quantile[i]);
    }
}

static void json_put_histogram(struct json_writer *json, const traincost_output *figure)
{
    if (!figure->bins)
        return;
    json_open_object(json, "histogram");
    json_open_array(json, "edges");
    for (size_t i = 0; i <= figure->bins; i++)
        json_put_number(json, NULL, figure->bin_edge[i]);
    json_close(json);
    json_open_array(json, "shares");
    for (size_t i = 0; i < figure->bins; i++)
        json_put_number(json, NULL, figure->bin_share[i]);
    json_close(json);
    json_close(json);
}

void json_put_output(struct json_writer *json, const traincost_result *result, const traincost_output *figure,
                     const char *key)
{
    json_open_object(json, key);
    json_put_words(json, "unit", figure->unit);
    json_put_number(json, "mean", figure->mean);
    json_put_number(json, "sd", figure->sd);
    json_put_levels(json, result, figure, false);
    json_put_number(json, "mean_se", figure->mean_se);
    json_put_number(json, "sd_se", figure->sd_se);
    json_put_levels(json, result, figure, true);
    json_put_histogram(json, figure);
    json_close(json);
}

void json_put_quantiles(struct json_writer *json, const traincost_result *result, const traincost_output *figure)
{
    json_open_object(json, figure->key);
    json_put_words(json, "unit", figure->unit);
    json_put_number(json, "mean", figure->mean);
    json_put_number(json, "sd", figure->sd);
    json_put_levels(json, result, figure, false);
    json_close(json);
}

void json_put_outputs(struct json_writer *json, const traincost_result *result)
{
    const traincost_output *figure;
    json_open_object(json, "outputs");
    for (size_t i = 0; (figure = traincost_result_at(result, i)); i++)
        json_put_output(json, result, figure, figure->key);
    json_close(json);
}

/* The output's array is opened with its first item, as it is left out where it would be empty. */
static void json_put_share(struct json_writer *json, const char *output, bool *any,
                           const traincost_sensitivity *share)
{
    if (!*any)
        json_open_array(json, output);
    *any = true;
    json_open_object(json, NULL);
    json_put_text(json, "key", share->key);
    json_put_stage_name(json, share->stage);
    json_put_number(json, "first", share->first);
    json_put_number(json, "total", share->total);
    json_put_number(json, "first_se", share->first_se);
    json_put_number(json, "total_se", share->total_se);
    json_close(json);
}

static void json_put_sensitivity(struct json_writer *json, const traincost_result *result)
{
    const traincost_output *figure;
    const traincost_sensitivity *share;
    json_open_object(json, "sensitivity");
    for (size_t j = 0; (figure = traincost_result_at(result, j)); j++) {
        bool any = false;
        for (size_t i = 0; (share = traincost_result_sensitivity_at(result, figure->key, i)); i++)
            if (share->total > json_least_share)
                json_put_share(json, figure->key, &any, share);
        if (any)
            json_close(json);
    }
    json_close(json);
}

static void json_put_swings(struct json_writer *json, const traincost_result *result)
{
    const traincost_output *figure;
    const traincost_swing *swing;
    json_open_object(json, "swing");
    for (size_t j = 0; (figure = traincost_result_at(result, j)); j++) {
        if (!traincost_result_swing_at(result, figure->key, 0))
            continue;
        json_open_array(json, figure->key);
        for (size_t i = 0; (swing = traincost_result_swing_at(result, figure->key, i)); i++) {
            json_open_object(json, NULL);
            json_put_text(json, "key", swing->key);
            json_put_stage_name(json, swing->stage);
            json_put_number(json, "low", swing->low);
            json_put_number(json, "high", swing->high);
            json_close(json);
        }
        json_close(json);
    }
    json_close(json);
}

static void json_put_stage_outputs(struct json_writer *json, const traincost_result *result, size_t stage)
{
    const traincost_output *figure;
    if (!traincost_result_stage_output_at(result, stage, 0))
        return;
    json_open_object(json, "outputs");
    for (size_t i = 0; (figure = traincost_result_stage_output_at(result, stage, i)); i++)
        json_put_output(json, result, figure, figure->key);
    json_close(json);
}

static void json_put_within(struct json_writer *json, const traincost_result *result)
{
    const traincost_within *within = traincost_result_within(result);
    if (!within)
        return;
    json_put_number(json, "within", within->probability);
    json_open_object(json, "budget");
    json_put_text(json, "output", within->output);
    json_put_number(json, "goal", within->goal);
    if (!isnan(within->confidence)) {
        json_put_number(json, "confidence", within->confidence);
        json_put_boolean(json, "kept", within->kept);
    }
    json_close(json);
}

static void json_put_stages(struct json_writer *json, const traincost_result *result)
{
    const traincost_stage *stage;
    json_open_array(json, "stages");
    for (size_t i = 0; (stage = traincost_result_stage_at(result, i)); i++) {
        json_open_object(json, NULL);
        json_put_text(json, "name", stage->name);
        json_put_text(json, "chip", stage->chip ? stage->chip->id : NULL);
        json_put_number(json, "chips", stage->chips);
        json_put_number(json, "hours", stage->hours);
        json_put_number(json, "chip_hours", stage->chip_hours);
        json_put_stage_outputs(json, result, i);
        json_close(json);
    }
    json_close(json);
}

void json_put_notes(struct json_writer *json, const traincost_result *result)
{
    const char *note;
    json_open_array(json, "notes");
    for (size_t i = 0; (note = traincost_result_note_at(result, i)); i++)
        json_put_words(json, NULL, note);
    json_close(json);
}

void json_put_dollars(struct json_writer *json, const traincost_dollars *dollars)
{
    if (!dollars)
        return;
    json_open_object(json, "dollars");
    json_put_text(json, "of", dollars->of);
    json_put_text(json, "index", dollars->index);
    json_put_text(json, "at", dollars->at);
    json_put_number(json, "at_index", dollars->at_index);
    json_put_text(json, "from", dollars->from);
    json_put_number(json, "from_index", dollars->from_index);
    json_put_number(json, "factor", dollars->factor);
    json_put_text(json, "source", dollars->source);
    json_close(json);
}

void json_put_estimate(struct json_writer *json, const traincost_result *result)
{
    json_put_text(json, "traincost", traincost_version());
    json_put_text(json, "date", traincost_result_date(result));
    json_put_number(json, "samples", traincost_result_samples(result));
    json_put_number(json, "seed", traincost_result_seed(result));
    json_put_dollars(json, traincost_result_dollars(result));
    json_put_inputs(json, result);
    json_put_outputs(json, result);
    json_put_sensitivity(json, result);
    json_put_swings(json, result);
    json_put_text(json, "name", traincost_result_name(result));
    json_put_stages(json, result);
    json_put_within(json, result);
    json_put_notes(json, result);
}

traincost_status traincost_result_json(const traincost_result *result, int line, char **text,
                                       traincost_error *error)
{
    if (text)
        *text = NULL;
    if (!result || !text)
        return error_null(error, __func__);
    struct json_writer json = {.lines = line != 0};
    json_open_object(&json, NULL);
    json_put_estimate(&json, result);
    json_close(&json);
    return json_give(&json, text, error);
}
