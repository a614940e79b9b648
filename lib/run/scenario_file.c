/* A run in a file: traincost-scenario(5). */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/scenario.h"

#include "base/yaml_document.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static traincost_status refuse_node(const struct node *node, traincost_status status, traincost_error *error,
                                    const char *key, const char *why)
{
    error_set(error, status, "'%.60s' %s", key, why);
    error_place(error, node->line, 0);
    return status;
}

static traincost_status set_from_node(traincost_scenario *scenario, size_t stage, const struct node *node,
                                      traincost_error *error)
{
    if (node->kind != NODE_SCALAR)
        return refuse_node(node, TRAINCOST_SYNTAX, error, node->key, "takes one value, not a list");
    traincost_status status = traincost_scenario_set(scenario, stage, node->key, node->text, error);
    if (status)
        error_place(error, node->line, 0);
    return status;
}

static traincost_status read_stage(traincost_scenario *scenario, const struct node *stage,
                                   traincost_error *error)
{
    const char *name = NULL;
    size_t number;
    if (stage->kind != NODE_MAP)
        return refuse_node(stage, TRAINCOST_SYNTAX, error, "stages",
                           "is a list of maps such as {type: H800, chips: 8, hours: 2}");
    for (const struct node *n = stage->child; n; n = n->next)
        if (!strcmp(n->key, "name") && n->kind == NODE_SCALAR)
            name = n->text;
    traincost_status status = traincost_scenario_add_stage(scenario, name, &number, error);
    if (status)
        error_place(error, stage->line, 0);
    for (const struct node *n = stage->child; n && status == TRAINCOST_OK; n = n->next)
        if (strcmp(n->key, "name") || n->kind != NODE_SCALAR)
            status = set_from_node(scenario, number, n, error);
    return status;
}

static traincost_status read_stages(traincost_scenario *scenario, const struct node *stages,
                                    traincost_error *error)
{
    if (stages->kind != NODE_LIST || !stages->child)
        return refuse_node(stages, TRAINCOST_SYNTAX, error, "stages", "is a list with at least one stage");
    traincost_status status = TRAINCOST_OK;
    for (const struct node *n = stages->child; n && status == TRAINCOST_OK; n = n->next)
        status = read_stage(scenario, n, error);
    return status;
}

static traincost_status read_text_node(traincost_scenario *scenario, const struct node *text,
                                       enum claim_text which, traincost_error *error)
{
    if (text->kind != NODE_SCALAR)
        return refuse_node(text, TRAINCOST_SYNTAX, error, text->key, "takes one value, not a list");
    traincost_status status = claim_set_text(&scenario->claim, which, text->text, error);
    if (status)
        error_place(error, text->line, 0);
    return status;
}

static traincost_status read_claim(traincost_scenario *scenario, const struct node *claim,
                                   traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    if (claim->kind != NODE_MAP || !claim->child)
        return refuse_node(claim, TRAINCOST_SYNTAX, error, "claim", "is a map such as {usd: 294k}");
    for (const struct node *n = claim->child; n && status == TRAINCOST_OK; n = n->next) {
        enum claim_text text = claim_text_find(n->key, true);
        if (text != CLAIM_TEXTS)
            status = read_text_node(scenario, n, text, error);
        else if (n->kind != NODE_SCALAR)
            status = refuse_node(n, TRAINCOST_SYNTAX, error, n->key, "takes one value, not a list");
        else
            status = traincost_scenario_claim(scenario, n->key, n->text, error);
        if (status)
            error_place(error, n->line, 0);
    }
    return status;
}

static traincost_status read_base(traincost_scenario *scenario, const struct node *base, traincost_error *error)
{
    if (base->kind != NODE_SCALAR)
        return refuse_node(base, TRAINCOST_SYNTAX, error, base->key, "takes one value, not a list");
    traincost_status status =
        scenario_set_base(scenario, base->text, scenario->from_file ? scenario->origin : NULL, error);
    if (status)
        error_place(error, base->line, 0);
    return status;
}

static traincost_status read_run(traincost_scenario *scenario, const struct node *root, traincost_error *error)
{
    if (root->kind != NODE_MAP)
        return refuse_node(root, TRAINCOST_SYNTAX, error, "a scenario", "is a map of keys and values");
    traincost_status status = TRAINCOST_OK;
    enum claim_text text;
    for (const struct node *n = root->child; n && status == TRAINCOST_OK; n = n->next) {
        if (!strcmp(n->key, "stages"))
            status = read_stages(scenario, n, error);
        else if (!strcmp(n->key, "claim"))
            status = read_claim(scenario, n, error);
        else if (!strcmp(n->key, "base"))
            status = read_base(scenario, n, error);
        else if ((text = claim_text_find(n->key, false)) != CLAIM_TEXTS)
            status = read_text_node(scenario, n, text, error);
        else
            status = set_from_node(scenario, TRAINCOST_RUN, n, error);
    }
    return status;
}

static bool is_empty(const traincost_scenario *scenario)
{
    bool any = scenario->stage_count || scenario->name || scenario->base;
    for (size_t i = 0; i < CLAIM_FIGURES; i++)
        any |= scenario->claim.figures[i].given;
    for (size_t i = 0; i < CLAIM_TEXTS; i++)
        any |= scenario->claim.texts[i] != NULL;
    for (size_t p = 0; p < PARAMETERS; p++)
        any |= scenario->settings[p].given;
    return !any;
}

traincost_status traincost_scenario_parse(traincost_scenario *scenario, const char *text, size_t length,
                                          traincost_error *error)
{
    if (!scenario || !text)
        return error_null(error, __func__);
    struct node *root = NULL;
    if (!is_empty(scenario))
        return error_set(error, TRAINCOST_CONFLICT, "a run is read into an empty one, and this one is not");
    traincost_status status = document_parse(text, length, &root, error);
    if (status == TRAINCOST_OK)
        status = read_run(scenario, root, error);
    document_free(root);
    return status;
}

/* Remembers where the run comes from, and refuses one that starts from itself, however it is written. */
static traincost_status set_origin(traincost_scenario *scenario, const char *origin, traincost_error *error)
{
    int depth = 0;
    for (const traincost_scenario *run = scenario->derived; run; run = run->derived) {
        if (run->origin && (!strcmp(run->origin, origin) || file_is_same(run->origin, origin)))
            return error_set(error, TRAINCOST_CONFLICT, "the run %.200s starts from itself", origin);
        if (++depth > LIMIT_BASES)
            return error_limit(error, LIMIT_BASES, "runs that start from one another");
    }
    free(scenario->origin);
    scenario->origin = text_copy(origin);
    return scenario->origin ? TRAINCOST_OK : error_no_memory(error);
}

enum { RUN_NAME = 96 };

/* Whether `id` has that name in it: as one of its words, or as a part of over three letters. */
static bool run_is_named(const char *id, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = id; *at; at++) {
        bool begins = at == id || at[-1] == '-', ends = !at[0] || strlen(at) <= length || at[length] == '-';
        if ((length > 3 || (begins && ends)) && length && text_begins(at, name))
            return true;
    }
    char plain[RUN_NAME], plain_id[RUN_NAME]; /* "gpt4" of "openai-gpt-4" */
    text_squeeze(name, plain, sizeof plain);
    text_squeeze(id, plain_id, sizeof plain_id);
    return strlen(plain) > 3 && strstr(plain_id, plain);
}

/* All runs of that name: one is often told by several. */
static traincost_status unknown_run(const traincost_catalog *catalog, const char *id, traincost_error *error)
{
    enum { MOST_NAMED = 8 };
    struct text_search search = {.given = id};
    struct text_buffer named = {0};
    const traincost_run *run;
    const traincost_chip *chip = NULL;
    size_t count = 0;
    for (size_t i = 0; (run = traincost_catalog_run(catalog, i)); i++) {
        text_try(&search, run->id);
        if (!run_is_named(run->id, id) || ++count > MOST_NAMED)
            continue;
        text_add(&named, count > 1 ? ", " : "");
        text_add(&named, run->id);
    }
    traincost_status status = TRAINCOST_UNKNOWN;
    if (named.failed)
        status = error_no_memory(error);
    else if (count > 1)
        error_set(error, status, "unknown run '%.60s': did you mean one of %s%s?", id, named.text,
                  count > MOST_NAMED ? ", ..." : "");
    else if (!count && traincost_catalog_find(catalog, id, &chip, NULL, NULL) == TRAINCOST_OK)
        error_set(error, status, "unknown run '%.60s': it is a chip: write how many, as in 8x%.60s", id, id);
    else
        error_unknown(error, "run", id, count ? named.text : text_meant(&search),
                      "it is no file, no published run ('traincost claims' lists them), and no cluster as in 512xH800");
    free(named.text);
    return status;
}

/* What is wrong with a run of a list is said with its place there. */
static void place_in_list(const traincost_run *run, traincost_error *error)
{
    int line = traincost_error_line(error);
    if (!run->path) {
        error_prefix(error, "run %.80s", run->id);
        return;
    }
    error_prefix(error, "%.200s: line %d: run %.80s", run->path, run->line + line, run->id);
    error_place(error, run->line + line, 0);
}

traincost_status traincost_scenario_find(traincost_scenario *scenario, const char *id, traincost_error *error)
{
    if (!scenario || !id)
        return error_null(error, __func__);
    const traincost_run *run = catalog_find_run(scenario->catalog, id);
    if (!run)
        return unknown_run(scenario->catalog, id, error);
    traincost_status status = set_origin(scenario, run->id, error);
    if (status == TRAINCOST_OK)
        status = traincost_scenario_parse(scenario, run->text, strlen(run->text), error);
    if (status)
        place_in_list(run, error);
    return status;
}

/* A file that another names may hold anything: it is told that it is no run, and where, not what it holds. */
static traincost_status read_base_file(traincost_scenario *scenario, const char *path, traincost_error *error)
{
    char *text = NULL;
    size_t length = 0;
    traincost_status status = set_origin(scenario, path, error);
    if (status == TRAINCOST_OK)
        status = file_read_regular(path, &text, &length, error);
    if (status)
        return status;
    scenario->from_file = true;
    status = traincost_scenario_parse(scenario, text, length, error);
    free(text);
    if (status && status != TRAINCOST_NO_MEMORY && !scenario->base_failed) {
        int line = traincost_error_line(error);
        char place[32] = "";
        if (line)
            snprintf(place, sizeof place, "line %d: ", line);
        error_set(error, status, "%.200s: %sis no run that can be read; read by itself, it says why", path,
                  place);
    }
    return status;
}

/* "base.yaml" beside "runs/mine.yaml" is "runs/base.yaml". What is no file either stays an unknown run. */
static traincost_status read_beside(traincost_scenario *scenario, const char *path, const char *beside,
                                    traincost_error *error)
{
    struct text_buffer whole = {0};
    const char *slash = beside && *path != '/' ? strrchr(beside, '/') : NULL;
    if (slash)
        text_add_bytes(&whole, beside, (size_t)(slash - beside) + 1);
    text_add(&whole, path);
    enum file_kind kind = FILE_NONE;
    traincost_status status = whole.failed ? error_no_memory(error) : file_look(whole.text, &kind, error);
    if (status == TRAINCOST_OK)
        status = strchr(path, '/') || kind != FILE_NONE ? read_base_file(scenario, whole.text, error) : TRAINCOST_UNKNOWN;
    free(whole.text);
    return status;
}

static bool is_scenario_path(const char *text)
{
    size_t length = strlen(text);
    return strchr(text, '/') || (length > 5 && text_same(text + length - 5, ".yaml")) ||
           (length > 4 && text_same(text + length - 4, ".yml"));
}

traincost_status scenario_set_base(traincost_scenario *scenario, const char *base, const char *beside,
                                   traincost_error *error)
{
    traincost_scenario *run = traincost_scenario_new(scenario->catalog, error);
    if (!run)
        return TRAINCOST_NO_MEMORY;
    run->derived = scenario;
    traincost_status status = traincost_scenario_find(run, base, error);
    if (status == TRAINCOST_UNKNOWN && !run->origin && beside)
        status = read_beside(run, base, beside, error);
    else if (status == TRAINCOST_UNKNOWN && is_scenario_path(base))
        error_set(error, status, "a base that is a file is stated in a scenario file; elsewhere it is the id of a published run");
    if (status) {
        error_prefix(error, "base %.60s", base);
        scenario->base_failed = true;
        traincost_scenario_free(run);
        return status;
    }
    traincost_scenario_free(scenario->base);
    scenario->base = run;
    return TRAINCOST_OK;
}

traincost_status traincost_scenario_read(traincost_scenario *scenario, const char *path, traincost_error *error)
{
    if (!scenario || !path)
        return error_null(error, __func__);
    char *text = NULL;
    size_t length = 0;
    traincost_status status = set_origin(scenario, path, error);
    if (status == TRAINCOST_OK)
        status = file_read(path, &text, &length, error);
    if (status)
        return status;
    scenario->from_file = true;
    status = traincost_scenario_parse(scenario, text, length, error);
    free(text);
    return status;
}

traincost_status traincost_scenario_take(traincost_scenario *scenario, const char *text, traincost_error *error)
{
    if (!scenario || !text)
        return error_null(error, __func__);
    if (is_scenario_path(text))
        return traincost_scenario_read(scenario, text, error);
    if (catalog_find_run(scenario->catalog, text))
        return traincost_scenario_find(scenario, text, error);
    enum file_kind kind = FILE_NONE;
    traincost_status status = file_look(text, &kind, error);
    if (status)
        return status;
    if (kind == FILE_OTHER)
        return traincost_scenario_read(scenario, text, error);
    status = traincost_scenario_set(scenario, TRAINCOST_RUN, "cluster", text, error);
    bool counted = text_is_digit(*text) || *text == '~';
    return status == TRAINCOST_SYNTAX && !counted ? traincost_scenario_find(scenario, text, error) : status;
}
