/* Messages on standard error, and the exit status. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMPLAIN_H
#define CLI_COMPLAIN_H

#include <stdio.h>

enum exit_status {
    EXIT_DONE = 0,
    EXIT_REFUTED = 1, /* `check`: the claim is low, high or impossible; the answer was given */
    EXIT_INPUT = 2,   /* usage, or input that is not right */
    EXIT_TROUBLE = 3, /* a file that cannot be read or written; no memory */
};

/* "traincost: ..." on one line, whatever stands in the arguments. */
#if defined(__GNUC__)
__attribute__((__format__(__printf__, 2, 3)))
#endif
void complain(FILE *err, const char *format, ...);

#endif
