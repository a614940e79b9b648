/* The command line: what was stated, in order, checked for spelling only. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_ARGUMENTS_H
#define CLI_ARGUMENTS_H

#include "command.h"

#include <stdio.h>

enum option_kind {
    OPTION_PARAMETER, /* of the run: traincost_scenario_set */
    OPTION_ENGINE,    /* traincost_options_set */
    OPTION_CLAIM,     /* traincost_scenario_claim */
    OPTION_GOAL,      /* traincost_goal_set */
    OPTION_OURS,      /* known to the command by name */
};

/* An option that is in none of the library's tables. */
struct option_row {
    const char *name;
    char letter;       /* 0 where there is none */
    const char *value; /* "FILE", or NULL for a flag */
    enum option_kind kind;
    const char *group; /* as traincost_parameter's, and "engine" and "output" */
    const char *initial;
    const char *help;
};

/* NULL past the end. */
const struct option_row *option_row_at(size_t index);

/* True where the command takes that option or parameter. */
bool command_takes(const struct command *command, const char *name, enum option_kind kind);

struct statement {
    enum option_kind kind;
    const char *name;  /* of the option, or the key of the parameter */
    const char *value; /* NULL for a flag */
};

struct arguments {
    const struct command *command;
    const struct command *about; /* `help COMMAND`: that one */
    const char *topic;           /* `help KEY`: that one, as it was typed */
    struct statement *settings;  /* in the order they came */
    size_t count;
    const char **operands; /* without the command's name */
    size_t operand_count;
};

/* Reads argv, complaining of what is not right; an exit_status. The texts stay argv's. To be freed in any
 * case. */
int arguments_read(struct arguments *arguments, int argc, char **argv, FILE *err);
void arguments_free(struct arguments *arguments);

/* The first statement of that kind, or the next after one; NULL past the last. */
const struct statement *arguments_next(const struct arguments *arguments, enum option_kind kind,
                                       const struct statement *after);

/* The last value given to that option of ours ("" for a flag), or of a goal; NULL where there is none. */
const char *arguments_last(const struct arguments *arguments, const char *name);

#endif
