/* A scenario bound to the engine; the result and its summaries. */
#ifndef LIB_ESTIMATE_H
#define LIB_ESTIMATE_H

#include "engine.h"
#include "scenario.h"

enum { OPTION_LEVELS = 64, OPTION_CORRELATIONS = 64 };

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
    struct correlation correlations[OPTION_CORRELATIONS];
    size_t correlation_count;
};

/* What holds where no options are given. */
extern const struct traincost_options options_default;

#endif
