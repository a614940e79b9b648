/* All replicates at one number of points, and at more points later. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan.h"

#include "engine/threads.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the search for scales that hold every quantile; the last spreads so wide that it holds anything. */
enum { LAST_ATTEMPT = 6 };

/* What the replicates counted is kept where no more than that many statistics are: those of 32 outputs, 4 MB.
 */
enum { MOST_KEPT = 32 * REPLICATES };

double *run_row(const struct run *run, size_t replicate, size_t output)
{
    return run->replicates + (replicate * run->plan->job->output_count + output) * run->stride;
}

void run_free(struct run *run)
{
    free(run->kept);
    free(run->replicates);
    free(run->around);
    pthread_mutex_destroy(&run->lock);
}

traincost_status run_init(struct run *run, const struct plan *plan, struct stats *total, traincost_error *error)
{
    size_t out = plan->job->output_count;
    *run =
        (struct run){.plan = plan, .total = total, .stride = ROW_QUANTILES + plan->job->settings.level_count};
    if (pthread_mutex_init(&run->lock, NULL) != 0)
        return error_no_memory(error);
    run->replicates = calloc(REPLICATES * out * run->stride + 1, sizeof *run->replicates);
    run->around = calloc(3 * plan->job->settings.level_count + 1, sizeof *run->around);
    bool keeps = plan->job->settings.tolerance > 0 && REPLICATES * plan->slot_count <= MOST_KEPT;
    if (keeps)
        run->kept = calloc(REPLICATES * plan->slot_count + 1, sizeof *run->kept);
    if (run->replicates && run->around && (run->kept || !keeps))
        return TRAINCOST_OK;
    run_free(run);
    return error_no_memory(error);
}

static void reset(const struct plan *plan, struct stats *stats)
{
    for (size_t j = 0; j < plan->job->output_count; j++)
        if (plan_asks(plan->job, j))
            stats_reset(plan_stats(plan, stats, j), &plan->scales[j]);
}

/* Its own figures, from which the errors follow; whether its quantiles lie between the end bins. */
static bool keep_own_figures(const struct plan *plan, const struct stats *stats, size_t output, double *row)
{
    const struct engine_settings *settings = &plan->job->settings;
    const struct stats_scale *scale = &plan->scales[output];
    if (!plan_finds_errors(plan))
        return isnan(stats->sum) || stats->least == stats->most ||
               plan_holds(plan, stats->counts[0], stats->counts[STATS_BINS - 1]);
    row[ROW_MEAN] = stats_mean(stats, scale);
    return stats_quantiles(stats, scale, settings->levels, settings->level_count, row + ROW_QUANTILES);
}

/* What a replicate leaves behind: its own figures, and its counts in the total. */
static void keep_replicate(struct bench *bench, struct run *run, size_t replicate)
{
    const struct plan *plan = run->plan;
    for (size_t j = 0; j < plan->job->output_count; j++) {
        if (!plan_asks(plan->job, j))
            continue;
        double *row = run_row(run, replicate, j);
        const struct stats *stats = plan_stats(plan, bench->stats, j);
        row[ROW_SUM] = stats->sum;
        row[ROW_SQUARES] = stats->squares;
        if (!keep_own_figures(plan, stats, j, row)) {
            pthread_mutex_lock(&run->lock);
            run->inside = plan->scales[j].holds = false;
            pthread_mutex_unlock(&run->lock);
        }
    }
    pthread_mutex_lock(&run->lock);
    for (size_t j = 0; j < plan->job->output_count; j++)
        if (plan_asks(plan->job, j))
            plan->kernels.merge(plan_stats(plan, run->total, j), &plan->scales[j],
                                plan_stats(plan, bench->stats, j));
    pthread_mutex_unlock(&run->lock);
}

static void count_block(struct bench *bench, size_t n)
{
    const struct plan *plan = bench->plan;
    bench_evaluate(bench, n, bench->outputs);
    for (size_t j = 0; j < plan->job->output_count; j++)
        if (plan_asks(plan->job, j))
            plan->kernels.statistics(plan_stats(plan, bench->stats, j), &plan->scales[j], bench->outputs[j], n);
    if (n == STRATA)
        rotation_add(bench);
}

static size_t capped_replicates(uint64_t n, size_t most)
{
    return n < most ? (size_t)n : most;
}

/* Counts into the statistics that the replicate keeps, from its first new point on. Else into the bench's,
 * which it leaves cleared, as it found them: the next run may have other scales. */
/* In steps that a person sees. */
static void tell_progress(struct run *run, size_t n)
{
    const double step = 0.005;
    const struct engine_settings *settings = &run->plan->job->settings;
    if (!settings->progress)
        return;
    pthread_mutex_lock(&run->lock);
    run->counted += n;
    double done = (double)run->counted / (double)(run->plan->points - run->done) / (double)REPLICATES;
    double share = settings->tolerance > 0 ? 0.5 * (1 - run->earlier) : 1; /* more points may be needed */
    done = run->earlier + share * (done < 1 ? done : 1);
    if (done >= run->told + step || done >= 1) {
        run->told = done;
        settings->progress(settings->progress_context, done);
    }
    pthread_mutex_unlock(&run->lock);
}

static void run_replicate(void *place, void *context, size_t replicate)
{
    struct bench *bench = place;
    struct run *run = context;
    const struct plan *plan = run->plan;
    struct stats *own = bench->stats;
    if (run->kept)
        bench->stats = run->kept + replicate * plan->slot_count;
    else
        reset(plan, own); /* of nothing the extremes are infinite, and not 0 */
    bench_start(bench, replicate, plan->draw_count, plan->points);
    bench_stratify(bench);
    for (uint64_t first = run->done; first < plan->points; first += plan->batch) {
        size_t n = capped_replicates(plan->points - first, plan->batch);
        bench_sample(bench, 0, first, n, bench->columns);
        for (size_t at = 0; at < n; at += ENGINE_BLOCK) {
            bench_turn_to(bench, at);
            count_block(bench, capped_replicates(n - at, ENGINE_BLOCK));
        }
        tell_progress(run, n);
    }
    bench_turn_to(bench, 0);
    keep_replicate(bench, run, replicate);
    bench->stats = own;
    if (!run->kept)
        reset(plan, own);
}

/* The sums again, in the order of the replicates: threads merged them in the order of their arrival. */
static void settle_sums(struct run *run)
{
    for (size_t j = 0; j < run->plan->job->output_count; j++) {
        if (!plan_asks(run->plan->job, j))
            continue;
        struct stats *total = plan_stats(run->plan, run->total, j);
        total->sum = total->squares = 0;
        for (size_t r = 0; r < REPLICATES; r++) {
            total->sum += run_row(run, r, j)[ROW_SUM];
            total->squares += run_row(run, r, j)[ROW_SQUARES];
        }
    }
}

/* ---- the pilot ---- */

/* Blocks of the pilot come from the replicates in turn. One block stays where the model put it. */
static void run_pilot(struct bench *bench, size_t blocks, double **pilot)
{
    const struct plan *plan = bench->plan;
    for (size_t b = 0; b < blocks; b++) {
        uint64_t first = b / REPLICATES * ENGINE_BLOCK;
        bench_start(bench, b % REPLICATES, plan->draw_count, first + ENGINE_BLOCK);
        bench_sample(bench, 0, first, ENGINE_BLOCK, bench->columns);
        bench_evaluate(bench, ENGINE_BLOCK, bench->outputs);
        for (size_t j = 0; blocks > 1 && j < plan->job->output_count; j++)
            if (plan_asks(plan->job, j))
                memcpy(pilot[j] + b * ENGINE_BLOCK, bench->outputs[j], ENGINE_BLOCK * sizeof **pilot);
    }
}

/* Columns of the outputs that are asked for: the bench's own for one block. */
static double **make_pilot(const struct plan *plan, struct bench *bench, size_t blocks)
{
    size_t out = plan->job->output_count, size = blocks > 1 ? blocks * ENGINE_BLOCK : 0;
    double **columns = calloc(out + 1, sizeof *columns);
    double *memory = calloc(out * size + 1, sizeof *memory);
    if (!columns || !memory) {
        free(columns);
        free(memory);
        return NULL;
    }
    for (size_t j = 0; j < out; j++)
        columns[j] = blocks > 1 ? memory + j * size : bench->outputs[j];
    columns[out] = memory;
    return columns;
}

/* The first attempt fits any usual output; later ones, for those that it does not, look at more samples, and the last
 * ones spread wider. */
static traincost_status fit_scales(struct plan *plan, struct bench *bench, int attempt, traincost_error *error)
{
    const struct engine_settings *settings = &plan->job->settings;
    size_t blocks = (size_t)1 << (attempt < 2 ? 4 * attempt : 8), size = blocks * ENGINE_BLOCK;
    double **pilot = make_pilot(plan, bench, blocks);
    if (!pilot)
        return error_no_memory(error);
    run_pilot(bench, blocks, pilot);
    double lowest = 0.05, highest = 0.95;
    if (settings->level_count) {
        lowest = fmin(lowest, settings->levels[0]);
        highest = fmax(highest, settings->levels[settings->level_count - 1]);
    }
    for (size_t j = 0; j < plan->job->output_count; j++)
        if (plan_asks(plan->job, j) && !plan->scales[j].holds) {
            stats_scale_fit(&plan->scales[j], pilot[j], size, lowest, highest,
                            ldexp(1, attempt < 3 ? 0 : 3 * (attempt - 2)), plan->kernels.sort);
            plan->scales[j].holds = true;
        }
    free(pilot[plan->job->output_count]);
    free(pilot);
    return TRAINCOST_OK;
}

/* New scales, after what was counted on the former ones is cleared. */
static traincost_status begin_anew(struct run *run, struct plan *plan, struct bench *bench,
                                   traincost_error *error)
{
    for (size_t r = 0; run->kept && r < REPLICATES; r++)
        reset(plan, run->kept + r * plan->slot_count);
    return fit_scales(plan, bench, run->attempt, error);
}

/* Again on wider scales where a quantile fell outside. A block that is begun cannot be continued. */
traincost_status run_all(struct run *run, struct plan *plan, struct benches *benches, traincost_error *error)
{
    for (;; run->attempt++, run->done = 0) {
        reset(plan, run->total);
        traincost_status status = run->done ? TRAINCOST_OK : begin_anew(run, plan, &benches->all[0], error);
        if (status != TRAINCOST_OK)
            return status;
        run->inside = true;
        run->counted = 0;
        threads_run(benches->count, benches->all, sizeof *benches->all, run_replicate, run, REPLICATES);
        if (run->inside || run->attempt == LAST_ATTEMPT)
            break;
    }
    settle_sums(run);
    run->done = run->kept && plan->points % ENGINE_BLOCK == 0 ? plan->points : 0;
    return TRAINCOST_OK;
}
