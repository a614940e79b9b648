/* YAML texts, good and broken. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/count.h"
#include "base/csv_table.h"
#include "base/error.h"
#include "base/yaml_document.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct node *child_of(const struct node *node, const char *key)
{
    for (node = node->child; node; node = node->next)
        if (node->key && !strcmp(node->key, key))
            return node;
    return NULL;
}

static traincost_status read_status(const char *text, size_t length)
{
    struct node *root = NULL;
    traincost_status status = document_parse(text, length, &root, NULL);
    ck_assert((status == TRAINCOST_OK) == (root != NULL));
    document_free(root);
    return status;
}

START_TEST(a_document_becomes_a_tree)
{
    static const char text[] = "# a comment\n"
                               "id: deepseek-r1\n"
                               "date: 2025-01   # of the run\n"
                               "stages:\n"
                               "  - {name: R1-Zero, chips: 512}\n"
                               "\n"
                               "  - name: 'SFT data'\n"
                               "    chip-hours: \"5k\"\n"
                               "empty:\n"
                               "list: [1, [2, 3], {}]\n";
    struct node *root = NULL;
    ck_assert_int_eq(document_parse(text, strlen(text), &root, NULL), TRAINCOST_OK);
    ck_assert(root->kind == NODE_MAP && !root->key && !root->next);
    ck_assert(!strcmp(child_of(root, "id")->text, "deepseek-r1") && child_of(root, "id")->line == 2);
    ck_assert_str_eq(child_of(root, "date")->text, "2025-01");
    const struct node *stages = child_of(root, "stages");
    ck_assert(stages->kind == NODE_LIST && stages->child->kind == NODE_MAP && stages->child->line == 5);
    const struct node *second = stages->child->next;
    ck_assert(second && !second->next && second->line == 7);
    ck_assert(!strcmp(child_of(second, "name")->text, "SFT data") && child_of(second, "chip-hours")->line == 8);
    ck_assert_str_eq(child_of(second, "chip-hours")->text, "5k");
    ck_assert(child_of(root, "empty")->kind == NODE_SCALAR && child_of(root, "empty")->text[0] == '\0');
    const struct node *list = child_of(root, "list");
    ck_assert(list->line == 10 && list->child->next->kind == NODE_LIST &&
              list->child->next->next->kind == NODE_MAP);
    ck_assert(!list->child->next->next->child);
    document_free(root);
}
END_TEST

static const struct {
    const char *text;
    traincost_status status;
    int line;
    const char *word;
} broken[] = {
    {"", TRAINCOST_SYNTAX, 1, "empty"},
    {"# nothing\n\n", TRAINCOST_SYNTAX, 1, "empty"},
    {"a: 1\nb: [1, 2\n", TRAINCOST_SYNTAX, 3, ""},
    {"a: 1\n\tb: 2\n", TRAINCOST_SYNTAX, 2, ""},
    {"a: 1\nb: 2\na: 3\n", TRAINCOST_SYNTAX, 3, "twice"},
    {"a: {x: 1, y: 2,\n x: 3}\n", TRAINCOST_SYNTAX, 2, "twice"},
    {"a: 1\nb: *a\n", TRAINCOST_SYNTAX, 2, ""},
    {"a: &x 1\nb: 2\n", TRAINCOST_SYNTAX, 1, ""},
    {"a: 1\nb: &x {c: 1}\n", TRAINCOST_SYNTAX, 2, ""},
    {"a: 1\nb: &x [1]\n", TRAINCOST_SYNTAX, 2, ""},
    {"a: &x 1\nb: *x\n", TRAINCOST_SYNTAX, 0, ""},
    {"a: 1\n? [b]\n: 2\n", TRAINCOST_SYNTAX, 2, "key"},
    {"a: 1\n---\nb: 2\n", TRAINCOST_SYNTAX, 2, "second"},
    {"a: 1\n...\nb: 2\n", TRAINCOST_SYNTAX, 0, ""},
    {"a: 1\nb: \"open\n", TRAINCOST_SYNTAX, 0, ""},
    {"a: 1\nb: 'x' y\n", TRAINCOST_SYNTAX, 2, ""},
    {"a: 1\nb: %x\n", TRAINCOST_SYNTAX, 2, ""},
    {"a: 1\nb: 2: 3\n", TRAINCOST_SYNTAX, 2, ""},
    {"a: 1\nb: \x01\n", TRAINCOST_SYNTAX, 2, ""},
    {"a: 1\nb: \xff\xfe\n", TRAINCOST_SYNTAX, 2, ""},
    {"a: 1\nb: \"\\0\"\n", TRAINCOST_SYNTAX, 2, "zero byte"},
    {"a: 1\n\"b\\0c\": 1\n", TRAINCOST_SYNTAX, 2, "zero byte"},
};

START_TEST(broken_text_is_refused_with_its_line)
{
    struct node *root = NULL;
    traincost_error *error = traincost_error_new();
    traincost_status status = document_parse(broken[_i].text, strlen(broken[_i].text), &root, error);
    const char *message = traincost_error_message(error);
    ck_assert_msg(status == broken[_i].status, "'%s' gives %s: %s", broken[_i].text,
                  traincost_status_name(status), message);
    ck_assert_ptr_null(root);
    ck_assert_msg(broken[_i].line == 0 || traincost_error_line(error) == broken[_i].line, "'%s': line %d: %s",
                  broken[_i].text, traincost_error_line(error), message);
    ck_assert_msg(strstr(message, broken[_i].word), "'%s': %s", broken[_i].text, message);
    traincost_error_free(error);
}
END_TEST

START_TEST(a_zero_byte_is_refused_with_its_line)
{
    static const char text[] = "a: 1\nb: 2\nc: \0 3\n";
    struct node *root = NULL;
    traincost_error *error = traincost_error_new();
    ck_assert_int_eq(document_parse(text, sizeof text - 1, &root, error), TRAINCOST_SYNTAX);
    ck_assert_msg(traincost_error_line(error) == 3, "line %d: %s", traincost_error_line(error),
                  traincost_error_message(error));
    traincost_error_free(error);
}
END_TEST

/* `count` times `open`, then `middle`, then `count` times `close`. */
static char *nested(size_t count, const char *open, const char *middle, const char *close)
{
    char *text = malloc(count * (strlen(open) + strlen(close)) + strlen(middle) + 1), *at = text;
    ck_assert(text != NULL);
    for (size_t i = 0; i < count; i++)
        at = strcpy(at, open) + strlen(open);
    at = strcpy(at, middle) + strlen(middle);
    for (size_t i = 0; i < count; i++)
        at = strcpy(at, close) + strlen(close);
    return text;
}

START_TEST(deep_nesting_is_refused)
{
    static const char *const opens[] = {"[", "{a: ", "- "}, *const closes[] = {"]", "}", ""};
    static const size_t counts[] = {18, 1000, 10000};
    for (int i = 0; i < COUNT(opens); i++)
        for (int j = 0; j < COUNT(counts); j++) {
            char *text = nested(counts[j], opens[i], "1", closes[i]);
            ck_assert_int_eq(read_status(text, strlen(text)), TRAINCOST_LIMIT);
            text[strlen(text) - 1] = '\0'; /* not closed, or no value */
            ck_assert_int_eq(read_status(text, strlen(text)), TRAINCOST_LIMIT);
            free(text);
        }
    char *text = nested(16, "[", "1", "]");
    ck_assert_int_eq(read_status(text, strlen(text)), TRAINCOST_OK);
    free(text);
    text = nested(100000, "[", "", "");
    ck_assert_int_eq(read_status(text, strlen(text)), TRAINCOST_LIMIT);
    free(text);
}
END_TEST

START_TEST(too_many_values_are_refused)
{
    char *text = nested(9990, "- 1\n", "", "");
    ck_assert_int_eq(read_status(text, strlen(text)), TRAINCOST_OK);
    free(text);
    text = nested(10001, "- 1\n", "", "");
    ck_assert_int_eq(read_status(text, strlen(text)), TRAINCOST_LIMIT);
    free(text);
}
END_TEST

static char *map_of(int keys, size_t *length)
{
    size_t room = (size_t)keys * 16 + 1;
    char *text = malloc(room);
    *length = 0;
    ck_assert(text != NULL);
    for (int i = 0; i < keys; i++)
        *length += (size_t)snprintf(text + *length, room - *length, "k%d: 1\n", i);
    return text;
}

/* In a time that grows with the text, not with its square: Check's own limit on time is the judge. */
START_TEST(a_map_of_many_keys_is_refused_in_time)
{
    static const struct {
        int keys;
        traincost_status status;
    } cases[] = {{1000, TRAINCOST_OK}, {1001, TRAINCOST_LIMIT}, {99000, TRAINCOST_LIMIT}};
    for (int i = 0; i < COUNT(cases); i++) {
        size_t length;
        char *text = map_of(cases[i].keys, &length);
        ck_assert_int_eq(read_status(text, length), cases[i].status);
        free(text);
    }
}
END_TEST

START_TEST(a_long_scalar_is_kept_whole)
{
    size_t length = 1 << 20;
    char *text = malloc(length + 4);
    struct node *root = NULL;
    ck_assert(text != NULL);
    memcpy(text, "a: ", 3);
    memset(text + 3, 'x', length);
    text[3 + length] = '\0';
    ck_assert_int_eq(document_parse(text, 3 + length, &root, NULL), TRAINCOST_OK);
    ck_assert_uint_eq(strlen(root->child->text), length);
    document_free(root);
    document_free(NULL);
    free(text);
}
END_TEST

START_TEST(only_the_given_bytes_are_read)
{
    static const char text[] = "a: 1\nb: [";
    ck_assert_int_eq(read_status(text, 5), TRAINCOST_OK);
    ck_assert_int_eq(read_status(text, strlen(text)), TRAINCOST_SYNTAX);
}
END_TEST

/* Whatever prefix of a good text is cut off, it is read or refused, and nothing leaks. */
START_TEST(every_prefix_is_read_or_refused)
{
    static const char text[] =
        "id: x\nstages:\n  - {name: 'R1 Zero', chips: [1, \"2\"], hours: 198}\n  - &a {}\n? b\n: *a\n";
    for (size_t n = 0; n < sizeof text; n++)
        read_status(text, n);
}
END_TEST

/* The first of two rows that have too few cells or too many, where a row may span lines. */
START_TEST(the_first_ragged_row_is_named)
{
    static const char text[] = "a,b\n1,2\n\"3\n4\",5\n6\n7,8\n9,10,11\n";
    struct table table;
    traincost_error *error = traincost_error_new();
    ck_assert_int_eq(table_parse(text, strlen(text), &table, error), TRAINCOST_SYNTAX);
    ck_assert_int_eq(traincost_error_line(error), 5);
    traincost_error_free(error);
}
END_TEST

/* However long the way to it is, a message keeps its reason and ends inside its record, to the byte. */
START_TEST(a_long_message_ends_inside_its_record)
{
    char reason[800], way[300];
    traincost_error *error = traincost_error_new();
    memset(way, 'w', sizeof way);
    way[sizeof way - 1] = '\0';
    for (size_t length = 400; length < sizeof reason; length++) {
        memset(reason, 'r', length);
        reason[length - 1] = '\0';
        error_set(error, TRAINCOST_SYNTAX, "%s", reason);
        size_t kept = strlen(traincost_error_message(error));
        ck_assert_uint_eq(kept, length - 1 < 767 ? length - 1 : 767);
        error_prefix(error, "%s", way);
        const char *message = traincost_error_message(error);
        size_t all = strlen(message), room = 767 - kept;
        ck_assert_uint_eq(all, room < 10 ? kept : room < 257 ? 767 : kept + 257);
        ck_assert(all >= kept && !strncmp(message + all - kept, reason, kept));
    }
    traincost_error_free(error);
}
END_TEST

Suite *document_suite(void)
{
    Suite *suite = suite_create("document");
    TCase *tests = tcase_create("document");
    tcase_set_timeout(tests, 10);
    tcase_add_test(tests, a_document_becomes_a_tree);
    tcase_add_loop_test(tests, broken_text_is_refused_with_its_line, 0, COUNT(broken));
    tcase_add_test(tests, a_zero_byte_is_refused_with_its_line);
    tcase_add_test(tests, deep_nesting_is_refused);
    tcase_add_test(tests, too_many_values_are_refused);
    tcase_add_test(tests, a_map_of_many_keys_is_refused_in_time);
    tcase_add_test(tests, a_long_scalar_is_kept_whole);
    tcase_add_test(tests, only_the_given_bytes_are_read);
    tcase_add_test(tests, every_prefix_is_read_or_refused);
    tcase_add_test(tests, the_first_ragged_row_is_named);
    tcase_add_test(tests, a_long_message_ends_inside_its_record);
    suite_add_tcase(suite, tests);
    return suite;
}
