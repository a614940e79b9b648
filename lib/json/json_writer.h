/* JSON as text, member by member: what is absent is left out, integers are exact, any text is good UTF-8. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_JSON_JSON_WRITER_H
#define LIB_JSON_JSON_WRITER_H

#include "base/text.h"

enum { JSON_DEPTH = 16 };

/* Begin with {.lines = ...}: on one line, or a member a line. Who opens something closes it. A failed allocation
 * shows in out.failed. The text in `out` is the caller's to free. */
struct json_writer {
    struct text_buffer out;
    bool lines;
    int depth;
    bool filled[JSON_DEPTH]; /* what is open has a member */
    char end[JSON_DEPTH];
};

/* The key is NULL in an array, and of the root. */
void json_open_object(struct json_writer *json, const char *key);
void json_open_array(struct json_writer *json, const char *key);
void json_close(struct json_writer *json);

/* Left out where NaN or infinite. Integral values are written without a point, others to 10 digits. */
void json_put_number(struct json_writer *json, const char *key, double value);
/* Left out where 0: the catalogue's way to say that a figure was never published. */
void json_put_figure(struct json_writer *json, const char *key, double value);
/* Left out where NULL or "". What is not UTF-8 is shown as '?'. */
void json_put_text(struct json_writer *json, const char *key, const char *text);
/* The same, but that "" is written. */
void json_put_words(struct json_writer *json, const char *key, const char *text);
void json_put_boolean(struct json_writer *json, const char *key, bool value);
void json_put_null(struct json_writer *json, const char *key);
/* What is JSON already: on lines as it is. */
void json_put_json(struct json_writer *json, const char *key, const char *text, size_t length);

/* How many bytes of `text` are a character of UTF-8; 0 where none is. */
size_t json_utf8(const char *text, size_t length);

#endif
