/* A run as stated, and every parameter of it resolved to a quantity with its source. */
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
    size_t stage_count;
    bool from_file;   /* `origin` is a path */
    bool base_failed; /* its base is what could not be read */
};

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
    size_t input_count;
    struct resolved_stage *stages;
    struct model_stage *models; /* with the same numbers */
    size_t stage_count;         /* with those of the base, which come last */
    size_t own_count;
    char **notes;
    size_t note_count;
    bool lacks_memory; /* of a stage: its training state cannot fit the chips */
    struct dollars dollars; /* that all money is in */
};

/* Sets the base: the id of a run in the catalogue, else a regular file, looked for beside the file `beside`
 * (NULL: ids alone). Errors: those of reading it, CONFLICT for a run that starts from itself, LIMIT for too
 * many bases. */
traincost_status scenario_set_base(traincost_scenario *scenario, const char *base, const char *beside,
                                   traincost_error *error);

/* Errors: MISSING, CONFLICT, DATA, NO_MEMORY; RANGE (dollars of a year without an index). It keeps nothing of the
 * scenario but the catalogue's rows. Where it is lenient, chip-hours hold against chips x hours that contradict them.
 * Money is in dollars `of` a year or a month, a copy; "": of each stage's day. The model is linear in prices, so that
 * all that follows from them is too. */
traincost_status scenario_resolve(const traincost_scenario *scenario, bool lenient, const char *of,
                                  struct resolved *resolved, traincost_error *error);
/* The factor that brings dollars of the day of a stage, or of the run, to those that are asked for. */
double scenario_dollars(const traincost_scenario *scenario, size_t stage, const struct dollars *dollars);
/* Whether inputs of two runs are one draw: the same default, or a shared parameter stated alike. */
bool resolved_same_draw(const struct resolved_input *a, const struct resolved_input *b);
/* Whether they are defaults about the same thing, or stated alike in dollars of two dates: one draw on two scales. */
bool resolved_same_market(const struct resolved_input *a, const struct resolved_input *b);
/* Adds what the parts, up to a NULL, say together, unless it was said. */
traincost_status resolved_note(struct resolved *resolved, const char *const *parts, traincost_error *error);
void resolved_free(struct resolved *resolved);

/* The stage's own statement, else the run's; NULL where neither was made. Hours and chip-hours stand for one
 * another, so a stage that states one of them takes neither from the run. */
const struct setting *scenario_setting(const traincost_scenario *scenario, size_t stage,
                                       enum parameter parameter);
/* A stage's compute: params with tokens, or FLOP. */
enum compute_timing { TIMED_AS_STATED, TIMED_BY_MFU, TIMED_BY_THROUGHPUT, TIMED_BY_STEPS };

struct compute {
    const traincost_scenario *scenario;
    size_t stage;
    const traincost_chip *chip;
    traincost_format format;
    enum compute_timing timing;
    bool computed; /* its time follows from the work */
    enum mfu_method method;
    bool base;     /* of a run that another starts from: only its rent counts */
};
bool compute_is_stated(const struct compute *compute);
bool compute_knows_tokens(const struct compute *compute);
/* A throughput in TFLOP/s. */
bool compute_is_in_flop(const struct compute *compute);
/* Whether a time would follow from the work, were none stated. */
bool compute_times_itself(const struct compute *compute);
/* Fills in the timing and the method. Errors: MISSING (what a step time, a throughput or a method takes), and where it
 * is not lenient CONFLICT (a time, steps, tokens or an MFU that do not fit), RANGE (a batch under one sequence). */
traincost_status compute_find_timing(struct compute *compute, bool lenient, traincost_error *error);
/* Whether its MFU is inferred, and depends on how many chips there are. */
bool compute_has_slope(const struct compute *compute);
/* FLOP a token and parameter that it passes through. */
double compute_token_flop(enum mfu_method method);
/* Whether the time stated is what advanced the run, so that more is paid for. */
bool compute_trains(const struct compute *compute);
/* Whether the stage has a use for a parameter about compute or memory. */
bool compute_uses(const struct compute *compute, enum parameter parameter);
/* Errors: MISSING (a peak that the time follows from); and where it is not lenient also CONFLICT (more
 * parameters active than there are; an MFU, a time and compute that do not fit), MISSING (a part of attention),
 * RANGE (a format that the chip lacks). */
traincost_status compute_check(const struct compute *compute, bool lenient, traincost_error *error);
/* Whether the training state cannot fit the chips' memory, at `bytes` for a parameter; says so in `out`. */
enum { COMPUTE_NOTE = 280 };
bool compute_lacks_memory(const struct compute *compute, const quantity *bytes, char out[COMPUTE_NOTE]);

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
