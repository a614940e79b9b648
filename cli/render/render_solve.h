/* A solution as text, JSON and CSV. A renderer writes and gives false where memory
 * ran out; whether the writing went well is seen when the output is closed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RENDER_SOLVE_H
#define CLI_RENDER_SOLVE_H

#include "render/render_estimate.h"

/* A solution; how its estimate is shown. */
struct solve_view {
    const traincost_solution *solution;
    struct estimate_view estimate;
};

bool render_solve_text(const struct output *output, const struct solve_view *view);
bool render_solve_json(const struct output *output, const struct solve_view *view);
bool render_solve_csv(const struct output *output, const struct solve_view *view);

/* Rent or own. False where memory ran out. */
bool render_break_even_text(const struct output *output, const struct solve_view *view);
void render_break_even_csv(const struct output *output, const struct solve_view *view);

#endif
