#include "engine.h"

#include "crew.h"
#include "sequence.h"
#include "stats.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* Independent randomisations of the point set. Their spread gives the standard errors, so there must be
 * enough of them to know a spread; more would leave less to each point set. */
enum { REPLICATES = 32 };

/* A spread of 32 values is itself uncertain. By Student's t with 31 degrees of freedom this factor leaves 4 %
 * of the figures more than 2 printed errors from the truth, and one in 6000 more than 4. */
static const double spread_factor = 1.08;

/* Sensitivity works on one point set, cut into tasks that the threads share. */
enum { SENSITIVITY_POINTS = 8192, SENSITIVITY_TASKS = 16, SENSITIVITY_INPUTS = 128 };

static const double most_samples = 1e10;

/* Of the search for scales that hold every quantile; the last spreads so wide that it holds anything. */
enum { LAST_ATTEMPT = 6 };

/* What all threads read. */
struct plan {
    const struct engine_job *job;
    struct sequence sequence;
    struct sampler *samplers; /* by input */
    double **tables;
    size_t *uncertain; /* inputs by dimension, widest first */
    size_t uncertain_count;
    uint64_t points;            /* of each replicate */
    struct stats_scale *scales; /* by output */
};

/* What one thread writes. */
struct bench {
    const struct plan *plan;
    double *memory;
    double *u;
    const double **inputs;
    double **columns, **spare;   /* by input; the spare ones are for sensitivity */
    double **outputs;            /* by output; four sets, of which all but the first are for sensitivity */
    struct sequence_line *lines; /* by dimension */
    struct stats *stats;         /* by output */
};

/* ---- the plan ---- */

struct ranked {
    double width;
    size_t input;
};

static int wider_first(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->width != y->width)
        return x->width < y->width ? 1 : -1;
    return x->input < y->input ? -1 : x->input > y->input;
}

/* An input that shares the draw of an uncertain one has no dimension of its own. */
static size_t leader_of(const struct engine_job *job, size_t input)
{
    size_t leader = job->leaders ? job->leaders[input] : input;
    return quantity_is_exact(&job->inputs[leader]) ? input : leader;
}

static traincost_status rank_inputs(struct plan *plan, traincost_error *error)
{
    const struct engine_job *job = plan->job;
    struct ranked *ranked = calloc(job->input_count + 1, sizeof *ranked);
    if (!ranked)
        return error_no_memory(error);
    size_t n = 0;
    for (size_t i = 0; i < job->input_count; i++)
        if (!quantity_is_exact(&job->inputs[i]) && leader_of(job, i) == i)
            ranked[n++] = (struct ranked){quantity_width(&job->inputs[i]), i};
    qsort(ranked, n, sizeof *ranked, wider_first);
    for (size_t d = 0; d < n; d++)
        plan->uncertain[d] = ranked[d].input;
    plan->uncertain_count = n;
    free(ranked);
    return TRAINCOST_OK;
}

static void plan_free(struct plan *plan)
{
    for (size_t i = 0; plan->tables && i < plan->job->input_count; i++)
        free(plan->tables[i]);
    free(plan->tables);
    free(plan->samplers);
    free(plan->uncertain);
    free(plan->scales);
}

static traincost_status plan_init(struct plan *plan, const struct engine_job *job, traincost_error *error)
{
    *plan = (struct plan){.job = job};
    plan->sequence = (struct sequence){(uint64_t)job->settings.seed, job->settings.pseudo_random};
    plan->samplers = calloc(job->input_count + 1, sizeof *plan->samplers);
    plan->tables = calloc(job->input_count + 1, sizeof *plan->tables);
    plan->uncertain = calloc(job->input_count + 1, sizeof *plan->uncertain);
    plan->scales = calloc(job->output_count + 1, sizeof *plan->scales);
    if (!plan->samplers || !plan->tables || !plan->uncertain || !plan->scales)
        return error_no_memory(error);
    for (size_t i = 0; i < job->input_count; i++) {
        traincost_status status = sampler_init(&plan->samplers[i], &job->inputs[i], &plan->tables[i], error);
        if (status != TRAINCOST_OK)
            return status;
    }
    return rank_inputs(plan, error);
}

/* ---- a thread's bench ---- */

static void bench_free(struct bench *bench)
{
    free(bench->memory);
    free(bench->inputs);
    free(bench->columns);
    free(bench->outputs);
    free(bench->lines);
    free(bench->stats);
}

static void fill_constants(struct bench *bench)
{
    const struct plan *plan = bench->plan;
    for (size_t i = 0; i < plan->job->input_count; i++)
        if (plan->samplers[i].law == SAMPLE_CONSTANT)
            sampler_fill(&plan->samplers[i], bench->u, bench->columns[i], ENGINE_BLOCK);
}

static traincost_status bench_init(struct bench *bench, const struct plan *plan, traincost_error *error)
{
    size_t in = plan->job->input_count, out = plan->job->output_count;
    *bench = (struct bench){.plan = plan};
    bench->memory = calloc((1 + 2 * in + 4 * out) * ENGINE_BLOCK, sizeof *bench->memory);
    bench->inputs = calloc(in + 1, sizeof *bench->inputs);
    bench->columns = calloc(2 * in + 1, sizeof *bench->columns);
    bench->outputs = calloc(4 * out + 1, sizeof *bench->outputs);
    bench->lines = calloc(2 * in + 1, sizeof *bench->lines);
    bench->stats = calloc(out + 1, sizeof *bench->stats);
    if (!bench->memory || !bench->inputs || !bench->columns || !bench->outputs || !bench->lines ||
        !bench->stats)
        return error_no_memory(error);
    double *next = bench->u = bench->memory;
    for (size_t i = 0; i < 2 * in; i++)
        bench->columns[i] = next += ENGINE_BLOCK;
    for (size_t j = 0; j < 4 * out; j++)
        bench->outputs[j] = next += ENGINE_BLOCK;
    for (size_t i = 0; i < in; i++)
        bench->inputs[i] = bench->columns[i];
    bench->spare = bench->columns + in;
    fill_constants(bench);
    return TRAINCOST_OK;
}

static void start_lines(struct bench *bench, uint64_t replicate, size_t dimensions, uint64_t points)
{
    for (size_t d = 0; d < dimensions; d++)
        sequence_start(&bench->lines[d], &bench->plan->sequence, replicate, d, points);
}

/* Samples of the uncertain inputs, from dimension `from` of the point set on, into `columns`. */
static void sample(struct bench *bench, size_t from, uint64_t first, size_t n, double **columns)
{
    const struct plan *plan = bench->plan;
    for (size_t d = 0; d < plan->uncertain_count; d++) {
        size_t input = plan->uncertain[d];
        sequence_fill(&bench->lines[from + d], first, n, bench->u);
        for (size_t i = input; i < plan->job->input_count; i++)
            if (i == input || leader_of(plan->job, i) == input)
                sampler_fill(&plan->samplers[i], bench->u, columns[i], n);
    }
}

static void evaluate(struct bench *bench, size_t n, double **outputs)
{
    const struct engine_job *job = bench->plan->job;
    job->evaluate(job->model, bench->inputs, n, outputs);
}

/* ---- the benches of all threads ---- */

struct benches {
    struct bench *all;
    size_t count;
};

static void benches_free(struct benches *benches)
{
    for (size_t i = 0; benches->all && i < benches->count; i++)
        bench_free(&benches->all[i]);
    free(benches->all);
}

static traincost_status benches_init(struct benches *benches, const struct plan *plan, traincost_error *error)
{
    int threads = plan->job->settings.threads;
    benches->count = threads < 1 ? 1 : threads > CREW_MOST ? CREW_MOST : (size_t)threads;
    benches->all = calloc(benches->count, sizeof *benches->all);
    traincost_status status = benches->all ? TRAINCOST_OK : error_no_memory(error);
    for (size_t i = 0; status == TRAINCOST_OK && i < benches->count; i++)
        status = bench_init(&benches->all[i], plan, error);
    if (status != TRAINCOST_OK)
        benches_free(benches);
    return status;
}

static void share_out(const struct benches *benches, crew_task *task, void *context, size_t count)
{
    crew_run(benches->count, benches->all, sizeof *benches->all, task, context, count);
}

/* ---- a run: all replicates at one number of points ---- */

struct run {
    const struct plan *plan;
    pthread_mutex_t lock; /* of total and inside */
    struct stats *total;  /* by output */
    bool inside;          /* every quantile of every replicate lay in the binned range */
    double *replicates;   /* by replicate and output: sum, squares, mean, quantiles */
    size_t stride;        /* numbers of one output */
};

enum { ROW_SUM, ROW_SQUARES, ROW_MEAN, ROW_QUANTILES };

static double *run_row(const struct run *run, size_t replicate, size_t output)
{
    return run->replicates + (replicate * run->plan->job->output_count + output) * run->stride;
}

static void run_free(struct run *run)
{
    free(run->total);
    free(run->replicates);
    pthread_mutex_destroy(&run->lock);
}

static traincost_status run_init(struct run *run, const struct plan *plan, traincost_error *error)
{
    size_t out = plan->job->output_count;
    *run = (struct run){.plan = plan, .stride = ROW_QUANTILES + plan->job->settings.level_count};
    if (pthread_mutex_init(&run->lock, NULL) != 0)
        return error_no_memory(error);
    run->total = calloc(out + 1, sizeof *run->total);
    run->replicates = calloc(REPLICATES * out * run->stride + 1, sizeof *run->replicates);
    if (run->total && run->replicates)
        return TRAINCOST_OK;
    run_free(run);
    return error_no_memory(error);
}

/* What a replicate leaves behind: its own figures, and its counts in the total. */
static void keep_replicate(struct bench *bench, struct run *run, size_t replicate)
{
    const struct plan *plan = run->plan;
    const struct engine_settings *settings = &plan->job->settings;
    bool inside = true;
    for (size_t j = 0; j < plan->job->output_count; j++) {
        double *row = run_row(run, replicate, j);
        const struct stats *stats = &bench->stats[j];
        row[ROW_SUM] = stats->sum;
        row[ROW_SQUARES] = stats->squares;
        row[ROW_MEAN] = stats_mean(stats, &plan->scales[j]);
        inside &= stats_quantiles(stats, &plan->scales[j], settings->levels, settings->level_count,
                                  row + ROW_QUANTILES);
    }
    pthread_mutex_lock(&run->lock);
    run->inside &= inside;
    for (size_t j = 0; j < plan->job->output_count; j++)
        stats_merge(&run->total[j], &plan->scales[j], &bench->stats[j]);
    pthread_mutex_unlock(&run->lock);
}

static void run_replicate(void *place, void *context, size_t replicate)
{
    struct bench *bench = place;
    struct run *run = context;
    const struct plan *plan = run->plan;
    start_lines(bench, replicate, plan->uncertain_count, plan->points);
    for (size_t j = 0; j < plan->job->output_count; j++)
        stats_clear(&bench->stats[j]);
    for (uint64_t first = 0, n; first < plan->points; first += n) {
        n = plan->points - first < ENGINE_BLOCK ? plan->points - first : ENGINE_BLOCK;
        sample(bench, 0, first, n, bench->columns);
        evaluate(bench, n, bench->outputs);
        for (size_t j = 0; j < plan->job->output_count; j++)
            stats_add(&bench->stats[j], &plan->scales[j], bench->outputs[j], n);
    }
    keep_replicate(bench, run, replicate);
}

/* The sums again, in the order of the replicates: threads merged them in the order of their arrival. */
static void settle_sums(struct run *run)
{
    for (size_t j = 0; j < run->plan->job->output_count; j++) {
        struct stats *total = &run->total[j];
        total->sum = total->squares = 0;
        for (size_t r = 0; r < REPLICATES; r++) {
            total->sum += run_row(run, r, j)[ROW_SUM];
            total->squares += run_row(run, r, j)[ROW_SQUARES];
        }
    }
}

/* ---- the pilot ---- */

/* Blocks of the pilot come from the replicates in turn. */
static void run_pilot(struct bench *bench, size_t blocks, double *pilot)
{
    const struct plan *plan = bench->plan;
    for (size_t b = 0; b < blocks; b++) {
        uint64_t first = b / REPLICATES * ENGINE_BLOCK;
        start_lines(bench, b % REPLICATES, plan->uncertain_count, first + ENGINE_BLOCK);
        sample(bench, 0, first, ENGINE_BLOCK, bench->columns);
        evaluate(bench, ENGINE_BLOCK, bench->outputs);
        for (size_t j = 0; j < plan->job->output_count; j++)
            memcpy(pilot + (j * blocks + b) * ENGINE_BLOCK, bench->outputs[j], ENGINE_BLOCK * sizeof *pilot);
    }
}

/* The first attempt fits any usual output; later ones look at more samples and spread wider. */
static traincost_status fit_scales(struct plan *plan, struct bench *bench, int attempt, traincost_error *error)
{
    const struct engine_settings *settings = &plan->job->settings;
    size_t blocks = (size_t)1 << (attempt < 2 ? 4 * attempt : 8), size = blocks * ENGINE_BLOCK;
    double *pilot = calloc(plan->job->output_count * size + 1, sizeof *pilot);
    if (!pilot)
        return error_no_memory(error);
    run_pilot(bench, blocks, pilot);
    double lowest = 0.05, highest = 0.95;
    if (settings->level_count) {
        lowest = fmin(lowest, settings->levels[0]);
        highest = fmax(highest, settings->levels[settings->level_count - 1]);
    }
    for (size_t j = 0; j < plan->job->output_count; j++)
        stats_scale_fit(&plan->scales[j], pilot + j * size, size, lowest, highest, ldexp(1, 2 * attempt));
    free(pilot);
    return TRAINCOST_OK;
}

/* All replicates, again on wider scales where a quantile fell outside. */
static traincost_status run_all(struct run *run, struct plan *plan, struct benches *benches,
                                traincost_error *error)
{
    for (int attempt = 0;; attempt++) {
        traincost_status status = fit_scales(plan, &benches->all[0], attempt, error);
        if (status != TRAINCOST_OK)
            return status;
        for (size_t j = 0; j < plan->job->output_count; j++)
            stats_clear(&run->total[j]);
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

/* How far a quantile moves when one or two samples more or less lie below it. Where every replicate has
 * exactly its share of points below, as one dimension of Sobol' points has at a quarter or a half, their
 * spread is nil and this is what remains unknown. With several inputs it is negligible; where many values
 * are equal it is 0. */
static double grain(const struct stats *total, const struct stats_scale *scale, double level)
{
    double step = 1.5 / (double)total->n, ends[2];
    double around[] = {fmax(level - step, 0), fmin(level + step, 1)};
    stats_quantiles(total, scale, around, 2, ends);
    return 0.5 * (ends[1] - ends[0]);
}

static void set_figure(const struct run *run, size_t output, struct engine_figure *figure)
{
    const struct engine_settings *settings = &run->plan->job->settings;
    const struct stats *total = &run->total[output];
    const struct stats_scale *scale = &run->plan->scales[output];
    figure->mean = stats_mean(total, scale);
    figure->mean_se = spread(run, output, ROW_MEAN, figure->mean);
    figure->sd = stats_sd(total);
    stats_quantiles(total, scale, settings->levels, settings->level_count, figure->quantile);
    for (size_t q = 0; q < settings->level_count; q++)
        figure->quantile_se[q] = hypot(spread(run, output, ROW_QUANTILES + q, figure->quantile[q]),
                                       grain(total, scale, settings->levels[q]));
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
    traincost_status status = run_init(&run, plan, error);
    if (status != TRAINCOST_OK)
        return status;
    for (;;) {
        status = run_all(&run, plan, benches, error);
        if (status != TRAINCOST_OK)
            break;
        for (size_t j = 0; j < job->output_count; j++)
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

/* ---- sensitivity ---- */

/* Sums over two independent samples A and B and over Ai and Bi, in which they have exchanged input i: the
 * estimators of I. Azzini, T. A. Mara and R. Rosati, Environmental Modelling & Software 144 (2021). For
 * products of lognormals they err half as much as those of Saltelli, Jansen and Janon. */
struct effect {
    double alone;    /* (f(A) - f(Ai)) (f(Bi) - f(B)) */
    double together; /* (f(A) - f(Ai))^2 + (f(B) - f(Bi))^2 */
    double all;      /* (f(A) - f(B))^2 + (f(Ai) - f(Bi))^2 */
};

struct sensitivity {
    const struct plan *plan;
    struct effect *effects; /* by task, dimension and output */
};

/* Several sums side by side, so that they vectorise. */
static void add_effects(struct effect *effect, const double *restrict a, const double *restrict b,
                        const double *restrict ai, const double *restrict bi)
{
    enum { LANES = 8 };
    double alone[LANES] = {0}, together[LANES] = {0}, all[LANES] = {0};
    for (size_t i = 0; i < ENGINE_BLOCK; i += LANES)
        for (size_t k = 0; k < LANES; k++) {
            double da = a[i + k] - ai[i + k], db = b[i + k] - bi[i + k];
            double ab = a[i + k] - b[i + k], exchanged = ai[i + k] - bi[i + k];
            alone[k] -= da * db;
            together[k] += da * da + db * db;
            all[k] += ab * ab + exchanged * exchanged;
        }
    for (int k = 0; k < LANES; k++) {
        effect->alone += alone[k];
        effect->together += together[k];
        effect->all += all[k];
    }
}

/* With those that share its draw. */
static void exchange(struct bench *bench, size_t input)
{
    const struct engine_job *job = bench->plan->job;
    for (size_t i = input; i < job->input_count; i++) {
        if (i != input && leader_of(job, i) != input)
            continue;
        double *column = bench->columns[i];
        bench->columns[i] = bench->spare[i];
        bench->spare[i] = column;
        bench->inputs[i] = bench->columns[i];
    }
}

static void exchange_all(struct bench *bench)
{
    for (size_t d = 0; d < bench->plan->uncertain_count; d++)
        exchange(bench, bench->plan->uncertain[d]);
}

static void evaluate_both(struct bench *bench, double **first, double **second)
{
    evaluate(bench, ENGINE_BLOCK, first);
    exchange_all(bench);
    evaluate(bench, ENGINE_BLOCK, second);
    exchange_all(bench);
}

/* The widest inputs; the cost grows with their number, and the narrow ones of very many move nothing. */
static size_t analysed_inputs(const struct plan *plan)
{
    return plan->uncertain_count < SENSITIVITY_INPUTS ? plan->uncertain_count : SENSITIVITY_INPUTS;
}

static void sensitivity_block(struct bench *bench, uint64_t first, struct effect *effects)
{
    const struct plan *plan = bench->plan;
    size_t out = plan->job->output_count, dimensions = plan->uncertain_count, analysed = analysed_inputs(plan);
    double **a = bench->outputs, **b = a + out, **ai = b + out, **bi = ai + out;
    sample(bench, 0, first, ENGINE_BLOCK, bench->columns);
    sample(bench, dimensions, first, ENGINE_BLOCK, bench->spare);
    evaluate_both(bench, a, b);
    for (size_t d = 0; d < analysed; d++) {
        exchange(bench, plan->uncertain[d]);
        evaluate_both(bench, ai, bi);
        exchange(bench, plan->uncertain[d]);
        for (size_t j = 0; j < out; j++)
            add_effects(&effects[d * out + j], a[j], b[j], ai[j], bi[j]);
    }
}

static void sensitivity_task(void *place, void *context, size_t task)
{
    struct bench *bench = place;
    const struct sensitivity *sensitivity = context;
    const struct plan *plan = sensitivity->plan;
    const uint64_t points = SENSITIVITY_POINTS / SENSITIVITY_TASKS;
    struct effect *effects = sensitivity->effects + task * plan->uncertain_count * plan->job->output_count;
    start_lines(bench, REPLICATES, 2 * plan->uncertain_count, SENSITIVITY_POINTS);
    for (uint64_t i = 0; i < points; i += ENGINE_BLOCK)
        sensitivity_block(bench, task * points + i, effects);
}

static double share(double x)
{
    return x < 0 ? 0 : x > 1 ? 1 : x;
}

static void set_indices(const struct sensitivity *sensitivity, size_t dimension, size_t output,
                        struct engine_figure *figure)
{
    const struct plan *plan = sensitivity->plan;
    size_t stride = plan->uncertain_count * plan->job->output_count;
    const struct effect *effect = sensitivity->effects + dimension * plan->job->output_count + output;
    struct effect sum = {0, 0, 0};
    for (size_t task = 0; task < SENSITIVITY_TASKS; task++, effect += stride) {
        sum.alone += effect->alone;
        sum.together += effect->together;
        sum.all += effect->all;
    }
    size_t input = plan->uncertain[dimension];
    figure->first_order[input] = share(2 * sum.alone / sum.all);
    figure->total_order[input] = fmax(share(sum.together / sum.all), figure->first_order[input]);
}

/* No part of a constant output's variance is anyone's. */
static void clear_indices(const struct engine_job *job, struct engine_figure *figure)
{
    for (size_t i = 0; i < job->input_count; i++)
        figure->first_order[i] = figure->total_order[i] = figure->sd > 0 ? 0 : NAN;
}

static traincost_status find_sensitivity(struct plan *plan, struct benches *benches,
                                         struct engine_answer *answer, traincost_error *error)
{
    const struct engine_job *job = plan->job;
    struct sensitivity sensitivity = {.plan = plan};
    size_t effects = SENSITIVITY_TASKS * plan->uncertain_count * job->output_count;
    sensitivity.effects = calloc(effects + 1, sizeof *sensitivity.effects);
    if (!sensitivity.effects)
        return error_no_memory(error);
    share_out(benches, sensitivity_task, &sensitivity, SENSITIVITY_TASKS);
    for (size_t j = 0; j < job->output_count; j++) {
        clear_indices(job, &answer->figures[j]);
        for (size_t d = 0; d < analysed_inputs(plan) && answer->figures[j].sd > 0; d++)
            set_indices(&sensitivity, d, j, &answer->figures[j]);
    }
    free(sensitivity.effects);
    return TRAINCOST_OK;
}

/* ---- the whole ---- */

static traincost_status answer_init(struct engine_answer *answer, const struct engine_job *job,
                                    traincost_error *error)
{
    size_t levels = job->settings.level_count, indices = job->settings.sensitivity ? job->input_count : 0;
    *answer = (struct engine_answer){0};
    answer->figures = calloc(job->output_count + 1, sizeof *answer->figures);
    answer->numbers = calloc(job->output_count * 2 * (levels + indices) + 1, sizeof *answer->numbers);
    if (!answer->figures || !answer->numbers)
        return error_no_memory(error);
    double *next = answer->numbers;
    for (size_t j = 0; j < job->output_count; j++) {
        struct engine_figure *figure = &answer->figures[j];
        figure->quantile = next;
        figure->quantile_se = next += levels;
        next += levels;
        if (!job->settings.sensitivity)
            continue;
        figure->first_order = next;
        figure->total_order = next += indices;
        next += indices;
    }
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
    status = run_to_tolerance(plan, &benches, answer, error);
    if (status == TRAINCOST_OK && plan->job->settings.sensitivity)
        status = find_sensitivity(plan, &benches, answer, error);
    benches_free(&benches);
    return status;
}

traincost_status engine_run(const struct engine_job *job, struct engine_answer *answer, traincost_error *error)
{
    struct plan plan;
    traincost_status status = answer_init(answer, job, error);
    if (status == TRAINCOST_OK) {
        status = plan_init(&plan, job, error);
        plan.points = (uint64_t)fmax(1, ceil(job->settings.samples / REPLICATES));
        if (status == TRAINCOST_OK)
            status = run_with_benches(&plan, answer, error);
        plan_free(&plan);
    }
    if (status != TRAINCOST_OK)
        engine_answer_free(answer);
    return status;
}
