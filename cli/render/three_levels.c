/* Which of the quantiles asked for a narrow table shows, and what they are called. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/three_levels.h"

#include "render/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef double level_at(const void *of, size_t index);

static double result_level(const void *of, size_t index)
{
    return traincost_result_level(of, index);
}

static double sweep_level(const void *of, size_t index)
{
    return traincost_sweep_level(of, index);
}

static struct three_levels choose_three(level_at *at, const void *of)
{
    static const double usual[] = {0.05, 0.5, 0.95};
    struct three_levels three = {.count = 3};
    size_t count = 0, found = 0;
    for (; !isnan(at(of, count)); count++)
        if (found < 3 && fabs(at(of, count) - usual[found]) < 1e-9)
            three.index[found++] = count;
    if (found < 3) {
        three.count = count < 3 ? count : 3;
        three.index[0] = 0;
        three.index[1] = count < 3 ? count - 1 : count / 2;
        three.index[2] = count - 1;
    }
    for (size_t i = 0; i < 3; i++)
        three.level[i] = at(of, three.index[i]);
    return three;
}

struct three_levels three_levels_of_result(const traincost_result *result)
{
    return choose_three(result_level, result);
}

struct three_levels three_levels_of_sweep(const traincost_sweep *sweep)
{
    return choose_three(sweep_level, sweep);
}

void three_levels_words(const struct three_levels *three, char out[DISPLAY_FIGURE])
{
    char title[DISPLAY_FIGURE];
    level_title(three->level[1], title);
    if (strcmp(title, "median") == 0)
        snprintf(out, DISPLAY_FIGURE, "Medians");
    else
        snprintf(out, DISPLAY_FIGURE, "%.30s quantiles", title);
}

void three_levels_title(const struct three_levels *three, char out[DISPLAY_FIGURE])
{
    char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    display_number(100 * three->level[0], 6, false, low);
    display_number(100 * three->level[2], 6, false, high);
    snprintf(out, DISPLAY_FIGURE, "%.20s to %.20s %%", low, high);
}

void three_levels_range(const struct three_levels *three, const traincost_output *figure,
                        char out[THREE_LEVELS_RANGE])
{
    char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    display_output(figure->quantile[three->index[0]], figure->unit, low);
    display_output(figure->quantile[three->index[2]], figure->unit, high);
    char *low_unit = strchr(low, ' '), *high_unit = strchr(high, ' ');
    if (low_unit && high_unit && !strcmp(low_unit, high_unit))
        *low_unit = '\0';
    snprintf(out, THREE_LEVELS_RANGE, "%s to %s", low, high);
}
