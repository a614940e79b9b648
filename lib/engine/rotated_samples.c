/* More values of an output for each sample of it. An output y that is proportional to an input h has the value
 * y h' / h for any other h'; the samples of a block that lie in the other parts of h's dimension have such.
 * With two parts what error that dimension causes together with the others falls to a half, with four to a
 * quarter, while twice and four times as many samples leave 0.7 and 0.5 of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan.h"

#include <stdlib.h>

/* Sobol' points alone do well in two dimensions, and less so the more there are. */
static size_t parts_for(size_t movers)
{
    return movers < 3 ? 1 : movers == 3 ? 2 : 4;
}

/* Whether the draw moves that input alone, and by a law that is never 0. */
static bool is_factor(const struct plan *plan, size_t dimension, size_t input)
{
    const struct draw *draw = &plan->draws[dimension];
    return draw->count == 1 && draw->inputs[0] == input && !draw->mixed && dimension < SEQUENCE_DIMENSIONS &&
           plan->samplers[input].law == SAMPLE_LOGNORMAL;
}

void rotation_choose(struct plan *plan)
{
    const struct engine_job *job = plan->job;
    for (size_t j = 0; j < job->output_count; j++) {
        plan->rotations[j].parts = 1;
        for (size_t d = 0; plan->stratified && job->factors && d < plan->draw_count; d++)
            if (plan_asks(job, j) && is_factor(plan, d, job->factors[j])) {
                size_t parts = parts_for(plan->rotations[j].movers);
                plan->rotations[j].dimension = d;
                plan->rotations[j].parts = parts;
                plan->draws[d].parts = parts > plan->draws[d].parts ? parts : plan->draws[d].parts;
            }
    }
}

/* By what the factor's samples turn into those of another part of its dimension, for all outputs that have
 * values there. */
static void add_turned(struct bench *bench, size_t dimension, size_t stratum, const double *inverse)
{
    const struct plan *plan = bench->plan;
    double ratio[STRATA];
    plan->kernels.turn(bench->inputs[plan->draws[dimension].inputs[0]], inverse,
                       bench->orders[dimension].place[stratum], ratio);
    for (size_t j = 0; j < plan->job->output_count; j++) {
        const struct rotation *rotation = &plan->rotations[j];
        if (rotation->dimension == dimension && rotation->parts > 1 &&
            stratum % (STRATA / rotation->parts) == 0)
            plan->kernels.count(plan_stats(plan, bench->stats, j), &plan->scales[j], bench->outputs[j], ratio,
                                STRATA);
    }
}

/* The moments stay those of the samples alone, so that the means of parts add up to that of their whole. */
void rotation_add(struct bench *bench)
{
    const struct plan *plan = bench->plan;
    for (size_t d = 0; d < plan->draw_count; d++) {
        size_t parts = plan->draws[d].parts;
        double inverse[STRATA];
        if (parts < 2)
            continue;
        plan->kernels.invert(bench->inputs[plan->draws[d].inputs[0]], inverse);
        for (size_t part = 1; part < parts; part++)
            add_turned(bench, d, part * (STRATA / parts), inverse);
    }
}
