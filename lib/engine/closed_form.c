/* The logarithm of a product of lognormals is normal: its centre is that of the output with all inputs at their
 * medians, its variance the sum of those of the draws. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/closed_form.h"

#include "base/elementary.h"
#include "engine/plan.h"
#include "engine/probability.h"

#include <stdlib.h>

/* How an output moves with one draw. */
struct draw_share {
    size_t leader;
    double deviation; /* of the output's logarithm */
};

struct closed_form {
    size_t count;
    struct draw_share shares[PRODUCT_POWERS];
    double variance; /* of the logarithm */
};

static bool is_correlated_input(const struct engine_job *job, size_t input)
{
    for (size_t c = 0; c < job->correlation_count; c++)
        if (job->correlations[c].a == input || job->correlations[c].b == input)
            return true;
    return false;
}

/* Inputs that share a draw are at the same score of it. */
static void add_share(struct closed_form *form, size_t leader, double deviation)
{
    size_t k = 0;
    while (k < form->count && form->shares[k].leader != leader)
        k++;
    if (k == form->count)
        form->shares[form->count++] = (struct draw_share){leader, 0};
    form->shares[k].deviation += deviation;
}

static bool find_form(const struct engine_job *job, size_t output, struct closed_form *form)
{
    const struct engine_product *product = &job->products[output];
    *form = (struct closed_form){0};
    if (!product->known)
        return false;
    for (size_t k = 0; k < product->count; k++) {
        double centre, deviation;
        size_t input = product->powers[k].input, leader = plan_leader(job, input);
        if (product->powers[k].power == 0 || quantity_is_exact(&job->inputs[input]))
            continue;
        if (!quantity_is_lognormal(&job->inputs[input], &centre, &deviation) || is_correlated_input(job, leader))
            return false;
        add_share(form, leader, product->powers[k].power * deviation);
    }
    for (size_t k = 0; k < form->count; k++)
        form->variance += form->shares[k].deviation * form->shares[k].deviation;
    return true;
}

/* e^x - 1, also where x is small. */
static double exp_less_one(double x)
{
    double term = x, sum = x;
    if (!(x < 0.5))
        return elementary_exp(x) - 1;
    for (int n = 2; term > 1e-17 * sum; n++)
        sum += term *= x / n;
    return sum;
}

/* ---- figures ---- */

/* The indices of a sum of normals in the exponent (I. M. Sobol', 2001): what a draw does alone, and what with the
 * others, of all variance. */
static void set_closed_indices(const struct engine_job *job, const struct closed_form *form,
                               struct engine_figure *figure)
{
    const double all = exp_less_one(form->variance);
    for (size_t i = 0; i < job->input_count; i++)
        figure->first_order[i] = figure->total_order[i] = figure->sd > 0 ? 0 : NAN;
    for (size_t k = 0; k < form->count && figure->sd > 0; k++) {
        const struct draw_share *share = &form->shares[k];
        double variance = share->deviation * share->deviation, alone = exp_less_one(variance);
        figure->first_order[share->leader] = fmin(1, alone / all);
        figure->total_order[share->leader] =
            fmin(1, fmax(alone, alone * elementary_exp(form->variance - variance)) / all);
    }
}

/* Bins even in the logarithm, as far as so many samples reach. */
static void set_closed_bins(const struct engine_settings *settings, double samples, struct engine_figure *figure)
{
    const double reach = -normal_inverse(0.5 / samples), step = 2 * reach / (double)settings->bins;
    double below = 0;
    if (!(figure->sd > 0))
        return;
    figure->bins = settings->bins;
    for (size_t b = 0; b < figure->bins; b++) {
        double z = step * (double)(b + 1) - reach, here = b + 1 < figure->bins ? probability_normal(z) : 1;
        figure->bin_edge[b] = figure->median * elementary_exp(figure->deviation * (z - step));
        figure->bin_share[b] = here - below;
        below = here;
    }
    if (figure->bins)
        figure->bin_edge[figure->bins] = figure->median * elementary_exp(figure->deviation * reach);
}

/* False where it is no lognormal after all, of a number below 0 or beyond what is one. */
static bool set_closed_figure(const struct engine_job *job, const struct closed_form *form, double median,
                              double samples, struct engine_figure *figure)
{
    const struct engine_settings *settings = &job->settings;
    const double variance = form->variance, deviation = median > 0 ? sqrt(variance) : 0;
    const double least = 1e-250, most = 1e250, widest = 10;
    if (!isfinite(median) || (variance > 0 && median != 0 && !(median > least && median < most)) || deviation > widest)
        return false;
    figure->median = median;
    figure->deviation = deviation;
    figure->mean = deviation > 0 ? median * elementary_exp(0.5 * variance) : median;
    figure->sd = deviation > 0 ? figure->mean * sqrt(exp_less_one(variance)) : 0;
    for (size_t q = 0; q < settings->level_count; q++)
        figure->quantile[q] = median * elementary_exp(deviation * normal_inverse(settings->levels[q]));
    set_closed_bins(settings, samples, figure);
    return true;
}

/* ---- which of them ---- */

/* A block of one sample, in which the factors of those outputs are at their medians. What the others are is the same to
 * them. */
struct closed_block {
    double *numbers;
    const double **inputs;
    double **outputs;
};

static traincost_status closed_block_init(struct closed_block *block, const struct engine_job *job,
                                          traincost_error *error)
{
    size_t in = job->input_count, out = job->output_count;
    *block = (struct closed_block){calloc(in + out + 1, sizeof *block->numbers),
                                   calloc(in + 1, sizeof *block->inputs), calloc(out + 1, sizeof *block->outputs)};
    if (!block->numbers || !block->inputs || !block->outputs)
        return error_no_memory(error);
    for (size_t i = 0; i < in; i++) {
        block->numbers[i] = job->inputs[i].a;
        block->inputs[i] = &block->numbers[i];
    }
    for (size_t j = 0; j < out && job->needed; j++)
        block->outputs[j] = job->needed[j] ? &block->numbers[in + j] : NULL;
    return TRAINCOST_OK;
}

static void closed_block_free(struct closed_block *block)
{
    free(block->numbers);
    free(block->inputs);
    free(block->outputs);
}

static void add_closed_output(struct closed_block *block, const struct engine_job *job, size_t output)
{
    const struct engine_product *product = &job->products[output];
    for (size_t k = 0; k < product->count; k++) {
        double centre, deviation;
        size_t input = product->powers[k].input;
        if (quantity_is_lognormal(&job->inputs[input], &centre, &deviation))
            block->numbers[input] = elementary_exp(centre);
    }
    block->outputs[output] = &block->numbers[job->input_count + output];
}

static void set_closed_figures(const struct engine_job *job, const struct closed_block *block, double samples,
                               struct engine_figure *figures, bool *sampled)
{
    for (size_t j = 0; j < job->output_count; j++) {
        struct closed_form form;
        if (!sampled[j] || !find_form(job, j, &form))
            continue;
        figures[j].closed = set_closed_figure(job, &form, *block->outputs[j], samples, &figures[j]);
        sampled[j] = !figures[j].closed;
        if (figures[j].closed && plan_analyses(job, j))
            set_closed_indices(job, &form, &figures[j]);
    }
}

traincost_status closed_form_find(const struct engine_job *job, double samples, struct engine_figure *figures,
                                  bool *sampled, traincost_error *error)
{
    struct closed_block block;
    bool any = false;
    traincost_status status = TRAINCOST_OK;
    for (size_t j = 0; j < job->output_count; j++)
        sampled[j] = plan_asks(job, j);
    if (!job->products || job->settings.pseudo_random)
        return TRAINCOST_OK;
    status = closed_block_init(&block, job, error);
    for (size_t j = 0; j < job->output_count && status == TRAINCOST_OK; j++) {
        struct closed_form form;
        if (!sampled[j] || !find_form(job, j, &form))
            continue;
        add_closed_output(&block, job, j);
        any = true;
    }
    if (any) {
        job->evaluate(job->model, block.inputs, 1, block.outputs);
        set_closed_figures(job, &block, samples, figures, sampled);
    }
    closed_block_free(&block);
    return status;
}

double closed_form_probability(const struct engine_figure *figure, double value)
{
    if (isnan(value))
        return NAN;
    if (!(figure->deviation > 0))
        return value >= figure->median;
    if (!(value > 0) || isinf(value))
        return value > 0;
    return probability_normal(elementary_log(value / figure->median) / figure->deviation);
}
