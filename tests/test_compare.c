/* Runs compared from the same samples, against closed forms and against single estimates. */
#include <traincost.h>

#include <check.h>
#include <math.h>
#include <string.h>

static traincost_error *error;
static traincost_scenario *runs[2];
static traincost_comparison *comparison;

static void set_up(void)
{
    error = traincost_error_new();
    runs[0] = traincost_scenario_new(NULL, error);
    runs[1] = traincost_scenario_new(NULL, error);
    comparison = NULL;
    ck_assert(error && runs[0] && runs[1]);
}

static void tear_down(void)
{
    traincost_comparison_free(comparison);
    traincost_scenario_free(runs[0]);
    traincost_scenario_free(runs[1]);
    traincost_error_free(error);
}

static void set(int run, const char *key, const char *value)
{
    ck_assert_msg(!traincost_scenario_set(runs[run], TRAINCOST_RUN, key, value, error), "%s",
                  traincost_error_message(error));
}

static void compare(size_t count)
{
    ck_assert_msg(!traincost_compare((const traincost_scenario *const *)runs, count, NULL, &comparison, error),
                  "%s", traincost_error_message(error));
}

static const traincost_output *ratio(const char *key)
{
    const traincost_output *found = traincost_comparison_ratio(comparison, 1, key);
    ck_assert_msg(found != NULL, "no ratio of %s", key);
    return found;
}

/* Independent lognormals: the ratio is one too, its log variance their sum. */
START_TEST(the_ratio_of_independent_prices_is_the_closed_form)
{
    for (int i = 0; i < 2; i++) {
        set(i, "type", i ? "H100" : "A100 80GB");
        set(i, "chip-hours", i ? "3000" : "1000");
        set(i, "price", i ? "lognormal(2, 1.5)" : "lognormal(1, 1.25)");
    }
    compare(2);
    const traincost_output *rent = ratio("rental_usd");
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
        set(i, "type", "H100");
        set(i, "chip-hours", i ? "3000" : "1000");
        set(i, "price", "1..4");
    }
    compare(2);
    static const char *const keys[] = {"rental_usd", "ownership_usd", "energy_kwh", "co2_kg",
                                       "development_usd"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        for (size_t i = 0; i < ratio(keys[k])->levels; i++)
            ck_assert_double_eq_tol(ratio(keys[k])->quantile[i], 3, 3e-9);
}
END_TEST

START_TEST(hours_are_each_run_s_own)
{
    for (int i = 0; i < 2; i++) {
        set(i, "cluster", "8xH100");
        set(i, "hours", "lognormal(10, 2)");
    }
    compare(2);
    double spread = log(2) * sqrt(2);
    ck_assert_double_eq_tol(ratio("chip_hours")->quantile[4], exp(spread), exp(spread) * 0.01);
}
END_TEST

/* The market of one chip at two dates is one draw on two scales. */
START_TEST(one_chip_s_market_is_dear_or_cheap_as_a_whole)
{
    ck_assert(!traincost_scenario_find(runs[0], "deepseek-r1", error));
    ck_assert(!traincost_scenario_find(runs[1], "deepseek-v3", error));
    compare(2);
    const traincost_output *rent = ratio("rental_usd");
    ck_assert(rent->quantile[4] / rent->quantile[0] < 1.1);
    ck_assert_double_eq_tol(rent->quantile[2], 2788000.0 / 147336, 0.5);
    /* with the base the first is what the second is, and its own rent */
    const traincost_output *with_base = ratio("with_base_usd");
    ck_assert_double_eq_tol(with_base->quantile[2], 2788000.0 / (2788000 + 147336), 0.005);
    ck_assert(traincost_comparison_ratio(comparison, 1, "base_usd") == NULL);
    ck_assert(traincost_comparison_ratio(comparison, 0, "rental_usd") == NULL);
}
END_TEST

START_TEST(the_news_s_two_runs)
{
    ck_assert(!traincost_scenario_find(runs[0], "deepseek-r1", error));
    ck_assert(!traincost_scenario_find(runs[1], "openai-gpt-4", error));
    compare(2);
    const traincost_output *rent = ratio("rental_usd"), *with_base = ratio("with_base_usd");
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
    compare(1);
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

START_TEST(what_cannot_be_compared_is_refused)
{
    traincost_catalog *other = NULL;
    ck_assert_int_eq(traincost_compare(NULL, 0, NULL, &comparison, error), TRAINCOST_MISSING);
    ck_assert(!traincost_scenario_find(runs[0], "deepseek-r1", error));
    set(1, "type", "H100");
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

Suite *compare_suite(void)
{
    Suite *suite = suite_create("compare");
    TCase *tests = tcase_create("compare");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, set_up, tear_down);
    tcase_add_test(tests, the_ratio_of_independent_prices_is_the_closed_form);
    tcase_add_test(tests, what_is_shared_does_not_blur);
    tcase_add_test(tests, hours_are_each_run_s_own);
    tcase_add_test(tests, one_chip_s_market_is_dear_or_cheap_as_a_whole);
    tcase_add_test(tests, the_news_s_two_runs);
    tcase_add_test(tests, one_run_alone_is_its_estimate);
    tcase_add_test(tests, what_cannot_be_compared_is_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
