/* Validates JSON on standard input against a schema: validate_json SCHEMA, or with validate_json SCHEMA
 * MEMBER each item of that array in it. It knows the keywords that our schemas use, and refuses a schema with
 * any other. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include <jansson.h>
#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *root;
static bool quiet; /* while a condition or an alternative is tried */

static bool validate(json_t *schema, json_t *value, const char *path);

static bool fault(const char *path, const char *what, const char *more)
{
    if (!quiet)
        printf("%s: %s%s\n", path, what, more);
    return false;
}

static bool matches(const char *pattern, const char *text)
{
    regex_t regex;
    if (regcomp(&regex, pattern, REG_EXTENDED | REG_NOSUB) != 0) {
        fprintf(stderr, "not a pattern: %s\n", pattern);
        exit(2);
    }
    bool found = regexec(&regex, text, 0, NULL, 0) == 0;
    regfree(&regex);
    return found;
}

static bool has_type(const char *type, json_t *value)
{
    double number = json_number_value(value);
    return !strcmp(type, "object")    ? json_is_object(value)
           : !strcmp(type, "array")   ? json_is_array(value)
           : !strcmp(type, "string")  ? json_is_string(value)
           : !strcmp(type, "boolean") ? json_is_boolean(value)
           : !strcmp(type, "null")    ? json_is_null(value)
           : !strcmp(type, "number")  ? json_is_number(value)
           : !strcmp(type, "integer") ? json_is_number(value) && number == (double)(long long)number
                                      : (fprintf(stderr, "not a type: %s\n", type), exit(2), false);
}

static bool silently(json_t *schema, json_t *value, const char *path)
{
    bool before = quiet;
    quiet = true;
    bool good = validate(schema, value, path);
    quiet = before;
    return good;
}

static json_t *follow(const char *reference)
{
    json_t *at = strncmp(reference, "#/$defs/", 8) ? NULL : json_object_get(root, "$defs");
    at = json_object_get(at, reference + 8);
    if (!at) {
        fprintf(stderr, "no such definition: %s\n", reference);
        exit(2);
    }
    return at;
}

/* A member is of its property, of every pattern that fits its name, else additional. */
static bool check_member(json_t *schema, const char *key, json_t *value, const char *path)
{
    const char *pattern;
    json_t *rule, *own = json_object_get(json_object_get(schema, "properties"), key);
    json_t *names = json_object_get(schema, "propertyNames");
    char place[512];
    bool good = true, known = own != NULL;
    snprintf(place, sizeof place, "%s.%s", path, key);
    if (names) {
        json_t *name = json_string(key);
        good = validate(names, name, place);
        json_decref(name);
    }
    if (own)
        good = validate(own, value, place) && good;
    json_object_foreach(json_object_get(schema, "patternProperties"), pattern, rule) if (matches(pattern, key))
    {
        known = true;
        good = validate(rule, value, place) && good;
    }
    rule = json_object_get(schema, "additionalProperties");
    return known || !rule ? good : validate(rule, value, place) && good;
}

static bool check_needed(json_t *names, json_t *value, const char *path)
{
    size_t i;
    json_t *name;
    bool good = true;
    json_array_foreach(names, i, name) if (!json_object_get(value, json_string_value(name))) good =
        fault(path, "lacks ", json_string_value(name));
    return good;
}

static bool check_object(json_t *schema, json_t *value, const char *path)
{
    const char *key;
    json_t *member;
    bool good = check_needed(json_object_get(schema, "required"), value, path);
    json_object_foreach(json_object_get(schema, "dependentRequired"), key,
                        member) if (json_object_get(value, key)) good =
        check_needed(member, value, path) && good;
    if ((double)json_object_size(value) < json_number_value(json_object_get(schema, "minProperties")))
        good = fault(path, "has too few members", "");
    json_object_foreach(value, key, member) good = check_member(schema, key, member, path) && good;
    return good;
}

static bool check_array(json_t *schema, json_t *value, const char *path)
{
    size_t i;
    json_t *item, *rule = json_object_get(schema, "items");
    bool good = true;
    if ((double)json_array_size(value) < json_number_value(json_object_get(schema, "minItems")))
        good = fault(path, "has too few items", "");
    json_array_foreach(value, i, item)
    {
        char place[512];
        snprintf(place, sizeof place, "%s[%zu]", path, i);
        good = (!rule || validate(rule, item, place)) && good;
    }
    return good;
}

static bool check_scalar(json_t *schema, json_t *value, const char *path)
{
    json_t *least = json_object_get(schema, "minimum"), *above = json_object_get(schema, "exclusiveMinimum");
    json_t *pattern = json_object_get(schema, "pattern");
    double number = json_number_value(value);
    bool good = true;
    if (json_is_number(value) && least && !(number >= json_number_value(least)))
        good = fault(path, "is too small", "");
    if (json_is_number(value) && above && !(number > json_number_value(above)))
        good = fault(path, "is too small", "");
    if (json_is_string(value) && pattern && !matches(json_string_value(pattern), json_string_value(value)))
        good = fault(path, "does not match ", json_string_value(pattern));
    if (json_is_string(value) &&
        (double)json_string_length(value) < json_number_value(json_object_get(schema, "minLength")))
        good = fault(path, "is too short", "");
    return good;
}

static bool is_among(json_t *list, json_t *value)
{
    size_t i;
    json_t *item;
    json_array_foreach(list, i, item) if (json_equal(item, value)) return true;
    return false;
}

static void refuse_unknown(json_t *schema)
{
    static const char known[] = " $schema title description $defs $ref type enum const anyOf if then required "
                                "properties patternProperties additionalProperties propertyNames minProperties "
                                "dependentRequired items minItems minimum exclusiveMinimum pattern minLength ";
    const char *key;
    json_t *rule;
    json_object_foreach(schema, key, rule)
    {
        char word[64];
        snprintf(word, sizeof word, " %s ", key);
        if (!strstr(known, word)) {
            fprintf(stderr, "validate_json does not know the keyword '%s'\n", key);
            exit(2);
        }
    }
}

static bool validate(json_t *schema, json_t *value, const char *path)
{
    if (json_is_boolean(schema))
        return json_is_true(schema) ? true : fault(path, "is not allowed", "");
    refuse_unknown(schema);
    json_t *reference = json_object_get(schema, "$ref"), *type = json_object_get(schema, "type");
    json_t *list = json_object_get(schema, "enum"), *constant = json_object_get(schema, "const");
    json_t *any = json_object_get(schema, "anyOf"), *condition = json_object_get(schema, "if"), *choice;
    bool good = !reference || validate(follow(json_string_value(reference)), value, path);
    if (type && !has_type(json_string_value(type), value))
        return fault(path, "is not of type ", json_string_value(type));
    if ((list && !is_among(list, value)) || (constant && !json_equal(constant, value)))
        good = fault(path, "is another value", "");
    if (any) {
        size_t i;
        bool fits = false;
        json_array_foreach(any, i, choice) fits = fits || silently(choice, value, path);
        good = fits ? good : fault(path, "fits no alternative", "");
    }
    if (condition && silently(condition, value, path))
        good = validate(json_object_get(schema, "then"), value, path) && good;
    return (json_is_object(value)  ? check_object(schema, value, path)
            : json_is_array(value) ? check_array(schema, value, path)
                                   : check_scalar(schema, value, path)) &&
           good;
}

/* Every item of the array that the member is; there is at least one. */
static bool check_items(json_t *value, const char *member)
{
    json_t *items = json_object_get(value, member), *item;
    size_t i;
    bool good = json_array_size(items) > 0 || fault("$", "has no items in ", member);
    json_array_foreach(items, i, item)
    {
        char path[64];
        snprintf(path, sizeof path, "$[%zu]", i);
        good = validate(root, item, path) && good;
    }
    return good;
}

int main(int argc, char **argv)
{
    json_error_t error;
    root = argc == 2 || argc == 3 ? json_load_file(argv[1], JSON_REJECT_DUPLICATES, &error) : NULL;
    if (!root) {
        fprintf(stderr, "validate_json: no schema\n");
        return 2;
    }
    json_t *value = json_loadf(stdin, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
    if (!value) {
        printf("not JSON: line %d: %s\n", error.line, error.text);
        return 1;
    }
    bool good = argc == 3 ? check_items(value, argv[2]) : validate(root, value, "$");
    json_decref(value);
    json_decref(root);
    return good ? 0 : 1;
}
