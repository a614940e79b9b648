/* Runs compared from the same samples, against closed forms and against single estimates. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <traincost.h>

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

static traincost_error *error;
static traincost_scenario *runs[2];
static traincost_comparison *comparison;

static void set_up_compare(void)
{
    error = traincost_error_new();
    runs[0] = traincost_scenario_new(NULL, error);
    runs[1] = traincost_scenario_new(NULL, error);
    comparison = NULL;
    ck_assert(error && runs[0] && runs[1]);
}

static void tear_down_compare(void)
{
    traincost_comparison_free(comparison);
    traincost_scenario_free(runs[0]);
    traincost_scenario_free(runs[1]);
    traincost_error_free(error);
}

static void set_of(int run, const char *key, const char *value)
{
    ck_assert_msg(!traincost_scenario_set(runs[run], TRAINCOST_RUN, key, value, error), "%s",
                  traincost_error_message(error));
}

static void compare_two(size_t count)
{
    ck_assert_msg(!traincost_compare((const traincost_scenario *const *)runs, count, NULL, &comparison, error),
                  "%s", traincost_error_message(error));
}

static const traincost_output *ratio_of(const char *key)
{
    const traincost_output *found = traincost_comparison_ratio(comparison, 1, key);
    ck_assert_msg(found != NULL, "no ratio of %s", key);
    return found;
}

START_TEST(there_is_no_ratio_to_nothing)
{
    for (int i = 0; i < 2; i++) {
        set_of(i, "type", "H100");
        set_of(i, "chip-hours", "1000..2000");
        set_of(i, "carbon-intensity", i ? "0.4" : "0");
    }
    compare_two(2);
    ck_assert(!traincost_comparison_ratio(comparison, 1, "co2_kg"));
    ratio_of("energy_kwh");
}
END_TEST

/* Independent lognormals: the ratio is one too, its log variance their sum. */
START_TEST(the_ratio_of_independent_prices_is_the_closed_form)
{
    for (int i = 0; i < 2; i++) {
        set_of(i, "type", i ? "H100" : "A100 80GB");
        set_of(i, "chip-hours", i ? "3000" : "1000");
        set_of(i, "price", i ? "lognormal(2, 1.5)" : "lognormal(1, 1.25)");
    }
    compare_two(2);
    const traincost_output *rent = ratio_of("rental_usd");
    double spread = hypot(log(1.5), log(1.25));
    ck_assert_double_eq_tol(rent->quantile[2], 6, 6 * 0.004);
    ck_assert_double_eq_tol(rent->quantile[0], 6 * exp(-spread), 6 * exp(-spread) * 0.006);
    ck_assert_double_eq_tol(rent->quantile[4], 6 * exp(spread), 6 * exp(spread) * 0.006);
}
END_TEST

/* What is stated alike of a shared parameter is one draw: it drops out. */
START_TEST(what_is_shared_does_not_blur)
{
    for (int i = 0; i < 2; i++) {
        set_of(i, "type", "H100");
        set_of(i, "chip-hours", i ? "3000" : "1000");
        set_of(i, "price", "1..4");
    }
    compare_two(2);
    static const char *const keys[] = {"rental_usd", "ownership_usd", "energy_kwh", "co2_kg",
                                       "development_usd"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        for (size_t i = 0; i < ratio_of(keys[k])->levels; i++)
            ck_assert_double_eq_tol(ratio_of(keys[k])->quantile[i], 3, 3e-9);
}
END_TEST

START_TEST(hours_are_each_run_s_own)
{
    for (int i = 0; i < 2; i++) {
        set_of(i, "cluster", "8xH100");
        set_of(i, "hours", "lognormal(10, 2)");
    }
    compare_two(2);
    double spread = log(2) * sqrt(2);
    ck_assert_double_eq_tol(ratio_of("chip_hours")->quantile[4], exp(spread), exp(spread) * 0.01);
}
END_TEST

/* The market of one chip at two dates is one draw on two scales. */
START_TEST(one_chip_s_market_is_dear_or_cheap_as_a_whole)
{
    ck_assert(!traincost_scenario_find(runs[0], "deepseek-r1", error));
    ck_assert(!traincost_scenario_find(runs[1], "deepseek-v3", error));
    compare_two(2);
    const traincost_output *rent = ratio_of("rental_usd");
    ck_assert(rent->quantile[4] / rent->quantile[0] < 1.1);
    ck_assert_double_eq_tol(rent->quantile[2], 2788000.0 / 147336, 0.7); /* V3 a month earlier, dearer by 3 % */
    /* with the base the first is what the second is, and its own rent */
    const traincost_output *with_base = ratio_of("with_base_usd");
    ck_assert_double_eq_tol(with_base->quantile[2], 2788000.0 / (2788000 + 147336), 0.005);
    ck_assert(traincost_comparison_ratio(comparison, 1, "base_usd") == NULL);
    ck_assert(traincost_comparison_ratio(comparison, 0, "rental_usd") == NULL);
}
END_TEST

START_TEST(the_news_s_two_runs)
{
    ck_assert(!traincost_scenario_find(runs[0], "deepseek-r1", error));
    ck_assert(!traincost_scenario_find(runs[1], "openai-gpt-4", error));
    compare_two(2);
    const traincost_output *rent = ratio_of("rental_usd"), *with_base = ratio_of("with_base_usd");
    ck_assert(rent->quantile[0] > 20 && rent->quantile[4] < 1000);
    ck_assert(with_base->quantile[0] > 1 && with_base->quantile[4] < 50);
    const traincost_result *gpt_4 = traincost_comparison_result(comparison, 1);
    ck_assert_double_eq(traincost_result_find(gpt_4, "with_base_usd")->quantile[2],
                        traincost_result_find(gpt_4, "rental_usd")->quantile[2]);
}
END_TEST

START_TEST(one_run_alone_is_its_estimate)
{
    traincost_result *alone = NULL;
    ck_assert(!traincost_scenario_find(runs[0], "deepseek-r1", error));
    compare_two(1);
    ck_assert(!traincost_estimate(runs[0], NULL, &alone, error));
    const traincost_result *together = traincost_comparison_result(comparison, 0);
    const traincost_output *output;
    size_t count = 0;
    for (; (output = traincost_result_at(alone, count)); count++) {
        const traincost_output *other = traincost_result_find(together, output->key);
        for (size_t i = 0; i < output->levels; i++)
            ck_assert(output->quantile[i] == other->quantile[i] &&
                      output->quantile_se[i] == other->quantile_se[i]);
    }
    ck_assert(count > 10 && !traincost_result_at(together, count));
    ck_assert(traincost_comparison_result(comparison, 1) == NULL);
    traincost_result_free(alone);
}
END_TEST

START_TEST(compared_figures_do_not_depend_on_what_else_is_asked)
{
    static const char *const keys[] = {"own_usd", "co2_kg"};
    double all[2][2], few[2][2];
    traincost_options *options = traincost_options_new();
    for (int i = 0; i < 2; i++) {
        set_of(i, "cluster", i ? "16xA100" : "8xH100");
        set_of(i, "hours", "10..20");
    }
    for (int asked = 0; asked < 2; asked++) {
        if (asked)
            ck_assert(!traincost_options_set(options, "outputs", "own_usd,co2_kg", error));
        ck_assert(!traincost_compare((const traincost_scenario *const *)runs, 2, options, &comparison, error));
        for (int k = 0; k < 2; k++) {
            const traincost_result *result = traincost_comparison_result(comparison, 1);
            double *to = asked ? few[k] : all[k];
            to[0] = traincost_result_find(result, keys[k])->quantile[1];
            to[1] = ratio_of(keys[k])->quantile[1];
        }
        traincost_comparison_free(comparison);
        comparison = NULL;
    }
    traincost_options_free(options);
    ck_assert(!memcmp(all, few, sizeof all));
}
END_TEST

START_TEST(what_cannot_be_compared_is_refused)
{
    traincost_catalog *other = NULL;
    const traincost_scenario *too_many[2001];
    for (size_t i = 0; i < sizeof too_many / sizeof *too_many; i++)
        too_many[i] = runs[0];
    ck_assert_int_eq(traincost_compare(NULL, 0, NULL, &comparison, error), TRAINCOST_MISSING);
    ck_assert_int_eq(traincost_compare(too_many, 2001, NULL, &comparison, error), TRAINCOST_LIMIT);
    ck_assert(!traincost_scenario_find(runs[0], "deepseek-r1", error));
    set_of(1, "type", "H100");
    ck_assert_int_eq(traincost_compare((const traincost_scenario *const *)runs, 2, NULL, &comparison, error),
                     TRAINCOST_MISSING);
    ck_assert(comparison == NULL);
    ck_assert(!traincost_catalog_new(&other, error));
    traincost_scenario *mixed[] = {runs[0], traincost_scenario_new(other, error)};
    ck_assert(!traincost_scenario_find(mixed[1], "deepseek-v3", error));
    ck_assert_int_eq(traincost_compare((const traincost_scenario *const *)mixed, 2, NULL, &comparison, error),
                     TRAINCOST_CONFLICT);
    traincost_scenario_free(mixed[1]);
    traincost_catalog_free(other);
}
END_TEST

static void compare_by(const char *by)
{
    ck_assert_msg(
        !traincost_compare_by((const traincost_scenario *const *)runs, 2, by, NULL, &comparison, error), "%s",
        traincost_error_message(error));
}

/* Independent lognormals: the chance that one is the less is normal in the difference of their logarithms. */
START_TEST(the_probability_of_the_least_is_the_closed_form)
{
    for (int i = 0; i < 2; i++) {
        set_of(i, "type", i ? "H100" : "A100 80GB");
        set_of(i, "chip-hours", "1000");
        set_of(i, "price", i ? "lognormal(2, 1.5)" : "lognormal(2.5, 1.25)");
    }
    compare_by("rental_usd");
    double z = log(2.5 / 2) / (hypot(log(1.5), log(1.25)) / 1.6448536269514722);
    double second = 0.5 * erfc(-z / sqrt(2));
    ck_assert_double_eq_tol(traincost_comparison_least(comparison, 1), second, 0.002);
    ck_assert_double_eq_tol(traincost_comparison_least(comparison, 0), 1 - second, 0.002);
    ck_assert_str_eq(traincost_comparison_by(comparison), "rental_usd");
    ck_assert_uint_eq(traincost_comparison_ranked(comparison, 0), 1);
    ck_assert_uint_eq(traincost_comparison_ranked(comparison, 1), 0);
    ck_assert_uint_eq(traincost_comparison_ranked(comparison, 2), 2);
    ck_assert(isnan(traincost_comparison_least(comparison, 2)));
}
END_TEST

START_TEST(equal_runs_share_the_least)
{
    for (int i = 0; i < 2; i++) {
        set_of(i, "cluster", "8xH100");
        set_of(i, "hours", "10");
    }
    compare_by("energy_kwh");
    ck_assert(traincost_comparison_least(comparison, 0) == 0.5 && traincost_comparison_least(comparison, 1) == 0.5);
}
END_TEST

START_TEST(without_a_rank_the_runs_stand_as_given)
{
    for (int i = 0; i < 2; i++)
        set_of(i, "cluster", i ? "1xH100" : "8xH100"), set_of(i, "hours", "10");
    compare_two(2);
    ck_assert(traincost_comparison_by(comparison) == NULL && isnan(traincost_comparison_least(comparison, 0)));
    ck_assert_uint_eq(traincost_comparison_ranked(comparison, 0), 0);
    ck_assert(traincost_comparison_left_out_at(comparison, 0, NULL) == NULL);
}
END_TEST

static void state_work(void)
{
    set_of(0, "params", "70B");
    set_of(0, "tokens", "10T..20T");
    set_of(0, "chips", "1024");
}

static void rank_types(const char *types, const char *by)
{
    ck_assert_msg(!traincost_compare_types(runs[0], types, by, NULL, &comparison, error), "%s",
                  traincost_error_message(error));
}

START_TEST(one_type_is_the_estimate)
{
    traincost_result *alone = NULL;
    state_work();
    rank_types("H100", NULL);
    set_of(0, "type", "H100");
    ck_assert(!traincost_estimate(runs[0], NULL, &alone, error));
    const traincost_result *one = traincost_comparison_result(comparison, 0);
    const traincost_output *output;
    for (size_t k = 0; (output = traincost_result_at(alone, k)); k++)
        for (size_t i = 0; i < output->levels; i++)
            ck_assert(output->quantile[i] == traincost_result_find(one, output->key)->quantile[i]);
    ck_assert(traincost_comparison_least(comparison, 0) == 1);
    ck_assert_str_eq(traincost_result_name(one), traincost_result_stage_at(one, 0)->chip->name);
    traincost_result_free(alone);
}
END_TEST

static void probabilities_sum_to_one(void)
{
    double sum = 0, before = 0;
    size_t count = 0;
    for (const traincost_result *result; (result = traincost_comparison_result(comparison, count)); count++)
        sum += traincost_comparison_least(comparison, count);
    ck_assert_double_eq_tol(sum, 1, 1e-12);
    for (size_t place = 0; place < count; place++) {
        const traincost_result *result =
            traincost_comparison_result(comparison, traincost_comparison_ranked(comparison, place));
        double median = traincost_result_find(result, traincost_comparison_by(comparison))->quantile[2];
        ck_assert(median >= before * (1 - 1e-9));
        before = median;
    }
}

START_TEST(the_probabilities_sum_to_one)
{
    state_work();
    rank_types("H100, H200,B200,MI300X,tpu-v5p", NULL);
    probabilities_sum_to_one();
    traincost_comparison_free(comparison);
    rank_types("H100,MI300X,tpu-v5p", "energy_kwh");
    probabilities_sum_to_one();
    ck_assert(traincost_comparison_left_out_at(comparison, 0, NULL) == NULL);
}
END_TEST

/* The compute stated is one draw, so two chips of one peak and MFU differ by neither. */
START_TEST(the_work_is_one_draw)
{
    state_work();
    set_of(0, "mfu", "30%..50%");
    set_of(0, "price", "2");
    rank_types("H100,H800", NULL);
    ck_assert(traincost_comparison_least(comparison, 0) == 0.5); /* equal in every sample */
}
END_TEST

START_TEST(all_chips_are_ranked_or_left_out_with_a_reason)
{
    const char *id, *why = NULL;
    size_t ranked = 0, left_out = 0, chips = 0;
    traincost_options *options = traincost_options_new();
    state_work();
    set_of(0, "precision", "fp8");
    set_of(0, "date", "2024-06");
    ck_assert(!traincost_options_set(options, "outputs", "rental_usd", error));
    ck_assert(!traincost_options_set(options, "samples", "4096", error));
    ck_assert(!traincost_compare_types(runs[0], "all", NULL, options, &comparison, error));
    traincost_options_free(options);
    probabilities_sum_to_one();
    while (traincost_comparison_result(comparison, ranked))
        ranked++;
    while ((id = traincost_comparison_left_out_at(comparison, left_out, &why))) {
        ck_assert(why && *why);
        ck_assert_str_ne(id, "h100-sxm");
        left_out++;
    }
    traincost_catalog *catalog = NULL;
    ck_assert(!traincost_catalog_new(&catalog, error));
    while (traincost_catalog_chip(catalog, chips))
        chips++;
    traincost_catalog_free(catalog);
    ck_assert(ranked > 3 && left_out > 3);
    ck_assert_uint_eq(ranked + left_out, chips);
}
END_TEST

static void refuse_types(const char *types, const char *by, traincost_status expected, const char *part)
{
    ck_assert_int_eq(traincost_compare_types(runs[0], types, by, NULL, &comparison, error), expected);
    ck_assert_msg(strstr(traincost_error_message(error), part) != NULL, "%s", traincost_error_message(error));
    ck_assert(comparison == NULL);
}

START_TEST(a_named_chip_whose_server_is_unknown_is_left_out)
{
    const char *why = NULL;
    state_work();
    set_of(0, "price", "20/server");
    rank_types("H100,T4,H200", NULL);
    ck_assert(traincost_comparison_result(comparison, 1) && !traincost_comparison_result(comparison, 2));
    ck_assert_str_eq(traincost_comparison_left_out_at(comparison, 0, &why), "t4");
    ck_assert(strstr(why, "how many chips a server of NVIDIA Tesla T4 16GB has is not known"));
    ck_assert(traincost_comparison_left_out_at(comparison, 1, NULL) == NULL);
    traincost_comparison_free(comparison);
    refuse_types("T4", NULL, TRAINCOST_MISSING, "no chip can do that");
    refuse_types("T4,H100,T4", NULL, TRAINCOST_CONFLICT, "already");
}
END_TEST

START_TEST(a_deadline_gives_the_chips)
{
    set_of(0, "flop", "1e24");
    set_of(0, "hours", "30d");
    rank_types("H100,MI300X", NULL);
    for (size_t k = 0; k < 2; k++) {
        const traincost_stage *stage = traincost_result_stage_at(traincost_comparison_result(comparison, k), 0);
        ck_assert_double_eq(stage->hours, 720);
        ck_assert_double_eq_tol(stage->chips, stage->chip_hours / 720, 1e-6 * stage->chips);
    }
}
END_TEST

START_TEST(types_that_cannot_be_ranked_are_refused)
{
    set_of(0, "cluster", "8xH100");
    refuse_types("H100", NULL, TRAINCOST_MISSING, "params with tokens");
    state_work();
    refuse_types("H100,H880", NULL, TRAINCOST_UNKNOWN, "did you mean H800");
    refuse_types("H100,,H200", NULL, TRAINCOST_SYNTAX, "write names of chips");
    refuse_types("", NULL, TRAINCOST_SYNTAX, "write names of chips");
    refuse_types("H100,NVIDIA H100 SXM5", NULL, TRAINCOST_CONFLICT, "already");
    refuse_types("H100", "rentals", TRAINCOST_UNKNOWN, "output");
    refuse_types("H100", "with_base_usd", TRAINCOST_MISSING, "no run");
    set_of(0, "precision", "fp8");
    refuse_types("A100", NULL, TRAINCOST_RANGE, "it has one for");
    set_of(0, "hours", "100");
    refuse_types("H100", NULL, TRAINCOST_CONFLICT, "leave out");
    size_t stage;
    ck_assert(!traincost_scenario_add_stage(runs[0], NULL, &stage, error));
    ck_assert(!traincost_scenario_set(runs[0], stage, "type", "H100", error));
    refuse_types("H100", NULL, TRAINCOST_CONFLICT, "leave out");
}
END_TEST

/* A stage that states work goes to each chip; one that states hours stays on its own. */
START_TEST(a_plan_is_compared_on_each_chip)
{
    size_t work, time;
    ck_assert(!traincost_scenario_add_stage(runs[0], "filter", &time, error));
    ck_assert(!traincost_scenario_set(runs[0], time, "cluster", "64xA100", error));
    ck_assert(!traincost_scenario_set(runs[0], time, "hours", "100", error));
    ck_assert(!traincost_scenario_add_stage(runs[0], "train", &work, error));
    ck_assert(!traincost_scenario_set(runs[0], work, "type", "H800", error));
    ck_assert(!traincost_scenario_set(runs[0], work, "chips", "1024", error));
    ck_assert(!traincost_scenario_set(runs[0], work, "flop", "1e24", error));
    rank_types("H100,MI300X", NULL);
    for (size_t k = 0; k < 2; k++) {
        const traincost_result *of = traincost_comparison_result(comparison, k);
        const traincost_chip *chip = traincost_comparison_chip(comparison, k);
        ck_assert_str_eq(traincost_result_stage_at(of, 0)->chip->family, "ampere");
        ck_assert_double_eq(traincost_result_stage_at(of, 0)->hours, 100);
        ck_assert_ptr_eq(traincost_result_stage_at(of, 1)->chip, chip);
        bool named = false;
        for (size_t i = 0; traincost_result_note_at(of, i); i++)
            named |= !strncmp(traincost_result_note_at(of, i), "filter: left as stated", 22);
        ck_assert(named);
    }
    ck_assert(!traincost_comparison_chip(comparison, 2));
    traincost_comparison_free(comparison);
    comparison = NULL;
    ck_assert(!traincost_scenario_set(runs[0], work, "hours", "50", error));
    refuse_types("H100", NULL, TRAINCOST_CONFLICT, "leave out");
}
END_TEST

Suite *compare_suite(void)
{
    Suite *suite = suite_create("compare");
    TCase *tests = tcase_create("compare");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, set_up_compare, tear_down_compare);
    tcase_add_test(tests, the_ratio_of_independent_prices_is_the_closed_form);
    tcase_add_test(tests, there_is_no_ratio_to_nothing);
    tcase_add_test(tests, what_is_shared_does_not_blur);
    tcase_add_test(tests, hours_are_each_run_s_own);
    tcase_add_test(tests, one_chip_s_market_is_dear_or_cheap_as_a_whole);
    tcase_add_test(tests, the_news_s_two_runs);
    tcase_add_test(tests, one_run_alone_is_its_estimate);
    tcase_add_test(tests, compared_figures_do_not_depend_on_what_else_is_asked);
    tcase_add_test(tests, what_cannot_be_compared_is_refused);
    tcase_add_test(tests, the_probability_of_the_least_is_the_closed_form);
    tcase_add_test(tests, equal_runs_share_the_least);
    tcase_add_test(tests, without_a_rank_the_runs_stand_as_given);
    tcase_add_test(tests, one_type_is_the_estimate);
    tcase_add_test(tests, the_probabilities_sum_to_one);
    tcase_add_test(tests, the_work_is_one_draw);
    tcase_add_test(tests, all_chips_are_ranked_or_left_out_with_a_reason);
    tcase_add_test(tests, a_named_chip_whose_server_is_unknown_is_left_out);
    tcase_add_test(tests, a_deadline_gives_the_chips);
    tcase_add_test(tests, types_that_cannot_be_ranked_are_refused);
    tcase_add_test(tests, a_plan_is_compared_on_each_chip);
    suite_add_tcase(suite, tests);
    return suite;
}
