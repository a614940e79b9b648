/* Comparisons as JSON. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "json/json_answers.h"

#include <string.h>

static bool json_has_ratios(const traincost_comparison *comparison, size_t run)
{
    const char *key;
    for (size_t i = 0; (key = traincost_output_key(i)); i++)
        if (traincost_comparison_ratio(comparison, run, key))
            return true;
    return false;
}

static void json_put_ratios(struct json_writer *json, const traincost_comparison *comparison, size_t run)
{
    const char *key;
    if (!json_has_ratios(comparison, run))
        return;
    json_open_object(json, "ratios");
    for (size_t i = 0; (key = traincost_output_key(i)); i++) {
        const traincost_output *ratio = traincost_comparison_ratio(comparison, run, key);
        if (ratio)
            json_put_output(json, traincost_comparison_result(comparison, run), ratio, key);
    }
    json_close(json);
}

/* Where they are ranked: how often it is the cheapest, the chips that a deadline takes, and what to know. */
static void json_put_rank(struct json_writer *json, const traincost_comparison *comparison, size_t run)
{
    const traincost_result *result = traincost_comparison_result(comparison, run);
    const traincost_stage *stage = traincost_result_stage_at(result, 0);
    if (!traincost_comparison_by(comparison))
        return;
    json_put_number(json, "cheapest", traincost_comparison_least(comparison, run));
    if (stage && !traincost_result_stage_at(result, 1))
        json_put_number(json, "chips", stage->chips);
    json_put_notes(json, result);
}

static void json_put_compared(struct json_writer *json, const traincost_comparison *comparison, size_t run,
                              const char *name)
{
    const traincost_result *result = traincost_comparison_result(comparison, run);
    json_open_object(json, NULL);
    json_put_text(json, "run", name);
    json_put_text(json, "name", traincost_result_name(result));
    json_put_text(json, "date", traincost_result_date(result));
    json_put_dollars(json, traincost_result_dollars(result));
    json_put_rank(json, comparison, run);
    json_put_outputs(json, result);
    json_put_ratios(json, comparison, run);
    json_close(json);
}

static void json_put_left_out(struct json_writer *json, const traincost_comparison *comparison)
{
    const char *chip, *why;
    json_open_array(json, "left_out");
    for (size_t i = 0; (chip = traincost_comparison_left_out_at(comparison, i, &why)); i++) {
        json_open_object(json, NULL);
        json_put_text(json, "run", chip);
        json_put_text(json, "why", why);
        json_close(json);
    }
    json_close(json);
}

void json_put_comparison(struct json_writer *json, const traincost_comparison *comparison,
                         const char *const *names)
{
    const traincost_result *first = traincost_comparison_result(comparison, 0);
    const char *by = traincost_comparison_by(comparison);
    json_put_text(json, "traincost", traincost_version());
    json_put_number(json, "samples", traincost_result_samples(first));
    json_put_number(json, "seed", traincost_result_seed(first));
    json_put_text(json, "by", by);
    json_open_array(json, "runs");
    for (size_t place = 0; traincost_comparison_result(comparison, place); place++) {
        size_t run = traincost_comparison_ranked(comparison, place);
        const traincost_chip *chip = traincost_comparison_chip(comparison, run);
        const char *name = chip ? chip->id : traincost_result_name(traincost_comparison_result(comparison, run));
        json_put_compared(json, comparison, run, names ? names[run] : name);
    }
    json_close(json);
    if (by)
        json_put_left_out(json, comparison);
}

traincost_status traincost_comparison_json(const traincost_comparison *comparison, const char *const *names,
                                           int line, char **text, traincost_error *error)
{
    if (text)
        *text = NULL;
    bool given = comparison && text;
    for (size_t run = 0; given && names && traincost_comparison_result(comparison, run); run++)
        given = names[run] != NULL;
    if (!given)
        return error_null(error, __func__);
    struct json_writer json = {.lines = line != 0};
    json_open_object(&json, NULL);
    json_put_comparison(&json, comparison, names);
    json_close(&json);
    return json_give(&json, text, error);
}
