/* An estimate as text, JSON and CSV. A renderer writes and gives false where memory
 * ran out; whether the writing went well is seen when the output is closed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RENDER_ESTIMATE_H
#define CLI_RENDER_ESTIMATE_H

#include "output.h"

#include <stdbool.h>
#include <traincost.h>

struct estimate_view {
    const traincost_result *result;
    bool explain;
    bool all_quantiles; /* they were asked for: text shows all that fit */
    bool all_outputs;   /* they were asked for: text shows those that it leaves to the others too */
    bool samples;       /* how many were taken is told */
    const char *asked;  /* the outputs that were asked for, as they were listed; NULL: all */
};

bool render_estimate_text(const struct output *output, const struct estimate_view *view);
bool render_estimate_json(const struct output *output, const struct estimate_view *view);
bool render_estimate_csv(const struct output *output, const struct estimate_view *view);

/* The outputs of a stage that text shows, as the option takes them. */
#define STAGE_TEXT_OUTPUTS "rental_usd"

/* The outputs that text shows where none were asked for, as the option takes them; 512 bytes hold them. */
void render_text_outputs(char *list, size_t size);

#endif
