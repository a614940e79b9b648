/* An estimate as CSV: a row an output, then those of each stage. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_estimate.h"

#include "render/to_csv.h"
#include "render/words.h"

#include <math.h>
#include <stdio.h>

static void header(struct csv_row *row, const traincost_result *result)
{
    char name[LEVEL_NAME], error_name[LEVEL_NAME + 4];
    csv_text(row, "output");
    csv_text(row, "unit");
    csv_text(row, "mean");
    csv_text(row, "mean_se");
    csv_text(row, "sd");
    for (size_t i = 0; !isnan(traincost_result_level(result, i)); i++) {
        level_name(traincost_result_level(result, i), name);
        snprintf(error_name, sizeof error_name, "%s_se", name);
        csv_text(row, name);
        csv_text(row, error_name);
    }
    csv_text(row, "stage");
    csv_end(row);
}

/* The run has no stage's name; a stage without one has its number. */
static void csv_output(struct csv_row *row, const traincost_output *figure, const char *stage)
{
    csv_text(row, figure->key);
    csv_text(row, figure->unit);
    csv_number(row, figure->mean);
    csv_number(row, figure->mean_se);
    csv_number(row, figure->sd);
    for (size_t j = 0; j < figure->levels; j++) {
        csv_number(row, figure->quantile[j]);
        csv_number(row, figure->quantile_se[j]);
    }
    csv_text(row, stage);
    csv_end(row);
}

static void csv_stage_outputs(struct csv_row *row, const traincost_result *result, size_t stage)
{
    char number[32];
    const traincost_output *figure;
    const char *name = traincost_result_stage_at(result, stage)->name;
    snprintf(number, sizeof number, "%zu", stage + 1);
    for (size_t i = 0; (figure = traincost_result_stage_output_at(result, stage, i)); i++)
        csv_output(row, figure, name && *name ? name : number);
}

bool render_estimate_csv(const struct output *output, const struct estimate_view *view)
{
    struct csv_row row = {.out = output->file};
    const traincost_output *figure;
    header(&row, view->result);
    for (size_t i = 0; (figure = traincost_result_at(view->result, i)); i++)
        csv_output(&row, figure, "");
    for (size_t stage = 0; traincost_result_stage_at(view->result, stage); stage++)
        csv_stage_outputs(&row, view->result, stage);
    return true;
}
