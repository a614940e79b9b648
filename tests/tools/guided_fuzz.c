/* Readers for coverage-guided fuzzing: the program's name chooses one. Nothing is estimated behind them, but
 * for the reader `overlay`. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strdup, program_invocation_short_name */
#include "arguments.h"
#include "base/csv_table.h"
#include "base/text_date.h"
#include "catalog/table_rows.h"
#include "json/json_reader.h"

#include <traincost.h>

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static traincost_catalog *built_in;
static traincost_error *problem;
static FILE *nowhere;

/* The first line chooses the parameter; what is read is printed, and must read as itself. */
static void read_quantity_text(char *text, size_t length)
{
    (void)length;
    char *rest = strchr(text, '\n'), printed[512], again[512];
    traincost_quantity *quantity = NULL, *back = NULL;
    if (rest)
        *rest++ = '\0';
    if (!rest || traincost_quantity_parse(*text ? text : NULL, rest, &quantity, problem))
        return;
    if (traincost_quantity_print(quantity, printed, sizeof printed) < sizeof printed) {
        if (traincost_quantity_parse(*text ? text : NULL, printed, &back, problem))
            abort();
        traincost_quantity_print(back, again, sizeof again);
        if (strcmp(printed, again) != 0)
            abort();
    }
    traincost_quantity_free(back);
    traincost_quantity_free(quantity);
}

static void read_date(char *text, size_t length)
{
    int day;
    char printed[TEXT_DATE];
    (void)length;
    if (!text_date(text, &day))
        text_print_date(day, printed);
}

static void read_claim_text(char *text, size_t length)
{
    (void)length;
    char *rest = strchr(text, '\n');
    if (!rest)
        return;
    *rest++ = '\0';
    traincost_scenario *run = traincost_scenario_new(built_in, problem);
    if (run)
        (void)!traincost_scenario_claim(run, text, rest, problem);
    traincost_scenario_free(run);
}

static void read_scenario(char *text, size_t length)
{
    traincost_scenario *run = traincost_scenario_new(built_in, problem);
    if (run)
        (void)!traincost_scenario_parse(run, text, length, problem);
    traincost_scenario_free(run);
}

static void read_table_text(char *text, size_t length)
{
    struct table table = {0};
    struct rows rows = {0};
    if (table_parse(text, length, &table, problem) == TRAINCOST_OK &&
        rows_read(&table, &rows, problem) == TRAINCOST_OK)
        rows_free(&rows);
    table_free(&table);
}

static void read_runs(char *text, size_t length)
{
    struct rows rows = {0};
    if (strlen(text) == length && rows_read_runs(text, &rows, problem) == TRAINCOST_OK)
        rows_free(&rows);
}

static void read_question(char *text, size_t length)
{
    struct json_tree tree;
    (void)!json_read(&tree, text, length, problem);
    json_tree_free(&tree);
}

/* A line an argument. */
static void read_arguments(char *text, size_t length)
{
    char *argv[64] = {"traincost"}, *state = NULL;
    struct arguments arguments;
    int argc = 1;
    (void)length;
    for (char *word = strtok_r(text, "\n", &state); word && argc < 63; word = strtok_r(NULL, "\n", &state))
        argv[argc++] = word;
    (void)!arguments_read(&arguments, argc, argv, nowhere);
    arguments_free(&arguments);
}

/* A table laid over the catalogue, and an estimate on it. */
static void read_overlay(char *text, size_t length)
{
    char path[64];
    snprintf(path, sizeof path, "/tmp/traincost-fuzz-%ld.csv", (long)getpid());
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(text, 1, length, file) != length || fclose(file) != 0)
        abort();
    traincost_catalog *catalog = NULL;
    traincost_scenario *run = NULL;
    traincost_options *options = traincost_options_new();
    traincost_result *result = NULL;
    if (!traincost_catalog_new(&catalog, problem) && !traincost_catalog_load(catalog, path, problem) &&
        (run = traincost_scenario_new(catalog, problem)) &&
        !traincost_scenario_set(run, TRAINCOST_RUN, "cluster", "8xH100", problem) &&
        !traincost_scenario_set(run, TRAINCOST_RUN, "hours", "10", problem) &&
        !traincost_options_set(options, "samples", "256", problem) &&
        !traincost_options_set(options, "sensitivity", "0", problem))
        (void)!traincost_estimate(run, options, &result, problem);
    traincost_result_free(result);
    traincost_options_free(options);
    traincost_scenario_free(run);
    traincost_catalog_free(catalog);
    unlink(path);
}

static const struct guided_reader {
    const char *name;
    void (*read)(char *text, size_t length);
} readers[] = {
    {"quantity", read_quantity_text}, {"date", read_date},           {"claim", read_claim_text},
    {"scenario", read_scenario},      {"table", read_table_text},    {"runs", read_runs},
    {"question", read_question},      {"arguments", read_arguments}, {"overlay", read_overlay},
};

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    problem = traincost_error_new();
    nowhere = fopen("/dev/null", "w");
    return !problem || !nowhere || traincost_catalog_new(&built_in, problem) != TRAINCOST_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct guided_reader *reader;
    for (size_t i = 0; !reader && i < sizeof readers / sizeof *readers; i++)
        if (!strcmp(readers[i].name, program_invocation_short_name))
            reader = &readers[i];
    char *text = malloc(size + 1);
    if (!reader || !text)
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    reader->read(text, size);
    free(text);
    return 0;
}
