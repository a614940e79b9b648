/* All rows together, as stages of one run: what they share is one draw. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_BATCH_PORTFOLIO_H
#define LIB_BATCH_PORTFOLIO_H

#include "answers/estimate.h"

struct portfolio;

/* Where only outputs are `asked` for that add up over chip-hours, rows whose hour costs the same in every way become
 * one. NULL when out of memory. */
struct portfolio *portfolio_new(bool all_outputs, const bool asked[MODEL_OUTPUTS]);
void portfolio_free(struct portfolio *portfolio);

/* Adds a row. Errors: LIMIT (too many quantities that are each a row's own), NO_MEMORY. */
traincost_status portfolio_add(struct portfolio *portfolio, const struct resolved *row, traincost_error *error);
size_t portfolio_rows(const struct portfolio *portfolio);

/* The figures of the outputs that the rows give, by `place` in `outputs`; `*count` of them. The answer is freed with
 * engine_answer_free. Errors: RANGE (a total is not finite), NO_MEMORY. */
traincost_status portfolio_estimate(const struct portfolio *portfolio, const struct traincost_options *options,
                                    enum model_output outputs[MODEL_OUTPUTS], size_t *count,
                                    struct engine_answer *answer, traincost_error *error);

#endif
