/* Sobol' indices and swings: what moves an output. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan.h"

#include "engine/threads.h"

#include <stdlib.h>

/* It works on one point set, cut into tasks that the threads share. */
enum { SENSITIVITY_POINTS = 8192, SENSITIVITY_TASKS = 16, SENSITIVITY_DRAWS = 128 };

struct sensitivity {
    const struct plan *plan;
    struct effect *effects; /* by analysed output, task and dimension */
    size_t first_task;      /* of those that are shared out */
};

static void exchange(struct bench *bench, size_t dimension)
{
    const struct draw *draw = &bench->plan->draws[dimension];
    for (size_t m = 0; m < draw->count; m++) {
        size_t i = draw->inputs[m];
        double *column = bench->columns[i];
        bench->columns[i] = bench->spare[i];
        bench->spare[i] = column;
        bench->inputs[i] = bench->columns[i];
    }
}

static void exchange_all(struct bench *bench)
{
    for (size_t d = 0; d < bench->plan->draw_count; d++)
        exchange(bench, d);
}

/* `place` is the output's among those that are analysed. */
static struct effect *effect_at(const struct sensitivity *sensitivity, size_t place, size_t task,
                                size_t dimension)
{
    size_t row = place * SENSITIVITY_TASKS + task;
    return sensitivity->effects + row * sensitivity->plan->draw_count + dimension;
}

/* Correlated draws change hands together: apart, their values would be such as never occur. */
static void exchange_group(struct bench *bench, size_t group)
{
    for (size_t d = 0; d < bench->plan->draw_count; d++)
        if (bench->plan->draws[d].group == group)
            exchange(bench, d);
}

/* Which tasks a draw takes part in for an output. The first one tells how much it moves it: what moves it not
 * once is taken to move it never, and what moves it little is known well enough from a few. */
static bool takes_part(const struct sensitivity *sensitivity, size_t place, size_t task, size_t dimension)
{
    enum { A_FEW = SENSITIVITY_TASKS / 4 };
    const double little = 0.03;
    const struct effect *first = effect_at(sensitivity, place, 0, dimension);
    return task == 0 || first->together > (task < A_FEW ? 0 : little * first->all);
}

/* The analysed columns of `all` for which the draw takes part. Returns whether there are any. */
static bool pick(const struct sensitivity *sensitivity, size_t task, size_t dimension, double *const *all,
                 double **picked)
{
    const struct engine_job *job = sensitivity->plan->job;
    bool any = false;
    for (size_t j = 0, place = 0; j < job->output_count; j++) {
        picked[j] = NULL;
        if (!plan_analyses(job, j) || !takes_part(sensitivity, place++, task, dimension))
            continue;
        picked[j] = all[j];
        any = true;
    }
    return any;
}

static void evaluate_both(struct bench *bench, double **first, double **second)
{
    bench_evaluate(bench, ENGINE_BLOCK, first);
    exchange_all(bench);
    bench_evaluate(bench, ENGINE_BLOCK, second);
    exchange_all(bench);
}

/* The cost grows with their number, and those that move least of very many move nothing. */
static size_t analysed_draws(const struct plan *plan)
{
    return plan->draw_count < SENSITIVITY_DRAWS ? plan->draw_count : SENSITIVITY_DRAWS;
}

static void sensitivity_block(const struct sensitivity *sensitivity, struct bench *bench, size_t task,
                              uint64_t first)
{
    const struct plan *plan = bench->plan;
    size_t out = plan->job->output_count, analysed = analysed_draws(plan);
    double **a = bench->analysed, **b = a + out, **ai = bench->picked, **bi = ai + out;
    bench_sample(bench, 0, first, ENGINE_BLOCK, bench->columns);
    bench_sample(bench, plan->draw_count, first, ENGINE_BLOCK, bench->spare);
    evaluate_both(bench, a, b);
    for (size_t d = 0; d < analysed; d++) {
        if (plan->draws[d].group != d || !pick(sensitivity, task, d, b + out, ai))
            continue;
        pick(sensitivity, task, d, b + 2 * out, bi);
        exchange_group(bench, d);
        evaluate_both(bench, ai, bi);
        exchange_group(bench, d);
        for (size_t j = 0, place = 0; j < out; j++)
            if (plan_analyses(plan->job, j)) {
                struct effect *effect = effect_at(sensitivity, place++, task, d);
                if (ai[j])
                    plan->kernels.effects(effect, a[j], b[j], ai[j], bi[j], ENGINE_BLOCK);
            }
    }
}

static void sensitivity_task(void *place, void *context, size_t index)
{
    struct bench *bench = place;
    const struct sensitivity *sensitivity = context;
    size_t task = sensitivity->first_task + index;
    const struct plan *plan = sensitivity->plan;
    const uint64_t points = SENSITIVITY_POINTS / SENSITIVITY_TASKS;
    if (bench->replicate != REPLICATES) { /* the one after those of the run */
        bench_start(bench, REPLICATES, 2 * plan->draw_count, SENSITIVITY_POINTS);
        bench_stratify(bench);
    }
    for (uint64_t i = 0; i < points; i += ENGINE_BLOCK)
        sensitivity_block(sensitivity, bench, task, task * points + i);
}

static double share(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

/* The standard error of a ratio of sums, from its parts in the tasks. */
struct ratio_error {
    double squares;
    size_t count;
};

static void add_deviation(struct ratio_error *error, double part, double whole, double ratio)
{
    double deviation = part - ratio * whole;
    error->squares += deviation * deviation;
    error->count++;
}

static double error_of(const struct ratio_error *error, double whole)
{
    double n = (double)error->count;
    return n > 1 && whole > 0 ? sqrt(error->squares * n / (n - 1)) / whole : 0;
}

static void set_indices(const struct sensitivity *sensitivity, size_t dimension, size_t place,
                        struct engine_figure *figure)
{
    const struct plan *plan = sensitivity->plan;
    size_t group = plan->draws[dimension].group, input = plan->draws[dimension].inputs[0];
    struct effect sum = {0, 0, 0};
    struct ratio_error first = {0, 0}, total = {0, 0};
    for (size_t task = 0; task < SENSITIVITY_TASKS; task++) {
        const struct effect *effect = effect_at(sensitivity, place, task, group);
        sum.alone += effect->alone;
        sum.together += effect->together;
        sum.all += effect->all;
    }
    for (size_t task = 0; task < SENSITIVITY_TASKS; task++) {
        const struct effect *effect = effect_at(sensitivity, place, task, group);
        if (!(effect->all > 0))
            continue; /* it took no part */
        add_deviation(&first, 2 * effect->alone, effect->all, 2 * sum.alone / sum.all);
        add_deviation(&total, effect->together, effect->all, sum.together / sum.all);
    }
    figure->first_order[input] = share(2 * sum.alone / sum.all);
    figure->total_order[input] = fmax(share(sum.together / sum.all), figure->first_order[input]);
    figure->first_se[input] = error_of(&first, sum.all);
    figure->total_se[input] = error_of(&total, sum.all);
}

/* No part of a constant output's variance is anyone's. */
static void clear_indices(const struct engine_job *job, struct engine_figure *figure)
{
    for (size_t i = 0; i < job->input_count; i++)
        figure->first_order[i] = figure->total_order[i] = figure->sd > 0 ? 0 : NAN;
}

traincost_status sensitivity_find(const struct plan *plan, const struct benches *benches,
                                  struct engine_answer *answer, traincost_error *error)
{
    const struct engine_job *job = plan->job;
    struct sensitivity sensitivity = {.plan = plan};
    size_t analysed = 0, place = 0;
    for (size_t j = 0; j < job->output_count; j++)
        analysed += plan_analyses(job, j);
    size_t effects = SENSITIVITY_TASKS * plan->draw_count * analysed;
    sensitivity.effects = calloc(effects + 1, sizeof *sensitivity.effects);
    if (!sensitivity.effects)
        return error_no_memory(error);
    sensitivity_task(&benches->all[0], &sensitivity, 0);
    sensitivity.first_task = 1;
    threads_run(benches->count, benches->all, sizeof *benches->all, sensitivity_task, &sensitivity,
                SENSITIVITY_TASKS - 1);
    for (size_t j = 0; j < job->output_count; j++) {
        if (!plan_analyses(job, j))
            continue;
        clear_indices(job, &answer->figures[j]);
        for (size_t d = 0; d < analysed_draws(plan) && answer->figures[j].sd > 0; d++)
            set_indices(&sensitivity, d, place, &answer->figures[j]);
        place++;
    }
    free(sensitivity.effects);
    return TRAINCOST_OK;
}
