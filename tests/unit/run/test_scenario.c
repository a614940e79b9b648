/* Runs as they are stated, and every parameter resolved. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "unit/count.h"
#include "base/limits.h"
#include "base/text_date.h"
#include "run/resolve.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static traincost_scenario *run;
static traincost_error *error;
static struct resolved resolved;
static char path[512];

static void set_up_scenario(void)
{
    const char *temporary = getenv("TMPDIR");
    snprintf(path, sizeof path, "%s/traincost-XXXXXX", temporary && *temporary ? temporary : P_tmpdir);
    int file = mkstemp(path);
    ck_assert(file >= 0 && close(file) == 0);
    error = traincost_error_new();
    run = traincost_scenario_new(NULL, error);
    ck_assert(run && error);
}

static void tear_down_scenario(void)
{
    unlink(path);
    resolved_free(&resolved);
    traincost_scenario_free(run);
    traincost_error_free(error);
}

static void set_in_stage(size_t stage, const char *key, const char *value)
{
    if (traincost_scenario_set(run, stage, key, value, error))
        ck_abort_msg("%s: %s", key, traincost_error_message(error));
}

static size_t append_stage(const char *name)
{
    size_t stage = 99;
    ck_assert_int_eq(traincost_scenario_add_stage(run, name, &stage, error), TRAINCOST_OK);
    return stage;
}

static void resolve(void)
{
    if (scenario_resolve(run, false, "", &resolved, error))
        ck_abort_msg("%s", traincost_error_message(error));
}

static const struct resolved_input *input(size_t stage, enum model_variable variable)
{
    size_t i = resolved.models[stage].input[variable];
    return i == MODEL_ABSENT ? NULL : &resolved.inputs[i];
}

static double middle(size_t stage, enum model_variable variable)
{
    const struct resolved_input *found = input(stage, variable);
    return found ? quantity_quantile(&found->q, 0.5) : NAN;
}

static traincost_status parse(const char *text)
{
    return traincost_scenario_parse(run, text, strlen(text), error);
}

/* ---- settings ---- */

START_TEST(a_run_without_stages_has_one)
{
    set_in_stage(TRAINCOST_RUN, "chips", "512");
    set_in_stage(TRAINCOST_RUN, "type", "H800");
    set_in_stage(TRAINCOST_RUN, "hours", "198");
    set_in_stage(TRAINCOST_RUN, "price", "2");
    resolve();
    ck_assert_uint_eq(resolved.stage_count, 1);
    ck_assert_str_eq(resolved.stages[0].chip->id, "h800-sxm");
    ck_assert(middle(0, MODEL_CHIPS) == 512 && middle(0, MODEL_HOURS) == 198 &&
              middle(0, MODEL_RENTAL_PRICE) == 2);
    ck_assert_ptr_null(input(0, MODEL_CHIP_HOURS));
    ck_assert(input(0, MODEL_RENTAL_PRICE)->origin && !input(0, MODEL_PUE)->origin);
    ck_assert(input(0, MODEL_PUE)->source[0] && !strcmp(input(0, MODEL_RENTAL_PRICE)->source, "stated"));
}
END_TEST

START_TEST(a_second_statement_replaces_the_first)
{
    set_in_stage(TRAINCOST_RUN, "cluster", "512xH800");
    set_in_stage(TRAINCOST_RUN, "hours", "10");
    set_in_stage(TRAINCOST_RUN, "hours", "198");
    set_in_stage(TRAINCOST_RUN, "type", "A100");
    set_in_stage(TRAINCOST_RUN, "price", "1");
    set_in_stage(TRAINCOST_RUN, "rental-price", "3");
    set_in_stage(TRAINCOST_RUN, "name", "first");
    set_in_stage(TRAINCOST_RUN, "name", "second");
    resolve();
    ck_assert(middle(0, MODEL_HOURS) == 198 && middle(0, MODEL_CHIPS) == 512 &&
              middle(0, MODEL_RENTAL_PRICE) == 3);
    ck_assert_str_eq(resolved.stages[0].chip->id, "a100-sxm-80");
    ck_assert_str_eq(run->name, "second");
}
END_TEST

START_TEST(a_refused_statement_changes_nothing)
{
    static const char *const wrong[][2] = {{"chips", "0"},        {"hours", "x"},        {"type", "H880"},
                                           {"cluster", "9xH880"}, {"cluster", "0xA100"}, {"date", "2025-13"},
                                           {"term", "never"}};
    set_in_stage(TRAINCOST_RUN, "cluster", "512xH800");
    set_in_stage(TRAINCOST_RUN, "hours", "198");
    set_in_stage(TRAINCOST_RUN, "date", "2025-01");
    for (int i = 0; i < COUNT(wrong); i++)
        ck_assert_int_ne(traincost_scenario_set(run, TRAINCOST_RUN, wrong[i][0], wrong[i][1], error),
                         TRAINCOST_OK);
    resolve();
    ck_assert_msg(middle(0, MODEL_CHIPS) == 512, "chips became %g", middle(0, MODEL_CHIPS));
    ck_assert(middle(0, MODEL_HOURS) == 198 && !strcmp(resolved.stages[0].chip->id, "h800-sxm"));
    ck_assert_int_eq(resolved.day, 20089);
}
END_TEST

START_TEST(a_stage_overrides_the_run)
{
    set_in_stage(TRAINCOST_RUN, "type", "H800");
    set_in_stage(TRAINCOST_RUN, "hours", "10");
    set_in_stage(TRAINCOST_RUN, "chips", "64");
    set_in_stage(TRAINCOST_RUN, "pue", "1.2");
    size_t a = append_stage("a"), b = append_stage("b");
    set_in_stage(b, "hours", "20");
    set_in_stage(b, "type", "TPU v4");
    set_in_stage(b, "pue", "1.1");
    resolve();
    ck_assert(a == 0 && b == 1 && resolved.stage_count == 2);
    ck_assert(middle(0, MODEL_HOURS) == 10 && middle(1, MODEL_HOURS) == 20 && middle(1, MODEL_CHIPS) == 64);
    ck_assert(middle(0, MODEL_PUE) == 1.2 && middle(1, MODEL_PUE) == 1.1);
    ck_assert_str_eq(resolved.stages[1].chip->id, "tpu-v4");
    ck_assert(input(0, MODEL_CHIPS) == input(1, MODEL_CHIPS) && !input(0, MODEL_CHIPS)->stages);
    ck_assert_str_eq(input(0, MODEL_PUE)->stages, "a");
    ck_assert_str_eq(input(1, MODEL_PUE)->stages, "b");
}
END_TEST

static const struct {
    const char *cluster;
    double chips;
    const char *id;
} clusters[] = {
    {"512xH800", 512, "h800-sxm"},
    {"512 x H800", 512, "h800-sxm"},
    {"512\xc3\x97H800", 512, "h800-sxm"},
    {"512 \xc3\x97 H800", 512, "h800-sxm"},
    {"8xMI300X", 8, "mi300x"},
    {"8XMI300X", 8, "mi300x"},
    {"25k x A100 40GB", 25000, "a100-sxm-40"},
    {"~16_384xH100", 16384, "h100-sxm"},
    {"1x910B", 1, "ascend-910b"},
    {"4 x tpu-v5p", 4, "tpu-v5p"},
    {"2 x 4090", 2, "rtx-4090"},
    {"20k..30kxA100", 24494.897427831781, "a100-sxm-80"},
};

START_TEST(clusters_read_as_people_say_them)
{
    set_in_stage(TRAINCOST_RUN, "cluster", clusters[_i].cluster);
    set_in_stage(TRAINCOST_RUN, "hours", "1");
    resolve();
    ck_assert_msg(fabs(middle(0, MODEL_CHIPS) - clusters[_i].chips) < 1e-9 * clusters[_i].chips,
                  "%s: %.17g chips", clusters[_i].cluster, middle(0, MODEL_CHIPS));
    ck_assert_str_eq(resolved.stages[0].chip->id, clusters[_i].id);
}
END_TEST

static const struct {
    const char *key, *value;
    traincost_status status;
    const char *word;
} wrong[] = {
    {"cluster", "H800", TRAINCOST_SYNTAX, "512xH800"},
    {"cluster", "512", TRAINCOST_SYNTAX, "512xH800"},
    {"cluster", "512x", TRAINCOST_SYNTAX, "512xH800"},
    {"cluster", "xH800", TRAINCOST_SYNTAX, "512xH800"},
    {"cluster", "", TRAINCOST_SYNTAX, "512xH800"},
    {"cluster", "512*H880", TRAINCOST_UNKNOWN, "did you mean H800"},
    {"cluster", "512x ", TRAINCOST_SYNTAX, "512xH800"},
    {"cluster", "H880:8", TRAINCOST_UNKNOWN, "did you mean H800"},
    {"cluster", "4xp5.48xlarg", TRAINCOST_UNKNOWN, "did you mean p5.48xlarge"},
    {"cluster", "8 AMD H100", TRAINCOST_UNKNOWN, "not of AMD"},
    {"type", "v5p-64", TRAINCOST_UNKNOWN, "chips 32 and type tpu-v5p"},
    {"type", "p5.48xlarge", TRAINCOST_UNKNOWN, "chips 8 and type h100-sxm"},
    {"type", "AMD H100", TRAINCOST_UNKNOWN, "is of NVIDIA"},
    {"type", "Intel A100", TRAINCOST_UNKNOWN, "not of Intel"},
    {"type", "K21X", TRAINCOST_UNKNOWN, "did you mean K20X"},
    {"cluster", "0xH800", TRAINCOST_RANGE, "chips"},
    {"cluster", "8xH880", TRAINCOST_UNKNOWN, "did you mean H800"},
    {"type", "H880", TRAINCOST_UNKNOWN, "did you mean H800"},
    {"chip", "8", TRAINCOST_UNKNOWN, "did you mean chips"},
    {"hour", "8", TRAINCOST_UNKNOWN, "did you mean hours"},
    {"colour", "blue", TRAINCOST_UNKNOWN, "colour"},
    {"pric", "2", TRAINCOST_UNKNOWN, "price"},
    {"chips", "0", TRAINCOST_RANGE, "at least 1"},
    {"chips", "-3", TRAINCOST_RANGE, "at least 1"},
    {"chips", "512.5x", TRAINCOST_UNIT, "512.5x"},
    {"hours", "1..", TRAINCOST_SYNTAX, "1.."},
    {"hours", "5..2", TRAINCOST_RANGE, "backwards"},
    {"hours", "nan", TRAINCOST_SYNTAX, "nan"},
    {"price", "$", TRAINCOST_SYNTAX, "missing"},
    {"power", "400m", TRAINCOST_UNIT, "400m"},
    {"pue", "0.5", TRAINCOST_RANGE, "at least 1"},
    {"date", "2025-13", TRAINCOST_SYNTAX, "month"},
    {"date", "yesterday", TRAINCOST_SYNTAX, "YYYY"},
    {"available", "2025-02-30", TRAINCOST_SYNTAX, "day"},
    {"term", "forever", TRAINCOST_UNKNOWN, "cluster|on-demand"},
    {"term", "on", TRAINCOST_UNKNOWN, "on-demand"},
    {"operator", "", TRAINCOST_UNKNOWN, "hyperscaler"},
    {"region", "Chna", TRAINCOST_UNKNOWN, "China"},
};

/* Every way to write a cluster, with what it stands for. */
static const struct {
    const char *text, *chip;
    double chips;
} written_clusters[] = {
    {"512xH800", "h800-sxm", 512},
    {"512 x H800", "h800-sxm", 512},
    {"512\xc3\x97H800", "h800-sxm", 512},
    {"512*H800", "h800-sxm", 512},
    {"H100:8", "h100-sxm", 8},
    {"8 H100", "h100-sxm", 8},
    {"8 H100 GPUs", "h100-sxm", 8},
    {"8 H100s", "h100-sxm", 8},
    {"A100x8", "a100-sxm-80", 8},
    {"A100 x 8", "a100-sxm-80", 8},
    {"2x8xH100", "h100-sxm", 16},
    {"8 A100 80GB", "a100-sxm-80", 8},
    {"2,048 x NVIDIA H800 SXM5", "h800-sxm", 2048},
    {"25k A100", "a100-sxm-80", 25000},
    {"8 RTX 4090", "rtx-4090", 8},
    {"64xMI250X GCD", "mi250x-gcd", 64},
    {"v2-8", "tpu-v2", 4},
    {"v3-32", "tpu-v3", 16},
    {"v4-128", "tpu-v4", 64},
    {"v5p-64", "tpu-v5p", 32},
    {"tpu-v5p-64", "tpu-v5p", 32},
    {"v5litepod-64", "tpu-v5e", 64},
    {"v5e-64", "tpu-v5e", 64},
    {"v6e-256", "tpu-v6e", 256},
    {"2xv5p-64", "tpu-v5p", 64},
    {"p5.48xlarge", "h100-sxm", 8},
    {"4xp5.48xlarge", "h100-sxm", 32},
    {"p5.48xlarge:4", "h100-sxm", 32},
    {"2 x a3-highgpu-8g", "h100-sxm", 16},
    {"a2-megagpu-16g", "a100-sxm-40", 16},
    {"ND96isr_H100_v5", "h100-sxm", 8},
    {"Standard_ND96isr_MI300X_v5", "mi300x", 8},
    {"BM.GPU.H100.8", "h100-sxm", 8},
    {"trn1.32xlarge", "trainium1", 16},
    {"inf2.48xlarge", "inferentia2", 12},
    {"ct5p-hightpu-4t", "tpu-v5p", 4},
    {"16 nodes of 8 H100", "h100-sxm", 128},
    {"1 node with 8 H100 GPUs", "h100-sxm", 8},
    {"2,048 Servers x 8xH800", "h800-sxm", 16384},
    {"8 hosts \xc3\x97 8 MI300X", "mi300x", 64},
    {"4 instances of p5.48xlarge", "h100-sxm", 32},
    {"4 p5.48xlarge instances", "h100-sxm", 32},
    {"16 DGX H100 nodes", "h100-sxm", 128},
};

static const char *const unread_clusters[] = {
    "8 H100 nodes", "2 servers of H100", "4 hosts of v5p-64", "4 nodes", "nodes of 8 H100", "4 nodess of 8 H100", "4", "",
    "4 nodes of ", "4 nodes of 8"};

START_TEST(servers_of_an_unknown_number_of_chips_are_refused)
{
    ck_assert(traincost_scenario_set(run, TRAINCOST_RUN, "cluster", unread_clusters[_i], error) != TRAINCOST_OK);
    if (_i < 3)
        ck_assert_msg(strstr(traincost_error_message(error), "how many chips a server has"), "%s",
                      traincost_error_message(error));
}
END_TEST

START_TEST(a_cluster_is_read_as_people_write_it)
{
    ck_assert_msg(traincost_scenario_set(run, TRAINCOST_RUN, "cluster", written_clusters[_i].text, error) == TRAINCOST_OK,
                  "%s: %s", written_clusters[_i].text, traincost_error_message(error));
    ck_assert_str_eq(run->settings[PARAMETER_TYPE].chip->id, written_clusters[_i].chip);
    double chips = quantity_quantile(&run->settings[PARAMETER_CHIPS].q, 0.5);
    ck_assert_msg(chips == written_clusters[_i].chips, "%s: %g chips", written_clusters[_i].text, chips);
}
END_TEST

/* Money in dollars of the date, and of a chip: the rates are those of currency.csv. */
static const struct {
    const char *key, *value, *date;
    double dollars;
} moneys[] = {
    {"rental-price", "2 EUR", "2025-03-20", 2 / 0.9248},
    {"rental-price", "\xe2\x82\xac" "2/h", "2016-05-01", 2 / 0.9032},
    {"rental-price", "14 CNY", "2025-01", 14 / 7.2957},
    {"rental-price", "98.32/server", "2025-01", 98.32 / 8},
    {"rental-price", "80 EUR/server", "2025-03-20", 80 / 0.9248 / 8},
    {"hardware-price", "\xc2\xa5" "200k", "2025-01", 200e3 / 7.2957},
    {"electricity-price", "0.2 EUR/kWh", "2025-03", 0.2 / 0.9248},
    {"purchase-price", "30k EUR", "2025-03", 30e3 / 0.9248},
    {"purchase-price", "300k/server", "2025-03", 300e3 / 8},
    {"hardware-price", "300k EUR/server", "2025-03", 300e3 / 0.9248 / 8},
    {"colocation", "150 EUR/kW-month", "2025-03", 150 / 0.9248},
    {"throughput", "3200 tokens/s/server", "2025-03", 3200 / 8},
};

START_TEST(money_of_another_currency_is_taken_at_the_rate_of_the_date)
{
    /* the date and the chips may come after the price */
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, moneys[_i].key, moneys[_i].value, error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "cluster", "64xH100", error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "date", moneys[_i].date, error), TRAINCOST_OK);
    enum parameter parameter;
    ck_assert_int_eq(parameter_need(moneys[_i].key, &parameter, error), TRAINCOST_OK);
    double dollars = quantity_quantile(&run->settings[parameter].q, 0.5);
    ck_assert_msg(fabs(dollars / moneys[_i].dollars - 1) < 1e-12, "%s %s: %.17g", moneys[_i].key, moneys[_i].value,
                  dollars);
}
END_TEST

START_TEST(no_money_stays_in_another_currency)
{
    int moneyed = 0;
    for (int p = 0; p < PARAMETERS; p++) {
        const char *key = parameter_key((enum parameter)p);
        if (!parameter_is_money((enum parameter)p))
            continue;
        moneyed++;
        ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, key, "0.1 EUR", error), TRAINCOST_OK);
        ck_assert_msg(run->settings[p].q.currency == CURRENCY_USD && run->settings[p].q.a > 0.1, "%s", key);
    }
    ck_assert_int_ge(moneyed, 5);
}
END_TEST

START_TEST(a_claim_in_another_currency_is_one_of_dollars)
{
    ck_assert_int_eq(traincost_scenario_claim(run, "usd", "\xc2\xa5" "3.859M", error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "date", "2025-01", error), TRAINCOST_OK);
    const traincost_claim *claim = traincost_scenario_claim_at(run, 0);
    ck_assert_ptr_nonnull(claim);
    ck_assert_msg(fabs(claim->value / (3.859e6 / 7.2957) - 1) < 1e-12, "%.17g", claim->value);
    ck_assert(claim->low < claim->value && claim->high > claim->value);
}
END_TEST

/* A place by any of its names, and the one whose figures hold. */
static const struct {
    const char *name, *region;
} regions[] = {
    {"France", "France"},   {"FR", "France"},          {"fra", "France"},
    {"us", "US"},           {"United States", "US"},   {"Iowa", "US-Iowa"},
    {"US-IA", "US-Iowa"},   {"us-central1", "US-Iowa"}, {"us-east-1", "US-Northern Virginia"},
    {"eu-west-1", "Ireland"}, {"swedencentral", "Sweden"}, {"European Union", "EU"},
    {"Austria", "Austria"}, {"Tuvalu", "Tuvalu"},      {"global", "world"},
};

START_TEST(a_region_is_a_country_a_state_or_a_clouds)
{
    ck_assert_msg(traincost_scenario_set(run, TRAINCOST_RUN, "region", regions[_i].name, error) == TRAINCOST_OK, "%s: %s",
                  regions[_i].name, traincost_error_message(error));
    ck_assert_str_eq(run->settings[PARAMETER_REGION].region, regions[_i].region);
    const char *keys[] = {"carbon-intensity", "electricity-price"};
    for (int i = 0; i < 2; i++)
        ck_assert_msg(catalog_find_regional_fact(NULL, keys[i], regions[_i].region, 20000) != NULL, "%s has no %s",
                      regions[_i].name, keys[i]);
}
END_TEST

/* Models by the names they have. */
static const struct {
    const char *text;
    double params, active;
} models[] = {
    {"30B-A3B", 30e9, 3e9},          {"100B-A13B", 100e9, 13e9}, {"8x7B", 46.7e9, 12.9e9},
    {"8x22B", 141e9, 39e9},          {"16x3.8B", 41.9e9, 6.6e9}, {"235b-a22b", 235e9, 22e9},
};

START_TEST(a_models_name_states_both_its_parameters)
{
    ck_assert_msg(traincost_scenario_set(run, TRAINCOST_RUN, "params", models[_i].text, error) == TRAINCOST_OK, "%s: %s",
                  models[_i].text, traincost_error_message(error));
    double params = quantity_quantile(&run->settings[PARAMETER_PARAMS].q, 0.5);
    double active = quantity_quantile(&run->settings[PARAMETER_ACTIVE_PARAMS].q, 0.5);
    ck_assert_msg(params == models[_i].params && active == models[_i].active, "%s: %g, %g", models[_i].text, params,
                  active);
    ck_assert(strstr(run->settings[PARAMETER_PARAMS].note, models[_i].text) != NULL);
    /* what is stated stands against what a name implies */
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "active-params", "5B", error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "params", models[_i].text, error), TRAINCOST_OK);
    ck_assert(quantity_quantile(&run->settings[PARAMETER_ACTIVE_PARAMS].q, 0.5) == 5e9);
}
END_TEST

/* What can be typed and hardly meant is taken, with a note that has the way out. */
static const struct {
    const char *key, *value, *note;
} unlikely[] = {
    {"hours", "90M", "chip-hours"},
    {"rental-price", "98.32", "/server"},
    {"rental-price", "0.01", "less than its electricity alone"},
    {"carbon-intensity", "400", "400 g/kWh"},
    {"power", "10 kW", "of one chip"},
    {"tdp", "10 kW", "of one chip"},
    {"hardware-price", "300k", "/server"},
    {"electricity-price", "8", "ct/kWh"},
    {"pue", "11", "halls have"},
    {"rental-price", "2", NULL},
    {"carbon-intensity", "400 g/kWh", NULL},
    {"power", "1.4 kW", NULL},
    {"hardware-price", "30k", NULL},
    {"pue", "1.1", NULL},
};

/* What has been published of single grids of a place, kg/kWh: of eGRID's subregions (data of 2021 to 2024, the regulator's
 * and in CO2e), of balancing areas, provinces and utilities; none of them makes a true claim of that place impossible. */
static const struct {
    const char *region, *date;
    double grid;
} published_grids[] = {
    {"US-Oregon", "2024-06", 0.08},    {"US-Oregon", "2024-06", 0.288},     {"us-west-2", "2023-06", 0.288},
    {"Texas", "2024-06", 0.303},       {"Texas", "2024-06", 0.377},         {"California", "2024-06", 0.195},
    {"California", "2024-06", 0.229},  {"California", "2024-06", 0.273},    {"New York", "2024-06", 0.125},
    {"New York", "2024-06", 0.302},    {"New York", "2024-06", 0.40},       {"Virginia", "2024-06", 0.27},
    {"Virginia", "2024-06", 0.403},    {"us-east-1", "2024-06", 0.289},     {"Washington", "2024-06", 0.109},
    {"Illinois", "2024-06", 0.416},    {"Wisconsin", "2024-06", 0.487},     {"Missouri", "2024-06", 0.451},
    {"Nevada", "2024-06", 0.288},      {"South Carolina", "2024-06", 0.315}, {"Mississippi", "2024-06", 0.38},
    {"Canada", "2024-06", 0.035},      {"Canada", "2024-06", 0.071},        {"Canada", "2024-06", 0.402},
    {"India", "2024-06", 0.534},       {"India", "2024-06", 0.679},         {"Japan", "2024-06", 0.309},
    {"Japan", "2024-06", 0.539},       {"Australia", "2024-06", 0.496},     {"Australia", "2024-06", 0.581},
    {"Australia", "2024-06", 0.66},    {"NSW", "2024-06", 0.66},            {"ap-southeast-2", "2025-06", 0.64},
    {"ACT", "2025-06", 0.64},          {"Victoria", "2025-06", 0.78},       {"Tasmania", "2024-06", 0.133},
    {"AU-WA", "2024-06", 0.51},        {"China", "2022-06", 0.5366},        {"China", "2023-06", 0.4419},
    {"China", "2023-06", 0.6516},      {"CN-GD", "2023-06", 0.4419},        {"Yunnan", "2022-06", 0.1073},
    {"Inner Mongolia", "2023-06", 0.6479}, {"cn-northwest-1", "2023-06", 0.6187}, {"Alberta", "2024-06", 0.402},
    {"British Columbia", "2024-06", 0.071},
};

START_TEST(a_place_holds_all_its_grids)
{
    const char *region;
    int day;
    struct default_value value;
    ck_assert_int_eq(catalog_find_region(NULL, published_grids[_i].region, &region, error), TRAINCOST_OK);
    ck_assert(text_date_middle(published_grids[_i].date, &day) == NULL);
    struct circumstances where = {.day = day, .region = region};
    ck_assert_int_eq(default_find(PARAMETER_CARBON_INTENSITY, &where, &value, error), TRAINCOST_OK);
    double low = quantity_quantile(&value.q, 0.05), high = quantity_quantile(&value.q, 0.95);
    ck_assert_msg(low <= published_grids[_i].grid && published_grids[_i].grid <= high, "%s: %g is not in %g..%g",
                  region, published_grids[_i].grid, low, high);
    ck_assert_double_lt(high, 1); /* 0.9 is the most a grid has, and a site may be dearer than its grid */
}
END_TEST

START_TEST(every_place_has_figures)
{
    const traincost_place *place;
    size_t count = 0;
    for (; (place = traincost_catalog_place(NULL, count)); count++) {
        const char *region;
        ck_assert_msg(catalog_find_region(NULL, place->name, &region, error) == TRAINCOST_OK, "%s", place->name);
        ck_assert_msg(catalog_find_regional_fact(NULL, "carbon-intensity", region, 20000) != NULL, "%s", region);
        ck_assert_msg(catalog_find_regional_fact(NULL, "electricity-price", region, 20000) != NULL, "%s", region);
        ck_assert_msg(catalog_find_place(NULL, place->within) != NULL, "%s", place->within);
    }
    ck_assert_uint_gt(count, 400);
}
END_TEST

START_TEST(every_machine_has_a_known_chip)
{
    const traincost_instance *machine;
    size_t count = 0;
    for (; (machine = traincost_catalog_instance(NULL, count)); count++) {
        ck_assert_msg(catalog_chip_of_id(catalog_rows(NULL), machine->chip) != NULL, "%s", machine->id);
        ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "cluster", machine->id, error), TRAINCOST_OK);
        ck_assert(quantity_quantile(&run->settings[PARAMETER_CHIPS].q, 0.5) == machine->chips);
    }
    ck_assert_uint_ge(count, 60);
}
END_TEST

START_TEST(what_was_pasted_is_trimmed)
{
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "chips", "\xEF\xBB\xBF 512\r\n", error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "date", " 2025-01\t", error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "term", " SPOT ", error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "region", " france ", error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_claim(run, "usd", " 294k\r", error), TRAINCOST_OK);
    ck_assert(quantity_quantile(&run->settings[PARAMETER_CHIPS].q, 0.5) == 512);
}
END_TEST

START_TEST(a_quantity_tells_its_currency)
{
    traincost_quantity *q = NULL;
    ck_assert_int_eq(traincost_quantity_parse("rental-price", "2 EUR/h", &q, error), TRAINCOST_OK);
    ck_assert_str_eq(traincost_quantity_currency(q), "EUR");
    traincost_quantity_free(q);
    ck_assert_int_eq(traincost_quantity_parse("rental-price", "2", &q, error), TRAINCOST_OK);
    ck_assert_str_eq(traincost_quantity_currency(q), "USD");
    traincost_quantity_free(q);
}
END_TEST

START_TEST(a_value_hardly_meant_is_noted)
{
    struct resolved out;
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "cluster", "64xh100-sxm", error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "hours", "10", error), TRAINCOST_OK);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, unlikely[_i].key, unlikely[_i].value, error),
                     TRAINCOST_OK);
    ck_assert_int_eq(scenario_resolve(run, false, "", &out, error), TRAINCOST_OK);
    bool found = false;
    for (size_t i = 0; i < out.note_count; i++)
        found |= strstr(out.notes[i], unlikely[_i].key) && (!unlikely[_i].note || strstr(out.notes[i], unlikely[_i].note));
    ck_assert_msg(found == (unlikely[_i].note != NULL), "%s %s", unlikely[_i].key, unlikely[_i].value);
    resolved_free(&out);
}
END_TEST

START_TEST(nonsense_is_refused_at_once)
{
    size_t stage = append_stage("only");
    for (int i = 0; i < 2; i++) {
        traincost_status status =
            traincost_scenario_set(run, i ? stage : TRAINCOST_RUN, wrong[_i].key, wrong[_i].value, error);
        ck_assert_msg(status == wrong[_i].status, "%s '%s' gives %s: %s", wrong[_i].key, wrong[_i].value,
                      traincost_status_name(status), traincost_error_message(error));
        ck_assert_msg(strstr(traincost_error_message(error), wrong[_i].word), "%s",
                      traincost_error_message(error));
    }
    ck_assert_int_eq(traincost_scenario_set(run, 1, "chips", "8", error), TRAINCOST_RANGE);
}
END_TEST

START_TEST(stages_have_names_of_their_own)
{
    append_stage("a");
    append_stage(NULL);
    append_stage(NULL);
    ck_assert_int_eq(traincost_scenario_add_stage(run, "a", NULL, error), TRAINCOST_CONFLICT);
    ck_assert(strstr(traincost_error_message(error), "'a'") != NULL);
    ck_assert_uint_eq(run->stage_count, 3);
}
END_TEST

START_TEST(a_run_has_so_many_stages)
{
    for (int i = 0; i < LIMIT_STAGES; i++)
        append_stage(NULL);
    ck_assert_int_eq(traincost_scenario_add_stage(run, "a", NULL, error), TRAINCOST_LIMIT);
    ck_assert_str_eq(traincost_error_message(error),
                     "more than 2,000 stages of a run (traincost-scenario(5), LIMITS)");
}
END_TEST

/* ---- time ---- */

static const struct {
    const char *chips, *hours, *chip_hours;
    traincost_status status;
    const char *word;
} times[] = {
    {"512", "198", NULL, TRAINCOST_OK, NULL},
    {NULL, NULL, "101376", TRAINCOST_OK, NULL},
    {"512", NULL, "101376", TRAINCOST_OK, NULL},
    {NULL, "198", "101376", TRAINCOST_OK, NULL},
    {"512", "198", "101376", TRAINCOST_OK, NULL},
    {"512", "198", "101k", TRAINCOST_OK, NULL},
    {"512", "190..205", "101k", TRAINCOST_OK, NULL},
    {"512", "~180", "101k", TRAINCOST_OK, NULL},
    {"512", "~170", "101k", TRAINCOST_CONFLICT, "87,040"},
    {"512", "198", "120k", TRAINCOST_CONFLICT, "101,376"},
    {"512", "198", "147k", TRAINCOST_CONFLICT, "147k"},
    {"512", NULL, NULL, TRAINCOST_MISSING, "no hours"},
    {NULL, NULL, NULL, TRAINCOST_MISSING, "no hours"},
    {NULL, "198", NULL, TRAINCOST_MISSING, "no chips"},
};

START_TEST(time_is_stated_once_or_agrees)
{
    set_in_stage(TRAINCOST_RUN, "type", "H800");
    if (times[_i].chips)
        set_in_stage(TRAINCOST_RUN, "chips", times[_i].chips);
    if (times[_i].hours)
        set_in_stage(TRAINCOST_RUN, "hours", times[_i].hours);
    if (times[_i].chip_hours)
        set_in_stage(TRAINCOST_RUN, "chip-hours", times[_i].chip_hours);
    traincost_status status = scenario_resolve(run, false, "", &resolved, error);
    ck_assert_msg(status == times[_i].status, "%s: %s", traincost_status_name(status),
                  traincost_error_message(error));
    ck_assert_msg(!times[_i].word || strstr(traincost_error_message(error), times[_i].word), "%s",
                  traincost_error_message(error));
    if (status)
        return;
    ck_assert(!times[_i].chips == !input(0, MODEL_CHIPS) && !times[_i].hours == !input(0, MODEL_HOURS));
    if (times[_i].chips && times[_i].hours)
        ck_assert_ptr_null(input(0, MODEL_CHIP_HOURS));
}
END_TEST

START_TEST(a_stage_that_states_its_time_takes_none_from_the_run)
{
    set_in_stage(TRAINCOST_RUN, "cluster", "512xH800");
    set_in_stage(TRAINCOST_RUN, "hours", "198");
    size_t a = append_stage("a"), b = append_stage("b"), c = append_stage("c");
    set_in_stage(b, "chip-hours", "5k");
    set_in_stage(c, "hours", "80");
    resolve();
    ck_assert(middle(a, MODEL_HOURS) == 198 && !input(a, MODEL_CHIP_HOURS));
    ck_assert(middle(b, MODEL_CHIP_HOURS) == 5000 && !input(b, MODEL_HOURS));
    ck_assert(middle(c, MODEL_HOURS) == 80 && !input(c, MODEL_CHIP_HOURS));
}
END_TEST

START_TEST(what_is_missing_names_its_stage)
{
    set_in_stage(TRAINCOST_RUN, "hours", "10");
    set_in_stage(TRAINCOST_RUN, "chips", "10");
    ck_assert_int_eq(scenario_resolve(run, false, "", &resolved, error), TRAINCOST_MISSING);
    ck_assert(strstr(traincost_error_message(error), "type") != NULL);
    set_in_stage(append_stage("warm-up"), "type", "H800");
    append_stage("main");
    ck_assert_int_eq(scenario_resolve(run, false, "", &resolved, error), TRAINCOST_MISSING);
    ck_assert_msg(strstr(traincost_error_message(error), "main") &&
                      strstr(traincost_error_message(error), "type"),
                  "%s", traincost_error_message(error));
    ck_assert(resolved.inputs == NULL && resolved.stages == NULL);
}
END_TEST

/* ---- draws ---- */

static void three_stages(void)
{
    set_in_stage(append_stage("R1-Zero"), "cluster", "512xH800");
    set_in_stage(append_stage("SFT data"), "chip-hours", "5k");
    set_in_stage(append_stage("R1"), "cluster", "512xH800");
    set_in_stage(0, "hours", "198");
    set_in_stage(1, "type", "H800");
    set_in_stage(2, "hours", "80");
}

START_TEST(what_is_stated_once_is_one_draw)
{
    three_stages();
    set_in_stage(TRAINCOST_RUN, "rental-price", "1.5..2.5");
    set_in_stage(TRAINCOST_RUN, "power", "700..900");
    resolve();
    ck_assert(input(0, MODEL_RENTAL_PRICE) == input(1, MODEL_RENTAL_PRICE) &&
              input(1, MODEL_RENTAL_PRICE) == input(2, MODEL_RENTAL_PRICE));
    ck_assert(!input(0, MODEL_RENTAL_PRICE)->stages && input(0, MODEL_POWER) == input(2, MODEL_POWER));
    ck_assert(input(0, MODEL_POWER_FRACTION) == NULL);
    ck_assert(input(0, MODEL_CHIPS) != input(2, MODEL_CHIPS));
    ck_assert(resolved.models[0].type == resolved.models[1].type &&
              resolved.models[1].type == resolved.models[2].type);
}
END_TEST

START_TEST(defaults_of_one_chip_are_one_draw)
{
    three_stages();
    resolve();
    for (int v = MODEL_RENTAL_PRICE; v < MODEL_VARIABLES; v++)
        for (size_t s = 1; s < 3; s++)
            ck_assert_msg(input(0, (enum model_variable)v) == input(s, (enum model_variable)v),
                          "variable %d, stage %zu", v, s);
}
END_TEST

START_TEST(different_chips_are_different_draws)
{
    three_stages();
    set_in_stage(2, "type", "A100");
    set_in_stage(1, "type", "TPU v4");
    resolve();
    static const enum model_variable own[] = {MODEL_RENTAL_PRICE, MODEL_HARDWARE_PRICE, MODEL_TDP};
    static const enum model_variable common[] = {
        MODEL_PUE,          MODEL_ELECTRICITY_PRICE,     MODEL_CARBON_INTENSITY,
        MODEL_DEPRECIATION, MODEL_INTERCONNECT_OVERHEAD, MODEL_SERVER_OVERHEAD};
    for (int i = 0; i < COUNT(own); i++)
        ck_assert(input(0, own[i]) != input(2, own[i]) && input(0, own[i]) != input(1, own[i]));
    for (int i = 0; i < COUNT(common); i++)
        ck_assert(input(0, common[i]) == input(1, common[i]) && input(1, common[i]) == input(2, common[i]));
    ck_assert(input(0, MODEL_POWER_FRACTION) != input(1, MODEL_POWER_FRACTION));
    ck_assert_str_eq(input(1, MODEL_RENTAL_PRICE)->stages, "SFT data");
    ck_assert(resolved.models[0].type != resolved.models[1].type &&
              resolved.models[0].type != resolved.models[2].type);
}
END_TEST

START_TEST(a_value_stated_in_two_stages_is_two_draws)
{
    three_stages();
    set_in_stage(0, "rental-price", "1.5..2.5");
    set_in_stage(1, "rental-price", "1.5..2.5");
    set_in_stage(2, "rental-price", "1.5..2.5");
    resolve();
    ck_assert(input(0, MODEL_RENTAL_PRICE) != input(1, MODEL_RENTAL_PRICE));
    ck_assert(input(1, MODEL_RENTAL_PRICE) != input(2, MODEL_RENTAL_PRICE));
}
END_TEST

START_TEST(operator_region_and_date_choose_defaults)
{
    static const char *const keys[][2] = {{"operator", "hyperscaler"},
                                          {"region", "France"},
                                          {"region", "China"},
                                          {"date", "2021"},
                                          {"term", "spot"}};
    static const enum model_variable moved[] = {MODEL_PUE, MODEL_CARBON_INTENSITY, MODEL_ELECTRICITY_PRICE,
                                                MODEL_RENTAL_PRICE, MODEL_RENTAL_PRICE};
    set_in_stage(TRAINCOST_RUN, "cluster", "8xA100");
    set_in_stage(TRAINCOST_RUN, "hours", "8");
    resolve();
    double before = middle(0, moved[_i]);
    resolved_free(&resolved);
    set_in_stage(TRAINCOST_RUN, keys[_i][0], keys[_i][1]);
    resolve();
    double after = middle(0, moved[_i]);
    ck_assert_msg(before != after, "%s %s leaves %g", keys[_i][0], keys[_i][1], before);
    if (_i == 0)
        ck_assert(after < before);
    if (_i == 1)
        ck_assert(after < 0.5 * before); /* nuclear power */
}
END_TEST

START_TEST(hardware_ages_from_when_it_was_available)
{
    set_in_stage(TRAINCOST_RUN, "cluster", "8xA100");
    set_in_stage(TRAINCOST_RUN, "hours", "8");
    set_in_stage(TRAINCOST_RUN, "date", "2024-02-14");
    resolve(); /* released 2020-11-16, available 90 days on */
    ck_assert_msg(fabs(resolved.models[0].years - 3) < 0.01, "%g years", resolved.models[0].years);
    resolved_free(&resolved);
    set_in_stage(TRAINCOST_RUN, "available", "2023-02-14");
    resolve();
    ck_assert(fabs(resolved.models[0].years - 1) < 0.01 && resolved.note_count == 1);
    resolved_free(&resolved);
    set_in_stage(TRAINCOST_RUN, "available", "2025-02-14");
    resolve();
    ck_assert(resolved.models[0].years == 0 && resolved.note_count == 1);
    resolved_free(&resolved);
    set_in_stage(TRAINCOST_RUN, "date", "2020-02-14");
    resolve();
    ck_assert(resolved.models[0].years == 0 && resolved.note_count == 2);
}
END_TEST

/* ---- files ---- */

static const char r1[] = "id: deepseek-r1\n"
                         "name: DeepSeek-R1\n"
                         "organization: DeepSeek\n"
                         "date: 2025-01                 # of the run: prices are looked up here\n"
                         "base: deepseek-v3\n"
                         "stages:\n"
                         "  - {name: R1-Zero,  type: H800, chips: 512, hours: 198}\n"
                         "  - {name: SFT data, type: H800, chip-hours: 5k}\n"
                         "  - {name: R1,       type: H800, chips: 512, hours: 80}\n"
                         "claim:\n"
                         "  usd: 294k\n"
                         "  chip-hours: 147k\n"
                         "  rental-price: 2\n"
                         "  counts: rental\n"
                         "  published: 2025-09-17\n"
                         "  source: https://arxiv.org/html/2501.12948v2\n";

START_TEST(the_file_of_the_manual_is_read)
{
    FILE *file = fopen(path, "wb");
    ck_assert(file && fputs(r1, file) >= 0 && fclose(file) == 0);
    ck_assert_int_eq(traincost_scenario_read(run, path, error), TRAINCOST_OK);
    resolve();
    ck_assert(resolved.own_count == 3 && resolved.stage_count == 6 && resolved.models[5].base);
    ck_assert_str_eq(resolved.stages[1].name, "SFT data");
    ck_assert(middle(0, MODEL_HOURS) == 198 && middle(1, MODEL_CHIP_HOURS) == 5000 &&
              middle(2, MODEL_HOURS) == 80);
    ck_assert_int_eq(resolved.day, 20089);
    bool hours = false;
    for (size_t i = 0; i < resolved.note_count; i++)
        hours |= strstr(resolved.notes[i], "SFT data") != NULL;
    ck_assert(hours);
}
END_TEST

/* Reads the first of so many files, each of which starts from the next. */
static traincost_status read_chain(int files)
{
    char name[sizeof path + 16], next[sizeof path + 16];
    for (int i = 0; i < files; i++) {
        snprintf(name, sizeof name, "%s.%d", path, i);
        snprintf(next, sizeof next, "%s.%d", path, i + 1);
        FILE *file = fopen(name, "wb");
        ck_assert(file);
        fprintf(file, "cluster: 8xH100\nhours: 10\n");
        if (i + 1 < files)
            fprintf(file, "base: %s\n", next);
        ck_assert(fclose(file) == 0);
    }
    snprintf(name, sizeof name, "%s.0", path);
    traincost_scenario *chain = traincost_scenario_new(NULL, NULL);
    ck_assert(chain);
    traincost_status status = traincost_scenario_read(chain, name, error);
    traincost_scenario_free(chain);
    for (int i = 0; i < files; i++) {
        snprintf(name, sizeof name, "%s.%d", path, i);
        unlink(name);
    }
    return status;
}

START_TEST(so_many_runs_start_from_one_another)
{
    if (read_chain(LIMIT_BASES + 1))
        ck_abort_msg("%s", traincost_error_message(error));
    ck_assert_int_eq(read_chain(LIMIT_BASES + 2), TRAINCOST_LIMIT);
    ck_assert_ptr_nonnull(strstr(traincost_error_message(error), "more than 16 runs"));
}
END_TEST

static const struct {
    const char *text;
    traincost_status status;
    int line;
    const char *word;
} bad_files[] = {
    {"", TRAINCOST_SYNTAX, 1, "empty"},
    {"hours: 5\ntype: H800\nchps: 8\n", TRAINCOST_UNKNOWN, 3, "chips"},
    {"stages:\n  - type: H800\n    chips: 8\n    hour: 3\n", TRAINCOST_UNKNOWN, 4, "hours"},
    {"stages:\n  - {type: H880, chips: 8, hours: 3}\n", TRAINCOST_UNKNOWN, 2, "H800"},
    {"# x\n\nchips: 0\n", TRAINCOST_RANGE, 3, "at least 1"},
    {"hours: [1, 2]\n", TRAINCOST_SYNTAX, 1, "one value"},
    {"hours:\n", TRAINCOST_SYNTAX, 1, "missing"},
    {"stages: 5\n", TRAINCOST_SYNTAX, 1, "list"},
    {"stages: []\n", TRAINCOST_SYNTAX, 1, "at least one"},
    {"stages:\n  - 5\n", TRAINCOST_SYNTAX, 2, "map"},
    {"stages:\n  - {name: a, hours: 1}\n  - {name: a, hours: 1}\n", TRAINCOST_CONFLICT, 3, "'a'"},
    {"stages:\n  - {name: [a], hours: 1}\n", TRAINCOST_SYNTAX, 2, "one value"},
    {"stages:\n  - {hours: 1, stages: [1]}\n", TRAINCOST_SYNTAX, 2, ""},
    {"hours: 1\nhours: 2\n", TRAINCOST_SYNTAX, 2, "twice"},
    {"claim: 294k\n", TRAINCOST_SYNTAX, 1, "map"},
    {"hours: 1\nclaim:\n  usd: 1\n  euros: 5\n", TRAINCOST_UNKNOWN, 4, "euros"},
    {"- 1\n- 2\n", TRAINCOST_SYNTAX, 1, "map"},
    {"just words\n", TRAINCOST_SYNTAX, 1, "map"},
    {"hours: 1\n---\nhours: 2\n", TRAINCOST_SYNTAX, 2, "second"},
    {"hours: &a 1\nchips: *a\n", TRAINCOST_SYNTAX, 0, ""},
    {"hours: 1\nchips: {a: 1\n", TRAINCOST_SYNTAX, 3, ""},
};

START_TEST(a_bad_file_is_refused_with_its_line)
{
    traincost_status status = parse(bad_files[_i].text);
    const char *message = traincost_error_message(error);
    ck_assert_msg(status == bad_files[_i].status, "%s: %s", traincost_status_name(status), message);
    ck_assert_msg(!bad_files[_i].line || traincost_error_line(error) == bad_files[_i].line, "line %d: %s",
                  traincost_error_line(error), message);
    ck_assert_msg(strstr(message, bad_files[_i].word), "%s", message);
}
END_TEST

START_TEST(the_error_of_a_file_has_its_line_apart)
{
    FILE *file = fopen(path, "wb");
    ck_assert(file && fputs("hours: 5\nchps: 8\n", file) >= 0 && fclose(file) == 0);
    ck_assert_int_eq(traincost_scenario_read(run, path, error), TRAINCOST_UNKNOWN);
    ck_assert_str_eq(traincost_error_message(error), "unknown parameter 'chps': did you mean chips?");
    ck_assert_int_eq(traincost_error_line(error), 2);
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    char gone[600], parent[600];
    snprintf(parent, sizeof parent, "%s", path);
    *strrchr(parent, '/') = '\0';
    ck_assert_int_eq(traincost_scenario_read(run, parent, error), TRAINCOST_SYNTAX);
    ck_assert_msg(strstr(traincost_error_message(error), "folder") ||
                      strstr(traincost_error_message(error), "directory"),
                  "%s", traincost_error_message(error));
    ck_assert_int_eq(traincost_scenario_read(run, path, error), TRAINCOST_SYNTAX);
    ck_assert(strstr(traincost_error_message(error), "empty") != NULL);
    snprintf(gone, sizeof gone, "%s-gone.yaml", path);
    ck_assert_int_eq(traincost_scenario_read(run, gone, error), TRAINCOST_IO);
    ck_assert(strstr(traincost_error_message(error), gone) != NULL);
    ck_assert_int_eq(traincost_scenario_read(run, "", error), TRAINCOST_IO);
    ck_assert_int_eq(traincost_scenario_read(run, gone, NULL), TRAINCOST_IO);
}
END_TEST

START_TEST(a_huge_file_is_refused)
{
    FILE *file = fopen(path, "wb");
    char *line = malloc(1 << 20);
    ck_assert(file && line);
    memset(line, 'x', 1 << 20);
    fputs("name: ", file);
    for (int i = 0; i < 100; i++)
        ck_assert_uint_eq(fwrite(line, 1, 1 << 20, file), 1 << 20);
    ck_assert_int_eq(fclose(file), 0);
    free(line);
    ck_assert_int_eq(traincost_scenario_read(run, path, error), TRAINCOST_LIMIT);
    ck_assert(strstr(traincost_error_message(error), "more than 16,777,216 bytes") != NULL);
}
END_TEST

/* ---- every chip ---- */

START_TEST(every_chip_gets_every_default)
{
    const traincost_chip *chip;
    for (size_t i = 0; (chip = traincost_catalog_chip(NULL, i)); i++) {
        set_in_stage(TRAINCOST_RUN, "type", chip->id);
        set_in_stage(TRAINCOST_RUN, "chip-hours", "1000");
        resolve();
        for (size_t j = 0; j < resolved.input_count; j++) {
            const struct resolved_input *in = &resolved.inputs[j];
            double low = quantity_quantile(&in->q, 0.05), high = quantity_quantile(&in->q, 0.95);
            ck_assert_msg(low > 0 && low <= high && high < 1e7, "%s: %s is %g..%g", chip->id,
                          parameter_table[in->parameter].public.key, low, high);
            ck_assert_msg(in->origin || in->source[0], "%s: %s has no source", chip->id,
                          parameter_table[in->parameter].public.key);
        }
        ck_assert_msg(input(0, MODEL_TDP)->inferred == !(chip->tdp_w > 0), "%s", chip->id);
        ck_assert_msg(!input(0, MODEL_TDP)->inferred || resolved.note_count > 0, "%s", chip->id);
        resolved_free(&resolved);
    }
}
END_TEST

Suite *scenario_suite(void)
{
    Suite *suite = suite_create("scenario");
    TCase *tests = tcase_create("scenario");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, set_up_scenario, tear_down_scenario);
    tcase_add_test(tests, a_run_without_stages_has_one);
    tcase_add_test(tests, a_second_statement_replaces_the_first);
    tcase_add_test(tests, a_refused_statement_changes_nothing);
    tcase_add_test(tests, a_stage_overrides_the_run);
    tcase_add_loop_test(tests, clusters_read_as_people_say_them, 0, COUNT(clusters));
    tcase_add_loop_test(tests, a_cluster_is_read_as_people_write_it, 0, COUNT(written_clusters));
    tcase_add_loop_test(tests, servers_of_an_unknown_number_of_chips_are_refused, 0, COUNT(unread_clusters));
    tcase_add_loop_test(tests, money_of_another_currency_is_taken_at_the_rate_of_the_date, 0, COUNT(moneys));
    tcase_add_test(tests, no_money_stays_in_another_currency);
    tcase_add_test(tests, a_claim_in_another_currency_is_one_of_dollars);
    tcase_add_loop_test(tests, a_region_is_a_country_a_state_or_a_clouds, 0, COUNT(regions));
    tcase_add_loop_test(tests, a_models_name_states_both_its_parameters, 0, COUNT(models));
    tcase_add_test(tests, every_place_has_figures);
    tcase_add_test(tests, every_machine_has_a_known_chip);
    tcase_add_test(tests, what_was_pasted_is_trimmed);
    tcase_add_test(tests, a_quantity_tells_its_currency);
    tcase_add_loop_test(tests, a_value_hardly_meant_is_noted, 0, COUNT(unlikely));
    tcase_add_loop_test(tests, nonsense_is_refused_at_once, 0, COUNT(wrong));
    tcase_add_test(tests, stages_have_names_of_their_own);
    tcase_add_test(tests, a_run_has_so_many_stages);
    tcase_add_loop_test(tests, time_is_stated_once_or_agrees, 0, COUNT(times));
    tcase_add_test(tests, a_stage_that_states_its_time_takes_none_from_the_run);
    tcase_add_test(tests, what_is_missing_names_its_stage);
    tcase_add_test(tests, what_is_stated_once_is_one_draw);
    tcase_add_test(tests, defaults_of_one_chip_are_one_draw);
    tcase_add_test(tests, different_chips_are_different_draws);
    tcase_add_test(tests, a_value_stated_in_two_stages_is_two_draws);
    tcase_add_loop_test(tests, operator_region_and_date_choose_defaults, 0, 5);
    tcase_add_test(tests, hardware_ages_from_when_it_was_available);
    tcase_add_test(tests, the_file_of_the_manual_is_read);
    tcase_add_test(tests, so_many_runs_start_from_one_another);
    tcase_add_loop_test(tests, a_bad_file_is_refused_with_its_line, 0, COUNT(bad_files));
    tcase_add_test(tests, the_error_of_a_file_has_its_line_apart);
    tcase_add_test(tests, what_is_no_file_is_refused);
    tcase_add_test(tests, a_huge_file_is_refused);
    tcase_add_loop_test(tests, a_place_holds_all_its_grids, 0,
                        (int)(sizeof published_grids / sizeof *published_grids));
    tcase_add_test(tests, every_chip_gets_every_default);
    suite_add_tcase(suite, tests);
    return suite;
}
