/* From the rows of a table to records, each cell checked. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/table_rows.h"

#include "base/text.h"
#include "base/text_date.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- order ---- */

int rows_compare_chips(const void *a, const void *b)
{
    return strcmp(((const traincost_chip *)a)->id, ((const traincost_chip *)b)->id);
}

int rows_compare_observations(const void *a, const void *b)
{
    const traincost_observation *x = a, *y = b;
    const char *const left[] = {x->chip, x->kind, x->date, x->term, x->vendor};
    const char *const right[] = {y->chip, y->kind, y->date, y->term, y->vendor};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        int order = strcmp(left[i], right[i]);
        if (order)
            return order;
    }
    return (x->usd > y->usd) - (x->usd < y->usd);
}

int rows_compare_facts(const void *a, const void *b)
{
    const traincost_fact *x = a, *y = b;
    const char *const left[] = {x->key, x->qualifier, x->region, x->date};
    const char *const right[] = {y->key, y->qualifier, y->region, y->date};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        int order = strcmp(left[i], right[i]);
        if (order)
            return order;
    }
    return 0;
}

int rows_compare_runs(const void *a, const void *b)
{
    return strcmp(((const traincost_run *)a)->id, ((const traincost_run *)b)->id);
}

/* What is alike stands together: rows of one organisation about one chip, in one format, by one method. */
int rows_compare_throughputs(const void *a, const void *b)
{
    const traincost_throughput *x = a, *y = b;
    const char *const left[] = {x->chip, x->format, x->method, x->kind, x->organization, x->name};
    const char *const right[] = {y->chip, y->format, y->method, y->kind, y->organization, y->name};
    const double smaller[] = {x->chips, x->batch, x->sequence, x->active, x->mfu};
    const double larger[] = {y->chips, y->batch, y->sequence, y->active, y->mfu};
    int order = 0;
    for (size_t i = 0; i < sizeof left / sizeof *left && order == 0; i++)
        order = strcmp(left[i], right[i]);
    for (size_t i = 0; i < sizeof smaller / sizeof *smaller && order == 0; i++)
        order = (smaller[i] > larger[i]) - (smaller[i] < larger[i]);
    return order;
}

int rows_compare_rates(const void *a, const void *b)
{
    const traincost_rate *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = strcmp(x->currency, y->currency);
    return order ? order : strcmp(x->date, y->date);
}

int rows_compare_instances(const void *a, const void *b)
{
    return strcmp(((const traincost_instance *)a)->id, ((const traincost_instance *)b)->id);
}

int rows_compare_places(const void *a, const void *b)
{
    return strcmp(((const traincost_place *)a)->name, ((const traincost_place *)b)->name);
}

/* ---- cells ---- */

/* A row being read, and the first thing that is wrong with it. */
struct row {
    const struct table *table;
    size_t index;
    const char *wrong, *column;
    const char *const *words; /* what may stand in that column, where it is one of a few */
};

static const char *cell_text(struct row *row, const char *column)
{
    int c = table_column(row->table, column);
    return c < 0 ? "" : table_cell(row->table, row->index, (size_t)c);
}

static void note_wrong(struct row *row, const char *column, const char *wrong)
{
    if (!row->wrong) {
        row->wrong = wrong;
        row->column = column;
    }
}

static const char *needed(struct row *row, const char *column)
{
    const char *text = cell_text(row, column);
    if (!*text)
        note_wrong(row, column, "is empty");
    return text;
}

static const char *source(struct row *row)
{
    const char *text = cell_text(row, "source");
    if (strncmp(text, "http://", 7) != 0 && strncmp(text, "https://", 8) != 0)
        note_wrong(row, "source", "is no address");
    return text;
}

/* 0 for an empty cell. */
static double cell_number(struct row *row, const char *column)
{
    const char *text = cell_text(row, column);
    double value = 0;
    if (*text && (text_number(text, &value) != strlen(text) || value > 1e30))
        note_wrong(row, column, "is no number");
    return value;
}

static int date(struct row *row, const char *column, bool may_be_empty)
{
    const char *text = cell_text(row, column);
    int day = 0;
    if (!*text && may_be_empty)
        return 0;
    const char *wrong = text_date_middle(text, &day);
    if (wrong)
        note_wrong(row, column, wrong);
    return day;
}

static const char *one_of(struct row *row, const char *column, const char *const *words)
{
    const char *text = cell_text(row, column);
    for (size_t i = 0; words[i]; i++)
        if (!strcmp(text, words[i]))
            return text;
    if (!row->wrong)
        row->words = words;
    note_wrong(row, column, *text ? "is none of" : "is empty, and is one of");
    return text;
}

static const char *one_of_or_none(struct row *row, const char *column, const char *const *words)
{
    return *cell_text(row, column) ? one_of(row, column, words) : "";
}

/* ---- records ---- */

static void read_chip(struct row *row, void *record)
{
    static const char *const kinds[] = {"gpu", "tpu", "asic", NULL};
    static const char *const formats[] = {"fp32", "tf32", "bf16", "fp16", "fp8", "fp4", "int8"};
    traincost_chip *chip = record;
    *chip = (traincost_chip){
        .id = needed(row, "id"),
        .name = needed(row, "name"),
        .aliases = cell_text(row, "aliases"),
        .vendor = needed(row, "vendor"),
        .kind = one_of(row, "kind", kinds),
        .family = needed(row, "family"),
        .released = cell_text(row, "released"),
        .memory_gb = cell_number(row, "memory_gb"),
        .bandwidth_gb_s = cell_number(row, "bandwidth_gb_s"),
        .tdp_w = cell_number(row, "tdp_w"),
        .chips_per_server = cell_number(row, "chips_per_server"),
        .server_power_w = cell_number(row, "server_power_w"),
        .source = source(row),
        .checked = cell_text(row, "checked"),
        .note = cell_text(row, "note"),
        .released_day = date(row, "released", true),
    };
    date(row, "checked", false);
    double *peak = row->table->figures + row->index * TRAINCOST_FORMATS;
    for (int i = 0; i < TRAINCOST_FORMATS; i++)
        peak[i] = cell_number(row, formats[i]);
    chip->peak = peak;
}

/* USD an hour, or of a chip: beyond them no sum stays finite that people add up. */
static const double least_price = 1e-6, most_price = 1e9;

static void read_observation(struct row *row, void *record)
{
    static const char *const kinds[] = {"rent", "buy", "used", NULL};
    static const char *const terms[] = {"on-demand", "spot", "marketplace", "1y",       "3y",
                                        "reserved",  "list", "street",      "implied",  "estimate", NULL};
    static const char *const tiers[] = {"specialised", "hyperscaler", "marketplace", "index", NULL};
    static const char *const includes[] = {"chip", "server", "rack", "cluster", NULL};
    traincost_observation *seen = record;
    bool rents = !strcmp(cell_text(row, "kind"), "rent");
    *seen = (traincost_observation){
        .chip = needed(row, "chip"),
        .kind = one_of(row, "kind", kinds),
        .usd = cell_number(row, "usd"),
        .low = cell_number(row, "low_usd"),
        .high = cell_number(row, "high_usd"),
        .date = needed(row, "date"),
        .term = one_of(row, "term", terms),
        .tier = (rents ? one_of : one_of_or_none)(row, "tier", tiers),
        .includes = (rents ? one_of_or_none : one_of)(row, "includes", includes),
        .vendor = cell_text(row, "vendor"),
        .source = needed(row, "source"),
        .note = cell_text(row, "note"),
        .day = date(row, "date", false),
        .region = cell_text(row, "region"),
    };
    if (!(seen->usd >= least_price && seen->usd <= most_price))
        note_wrong(row, "usd", "is no price: one lies between 1e-6 and 1e9");
    if (seen->low > seen->usd || (seen->high > 0 && seen->high < seen->usd))
        note_wrong(row, "usd", "is not between low_usd and high_usd");
}

static void read_fact_row(struct row *row, void *record)
{
    *(traincost_fact *)record = (traincost_fact){
        .key = needed(row, "key"),
        .qualifier = cell_text(row, "qualifier"),
        .region = cell_text(row, "region"),
        .date = needed(row, "date"),
        .value = needed(row, "value"),
        .unit = needed(row, "unit"),
        .source = source(row),
        .note = cell_text(row, "note"),
        .day = date(row, "date", false),
    };
}

/* A number with k, M, B or T behind it; 0 for an empty cell. */
static double cell_multiple(struct row *row, const char *column)
{
    static const struct {
        char letter;
        double factor;
    } steps[] = {{'k', 1e3}, {'M', 1e6}, {'B', 1e9}, {'T', 1e12}};
    const char *text = cell_text(row, column);
    double value = 0;
    size_t length = text_number(text, &value);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (length && text[length] == steps[i].letter && !text[length + 1])
            return value * steps[i].factor;
    if (*text && (length != strlen(text) || value > 1e30))
        note_wrong(row, column, "is no number");
    return *text ? value : 0;
}

static void read_throughput_row(struct row *row, void *record)
{
    static const char *const formats[] = {"fp32", "tf32", "bf16", "fp16", "fp8", "fp4", NULL};
    static const char *const methods[] = {"full", "lora", "qlora", NULL};
    static const char *const kinds[] = {"bench", "run", "whole", NULL};
    traincost_throughput *seen = record;
    *seen = (traincost_throughput){
        .chip = needed(row, "chip"),
        .format = one_of(row, "format", formats),
        .method = one_of(row, "method", methods),
        .kind = one_of(row, "kind", kinds),
        .organization = needed(row, "organization"),
        .name = needed(row, "name"),
        .chips = cell_number(row, "chips"),
        .batch = cell_multiple(row, "batch"),
        .sequence = cell_number(row, "sequence"),
        .active = cell_multiple(row, "active"),
        .total = cell_multiple(row, "params"),
        .tokens_per_s = cell_number(row, "tokens_per_s"),
        .mfu = cell_number(row, "mfu"),
        .date = needed(row, "date"),
        .source = source(row),
        .note = cell_text(row, "note"),
        .day = date(row, "date", false),
    };
    if (!(seen->mfu > 0 && seen->mfu < 1))
        note_wrong(row, "mfu", "is not between 0 and 1");
    if (seen->total > 0 && seen->total < seen->active)
        note_wrong(row, "params", "is less than active, which is a part of it");
}

static void read_rate_row(struct row *row, void *record)
{
    static const char *const keys[] = {"consumer-prices", "data-processing-prices", "exchange-rate", NULL};
    traincost_rate *rate = record;
    *rate = (traincost_rate){
        .key = one_of(row, "key", keys),
        .currency = needed(row, "currency"),
        .date = needed(row, "date"),
        .value = cell_number(row, "value"),
        .unit = needed(row, "unit"),
        .source = source(row),
        .note = cell_text(row, "note"),
        .day = date(row, "date", false),
    };
    if (!(rate->value > 0))
        note_wrong(row, "value", "is not above 0");
}

static void read_instance_row(struct row *row, void *record)
{
    traincost_instance *instance = record;
    *instance = (traincost_instance){
        .id = needed(row, "id"),
        .vendor = needed(row, "vendor"),
        .chip = needed(row, "chip"),
        .chips = cell_number(row, "chips"),
        .source = source(row),
        .checked = needed(row, "checked"),
        .note = cell_text(row, "note"),
    };
    date(row, "checked", false);
    if (!(instance->chips > 0))
        note_wrong(row, "chips", "is not above 0");
}

static void read_place_row(struct row *row, void *record)
{
    *(traincost_place *)record = (traincost_place){
        .name = needed(row, "name"),
        .aliases = cell_text(row, "aliases"),
        .within = needed(row, "within"),
        .source = source(row),
        .checked = needed(row, "checked"),
    };
    date(row, "checked", false);
}

/* ---- tables ---- */

/* Finds the line of the second of two rows that are the same as `record`. */
static traincost_status refuse_twin(const struct table *table, const void *record, size_t size,
                                    void (*read)(struct row *, void *),
                                    int (*compare)(const void *, const void *), traincost_error *error)
{
    size_t second = 0;
    void *other = malloc(size);
    for (size_t i = 0; i < table->rows && other; i++) {
        struct row row = {table, i, NULL, NULL, NULL};
        read(&row, other);
        if (compare(other, record) == 0)
            second = i;
    }
    if (!other)
        return error_no_memory(error);
    free(other);
    error_set(error, TRAINCOST_DATA, "the row of %s stands twice", table_cell(table, second, 0));
    error_place(error, table->lines[1 + second], 0);
    return TRAINCOST_DATA;
}

enum { WORD_LIST = 256 };

/* " a, b, c", as the end of a sentence. */
static void list_words(const char *const *words, char list[WORD_LIST])
{
    size_t used = 0;
    for (size_t i = 0; words && words[i] && used < WORD_LIST; i++)
        used += (size_t)snprintf(list + used, WORD_LIST - used, "%s%s", i ? ", " : " ", words[i]);
}

static traincost_status read_records(const struct table *table, size_t size, void (*read)(struct row *, void *),
                                     int (*compare)(const void *, const void *), void **records, size_t *count,
                                     traincost_error *error)
{
    *records = calloc(table->rows ? table->rows : 1, size);
    if (!*records)
        return error_no_memory(error);
    *count = table->rows;
    for (size_t i = 0; i < table->rows; i++) {
        struct row row = {table, i, NULL, NULL, NULL};
        read(&row, (char *)*records + i * size);
        if (row.wrong) {
            char list[WORD_LIST] = "";
            list_words(row.words, list);
            error_set(error, TRAINCOST_DATA, "'%s' %s%s", row.column, row.wrong, list);
            error_place(error, table->lines[1 + i], 0);
            return TRAINCOST_DATA;
        }
    }
    qsort(*records, *count, size, compare);
    for (size_t i = 1; i < *count; i++)
        if (compare((char *)*records + (i - 1) * size, (char *)*records + i * size) == 0)
            return refuse_twin(table, (char *)*records + i * size, size, read, compare, error);
    return TRAINCOST_OK;
}

/* A column that nobody knows is a slip: what stands in it would be lost. */
static bool is_column(const char *const *known, const char *name)
{
    while (*known && strcmp(*known, name) != 0)
        known++;
    return *known;
}

static traincost_status check_columns(const struct table *table, const char *const *known,
                                      traincost_error *error)
{
    for (size_t c = 0; c < table->columns; c++) {
        if (is_column(known, table->cells[c]))
            continue;
        struct text_search search = {.given = table->cells[c]};
        for (size_t i = 0; known[i]; i++)
            text_try(&search, known[i]);
        const char *meant = text_meant(&search);
        error_set(error, TRAINCOST_SYNTAX, "unknown column '%.60s'%s%s%s", table->cells[c],
                  meant ? ": did you mean " : "", meant ? meant : "", meant ? "?" : "");
        error_place(error, table->lines[0], 0);
        return TRAINCOST_SYNTAX;
    }
    return TRAINCOST_OK;
}

static const char *const chip_columns[] = {"id",
                                           "name",
                                           "aliases",
                                           "vendor",
                                           "kind",
                                           "family",
                                           "released",
                                           "fp32",
                                           "tf32",
                                           "bf16",
                                           "fp16",
                                           "fp8",
                                           "fp4",
                                           "int8",
                                           "memory_gb",
                                           "bandwidth_gb_s",
                                           "tdp_w",
                                           "chips_per_server",
                                           "server_power_w",
                                           "source",
                                           "checked",
                                           "note",
                                           NULL};
static const char *const observation_columns[] = {"chip",   "kind",   "usd",  "low_usd",  "high_usd",
                                                  "date",   "term",   "tier", "includes", "vendor",
                                                  "region", "source", "note", NULL};
static const char *const fact_columns[] = {"key",  "qualifier", "region", "date", "value",
                                           "unit", "source",    "note",   NULL};

static const char *const throughput_columns[] = {
    "chip",  "format", "method", "kind",         "organization", "name", "chips",  "batch", "sequence",
    "active", "params", "tokens_per_s", "mfu", "date", "source", "note", NULL};
static const char *const rate_columns[] = {"key",  "currency", "date", "value",
                                           "unit", "source",   "note", NULL};
static const char *const instance_columns[] = {"id",     "vendor",  "chip", "chips",
                                               "source", "checked", "note", NULL};
static const char *const region_columns[] = {"name", "aliases", "within", "source", "checked", NULL};

/* A table is known by two columns that no other has together; runs are no table. */
#define ROWS_OF(array, counter) offsetof(struct rows, array), offsetof(struct rows, counter)
static const struct row_kind {
    const char *file;
    const char *marks[2];
    const char *const *columns;
    size_t size;
    void (*read)(struct row *, void *);
    int (*compare)(const void *, const void *);
    size_t array, counter;
} table_kinds[ROW_TABLES] = {
    [ROWS_CHIPS] = {"chips.csv", {"id", "tdp_w"}, chip_columns, sizeof(traincost_chip), read_chip,
                    rows_compare_chips, ROWS_OF(chips, chip_count)},
    [ROWS_OBSERVATIONS] = {"prices.csv", {"chip", "usd"}, observation_columns, sizeof(traincost_observation),
                           read_observation, rows_compare_observations, ROWS_OF(observations, observation_count)},
    [ROWS_FACTS] = {"economics.csv", {"key", "value"}, fact_columns, sizeof(traincost_fact), read_fact_row,
                    rows_compare_facts, ROWS_OF(facts, fact_count)},
    [ROWS_THROUGHPUTS] = {"throughput.csv", {"chip", "mfu"}, throughput_columns, sizeof(traincost_throughput),
                          read_throughput_row, rows_compare_throughputs, ROWS_OF(throughputs, throughput_count)},
    [ROWS_RUNS] = {"claims.yaml", {NULL, NULL}, NULL, sizeof(traincost_run), NULL, rows_compare_runs,
                   ROWS_OF(runs, run_count)},
    [ROWS_RATES] = {"currency.csv", {"currency", "value"}, rate_columns, sizeof(traincost_rate), read_rate_row,
                    rows_compare_rates, ROWS_OF(rates, rate_count)},
    [ROWS_INSTANCES] = {"instances.csv", {"id", "chips"}, instance_columns, sizeof(traincost_instance),
                        read_instance_row, rows_compare_instances, ROWS_OF(instances, instance_count)},
    [ROWS_PLACES] = {"places.csv", {"name", "within"}, region_columns, sizeof(traincost_place), read_place_row,
                     rows_compare_places, ROWS_OF(places, place_count)},
};

struct row_array rows_array(const struct rows *rows, enum row_table table)
{
    struct row_array array;
    memcpy(&array.records, (const char *)rows + table_kinds[table].array, sizeof array.records);
    memcpy(&array.count, (const char *)rows + table_kinds[table].counter, sizeof array.count);
    return array;
}

static const traincost_observation *newest_rent(const struct rows *rows)
{
    const traincost_observation *newest = NULL;
    for (size_t i = 0; i < rows->observation_count; i++) {
        const traincost_observation *seen = &rows->observations[i];
        if (seen->kind[0] == 'r' && strlen(seen->date) == 10 && (!newest || seen->day > newest->day))
            newest = seen;
    }
    return newest;
}

void rows_set_array(struct rows *rows, enum row_table table, struct row_array array)
{
    memcpy((char *)rows + table_kinds[table].array, &array.records, sizeof array.records);
    memcpy((char *)rows + table_kinds[table].counter, &array.count, sizeof array.count);
    if (table == ROWS_OBSERVATIONS)
        rows->newest_rent = newest_rent(rows);
}

const char *rows_file(enum row_table table)
{
    return table_kinds[table].file;
}

size_t rows_size(enum row_table table)
{
    return table_kinds[table].size;
}

int (*rows_compare(enum row_table table))(const void *, const void *)
{
    return table_kinds[table].compare;
}

static traincost_status make_room_for_peaks(struct table *table, traincost_error *error)
{
    if (!table->figures)
        table->figures = calloc(table->rows ? table->rows : 1, TRAINCOST_FORMATS * sizeof *table->figures);
    return table->figures ? TRAINCOST_OK : error_no_memory(error);
}

traincost_status rows_read(struct table *table, struct rows *rows, traincost_error *error)
{
    void *records = NULL;
    struct row_array array = {NULL, 0};
    size_t which = 0;
    *rows = (struct rows){0};
    while (which < ROW_TABLES &&
           (!table_kinds[which].marks[0] || table_column(table, table_kinds[which].marks[0]) < 0 ||
            table_column(table, table_kinds[which].marks[1]) < 0))
        which++;
    if (which == ROW_TABLES)
        return error_set(error, TRAINCOST_SYNTAX, "no table of the catalogue has such a header");
    const struct row_kind *kind = &table_kinds[which];
    traincost_status status = check_columns(table, kind->columns, error);
    if (status == TRAINCOST_OK && which == ROWS_CHIPS)
        status = make_room_for_peaks(table, error);
    if (status == TRAINCOST_OK)
        status = read_records(table, kind->size, kind->read, kind->compare, &records, &array.count, error);
    array.records = records;
    if (status)
        free(records);
    else
        rows_set_array(rows, (enum row_table)which, array);
    return status;
}

/* ---- runs ---- */

static const char run_begins[] = "- id: ";

static size_t count_runs(const char *text)
{
    size_t count = 0;
    for (const char *at = text; at; at = strchr(at, '\n')) {
        at += *at == '\n';
        count += !strncmp(at, run_begins, sizeof run_begins - 1);
    }
    return count;
}

/* Ends the id that begins at `id` with its line, without blanks and quotation marks; returns the next line. */
static char *cut_id(char **id)
{
    char *end = strchr(*id, '\n'), *next = end ? end + 1 : NULL;
    size_t length = end ? (size_t)(end - *id) : strlen(*id);
    while (length > 0 && strchr(" \t\r\"'", (*id)[length - 1]))
        length--;
    (*id)[length] = '\0';
    *id += strspn(*id, " \t\"'");
    return next;
}

static traincost_status refuse_run(struct rows *rows, int line, const char *why, traincost_error *error)
{
    rows_free(rows);
    error_set(error, TRAINCOST_DATA, "%s", why);
    error_place(error, line, 0);
    return TRAINCOST_DATA;
}

/* Only the line of an id is cut, and the line end before it: what is between stays a YAML map. */
traincost_status rows_read_runs(char *text, struct rows *rows, traincost_error *error)
{
    traincost_run *runs = calloc(count_runs(text) + 1, sizeof *runs);
    *rows = (struct rows){.runs = runs};
    if (!runs)
        return error_no_memory(error);
    char *next = NULL;
    int number = 1;
    for (char *line = text; line && *line; line = next, number++) {
        bool begins = !strncmp(line, run_begins, sizeof run_begins - 1);
        char *end = strchr(line, '\n');
        next = end ? end + 1 : NULL;
        if (!begins &&
            (*line == '-' || (rows->run_count == 0 && *line != '#' && *line != '\n' && *line != '\r')))
            return refuse_run(rows, number, "a run begins with '- id: '", error);
        if (!begins)
            continue;
        if (line > text)
            line[-1] = '\0';
        char *id = line + sizeof run_begins - 1;
        next = cut_id(&id);
        if (!*id || id[strcspn(id, " \t#:/\"'")])
            return refuse_run(rows, number, "an id is one word, without blanks and comments", error);
        runs[rows->run_count++] = (traincost_run){id, next ? next : "", NULL, number};
    }
    qsort(runs, rows->run_count, sizeof *runs, rows_compare_runs);
    for (size_t i = 1; i < rows->run_count; i++)
        if (!strcmp(runs[i - 1].id, runs[i].id)) {
            error_set(error, TRAINCOST_DATA, "two runs have the id %.80s", runs[i].id);
            rows_free(rows);
            return TRAINCOST_DATA;
        }
    return TRAINCOST_OK;
}

void rows_free(struct rows *rows)
{
    for (size_t table = 0; table < ROW_TABLES; table++)
        free((void *)rows_array(rows, (enum row_table)table).records);
    *rows = (struct rows){0};
}
