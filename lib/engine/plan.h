/* The parts of the engine: what all threads read, and what one of them writes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_PLAN_H
#define LIB_PLAN_H

#include "engine/effect_loops.h"
#include "engine/engine.h"
#include "engine/memory_pages.h"
#include "engine/sequence.h"
#include "engine/stats.h"
#include "engine/strata.h"

#include <pthread.h>

/* The loops for the instruction set at hand. */
typedef void sampler_function(const struct sampler *sampler, const double *restrict u, double *restrict x,
                              size_t n);
struct kernels {
    void (*points)(const struct sequence_line *line, uint64_t first, size_t n, double *u);
    sampler_function *samples;
    void (*make_strata)(struct strata *strata, const struct sampler *sampler);
    void (*order)(struct strata_order *order, const struct sequence_line *line);
    void (*arrange)(const struct strata *strata, const struct strata_order *order, struct strata_row *row);
    void (*strata)(const struct strata_row *row, const struct strata_block *blocks, size_t count,
                   const struct sampler *sampler, double *restrict x);
    void (*invert)(const double *restrict h, double *restrict inverse);
    void (*turn)(const double *restrict h, const double *restrict inverse, size_t shift,
                 double *restrict ratio);
    void (*finish)(const struct sampler *sampler, double *x, size_t n);
    void (*mix)(const double *restrict weights, const double *const *scores, size_t count, double *restrict z,
                size_t n);
    void (*probabilities)(const double *restrict z, double *restrict u, size_t n);
    void (*statistics)(struct stats *stats, const struct stats_scale *scale, const double *x, size_t n);
    void (*count)(struct stats *stats, const struct stats_scale *scale, const double *restrict x,
                  const double *restrict times, size_t n);
    void (*merge)(struct stats *stats, const struct stats_scale *scale, const struct stats *part);
    stats_sorter *sort;
    void (*effects)(struct effect *effect, const double *restrict a, const double *restrict b,
                    const double *restrict ai, const double *restrict bi, size_t n);
};

/* A dimension of the point set, and the inputs that it moves: an uncertain one and those that share its draw.
 */
struct draw {
    const size_t *inputs;
    size_t count;
    size_t place; /* of the first of them among those of all draws */
    size_t group; /* correlated draws have the same; of the others it is their own dimension */
    bool mixed;   /* its normal score is a sum of several dimensions' */
    size_t parts; /* the most of any output that is rotated by it */
};

/* The dimension of an output's factor, and in how many parts of it each sample has a value; 1: in its own
 * alone. */
struct rotation {
    size_t dimension, parts;
    size_t movers; /* the draws that move the output */
};

/* What all threads read. */
struct plan {
    const struct engine_job *job;
    struct kernels kernels;
    struct sequence sequence;
    struct sampler *samplers; /* by input */
    double **tables;
    bool stratified;       /* whether there are points enough for strata to pay */
    struct strata *strata; /* by place, if so */
    struct draw *draws;    /* by dimension, those that move the outputs most first */
    size_t draw_count;
    size_t *members; /* what the draws point into */
    size_t *mixed;   /* dimensions, ascending */
    size_t mixed_count;
    double *mixture; /* by rows: the weights of the dimensions' scores in each of the draws' */
    uint64_t points; /* of each replicate */
    size_t batch;    /* samples drawn at a time, as the strata are then read once for several blocks */
    struct rotation *rotations; /* by output */
    struct stats_scale *scales; /* by output */
    size_t *slots;              /* by output: its place among those that are asked for */
    size_t slot_count;
};

/* What one thread writes. Its blocks, strata and statistics lie in the pages of all. */
struct bench {
    const struct plan *plan;
    double *blocks;
    double *u;
    const double **inputs;       /* what the model reads: a block of each column */
    double **columns;            /* by input, a batch each, but one block of what is constant */
    double **spare;              /* by input that is drawn, one block each, for sensitivity alone */
    double **scores;             /* of the mixed dimensions; the last one is the draw's at hand */
    double **outputs;            /* by output; NULL where it is not asked for */
    double **analysed;           /* four sets; NULL where no sensitivity is asked for */
    double **picked;             /* the last two of them again, where a draw takes part */
    struct sequence_line *lines; /* by dimension */
    struct strata_order *orders; /* by dimension */
    struct strata_row *rows;     /* by place */
    uint64_t replicate;          /* that was started last */
    bool stratified;             /* orders and rows are those of the replicate */
    struct stats *stats;         /* by slot */
};

/* Whether the output is sampled, whether it is computed, and whether it gets Sobol' indices. */
bool plan_asks(const struct engine_job *job, size_t output);
bool plan_computes(const struct engine_job *job, size_t output);
bool plan_analyses(const struct engine_job *job, size_t output);

/* The input whose draw moves an uncertain one: itself, where it has its own. */
size_t plan_leader(const struct engine_job *job, size_t input);

/* The statistics, among `all`, of an output that is asked for. */
struct stats *plan_stats(const struct plan *plan, struct stats *all, size_t output);

/* Whether standard errors are asked for, or needed to know when it is enough. */
bool plan_finds_errors(const struct plan *plan);

/* Whether a replicate of which the end bins hold so many has its quantiles between them. */
bool plan_holds(const struct plan *plan, uint64_t first, uint64_t last);

/* Inputs that are moved by a draw. */
size_t plan_places(const struct plan *plan);

/* All but the strata, the order of the draws, which is that of the inputs at first, and their mixture. `points`
 * are of each replicate. Errors: NO_MEMORY. */
traincost_status plan_init(struct plan *plan, const struct engine_job *job, uint64_t points,
                           traincost_error *error);
void plan_free(struct plan *plan);

/* Takes the strata of the pages; makes them, once they are there. */
void plan_place(struct plan *plan, struct pages *pages);
void plan_make_strata(struct plan *plan);

/* Finds what each draw moves by itself, `low` and `high` of the figures that keep them, and puts those that move most
 * first. Errors: NO_MEMORY. */
traincost_status plan_order(struct plan *plan, struct bench *bench, struct engine_answer *answer,
                            traincost_error *error);

/* Mixes the scores of correlated draws. Errors: NO_MEMORY. */
traincost_status mixture_make(struct plan *plan, traincost_error *error);

/* Chooses the outputs' factors, when the draws have their order. */
void rotation_choose(struct plan *plan);

/* Takes the further values of the outputs into their statistics, after a whole block that was stratified. */
void rotation_add(struct bench *bench);

traincost_status bench_init(struct bench *bench, const struct plan *plan, traincost_error *error);
void bench_free(struct bench *bench);

/* Takes what the bench needs of the pages; readies it, once they are there. */
void bench_place(struct bench *bench, struct pages *pages);
void bench_ready(struct bench *bench);

/* Readies `dimensions` dimensions of the first `points` points of a replicate. */
void bench_start(struct bench *bench, uint64_t replicate, size_t dimensions, uint64_t points);

/* Readies the strata of a replicate that was started, if the plan has any. */
void bench_stratify(struct bench *bench);

/* Samples of the draws, from dimension `from` of the point set on, into `columns`: a batch at most. */
void bench_sample(struct bench *bench, size_t from, uint64_t first, size_t n, double **columns);

/* Lets the model read the block that begins at sample `at` of the batch. */
void bench_turn_to(struct bench *bench, size_t at);
void bench_evaluate(struct bench *bench, size_t n, double **outputs);

struct benches {
    struct bench *all; /* one a thread */
    size_t count;
    struct stats *total; /* by slot: what all of them counted */
    struct pages pages;
};

/* Independent randomisations of the point set. Their spread gives the standard errors, so there must be
 * enough of them to know a spread; more would leave less to each point set. */
enum { REPLICATES = 16 };

/* All replicates: at one number of points, and perhaps at more later. */
struct run {
    const struct plan *plan;
    pthread_mutex_t lock; /* of total and inside */
    struct stats *total;  /* by slot */
    uint64_t counted; /* points of all replicates, for who asks how far it is */
    double told;
    double earlier;   /* what runs at fewer points were of all, as far as one can know: 0, a half, three quarters ... */
    bool inside;          /* every quantile of every replicate lay in the binned range */
    int attempt;          /* to choose scales for which that holds */
    struct stats *kept; /* by replicate and slot, for a run that may go on; NULL: what is counted is not kept */
    uint64_t done;      /* points that were counted into that, of each replicate */
    double *replicates; /* by replicate and output: sum, squares, mean, quantiles */
    double *around;     /* levels, and quantiles at them */
    size_t stride;      /* numbers of one output */
};

enum { ROW_SUM, ROW_SQUARES, ROW_MEAN, ROW_QUANTILES };
double *run_row(const struct run *run, size_t replicate, size_t output);

/* Errors: NO_MEMORY. */
traincost_status run_init(struct run *run, const struct plan *plan, struct stats *total,
                          traincost_error *error);
void run_free(struct run *run);

/* Counts the points of the plan, or those that became more since the last time, into the total and the rows.
 * Errors: NO_MEMORY. */
traincost_status run_all(struct run *run, struct plan *plan, struct benches *benches, traincost_error *error);

/* Sobol' indices into the figures of the answer, by one more replicate. Errors: NO_MEMORY. */
traincost_status sensitivity_find(const struct plan *plan, const struct benches *benches,
                                  struct engine_answer *answer, traincost_error *error);

#endif
