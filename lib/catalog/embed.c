/* Turns the tables of lib/catalog/data into C, once, when the library is built: a program that links it then
 * has the catalogue as constants and starts without reading a file. Checks them on the way. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/table_rows.h"

#include "base/file.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>

static void print_text(const char *text)
{
    putchar('"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
    printf("\", ");
}

static void print_number(double value)
{
    char number[TEXT_NUMBER];
    printf("%s, ", text_print_number(value, number));
}

static void print_chips(const traincost_chip *chips, size_t count)
{
    printf("static const double peaks[][TRAINCOST_FORMATS] = {\n");
    for (size_t i = 0; i < count; i++) {
        printf("    {");
        for (int j = 0; j < TRAINCOST_FORMATS; j++)
            print_number(chips[i].peak[j]);
        printf("},\n");
    }
    printf("};\nstatic const traincost_chip chips[] = {\n");
    for (size_t i = 0; i < count; i++) {
        const traincost_chip *c = &chips[i];
        const char *const texts[] = {c->id, c->name, c->aliases, c->vendor, c->kind, c->family, c->released};
        printf("    {");
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++)
            print_text(texts[j]);
        printf("peaks[%zu], ", i);
        print_number(c->memory_gb);
        print_number(c->bandwidth_gb_s);
        print_number(c->tdp_w);
        print_number(c->chips_per_server);
        print_number(c->server_power_w);
        print_text(c->source);
        print_text(c->checked);
        print_text(c->note);
        printf("%d},\n", c->released_day);
    }
    printf("};\n");
}

static void print_observations(const struct rows *rows)
{
    printf("static const traincost_observation observations[] = {\n");
    for (size_t i = 0; i < rows->observation_count; i++) {
        const traincost_observation *o = &rows->observations[i];
        const char *const texts[] = {o->date, o->term, o->tier, o->includes, o->vendor, o->source, o->note};
        printf("    {");
        print_text(o->chip);
        print_text(o->kind);
        print_number(o->usd);
        print_number(o->low);
        print_number(o->high);
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++)
            print_text(texts[j]);
        printf("%d, ", o->day);
        print_text(o->region);
        printf("},\n");
    }
    printf("};\nenum { NEWEST_RENT = %td };\n", rows->newest_rent - rows->observations);
}

static void print_facts(const traincost_fact *facts, size_t count)
{
    printf("static const traincost_fact facts[] = {\n");
    for (size_t i = 0; i < count; i++) {
        const traincost_fact *f = &facts[i];
        const char *const texts[] = {f->key,   f->qualifier, f->region, f->date,
                                     f->value, f->unit,      f->source, f->note};
        printf("    {");
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++)
            print_text(texts[j]);
        printf("%d},\n", f->day);
    }
    printf("};\n");
}

static void print_throughputs(const traincost_throughput *all, size_t count)
{
    printf("static const traincost_throughput throughputs[] = {\n");
    for (size_t i = 0; i < count; i++) {
        const traincost_throughput *t = &all[i];
        const char *const texts[] = {t->chip, t->format, t->method, t->kind, t->organization, t->name};
        const double numbers[] = {t->chips, t->batch, t->sequence, t->active, t->total, t->tokens_per_s, t->mfu};
        printf("    {");
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++)
            print_text(texts[j]);
        for (size_t j = 0; j < sizeof numbers / sizeof *numbers; j++)
            print_number(numbers[j]);
        print_text(t->date);
        print_text(t->source);
        print_text(t->note);
        printf("%d},\n", t->day);
    }
    printf("};\n");
}

static void print_rates(const traincost_rate *rates, size_t count)
{
    printf("static const traincost_rate rates[] = {\n");
    for (size_t i = 0; i < count; i++) {
        const traincost_rate *r = &rates[i];
        printf("    {");
        print_text(r->key);
        print_text(r->currency);
        print_text(r->date);
        print_number(r->value);
        print_text(r->unit);
        print_text(r->source);
        print_text(r->note);
        printf("%d},\n", r->day);
    }
    printf("};\n");
}

static void print_instances(const traincost_instance *instances, size_t count)
{
    printf("static const traincost_instance instances[] = {\n");
    for (size_t i = 0; i < count; i++) {
        const traincost_instance *n = &instances[i];
        printf("    {");
        print_text(n->id);
        print_text(n->vendor);
        print_text(n->chip);
        print_number(n->chips);
        print_text(n->source);
        print_text(n->checked);
        print_text(n->note);
        printf("},\n");
    }
    printf("};\n");
}

static void print_places(const traincost_place *places, size_t count)
{
    printf("static const traincost_place places[] = {\n");
    for (size_t i = 0; i < count; i++) {
        const char *const texts[] = {places[i].name, places[i].aliases, places[i].within, places[i].source,
                                     places[i].checked};
        printf("    {");
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++)
            print_text(texts[j]);
        printf("},\n");
    }
    printf("};\n");
}

/* A text over several lines of C: a compiler need not take one long line. */
static void print_lines(const char *text)
{
    for (printf("\n        \""); *text; text++) {
        if (*text == '"' || *text == '\\')
            putchar('\\');
        if (*text == '\n')
            printf("\\n\"\n        \"");
        else
            putchar(*text);
    }
    printf("\"");
}

static int embed_runs(const char *path, traincost_error *error)
{
    char *text = NULL;
    size_t length = 0;
    struct rows rows = {0};
    traincost_status status = file_read(path, &text, &length, error);
    if (status == TRAINCOST_OK)
        status = rows_read_runs(text, &rows, error);
    if (status)
        fprintf(stderr, "%s:%d: %s\n", path, traincost_error_line(error), traincost_error_message(error));
    printf("static const traincost_run runs[] = {\n");
    for (size_t i = 0; i < rows.run_count; i++) {
        printf("    {");
        print_text(rows.runs[i].id);
        print_lines(rows.runs[i].text);
        printf(", NULL, 0},\n");
    }
    printf("};\n");
    rows_free(&rows);
    free(text);
    return status != TRAINCOST_OK;
}

static int embed(const char *path, traincost_error *error)
{
    char *text = NULL;
    size_t length = 0;
    struct table table = {0};
    struct rows rows = {0};
    traincost_status status = file_read(path, &text, &length, error);
    if (status == TRAINCOST_OK)
        status = table_parse(text, length, &table, error);
    if (status == TRAINCOST_OK)
        status = rows_read(&table, &rows, error);
    if (status)
        fprintf(stderr, "%s:%d: %s\n", path, traincost_error_line(error), traincost_error_message(error));
    else if (rows.chips)
        print_chips(rows.chips, rows.chip_count);
    else if (rows.observations)
        print_observations(&rows);
    else if (rows.facts)
        print_facts(rows.facts, rows.fact_count);
    else if (rows.throughputs)
        print_throughputs(rows.throughputs, rows.throughput_count);
    else if (rows.rates)
        print_rates(rows.rates, rows.rate_count);
    else if (rows.instances)
        print_instances(rows.instances, rows.instance_count);
    else
        print_places(rows.places, rows.place_count);
    free(text);
    rows_free(&rows);
    table_free(&table);
    return status != TRAINCOST_OK;
}

int main(int argc, char **argv)
{
    traincost_error *error = traincost_error_new();
    int failed = error == NULL || argc < 3;
    printf("/* Made by embed.c from lib/catalog/data. */\n#include \"catalog/catalog.h\"\n\n");
    for (int i = 1; i < argc - 1 && !failed; i++)
        failed = embed(argv[i], error);
    failed = failed || embed_runs(argv[argc - 1], error);
    printf("\nconst traincost_catalog catalog_builtin = {.rows = {\n"
           "    .chips = chips, .chip_count = sizeof chips / sizeof *chips,\n"
           "    .observations = observations, .observation_count = sizeof observations / sizeof *observations,\n"
           "    .newest_rent = &observations[NEWEST_RENT],\n"
           "    .facts = facts, .fact_count = sizeof facts / sizeof *facts,\n"
           "    .throughputs = throughputs, .throughput_count = sizeof throughputs / sizeof *throughputs,\n"
           "    .runs = runs, .run_count = sizeof runs / sizeof *runs,\n"
           "    .rates = rates, .rate_count = sizeof rates / sizeof *rates,\n"
           "    .instances = instances, .instance_count = sizeof instances / sizeof *instances,\n"
           "    .places = places, .place_count = sizeof places / sizeof *places}};\n");
    traincost_error_free(error);
    return failed || fflush(stdout) != 0;
}
