/* Whether a figure is just so many times a parameter. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/estimate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is equal to that is equal but for scaling_rounding. The formulas are products, powers and sums of them:
 * what is proportional at this many places all over the ranges is so everywhere. */
static const double scaling_rounding = 1e-11;
enum { PLACES = 16 };

struct scaling_trial {
    const traincost_result *result;
    struct model_run run;
    enum model_output output;
    double *values, *scaled;
    const double **inputs;
};

static void scaling_trial_free(struct scaling_trial *trial)
{
    free(trial->values);
    free(trial->scaled);
    free(trial->inputs);
}

/* Spread over the ranges, each input in an order of its own, by multiples of an irrational number. */
static double level_at(size_t input, size_t place)
{
    double turns = (double)(place + 1) * (0.618033988749895 * (double)(input + 1) + 0.1);
    return 0.05 + 0.9 * (turns - floor(turns));
}

static bool fill_trial(struct scaling_trial *trial, enum parameter parameter, double factor)
{
    const struct resolved *resolved = &trial->result->resolved;
    size_t count = resolved->input_count;
    trial->values = calloc(count * PLACES + 1, sizeof *trial->values);
    trial->scaled = calloc(count * PLACES + 1, sizeof *trial->scaled);
    trial->inputs = calloc(count + 1, sizeof *trial->inputs);
    if (!trial->values || !trial->scaled || !trial->inputs)
        return false;
    for (size_t i = 0; i < count; i++) {
        bool moved = resolved->inputs[i].parameter == parameter;
        for (size_t p = 0; p < PLACES; p++) {
            double value = quantity_quantile(&resolved->inputs[i].q, level_at(i, p));
            trial->values[i * PLACES + p] = value;
            trial->scaled[i * PLACES + p] = moved ? factor * value : value;
        }
    }
    return true;
}

static void run_trial(struct scaling_trial *trial, const double *values, double out[PLACES])
{
    double *outputs[] = {out};
    for (size_t i = 0; i < trial->result->resolved.input_count; i++)
        trial->inputs[i] = values + i * PLACES;
    model_evaluate(&trial->run, trial->inputs, PLACES, outputs);
}

static bool is_times(const double *scaled, const double *plain, double factor)
{
    for (size_t p = 0; p < PLACES; p++)
        if (!(fabs(scaled[p] - factor * plain[p]) <= scaling_rounding * fabs(factor * plain[p])))
            return false;
    return true;
}

static traincost_dependence try_factor(struct scaling_trial *trial, enum parameter parameter, double factor)
{
    double plain[PLACES], scaled[PLACES];
    traincost_dependence dependence = TRAINCOST_OTHERWISE;
    if (fill_trial(trial, parameter, factor)) {
        run_trial(trial, trial->values, plain);
        run_trial(trial, trial->scaled, scaled);
        dependence = is_times(scaled, plain, 1)        ? TRAINCOST_INDEPENDENT
                     : is_times(scaled, plain, factor) ? TRAINCOST_PROPORTIONAL
                                                       : TRAINCOST_OTHERWISE;
    }
    scaling_trial_free(trial);
    return dependence;
}

traincost_dependence traincost_result_dependence(const traincost_result *result, const char *output,
                                                 const char *key)
{
    if (!result || !output || !key)
        return TRAINCOST_INDEPENDENT;
    static const double factors[] = {0.93, 1.07, 1.5};
    const traincost_output *found = traincost_result_find(result, output);
    enum parameter parameter;
    if (!found || parameter_need(key, &parameter, NULL) != TRAINCOST_OK)
        return TRAINCOST_INDEPENDENT;
    enum model_output which = result->given[result->kept[found - result->outputs]];
    traincost_dependence first = TRAINCOST_OTHERWISE;
    for (size_t i = 0; i < sizeof factors / sizeof *factors; i++) {
        struct scaling_trial trial = {.result = result, .output = which};
        trial.run = (struct model_run){result->resolved.models, result->resolved.stage_count, &trial.output, 1};
        traincost_dependence dependence = try_factor(&trial, parameter, factors[i]);
        if (i > 0 && dependence != first)
            return TRAINCOST_OTHERWISE;
        first = dependence;
    }
    return first;
}
