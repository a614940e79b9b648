/* A run of few samples, with a cache of those that were drawn before. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_FEW_SAMPLES_H
#define LIB_FEW_SAMPLES_H

#include "engine/plan.h"

/* Whether the job is one: it has a cache, and asks for quantiles and moments alone. */
bool few_fits(const struct plan *plan);

/* Fills the figures but for their errors, which are NaN. Not `*done`: a quantile lay outside what was counted, and
 * the run is to be made as any other. Errors: NO_MEMORY. */
traincost_status few_run(struct plan *plan, struct engine_answer *answer, bool *done, traincost_error *error);

#endif
