/* The order of the draws: what each moves by itself, and those that move most first. */
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

/* The largest share that the draw has in the swings of any output that decides. */
static double weight_of(const struct plan *plan, const struct engine_answer *answer, size_t dimension)
{
    double weight = 0;
    size_t leading = plan->job->leading ? plan->job->leading : plan->job->output_count;
    for (size_t j = 0; j < leading; j++) {
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
        if (plan->job->settings.cache) {
            sample_cache_quantiles(plan->job->settings.cache, &plan->job->inputs[i], quantiles + 3 * i);
            continue;
        }
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
