/* A YAML text as a tree, with the place of each node. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yaml_document.h"

#include "base/limits.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct builder {
    yaml_parser_t parser;
    traincost_error *error;
    const char *text;
    size_t length;
    int nodes;
};

static traincost_status refuse_event(struct builder *b, traincost_status status, size_t line, const char *why)
{
    error_set(b->error, status, "%s", why);
    error_place(b->error, (int)line + 1, 0);
    return status;
}

static traincost_status refuse_size(struct builder *b, size_t line, int most, const char *what)
{
    error_limit(b->error, most, what);
    error_place(b->error, (int)line + 1, 0);
    return TRAINCOST_LIMIT;
}

/* libyaml marks a byte that is no text by its offset alone. */
static size_t problem_line(const struct builder *b)
{
    size_t line = 0;
    if (b->parser.error != YAML_READER_ERROR)
        return b->parser.problem_mark.line;
    for (size_t i = 0; i < b->parser.problem_offset && i < b->length; i++)
        line += b->text[i] == '\n';
    return line;
}

static traincost_status next_event(struct builder *b, yaml_event_t *event)
{
    if (yaml_parser_parse(&b->parser, event))
        return TRAINCOST_OK;
    if (b->parser.error == YAML_MEMORY_ERROR)
        return error_no_memory(b->error);
    return refuse_event(b, TRAINCOST_SYNTAX, problem_line(b),
                        b->parser.problem ? b->parser.problem : "not YAML");
}

void document_free(struct node *root)
{
    while (root) {
        struct node *next = root->next;
        document_free(root->child);
        free(root->key);
        free(root->text);
        free(root);
        root = next;
    }
}

static traincost_status copy_scalar(struct builder *b, const yaml_event_t *event, char **out)
{
    const char *text = (const char *)event->data.scalar.value;
    if (strlen(text) != event->data.scalar.length)
        return refuse_event(b, TRAINCOST_SYNTAX, event->start_mark.line, "a zero byte inside a word");
    *out = text_copy(text);
    return *out ? TRAINCOST_OK : error_no_memory(b->error);
}

/* A key is looked for among those before it: there are not so many that it matters. */
static traincost_status check_key(struct builder *b, const struct node *map, const char *key, size_t line)
{
    int count = 1;
    for (const struct node *n = map->child; n; n = n->next, count++)
        if (!strcmp(n->key, key))
            return refuse_event(b, TRAINCOST_SYNTAX, line, "this key stands twice");
    return count > LIMIT_YAML_KEYS ? refuse_size(b, line, LIMIT_YAML_KEYS, "keys of a YAML map") : TRAINCOST_OK;
}

static traincost_status build(struct builder *b, yaml_event_t *event, int depth, struct node **out);

/* The children of a list or map, up to its end. */
static traincost_status build_children(struct builder *b, struct node *parent, int depth)
{
    struct node **tail = &parent->child;
    for (;;) {
        yaml_event_t event;
        char *key = NULL;
        traincost_status status = next_event(b, &event);
        if (status)
            return status;
        bool end = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_MAPPING_END_EVENT;
        if (!end && parent->kind == NODE_MAP) {
            if (event.type != YAML_SCALAR_EVENT)
                status = refuse_event(b, TRAINCOST_SYNTAX, event.start_mark.line, "a key is a word");
            else
                status = copy_scalar(b, &event, &key);
            if (status == TRAINCOST_OK)
                status = check_key(b, parent, key, event.start_mark.line);
            yaml_event_delete(&event);
            if (status == TRAINCOST_OK)
                status = next_event(b, &event);
            if (status) {
                free(key);
                return status;
            }
        }
        if (!end)
            status = build(b, &event, depth + 1, tail);
        yaml_event_delete(&event);
        if (end || status) {
            free(key);
            return status;
        }
        (*tail)->key = key;
        tail = &(*tail)->next;
    }
}

static bool has_anchor(const yaml_event_t *event)
{
    return (event->type == YAML_SCALAR_EVENT && event->data.scalar.anchor) ||
           (event->type == YAML_SEQUENCE_START_EVENT && event->data.sequence_start.anchor) ||
           (event->type == YAML_MAPPING_START_EVENT && event->data.mapping_start.anchor);
}

static traincost_status build(struct builder *b, yaml_event_t *event, int depth, struct node **out)
{
    size_t line = event->start_mark.line;
    if (depth > LIMIT_YAML_DEPTH)
        return refuse_size(b, line, LIMIT_YAML_DEPTH, "maps and lists inside each other");
    if (++b->nodes > LIMIT_YAML_VALUES)
        return refuse_size(b, line, LIMIT_YAML_VALUES, "values of a YAML file");
    bool scalar = event->type == YAML_SCALAR_EVENT, list = event->type == YAML_SEQUENCE_START_EVENT;
    if ((!scalar && !list && event->type != YAML_MAPPING_START_EVENT) || has_anchor(event))
        return refuse_event(b, TRAINCOST_SYNTAX, line, "anchors and aliases are not taken here");
    struct node *node = calloc(1, sizeof *node);
    if (!node)
        return error_no_memory(b->error);
    node->line = (int)line + 1;
    node->kind = scalar ? NODE_SCALAR : list ? NODE_LIST : NODE_MAP;
    traincost_status status = TRAINCOST_OK;
    if (!scalar)
        status = build_children(b, node, depth);
    else
        status = copy_scalar(b, event, &node->text);
    if (status)
        document_free(node);
    else
        *out = node;
    return status;
}

/* Skips to the first node of the document; an empty stream has none. */
static traincost_status build_root(struct builder *b, struct node **root)
{
    for (;;) {
        yaml_event_t event;
        traincost_status status = next_event(b, &event);
        if (status)
            return status;
        yaml_event_type_t type = event.type;
        bool preamble = type == YAML_STREAM_START_EVENT || type == YAML_DOCUMENT_START_EVENT;
        if (type == YAML_STREAM_END_EVENT)
            status = refuse_event(b, TRAINCOST_SYNTAX, 0, "the file is empty");
        else if (!preamble)
            status = build(b, &event, 0, root);
        yaml_event_delete(&event);
        if (!preamble || status)
            return status;
    }
}

/* After the root: the rest must be well-formed and hold no second document. */
static traincost_status check_end(struct builder *b)
{
    for (;;) {
        yaml_event_t event;
        traincost_status status = next_event(b, &event);
        if (status)
            return status;
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT)
            status = refuse_event(b, TRAINCOST_SYNTAX, event.start_mark.line, "a second document begins here");
        yaml_event_delete(&event);
        if (status || type == YAML_STREAM_END_EVENT)
            return status;
    }
}

/* A line that begins with '%' is a directive, or what no run has. libyaml keeps all of them in a list that it
 * searches for each, before any event. */
static size_t directive_line(const char *text, size_t length)
{
    size_t line = 0;
    for (const char *at = text, *end = text + length; at && at < end; line++) {
        if (*at == '%')
            return line + 1;
        at = memchr(at, '\n', (size_t)(end - at));
        if (at)
            at++;
    }
    return 0;
}

traincost_status document_parse(const char *text, size_t length, struct node **root, traincost_error *error)
{
    struct builder b = {.error = error, .text = text, .length = length};
    *root = NULL;
    size_t directive = directive_line(text, length);
    if (directive)
        return refuse_event(&b, TRAINCOST_SYNTAX, directive - 1, "directives (%) are not taken here");
    if (!yaml_parser_initialize(&b.parser))
        return error_no_memory(error);
    yaml_parser_set_input_string(&b.parser, (const unsigned char *)text, length);
    traincost_status status = build_root(&b, root);
    if (status == TRAINCOST_OK)
        status = check_end(&b);
    if (status) {
        document_free(*root);
        *root = NULL;
    }
    yaml_parser_delete(&b.parser);
    return status;
}
