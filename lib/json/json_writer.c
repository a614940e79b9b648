/* JSON as text, member by member. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "json/json_writer.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static void json_new_line(struct json_writer *json)
{
    static const char blanks[JSON_DEPTH + 1] = "                ";
    if (json->lines)
        return;
    text_add_bytes(&json->out, "\n", 1);
    text_add_bytes(&json->out, blanks, (size_t)json->depth);
}

static void json_quote(struct json_writer *json, const char *text);

/* What stands before a value: a comma, its line, its key. */
static void json_begin_value(struct json_writer *json, const char *key)
{
    if (json->depth > 0) {
        if (json->filled[json->depth - 1])
            text_add_bytes(&json->out, ",", 1);
        json->filled[json->depth - 1] = true;
        json_new_line(json);
    }
    if (!key)
        return;
    json_quote(json, key);
    text_add(&json->out, json->lines ? ":" : ": ");
}

static void json_open(struct json_writer *json, const char *key, const char *begin, char end)
{
    assert(json->depth < JSON_DEPTH);
    json_begin_value(json, key);
    text_add(&json->out, begin);
    json->filled[json->depth] = false;
    json->end[json->depth++] = end;
}

void json_open_object(struct json_writer *json, const char *key)
{
    json_open(json, key, "{", '}');
}

void json_open_array(struct json_writer *json, const char *key)
{
    json_open(json, key, "[", ']');
}

void json_close(struct json_writer *json)
{
    assert(json->depth > 0);
    bool filled = json->filled[--json->depth];
    if (filled)
        json_new_line(json);
    text_add_bytes(&json->out, &json->end[json->depth], 1);
}

/* ---- numbers ---- */

/* The point may be that of the host program's locale, and an exponent is written without '+' and zeros. */
static void json_add_real(struct json_writer *json, double value)
{
    char raw[64], out[64];
    size_t n = 0;
    bool real = false;
    snprintf(raw, sizeof raw, "%.10g", value);
    for (const char *at = raw; *at && n + 3 < sizeof out; at++) {
        bool digit = *at >= '0' && *at <= '9';
        if (digit || *at == '-' || *at == 'e')
            out[n++] = *at;
        else if (*at != '+' && !real)
            out[n++] = '.';
        real = real || !(digit || *at == '-');
        if (*at != 'e')
            continue;
        if (at[1] == '-')
            out[n++] = '-';
        at += 1 + strspn(at + 2, "0"); /* the sign, and the zeros after it */
    }
    if (!real) {
        out[n++] = '.';
        out[n++] = '0';
    }
    text_add_bytes(&json->out, out, n);
}

void json_put_number(struct json_writer *json, const char *key, double value)
{
    char digits[32];
    if (!isfinite(value))
        return;
    json_begin_value(json, key);
    /* Integral to the digits that are printed. */
    if (fabs(value - round(value)) > 1e-10 * fabs(value) || fabs(value) > 9007199254740992.0) {
        json_add_real(json, value);
        return;
    }
    snprintf(digits, sizeof digits, "%lld", (long long)round(value));
    text_add(&json->out, digits);
}

void json_put_figure(struct json_writer *json, const char *key, double value)
{
    if (value != 0)
        json_put_number(json, key, value);
}

/* ---- texts ---- */

size_t json_utf8(const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text;
    if (length == 0)
        return 0;
    if (at[0] < 0x80)
        return 1;
    size_t size = at[0] >= 0xF0 ? 4 : at[0] >= 0xE0 ? 3 : 2;
    if (at[0] < 0xC2 || at[0] > 0xF4 || length < size)
        return 0;
    for (size_t i = 1; i < size; i++)
        if ((at[i] & 0xC0) != 0x80)
            return 0;
    /* Overlong forms, surrogates, and what lies beyond the last plane. */
    bool wrong = (at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xED && at[1] > 0x9F) ||
                 (at[0] == 0xF0 && at[1] < 0x90) || (at[0] == 0xF4 && at[1] > 0x8F);
    return wrong ? 0 : size;
}

static bool json_is_utf8(const char *text, size_t length)
{
    for (size_t size; length > 0; text += size, length -= size)
        if (!(size = json_utf8(text, length)))
            return false;
    return true;
}

static void json_escape(struct json_writer *json, unsigned char byte)
{
    static const char named[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    char text[8];
    for (const char *pair = named; *pair; pair += 2)
        if ((unsigned char)*pair == byte) {
            text[0] = '\\';
            text[1] = pair[1];
            text_add_bytes(&json->out, text, 2);
            return;
        }
    snprintf(text, sizeof text, "\\u%04X", (unsigned)byte);
    text_add(&json->out, text);
}

static void json_quote(struct json_writer *json, const char *text)
{
    bool good = json_is_utf8(text, strlen(text));
    text_add_bytes(&json->out, "\"", 1);
    for (const char *from = text; *from;) {
        const char *to = from;
        while ((unsigned char)*to >= 0x20 && *to != '"' && *to != '\\' && (good || (unsigned char)*to < 0x80))
            to++;
        text_add_bytes(&json->out, from, (size_t)(to - from));
        if (*to && (unsigned char)*to < 0x80)
            json_escape(json, (unsigned char)*to);
        else if (*to)
            text_add_bytes(&json->out, "?", 1);
        from = *to ? to + 1 : to;
    }
    text_add_bytes(&json->out, "\"", 1);
}

void json_put_words(struct json_writer *json, const char *key, const char *text)
{
    json_begin_value(json, key);
    json_quote(json, text);
}

void json_put_text(struct json_writer *json, const char *key, const char *text)
{
    if (text && *text)
        json_put_words(json, key, text);
}

void json_put_boolean(struct json_writer *json, const char *key, bool value)
{
    json_begin_value(json, key);
    text_add(&json->out, value ? "true" : "false");
}

void json_put_null(struct json_writer *json, const char *key)
{
    json_begin_value(json, key);
    text_add(&json->out, "null");
}

void json_put_json(struct json_writer *json, const char *key, const char *text, size_t length)
{
    json_begin_value(json, key);
    text_add_bytes(&json->out, text, length);
}
