/* More values of an output for each sample of it. An output y that is proportional to an input h has the value
 * y h' / h for any other h'; the samples of a block that lie in the other parts of h's dimension have such.
 * With two parts what error that dimension causes together with the others falls to a half, with four to a
 * quarter, while twice and four times as many samples leave 0.7 and 0.5 of it. */
#include "plan.h"

#include <stdlib.h>

/* Sobol' points alone do well in two dimensions, and less so the more there are. */
static size_t parts_for(size_t moving_draws)
{
    return moving_draws < 3 ? 1 : moving_draws == 3 ? 2 : 4;
}

static size_t moving_draws(const struct plan *plan, const struct engine_figure *figure)
{
    size_t count = 0;
    for (size_t d = 0; d < plan->draw_count; d++) {
        size_t input = plan->draws[d].inputs[0];
        count += fabs(figure->high[input] - figure->low[input]) > 0;
    }
    return count;
}

/* Whether the draw moves that input alone, and by a law that is never 0. */
static bool is_factor(const struct plan *plan, size_t dimension, size_t input)
{
    const struct draw *draw = &plan->draws[dimension];
    return draw->count == 1 && draw->inputs[0] == input && !draw->mixed && dimension < SEQUENCE_DIMENSIONS &&
           plan->samplers[input].law == SAMPLE_LOGNORMAL;
}

void rotation_choose(struct plan *plan, const struct engine_answer *answer)
{
    const struct engine_job *job = plan->job;
    for (size_t j = 0; j < job->output_count; j++) {
        plan->rotations[j].parts = 1;
        for (size_t d = 0; plan->strata && job->factors && d < plan->draw_count; d++)
            if (is_factor(plan, d, job->factors[j]))
                plan->rotations[j] = (struct rotation){d, parts_for(moving_draws(plan, &answer->figures[j]))};
    }
}

/* The moments stay those of the samples alone, so that the means of parts add up to that of their whole. */
void rotation_add(struct bench *bench, size_t output)
{
    const struct plan *plan = bench->plan;
    const struct rotation *rotation = &plan->rotations[output];
    if (rotation->parts == 1)
        return;
    const double *y = bench->outputs[output];
    const double *h = bench->columns[plan->draws[rotation->dimension].inputs[0]];
    double rest[STRATA], turned[STRATA];
    struct stats *stats = plan_stats(plan, bench->stats, output);
    const uint64_t n = stats->n;
    const double sum = stats->sum, squares = stats->squares;
    plan->kernels.divide(y, h, rest);
    for (size_t part = 1; part < rotation->parts; part++) {
        size_t shift = bench->orders[rotation->dimension].place[part * (STRATA / rotation->parts)];
        plan->kernels.turn(rest, h, shift, turned);
        plan->kernels.statistics(stats, &plan->scales[output], turned, STRATA);
    }
    stats->n = n;
    stats->sum = sum;
    stats->squares = squares;
}
