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

/* What the run was resolved to. */
const struct resolved *estimate_resolved(const traincost_result *result);

/* What holds where no options are given. */
extern const struct traincost_options options_default;

#endif
