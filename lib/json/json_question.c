/* A question as JSON text, the answer as JSON text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "json/json_question.h"

#include "answers/estimate.h"
#include "catalog/catalog.h"
#include "json/json_answers.h"
#include "run/naming.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct json_question {
    const traincost_catalog *catalog;
    const struct json_tree *tree;
    const struct json_node *object;
    struct json_writer *json;
    traincost_options *options;
    traincost_scenario *run;
    traincost_error *error;
};

/* ---- values ---- */

static traincost_status json_refuse(const struct json_tree *tree, const struct json_node *node, const char *what,
                                    traincost_error *error)
{
    return error_set(error, TRAINCOST_SYNTAX, "member '%.60s': %s", json_key(tree, node), what);
}

/* A text, a number, or a list of them, with commas between; "1" and "0" for true and false. Adds to `text`, and
 * nothing for null. */
static traincost_status json_flatten(const struct json_tree *tree, const struct json_node *node,
                                     struct text_buffer *text, traincost_error *error)
{
    const struct json_node *item;
    switch (node->kind) {
    case JSON_IS_NULL:
        return TRAINCOST_OK;
    case JSON_IS_BOOLEAN:
        text_add(text, json_value(tree, node)[0] == 't' ? "1" : "0");
        return TRAINCOST_OK;
    case JSON_IS_NUMBER:
    case JSON_IS_STRING:
        text_add(text, json_value(tree, node));
        return TRAINCOST_OK;
    case JSON_IS_OBJECT:
        return json_refuse(tree, node, "a text or a number is needed", error);
    case JSON_IS_ARRAY:
        break;
    }
    for (item = json_first(tree, node); item; item = json_next(tree, item)) {
        if (item->kind != JSON_IS_STRING && item->kind != JSON_IS_NUMBER)
            return json_refuse(tree, node, "a list holds texts or numbers", error);
        text_add(text, item == json_first(tree, node) ? "" : ",");
        text_add(text, json_value(tree, item));
    }
    return TRAINCOST_OK;
}

typedef traincost_status json_setter(void *object, const char *key, const char *value, traincost_error *error);

/* Sets what the member says, unless it is null. Only options may be lists, and true or false: of a run [1, 200] would
 * read as 1,200, and true as 1. */
static traincost_status json_set(const struct json_tree *tree, const struct json_node *node, bool option,
                                 json_setter *set, void *object, traincost_error *error)
{
    struct text_buffer value = {0};
    if (!option && (node->kind == JSON_IS_ARRAY || node->kind == JSON_IS_BOOLEAN))
        return error_about(error, json_refuse(tree, node, "a text or a number is needed", error), json_key(tree, node));
    text_add(&value, "");
    traincost_status status = json_flatten(tree, node, &value, error);
    if (status == TRAINCOST_OK && value.failed)
        status = error_no_memory(error);
    if (status == TRAINCOST_OK && node->kind != JSON_IS_NULL)
        status = set(object, json_key(tree, node), value.text, error);
    free(value.text);
    return error_about(error, status, json_key(tree, node));
}

static traincost_status json_set_each(const struct json_tree *tree, const struct json_node *node, bool options,
                                      json_setter *set, void *object, traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    if (node->kind != JSON_IS_OBJECT)
        return json_refuse(tree, node, "an object is needed", error);
    for (node = json_first(tree, node); node && status == TRAINCOST_OK; node = json_next(tree, node))
        status = json_set(tree, node, options, set, object, error);
    return status;
}

/* ---- the run ---- */

/* Where a statement goes. */
struct json_target {
    traincost_scenario *run;
    size_t stage;
};

static traincost_status json_make_statement(void *object, const char *name, const char *value,
                                            traincost_error *error)
{
    const struct json_target *target = object;
    return naming_state(target->run, target->stage, naming_find(name), value, error);
}

static traincost_status json_make_claim(void *object, const char *name, const char *value, traincost_error *error)
{
    return traincost_scenario_claim(object, name, value, error);
}

static bool json_is_among(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (!strcmp(*names, name))
            return true;
    return false;
}

static traincost_status json_unknown_member(const char *name, const char *const *others, traincost_error *error)
{
    const char *called = traincost_parameter_called(name), *meant = called ? called : naming_meant(name);
    const traincost_option *option;
    for (size_t i = 0; (option = traincost_option_at(i)); i++)
        if (!strcmp(option->key, name))
            return error_set(error, TRAINCOST_UNKNOWN, "member '%s': it belongs in \"options\", as in "
                             "{\"options\": {\"%s\": ...}}", name, name);
    return error_unknown(error, "member", name, meant ? meant : traincost_nearest(name, others),
                         "traincost(1) has the parameters");
}

static traincost_status json_state_stage(const struct json_tree *tree, const struct json_node *stage,
                                         traincost_scenario *run, traincost_error *error)
{
    static const char *const none[] = {NULL};
    struct json_target target = {run, 0};
    const struct json_node *name = json_member(tree, stage, "name"), *member;
    if (stage->kind != JSON_IS_OBJECT)
        return error_set(error, TRAINCOST_SYNTAX, "stages: each is an object");
    traincost_status status = traincost_scenario_add_stage(
        run, name && name->kind == JSON_IS_STRING ? json_value(tree, name) : NULL, &target.stage, error);
    for (member = json_first(tree, stage); member && status == TRAINCOST_OK; member = json_next(tree, member)) {
        if (member == name)
            continue;
        if (naming_find(json_key(tree, member)).kind != NAMES_PARAMETER)
            status = json_unknown_member(json_key(tree, member), none, error);
        else
            status = json_set(tree, member, false, json_make_statement, &target, error);
    }
    return status;
}

static traincost_status json_state_stages(const struct json_tree *tree, const struct json_node *stages,
                                          traincost_scenario *run, traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    if (stages->kind != JSON_IS_ARRAY)
        return json_refuse(tree, stages, "a list of stages is needed", error);
    for (stages = json_first(tree, stages); stages && status == TRAINCOST_OK; stages = json_next(tree, stages))
        status = json_state_stage(tree, stages, run, error);
    return status;
}

static traincost_status json_state_member(const struct json_tree *tree, const struct json_node *member,
                                          const char *const *others, bool carries, traincost_scenario *run,
                                          traincost_error *error)
{
    const char *name = json_key(tree, member);
    struct json_target target = {run, TRAINCOST_RUN};
    if (json_is_among(name, others))
        return TRAINCOST_OK;
    if (!strcmp(name, "stages"))
        return json_state_stages(tree, member, run, error);
    if (!strcmp(name, "claim") && member->kind == JSON_IS_OBJECT)
        return json_set_each(tree, member, false, json_make_claim, run, error);
    if (naming_find(name).kind != NAMES_NOTHING)
        return json_set(tree, member, false, json_make_statement, &target, error);
    return carries && !naming_meant(name) ? TRAINCOST_OK : json_unknown_member(name, others, error);
}

traincost_status json_take_run(const struct json_tree *tree, const struct json_node *object, traincost_scenario *run,
                               traincost_error *error)
{
    struct json_target target = {run, TRAINCOST_RUN};
    const struct json_node *named = json_member(tree, object, "run");
    return named ? json_set(tree, named, false, json_make_statement, &target, error) : TRAINCOST_OK;
}

traincost_status json_state_run(const struct json_tree *tree, const struct json_node *object,
                                const char *const *others, bool carries, traincost_scenario *run,
                                traincost_error *error)
{
    const struct json_node *named = json_member(tree, object, "run"), *member;
    traincost_status status = TRAINCOST_OK;
    if (!json_is_among("run", others))
        status = json_take_run(tree, object, run, error);
    for (member = json_first(tree, object); member && status == TRAINCOST_OK; member = json_next(tree, member))
        if (member != named)
            status = json_state_member(tree, member, others, carries, run, error);
    return status;
}

/* ---- the answers ---- */

static traincost_status json_set_option(void *object, const char *key, const char *value, traincost_error *error)
{
    return traincost_options_set(object, key, value, error);
}

static traincost_status json_set_goal(void *object, const char *key, const char *value, traincost_error *error)
{
    return traincost_goal_set(object, key, value, error);
}

/* A member that is a text or a number; NULL where it is absent. */
static const char *json_text_of(const struct json_question *q, const char *name)
{
    const struct json_node *node = json_member(q->tree, q->object, name);
    bool plain = node && (node->kind == JSON_IS_STRING || node->kind == JSON_IS_NUMBER);
    return plain ? json_value(q->tree, node) : NULL;
}

static traincost_status json_state(struct json_question *q, const char *const *others)
{
    return json_state_run(q->tree, q->object, others, false, q->run, q->error);
}

static traincost_status json_ask_estimate(struct json_question *q)
{
    static const char *const others[] = {"command", "options", NULL};
    traincost_result *result = NULL;
    traincost_status status = json_state(q, others);
    if (status == TRAINCOST_OK)
        status = traincost_estimate(q->run, q->options, &result, q->error);
    if (status == TRAINCOST_OK)
        json_put_estimate(q->json, result);
    traincost_result_free(result);
    return status;
}

static traincost_status json_ask_check(struct json_question *q)
{
    static const char *const others[] = {"command", "options", NULL};
    traincost_report *report = NULL;
    traincost_status status = json_state(q, others);
    if (status == TRAINCOST_OK)
        status = traincost_check(q->run, q->options, &report, q->error);
    if (status == TRAINCOST_OK)
        json_put_check(q->json, report);
    traincost_report_free(report);
    return status;
}

static traincost_status json_put_claim_of(struct json_question *q, const char *id)
{
    traincost_report *report = NULL;
    traincost_scenario *run = traincost_scenario_new(q->catalog, q->error);
    traincost_status status = run ? traincost_scenario_find(run, id, q->error) : TRAINCOST_NO_MEMORY;
    if (status == TRAINCOST_OK)
        status = traincost_check(run, q->options, &report, q->error);
    if (status == TRAINCOST_OK) {
        json_open_object(q->json, NULL);
        json_put_check(q->json, report);
        json_close(q->json);
    }
    traincost_report_free(report);
    traincost_scenario_free(run);
    return status;
}

static traincost_status json_refuse_others(struct json_question *q, const char *const *names)
{
    const struct json_node *member;
    for (member = json_first(q->tree, q->object); member; member = json_next(q->tree, member))
        if (!json_is_among(json_key(q->tree, member), names))
            return error_unknown(q->error, "member", json_key(q->tree, member),
                                 traincost_nearest(json_key(q->tree, member), names), "this command takes no such");
    return TRAINCOST_OK;
}

/* One by "run", or all. */
static traincost_status json_ask_claims(struct json_question *q)
{
    static const char *const names[] = {"command", "options", "run", NULL};
    const char *id = json_text_of(q, "run");
    const traincost_run *run;
    traincost_status status = json_refuse_others(q, names);
    json_open_array(q->json, "claims");
    if (id && status == TRAINCOST_OK)
        status = json_put_claim_of(q, id);
    for (size_t i = 0; !id && status == TRAINCOST_OK && (run = traincost_catalog_run(q->catalog, i)); i++)
        status = json_put_claim_of(q, run->id);
    json_close(q->json);
    return status;
}

static traincost_status json_ask_chips(struct json_question *q)
{
    static const char *const names[] = {"command", "type", "date", "term", "tier", "region", NULL};
    const traincost_market market = {json_text_of(q, "date"), json_text_of(q, "term"), json_text_of(q, "tier"),
                                     json_text_of(q, "region")};
    traincost_status status = json_refuse_others(q, names);
    if (status == TRAINCOST_OK)
        status = json_put_chips(q->json, q->catalog, json_text_of(q, "type"), &market, q->error);
    return status;
}

static bool json_is_goal(const char *name)
{
    const traincost_goal_key *key;
    for (size_t i = 0; (key = traincost_goal_key_at(i)); i++)
        if (!strcmp(key->key, name))
            return true;
    return false;
}

/* The goal's members, and the names that are not the run's. */
enum { JSON_GOAL_NAMES = 32 };
static traincost_status json_take_goal(struct json_question *q, traincost_goal *goal,
                                       const char *names[JSON_GOAL_NAMES])
{
    static const char *const others[] = {"command", "options", "solve"};
    const traincost_goal_key *key;
    const struct json_node *member;
    size_t count = sizeof others / sizeof *others;
    traincost_status status = TRAINCOST_OK;
    memcpy(names, others, sizeof others);
    for (size_t i = 0; (key = traincost_goal_key_at(i)) && count + 1 < JSON_GOAL_NAMES; i++)
        names[count++] = key->key;
    names[count] = NULL;
    for (member = json_first(q->tree, q->object); member && status == TRAINCOST_OK;
         member = json_next(q->tree, member))
        if (json_is_goal(json_key(q->tree, member)))
            status = json_set(q->tree, member, false, json_set_goal, goal, q->error);
    return status;
}

static traincost_status json_ask_solve(struct json_question *q)
{
    const char *names[JSON_GOAL_NAMES], *what = json_text_of(q, "solve");
    traincost_goal *goal = traincost_goal_new();
    traincost_solution *solution = NULL;
    traincost_status status = goal ? TRAINCOST_OK : error_no_memory(q->error);
    if (status == TRAINCOST_OK && !what)
        status = error_set(q->error, TRAINCOST_MISSING, "\"solve\" says what is looked for, as in \"hours\"");
    if (status == TRAINCOST_OK)
        status = json_take_goal(q, goal, names);
    if (status == TRAINCOST_OK)
        status = json_state(q, names);
    if (status == TRAINCOST_OK)
        status = traincost_solve(q->run, what, goal, q->options, &solution, q->error);
    if (status == TRAINCOST_OK)
        json_put_solution(q->json, solution);
    traincost_solution_free(solution);
    traincost_goal_free(goal);
    return status;
}

/* "vary": {"chips": "256..4096"}, at most two. */
static traincost_status json_take_axes(struct json_question *q, traincost_sweep *sweep)
{
    const struct json_node *vary = json_member(q->tree, q->object, "vary"), *axis;
    traincost_status status = TRAINCOST_OK;
    if (!vary || vary->kind != JSON_IS_OBJECT)
        return error_set(q->error, TRAINCOST_MISSING, "\"vary\" is an object, as in {\"chips\": \"256..4096\"}");
    for (axis = json_first(q->tree, vary); axis && status == TRAINCOST_OK; axis = json_next(q->tree, axis)) {
        struct text_buffer values = {0};
        text_add(&values, "");
        status = json_flatten(q->tree, axis, &values, q->error);
        if (status == TRAINCOST_OK && values.failed)
            status = error_no_memory(q->error);
        if (status == TRAINCOST_OK)
            status = traincost_sweep_vary(sweep, json_key(q->tree, axis), values.text, json_text_of(q, "steps"),
                                          json_text_of(q, "spacing"), q->error);
        free(values.text);
    }
    return status;
}

static traincost_status json_ask_sweep(struct json_question *q)
{
    static const char *const others[] = {"command", "options", "vary", "steps", "spacing", NULL};
    traincost_sweep *sweep = traincost_sweep_new();
    traincost_status status = sweep ? json_take_axes(q, sweep) : error_no_memory(q->error);
    if (status == TRAINCOST_OK)
        status = json_state(q, others);
    if (status == TRAINCOST_OK)
        status = traincost_sweep_run(sweep, q->run, q->options, q->error);
    if (status == TRAINCOST_OK)
        json_put_sweep(q->json, sweep);
    traincost_sweep_free(sweep);
    return status;
}

/* ---- comparisons ---- */

/* One of "runs": a text, or an object as a question is. */
static traincost_status json_state_compared(struct json_question *q, const struct json_node *item,
                                            traincost_scenario *run)
{
    static const char *const none[] = {NULL};
    if (item->kind == JSON_IS_OBJECT)
        return json_state_run(q->tree, item, none, false, run, q->error);
    if (item->kind != JSON_IS_STRING)
        return error_set(q->error, TRAINCOST_SYNTAX, "runs: each is a text or an object");
    return naming_state(run, TRAINCOST_RUN, naming_find("run"), json_value(q->tree, item), q->error);
}

static const char *json_name_compared(const struct json_question *q, const struct json_node *item)
{
    const struct json_node *name = NULL;
    if (item->kind == JSON_IS_STRING)
        return json_value(q->tree, item);
    if (!(name = json_member(q->tree, item, "name")))
        name = json_member(q->tree, item, "run");
    return name && name->kind == JSON_IS_STRING ? json_value(q->tree, name) : "";
}

static traincost_status json_compare_all(struct json_question *q, const struct json_node *list,
                                         traincost_scenario **runs, const char **names)
{
    static const char *const others[] = {"command", "options", "runs", "by", NULL};
    traincost_comparison *comparison = NULL;
    const struct json_node *item;
    size_t count = 0;
    traincost_status status = TRAINCOST_OK;
    for (item = json_first(q->tree, list); item && status == TRAINCOST_OK; item = json_next(q->tree, item)) {
        names[count] = json_name_compared(q, item);
        runs[count] = traincost_scenario_new(q->catalog, q->error);
        status = runs[count] ? json_state_compared(q, item, runs[count]) : TRAINCOST_NO_MEMORY;
        if (status == TRAINCOST_OK)
            status = json_state_run(q->tree, q->object, others, false, runs[count], q->error);
        count += runs[count] != NULL;
    }
    if (status == TRAINCOST_OK)
        status = traincost_compare_by((const traincost_scenario *const *)runs, count, json_text_of(q, "by"),
                                      q->options, &comparison, q->error);
    if (status == TRAINCOST_OK)
        json_put_comparison(q->json, comparison, names);
    traincost_comparison_free(comparison);
    for (size_t i = 0; i < count; i++)
        traincost_scenario_free(runs[i]);
    return status;
}

static traincost_status json_compare_runs(struct json_question *q, const struct json_node *list)
{
    size_t count = 1;
    const struct json_node *item;
    if (list->kind != JSON_IS_ARRAY)
        return json_refuse(q->tree, list, "a list of runs is needed", q->error);
    for (item = json_first(q->tree, list); item; item = json_next(q->tree, item))
        count++;
    traincost_scenario **runs = calloc(count, sizeof *runs);
    const char **names = calloc(count, sizeof *names);
    traincost_status status = runs && names ? json_compare_all(q, list, runs, names) : error_no_memory(q->error);
    free(runs);
    free(names);
    return status;
}

/* "type": "H100,MI300X", or a list. */
static traincost_status json_compare_chips(struct json_question *q, const struct json_node *types)
{
    static const char *const others[] = {"command", "options", "type", "by", NULL};
    traincost_comparison *comparison = NULL;
    struct text_buffer list = {0};
    text_add(&list, "");
    traincost_status status = json_flatten(q->tree, types, &list, q->error);
    if (status == TRAINCOST_OK && list.failed)
        status = error_no_memory(q->error);
    if (status == TRAINCOST_OK)
        status = json_state(q, others);
    if (status == TRAINCOST_OK)
        status = traincost_compare_types(q->run, list.text, json_text_of(q, "by"), q->options, &comparison,
                                         q->error);
    if (status == TRAINCOST_OK)
        json_put_comparison(q->json, comparison, NULL);
    traincost_comparison_free(comparison);
    free(list.text);
    return status;
}

static traincost_status json_ask_compare(struct json_question *q)
{
    const struct json_node *runs = json_member(q->tree, q->object, "runs");
    const struct json_node *types = json_member(q->tree, q->object, "type");
    if (runs)
        return json_compare_runs(q, runs);
    if (types)
        return json_compare_chips(q, types);
    return error_set(q->error, TRAINCOST_MISSING, "compare takes \"runs\", a list, or \"type\", chips");
}

/* ---- the question ---- */

typedef traincost_status json_asker(struct json_question *q);

static const struct {
    const char *name;
    json_asker *ask;
} json_commands[] = {{"estimate", json_ask_estimate}, {"check", json_ask_check}, {"claims", json_ask_claims},
                     {"compare", json_ask_compare},   {"solve", json_ask_solve}, {"sweep", json_ask_sweep},
                     {"chips", json_ask_chips}};
enum { JSON_COMMANDS = sizeof json_commands / sizeof *json_commands };

static traincost_status json_find_command(struct json_question *q, json_asker **ask)
{
    const struct json_node *command = json_member(q->tree, q->object, "command");
    const char *name = json_text_of(q, "command");
    if (command && !name)
        return json_refuse(q->tree, command, "a text is needed", q->error);
    for (size_t i = 0; i < JSON_COMMANDS; i++)
        if (!strcmp(name ? name : "estimate", json_commands[i].name)) {
            *ask = json_commands[i].ask;
            return TRAINCOST_OK;
        }
    char names[128] = "";
    for (size_t i = 0, used = 0; i < JSON_COMMANDS && used < sizeof names; i++)
        used += (size_t)snprintf(names + used, sizeof names - used, "%s%s", i ? "|" : "", json_commands[i].name);
    return error_choice(q->error, "command", name, names);
}

traincost_status json_answer_question(const traincost_catalog *catalog, const struct json_tree *tree,
                                      const struct json_node *object, double samples, struct json_writer *json,
                                      traincost_error *error)
{
    struct json_question q = {.catalog = catalog ? catalog : &catalog_builtin,
                              .tree = tree,
                              .object = object,
                              .json = json,
                              .error = error};
    const struct json_node *options;
    json_asker *ask = NULL;
    if (object->kind != JSON_IS_OBJECT)
        return error_set(error, TRAINCOST_SYNTAX, "a question is an object, as in {\"run\": \"deepseek-r1\"}");
    traincost_status status = json_find_command(&q, &ask);
    if (status)
        return status;
    q.run = traincost_scenario_new(q.catalog, error);
    q.options = traincost_options_new();
    status = q.run && q.options ? TRAINCOST_OK : error_no_memory(error);
    if (status == TRAINCOST_OK && samples > 0)
        q.options->engine.samples = samples;
    if (status == TRAINCOST_OK && (options = json_member(tree, object, "options")))
        status = json_set_each(tree, options, true, json_set_option, q.options, error);
    if (status == TRAINCOST_OK)
        status = ask(&q);
    traincost_options_free(q.options);
    traincost_scenario_free(q.run);
    return status;
}

void json_put_error(struct json_writer *json, const traincost_error *error)
{
    json_open_object(json, "error");
    json_put_text(json, "status", traincost_status_name(traincost_error_status(error)));
    json_put_text(json, "key", traincost_error_key(error));
    json_put_figure(json, "line", traincost_error_line(error));
    json_put_figure(json, "column", traincost_error_column(error));
    json_put_text(json, "message", traincost_error_message(error));
    json_close(json);
}

traincost_status traincost_error_json(const traincost_error *error, int line, char **text)
{
    if (text)
        *text = NULL;
    if (!text)
        return error_null(NULL, __func__);
    struct json_writer json = {.lines = line != 0};
    json_open_object(&json, NULL);
    json_put_error(&json, error);
    json_close(&json);
    return json_give(&json, text, NULL);
}

static traincost_status json_answer(const traincost_catalog *catalog, const char *question, size_t length,
                                    struct json_writer *json, traincost_error *error)
{
    struct json_tree tree = {0};
    traincost_status status =
        question ? json_read(&tree, question, length, error) : error_null(error, "traincost_json");
    json_open_object(json, NULL);
    if (status == TRAINCOST_OK)
        status = json_answer_question(catalog, &tree, &tree.nodes[0], 0, json, error);
    if (status) {
        bool line = json->lines;
        free(json->out.text);
        *json = (struct json_writer){.lines = line};
        json_open_object(json, NULL);
        json_put_error(json, error);
    }
    json_close(json);
    json_tree_free(&tree);
    return status;
}

traincost_status traincost_json(const traincost_catalog *catalog, const char *question, size_t length, char **answer)
{
    struct json_writer json = {.lines = true};
    if (!answer)
        return error_null(NULL, __func__);
    *answer = NULL;
    traincost_error *error = traincost_error_new();
    if (!error)
        return TRAINCOST_NO_MEMORY;
    traincost_status status = json_answer(catalog, question, length, &json, error);
    traincost_status given = json_give(&json, answer, error);
    traincost_error_free(error);
    return given ? given : status;
}
