/* What cannot be. */
#include "answers/check_report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void add_limit(struct traincost_report *report, const char *what, const char *unit, double value,
                      double limit, bool ok)
{
    traincost_limit *item = report_add(report, &report->limits, sizeof *item);
    if (item)
        *item = (traincost_limit){what, unit, value, limit, ok};
}

/* The least that the statement allows, and the most. */
static double least_of(const struct claim_statement *s)
{
    return s->bound == BOUND_AT_MOST ? 0 : s->low;
}

static double most_of(const struct claim_statement *s)
{
    return s->bound == BOUND_AT_LEAST ? INFINITY : s->high;
}

static void limit_mfu(struct traincost_report *report)
{
    static const enum parameter compute[] = {PARAMETER_FLOP, PARAMETER_PARAMS, PARAMETER_TOKENS, PARAMETERS};
    const struct claim_statement *stated = &report->run->claim.figures[CLAIM_MFU];
    double mfu = report_quantile(report, "mfu", 0.05), open = fmin(stated_rounding(report->run, compute), 0.5);
    if (isnan(mfu))
        report_unchecked(report, "MFU at most 1",
                         report_output(report, "flop") ? "no peak is known" : "no compute is stated");
    else
        add_limit(report, "MFU is at most 1 at the dense peak", "share", mfu, 1, mfu * (1 - open) <= 1);
    if (stated->given)
        add_limit(report, "MFU stated is at most 1", "share", stated->value, 1, least_of(stated) <= 1);
}

static void limit_dollars(struct traincost_report *report)
{
    const struct claim_statement *usd = &report->run->claim.figures[CLAIM_USD];
    double electricity = report_quantile(report, "energy_usd", 0.05);
    if (!usd->given || isnan(electricity) || claim_counts(&report->run->claim) == SCOPE_ELECTRICITY)
        return;
    double most = most_of(usd);
    add_limit(report, "dollars cover the electricity", "USD", usd->value, electricity, most >= electricity);
}

/* The upper end of an input: of what it is drawn from, or what the digits of its statement leave open. */
static double highest(const struct resolved_input *input)
{
    bool stated = input->origin && quantity_is_exact(&input->q);
    return quantity_quantile(&input->q, 0.95) * (stated ? 1 + claim_rounding(&input->origin->q) : 1);
}

/* The most that the chips with their servers can draw, at a site of a high PUE. */
static double most_energy(const struct traincost_report *report)
{
    const struct resolved *resolved = &report->result->resolved;
    double energy = 0;
    for (size_t s = 0; s < resolved->own_count; s++) {
        const struct model_stage *stage = &resolved->models[s];
        double high[MODEL_VARIABLES];
        for (size_t v = 0; v < MODEL_VARIABLES; v++)
            high[v] = stage->input[v] == MODEL_ABSENT ? NAN : highest(&resolved->inputs[stage->input[v]]);
        double chip_hours =
            isnan(high[MODEL_CHIP_HOURS]) ? high[MODEL_CHIPS] * high[MODEL_HOURS] : high[MODEL_CHIP_HOURS];
        double rated = fmax(high[MODEL_TDP] * high[MODEL_SERVER_POWER_RATIO], high[MODEL_POWER]);
        energy += chip_hours * rated * high[MODEL_PUE] / 1000;
    }
    return energy;
}

static void limit_energy(struct traincost_report *report)
{
    const struct claim_statement *energy = &report->run->claim.figures[CLAIM_ENERGY];
    if (!energy->given || !report->result)
        return;
    double rated = most_energy(report);
    if (isnan(rated))
        report_unchecked(report, "energy at most rated power x hours x PUE", "the rated power is not known");
    else
        add_limit(report, "energy is within rated power x hours x PUE", "kWh", energy->value, rated,
                  least_of(energy) <= rated);
}

/* Training that keeps its state in the chips' memory needs at least its weights and gradients in 16 bits and an
 * optimiser in 8 (Dettmers et al. 2022, arXiv 2110.02861); what was stated of it counts where it is less. */
static const double least_bytes = 6;

static void limit_memory(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    bool any = false;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated params = stated_parameter(run, s, PARAMETER_PARAMS);
        struct stated chips = stated_parameter(run, s, PARAMETER_CHIPS);
        struct stated bytes = stated_parameter(run, s, PARAMETER_BYTES_PER_PARAM);
        const struct setting *type = scenario_setting(run, s, PARAMETER_TYPE);
        if (!params.given || !chips.given || !type || type->chip->memory_gb <= 0)
            continue;
        double state =
            params.value * (1 - params.rounding) * fmin(least_bytes, bytes.given ? bytes.value : INFINITY);
        double memory = chips.value * (1 + chips.rounding) * type->chip->memory_gb;
        add_limit(report, "training state fits the cluster's memory", "GB", state / 1e9, memory,
                  state / 1e9 <= memory);
        any = true;
    }
    if (!any)
        report_unchecked(report, "the cluster's memory", "no stage states its parameters and chips");
}

/* ---- dates ---- */

/* The first and the last day that a date of such precision may mean. */
static int first_day_of(const char *date)
{
    char first[32];
    int day = 0;
    snprintf(first, sizeof first, "%.10s%s", date, strlen(date) == 4 ? "-01" : "");
    text_date(first, &day);
    return day;
}

static int last_day(const char *date)
{
    char next[32];
    int year = 0, month = 0, day = 0;
    sscanf(date, "%4d-%2d", &year, &month);
    if (strlen(date) > 7) {
        text_date(date, &day);
        return day;
    }
    bool turn = month == 0 || month == 12;
    snprintf(next, sizeof next, "%04d-%02d", turn ? year + 1 : year, turn ? 1 : month + 1);
    text_date(next, &day);
    return day - 1;
}

static const char *run_date(const traincost_scenario *run)
{
    const struct setting *date = scenario_setting(run, 0, PARAMETER_DATE);
    return date ? date->text : NULL;
}

/* The hours of the longest stage, as stated and at the least that their digits allow: stages may go on at once.
 */
static double longest_hours(const struct traincost_report *report, double *as_stated)
{
    const traincost_scenario *run = report->run;
    double longest = NAN;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated hours = stated_parameter(run, s, PARAMETER_HOURS);
        struct stated chips = stated_parameter(run, s, PARAMETER_CHIPS), total = stated_chip_hours(run, s);
        double stated = hours.given ? hours.value : total.value / chips.value;
        double open = hours.given ? hours.rounding : total.rounding + chips.rounding;
        if (!(stated <= *as_stated)) /* of two, the one that is a number */
            *as_stated = isnan(stated) ? *as_stated : stated;
        longest = fmax(longest, stated * (1 - open));
    }
    return longest;
}

/* A run and its publication in one month, or on one day, are told by the same date: no calendar lies between.
 */
static bool dates_differ(const char *begun, const char *published)
{
    size_t shared = strlen(begun) < strlen(published) ? strlen(begun) : strlen(published);
    return strncmp(begun, published, shared) != 0 && first_day_of(begun) <= last_day(published);
}

static void limit_calendar(struct traincost_report *report)
{
    const char *begun = run_date(report->run), *ended = report->run->claim.texts[TEXT_ENDED];
    double stated = NAN, hours = longest_hours(report, &stated);
    if (!ended)
        ended = report->run->claim.texts[TEXT_PUBLISHED];
    if (!begun || !ended || isnan(hours) || !dates_differ(begun, ended)) {
        report_unchecked(report, "the calendar",
                         isnan(hours)       ? "no hours follow for any stage"
                         : !begun || !ended ? "no two dates are stated"
                         : first_day_of(begun) > last_day(ended)
                             ? "the run is dated after its end or publication"
                             : "its two dates are of one month or day");
        return;
    }
    double calendar = 24.0 * (last_day(ended) - first_day_of(begun) + 1);
    add_limit(report, "hours fit between the dates", "h", stated, calendar, hours <= calendar);
}

static double as_year(int day)
{
    return 1970 + day / TEXT_DAYS_A_YEAR;
}

/* A chip is used before its release where the run, told at its latest, had ended by then. */
static void limit_release(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    const char *begun = run_date(run);
    double stated = NAN, hours = longest_hours(report, &stated);
    const traincost_chip *newest = NULL;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        const struct setting *type = scenario_setting(run, s, PARAMETER_TYPE);
        if (type && (!newest || type->chip->released_day > newest->released_day))
            newest = type->chip;
    }
    if (!begun || !newest || !newest->released_day) {
        report_unchecked(report, "the chip's release", begun ? "its date is not known" : "the run has no date");
        return;
    }
    int latest = last_day(begun) + (isnan(hours) ? 0 : (int)(hours / 24));
    add_limit(report, report_text(report, (const char *[]){newest->name, " is used after its release", NULL}),
              "year", as_year(first_day_of(begun)), as_year(newest->released_day),
              latest >= newest->released_day);
}

void check_limits(struct traincost_report *report)
{
    limit_mfu(report);
    limit_dollars(report);
    limit_energy(report);
    limit_memory(report);
    limit_calendar(report);
    limit_release(report);
}
