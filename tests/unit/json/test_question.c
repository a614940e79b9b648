/* Questions as JSON: what each command takes, and how it refuses the rest. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/count.h"

#include <traincost.h>

#include <check.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The answer, as Jansson reads it; the caller drops it. */
static json_t *answer_of(const char *question, traincost_status expected)
{
    char *text = NULL;
    traincost_status status = traincost_json(NULL, question, strlen(question), &text);
    ck_assert_msg(status == expected, "%s gives %s: %s", question, traincost_status_name(status), text);
    json_t *answer = text ? json_loads(text, 0, NULL) : NULL;
    ck_assert_msg(answer != NULL, "%s: the answer is no JSON: %s", question, text ? text : "nothing");
    free(text);
    return answer;
}

static const struct {
    traincost_status status;
    const char *question, *key, *message; /* a part of it */
} refused_questions[] = {
    {TRAINCOST_SYNTAX, "[]", "", "a question is an object, as in {\"run\": \"deepseek-r1\"}"},
    {TRAINCOST_SYNTAX, "3", "", "a question is an object"},
    {TRAINCOST_SYNTAX, "{", "", ""},
    {TRAINCOST_SYNTAX, "{\"command\": [1]}", "", "member 'command': a text is needed"},
    {TRAINCOST_UNKNOWN, "{\"command\": \"chek\"}", "",
     "command 'chek': it is one of estimate|check|claims|compare|solve|sweep|chips; did you mean check?"},
    {TRAINCOST_UNKNOWN, "{\"command\": \"zzzzzzzz\"}", "", "it is one of estimate|check|claims|compare|solve|sweep|chips"},
    {TRAINCOST_SYNTAX, "{\"run\": \"gpt-3\", \"options\": 3}", "", "member 'options': an object is needed"},
    {TRAINCOST_SYNTAX, "{\"run\": \"gpt-3\", \"options\": {\"samples\": {}}}", "samples",
     "member 'samples': a text or a number is needed"},
    {TRAINCOST_UNKNOWN, "{\"run\": \"gpt-3\", \"options\": {\"sample\": 8}}", "sample",
     "unknown option 'sample': did you mean samples?"},
    {TRAINCOST_UNKNOWN, "{\"cluster\": \"8xH100\", \"seed\": 8}", "", "member 'seed': it belongs in \"options\""},
    {TRAINCOST_UNKNOWN, "{\"num_gpus\": 8, \"type\": \"H100\"}", "", "unknown member 'num_gpus': did you mean chips?"},
    {TRAINCOST_SYNTAX, "nonsense", "", "JSON: a value is expected (at 1)"},
    {TRAINCOST_SYNTAX, "{\"run\":", "", "JSON: it ends where a value is expected (at 8)"},
    {TRAINCOST_SYNTAX, "{\n\"run\": 3", "", "JSON: it ends before it is whole (line 2, at 9)"},
    {TRAINCOST_SYNTAX, "{\"run\": true}", "run", "member 'run': a text or a number is needed"},
    {TRAINCOST_UNKNOWN, "{\"cluster\": \"8xH100\", \"colour\": 1}", "", "unknown member 'colour'"},
    {TRAINCOST_UNKNOWN, "{\"cluster\": \"8xH100\", \"hour\": 1}", "", "did you mean hours?"},
    {TRAINCOST_SYNTAX, "{\"cluster\": \"8xH100\", \"hours\": [1, 200]}", "hours", "a text or a number is needed"},
    {TRAINCOST_SYNTAX, "{\"type\": \"H100\", \"chips\": true, \"hours\": 1}", "chips", "a text or a number is needed"},
    {TRAINCOST_SYNTAX, "{\"cluster\": \"8xH100\", \"options\": {\"outputs\": [{}]}}", "outputs", "a list holds texts or numbers"},
    {TRAINCOST_SYNTAX, "{\"cluster\": \"8xH100\", \"options\": {\"outputs\": [null]}}", "outputs", "a list holds texts or numbers"},
    {TRAINCOST_RANGE, "{\"cluster\": \"8xH100\", \"hours\": 1, \"pue\": 0.5}", "pue", "pue"},
    {TRAINCOST_SYNTAX, "{\"stages\": {}}", "", "member 'stages': a list of stages is needed"},
    {TRAINCOST_SYNTAX, "{\"stages\": [3]}", "", "stages: each is an object"},
    {TRAINCOST_UNKNOWN, "{\"stages\": [{\"tpye\": \"H100\"}]}", "", "unknown member 'tpye'"},
    {TRAINCOST_UNKNOWN, "{\"stages\": [{\"type\": \"H1OO\"}]}", "type", "unknown chip 'H1OO'"},
    {TRAINCOST_UNKNOWN, "{\"command\": \"check\", \"cluster\": \"8xH100\", \"claim\": {\"bananas\": 1}}",
     "bananas", "bananas"},
    {TRAINCOST_UNKNOWN, "{\"command\": \"check\", \"run\": \"deepseek-r2\"}", "run", "deepseek-r"},
    {TRAINCOST_UNKNOWN, "{\"command\": \"claims\", \"hours\": 3}", "", "unknown member 'hours'"},
    {TRAINCOST_UNKNOWN, "{\"command\": \"claims\", \"run\": \"deepseek-r2\"}", "", "deepseek-r"},
    {TRAINCOST_UNKNOWN, "{\"command\": \"chips\", \"hours\": 3}", "", "this command takes no such"},
    {TRAINCOST_UNKNOWN, "{\"command\": \"chips\", \"dates\": 3}", "", "did you mean date?"},
    {TRAINCOST_UNKNOWN, "{\"command\": \"chips\", \"type\": \"H1OO\"}", "", "unknown chip 'H1OO'"},
    {TRAINCOST_MISSING, "{\"command\": \"solve\", \"cluster\": \"8xH100\"}", "", "\"solve\" says what is looked for"},
    {TRAINCOST_MISSING, "{\"command\": \"sweep\", \"cluster\": \"8xH100\"}", "", "\"vary\" is an object"},
    {TRAINCOST_MISSING, "{\"command\": \"sweep\", \"cluster\": \"8xH100\", \"vary\": \"hours\"}",
     "", "\"vary\" is an object"},
    {TRAINCOST_SYNTAX, "{\"command\": \"sweep\", \"cluster\": \"8xH100\", \"vary\": {\"hours\": {}}}",
     "", "member 'hours'"},
    {TRAINCOST_MISSING, "{\"command\": \"compare\", \"hours\": 3}",
     "", "compare takes \"runs\", a list, or \"type\", chips"},
    {TRAINCOST_SYNTAX, "{\"command\": \"compare\", \"runs\": \"gpt-3\"}",
     "", "member 'runs': a list of runs is needed"},
    {TRAINCOST_SYNTAX, "{\"command\": \"compare\", \"runs\": [3, 4]}", "", "runs: each is a text or an object"},
    {TRAINCOST_SYNTAX, "{\"command\": \"compare\", \"hours\": 3, \"type\": {}}", "", "member 'type'"},
    {TRAINCOST_SYNTAX, "{\"run\": \"gpt-3\", \"run\": \"gpt-4\"}", "", "this name stands twice"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\\u0000\"}", "", "a text holds no NUL"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\\u12\"}", "", "four hexadecimal digits follow"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\\uDC00\"}", "", "half of a pair of surrogates"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\\uD800\\u0041\"}", "", "half of a pair of surrogates"},
    /* longer than they need be, halves of pairs, beyond the last, cut */
    {TRAINCOST_SYNTAX, "{\"run\": \"\xC0\x80\"}", "", "this is not UTF-8"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\xE0\x9F\xBF\"}", "", "this is not UTF-8"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\xED\xA0\x80\"}", "", "this is not UTF-8"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\xF0\x8F\xBF\xBF\"}", "", "this is not UTF-8"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\xF4\x90\x80\x80\"}", "", "this is not UTF-8"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\xF5\x80\x80\x80\"}", "", "this is not UTF-8"},
    {TRAINCOST_SYNTAX, "{\"run\": \"\xE2\x82", "", "this is not UTF-8"},
};

START_TEST(a_bad_question_is_refused)
{
    json_t *answer = answer_of(refused_questions[_i].question, refused_questions[_i].status);
    const json_t *error = json_object_get(answer, "error");
    ck_assert_msg(json_object_size(answer) == 1 && error, "%s", refused_questions[_i].question);
    ck_assert_str_eq(json_string_value(json_object_get(error, "status")),
                     traincost_status_name(refused_questions[_i].status));
    const char *message = json_string_value(json_object_get(error, "message"));
    ck_assert_msg(strstr(message, refused_questions[_i].message) != NULL, "%s", message);
    const char *key = json_string_value(json_object_get(error, "key"));
    ck_assert_msg(!strcmp(key ? key : "", refused_questions[_i].key), "%s is about '%s'",
                  refused_questions[_i].question, key ? key : "");
    json_decref(answer);
}
END_TEST

static const struct {
    const char *question, *member;
} taken_questions[] = {
    {"{\"cluster\": \"8xH100\", \"hours\": 3, \"options\": {\"samples\": 2048}}", "outputs"},
    {"{\"cluster\": \"8xH100\", \"hours\": 3, \"price\": null}", "outputs"},
    {"{\"stages\": [{\"name\": \"a\", \"type\": \"H100\", \"chips\": 8, \"hours\": \"3\"}, {\"type\": \"H800\", \"chip-hours\": 5}]}",
     "stages"},
    {"{\"command\": \"check\", \"cluster\": \"8xH100\", \"hours\": 3, \"claim\": {\"usd\": 48}}", "verdict"},
    {"{\"command\": \"claims\", \"run\": \"deepseek-r1\", \"options\": {\"samples\": 2048}}", "claims"},
    {"{\"command\": \"chips\", \"type\": \"H100\", \"date\": \"2025-01\", \"term\": \"on-demand\"}", "chip"},
    {"{\"command\": \"chips\", \"type\": \"H100\", \"tier\": \"hyperscaler\", \"region\": \"China\"}", "chip"},
    {"{\"cluster\": \"8xH100\", \"hours\": 3, \"options\": {\"outputs\": [\"rent\", \"own\"], \"sensitivity\": false}}",
     "outputs"},
    {"{\"command\": \"solve\", \"solve\": \"hours\", \"cluster\": \"64xH100\", \"budget\": \"1M\", \"price\": 2}",
     "outputs"},
    {"{\"command\": \"sweep\", \"cluster\": \"8xH100\", \"vary\": {\"hours\": [1, 2], \"price\": \"1..3\"}, \"steps\": 3}",
     "points"},
    {"{\"command\": \"compare\", \"hours\": 3, \"runs\": [\"8xH100\", {\"cluster\": \"8xH800\", \"name\": \"b\"}]}",
     "runs"},
    {"{\"command\": \"compare\", \"hours\": 3, \"chips\": 8, \"type\": [\"H100\", \"A100\"], \"by\": \"rental_usd\"}",
     "runs"},
    {"{\"cluster\": \"8xH100\", \"hours\": 3, \"options\": {\"samples\": 2048, \"sensitivity\": false, \"stages\": true}}", "outputs"},
    {"{\"command\": \"check\", \"cluster\": \"8xH100\", \"hours\": 3, \"claim\": \"48\"}", "verdict"},
    /* the first and last that three and four bytes may write */
    {"{\"stages\": [{\"name\": \"\xE0\xA0\x80\xED\x9F\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF\", \"type\": \"H100\", \"chips\": 8, "
     "\"hours\": 3}]}", "stages"},
};

START_TEST(a_good_question_is_answered)
{
    json_t *answer = answer_of(taken_questions[_i].question, TRAINCOST_OK);
    ck_assert_msg(!json_object_get(answer, "error") && json_object_get(answer, taken_questions[_i].member),
                  "%s has no %s", taken_questions[_i].question, taken_questions[_i].member);
    json_decref(answer);
}
END_TEST

START_TEST(an_error_is_json_on_one_line_or_many)
{
    char *text = NULL;
    traincost_error *error = traincost_error_new();
    traincost_error_set(error, TRAINCOST_UNIT, "a \"unit\"");
    for (int line = 0; line < 2; line++) {
        ck_assert(!traincost_error_json(error, line, &text));
        json_t *answer = json_loads(text, 0, NULL);
        const json_t *inner = json_object_get(answer, "error");
        ck_assert_str_eq(json_string_value(json_object_get(inner, "message")), "a \"unit\"");
        ck_assert((strchr(text, '\n') == NULL || strchr(text, '\n')[1] == '\0') == (line == 1));
        json_decref(answer);
        free(text);
    }
    ck_assert_int_eq(traincost_error_json(error, 0, NULL), TRAINCOST_INVALID);
    traincost_error_free(error);
}
END_TEST

Suite *question_suite(void)
{
    Suite *suite = suite_create("question");
    TCase *tests = tcase_create("question");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, a_bad_question_is_refused, 0, COUNT(refused_questions));
    tcase_add_loop_test(tests, a_good_question_is_answered, 0, COUNT(taken_questions));
    tcase_add_test(tests, an_error_is_json_on_one_line_or_many);
    suite_add_tcase(suite, tests);
    return suite;
}
