/* A line of JSON and its answer, a line of JSON: the row as it came, and what it gives. A line that names a command or
 * options of its own is a question of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/batch_row.h"
#include "json/json_answers.h"
#include "json/json_question.h"

#include <stdlib.h>

static const char *const batch_line_others[] = {"run", NULL};

/* As of a CSV's columns: "gpus" is chips, where the row has none. */
static traincost_status batch_refuse_called_member(const struct batch_bench *bench, const struct json_tree *tree)
{
    const struct json_node *object = &tree->nodes[0], *member;
    if (json_member(tree, object, "run") || json_member(tree, object, "cluster") || json_member(tree, object, "stages"))
        return TRAINCOST_OK;
    for (member = json_first(tree, object); member; member = json_next(tree, member)) {
        const char *name = json_key(tree, member);
        const char *called = naming_find(name).kind == NAMES_NOTHING ? batch_called(bench->batch, name) : NULL;
        if (called && !json_member(tree, object, called))
            return error_set(bench->error, TRAINCOST_UNKNOWN, "member '%.60s': did you mean %s?", name, called);
    }
    return TRAINCOST_OK;
}

static traincost_status batch_state_line(const struct batch_bench *bench, const struct json_tree *tree,
                                         traincost_scenario *run)
{
    const struct json_node *object = &tree->nodes[0];
    traincost_status status = batch_refuse_called_member(bench, tree);
    if (status == TRAINCOST_OK)
        status = json_take_run(tree, object, run, bench->error);
    if (status == TRAINCOST_OK)
        status = batch_state_all(bench->batch, run, bench->error);
    if (status == TRAINCOST_OK)
        status = json_state_run(tree, object, batch_line_others, true, run, bench->error);
    return status;
}

static void batch_put_answer(const traincost_batch *batch, const struct batch_answer *answer,
                             struct json_writer *json)
{
    const traincost_scope *scope = answer->report ? batch_scope(answer->report) : NULL;
    json_put_text(json, "date", traincost_result_date(answer->result));
    json_open_object(json, "outputs");
    for (size_t j = 0; j < batch->output_count; j++) {
        const traincost_output *figure = traincost_result_find(answer->result, batch->outputs[j]);
        if (figure)
            json_put_quantiles(json, answer->result, figure);
    }
    json_close(json);
    if (answer->report)
        json_put_text(json, "verdict", traincost_verdict_name(traincost_report_verdict(answer->report)));
    if (scope) {
        json_put_text(json, "scope", scope->name);
        json_put_number(json, "factor", scope->factor);
        json_put_number(json, "percentile", scope->percentile);
    }
}

static traincost_status batch_estimate_line(const struct batch_bench *bench, const traincost_row *row,
                                            const struct json_tree *tree, struct json_writer *json)
{
    struct batch_answer answer = {0};
    traincost_scenario *run = batch_new_run(bench);
    traincost_status status = run ? batch_state_line(bench, tree, run) : TRAINCOST_NO_MEMORY;
    if (status == TRAINCOST_OK)
        status = batch_answer_run(bench, run, &answer);
    if (status == TRAINCOST_OK)
        batch_put_answer(bench->batch, &answer, json);
    if (status == TRAINCOST_OK)
        batch_keep_result(bench, row, &answer);
    batch_answer_free(&answer);
    traincost_scenario_free(run);
    return status;
}

static traincost_status batch_ask_line(const struct batch_bench *bench, const traincost_row *row,
                                       const struct json_tree *tree, struct json_writer *json)
{
    const struct json_node *object = &tree->nodes[0];
    if (object->kind != JSON_IS_OBJECT)
        return error_set(bench->error, TRAINCOST_SYNTAX, "a row is an object, as in {\"run\": \"deepseek-r1\"}");
    if (json_member(tree, object, "command") || json_member(tree, object, "options"))
        return json_answer_question(bench->batch->catalog, tree, object, bench->options.engine.samples, json,
                                    bench->error);
    return batch_estimate_line(bench, row, tree, json);
}

/* The row as it came, where it is JSON, else as a text. */
static void batch_begin_line(struct json_writer *json, const traincost_row *row, const struct json_tree *tree)
{
    struct text_buffer text = {0};
    json_open_object(json, NULL);
    if (tree) {
        json_put_json(json, "row", row->text + tree->nodes[0].from, tree->nodes[0].to - tree->nodes[0].from);
        return;
    }
    text_add_bytes(&text, row->text, row->length);
    if (text.failed)
        json->out.failed = true;
    else
        json_put_text(json, "row", text.text);
    free(text.text);
}

traincost_status batch_answer_line(struct batch_bench *bench, const traincost_row *row, struct text_buffer *out)
{
    struct json_tree tree = {0};
    struct json_writer json = {.out = *out, .lines = true};
    traincost_status status = json_read(&tree, row->text, row->length, bench->error);
    bool read = status == TRAINCOST_OK;
    batch_begin_line(&json, row, read ? &tree : NULL);
    if (read)
        status = batch_ask_line(bench, row, &tree, &json);
    if (status) {
        json = (struct json_writer){.out = json.out, .lines = true};
        json.out.length = 0;
        batch_begin_line(&json, row, read ? &tree : NULL);
        json_put_error(&json, bench->error);
    }
    json_close(&json);
    json_tree_free(&tree);
    *out = json.out;
    return status;
}
