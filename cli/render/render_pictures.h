/* Each answer as a picture: for the terminal, and as SVG. False where memory ran out; whether the writing went
 * well is seen when the output is closed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RENDER_PICTURES_H
#define CLI_RENDER_PICTURES_H

#include "output.h"
#include "render/pictures.h"

#include <stdbool.h>

bool render_estimate_plot(const struct output *output, const struct estimate_view *view);
bool render_estimate_svg(const struct output *output, const struct estimate_view *view);
bool render_check_plot(const struct output *output, const struct check_view *view);
bool render_check_svg(const struct output *output, const struct check_view *view);
bool render_claims_plot(const struct output *output, const struct check_view *view);
bool render_claims_svg(const struct output *output, const struct check_view *view);
bool render_compare_plot(const struct output *output, const struct compare_view *view);
bool render_compare_svg(const struct output *output, const struct compare_view *view);
bool render_sweep_plot(const struct output *output, const struct sweep_view *view);
bool render_sweep_svg(const struct output *output, const struct sweep_view *view);
bool render_chips_plot(const struct output *output, const struct chips_view *view);
bool render_chips_svg(const struct output *output, const struct chips_view *view);

#endif
