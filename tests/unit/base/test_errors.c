/* The printed standard errors against the truth, of a whole run and for each of its figures: over many seeds 95
 * % of the figures lie within two of them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <traincost.h>

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEEDS = 1000, FEW_SEEDS = 20, FIGURES = 512 };

static const char *const runs[] = {
    "stages:\n"
    "  - {name: R1-Zero, type: H800, chips: 512, hours: 198}\n"
    "  - {name: SFT data, type: H800, chip-hours: 5k}\n"
    "  - {name: R1, type: H800, chips: 512, hours: 80}\n"
    "date: 2025-01\n"
    "base: deepseek-v3\n",
    "stages:\n"
    "  - {type: tpu-v4, chips: 900..1100, hours: 2wk}\n"
    "  - {type: H100, chips: 64, hours: 'triangular(10, 30, 100)'}\n"
    "date: 2024\n",
};

static traincost_result *estimate_text(const char *run, const char *samples, int seed)
{
    char text[16];
    traincost_error *error = traincost_error_new();
    traincost_options *options = traincost_options_new();
    traincost_scenario *scenario = traincost_scenario_new(NULL, error);
    traincost_result *result = NULL;
    snprintf(text, sizeof text, "%d", seed);
    ck_assert(options && scenario);
    ck_assert(!traincost_scenario_parse(scenario, run, strlen(run), error));
    ck_assert(!traincost_options_set(options, "samples", samples, error));
    ck_assert(!traincost_options_set(options, "seed", text, error));
    ck_assert(!traincost_options_set(options, "sensitivity", "0", error));
    ck_assert(!traincost_estimate(scenario, options, &result, error));
    traincost_options_free(options);
    traincost_scenario_free(scenario);
    traincost_error_free(error);
    return result;
}

/* What is known of a figure over all seeds. */
struct error_tally {
    int within; /* two errors; less than 0 where it is exact */
    double error;
    bool moment; /* a mean or a standard deviation */
};

/* The quantiles of an output, its mean and its standard deviation, with their errors. */
static double figure_of(const traincost_output *output, size_t which, double *se)
{
    if (which == output->levels) {
        *se = output->mean_se;
        return output->mean;
    }
    if (which > output->levels) {
        *se = output->sd_se;
        return output->sd;
    }
    *se = output->quantile_se[which];
    return output->quantile[which];
}

/* An exact figure has no error and is the truth. */
static size_t count(const traincost_result *result, const traincost_result *truth, struct error_tally *tallies)
{
    const traincost_output *output, *known;
    size_t n = 0;
    for (size_t j = 0; (output = traincost_result_at(result, j)) && (known = traincost_result_at(truth, j));
         j++)
        for (size_t q = 0; q <= output->levels + 1; q++, n++) {
            double se, known_se, figure = figure_of(output, q, &se), miss = fabs(figure - figure_of(known, q, &known_se));
            tallies[n].within += se > 0 ? miss <= 2 * se : miss <= 0 ? -SEEDS : 1;
            tallies[n].error += se > 0 ? se / fabs(figure) / (double)SEEDS : 0;
            tallies[n].moment = q >= output->levels;
        }
    return n;
}

/* A mean is given more, as those of skewed outputs need it; so is a quantile of an output that one input moves,
 * where each point set has its share of points to one or two, and what error is left is about 0.01 % or less.
 */
static void check_status(size_t index, const struct error_tally *error_tally)
{
    double share = (double)error_tally->within / (double)SEEDS,
           most = error_tally->moment || error_tally->error < 1.5e-4 ? 1 : 0.97;
    ck_assert_msg(share >= 0.92 && share <= most, "figure %zu: %.3f lie within two errors of %g", index, share,
                  error_tally->error);
}

START_TEST(each_figure_lies_within_two_errors_as_often_as_it_should)
{
    struct error_tally tallies[FIGURES] = {{0, 0, false}};
    size_t figures = 0, uncertain = 0;
    traincost_result *truth = estimate_text(runs[_i], "16777216", 99999);
    for (int seed = 0; seed < SEEDS; seed++) {
        traincost_result *result = estimate_text(runs[_i], "65536", seed);
        figures = count(result, truth, tallies);
        traincost_result_free(result);
    }
    for (size_t i = 0; i < figures; i++)
        if (tallies[i].within >= 0) {
            check_status(i, &tallies[i]);
            uncertain++;
        }
    ck_assert(uncertain >= 100);
    traincost_result_free(truth);
}
END_TEST

/* As many samples as there are by default, for all that is reported. */
START_TEST(every_quantile_is_known_to_a_third_of_a_percent)
{
    const traincost_output *output;
    double error[FIGURES] = {0};
    size_t figures = 0;
    for (int seed = 1; seed <= FEW_SEEDS; seed++) {
        traincost_result *result = estimate_text(runs[0], "65536", seed);
        figures = 0;
        for (size_t j = 0; (output = traincost_result_at(result, j)); j++)
            for (size_t q = 0; q < output->levels; q++)
                error[figures++] += output->quantile_se[q] / output->quantile[q] / (double)FEW_SEEDS;
        traincost_result_free(result);
    }
    ck_assert_uint_ge(figures, 90);
    for (size_t i = 0; i < figures; i++)
        ck_assert_msg(error[i] <= 0.003, "figure %zu: %g", i, error[i]);
}
END_TEST

Suite *errors_suite(void)
{
    Suite *suite = suite_create("errors");
    TCase *tests = tcase_create("printed errors");
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, each_figure_lies_within_two_errors_as_often_as_it_should, 0, 2);
    tcase_add_test(tests, every_quantile_is_known_to_a_third_of_a_percent);
    suite_add_tcase(suite, tests);
    return suite;
}
