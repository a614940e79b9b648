/* What each stage of a run costs by itself, from the samples of the whole run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_STAGE_OUTPUTS_H
#define LIB_STAGE_OUTPUTS_H

#include "answers/estimate.h"

/* Chooses the outputs of each stage, where the run has several of its own. */
traincost_status stage_outputs_choose(traincost_result *result, const struct traincost_options *options,
                                      traincost_error *error);

/* How many columns they take beside those of the run. */
size_t stage_outputs_columns(const traincost_result *result);

/* The run and its stages as one model of the engine: the run's columns first. */
struct staged_model {
    engine_model *evaluate; /* of one run */
    const struct model_run *whole;
    const traincost_result *result;
};
void staged_evaluate(const void *model, const double *const *inputs, size_t n, double *const *outputs);

/* Which of the stages' columns are asked for, and what each is proportional to. */
void stage_outputs_ask(const traincost_result *result, bool *asked, size_t *factors);

/* What each of those that are asked for is a product of. */
void stage_outputs_multiply(const traincost_result *result, const struct model_run *whole, const bool *exact,
                            struct engine_product *products);

/* Takes their figures, which stay the caller's. Errors: those of output_check. */
traincost_status stage_outputs_finish(traincost_result *result, const struct engine_figure *figures,
                                      traincost_error *error);

#endif
