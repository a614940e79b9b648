/* JSON as text and back, against Jansson, which reads and writes it in a way of its own. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/json_reader.h"
#include "json/json_writer.h"
#include "unit/count.h"

#include <check.h>
#include <jansson.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static uint64_t json_state = 0x853c49e6748fea9bu;

static size_t json_random(size_t below)
{
    json_state = json_state * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(json_state >> 33) % below;
}

/* As Jansson prints it to ten digits. */
static void expect_number(double value)
{
    bool integral = fabs(value - round(value)) <= 1e-10 * fabs(value) && fabs(value) <= 9007199254740992.0;
    json_t *number = integral ? json_integer((json_int_t)round(value)) : json_real(value);
    char *expected = json_dumps(number, JSON_ENCODE_ANY | JSON_REAL_PRECISION(10));
    struct json_writer json = {.lines = true};
    json_put_number(&json, NULL, value);
    ck_assert_str_eq(json.out.text, expected);
    free(json.out.text);
    free(expected);
    json_decref(number);
}

START_TEST(numbers_as_jansson_prints_them)
{
    static const double odd[] = {0, -1, 1.5, 1e21, 1e-7, 9007199254740992.0, 1e300, 5e-324, -2.5e-10, 3.00000000001};
    for (size_t i = 0; i < COUNT(odd); i++)
        expect_number(odd[i]);
    for (int i = 0; i < 20000; i++)
        expect_number(ldexp((double)json_random(1000000) - 500000, (int)json_random(200) - 100));
}
END_TEST

START_TEST(texts_as_jansson_prints_them)
{
    static const char *const texts[] = {"", "a \"b\" \\ /", "\x01\b\f\n\r\t\x1f\x7f", "h\xC3\xA9 \xF0\x9F\x98\x80"};
    for (size_t i = 0; i < COUNT(texts); i++) {
        json_t *string = json_string(texts[i]);
        char *expected = json_dumps(string, JSON_ENCODE_ANY);
        struct json_writer json = {.lines = true};
        json_put_words(&json, NULL, texts[i]);
        ck_assert_str_eq(json.out.text, expected);
        free(json.out.text);
        free(expected);
        json_decref(string);
    }
    struct json_writer json = {.lines = true};
    json_put_words(&json, NULL, "caf\xE9 \xC3\xA9");
    ck_assert_str_eq(json.out.text, "\"caf? ??\"");
    free(json.out.text);
}
END_TEST

START_TEST(members_that_are_absent)
{
    struct json_writer json = {.lines = true};
    json_open_object(&json, NULL);
    json_put_number(&json, "nan", NAN);
    json_put_figure(&json, "zero", 0);
    json_put_text(&json, "empty", "");
    json_put_words(&json, "words", "");
    json_open_array(&json, "list");
    json_put_null(&json, NULL);
    json_put_boolean(&json, NULL, true);
    json_close(&json);
    json_open_object(&json, "none");
    json_close(&json);
    json_close(&json);
    ck_assert_str_eq(json.out.text, "{\"words\":\"\",\"list\":[null,true],\"none\":{}}");
    free(json.out.text);
}
END_TEST

/* Either refuses what the other does; numbers too large for a double are the parameters' to refuse. */
static void expect_same_verdict(const char *text, size_t length)
{
    struct json_tree tree;
    json_error_t why;
    char *own = malloc(length + 1); /* no byte more, so that reading beyond is seen */
    ck_assert_ptr_nonnull(own);
    memcpy(own, text, length);
    own = realloc(own, length ? length : 1);
    bool good = json_read(&tree, own, length, NULL) == TRAINCOST_OK;
    json_t *value = json_loadb(own, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &why);
    ck_assert_msg(good == (value != NULL) || strstr(why.text, "overflow") || strstr(why.text, "too big"), "%.*s",
                  (int)length, text);
    const char *key;
    json_t *member;
    json_object_foreach(value, key, member)
    {
        const struct json_node *found = json_member(&tree, &tree.nodes[0], key);
        ck_assert_ptr_nonnull(found);
        if (json_is_string(member))
            ck_assert_str_eq(json_value(&tree, found), json_string_value(member));
    }
    json_decref(value);
    json_tree_free(&tree);
    free(own);
}

START_TEST(refuses_what_jansson_refuses)
{
    static const char *const seeds[] = {
        "{\"command\": \"check\", \"run\":\"deepseek-r1\",\"options\":{\"x\":[1,2.5e-3,-0,true,false,null]}}",
        "{\"a\\u00e9\": \"\\ud83d\\ude00\\n\\\\ \xC3\xA9\", \"b\": [[], {}, \"\", 0, -1.5E+10]}",
        " {\"a\":{\"b\":{\"c\":[1,[2,[3]]]}}}\n"};
    static const char odd[] = "{}[]\",:\\u0123dDeE+-.tfn \n\t\x01\xC3\xED\xF0/b";
    for (int i = 0; i < 60000; i++) {
        char text[256];
        const char *seed = seeds[json_random(COUNT(seeds))];
        size_t length = strlen(seed);
        memcpy(text, seed, length);
        for (size_t edits = json_random(4); edits > 0 && length > 1; edits--) {
            size_t at = json_random(length), cut = json_random(2);
            memmove(text + at, text + at + cut, length - at - cut);
            length -= cut;
            if (json_random(2))
                text[at < length ? at : length - 1] = odd[json_random(sizeof odd - 1)];
        }
        expect_same_verdict(text, length);
    }
}
END_TEST

START_TEST(place_of_a_fault)
{
    static const char text[] = "{\"a\": 1,\n \"b\" 2}";
    struct json_tree tree;
    traincost_error *error = traincost_error_new();
    ck_assert_int_eq(json_read(&tree, text, sizeof text - 1, error), TRAINCOST_SYNTAX);
    ck_assert_int_eq(traincost_error_line(error), 2);
    ck_assert_int_eq(traincost_error_column(error), 6);
    json_tree_free(&tree);
    char deep[64];
    memset(deep, '[', sizeof deep);
    ck_assert_int_eq(json_read(&tree, deep, sizeof deep, error), TRAINCOST_LIMIT);
    json_tree_free(&tree);
    traincost_error_free(error);
}
END_TEST

Suite *json_suite(void)
{
    Suite *suite = suite_create("json");
    TCase *c = tcase_create("json");
    tcase_add_test(c, numbers_as_jansson_prints_them);
    tcase_add_test(c, texts_as_jansson_prints_them);
    tcase_add_test(c, members_that_are_absent);
    tcase_add_test(c, refuses_what_jansson_refuses);
    tcase_add_test(c, place_of_a_fault);
    suite_add_tcase(suite, c);
    return suite;
}
