/* A scenario bound to the engine; the result and its summaries. */
#ifndef LIB_ESTIMATE_H
#define LIB_ESTIMATE_H

#include "engine.h"
#include "scenario.h"

enum { OPTION_LEVELS = 64 };

struct traincost_options {
    struct engine_settings engine; /* its levels are set from those below when it runs */
    double levels[OPTION_LEVELS];
    bool all_outputs, asked[MODEL_OUTPUTS];
    bool lenient; /* as of scenario_resolve: contradictions are somebody else's to tell */
};

struct traincost_result {
    struct resolved resolved;
    struct engine_answer answer;         /* of its own; none where it was estimated together with others */
    const struct engine_figure *figures; /* by output */
    double samples;
    char *name;
    char date[TEXT_DATE];
    double seed;
    double levels[OPTION_LEVELS];
    size_t level_count;
    enum model_output kept[MODEL_OUTPUTS]; /* what each output is */
    traincost_output outputs[MODEL_OUTPUTS];
    size_t output_count;
    traincost_input *inputs;
    char (*input_texts)[QUANTITY_TEXT];
    traincost_stage *stages;
    traincost_sensitivity *sensitivities; /* input_count for each output; NULL unless asked for */
};

/* The two halves of an estimate, around the engine's work: resolves the run and chooses its outputs; takes the
 * figures of these outputs, which stay the caller's, and summarises. The result is freed in any case. */
traincost_status result_begin(traincost_result *result, const traincost_scenario *scenario,
                              const struct traincost_options *options, traincost_error *error);
traincost_status result_finish(traincost_result *result, const struct engine_figure *figures, double samples,
                               const struct traincost_options *options, traincost_error *error);
/* The model's job: these quantities, each drawn with its leader, into these outputs. */
traincost_status result_run(const struct resolved_input *inputs, size_t input_count, engine_model *evaluate,
                            const void *model, size_t output_count, const double *levels,
                            const struct traincost_options *options, struct engine_answer *answer,
                            traincost_error *error);

/* What holds where no options are given. */
extern const struct traincost_options options_default;

#endif
