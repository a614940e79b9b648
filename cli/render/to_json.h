/* Jansson, with what our documents need: absent members, exact integers, any text. */
#ifndef CLI_TO_JSON_H
#define CLI_TO_JSON_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

/* These take a value that may be NULL: the member is then left out. `*good` becomes false where memory ran
 * out; it may be false before. */
void json_put(json_t *object, const char *key, json_t *value, bool *good);
void json_add(json_t *array, json_t *value, bool *good);

/* Left out where the value is NaN or infinite. Integral values are written without a point. */
void json_put_number(json_t *object, const char *key, double value, bool *good);
/* Left out where 0: the catalogue's way to say that a figure was never published. */
void json_put_figure(json_t *object, const char *key, double value, bool *good);
/* NULL where memory ran out. What is not UTF-8 is shown as '?'. */
json_t *json_text(const char *text);
/* Left out where NULL or "". */
void json_put_text(json_t *object, const char *key, const char *text, bool *good);

json_t *json_new_object(bool *good);
json_t *json_new_array(bool *good);

/* Writes it with a newline, releases it, and gives whether all of it was there. */
bool json_print(FILE *out, json_t *root, bool good);

#endif
