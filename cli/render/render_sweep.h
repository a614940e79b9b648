/* A sweep as text, JSON and CSV. A renderer writes and gives false where memory
 * ran out; whether the writing went well is seen when the output is closed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RENDER_SWEEP_H
#define CLI_RENDER_SWEEP_H

#include "output.h"

#include <stdbool.h>
#include <traincost.h>

struct sweep_view {
    const traincost_sweep *sweep;
    const char *first; /* the output that a table of two parameters shows */
    double budget;     /* of dollars, as a line across pictures; NaN: none */
};

bool render_sweep_text(const struct output *output, const struct sweep_view *view);
bool render_sweep_json(const struct output *output, const struct sweep_view *view);
bool render_sweep_csv(const struct output *output, const struct sweep_view *view);

/* The quantile at the level nearest to one. */
double sweep_quantile(const traincost_sweep *sweep, const traincost_output *figure, double level);

#endif
