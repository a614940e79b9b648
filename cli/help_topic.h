/* `help KEY`: an option, an output, or the list of outputs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_HELP_TOPIC_H
#define CLI_HELP_TOPIC_H

#include <stdbool.h>
#include <stdio.h>

/* Whether there is an option or an output of that name, in any case. */
bool help_has_topic(const char *topic);
/* False where memory ran out. */
bool help_topic(FILE *out, const char *topic);

/* What else could have been meant; NULL where nothing is near. */
const char *help_nearest(const char *topic);

#endif
