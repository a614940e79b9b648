/* Several runs from the same samples, and the parts of it that a ranking of chips uses. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_COMPARE_H
#define LIB_COMPARE_H

#include "answers/estimate.h"

/* One output of a run over that of the first. */
struct ratio {
    size_t run;
    size_t above, below; /* columns among the outputs of all runs */
    enum model_output output;
    traincost_output figure;
};

/* A chip that cannot do the work, and why. */
struct left_out {
    const traincost_chip *chip;
    char *why;
};

struct traincost_comparison {
    traincost_result **results;
    size_t count;
    struct ratio *ratios;
    size_t ratio_count;
    enum model_output by; /* what they are ranked by; MODEL_OUTPUTS: nothing */
    double alike;         /* within this factor of the least all are the least, and share it */
    double *least;        /* of each run how often it has the least; NULL: not ranked */
    size_t *order;        /* the runs by rising median */
    struct left_out *left_out;
    size_t left_out_count;
    const traincost_chip **chips; /* of each run; NULL where the runs are not one work on several */
    struct engine_answer answer;
};

/* Room for so many runs; NULL after an error. */
traincost_comparison *comparison_new(size_t most, enum model_output by, traincost_error *error);
/* Resolves one run more. After an error it is as it was. */
traincost_status comparison_add(traincost_comparison *comparison, const traincost_scenario *run,
                                const struct traincost_options *options, traincost_error *error);
/* Computes them all; `runs` has the scenario of each. */
traincost_status comparison_finish(traincost_comparison *comparison, const traincost_scenario *const *runs,
                                   bool ratios, const struct traincost_options *options,
                                   traincost_error *error);
/* Errors: UNKNOWN, with the nearest output. */
traincost_status comparison_by(const char *key, enum model_output *by, traincost_error *error);

/* A run of one stage that states its time and no compute. */
bool carried_is_time(const traincost_scenario *run);
/* The work that `from` does in the time that such a run states, as FLOP. Errors: MISSING (its peak), DATA. */
traincost_status carried_work(const traincost_scenario *run, const traincost_chip *from, struct setting *flop,
                              traincost_error *error);

#endif
