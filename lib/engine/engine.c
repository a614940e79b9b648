/* The way in: a job becomes a plan, the plan replicates, the replicates figures. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/closed_form.h"
#include "engine/few_samples.h"
#include "engine/plan.h"

#include <stdlib.h>

/* A spread of 16 values is itself uncertain. By Student's t with 15 degrees of freedom this factor leaves 5 %
 * of the figures more than 2 printed errors from the truth. */
static const double spread_factor = 1.0655;

/* The mean of a skewed output rests on its few largest values, so that the means of replicates are skewed too:
 * the factor of a spread is too small for some of them, which lie within two errors in 90 % of runs. */
static const double mean_factor = 1.2;

/* A standard deviation rests on still fewer: with the factor of a spread it lies within two errors in 85 to 95 % of runs. */
static const double deviation_factor = 1.5;

static const double most_samples = 1e10;

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
    benches->count = threads < 1 ? 1 : threads > REPLICATES ? REPLICATES : (size_t)threads;
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
    return spread_factor * sqrt(sum / (REPLICATES - 1) / (double)REPLICATES);
}

/* The standard error of the standard deviation, from the replicates' variances about the mean of all: to first order its
 * relative error is half of theirs. And that of one sample more or less, by which independent ones would be corrected. */
static double deviation_error(const struct run *run, size_t output, const struct engine_figure *figure)
{
    const double points = (double)run->plan->points;
    const double centre = (figure->mean - run->plan->scales[output].about) / figure->sd;
    double sum = 0;
    if (!(figure->sd > 0))
        return 0;
    for (size_t r = 0; r < REPLICATES; r++) {
        const double *row = run_row(run, r, output);
        double first = row[ROW_SUM] / points / figure->sd, second = row[ROW_SQUARES] / points / figure->sd / figure->sd;
        double d = second - 2 * centre * first + centre * centre - 1;
        sum += d * d;
    }
    double error = deviation_factor * 0.5 * sqrt(sum / (REPLICATES - 1) / (double)REPLICATES);
    return figure->sd * hypot(error, 0.5 / (points * (double)REPLICATES));
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

static void set_errors(struct run *run, size_t output, struct engine_figure *figure)
{
    const struct stats *total = plan_stats(run->plan, run->total, output);
    const double *grains = find_grains(run, total, &run->plan->scales[output]);
    figure->mean_se = mean_factor * spread(run, output, ROW_MEAN, figure->mean);
    figure->sd_se = deviation_error(run, output, figure);
    for (size_t q = 0; q < run->plan->job->settings.level_count; q++)
        figure->quantile_se[q] = hypot(spread(run, output, ROW_QUANTILES + q, figure->quantile[q]), grains[q]);
}

static void set_figure(struct run *run, size_t output, struct engine_figure *figure)
{
    const struct engine_settings *settings = &run->plan->job->settings;
    const struct stats *total = plan_stats(run->plan, run->total, output);
    const struct stats_scale *scale = &run->plan->scales[output];
    figure->mean = stats_mean(total, scale);
    figure->mean_se = figure->sd_se = NAN;
    figure->sd = stats_sd(total);
    stats_quantiles(total, scale, settings->levels, settings->level_count, figure->quantile);
    figure->bins = stats_histogram(total, scale, settings->bins, figure->bin_edge, figure->bin_share);
    for (size_t q = 0; q < settings->level_count; q++)
        figure->quantile_se[q] = NAN;
    if (plan_finds_errors(run->plan))
        set_errors(run, output, figure);
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

/* Errors fall at best as 1 / points, so a jump of that size does not overshoot. In whole blocks, which can be
 * continued. */
static uint64_t more_points(uint64_t points, double missing)
{
    double most = ceil(most_samples / (double)REPLICATES), next = (double)points;
    do
        next *= 2;
    while (next < most && 2 * next <= missing * (double)points);
    return (uint64_t)(ceil(fmin(next, most) / (double)ENGINE_BLOCK) * (double)ENGINE_BLOCK);
}

static void keep_counts(const struct run *run, struct engine_answer *answer)
{
    for (size_t j = 0; j < run->plan->job->output_count; j++)
        if (plan_asks(run->plan->job, j)) {
            answer->counts[j] =
                (struct engine_count){*plan_stats(run->plan, run->total, j), run->plan->scales[j]};
            answer->figures[j].count = &answer->counts[j];
        }
}

/* By bisection of the quantiles, so that both tell the same. */
double engine_probability(const struct engine_figure *figure, double value)
{
    enum { STEPS = 52 };
    const struct engine_count *count = figure->count;
    if (figure->closed)
        return closed_form_probability(figure, value);
    double low = 0, high = 1, quantile;
    if (!count || isnan(value))
        return NAN;
    if (value < count->stats.least || value >= count->stats.most)
        return value >= count->stats.most;
    for (int step = 0; step < STEPS; step++) {
        double middle = 0.5 * (low + high);
        stats_quantiles(&count->stats, &count->scale, &middle, 1, &quantile);
        low = quantile <= value ? middle : low;
        high = quantile <= value ? high : middle;
    }
    return low;
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
        answer->samples = (double)plan->points * (double)REPLICATES;
        double missing = job->settings.tolerance > 0 ? excess(job, answer->figures) : 0;
        if (!(missing > 1) || answer->samples >= most_samples)
            break;
        plan->points = more_points(plan->points, missing);
        run.earlier = 0.5 * (1 + run.earlier);
    }
    if (status == TRAINCOST_OK && job->settings.tolerance > 0 && job->settings.progress)
        job->settings.progress(job->settings.progress_context, 1);
    if (status == TRAINCOST_OK && job->settings.keep)
        keep_counts(&run, answer);
    run_free(&run);
    return status;
}

/* ---- the whole ---- */

/* Of each replicate. */
static uint64_t points_of(const struct engine_job *job)
{
    return (uint64_t)fmax(1, ceil(job->settings.samples / (double)REPLICATES));
}

/* Cuts the numbers into what a figure points to. */
static void place_figure(const struct engine_job *job, size_t output, double **next,
                         struct engine_figure *figure)
{
    double **const parts[] = {&figure->quantile,    &figure->quantile_se, &figure->low,      &figure->high,
                              &figure->first_order, &figure->total_order, &figure->first_se, &figure->total_se};
    const bool swings = output + job->plain < job->output_count, analysed = plan_analyses(job, output);
    const bool wanted[] = {true, true, swings, swings, analysed, analysed, analysed, analysed};
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        if (!wanted[p])
            continue;
        *parts[p] = *next;
        *next += p < 2 ? job->settings.level_count : job->input_count;
    }
    figure->bin_edge = *next;
    figure->bin_share = *next + job->settings.bins + 1;
    *next += 2 * job->settings.bins + 1;
    for (size_t i = 0; swings && i < job->input_count; i++)
        figure->low[i] = figure->high[i] = NAN;
}

/* As many as place_figure hands out. */
static size_t figure_numbers(const struct engine_job *job, size_t output)
{
    size_t swings = output + job->plain < job->output_count ? 2 : 0, indices = plan_analyses(job, output) ? 4 : 0,
           by_input = swings + indices;
    return 2 * job->settings.level_count + 2 * job->settings.bins + 1 + by_input * job->input_count;
}

static traincost_status answer_init(struct engine_answer *answer, const struct engine_job *job,
                                    traincost_error *error)
{
    size_t numbers = 0;
    for (size_t j = 0; j < job->output_count; j++)
        numbers += figure_numbers(job, j);
    *answer = (struct engine_answer){0};
    answer->figures = calloc(job->output_count + 1, sizeof *answer->figures);
    answer->numbers = calloc(numbers + 1, sizeof *answer->numbers);
    if (job->settings.keep)
        answer->counts = calloc(job->output_count + 1, sizeof *answer->counts);
    if (!answer->figures || !answer->numbers || (job->settings.keep && !answer->counts))
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
    free(answer->counts);
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
    if (status == TRAINCOST_OK && plan->slot_count)
        status = run_to_tolerance(plan, &benches, answer, error);
    if (status == TRAINCOST_OK && plan->slot_count && plan->job->settings.sensitivity)
        status = sensitivity_find(plan, &benches, answer, error);
    benches_free(&benches);
    return status;
}

/* Where nothing is sampled, the swings alone are left to be found. */
static traincost_status run_sampled(const struct engine_job *job, struct engine_answer *answer, traincost_error *error)
{
    struct plan plan;
    bool done = false;
    traincost_status status = plan_init(&plan, job, points_of(job), error);
    if (status == TRAINCOST_OK && plan.slot_count == 0)
        plan.stratified = false;
    else if (status == TRAINCOST_OK && few_fits(&plan))
        status = few_run(&plan, answer, &done, error);
    if (status == TRAINCOST_OK && !done)
        status = run_with_benches(&plan, answer, error);
    plan_free(&plan);
    return status;
}

static traincost_status run_job_parts(const struct engine_job *job, struct engine_answer *answer,
                                      traincost_error *error)
{
    struct engine_job rest = *job;
    bool *sampled = calloc(job->output_count + 1, sizeof *sampled), any = false;
    if (!sampled)
        return error_no_memory(error);
    answer->samples = (double)points_of(job) * (double)REPLICATES;
    traincost_status status = closed_form_find(job, answer->samples, answer->figures, sampled, error);
    rest.asked = sampled;
    for (size_t j = 0; j < job->output_count; j++)
        any |= sampled[j];
    if (status == TRAINCOST_OK && (any || !job->settings.cache))
        status = run_sampled(&rest, answer, error);
    free(sampled);
    return status;
}

traincost_status engine_run(const struct engine_job *job, struct engine_answer *answer, traincost_error *error)
{
    traincost_status status = answer_init(answer, job, error);
    if (status == TRAINCOST_OK)
        status = run_job_parts(job, answer, error);
    if (status != TRAINCOST_OK)
        engine_answer_free(answer);
    return status;
}
