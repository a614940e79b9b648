/* What each command does: an exit_status. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "run_stated.h"

int estimate_command(struct session *session);
int check_command(struct session *session);
int claims_command(struct session *session);
int compare_command(struct session *session);
int solve_command(struct session *session);
int sweep_command(struct session *session);
int chips_command(struct session *session);
int prices_command(struct session *session);
int batch_command(struct session *session);
int show_command(struct session *session);
int completion_command(struct session *session);

#endif
