/* What is drawn, in which order, and the memory for it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/plan.h"

#include "engine/sample_cache.h"

#include <math.h>
#include <stdlib.h>

bool plan_asks(const struct engine_job *job, size_t output)
{
    return !job->asked || job->asked[output];
}

bool plan_finds_errors(const struct plan *plan)
{
    return !plan->job->settings.no_errors || plan->job->settings.tolerance > 0;
}

bool plan_holds(const struct plan *plan, uint64_t first, uint64_t last)
{
    const struct engine_settings *settings = &plan->job->settings;
    if (!settings->level_count)
        return true;
    double points = (double)plan->points;
    uint64_t lowest = (uint64_t)ceil(settings->levels[0] * points);
    uint64_t highest = (uint64_t)ceil(settings->levels[settings->level_count - 1] * points);
    return (first == 0 || first < lowest) && plan->points - last >= highest;
}

bool plan_computes(const struct engine_job *job, size_t output)
{
    return plan_asks(job, output) || (job->needed && job->needed[output]);
}

bool plan_analyses(const struct engine_job *job, size_t output)
{
    return job->settings.sensitivity && plan_asks(job, output) && (!job->analysed || job->analysed[output]);
}

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
size_t plan_leader(const struct engine_job *job, size_t input)
{
    size_t leader = job->leaders ? job->leaders[input] : input;
    return quantity_is_exact(&job->inputs[leader]) ? input : leader;
}

static void find_draws(struct plan *plan)
{
    const struct engine_job *job = plan->job;
    size_t *next = plan->members;
    for (size_t i = 0; i < job->input_count; i++) {
        if (quantity_is_exact(&job->inputs[i]) || plan_leader(job, i) != i)
            continue;
        struct draw *draw = &plan->draws[plan->draw_count];
        *draw =
            (struct draw){.inputs = next, .place = (size_t)(next - plan->members), .group = plan->draw_count};
        plan->draw_count++;
        for (size_t k = i; k < job->input_count; k++)
            if (k == i || (plan_leader(job, k) == i && !quantity_is_exact(&job->inputs[k])))
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
        if (plan_asks(job, j))
            plan->slots[j] = plan->slot_count++;
    for (size_t i = 0; i < in; i++) {
        struct sample_cache *cache = job->settings.cache;
        traincost_status status =
            cache ? sample_cache_sampler(cache, &plan->samplers[i], &job->inputs[i], &plan->tables[i], error)
                  : sampler_init(&plan->samplers[i], &job->inputs[i], &plan->tables[i], error);
        if (status != TRAINCOST_OK)
            return status;
    }
    find_draws(plan);
    return TRAINCOST_OK;
}
