/* The five tables of options as one list. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "option_list.h"

#include <string.h>
#include <strings.h>
#include <traincost.h>

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

static bool parameter_option(size_t index, struct any_option *option)
{
    const traincost_parameter *p = traincost_parameter_at(index);
    if (p)
        *option = (struct any_option){OPTION_PARAMETER, p->key,   or_nothing(p->alias), 0,       p->values,
                                      p->unit,          p->group, p->initial,           p->help, p->source};
    return p != NULL;
}

static bool claim_option(size_t index, struct any_option *option)
{
    const traincost_claim_key *k = traincost_claim_key_at(index);
    if (k)
        *option = (struct any_option){OPTION_CLAIM, k->option, "", 0, k->values, "", "claim", "", k->help, ""};
    return k != NULL;
}

static bool goal_option(size_t index, struct any_option *option)
{
    const traincost_goal_key *k = traincost_goal_key_at(index);
    if (k)
        *option =
            (struct any_option){OPTION_GOAL, k->key, "", 0, k->values, "", "goal", k->initial, k->help, ""};
    return k != NULL;
}

static bool engine_option(size_t index, struct any_option *option)
{
    const traincost_option *k = traincost_option_at(index);
    if (k)
        *option =
            (struct any_option){OPTION_ENGINE, k->key, "", 0, k->values, "", "engine", k->initial, k->help, ""};
    return k != NULL;
}

static bool own_option(size_t index, struct any_option *option)
{
    const struct option_row *row = option_row_at(index);
    if (row)
        *option = (struct any_option){row->kind, row->name,  "",           row->letter, or_nothing(row->value),
                                      "",        row->group, row->initial, row->help,   ""};
    return row != NULL;
}

bool any_option_at(size_t index, struct any_option *option)
{
    static bool (*const lists[])(size_t, struct any_option *) = {parameter_option, claim_option, goal_option,
                                                                 engine_option, own_option};
    for (size_t list = 0; list < sizeof lists / sizeof *lists; list++) {
        size_t count = 0;
        while (lists[list](count, option)) {
            if (count == index)
                return true;
            count++;
        }
        index -= count;
    }
    return false;
}

bool any_option_find(const char *name, struct any_option *option)
{
    name += strspn(name, "-");
    for (size_t i = 0; any_option_at(i, option); i++)
        if (!strcasecmp(option->name, name) || (*option->alias && !strcasecmp(option->alias, name)))
            return true;
    return false;
}
