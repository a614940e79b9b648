/* Usual mistakes: a figure that is off by a factor that has a name. */
#include "answers/check_report.h"

#include "base/elementary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Two figures that should be the same are off by a factor where they come as near to it as this. */
static const double near_factor = 0.06;

enum slip_figure { OF_MONEY, OF_HOURS, OF_ENERGY, OF_CARBON, OF_COMPUTE };

struct slip_kind {
    double factor;
    enum slip_figure of;
    const char *high, *low; /* what makes a figure too high by it, and too low */
};

/* Servers have 8 chips, some 4; TPUs are rented as devices of 4, and some boards carry 2 GPUs. */
static const struct slip_kind kinds[] = {
    {2, OF_MONEY, "price of a board of 2 GPUs taken for one chip", "boards of 2 GPUs counted as one chip each"},
    {4, OF_MONEY, "price per 4-chip device or server taken for one chip",
     "4-chip devices or servers counted as one chip each"},
    {8, OF_MONEY, "price per 8-chip server taken for one chip", "8-chip servers counted as one chip each"},
    {1000, OF_MONEY, "thousands taken for millions", "millions taken for thousands"},
    {2, OF_HOURS, "boards of 2 GPUs counted as one chip each",
     "hours of boards of 2 GPUs taken for chip-hours"},
    {4, OF_HOURS, "4-chip devices or servers counted as one chip each",
     "hours of 4-chip devices or servers taken for chip-hours"},
    {8, OF_HOURS, "8-chip servers counted as one chip each", "hours of 8-chip servers taken for chip-hours"},
    {1000, OF_HOURS, "thousands taken for millions", "millions taken for thousands"},
    {4, OF_ENERGY, "power of a 4-chip device or server taken for one chip",
     "power of one chip taken for a 4-chip device or server"},
    {8, OF_ENERGY, "power of an 8-chip server taken for one chip",
     "power of one chip taken for an 8-chip server"},
    {1000, OF_ENERGY, "a unit one step too high, as MWh for kWh", "a unit one step too low, as kWh for MWh"},
    {1000, OF_CARBON, "a unit one step too high, as t for kg", "a unit one step too low, as kg for t"},
    {2, OF_COMPUTE, "dense peak taken for the one with sparsity", "peak with sparsity taken for the dense one"},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static const char *const figure_keys[] = {"usd", "chip-hours", "energy", "co2", "flop"};
static const char per_trillion[] = "figure per trillion tokens taken for the whole run";

static void add_slip(struct traincost_report *report, enum slip_figure figure, const char *what, double factor)
{
    const traincost_slip *known = report->slips.items;
    for (size_t i = 0; i < report->slips.count; i++)
        if (!strcmp(known[i].what, what))
            return;
    traincost_slip *slip = report_add(report, &report->slips, sizeof *slip);
    if (slip)
        *slip = (traincost_slip){what, factor, figure_keys[figure]};
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
    for (size_t k = 0; k < KINDS; k++)
        if (kinds[k].of == figure && is_near(ratio, kinds[k].factor))
            add_slip(report, figure, ratio > 1 ? kinds[k].high : kinds[k].low, kinds[k].factor);
    double trillions = most_tokens(report->run) / 1e12;
    if (ratio < 1 && is_near(ratio, trillions))
        add_slip(report, figure, per_trillion, trillions);
}

/* The figure is that of one stage: its chip-hours, or its chip-hours at the price. */
static void name_stage(struct traincost_report *report, enum slip_figure figure, double ratio)
{
    const traincost_scenario *run = report->run;
    struct stated total = stated_total(run);
    for (size_t s = 0; run->stage_count > 1 && total.given && s < run->stage_count; s++) {
        double share = stated_chip_hours(run, s).value / total.value;
        if (share < 0.9 && fabs(ratio / share - 1) <= near_factor)
            add_slip(report, figure,
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

static void name_lost_sign(struct traincost_report *report, enum slip_figure figure, double ratio)
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
        add_slip(report, figure, report_text(report, (const char *[]){text, NULL}), factor);
}

static enum slip_figure claimed_figure(const char *unit)
{
    return !strcmp(unit, "USD")   ? OF_MONEY
           : !strcmp(unit, "h")   ? OF_HOURS
           : !strcmp(unit, "kWh") ? OF_ENERGY
           : !strcmp(unit, "kg")  ? OF_CARBON
                                  : OF_COMPUTE;
}

/* Where the figures of a source disagree they say by how much, and no range need be asked. */
static void name_audits(struct traincost_report *report, bool *audited)
{
    const traincost_audit *audits = report->audits.items;
    for (size_t i = 0; i < report->own_audits; i++) {
        double ratio = audits[i].stated / audits[i].computed;
        enum slip_figure figure = claimed_figure(audits[i].unit);
        if (audits[i].ok)
            continue;
        audited[figure] = true;
        name_ratio(report, ratio, figure);
        if (figure != OF_MONEY && figure != OF_HOURS)
            continue;
        name_stage(report, figure, ratio);
        name_lost_sign(report, figure, ratio);
    }
}

/* All parameters of a mixture of experts, where a token passes through few: the MFU is then beyond the peak. */
static void name_mixture(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    double mfu = report_quantile(report, "mfu", 0.5);
    struct mfu_estimate usual;
    bool all = false;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated params = stated_parameter(run, s, PARAMETER_PARAMS);
        struct stated active = stated_parameter(run, s, PARAMETER_ACTIVE_PARAMS);
        all |= params.given && (!active.given || active.value >= params.value);
    }
    if (all && mfu > 1 && usual_mfu(run, &usual))
        add_slip(report, OF_COMPUTE, "all parameters of a mixture of experts taken for the active ones",
                 mfu / usual.median);
}

/* ---- figures outside their range ---- */

/* A factor of 2 lies within the noise of a range, unless hours follow from a peak. */
static bool is_telling(const struct traincost_report *report, const struct slip_kind *kind,
                       enum slip_figure figure)
{
    if (kind->of == OF_COMPUTE)
        return !stated_total(report->run).given && (figure == OF_MONEY || figure == OF_HOURS);
    return kind->factor > 2 && kind->of == figure;
}

/* Whether the figure could count that scope: dollars what they say, energy and CO2 any. */
static bool could_count(const traincost_scope *scope, enum claim_figure figure)
{
    return !strcmp(scope->claim, claim_figure_key(figure)->key) && (figure != CLAIM_USD || scope->counted) &&
           scope->p5 > 0;
}

/* Whether the figure lies outside of all that it could count. */
static bool find_side(const struct traincost_report *report, enum claim_figure figure, bool *above)
{
    const struct claim_statement *claim = &report->run->claim.figures[figure];
    const traincost_scope *scopes = report->scopes.items;
    bool high = claim->bound != BOUND_AT_MOST, low = claim->bound != BOUND_AT_LEAST, any = false;
    for (size_t i = 0; i < report->scopes.count; i++) {
        if (!could_count(&scopes[i], figure))
            continue;
        any = true;
        high &= claim->low > scopes[i].p95;
        low &= claim->high < scopes[i].p5;
    }
    *above = high;
    return any && (high || low);
}

/* How far from a middle the mended figure lies. It must come into the middle 80 % of a scope, taken as a
 * lognormal; infinite where it does not. */
static double distance(const struct traincost_report *report, enum claim_figure figure, double mended)
{
    const double share =
        1.2815515655446004 / elementary_normal_95; /* the 90 % quantile of a normal over that */
    const traincost_scope *scopes = report->scopes.items;
    double nearest = INFINITY;
    for (size_t i = 0; i < report->scopes.count; i++) {
        const traincost_scope *scope = &scopes[i];
        if (!could_count(scope, figure))
            continue;
        double off = elementary_log(mended / scope->p50);
        double reach = share * elementary_log(off > 0 ? scope->p95 / scope->p50 : scope->p50 / scope->p5);
        if (fabs(off) <= reach)
            nearest = fmin(nearest, fabs(off));
    }
    return nearest;
}

/* Every named factor that mends the figure, the one that comes nearest to a middle first. */
static void name_outlier(struct traincost_report *report, enum claim_figure figure, enum slip_figure of)
{
    double trillions = most_tokens(report->run) / 1e12, distances[KINDS + 1];
    double value = report->run->claim.figures[figure].value;
    bool above = false;
    if (!report->run->claim.figures[figure].given || !find_side(report, figure, &above))
        return;
    for (size_t k = 0; k < KINDS; k++) {
        double mended = above ? value / kinds[k].factor : value * kinds[k].factor;
        distances[k] = is_telling(report, &kinds[k], of) ? distance(report, figure, mended) : INFINITY;
    }
    distances[KINDS] = !above && trillions > 1.5 ? distance(report, figure, value * trillions) : INFINITY;
    for (;;) {
        size_t best = 0;
        for (size_t k = 1; k <= KINDS; k++)
            best = distances[k] < distances[best] ? k : best;
        if (isinf(distances[best]))
            return;
        distances[best] = INFINITY;
        if (best == KINDS)
            add_slip(report, of, per_trillion, trillions);
        else
            add_slip(report, of, above ? kinds[best].high : kinds[best].low, kinds[best].factor);
    }
}

/* CO2 that is far off tells of the grid first, unless that was stated. */
static bool states_grid(const traincost_scenario *run)
{
    return scenario_setting(run, 0, PARAMETER_REGION) || scenario_setting(run, 0, PARAMETER_CARBON_INTENSITY);
}

void check_slips(struct traincost_report *report)
{
    static const struct {
        enum claim_figure figure;
        enum slip_figure of;
    } figures[] = {
        {CLAIM_USD, OF_MONEY}, {CLAIM_ENERGY, OF_ENERGY}, {CLAIM_CO2, OF_CARBON}, {CLAIM_CHIP_HOURS, OF_HOURS}};
    bool audited[OF_COMPUTE + 1] = {false};
    name_audits(report, audited);
    name_mixture(report);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (!audited[figures[i].of] && (figures[i].of != OF_CARBON || states_grid(report->run)))
            name_outlier(report, figures[i].figure, figures[i].of);
}
