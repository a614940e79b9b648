/* --help, made from the tables of commands, options and parameters. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "command.h"

#include <stdio.h>

/* Usage, commands and the options of one command. */
void help_print(FILE *out, const struct command *command);

/* What -h shows: usage and the few options that most runs take. */
void help_short(FILE *out, const struct command *command);

/* A few lines for somebody who typed nothing. */
void help_usage(FILE *out);

#endif
