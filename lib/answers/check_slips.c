/* Usual mistakes: a figure that is off by a factor that has a name. A slip accuses, so it needs evidence: exact
 * figures that differ by the factor, or a factor larger than the range is wide. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_slip_factors.h"

#include "base/elementary.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Two figures that should be the same are off by a factor where they come as near to it as this. */
static const double near_factor = 0.06;

/* A true figure lies outside of these quantiles once in two hundred cases. */
static const double far_below = 0.0025, far_above = 0.9975;

/* A grid that nobody named may be any: from hydropower to coal. */
static const double grid_spread = 60;

static const char *const slip_keys[SLIP_FIGURES] = {"usd", "chip-hours", "energy", "co2", "flop"};

static bool is_near(double ratio, double factor)
{
    return ratio > 0 && fabs(elementary_log(ratio / factor)) <= near_factor;
}

/* One mistake moves several figures: it is told once. */
static bool is_told(const struct traincost_report *report, double factor)
{
    const traincost_slip *known = report->slips.items;
    for (size_t i = 0; i < report->slips.count; i++)
        if (is_near(known[i].factor, factor))
            return true;
    return false;
}

static void tell_slip(struct traincost_report *report, enum slip_figure figure, const char *what, double factor)
{
    traincost_slip *slip = is_told(report, factor) ? NULL : report_add(report, &report->slips, sizeof *slip);
    if (slip)
        *slip = (traincost_slip){what, factor, slip_keys[figure]};
}

/* ---- figures that should be the same ---- */

/* Names the factor that comes nearest to `ratio`, of a figure over what it should be. */
static void name_ratio(struct traincost_report *report, enum slip_figure figure, double ratio)
{
    struct slip_factors list;
    const struct slip_factor *best = NULL;
    bool high = ratio > 1;
    double off = high ? ratio : 1 / ratio;
    slip_factors_find(report, figure, &list);
    for (size_t i = 0; i < list.count; i++) {
        const struct slip_factor *one = &list.items[i];
        if (!(high ? one->high : one->low) || !is_near(off, one->factor))
            continue;
        if (!best || fabs(elementary_log(off / one->factor)) < fabs(elementary_log(off / best->factor)) - 1e-9)
            best = one;
    }
    if (best)
        tell_slip(report, figure, high ? best->high : best->low, best->factor);
}

static enum slip_figure figure_of_unit(const char *unit)
{
    return !strcmp(unit, "USD")   ? SLIP_MONEY
           : !strcmp(unit, "h")   ? SLIP_HOURS
           : !strcmp(unit, "kWh") ? SLIP_ENERGY
           : !strcmp(unit, "kg")  ? SLIP_CARBON
                                  : SLIP_COMPUTE;
}

/* Where the figures of a source disagree they say by how much, and no range need be asked. */
static void name_audits(struct traincost_report *report, bool *audited)
{
    const traincost_audit *audits = report->audits.items;
    for (size_t i = 0; i < report->own_audits; i++) {
        enum slip_figure figure = figure_of_unit(audits[i].unit);
        if (audits[i].ok)
            continue;
        audited[figure] = true;
        name_ratio(report, figure, audits[i].stated / audits[i].computed);
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
    if (all && mfu > 1 && report->slips.count == 0 && usual_mfu(run, &usual))
        tell_slip(report, SLIP_COMPUTE, "all parameters of a mixture of experts taken for the active ones",
                  mfu / usual.median);
}

/* ---- digits that changed places ---- */

/* The significant digits of a figure, at most 15; how many. */
static size_t significant_digits(double value, char digits[32])
{
    char text[TEXT_NUMBER];
    size_t n = 0;
    text_print_digits(value, 12, text);
    for (const char *c = text; *c && *c != 'e' && n < 31; c++)
        if (*c >= '0' && *c <= '9' && (n > 0 || *c != '0'))
            digits[n++] = *c;
    digits[n] = '\0';
    return n;
}

static bool digits_changed_places(double a, double b)
{
    char first[32], second[32];
    size_t n = significant_digits(a, first), i = 0;
    if (n < 3 || n != significant_digits(b, second) || fabs(elementary_log(a / b)) > 2.3)
        return false;
    while (i < n && first[i] == second[i])
        i++;
    return i + 1 < n && first[i] == second[i + 1] && first[i + 1] == second[i] &&
           !strcmp(first + i + 2, second + i + 2);
}

/* Of a second telling, beside the first: the source itself is not accused for what others make of it. */
static void name_tellings(struct traincost_report *report)
{
    const traincost_audit *audits = report->audits.items;
    for (size_t i = report->own_audits; report->run->claim.texts[TEXT_TELLING_OF] && i < report->audits.count;
         i++) {
        double ratio = audits[i].stated / audits[i].computed;
        enum slip_figure figure = figure_of_unit(audits[i].unit);
        if (figure == SLIP_COMPUTE)
            continue;
        if (!audits[i].ok)
            name_ratio(report, figure, ratio);
        if (digits_changed_places(audits[i].stated, audits[i].computed))
            tell_slip(report, figure,
                      report_text(report, (const char *[]){"two digits changed places: ", audits[i].what, NULL}),
                      fmax(ratio, 1 / ratio));
    }
}

/* ---- figures outside their range ---- */

/* Whether the figure could count that scope: what it says, else of energy and CO2 any. */
static bool could_count(const struct traincost_report *report, const traincost_scope *scope,
                        enum claim_figure figure)
{
    bool any = (figure == CLAIM_ENERGY || figure == CLAIM_CO2) && report->run->claim.energy_counts < 0;
    return !strcmp(scope->claim, claim_figure_key(figure)->key) && (any || scope->counted) && scope->p50 > 0;
}

/* Whether the figure lies far outside of all that it could count. */
static bool lies_far(const struct traincost_report *report, enum claim_figure figure, bool *above)
{
    const struct claim_statement *claim = &report->run->claim.figures[figure];
    const traincost_scope *scopes = report->scopes.items;
    bool high = claim->bound != BOUND_AT_MOST, low = claim->bound != BOUND_AT_LEAST, any = false;
    for (size_t i = 0; i < report->scopes.count; i++) {
        if (!could_count(report, &scopes[i], figure))
            continue;
        const traincost_output *output = report_output(report, scopes[i].key);
        bool consistent = scopes[i].verdict == TRAINCOST_CONSISTENT;
        if (!output && !consistent)
            continue;
        any = true;
        high &= !consistent && report_below(output, claim->low) >= far_above;
        low &= !consistent && report_below(output, claim->high) <= far_below;
    }
    *above = high;
    return any && (high || low);
}

/* How far from a middle the mended figure lies, in widths of that side. It must come into the middle 80 % of a
 * scope, taken as a lognormal, that is narrower than the factor; infinite where it does not. */
static double mended_distance(const struct traincost_report *report, enum claim_figure figure, double mended,
                              double factor, double least)
{
    const double share = 1.2815515655446004 / elementary_normal_95; /* of the quantiles 90 % and 95 % */
    const traincost_scope *scopes = report->scopes.items;
    double nearest = INFINITY;
    for (size_t i = 0; i < report->scopes.count; i++) {
        const traincost_scope *scope = &scopes[i];
        double width = fmax(scope->p95 / scope->p5, least);
        if (!could_count(report, scope, figure) || !(scope->p5 > 0) || !(factor > width))
            continue;
        double off = elementary_log(mended / scope->p50);
        double side = fmax(elementary_log(off > 0 ? scope->p95 / scope->p50 : scope->p50 / scope->p5), 0.02);
        if (fabs(off) <= share * side)
            nearest = fmin(nearest, fabs(off) / side);
    }
    return nearest;
}

static void name_outlier(struct traincost_report *report, enum claim_figure figure, enum slip_figure of,
                         double least)
{
    struct slip_factors list;
    const struct slip_factor *best = NULL;
    double value = report->run->claim.figures[figure].value, nearest = INFINITY;
    bool above = false;
    if (!report->run->claim.figures[figure].given || !lies_far(report, figure, &above))
        return;
    slip_factors_find(report, of, &list);
    for (size_t i = 0; i < list.count; i++) {
        const struct slip_factor *one = &list.items[i];
        double mended = above ? value / one->factor : value * one->factor;
        double here = mended_distance(report, figure, mended, one->factor / one->needs, least) + one->rare;
        if ((above ? one->high : one->low) && here < nearest) {
            nearest = here;
            best = one;
        }
    }
    if (best)
        tell_slip(report, of, above ? best->high : best->low, best->factor);
}

static bool states_grid(const traincost_scenario *run)
{
    return scenario_setting(run, 0, PARAMETER_REGION) || scenario_setting(run, 0, PARAMETER_CARBON_INTENSITY);
}

void check_slips(struct traincost_report *report)
{
    static const struct {
        enum claim_figure figure;
        enum slip_figure of;
    } figures[] = {{CLAIM_CHIP_HOURS, SLIP_HOURS},
                   {CLAIM_USD, SLIP_MONEY},
                   {CLAIM_ENERGY, SLIP_ENERGY},
                   {CLAIM_CO2, SLIP_CARBON}};
    bool audited[SLIP_FIGURES] = {false};
    name_audits(report, audited);
    name_mixture(report);
    name_tellings(report);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        if (!audited[figures[i].of])
            name_outlier(report, figures[i].figure, figures[i].of,
                         figures[i].of == SLIP_CARBON && !states_grid(report->run) ? grid_spread : 1);
}
