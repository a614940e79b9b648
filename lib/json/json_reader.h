/* JSON text as a tree. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_JSON_JSON_READER_H
#define LIB_JSON_JSON_READER_H

#include "base/error.h"
#include "base/text.h"

enum json_kind { JSON_IS_NULL, JSON_IS_BOOLEAN, JSON_IS_NUMBER, JSON_IS_STRING, JSON_IS_OBJECT, JSON_IS_ARRAY };

struct json_node {
    enum json_kind kind;
    size_t key;        /* of a member: where its name stands in the texts */
    size_t value;      /* of a string, a number and a boolean: where its text stands there */
    size_t from, to;   /* its bytes in what was read */
    size_t next, item; /* the node after it in the same object or array, and its own first; 0: none */
};

/* Node 0 is the whole. */
struct json_tree {
    struct json_node *nodes;
    size_t count, room;
    struct text_buffer texts;
};

/* Errors: SYNTAX, LIMIT (nested deeper than JSON_DEPTH), NO_MEMORY; with the place. The tree is to be freed in any
 * case. */
traincost_status json_read(struct json_tree *tree, const char *text, size_t length, traincost_error *error);
void json_tree_free(struct json_tree *tree);

const char *json_key(const struct json_tree *tree, const struct json_node *node);
const char *json_value(const struct json_tree *tree, const struct json_node *node);
/* The first member or item, and the one after; NULL past the end. */
const struct json_node *json_first(const struct json_tree *tree, const struct json_node *node);
const struct json_node *json_next(const struct json_tree *tree, const struct json_node *node);
/* The member of that name; NULL where there is none. */
const struct json_node *json_member(const struct json_tree *tree, const struct json_node *node, const char *key);

#endif
