/* A thread's bench: points become samples, samples outputs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan.h"

#include <stdlib.h>
#include <string.h>

void bench_free(struct bench *bench)
{
    free(bench->inputs);
    free(bench->columns);
    free(bench->scores);
    free(bench->outputs);
    free(bench->lines);
}

static bool is_drawn(const struct plan *plan, size_t input)
{
    return plan->samplers[input].law != SAMPLE_CONSTANT;
}

static void fill_constants(struct bench *bench)
{
    const struct plan *plan = bench->plan;
    for (size_t i = 0; i < plan->job->input_count; i++)
        if (!is_drawn(plan, i))
            plan->kernels.samples(&plan->samplers[i], bench->u, bench->columns[i], ENGINE_BLOCK);
}

/* Of the correlated draws' scores, and of the one at hand. */
static size_t mixed_columns(const struct plan *plan)
{
    return 2 * plan->job->correlation_count + 1;
}

/* A column for each output that is computed, and four where it is analysed. */
static size_t output_columns(const struct plan *plan)
{
    size_t count = 0;
    for (size_t j = 0; j < plan->job->output_count; j++)
        count += plan_computes(plan->job, j) + 4 * (size_t)plan_analyses(plan->job, j);
    return count;
}

static void place_columns(struct bench *bench, double *next)
{
    const struct engine_job *job = bench->plan->job;
    bench->analysed = bench->outputs + job->output_count;
    bench->picked = bench->analysed + 4 * job->output_count;
    for (size_t set = 0; set < 5; set++)
        for (size_t j = 0; j < job->output_count; j++)
            if (set == 0 ? plan_computes(job, j) : plan_analyses(job, j))
                bench->outputs[set * job->output_count + j] = next += ENGINE_BLOCK;
}

/* Of an input, with its spare column. */
static size_t input_size(const struct plan *plan, size_t input)
{
    size_t spare = plan->job->settings.sensitivity ? ENGINE_BLOCK : 0;
    return is_drawn(plan, input) ? plan->batch + spare : ENGINE_BLOCK;
}

void bench_place(struct bench *bench, struct pages *pages)
{
    const struct plan *plan = bench->plan;
    size_t size = (1 + mixed_columns(plan) + output_columns(plan)) * ENGINE_BLOCK;
    for (size_t i = 0; i < plan->job->input_count; i++)
        size += input_size(plan, i);
    bench->blocks = pages_take(pages, size, sizeof *bench->blocks);
    bench->stats = pages_take(pages, plan->slot_count, sizeof *bench->stats);
    if (!plan->stratified)
        return;
    bench->orders = pages_take(pages, plan->draw_count, sizeof *bench->orders);
    bench->rows = pages_take(pages, plan_places(plan), sizeof *bench->rows);
}

void bench_ready(struct bench *bench)
{
    const struct plan *plan = bench->plan;
    size_t in = plan->job->input_count;
    double *next = bench->blocks;
    bench->spare = bench->columns + in;
    for (size_t i = 0; i < in; i++) {
        bench->inputs[i] = bench->columns[i] = next;
        bench->spare[i] = is_drawn(plan, i) ? next + plan->batch : NULL;
        next += input_size(plan, i);
    }
    for (size_t k = 0; k < mixed_columns(plan); k++, next += ENGINE_BLOCK)
        bench->scores[k] = next;
    bench->u = next;
    place_columns(bench, next);
    fill_constants(bench);
}

traincost_status bench_init(struct bench *bench, const struct plan *plan, traincost_error *error)
{
    size_t in = plan->job->input_count, out = plan->job->output_count, mixed = mixed_columns(plan);
    *bench = (struct bench){.plan = plan};
    bench->inputs = calloc(in + 1, sizeof *bench->inputs);
    bench->columns = calloc(2 * in + 1, sizeof *bench->columns);
    bench->scores = calloc(mixed + 1, sizeof *bench->scores);
    bench->outputs = calloc(7 * out + 1, sizeof *bench->outputs);
    bench->lines = calloc(2 * plan->draw_count + 1, sizeof *bench->lines);
    bool good = bench->inputs && bench->columns && bench->scores && bench->outputs && bench->lines;
    return good ? TRAINCOST_OK : error_no_memory(error);
}

void bench_start(struct bench *bench, uint64_t replicate, size_t dimensions, uint64_t points)
{
    for (size_t d = 0; d < dimensions; d++)
        sequence_start(&bench->lines[d], &bench->plan->sequence, replicate, d, points);
    bench->replicate = replicate;
    bench->stratified = false;
}

void bench_stratify(struct bench *bench)
{
    const struct plan *plan = bench->plan;
    bench->stratified = plan->stratified;
    for (size_t d = 0; bench->stratified && d < plan->draw_count; d++) {
        const struct draw *draw = &plan->draws[d];
        if (draw->mixed || bench->lines[d].pseudo_random)
            continue;
        plan->kernels.order(&bench->orders[d], &bench->lines[d]);
        for (size_t m = 0; m < draw->count; m++)
            plan->kernels.arrange(&plan->strata[draw->place + m], &bench->orders[d],
                                  &bench->rows[draw->place + m]);
    }
}

static void fill_strata(struct bench *bench, size_t dimension, uint64_t first, size_t blocks, double **columns)
{
    const struct plan *plan = bench->plan;
    const struct draw *draw = &plan->draws[dimension];
    struct strata_block block[STRATA_BLOCKS];
    for (size_t b = 0; b < blocks; b++)
        block[b] = strata_block_at(&bench->orders[dimension],
                                   sequence_point(&bench->lines[dimension], first + b * STRATA));
    for (size_t m = 0; m < draw->count; m++) {
        size_t input = draw->inputs[m];
        plan->kernels.strata(&bench->rows[draw->place + m], block, blocks, &plan->samplers[input],
                             columns[input]);
    }
}

/* The n samples from `at` of the batch on, at points from `first` on. */
static void fill_draw(struct bench *bench, size_t dimension, size_t line, uint64_t first, size_t at, size_t n,
                      double **columns)
{
    const struct plan *plan = bench->plan;
    const struct draw *draw = &plan->draws[dimension];
    for (size_t end = at + n, here; at < end; at += here, first += here) {
        here = end - at < ENGINE_BLOCK ? end - at : ENGINE_BLOCK;
        plan->kernels.points(&bench->lines[line], first, here, bench->u);
        for (size_t m = 0; m < draw->count; m++)
            plan->kernels.samples(&plan->samplers[draw->inputs[m]], bench->u, columns[draw->inputs[m]] + at,
                                  here);
    }
}

/* From the draw's score z. Bounds cut the probability, so that the score of what they leave is another. */
static void fill_scored(struct bench *bench, size_t dimension, const double *z, size_t at, size_t n,
                        double **columns)
{
    const struct plan *plan = bench->plan;
    const struct draw *draw = &plan->draws[dimension];
    bool have_probabilities = false;
    for (size_t m = 0; m < draw->count; m++) {
        const struct sampler *sampler = &plan->samplers[draw->inputs[m]];
        double *x = columns[draw->inputs[m]] + at;
        bool scored = sampler->law != SAMPLE_UNIFORM && sampler->law != SAMPLE_TRIANGULAR;
        if (scored && sampler->from <= 0 && sampler->span >= 1) {
            memcpy(x, z, n * sizeof *x);
            plan->kernels.finish(sampler, x, n);
            continue;
        }
        if (!have_probabilities)
            plan->kernels.probabilities(z, bench->u, n);
        have_probabilities = true;
        plan->kernels.samples(sampler, bench->u, x, n);
    }
}

static void fill_mixed(struct bench *bench, size_t from, uint64_t first, size_t at, size_t n, double **columns)
{
    static const struct sampler score = {.law = SAMPLE_NORMAL, .s = 1, .span = 1};
    const struct plan *plan = bench->plan;
    size_t count = plan->mixed_count;
    double *z = bench->scores[2 * plan->job->correlation_count];
    for (size_t k = 0; k < count; k++) {
        plan->kernels.points(&bench->lines[from + plan->mixed[k]], first, n, bench->u);
        plan->kernels.samples(&score, bench->u, bench->scores[k], n);
    }
    for (size_t k = 0; k < count; k++) {
        plan->kernels.mix(plan->mixture + k * count, (const double *const *)bench->scores, count, z, n);
        fill_scored(bench, plan->mixed[k], z, at, n, columns);
    }
}

void bench_sample(struct bench *bench, size_t from, uint64_t first, size_t n, double **columns)
{
    const struct plan *plan = bench->plan;
    size_t blocks = bench->stratified && from == 0 ? n / STRATA : 0;
    for (size_t d = 0; d < plan->draw_count; d++) {
        size_t done = bench->lines[from + d].pseudo_random ? 0 : blocks * STRATA;
        if (plan->draws[d].mixed)
            continue;
        if (done)
            fill_strata(bench, d, first, blocks, columns);
        fill_draw(bench, d, from + d, first + done, done, n - done, columns);
    }
    for (size_t at = 0; plan->mixed_count && at < n; at += ENGINE_BLOCK)
        fill_mixed(bench, from, first + at, at, n - at < ENGINE_BLOCK ? n - at : ENGINE_BLOCK, columns);
}

void bench_turn_to(struct bench *bench, size_t at)
{
    const struct plan *plan = bench->plan;
    for (size_t d = 0; d < plan->draw_count; d++)
        for (size_t m = 0; m < plan->draws[d].count; m++) {
            size_t input = plan->draws[d].inputs[m];
            bench->inputs[input] = bench->columns[input] + at;
        }
}

void bench_evaluate(struct bench *bench, size_t n, double **outputs)
{
    const struct engine_job *job = bench->plan->job;
    job->evaluate(job->model, bench->inputs, n, outputs);
}
