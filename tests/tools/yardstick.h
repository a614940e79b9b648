/* The benchmark's work, and kernels for it that are tuned by hand with the intrinsics of one instruction set.
 * They sample by strata as the engine does, but contract products and sums, know the model, and take no more
 * than this one job: what an engine can be measured against. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_YARDSTICK_H
#define TESTS_YARDSTICK_H

#include "engine/quantity.h"

#include <stdbool.h>
#include <stdint.h>

enum { WORK_LEVELS = 5 };
extern const double work_levels[WORK_LEVELS];

/* Eight lognormals, by median and sd of the logarithm; a normal, by mean and sd; a uniform, by its ends. */
enum { CHIPS, HOURS, PRICE, POWER, PUE, ELECTRICITY, HARDWARE, OVERHEAD, RATE, AGE, WORK_INPUTS };
extern const double work_a[WORK_INPUTS], work_b[WORK_INPUTS];
void work_inputs(quantity *inputs);

struct work_answer {
    double mean[2], quantile[2][WORK_LEVELS]; /* of rent and of ownership */
};

/* Whether there is a kernel for that set, and this processor has what it needs. */
bool yardstick_has(enum isa isa);
void yardstick_run(enum isa isa, uint64_t samples, struct work_answer *answer);

#endif
