/* Tables of the user, checked and laid over those that the catalogue has. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalog/catalog.h"

#include "base/file.h"
#include "base/text.h"
#include "model/parameters.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Merges two sorted arrays into a new one; where two are the same, the later table's row stands. */
static void *merge(const void *old, size_t old_count, const void *new, size_t new_count, size_t size,
                   int (*compare)(const void *, const void *), size_t *count)
{
    char *merged = malloc((old_count + new_count + 1) * size);
    const char *a = old, *b = new;
    const char *a_end = a + old_count * size, *b_end = b + new_count * size;
    *count = 0;
    while (merged && (a < a_end || b < b_end)) {
        int order = a == a_end ? 1 : b == b_end ? -1 : compare(a, b);
        memcpy(merged + *count * size, order < 0 ? a : b, size);
        ++*count;
        if (order <= 0)
            a += size;
        if (order >= 0)
            b += size;
    }
    return merged;
}

static traincost_status check_chip(const struct rows *all, const char *what, const char *id,
                                   const struct table *table, traincost_error *error)
{
    if (catalog_chip_of_id(all, id))
        return TRAINCOST_OK;
    error_set(error, TRAINCOST_DATA, "a %s the unknown chip '%s'", what, id);
    for (size_t row = 0; row < table->rows; row++)
        if (!strcmp(table_cell(table, row, (size_t)table_column(table, "chip")), id)) {
            error_place(error, table->lines[1 + row], 0);
            break;
        }
    return TRAINCOST_DATA;
}

static traincost_status check_chips(const struct rows *new, const struct rows *all, const struct table *table,
                                    traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    for (size_t i = 0; i < new->observation_count &&status == TRAINCOST_OK; i++)
        status = check_chip(all, "price for", new->observations[i].chip, table, error);
    for (size_t i = 0; i < new->throughput_count &&status == TRAINCOST_OK; i++)
        status = check_chip(all, "throughput of", new->throughputs[i].chip, table, error);
    for (size_t i = 0; i < new->instance_count &&status == TRAINCOST_OK; i++)
        status = check_chip(all, "machine with", new->instances[i].chip, table, error);
    return status;
}

/* A price list of one's own names chips as people do; what nobody knows keeps its name, and is refused later. Of two
 * rows that become the same, the table's order keeps either. */
static void name_priced_chips(const traincost_catalog *catalog, struct rows *new)
{
    traincost_observation *seen = (traincost_observation *)new->observations;
    size_t kept = 0;
    for (size_t i = 0; i < new->observation_count; i++) {
        const traincost_chip *chip = catalog_chip_of_id(&catalog->rows, seen[i].chip);
        if (chip || traincost_catalog_find(catalog, seen[i].chip, &chip, NULL, NULL) == TRAINCOST_OK)
            seen[i].chip = chip->id;
    }
    if (new->observation_count)
        qsort(seen, new->observation_count, sizeof *seen, rows_compare_observations);
    for (size_t i = 0; i < new->observation_count; i++)
        if (kept == 0 || rows_compare_observations(&seen[kept - 1], &seen[i]) != 0)
            seen[kept++] = seen[i];
    new->observation_count = kept;
}

static bool fact_key_is_known(const struct rows *known, const char *key)
{
    const traincost_fact wanted = {.key = key, .qualifier = "", .region = "", .date = ""};
    size_t i = catalog_first_fact(known, &wanted);
    if (i < known->fact_count && !strcmp(known->facts[i].key, key))
        return true;
    for (i = 0; i < PARAMETERS && strcmp(parameter_key((enum parameter)i), key) != 0;)
        i++;
    return i < PARAMETERS;
}

static const char *nearest_fact_key(const struct rows *known, const char *key)
{
    struct text_search search = {.given = key};
    for (size_t i = 0; i < known->fact_count; i++)
        text_try(&search, known->facts[i].key);
    for (size_t i = 0; i < PARAMETERS; i++)
        text_try(&search, parameter_key((enum parameter)i));
    return text_meant(&search);
}

/* What nobody can read would be passed over. A value is in the unit of its key; it is 0 where that may be. */
static bool fact_is_quantity(const char *key, const char *value)
{
    enum parameter parameter = parameter_find(key);
    struct quantity_rule rule = {key, DIMENSION_RATIO, 0, INFINITY, true};
    quantity q;
    if (parameter < PARAMETERS) {
        struct quantity_rule stated = parameter_rule(parameter);
        rule.dimension = stated.dimension;
        rule.open = stated.open || stated.least > 0;
        return quantity_parse(value, &rule, &q, NULL) == TRAINCOST_OK;
    }
    if (quantity_parse(value, &rule, &q, NULL) == TRAINCOST_OK)
        return true;
    rule.dimension = DIMENSION_TIME;
    return quantity_parse(value, &rule, &q, NULL) == TRAINCOST_OK;
}

/* Nor would a fact of a key be found that nothing asks for. */
static traincost_status check_facts(const struct rows *new, const struct table *table, traincost_error *error)
{
    const struct rows *known = &catalog_builtin.rows;
    for (size_t row = 0; new->facts &&row < table->rows; row++) {
        const char *key = table_cell(table, row, (size_t)table_column(table, "key"));
        const char *value = table_cell(table, row, (size_t)table_column(table, "value"));
        traincost_status status = TRAINCOST_OK;
        if (!fact_key_is_known(known, key))
            status = error_unknown(error, "key", key, nearest_fact_key(known, key), "no parameter has it");
        else if (!fact_is_quantity(key, value))
            status = error_set(error, TRAINCOST_DATA, "'value' of %s is '%.60s': a quantity is needed, as in 1.1..1.4", key, value);
        if (status) {
            error_place(error, table->lines[1 + row], 0);
            return status;
        }
    }
    return TRAINCOST_OK;
}

/* Lays the new rows over those of the catalogue, table by table. */
static traincost_status merge_rows(traincost_catalog *catalog, const struct rows *new, traincost_error *error)
{
    for (size_t t = 0; t < ROW_TABLES; t++) {
        enum row_table table = (enum row_table)t;
        struct row_array old = rows_array(&catalog->rows, table), more = rows_array(new, table), all;
        if (!more.records)
            continue;
        all.records = merge(old.records, old.count, more.records, more.count, rows_size(table),
                            rows_compare(table), &all.count);
        if (!all.records)
            return error_no_memory(error);
        if (catalog->owns[t])
            free((void *)old.records);
        rows_set_array(&catalog->rows, table, all);
        catalog->owns[t] = true;
    }
    return TRAINCOST_OK;
}

/* What the merged rows point into is kept as long as the catalogue. */
static traincost_status keep_table(traincost_catalog *catalog, const struct table *table,
                                   traincost_error *error)
{
    struct table *tables = realloc(catalog->tables, (catalog->table_count + 1) * sizeof *tables);
    if (!tables)
        return error_no_memory(error);
    catalog->tables = tables;
    tables[catalog->table_count++] = *table;
    return TRAINCOST_OK;
}

static traincost_status keep_text(traincost_catalog *catalog, char *text, traincost_error *error)
{
    char **texts = realloc(catalog->texts, (catalog->text_count + 1) * sizeof *texts);
    if (!texts)
        return error_no_memory(error);
    catalog->texts = texts;
    texts[catalog->text_count++] = text;
    return TRAINCOST_OK;
}

/* The runs keep the name of their file, so that what is wrong with one can be found. */
static traincost_status name_runs(traincost_catalog *catalog, const struct rows *new, const char *path,
                                  traincost_error *error)
{
    char *name = text_copy(path);
    traincost_status status = name ? keep_text(catalog, name, error) : error_no_memory(error);
    traincost_run *runs = (traincost_run *)new->runs;
    for (size_t i = 0; status == TRAINCOST_OK && i < new->run_count; i++)
        runs[i].path = name;
    if (status)
        free(name);
    return status;
}

static traincost_status load_runs(traincost_catalog *catalog, char *text, const char *path,
                                  traincost_error *error)
{
    struct rows new = {0};
    traincost_status status = rows_read_runs(text, &new, error);
    if (status == TRAINCOST_OK)
        status = keep_text(catalog, text, error);
    if (status)
        free(text);
    else
        status = name_runs(catalog, &new, path, error);
    if (status == TRAINCOST_OK)
        status = merge_rows(catalog, &new, error);
    rows_free(&new);
    return status;
}

static traincost_status load_table(traincost_catalog *catalog, const char *text, size_t length,
                                   traincost_error *error)
{
    struct table table = {0};
    struct rows new = {0};
    traincost_status status = table_parse(text, length, &table, error);
    if (status == TRAINCOST_OK)
        status = rows_read(&table, &new, error);
    if (status == TRAINCOST_OK) {
        name_priced_chips(catalog, &new);
        status = check_chips(&new, &catalog->rows, &table, error);
    }
    if (status == TRAINCOST_OK)
        status = check_facts(&new, &table, error);
    if (status == TRAINCOST_OK)
        status = keep_table(catalog, &table, error);
    if (status)
        table_free(&table);
    else
        status = merge_rows(catalog, &new, error);
    rows_free(&new);
    return status;
}

static bool ends_with(const char *path, const char *ending)
{
    size_t length = strlen(path), ends = strlen(ending);
    return length >= ends && text_same(path + length - ends, ending);
}

/* Spreadsheets put a byte order mark in front. */
static traincost_status clean_text(char *text, size_t *length, traincost_error *error)
{
    int line;
    const char *why;
    if (!strncmp(text, "\xEF\xBB\xBF", 3))
        memmove(text, text + 3, (*length -= 3) + 1);
    if (text_is_clean(text, *length, &line, &why))
        return TRAINCOST_OK;
    error_set(error, TRAINCOST_SYNTAX, "%s", why);
    error_place(error, line, 0);
    return TRAINCOST_SYNTAX;
}

static traincost_status load_file(traincost_catalog *catalog, const char *path, bool in_folder,
                                  traincost_error *error)
{
    char *text = NULL;
    size_t length = 0;
    traincost_status status =
        in_folder ? file_read_regular(path, &text, &length, error) : file_read(path, &text, &length, error);
    if (status)
        return status;
    status = clean_text(text, &length, error);
    if (status)
        free(text);
    else if (ends_with(path, ".yaml") || ends_with(path, ".yml"))
        status = load_runs(catalog, text, path, error);
    else {
        status = load_table(catalog, text, length, error);
        free(text);
    }
    if (status)
        error_prefix(error, "%s", path);
    return status;
}

static traincost_status load(traincost_catalog *catalog, const char *path, traincost_error *error)
{
    enum file_kind kind = FILE_NONE;
    traincost_status status = file_look(path, &kind, error);
    if (status || kind != FILE_FOLDER)
        return status ? status : load_file(catalog, path, false, error);
    bool any = false;
    for (size_t t = 0; t < ROW_TABLES; t++) {
        char inside[4096];
        if (snprintf(inside, sizeof inside, "%s/%s", path, rows_file((enum row_table)t)) >= (int)sizeof inside)
            return error_set(error, TRAINCOST_LIMIT, "%.200s: the path is too long", path);
        status = file_look(inside, &kind, error);
        if (status == TRAINCOST_OK && kind != FILE_OTHER)
            continue;
        if (status == TRAINCOST_OK)
            status = load_file(catalog, inside, true, error);
        if (status)
            return status;
        any = true;
    }
    if (!any)
        return error_set(error, TRAINCOST_IO,
                         "%s: has none of the catalogue's files, such as chips.csv, prices.csv or claims.yaml",
                         path);
    return TRAINCOST_OK;
}

/* The texts that the old rows point into go along, and there is room for the old rows themselves. */
static traincost_status keep_old(traincost_catalog *next, const traincost_catalog *old, traincost_error *error)
{
    size_t table_count = next->table_count + old->table_count, text_count = next->text_count + old->text_count;
    struct table *tables = realloc(next->tables, (table_count + 1) * sizeof *tables);
    next->tables = tables ? tables : next->tables;
    char **texts = realloc(next->texts, (text_count + ROW_TABLES) * sizeof *texts);
    next->texts = texts ? texts : next->texts;
    if (!tables || !texts)
        return error_no_memory(error);
    for (size_t i = 0; i < old->table_count; i++)
        tables[next->table_count++] = old->tables[i];
    for (size_t i = 0; i < old->text_count; i++)
        texts[next->text_count++] = old->texts[i];
    return TRAINCOST_OK;
}

/* What `next` merged anew takes the place of what the catalogue had; the rest stays. Rows that are replaced
 * are kept: a run may hold a chip of theirs. */
static void replace_rows(traincost_catalog *catalog, traincost_catalog *next)
{
    for (size_t t = 0; t < ROW_TABLES; t++) {
        if (catalog->owns[t] && next->owns[t])
            next->texts[next->text_count++] = (char *)rows_array(&catalog->rows, (enum row_table)t).records;
        next->owns[t] |= catalog->owns[t];
    }
    free(catalog->tables);
    free(catalog->texts);
    *catalog = *next;
}

/* Loads into a copy that owns nothing yet, so that a failure leaves the catalogue as it was. */
traincost_status traincost_catalog_load(traincost_catalog *catalog, const char *path, traincost_error *error)
{
    if (!catalog || !path)
        return error_null(error, __func__);
    traincost_catalog next = {.rows = catalog->rows};
    traincost_status status = load(&next, path, error);
    if (status == TRAINCOST_OK)
        status = keep_old(&next, catalog, error);
    if (status)
        catalog_release(&next);
    else
        replace_rows(catalog, &next);
    return status;
}
