/* JSON text as a tree, RFC 8259 to the letter: one value, good UTF-8, no member twice. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/json_reader.h"

#include "json/json_writer.h"
#include "base/array.h"

#include <stdlib.h>
#include <string.h>

/* Names are compared with all before them. */
enum { JSON_MEMBERS = 10000 };

struct json_reader {
    struct json_tree *tree;
    const char *text;
    size_t length, at;
    int depth;
    traincost_error *error;
};

void json_tree_free(struct json_tree *tree)
{
    free(tree->nodes);
    free(tree->texts.text);
    *tree = (struct json_tree){0};
}

static traincost_status json_fault(const struct json_reader *r, traincost_status status, const char *what)
{
    int line = 1, column = 1;
    for (size_t i = 0; i < r->at; i++) {
        column = r->text[i] == '\n' ? 1 : column + 1;
        line += r->text[i] == '\n';
    }
    if (line > 1)
        error_set(r->error, status, "JSON: %s (line %d, at %d)", what, line, column);
    else
        error_set(r->error, status, "JSON: %s (at %d)", what, column);
    error_place(r->error, line, column);
    return status;
}

static void json_skip_blanks(struct json_reader *r)
{
    while (r->at < r->length && memchr(" \t\r\n", r->text[r->at], 4))
        r->at++;
}

static char json_peek(const struct json_reader *r)
{
    return r->at < r->length ? r->text[r->at] : '\0';
}

static traincost_status json_add_node(struct json_reader *r, enum json_kind kind, size_t *place)
{
    struct json_tree *tree = r->tree;
    struct json_node *nodes = array_grow(tree->nodes, tree->count + 1, &tree->room, sizeof *nodes);
    if (!nodes)
        return error_no_memory(r->error);
    tree->nodes = nodes;
    *place = tree->count++;
    tree->nodes[*place] = (struct json_node){.kind = kind, .from = r->at};
    return TRAINCOST_OK;
}

/* ---- strings ---- */

static int json_hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The four digits of \uXXXX from `at` on; -1 where they are none. */
static long json_unit(const struct json_reader *r, size_t at)
{
    long unit = 0;
    for (size_t i = at; i < at + 4; i++) {
        int digit = i < r->length ? json_hex_digit(r->text[i]) : -1;
        if (digit < 0)
            return -1;
        unit = 16 * unit + digit;
    }
    return unit;
}

static void json_add_utf8(struct text_buffer *out, unsigned long point)
{
    char bytes[4];
    size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = size; i-- > 1; point >>= 6)
        bytes[i] = (char)(0x80 | (point & 0x3F));
    bytes[0] = (char)(lead[size] | point);
    text_add_bytes(out, bytes, size);
}

/* After "\u": a pair of surrogates is one character. */
static traincost_status json_read_point(struct json_reader *r)
{
    long unit = json_unit(r, r->at), low = -1;
    if (unit < 0)
        return json_fault(r, TRAINCOST_SYNTAX, "four hexadecimal digits follow \\u");
    r->at += 4;
    if (unit >= 0xD800 && unit < 0xDC00 && r->at + 1 < r->length && !strncmp(r->text + r->at, "\\u", 2))
        low = json_unit(r, r->at + 2);
    if (low >= 0xDC00 && low < 0xE000) {
        r->at += 6;
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
    } else if (unit >= 0xD800 && unit < 0xE000)
        return json_fault(r, TRAINCOST_SYNTAX, "half of a pair of surrogates");
    if (unit == 0)
        return json_fault(r, TRAINCOST_SYNTAX, "a text holds no NUL");
    json_add_utf8(&r->tree->texts, (unsigned long)unit);
    return TRAINCOST_OK;
}

static traincost_status json_read_escape(struct json_reader *r)
{
    static const char named[] = "\"\"\\\\//b\bf\fn\nr\rt\t";
    char c = json_peek(r);
    if (c == 'u') {
        r->at++;
        return json_read_point(r);
    }
    for (const char *pair = named; *pair; pair += 2)
        if (*pair == c) {
            r->at++;
            text_add_bytes(&r->tree->texts, pair + 1, 1);
            return TRAINCOST_OK;
        }
    return json_fault(r, TRAINCOST_SYNTAX, "no such escape");
}

/* At the first quote; the text goes to the tree's texts, at `*place`. */
static traincost_status json_read_string(struct json_reader *r, size_t *place)
{
    *place = r->tree->texts.length;
    r->at++;
    for (;;) {
        size_t from = r->at, size;
        while (r->at < r->length && (unsigned char)r->text[r->at] >= 0x20 && r->text[r->at] != '"' &&
               r->text[r->at] != '\\') {
            if (!(size = json_utf8(r->text + r->at, r->length - r->at)))
                return json_fault(r, TRAINCOST_SYNTAX, "this is not UTF-8");
            r->at += size;
        }
        text_add_bytes(&r->tree->texts, r->text + from, r->at - from);
        if (r->at == r->length)
            return json_fault(r, TRAINCOST_SYNTAX, "a text that does not end");
        char c = r->text[r->at];
        if (c != '"' && c != '\\')
            return json_fault(r, TRAINCOST_SYNTAX, "a control character in a text is written as an escape");
        r->at++;
        if (c == '"')
            break;
        traincost_status status = json_read_escape(r);
        if (status)
            return status;
    }
    text_add_bytes(&r->tree->texts, "", 1);
    return r->tree->texts.failed ? error_no_memory(r->error) : TRAINCOST_OK;
}

/* ---- numbers and words ---- */

static size_t json_digits(struct json_reader *r)
{
    size_t from = r->at;
    while (json_peek(r) >= '0' && json_peek(r) <= '9')
        r->at++;
    return r->at - from;
}

static traincost_status json_read_number(struct json_reader *r, size_t *place)
{
    size_t from = r->at;
    r->at += json_peek(r) == '-';
    bool zero = json_peek(r) == '0';
    size_t whole = json_digits(r);
    bool good = whole == 1 || (whole > 1 && !zero);
    if (good && json_peek(r) == '.') {
        r->at++;
        good = json_digits(r) > 0;
    }
    if (good && (json_peek(r) == 'e' || json_peek(r) == 'E')) {
        r->at++;
        r->at += json_peek(r) == '-' || json_peek(r) == '+';
        good = json_digits(r) > 0;
    }
    if (!good)
        return json_fault(r, TRAINCOST_SYNTAX, "this is no number");
    *place = r->tree->texts.length;
    text_add_bytes(&r->tree->texts, r->text + from, r->at - from);
    text_add_bytes(&r->tree->texts, "", 1);
    return r->tree->texts.failed ? error_no_memory(r->error) : TRAINCOST_OK;
}

/* "true", "false" and "null". */
static traincost_status json_read_word(struct json_reader *r, size_t *node)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(words[i]);
        if (r->length - r->at < length || memcmp(r->text + r->at, words[i], length) != 0)
            continue;
        traincost_status status = json_add_node(r, i < 2 ? JSON_IS_BOOLEAN : JSON_IS_NULL, node);
        if (status)
            return status;
        r->at += length;
        r->tree->nodes[*node].value = r->tree->texts.length;
        text_add_bytes(&r->tree->texts, words[i], length + 1);
        return r->tree->texts.failed ? error_no_memory(r->error) : TRAINCOST_OK;
    }
    return json_fault(r, TRAINCOST_SYNTAX, r->at == r->length ? "it ends where a value is expected" : "a value is expected");
}

/* ---- values ---- */

static traincost_status json_read_value(struct json_reader *r, size_t *node);

/* A member's name and its colon. */
static traincost_status json_read_key(struct json_reader *r, const struct json_node *object, size_t *key)
{
    if (json_peek(r) != '"')
        return json_fault(r, TRAINCOST_SYNTAX, r->at == r->length ? "it ends before it is whole" : "a name in quotes is expected");
    size_t at = r->at;
    traincost_status status = json_read_string(r, key);
    if (status)
        return status;
    if (json_member(r->tree, object, r->tree->texts.text + *key)) {
        r->at = at;
        return json_fault(r, TRAINCOST_SYNTAX, "this name stands twice");
    }
    json_skip_blanks(r);
    if (json_peek(r) != ':')
        return json_fault(r, TRAINCOST_SYNTAX, "a ':' is expected");
    r->at++;
    json_skip_blanks(r);
    return TRAINCOST_OK;
}

static traincost_status json_read_items(struct json_reader *r, size_t self, bool named, char end)
{
    size_t last = 0, count = 0;
    for (bool first = true;; first = false) {
        size_t key = 0, item = 0;
        if (named && count++ == JSON_MEMBERS)
            return json_fault(r, TRAINCOST_LIMIT, "an object of too many members");
        json_skip_blanks(r);
        if (json_peek(r) == end && first)
            break;
        traincost_status status = TRAINCOST_OK;
        if (named)
            status = json_read_key(r, &r->tree->nodes[self], &key);
        if (status == TRAINCOST_OK)
            status = json_read_value(r, &item);
        if (status)
            return status;
        r->tree->nodes[item].key = key;
        *(last ? &r->tree->nodes[last].next : &r->tree->nodes[self].item) = item;
        last = item;
        json_skip_blanks(r);
        if (json_peek(r) == end)
            break;
        if (json_peek(r) != ',')
            return json_fault(r, TRAINCOST_SYNTAX, r->at == r->length ? "it ends before it is whole" : "a ',' is expected");
        r->at++;
    }
    r->at++;
    return TRAINCOST_OK;
}

static traincost_status json_read_value(struct json_reader *r, size_t *node)
{
    char c = json_peek(r);
    traincost_status status;
    if (c == '{' || c == '[') {
        if (r->depth == JSON_DEPTH)
            return json_fault(r, TRAINCOST_LIMIT, "nested too deep");
        status = json_add_node(r, c == '{' ? JSON_IS_OBJECT : JSON_IS_ARRAY, node);
        if (status)
            return status;
        r->at++;
        r->depth++;
        status = json_read_items(r, *node, c == '{', c == '{' ? '}' : ']');
        r->depth--;
    } else if (c == '"' || c == '-' || (c >= '0' && c <= '9')) {
        size_t place = 0;
        status = json_add_node(r, c == '"' ? JSON_IS_STRING : JSON_IS_NUMBER, node);
        if (status == TRAINCOST_OK)
            status = c == '"' ? json_read_string(r, &place) : json_read_number(r, &place);
        if (status == TRAINCOST_OK)
            r->tree->nodes[*node].value = place;
    } else
        status = json_read_word(r, node);
    if (status == TRAINCOST_OK)
        r->tree->nodes[*node].to = r->at;
    return status;
}

traincost_status json_read(struct json_tree *tree, const char *text, size_t length, traincost_error *error)
{
    struct json_reader r = {.tree = tree, .text = text, .length = length, .error = error};
    size_t root = 0;
    *tree = (struct json_tree){0};
    json_skip_blanks(&r);
    traincost_status status = json_read_value(&r, &root);
    if (status)
        return status;
    json_skip_blanks(&r);
    return r.at == length ? TRAINCOST_OK : json_fault(&r, TRAINCOST_SYNTAX, "nothing may follow the value");
}

const char *json_key(const struct json_tree *tree, const struct json_node *node)
{
    return tree->texts.text + node->key;
}

const char *json_value(const struct json_tree *tree, const struct json_node *node)
{
    return tree->texts.text + node->value;
}

const struct json_node *json_first(const struct json_tree *tree, const struct json_node *node)
{
    return node->item ? &tree->nodes[node->item] : NULL;
}

const struct json_node *json_next(const struct json_tree *tree, const struct json_node *node)
{
    return node->next ? &tree->nodes[node->next] : NULL;
}

const struct json_node *json_member(const struct json_tree *tree, const struct json_node *node, const char *key)
{
    for (const struct json_node *item = json_first(tree, node); item; item = json_next(tree, item))
        if (!strcmp(json_key(tree, item), key))
            return item;
    return NULL;
}
