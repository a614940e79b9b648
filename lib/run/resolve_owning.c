/* What owning asks of a run beside its inputs: whether it lasts so long that wear comes near the purchase, and for
 * whom the figure is where nobody can buy the chip. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/resolve_owning.h"

#include <stdlib.h>

/* In a year hardware loses 28 % of its value by default, and at most 34 %. */
static const double wears_out_after = MODEL_HOURS_A_YEAR;

/* What hours are computed from. Medians of the rest, of which a run has many, are not looked for. */
static bool says_how_long(enum model_variable variable)
{
    return variable <= MODEL_CHIP_HOURS || (variable >= MODEL_PARAMS && variable <= MODEL_FLOP);
}

static void find_medians(const struct resolved *resolved, const struct model_stage *stage, double *values)
{
    for (size_t v = 0; v < MODEL_VARIABLES; v++)
        if (says_how_long((enum model_variable)v) && stage->input[v] != MODEL_ABSENT)
            values[stage->input[v]] = quantity_quantile(&resolved->inputs[stage->input[v]].q, 0.5);
}

/* Its hours with every input at its median, or 0 where they are not known. */
static double median_hours(const struct model_stage *stage, const double *const *medians)
{
    static const enum model_output asked[] = {MODEL_OUT_HOURS};
    struct model_stage alone = *stage;
    struct model_run run = {&alone, 1, asked, 1};
    double hours = 0, *outputs[] = {&hours};
    alone.base = false;
    alone.type = 0;
    if (model_gives(&run, MODEL_OUT_HOURS))
        model_evaluate(&run, medians, 1, outputs);
    return hours;
}

static traincost_status find_worn_out(struct resolved *resolved, traincost_error *error)
{
    double *values = calloc(resolved->input_count + 1, sizeof *values);
    const double **medians = calloc(resolved->input_count + 1, sizeof *medians);
    for (size_t i = 0; values && medians && i < resolved->input_count; i++)
        medians[i] = &values[i];
    for (size_t s = 0; values && medians && s < resolved->stage_count; s++) {
        find_medians(resolved, &resolved->models[s], values);
        resolved->models[s].wears_out = median_hours(&resolved->models[s], medians) > wears_out_after;
    }
    traincost_status status = values && medians ? TRAINCOST_OK : error_no_memory(error);
    free(values);
    free(medians);
    return status;
}

static traincost_status note_not_sold(struct resolved *resolved, const traincost_chip *chip, traincost_error *error)
{
    if (catalog_chip_is_sold(chip))
        return TRAINCOST_OK;
    return resolved_note(resolved,
                         (const char *[]){chip->name, " is not sold: what it costs to own or to buy is an estimate of what it costs ",
                                          chip->vendor, ", its maker", NULL},
                         error);
}

traincost_status resolved_see_owning(struct resolved *resolved, traincost_error *error)
{
    traincost_status status = find_worn_out(resolved, error);
    for (size_t s = 0; s < resolved->own_count && status == TRAINCOST_OK; s++)
        status = note_not_sold(resolved, resolved->stages[s].chip, error);
    return status;
}
