/* How much is taken of each thing. traincost-scenario(5) has the same numbers under LIMITS, by these words. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_LIMITS_H
#define LIB_LIMITS_H

#include "base/error.h"

enum {
    LIMIT_FILE_BYTES = 16777216, /* bytes of a file */
    LIMIT_YAML_VALUES = 10000,   /* values of a YAML file */
    LIMIT_YAML_KEYS = 1000,      /* keys of a YAML map */
    LIMIT_YAML_DEPTH = 16,       /* maps and lists inside each other */
    LIMIT_STAGES = 2000,         /* stages of a run */
    LIMIT_BASES = 16,            /* runs that start from one another */
    LIMIT_RUNS = 2000,           /* runs or chips of a comparison */
    LIMIT_POINTS = 10000,        /* points of a sweep */
    LIMIT_LEVELS = 64,           /* quantiles of an estimate */
    LIMIT_PAIRS = 64,            /* pairs that are correlated */
};

/* LIMIT: "more than 16 runs that start from one another", and where the limits stand. */
traincost_status error_limit(traincost_error *error, int most, const char *what);

#endif
