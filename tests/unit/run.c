/* Runs the suites of unit tests: all of them, the one that is named, or with "without NAME" the others. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

Suite *text_suite(void);
Suite *elementary_suite(void);
Suite *probability_suite(void);
Suite *trouble_suite(void);
Suite *quantity_suite(void);
Suite *quantity_text_suite(void);
Suite *document_suite(void);
Suite *catalog_suite(void);
Suite *import_suite(void);
Suite *data_suite(void);
Suite *scenario_suite(void);
Suite *model_suite(void);
Suite *sequence_suite(void);
Suite *stats_suite(void);
Suite *strata_suite(void);
Suite *engine_suite(void);
Suite *closed_form_suite(void);
Suite *sensitivity_suite(void);
Suite *errors_suite(void);
Suite *prices_suite(void);
Suite *estimate_suite(void);
Suite *published_suite(void);
Suite *runs_suite(void);
Suite *compute_suite(void);
Suite *claim_suite(void);
Suite *check_suite(void);
Suite *true_claims_suite(void);
Suite *compare_suite(void);
Suite *solve_suite(void);
Suite *plan_suite(void);
Suite *dollars_suite(void);
Suite *sweep_suite(void);
Suite *json_suite(void);
Suite *question_suite(void);
Suite *batch_suite(void);
Suite *null_suite(void);
Suite *stack_suite(void);

static const struct {
    const char *name;
    Suite *(*make)(void);
} suites[] = {
    {"elementary", elementary_suite},
    {"text", text_suite},
    {"probability", probability_suite},
    {"quantity", quantity_suite},
    {"quantity-text", quantity_text_suite},
    {"trouble", trouble_suite},
    {"document", document_suite},
    {"catalog", catalog_suite},
    {"import", import_suite},
    {"data", data_suite},
    {"model", model_suite},
    {"sequence", sequence_suite},
    {"stats", stats_suite},
    {"strata", strata_suite},
    {"engine", engine_suite},
    {"prices", prices_suite},
    {"scenario", scenario_suite},
    {"estimate", estimate_suite},
    {"published", published_suite},
    {"runs", runs_suite},
    {"closed-form", closed_form_suite},
    {"sensitivity", sensitivity_suite},
    {"errors", errors_suite},
    {"compute", compute_suite},
    {"claim", claim_suite},
    {"check", check_suite},
    {"true-claims", true_claims_suite},
    {"compare", compare_suite},
    {"solve", solve_suite},
    {"plan", plan_suite},
    {"dollars", dollars_suite},
    {"sweep", sweep_suite},
    {"json", json_suite},
    {"question", question_suite},
    {"batch", batch_suite},
    {"null", null_suite},
    {"stack", stack_suite},
};

enum { SUITES = sizeof suites / sizeof *suites };

static int usage(const char *asked)
{
    fprintf(stderr, "unit-tests: no suite is called '%s'; there are", asked);
    for (size_t i = 0; i < SUITES; i++)
        fprintf(stderr, " %s", suites[i].name);
    fputc('\n', stderr);
    return 2;
}

static bool is_named(const char *suite, char *const *names)
{
    for (; *names; names++)
        if (!strcmp(*names, suite))
            return true;
    return false;
}

int main(int argc, char **argv)
{
    SRunner *runner = srunner_create(NULL);
    int count = 0;
    bool without = argc > 2 && !strcmp(argv[1], "without"), all = argc < 2;
    for (size_t i = 0; i < SUITES; i++)
        if (all || is_named(suites[i].name, argv + 1) != without) {
            srunner_add_suite(runner, suites[i].make());
            count++;
        }
    if (count > 0)
        srunner_run_all(runner, CK_NORMAL);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    if (count == 0)
        return usage(argv[1]);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
