/* The stages of a run beside the run: each is a run of one stage over the same draws. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/stage_outputs.h"

#include "answers/output_summary.h"

#include <stdlib.h>
#include <string.h>

/* Not what is bought once, what the base costs, and what comes on top of the whole. */
static bool is_of_a_stage(enum model_output output)
{
    switch ((int)output) {
    case MODEL_OUT_ACQUISITION:
    case MODEL_OUT_WITH_BASE:
    case MODEL_OUT_BASE:
    case MODEL_OUT_EXPERIMENTS:
    case MODEL_OUT_DEVELOPMENT:
    case MODEL_OUT_MEMORY:
        return false;
    default:
        return true;
    }
}

static struct model_run run_of(const traincost_result *result, size_t stage)
{
    const struct stage_figures *own = &result->staged[stage];
    return (struct model_run){&result->resolved.models[stage], 1, own->given, own->given_count};
}

static void choose_stage(traincost_result *result, const struct traincost_options *options, size_t stage)
{
    struct stage_figures *own = &result->staged[stage];
    struct model_run run = run_of(result, stage);
    for (int j = 0; j < MODEL_OUTPUTS; j++) {
        enum model_output output = (enum model_output)j;
        if (!is_of_a_stage(output) || !model_gives(&run, output))
            continue;
        own->asked[own->given_count] =
            (options->all_outputs || options->asked[j]) && (options->all_staged || options->staged[j]);
        own->given[own->given_count++] = output;
    }
}

traincost_status stage_outputs_choose(traincost_result *result, const struct traincost_options *options,
                                      traincost_error *error)
{
    size_t count = result->resolved.own_count;
    if (count < 2)
        return TRAINCOST_OK;
    result->staged = calloc(count, sizeof *result->staged);
    if (!result->staged)
        return error_no_memory(error);
    result->staged_count = count;
    for (size_t s = 0; s < count; s++)
        choose_stage(result, options, s);
    return TRAINCOST_OK;
}

size_t stage_outputs_columns(const traincost_result *result)
{
    size_t columns = 0;
    for (size_t s = 0; s < result->staged_count; s++)
        columns += result->staged[s].given_count;
    return columns;
}

static bool any_column(double *const *outputs, size_t count)
{
    for (size_t j = 0; j < count; j++)
        if (outputs[j])
            return true;
    return false;
}

void staged_evaluate(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct staged_model *staged = model;
    double *const *own = outputs + staged->whole->output_count;
    staged->evaluate(staged->whole, inputs, n, outputs);
    for (size_t s = 0; s < staged->result->staged_count; s++) {
        struct model_run run = run_of(staged->result, s);
        if (any_column(own, run.output_count))
            staged->evaluate(&run, inputs, n, own);
        own += run.output_count;
    }
}

void stage_outputs_ask(const traincost_result *result, bool *asked, size_t *factors)
{
    for (size_t s = 0; s < result->staged_count; s++) {
        struct model_run run = run_of(result, s);
        for (size_t j = 0; j < run.output_count; j++) {
            *asked++ = result->staged[s].asked[j];
            *factors++ = model_factor(&run, run.outputs[j]);
        }
    }
}

/* Where the run's is no product, the stages' are sampled with it, so that their means add up. */
void stage_outputs_multiply(const traincost_result *result, const struct model_run *whole, const bool *exact,
                            struct engine_product *products)
{
    bool known[MODEL_OUTPUTS];
    for (size_t j = 0; j < MODEL_OUTPUTS && result->staged_count; j++)
        known[j] = model_product(whole, exact, (enum model_output)j).known;
    for (size_t s = 0; s < result->staged_count; s++) {
        struct model_run run = run_of(result, s);
        for (size_t j = 0; j < run.output_count; j++, products++)
            if (result->staged[s].asked[j] && known[run.outputs[j]])
                *products = model_product(&run, exact, run.outputs[j]);
    }
}

static traincost_status keep_stage(traincost_result *result, struct stage_figures *own,
                                   const struct engine_figure *figures, traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    for (size_t j = 0; j < own->given_count && status == TRAINCOST_OK; j++) {
        if (!own->asked[j])
            continue;
        own->outputs[own->output_count] = output_summary(own->given[j], &figures[j], result->level_count);
        status = output_check(&own->outputs[own->output_count++], error);
    }
    return status;
}

traincost_status stage_outputs_finish(traincost_result *result, const struct engine_figure *figures,
                                      traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    for (size_t s = 0; s < result->staged_count && status == TRAINCOST_OK; s++) {
        status = keep_stage(result, &result->staged[s], figures, error);
        figures += result->staged[s].given_count;
    }
    return status;
}

const traincost_output *traincost_result_stage_output_at(const traincost_result *result, size_t stage,
                                                         size_t index)
{
    if (!result)
        return NULL;
    bool there = stage < result->staged_count && index < result->staged[stage].output_count;
    return there ? &result->staged[stage].outputs[index] : NULL;
}

const traincost_output *traincost_result_stage_output(const traincost_result *result, size_t stage,
                                                      const char *key)
{
    if (!result || !key)
        return NULL;
    const traincost_output *output;
    for (size_t i = 0; (output = traincost_result_stage_output_at(result, stage, i)); i++)
        if (!strcmp(output->key, key))
            return output;
    return NULL;
}
