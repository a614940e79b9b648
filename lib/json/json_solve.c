/* Solutions as JSON. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "json/json_answers.h"

/* A member that is never is left out. */
static void json_put_solved_range(struct json_writer *json, const char *key, const traincost_range *range)
{
    json_open_object(json, key);
    json_put_range(json, range->p5, range->p50, range->p95);
    json_close(json);
}

static void json_put_chances(struct json_writer *json, const traincost_break_even *even, const double *cheaper)
{
    json_open_array(json, "probability");
    for (size_t i = 0; i < even->count; i++) {
        json_open_object(json, NULL);
        json_put_number(json, "months", even->after[i]);
        json_put_number(json, "own_is_cheaper", cheaper[i]);
        json_close(json);
    }
    json_close(json);
}

/* Beside one rent; a stated one has no term. */
static void json_put_even_rent(struct json_writer *json, const traincost_break_even *even, const traincost_rent_even *rent)
{
    json_open_object(json, NULL);
    if (rent->term) {
        json_put_text(json, "term", rent->term);
        json_put_number(json, "observations", (double)rent->observations);
    }
    if (rent->tier)
        json_put_text(json, "tier", rent->tier);
    json_put_solved_range(json, "rental_price", &rent->rental_price);
    json_put_solved_range(json, "months", &rent->months);
    json_put_solved_range(json, "months_unsold", &rent->months_unsold);
    json_put_solved_range(json, "use", &rent->use);
    json_put_solved_range(json, "use_unsold", &rent->use_unsold);
    json_put_number(json, "within_a_year", rent->within_a_year);
    json_put_chances(json, even, rent->own_is_cheaper);
    json_close(json);
}

static void json_put_break_even(struct json_writer *json, const traincost_break_even *even)
{
    json_put_number(json, "years", even->years);
    json_put_solved_range(json, "hours_per_year", &even->hours_per_year);
    json_put_solved_range(json, "months", &even->months);
    json_put_solved_range(json, "months_unsold", &even->months_unsold);
    json_put_chances(json, even, even->own_is_cheaper);
    json_put_number(json, "within_a_year", even->within_a_year);
    json_put_solved_range(json, "own_usd", &even->own_usd);
    json_put_solved_range(json, "use", &even->use);
    json_put_number(json, "min_hold", even->min_hold);
    json_put_solved_range(json, "rent_drift", &even->rent_drift);
    json_open_array(json, "rents");
    for (size_t i = 0; i < even->rent_count; i++)
        json_put_even_rent(json, even, &even->rents[i]);
    json_close(json);
}

static void json_put_solved(struct json_writer *json, const traincost_solution *solution)
{
    const traincost_parameter *parameter = traincost_parameter_find(traincost_solution_what(solution));
    json_put_number(json, "answer", traincost_solution_answer(solution));
    json_put_number(json, "answer_se", traincost_solution_answer_se(solution));
    json_put_words(json, "unit", parameter->unit);
    json_put_text(json, "text", traincost_solution_text(solution));
    json_open_object(json, "goal");
    json_put_text(json, "output", traincost_solution_output(solution));
    json_put_number(json, "within", traincost_solution_goal(solution));
    json_put_number(json, "confidence", traincost_solution_confidence(solution));
    json_put_number(json, "reached", traincost_solution_reached(solution));
    json_close(json);
}

void json_put_solution(struct json_writer *json, const traincost_solution *solution)
{
    const traincost_break_even *even = traincost_solution_break_even(solution);
    const traincost_result *result = traincost_solution_result(solution);
    json_put_text(json, "traincost", traincost_version());
    json_put_text(json, "solve", traincost_solution_what(solution));
    if (even)
        json_put_break_even(json, even);
    else
        json_put_solved(json, solution);
    json_put_text(json, "date", traincost_result_date(result));
    json_put_number(json, "samples", traincost_result_samples(result));
    json_put_number(json, "seed", traincost_result_seed(result));
    json_put_dollars(json, traincost_result_dollars(result));
    json_put_outputs(json, result);
    json_put_notes(json, result);
}

traincost_status traincost_solution_json(const traincost_solution *solution, int line, char **text,
                                         traincost_error *error)
{
    if (text)
        *text = NULL;
    if (!solution || !text)
        return error_null(error, __func__);
    struct json_writer json = {.lines = line != 0};
    json_open_object(&json, NULL);
    json_put_solution(&json, solution);
    json_close(&json);
    return json_give(&json, text, error);
}
