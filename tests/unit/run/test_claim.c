/* Claims as people write them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/fixture.h"
#include "run/claim.h"
#include "run/scenario.h"

#include <check.h>
#include <math.h>
#include <string.h>

static const struct {
    const char *key, *text, *kind;
    double value, low, high;
} figures[] = {
    {"usd", "294k", "about", 294e3, 293.5e3, 294.5e3},
    {"usd", "$294k", "about", 294e3, 293.5e3, 294.5e3},
    {"usd", "5.576M", "about", 5.576e6, 5.5755e6, 5.5765e6},
    {"usd", "$534,700", "exact", 534700, 534650, 534750},
    {"usd", "672", "exact", 672, 671.5, 672.5},
    {"usd", "294_000", "exact", 294e3, 293.5e3, 294.5e3},
    {"usd", "1000", "exact", 1000, 950, 1050}, /* one digit that tells: no more than 5 % */
    {"usd", "~5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", ">100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", ">= 100M", "at_least", 100e6, 100e6, 100e6},
    {"usd",
     "\xE2\x89\xA5"
     "100M",
     "at_least", 100e6, 100e6, 100e6},
    {"usd", "<2M", "at_most", 2e6, 2e6, 2e6},
    {"usd", "<=2M", "at_most", 2e6, 2e6, 2e6},
    {"usd", "2M..8M", "about", 4e6, 2e6, 8e6},
    {"usd", "more than $100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", "far more than $100 million", "at_least", 100e6, 100e6, 100e6},
    {"usd", "Over 100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", "over$100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", "well over 100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", "above 100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", "at least 100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", "no less than 100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", "upwards of 100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", "in excess of 100M", "at_least", 100e6, 100e6, 100e6},
    {"usd", "100M+", "at_least", 100e6, 100e6, 100e6},
    {"usd", "$100M +", "at_least", 100e6, 100e6, 100e6},
    {"usd", "100M or more", "at_least", 100e6, 100e6, 100e6},
    {"usd", "less than 2M", "at_most", 2e6, 2e6, 2e6},
    {"usd", "under $2 million", "at_most", 2e6, 2e6, 2e6},
    {"usd", "just under 2M", "at_most", 2e6, 2e6, 2e6},
    {"usd", "below 2M", "at_most", 2e6, 2e6, 2e6},
    {"usd", "up to 2M", "at_most", 2e6, 2e6, 2e6},
    {"usd", "no more than 2M", "at_most", 2e6, 2e6, 2e6},
    {"usd", "fewer than 2M", "at_most", 2e6, 2e6, 2e6},
    {"usd", "at most 2M", "at_most", 2e6, 2e6, 2e6},
    {"usd", "2M or less", "at_most", 2e6, 2e6, 2e6},
    {"usd", "about 5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", "around $5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", "Roughly 5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", "nearly 5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", "almost 5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", "some 5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", "approx. 5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", "ca. 5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", "circa 5M", "about", 5e6, 4.5e6, 5.5e6},
    {"usd", "approximately $5 million", "about", 5e6, 4.5e6, 5.5e6},
    {"energy", "433MWh", "about", 433e3, 432.5e3, 433.5e3},
    {"energy", "1.29 GWh", "about", 1.29e6, 1.285e6, 1.295e6},
    {"co2", "24.7t", "about", 24700, 24650, 24750},
    {"co2", "16107.01kg", "exact", 16107.01, 16107.005, 16107.015},
    {"chip-hours", "147k", "about", 147e3, 146.5e3, 147.5e3},
    {"chip-hours", "1082880", "exact", 1082880, 1082875, 1082885},
    {"chip-hours", "3e6", "about", 3e6, 2.85e6, 3.15e6},
    {"rental-price", "$2", "exact", 2, 1.9, 2.1},
    {"mfu", "45.7%", "exact", 0.457, 0.4565, 0.4575},
    {"mfu", "38%..43%", "about", 0.40422, 0.38, 0.43},
};

START_TEST(a_figure_says_how_firm_it_is)
{
    traincost_status status = traincost_scenario_claim(run, figures[_i].key, figures[_i].text, error);
    const traincost_claim *claim = traincost_scenario_claim_at(run, 0);
    ck_assert_msg(status == TRAINCOST_OK, "%s", traincost_error_message(error));
    ck_assert(claim && !traincost_scenario_claim_at(run, 1));
    ck_assert_str_eq(claim->key, figures[_i].key);
    ck_assert_str_eq(claim->kind, figures[_i].kind);
    ck_assert_str_eq(claim->text, figures[_i].text);
    ck_assert_double_eq_tol(claim->value, figures[_i].value, 1e-4 * figures[_i].value);
    ck_assert_double_eq_tol(claim->low, figures[_i].low, 1e-9 * figures[_i].low);
    ck_assert_double_eq_tol(claim->high, figures[_i].high, 1e-9 * figures[_i].high);
}
END_TEST

static const struct {
    const char *key, *text;
    double value;
} small[] = {
    {"usd", "$0.02", 0.02},        {"energy", "300Wh", 0.3},    {"co2", "20g", 0.02},
    {"chip-hours", "0.25", 0.25},  {"rental-price", "0.05", 0.05}, {"mfu", "0.5%", 0.005},
    {"hours", "3min", 0.05},       {"throughput", "0.5", 0.5},
};

START_TEST(a_figure_may_be_as_small_as_it_is_but_not_0)
{
    traincost_status status = traincost_scenario_claim(run, small[_i].key, small[_i].text, error);
    ck_assert_msg(status == TRAINCOST_OK, "%s", traincost_error_message(error));
    ck_assert_double_eq_tol(traincost_scenario_claim_at(run, 0)->value, small[_i].value, 1e-12);
    ck_assert_int_eq(traincost_scenario_claim(run, small[_i].key, "0", error), TRAINCOST_RANGE);
}
END_TEST

static const struct {
    const char *key, *text;
    traincost_status status;
    const char *says;
} nonsense[] = {
    {"usd", "-5", TRAINCOST_RANGE, "a claim is written as in 294k"},
    {"usd", "0", TRAINCOST_RANGE, "a claim is written as in 294k"},
    {"usd", ">", TRAINCOST_SYNTAX, "a claim is written as in 294k"},
    {"usd", "", TRAINCOST_SYNTAX, "a claim is written as in 294k"},
    {"usd", "3kWh", TRAINCOST_UNIT, "did you mean energy (claim-energy)?"},
    {"usd", "24.7t", TRAINCOST_UNIT, "did you mean co2 (claim-co2)?"},
    {"energy", "$5", TRAINCOST_SYNTAX, "energy"},
    {"usd", "much", TRAINCOST_SYNTAX, "a claim is written as in 294k"},
    {"usd", ">2M..5M", TRAINCOST_SYNTAX, "a range without a sign"},
    {"usd", "5M +- 1M", TRAINCOST_SYNTAX, "one figure"},
    {"usd", "uniform(1, 2)", TRAINCOST_SYNTAX, "one figure"},
    {"usd", "overall 5M", TRAINCOST_SYNTAX, "a number is expected"},
    {"usd", "over", TRAINCOST_SYNTAX, "a number is missing"},
    {"usd", ">5M+", TRAINCOST_SYNTAX, "left over"},
    {"usd", "+", TRAINCOST_SYNTAX, "a number is expected"},
    {"usd", "over 2M..5M", TRAINCOST_SYNTAX, "a range without a sign"},
    {"usd", "tens of millions", TRAINCOST_SYNTAX, "write it in figures"},
    {"usd", "5M or so", TRAINCOST_UNIT, "(at "},
    {"counts", "rentol", TRAINCOST_UNKNOWN, "did you mean rent?"},
    {"counts", "everything", TRAINCOST_UNKNOWN, "rent|own|wear"},
    {"energy-counts", "sites", TRAINCOST_UNKNOWN, "did you mean site?"},
    {"published", "last week", TRAINCOST_SYNTAX, "published"},
    {"euros", "5", TRAINCOST_UNKNOWN, "part of a claim"},
    {"energi", "5", TRAINCOST_UNKNOWN, "did you mean energy?"},
};

START_TEST(nonsense_is_refused_with_what_to_write)
{
    ck_assert_int_eq(traincost_scenario_claim(run, nonsense[_i].key, nonsense[_i].text, error),
                     nonsense[_i].status);
    ck_assert_msg(strstr(traincost_error_message(error), nonsense[_i].says) != NULL, "'%s' lacks '%s'",
                  traincost_error_message(error), nonsense[_i].says);
    ck_assert(!traincost_scenario_claim_at(run, 0));
    ck_assert(traincost_scenario_claim(run, nonsense[_i].key, nonsense[_i].text, NULL) == nonsense[_i].status);
}
END_TEST

START_TEST(dollars_count_what_people_say)
{
    static const struct {
        const char *word;
        enum claim_scope scope;
    } words[] = {
        {"rental", SCOPE_RENTAL},        {"rent", SCOPE_RENTAL},         {"ownership", SCOPE_OWNERSHIP},
        {"purchase", SCOPE_ACQUISITION}, {"energy", SCOPE_ELECTRICITY},  {"electricity", SCOPE_ELECTRICITY},
        {"with_base", SCOPE_WITH_BASE},  {"with-base", SCOPE_WITH_BASE}, {"Development", SCOPE_DEVELOPMENT},
        {"own", SCOPE_OWN},              {"wear", SCOPE_OWNERSHIP},       {"own with base", SCOPE_OWN_WITH_BASE},
        {"own-with-base", SCOPE_OWN_WITH_BASE}, {"wear-with-base", SCOPE_WEAR_WITH_BASE},
        {"ownership_with_base", SCOPE_WEAR_WITH_BASE}};
    ck_assert_int_eq(claim_counts(&run->claim), SCOPE_RENTAL);
    for (int i = 0; i < COUNT(words); i++) {
        ck_assert_int_eq(traincost_scenario_claim(run, "counts", words[i].word, error), TRAINCOST_OK);
        ck_assert_int_eq(claim_counts(&run->claim), words[i].scope);
    }
}
END_TEST

START_TEST(a_file_states_a_claim_and_its_story)
{
    static const char text[] =
        "name: a run\norganization: somebody\ntype: H100\nchip-hours: 10\nstatus: reported\n"
        "claim:\n  usd: '>100'\n  counts: development\n  published: 2025-02\n"
        "  source: https://example.org\n  status: confirmed\n";
    ck_assert_int_eq(traincost_scenario_parse(run, text, sizeof text - 1, error), TRAINCOST_OK);
    ck_assert_int_eq(run->claim.figures[CLAIM_USD].bound, BOUND_AT_LEAST);
    ck_assert_str_eq(run->claim.texts[TEXT_STATUS], "confirmed");
    ck_assert_str_eq(run->claim.texts[TEXT_RUN_STATUS], "reported");
    ck_assert_str_eq(run->claim.texts[TEXT_ORGANIZATION], "somebody");
}
END_TEST

START_TEST(a_file_with_a_bad_claim_names_the_line)
{
    static const struct {
        const char *text;
        int line;
    } bad[] = {{"type: H100\nclaim:\n  usd: 3kWh\n", 3},
               {"type: H100\nclaim:\n  colour: red\n", 3},
               {"type: H100\nclaim: 5M\n", 2},
               {"type: H100\nclaim:\n  usd: [1, 2]\n", 3},
               {"type: H100\nended: soon\n", 2}};
    for (int i = 0; i < COUNT(bad); i++) {
        traincost_scenario *one = traincost_scenario_new(NULL, error);
        ck_assert_int_ne(traincost_scenario_parse(one, bad[i].text, strlen(bad[i].text), error), TRAINCOST_OK);
        ck_assert_int_eq(traincost_error_line(error), bad[i].line);
        traincost_scenario_free(one);
    }
}
END_TEST

Suite *claim_suite(void)
{
    Suite *suite = suite_create("claim");
    TCase *tests = tcase_create("claim");
    tcase_add_checked_fixture(tests, open_run, close_run);
    tcase_add_loop_test(tests, a_figure_says_how_firm_it_is, 0, COUNT(figures));
    tcase_add_loop_test(tests, a_figure_may_be_as_small_as_it_is_but_not_0, 0, sizeof small / sizeof *small);
    tcase_add_loop_test(tests, nonsense_is_refused_with_what_to_write, 0, COUNT(nonsense));
    tcase_add_test(tests, dollars_count_what_people_say);
    tcase_add_test(tests, a_file_states_a_claim_and_its_story);
    tcase_add_test(tests, a_file_with_a_bad_claim_names_the_line);
    suite_add_tcase(suite, tests);
    return suite;
}
