/* Usual mistakes: a figure that is off by a factor that has a name. */
#include "report.h"

#include "elementary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Two figures that should be the same are off by a factor where they come as near to it as this. */
static const double near_factor = 0.06;

enum slip_figure { OF_ANY, OF_MONEY, OF_ENERGY, OF_COMPUTE };

struct slip_kind {
    double factor;
    const char *high, *low; /* what makes a figure too high by it, and too low */
    enum slip_figure of;    /* any: all but compute, that is FLOP and MFU */
};

/* Servers have 8 chips, some 4; TPUs are rented as devices of 4, and some boards carry 2 GPUs. */
static const struct slip_kind kinds[] = {
    {2, "board of 2 GPUs taken for one chip", "boards of 2 GPUs counted as one chip each", OF_ANY},
    {2, "dense peak taken for the one with sparsity", "peak with sparsity taken for the dense one", OF_COMPUTE},
    {4, "price per 4-chip device or server taken for one chip",
     "4-chip devices or servers counted as one chip each", OF_ANY},
    {8, "price per 8-chip server taken for one chip", "8-chip servers counted as one chip each", OF_ANY},
    {1000, "thousands taken for millions", "millions taken for thousands", OF_MONEY},
    {1000, "a unit one step too high, as MWh for kWh", "a unit one step too low, as kWh for MWh", OF_ENERGY},
};

static bool is_about(const struct slip_kind *kind, enum slip_figure figure)
{
    return kind->of == figure || (kind->of == OF_ANY && figure != OF_COMPUTE);
}

static void add(struct traincost_report *report, const char *what, double factor)
{
    const traincost_slip *known = report->slips.items;
    for (size_t i = 0; i < report->slips.count; i++)
        if (!strcmp(known[i].what, what))
            return;
    traincost_slip *slip = report_add(report, &report->slips, sizeof *slip);
    if (slip)
        *slip = (traincost_slip){what, factor};
}

static double most_tokens(const traincost_scenario *run)
{
    double most = 0;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated tokens = stated_parameter(run, s, PARAMETER_TOKENS);
        if (tokens.given && tokens.value > most)
            most = tokens.value;
    }
    return most;
}

/* ---- figures that should be the same ---- */

static bool is_near(double ratio, double factor)
{
    return ratio > 0 && factor > 1 && fabs(fabs(elementary_log(ratio)) - elementary_log(factor)) <= near_factor;
}

static void name_ratio(struct traincost_report *report, double ratio, enum slip_figure figure)
{
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
        if (is_about(&kinds[k], figure) && is_near(ratio, kinds[k].factor))
            add(report, ratio > 1 ? kinds[k].high : kinds[k].low, kinds[k].factor);
    double trillions = most_tokens(report->run) / 1e12;
    if (ratio < 1 && is_near(ratio, trillions))
        add(report, "figure per trillion tokens taken for the whole run", trillions);
}

/* The figure is that of one stage: its chip-hours, or its chip-hours at the price. */
static void name_stage(struct traincost_report *report, double ratio)
{
    const traincost_scenario *run = report->run;
    struct stated total = stated_total(run);
    for (size_t s = 0; run->stage_count > 1 && total.given && s < run->stage_count; s++) {
        double share = stated_chip_hours(run, s).value / total.value;
        if (share < 0.9 && fabs(ratio / share - 1) <= near_factor)
            add(report,
                report_text(report,
                            (const char *[]){"hours of one stage taken for the whole run: ",
                                             run->stages[s].name ? run->stages[s].name : "unnamed", NULL}),
                1 / share);
    }
}

/* "64*8" that lost its sign: 648 is 64 and 8, which would be 512. The product, or 0. */
static double lost_product(double chips, char text[64])
{
    static const int servers[] = {16, 8, 4, 2};
    for (size_t i = 0; i < sizeof servers / sizeof *servers; i++) {
        double base = servers[i] >= 10 ? 100 : 10, nodes = floor(chips / base);
        if (chips == floor(chips) && chips < 1e7 && chips - base * nodes == servers[i] && nodes >= 2) {
            snprintf(text, 64, "%d*%d read as %d", (int)nodes, servers[i], (int)chips);
            return nodes * servers[i];
        }
    }
    return 0;
}

static void name_lost_sign(struct traincost_report *report, double ratio)
{
    const traincost_scenario *run = report->run;
    double total = 0, mended = 0;
    char text[64] = "";
    double factor = 0;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated chips = stated_parameter(run, s, PARAMETER_CHIPS), work = stated_chip_hours(run, s);
        double product = chips.given ? lost_product(chips.value, text) : 0;
        factor = product > 0 ? chips.value / product : factor;
        total += work.value;
        mended += product > 0 ? work.value * product / chips.value : work.value;
    }
    if (factor > 1 && fabs(ratio * total / mended - 1) <= 0.02)
        add(report, report_text(report, (const char *[]){text, NULL}), factor);
}

static enum slip_figure figure_of(const char *unit)
{
    bool energy = !strcmp(unit, "kWh") || !strcmp(unit, "kg");
    return !strcmp(unit, "FLOP") || !strcmp(unit, "share") ? OF_COMPUTE : energy ? OF_ENERGY : OF_MONEY;
}

/* The audits of tellings compare sources, not figures of one. */
static void name_audits(struct traincost_report *report)
{
    for (size_t i = 0; i < report->audits.count; i++) {
        const traincost_audit audit = ((const traincost_audit *)report->audits.items)[i];
        double ratio = audit.stated / audit.computed;
        enum slip_figure figure = figure_of(audit.unit);
        if (audit.ok || strstr(audit.what, "as told by"))
            continue;
        name_ratio(report, ratio, figure);
        if (figure == OF_COMPUTE)
            continue;
        name_stage(report, ratio);
        name_lost_sign(report, ratio);
    }
}

/* ---- figures outside their range ---- */

/* The widest that the figure could count: dollars what they say, energy and CO2 anything from chips to site. */
static bool range_of(const struct traincost_report *report, const char *claim, double *low, double *high)
{
    const traincost_scope *scopes = report->scopes.items;
    bool dollars = !strcmp(claim, "usd"), any = false;
    for (size_t i = 0; i < report->scopes.count; i++) {
        if (strcmp(scopes[i].claim, claim) != 0 || (dollars && !scopes[i].counted))
            continue;
        *low = any ? fmin(*low, scopes[i].p5) : scopes[i].p5;
        *high = any ? fmax(*high, scopes[i].p95) : scopes[i].p95;
        any = true;
    }
    return any;
}

/* A factor of 2 lies within the noise of a range, unless hours follow from a peak. */
static bool is_telling(const struct traincost_report *report, const struct slip_kind *kind,
                       enum slip_figure figure)
{
    if (kind->of == OF_COMPUTE)
        return !stated_total(report->run).given && figure == OF_MONEY;
    return kind->factor > 2 && is_about(kind, figure);
}

/* What a factor would mend: it must bring the figure to the middle 80 % of the range, taken as a lognormal. */
struct outlier {
    double value, low, high, middle;
    bool above;
    enum slip_figure figure;
};

static bool find_outlier(const struct traincost_report *report, enum claim_figure figure,
                         struct outlier *outlier)
{
    static const double share = 1.2815515655446004 / 1.6448536269514722; /* 10 % and 5 % of a normal */
    const struct claim_statement *claim = &report->run->claim.figures[figure];
    double low = 0, high = 0;
    if (!claim->given || !range_of(report, claim_figure_key(figure)->key, &low, &high) || !(low > 0))
        return false;
    bool above = claim->low > high && claim->bound != BOUND_AT_MOST;
    bool below = claim->high < low && claim->bound != BOUND_AT_LEAST;
    double middle = sqrt(low * high), reach = elementary_exp(share * elementary_log(high / middle));
    *outlier = (struct outlier){
        claim->value, middle / reach, middle * reach,
        middle,       above,          figure == CLAIM_ENERGY || figure == CLAIM_CO2 ? OF_ENERGY : OF_MONEY};
    return above || below;
}

/* How far from the middle the factor leaves the figure; infinite where that is outside. */
static double distance(const struct outlier *outlier, double factor)
{
    double mended = outlier->above ? outlier->value / factor : outlier->value * factor;
    bool inside = mended >= outlier->low && mended <= outlier->high;
    return inside ? fabs(elementary_log(mended / outlier->middle)) : INFINITY;
}

/* Every named factor that mends the figure, the one that comes nearest to the middle first. */
static void name_outlier(struct traincost_report *report, enum claim_figure figure)
{
    enum { KINDS = sizeof kinds / sizeof *kinds };
    struct outlier outlier;
    double trillions = most_tokens(report->run) / 1e12, distances[KINDS + 1];
    if (!find_outlier(report, figure, &outlier))
        return;
    for (size_t k = 0; k < KINDS; k++)
        distances[k] =
            is_telling(report, &kinds[k], outlier.figure) ? distance(&outlier, kinds[k].factor) : INFINITY;
    distances[KINDS] = !outlier.above && trillions > 1.5 ? distance(&outlier, trillions) : INFINITY;
    for (;;) {
        size_t best = 0;
        for (size_t k = 1; k <= KINDS; k++)
            best = distances[k] < distances[best] ? k : best;
        if (isinf(distances[best]))
            return;
        distances[best] = INFINITY;
        if (best == KINDS)
            add(report, "figure per trillion tokens taken for the whole run", trillions);
        else
            add(report, outlier.above ? kinds[best].high : kinds[best].low, kinds[best].factor);
    }
}

/* CO2 that is far off tells of the grid first, unless that was stated. */
static bool states_grid(const traincost_scenario *run)
{
    return scenario_setting(run, 0, PARAMETER_REGION) || scenario_setting(run, 0, PARAMETER_CARBON_INTENSITY);
}

void check_slips(struct traincost_report *report)
{
    name_audits(report);
    if (report->slips.count)
        return; /* what figures say exactly needs no guess */
    name_outlier(report, CLAIM_USD);
    name_outlier(report, CLAIM_ENERGY);
    if (states_grid(report->run))
        name_outlier(report, CLAIM_CO2);
    name_outlier(report, CLAIM_CHIP_HOURS);
}
