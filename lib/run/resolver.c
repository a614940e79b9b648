/* Where the walk stands: what holds there, what it is called. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/resolver.h"

#include <stdio.h>

const struct setting *resolver_setting(const struct resolver *r, enum parameter parameter)
{
    return scenario_setting(r->scenario, r->own, parameter);
}

/* Stands at stage `stage` of the run and, after its own, of those that it starts from. */
void resolver_go_to(struct resolver *r, const traincost_scenario *run, size_t stage)
{
    r->scenario = run;
    r->own = r->stage = stage;
    for (size_t count; r->own >= (count = scenario_stage_count(run)); run = run->base) {
        r->own -= count;
        r->scenario = run->base;
    }
}

/* "R1-Zero", "stage 2", and of a base "deepseek-v3 pre-training". */
const char *resolver_stage_name(const struct resolver *r, char out[160])
{
    const char *base = r->out->models[r->stage].base ? r->scenario->origin : NULL;
    const char *name = r->scenario->stage_count ? r->scenario->stages[r->own].name : NULL;
    if (name)
        snprintf(out, 160, "%.70s%s%.80s", base ? base : "", base ? " " : "", name);
    else if (r->scenario->stage_count == 0)
        snprintf(out, 160, "%.150s", base ? base : "the run");
    else
        snprintf(out, 160, "%.70s%sstage %zu", base ? base : "", base ? " " : "", r->own + 1);
    return out;
}

traincost_status resolver_note(struct resolver *r, const char *first, const char *second, const char *third)
{
    return resolved_note(r->out, (const char *[]){first, second, third, NULL}, r->error);
}
