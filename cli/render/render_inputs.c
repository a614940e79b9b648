/* Every input with its range, and what the defaults rest on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_inputs.h"

#include "display.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void render_sources(const struct output *output, const traincost_result *result, const char *title,
                    const char *key)
{
    const traincost_input *input;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        char lead[160];
        if (strcmp(input->key, key) != 0 || input->given)
            continue;
        snprintf(lead, sizeof lead, "%s%s%.100s: ", title, input->stage ? " of " : "",
                 input->stage ? input->stage : "");
        page_paragraph(output, lead, input->source, 2);
    }
}

void render_price_sources(const struct output *output, const traincost_result *result)
{
    if (traincost_result_find(result, "rental_usd"))
        render_sources(output, result, "Prices", "rental-price");
}

static void print_input(const struct output *output, const traincost_input *input)
{
    char range[160], line[512];
    bool stage = input->stage != NULL;
    bool plain = !strcmp(input->unit, "ratio") || !strcmp(input->unit, "share");
    if (isfinite(input->p5) && isfinite(input->p95))
        display_range(input->p5, input->p95, plain ? "" : input->unit, range, sizeof range);
    else
        snprintf(range, sizeof range, "%s", input->text ? input->text : "");
    snprintf(line, sizeof line, "%-*s%s%.100s%s %s%s", stage ? 0 : 23, input->key, stage ? " (" : "",
             stage ? input->stage : "", stage ? ")" : "", range, input->given ? ", given" : "");
    page_line(output, "  ", line, 4);
    if (!input->given)
        page_paragraph(output, "      ", input->source, 6);
}

void render_inputs(const struct output *output, const traincost_result *result)
{
    const traincost_input *input;
    page_gap(output);
    page_title(output, "Inputs, 5 % to 95 %");
    page_gap(output);
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++)
        print_input(output, input);
}
