/* Every option that there is, whichever table it stands in. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_OPTION_LIST_H
#define CLI_OPTION_LIST_H

#include "arguments.h"

/* An option as a person meets it. Texts are the tables'; "" where there is none. */
struct any_option {
    enum option_kind kind;
    const char *name;
    const char *alias;  /* without dashes */
    char letter;        /* 0 where there is none */
    const char *values; /* how its value is written; "" of a flag */
    const char *unit;
    const char *group, *initial, *help, *source;
};

/* False past the end. */
bool any_option_at(size_t index, struct any_option *option);
/* By name or alias, in any case, with or without dashes. */
bool any_option_find(const char *name, struct any_option *option);

#endif
