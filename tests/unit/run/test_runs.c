/* The published runs of the catalogue, and runs that start from others. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _XOPEN_SOURCE 700
#include "unit/fixture.h"
#include "run/scenario.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/traincost-XXXXXX";

static void make_folder(void)
{
    if (!mkdtemp(folder))
        abort();
}

static void remove_folder(void)
{
    static const char *const names[] = {"run.yaml",   "base.yaml", "first.yaml", "second.yaml",
                                        "third.yaml", "a.yaml",    "b.yaml"};
    char path[256];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    rmdir(folder);
}

static void find_run(const char *id)
{
    traincost_status status = traincost_scenario_find(run, id, error);
    ck_assert_msg(status == TRAINCOST_OK, "%s: %s", id, traincost_error_message(error));
}

static double median_output(const char *key)
{
    const traincost_output *output = traincost_result_find(result, key);
    ck_assert_msg(output != NULL, "no %s", key);
    return output->quantile[2];
}

static void state_text(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    ck_assert(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static traincost_status read_file(const char *name)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return traincost_scenario_read(run, path, error);
}

/* ---- the catalogue's runs ---- */

START_TEST(every_run_reads_and_names_its_source)
{
    const traincost_run *last = NULL, *entry;
    size_t count = 0;
    for (; (entry = traincost_catalog_run(NULL, count)); count++) {
        traincost_scenario *one = traincost_scenario_new(NULL, error);
        traincost_status status = traincost_scenario_find(one, entry->id, error);
        ck_assert_msg(status == TRAINCOST_OK, "%s, line %d: %s", entry->id, traincost_error_line(error),
                      traincost_error_message(error));
        ck_assert_msg(strstr(entry->text, "source: http") && strstr(entry->text, "published: "), "%s",
                      entry->id);
        ck_assert_msg(!last || strcmp(last->id, entry->id) < 0, "%s is not in order", entry->id);
        traincost_scenario_free(one);
        last = entry;
    }
    ck_assert_uint_ge(count, 60);
}
END_TEST

/* All but those of which neither hours nor chip-hours were published. */
START_TEST(every_run_with_a_time_has_a_cost)
{
    size_t costed = 0, count = 0;
    set_option("samples", "2048");
    set_option("sensitivity", "0");
    for (const traincost_run *entry; (entry = traincost_catalog_run(NULL, count)); count++) {
        traincost_scenario *one = traincost_scenario_new(NULL, error);
        traincost_result *cost = NULL;
        ck_assert(!traincost_scenario_find(one, entry->id, error));
        traincost_status status = traincost_estimate(one, options, &cost, error);
        ck_assert_msg(status == TRAINCOST_OK || status == TRAINCOST_MISSING, "%s: %s", entry->id,
                      traincost_error_message(error));
        if (cost) {
            const traincost_output *rent = traincost_result_find(cost, "rental_usd");
            const traincost_output *mfu = traincost_result_find(cost, "mfu");
            ck_assert_msg(rent->quantile[0] > 0 && isfinite(rent->quantile[4]), "%s", entry->id);
            ck_assert_msg(!mfu || mfu->quantile[0] < 1, "%s: MFU %g", entry->id, mfu ? mfu->quantile[2] : 0);
            costed++;
        }
        traincost_result_free(cost);
        traincost_scenario_free(one);
    }
    ck_assert_uint_ge(costed, 90);
}
END_TEST

START_TEST(an_unknown_run_suggests_the_nearest)
{
    ck_assert_int_eq(traincost_scenario_find(run, "deepsek-r1", error), TRAINCOST_UNKNOWN);
    ck_assert(strstr(traincost_error_message(error), "deepseek-r1"));
}
END_TEST

/* 6 x 37e9 x 14.8e12 FLOP over 2.664M hours at the dense fp8 peak of an H800, 1979 TFLOP/s. */
START_TEST(deepseek_v3_is_at_17_percent_of_its_fp8_peak)
{
    find_run("deepseek-v3");
    estimate();
    ck_assert_double_eq_tol(median_output("flop"), 3.2856e24, 1e18);
    ck_assert_double_eq_tol(median_output("mfu"), 3.2856e24 / (1978.9e12 * 2.664e6 * 3600), 1e-9);
    ck_assert(!traincost_result_find(result, "with_base_usd"));
}
END_TEST

/* ---- bases ---- */

START_TEST(the_rent_of_a_base_is_added)
{
    state_text("base.yaml", "stages:\n  - {type: H800, chip-hours: 2788k}\nrental-price: 3\n");
    state_text("run.yaml", "base: base.yaml\nrental-price: 2\nexperiments: 2\nstaff-share: 20%\n"
                           "stages:\n  - {type: H800, chip-hours: 147k}\n");
    ck_assert_msg(!read_file("run.yaml"), "%s", traincost_error_message(error));
    estimate();
    ck_assert_double_eq(median_output("rental_usd"), 294000);
    ck_assert_double_eq(median_output("with_base_usd"), 294000 + 3 * 2788e3);
    ck_assert_double_eq_tol(median_output("development_usd"), (294000 + 3 * 2788e3) * 2 / 0.8, 1e-6);
    ck_assert_double_eq(median_output("chip_hours"), 147000);
}
END_TEST

START_TEST(a_base_may_have_a_base)
{
    state_text("first.yaml", "stages:\n  - {type: A100, chip-hours: 100}\nrental-price: 1\n");
    state_text("second.yaml", "base: first.yaml\nstages:\n  - {type: H100, chip-hours: 10}\nrental-price: 2\n");
    state_text("third.yaml", "base: second.yaml\nstages:\n  - {type: H100, chip-hours: 1}\nrental-price: 3\n");
    ck_assert(!read_file("third.yaml"));
    estimate();
    ck_assert_double_eq(median_output("with_base_usd"), 3 + 20 + 100);
}
END_TEST

START_TEST(a_run_that_starts_from_itself_is_refused)
{
    state_text("a.yaml", "base: b.yaml\nstages:\n  - {type: H100, chip-hours: 1}\n");
    state_text("b.yaml", "base: a.yaml\nstages:\n  - {type: H100, chip-hours: 1}\n");
    ck_assert_int_eq(read_file("a.yaml"), TRAINCOST_CONFLICT);
    state_text("a.yaml", "base: ./a.yaml\nstages:\n  - {type: H100, chip-hours: 1}\n");
    ck_assert_int_eq(read_file("a.yaml"), TRAINCOST_CONFLICT);
}
END_TEST

START_TEST(a_chain_of_bases_has_an_end)
{
    char name[32], text[128];
    for (int i = 0; i <= 18; i++) {
        snprintf(name, sizeof name, "chain-%d.yaml", i);
        snprintf(text, sizeof text, "%s%d%s", i < 18 ? "base: chain-" : "name: n", i + 1,
                 i < 18 ? ".yaml\ntype: H100\nchip-hours: 1\n" : "\ntype: H100\nchip-hours: 1\n");
        state_text(name, text);
    }
    ck_assert_int_eq(read_file("chain-0.yaml"), TRAINCOST_LIMIT);
    ck_assert_msg(strstr(traincost_error_message(error), "more than 16 runs") != NULL, "%s",
                  traincost_error_message(error));
    for (int i = 0; i <= 18; i++) {
        char path[256];
        snprintf(path, sizeof path, "%s/chain-%d.yaml", folder, i);
        unlink(path);
    }
}
END_TEST

/* A file that another names is told to be no run, and is not quoted; from memory and by a setter ids alone. */
START_TEST(a_base_does_not_read_what_it_should_not)
{
    static const char nested[] = "base: base.yaml\ntype: H100\nchip-hours: 1\n";
    char path[256], text[512];
    state_text("base.yaml", "root:x:0:0:secret\n");
    state_text("run.yaml", nested);
    ck_assert_int_ne(read_file("run.yaml"), TRAINCOST_OK);
    ck_assert_msg(!strstr(traincost_error_message(error), "secret") &&
                      strstr(traincost_error_message(error), "is no run that can be read"),
                  "%s", traincost_error_message(error));
    snprintf(path, sizeof path, "%s/base.yaml", folder);
    ck_assert_int_eq(traincost_scenario_set(run, TRAINCOST_RUN, "base", path, error), TRAINCOST_UNKNOWN);
    snprintf(text, sizeof text, "base: %s\ntype: H100\nchip-hours: 1\n", path);
    traincost_scenario *other = traincost_scenario_new(NULL, error);
    ck_assert_int_eq(traincost_scenario_parse(other, text, strlen(text), error), TRAINCOST_UNKNOWN);
    traincost_scenario_free(other);
    unlink(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    other = traincost_scenario_new(NULL, error);
    snprintf(text, sizeof text, "%s/run.yaml", folder);
    ck_assert_int_eq(traincost_scenario_read(other, text, error), TRAINCOST_IO);
    traincost_scenario_free(other);
    unlink(path);
}
END_TEST

START_TEST(a_base_that_is_not_there_is_named)
{
    state_text("run.yaml", "stages:\n  - {type: H100, chip-hours: 1}\nbase: deepseek-v4\n");
    ck_assert_int_eq(read_file("run.yaml"), TRAINCOST_UNKNOWN);
    ck_assert(strstr(traincost_error_message(error), "deepseek-v3"));
    ck_assert_int_eq(traincost_error_line(error), 3);
}
END_TEST

/* The rents of one chip a month apart are dear or cheap together: the relative spread of their sum is that of
 * each. */
START_TEST(one_chip_at_two_dates_is_one_draw)
{
    for (int i = 0; i < 2; i++) {
        size_t stage;
        ck_assert(!traincost_scenario_add_stage(run, NULL, &stage, error));
        ck_assert(!traincost_scenario_set(run, stage, "type", "H100", error));
        ck_assert(!traincost_scenario_set(run, stage, "chip-hours", "1000", error));
        ck_assert(!traincost_scenario_set(run, stage, "date", i ? "2025-01" : "2024-01", error));
    }
    estimate();
    double low = 0, high = 0;
    const traincost_input *input;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++)
        if (!strcmp(input->key, "rental-price")) {
            low += 1000 * input->p5;
            high += 1000 * input->p95;
        }
    const traincost_output *rent = traincost_result_find(result, "rental_usd");
    ck_assert_double_eq_tol(rent->quantile[0], low, 1e-3 * low);
    ck_assert_double_eq_tol(rent->quantile[4], high, 1e-3 * high);
}
END_TEST

Suite *runs_suite(void);

Suite *runs_suite(void)
{
    Suite *suite = suite_create("runs");
    TCase *published = tcase_create("published"), *bases = tcase_create("bases");
    tcase_add_checked_fixture(published, open_run, close_run);
    tcase_add_test(published, every_run_reads_and_names_its_source);
    tcase_add_test(published, every_run_with_a_time_has_a_cost);
    tcase_add_test(published, an_unknown_run_suggests_the_nearest);
    tcase_add_test(published, deepseek_v3_is_at_17_percent_of_its_fp8_peak);
    tcase_add_unchecked_fixture(bases, make_folder, remove_folder);
    tcase_add_checked_fixture(bases, open_run, close_run);
    tcase_add_test(bases, the_rent_of_a_base_is_added);
    tcase_add_test(bases, a_base_may_have_a_base);
    tcase_add_test(bases, a_run_that_starts_from_itself_is_refused);
    tcase_add_test(bases, a_chain_of_bases_has_an_end);
    tcase_add_test(bases, a_base_does_not_read_what_it_should_not);
    tcase_add_test(bases, a_base_that_is_not_there_is_named);
    tcase_add_test(bases, one_chip_at_two_dates_is_one_draw);
    suite_add_tcase(suite, published);
    suite_add_tcase(suite, bases);
    return suite;
}
