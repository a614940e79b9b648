/* A claim and its estimate in dollars of one year. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include <math.h>
#include <string.h>

static int day_of_claim(const traincost_scenario *run)
{
    const struct setting *date = scenario_setting(run, 0, PARAMETER_DATE);
    return date ? date->day : catalog_day(run->catalog);
}

static void scale_statement(struct claim_statement *s, double factor)
{
    s->value *= factor;
    s->low *= factor;
    s->high *= factor;
}

bool claim_bring_to(traincost_scenario *run, const struct dollars *dollars)
{
    static const enum claim_figure moneys[] = {CLAIM_USD, CLAIM_PRICE};
    struct claim *claim = &run->claim;
    for (size_t i = 0; i < sizeof moneys / sizeof *moneys; i++) {
        struct claim_statement *s = &claim->figures[moneys[i]];
        /* What was stated in another currency is in dollars of the run's date by its rate. */
        const char *then = s->currency == CURRENCY_USD ? claim->dollars : "";
        double factor = dollars_of_then(run->catalog, then, dollars, day_of_claim(run));
        if (isnan(factor))
            return false;
        scale_statement(s, factor);
    }
    claim_show(claim);
    return true;
}

/* That the claim's own year has an index is seen where it is not the one that was asked for. */
traincost_status check_dollars(struct traincost_report *report, char asked[DOLLARS_TEXT], traincost_error *error)
{
    const traincost_scenario *run = report->run;
    const char *own = run->claim.dollars;
    struct dollars of_claim;
    traincost_status status = dollars_find(run->catalog, own, day_of_claim(run), &of_claim, error);
    if (status == TRAINCOST_OK && !*asked)
        memcpy(asked, own, DOLLARS_TEXT);
    if (status == TRAINCOST_OK)
        status = dollars_find(run->catalog, asked, day_of_claim(run), &report->dollars, error);
    if (status || !report->dollars.to)
        return status;
    report->told = *run;
    claim_bring_to(&report->told, &report->dollars);
    report->run = &report->told;
    return TRAINCOST_OK;
}
