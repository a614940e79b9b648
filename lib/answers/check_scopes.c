/* A claimed figure against everything that it could count; what follows from it, and what it leaves out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include "base/elementary.h"

#include <math.h>
#include <string.h>

/* In the order of claim_scope. */
static const char *const scope_outputs[CLAIM_SCOPES] = {
    "energy_usd",    "rental_usd",        "own_usd",                 "ownership_usd",  "acquisition_usd",
    "with_base_usd", "own_with_base_usd", "ownership_with_base_usd", "development_usd"};
static const char *const scope_titles[CLAIM_SCOPES] = {
    "electricity",    "rent",          "owning",         "wear",       "purchase",
    "rent with base", "own with base", "wear with base", "development"};
static const char *const scope_needs[CLAIM_SCOPES] = {
    [SCOPE_ACQUISITION] = "the number of chips is not stated",
    [SCOPE_WITH_BASE] = "the run states no base",
    [SCOPE_OWN_WITH_BASE] = "the run states no base",
    [SCOPE_WEAR_WITH_BASE] = "the run states no base",
};
static const char *const energy_outputs[CLAIM_SITES] = {"chip_energy_kwh", "it_energy_kwh", "energy_kwh"};
static const char *const co2_outputs[CLAIM_SITES] = {"chip_co2_kg", "it_co2_kg", "co2_kg"};

/* A bound is taken for refuted where it holds with less than this. */
static const double least_probability = 0.05;

static traincost_verdict judge_bound(const traincost_scope *scope, bool at_least)
{
    if (scope->probability >= least_probability)
        return TRAINCOST_CONSISTENT;
    return at_least ? TRAINCOST_HIGH : TRAINCOST_LOW;
}

/* `rounding` is that of the inputs: where they give one figure and no range, it is all that is open. */
static traincost_verdict judge(const traincost_scope *scope, const struct claim_statement *claim,
                               double rounding)
{
    double open = scope->p5 == scope->p95 ? rounding : 0;
    if (claim->bound == BOUND_AT_LEAST || claim->bound == BOUND_AT_MOST)
        return judge_bound(scope, claim->bound == BOUND_AT_LEAST);
    if (claim->high < scope->p5 * (1 - open))
        return TRAINCOST_LOW;
    return claim->low > scope->p95 * (1 + open) ? TRAINCOST_HIGH : TRAINCOST_CONSISTENT;
}

/* Rated power x hours in kWh; NaN where the power was stated, or too little was. */
static double rated_energy(const struct traincost_report *report)
{
    const traincost_input *tdp = report_input(report, "power") ? NULL : report_input(report, "tdp");
    double chip_hours = report_quantile(report, "chip_hours", 0.5);
    return tdp && chip_hours > 0 ? chip_hours * tdp->p50 / 1000 : NAN;
}

static double rounding_of(const struct traincost_report *report, enum claim_figure figure)
{
    static const enum parameter none[] = {PARAMETERS};
    static const enum parameter price[] = {PARAMETER_RENTAL_PRICE, PARAMETERS};
    static const enum parameter power[] = {PARAMETER_POWER, PARAMETER_PUE, PARAMETERS};
    static const enum parameter carbon[] = {PARAMETER_POWER, PARAMETER_PUE, PARAMETER_CARBON_INTENSITY,
                                            PARAMETERS};
    const enum parameter *also = figure == CLAIM_USD      ? price
                                 : figure == CLAIM_ENERGY ? power
                                 : figure == CLAIM_CO2    ? carbon
                                                          : none;
    return stated_rounding(report->run, also);
}

static void add_scope(struct traincost_report *report, const char *output, const char *name,
                      enum claim_figure figure, bool counted)
{
    const struct claim_statement *claim = &report->run->claim.figures[figure];
    const traincost_output *found = report_output(report, output);
    traincost_scope *scope = found ? report_add(report, &report->scopes, sizeof *scope) : NULL;
    if (!scope)
        return;
    double below = report_below(found, claim->value);
    *scope = (traincost_scope){
        .key = found->key,
        .name = name,
        .unit = found->unit,
        .claim = claim_figure_key(figure)->key,
        .counted = counted,
        .p5 = report_quantile(report, output, 0.05),
        .p50 = report_quantile(report, output, 0.5),
        .p95 = report_quantile(report, output, 0.95),
        .percentile = below,
        .probability = claim->bound == BOUND_AT_LEAST  ? 1 - below
                       : claim->bound == BOUND_AT_MOST ? below
                                                       : NAN,
        .further_out = NAN,
    };
    if (isnan(scope->probability) && scope->p5 < scope->p95)
        scope->further_out = fmin(below, 1 - below);
    scope->factor = claim->value / scope->p50;
    scope->verdict = judge(scope, claim, rounding_of(report, figure));
    if (scope->p5 == scope->p95 && scope->verdict == TRAINCOST_CONSISTENT)
        scope->percentile = 0.5; /* on it, but for the rounding */
}

/* ---- the best fit ---- */

/* How likely the claim is under a lognormal with the scope's median and width, as a logarithm. A range of
 * nothing is as wide as a rounding. */
static double fit_of(const traincost_scope *scope)
{
    double spread = elementary_log(scope->p95 / scope->p5) / (2 * elementary_normal_95);
    double width = fmax(spread, 0.02), off = elementary_log(scope->factor) / width;
    return -0.5 * off * off - elementary_log(width);
}

/* Who says "more than 100" means not far more: the least median that keeps the bound, else the nearest. */
static double fit_of_bound(const traincost_scope *scope, bool at_least)
{
    bool kept = at_least ? scope->factor <= 1 : scope->factor >= 1;
    return (kept ? 0 : -1000) - fabs(elementary_log(scope->factor));
}

static double fit_to(const struct traincost_report *report, const traincost_scope *scope,
                     enum claim_figure figure)
{
    enum claim_bound bound = report->run->claim.figures[figure].bound;
    if (!(scope->p5 > 0))
        return -INFINITY;
    return bound == BOUND_AT_LEAST || bound == BOUND_AT_MOST ? fit_of_bound(scope, bound == BOUND_AT_LEAST)
                                                             : fit_of(scope);
}

/* Marks the scope that fits the figure best; its name, or NULL where there is none. */
static const char *mark_best(struct traincost_report *report, enum claim_figure figure)
{
    traincost_scope *scopes = report->scopes.items, *best = NULL;
    double fit = -INFINITY;
    for (size_t i = 0; i < report->scopes.count; i++) {
        if (strcmp(scopes[i].claim, claim_figure_key(figure)->key) != 0)
            continue;
        double here = fit_to(report, &scopes[i], figure);
        if (here > fit) {
            fit = here;
            best = &scopes[i];
        }
    }
    if (!best)
        return NULL;
    best->best = 1;
    return best->name;
}

static void find_dollars(struct traincost_report *report)
{
    enum claim_scope counts = claim_counts(&report->run->claim);
    for (int s = 0; s < CLAIM_SCOPES; s++) {
        if (report->result && !report_output(report, scope_outputs[s]))
            report_unchecked(report, scope_titles[s],
                             report->timeless ? "no hours are stated"
                             : scope_needs[s] ? scope_needs[s]
                                              : "not given");
        add_scope(report, scope_outputs[s], claim_scope_names[s], CLAIM_USD, s == (int)counts);
        if (s == SCOPE_ACQUISITION)
            check_purchase(report);
    }
    report->fits_best = mark_best(report, CLAIM_USD);
}

static void find_sites(struct traincost_report *report, enum claim_figure figure, const char *const *outputs)
{
    if (!report->run->claim.figures[figure].given)
        return;
    for (int s = 0; s < CLAIM_SITES; s++)
        add_scope(report, outputs[s], claim_site_names[s], figure, false);
    check_card(report, figure);
    const char *best = mark_best(report, figure);
    if (!report->fits_best)
        report->fits_best = best;
}

/* How well energy and CO2 together fit that site. */
static double fit_of_site(const struct traincost_report *report, const char *site)
{
    const traincost_scope *scopes = report->scopes.items;
    double fit = 0;
    for (size_t i = 0; i < report->scopes.count; i++)
        if (!strcmp(scopes[i].name, site))
            fit += fit_to(report, &scopes[i], strcmp(scopes[i].claim, "co2") ? CLAIM_ENERGY : CLAIM_CO2);
    return fit;
}

/* Of energy and CO2 few sources say what they count: what fits both best is then taken for it. */
static void count_site(struct traincost_report *report)
{
    int site = report->run->claim.energy_counts;
    traincost_scope *scopes = report->scopes.items;
    for (int s = 0; site < 0 && s < CLAIM_SITES; s++) {
        double fit = fit_of_site(report, claim_site_names[s]);
        bool most = true;
        for (int t = 0; t < CLAIM_SITES; t++)
            most &= fit >= fit_of_site(report, claim_site_names[t]);
        site = most ? s : -1;
    }
    for (size_t i = 0; site >= 0 && i < report->scopes.count; i++)
        if (!strcmp(scopes[i].name, claim_site_names[site]))
            scopes[i].counted = 1;
}

void check_scopes(struct traincost_report *report)
{
    const struct claim_statement *figures = report->run->claim.figures;
    if (figures[CLAIM_USD].given)
        find_dollars(report);
    find_sites(report, CLAIM_ENERGY, energy_outputs);
    find_sites(report, CLAIM_CO2, co2_outputs);
    count_site(report);
    if (figures[CLAIM_CHIP_HOURS].given)
        add_scope(report, "chip_hours", "chip-hours", CLAIM_CHIP_HOURS, true);
    if (figures[CLAIM_HOURS].given)
        add_scope(report, "hours", "hours", CLAIM_HOURS, true);
    check_alone(report);
}

/* ---- what follows ---- */

static traincost_implied *add_implied(struct traincost_report *report, const char *key, const char *unit,
                                      double value)
{
    traincost_implied *item = report_add(report, &report->implied, sizeof *item);
    if (item)
        *item = (traincost_implied){key, unit, value, NAN, NAN, NAN};
    return item;
}

static void set_usual(traincost_implied *item, double p5, double p50, double p95)
{
    if (!item)
        return;
    item->p5 = p5;
    item->p50 = p50;
    item->p95 = p95;
}

/* The market of the chip that did most of the work, at the run's date and on its term. */
static bool market_price(const struct traincost_report *report, struct price_estimate *price)
{
    const traincost_scenario *run = report->run;
    size_t main = 0;
    double most = -1;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated work = stated_chip_hours(run, s);
        if (work.given && work.value > most) {
            most = work.value;
            main = s;
        }
    }
    const struct setting *type = scenario_setting(run, main, PARAMETER_TYPE);
    const struct setting *date = scenario_setting(run, main, PARAMETER_DATE);
    const struct setting *term = scenario_setting(run, main, PARAMETER_TERM);
    const struct setting *tier = scenario_setting(run, main, PARAMETER_TIER);
    const struct setting *region = scenario_setting(run, main, PARAMETER_REGION);
    if (!type)
        return false;
    struct rental_question question = {type->chip, date ? date->day : catalog_day(run->catalog),
                                       term ? (enum price_term)term->word : TERM_CLUSTER,
                                       tier ? (enum price_tier)tier->word : TIER_ALL,
                                       region ? region->region : "US"};
    price_rental(run->catalog, &question, price);
    price->median *= scenario_dollars(run, main, &report->dollars);
    return true;
}

static void imply_price(struct traincost_report *report, double chip_hours)
{
    const struct claim_statement *usd = &report->run->claim.figures[CLAIM_USD];
    const struct claim_statement *price = &report->run->claim.figures[CLAIM_PRICE];
    struct price_estimate market;
    if (usd->given && claim_counts(&report->run->claim) == SCOPE_ACQUISITION) {
        imply_purchase(report);
        return;
    }
    if ((!usd->given && !price->given) || !market_price(report, &market))
        return;
    double factor = elementary_exp(elementary_normal_95 * market.spread);
    if (!usd->given || chip_hours > 0)
        set_usual(add_implied(report, "usd_per_chip_hour", "USD/h",
                              usd->given ? usd->value / chip_hours : price->value),
                  market.median / factor, market.median, market.median * factor);
    else
        set_usual(add_implied(report, "chip_hours", "h", usd->value / market.median),
                  usd->value / (market.median * factor), usd->value / market.median,
                  usd->value * factor / market.median);
}

static void imply_power(struct traincost_report *report, double chip_hours)
{
    const struct claim_statement *energy = &report->run->claim.figures[CLAIM_ENERGY];
    double w = 1000 / chip_hours;
    if (energy->given && chip_hours > 0)
        set_usual(add_implied(report, "w_per_chip", "W", energy->value * w),
                  report_quantile(report, "chip_energy_kwh", 0.05) * w,
                  report_quantile(report, "it_energy_kwh", 0.5) * w,
                  report_quantile(report, "energy_kwh", 0.95) * w);
}

/* Model cards mostly publish rated power x hours, with or without a PUE: 1 and 1.1 are then what comes out. */
static void imply_rated(struct traincost_report *report)
{
    const struct claim_statement *energy = &report->run->claim.figures[CLAIM_ENERGY];
    const struct claim_statement *co2 = &report->run->claim.figures[CLAIM_CO2];
    struct stated intensity = stated_parameter(report->run, 0, PARAMETER_CARBON_INTENSITY);
    double kwh = energy->given                   ? energy->value
                 : co2->given && intensity.given ? co2->value / intensity.value
                                                 : NAN;
    struct stated pue = stated_parameter(report->run, 0, PARAMETER_PUE);
    double rated = rated_energy(report);
    if (isnan(rated) || isnan(kwh))
        return;
    traincost_implied *item = add_implied(report, "energy_over_rated", "ratio", kwh / rated);
    if (pue.given)
        set_usual(item, 1, pue.value, pue.value);
}

static void imply_intensity(struct traincost_report *report)
{
    const struct claim_statement *energy = &report->run->claim.figures[CLAIM_ENERGY];
    const struct claim_statement *co2 = &report->run->claim.figures[CLAIM_CO2];
    if (!energy->given || !co2->given)
        return;
    traincost_implied *item = add_implied(report, "kg_per_kwh", "kg/kWh", co2->value / energy->value);
    const traincost_input *input = report_input(report, "carbon-intensity");
    if (input)
        set_usual(item, input->p5, input->p50, input->p95);
}

/* Beside what published runs of that chip, format and size reached in undisturbed steps. */
static void imply_mfu(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    double mfu = report_quantile(report, "mfu", 0.5);
    struct mfu_estimate usual;
    if (!isnan(mfu)) {
        traincost_implied *item = add_implied(report, "mfu", "share", mfu);
        if (usual_mfu(run, &usual)) {
            double factor = elementary_exp(elementary_normal_95 * usual.spread);
            set_usual(item, usual.median / factor, usual.median, fmin(usual.median * factor, 1));
        }
    }
}

void check_implied(struct traincost_report *report)
{
    double chip_hours = report_quantile(report, "chip_hours", 0.5);
    imply_price(report, chip_hours);
    imply_mfu(report);
    imply_power(report, chip_hours);
    imply_rated(report);
    imply_intensity(report);
}

/* ---- what is left out ---- */

static void add_left_out(struct traincost_report *report, const char *what, const char *output)
{
    if (!report_output(report, output))
        return;
    traincost_left_out *item = report_add(report, &report->left_out, sizeof *item);
    if (item)
        *item =
            (traincost_left_out){what, "USD", report_quantile(report, output, 0.05),
                                 report_quantile(report, output, 0.5), report_quantile(report, output, 0.95)};
}

static bool counts_base(enum claim_scope counts)
{
    return counts >= SCOPE_WITH_BASE;
}

/* Of the dollars: each scope leaves out what lies beside it and beyond it. */
void check_left_out(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    if (!run->claim.figures[CLAIM_USD].given)
        return;
    enum claim_scope counts = claim_counts(&run->claim);
    const char *base = run->base && run->base->origin ? run->base->origin : "of its own";
    if (counts == SCOPE_ELECTRICITY)
        add_left_out(report, "rent of the chips", "rental_usd");
    if (counts == SCOPE_ACQUISITION)
        add_left_out(report, "electricity", "energy_usd");
    if (!counts_base(counts))
        add_left_out(report, report_text(report, (const char *[]){"base model ", base, NULL}), "base_usd");
    if (counts < SCOPE_DEVELOPMENT)
        add_left_out(report, "experiments and staff", "experiments_usd");
    if (counts != SCOPE_ACQUISITION && counts != SCOPE_DEVELOPMENT && counts != SCOPE_OWN &&
        counts != SCOPE_OWN_WITH_BASE)
        add_left_out(report, "purchase of the cluster", "acquisition_usd");
}
