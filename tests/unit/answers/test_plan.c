/* A plan: the words of outputs, what each stage gives, and how likely a goal is kept. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/fixture.h"

#include <traincost.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void state_two_stages(void)
{
    size_t stage;
    set("type", "H800");
    set("date", "2025-01");
    ck_assert(!traincost_scenario_add_stage(run, "first", &stage, error));
    ck_assert(!traincost_scenario_set(run, stage, "chips", "512", error));
    ck_assert(!traincost_scenario_set(run, stage, "hours", "150..250", error));
    ck_assert(!traincost_scenario_add_stage(run, "second", &stage, error));
    ck_assert(!traincost_scenario_set(run, stage, "chip-hours", "5k", error));
}

/* ---- words ---- */

START_TEST(an_output_has_one_name_in_any_case)
{
    static const char *const names[][2] = {
        {"rent", "rental_usd"},           {"RENT", "rental_usd"},    {"rental", "rental_usd"},
        {"rental_usd", "rental_usd"},     {"wear", "ownership_usd"}, {"buy", "acquisition_usd"},
        {"rent with base", "with_base_usd"}, {"rent-with-base", "with_base_usd"}, {"with_base", "with_base_usd"},
        {"develop", "development_usd"},   {"electricity", "energy_usd"}, {"energy", "energy_kwh"},
        {"co2", "co2_kg"},                {"CO2e", "co2_kg"},        {"chip-hours", "chip_hours"},
        {"hours", "hours"},               {"mfu", "mfu"},            {"flop", "flop"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const traincost_output_kind *kind = traincost_output_kind_find(names[i][0]);
        ck_assert_msg(kind && !strcmp(kind->key, names[i][1]), "%s", names[i][0]);
    }
    ck_assert(!traincost_output_kind_find("rents") && !traincost_output_kind_find(""));
}
END_TEST

START_TEST(the_table_of_outputs_is_one_vocabulary)
{
    const traincost_output_kind *kind;
    size_t count = 0;
    for (; (kind = traincost_output_kind_at(count)); count++) {
        ck_assert_str_eq(kind->key, traincost_output_key(count));
        ck_assert_ptr_eq(traincost_output_kind_find(kind->key), kind);
        ck_assert_ptr_eq(traincost_output_kind_find(kind->word), kind);
        ck_assert(kind->help && *kind->help && kind->unit);
        ck_assert(!kind->whole || traincost_output_kind_find(kind->whole));
    }
    ck_assert(count > 20 && !traincost_output_key(count));
}
END_TEST

/* ---- stages ---- */

START_TEST(the_means_of_stages_add_up_to_the_run)
{
    static const char *const keys[] = {"rental_usd", "energy_kwh", "ownership_usd", "chip_hours", "co2_kg"};
    state_two_stages();
    estimate();
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        double sum = 0;
        for (size_t s = 0; s < 2; s++)
            sum += traincost_result_stage_output(result, s, keys[i])->mean;
        ck_assert_double_eq_tol(sum, traincost_result_find(result, keys[i])->mean, 1e-9 * sum);
    }
    ck_assert(!traincost_result_stage_output(result, 1, "hours")); /* no chips are stated */
    ck_assert(!traincost_result_stage_output(result, 0, "acquisition_usd"));
    ck_assert(!traincost_result_stage_output(result, 2, "rental_usd"));
}
END_TEST

START_TEST(stages_are_shown_as_asked_and_move_nothing)
{
    state_two_stages();
    estimate();
    double median = traincost_result_find(result, "rental_usd")->quantile[2];
    set_option("stages", "rent");
    estimate();
    ck_assert(traincost_result_stage_output(result, 0, "rental_usd"));
    ck_assert(!traincost_result_stage_output_at(result, 0, 1));
    ck_assert_double_eq(traincost_result_find(result, "rental_usd")->quantile[2], median);
    set_option("stages", "0");
    estimate();
    ck_assert(!traincost_result_stage_output_at(result, 0, 0));
    ck_assert_double_eq(traincost_result_find(result, "rental_usd")->quantile[2], median);
    ck_assert_int_eq(traincost_options_set(options, "stages", "2", error), TRAINCOST_RANGE);
    ck_assert_int_eq(traincost_options_set(options, "stages", "rents", error), TRAINCOST_UNKNOWN);
}
END_TEST

START_TEST(one_stage_is_the_run)
{
    set("cluster", "8xH100");
    set("hours", "10");
    estimate();
    ck_assert(!traincost_result_stage_output_at(result, 0, 0));
}
END_TEST

/* ---- probabilities ---- */

/* Of a lognormal with 90 % in 1..3 $/h, times 8000 chip-hours. */
START_TEST(a_probability_is_that_of_the_lognormal)
{
    set("cluster", "8xH100");
    set("hours", "1000");
    set("price", "1..3");
    estimate();
    double sigma = log(3) / 2 / gsl_cdf_ugaussian_Pinv(0.95);
    for (double price = 0.8; price < 4; price += 0.37) {
        double expected = gsl_cdf_ugaussian_P((log(price) - log(3) / 2) / sigma);
        ck_assert_double_eq_tol(traincost_result_probability(result, "rental_usd", 8000 * price), expected, 2e-3);
    }
    ck_assert_double_eq(traincost_result_probability(result, "rental_usd", -1), 0);
    ck_assert_double_eq(traincost_result_probability(result, "rental_usd", INFINITY), 1);
    ck_assert(isnan(traincost_result_probability(result, "with_base_usd", 1)));
    ck_assert(isnan(traincost_result_probability(result, "rental_usd", NAN)));
}
END_TEST

START_TEST(a_quantile_has_its_level_as_probability)
{
    state_two_stages();
    estimate();
    const traincost_output *output;
    for (size_t j = 0; (output = traincost_result_at(result, j)); j++)
        for (size_t i = 0; i < output->levels && output->sd > 0; i++)
            ck_assert_double_eq_tol(traincost_result_probability(result, output->key, output->quantile[i]),
                                    traincost_result_level(result, i), 1e-9);
}
END_TEST

START_TEST(an_exact_figure_is_within_or_not)
{
    set("cluster", "8xH100");
    set("hours", "1000");
    set("price", "2");
    estimate();
    ck_assert_double_eq(traincost_result_probability(result, "rental_usd", 16000), 1);
    ck_assert_double_eq(traincost_result_probability(result, "rental_usd", 15999), 0);
}
END_TEST

static traincost_goal *aim(const char *key, const char *value, const char *confidence)
{
    traincost_goal *goal = traincost_goal_new();
    ck_assert(goal && !traincost_goal_set(goal, key, value, error));
    if (confidence)
        ck_assert(!traincost_goal_set(goal, "confidence", confidence, error));
    return goal;
}

START_TEST(a_budget_is_kept_or_not)
{
    set("cluster", "8xH100");
    set("hours", "1000");
    set("price", "1..3");
    estimate();
    traincost_goal *goal = aim("budget", "24k", "95%");
    ck_assert(!traincost_result_judge(result, goal, error));
    ck_assert_str_eq(traincost_result_within(result)->output, "rental_usd");
    ck_assert_double_eq_tol(traincost_result_within(result)->probability, 0.95, 2e-3);
    traincost_goal_free(goal);
    goal = aim("budget", "20k", "95%");
    ck_assert(!traincost_result_judge(result, goal, error) && !traincost_result_within(result)->kept);
    traincost_goal_free(goal);
    goal = aim("deadline", "41d", NULL);
    ck_assert(!traincost_result_judge(result, goal, error));
    ck_assert(traincost_result_within(result)->kept && isnan(traincost_result_within(result)->confidence));
    ck_assert_double_eq(traincost_result_within(result)->probability, 0);
    traincost_goal_free(goal);
    goal = traincost_goal_new();
    ck_assert_int_eq(traincost_result_judge(result, goal, error), TRAINCOST_MISSING);
    traincost_goal_free(goal);
    set_option("outputs", "energy");
    estimate();
    goal = aim("budget", "20k", NULL);
    ck_assert_int_eq(traincost_result_judge(result, goal, error), TRAINCOST_MISSING);
    traincost_goal_free(goal);
}
END_TEST

/* What solve says can be had for a budget keeps to it. */
START_TEST(the_answer_of_solve_is_within)
{
    traincost_solution *solution = NULL;
    traincost_goal *goal = aim("budget", "1M", "90%");
    set("cluster", "1024xH100");
    ck_assert(!traincost_solve(run, "hours", goal, NULL, &solution, error));
    set("hours", traincost_solution_text(solution));
    estimate();
    ck_assert(!traincost_result_judge(result, goal, error));
    ck_assert(traincost_result_within(result)->kept);
    ck_assert_double_eq_tol(traincost_result_within(result)->probability, 0.9, 1e-4);
    traincost_solution_free(solution);
    traincost_goal_free(goal);
}
END_TEST

START_TEST(scopes_are_the_words_of_outputs)
{
    static const char *const words[][2] = {{"rent", "rental_usd"},         {"own", "own_usd"},
                                           {"wear", "ownership_usd"},
                                           {"Buy", "acquisition_usd"},     {"rent-with-base", "with_base_usd"},
                                           {"electricity", "energy_usd"},  {"energy", "energy_usd"},
                                           {"develop", "development_usd"}, {"rental_usd", "rental_usd"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        traincost_goal *goal = aim("scope", words[i][0], NULL);
        ck_assert_str_eq(traincost_goal_output(goal), words[i][1]);
        traincost_goal_free(goal);
    }
    traincost_goal *goal = traincost_goal_new();
    ck_assert_int_eq(traincost_goal_set(goal, "scope", "hours", error), TRAINCOST_UNKNOWN);
    traincost_goal_free(goal);
}
END_TEST

/* ---- hours that are paid for ---- */

START_TEST(hours_that_train_are_paid_for_over_the_goodput)
{
    set("cluster", "512xH800");
    set("hours", "198");
    set("price", "2");
    set("goodput", "0.9");
    estimate();
    ck_assert_double_eq_tol(traincost_result_find(result, "rental_usd")->mean, 2 * 512 * 198, 1e-6);
    set("hours-are", "training");
    estimate();
    ck_assert_double_eq_tol(traincost_result_find(result, "rental_usd")->mean, 2 * 512 * 220, 1e-6);
    ck_assert_double_eq_tol(traincost_result_find(result, "hours")->mean, 220, 1e-9);
    ck_assert_double_eq_tol(traincost_result_stage_at(result, 0)->hours, 220, 1e-9);
    set("params", "37B");
    set("tokens", "1T");
    estimate();
    double mfu = 6 * 37e9 * 1e12 / (512 * 198 * 3600.0 * traincost_result_stage_at(result, 0)->chip->peak[TRAINCOST_BF16] * 1e12);
    ck_assert_double_eq_tol(traincost_result_find(result, "mfu")->mean, mfu, 1e-9);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "hours-are", "wall", error), TRAINCOST_UNKNOWN);
}
END_TEST

START_TEST(hours_that_train_take_the_usual_goodput)
{
    set("cluster", "512xH800");
    set("hours", "198");
    set("price", "2");
    set("hours-are", "training");
    estimate();
    const traincost_output *rent = traincost_result_find(result, "rental_usd");
    ck_assert(rent->quantile[0] > 2 * 512 * 198 && rent->quantile[4] < 2 * 512 * 198 / 0.8);
    ck_assert(!traincost_result_stage_at(result, 0)->hours_exact);
}
END_TEST

/* ---- what would narrow it ---- */

START_TEST(indices_have_errors_and_swings_need_none)
{
    set("cluster", "8xH100");
    set("hours", "900..1100");
    estimate();
    const traincost_sensitivity *share = traincost_result_sensitivity_at(result, "own_usd", 0);
    ck_assert(share && share->total_se > 0 && share->total_se < 0.05 && share->first_se < 0.05);
    set_option("sensitivity", "0");
    estimate();
    const traincost_swing *swing = traincost_result_swing_at(result, "rental_usd", 0);
    ck_assert(swing && !strcmp(swing->key, "rental-price") && swing->high > swing->low);
    ck_assert(!traincost_result_sensitivity_at(result, "rental_usd", 0));
}
END_TEST

Suite *plan_suite(void)
{
    Suite *suite = suite_create("plan");
    TCase *tests = tcase_create("plan");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, open_run, close_run);
    tcase_add_test(tests, an_output_has_one_name_in_any_case);
    tcase_add_test(tests, the_table_of_outputs_is_one_vocabulary);
    tcase_add_test(tests, the_means_of_stages_add_up_to_the_run);
    tcase_add_test(tests, stages_are_shown_as_asked_and_move_nothing);
    tcase_add_test(tests, one_stage_is_the_run);
    tcase_add_test(tests, a_probability_is_that_of_the_lognormal);
    tcase_add_test(tests, a_quantile_has_its_level_as_probability);
    tcase_add_test(tests, an_exact_figure_is_within_or_not);
    tcase_add_test(tests, a_budget_is_kept_or_not);
    tcase_add_test(tests, the_answer_of_solve_is_within);
    tcase_add_test(tests, scopes_are_the_words_of_outputs);
    tcase_add_test(tests, hours_that_train_are_paid_for_over_the_goodput);
    tcase_add_test(tests, hours_that_train_take_the_usual_goodput);
    tcase_add_test(tests, indices_have_errors_and_swings_need_none);
    suite_add_tcase(suite, tests);
    return suite;
}
