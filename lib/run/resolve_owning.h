/* What owning asks of a run beside its inputs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_RESOLVE_OWNING_H
#define LIB_RESOLVE_OWNING_H

#include "run/resolved.h"

/* Which stages wear their hardware out, and a note where it is not sold. Errors: NO_MEMORY. */
traincost_status resolved_see_owning(struct resolved *resolved, traincost_error *error);

#endif
