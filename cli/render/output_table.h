/* The table of outputs in text: a row each, a column a quantile. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_OUTPUT_TABLE_H
#define CLI_OUTPUT_TABLE_H

#include "display.h"
#include "page.h"
#include "render/render_estimate.h"

enum { TABLE_LEVELS = 12 };

/* Which quantiles are shown. */
struct shown_levels {
    size_t index[TABLE_LEVELS];
    size_t count;
};

bool is_level(double level, double wanted);
bool figure_is_exact(const traincost_output *figure);
/* The figure of that level to the digits that its error supports. */
void show_output(const traincost_output *figure, size_t level, char out[DISPLAY_FIGURE]);
/* "$162k to $484k" from the 5 % to the 95 % quantile, or the one exact figure; false where there are none. */
bool show_output_range(const traincost_result *result, const traincost_output *figure, char *out, size_t size);
/* The median; false where it is not among the quantiles. */
bool show_output_median(const traincost_result *result, const traincost_output *figure,
                        char out[DISPLAY_FIGURE]);

/* Prints it. False where memory ran out. */
bool print_output_table(const struct output *output, const struct estimate_view *view);

#endif
