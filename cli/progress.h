/* A bar on standard error where work lasts over a second and it is a terminal. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdio.h>
#include <time.h>

struct progress {
    FILE *err;
    int terminal;
    int shown; /* percent on the line; -1: nothing */
    struct timespec begun;
};

void progress_begin(struct progress *progress, FILE *err);
/* A traincost_progress: `context` is the struct. */
void progress_tell(void *context, double done);
/* Clears the line. */
void progress_end(struct progress *progress);

#endif
