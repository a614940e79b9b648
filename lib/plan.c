#include "plan.h"

#include <stdlib.h>
#include <string.h>

bool plan_asks(const struct engine_job *job, size_t output)
{
    return !job->asked || job->asked[output];
}

bool plan_analyses(const struct engine_job *job, size_t output)
{
    return job->settings.sensitivity && plan_asks(job, output) && (!job->analysed || job->analysed[output]);
}

/* ---- the plan ---- */

static struct kernels choose_kernels(enum isa most)
{
    enum isa isa = isa_choose(most);
#define PICK(name) ISA_PICK(isa, name)
    return (struct kernels){.points = PICK(sequence_fill),
                            .samples = PICK(sampler_fill),
                            .make_strata = PICK(strata_make),
                            .order = PICK(strata_order_make),
                            .arrange = PICK(strata_arrange),
                            .strata = PICK(strata_fill),
                            .invert = PICK(strata_invert),
                            .turn = PICK(strata_turn),
                            .finish = PICK(sampler_finish),
                            .mix = PICK(sampler_mix),
                            .probabilities = PICK(normal_fill),
                            .statistics = PICK(stats_add),
                            .count = PICK(stats_count),
                            .merge = PICK(stats_merge),
                            .sort = PICK(stats_sort),
                            .effects = PICK(effect_add)};
#undef PICK
}

/* An input that shares the draw of an uncertain one has no dimension of its own. */
static size_t leader_of(const struct engine_job *job, size_t input)
{
    size_t leader = job->leaders ? job->leaders[input] : input;
    return quantity_is_exact(&job->inputs[leader]) ? input : leader;
}

static void find_draws(struct plan *plan)
{
    const struct engine_job *job = plan->job;
    size_t *next = plan->members;
    for (size_t i = 0; i < job->input_count; i++) {
        if (quantity_is_exact(&job->inputs[i]) || leader_of(job, i) != i)
            continue;
        struct draw *draw = &plan->draws[plan->draw_count];
        *draw =
            (struct draw){.inputs = next, .place = (size_t)(next - plan->members), .group = plan->draw_count};
        plan->draw_count++;
        for (size_t k = i; k < job->input_count; k++)
            if (k == i || (leader_of(job, k) == i && !quantity_is_exact(&job->inputs[k])))
                next[draw->count++] = k;
        next += draw->count;
    }
}

struct stats *plan_stats(const struct plan *plan, struct stats *all, size_t output)
{
    return &all[plan->slots[output]];
}

size_t plan_places(const struct plan *plan)
{
    size_t count = 0;
    for (size_t d = 0; d < plan->draw_count; d++)
        count += plan->draws[d].count;
    return count;
}

void plan_place(struct plan *plan, struct pages *pages)
{
    if (plan->stratified)
        plan->strata = pages_take(pages, plan_places(plan), sizeof *plan->strata);
}

void plan_make_strata(struct plan *plan)
{
    for (size_t d = 0; plan->stratified && d < plan->draw_count; d++)
        for (size_t m = 0; m < plan->draws[d].count; m++)
            plan->kernels.make_strata(&plan->strata[plan->draws[d].place + m],
                                      &plan->samplers[plan->draws[d].inputs[m]]);
}

void plan_free(struct plan *plan)
{
    for (size_t i = 0; plan->tables && i < plan->job->input_count; i++)
        free(plan->tables[i]);
    free(plan->tables);
    free(plan->samplers);
    free(plan->draws);
    free(plan->members);
    free(plan->mixed);
    free(plan->mixture);
    free(plan->scales);
    free(plan->rotations);
    free(plan->slots);
}

traincost_status plan_init(struct plan *plan, const struct engine_job *job, uint64_t points,
                           traincost_error *error)
{
    enum { ENOUGH = 4 * STRATA, FEW = STRATA_BLOCKS / 4, MANY = STRATA_BLOCKS };
    size_t in = job->input_count;
    *plan = (struct plan){.job = job, .kernels = choose_kernels(job->settings.isa), .points = points};
    plan->sequence = (struct sequence){(uint64_t)job->settings.seed, job->settings.pseudo_random};
    plan->batch = (points < 4 * MANY * ENGINE_BLOCK ? FEW : MANY) * ENGINE_BLOCK; /* pages cost too */
    plan->stratified = !job->settings.pseudo_random && points >= ENOUGH;
    plan->samplers = calloc(in + 1, sizeof *plan->samplers);
    plan->tables = calloc(in + 1, sizeof *plan->tables);
    plan->draws = calloc(in + 1, sizeof *plan->draws);
    plan->members = calloc(in + 1, sizeof *plan->members);
    plan->scales = calloc(job->output_count + 1, sizeof *plan->scales);
    plan->rotations = calloc(job->output_count + 1, sizeof *plan->rotations);
    plan->slots = calloc(job->output_count + 1, sizeof *plan->slots);
    if (!plan->samplers || !plan->tables || !plan->draws || !plan->members || !plan->scales ||
        !plan->rotations || !plan->slots)
        return error_no_memory(error);
    for (size_t j = 0; j < job->output_count; j++)
        plan->slots[j] = plan_asks(job, j) ? plan->slot_count++ : 0;
    for (size_t i = 0; i < in; i++) {
        traincost_status status = sampler_init(&plan->samplers[i], &job->inputs[i], &plan->tables[i], error);
        if (status != TRAINCOST_OK)
            return status;
    }
    find_draws(plan);
    return TRAINCOST_OK;
}

/* ---- the order of the draws ---- */

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

static void find_swings(const struct plan *plan, struct bench *bench, const double *quantiles, double **outputs,
                        struct engine_answer *answer)
{
    for (size_t first = 0, draws; first < plan->draw_count; first += draws) {
        draws = fill_swings(bench, quantiles, first);
        bench_evaluate(bench, 2 * draws, outputs);
        for (size_t j = 0; j < plan->job->output_count; j++) {
            for (size_t d = 0; d < draws; d++) {
                size_t input = plan->draws[first + d].inputs[0];
                answer->figures[j].low[input] = outputs[j][2 * d];
                answer->figures[j].high[input] = outputs[j][2 * d + 1];
            }
        }
    }
}

/* The largest share that the draw has in the swings of any output. */
static double weight_of(const struct plan *plan, const struct engine_answer *answer, size_t dimension)
{
    double weight = 0;
    for (size_t j = 0; j < plan->job->output_count; j++) {
        const struct engine_figure *figure = &answer->figures[j];
        double all = 0, own = 0;
        for (size_t d = 0; d < plan->draw_count; d++) {
            size_t input = plan->draws[d].inputs[0];
            double swing = fabs(figure->high[input] - figure->low[input]);
            all += swing;
            own = d == dimension ? swing : own;
        }
        weight = own > weight * all ? own / all : weight;
    }
    return weight;
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
        quantiles[3 * i] = quantity_quantile(&plan->job->inputs[i], 0.05);
        quantiles[3 * i + 1] = quantity_quantile(&plan->job->inputs[i], 0.5);
        quantiles[3 * i + 2] = quantity_quantile(&plan->job->inputs[i], 0.95);
    }
    for (size_t j = 0; j < plan->job->output_count; j++)
        outputs[j] = weights + plan->draw_count + j * swing_rows(plan);
    find_swings(plan, bench, quantiles, outputs, answer);
    for (size_t d = 0; d < plan->draw_count; d++)
        weights[d] = weight_of(plan, answer, d);
    sort_draws(plan, weights);
}

traincost_status plan_order(struct plan *plan, struct bench *bench, struct engine_answer *answer,
                            traincost_error *error)
{
    size_t in = plan->job->input_count, out = plan->job->output_count;
    double *numbers = calloc(3 * in + plan->draw_count + out * swing_rows(plan) + 1, sizeof *numbers);
    double **outputs = calloc(out + 1, sizeof *outputs);
    bool good = numbers && outputs;
    if (good)
        order(plan, bench, numbers, outputs, answer);
    free(numbers);
    free(outputs);
    traincost_status status = good ? mixture_make(plan, error) : error_no_memory(error);
    if (status == TRAINCOST_OK)
        rotation_choose(plan, answer);
    return status;
}
