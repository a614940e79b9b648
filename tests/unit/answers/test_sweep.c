/* Sweeps: which values a range has, that a point is its estimate, and what is refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/fixture.h"

#include <traincost.h>

#include <check.h>
#include <math.h>
#include <string.h>

static traincost_sweep *sweep;

static void set_up_sweep(void)
{
    open_run();
    sweep = traincost_sweep_new();
    ck_assert(sweep);
    set_option("samples", "2048");
}

static void tear_down_sweep(void)
{
    traincost_sweep_free(sweep);
    close_run();
}

static void vary_key(const char *key, const char *values, const char *steps, const char *spacing)
{
    ck_assert_msg(!traincost_sweep_vary(sweep, key, values, steps, spacing, error), "%s",
                  traincost_error_message(error));
}

static void run_sweep(void)
{
    ck_assert_msg(!traincost_sweep_run(sweep, run, options, error), "%s", traincost_error_message(error));
}

static void expect(size_t axis, const double *values, size_t count)
{
    ck_assert_uint_eq(traincost_sweep_size(sweep, axis), count);
    for (size_t i = 0; i < count; i++)
        ck_assert_msg(traincost_sweep_value(sweep, axis, i) == values[i], "value %zu is %s", i,
                      traincost_sweep_text(sweep, axis, i));
}

START_TEST(a_wide_range_is_logarithmic)
{
    static const double chips[] = {256, 362, 512, 724, 1024, 1448, 2048, 2896, 4096};
    static const double tokens[] = {1e12, 4.47e12, 20e12};
    vary_key("chips", "256..4096", NULL, NULL);
    vary_key("tokens", "1T..20T", "3", NULL);
    expect(0, chips, 9);
    expect(1, tokens, 3);
    ck_assert_uint_eq(traincost_sweep_points(sweep), 27);
    ck_assert_uint_eq(traincost_sweep_index(sweep, 5, 0), 1);
    ck_assert_uint_eq(traincost_sweep_index(sweep, 5, 1), 2);
}
END_TEST

START_TEST(a_narrow_range_is_linear)
{
    static const double price[] = {1, 1.5, 2, 2.5, 3}, fine[] = {1000.1, 1000.15, 1000.2};
    vary_key("price", "1..3", "5", NULL);
    vary_key("hours", "1000.1..1000.2", "3", NULL);
    expect(0, price, 5);
    expect(1, fine, 3); /* as many digits as part them */
}
END_TEST

START_TEST(the_spacing_may_be_stated)
{
    static const double linear[] = {10, 55, 100}, logarithmic[] = {1, 1.41, 2};
    vary_key("hours", "10..100", "3", "linear");
    vary_key("price", "1..2", "3", "log");
    expect(0, linear, 3);
    expect(1, logarithmic, 3);
}
END_TEST

START_TEST(chips_are_whole_and_differ)
{
    static const double chips[] = {1, 2, 3, 4};
    vary_key("chips", "1..4", "9", "linear");
    expect(0, chips, 4);
}
END_TEST

START_TEST(a_list_stands_as_it_is)
{
    vary_key("type", "H100, MI300X", NULL, NULL);
    vary_key("price", "2,1..3,lognormal(2, 1.5)", NULL, NULL);
    ck_assert_uint_eq(traincost_sweep_points(sweep), 6);
    ck_assert_str_eq(traincost_sweep_text(sweep, 0, 1), "MI300X");
    ck_assert_str_eq(traincost_sweep_text(sweep, 1, 2), "lognormal(2, 1.5)");
    ck_assert(traincost_sweep_value(sweep, 1, 0) == 2 && isnan(traincost_sweep_value(sweep, 1, 1)));
    ck_assert(isnan(traincost_sweep_value(sweep, 0, 0)));
    ck_assert(traincost_sweep_text(sweep, 0, 2) == NULL && traincost_sweep_parameter(sweep, 2) == NULL);
}
END_TEST

START_TEST(a_point_is_its_estimate)
{
    traincost_result *alone = NULL;
    const traincost_output *output;
    set("cluster", "512xH800");
    set("hours", "1");
    vary_key("hours", "100..300", "3", NULL);
    vary_key("chips", "64,512", NULL, NULL);
    run_sweep();
    set("hours", "200");
    ck_assert(!traincost_estimate(run, options, &alone, error));
    for (size_t k = 0; (output = traincost_result_at(alone, k)); k++)
        for (size_t i = 0; i < output->levels; i++) {
            const traincost_output *there = traincost_sweep_output(sweep, 3, output->key);
            ck_assert(output->quantile[i] == there->quantile[i]);
            ck_assert(output->quantile_se[i] == there->quantile_se[i]);
        }
    traincost_result_free(alone);
    ck_assert(traincost_sweep_output(sweep, 6, "rental_usd") == NULL);
    ck_assert(traincost_sweep_output(sweep, 0, "flop") == NULL);
    ck_assert(traincost_sweep_level(sweep, 0) == 0.05 && isnan(traincost_sweep_level(sweep, 5)));
    ck_assert(traincost_sweep_samples(sweep) == 2048 && traincost_sweep_seed(sweep) == 1);
}
END_TEST

START_TEST(all_points_have_one_date_but_where_it_varies)
{
    set("cluster", "512xH800");
    set("date", "2025-02");
    set("name", "Tuning");
    vary_key("hours", "100,200", NULL, NULL);
    ck_assert(traincost_sweep_date(sweep) == NULL);
    ck_assert_str_eq(traincost_sweep_name(sweep), "");
    run_sweep();
    ck_assert_str_eq(traincost_sweep_date(sweep), "2025-02-01");
    ck_assert_str_eq(traincost_sweep_name(sweep), "Tuning");
    vary_key("date", "2024-02,2025-02", NULL, NULL);
    run_sweep();
    ck_assert(traincost_sweep_date(sweep) == NULL);
}
END_TEST

/* The same seed at every point: twice the hours are twice the rent, to the last digits. */
START_TEST(the_curve_is_smooth)
{
    set("cluster", "512xH800");
    vary_key("hours", "100,200,400", NULL, NULL);
    run_sweep();
    double first = traincost_sweep_output(sweep, 0, "rental_usd")->quantile[2];
    ck_assert_double_eq_tol(traincost_sweep_output(sweep, 1, "rental_usd")->quantile[2] / first, 2, 1e-4);
    ck_assert_double_eq_tol(traincost_sweep_output(sweep, 2, "rental_usd")->quantile[2] / first, 4, 1e-4);
}
END_TEST

static void refuse_values(const char *key, const char *values, const char *steps, const char *spacing,
                          traincost_status expected)
{
    ck_assert_int_eq(traincost_sweep_vary(sweep, key, values, steps, spacing, error), expected);
    ck_assert(traincost_error_message(error)[0]);
}

START_TEST(values_that_are_not_right_are_refused)
{
    refuse_values("chip", "1..2", NULL, NULL, TRAINCOST_UNKNOWN);
    refuse_values("chips", "4096..256", NULL, NULL, TRAINCOST_RANGE);
    refuse_values("chips", "256..256", NULL, NULL, TRAINCOST_RANGE);
    refuse_values("chips", "0..256", NULL, NULL, TRAINCOST_RANGE);
    refuse_values("chips", "", NULL, NULL, TRAINCOST_SYNTAX);
    refuse_values("chips", "1,,2", NULL, NULL, TRAINCOST_SYNTAX);
    refuse_values("chips", "1,2,", NULL, NULL, TRAINCOST_SYNTAX);
    refuse_values("chips", "1,many", NULL, NULL, TRAINCOST_SYNTAX);
    refuse_values("hours", "1kWh..2kWh", NULL, NULL, TRAINCOST_UNIT);
    refuse_values("chips", "1..1000", "1", NULL, TRAINCOST_RANGE);
    refuse_values("chips", "1..1000", "2.5", NULL, TRAINCOST_SYNTAX);
    refuse_values("chips", "1..1000", "1e9", NULL, TRAINCOST_LIMIT);
    ck_assert(strstr(traincost_error_message(error), "1,000,000,000 points") != NULL);
    refuse_values("chips", "1..1000", "9", "cubic", TRAINCOST_UNKNOWN);
    refuse_values("electricity-price", "0..1", "9", "log", TRAINCOST_RANGE);
    refuse_values("term", "spot,never", NULL, NULL, TRAINCOST_UNKNOWN);
    refuse_values("date", "2024,2025-13", NULL, NULL, TRAINCOST_SYNTAX);
    vary_key("chips", "1..1000", "101", "linear");
    refuse_values("chips", "1..2", NULL, NULL, TRAINCOST_CONFLICT);
    refuse_values("hours", "1..1000", "101", NULL, TRAINCOST_LIMIT);
    vary_key("hours", "1..1000", "90", NULL);
    refuse_values("price", "1..2", NULL, NULL, TRAINCOST_LIMIT);
}
END_TEST

START_TEST(a_sweep_of_nothing_is_refused)
{
    ck_assert_int_eq(traincost_sweep_run(sweep, run, options, error), TRAINCOST_MISSING);
    set("cluster", "8xH100");
    vary_key("mfu", "30%..50%", NULL, NULL);
    ck_assert_int_eq(traincost_sweep_run(sweep, run, options, error), TRAINCOST_MISSING); /* no hours */
    ck_assert(strstr(traincost_error_message(error), "at mfu 0.3") != NULL);
    set("hours", "10");
    ck_assert_int_eq(traincost_sweep_run(sweep, run, options, error), TRAINCOST_CONFLICT);
    ck_assert(traincost_sweep_output(sweep, 0, "rental_usd") == NULL);
    ck_assert(isnan(traincost_sweep_samples(sweep)));
}
END_TEST

START_TEST(what_a_stage_states_is_not_passed_by)
{
    ck_assert(!traincost_scenario_find(run, "deepseek-r1", error));
    vary_key("chips", "256..4096", NULL, NULL);
    ck_assert_int_eq(traincost_sweep_run(sweep, run, options, error), TRAINCOST_CONFLICT);
    ck_assert(strstr(traincost_error_message(error), "its own") != NULL);
}
END_TEST

START_TEST(what_no_stage_states_varies_for_all)
{
    ck_assert(!traincost_scenario_find(run, "deepseek-r1", error));
    vary_key("price", "2,4", NULL, NULL);
    run_sweep();
    const traincost_output *low = traincost_sweep_output(sweep, 0, "rental_usd");
    const traincost_output *high = traincost_sweep_output(sweep, 1, "rental_usd");
    ck_assert(low && high && low->quantile[0] > 0 && fabs(high->mean / low->mean - 2) < 1e-9);
}
END_TEST

START_TEST(an_unknown_type_in_a_list_is_named)
{
    set("chips", "8");
    set("hours", "10");
    vary_key("type", "H100,H880", NULL, NULL);
    ck_assert_int_eq(traincost_sweep_run(sweep, run, options, error), TRAINCOST_UNKNOWN);
    ck_assert(strstr(traincost_error_message(error), "H800") != NULL);
}
END_TEST

Suite *sweep_suite(void)
{
    Suite *suite = suite_create("sweep");
    TCase *tests = tcase_create("sweep");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, set_up_sweep, tear_down_sweep);
    tcase_add_test(tests, a_wide_range_is_logarithmic);
    tcase_add_test(tests, a_narrow_range_is_linear);
    tcase_add_test(tests, the_spacing_may_be_stated);
    tcase_add_test(tests, chips_are_whole_and_differ);
    tcase_add_test(tests, a_list_stands_as_it_is);
    tcase_add_test(tests, a_point_is_its_estimate);
    tcase_add_test(tests, all_points_have_one_date_but_where_it_varies);
    tcase_add_test(tests, the_curve_is_smooth);
    tcase_add_test(tests, values_that_are_not_right_are_refused);
    tcase_add_test(tests, a_sweep_of_nothing_is_refused);
    tcase_add_test(tests, what_a_stage_states_is_not_passed_by);
    tcase_add_test(tests, what_no_stage_states_varies_for_all);
    tcase_add_test(tests, an_unknown_type_in_a_list_is_named);
    suite_add_tcase(suite, tests);
    return suite;
}
