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
};

/* What holds where no options are given. */
extern const struct traincost_options options_default;

#endif
