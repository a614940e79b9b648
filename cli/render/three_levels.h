/* Which of the quantiles asked for a narrow table shows. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_THREE_LEVELS_H
#define CLI_THREE_LEVELS_H

#include "display.h"

#include <traincost.h>

/* 5, 50 and 95 % where they are among those asked for, else the first, the middle and the last; fewer where fewer
 * were asked for, the last of them again in what is left. */
struct three_levels {
    size_t count;
    size_t index[3];
    double level[3];
};
struct three_levels three_levels_of_result(const traincost_result *result);
struct three_levels three_levels_of_sweep(const traincost_sweep *sweep);

/* What the second of them is: "Medians", or "90 % quantiles". */
void three_levels_words(const struct three_levels *three, char out[DISPLAY_FIGURE]);
/* "5 to 95 %". */
void three_levels_title(const struct three_levels *three, char out[DISPLAY_FIGURE]);

/* "$162k to $484k", "1.2 to 3 MWh": a figure from the first to the last of them. */
enum { THREE_LEVELS_RANGE = 2 * DISPLAY_FIGURE + 8 };
void three_levels_range(const struct three_levels *three, const traincost_output *figure,
                        char out[THREE_LEVELS_RANGE]);

#endif
