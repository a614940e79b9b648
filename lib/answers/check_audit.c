/* Do the stated figures agree with each other? */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include <math.h>
#include <string.h>

/* Of 6 x parameters x tokens: attention and embeddings are not in it (Kaplan et al. 2020, arXiv 2001.08361). */
static const double flop_rounding = 0.1;

/* The MFU that a source states is mostly one of undisturbed steps: the run as a whole has less, not more, and
 * no published run lost half of its time. */
static const double least_audited_goodput = 0.55, mfu_rounding = 0.05;

static const struct claim_statement *claimed(const struct traincost_report *report, enum claim_figure figure)
{
    const struct claim_statement *s = &report->run->claim.figures[figure];
    return s->given ? s : NULL;
}

static bool agrees(const struct claim_statement *stated, struct stated computed)
{
    double low = computed.value * (1 - computed.rounding), high = computed.value * (1 + computed.rounding);
    switch (stated->bound) {
    case BOUND_AT_LEAST:
        return high >= stated->value;
    case BOUND_AT_MOST:
        return low <= stated->value;
    case BOUND_EXACT:
    case BOUND_ABOUT:
        break;
    }
    return low <= stated->high && high >= stated->low;
}

static void add_audit(struct traincost_report *report, const char *what, const char *unit,
                      const struct claim_statement *stated, struct stated computed)
{
    traincost_audit *audit = report_add(report, &report->audits, sizeof *audit);
    if (audit)
        *audit = (traincost_audit){what, unit, stated->value, computed.value, agrees(stated, computed)};
}

/* A parameter of the run takes the part of a claim. */
static struct claim_statement as_statement(struct stated s)
{
    return (struct claim_statement){.given = s.given,
                                    .value = s.value,
                                    .low = s.value * (1 - s.rounding),
                                    .high = s.value * (1 + s.rounding)};
}

static struct stated product_of_stated(struct stated a, struct stated b)
{
    return (struct stated){a.given && b.given, a.value * b.value, a.rounding + b.rounding};
}

static struct stated of_claim(const struct claim_statement *s)
{
    return s ? (struct stated){true, s->value, 0.5 * (s->high - s->low) / s->value}
             : (struct stated){.value = NAN};
}

/* "tokens x params = FLOP: pre-training" */
static const char *of_stage(struct traincost_report *report, const char *what, size_t stage)
{
    const traincost_scenario *run = report->run;
    const char *name = run->stage_count > 1 ? run->stages[stage].name : NULL;
    return name ? report_text(report, (const char *[]){what, ": ", name, NULL}) : what;
}

static void audit_stage(struct traincost_report *report, size_t stage)
{
    const traincost_scenario *run = report->run;
    struct stated chip_hours = stated_parameter(run, stage, PARAMETER_CHIP_HOURS);
    struct stated product = product_of_stated(stated_parameter(run, stage, PARAMETER_CHIPS),
                                              stated_parameter(run, stage, PARAMETER_HOURS));
    struct stated flop = stated_parameter(run, stage, PARAMETER_FLOP);
    struct stated params = stated_parameter(run, stage, PARAMETER_ACTIVE_PARAMS);
    if (!params.given)
        params = stated_parameter(run, stage, PARAMETER_PARAMS);
    struct stated work = product_of_stated(params, stated_parameter(run, stage, PARAMETER_TOKENS));
    work.value *= 6;
    work.rounding += flop_rounding;
    struct claim_statement stated = as_statement(chip_hours);
    if (chip_hours.given && product.given)
        add_audit(report, of_stage(report, "chips x hours = chip-hours", stage), "h", &stated, product);
    stated = as_statement(flop);
    if (flop.given && work.given)
        add_audit(report, of_stage(report, "6 x params x tokens = FLOP", stage), "FLOP", &stated, work);
}

/* The chip-hours at the price that the claim states, else at those of the stages. */
static struct stated stated_rent(const struct traincost_report *report)
{
    const struct claim_statement *price = claimed(report, CLAIM_PRICE);
    struct stated total = stated_total(report->run), rent = {.given = true};
    if (!total.given)
        total = of_claim(claimed(report, CLAIM_CHIP_HOURS));
    if (price)
        return product_of_stated(total, (struct stated){true, price->value, 0});
    double open = 0;
    for (size_t s = 0; s < scenario_stage_count(report->run); s++) {
        struct stated stage = product_of_stated(stated_chip_hours(report->run, s),
                                                stated_parameter(report->run, s, PARAMETER_RENTAL_PRICE));
        stage.value *= scenario_dollars(report->run, s, &report->dollars);
        rent.given &= stage.given;
        rent.value += stage.value;
        open += stage.value * stage.rounding;
    }
    rent.rounding = open / rent.value;
    return rent;
}

static void audit_dollars(struct traincost_report *report)
{
    const struct claim_statement *usd = claimed(report, CLAIM_USD);
    struct stated rent = stated_rent(report);
    if (!usd || claim_counts(&report->run->claim) != SCOPE_RENTAL)
        return;
    if (rent.given)
        add_audit(report, "chip-hours x price = dollars", "USD", usd, rent);
    else
        report_unchecked(report, "chip-hours x price = dollars",
                         claimed(report, CLAIM_PRICE) ? "no chip-hours are stated"
                                                      : "the claim states no price");
}

/* Stated power, PUE and intensity only: a default is no statement to hold against the source. */
static void audit_energy(struct traincost_report *report)
{
    const struct claim *claim = &report->run->claim;
    const struct claim_statement *energy = claimed(report, CLAIM_ENERGY), *co2 = claimed(report, CLAIM_CO2);
    struct stated power = stated_parameter(report->run, 0, PARAMETER_POWER);
    struct stated pue = stated_parameter(report->run, 0, PARAMETER_PUE);
    struct stated intensity = stated_parameter(report->run, 0, PARAMETER_CARBON_INTENSITY);
    struct stated used = product_of_stated(power, stated_total(report->run));
    used.value /= 1000;
    bool site = pue.given && claim->energy_counts != SITE_SERVERS;
    if (site)
        used = product_of_stated(used, pue);
    if (energy && used.given && claim->energy_counts != SITE_CHIPS)
        add_audit(report, site ? "power x chip-hours x PUE = energy" : "power x chip-hours = energy", "kWh",
                  energy, used);
    if (energy && co2 && intensity.given)
        add_audit(report, "energy x intensity = CO2", "kg", co2,
                  product_of_stated(of_claim(energy), intensity));
    else if (co2 && used.given && intensity.given)
        add_audit(report,
                  site ? "power x chip-hours x PUE x intensity = CO2" : "power x chip-hours x intensity = CO2",
                  "kg", co2, product_of_stated(used, intensity));
    if (energy && co2 && !intensity.given)
        report_unchecked(report, "energy x intensity = CO2", "no carbon intensity is stated");
}

static void audit_mfu(struct traincost_report *report)
{
    const struct claim_statement *mfu = claimed(report, CLAIM_MFU);
    double implied = report_quantile(report, "mfu", 0.5);
    if (!mfu)
        return;
    if (isnan(implied)) {
        report_unchecked(report, "the MFU stated", "no compute is stated");
        return;
    }
    traincost_audit *audit = report_add(report, &report->audits, sizeof *audit);
    if (audit)
        *audit = (traincost_audit){"FLOP / (chip-hours x peak) within the MFU", "share", mfu->value, implied,
                                   implied <= mfu->high * (1 + mfu_rounding) &&
                                       implied >= mfu->low * least_audited_goodput};
}

void check_audit(struct traincost_report *report)
{
    const struct claim_statement *chip_hours = claimed(report, CLAIM_CHIP_HOURS);
    struct stated total = stated_total(report->run);
    for (size_t s = 0; s < scenario_stage_count(report->run); s++)
        audit_stage(report, s);
    if (chip_hours && total.given)
        add_audit(report, "chip-hours of the stages = chip-hours claimed", "h", chip_hours, total);
    audit_dollars(report);
    audit_energy(report);
    audit_mfu(report);
}

/* ---- other tellings of the same run ---- */

/* Two sources round, count warm-up or restarts, and convert days each in their own way. */
static const double telling_rounding = 0.02;

static double most_chips(const traincost_scenario *run)
{
    double most = NAN;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated chips = stated_parameter(run, s, PARAMETER_CHIPS);
        if (chips.given && !(chips.value <= most))
            most = chips.value;
    }
    return most;
}

static void compare_telling(struct traincost_report *report, const traincost_scenario *other)
{
    const traincost_scenario *run = report->run;
    const struct claim_statement *usd = claimed(report, CLAIM_USD), *told = &other->claim.figures[CLAIM_USD];
    struct stated ours = stated_total(run), theirs = stated_total(other), sum = of_claim(told);
    struct stated our_chips = {true, most_chips(run), 0},
                  their_chips = {true, most_chips(other), telling_rounding};
    theirs.rounding += telling_rounding;
    sum.rounding += telling_rounding;
    struct claim_statement total = as_statement(ours), chips = as_statement(our_chips);
    const char *by = other->origin;
    if (ours.given && theirs.given)
        add_audit(report, report_text(report, (const char *[]){"chip-hours, as told by ", by, NULL}), "h",
                  &total, theirs);
    if (!isnan(our_chips.value) && !isnan(their_chips.value))
        add_audit(report, report_text(report, (const char *[]){"chips, as told by ", by, NULL}), "", &chips,
                  their_chips);
    bool sums = usd && told->given && usd->bound <= BOUND_ABOUT && told->bound <= BOUND_ABOUT;
    if (sums && claim_counts(&run->claim) == claim_counts(&other->claim))
        add_audit(report, report_text(report, (const char *[]){"dollars, as told by ", by, NULL}), "USD", usd,
                  sum);
}

/* The id that all tellings of a run name: its own, or that of the run it is a telling of. */
/* The texts are searched first, so that few runs need to be read. */
static bool may_tell(const traincost_run *entry, const char *root)
{
    return !strcmp(entry->id, root) || (strstr(entry->text, "telling-of:") && strstr(entry->text, root));
}

void check_tellings(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    const char *root = scenario_told_run(run);
    const traincost_run *entry;
    if (!root || !run->origin || scenario_is_misread(run))
        return;
    for (size_t i = 0; (entry = traincost_catalog_run(run->catalog, i)); i++) {
        if (!strcmp(entry->id, run->origin) || !may_tell(entry, root))
            continue;
        traincost_scenario *other = traincost_scenario_new(run->catalog, NULL);
        if (!other || traincost_scenario_find(other, entry->id, NULL) == TRAINCOST_NO_MEMORY)
            report->failed = true;
        else if (other->origin && !strcmp(scenario_told_run(other), root) && !scenario_is_misread(other) &&
                 claim_bring_to(other, &report->dollars))
            compare_telling(report, other);
        traincost_scenario_free(other);
    }
}
