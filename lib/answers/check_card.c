/* The model card's reading of energy and CO2: the rated power of the chips x hours, times a PUE where one is stated.
 * Most cards print that (Lacoste et al. 2019, arXiv 1910.09700), and no meter was read for it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include <math.h>
#include <string.h>

/* Hours that are known no better than this say nothing about how a figure was made. */
static const double widest_hours = 1.25;

/* Cards round the power, and the hours before they multiply. */
static const double card_rounding = 0.01;

/* The one rated power of all stages, W; NaN where they differ, or it was not used. */
static double rated_power(const struct traincost_report *report)
{
    const traincost_input *input;
    double tdp = NAN;
    for (size_t i = 0; report->result && (input = traincost_result_input_at(report->result, i)); i++) {
        if (strcmp(input->key, "tdp") != 0)
            continue;
        if (!isnan(tdp) || input->p5 < input->p95)
            return NAN;
        tdp = input->p50;
    }
    return tdp;
}

/* What a chip-hour gives, as the card computes it: the power in kW, the PUE, the carbon intensity. Of with and
 * without a stated PUE the nearer to the claim. */
static double card_factor(const struct traincost_report *report, enum claim_figure figure, double chip_hours)
{
    struct stated pue = stated_parameter(report->run, 0, PARAMETER_PUE);
    struct stated intensity = stated_parameter(report->run, 0, PARAMETER_CARBON_INTENSITY);
    double claimed = report->run->claim.figures[figure].value;
    double alone = rated_power(report) / 1000 * (figure == CLAIM_CO2 ? intensity.value : 1);
    double with = alone * pue.value;
    bool nearer = pue.given && fabs(log(claimed / (chip_hours * with))) < fabs(log(claimed / (chip_hours * alone)));
    return nearer ? with : alone;
}

/* Whether what is stated gives a figure of its own to which the claim is nearer than to the card's: measured power, say.
 * Then the rounding of the chips does not make it the card's. */
static bool is_nearer_to_stated(const struct traincost_report *report, const struct claim_statement *claim,
                                const char *key, double card)
{
    for (size_t i = 0; i < report->scopes.count; i++) {
        const traincost_scope *scope = &((const traincost_scope *)report->scopes.items)[i];
        if (!strcmp(scope->claim, key) && scope->p5 == scope->p95 &&
            fabs(log(claim->value / scope->p50)) < fabs(log(claim->value / card)))
            return true;
    }
    return false;
}

static void add_card(struct traincost_report *report, enum claim_figure figure, const char *key, const char *unit)
{
    static const enum parameter parts[] = {PARAMETER_PUE, PARAMETER_CARBON_INTENSITY, PARAMETERS};
    const struct claim_statement *claim = &report->run->claim.figures[figure];
    double low = report_quantile(report, "chip_hours", 0.05), high = report_quantile(report, "chip_hours", 0.95);
    double middle = report_quantile(report, "chip_hours", 0.5);
    double factor = card_factor(report, figure, middle);
    if (!claim->given || claim->bound > BOUND_ABOUT || !(high <= widest_hours * low) || !(factor > 0))
        return;
    bool nearer = is_nearer_to_stated(report, claim, claim_figure_key(figure)->key, middle * factor);
    traincost_scope *scope = report_add(report, &report->scopes, sizeof *scope);
    if (!scope)
        return;
    double open = nearer ? 0 : card_rounding + stated_rounding(report->run, parts);
    double least = low * factor * (1 - open), most = high * factor * (1 + open);
    *scope = (traincost_scope){
        .key = key,
        .name = "card",
        .unit = unit,
        .claim = claim_figure_key(figure)->key,
        .p5 = low * factor,
        .p50 = middle * factor,
        .p95 = high * factor,
        .percentile = claim->value < least ? 0 : claim->value > most ? 1 : 0.5,
        .factor = claim->value / (middle * factor),
        .probability = NAN,
        .further_out = NAN,
        .verdict = claim->high < least  ? TRAINCOST_LOW
                   : claim->low > most ? TRAINCOST_HIGH
                                       : TRAINCOST_CONSISTENT,
    };
    scope->note = scope->verdict == TRAINCOST_CONSISTENT ? report_computed : NULL;
}

void check_card(struct traincost_report *report, enum claim_figure figure)
{
    if (figure == CLAIM_ENERGY)
        add_card(report, figure, "rated_energy_kwh", "kWh");
    else
        add_card(report, figure, "rated_co2_kg", "kg");
}
