/* A run as stated. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_SCENARIO_H
#define LIB_SCENARIO_H

#include "run/claim.h"
#include "run/dollars.h"
#include "defaults/default_cache.h"

/* What was stated for one parameter. */
struct setting {
    bool given;
    quantity q;                 /* of a quantity: in dollars, and of a chip */
    quantity stated;            /* the same as it was written */
    bool converted;             /* they differ: another currency, a server */
    bool implied;               /* by another statement: params 30B-A3B */
    double machine_chips;       /* of chips: those of one machine that was named; 0: none */
    const traincost_chip *chip; /* of a type */
    bool usual;                 /* the name stands for several; the usual variant was taken */
    int day;                    /* of a date; a month is its middle */
    int word;                   /* of a word */
    const char *region;
    char text[64];  /* as it was written, cut, for messages */
    char note[200]; /* what it was taken for; "": as it stands */
};

struct scenario_stage {
    char *name; /* NULL: none was given */
    struct setting settings[PARAMETERS];
};

struct traincost_scenario {
    const traincost_catalog *catalog;
    struct default_cache *defaults; /* of the thread that resolves it; NULL: none */
    char *name;
    char *origin;                             /* its id in the catalogue, or its file; NULL: neither */
    struct traincost_scenario *base;          /* the run whose model this one starts from; NULL: none */
    struct claim claim;                       /* what was published about it */
    const struct traincost_scenario *derived; /* the run whose base this one is; NULL: none */
    struct setting settings[PARAMETERS];
    struct scenario_stage *stages;
    size_t stage_count, stage_room;
    bool from_file;   /* `origin` is a path */
    bool base_failed; /* its base is what could not be read */
};

/* Sets the base: the id of a run in the catalogue, else a regular file, looked for beside the file `beside`
 * (NULL: ids alone). Errors: those of reading it, CONFLICT for a run that starts from itself, LIMIT for too
 * many bases. */
traincost_status scenario_set_base(traincost_scenario *scenario, const char *base, const char *beside,
                                   traincost_error *error);

/* The stage's own statement, else the run's; NULL where neither was made. Hours and chip-hours stand for one
 * another, so a stage that states one of them takes neither from the run. */
const struct setting *scenario_setting(const traincost_scenario *scenario, size_t stage,
                                       enum parameter parameter);
/* The id of the published run that this one tells of, its own where it is no telling; NULL where it has none.
 */
const char *scenario_told_run(const traincost_scenario *scenario);
/* A misreading is kept as a warning: no source tells it. */
bool scenario_is_misread(const traincost_scenario *scenario);

/* The number format of a stage: as stated, else bf16 or what the chip has in its place. */
traincost_format scenario_format(const traincost_scenario *scenario, size_t stage, const traincost_chip *chip);
/* How many stages it has; without any, the run is one. */
size_t scenario_stage_count(const traincost_scenario *scenario);

#endif
