/* The order of the draws: what each moves by itself, and those that move most first. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan.h"

#include "engine/sample_cache.h"

#include <stdlib.h>

static void fill_row(struct bench *bench, const double *quantiles, size_t dimension, size_t which, size_t row)
{
    const struct draw *draw = &bench->plan->draws[dimension];
    for (size_t m = 0; m < draw->count; m++)
        bench->columns[draw->inputs[m]][row] = quantiles[3 * draw->inputs[m] + which];
}

/* Two rows of a block for each draw from `first` on, with it at its 5 % and at its 95 % and all others at their
 * median. Returns how many draws found room. */
static size_t fill_swings(struct bench *bench, const double *quantiles, size_t first)
{
    enum { MOST = ENGINE_BLOCK / 2 };
    size_t all = bench->plan->draw_count, draws = all - first < MOST ? all - first : MOST;
    for (size_t row = 0; row < 2 * draws; row++)
        for (size_t d = 0; d < all; d++)
            fill_row(bench, quantiles, d, 1, row);
    for (size_t d = 0; d < draws; d++) {
        fill_row(bench, quantiles, first + d, 0, 2 * d);
        fill_row(bench, quantiles, first + d, 2, 2 * d + 1);
    }
    return draws;
}

/* The swings of all outputs, and what they add up to. */
struct swings {
    const double *quantiles; /* of each input three */
    double **outputs;        /* of `draws` draws from `first` on two rows each; NULL where nobody asks what moves it */
    size_t first, draws;
    double *sums; /* by output, over all draws */
};

static double swing_of(const struct swings *swings, size_t output, size_t draw)
{
    return fabs(swings->outputs[output][2 * draw + 1] - swings->outputs[output][2 * draw]);
}

/* Where all draws found room they are evaluated once. */
static void evaluate_swings(struct bench *bench, struct swings *swings, size_t first)
{
    const size_t all = bench->plan->draw_count;
    if (swings->draws > 0 && swings->draws == all)
        return;
    swings->first = first;
    swings->draws = fill_swings(bench, swings->quantiles, first);
    bench_evaluate(bench, 2 * swings->draws, swings->outputs);
}

static void add_swings(struct plan *plan, const struct swings *swings, size_t output, struct engine_figure *figure)
{
    for (size_t d = 0; d < swings->draws; d++) {
        size_t input = plan->draws[swings->first + d].inputs[0];
        double swing = swing_of(swings, output, d);
        swings->sums[output] += swing;
        plan->rotations[output].movers += swing > 0;
        if (!figure->low)
            continue;
        figure->low[input] = swings->outputs[output][2 * d];
        figure->high[input] = swings->outputs[output][2 * d + 1];
    }
}

static void find_swings(struct plan *plan, struct bench *bench, struct swings *swings, struct engine_answer *answer)
{
    for (size_t j = 0; j < plan->job->output_count; j++)
        plan->rotations[j].movers = 0;
    for (size_t first = 0; first < plan->draw_count; first += swings->draws) {
        evaluate_swings(bench, swings, first);
        for (size_t j = 0; j < plan->job->output_count; j++)
            if (swings->outputs[j])
                add_swings(plan, swings, j, &answer->figures[j]);
    }
}

/* How many of the outputs, the first, decide the order. */
static size_t leading_outputs(const struct plan *plan)
{
    return plan->job->leading ? plan->job->leading : plan->job->output_count;
}

/* The largest share that each draw has in the swings of any output that decides. */
static void weigh_draws(const struct plan *plan, struct bench *bench, struct swings *swings, double *weights)
{
    size_t leading = leading_outputs(plan);
    for (size_t j = leading; j < plan->job->output_count && swings->draws < plan->draw_count; j++)
        swings->outputs[j] = NULL;
    for (size_t first = 0; first < plan->draw_count; first += swings->draws) {
        evaluate_swings(bench, swings, first);
        for (size_t j = 0; j < leading; j++)
            for (size_t d = 0; d < swings->draws; d++) {
                double own = swing_of(swings, j, d), *weight = &weights[first + d];
                *weight = own > *weight * swings->sums[j] ? own / swings->sums[j] : *weight;
            }
    }
}

/* Weights that only rounding tells apart keep their order. */
static void sort_draws(struct plan *plan, double *weights)
{
    const double more = 1 + 1e-9;
    for (size_t d = 1; d < plan->draw_count; d++)
        for (size_t k = d; k > 0 && weights[k] > more * weights[k - 1]; k--) {
            double weight = weights[k];
            struct draw draw = plan->draws[k];
            weights[k] = weights[k - 1];
            weights[k - 1] = weight;
            plan->draws[k] = plan->draws[k - 1];
            plan->draws[k - 1] = draw;
        }
    for (size_t d = 0; d < plan->draw_count; d++)
        plan->draws[d].group = d;
}

/* Whether what moves the output is asked: it decides the order, it tells its swings, or it may be rotated. */
static bool needs_swings(const struct plan *plan, size_t output)
{
    const struct engine_job *job = plan->job;
    bool rotates = job->factors && job->factors[output] != ENGINE_NO_FACTOR && plan_asks(job, output);
    return output < leading_outputs(plan) || output + job->plain < job->output_count || rotates;
}

/* Of a column of swings. */
static size_t swing_rows(const struct plan *plan)
{
    return 2 * plan->draw_count < ENGINE_BLOCK ? 2 * plan->draw_count : ENGINE_BLOCK;
}

static void order(struct plan *plan, struct bench *bench, double *numbers, double **outputs,
                  struct engine_answer *answer)
{
    double *quantiles = numbers, *weights = numbers + 3 * plan->job->input_count;
    for (size_t i = 0; i < plan->job->input_count; i++) {
        if (plan->job->settings.cache) {
            sample_cache_quantiles(plan->job->settings.cache, &plan->job->inputs[i], quantiles + 3 * i);
            continue;
        }
        quantiles[3 * i] = quantity_quantile(&plan->job->inputs[i], 0.05);
        quantiles[3 * i + 1] = quantity_quantile(&plan->job->inputs[i], 0.5);
        quantiles[3 * i + 2] = quantity_quantile(&plan->job->inputs[i], 0.95);
    }
    struct swings swings = {.quantiles = quantiles, .outputs = outputs, .sums = weights + plan->draw_count};
    double *rows = swings.sums + plan->job->output_count;
    for (size_t j = 0; j < plan->job->output_count; j++)
        if (needs_swings(plan, j)) {
            outputs[j] = rows;
            rows += swing_rows(plan);
        }
    find_swings(plan, bench, &swings, answer);
    weigh_draws(plan, bench, &swings, weights);
    sort_draws(plan, weights);
}

traincost_status plan_order(struct plan *plan, struct bench *bench, struct engine_answer *answer,
                            traincost_error *error)
{
    size_t in = plan->job->input_count, out = plan->job->output_count, needed = 0;
    for (size_t j = 0; j < out; j++)
        needed += needs_swings(plan, j);
    double *numbers = calloc(3 * in + plan->draw_count + out + needed * swing_rows(plan) + 1, sizeof *numbers);
    double **outputs = calloc(out + 1, sizeof *outputs);
    bool good = numbers && outputs;
    if (good)
        order(plan, bench, numbers, outputs, answer);
    free(numbers);
    free(outputs);
    traincost_status status = good ? mixture_make(plan, error) : error_no_memory(error);
    if (status == TRAINCOST_OK)
        rotation_choose(plan);
    return status;
}
