/* Dollars of another year: the index published, and a model that is linear in prices. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/fixture.h"

#include <traincost.h>

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* PCU518210518210 as FRED has it: annual averages, and June of 2025. */
static const double index_2021 = 115.165, index_2022 = 116.349, index_2023 = 118.126, index_2025_06 = 123.659;

static double median_of(const char *key)
{
    const traincost_output *figure = traincost_result_find(result, key);
    ck_assert_ptr_nonnull(figure);
    return figure->quantile[2];
}

static void begin_in(const char *date)
{
    set("type", "A100");
    set("chips", "1024");
    set("hours", "1000");
    set("date", date);
}

START_TEST(all_money_and_nothing_else_is_scaled)
{
    const traincost_output *figure;
    double before[40];
    begin_in("2022");
    estimate();
    ck_assert_ptr_null(traincost_result_dollars(result));
    for (size_t i = 0; (figure = traincost_result_at(result, i)); i++)
        before[i] = figure->mean;
    set_option("dollars", "2023");
    estimate();
    for (size_t i = 0; (figure = traincost_result_at(result, i)); i++) {
        double factor = strcmp(figure->unit, "USD") ? 1 : index_2023 / index_2022;
        ck_assert_double_eq_tol(figure->mean / before[i], factor, 1e-9);
    }
}
END_TEST

START_TEST(what_it_was_brought_from_is_told)
{
    begin_in("2022");
    set_option("dollars", "2023");
    estimate();
    const traincost_dollars *dollars = traincost_result_dollars(result);
    ck_assert_str_eq(dollars->of, "2023");
    ck_assert_str_eq(dollars->from, "2022");
    ck_assert_str_eq(dollars->index, "PCU518210518210");
    ck_assert(strstr(dollars->source, "fred.stlouisfed.org") != NULL);
    ck_assert_double_eq_tol(dollars->factor, index_2023 / index_2022, 1e-12);
    ck_assert_double_eq_tol(dollars->factor, 1.0153, 5e-5);
}
END_TEST

START_TEST(the_newest_index_stands_for_what_comes_after_it)
{
    begin_in("2026-06");
    set("price", "2");
    set_option("dollars", "2023");
    estimate();
    ck_assert_str_eq(traincost_result_dollars(result)->from, "2025-06");
    ck_assert_double_eq_tol(median_of("rental_usd"), 2 * 1024e3 * index_2023 / index_2025_06, 1);
}
END_TEST

/* A stated price is one statement: a stage of an earlier date scales it otherwise, and both stay one draw. */
START_TEST(stages_are_brought_from_their_own_dates)
{
    static const char *const dates[] = {"2021", "2022"};
    set("type", "A100");
    set("price", "1..4");
    for (size_t s = 0; s < 2; s++) {
        size_t stage;
        ck_assert(!traincost_scenario_add_stage(run, NULL, &stage, error));
        ck_assert(!traincost_scenario_set(run, stage, "chip-hours", "1k", error));
        ck_assert(!traincost_scenario_set(run, stage, "date", dates[s], error));
    }
    set_option("outputs", "rent");
    set_option("dollars", "2023");
    estimate();
    double factor = index_2023 / index_2021 + index_2023 / index_2022;
    const traincost_output *rent = traincost_result_find(result, "rental_usd");
    ck_assert_double_eq_tol(median_of("rental_usd") / (2000 * factor), 1, 1e-3);
    ck_assert_double_eq_tol(rent->quantile[4] / rent->quantile[0], 4, 0.01);
}
END_TEST

START_TEST(runs_that_state_a_price_alike_share_it_in_dollars_of_one_year)
{
    traincost_comparison *comparison = NULL;
    traincost_scenario *other = traincost_scenario_new(NULL, error);
    ck_assert_ptr_nonnull(other);
    begin_in("2021");
    set("price", "1..4");
    ck_assert(!traincost_scenario_set(other, TRAINCOST_RUN, "cluster", "1024xA100", error));
    ck_assert(!traincost_scenario_set(other, TRAINCOST_RUN, "hours", "1000", error));
    ck_assert(!traincost_scenario_set(other, TRAINCOST_RUN, "date", "2022", error));
    ck_assert(!traincost_scenario_set(other, TRAINCOST_RUN, "price", "1..4", error));
    set_option("dollars", "2023");
    set_option("outputs", "rent");
    const traincost_scenario *runs[] = {run, other};
    ck_assert(!traincost_compare(runs, 2, options, &comparison, error));
    const traincost_output *ratio = traincost_comparison_ratio(comparison, 1, "rental_usd");
    ck_assert_double_eq_tol(ratio->quantile[0], index_2021 / index_2022, 1e-9);
    ck_assert_double_eq_tol(ratio->quantile[4], index_2021 / index_2022, 1e-9);
    traincost_comparison_free(comparison);
    traincost_scenario_free(other);
}
END_TEST

START_TEST(a_budget_is_in_dollars_of_the_answer)
{
    traincost_goal *goal = traincost_goal_new();
    traincost_solution *solution = NULL;
    begin_in("2022");
    set_option("dollars", "2023");
    ck_assert_ptr_nonnull(goal);
    ck_assert(!traincost_goal_set(goal, "budget", "1024000", error));
    ck_assert(!traincost_solve(run, "rental-price", goal, options, &solution, error));
    ck_assert_double_eq_tol(traincost_solution_answer(solution), 1, 1e-5);
    ck_assert_double_eq_tol(traincost_solution_reached(solution), 1024000, 1);
    traincost_solution_free(solution);
    set("price", "1");
    estimate();
    ck_assert(!traincost_result_judge(result, goal, error));
    ck_assert_double_eq(traincost_result_within(result)->goal, 1024000);
    ck_assert_double_eq(traincost_result_within(result)->probability, 0);
    traincost_goal_free(goal);
}
END_TEST

START_TEST(a_year_without_an_index_is_refused)
{
    begin_in("2022");
    set_option("dollars", "2031");
    ck_assert_int_eq(traincost_estimate(run, options, &result, error), TRAINCOST_RANGE);
    ck_assert_ptr_nonnull(strstr(traincost_error_message(error), "2025-06"));
    ck_assert_int_eq(traincost_options_set(options, "dollars", "2023-12-01", error), TRAINCOST_SYNTAX);
    ck_assert_int_eq(traincost_options_set(options, "dollars", "then", error), TRAINCOST_SYNTAX);
}
END_TEST

/* Twice the same work: in dollars of one year each date has a factor of its own. */
START_TEST(a_sweep_names_the_dollars_of_each_point)
{
    traincost_sweep *dates = traincost_sweep_new();
    begin_in("2024");
    set_option("dollars", "2023");
    ck_assert(!traincost_sweep_vary(dates, "date", "2022,2023", NULL, NULL, error));
    ck_assert_ptr_null(traincost_sweep_dollars(dates, 0));
    ck_assert(!traincost_sweep_run(dates, run, options, error));
    ck_assert_str_eq(traincost_sweep_dollars(dates, 0)->from, "2022");
    ck_assert_double_eq_tol(traincost_sweep_dollars(dates, 0)->factor, index_2023 / index_2022, 1e-12);
    ck_assert_str_eq(traincost_sweep_dollars(dates, 1)->of, "2023");
    ck_assert(traincost_sweep_dollars(dates, 1)->factor == 1);
    ck_assert_ptr_null(traincost_sweep_dollars(dates, 2));
    traincost_sweep_free(dates);
}
END_TEST

static const char *const questions_in_2023[] = {
    "{\"cluster\": \"8xH100\", \"hours\": 10, \"date\": 2022, \"options\": {\"dollars\": \"2023\"}}",
    "{\"command\": \"compare\", \"runs\": [\"deepseek-r1\", \"gpt-4-cottier\"], \"options\": {\"dollars\": 2023}}",
    "{\"command\": \"sweep\", \"cluster\": \"8xH100\", \"hours\": 10, \"vary\": {\"date\": \"2022,2024\"}, "
    "\"options\": {\"dollars\": \"2023\"}}",
    "{\"command\": \"check\", \"run\": \"gpt-4-cottier\"}",
    "{\"command\": \"solve\", \"solve\": \"hours\", \"cluster\": \"8xH100\", \"budget\": \"1k\", "
    "\"options\": {\"dollars\": \"2023\"}}",
};

START_TEST(an_answer_as_json_names_its_dollars)
{
    char *answer = NULL;
    const char *question = questions_in_2023[_i];
    traincost_status status = traincost_json(NULL, question, strlen(question), &answer);
    ck_assert_msg(!status, "%s", answer);
    ck_assert_ptr_nonnull(strstr(answer, "\"dollars\":{\"of\":\"2023\",\"index\":\"PCU518210518210\""));
    traincost_text_free(answer);
}
END_TEST

static double claimed_dollars(const traincost_report *report)
{
    return traincost_report_claim_at(report, 0)->value;
}

static const traincost_scope *scope_of(const traincost_report *report, const char *name)
{
    const traincost_scope *scope;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++)
        if (!strcmp(scope->name, name))
            return scope;
    ck_abort_msg("no scope %s", name);
    return NULL;
}

/* Cottier et al. publish 40.6M in dollars of 2023, which were 40.1M of the time. */
static const struct {
    const char *asked;
    double claim;
} claims_of_then[] = {{NULL, 40.6e6}, {"2023", 40.6e6}, {"2022", 40.6e6 * 116.349 / 118.126}};

START_TEST(a_claim_is_compared_in_dollars_of_one_year)
{
    traincost_report *report = NULL;
    ck_assert(!traincost_scenario_find(run, "gpt-4-cottier", error));
    if (claims_of_then[_i].asked)
        set_option("dollars", claims_of_then[_i].asked);
    ck_assert_msg(!traincost_check(run, options, &report, error), "%s", traincost_error_message(error));
    ck_assert_str_eq(traincost_report_said(report, "dollars"), "2023");
    ck_assert_double_eq_tol(claimed_dollars(report), claims_of_then[_i].claim, 1);
    const traincost_dollars *dollars = traincost_result_dollars(traincost_report_result(report));
    ck_assert_ptr_nonnull(dollars);
    ck_assert_str_eq(dollars->of, claims_of_then[_i].asked ? claims_of_then[_i].asked : "2023");
    /* The claim over the median is the same in dollars of any year. */
    ck_assert_double_eq_tol(scope_of(report, "ownership")->factor, 1.055, 0.03);
    ck_assert_int_eq(traincost_report_verdict(report), TRAINCOST_CONSISTENT);
    traincost_report_free(report);
}
END_TEST

/* What the run states is in dollars of its date, the claim in those of its own year: they agree in those of one. */
START_TEST(the_audit_takes_stated_prices_to_the_dollars_of_the_claim)
{
    traincost_report *report = NULL;
    const traincost_audit *audit = NULL;
    char claim[32];
    begin_in("2021");
    set("price", "2");
    set_option("samples", "2048");
    snprintf(claim, sizeof claim, "%.0f", 2 * 1024e3 * index_2023 / index_2021);
    ck_assert(!traincost_scenario_claim(run, "usd", claim, error));
    ck_assert(!traincost_scenario_claim(run, "dollars", "2023", error));
    ck_assert_msg(!traincost_check(run, options, &report, error), "%s", traincost_error_message(error));
    for (size_t i = 0; (audit = traincost_report_audit_at(report, i)); i++)
        if (!strcmp(audit->what, "chip-hours x price = dollars"))
            break;
    ck_assert_ptr_nonnull(audit);
    ck_assert(audit->ok);
    ck_assert_double_eq_tol(audit->stated / audit->computed, 1, 1e-6);
    ck_assert_double_eq_tol(scope_of(report, "rental")->factor, 1, 1e-6);
    traincost_report_free(report);
    ck_assert(!traincost_scenario_claim(run, "dollars", "2031", error));
    ck_assert_int_eq(traincost_check(run, options, &report, error), TRAINCOST_RANGE);
    ck_assert_int_eq(traincost_scenario_claim(run, "dollars", "2023-12-01", error), TRAINCOST_SYNTAX);
}
END_TEST

Suite *dollars_suite(void)
{
    Suite *suite = suite_create("dollars");
    TCase *tests = tcase_create("dollars");
    tcase_add_checked_fixture(tests, open_run, close_run);
    tcase_add_test(tests, all_money_and_nothing_else_is_scaled);
    tcase_add_test(tests, what_it_was_brought_from_is_told);
    tcase_add_test(tests, the_newest_index_stands_for_what_comes_after_it);
    tcase_add_test(tests, stages_are_brought_from_their_own_dates);
    tcase_add_test(tests, runs_that_state_a_price_alike_share_it_in_dollars_of_one_year);
    tcase_add_test(tests, a_budget_is_in_dollars_of_the_answer);
    tcase_add_test(tests, a_year_without_an_index_is_refused);
    tcase_add_test(tests, a_sweep_names_the_dollars_of_each_point);
    tcase_add_loop_test(tests, an_answer_as_json_names_its_dollars, 0,
                        sizeof questions_in_2023 / sizeof *questions_in_2023);
    tcase_add_loop_test(tests, a_claim_is_compared_in_dollars_of_one_year, 0,
                        sizeof claims_of_then / sizeof *claims_of_then);
    tcase_add_test(tests, the_audit_takes_stated_prices_to_the_dollars_of_the_claim);
    suite_add_tcase(suite, tests);
    return suite;
}
