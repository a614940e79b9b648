/* A check of a claim, from its estimate to the report. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/money.h"
#include "answers/check_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- the estimate behind it ---- */

/* What is claimed decides what must be computed. */
static void ask_all(const struct claim *claim, bool asked[MODEL_OUTPUTS])
{
    static const enum model_output always[] = {MODEL_OUT_CHIP_HOURS, MODEL_OUT_FLOP, MODEL_OUT_MFU},
                                   dollars[] = {MODEL_OUT_ENERGY_COST, MODEL_OUT_RENTAL,
                                                MODEL_OUT_OWNERSHIP,   MODEL_OUT_ACQUISITION,
                                                MODEL_OUT_WITH_BASE,   MODEL_OUT_DEVELOPMENT,
                                                MODEL_OUT_BASE,        MODEL_OUT_EXPERIMENTS,
                                                MODEL_OUT_OWN,         MODEL_OUT_OWN_WITH_BASE,
                                                MODEL_OUT_WEAR_WITH_BASE},
                                   energy[] = {MODEL_OUT_CHIP_ENERGY, MODEL_OUT_IT_ENERGY, MODEL_OUT_ENERGY},
                                   co2[] = {MODEL_OUT_CHIP_CO2, MODEL_OUT_IT_CO2, MODEL_OUT_CO2};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        asked[always[i]] = true;
    for (size_t i = 0; i < sizeof dollars / sizeof *dollars; i++)
        asked[dollars[i]] = claim->figures[CLAIM_USD].given;
    asked[MODEL_OUT_HOURS] = claim->figures[CLAIM_HOURS].given;
    for (size_t i = 0; i < CLAIM_SITES; i++) {
        asked[energy[i]] = claim->figures[CLAIM_ENERGY].given;
        asked[co2[i]] = claim->figures[CLAIM_CO2].given;
    }
}

/* Who buys a cluster need not say for how long: the purchase is estimated as of one hour, and nothing else. */
static traincost_status estimate_purchase(struct traincost_report *report, struct traincost_options *options,
                                          traincost_error *error)
{
    traincost_scenario copy = *report->run;
    copy.settings[PARAMETER_HOURS] = (struct setting){.given = true, .q = quantity_exact(1), .text = "1"};
    memset(options->asked, 0, sizeof options->asked);
    options->asked[MODEL_OUT_ACQUISITION] = true;
    report->timeless = true;
    return traincost_estimate(&copy, options, &report->result, error);
}

static bool claims_purchase(const traincost_scenario *run)
{
    return run->claim.figures[CLAIM_USD].given && claim_counts(&run->claim) == SCOPE_ACQUISITION;
}

static traincost_status estimate_claimed(struct traincost_report *report, const traincost_options *given,
                                         traincost_error *error)
{
    traincost_options options = given ? *given : options_default;
    options.engine.sensitivity = options.engine.keep = options.all_staged = false;
    options.engine.no_errors = true;
    report_levels(&options);
    options.lenient = true;
    options.all_outputs = false;
    memset(options.asked, 0, sizeof options.asked);
    memset(options.staged, 0, sizeof options.staged);
    ask_all(&report->run->claim, options.asked);
    traincost_error *own = traincost_error_new(); /* what is missing is no error of the check */
    if (!own)
        return error_no_memory(error);
    traincost_status status = traincost_estimate(report->run, &options, &report->result, own);
    if (status == TRAINCOST_MISSING && claims_purchase(report->run))
        status = estimate_purchase(report, &options, own);
    if (status == TRAINCOST_MISSING) {
        report_unchecked(report, "the scopes", traincost_error_message(own));
        status = TRAINCOST_OK;
    } else if (status)
        error_set(error, status, "%s", traincost_error_message(own));
    traincost_error_free(own);
    return status;
}

/* ---- the whole ---- */

/* The rate at which a claim was brought to dollars belongs to what is said of it. */
static void say_rates(struct traincost_report *report)
{
    static const enum claim_figure moneys[] = {CLAIM_USD, CLAIM_PRICE};
    const traincost_scenario *run = report->run;
    const struct setting *date = &run->settings[PARAMETER_DATE];
    int day = date->given ? date->day : catalog_day(run->catalog);
    for (size_t i = 0; i < sizeof moneys / sizeof *moneys; i++) {
        const struct claim_statement *claim = &run->claim.figures[moneys[i]];
        quantity stated = {.currency = (unsigned char)claim->currency, .may_be_yen = claim->may_be_yen};
        char note[MONEY_NOTE];
        if (!claim->given || claim->currency == CURRENCY_USD)
            continue;
        const char *said = report->said[TEXT_CLAIM_NOTE];
        money_note(run->catalog, &stated, claim->text, day, 0, note);
        report->said[TEXT_CLAIM_NOTE] =
            report_text(report, (const char *[]){said ? said : "", said ? "; " : "", note, NULL});
    }
}

static void keep_said(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    for (size_t i = 0; i < CLAIM_TEXTS; i++)
        if (run->claim.texts[i])
            report->said[i] = report_text(report, (const char *[]){run->claim.texts[i], NULL});
    if (!report->said[TEXT_ID] && run->origin && catalog_find_run(run->catalog, run->origin))
        report->said[TEXT_ID] = report_text(report, (const char *[]){run->origin, NULL});
    report->name = run->name ? report_text(report, (const char *[]){run->name, NULL}) : NULL;
    say_rates(report);
    if (*run->claim.dollars)
        report->of_dollars = report_text(report, (const char *[]){run->claim.dollars, NULL});
    text_print_date(catalog_day(run->catalog), report->date);
    report->counts = run->claim.counts >= 0 ? claim_scope_names[run->claim.counts] : NULL;
    report->energy_counts = run->claim.energy_counts >= 0 ? claim_site_names[run->claim.energy_counts] : NULL;
}

static void keep_claims(struct traincost_report *report)
{
    for (int f = 0; f < CLAIM_FIGURES; f++) {
        bool given = report->run->claim.figures[f].given;
        traincost_claim *claim = given ? report_add(report, &report->claims, sizeof *claim) : NULL;
        if (!claim)
            continue;
        *claim = report->run->claim.shown[f];
        claim->text = report_text(report, (const char *[]){claim->text, NULL});
    }
}

/* Whether a counted scope is judged alone: a bound, one that follows exactly, or a figure that was computed from
 * rated power, which is then consistent. */
static traincost_verdict verdict_alone(const struct traincost_report *report, const traincost_scope *scope)
{
    bool alone = scope->p5 == scope->p95 || !isnan(scope->probability) || !report_scope_output(report, scope);
    if (report_is_computed(report, scope->claim))
        return TRAINCOST_CONSISTENT;
    return alone ? scope->verdict : TRAINCOST_UNCHECKED;
}

/* A broken limit, else the first figure that is not consistent on what it counts. */
static traincost_verdict find_verdict(const struct traincost_report *report)
{
    traincost_verdict verdict = TRAINCOST_UNCHECKED;
    const traincost_limit *limits = report->limits.items;
    const traincost_scope *scopes = report->scopes.items;
    for (size_t i = 0; i < report->limits.count; i++)
        if (!limits[i].ok)
            return TRAINCOST_IMPOSSIBLE;
    for (size_t i = 0; i < report->scopes.count; i++)
        if (scopes[i].counted && verdict <= TRAINCOST_CONSISTENT) {
            traincost_verdict alone = verdict_alone(report, &scopes[i]);
            verdict = alone > verdict ? alone : verdict;
        }
    return verdict > TRAINCOST_CONSISTENT || !report->family.figures ? verdict : report->family.verdict;
}

static traincost_status make_report(struct traincost_report *report, const traincost_options *given,
                                    traincost_error *error)
{
    traincost_options of_the_year = given ? *given : options_default, *options = &of_the_year;
    traincost_status status = check_dollars(report, options->dollars, error);
    if (status)
        return status;
    status = report->lent ? TRAINCOST_OK : estimate_claimed(report, options, error);
    if (status)
        return status;
    keep_said(report);
    report->samples = options->engine.samples;
    report->seed = options->engine.seed;
    keep_claims(report);
    check_audit(report);
    report->own_audits = report->audits.count;
    check_tellings(report);
    check_limits(report);
    check_scopes(report);
    status = check_family(report, options, error);
    if (status)
        return status;
    check_implied(report);
    check_left_out(report);
    check_slips(report);
    report->verdict = find_verdict(report);
    report->run = NULL;
    return report->failed ? error_no_memory(error) : TRAINCOST_OK;
}

static traincost_status begin_report(const traincost_scenario *scenario, const traincost_options *options,
                                     traincost_result *lent, traincost_report **out, traincost_error *error)
{
    *out = NULL;
    if (!claim_states_any(&scenario->claim))
        return error_set(error, TRAINCOST_MISSING,
                         "nothing is claimed: state dollars (claim), energy, CO2, hours, an MFU or a throughput");
    traincost_report *report = calloc(1, sizeof *report);
    if (!report)
        return error_no_memory(error);
    report->run = scenario;
    report->result = lent;
    report->lent = lent != NULL;
    traincost_status status = make_report(report, options, error);
    if (status)
        traincost_report_free(report);
    else
        *out = report;
    return status;
}

traincost_status traincost_check(const traincost_scenario *scenario, const traincost_options *options,
                                 traincost_report **out, traincost_error *error)
{
    if (out)
        *out = NULL;
    if (!scenario || !out)
        return error_null(error, __func__);
    return begin_report(scenario, options, NULL, out, error);
}

traincost_status check_beside(const traincost_scenario *scenario, const traincost_options *options,
                              const traincost_report *first, traincost_report **out, traincost_error *error)
{
    return begin_report(scenario, options, first->result, out, error);
}
