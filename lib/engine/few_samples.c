/* A run of so few samples that whole columns of them fit the cache: those of laws that were met before are read, not
 * drawn, and no error is asked for. The figures have the bits of any other run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/few_samples.h"

#include "engine/sample_cache.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST_POINTS = ENGINE_BLOCK, MOST_POINTS = 2 * ENGINE_BLOCK };

struct few {
    struct plan *plan;
    struct sample_cache *cache;
    struct bench bench;
    struct stats *total;    /* by slot */
    const double **columns; /* by input; NULL where it is constant */
    double *sums;           /* two a slot */
    bool inside;
};

bool few_fits(const struct plan *plan)
{
    const struct engine_settings *settings = &plan->job->settings;
    return settings->cache && !settings->pseudo_random && !settings->sensitivity && !settings->keep &&
           !(settings->tolerance > 0) && settings->bins == 0 && plan->job->correlation_count == 0 &&
           plan->points >= LEAST_POINTS && plan->points <= MOST_POINTS && !plan->stratified;
}

/* ---- memory ---- */

static void place_few(struct few *few, struct pages *pages)
{
    bench_place(&few->bench, pages);
    few->total = pages_take(pages, few->plan->slot_count, sizeof *few->total);
    few->sums = pages_take(pages, 2 * few->plan->slot_count, sizeof *few->sums);
    few->columns = pages_take(pages, few->plan->job->input_count, sizeof *few->columns);
}

static traincost_status few_ready(struct few *few, traincost_error *error)
{
    struct pages pages = {0};
    few->plan->batch = ENGINE_BLOCK;
    traincost_status status = bench_init(&few->bench, few->plan, error);
    if (status)
        return status;
    place_few(few, &pages);
    pages.memory = pages.next = sample_cache_memory(few->cache, pages.size);
    if (!pages.memory || !sample_cache_begin(few->cache, few->plan, plan_places(few->plan)))
        return error_no_memory(error);
    place_few(few, &pages);
    memset(few->total, 0, few->plan->slot_count * sizeof *few->total);
    bench_ready(&few->bench);
    return TRAINCOST_OK;
}

/* ---- samples ---- */

static void take_sample_columns(struct few *few)
{
    const struct plan *plan = few->plan;
    for (size_t i = 0; i < plan->job->input_count; i++)
        few->columns[i] = NULL;
    for (size_t d = 0; d < plan->draw_count; d++)
        for (size_t m = 0; m < plan->draws[d].count; m++) {
            size_t input = plan->draws[d].inputs[m];
            few->columns[input] = sample_cache_column(few->cache, plan, d, input, few->bench.u);
        }
}

/* The outputs of the block that begins at sample `at` of the columns. */
static void evaluate_at(struct few *few, size_t at, size_t n)
{
    for (size_t i = 0; i < few->plan->job->input_count; i++)
        if (few->columns[i])
            few->bench.inputs[i] = few->columns[i] + at;
    bench_evaluate(&few->bench, n, few->bench.outputs);
}

/* As the first attempt of any run: one block is the pilot. */
static void fit_few_scales(struct few *few)
{
    const struct engine_settings *settings = &few->plan->job->settings;
    double lowest = 0.05, highest = 0.95;
    if (settings->level_count) {
        lowest = fmin(lowest, settings->levels[0]);
        highest = fmax(highest, settings->levels[settings->level_count - 1]);
    }
    evaluate_at(few, 0, ENGINE_BLOCK);
    for (size_t j = 0; j < few->plan->job->output_count; j++)
        if (plan_asks(few->plan->job, j))
            stats_scale_fit(&few->plan->scales[j], few->bench.outputs[j], ENGINE_BLOCK, lowest, highest, 1,
                            few->plan->kernels.sort);
}

/* ---- counting ---- */

/* The sums are those of each replicate, added in their order. */
static void end_replicate(struct few *few, size_t output, uint64_t first, uint64_t last)
{
    struct stats *total = plan_stats(few->plan, few->total, output);
    double *sums = few->sums + 2 * few->plan->slots[output];
    sums[0] += total->sum;
    sums[1] += total->squares;
    total->sum = total->squares = 0;
    few->inside &= plan_holds(few->plan, total->counts[0] - first, total->counts[STATS_BINS - 1] - last);
}

static void count_replicate(struct few *few, size_t replicate, uint64_t *ends)
{
    const struct plan *plan = few->plan;
    for (uint64_t at = 0; at < plan->points; at += ENGINE_BLOCK) {
        size_t n = plan->points - at < ENGINE_BLOCK ? (size_t)(plan->points - at) : ENGINE_BLOCK;
        evaluate_at(few, (size_t)(replicate * plan->points + at), n);
        for (size_t j = 0; j < plan->job->output_count; j++)
            if (plan_asks(plan->job, j))
                plan->kernels.statistics(plan_stats(plan, few->total, j), &plan->scales[j], few->bench.outputs[j], n);
    }
    for (size_t j = 0; j < plan->job->output_count; j++) {
        if (!plan_asks(plan->job, j))
            continue;
        const struct stats *total = plan_stats(plan, few->total, j);
        uint64_t *end = ends + 2 * plan->slots[j];
        end_replicate(few, j, end[0], end[1]);
        end[0] = total->counts[0];
        end[1] = total->counts[STATS_BINS - 1];
    }
}

static bool count_all(struct few *few)
{
    const struct plan *plan = few->plan;
    uint64_t *ends = calloc(2 * plan->slot_count + 1, sizeof *ends);
    if (!ends)
        return false;
    few->inside = true;
    for (size_t j = 0; j < plan->job->output_count; j++)
        if (plan_asks(plan->job, j)) {
            stats_clear(plan_stats(plan, few->total, j));
            few->sums[2 * plan->slots[j]] = few->sums[2 * plan->slots[j] + 1] = 0;
        }
    for (size_t r = 0; r < REPLICATES; r++)
        count_replicate(few, r, ends);
    free(ends);
    return true;
}

static void set_few_figures(struct few *few, struct engine_answer *answer)
{
    const struct plan *plan = few->plan;
    const struct engine_settings *settings = &plan->job->settings;
    for (size_t j = 0; j < plan->job->output_count; j++) {
        if (!plan_asks(plan->job, j))
            continue;
        struct stats *total = plan_stats(plan, few->total, j);
        struct engine_figure *figure = &answer->figures[j];
        total->sum = few->sums[2 * plan->slots[j]];
        total->squares = few->sums[2 * plan->slots[j] + 1];
        figure->mean = stats_mean(total, &plan->scales[j]);
        figure->sd = stats_sd(total);
        figure->mean_se = figure->sd_se = NAN;
        stats_quantiles(total, &plan->scales[j], settings->levels, settings->level_count, figure->quantile);
        for (size_t q = 0; q < settings->level_count; q++)
            figure->quantile_se[q] = NAN;
    }
    answer->samples = (double)plan->points * (double)REPLICATES;
}

traincost_status few_run(struct plan *plan, struct engine_answer *answer, bool *done, traincost_error *error)
{
    struct few few = {.plan = plan, .cache = plan->job->settings.cache};
    const size_t batch = plan->batch;
    *done = false;
    traincost_status status = few_ready(&few, error);
    if (status == TRAINCOST_OK)
        status = plan_order(plan, &few.bench, answer, error);
    if (status == TRAINCOST_OK) {
        take_sample_columns(&few);
        fit_few_scales(&few);
        status = count_all(&few) ? TRAINCOST_OK : error_no_memory(error);
    }
    if (status == TRAINCOST_OK && few.inside) {
        set_few_figures(&few, answer);
        *done = true;
    }
    plan->batch = batch;
    bench_free(&few.bench);
    return status;
}
