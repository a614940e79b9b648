/* The table of commands: names, sentences and options. What they do is in commands/. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct command {
    const char *name;
    const char *usage; /* what stands after "traincost" */
    const char *summary;
    bool estimates;             /* takes the library's parameters and options */
    bool claims;                /* takes its claims too */
    const char *const *refused; /* of those options the ones that mean nothing to it; NULL: none */
    const char *const *options; /* the others that it takes, by name, NULL at the end */
    const char *closing;        /* what its --help ends with; "" for most */
    const char *date;           /* what --date means to it; NULL: what it means to a run */
    const char *formats;        /* in which it answers, text first where it is one; NULL: in all */
    const char *samples;        /* how many samples it takes where nothing is stated; NULL: as an estimate */
};

/* Sorted as --help shows them; NULL past the end. The first is the one that needs no name. */
const struct command *command_at(size_t index);
/* NULL where there is none. */
const struct command *command_find(const char *name);

#endif
