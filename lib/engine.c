#include "plan.h"

#include "crew.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Independent randomisations of the point set. Their spread gives the standard errors, so there must be
 * enough of them to know a spread; more would leave less to each point set. */
enum { REPLICATES = 16 };

/* A spread of 16 values is itself uncertain. By Student's t with 15 degrees of freedom this factor leaves 5 %
 * of the figures more than 2 printed errors from the truth. */
static const double spread_factor = 1.0655;

/* The mean of a skewed output rests on its few largest values, so that the means of replicates are skewed too:
 * the factor of a spread is too small for some of them, which lie within two errors in 90 % of runs. */
static const double mean_factor = 1.2;

static const double most_samples = 1e10;

/* Of the search for scales that hold every quantile; the last spreads so wide that it holds anything. */
enum { LAST_ATTEMPT = 6 };

_Static_assert((int)ENGINE_BLOCK == (int)STRATA, "a block has a point in each stratum");

/* ---- the benches of all threads ---- */

static void benches_free(struct benches *benches)
{
    for (size_t i = 0; benches->all && i < benches->count; i++)
        bench_free(&benches->all[i]);
    free(benches->all);
    pages_free(&benches->pages);
}

static void place_all(struct benches *benches, struct plan *plan)
{
    plan_place(plan, &benches->pages);
    benches->total = pages_take(&benches->pages, plan->slot_count, sizeof *benches->total);
    for (size_t i = 0; i < benches->count; i++)
        bench_place(&benches->all[i], &benches->pages);
}

static traincost_status benches_init(struct benches *benches, struct plan *plan, traincost_error *error)
{
    int threads = plan->job->settings.threads;
    *benches = (struct benches){0};
    benches->count = threads < 1 ? 1 : threads > CREW_MOST ? CREW_MOST : (size_t)threads;
    benches->all = calloc(benches->count, sizeof *benches->all);
    traincost_status status = benches->all ? TRAINCOST_OK : error_no_memory(error);
    for (size_t i = 0; status == TRAINCOST_OK && i < benches->count; i++)
        status = bench_init(&benches->all[i], plan, error);
    if (status == TRAINCOST_OK) {
        place_all(benches, plan);
        status = pages_get(&benches->pages) ? TRAINCOST_OK : error_no_memory(error);
    }
    if (status != TRAINCOST_OK) {
        benches_free(benches);
        return status;
    }
    place_all(benches, plan);
    plan_make_strata(plan);
    for (size_t i = 0; i < benches->count; i++)
        bench_ready(&benches->all[i]);
    return TRAINCOST_OK;
}

static void share_out(const struct benches *benches, crew_task *task, void *context, size_t count)
{
    crew_run(benches->count, benches->all, sizeof *benches->all, task, context, count);
}

/* ---- a run: all replicates at one number of points ---- */

struct run {
    const struct plan *plan;
    pthread_mutex_t lock; /* of total and inside */
    struct stats *total;  /* by slot */
    bool inside;          /* every quantile of every replicate lay in the binned range */
    double *replicates;   /* by replicate and output: sum, squares, mean, quantiles */
    double *around;       /* levels, and quantiles at them */
    size_t stride;        /* numbers of one output */
};

enum { ROW_SUM, ROW_SQUARES, ROW_MEAN, ROW_QUANTILES };

static double *run_row(const struct run *run, size_t replicate, size_t output)
{
    return run->replicates + (replicate * run->plan->job->output_count + output) * run->stride;
}

static void run_free(struct run *run)
{
    free(run->replicates);
    free(run->around);
    pthread_mutex_destroy(&run->lock);
}

static traincost_status run_init(struct run *run, const struct plan *plan, struct stats *total,
                                 traincost_error *error)
{
    size_t out = plan->job->output_count;
    *run =
        (struct run){.plan = plan, .total = total, .stride = ROW_QUANTILES + plan->job->settings.level_count};
    if (pthread_mutex_init(&run->lock, NULL) != 0)
        return error_no_memory(error);
    run->replicates = calloc(REPLICATES * out * run->stride + 1, sizeof *run->replicates);
    run->around = calloc(3 * plan->job->settings.level_count + 1, sizeof *run->around);
    if (run->replicates && run->around)
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

/* What a replicate leaves behind: its own figures, and its counts in the total. */
static void keep_replicate(struct bench *bench, struct run *run, size_t replicate)
{
    const struct plan *plan = run->plan;
    const struct engine_settings *settings = &plan->job->settings;
    bool inside = true;
    for (size_t j = 0; j < plan->job->output_count; j++) {
        if (!plan_asks(plan->job, j))
            continue;
        double *row = run_row(run, replicate, j);
        const struct stats *stats = plan_stats(plan, bench->stats, j);
        row[ROW_SUM] = stats->sum;
        row[ROW_SQUARES] = stats->squares;
        row[ROW_MEAN] = stats_mean(stats, &plan->scales[j]);
        inside &= stats_quantiles(stats, &plan->scales[j], settings->levels, settings->level_count,
                                  row + ROW_QUANTILES);
    }
    pthread_mutex_lock(&run->lock);
    run->inside &= inside;
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

static size_t at_most(uint64_t n, size_t most)
{
    return n < most ? (size_t)n : most;
}

/* It leaves the statistics cleared, as it found them: the next run may have other scales. */
static void run_replicate(void *place, void *context, size_t replicate)
{
    struct bench *bench = place;
    struct run *run = context;
    const struct plan *plan = run->plan;
    bench_start(bench, replicate, plan->draw_count, plan->points);
    bench_stratify(bench);
    reset(plan, bench->stats);
    for (uint64_t first = 0; first < plan->points; first += plan->batch) {
        size_t n = at_most(plan->points - first, plan->batch);
        bench_sample(bench, 0, first, n, bench->columns);
        for (size_t at = 0; at < n; at += ENGINE_BLOCK) {
            bench_turn_to(bench, at);
            count_block(bench, at_most(n - at, ENGINE_BLOCK));
        }
    }
    bench_turn_to(bench, 0);
    keep_replicate(bench, run, replicate);
    reset(plan, bench->stats);
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

/* The first attempt fits any usual output; later ones look at more samples, and the last ones spread wider. */
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
        if (plan_asks(plan->job, j))
            stats_scale_fit(&plan->scales[j], pilot[j], size, lowest, highest,
                            ldexp(1, attempt < 3 ? 0 : 3 * (attempt - 2)), plan->kernels.sort);
    free(pilot[plan->job->output_count]);
    free(pilot);
    return TRAINCOST_OK;
}

/* All replicates, again on wider scales where a quantile fell outside. */
static traincost_status run_all(struct run *run, struct plan *plan, struct benches *benches,
                                traincost_error *error)
{
    for (int attempt = 0;; attempt++) {
        reset(plan, run->total);
        traincost_status status = fit_scales(plan, &benches->all[0], attempt, error);
        if (status != TRAINCOST_OK)
            return status;
        reset(plan, run->total);
        run->inside = true;
        share_out(benches, run_replicate, run, REPLICATES);
        if (run->inside || attempt == LAST_ATTEMPT)
            break;
    }
    settle_sums(run);
    return TRAINCOST_OK;
}

/* ---- figures ---- */

/* The standard error of a figure whose values in the replicates stand in column `number` of the rows. Their
 * distances are taken from the figure itself, which counts what bias a small replicate has. */
static double spread(const struct run *run, size_t output, size_t number, double figure)
{
    double sum = 0;
    for (size_t r = 0; r < REPLICATES; r++) {
        double d = run_row(run, r, output)[number] - figure;
        sum += d * d;
    }
    return spread_factor * sqrt(sum / (REPLICATES - 1) / REPLICATES);
}

/* How far the quantiles move when one sample more or less lies below them. Where every replicate has
 * exactly its share of points below, as one dimension of Sobol' points has at a quarter or a half, their
 * spread is nil and this is what remains unknown. With several inputs it is negligible; where many values
 * are equal it is 0. */
static const double *find_grains(struct run *run, const struct stats *total, const struct stats_scale *scale)
{
    const struct engine_settings *settings = &run->plan->job->settings;
    const size_t n = settings->level_count;
    const double step = 1.0 / (double)total->counted;
    double *levels = run->around, *below = levels + n, *above = below + n;
    for (size_t q = 0; q < n; q++)
        levels[q] = fmax(settings->levels[q] - step, 0);
    stats_quantiles(total, scale, levels, n, below);
    for (size_t q = 0; q < n; q++)
        levels[q] = fmin(settings->levels[q] + step, 1);
    stats_quantiles(total, scale, levels, n, above);
    for (size_t q = 0; q < n; q++)
        above[q] = 0.5 * (above[q] - below[q]);
    return above;
}

static void set_figure(struct run *run, size_t output, struct engine_figure *figure)
{
    const struct engine_settings *settings = &run->plan->job->settings;
    const struct stats *total = plan_stats(run->plan, run->total, output);
    const struct stats_scale *scale = &run->plan->scales[output];
    figure->mean = stats_mean(total, scale);
    figure->mean_se = mean_factor * spread(run, output, ROW_MEAN, figure->mean);
    figure->sd = stats_sd(total);
    stats_quantiles(total, scale, settings->levels, settings->level_count, figure->quantile);
    const double *grains = find_grains(run, total, scale);
    for (size_t q = 0; q < settings->level_count; q++)
        figure->quantile_se[q] = hypot(spread(run, output, ROW_QUANTILES + q, figure->quantile[q]), grains[q]);
}

/* The largest relative error of a quantile over the tolerance. */
static double excess(const struct engine_job *job, const struct engine_figure *figures)
{
    double worst = 0;
    for (size_t j = 0; j < job->output_count; j++)
        for (size_t q = 0; q < job->settings.level_count; q++) {
            double allowed = job->settings.tolerance * fabs(figures[j].quantile[q]);
            double se = figures[j].quantile_se[q];
            if (se > 0)
                worst = fmax(worst, se / allowed);
        }
    return worst;
}

/* Errors fall at best as 1 / points, so a jump of that size does not overshoot. */
static uint64_t more_points(uint64_t points, double missing)
{
    double most = ceil(most_samples / REPLICATES), next = (double)points;
    do
        next *= 2;
    while (next < most && 2 * next <= missing * (double)points);
    return (uint64_t)fmin(next, most);
}

static traincost_status run_to_tolerance(struct plan *plan, struct benches *benches,
                                         struct engine_answer *answer, traincost_error *error)
{
    const struct engine_job *job = plan->job;
    struct run run;
    traincost_status status = run_init(&run, plan, benches->total, error);
    if (status != TRAINCOST_OK)
        return status;
    for (;;) {
        status = run_all(&run, plan, benches, error);
        if (status != TRAINCOST_OK)
            break;
        for (size_t j = 0; j < job->output_count; j++)
            if (plan_asks(job, j))
                set_figure(&run, j, &answer->figures[j]);
        answer->samples = (double)plan->points * REPLICATES;
        double missing = job->settings.tolerance > 0 ? excess(job, answer->figures) : 0;
        if (!(missing > 1) || answer->samples >= most_samples)
            break;
        plan->points = more_points(plan->points, missing);
    }
    run_free(&run);
    return status;
}

/* ---- the whole ---- */

/* Cuts the numbers into what a figure points to. */
static void place_figure(const struct engine_job *job, size_t output, double **next,
                         struct engine_figure *figure)
{
    double **const parts[] = {&figure->quantile, &figure->quantile_se, &figure->low,
                              &figure->high,     &figure->first_order, &figure->total_order};
    size_t count = plan_analyses(job, output) ? 6 : 4;
    for (size_t p = 0; p < count; p++) {
        *parts[p] = *next;
        *next += p < 2 ? job->settings.level_count : job->input_count;
    }
    for (size_t i = 0; i < job->input_count; i++)
        figure->low[i] = figure->high[i] = NAN;
}

static traincost_status answer_init(struct engine_answer *answer, const struct engine_job *job,
                                    traincost_error *error)
{
    size_t numbers = job->output_count * (2 * job->settings.level_count + 4 * job->input_count);
    *answer = (struct engine_answer){0};
    answer->figures = calloc(job->output_count + 1, sizeof *answer->figures);
    answer->numbers = calloc(numbers + 1, sizeof *answer->numbers);
    if (!answer->figures || !answer->numbers)
        return error_no_memory(error);
    double *next = answer->numbers;
    for (size_t j = 0; j < job->output_count; j++)
        place_figure(job, j, &next, &answer->figures[j]);
    return TRAINCOST_OK;
}

void engine_answer_free(struct engine_answer *answer)
{
    if (!answer)
        return;
    free(answer->figures);
    free(answer->numbers);
    *answer = (struct engine_answer){0};
}

static traincost_status run_with_benches(struct plan *plan, struct engine_answer *answer,
                                         traincost_error *error)
{
    struct benches benches;
    traincost_status status = benches_init(&benches, plan, error);
    if (status != TRAINCOST_OK)
        return status;
    status = plan_order(plan, &benches.all[0], answer, error);
    if (status == TRAINCOST_OK)
        status = run_to_tolerance(plan, &benches, answer, error);
    if (status == TRAINCOST_OK && plan->job->settings.sensitivity)
        status = sensitivity_find(plan, &benches, REPLICATES, answer, error);
    benches_free(&benches);
    return status;
}

traincost_status engine_run(const struct engine_job *job, struct engine_answer *answer, traincost_error *error)
{
    struct plan plan;
    traincost_status status = answer_init(answer, job, error);
    if (status == TRAINCOST_OK) {
        status = plan_init(&plan, job, (uint64_t)fmax(1, ceil(job->settings.samples / REPLICATES)), error);
        if (status == TRAINCOST_OK)
            status = run_with_benches(&plan, answer, error);
        plan_free(&plan);
    }
    if (status != TRAINCOST_OK)
        engine_answer_free(answer);
    return status;
}
