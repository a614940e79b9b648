#include "report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- what was stated ---- */

struct stated stated_parameter(const traincost_scenario *run, size_t stage, enum parameter parameter)
{
    const struct setting *setting = scenario_setting(run, stage, parameter);
    if (!setting)
        return (struct stated){.value = NAN};
    double middle = quantity_quantile(&setting->q, 0.5);
    double low = quantity_quantile(&setting->q, 0.05), high = quantity_quantile(&setting->q, 0.95);
    bool exact = quantity_is_exact(&setting->q);
    /* Chips are counted, not measured. */
    bool counted = exact && parameter == PARAMETER_CHIPS && !strpbrk(setting->text, "kKM");
    double rounding = exact ? claim_rounding(setting->text) : 0.5 * (high - low) / middle;
    return (struct stated){true, middle, counted ? 0 : rounding};
}

struct stated stated_chip_hours(const traincost_scenario *run, size_t stage)
{
    struct stated chips = stated_parameter(run, stage, PARAMETER_CHIPS);
    struct stated hours = stated_parameter(run, stage, PARAMETER_HOURS);
    struct stated chip_hours = stated_parameter(run, stage, PARAMETER_CHIP_HOURS);
    if (chip_hours.given || !chips.given || !hours.given)
        return chip_hours;
    return (struct stated){true, chips.value * hours.value, chips.rounding + hours.rounding};
}

struct stated stated_total(const traincost_scenario *run)
{
    struct stated total = {.given = true};
    double open = 0;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated stage = stated_chip_hours(run, s);
        total.given &= stage.given;
        total.value += stage.value;
        open += stage.value * stage.rounding;
    }
    total.rounding = open / total.value;
    return total;
}

double stated_rounding(const traincost_scenario *run, const enum parameter *also)
{
    struct stated total = stated_total(run);
    double rounding = total.given ? total.rounding : 0;
    for (; *also != PARAMETERS; also++) {
        struct stated s = stated_parameter(run, 0, *also);
        rounding += s.given ? s.rounding : 0;
    }
    return rounding;
}

/* ---- the estimate behind it ---- */

/* Dense enough that the share below a value follows from its neighbours. */
static const double levels[] = {0.001, 0.0025, 0.005, 0.01,  0.02,  0.03,  0.04,  0.05,   0.06,  0.08,  0.1,
                                0.125, 0.15,   0.175, 0.2,   0.225, 0.25,  0.275, 0.3,    0.325, 0.35,  0.375,
                                0.4,   0.425,  0.45,  0.475, 0.5,   0.525, 0.55,  0.575,  0.6,   0.625, 0.65,
                                0.675, 0.7,    0.725, 0.75,  0.775, 0.8,   0.825, 0.85,   0.875, 0.9,   0.92,
                                0.94,  0.95,   0.96,  0.97,  0.98,  0.99,  0.995, 0.9975, 0.999};
enum { LEVELS = sizeof levels / sizeof *levels };
_Static_assert((int)LEVELS <= (int)OPTION_LEVELS, "an estimate takes so many levels");

/* What is claimed decides what must be computed. */
static void ask(const struct claim *claim, bool asked[MODEL_OUTPUTS])
{
    static const enum model_output always[] = {MODEL_OUT_CHIP_HOURS, MODEL_OUT_MFU},
                                   dollars[] = {MODEL_OUT_ENERGY_COST, MODEL_OUT_RENTAL, MODEL_OUT_OWNERSHIP,
                                                MODEL_OUT_ACQUISITION, MODEL_OUT_WITH_BASE, MODEL_OUT_DEVELOPMENT,
                                                MODEL_OUT_BASE, MODEL_OUT_EXPERIMENTS},
                                   energy[] = {MODEL_OUT_CHIP_ENERGY, MODEL_OUT_IT_ENERGY, MODEL_OUT_ENERGY},
                                   co2[] = {MODEL_OUT_CHIP_CO2, MODEL_OUT_IT_CO2, MODEL_OUT_CO2};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        asked[always[i]] = true;
    for (size_t i = 0; i < sizeof dollars / sizeof *dollars; i++)
        asked[dollars[i]] = claim->figures[CLAIM_USD].given;
    for (size_t i = 0; i < CLAIM_SITES; i++) {
        asked[energy[i]] = claim->figures[CLAIM_ENERGY].given;
        asked[co2[i]] = claim->figures[CLAIM_CO2].given;
    }
}

static traincost_status estimate(struct traincost_report *report, const traincost_options *given,
                                 traincost_error *error)
{
    traincost_options options = given ? *given : options_default;
    options.engine.sensitivity = false;
    options.engine.level_count = LEVELS;
    memcpy(options.levels, levels, sizeof levels);
    options.lenient = true;
    options.all_outputs = false;
    memset(options.asked, 0, sizeof options.asked);
    ask(&report->run->claim, options.asked);
    traincost_status status = traincost_estimate(report->run, &options, &report->result, error);
    if (status != TRAINCOST_MISSING)
        return status;
    report_unchecked(report, "the scopes", error ? traincost_error_message(error) : "too little is stated");
    return TRAINCOST_OK;
}

const traincost_output *report_output(const struct traincost_report *report, const char *key)
{
    return report->result ? traincost_result_find(report->result, key) : NULL;
}

double report_quantile(const struct traincost_report *report, const char *key, double level)
{
    const traincost_output *output = report_output(report, key);
    size_t i = 0;
    while (i + 1 < LEVELS && levels[i] < level)
        i++;
    return output ? output->quantile[i] : NAN;
}

double report_below(const struct traincost_report *report, const traincost_output *output, double value)
{
    (void)report;
    const double *q = output->quantile;
    if (!(value > q[0]))
        return value < q[0] || q[0] < q[LEVELS - 1] ? 0 : 0.5; /* of a figure without a range: on it */
    if (!(value < q[LEVELS - 1]))
        return 1;
    size_t i = 0;
    while (value > q[i + 1])
        i++;
    return levels[i] + (levels[i + 1] - levels[i]) * (value - q[i]) / (q[i + 1] - q[i]);
}

/* ---- the whole ---- */

static void keep_said(struct traincost_report *report)
{
    const traincost_scenario *run = report->run;
    for (size_t i = 0; i < CLAIM_TEXTS; i++)
        if (run->claim.texts[i])
            report->said[i] = report_text(report, (const char *[]){run->claim.texts[i], NULL});
    if (!report->said[TEXT_ID] && run->origin && catalog_find_run(run->catalog, run->origin))
        report->said[TEXT_ID] = report_text(report, (const char *[]){run->origin, NULL});
    report->name = run->name ? report_text(report, (const char *[]){run->name, NULL}) : NULL;
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
        *claim = claim_public(&report->run->claim, (enum claim_figure)f);
        claim->text = report_text(report, (const char *[]){claim->text, NULL});
    }
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
        if (scopes[i].counted && verdict <= TRAINCOST_CONSISTENT)
            verdict = scopes[i].verdict;
    return verdict;
}

static traincost_status make(struct traincost_report *report, const traincost_options *options,
                             traincost_error *error)
{
    traincost_status status = estimate(report, options, error);
    if (status)
        return status;
    keep_said(report);
    keep_claims(report);
    check_audit(report);
    check_tellings(report);
    check_limits(report);
    check_scopes(report);
    check_implied(report);
    check_left_out(report);
    check_slips(report);
    report->verdict = find_verdict(report);
    report->run = NULL;
    return report->failed ? error_no_memory(error) : TRAINCOST_OK;
}

traincost_status traincost_check(const traincost_scenario *scenario, const traincost_options *options,
                                 traincost_report **out, traincost_error *error)
{
    *out = NULL;
    if (!claim_states_any(&scenario->claim))
        return error_set(error, TRAINCOST_MISSING,
                         "nothing is claimed: state dollars (--claim), energy, CO2 or chip-hours");
    traincost_report *report = calloc(1, sizeof *report);
    if (!report)
        return error_no_memory(error);
    report->run = scenario;
    traincost_status status = make(report, options, error);
    if (status)
        traincost_report_free(report);
    else
        *out = report;
    return status;
}
