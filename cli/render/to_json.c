/* JSON values that may be absent. */
#include "render/to_json.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void json_put(json_t *object, const char *key, json_t *value, bool *good)
{
    if (json_object_set_new(object, key, value) != 0)
        *good = false;
}

void json_add(json_t *array, json_t *value, bool *good)
{
    if (json_array_append_new(array, value) != 0)
        *good = false;
}

void json_put_number(json_t *object, const char *key, double value, bool *good)
{
    if (!isfinite(value))
        return;
    /* Integral to the digits that are printed. */
    bool integral = fabs(value - round(value)) <= 1e-10 * fabs(value) && fabs(value) <= 9007199254740992.0;
    json_put(object, key, integral ? json_integer((json_int_t)round(value)) : json_real(value), good);
}

void json_put_figure(json_t *object, const char *key, double value, bool *good)
{
    if (value != 0)
        json_put_number(object, key, value, good);
}

/* Jansson takes UTF-8 alone, and a command line may be anything. */
static json_t *ascii_text(const char *text)
{
    char *copy = malloc(strlen(text) + 1);
    if (!copy)
        return NULL;
    strcpy(copy, text);
    for (char *at = copy; *at; at++)
        if ((unsigned char)*at >= 0x80)
            *at = '?';
    json_t *value = json_string(copy);
    free(copy);
    return value;
}

json_t *json_text(const char *text)
{
    json_t *value = json_string(text);
    return value ? value : ascii_text(text);
}

void json_put_text(json_t *object, const char *key, const char *text, bool *good)
{
    if (!text || !*text)
        return;
    json_put(object, key, json_text(text), good);
}

json_t *json_new_object(bool *good)
{
    json_t *object = json_object();
    *good = *good && object;
    return object;
}

json_t *json_new_array(bool *good)
{
    json_t *array = json_array();
    *good = *good && array;
    return array;
}

static int write_bytes(const char *bytes, size_t count, void *out)
{
    /* A failed write is seen when the output is closed; here it must not look like missing memory. */
    return fwrite(bytes, 1, count, out) == count ? 0 : ferror((FILE *)out) ? 0 : -1;
}

bool json_print(FILE *out, json_t *root, bool good)
{
    good = good && json_dump_callback(root, write_bytes, out, JSON_INDENT(1) | JSON_REAL_PRECISION(10)) == 0;
    putc('\n', out);
    json_decref(root);
    return good;
}
