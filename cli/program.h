/* The program but for `main`, so that a test can call it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PROGRAM_H
#define CLI_PROGRAM_H

#include <stdio.h>

/* All but closing `out`; an exit_status. It changes nothing but getopt's own variables. */
int program_main(int argc, char **argv, FILE *out, FILE *err);

#endif
