/* Estimates through the public interface. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/fixture.h"

#include <traincost.h>

#include <check.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void set_in(size_t stage, const char *key, const char *value)
{
    if (traincost_scenario_set(run, stage, key, value, error))
        ck_abort_msg("%s '%s': %s", key, value, traincost_error_message(error));
}

static const traincost_output *output_of(const char *key)
{
    const traincost_output *found = traincost_result_find(result, key);
    ck_assert_msg(found != NULL, "%s is not given", key);
    return found;
}

static void check_all_are(const char *key, double value)
{
    const traincost_output *found = output_of(key);
    for (size_t i = 0; i < found->levels; i++)
        ck_assert_msg(found->quantile[i] == value && found->quantile_se[i] == 0,
                      "%s: quantile %zu is %.17g +- %g", key, i, found->quantile[i], found->quantile_se[i]);
    ck_assert_msg(found->mean == value && found->sd == 0 && found->mean_se == 0 && found->sd_se == 0, "%s: %.17g, sd %g",
                  key, found->mean, found->sd);
}

static void state_r1(void)
{
    static const char *const names[] = {"R1-Zero", "SFT data", "R1"};
    size_t stage;
    for (int i = 0; i < 3; i++)
        ck_assert_int_eq(traincost_scenario_add_stage(run, names[i], &stage, error), TRAINCOST_OK);
    set("date", "2025-01");
    set("name", "DeepSeek-R1");
    set_in(0, "cluster", "512xH800");
    set_in(0, "hours", "198");
    set_in(1, "type", "H800");
    set_in(1, "chip-hours", "5k");
    set_in(2, "cluster", "512xH800");
    set_in(2, "hours", "80");
}

static void state_small(void)
{
    set("cluster", "512xH800");
    set("hours", "198");
}

/* ---- the main job ---- */

START_TEST(r1_is_147336_chip_hours_and_294672_dollars)
{
    state_r1();
    set("rental-price", "2");
    estimate();
    check_all_are("chip_hours", 147336);
    check_all_are("rental_usd", 294672);
    ck_assert_str_eq(traincost_result_name(result), "DeepSeek-R1");
    ck_assert_str_eq(traincost_result_date(result), "2025-01-01");
    ck_assert_ptr_null(traincost_result_find(result, "hours"));
    ck_assert(traincost_result_find(result, "power_kw") && traincost_result_find(result, "acquisition_usd"));
}
END_TEST

START_TEST(one_price_is_one_draw)
{
    state_r1();
    set("rental-price", "1.5..2.5");
    set_option("quantiles", "1,5,25,50,75,95,99");
    estimate();
    traincost_quantity *price = NULL;
    ck_assert_int_eq(traincost_quantity_parse("rental-price", "1.5..2.5", &price, error), TRAINCOST_OK);
    const traincost_output *rent = output_of("rental_usd");
    ck_assert_uint_eq(rent->levels, 7);
    for (size_t i = 0; i < rent->levels; i++) {
        double expected = 147336 * traincost_quantity_quantile(price, traincost_result_level(result, i));
        ck_assert_msg(fabs(rent->quantile[i] - expected) < 1e-12 * expected && rent->quantile_se[i] == 0,
                      "%zu: %.10g +- %g, not %.10g", i, rent->quantile[i], rent->quantile_se[i], expected);
    }
    traincost_quantity_free(price);
}
END_TEST

START_TEST(the_issue_s_command_gives_202752_dollars)
{
    state_small();
    set("price", "2");
    estimate();
    check_all_are("rental_usd", 202752);
    check_all_are("hours", 198);
}
END_TEST

START_TEST(without_a_price_the_range_is_honest_and_narrow)
{
    state_small();
    estimate();
    const traincost_output *rent = output_of("rental_usd");
    ck_assert(rent->quantile[4] / rent->quantile[0] < 4 && rent->quantile[4] > rent->quantile[0]);
    ck_assert(rent->quantile[0] > 101376 * 0.5 && rent->quantile[4] < 101376 * 10);
    const traincost_input *input;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++)
        if (!strcmp(input->key, "rental-price"))
            ck_assert_msg(!input->given && strstr(input->source, "observation"), "%s", input->source);
}
END_TEST

/* ---- identities ---- */

static const char *const types[] = {"H800", "A100", "TPU v4", "MI300X",  "Trainium2",
                                    "910B", "K80",  "WSE-3",  "tpu-v5p", "GB200"};

static double mean(const char *key)
{
    return output_of(key)->mean;
}

START_TEST(parts_add_up_and_scopes_are_in_order)
{
    set("type", types[_i]);
    set("chips", "256");
    set("hours", "90..100 d");
    estimate();
    double parts =
        mean("accelerators_usd") + mean("servers_usd") + mean("interconnect_usd") + mean("energy_usd");
    ck_assert(fabs(parts / mean("ownership_usd") - 1) < 1e-9);
    const traincost_output *chips = output_of("chip_energy_kwh"), *servers = output_of("it_energy_kwh");
    const traincost_output *site = output_of("energy_kwh");
    for (size_t i = 0; i < chips->levels; i++)
        ck_assert(chips->quantile[i] <= servers->quantile[i] && servers->quantile[i] <= site->quantile[i]);
    ck_assert(chips->mean <= servers->mean && servers->mean <= site->mean);
    ck_assert(output_of("acquisition_usd")->quantile[2] > output_of("accelerators_usd")->quantile[2]);
    double hours = mean("hours");
    ck_assert(fabs(mean("chip_hours") / (256 * hours) - 1) < 1e-9);
}
END_TEST

START_TEST(quantiles_ascend_with_errors_that_are_small)
{
    const traincost_output *found;
    set("cluster", "500..1k x A100");
    set("hours", "~2 wk");
    set("power-fraction", "triangular(40%, 70%, 100%)");
    estimate();
    ck_assert_double_eq(traincost_result_seed(result), 1);
    ck_assert(traincost_result_samples(result) >= 65536 && traincost_result_samples(result) < 2 * 65536);
    for (size_t i = 0; (found = traincost_result_at(result, i)); i++) {
        ck_assert(found->levels == 5 && found->help[0] && found->unit[0]);
        ck_assert(traincost_result_find(result, found->key) == found);
        for (size_t j = 0; j < found->levels; j++) {
            ck_assert(j == 0 || found->quantile[j] > found->quantile[j - 1]);
            ck_assert_msg(found->quantile_se[j] > 0 && found->quantile_se[j] < 0.01 * found->quantile[j],
                          "%s: %g +- %g", found->key, found->quantile[j], found->quantile_se[j]);
        }
        ck_assert(found->quantile[0] < found->mean && found->mean < found->quantile[4]);
        ck_assert(found->mean_se > 0 && found->mean_se < found->sd);
    }
    ck_assert(isnan(traincost_result_level(result, 5)) && traincost_result_level(result, 4) == 0.95);
}
END_TEST

/* A product of independent lognormals is one: rent = chips x hours x price. */
START_TEST(a_product_of_lognormals_has_its_closed_form)
{
    static const double z[] = {-1.6448536269514722, -0.67448975019608171, 0, 0.67448975019608171,
                               1.6448536269514722};
    const double z95 = 1.6448536269514722;
    set("type", "H100");
    set("chips", "lognormal(1000, 1.3)");
    set("hours", "lognormal(500, 1.5)");
    set("price", "lognormal(2, 2)");
    estimate();
    double s = sqrt(pow(log(1.3), 2) + pow(log(1.5), 2) + pow(log(2), 2)) / z95;
    const traincost_output *rent = output_of("rental_usd");
    for (size_t i = 0; i < 5; i++) {
        double expected = 1e6 * exp(s * z[i]);
        ck_assert_msg(fabs(rent->quantile[i] - expected) < 4 * rent->quantile_se[i] + 1e-6 * expected,
                      "%g +- %g, not %g", rent->quantile[i], rent->quantile_se[i], expected);
    }
    ck_assert(fabs(rent->mean - 1e6 * exp(s * s / 2)) < 4 * rent->mean_se + 1);
}
END_TEST

/* ---- what is not given ---- */

START_TEST(an_output_that_cannot_be_given_is_absent)
{
    set("type", "H800");
    set("chip-hours", "5k");
    estimate();
    static const char *const absent[] = {"hours", "power_kw", "acquisition_usd"};
    for (int i = 0; i < COUNT(absent); i++)
        ck_assert_ptr_null(traincost_result_find(result, absent[i]));
    ck_assert_ptr_null(traincost_result_find(result, "nonsense"));
    check_all_are("chip_hours", 5000);
    const traincost_stage *stage = traincost_result_stage_at(result, 0);
    ck_assert(stage->chip_hours == 5000 && isnan(stage->chips) && isnan(stage->hours));
    ck_assert_ptr_null(traincost_result_stage_at(result, 1));
}
END_TEST

START_TEST(stages_are_told)
{
    state_r1();
    estimate();
    const traincost_stage *stage = traincost_result_stage_at(result, 2);
    ck_assert(!strcmp(stage->name, "R1") && !strcmp(stage->chip->id, "h800-sxm"));
    ck_assert(stage->chips == 512 && stage->hours == 80 && stage->chip_hours == 40960);
    ck_assert_ptr_null(traincost_result_stage_at(result, 3));
}
END_TEST

START_TEST(inputs_say_what_they_rest_on)
{
    const traincost_input *input;
    int given = 0;
    state_r1();
    set("pue", "1.1..1.2");
    estimate();
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        const traincost_parameter *parameter = traincost_parameter_find(input->key);
        traincost_quantity *q = NULL;
        ck_assert(parameter && !strcmp(parameter->unit, input->unit));
        ck_assert(input->p5 <= input->p50 && input->p50 <= input->p95);
        ck_assert_msg(input->given || strstr(input->source, "20"), "%s: '%s' has no date", input->key,
                      input->source);
        ck_assert_msg(traincost_quantity_parse(input->key, input->text, &q, error) == TRAINCOST_OK, "%s: %s",
                      input->key, traincost_error_message(error));
        ck_assert_msg(traincost_quantity_quantile(q, 0.95) == input->p95, "%s: %s", input->key, input->text);
        traincost_quantity_free(q);
        given += input->given;
        if (!strcmp(input->key, "chip-hours"))
            ck_assert_str_eq(input->stage, "SFT data");
        if (!strcmp(input->key, "pue"))
            ck_assert(input->stage == NULL && input->given);
    }
    ck_assert_int_eq(given, 6);
}
END_TEST

START_TEST(notes_tell_what_was_taken_for_granted)
{
    bool usual = false;
    const char *note;
    set("cluster", "8xH800");
    set("hours", "1");
    estimate();
    for (size_t i = 0; (note = traincost_result_note_at(result, i)); i++)
        usual |= strstr(note, "H800") && strstr(note, "usual");
    ck_assert(usual);
    set("type", "H800 SXM5");
    estimate();
    for (size_t i = 0; (note = traincost_result_note_at(result, i)); i++)
        ck_assert(!strstr(note, "usual"));
}
END_TEST

/* ---- errors ---- */

START_TEST(what_cannot_be_estimated_is_refused)
{
    result = (traincost_result *)&error;
    ck_assert_int_eq(traincost_estimate(run, NULL, &result, error), TRAINCOST_MISSING);
    ck_assert_ptr_null(result);
    set("type", "H800");
    ck_assert_int_eq(traincost_estimate(run, NULL, &result, error), TRAINCOST_MISSING);
    ck_assert(strstr(traincost_error_message(error), "hours") != NULL);
    set("chips", "512");
    set("hours", "198");
    set("chip-hours", "147k");
    ck_assert_int_eq(traincost_estimate(run, NULL, &result, error), TRAINCOST_CONFLICT);
    ck_assert_int_eq(traincost_estimate(run, NULL, &result, NULL), TRAINCOST_CONFLICT);
    set("chip-hours", "101k");
    estimate();
    check_all_are("chip_hours", 101376);
}
END_TEST

static const struct {
    const char *key, *value;
    traincost_status status;
} bad_options[] = {
    {"sample", "4096", TRAINCOST_UNKNOWN},
    {"", "1", TRAINCOST_UNKNOWN},
    {"samples", "100", TRAINCOST_RANGE},
    {"samples", "1e11", TRAINCOST_RANGE},
    {"samples", "many", TRAINCOST_SYNTAX},
    {"samples", "4096.5", TRAINCOST_RANGE},
    {"samples", "4000..5000", TRAINCOST_SYNTAX},
    {"seed", "-1", TRAINCOST_RANGE},
    {"seed", "1.5", TRAINCOST_RANGE},
    {"seed", "1e17", TRAINCOST_RANGE},
    {"threads", "0", TRAINCOST_RANGE},
    {"threads", "257", TRAINCOST_RANGE},
    {"threads", "two", TRAINCOST_SYNTAX},
    {"sampler", "sobol", TRAINCOST_UNKNOWN},
    {"sampler", "", TRAINCOST_UNKNOWN},
    {"tolerance", "0", TRAINCOST_RANGE},
    {"tolerance", "-1%", TRAINCOST_RANGE},
    {"tolerance", "1 h", TRAINCOST_UNIT},
    {"quantiles", "", TRAINCOST_SYNTAX},
    {"quantiles", "0", TRAINCOST_RANGE},
    {"quantiles", "100", TRAINCOST_RANGE},
    {"quantiles", "50,5", TRAINCOST_RANGE},
    {"quantiles", "5,5", TRAINCOST_RANGE},
    {"quantiles", "5,,50", TRAINCOST_SYNTAX},
    {"quantiles", "5,50,", TRAINCOST_SYNTAX},
    {"quantiles", "5..50", TRAINCOST_SYNTAX},
    {"quantiles", "101", TRAINCOST_RANGE},
    {"outputs", "", TRAINCOST_UNKNOWN},
    {"outputs", "rentals", TRAINCOST_UNKNOWN},
    {"outputs", "rental_usd,", TRAINCOST_UNKNOWN},
    {"sensitivity", "2", TRAINCOST_RANGE},
    {"sensitivity", "yes", TRAINCOST_UNKNOWN},
    {"sensitivity", "", TRAINCOST_UNKNOWN},
    {"sensitivity", "rental_usd,owned", TRAINCOST_UNKNOWN},
    {"correlate", "", TRAINCOST_SYNTAX},
    {"correlate", "pue=0.5", TRAINCOST_SYNTAX},
    {"correlate", "pue,tdp", TRAINCOST_SYNTAX},
    {"correlate", "pue,tdp,power=0.5", TRAINCOST_SYNTAX},
    {"correlate", "pue,pue=0.5", TRAINCOST_CONFLICT},
    {"correlate", "pue,date=0.5", TRAINCOST_SYNTAX},
    {"correlate", "pue,tdpp=0.5", TRAINCOST_UNKNOWN},
    {"correlate", "pue,tdp=1.5", TRAINCOST_RANGE},
    {"correlate", "pue,tdp=1", TRAINCOST_CONFLICT},
    {"correlate", "pue,tdp=much", TRAINCOST_SYNTAX},
    {"correlate", "pue,tdp=0.9;tdp,power=0.9;pue,power=-0.9", TRAINCOST_CONFLICT},
};

START_TEST(bad_options_are_refused_and_change_nothing)
{
    set_option("samples", "4096");
    set_option("seed", "7");
    set_option("sampler", "mc");
    set_option("quantiles", "10,90");
    set_option("outputs", "rental_usd");
    state_small();
    estimate();
    double before = output_of("rental_usd")->quantile[0];
    traincost_status status = traincost_options_set(options, bad_options[_i].key, bad_options[_i].value, error);
    ck_assert_msg(status == bad_options[_i].status, "%s '%s' gives %s: %s", bad_options[_i].key,
                  bad_options[_i].value, traincost_status_name(status), traincost_error_message(error));
    ck_assert_int_eq(traincost_error_status(error), status);
    estimate();
    ck_assert(output_of("rental_usd")->levels == 2 && traincost_result_seed(result) == 7);
    ck_assert(output_of("rental_usd")->quantile[0] == before && !traincost_result_find(result, "hours"));
}
END_TEST

START_TEST(too_many_quantiles_are_refused)
{
    char text[1024] = "";
    for (int i = 1; i <= 65; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), "%s%d", i > 1 ? "," : "", i);
    ck_assert_int_eq(traincost_options_set(options, "quantiles", text, error), TRAINCOST_LIMIT);
    *strrchr(text, ',') = '\0';
    set_option("quantiles", text);
    state_small();
    estimate();
    ck_assert_uint_eq(output_of("rental_usd")->levels, 64);
}
END_TEST

/* ---- the same bits ---- */

static const traincost_output *nth(const traincost_result *of, size_t i)
{
    return traincost_result_at(of, i);
}

static void check_same_figures(const traincost_result *a, const traincost_result *b)
{
    size_t i = 0;
    for (; nth(a, i) && nth(b, i); i++) {
        size_t bytes = nth(a, i)->levels * sizeof(double);
        ck_assert_msg(!memcmp(nth(a, i)->quantile, nth(b, i)->quantile, bytes) &&
                          !memcmp(nth(a, i)->quantile_se, nth(b, i)->quantile_se, bytes) &&
                          !memcmp(&nth(a, i)->mean, &nth(b, i)->mean, sizeof(double)) &&
                          !memcmp(&nth(a, i)->sd, &nth(b, i)->sd, sizeof(double)) &&
                          !memcmp(&nth(a, i)->mean_se, &nth(b, i)->mean_se, sizeof(double)),
                      "%s differs", nth(a, i)->key);
    }
    ck_assert(i > 0 && !nth(a, i) && !nth(b, i));
}

START_TEST(any_number_of_threads_gives_the_same_bits)
{
    static const char *const settings[][2] = {{"sampler", "qmc"},
                                              {"sampler", "mc"},
                                              {"sensitivity", "1"},
                                              {"tolerance", "0.1%"},
                                              {"samples", "100_000"}};
    traincost_result *one = NULL;
    state_r1();
    set("power-fraction", "pert(30%, 60%, 100%)");
    set_option(settings[_i][0], settings[_i][1]);
    ck_assert_int_eq(traincost_estimate(run, options, &one, error), TRAINCOST_OK);
    for (int threads = 2; threads <= 4; threads++) {
        char text[16];
        snprintf(text, sizeof text, "%d", threads);
        set_option("threads", text);
        estimate();
        check_same_figures(one, result);
        for (size_t i = 0; traincost_result_sensitivity_at(one, "rental_usd", i); i++)
            ck_assert(traincost_result_sensitivity_at(one, "rental_usd", i)->total ==
                      traincost_result_sensitivity_at(result, "rental_usd", i)->total);
    }
    traincost_result_free(one);
}
END_TEST

START_TEST(a_seed_gives_the_same_bits_and_another_gives_others)
{
    traincost_result *one = NULL;
    state_small();
    ck_assert_int_eq(traincost_estimate(run, NULL, &one, error), TRAINCOST_OK);
    estimate();
    check_same_figures(one, result);
    set_option("seed", "2");
    estimate();
    double a = output_of("own_usd")->quantile[2], b = traincost_result_find(one, "own_usd")->quantile[2];
    ck_assert(output_of("rental_usd")->quantile[2] == traincost_result_find(one, "rental_usd")->quantile[2]);
    ck_assert(a != b && fabs(a / b - 1) < 1e-3);
    traincost_result_free(one);
}
END_TEST

/* An output's figures do not depend on which others were asked for. */
START_TEST(asking_for_one_output_gives_that_one)
{
    traincost_result *all = NULL;
    state_r1();
    ck_assert_int_eq(traincost_estimate(run, NULL, &all, error), TRAINCOST_OK);
    set_option("outputs", "co2_kg,rental_usd,hours");
    estimate();
    ck_assert_str_eq(traincost_result_at(result, 0)->key, "rental_usd");
    ck_assert_str_eq(traincost_result_at(result, 1)->key, "co2_kg");
    ck_assert_ptr_null(traincost_result_at(result, 2));
    for (size_t i = 0; i < 5; i++)
        ck_assert(fabs(output_of("co2_kg")->quantile[i] / traincost_result_find(all, "co2_kg")->quantile[i] -
                       1) < 1e-3);
    traincost_result_free(all);
}
END_TEST

/* ---- sensitivity ---- */

START_TEST(sensitivities_fall_and_name_the_cause)
{
    const traincost_sensitivity *row;
    state_small();
    set_option("sensitivity", "0");
    estimate();
    ck_assert_ptr_null(traincost_result_sensitivity_at(result, "rental_usd", 0));
    set_option("sensitivity", "1");
    estimate();
    row = traincost_result_sensitivity_at(result, "rental_usd", 0);
    ck_assert(row && !strcmp(row->key, "rental-price") && fabs(row->total - 1) < 0.02 &&
              fabs(row->first - 1) < 0.02);
    size_t n = 0;
    double before = INFINITY, sum = 0;
    for (; (row = traincost_result_sensitivity_at(result, "ownership_usd", n)); n++) {
        ck_assert_msg(row->total <= before && row->total > -0.05 && row->first < row->total + 0.05,
                      "%s: %g, %g", row->key, row->first, row->total);
        before = row->total;
        sum += row->first;
    }
    ck_assert(n > 5 && sum < 1.05 && sum > 0.5);
    ck_assert_str_eq(traincost_result_sensitivity_at(result, "ownership_usd", 0)->key, "hardware-price");
    ck_assert_ptr_null(traincost_result_sensitivity_at(result, "nonsense", 0));
}
END_TEST

/* rent = hours x price, both lognormal: the indices have closed forms. */
START_TEST(sensitivities_of_a_product_are_the_closed_ones)
{
    double v[2] = {pow(log(1.5) / 1.6448536269514722, 2), pow(log(2) / 1.6448536269514722, 2)};
    static const char *const keys[] = {"hours", "rental-price"};
    set("cluster", "100xH100");
    set("hours", "lognormal(100, 1.5)");
    set("price", "lognormal(2, 2)");
    set_option("sensitivity", "1");
    estimate();
    double all = exp(v[0] + v[1]) - 1;
    for (int k = 0; k < 2; k++) {
        const traincost_sensitivity *row = NULL;
        for (size_t i = 0; (row = traincost_result_sensitivity_at(result, "rental_usd", i)); i++)
            if (!strcmp(row->key, keys[k]))
                break;
        double first = (exp(v[k]) - 1) / all, total = (exp(v[k]) - 1) * exp(v[1 - k]) / all;
        ck_assert_msg(row && fabs(row->first - first) < 0.01 && fabs(row->total - total) < 0.01,
                      "%s: %g and %g, not %g and %g", keys[k], row->first, row->total, first, total);
    }
}
END_TEST

/* ---- tolerance ---- */

struct told_so_far {
    double last;
    size_t times;
};

static void hear_progress(void *context, double done)
{
    struct told_so_far *told = context;
    ck_assert_msg(done >= told->last && done <= 1, "%g behind %g", done, told->last);
    told->last = done;
    told->times++;
}

/* More samples are taken twice at least: a bar that a person watches goes on, never back. */
START_TEST(progress_to_a_tolerance_never_goes_back)
{
    struct told_so_far told = {0};
    set("cluster", "512xH800");
    set("hours", "100..300");
    set_option("samples", "4096");
    set_option("tolerance", "0.05%");
    traincost_options_progress(options, hear_progress, &told);
    ck_assert(!traincost_estimate(run, options, &result, error));
    ck_assert(traincost_result_samples(result) > 8192);
    ck_assert(told.last == 1 && told.times > 2);
    traincost_options_progress(options, NULL, NULL);
}
END_TEST

START_TEST(a_tolerance_is_met)
{
    state_small();
    set_option("samples", "2048");
    set_option("outputs", "ownership_usd");
    estimate();
    double few = traincost_result_samples(result);
    set_option("tolerance", "0.05%");
    estimate();
    const traincost_output *cost = output_of("ownership_usd");
    ck_assert(traincost_result_samples(result) > few);
    for (size_t i = 0; i < cost->levels; i++)
        ck_assert(cost->quantile_se[i] <= 0.0005 * cost->quantile[i]);
}
END_TEST

/* ---- lifetimes ---- */

START_TEST(a_result_outlives_its_scenario_and_options)
{
    state_r1();
    set_option("sensitivity", "1");
    estimate();
    traincost_scenario_free(run);
    traincost_options_free(options);
    run = NULL;
    options = NULL;
    const traincost_input *input;
    const char *note;
    size_t length = 0;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++)
        length += strlen(input->key) + strlen(input->text) + strlen(input->source) +
                  (input->stage ? strlen(input->stage) : 0);
    for (size_t i = 0; (note = traincost_result_note_at(result, i)); i++)
        length += strlen(note);
    for (size_t i = 0; traincost_result_stage_at(result, i); i++)
        length += strlen(traincost_result_stage_at(result, i)->name) +
                  strlen(traincost_result_stage_at(result, i)->chip->name);
    for (size_t i = 0; traincost_result_sensitivity_at(result, "rental_usd", i); i++)
        length += strlen(traincost_result_sensitivity_at(result, "rental_usd", i)->key);
    ck_assert_uint_gt(length, 500);
    ck_assert_str_eq(traincost_result_name(result), "DeepSeek-R1");
}
END_TEST

START_TEST(a_scenario_may_be_estimated_again)
{
    state_small();
    set("price", "2");
    estimate();
    set("price", "3");
    check_all_are("rental_usd", 202752);
    estimate();
    check_all_are("rental_usd", 304128);
}
END_TEST

START_TEST(tables_of_the_interface_end_with_null)
{
    size_t n = 0;
    for (; traincost_output_key(n); n++)
        ck_assert(strchr(traincost_output_key(n), '-') == NULL);
    ck_assert_uint_ge(n, 14);
    ck_assert(!traincost_output_key(n) && !traincost_output_key((size_t)-1));
    for (n = 0; traincost_parameter_at(n); n++) {
        const traincost_parameter *p = traincost_parameter_at(n);
        ck_assert(traincost_parameter_find(p->key) == p && p->help[0] && p->unit && p->initial && p->source);
        ck_assert(!p->alias || traincost_parameter_find(p->alias) == p);
    }
    ck_assert_uint_eq(n, traincost_parameter_count());
    ck_assert(!traincost_parameter_find("nonsense") && !traincost_parameter_find(""));
    ck_assert_str_eq(traincost_version(), TRAINCOST_VERSION);
}
END_TEST

START_TEST(every_option_takes_its_own_default)
{
    const traincost_option *option;
    traincost_result *plain = NULL;
    size_t n = 0;
    state_small();
    for (; (option = traincost_option_at(n)); n++) {
        ck_assert(option->values[0] && option->help[0]);
        if (option->initial[0] && strcmp(option->key, "outputs") != 0)
            set_option(option->key, option->initial);
    }
    ck_assert_uint_ge(n, 8);
    ck_assert_int_eq(traincost_estimate(run, NULL, &plain, error), TRAINCOST_OK);
    estimate();
    check_same_figures(plain, result);
    traincost_result_free(plain);
}
END_TEST

START_TEST(errors_have_names_and_texts)
{
    ck_assert_str_eq(traincost_status_name(TRAINCOST_RANGE), "TRAINCOST_RANGE");
    ck_assert_str_eq(traincost_status_text(TRAINCOST_OK), "no error");
    ck_assert(traincost_status_text((traincost_status)999)[0] &&
              traincost_status_name((traincost_status)999)[0]);
    ck_assert_int_eq(traincost_error_status(error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_error_status(NULL), TRAINCOST_OK);
    ck_assert(traincost_error_message(NULL) && traincost_error_line(NULL) == 0 &&
              traincost_error_column(NULL) == 0);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "hours", "x", error), TRAINCOST_SYNTAX);
    set("hours", "5");
    ck_assert_int_eq(traincost_error_status(error), TRAINCOST_SYNTAX); /* as it was where a call succeeds */
    traincost_error_free(NULL);
    traincost_result_free(NULL);
    traincost_options_free(NULL);
    traincost_scenario_free(NULL);
}
END_TEST

static const struct {
    const char *output, *key;
    traincost_dependence dependence;
} dependences[] = {{"rental_usd", "rental-price", TRAINCOST_PROPORTIONAL},
                   {"rental_usd", "hours", TRAINCOST_PROPORTIONAL},
                   {"rental_usd", "pue", TRAINCOST_INDEPENDENT},
                   {"energy_kwh", "pue", TRAINCOST_PROPORTIONAL},
                   {"it_energy_kwh", "pue", TRAINCOST_INDEPENDENT},
                   {"ownership_usd", "pue", TRAINCOST_OTHERWISE},
                   {"ownership_usd", "hours", TRAINCOST_PROPORTIONAL},
                   {"acquisition_usd", "hours", TRAINCOST_INDEPENDENT},
                   {"development_usd", "staff-share", TRAINCOST_OTHERWISE},
                   {"rental_usd", "nonsense", TRAINCOST_INDEPENDENT},
                   {"nonsense", "hours", TRAINCOST_INDEPENDENT}};

START_TEST(what_is_a_product_is_known)
{
    set("cluster", "512xH800");
    set("hours", "198");
    estimate();
    ck_assert_int_eq(traincost_result_dependence(result, dependences[_i].output, dependences[_i].key),
                     dependences[_i].dependence);
}
END_TEST

START_TEST(quantiles_of_a_product_follow_it)
{
    set("cluster", "512xH800");
    set("hours", "100..200");
    set("rental-price", "2..3");
    estimate();
    double before[8];
    const traincost_output *rent = traincost_result_find(result, "rental_usd");
    memcpy(before, rent->quantile, rent->levels * sizeof *before);
    set("rental-price", "5..7.5");
    estimate();
    rent = traincost_result_find(result, "rental_usd");
    for (size_t i = 0; i < rent->levels; i++)
        ck_assert_double_eq_tol(rent->quantile[i], 2.5 * before[i], 1e-3 * before[i]);
}
END_TEST

START_TEST(a_histogram_is_given_where_it_is_asked_for)
{
    set("cluster", "512xH800");
    set("hours", "198");
    estimate();
    ck_assert_uint_eq(traincost_result_find(result, "rental_usd")->bins, 0);
    set_option("bins", "40");
    estimate();
    const traincost_output *rent = traincost_result_find(result, "rental_usd");
    double below = 0;
    ck_assert(rent->bins > 10 && rent->bins <= 40);
    for (size_t i = 0; i < rent->bins && rent->bin_edge[i + 1] <= rent->quantile[2]; i++)
        below += rent->bin_share[i];
    ck_assert(below > 0.3 && below <= 0.5);
    ck_assert_uint_eq(traincost_result_find(result, "chip_hours")->bins, 0);
}
END_TEST

/* Of what is stated each is taken; together they are beyond what doubles hold, or their squares. */
static void set_extremes(bool large)
{
    static const char *const far[2][2] = {{"1e-30..2e-30", "1e29..2e29"}, {"1e29..2e29", "1e-30..2e-30"}};
    set("type", "H100");
    set("chips", "8");
    set("params", far[large][0]);
    set("tokens", far[large][0]);
    set("epochs", far[large][0]);
    set("mfu", large ? far[1][1] : "0.5");
    set("goodput", large ? far[1][1] : "0.9");
    set("price", "uniform(1, 2)");
    set("electricity-price", far[large][0]);
    set("power", far[large][0]);
}

static void check_beyond(const char *message)
{
    ck_assert_int_eq(traincost_estimate(run, options, &result, error), TRAINCOST_RANGE);
    ck_assert(!result);
    ck_assert_str_eq(traincost_error_message(error), message);
}

START_TEST(an_output_that_is_not_finite_is_an_error)
{
    set_extremes(true);
    set_option("outputs", "energy_usd");
    set_option("sampler", "mc");
    check_beyond("energy_usd: what is stated makes it too large to be computed");
    set_option("outputs", "rental_usd");
    estimate();
}
END_TEST

START_TEST(a_spread_that_is_lost_is_an_error)
{
    set_extremes(false);
    set_option("outputs", "energy_usd");
    set_option("sampler", "mc");
    check_beyond("energy_usd: what is stated makes it too small to be computed");
}
END_TEST

Suite *estimate_suite(void)
{
    Suite *suite = suite_create("estimate");
    TCase *tests = tcase_create("estimate");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, open_run, close_run);
    tcase_add_test(tests, r1_is_147336_chip_hours_and_294672_dollars);
    tcase_add_test(tests, one_price_is_one_draw);
    tcase_add_test(tests, the_issue_s_command_gives_202752_dollars);
    tcase_add_test(tests, without_a_price_the_range_is_honest_and_narrow);
    tcase_add_loop_test(tests, parts_add_up_and_scopes_are_in_order, 0, COUNT(types));
    tcase_add_test(tests, quantiles_ascend_with_errors_that_are_small);
    tcase_add_test(tests, a_product_of_lognormals_has_its_closed_form);
    tcase_add_test(tests, an_output_that_cannot_be_given_is_absent);
    tcase_add_test(tests, stages_are_told);
    tcase_add_test(tests, inputs_say_what_they_rest_on);
    tcase_add_test(tests, notes_tell_what_was_taken_for_granted);
    tcase_add_test(tests, what_cannot_be_estimated_is_refused);
    tcase_add_loop_test(tests, bad_options_are_refused_and_change_nothing, 0, COUNT(bad_options));
    tcase_add_test(tests, too_many_quantiles_are_refused);
    tcase_add_loop_test(tests, any_number_of_threads_gives_the_same_bits, 0, 5);
    tcase_add_test(tests, a_seed_gives_the_same_bits_and_another_gives_others);
    tcase_add_test(tests, asking_for_one_output_gives_that_one);
    tcase_add_test(tests, sensitivities_fall_and_name_the_cause);
    tcase_add_test(tests, sensitivities_of_a_product_are_the_closed_ones);
    tcase_add_test(tests, progress_to_a_tolerance_never_goes_back);
    tcase_add_test(tests, a_tolerance_is_met);
    tcase_add_loop_test(tests, what_is_a_product_is_known, 0, COUNT(dependences));
    tcase_add_test(tests, quantiles_of_a_product_follow_it);
    tcase_add_test(tests, a_histogram_is_given_where_it_is_asked_for);
    tcase_add_test(tests, an_output_that_is_not_finite_is_an_error);
    tcase_add_test(tests, a_spread_that_is_lost_is_an_error);
    tcase_add_test(tests, a_result_outlives_its_scenario_and_options);
    tcase_add_test(tests, a_scenario_may_be_estimated_again);
    tcase_add_test(tests, tables_of_the_interface_end_with_null);
    tcase_add_test(tests, every_option_takes_its_own_default);
    tcase_add_test(tests, errors_have_names_and_texts);
    suite_add_tcase(suite, tests);
    return suite;
}
