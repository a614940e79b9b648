/* A scenario bound to the engine; the result and its summaries. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_ESTIMATE_H
#define LIB_ESTIMATE_H

#include "base/limits.h"
#include "base/text_date.h"
#include "engine/engine.h"
#include "run/resolve.h"

enum { OPTION_LEVELS = LIMIT_LEVELS, OPTION_CORRELATIONS = LIMIT_PAIRS };

/* Of two parameters, by rank. */
struct correlation {
    enum parameter a, b;
    double rank;
};

struct traincost_options {
    struct engine_settings engine; /* its levels are set from those below when it runs */
    double levels[OPTION_LEVELS];
    bool all_outputs, asked[MODEL_OUTPUTS];
    bool all_analysed, analysed[MODEL_OUTPUTS]; /* where engine.sensitivity is set */
    bool all_staged, staged[MODEL_OUTPUTS];     /* of each stage, of those that are asked for */
    struct correlation correlations[OPTION_CORRELATIONS];
    size_t correlation_count;
    char dollars[DOLLARS_TEXT]; /* of which year or month; "": of the day */
    bool figures_only; /* the result has outputs, and neither inputs nor stages nor notes of its own */
    bool lenient; /* as of scenario_resolve: contradictions are somebody else's to tell */
};

/* The outputs of one stage. */
struct stage_figures {
    enum model_output given[MODEL_OUTPUTS];
    bool asked[MODEL_OUTPUTS]; /* of those */
    size_t given_count;
    traincost_output outputs[MODEL_OUTPUTS];
    size_t output_count;
};

struct traincost_result {
    struct resolved resolved;
    struct engine_answer answer;         /* of its own; none where it was estimated together with others */
    const struct engine_figure *figures; /* of the outputs given */
    double samples;
    char *name;
    char date[TEXT_DATE];
    double seed;
    traincost_dollars dollars; /* `of` is NULL where they are of the day */
    double levels[OPTION_LEVELS];
    size_t level_count;
    enum model_output given[MODEL_OUTPUTS];             /* what the run gives: the engine's outputs */
    bool asked[MODEL_OUTPUTS], analysed[MODEL_OUTPUTS]; /* of those */
    size_t given_count;
    size_t kept[MODEL_OUTPUTS]; /* which of them each output of the result is */
    traincost_output outputs[MODEL_OUTPUTS];
    size_t output_count;
    traincost_within within; /* its output is NULL where no goal was judged */
    struct stage_figures *staged; /* NULL where the run has one stage */
    size_t staged_count;
    traincost_input *inputs;
    char (*input_texts)[QUANTITY_TEXT];
    traincost_stage *stages;
    traincost_sensitivity *sensitivities; /* input_count for each output; NULL unless asked for */
    traincost_swing *swings;              /* the same; always there but where several runs share an answer */
};

/* The two halves of an estimate, around the engine's work: resolves the run and chooses its outputs; takes the
 * figures of the outputs given, which stay the caller's, and summarises. The result is freed in any case. */
traincost_status result_begin(traincost_result *result, const traincost_scenario *scenario,
                              const struct traincost_options *options, traincost_error *error);
traincost_status result_finish(traincost_result *result, const struct engine_figure *figures, double samples,
                               const struct traincost_options *options, traincost_error *error);
/* Settles which outputs the result has, after `asked` was changed. */
void result_keep(traincost_result *result);
/* Runs a job of the caller's over these inputs, each drawn with its leader; inputs, leaders and settings are
 * filled in here. */
traincost_status result_run(const struct resolved_input *inputs, struct engine_job job,
                            const struct traincost_options *options, struct engine_answer *answer,
                            traincost_error *error);
/* Which of the inputs are exact; the caller frees it. NULL when out of memory. */
bool *exact_inputs(const struct resolved_input *inputs, size_t count);

/* What holds where no options are given. */
extern const struct traincost_options options_default;

#endif
