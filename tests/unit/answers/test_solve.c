/* What a goal allows, against closed forms and against the estimate that it inverts; rent or own, likewise. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/fixture.h"

#include <traincost.h>

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static traincost_goal *goal;
static traincost_solution *solution;

static void set_up_solve(void)
{
    open_run();
    goal = traincost_goal_new();
    solution = NULL;
    ck_assert(goal);
}

static void tear_down_solve(void)
{
    traincost_solution_free(solution);
    traincost_goal_free(goal);
    close_run();
}

static void start_anew(void)
{
    tear_down_solve();
    set_up_solve();
}

static void ask_for(const char *key, const char *value)
{
    ck_assert_msg(!traincost_goal_set(goal, key, value, error), "%s", traincost_error_message(error));
}

static double solve_now(const char *what)
{
    traincost_solution_free(solution);
    ck_assert_msg(!traincost_solve(run, what, goal, options, &solution, error), "%s: %s", what,
                  traincost_error_message(error));
    return traincost_solution_answer(solution);
}

/* It is refused, for a reason that has these words in it. */
static void refused_to_solve(const char *what, traincost_status status, const char *words)
{
    ck_assert_int_eq(traincost_solve(run, what, goal, options, &solution, error), status);
    ck_assert_msg(strstr(traincost_error_message(error), words) != NULL, "%s: %s", what,
                  traincost_error_message(error));
    ck_assert(solution == NULL);
}

static void near(double found, double expected, double share)
{
    ck_assert_msg(fabs(found - expected) <= share * fabs(expected), "%.12g, not %.12g", found, expected);
}

/* ---- closed forms ---- */

START_TEST(exact_inputs_give_the_quotient)
{
    set("cluster", "4xH100");
    set("price", "3");
    ask_for("budget", "1000");
    near(solve_now("hours"), 1000.0 / 12, 1e-9);
    ck_assert(traincost_solution_reached(solution) <= 1000);
    ck_assert_str_eq(traincost_solution_text(solution), "83.3333");
    ck_assert_str_eq(traincost_solution_output(solution), "rental_usd");
    ck_assert_str_eq(traincost_solution_what(solution), "hours");
    ck_assert_double_eq(traincost_solution_goal(solution), 1000);
    ck_assert_double_eq(traincost_solution_confidence(solution), 0.9);
    ck_assert(traincost_solution_break_even(solution) == NULL);
    start_anew();
    set("type", "H100");
    set("hours", "100");
    set("price", "3");
    ask_for("budget", "1000");
    ck_assert_double_eq(solve_now("chips"), 3);
    ask_for("budget", "900");
    ck_assert_double_eq(solve_now("chips"), 3);
    ck_assert_str_eq(traincost_solution_text(solution), "3");
}
END_TEST

START_TEST(a_lognormal_price_gives_its_quantile)
{
    static const char *const confidences[] = {"10%", "50%", "90%", "99%"};
    static const double levels[] = {0.1, 0.5, 0.9, 0.99};
    set("cluster", "1000xH100");
    set("price", "lognormal(2, 1.5)");
    ask_for("budget", "1M");
    for (size_t i = 0; i < 4; i++) {
        double spread = log(1.5) / gsl_cdf_ugaussian_Pinv(0.95);
        double price = 2 * exp(spread * gsl_cdf_ugaussian_Pinv(levels[i]));
        ask_for("confidence", confidences[i]);
        near(solve_now("hours"), 1000 / price, i == 3 ? 3e-3 : 1e-3);
    }
}
END_TEST

START_TEST(the_price_solved_for_has_its_own_range_no_more)
{
    set("type", "H100");
    set("chip-hours", "lognormal(1000, 2)");
    ask_for("budget", "10k");
    ask_for("confidence", "95%");
    near(solve_now("rental-price"), 5, 1e-3);
}
END_TEST

/* ---- inverse of the estimate ---- */

static const struct unknown_case {
    const char *what;
    double least, most;
    bool whole;
} unknowns[] = {{"hours", 10, 1e4, false},   {"chips", 8, 2e4, true},     {"tokens", 1e10, 2e13, true},
                {"params", 1e8, 1e12, true}, {"flop", 1e20, 1e26, false}, {"rental-price", 0.5, 10, false}};

static double is_between(gsl_rng *rng, double low, double high)
{
    return low * pow(high / low, gsl_rng_uniform(rng));
}

static void set_number_of(const char *key, double value, const char *form)
{
    char text[96];
    if (strstr(form, "..")) /* a range about it */
        snprintf(text, sizeof text, "%.9g..%.9g", 0.7 * value, 1.5 * value);
    else
        snprintf(text, sizeof text, form, value);
    set(key, text);
}

static const char *random_form(gsl_rng *rng)
{
    static const char *const forms[] = {"%.9g", "~%.9g", "..", "lognormal(%.9g, 1.3)"};
    return forms[gsl_rng_uniform_int(rng, 4)];
}

/* A run that lacks `what` alone. */
static void state_random_run(gsl_rng *rng, const char *what)
{
    static const char *const types[] = {"H100", "A100 80GB", "H800", "MI300X", "V100"};
    set("type", types[gsl_rng_uniform_int(rng, 5)]);
    if (strcmp(what, "chips") != 0)
        set_number_of("chips", floor(is_between(rng, 8, 2e4)), "%.9g");
    if (!strcmp(what, "chips") || (!strcmp(what, "rental-price") && gsl_rng_uniform_int(rng, 2)))
        set_number_of("hours", is_between(rng, 10, 1e4), random_form(rng));
    else if (strcmp(what, "hours") != 0) {
        if (strcmp(what, "params") != 0 && strcmp(what, "flop") != 0)
            set_number_of("params", is_between(rng, 1e8, 1e12), random_form(rng));
        if (strcmp(what, "tokens") != 0 && strcmp(what, "flop") != 0)
            set_number_of("tokens", is_between(rng, 1e10, 2e13), random_form(rng));
        if (gsl_rng_uniform_int(rng, 2))
            set("goodput", "0.9..0.99");
    }
    if (strcmp(what, "rental-price") != 0 && gsl_rng_uniform_int(rng, 2))
        set_number_of("price", is_between(rng, 0.5, 10), random_form(rng));
}

static const char *random_scope(gsl_rng *rng, const char *what)
{
    static const char *const scopes[] = {"rental", "with_base", "development", "ownership", "energy"};
    static const char *const keys[] = {"rental_usd", "with_base_usd", "development_usd", "ownership_usd",
                                       "energy_usd"};
    size_t i = gsl_rng_uniform_int(rng, strcmp(what, "rental-price") ? 5 : 3);
    ask_for("scope", scopes[i]);
    if (i == 1)
        set("base", "deepseek-r1");
    return keys[i];
}

/* Its 90 % quantile where `what` is stated as this text. */
static double quantile_at(const char *what, const char *text, const char *key)
{
    set(what, text);
    estimate();
    return traincost_result_find(result, key)->quantile[0];
}

/* A scenario again without what was stated for it. */
static void forget(unsigned long seed, const char *what, const char **key)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    ck_assert(rng != NULL);
    gsl_rng_set(rng, seed);
    start_anew();
    set_option("samples", "8192");
    set_option("sensitivity", "0");
    set_option("quantiles", "90");
    state_random_run(rng, what);
    *key = random_scope(rng, what);
    gsl_rng_free(rng);
}

/* A quantile of a base is known to some 2e-4 at so few samples, and the draws of all inputs, ordered by what
 * they move, change with the price of the rest: beside it a run that costs less than 1 % is not seen. */
static bool base_hides_the_run(const char *key)
{
    return !strcmp(key, "with_base_usd") && traincost_result_find(result, "rental_usd")->quantile[0] <
                                                0.01 * traincost_result_find(result, key)->quantile[0];
}

/* The budget is what the estimate gives at a value drawn at random: that value is the answer, and stated it
 * gives the budget. */
START_TEST(a_hundred_random_runs_go_round)
{
    const struct unknown_case *u = &unknowns[(size_t)_i % (sizeof unknowns / sizeof *unknowns)];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    ck_assert(rng != NULL);
    gsl_rng_set(rng, 1000 + (unsigned long)_i);
    char text[64];
    const char *key;
    double drawn = is_between(rng, u->least, u->most);
    gsl_rng_free(rng);
    drawn = u->whole ? floor(drawn) : drawn;
    snprintf(text, sizeof text, "%.10g", drawn);
    forget((unsigned long)_i, u->what, &key);
    double budget = quantile_at(u->what, text, key);
    if (base_hides_the_run(key))
        return;
    forget((unsigned long)_i, u->what, &key);
    snprintf(text, sizeof text, "%.17g", budget);
    ask_for("budget", text);
    double found = solve_now(u->what);
    if (strcmp(key, "with_base_usd") != 0) /* a large base leaves the rest of the budget to a small change */
        near(found, drawn, 5e-3);          /* the estimate's own error at so few samples */
    double reached = traincost_solution_reached(solution);
    ck_assert(reached <= budget);
    near(reached, budget, 1e-3);
    char cut[64];
    snprintf(cut, sizeof cut, "%s", traincost_solution_text(solution));
    snprintf(text, sizeof text, "%.17g", found);
    double again = quantile_at(u->what, text, key), shown = quantile_at(u->what, cut, key);
    ck_assert_double_eq(again, reached);
    near(shown, budget, traincost_solution_answer_se(solution) > 0 ? 0.1 : 1e-3);
    ck_assert(shown <= budget);
}
END_TEST

/* Other seeds give other answers, as far apart as each says; and the digits shown are those that it knows. */
START_TEST(the_error_of_an_answer_is_its_spread_over_seeds)
{
    enum { SEEDS = 40 };
    static const struct {
        const char *what, *goal, *value;
    } cases[] = {{"hours", "budget", "10M"}, {"chips", "deadline", "30d"}};
    for (int c = 0; c < 2; c++) {
        double sum = 0, squares = 0, stated = 0;
        start_anew();
        set("type", "H100");
        set(c == 0 ? "chips" : "params", c == 0 ? "512" : "7B");
        if (c == 0)
            ask_for("scope", "own");
        else
            set("tokens", "2T");
        set_option("samples", "2048");
        ask_for(cases[c].goal, cases[c].value);
        for (int i = 1; i <= SEEDS; i++) {
            char seed[16];
            snprintf(seed, sizeof seed, "%d", i);
            set_option("seed", seed);
            double answer = solve_now(cases[c].what);
            sum += answer;
            squares += answer * answer;
            stated += traincost_solution_answer_se(solution);
        }
        double mean = sum / (double)SEEDS, spread = sqrt(squares / (double)SEEDS - mean * mean);
        stated /= (double)SEEDS;
        ck_assert_msg(spread > 0.5 * stated && spread < 2 * stated, "%s: %g, said %g", cases[c].what, spread, stated);
    }
}
END_TEST

START_TEST(chips_are_the_last_that_keep_to_the_budget)
{
    static const char *const scopes[] = {"rental", "acquisition", "energy", "ownership", "development"};
    static const char *const keys[] = {"rental_usd", "acquisition_usd", "energy_usd", "ownership_usd",
                                       "development_usd"};
    set("type", "H100");
    set("hours", "700..900");
    set_option("quantiles", "90");
    ask_for("budget", "12_345_678");
    for (size_t i = 0; i < 5; i++) {
        char text[32];
        ask_for("scope", scopes[i]);
        traincost_scenario *kept = run;
        double chips = solve_now("chips");
        ck_assert_double_eq(chips, floor(chips));
        run = traincost_scenario_new(NULL, error);
        set("type", "H100");
        set("hours", "700..900");
        snprintf(text, sizeof text, "%.0f", chips);
        ck_assert(quantile_at("chips", text, keys[i]) <= 12345678);
        snprintf(text, sizeof text, "%.0f", chips + 1);
        ck_assert(quantile_at("chips", text, keys[i]) > 12345678);
        traincost_scenario_free(run);
        run = kept;
    }
}
END_TEST

START_TEST(a_deadline_takes_the_fewest_chips)
{
    set("type", "H800");
    set("chip-hours", "1000");
    ask_for("deadline", "10h");
    ck_assert_double_eq(solve_now("chips"), 100);
    ask_for("deadline", "9.99h");
    ck_assert_double_eq(solve_now("chips"), 101);
    ask_for("deadline", "0.00034567891h");
    ck_assert_double_eq(solve_now("chips"), 2892858);
    ck_assert_str_eq(traincost_solution_text(solution), "2.892858M");
    ask_for("deadline", "2000h");
    ck_assert_double_eq(solve_now("chips"), 1);
    ck_assert_str_eq(traincost_solution_output(solution), "hours");
    start_anew();
    set("type", "H100");
    set("params", "70B");
    set("tokens", "15T");
    ask_for("deadline", "90d");
    double chips = solve_now("chips");
    const traincost_output *hours = traincost_result_find(traincost_solution_result(solution), "hours");
    ck_assert(traincost_solution_reached(solution) <= 2160 && hours->quantile[4] <= 2160);
    ck_assert(hours->quantile[4] > 2160 * (1 - 2 / chips));
    start_anew();
    set("cluster", "1024xH100");
    set("params", "70B");
    set("mfu", "0.4");
    set("goodput", "0.9");
    ask_for("deadline", "90d");
    near(solve_now("tokens"), 2160 * 3600.0 * 1024 * 0.36 * 989.4e12 / 6 / 70e9, 1e-3);
}
END_TEST

/* At n chips the hours are flop / (peak x level x n) x (1 + 495 n / batch): they fall to a least, and rise with n^0.0144
 * and failures. */
START_TEST(more_chips_are_not_always_faster)
{
    set("type", "H100");
    set("params", "70B");
    set("tokens", "15T");
    set("batch-tokens", "8M");
    ask_for("deadline", "10d");
    refused_to_solve("chips", TRAINCOST_RANGE, "no number of chips keeps it: it is fastest on about");
    ask_for("deadline", "60d");
    double few = solve_now("chips");
    ask_for("deadline", "120d");
    double fewer = solve_now("chips");
    ck_assert_msg(few > 2.2 * fewer, "%g, %g", few, fewer); /* twice as fast takes more than twice as many */
    ck_assert(traincost_solution_reached(solution) <= 2880);
}
END_TEST

START_TEST(a_base_is_a_fixed_part)
{
    set("cluster", "512xH800");
    set("base", "deepseek-v3");
    set("date", "2025-01");
    ask_for("scope", "with_base");
    ask_for("budget", "20M");
    double hours = solve_now("hours");
    ck_assert(hours > 1000 && traincost_solution_reached(solution) <= 20e6);
    near(traincost_solution_reached(solution), 20e6, 1e-6);
    ask_for("budget", "1M");
    traincost_solution_free(solution);
    solution = NULL;
    refused_to_solve("hours", TRAINCOST_RANGE, "which is the least");
}
END_TEST

/* ---- what holds in any case ---- */

START_TEST(the_answer_is_the_same_on_any_threads_and_again)
{
    set("type", "H100");
    set("params", "70B");
    set("chips", "1024");
    ask_for("budget", "5M");
    double once = solve_now("tokens"), reached = traincost_solution_reached(solution);
    set_option("threads", "4");
    ck_assert(solve_now("tokens") == once && traincost_solution_reached(solution) == reached);
    set_option("seed", "2");
    ck_assert(solve_now("tokens") != once);
    near(solve_now("tokens"), once, 0.005);
}
END_TEST

START_TEST(the_options_hold)
{
    set("cluster", "8xH100");
    ask_for("budget", "5k");
    ask_for("confidence", "80%");
    set_option("outputs", "co2_kg");
    set_option("quantiles", "5,95");
    set_option("tolerance", "0.1%");
    solve_now("hours");
    const traincost_result *solved = traincost_solution_result(solution);
    ck_assert(traincost_result_find(solved, "co2_kg") && traincost_result_find(solved, "rental_usd"));
    ck_assert(!traincost_result_find(solved, "energy_kwh"));
    ck_assert_double_eq(traincost_result_level(solved, 1), 0.8);
    ck_assert(isnan(traincost_result_level(solved, 3)));
    ck_assert_double_eq(traincost_result_find(solved, "rental_usd")->quantile[1],
                        traincost_solution_reached(solution));
}
END_TEST

/* ---- nonsense ---- */

START_TEST(what_cannot_be_solved_is_refused)
{
    set("cluster", "1024xH100");
    refused_to_solve("hours", TRAINCOST_MISSING, "no budget");
    ask_for("budget", "1M");
    refused_to_solve("hour", TRAINCOST_UNKNOWN, "did you mean hours?");
    refused_to_solve("mfu", TRAINCOST_UNKNOWN, "mfu is not solved for");
    refused_to_solve("chips", TRAINCOST_CONFLICT, "chips 1024 is stated");
    refused_to_solve("tokens", TRAINCOST_MISSING, "state params");
    refused_to_solve("params", TRAINCOST_MISSING, "state tokens");
    refused_to_solve("rental-price", TRAINCOST_MISSING, "no hours are stated");
    ask_for("scope", "with_base");
    refused_to_solve("hours", TRAINCOST_MISSING, "states no base");
    ask_for("scope", "rent");
    set("hours", "100");
    refused_to_solve("hours", TRAINCOST_CONFLICT, "hours 100 is stated");
    set("params", "70B");
    refused_to_solve("tokens", TRAINCOST_CONFLICT, "where the time is stated");
    refused_to_solve("flop", TRAINCOST_CONFLICT, "where the time is stated");
    ask_for("scope", "ownership");
    refused_to_solve("rental-price", TRAINCOST_CONFLICT, "ownership_usd does not move with rental-price");
    ask_for("years", "2");
    refused_to_solve("rental-price", TRAINCOST_CONFLICT, "years is a part of break-even");
}
END_TEST

START_TEST(what_follows_is_not_solved_for)
{
    set("type", "H100");
    set("params", "70B");
    set("tokens", "1T");
    ask_for("budget", "1M");
    refused_to_solve("hours", TRAINCOST_CONFLICT, "with the compute stated");
    refused_to_solve("flop", TRAINCOST_CONFLICT, "with params and tokens stated");
    start_anew();
    set("type", "H100");
    set("flop", "1e23"); /* of no model, whose chips would wait for one another */
    set("goodput", "0.9");
    ask_for("budget", "1M");
    refused_to_solve("chips", TRAINCOST_CONFLICT, "rental_usd does not move with chips");
    start_anew();
    set("cluster", "8xH100");
    set("chip-hours", "100");
    ask_for("budget", "1M");
    refused_to_solve("hours", TRAINCOST_CONFLICT, "with chip-hours stated");
    refused_to_solve("flop", TRAINCOST_CONFLICT, "where the time is stated");
    start_anew();
    set("type", "H100");
    set("active-params", "37B");
    set("tokens", "1T");
    ask_for("budget", "1M");
    refused_to_solve("params", TRAINCOST_CONFLICT, "active-params");
    start_anew();
    ck_assert(!traincost_scenario_find(run, "deepseek-r1", error));
    ask_for("budget", "1M");
    refused_to_solve("chips", TRAINCOST_CONFLICT, "");
    refused_to_solve("tokens", TRAINCOST_CONFLICT, "several stages");
    near(solve_now("rental-price"), 1e6 / 147336, 1e-6);
}
END_TEST

START_TEST(an_impossible_goal_says_what_the_least_is)
{
    set("type", "H100");
    set("hours", "1000");
    set("price", "2");
    ask_for("budget", "1999");
    refused_to_solve("chips", TRAINCOST_RANGE, "even one chip takes 2,000 USD");
    ask_for("budget", "2000");
    ck_assert_double_eq(solve_now("chips"), 1);
    start_anew();
    size_t stage;
    ck_assert(!traincost_scenario_add_stage(run, "a", &stage, error));
    ck_assert(!traincost_scenario_set(run, stage, "cluster", "8xH100", error));
    ck_assert(!traincost_scenario_set(run, stage, "hours", "100", error));
    ck_assert(!traincost_scenario_add_stage(run, "b", &stage, error));
    ck_assert(!traincost_scenario_set(run, stage, "type", "H100", error));
    ck_assert(!traincost_scenario_set(run, stage, "chip-hours", "100", error));
    ask_for("deadline", "50h");
    refused_to_solve("chips", TRAINCOST_RANGE, "which is the least");
    ask_for("deadline", "110h");
    ck_assert_double_eq(solve_now("chips"), 10);
}
END_TEST

static void refused_goal(const char *key, const char *value, traincost_status status)
{
    ck_assert_msg(traincost_goal_set(goal, key, value, error) == status, "%s %s: %s", key, value,
                  traincost_error_message(error));
}

START_TEST(goals_that_are_none)
{
    refused_goal("budget", "0", TRAINCOST_RANGE);
    refused_goal("budget", "-5", TRAINCOST_RANGE);
    refused_goal("budget", "1M..2M", TRAINCOST_SYNTAX);
    refused_goal("budget", "nan", TRAINCOST_SYNTAX);
    refused_goal("budget", "30d", TRAINCOST_UNIT);
    refused_goal("budget", "", TRAINCOST_SYNTAX);
    refused_goal("deadline", "0", TRAINCOST_RANGE);
    refused_goal("deadline", "$5", TRAINCOST_SYNTAX);
    refused_goal("confidence", "100%", TRAINCOST_RANGE);
    refused_goal("confidence", "0", TRAINCOST_RANGE);
    refused_goal("confidence", "50%..90%", TRAINCOST_SYNTAX);
    refused_goal("scope", "rant", TRAINCOST_UNKNOWN);
    refused_goal("years", "0", TRAINCOST_RANGE);
    refused_goal("resale", "-1", TRAINCOST_RANGE);
    refused_goal("budgie", "5", TRAINCOST_UNKNOWN);
    ck_assert(strstr(traincost_error_message(error), "did you mean budget?") != NULL);
    ask_for("budget", "5");
    ask_for("deadline", "5");
    set("cluster", "8xH100");
    refused_to_solve("hours", TRAINCOST_CONFLICT, "a budget and a deadline");
    refused_to_solve("break-even", TRAINCOST_CONFLICT, "budget is no part of break-even");
    ck_assert_str_eq(traincost_goal_key_at(0)->key, "budget");
    ck_assert(traincost_goal_key_at(8) == NULL);
}
END_TEST

/* ---- break-even ---- */

/* A = 54000 USD a chip, of which 45000 can be sold, electricity 0.12 USD/h, and an upkeep of so much a year. */
static const double upkeep = 0.7 * 1.5 * 100 * 12 + 54000 * 0.02;

/* What a dollar a year for t years is worth at 5 %. */
static double annuity(double t)
{
    return (1 - pow(1.05, -t)) / 0.05;
}

static void state_exact_chips(const char *rent)
{
    set("cluster", "16xH100");
    set("hardware-price", "30000");
    set("server-overhead", "1.5");
    set("interconnect-overhead", "1.2");
    set("power", "1000");
    set("pue", "1.2");
    set("electricity-price", "0.1");
    set("depreciation", "0.14");
    set("price", rent);
    set("tdp", "700");
    set("server-power-ratio", "1.5");
    set("colocation", "100");
    set("operations-share", "2%");
    set("capital-cost", "5%");
    set("use", "100%");
    ask_for("resale", "100%");
}

static const traincost_break_even *break_even_of(void)
{
    ck_assert(isnan(solve_now("break-even")));
    const traincost_break_even *even = traincost_solution_break_even(solution);
    ck_assert(even && traincost_solution_output(solution) == NULL);
    ck_assert(isnan(traincost_solution_goal(solution)) && isnan(traincost_solution_reached(solution)));
    return even;
}

START_TEST(exact_chips_break_even_where_the_formula_does)
{
    state_exact_chips("2");
    ask_for("resale", "80%");
    set("use", "90%");
    const traincost_break_even *even = break_even_of();
    double left = 0.8 / 1.2 * pow(10, -0.14 * 3) * pow(1.05, -3), saving = 2 - 0.12;
    double yearly = 54000 * (1 - left) / annuity(3) + upkeep;
    near(even->hours_per_year.p50, yearly / saving, 1e-9);
    near(even->hours_per_year.p5, even->hours_per_year.p95, 1e-12);
    double t = even->months.p50 / 12;
    near(54000 * (1 - 0.8 / 1.2 * pow(10, -0.14 * t) * pow(1.05, -t)) + upkeep * annuity(t),
         0.9 * 8766 * annuity(t) * saving, 1e-9);
    near(annuity(even->months_unsold.p50 / 12), 54000 / (0.9 * 8766 * saving - upkeep), 1e-9);
    near(even->own_usd.p50, 16 * 3 * (yearly + 0.9 * 8766 * 0.12), 1e-9);
    const traincost_output *rent = traincost_result_find(traincost_solution_result(solution), "rental_usd");
    near(rent->quantile[2], 16 * 2 * 0.9 * 8766 * 3, 1e-9);
    ck_assert_uint_eq(even->count, 6);
    for (size_t i = 0; i < even->count; i++)
        ck_assert_double_eq(even->own_is_cheaper[i], even->after[i] > 12 * t);
    ck_assert_double_eq(even->within_a_year, 0);
}
END_TEST

/* A rent at which owning for n years costs what `own` says of n years, with what the sale brings as its share,
 * is even after n years. */
START_TEST(owning_at_the_rent_that_it_comes_to_is_even_at_the_end_of_its_life)
{
    static const char *const lives[] = {"2", "4", "6"};
    static const char *const costs[] = {"0", "8%", "13%"};
    const char *life = lives[_i % 3], *cost = costs[_i / 3];
    double left = 1 / 1.2 * pow(10, -0.14 * strtod(life, NULL));
    char text[32];
    snprintf(text, sizeof text, "%.17g", left);
    state_exact_chips("2");
    set("capital-cost", cost);
    set("economic-life", life);
    set("resale-share", text);
    set("use", "75%");
    set("hours", "1000");
    traincost_result *owned = NULL;
    ck_assert_int_eq(traincost_estimate(run, NULL, &owned, NULL), TRAINCOST_OK);
    double rent = traincost_result_find(owned, "own_usd")->quantile[2] / (16 * 1000);
    traincost_result_free(owned);
    snprintf(text, sizeof text, "%.17g", rent);
    set("rental-price", text);
    ask_for("min-hold", "0");
    ask_for("years", life);
    const traincost_break_even *even = break_even_of();
    near(even->months.p50, 12 * strtod(life, NULL), 1e-6);
    near(even->use.p50, 0.75, 1e-6);
    near(even->own_usd.p50, traincost_result_find(traincost_solution_result(solution), "own_usd")->quantile[2], 1e-6);
}
END_TEST

/* The rents paid are as in traincost.h: at the months that are told both ways cost the same. */
START_TEST(falling_rents_put_off_the_day)
{
    state_exact_chips("2");
    ask_for("min-hold", "0");
    const traincost_break_even *even = break_even_of();
    double constant = even->months_unsold.p50, use = even->hours_per_year.p50;
    start_anew();
    state_exact_chips("2");
    ask_for("min-hold", "0");
    ask_for("rent-drift", "1e-9");
    even = break_even_of();
    ck_assert_double_eq_tol(even->months_unsold.p50, constant, 1e-4 * constant);
    start_anew();
    state_exact_chips("2");
    ask_for("min-hold", "0");
    ask_for("rent-drift", "20%");
    even = break_even_of();
    ck_assert(even->rent_drift.p50 == 0.2 && even->hours_per_year.p50 > use);
    ck_assert_msg(even->months_unsold.p50 > constant * 1.05, "%g is not over %g", even->months_unsold.p50, constant);
    start_anew();
    state_exact_chips("2");
    ask_for("rent-drift", "80%");
    even = break_even_of();
    ck_assert(isinf(even->months_unsold.p50));
}
END_TEST

/* Of five years three at the rent agreed, and two at what it has fallen to. */
START_TEST(a_contract_keeps_its_rent_for_its_term)
{
    state_exact_chips("2");
    set("term", "3y");
    ask_for("resale", "0");
    ask_for("years", "5");
    ask_for("rent-drift", "20%");
    const traincost_break_even *even = break_even_of();
    double paid = 2 * (annuity(3) + pow(0.8 / 1.05, 3) * annuity(2)) - 0.12 * annuity(5);
    near(even->use.p50, (54000 + annuity(5) * upkeep) / (paid * 8766), 1e-9);
    ck_assert(even->rent_count == 1 && even->rents[0].term == NULL && even->rents[0].tier == NULL);
    near(even->rents[0].rental_price.p50, 2, 1e-12);
    near(even->rents[0].use_unsold.p50, even->use.p50, 1e-12);
    near(even->rents[0].use.p95, even->use.p95, 1e-12);
    start_anew();
    state_exact_chips("2");
    set("term", "1y");
    ask_for("resale", "0");
    ask_for("years", "2.5");
    ask_for("rent-drift", "20%");
    even = break_even_of();
    double kept = 0.8 / 1.05, yearly = annuity(1) * (1 + kept) + kept * kept * annuity(0.5);
    near(even->use.p50, (54000 + annuity(2.5) * upkeep) / ((2 * yearly - 0.12 * annuity(2.5)) * 8766), 1e-9);
}
END_TEST

static void same_range(const traincost_range *a, const traincost_range *b)
{
    ck_assert(a->p5 == b->p5 || (isinf(a->p5) && isinf(b->p5)));
    ck_assert(a->p50 == b->p50 || (isinf(a->p50) && isinf(b->p50)));
    ck_assert(a->p95 == b->p95 || (isinf(a->p95) && isinf(b->p95)));
}

/* A contract beside the market's rent is the answer to its term and tier. */
START_TEST(each_contract_is_the_answer_to_its_own_term)
{
    traincost_rent_even beside[3];
    double cheaper[3];
    for (int asked = 0; asked < 3; asked++) {
        start_anew();
        set("cluster", "1024xH100");
        set("date", "2026-10");
        if (asked > 0) {
            set("term", beside[asked].term);
            set("tier", beside[asked].tier);
        }
        const traincost_break_even *even = break_even_of();
        same_range(&even->months, &even->rents[0].months);
        same_range(&even->months_unsold, &even->rents[0].months_unsold);
        ck_assert_uint_eq(even->rent_count, 3);
        for (size_t i = 0; i < 3 && asked == 0; i++) {
            beside[i] = even->rents[i];
            cheaper[i] = even->rents[i].own_is_cheaper[2];
            ck_assert(beside[i].use_unsold.p50 > beside[i].use.p50 && beside[i].observations > 0);
        }
        ck_assert_str_eq(even->rents[0].term, beside[asked].term);
        same_range(&beside[asked].rental_price, &even->rents[0].rental_price);
        same_range(&beside[asked].months, &even->rents[0].months);
        same_range(&beside[asked].use_unsold, &even->rents[0].use_unsold);
        ck_assert_double_eq(cheaper[asked], even->rents[0].own_is_cheaper[2]);
    }
    ck_assert(!beside[0].tier && !strcmp(beside[0].term, "cluster") && !strcmp(beside[2].term, "3y"));
}
END_TEST

/* Published break-evens of October 2026, months: what other figures of owning and of rent come to as well. */
START_TEST(clusters_of_2026_pay_back_in_months_that_are_known)
{
    set("cluster", "1024xH100");
    set("date", "2026-10");
    const traincost_break_even *even = break_even_of();
    ck_assert(even->months.p50 > 18 && even->months.p50 < 60 && even->months_unsold.p50 < 60);
    ck_assert(even->rents[2].months.p50 > even->months.p50);
    start_anew();
    set("cluster", "1024xGB200");
    set("date", "2026-10");
    even = break_even_of();
    ck_assert(even->months.p50 > 6 && even->months.p50 < 30 && even->months_unsold.p50 < 30);
    start_anew();
    set("cluster", "8xtpu-v5p"); /* nobody offers it on a contract */
    even = break_even_of();
    ck_assert_uint_eq(even->rent_count, 1);
    start_anew();
    set("cluster", "1024xH100");
    set("date", "2025-04");
    set("tier", "hyperscaler");
    even = break_even_of();
    ck_assert(even->rent_count == 3 && !strcmp(even->rents[1].tier, "hyperscaler"));
    ck_assert(even->rents[1].rental_price.p50 > even->rents[2].rental_price.p50);
}
END_TEST

START_TEST(owning_may_be_cheaper_after_a_year_or_never)
{
    state_exact_chips("5");
    const traincost_break_even *even = break_even_of();
    ck_assert_double_eq(even->months.p50, 12); /* sold it would be cheaper before, but nobody buys for so short */
    start_anew();
    state_exact_chips("5");
    ask_for("min-hold", "8");
    even = break_even_of();
    ck_assert_double_eq(even->min_hold, 8);
    ck_assert_double_eq_tol(even->months.p50, 8, 1e-9);
    near(even->use.p50, even->hours_per_year.p50 / 8766, 1e-12);
    start_anew();
    state_exact_chips("0.1");
    even = break_even_of();
    ck_assert(isinf(even->months.p5) && isinf(even->months_unsold.p5));
    ck_assert_double_eq(even->own_is_cheaper[5], 0);
}
END_TEST

/* Nothing is sold and nothing drawn: the price of the chip and the rent are lognormal, and so is their ratio.
 */
START_TEST(a_lognormal_price_and_rent_give_their_ratio)
{
    state_exact_chips("lognormal(2, 1.5)");
    set("hardware-price", "lognormal(30000, 1.4)");
    set("electricity-price", "0");
    set("colocation", "0");
    set("operations-share", "0");
    set("capital-cost", "0");
    ask_for("resale", "0");
    ask_for("years", "2.5");
    const traincost_break_even *even = break_even_of();
    double spread = hypot(log(1.5), log(1.4)), hours = 54000 / (2.5 * 2), months = 12 * 54000 / (2.0 * 8766);
    near(even->hours_per_year.p5, hours * exp(-spread), 0.006);
    near(even->hours_per_year.p50, hours, 0.004);
    near(even->hours_per_year.p95, hours * exp(spread), 0.01);
    near(even->months.p5, months * exp(-spread), 0.006);
    near(even->months.p50, months, 0.004);
    near(even->months.p95, months * exp(spread), 0.01);
    ck_assert_uint_eq(even->count, 7);
    ck_assert_double_eq(even->after[4], 30);
    for (size_t i = 0; i < even->count; i++) {
        double z = log(even->after[i] / months) / (spread / gsl_cdf_ugaussian_Pinv(0.95));
        ck_assert_double_eq_tol(even->own_is_cheaper[i], gsl_cdf_ugaussian_P(z), 0.002);
    }
}
END_TEST

START_TEST(break_even_takes_the_chips_of_a_run)
{
    ck_assert(!traincost_scenario_find(run, "deepseek-r1", error));
    set("use", "40%..90%");
    ask_for("years", "5");
    const traincost_break_even *even = break_even_of();
    ck_assert_double_eq(traincost_result_stage_at(traincost_solution_result(solution), 0)->chips, 512);
    ck_assert(even->count == 7 && even->after[6] == 60);
    for (size_t i = 1; i < even->count; i++)
        ck_assert(even->own_is_cheaper[i] >= even->own_is_cheaper[i - 1]);
    start_anew();
    refused_to_solve("break-even", TRAINCOST_MISSING, "no chip type");
    size_t stage;
    ck_assert(!traincost_scenario_add_stage(run, "a", &stage, error));
    ck_assert(!traincost_scenario_set(run, stage, "type", "H100", error));
    ck_assert(!traincost_scenario_add_stage(run, "b", &stage, error));
    ck_assert(!traincost_scenario_set(run, stage, "type", "A100", error));
    refused_to_solve("break-even", TRAINCOST_CONFLICT, "chips of one type");
}
END_TEST

Suite *solve_suite(void)
{
    Suite *suite = suite_create("solve");
    TCase *tests = tcase_create("solve");
    tcase_set_timeout(tests, 300);
    tcase_add_checked_fixture(tests, set_up_solve, tear_down_solve);
    tcase_add_test(tests, exact_inputs_give_the_quotient);
    tcase_add_test(tests, the_error_of_an_answer_is_its_spread_over_seeds);
    tcase_add_test(tests, a_lognormal_price_gives_its_quantile);
    tcase_add_test(tests, the_price_solved_for_has_its_own_range_no_more);
    tcase_add_loop_test(tests, a_hundred_random_runs_go_round, 0, 102);
    tcase_add_test(tests, chips_are_the_last_that_keep_to_the_budget);
    tcase_add_test(tests, a_deadline_takes_the_fewest_chips);
    tcase_add_test(tests, more_chips_are_not_always_faster);
    tcase_add_test(tests, a_base_is_a_fixed_part);
    tcase_add_test(tests, the_answer_is_the_same_on_any_threads_and_again);
    tcase_add_test(tests, the_options_hold);
    tcase_add_test(tests, what_cannot_be_solved_is_refused);
    tcase_add_test(tests, what_follows_is_not_solved_for);
    tcase_add_test(tests, an_impossible_goal_says_what_the_least_is);
    tcase_add_test(tests, goals_that_are_none);
    tcase_add_test(tests, exact_chips_break_even_where_the_formula_does);
    tcase_add_loop_test(tests, owning_at_the_rent_that_it_comes_to_is_even_at_the_end_of_its_life, 0, 9);
    tcase_add_test(tests, falling_rents_put_off_the_day);
    tcase_add_test(tests, a_contract_keeps_its_rent_for_its_term);
    tcase_add_test(tests, each_contract_is_the_answer_to_its_own_term);
    tcase_add_test(tests, clusters_of_2026_pay_back_in_months_that_are_known);
    tcase_add_test(tests, owning_may_be_cheaper_after_a_year_or_never);
    tcase_add_test(tests, a_lognormal_price_and_rent_give_their_ratio);
    tcase_add_test(tests, break_even_takes_the_chips_of_a_run);
    suite_add_tcase(suite, tests);
    return suite;
}
