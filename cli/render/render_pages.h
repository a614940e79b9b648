/* Each answer as a page. False where memory ran out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RENDER_PAGES_H
#define CLI_RENDER_PAGES_H

#include "output.h"
#include "render/pictures.h"

#include <stdbool.h>

bool render_estimate_html(const struct output *output, const struct estimate_view *view);
bool render_check_html(const struct output *output, const struct check_view *view);
bool render_claims_html(const struct output *output, const struct check_view *view);
bool render_compare_html(const struct output *output, const struct compare_view *view);
bool render_sweep_html(const struct output *output, const struct sweep_view *view);
bool render_chips_html(const struct output *output, const struct chips_view *view);

/* ---- for the pages ---- */

/* Every input with its range and its source. `path` is where the JSON has them, or NULL. */
void html_inputs(FILE *out, const traincost_result *result, const char *path);

#endif
