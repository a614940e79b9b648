/* Every public function with NULL, for each pointer in turn: what is not allowed is refused, and nothing else.
 */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/fixture.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_FUNCTIONS = 1024, NAME_LENGTH = 80 };

static char covered[MOST_FUNCTIONS][NAME_LENGTH];
static size_t covered_count;

static traincost_report *report;
static traincost_comparison *comparison;
static traincost_sweep *sweep;
static traincost_solution *solution;
static traincost_goal *goal;
static traincost_quantity *quantity;
static traincost_batch *batch;
static traincost_catalog *catalog;
static const traincost_chip *chip;
static const traincost_scenario *runs[1];
static const traincost_report *reports[1];
static traincost_row rows[1];                    /* without a text */
static const char *const words[] = {NULL, NULL}; /* none */

/* Where answers go. */
static char room[8] = "x", *text;
static const char *line;
static size_t length;
static const traincost_chip *made_chip;
static traincost_quantity *made_quantity;
static traincost_price *made_price;
static traincost_result *made_result;
static traincost_report *made_report;
static traincost_comparison *made_comparison;
static traincost_solution *made_solution;
static traincost_import *made_counts;

/* The name of the function in the text of a call; it counts as covered. */
static const char *cover(const char *call)
{
    char *name = covered[covered_count];
    ck_assert_uint_lt(covered_count, MOST_FUNCTIONS - 1);
    snprintf(name, NAME_LENGTH, "%.*s", (int)strcspn(call, "("), call);
    covered_count++;
    return name;
}

static void expect_refusal(const char *call, traincost_status status)
{
    const char *name = cover(call);
    ck_assert_msg(status == TRAINCOST_INVALID, "%s gives %s", call, traincost_status_name(status));
    if (!strstr(call, "error)"))
        return;
    const char *message = traincost_error_message(error);
    ck_assert_msg(!strncmp(message, name, strlen(name)) && message[strlen(name)] == ':', "%s says: %s", call,
                  message);
    ck_assert_int_eq(traincost_error_status(error), TRAINCOST_INVALID);
    traincost_error_set(error, TRAINCOST_OK, "");
}

static void expect_answer(const char *call, int kept)
{
    cover(call);
    ck_assert_msg(kept, "%s gives another thing", call);
}

/* The text of a call is the name of the function and what it is given. */
#define REFUSES(call) expect_refusal(#call, call)
#define GIVES(call) expect_answer(#call, (call) != NULL)
#define GIVES_NULL(call) expect_answer(#call, (call) == NULL)
#define GIVES_0(call) expect_answer(#call, (call) == 0)
#define GIVES_NAN(call) expect_answer(#call, isnan(call))
#define GIVES_NOTHING(call) (cover(#call), call)
#define TAKES_NONE(name) cover(#name)

static void open_all(void)
{
    open_run();
    set("cluster", "8xH100");
    set("hours", "10");
    set_option("samples", "2048");
    estimate();
    ck_assert(!traincost_scenario_claim(run, "usd", "200", error));
    runs[0] = run;
    goal = traincost_goal_new();
    sweep = traincost_sweep_new();
    ck_assert(goal && sweep && !traincost_goal_set(goal, "deadline", "10h", error));
    ck_assert(!traincost_check(run, options, &report, error));
    reports[0] = report;
    ck_assert(!traincost_compare(runs, 1, options, &comparison, error));
    ck_assert(!traincost_solve(run, "break-even", NULL, options, &solution, error));
    ck_assert(!traincost_quantity_parse("hours", "1..2", &quantity, error));
    ck_assert(!traincost_batch_new(NULL, NULL, &batch, error));
    ck_assert(!traincost_catalog_new(&catalog, error));
    ck_assert(!traincost_catalog_find(NULL, "H100", &chip, NULL, error));
}

static void close_all(void)
{
    traincost_catalog_free(catalog);
    traincost_batch_free(batch);
    traincost_quantity_free(quantity);
    traincost_solution_free(solution);
    traincost_comparison_free(comparison);
    traincost_report_free(report);
    traincost_sweep_free(sweep);
    traincost_goal_free(goal);
    close_run();
}

static void call_names_and_errors(void)
{
    GIVES_NOTHING(traincost_error_free(NULL));
    TAKES_NONE(traincost_version);
    TAKES_NONE(traincost_status_name);
    TAKES_NONE(traincost_status_text);
    TAKES_NONE(traincost_error_new);
    GIVES_0(traincost_error_status(NULL));
    GIVES(traincost_error_message(NULL));
    GIVES_0(traincost_error_line(NULL));
    GIVES_0(traincost_error_column(NULL));
    GIVES_NOTHING(traincost_error_set(NULL, TRAINCOST_OK, NULL));
    GIVES(traincost_error_key(NULL));
    TAKES_NONE(traincost_parameter_count);
    TAKES_NONE(traincost_parameter_at);
    GIVES_NULL(traincost_parameter_find(NULL));
    GIVES_NULL(traincost_parameter_called(NULL));
    TAKES_NONE(traincost_output_kind_at);
    GIVES_NULL(traincost_output_kind_find(NULL));
    GIVES_NULL(traincost_nearest(NULL, NULL));
}

static void call_quantities_and_catalogue(void)
{
    REFUSES(traincost_quantity_parse(NULL, NULL, &made_quantity, error));
    REFUSES(traincost_quantity_parse(NULL, "1", NULL, error));
    GIVES_NOTHING(traincost_quantity_free(NULL));
    GIVES_0(traincost_quantity_print(NULL, room, 1));
    GIVES_NULL(traincost_quantity_currency(NULL));
    GIVES_NAN(traincost_quantity_quantile(NULL, 0.5));
    REFUSES(traincost_catalog_new(NULL, error));
    GIVES_NOTHING(traincost_catalog_free(NULL));
    REFUSES(traincost_catalog_load(NULL, "none", error));
    REFUSES(traincost_catalog_load(catalog, NULL, error));
    GIVES(traincost_catalog_chip(NULL, 0));
    GIVES(traincost_catalog_observation(NULL, 0));
    GIVES(traincost_catalog_fact(NULL, 0));
    GIVES(traincost_catalog_throughput(NULL, 0));
    GIVES(traincost_catalog_run(NULL, 0));
    GIVES(traincost_catalog_rate(NULL, 0));
    GIVES(traincost_catalog_instance(NULL, 0));
    GIVES(traincost_catalog_place(NULL, 0));
    REFUSES(traincost_catalog_find(NULL, NULL, &made_chip, NULL, error));
    REFUSES(traincost_catalog_find(NULL, "H100", NULL, NULL, error));
    GIVES(traincost_catalog_date(NULL));
    GIVES_NULL(traincost_catalog_last_rent(NULL, NULL, NULL));
    REFUSES(traincost_catalog_market_price(NULL, NULL, NULL, &made_price, error));
    REFUSES(traincost_catalog_market_price(NULL, chip, NULL, NULL, error));
    REFUSES(traincost_catalog_rental_price(NULL, NULL, NULL, NULL, &made_price, error));
    REFUSES(traincost_catalog_rental_price(NULL, chip, NULL, NULL, NULL, error));
    REFUSES(traincost_catalog_hardware_price(NULL, NULL, &made_price, error));
    REFUSES(traincost_catalog_hardware_price(NULL, chip, NULL, error));
    REFUSES(traincost_catalog_purchase_price(NULL, NULL, NULL, &made_price, error));
    REFUSES(traincost_catalog_purchase_price(NULL, chip, NULL, NULL, error));
    GIVES_NOTHING(traincost_price_free(NULL));
}

static void call_runs(void)
{
    TAKES_NONE(traincost_scenario_new);
    GIVES_NOTHING(traincost_scenario_free(NULL));
    REFUSES(traincost_scenario_read(NULL, "none", error));
    REFUSES(traincost_scenario_read(run, NULL, error));
    REFUSES(traincost_scenario_find(NULL, "none", error));
    REFUSES(traincost_scenario_find(run, NULL, error));
    REFUSES(traincost_scenario_take(NULL, "1", error));
    REFUSES(traincost_scenario_take(run, NULL, error));
    REFUSES(traincost_scenario_parse(NULL, "1", 1, error));
    REFUSES(traincost_scenario_parse(run, NULL, 1, error));
    REFUSES(traincost_scenario_add_stage(NULL, "H100", NULL, error));
    REFUSES(traincost_scenario_set(NULL, 0, "hours", "1", error));
    REFUSES(traincost_scenario_set(run, 0, NULL, "1", error));
    REFUSES(traincost_scenario_set(run, 0, "hours", NULL, error));
    TAKES_NONE(traincost_claim_key_at);
    REFUSES(traincost_scenario_claim(NULL, "hours", "1", error));
    REFUSES(traincost_scenario_claim(run, NULL, "1", error));
    REFUSES(traincost_scenario_claim(run, "hours", NULL, error));
    GIVES_NULL(traincost_scenario_claim_at(NULL, 0));
    TAKES_NONE(traincost_options_new);
    GIVES_NOTHING(traincost_options_free(NULL));
    TAKES_NONE(traincost_option_at);
    REFUSES(traincost_options_set(NULL, "hours", "1", error));
    REFUSES(traincost_options_set(options, NULL, "1", error));
    REFUSES(traincost_options_set(options, "hours", NULL, error));
    GIVES_NOTHING(traincost_options_progress(NULL, NULL, NULL));
    REFUSES(traincost_estimate(NULL, NULL, &made_result, error));
    REFUSES(traincost_estimate(run, NULL, NULL, error));
    GIVES_NOTHING(traincost_result_free(NULL));
    GIVES_NULL(traincost_result_name(NULL));
    GIVES_NULL(traincost_result_dollars(NULL));
    GIVES_NULL(traincost_result_date(NULL));
    GIVES_NULL(traincost_result_dollars(NULL));
    GIVES_NAN(traincost_result_samples(NULL));
    GIVES_NAN(traincost_result_seed(NULL));
    GIVES_NAN(traincost_result_level(NULL, 0));
    GIVES_NULL(traincost_result_at(NULL, 0));
    GIVES_NULL(traincost_result_find(NULL, "hours"));
    GIVES_NULL(traincost_result_find(result, NULL));
    GIVES_NULL(traincost_result_input_at(NULL, 0));
    GIVES_NULL(traincost_result_stage_at(NULL, 0));
    GIVES_NULL(traincost_result_sensitivity_at(NULL, "rental_usd", 0));
    GIVES_NULL(traincost_result_sensitivity_at(result, NULL, 0));
    GIVES_NULL(traincost_result_swing_at(NULL, "rental_usd", 0));
    GIVES_NULL(traincost_result_swing_at(result, NULL, 0));
    GIVES_NULL(traincost_result_stage_output_at(NULL, 0, 0));
    GIVES_NULL(traincost_result_stage_output(NULL, 0, "rental_usd"));
    GIVES_NULL(traincost_result_stage_output(result, 0, NULL));
    GIVES_NAN(traincost_result_probability(NULL, "rental_usd", 0.5));
    GIVES_NAN(traincost_result_probability(result, NULL, 0.5));
    GIVES_0(traincost_result_dependence(NULL, "rental_usd", "hours"));
    GIVES_0(traincost_result_dependence(result, NULL, "hours"));
    GIVES_0(traincost_result_dependence(result, "rental_usd", NULL));
    GIVES_NULL(traincost_result_note_at(NULL, 0));
}

static void call_checks(void)
{
    TAKES_NONE(traincost_verdict_name);
    REFUSES(traincost_check(NULL, NULL, &made_report, error));
    REFUSES(traincost_check(run, NULL, NULL, error));
    traincost_report *many[1] = {NULL};
    traincost_status statuses[1] = {TRAINCOST_OK};
    const traincost_scenario *const none[1] = {NULL};
    REFUSES(traincost_check_many(NULL, 1, NULL, many, statuses, error));
    REFUSES(traincost_check_many(none, 1, NULL, many, statuses, error));
    REFUSES(traincost_check_many(runs, 1, NULL, NULL, statuses, error));
    REFUSES(traincost_check_many(runs, 1, NULL, many, NULL, error));
    GIVES_NOTHING(traincost_report_free(NULL));
    GIVES_0(traincost_report_verdict(NULL));
    GIVES_NULL(traincost_report_date(NULL));
    GIVES_NAN(traincost_report_samples(NULL));
    GIVES_NAN(traincost_report_seed(NULL));
    GIVES_NULL(traincost_report_family(NULL));
    GIVES_NULL(traincost_report_fits_best(NULL));
    GIVES_NULL(traincost_report_result(NULL));
    GIVES_NULL(traincost_report_said(NULL, "hours"));
    GIVES_NULL(traincost_report_said(report, NULL));
    GIVES_NULL(traincost_report_claim_at(NULL, 0));
    GIVES_NULL(traincost_report_audit_at(NULL, 0));
    GIVES_NULL(traincost_report_limit_at(NULL, 0));
    GIVES_NULL(traincost_report_scope_at(NULL, 0));
    GIVES_NULL(traincost_report_slip_at(NULL, 0));
    GIVES_NULL(traincost_report_implied_at(NULL, 0));
    GIVES_NULL(traincost_report_left_out_at(NULL, 0));
    GIVES_NULL(traincost_report_unchecked_at(NULL, 0));
}

static void call_comparisons_and_sweeps(void)
{
    REFUSES(traincost_compare(NULL, 1, NULL, &made_comparison, error));
    REFUSES(traincost_compare(runs, 1, NULL, NULL, error));
    REFUSES(traincost_compare_by(NULL, 1, NULL, NULL, &made_comparison, error));
    REFUSES(traincost_compare_by(runs, 1, NULL, NULL, NULL, error));
    REFUSES(traincost_compare_types(NULL, "H100", NULL, NULL, &made_comparison, error));
    REFUSES(traincost_compare_types(run, NULL, NULL, NULL, &made_comparison, error));
    REFUSES(traincost_compare_types(run, "H100", NULL, NULL, NULL, error));
    GIVES_NOTHING(traincost_comparison_free(NULL));
    GIVES_NULL(traincost_comparison_result(NULL, 0));
    GIVES_NULL(traincost_comparison_chip(NULL, 0));
    GIVES_NULL(traincost_comparison_ratio(NULL, 0, "rental_usd"));
    GIVES_NULL(traincost_comparison_ratio(comparison, 0, NULL));
    GIVES_NULL(traincost_comparison_by(NULL));
    GIVES_NAN(traincost_comparison_least(NULL, 0));
    GIVES_0(traincost_comparison_ranked(NULL, 0));
    GIVES_NULL(traincost_comparison_left_out_at(NULL, 0, NULL));
    TAKES_NONE(traincost_sweep_new);
    GIVES_NOTHING(traincost_sweep_free(NULL));
    REFUSES(traincost_sweep_vary(NULL, "hours", "1..2", NULL, NULL, error));
    REFUSES(traincost_sweep_vary(sweep, NULL, "1..2", NULL, NULL, error));
    REFUSES(traincost_sweep_vary(sweep, "hours", NULL, NULL, NULL, error));
    REFUSES(traincost_sweep_run(NULL, run, NULL, error));
    REFUSES(traincost_sweep_run(sweep, NULL, NULL, error));
    GIVES_NULL(traincost_sweep_parameter(NULL, 0));
    GIVES_0(traincost_sweep_size(NULL, 0));
    GIVES_NULL(traincost_sweep_text(NULL, 0, 0));
    GIVES_NAN(traincost_sweep_value(NULL, 0, 0));
    GIVES_0(traincost_sweep_points(NULL));
    GIVES_0(traincost_sweep_index(NULL, 0, 0));
    GIVES_NULL(traincost_sweep_output(NULL, 0, "rental_usd"));
    GIVES_NULL(traincost_sweep_output(sweep, 0, NULL));
    GIVES_NAN(traincost_sweep_level(NULL, 0));
    GIVES_NAN(traincost_sweep_samples(NULL));
    GIVES_NAN(traincost_sweep_seed(NULL));
    GIVES_NULL(traincost_sweep_dollars(NULL, 0));
    GIVES_NULL(traincost_sweep_name(NULL));
    GIVES_NULL(traincost_sweep_date(NULL));
    GIVES_NULL(traincost_sweep_date(sweep));
    GIVES_NULL(traincost_scenario_claim_dollars(NULL));
}

static void call_goals(void)
{
    TAKES_NONE(traincost_output_key);
    TAKES_NONE(traincost_goal_key_at);
    TAKES_NONE(traincost_goal_new);
    GIVES_NOTHING(traincost_goal_free(NULL));
    REFUSES(traincost_goal_set(NULL, "hours", "1", error));
    REFUSES(traincost_goal_set(goal, NULL, "1", error));
    REFUSES(traincost_goal_set(goal, "hours", NULL, error));
    GIVES_NULL(traincost_goal_output(NULL));
    REFUSES(traincost_result_judge(NULL, goal, error));
    REFUSES(traincost_result_judge(result, NULL, error));
    GIVES_NULL(traincost_result_within(NULL));
    REFUSES(traincost_solve(NULL, "hours", NULL, NULL, &made_solution, error));
    REFUSES(traincost_solve(run, NULL, NULL, NULL, &made_solution, error));
    REFUSES(traincost_solve(run, "hours", NULL, NULL, NULL, error));
    GIVES_NOTHING(traincost_solution_free(NULL));
    GIVES_NULL(traincost_solution_what(NULL));
    GIVES_NAN(traincost_solution_answer(NULL));
    GIVES_NAN(traincost_solution_answer_se(NULL));
    GIVES_NULL(traincost_solution_text(NULL));
    GIVES_NULL(traincost_solution_output(NULL));
    GIVES_NAN(traincost_solution_goal(NULL));
    GIVES_NAN(traincost_solution_confidence(NULL));
    GIVES_NAN(traincost_solution_reached(NULL));
    GIVES_NULL(traincost_solution_result(NULL));
    GIVES_NULL(traincost_solution_break_even(NULL));
}

static void call_texts(void)
{
    REFUSES(traincost_result_json(NULL, 0, &text, error));
    REFUSES(traincost_result_json(result, 0, NULL, error));
    REFUSES(traincost_report_json(NULL, 0, &text, error));
    REFUSES(traincost_report_json(report, 0, NULL, error));
    REFUSES(traincost_reports_json(NULL, 1, 0, &text, error));
    REFUSES(traincost_reports_json(reports, 1, 0, NULL, error));
    REFUSES(traincost_comparison_json(NULL, NULL, 0, &text, error));
    REFUSES(traincost_comparison_json(comparison, NULL, 0, NULL, error));
    REFUSES(traincost_comparison_json(comparison, words, 0, &text, error));
    REFUSES(traincost_solution_json(NULL, 0, &text, error));
    REFUSES(traincost_solution_json(solution, 0, NULL, error));
    REFUSES(traincost_sweep_json(NULL, 0, &text, error));
    REFUSES(traincost_sweep_json(sweep, 0, NULL, error));
    REFUSES(traincost_chips_json(NULL, NULL, NULL, NULL, 0, NULL, error));
    REFUSES(traincost_chips_json_in(NULL, NULL, NULL, 0, NULL, error));
    REFUSES(traincost_error_json(error, 0, NULL));
    REFUSES(traincost_json(NULL, NULL, 1, &text));
    traincost_text_free(text);
    REFUSES(traincost_json(NULL, "{}", 2, NULL));
    GIVES_NOTHING(traincost_text_free(NULL));
    REFUSES(traincost_prices_import(NULL, NULL, "none", "2025", NULL, NULL, &text, &made_counts, error));
    REFUSES(traincost_prices_import(NULL, "csv", NULL, "2025", NULL, NULL, &text, &made_counts, error));
    REFUSES(traincost_prices_import(NULL, "csv", "none", NULL, NULL, NULL, &text, &made_counts, error));
    REFUSES(traincost_prices_import(NULL, "csv", "none", "2025", NULL, NULL, NULL, &made_counts, error));
    REFUSES(traincost_prices_import(NULL, "csv", "none", "2025", NULL, NULL, &text, NULL, error));
    REFUSES(traincost_prices_import_in(NULL, "csv", NULL, "2025", NULL, NULL, "EUR", &text, &made_counts, error));
    GIVES_NOTHING(traincost_import_free(NULL));
}

static void call_rows(void)
{
    TAKES_NONE(traincost_options_new_for_rows);
    REFUSES(traincost_batch_new(NULL, NULL, NULL, error));
    GIVES_NOTHING(traincost_batch_free(NULL));
    REFUSES(traincost_batch_state(NULL, "hours", "1", error));
    REFUSES(traincost_batch_state(batch, NULL, "1", error));
    REFUSES(traincost_batch_state(batch, "hours", NULL, error));
    REFUSES(traincost_batch_columns(NULL, "1", 1, &line, error));
    REFUSES(traincost_batch_columns(batch, NULL, 1, &line, error));
    REFUSES(traincost_batch_columns(batch, "1", 1, NULL, error));
    REFUSES(traincost_batch_answer(NULL, rows, 1, error));
    REFUSES(traincost_batch_answer(batch, NULL, 1, error));
    REFUSES(traincost_batch_answer(batch, rows, 1, error));
    REFUSES(traincost_batch_keep_total(NULL, error));
    REFUSES(traincost_batch_total(NULL, &line, &length, error));
    REFUSES(traincost_batch_total(batch, NULL, &length, error));
    REFUSES(traincost_batch_total(batch, &line, NULL, error));
}

/* A function that is new has no call here yet. */
static void check_all_covered(void)
{
    char name[NAME_LENGTH];
    FILE *file = fopen("lib/traincost.symbols", "r");
    ck_assert_msg(file != NULL, "run the tests where lib is");
    while (fgets(name, sizeof name, file)) {
        size_t i = 0;
        name[strcspn(name, "\n")] = '\0';
        while (i < covered_count && strcmp(covered[i], name) != 0)
            i++;
        ck_assert_msg(i < covered_count, "%s is not called with NULL", name);
    }
    fclose(file);
}

START_TEST(null_is_refused_everywhere)
{
    call_names_and_errors();
    call_quantities_and_catalogue();
    call_runs();
    call_checks();
    call_comparisons_and_sweeps();
    call_goals();
    call_texts();
    call_rows();
    ck_assert_str_eq(room, "");
    ck_assert(!made_chip && !made_quantity && !made_price && !made_result && !made_report);
    ck_assert(!made_comparison && !made_solution && !made_counts);
    check_all_covered();
}
END_TEST

START_TEST(null_keeps_the_reason)
{
    traincost_error_set(error, TRAINCOST_NO_MEMORY, "out of memory");
    ck_assert_int_eq(traincost_scenario_set(NULL, TRAINCOST_RUN, "hours", "1", error), TRAINCOST_INVALID);
    ck_assert_int_eq(traincost_estimate(NULL, NULL, &made_result, error), TRAINCOST_INVALID);
    ck_assert_str_eq(traincost_error_message(error),
                     "traincost_estimate: NULL was given where it may not be; the error before: out of memory");
    ck_assert_int_eq(traincost_estimate(NULL, NULL, &made_result, NULL), TRAINCOST_INVALID);
}
END_TEST

START_TEST(comparison_without_names_has_those_of_runs)
{
    ck_assert(!traincost_comparison_json(comparison, NULL, 1, &text, error));
    ck_assert_ptr_nonnull(strstr(text, "\"runs\""));
    traincost_text_free(text);
}
END_TEST

Suite *null_suite(void)
{
    Suite *suite = suite_create("null");
    TCase *tests = tcase_create("null");
    tcase_add_checked_fixture(tests, open_all, close_all);
    tcase_add_test(tests, null_is_refused_everywhere);
    tcase_add_test(tests, null_keeps_the_reason);
    tcase_add_test(tests, comparison_without_names_has_those_of_runs);
    suite_add_tcase(suite, tests);
    return suite;
}
