/* What a solution is to keep to, by key and text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/solve.h"

#include "model/outputs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct traincost_goal goal_default = {
    .confidence = 0.9,
    .scope = MODEL_OUT_RENTAL,
    .years = 3,
    .min_hold = 12,
    .use = {.form = FORM_INTERVAL, .a = 0.6, .b = 0.95, .c = 0, .least = 0, .most = 1},
    .rent_drift = {.form = FORM_EXACT, .least = 0, .most = 0.9},
    .resale = {.form = FORM_INTERVAL, .a = 0.75, .b = 0.95, .c = 0, .least = 0, .most = 1},
};

static const traincost_goal_key key_table[GOAL_PARTS] = {
    [GOAL_BUDGET] = {"budget", "USD", "", "the dollars that the scope stays within"},
    [GOAL_DEADLINE] = {"deadline", "TIME", "", "the wall-clock time that the run stays within, as in 30d"},
    [GOAL_CONFIDENCE] = {"confidence", "SHARE", "90%", "the probability with which it does"},
    [GOAL_SCOPE] = {"scope",
                    "rent|own|wear|buy|electricity|rent-with-base|own-with-base|wear-with-base|develop", "rent",
                    "what the budget pays for"},
    [GOAL_YEARS] = {"years", "NUMBER", "3", "of break-even: how long the chips are kept"},
    [GOAL_RESALE] = {"resale", "QUANTITY", "75..95%",
                     "of break-even: what a sale fetches of the value that depreciation leaves; 0 for no sale"},
    [GOAL_RENT_DRIFT] = {"rent-drift", "QUANTITY", "0",
                         "of break-even: by which share rents fall a year, as in 0..30%"},
    [GOAL_MIN_HOLD] = {"min-hold", "MONTHS", "12", "of break-even: before so many months nothing is sold"},
};

const traincost_goal_key *traincost_goal_key_at(size_t index)
{
    return index < GOAL_PARTS ? &key_table[index] : NULL;
}

traincost_goal *traincost_goal_new(void)
{
    traincost_goal *goal = malloc(sizeof *goal);
    if (goal)
        *goal = goal_default;
    return goal;
}

void traincost_goal_free(traincost_goal *goal)
{
    free(goal);
}

enum model_output goal_output(const struct traincost_goal *goal)
{
    return goal->given[GOAL_DEADLINE] ? MODEL_OUT_HOURS : (enum model_output)goal->scope;
}

/* Any figure in dollars, by its word; else as a claim counts. */
static traincost_status read_scope(const char *text, int *scope, traincost_error *error)
{
    static const enum model_output outputs[CLAIM_SCOPES] = {
        [SCOPE_ELECTRICITY] = MODEL_OUT_ENERGY_COST,
        [SCOPE_RENTAL] = MODEL_OUT_RENTAL,
        [SCOPE_OWN] = MODEL_OUT_OWN,
        [SCOPE_OWN_WITH_BASE] = MODEL_OUT_OWN_WITH_BASE,
        [SCOPE_WEAR_WITH_BASE] = MODEL_OUT_WEAR_WITH_BASE,
        [SCOPE_OWNERSHIP] = MODEL_OUT_OWNERSHIP,
        [SCOPE_ACQUISITION] = MODEL_OUT_ACQUISITION,
        [SCOPE_WITH_BASE] = MODEL_OUT_WITH_BASE,
        [SCOPE_DEVELOPMENT] = MODEL_OUT_DEVELOPMENT,
    };
    const traincost_output_kind *kind = traincost_output_kind_find(text);
    int counted = 0;
    if (kind && !strcmp(kind->unit, "USD")) {
        *scope = (int)(kind - output_kinds);
        return TRAINCOST_OK;
    }
    traincost_status status = claim_find_scope("scope", text, &counted, error);
    if (status == TRAINCOST_OK)
        *scope = (int)outputs[counted];
    return status;
}

static traincost_status read_range(enum goal_part part, enum dimension dimension, double least, double most,
                                   bool open, const char *text, quantity *q, traincost_error *error)
{
    struct quantity_rule rule = {key_table[part].key, dimension, least, most, open};
    return quantity_parse(text, &rule, q, error);
}

static traincost_status read_exact(enum goal_part part, enum dimension dimension, double least, double most,
                                   const char *text, double *value, traincost_error *error)
{
    quantity q;
    traincost_status status =
        read_range(part, dimension, least, most, least == 0 && part != GOAL_MIN_HOLD, text, &q, error);
    if (status)
        return status;
    if (!quantity_is_exact(&q))
        return error_set(error, TRAINCOST_SYNTAX, "%s '%.60s': it takes one exact number", key_table[part].key,
                         text);
    *value = q.a;
    return TRAINCOST_OK;
}

static traincost_status read_goal_budget(struct traincost_goal *goal, const char *text, traincost_error *error)
{
    quantity q;
    traincost_status status = read_exact(GOAL_BUDGET, DIMENSION_MONEY, 0, INFINITY, text, &goal->budget, error);
    if (status == TRAINCOST_OK)
        status = read_range(GOAL_BUDGET, DIMENSION_MONEY, 0, INFINITY, true, text, &q, error);
    if (status == TRAINCOST_OK)
        goal->currency = q.currency;
    return status;
}

double goal_limit(const struct traincost_goal *goal, const traincost_catalog *catalog, int day, double dollars)
{
    const traincost_rate *rate =
        catalog_find_rate(catalog, "exchange-rate", currency_codes[goal->currency], day);
    if (goal->given[GOAL_DEADLINE])
        return goal->deadline;
    return rate ? goal->budget / rate->value * dollars : goal->budget;
}

static traincost_status read_part(struct traincost_goal *goal, enum goal_part part, const char *text,
                                  traincost_error *error)
{
    switch (part) {
    case GOAL_BUDGET:
        return read_goal_budget(goal, text, error);
    case GOAL_DEADLINE:
        return read_exact(part, DIMENSION_TIME, 0, INFINITY, text, &goal->deadline, error);
    case GOAL_CONFIDENCE:
        return read_exact(part, DIMENSION_SHARE, 0.001 - 1e-12, 0.999 + 1e-12, text, &goal->confidence, error);
    case GOAL_SCOPE:
        return read_scope(text, &goal->scope, error);
    case GOAL_YEARS:
        return read_exact(part, DIMENSION_YEARS, 0, 100, text, &goal->years, error);
    case GOAL_RENT_DRIFT:
        return read_range(part, DIMENSION_SHARE, 0, 0.9, false, text, &goal->rent_drift, error);
    case GOAL_RESALE:
        return read_range(part, DIMENSION_SHARE, 0, 1, false, text, &goal->resale, error);
    case GOAL_MIN_HOLD:
        return read_exact(part, DIMENSION_MONTHS, 0, 1200, text, &goal->min_hold, error);
    case GOAL_PARTS:
        break;
    }
    return TRAINCOST_OK;
}

static traincost_status unknown_goal(const char *key, traincost_error *error)
{
    struct text_search search = {.given = key};
    for (size_t i = 0; i < GOAL_PARTS; i++)
        text_try(&search, key_table[i].key);
    return error_unknown(error, "part of a goal", key, text_meant(&search), "budget or deadline states it");
}

traincost_status traincost_goal_set(traincost_goal *goal, const char *key, const char *value,
                                    traincost_error *error)
{
    if (!goal || !key || !value)
        return error_null(error, __func__);
    size_t part = 0;
    while (part < GOAL_PARTS && strcmp(key_table[part].key, key) != 0)
        part++;
    if (part == GOAL_PARTS)
        return unknown_goal(key, error);
    traincost_status status = read_part(goal, (enum goal_part)part, value, error);
    if (status == TRAINCOST_OK)
        goal->given[part] = true;
    return status;
}
