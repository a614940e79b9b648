/* Normal scores that are sums of those of the points, and so correlated. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan.h"

#include "engine/copula.h"

#include <stdlib.h>

static size_t dimension_of(const struct plan *plan, size_t input)
{
    size_t d = 0;
    while (d < plan->draw_count && plan->draws[d].inputs[0] != input)
        d++;
    return d;
}

static bool is_correlated(const struct plan *plan, size_t dimension)
{
    const struct engine_job *job = plan->job;
    for (size_t c = 0; c < job->correlation_count; c++)
        if (plan->draws[dimension].inputs[0] == job->correlations[c].a ||
            plan->draws[dimension].inputs[0] == job->correlations[c].b)
            return true;
    return false;
}

static void choose_mixed(struct plan *plan)
{
    for (size_t d = 0; d < plan->draw_count; d++) {
        plan->draws[d].mixed = is_correlated(plan, d);
        if (plan->draws[d].mixed)
            plan->mixed[plan->mixed_count++] = d;
    }
}

static void join_groups(struct plan *plan, size_t a, size_t b)
{
    size_t from = plan->draws[b].group, to = plan->draws[a].group, least = from < to ? from : to;
    for (size_t d = 0; d < plan->draw_count; d++)
        if (plan->draws[d].group == from || plan->draws[d].group == to)
            plan->draws[d].group = least;
}

static size_t mixed_place(const struct plan *plan, size_t input)
{
    size_t d = dimension_of(plan, input), k = 0;
    while (plan->mixed[k] != d)
        k++;
    return k;
}

/* The Cholesky factor of the scores' correlations. */
static void correlate(struct plan *plan, double *factor)
{
    const struct engine_job *job = plan->job;
    size_t n = plan->mixed_count;
    for (size_t k = 0; k < n; k++)
        factor[k * n + k] = 1;
    for (size_t c = 0; c < job->correlation_count; c++) {
        const struct engine_correlation *pair = &job->correlations[c];
        size_t a = mixed_place(plan, pair->a), b = mixed_place(plan, pair->b);
        join_groups(plan, plan->mixed[a], plan->mixed[b]);
        factor[a * n + b] = factor[b * n + a] = copula_normal_correlation(pair->rank);
    }
    copula_factor(factor, n);
}

traincost_status mixture_make(struct plan *plan, traincost_error *error)
{
    size_t most = 2 * plan->job->correlation_count;
    plan->mixed = calloc(plan->draw_count + 1, sizeof *plan->mixed);
    plan->mixture = calloc(most * most + 1, sizeof *plan->mixture);
    if (!plan->mixed || !plan->mixture)
        return error_no_memory(error);
    choose_mixed(plan);
    correlate(plan, plan->mixture);
    return TRAINCOST_OK;
}
