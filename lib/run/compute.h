/* A stage's compute, params with tokens or FLOP, and what its time follows from. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_COMPUTE_H
#define LIB_COMPUTE_H

#include "run/scenario.h"

enum compute_timing { TIMED_AS_STATED, TIMED_BY_MFU, TIMED_BY_THROUGHPUT, TIMED_BY_STEPS };

struct compute {
    const traincost_scenario *scenario;
    size_t stage;
    const traincost_chip *chip;
    traincost_format format;
    enum compute_timing timing;
    bool computed; /* its time follows from the work */
    enum mfu_method method;
    bool base;     /* of a run that another starts from: only its rent counts */
};
bool compute_is_stated(const struct compute *compute);
bool compute_knows_tokens(const struct compute *compute);
/* A throughput in TFLOP/s. */
bool compute_is_in_flop(const struct compute *compute);
/* Fills in the timing and the method. Errors: MISSING (what a step time, a throughput or a method takes), and where it
 * is not lenient CONFLICT (a time, steps, tokens or an MFU that do not fit), RANGE (a batch under one sequence). */
traincost_status compute_find_timing(struct compute *compute, bool lenient, traincost_error *error);
/* Whether its MFU is inferred, and depends on how many chips there are. */
bool compute_has_slope(const struct compute *compute);
/* FLOP a token and parameter that it passes through. */
double compute_token_flop(enum mfu_method method);
/* Whether the time stated is what advanced the run, so that more is paid for. */
bool compute_trains(const struct compute *compute);
/* Whether the stage has a use for a parameter about compute or memory. */
bool compute_uses(const struct compute *compute, enum parameter parameter);
/* Errors: MISSING (a peak that the time follows from); and where it is not lenient also CONFLICT (more
 * parameters active than there are; an MFU, a time and compute that do not fit), MISSING (a part of attention),
 * RANGE (a format that the chip lacks). */
traincost_status compute_check(const struct compute *compute, bool lenient, traincost_error *error);
/* Whether the training state cannot fit the chips' memory, at `bytes` for a parameter; says so in `out`. */
enum { COMPUTE_NOTE = 280 };
bool compute_lacks_memory(const struct compute *compute, const quantity *bytes, char out[COMPUTE_NOTE]);

#endif
