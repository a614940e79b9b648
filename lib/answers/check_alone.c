/* An MFU, a throughput or hours that are claimed alone: against what the chip, the format and the model let expect, or
 * against what was stated beside them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include "base/elementary.h"

#include <math.h>
#include <string.h>

/* An MFU or a throughput is mostly one of undisturbed steps: the run as a whole has less, not more, and no published
 * run lost half of its time. */
static const double whole_run_least = 0.55, whole_run_usual = 0.93, whole_run_rounding = 0.05;

/* Work that stands for any, where none is stated: the MFU does not depend on it. */
static const char any_flop[] = "1e21", any_tokens[] = "1e12";
static const double tokens_of_any = 1e12, seconds_an_hour = 3600;

struct alone_range {
    double p5, p50, p95;
    double below; /* the share of it below the claim */
};

static void add_alone(struct traincost_report *report, enum claim_figure figure, const char *key,
                      struct alone_range range)
{
    const struct claim_statement *claim = &report->run->claim.figures[figure];
    traincost_scope *scope = report_add(report, &report->scopes, sizeof *scope);
    if (!scope)
        return;
    bool least = claim->bound == BOUND_AT_LEAST, most = claim->bound == BOUND_AT_MOST;
    *scope = (traincost_scope){
        .key = key,
        .name = claim_figure_key(figure)->key,
        .unit = claim_figure_key(figure)->values,
        .claim = claim_figure_key(figure)->key,
        .counted = 1,
        .p5 = range.p5,
        .p50 = range.p50,
        .p95 = range.p95,
        .percentile = range.below,
        .factor = claim->value / range.p50,
        .probability = least ? 1 - range.below : most ? range.below : NAN,
        .further_out = least || most ? NAN : fmin(range.below, 1 - range.below),
    };
    bool holds = !(scope->probability < 0.05);
    scope->verdict = least || most ? (holds ? TRAINCOST_CONSISTENT : least ? TRAINCOST_HIGH : TRAINCOST_LOW)
                     : claim->high < range.p5 ? TRAINCOST_LOW
                     : claim->low > range.p95 ? TRAINCOST_HIGH
                                              : TRAINCOST_CONSISTENT;
}

/* ---- beside what was stated ---- */

/* Of undisturbed steps, where the run as a whole came to `whole`. */
static struct alone_range around_whole(double whole, double claimed)
{
    struct alone_range range = {whole / (1 + whole_run_rounding), whole / whole_run_usual, whole / whole_run_least, 0};
    double place = elementary_log(claimed / range.p5) / elementary_log(range.p95 / range.p5);
    range.below = place < 0 ? 0 : place > 1 ? 1 : 0.05 + 0.9 * place;
    return range;
}

static bool states_time(const traincost_scenario *run)
{
    return stated_total(run).given;
}

/* Tokens a second and chip of the whole run; NaN where too little is stated. */
static double stated_throughput(const traincost_scenario *run)
{
    double tokens = 0;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated stage = stated_parameter(run, s, PARAMETER_TOKENS);
        struct stated epochs = stated_parameter(run, s, PARAMETER_EPOCHS);
        tokens += stage.given ? stage.value * (epochs.given ? epochs.value : 1) : 0;
    }
    struct stated total = stated_total(run);
    return tokens > 0 && total.given ? tokens / (total.value * seconds_an_hour) : NAN;
}

/* ---- what is to be expected ---- */

/* The main stage as if its time followed from its work, and the work were anything where it is not stated. */
static traincost_status assume_work(const traincost_scenario *run, traincost_scenario *copy, bool tokens)
{
    struct quantity_rule plain = {"work", DIMENSION_RATIO, 0, INFINITY, true};
    *copy = *run;
    copy->stages = NULL;
    copy->stage_count = 0;
    copy->base = NULL;
    for (int p = 0; p < PARAMETERS; p++) {
        const struct setting *setting = scenario_setting(run, 0, (enum parameter)p);
        copy->settings[p] = setting ? *setting : (struct setting){.given = false};
    }
    copy->settings[PARAMETER_HOURS].given = copy->settings[PARAMETER_CHIP_HOURS].given = false;
    copy->settings[PARAMETER_MFU].given = false;
    bool params = copy->settings[PARAMETER_PARAMS].given || copy->settings[PARAMETER_ACTIVE_PARAMS].given;
    if (tokens && !params)
        return TRAINCOST_MISSING;
    enum parameter work = params ? PARAMETER_TOKENS : PARAMETER_FLOP;
    copy->settings[PARAMETER_FLOP].given &= !tokens;
    if (!tokens && (copy->settings[PARAMETER_FLOP].given || copy->settings[PARAMETER_TOKENS].given))
        return TRAINCOST_OK;
    copy->settings[work] = (struct setting){.given = true};
    return quantity_parse(params ? any_tokens : any_flop, &plain, &copy->settings[work].q, NULL);
}

static const quantity *find_mfu(const struct resolved *resolved, size_t *input)
{
    for (*input = 0; *input < resolved->input_count; ++*input)
        if (resolved->inputs[*input].parameter == PARAMETER_MFU)
            return &resolved->inputs[*input].q;
    return NULL;
}

/* The MFU, or the tokens a second and chip, with every input at its median but the goodput at 1: of undisturbed steps
 * on as many chips as are stated. */
static double median_of_steps(const struct resolved *resolved, bool throughput)
{
    enum { MOST_INPUTS = 128 };
    static const enum model_output asked[] = {MODEL_OUT_CHIP_HOURS, MODEL_OUT_MFU};
    double values[MOST_INPUTS], chip_hours = NAN, mfu = NAN, *outputs[] = {&chip_hours, &mfu};
    const double *inputs[MOST_INPUTS];
    struct model_run model = {resolved->models, resolved->own_count, asked, 2};
    if (resolved->input_count > MOST_INPUTS)
        return NAN;
    for (size_t i = 0; i < resolved->input_count; i++) {
        bool goodput = resolved->inputs[i].parameter == PARAMETER_GOODPUT;
        values[i] = goodput ? 1 : quantity_quantile(&resolved->inputs[i].q, 0.5);
        inputs[i] = &values[i];
    }
    model_evaluate(&model, inputs, 1, outputs);
    return throughput ? tokens_of_any / (chip_hours * seconds_an_hour) : mfu;
}

static double share_below(const quantity *q, double value)
{
    double low = 0, high = 1;
    for (int i = 0; i < 50; i++) {
        double middle = 0.5 * (low + high);
        *(quantity_quantile(q, middle) < value ? &low : &high) = middle;
    }
    return 0.5 * (low + high);
}

/* The range of the MFU to expect, times what brings it to the figure. */
static bool expect_alone(struct traincost_report *report, enum claim_figure figure, struct alone_range *range)
{
    traincost_scenario copy;
    struct resolved resolved = {0};
    bool throughput = figure == CLAIM_THROUGHPUT;
    double claimed = report->run->claim.figures[figure].value;
    size_t input = 0;
    traincost_status status = assume_work(report->run, &copy, throughput);
    if (status == TRAINCOST_OK)
        status = scenario_resolve(&copy, true, "", &resolved, NULL);
    report->failed |= status == TRAINCOST_NO_MEMORY;
    const quantity *mfu = status == TRAINCOST_OK ? find_mfu(&resolved, &input) : NULL;
    if (mfu) {
        double factor = median_of_steps(&resolved, throughput) / quantity_quantile(mfu, 0.5);
        *range = (struct alone_range){factor * quantity_quantile(mfu, 0.05), factor * quantity_quantile(mfu, 0.5),
                                      factor * quantity_quantile(mfu, 0.95), share_below(mfu, claimed / factor)};
    }
    resolved_free(&resolved);
    return mfu && range->p50 > 0;
}

static void judge_alone(struct traincost_report *report, enum claim_figure figure, const char *key, double whole,
                        const char *what)
{
    const struct claim_statement *claim = &report->run->claim.figures[figure];
    struct alone_range range;
    if (!claim->given)
        return;
    if (whole > 0)
        add_alone(report, figure, key, around_whole(whole, claim->value));
    else if (expect_alone(report, figure, &range))
        add_alone(report, figure, key, range);
    else
        report_unchecked(report, what, "too little of the model and the chip is stated");
}

void check_alone(struct traincost_report *report)
{
    double mfu = states_time(report->run) ? report_quantile(report, "mfu", 0.5) : NAN;
    judge_alone(report, CLAIM_MFU, "mfu", mfu, "the MFU claimed");
    judge_alone(report, CLAIM_THROUGHPUT, "throughput", stated_throughput(report->run), "the throughput claimed");
}
