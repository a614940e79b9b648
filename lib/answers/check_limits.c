/* What cannot be. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void add_limit(struct traincost_report *report, const char *what, const char *unit, double value,
                      double limit, bool ok)
{
    traincost_limit *item = report_add(report, &report->limits, sizeof *item);
    if (item)
        *item = (traincost_limit){what, unit, value, limit, ok, NULL, NULL};
}

/* A limit is what no reading allows. Of an output this quantile is taken for its least; of inputs, which are
 * multiplied, this one for their ends. */
static const double least_level = 0.001, end_level = 1e-5;

/* The least that the statement allows, and the most. */
static double least_of(const struct claim_statement *s)
{
    return s->bound == BOUND_AT_MOST ? 0 : s->low;
}

static double most_of(const struct claim_statement *s)
{
    return s->bound == BOUND_AT_LEAST ? INFINITY : s->high;
}

/* ---- compute ---- */

/* How much more a chip may do than at the peak that was taken: where no format is stated, in its fastest one. */
static double fastest_over_taken(const traincost_scenario *run)
{
    double most = 1;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        const struct setting *type = scenario_setting(run, s, PARAMETER_TYPE);
        if (!type || scenario_setting(run, s, PARAMETER_PRECISION))
            continue;
        double taken = type->chip->peak[scenario_format(run, s, type->chip)];
        for (int f = TRAINCOST_FP32; taken > 0 && f <= TRAINCOST_FP4; f++)
            most = fmax(most, type->chip->peak[f] / taken);
    }
    return most;
}

static void limit_mfu(struct traincost_report *report)
{
    static const enum parameter compute[] = {PARAMETER_FLOP, PARAMETER_PARAMS, PARAMETER_TOKENS, PARAMETERS};
    const struct claim_statement *stated = &report->run->claim.figures[CLAIM_MFU];
    double mfu = report_quantile(report, "mfu", least_level);
    double open = fmin(stated_rounding(report->run, compute), 0.5);
    if (isnan(mfu))
        report_unchecked(report, "MFU at most 1",
                         report_output(report, "flop") ? "no peak is known" : "no compute is stated");
    else
        add_limit(report, "MFU is at most 1 at the dense peak", "share", mfu, 1,
                  mfu * (1 - open) <= fastest_over_taken(report->run));
    if (stated->given)
        add_limit(report, "MFU stated is at most 1", "share", stated->value, 1, least_of(stated) <= 1);
}

/* ---- the ends of the inputs ---- */

/* What an input may be at the least or at the most: of what it is drawn from, or what the digits of its statement
 * leave open. */
static double input_end(const struct resolved_input *input, double level)
{
    bool stated = input->origin && quantity_is_exact(&input->q);
    double open = stated ? claim_rounding(&input->origin->q) : 0;
    return quantity_quantile(&input->q, level) * (level > 0.5 ? 1 + open : 1 - open);
}

static double variable_end(const struct resolved *resolved, size_t stage, enum model_variable variable,
                           double level)
{
    size_t input = resolved->models[stage].input[variable];
    return input == MODEL_ABSENT ? NAN : input_end(&resolved->inputs[input], level);
}

/* NaN where they follow from compute. */
static double chip_hours_end(const struct resolved *resolved, size_t stage, double level)
{
    double chip_hours = variable_end(resolved, stage, MODEL_CHIP_HOURS, level);
    double chips = variable_end(resolved, stage, MODEL_CHIPS, level);
    return isnan(chip_hours) ? chips * variable_end(resolved, stage, MODEL_HOURS, level) : chip_hours;
}

/* ---- money ---- */

/* Electricity is a part of some scopes: where the hardware is old it is nearly all, and so they come near to it.
 * Then its least is that of every input at its own. */
static double least_electricity(const struct traincost_report *report)
{
    const struct resolved *resolved = &report->result->resolved;
    double usd = 0;
    for (size_t s = 0; s < resolved->own_count; s++) {
        double chip_hours = chip_hours_end(resolved, s, end_level);
        double power = variable_end(resolved, s, MODEL_POWER, end_level);
        double rated = variable_end(resolved, s, MODEL_TDP, end_level) *
                       variable_end(resolved, s, MODEL_SERVER_POWER_RATIO, end_level) *
                       variable_end(resolved, s, MODEL_POWER_FRACTION, end_level);
        usd += chip_hours * (isnan(power) ? rated : power) / 1000 *
               variable_end(resolved, s, MODEL_PUE, end_level) *
               variable_end(resolved, s, MODEL_ELECTRICITY_PRICE, end_level);
    }
    return usd;
}

static void limit_dollars(struct traincost_report *report)
{
    const struct claim_statement *usd = &report->run->claim.figures[CLAIM_USD];
    double electricity = report_quantile(report, "energy_usd", least_level);
    enum claim_scope counts = claim_counts(&report->run->claim);
    if (!usd->given || isnan(electricity) || counts == SCOPE_ELECTRICITY)
        return;
    if (counts != SCOPE_RENTAL && counts != SCOPE_WITH_BASE && counts != SCOPE_DEVELOPMENT) {
        double least = least_electricity(report);
        electricity = least > 0 ? fmin(least, electricity) : 0.5 * electricity;
    }
    add_limit(report, "dollars cover the electricity", "USD", usd->value, electricity,
              most_of(usd) >= electricity);
}

/* ---- energy ---- */

/* No hall takes more than this for each kWh of its servers: China's mean of 2018 was 2.2 to 3
 * (https://senecaesg.com/insights/four-chinese-departments-push-forward-data-center-green-development/). */
static const double worst_pue = 3;

/* The most that the chips with their servers can draw, in the worst of halls where no PUE is stated. */
static double most_energy(const struct traincost_report *report)
{
    const struct resolved *resolved = &report->result->resolved;
    double energy = 0, level = 1 - end_level;
    for (size_t s = 0; s < resolved->own_count; s++) {
        size_t pue = resolved->models[s].input[MODEL_PUE];
        bool stated = pue != MODEL_ABSENT && resolved->inputs[pue].origin;
        double rated = fmax(variable_end(resolved, s, MODEL_TDP, level) *
                                variable_end(resolved, s, MODEL_SERVER_POWER_RATIO, level),
                            variable_end(resolved, s, MODEL_POWER, level));
        energy += chip_hours_end(resolved, s, level) * rated / 1000 *
                  (stated ? input_end(&resolved->inputs[pue], level) : worst_pue);
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
        report_unchecked(report, "energy at most rated power x hours x PUE",
                         report_output(report, "chip_hours") ? "no hours are stated, or no rated power is known"
                                                             : "the rated power is not known");
    else
        add_limit(report, "energy is within rated power x hours x PUE", "kWh", energy->value, rated,
                  least_of(energy) <= rated);
}

/* ---- memory ---- */

static bool trains_in_full(const traincost_scenario *run, size_t stage)
{
    const struct setting *method = scenario_setting(run, stage, PARAMETER_METHOD);
    return method && method->word == METHOD_FULL;
}

/* Bytes a parameter, at the least. Full training that keeps its state in the chips' memory has its weights and
 * gradients in 16 bits and an optimiser in 8 (Dettmers et al. 2022, arXiv 2110.02861); frozen weights may be in 4
 * bits (Dettmers et al. 2023, arXiv 2305.14314), and who does not say how may have frozen them. */
static const double full_bytes = 6, frozen_bytes = 0.5;

/* What was stated of it counts where it is less. */
static double least_bytes(const traincost_scenario *run, size_t stage)
{
    struct stated bytes = stated_parameter(run, stage, PARAMETER_BYTES_PER_PARAM);
    double least = trains_in_full(run, stage) ? full_bytes : frozen_bytes;
    return bytes.given ? fmin(bytes.value, least) : least;
}

static void limit_memory(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    bool any = false;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated params = stated_parameter(run, s, PARAMETER_PARAMS);
        struct stated chips = stated_parameter(run, s, PARAMETER_CHIPS);
        const struct setting *type = scenario_setting(run, s, PARAMETER_TYPE);
        if (!params.given || !chips.given || !type || type->chip->memory_gb <= 0)
            continue;
        double state = params.value * (1 - params.rounding) * least_bytes(run, s);
        double memory = chips.value * (1 + chips.rounding) * type->chip->memory_gb;
        add_limit(report,
                  trains_in_full(run, s) ? "training state fits the cluster's memory (method full)"
                                         : "weights fit the cluster's memory, at least in 4 bits (method)",
                  "GB", state / 1e9, memory, state / 1e9 <= memory);
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

static const char *why_no_calendar(const char *begun, const char *ended, double hours)
{
    if (isnan(hours))
        return "no hours follow for any stage";
    if (!begun || !ended)
        return "no two dates are stated";
    if (first_day_of(begun) > last_day(ended))
        return "the run is dated after its end or publication";
    return dates_differ(begun, ended) ? NULL : "its two dates are of one month or day";
}

/* Beside a publication alone, a month may be that in which a run of up to a year ended. */
static const int days_of_a_run = 365;

static void limit_calendar(struct traincost_report *report)
{
    const char *begun = run_date(report->run), *ended = report->run->claim.texts[TEXT_ENDED];
    double stated = NAN, hours = longest_hours(report, &stated);
    bool published = !ended;
    if (!ended)
        ended = report->run->claim.texts[TEXT_PUBLISHED];
    const char *why = why_no_calendar(begun, ended, hours);
    if (why) {
        report_unchecked(report, "the calendar", why);
        return;
    }
    int before = published && strlen(begun) < 10 ? days_of_a_run : 0;
    double calendar = 24.0 * (last_day(ended) - first_day_of(begun) + 1 + before);
    add_limit(report, "hours fit between the dates", "h", stated, calendar, hours <= calendar);
}

/* The catalogue's day of release is mostly that of the announcement, of some chips that of the first sale, half a
 * year later. Who makes chips for his own use has them a year before he tells. */
static int days_before_release(const traincost_chip *chip)
{
    return strcmp(chip->kind, "tpu") ? 185 : 400;
}

/* A name that stands for several forms is that of the first one that was sold. */
static const traincost_chip *first_of_name(const struct setting *type, const traincost_catalog *catalog)
{
    const traincost_chip *first = type->chip, *other;
    size_t stem = strcspn(first->id, "-") + 1;
    for (size_t i = 0; type->usual && (other = traincost_catalog_chip(catalog, i)); i++)
        if (other->released_day && other->released_day < first->released_day &&
            !strncmp(other->id, first->id, stem))
            first = other;
    return first;
}

/* A chip is used before its release where the run, told at its latest, had ended by then. */
static void limit_release(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    const char *begun = run_date(run);
    double stated = NAN, hours = longest_hours(report, &stated);
    const traincost_chip *newest = NULL;
    const char *name = "";
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        const struct setting *type = scenario_setting(run, s, PARAMETER_TYPE);
        const traincost_chip *chip = type ? first_of_name(type, run->catalog) : NULL;
        if (!chip || (newest && chip->released_day <= newest->released_day))
            continue;
        newest = chip;
        name = type->chip->name;
    }
    if (!begun || !newest || !newest->released_day) {
        report_unchecked(report, "the chip's release", begun ? "its date is not known" : "the run has no date");
        return;
    }
    int latest = last_day(begun) + (isnan(hours) ? 0 : (int)(hours / 24));
    traincost_limit *item = report_add(report, &report->limits, sizeof *item);
    if (item)
        *item = (traincost_limit){
            report_text(report, (const char *[]){name, " is used after its release", NULL}),
            "date",
            first_day_of(begun),
            newest->released_day,
            latest >= newest->released_day - days_before_release(newest),
            report_text(report, (const char *[]){begun, NULL}),
            report_text(report, (const char *[]){newest->released, NULL})};
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
