/* The answers of parts, put together. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_BATCH_MERGE_H
#define CLI_BATCH_MERGE_H

#include "session.h"

/* The operands are the answers of `--part 1/N` to `N/N`, in that order. An exit_status. */
int batch_merge(struct session *session);

#endif
