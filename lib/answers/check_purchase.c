/* A purchase: the chips alone beside the cluster, and the dollars a chip. It takes no hours. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include <math.h>
#include <string.h>

/* The share of the quantity below a value. */
static double quantity_below(const quantity *q, double value)
{
    double low = 0, high = 1;
    for (int i = 0; i < 50; i++) {
        double middle = 0.5 * (low + high);
        if (quantity_quantile(q, middle) < value)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* The chips of the largest stage and the input with their price; false where types differ, or the number of chips is
 * not known exactly. */
static bool find_purchase(const struct traincost_report *report, double *chips, const quantity **price)
{
    const struct resolved *resolved = &report->result->resolved;
    size_t price_input = MODEL_ABSENT;
    *chips = 0;
    for (size_t s = 0; s < resolved->own_count; s++) {
        const size_t *input = resolved->models[s].input;
        if (input[MODEL_CHIPS] == MODEL_ABSENT || input[MODEL_PURCHASE_PRICE] == MODEL_ABSENT)
            continue;
        const quantity *count = &resolved->inputs[input[MODEL_CHIPS]].q;
        bool other = price_input != MODEL_ABSENT && price_input != input[MODEL_PURCHASE_PRICE];
        if (other || !quantity_is_exact(count))
            return false;
        price_input = input[MODEL_PURCHASE_PRICE];
        *chips = fmax(*chips, quantity_quantile(count, 0.5));
    }
    *price = price_input == MODEL_ABSENT ? NULL : &resolved->inputs[price_input].q;
    return *price && *chips > 0;
}

static traincost_verdict judge_purchase(const traincost_scope *scope, const struct claim_statement *claim)
{
    if (!isnan(scope->probability))
        return scope->probability >= 0.05           ? TRAINCOST_CONSISTENT
               : claim->bound == BOUND_AT_LEAST ? TRAINCOST_HIGH
                                                : TRAINCOST_LOW;
    return claim->high < scope->p5   ? TRAINCOST_LOW
           : claim->low > scope->p95 ? TRAINCOST_HIGH
                                     : TRAINCOST_CONSISTENT;
}

void check_purchase(struct traincost_report *report)
{
    const struct claim_statement *claim = &report->run->claim.figures[CLAIM_USD];
    double chips;
    const quantity *price;
    if (!report->result || !find_purchase(report, &chips, &price))
        return;
    traincost_scope *scope = report_add(report, &report->scopes, sizeof *scope);
    if (!scope)
        return;
    double below = quantity_below(price, claim->value / chips);
    bool bound = claim->bound == BOUND_AT_LEAST || claim->bound == BOUND_AT_MOST;
    *scope = (traincost_scope){
        .key = "chips_usd",
        .name = "chips_alone",
        .unit = "USD",
        .claim = claim_figure_key(CLAIM_USD)->key,
        .p5 = chips * quantity_quantile(price, 0.05),
        .p50 = chips * quantity_quantile(price, 0.5),
        .p95 = chips * quantity_quantile(price, 0.95),
        .percentile = below,
        .probability = claim->bound == BOUND_AT_LEAST  ? 1 - below
                       : claim->bound == BOUND_AT_MOST ? below
                                                       : NAN,
        .further_out = bound ? NAN : fmin(below, 1 - below),
    };
    scope->factor = claim->value / scope->p50;
    scope->verdict = judge_purchase(scope, claim);
}

void imply_purchase(struct traincost_report *report)
{
    double chips;
    const quantity *price;
    if (!report->result || !find_purchase(report, &chips, &price))
        return;
    traincost_implied *item = report_add(report, &report->implied, sizeof *item);
    if (item)
        *item = (traincost_implied){"usd_per_chip",
                                    "USD",
                                    report->run->claim.figures[CLAIM_USD].value / chips,
                                    report_quantile(report, "acquisition_usd", 0.05) / chips,
                                    report_quantile(report, "acquisition_usd", 0.5) / chips,
                                    report_quantile(report, "acquisition_usd", 0.95) / chips};
}
