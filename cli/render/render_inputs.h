/* What an answer rests on, as text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RENDER_INPUTS_H
#define CLI_RENDER_INPUTS_H

#include "page.h"

#include <traincost.h>

/* What the defaults of a parameter rest on, under that title. */
void render_sources(const struct output *output, const traincost_result *result, const char *title,
                    const char *key);

/* What the rents rest on; every input with its range and source. */
void render_price_sources(const struct output *output, const traincost_result *result);
void render_inputs(const struct output *output, const traincost_result *result);

#endif
