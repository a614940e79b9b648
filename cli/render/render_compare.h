/* A comparison as text, JSON and CSV. A renderer writes and gives false where memory
 * ran out; whether the writing went well is seen when the output is closed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RENDER_COMPARE_H
#define CLI_RENDER_COMPARE_H

#include "output.h"

#include <stdbool.h>
#include <traincost.h>

struct compare_view {
    const traincost_comparison *comparison;
    const traincost_scenario *const *runs; /* NULL: one run on several chips */
    const char *const *operands;           /* as the runs were named */
    size_t count;
    bool all_outputs; /* they were asked for: text shows all of them */
    bool deadline;    /* the chips follow from the work, not the hours */
};

/* The runs by rank, where they are ranked. */
bool render_ranking_text(const struct output *output, const struct compare_view *view);
bool render_compare_text(const struct output *output, const struct compare_view *view);
bool render_compare_json(const struct output *output, const struct compare_view *view);
bool render_compare_csv(const struct output *output, const struct compare_view *view);

/* The outputs that text shows where none were asked for, as the option takes them; 512 bytes hold them. */
void render_compare_outputs(char *list, size_t size);

/* Whether any of the runs has that output. */
bool compare_gives(const struct compare_view *view, const char *key);

/* The name of the run, else how it was named. */
const char *compare_name(const struct compare_view *view, size_t run);

#endif
