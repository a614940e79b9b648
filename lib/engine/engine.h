/* Threads and blocks: sequence -> quantities -> model -> statistics. The engine knows no money: a model is any
 * function of blocks of numbers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_ENGINE_H
#define LIB_ENGINE_H

#include "engine/instruction_set.h"
#include "engine/product.h"
#include "engine/quantity.h"
#include "engine/stats.h"

/* Samples a block; a column of it is 2 KB, so that a stage's stay near. */
enum { ENGINE_BLOCK = 256 };

/* Computes n <= ENGINE_BLOCK samples: inputs[i][0..n) -> outputs[j][0..n), but not the outputs whose column is
 * NULL. Threads call it at once, each with columns of its own. */
typedef void engine_model(const void *model, const double *const *inputs, size_t n, double *const *outputs);

struct engine_settings {
    double samples; /* in all; rounded up to whole replicates */
    double seed;
    int threads;
    bool pseudo_random; /* plain Monte Carlo in place of quasi-Monte Carlo and of closed forms */
    double tolerance;   /* relative; 0: take `samples` as they are */
    bool no_errors;     /* standard errors are not asked for: they take no time, and are NaN */
    bool sensitivity;
    bool keep; /* what was counted of each output, for engine_probability */
    void (*progress)(void *context, double done); /* NULL: nobody asks; one thread at a time */
    void *progress_context;
    const double *levels; /* of the quantiles, ascending, inside (0, 1) */
    size_t level_count;
    size_t bins; /* the most that a histogram of each output has; 0: none */
    enum isa isa; /* the most that is used; ISA_BEST: what there is. It does not change a bit */
    struct sample_cache *cache; /* of the thread: few samples take no more than they must, and have no errors; NULL */
};

/* Spearman's rank correlation of two inputs that are not exact and draw for themselves. */
struct engine_correlation {
    size_t a, b;
    double rank;
};

#define ENGINE_NO_FACTOR ((size_t)-1)

struct engine_job {
    const quantity *inputs; /* exact ones are constant columns and take no dimension */
    const size_t
        *leaders; /* for each the one whose draw it shares, itself or an earlier one; NULL: each its own */
    size_t input_count;
    engine_model *evaluate;
    const void *model;
    size_t output_count;
    size_t leading; /* how many of the outputs, the first, decide the order of the draws; 0: all */
    size_t plain;   /* how many of the outputs, the last, keep no swing, which takes memory for each input */
    struct engine_settings settings;
    const size_t *factors; /* by output: an input that it is proportional to, or ENGINE_NO_FACTOR; NULL: none */
    const struct engine_product *products; /* by output: what it is a product of; NULL: none is known to be one */
    const bool *asked;     /* which outputs are wanted; NULL: all */
    const bool *needed;    /* which are computed beside those that are sampled, as others are made of them; NULL: none */
    const bool *analysed;  /* which of those get Sobol' indices, with `sensitivity`; NULL: all */
    const struct engine_correlation *correlations; /* positive definite: copula_factor must hold */
    size_t correlation_count;
};

/* What was counted of an output. */
struct engine_count {
    struct stats stats;
    struct stats_scale scale;
};

/* Of an output that was not asked for all is 0 but the swing. */
struct engine_figure {
    double mean, mean_se, sd, sd_se;
    double *quantile, *quantile_se; /* level_count each */
    double *first_order,
        *total_order;   /* Sobol' indices by input; NULL unless asked for; NaN if constant. Inputs
                           that are correlated carry the indices of all of them together */
    double *first_se, *total_se; /* their standard errors */
    double *low, *high; /* by input: the output at its 5 % and 95 %, the others at their median; NULL where plain */
    const struct engine_count *count; /* NULL unless asked for */
    bool closed;              /* it was not sampled: it is the lognormal of these, which has no errors */
    double median, deviation; /* the deviation of its logarithm */
    size_t bins;        /* of its histogram */
    double *bin_edge, *bin_share; /* settings.bins + 1, and settings.bins; `bins` of them are filled */
};

struct engine_answer {
    double samples;
    struct engine_figure *figures; /* output_count */
    double *numbers;               /* what the figures point into */
    struct engine_count *counts;   /* the same */
};

/* Errors: NO_MEMORY. The same bits for any number of threads and any instruction set. */
traincost_status engine_run(const struct engine_job *job, struct engine_answer *answer, traincost_error *error);
void engine_answer_free(struct engine_answer *answer);

/* The share of the samples that are at most `value`: where the quantiles pass it. NaN where nothing was kept. */
double engine_probability(const struct engine_figure *figure, double value);

#endif
