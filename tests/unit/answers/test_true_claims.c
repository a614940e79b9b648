/* Claims that are true: drawn from the model itself, input by input, and told with the digits of a source. Nine in ten
 * are consistent, few are accused, none is impossible. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"
#include "unit/count.h"

#include <check.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { TRUE_CLAIMS = 2000, TRUE_INPUTS = 256 };

static traincost_error *error_of_draws;
static traincost_scenario *drawn;
static traincost_options *draw_options;

static void begin_draws(void)
{
    error_of_draws = traincost_error_new();
    drawn = traincost_scenario_new(NULL, error_of_draws);
    draw_options = traincost_options_new();
    ck_assert(drawn && draw_options);
}

static void end_draws(void)
{
    traincost_options_free(draw_options);
    traincost_scenario_free(drawn);
    traincost_error_free(error_of_draws);
}

/* ---- draws ---- */

/* G. Marsaglia, J. Stat. Softw. 8 (2003), 14: xorshift. */
static double next_uniform(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return ((double)(*state >> 11) + 0.5) / 9007199254740992.0;
}

/* What the run came to in one world. */
static void draw_figures(const struct resolved *resolved, const enum model_output *outputs, size_t count,
                         uint64_t *state, double *figures)
{
    double levels[TRUE_INPUTS], values[TRUE_INPUTS], *columns[CLAIM_FIGURES];
    const double *inputs[TRUE_INPUTS];
    struct model_run model = {resolved->models, resolved->stage_count, outputs, count};
    ck_assert_uint_le(resolved->input_count, TRUE_INPUTS);
    for (size_t i = 0; i < resolved->input_count; i++) {
        levels[i] = resolved->inputs[i].leader == i ? next_uniform(state) : levels[resolved->inputs[i].leader];
        values[i] = quantity_quantile(&resolved->inputs[i].q, levels[i]);
        inputs[i] = &values[i];
    }
    for (size_t f = 0; f < count; f++)
        columns[f] = &figures[f];
    model_evaluate(&model, inputs, 1, columns);
}

/* ---- kinds of claims ---- */

static const char compute_run[] = "cluster: 512xH100\nparams: 70B\ntokens: 2T\nprecision: bf16\ndate: 2025-06\n";
static const char hours_run[] = "cluster: 512xH800\nhours: 198\ndate: 2025-01\n";
static const char old_run[] = "cluster: 64xV100\nhours: 300\ndate: 2023-06\n";
static const char tpu_run[] = "cluster: 256xTPU v4\nparams: 8B\ntokens: 1T\ndate: 2023-06\n";
static const char based_run[] = "base: deepseek-v3\ncluster: 512xH800\nhours: 278\ndate: 2025-01\n";

static const struct {
    const char *run, *counts, *energy_counts;
    const char *keys[3];
    enum model_output outputs[3];
} kinds[] = {
    {hours_run, "rental", NULL, {"usd"}, {MODEL_OUT_RENTAL}},
    {compute_run, "rental", NULL, {"usd"}, {MODEL_OUT_RENTAL}},
    {old_run, "ownership", NULL, {"usd"}, {MODEL_OUT_OWNERSHIP}},
    {old_run, "energy", NULL, {"usd"}, {MODEL_OUT_ENERGY_COST}},
    {hours_run, "acquisition", NULL, {"usd"}, {MODEL_OUT_ACQUISITION}},
    {based_run, "with_base", NULL, {"usd"}, {MODEL_OUT_WITH_BASE}},
    {tpu_run, "development", NULL, {"usd"}, {MODEL_OUT_DEVELOPMENT}},
    {hours_run, NULL, "chips", {"energy"}, {MODEL_OUT_CHIP_ENERGY}},
    {compute_run, NULL, "site", {"energy"}, {MODEL_OUT_ENERGY}},
    {compute_run, NULL, "servers", {"co2"}, {MODEL_OUT_IT_CO2}},
    {tpu_run, NULL, NULL, {"chip-hours"}, {MODEL_OUT_CHIP_HOURS}},
    {hours_run, "rental", "site", {"usd", "energy", "co2"}, {MODEL_OUT_RENTAL, MODEL_OUT_ENERGY, MODEL_OUT_CO2}},
    {compute_run, "rental", "site", {"usd", "energy", "co2"}, {MODEL_OUT_RENTAL, MODEL_OUT_ENERGY, MODEL_OUT_CO2}},
    {tpu_run, "rental", "chips", {"usd", "chip-hours", "co2"}, {MODEL_OUT_RENTAL, MODEL_OUT_CHIP_HOURS, MODEL_OUT_CHIP_CO2}},
};

static size_t state_kind(int kind)
{
    size_t count = 0;
    ck_assert_msg(!traincost_scenario_parse(drawn, kinds[kind].run, strlen(kinds[kind].run), error_of_draws), "%s",
                  traincost_error_message(error_of_draws));
    if (kinds[kind].counts)
        ck_assert(!traincost_scenario_claim(drawn, "counts", kinds[kind].counts, error_of_draws));
    if (kinds[kind].energy_counts)
        ck_assert(!traincost_scenario_claim(drawn, "energy-counts", kinds[kind].energy_counts, error_of_draws));
    while (count < 3 && kinds[kind].keys[count])
        count++;
    return count;
}

static void claim_figures(int kind, size_t count, const double *figures)
{
    for (size_t f = 0; f < count; f++) {
        char text[32];
        snprintf(text, sizeof text, "%.6g", figures[f]);
        ck_assert_msg(!traincost_scenario_claim(drawn, kinds[kind].keys[f], text, error_of_draws), "%s",
                      traincost_error_message(error_of_draws));
    }
}

/* Within three standard errors of the 90 % that are meant, and of 2 % beside. */
START_TEST(true_claims_are_believed)
{
    struct resolved resolved = {0};
    uint64_t state = 88172645463325252u + (uint64_t)_i;
    size_t count = state_kind(_i), believed = 0, accused = 0, impossible_ones = 0;
    double figures[3];
    traincost_report *first = NULL, *report;
    /* Figures that are judged together take samples of their own for each claim. */
    ck_assert(!traincost_options_set(draw_options, "samples", count > 1 ? "4096" : "32768", error_of_draws));
    ck_assert(!scenario_resolve(drawn, true, "", &resolved, error_of_draws));
    for (int t = 0; t < TRUE_CLAIMS; t++) {
        draw_figures(&resolved, kinds[_i].outputs, count, &state, figures);
        claim_figures(_i, count, figures);
        if (!first)
            ck_assert(!traincost_check(drawn, draw_options, &first, error_of_draws));
        ck_assert(!check_beside(drawn, draw_options, first, &report, error_of_draws));
        traincost_verdict verdict = traincost_report_verdict(report);
        believed += verdict == TRAINCOST_CONSISTENT;
        impossible_ones += verdict == TRAINCOST_IMPOSSIBLE;
        accused += traincost_report_slip_at(report, 0) != NULL;
        traincost_report_free(report);
    }
    traincost_report_free(first);
    resolved_free(&resolved);
    double share = (double)believed / (double)TRUE_CLAIMS;
    ck_assert_msg(share >= 0.88 && share <= 0.92, "%.1f %% consistent", 100 * share);
    ck_assert_msg((double)accused < 0.02 * (double)TRUE_CLAIMS, "%zu accused", accused);
    ck_assert_msg(impossible_ones == 0, "%zu impossible", impossible_ones);
}
END_TEST

Suite *true_claims_suite(void)
{
    Suite *suite = suite_create("true-claims");
    TCase *tests = tcase_create("true-claims");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, begin_draws, end_draws);
    tcase_add_loop_test(tests, true_claims_are_believed, 0, COUNT(kinds));
    suite_add_tcase(suite, tests);
    return suite;
}
