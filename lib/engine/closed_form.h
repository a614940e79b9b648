/* Figures of outputs that are products of powers of lognormals: such a product is a lognormal itself, so that its
 * figures are known and nothing is sampled. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_CLOSED_FORM_H
#define LIB_CLOSED_FORM_H

#include "engine/engine.h"

/* Fills the figures, but the swings, of the outputs that are asked for and have such a form; `sampled` says which are
 * left. They are those whose factors are lognormals that no bound cuts and that are not correlated with others.
 * Errors: NO_MEMORY. */
traincost_status closed_form_find(const struct engine_job *job, double samples, struct engine_figure *figures,
                                  bool *sampled, traincost_error *error);

/* P(X <= value). */
double closed_form_probability(const struct engine_figure *figure, double value);

#endif
