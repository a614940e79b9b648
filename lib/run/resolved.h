/* Every parameter of a run as a quantity with its source. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_RESOLVED_H
#define LIB_RESOLVED_H

#include "run/scenario.h"

/* One draw: a quantity that one or more stages use. */
struct resolved_input {
    enum parameter parameter;
    quantity q;
    const struct setting *origin; /* where it was stated; NULL: a default */
    char *source;                 /* of a default, or "stated" */
    bool inferred;                /* a default that rests on like chips alone */
    char *stages;                 /* names of the stages that use it; NULL: all */
    const char *about;            /* of a default: the chip's id or the region that it is about */
    size_t leader;                /* the input whose draw it shares; itself, if its own */
    double dollars;               /* of money: by what it was multiplied, for dollars of another year; else 1 */
};

struct resolved_stage {
    char *name; /* "" where none was given */
    const traincost_chip *chip;
};

struct resolved {
    int day;
    struct resolved_input *inputs;
    size_t input_count, input_room;
    struct resolved_stage *stages;
    struct model_stage *models; /* with the same numbers */
    size_t stage_count;         /* with those of the base, which come last */
    size_t own_count;
    char **notes;
    size_t note_count;
    bool lacks_memory; /* of a stage: its training state cannot fit the chips */
    struct dollars dollars; /* that all money is in */
};

/* Whether inputs of two runs are one draw: the same default, or a shared parameter stated alike. */
bool resolved_same_draw(const struct resolved_input *a, const struct resolved_input *b);
/* Whether they are defaults about the same thing, or stated alike in dollars of two dates: one draw on two scales. */
bool resolved_same_market(const struct resolved_input *a, const struct resolved_input *b);
/* Adds what the parts, up to a NULL, say together, unless it was said. */
traincost_status resolved_note(struct resolved *resolved, const char *const *parts, traincost_error *error);
/* The number of the input that is the same draw, or of the one that a market of its own draws with; else the count. */
size_t resolved_find(const struct resolved *resolved, const struct resolved_input *input);
size_t resolved_leader(const struct resolved *resolved, const struct resolved_input *input);
void resolved_free(struct resolved *resolved);

#endif
