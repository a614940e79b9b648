/* A YAML document as a tree of maps, lists and scalars, each with its line. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_YAML_DOCUMENT_H
#define LIB_YAML_DOCUMENT_H

#include "base/error.h"

struct node {
    enum { NODE_SCALAR, NODE_LIST, NODE_MAP } kind;
    int line;
    char *key;          /* of a map's child; else NULL */
    char *text;         /* of a scalar */
    struct node *child; /* of a list or map: the first */
    struct node *next;  /* sibling */
};

/* Reads one document. Anchors and aliases, more than 16 levels and more than 10,000 nodes are refused.
 * Errors: SYNTAX and LIMIT with the line, NO_MEMORY. The caller frees `*root`. */
traincost_status document_parse(const char *text, size_t length, struct node **root, traincost_error *error);
void document_free(struct node *root);

#endif
