/* Rows: each is its estimate to the bit, whatever was answered before it, and what is not right is refused. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/count.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <traincost.h>

static const char batch_header[] = "chips;type;hours;price;pue;power-fraction;date";

/* Every law, what is cut at a bound, and defaults. */
static const char *const batch_rows[] = {
    "512;H800;198;;;;2025-01",
    "512;H800;198;2;;;2025-01",
    "64;A100;10..20;1..3;1.05..1.2;0.5..0.9;2024-03",
    "64;A100;pert(10, 12, 30);triangular(1, 2, 4);uniform(1.1, 1.3);normal(0.7, 0.1);2024-03",
    "1000;tpu-v4;2 +- 5;lognormal(2, 1.5);normal(1.01, 0.2);0.9..1;2023",
    "8..16;MI300X;~100;~2;;;2026-05",
    "1;V100;1;0.01..100;;;",
    "512..600;H800;150..198;1.5..2.5;1.1..1.3;0.6..0.8;2025-01",
};

/* With commas, and cells in quotes. */
static void with_commas(const char *row, char *out)
{
    *out++ = '"';
    for (; *row; row++) {
        if (*row == ';') {
            memcpy(out, "\",\"", 3);
            out += 3;
        } else
            *out++ = *row;
    }
    memcpy(out, "\"", 2);
}

static const char six_outputs[] = "chip_hours,rental_usd,ownership_usd,accelerators_usd,energy_kwh,co2_kg";

static traincost_options *batch_options(const char *samples, const char *outputs)
{
    traincost_options *options = traincost_options_new_for_rows();
    ck_assert_ptr_nonnull(options);
    ck_assert_int_eq(traincost_options_set(options, "samples", samples, NULL), TRAINCOST_OK);
    ck_assert_int_eq(traincost_options_set(options, "outputs", outputs, NULL), TRAINCOST_OK);
    return options;
}

static traincost_batch *begin_batch(const traincost_options *options)
{
    char header[400];
    const char *columns = NULL;
    traincost_batch *batch = NULL;
    ck_assert_int_eq(traincost_batch_new(NULL, options, &batch, NULL), TRAINCOST_OK);
    with_commas(batch_header, header);
    ck_assert_int_eq(traincost_batch_columns(batch, header, strlen(header), &columns, NULL), TRAINCOST_OK);
    return batch;
}

static void state_batch_row(traincost_scenario *run, const char *row)
{
    const char *name = batch_header;
    for (size_t n, m; *name; name += n + (name[n] == ';'), row += m + (row[m] == ';')) {
        char key[40], value[80];
        n = strcspn(name, ";");
        m = strcspn(row, ";");
        snprintf(key, sizeof key, "%.*s", (int)n, name);
        snprintf(value, sizeof value, "%.*s", (int)m, row);
        if (*value)
            ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, key, value, NULL), TRAINCOST_OK);
    }
}

/* The row as it came, and the quantiles of its estimate. */
static void expected_answer(const char *row, const traincost_options *options, char *out, size_t size)
{
    traincost_scenario *run = traincost_scenario_new(NULL, NULL);
    traincost_result *result = NULL;
    const traincost_output *figure;
    with_commas(row, out);
    state_batch_row(run, row);
    ck_assert_int_eq(traincost_estimate(run, options, &result, NULL), TRAINCOST_OK);
    for (size_t j = 0; (figure = traincost_result_at(result, j)); j++)
        for (size_t q = 0; q < figure->levels; q++)
            snprintf(out + strlen(out), size - strlen(out), ",%.10g", figure->quantile[q]);
    snprintf(out + strlen(out), size - strlen(out), ",");
    traincost_result_free(result);
    traincost_scenario_free(run);
}

START_TEST(a_row_is_its_estimate)
{
    /* The last are closed where every input is a lognormal, so that of those rows nothing is sampled. */
    static const char *const asked[][2] = {{"2048", six_outputs}, {"4096", six_outputs}, {"5000", six_outputs},
                                           {"8192", six_outputs}, {"20000", six_outputs},
                                           {"4096", "rental_usd,energy_kwh"}, {"4096", "rental_usd"}};
    for (int s = 0; s < COUNT(asked); s++) {
        traincost_options *options = batch_options(asked[s][0], asked[s][1]);
        traincost_batch *batch = begin_batch(options);
        char texts[COUNT(batch_rows)][400], expected[2000];
        traincost_row rows[COUNT(batch_rows)];
        /* Three times, so that what was kept of the first is read. */
        for (int time = 0; time < 3; time++) {
            for (int i = 0; i < COUNT(batch_rows); i++) {
                with_commas(batch_rows[i], texts[i]);
                rows[i] = (traincost_row){.text = texts[i], .length = strlen(texts[i])};
            }
            ck_assert_int_eq(traincost_batch_answer(batch, rows, COUNT(batch_rows), NULL), TRAINCOST_OK);
            for (int i = 0; i < COUNT(batch_rows); i++) {
                expected_answer(batch_rows[i], options, expected, sizeof expected);
                ck_assert_str_eq(rows[i].answer, expected);
                ck_assert_uint_eq(rows[i].answer_length, strlen(expected));
            }
        }
        traincost_batch_free(batch);
        traincost_options_free(options);
    }
}
END_TEST

/* Of a question too, with the samples of the batch unless it states its own. */
START_TEST(a_question_takes_the_samples_of_the_batch)
{
    static const struct {
        const char *samples, *row, *said;
    } cases[] = {
        {NULL, "{\"command\": \"estimate\", \"chips\": 8, \"type\": \"H100\", \"hours\": 1}", "\"samples\":4096"},
        {"8192", "{\"command\": \"estimate\", \"chips\": 8, \"type\": \"H100\", \"hours\": 1}", "\"samples\":8192"},
        {"8192",
         "{\"command\": \"estimate\", \"chips\": 8, \"type\": \"H100\", \"hours\": 1, \"options\": {\"samples\": 2048}}",
         "\"samples\":2048"},
    };
    for (int i = 0; i < COUNT(cases); i++) {
        traincost_options *options = cases[i].samples ? batch_options(cases[i].samples, six_outputs) : NULL;
        traincost_batch *batch = NULL;
        traincost_row row = {.text = cases[i].row, .length = strlen(cases[i].row)};
        ck_assert_int_eq(traincost_batch_new(NULL, options, &batch, NULL), TRAINCOST_OK);
        ck_assert_int_eq(traincost_batch_answer(batch, &row, 1, NULL), TRAINCOST_OK);
        ck_assert_int_eq(row.status, TRAINCOST_OK);
        ck_assert_msg(strstr(row.answer, cases[i].said), "%s", row.answer);
        traincost_batch_free(batch);
        traincost_options_free(options);
    }
}
END_TEST

START_TEST(columns_that_are_refused)
{
    static const struct {
        const char *header;
        traincost_status status;
    } refused[] = {{"chps,type", TRAINCOST_UNKNOWN},      {"chips,type,Chips", TRAINCOST_CONFLICT},
                   {"price,rental_price", TRAINCOST_CONFLICT}, {"a,b", TRAINCOST_MISSING},
                   {"chips,verdict,claim", TRAINCOST_CONFLICT}, {"chips,\"type", TRAINCOST_SYNTAX}};
    for (int i = 0; i < COUNT(refused); i++) {
        traincost_batch *batch = NULL;
        const char *header = NULL;
        ck_assert_int_eq(traincost_batch_new(NULL, NULL, &batch, NULL), TRAINCOST_OK);
        ck_assert_int_eq(traincost_batch_columns(batch, refused[i].header, strlen(refused[i].header), &header, NULL),
                         refused[i].status);
        ck_assert_ptr_null(header);
        traincost_batch_free(batch);
    }
}
END_TEST

START_TEST(names_of_ones_own_are_carried)
{
    static const char header[] = "team,Chips,TYPE,chip_hours,node,user,Notes,,x";
    traincost_batch *batch = NULL;
    const char *answer = NULL;
    ck_assert_int_eq(traincost_batch_new(NULL, NULL, &batch, NULL), TRAINCOST_OK);
    ck_assert_int_eq(traincost_batch_columns(batch, header, strlen(header), &answer, NULL), TRAINCOST_OK);
    ck_assert_msg(!strncmp(answer, header, strlen(header)), "%s", answer);
    traincost_batch_free(batch);
}
END_TEST

START_TEST(what_holds_for_every_row)
{
    traincost_batch *batch = NULL;
    const char *header = NULL;
    traincost_row row = {.text = "3", .length = 1}, own = {.text = "3,H100", .length = 6};
    traincost_options *options = traincost_options_new_for_rows();
    ck_assert_int_eq(traincost_options_set(options, "outputs", "chip_hours", NULL), TRAINCOST_OK);
    ck_assert_int_eq(traincost_batch_new(NULL, options, &batch, NULL), TRAINCOST_OK);
    ck_assert_int_eq(traincost_batch_state(batch, "cluster", "512xH800", NULL), TRAINCOST_OK);
    ck_assert_int_eq(traincost_batch_state(batch, "hours", "1kWh", NULL), TRAINCOST_UNIT);
    ck_assert_int_eq(traincost_batch_state(batch, "hous", "1", NULL), TRAINCOST_UNKNOWN);
    ck_assert_int_eq(traincost_batch_columns(batch, "hours", 5, &header, NULL), TRAINCOST_OK);
    ck_assert_int_eq(traincost_batch_answer(batch, &row, 1, NULL), TRAINCOST_OK);
    ck_assert_str_eq(row.answer, "3,1536,1536,1536,");
    ck_assert_int_eq(traincost_batch_answer(batch, &own, 1, NULL), TRAINCOST_OK);
    ck_assert_int_eq(own.status, TRAINCOST_SYNTAX);
    traincost_batch_free(batch);
    traincost_options_free(options);
}
END_TEST

/* A first line that others write: the name that is meant is said where nothing else states it. */
START_TEST(columns_called_otherwise)
{
    static const struct {
        const char *key, *value, *header; /* what is stated for every row, or NULL */
        traincost_status status;
        const char *said;
    } cases[] = {{NULL, NULL, "gpus,type,hours", TRAINCOST_UNKNOWN, "did you mean chips?"},
                 {"hours", "10", "gpus,type", TRAINCOST_UNKNOWN, "did you mean chips?"},
                 {"chips", "8", "gpus,type,hours", TRAINCOST_OK, ""},
                 {"cluster", "8xH100", "gpus,hours", TRAINCOST_OK, ""},
                 {NULL, NULL, "gpus,run", TRAINCOST_OK, ""},
                 {NULL, NULL, "chips,gpu_type,hours", TRAINCOST_UNKNOWN, "did you mean type?"},
                 {NULL, NULL, "chips,type,duration", TRAINCOST_OK, ""},
                 {NULL, NULL, "chips;type;hours", TRAINCOST_MISSING, "with commas between them"},
                 {NULL, NULL, "chips\ttype", TRAINCOST_MISSING, "with commas between them"},
                 {NULL, NULL, "note", TRAINCOST_MISSING, "as in chips,type,hours"},
                 {NULL, NULL, "chips,type,hours\r", TRAINCOST_OK, ""}};
    for (int i = 0; i < COUNT(cases); i++) {
        traincost_batch *batch = NULL;
        const char *header = NULL;
        traincost_error *error = traincost_error_new();
        ck_assert_int_eq(traincost_batch_new(NULL, NULL, &batch, error), TRAINCOST_OK);
        if (cases[i].key)
            ck_assert_int_eq(traincost_batch_state(batch, cases[i].key, cases[i].value, error), TRAINCOST_OK);
        traincost_status status =
            traincost_batch_columns(batch, cases[i].header, strlen(cases[i].header), &header, error);
        ck_assert_msg(status == cases[i].status, "%s: %s", cases[i].header, traincost_error_message(error));
        ck_assert_msg(status == TRAINCOST_OK || strstr(traincost_error_message(error), cases[i].said), "%s: %s",
                      cases[i].header, traincost_error_message(error));
        traincost_batch_free(batch);
        traincost_error_free(error);
    }
}
END_TEST

static traincost_batch *begin_total(const char *header)
{
    traincost_options *options = batch_options("2048", "rental_usd");
    traincost_batch *batch = NULL;
    const char *columns = NULL;
    ck_assert_int_eq(traincost_options_set(options, "quantiles", "50", NULL), TRAINCOST_OK);
    ck_assert_int_eq(traincost_batch_new(NULL, options, &batch, NULL), TRAINCOST_OK);
    ck_assert_int_eq(traincost_batch_keep_total(batch, NULL), TRAINCOST_OK);
    ck_assert_int_eq(traincost_batch_columns(batch, header, strlen(header), &columns, NULL), TRAINCOST_OK);
    traincost_options_free(options);
    return batch;
}

static void add_total_row(traincost_batch *batch, const char *text, traincost_status status)
{
    traincost_row row = {.text = text, .length = strlen(text)};
    ck_assert_int_eq(traincost_batch_answer(batch, &row, 1, NULL), TRAINCOST_OK);
    ck_assert_msg(row.status == status, "%s: %s", text, row.answer);
}

static double total_of(traincost_batch *batch)
{
    const char *total = NULL;
    size_t length = 0;
    ck_assert_int_eq(traincost_batch_total(batch, &total, &length, NULL), TRAINCOST_OK);
    ck_assert_msg(!strncmp(total, "total,,,,", 9), "%s", total);
    return strtod(total + 9, NULL);
}

/* As many different rows as the portfolio's tables grow for; each twice, and what is refused is left out. */
START_TEST(the_total_of_many_different_rows)
{
    enum { DIFFERENT = 700 };
    traincost_batch *batch = begin_total("chips,type,hours,price");
    double sum = 0;
    char text[80];
    for (int i = 0; i < 2 * DIFFERENT; i++) {
        int n = i % DIFFERENT + 1;
        snprintf(text, sizeof text, "%d,%s,%d.5,%d.25", n, n % 3 ? "H100" : "H800", n, n % 90);
        add_total_row(batch, text, TRAINCOST_OK);
        sum += n * (n + 0.5) * (n % 90 + 0.25);
    }
    add_total_row(batch, "8,H1000,1,1", TRAINCOST_UNKNOWN);
    ck_assert_double_eq_tol(total_of(batch) / sum, 1, 1e-9);
    traincost_batch_free(batch);
}
END_TEST

/* What the rows have in common is one draw, what each states as a range is its own: the sum of many is nearly sure. */
START_TEST(the_total_of_many_ranges)
{
    enum { RANGES = 300 };
    traincost_batch *batch = begin_total("chips,type,hours,price");
    char text[80];
    for (int i = 0; i < RANGES; i++) {
        snprintf(text, sizeof text, "8,H100,%d..%d,2", 90 + i % 7, 110 + i % 11);
        add_total_row(batch, text, TRAINCOST_OK);
    }
    ck_assert_double_eq_tol(total_of(batch) / (RANGES * 8 * 102.8 * 2), 1, 0.02);
    traincost_batch_free(batch);
}
END_TEST

Suite *batch_suite(void)
{
    Suite *suite = suite_create("batch");
    TCase *c = tcase_create("batch");
    tcase_set_timeout(c, 60);
    tcase_add_test(c, a_row_is_its_estimate);
    tcase_add_test(c, a_question_takes_the_samples_of_the_batch);
    tcase_add_test(c, columns_that_are_refused);
    tcase_add_test(c, names_of_ones_own_are_carried);
    tcase_add_test(c, what_holds_for_every_row);
    tcase_add_test(c, columns_called_otherwise);
    tcase_add_test(c, the_total_of_many_different_rows);
    tcase_add_test(c, the_total_of_many_ranges);
    suite_add_tcase(suite, c);
    return suite;
}
