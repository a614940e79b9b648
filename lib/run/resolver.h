/* The walk over the stages of a run, in which every parameter becomes an input. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_RESOLVER_H
#define LIB_RESOLVER_H

#include "run/compute.h"
#include "run/resolved.h"

struct resolver {
    const traincost_scenario *scenario; /* of the stage at hand: the run, or one that it starts from */
    size_t own;                         /* number of the stage there */
    bool lenient;
    struct resolved *out;
    traincost_error *error;
    size_t stage;               /* number of the stage among all */
    struct compute compute;     /* of the stage at hand */
    struct circumstances where; /* of the stage at hand */
    double dollars;             /* what its money is multiplied by */
};

/* What holds for the stage at hand; NULL where nothing was stated. */
const struct setting *resolver_setting(const struct resolver *r, enum parameter parameter);
/* Stands at stage `stage` of the run and, after its own, of those that it starts from. */
void resolver_go_to(struct resolver *r, const traincost_scenario *run, size_t stage);
/* What messages call the stage at hand. */
const char *resolver_stage_name(const struct resolver *r, char out[160]);
traincost_status resolver_note(struct resolver *r, const char *first, const char *second, const char *third);

#endif
