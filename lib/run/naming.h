/* A statement about a run by one name: what a column of a table and a member of JSON are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_RUN_NAMING_H
#define LIB_RUN_NAMING_H

#include "base/error.h"

enum naming_kind { NAMES_NOTHING, NAMES_RUN, NAMES_PARAMETER, NAMES_CLAIM };

struct naming {
    enum naming_kind kind;
    const char *key; /* of traincost_scenario_set or traincost_scenario_claim; static */
};

/* "run", a parameter by key or alias, "name", "base", "cluster", a claim's key or the command's option for it; case
 * does not matter, nor '_' for '-'. */
struct naming naming_find(const char *name);

/* What a name that states nothing is a slip of; NULL: of nothing, it is somebody's own. */
const char *naming_meant(const char *name);

/* States it of the run, or of a stage. A "run", which is the id of a published run, a file or a cluster, is stated
 * before all else. Errors: those of the functions that it calls. */
traincost_status naming_state(traincost_scenario *scenario, size_t stage, struct naming naming,
                                const char *value, traincost_error *error);

#endif
