/* Text that does not depend on the locale: numbers, names and their near misses. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_TEXT_H
#define LIB_TEXT_H

#include "base/exact.h"

#include <stdbool.h>
#include <stddef.h>

/* Reads a decimal number (digits with single '_' between them, a point, an exponent) at `text`; no sign,
 * no hexadecimal, no nan or inf. Returns how many bytes it took, 0 where no number stands. `*value` is
 * correctly rounded; it is infinite where the number is too large for a double. */
size_t text_number(const char *text, double *value);

/* The shortest text that reads back as `value`, into `out` of at least TEXT_NUMBER bytes. */
#define TEXT_NUMBER 32
char *text_print_number(double value, char out[TEXT_NUMBER]);

/* The same to at most `digits` significant digits, without trailing zeros. */
char *text_print_digits(double value, int digits, char out[TEXT_NUMBER]);
/* For people: the same, with a comma between thousands. */
char *text_print_grouped(double value, int digits, char out[TEXT_NUMBER]);

bool text_is_digit(char c);

/* Whether bytes are UTF-8 without NUL. Where they are not, `*line` is the line from 1, and `*why` what is
 * wrong. */
bool text_is_clean(const char *text, size_t length, int *line, const char **why);

/* Equal but for ASCII case. */
bool text_same(const char *a, const char *b);
/* Begins so, but for ASCII case. */
bool text_begins(const char *text, const char *begin);

/* Letters and digits only, in lower case: "NVIDIA H800 SXM5" -> "nvidiah800sxm5". Cut at `size`. */
void text_squeeze(const char *text, char *out, size_t size);

/* Whether `length` bytes of text, squeezed, end in the `plain_length` of `plain`, which is. */
bool text_ends_in(const char *text, size_t length, const char *plain, size_t plain_length);

/* How many single edits (insert, delete, replace, swap) turn `a` into `b`, ignoring case; texts of over 63
 * bytes are far from everything. */
int text_distance(const char *a, const char *b);

/* Whether a person may have meant `name`: one edit, and one more for every four letters of the shorter, but never more
 * than half of the longer. */
bool text_is_slip(const char *given, const char *name);

/* The search for what a person may have meant: begin with {given, NULL, 0}, try every name, then ask. Names that differ
 * by more than a slip are passed over at once. */
struct text_search {
    const char *given;
    const char *nearest;
    int distance;
};
void text_try(struct text_search *search, const char *name);
/* The nearest of the names tried that differ by a slip, or NULL. */
const char *text_meant(const struct text_search *search);

/* A growing string. `text` is NULL until something is added; a failed allocation sets `failed` and keeps
 * what was there. */
struct text_buffer {
    char *text;
    size_t length;
    size_t size;
    bool failed;
};
void text_add(struct text_buffer *buffer, const char *text);
void text_add_bytes(struct text_buffer *buffer, const char *bytes, size_t count);

/* Where the text begins behind blanks, line ends and a byte order mark; and how long it is without those at its end. */
const char *text_trim(const char *text, size_t *length);

/* A copy on the heap, or NULL. */
char *text_copy(const char *text);

#endif
