/* Several runs from the same samples. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/compare.h"

#include "answers/output_summary.h"
#include "base/array.h"
#include "base/limits.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is evaluated: the runs over one list of inputs. */
struct joint {
    engine_model *evaluate; /* of one run, at the instruction set chosen */
    struct model_run *runs;
    struct model_stage **stages; /* those of each run, with the numbers of the list */
    struct resolved_input *inputs;
    size_t input_count, input_room;
    size_t *owners; /* of each input the run that brought it */
    size_t owner_room;
    const traincost_scenario *const *scenarios;
    const traincost_comparison *comparison;
    size_t column_count; /* outputs of all runs, before the ratios */
    size_t *ranked;      /* the runs that have the output by which they are ranked */
    size_t ranked_count;
};

void traincost_comparison_free(traincost_comparison *comparison)
{
    if (!comparison)
        return;
    for (size_t k = 0; comparison->results && k < comparison->count; k++)
        traincost_result_free(comparison->results[k]);
    for (size_t i = 0; i < comparison->left_out_count; i++)
        free(comparison->left_out[i].why);
    engine_answer_free(&comparison->answer);
    free(comparison->results);
    free(comparison->ratios);
    free(comparison->left_out);
    free(comparison->chips);
    free(comparison->least);
    free(comparison->order);
    free(comparison);
}

static void joint_free(struct joint *joint)
{
    for (size_t k = 0; joint->stages && k < joint->comparison->count; k++)
        free(joint->stages[k]);
    free(joint->stages);
    free(joint->runs);
    free(joint->inputs);
    free(joint->owners);
    free(joint->ranked);
}

/* ---- inputs ---- */

/* What a laboratory and its site have of their own; prices and hardware are the market's. */
static bool is_of_laboratory(enum parameter parameter)
{
    switch ((int)parameter) {
    case PARAMETER_MFU:
    case PARAMETER_GOODPUT:
    case PARAMETER_POWER_FRACTION:
    case PARAMETER_PUE:
    case PARAMETER_ELECTRICITY_PRICE:
    case PARAMETER_CARBON_INTENSITY:
    case PARAMETER_EXPERIMENTS:
    case PARAMETER_STAFF_SHARE:
        return true;
    default:
        return false;
    }
}

static bool are_strangers(const struct joint *joint, size_t a, size_t b)
{
    const char *one = joint->scenarios[a]->claim.texts[TEXT_ORGANIZATION];
    const char *other = joint->scenarios[b]->claim.texts[TEXT_ORGANIZATION];
    return one && other && strcmp(one, other) != 0;
}

static size_t place_input(struct joint *joint, const struct resolved_input *input, size_t run)
{
    size_t leader = joint->input_count;
    for (size_t i = 0; i < joint->input_count; i++) {
        const struct resolved_input *other = &joint->inputs[i];
        bool apart =
            !input->origin && is_of_laboratory(input->parameter) && are_strangers(joint, joint->owners[i], run);
        if (!apart && resolved_same_draw(other, input))
            return i;
        if (!apart && leader == joint->input_count && resolved_same_market(other, input))
            leader = other->leader;
    }
    joint->inputs[joint->input_count] = *input;
    joint->inputs[joint->input_count].leader = leader;
    joint->owners[joint->input_count] = run;
    return joint->input_count++;
}

static traincost_status add_run(struct joint *joint, size_t k, traincost_error *error)
{
    const traincost_result *result = joint->comparison->results[k];
    const struct resolved *resolved = &result->resolved;
    size_t *places = calloc(resolved->input_count + 1, sizeof *places);
    size_t most = joint->input_count + resolved->input_count + 1;
    struct resolved_input *inputs = array_grow(joint->inputs, most, &joint->input_room, sizeof *inputs);
    joint->inputs = inputs ? inputs : joint->inputs;
    size_t *owners = array_grow(joint->owners, most, &joint->owner_room, sizeof *owners);
    joint->owners = owners ? owners : joint->owners;
    joint->stages[k] = calloc(resolved->stage_count, sizeof **joint->stages);
    if (!places || !inputs || !owners || !joint->stages[k]) {
        free(places);
        return error_no_memory(error);
    }
    for (size_t i = 0; i < resolved->input_count; i++)
        places[i] = place_input(joint, &resolved->inputs[i], k);
    for (size_t s = 0; s < resolved->stage_count; s++) {
        struct model_stage *stage = &joint->stages[k][s];
        *stage = resolved->models[s];
        for (size_t v = 0; v < MODEL_VARIABLES; v++)
            if (stage->input[v] != MODEL_ABSENT)
                stage->input[v] = places[stage->input[v]];
    }
    free(places);
    if (!model_find_alike(joint->stages[k], resolved->stage_count))
        return error_no_memory(error);
    joint->runs[k] =
        (struct model_run){joint->stages[k], resolved->stage_count, result->given, result->given_count};
    joint->column_count += result->given_count;
    return TRAINCOST_OK;
}

static traincost_status joint_init(struct joint *joint, const traincost_comparison *comparison,
                                   const traincost_scenario *const *scenarios, traincost_error *error)
{
    *joint = (struct joint){.comparison = comparison, .scenarios = scenarios};
    joint->runs = calloc(comparison->count, sizeof *joint->runs);
    joint->stages = calloc(comparison->count, sizeof *joint->stages);
    traincost_status status = joint->runs && joint->stages ? TRAINCOST_OK : error_no_memory(error);
    for (size_t k = 0; k < comparison->count && status == TRAINCOST_OK; k++)
        status = add_run(joint, k, error);
    return status;
}

/* ---- outputs ---- */

static size_t column_of(const traincost_result *result, enum model_output output)
{
    size_t j = 0;
    while (j < result->given_count && result->given[j] != output)
        j++;
    return j;
}

/* Beside a run with a base, the rent of one without is its rent with base. */
static void give_base(traincost_result *result, bool asked)
{
    size_t place = 0, after;
    if (column_of(result, MODEL_OUT_WITH_BASE) < result->given_count)
        return;
    while (place < result->given_count && result->given[place] < MODEL_OUT_WITH_BASE)
        place++;
    after = result->given_count - place;
    memmove(result->given + place + 1, result->given + place, after * sizeof *result->given);
    memmove(result->asked + place + 1, result->asked + place, after * sizeof *result->asked);
    result->given[place] = MODEL_OUT_WITH_BASE;
    result->asked[place] = asked;
    result->given_count++;
    result_keep(result);
}

static void level_bases(traincost_comparison *comparison)
{
    bool any = false, asked = false;
    for (size_t k = 0; k < comparison->count; k++) {
        const traincost_result *result = comparison->results[k];
        size_t place = column_of(result, MODEL_OUT_WITH_BASE);
        any |= place < result->given_count;
        asked |= place < result->given_count && result->asked[place];
    }
    for (size_t k = 0; any && k < comparison->count; k++)
        give_base(comparison->results[k], asked);
}

static traincost_status pair_outputs(traincost_comparison *comparison, traincost_error *error)
{
    const traincost_result *first = comparison->results[0];
    comparison->ratios = calloc(comparison->count * MODEL_OUTPUTS, sizeof *comparison->ratios);
    if (!comparison->ratios)
        return error_no_memory(error);
    size_t column = first->given_count;
    for (size_t k = 1; k < comparison->count; k++) {
        const traincost_result *result = comparison->results[k];
        for (size_t j = 0; j < result->given_count; j++) {
            size_t below = column_of(first, result->given[j]);
            if (result->asked[j] && below < first->given_count)
                comparison->ratios[comparison->ratio_count++] =
                    (struct ratio){.run = k, .above = column + j, .below = below, .output = result->given[j]};
        }
        column += result->given_count;
    }
    return TRAINCOST_OK;
}

static void evaluate_together(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct joint *joint = model;
    double *const *own = outputs;
    for (size_t k = 0; k < joint->comparison->count; k++) {
        joint->evaluate(&joint->runs[k], inputs, n, own);
        own += joint->runs[k].output_count;
    }
    for (size_t r = 0; r < joint->comparison->ratio_count; r++) {
        const struct ratio *ratio = &joint->comparison->ratios[r];
        const double *above = outputs[ratio->above], *below = outputs[ratio->below];
        double *restrict to = outputs[joint->column_count + r];
        for (size_t i = 0; to && above && below && i < n; i++)
            to[i] = above[i] / below[i];
    }
}

static void set_ratios(traincost_comparison *comparison, const struct engine_figure *figures)
{
    for (size_t r = 0; r < comparison->ratio_count; r++) {
        struct ratio *ratio = &comparison->ratios[r];
        const traincost_result *result = comparison->results[ratio->run];
        ratio->figure = output_summary(ratio->output, &figures[r], result->level_count);
        ratio->figure.unit = "ratio";
        ratio->figure.help = "the output over that of the first run";
    }
}

/* ---- which has the least ---- */

/* The output by which they are ranked, and beside it whether it is the least of all, which alike ones share. */
static void evaluate_least(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct joint *joint = model;
    size_t count = joint->ranked_count;
    double alike = joint->comparison->alike;
    for (size_t r = 0; r < count; r++) {
        struct model_run run = joint->runs[joint->ranked[r]];
        run.outputs = &joint->comparison->by;
        run.output_count = 1;
        joint->evaluate(&run, inputs, n, outputs + r);
    }
    for (size_t i = 0; outputs[0] && i < n; i++) {
        double least = outputs[0][i], sharers = 0;
        for (size_t r = 1; r < count; r++)
            least = outputs[r][i] < least ? outputs[r][i] : least;
        for (size_t r = 0; r < count; r++)
            sharers += outputs[r][i] <= alike * least;
        for (size_t r = 0; r < count; r++)
            if (outputs[count + r])
                outputs[count + r][i] = outputs[r][i] <= alike * least ? 1 / sharers : 0;
    }
}

static traincost_status find_ranked(struct joint *joint, traincost_error *error)
{
    const traincost_comparison *comparison = joint->comparison;
    joint->ranked = calloc(comparison->count, sizeof *joint->ranked);
    if (!joint->ranked)
        return error_no_memory(error);
    for (size_t k = 0; k < comparison->count; k++) {
        const traincost_result *result = comparison->results[k];
        if (column_of(result, comparison->by) < result->given_count)
            joint->ranked[joint->ranked_count++] = k;
    }
    if (joint->ranked_count == 0)
        return error_set(error, TRAINCOST_MISSING, "by %s: no run states what it takes",
                         traincost_output_key(comparison->by));
    return TRAINCOST_OK;
}

/* Stable; runs without the output stay last. */
static void order_runs(traincost_comparison *comparison, const double *medians)
{
    for (size_t k = 0; k < comparison->count; k++) {
        size_t at = k;
        for (; at > 0 && medians[k] < medians[comparison->order[at - 1]]; at--)
            comparison->order[at] = comparison->order[at - 1];
        comparison->order[at] = k;
    }
}

/* As the result shows it, so that the order is the one that is read; else that of the ranking's own samples. */
static double ranked_median(const traincost_result *result, enum model_output by, double own)
{
    for (size_t level = 0; level < result->level_count; level++)
        if (fabs(result->levels[level] - 0.5) < 1e-9)
            return result->figures[column_of(result, by)].quantile[level];
    return own;
}

static void set_least(traincost_comparison *comparison, const struct joint *joint,
                      const struct engine_figure *figures, double *medians)
{
    for (size_t k = 0; k < comparison->count; k++) {
        comparison->least[k] = NAN;
        medians[k] = INFINITY;
    }
    for (size_t r = 0; r < joint->ranked_count; r++) {
        size_t k = joint->ranked[r];
        medians[k] = ranked_median(comparison->results[k], comparison->by, figures[r].quantile[0]);
        comparison->least[joint->ranked[r]] = figures[joint->ranked_count + r].mean;
    }
    order_runs(comparison, medians);
}

/* The same samples once more: shares have no quantiles that a tolerance could wait for. */
static traincost_status rank_runs(struct joint *joint, traincost_comparison *comparison,
                                  const struct traincost_options *options, traincost_error *error)
{
    struct traincost_options own = *options;
    struct engine_answer answer = {0};
    own.engine.samples = comparison->answer.samples;
    own.engine.tolerance = 0;
    own.engine.progress = NULL;
    own.engine.level_count = 1;
    own.engine.bins = 0;
    own.levels[0] = 0.5;
    comparison->least = calloc(comparison->count, sizeof *comparison->least);
    comparison->order = calloc(comparison->count, sizeof *comparison->order);
    double *medians = calloc(comparison->count, sizeof *medians);
    traincost_status status =
        comparison->least && comparison->order && medians ? find_ranked(joint, error) : error_no_memory(error);
    struct engine_job job = {.input_count = joint->input_count,
                             .evaluate = evaluate_least,
                             .model = joint,
                             .output_count = 2 * joint->ranked_count,
                             .plain = 2 * joint->ranked_count};
    if (status == TRAINCOST_OK)
        status = result_run(joint->inputs, job, &own, &answer, error);
    if (status == TRAINCOST_OK)
        set_least(comparison, joint, answer.figures, medians);
    engine_answer_free(&answer);
    free(medians);
    return status;
}

/* Every ratio is of two outputs that were asked for. */
static bool *asked_columns(const struct joint *joint)
{
    const traincost_comparison *comparison = joint->comparison;
    bool *asked = calloc(joint->column_count + comparison->ratio_count + 1, sizeof *asked), *next = asked;
    for (size_t k = 0; asked && k < comparison->count; k++)
        for (size_t j = 0; j < comparison->results[k]->given_count; j++)
            *next++ = comparison->results[k]->asked[j];
    for (size_t r = 0; asked && r < comparison->ratio_count; r++)
        *next++ = true;
    return asked;
}

/* A ratio has none: its runs may share what it is proportional to. */
static size_t *factor_columns(const struct joint *joint)
{
    const traincost_comparison *comparison = joint->comparison;
    size_t *factors = calloc(joint->column_count + comparison->ratio_count + 1, sizeof *factors),
           *next = factors;
    for (size_t k = 0; factors && k < comparison->count; k++)
        for (size_t j = 0; j < joint->runs[k].output_count; j++)
            *next++ = model_factor(&joint->runs[k], joint->runs[k].outputs[j]);
    for (size_t r = 0; factors && r < comparison->ratio_count; r++)
        *next++ = ENGINE_NO_FACTOR;
    return factors;
}

/* A ratio of products is one; draws that its runs share go out of it. */
static struct engine_product *product_columns(const struct joint *joint)
{
    const traincost_comparison *comparison = joint->comparison;
    struct engine_product *products = calloc(joint->column_count + comparison->ratio_count + 1, sizeof *products),
                          *next = products;
    bool *exact = exact_inputs(joint->inputs, joint->input_count);
    for (size_t k = 0; products && exact && k < comparison->count; k++)
        for (size_t j = 0; j < joint->runs[k].output_count; j++)
            *next++ = model_product(&joint->runs[k], exact, joint->runs[k].outputs[j]);
    for (size_t r = 0; products && exact && r < comparison->ratio_count; r++) {
        *next = products[comparison->ratios[r].above];
        product_times(next++, &products[comparison->ratios[r].below], -1);
    }
    if (!exact) {
        free(products);
        products = NULL;
    }
    free(exact);
    return products;
}

static traincost_status run_jointly(traincost_comparison *comparison, const traincost_scenario *const *runs,
                                    const struct traincost_options *options, traincost_error *error)
{
    struct joint joint;
    traincost_status status = joint_init(&joint, comparison, runs, error);
    joint.evaluate = ISA_PICK(isa_choose(options->engine.isa), model_evaluate);
    bool *asked = status == TRAINCOST_OK ? asked_columns(&joint) : NULL;
    size_t *factors = status == TRAINCOST_OK ? factor_columns(&joint) : NULL;
    struct engine_product *products = status == TRAINCOST_OK ? product_columns(&joint) : NULL;
    if (status == TRAINCOST_OK && !(asked && factors && products))
        status = error_no_memory(error);
    struct engine_job job = {.input_count = joint.input_count,
                             .evaluate = evaluate_together,
                             .model = &joint,
                             .output_count = joint.column_count + comparison->ratio_count,
                             .leading = joint.column_count,
                             .plain = joint.column_count + comparison->ratio_count,
                             .factors = factors,
                             .products = products,
                             .asked = asked,
                             .needed = asked};
    if (status == TRAINCOST_OK)
        status = result_run(joint.inputs, job, options, &comparison->answer, error);
    free(asked);
    free(factors);
    free(products);
    const struct engine_figure *figures = comparison->answer.figures;
    for (size_t k = 0; k < comparison->count && status == TRAINCOST_OK; k++) {
        status = result_finish(comparison->results[k], figures, comparison->answer.samples, options, error);
        figures += comparison->results[k]->given_count;
    }
    if (status == TRAINCOST_OK)
        set_ratios(comparison, figures);
    if (status == TRAINCOST_OK && comparison->by < MODEL_OUTPUTS)
        status = rank_runs(&joint, comparison, options, error);
    joint_free(&joint);
    return status;
}

static traincost_status begin_results(traincost_comparison *comparison, const traincost_scenario *const *runs,
                                      size_t count, const struct traincost_options *options,
                                      traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    for (size_t k = 0; k < count && status == TRAINCOST_OK; k++) {
        status = runs[k]->catalog == runs[0]->catalog
                     ? comparison_add(comparison, runs[k], options, error)
                     : error_set(error, TRAINCOST_CONFLICT, "the runs are of two catalogues");
        const char *origin = runs[k]->origin ? runs[k]->origin : runs[k]->name;
        if (status && origin)
            error_prefix(error, "%s", origin);
        else if (status && count > 1)
            error_prefix(error, "run %zu", k + 1);
    }
    return status;
}

/* ---- the parts that other ways to compare use ---- */

traincost_comparison *comparison_new(size_t most, enum model_output by, traincost_error *error)
{
    traincost_comparison *comparison = calloc(1, sizeof *comparison);
    if (comparison)
        comparison->results = calloc(most, sizeof(traincost_result *));
    if (comparison && comparison->results) {
        comparison->by = by;
        comparison->alike = 1;
        return comparison;
    }
    free(comparison);
    error_no_memory(error);
    return NULL;
}

traincost_status comparison_add(traincost_comparison *comparison, const traincost_scenario *run,
                                const struct traincost_options *options, traincost_error *error)
{
    struct traincost_options own = *options;
    traincost_result *result = calloc(1, sizeof *result);
    if (!result)
        return error_no_memory(error);
    own.engine.sensitivity = false;
    if (comparison->by < MODEL_OUTPUTS)
        own.asked[comparison->by] = true;
    traincost_status status = result_begin(result, run, &own, error);
    if (status)
        traincost_result_free(result);
    else
        comparison->results[comparison->count++] = result;
    return status;
}

traincost_status comparison_finish(traincost_comparison *comparison, const traincost_scenario *const *runs,
                                   bool ratios, const struct traincost_options *options, traincost_error *error)
{
    struct traincost_options own = *options;
    own.engine.sensitivity = false;
    level_bases(comparison);
    traincost_status status = ratios ? pair_outputs(comparison, error) : TRAINCOST_OK;
    return status ? status : run_jointly(comparison, runs, &own, error);
}

traincost_status comparison_by(const char *key, enum model_output *by, traincost_error *error)
{
    return output_need("output", key, by, error);
}

/* ---- the whole ---- */

/* Too many are not looked at: they are refused as such. */
static bool have_runs(const traincost_scenario *const *runs, size_t count)
{
    for (size_t i = 0; count <= LIMIT_RUNS && i < count; i++)
        if (!runs || !runs[i])
            return false;
    return true;
}

traincost_status traincost_compare(const traincost_scenario *const *runs, size_t count,
                                   const traincost_options *options, traincost_comparison **out,
                                   traincost_error *error)
{
    if (out)
        *out = NULL;
    if (!out || !have_runs(runs, count))
        return error_null(error, __func__);
    return traincost_compare_by(runs, count, NULL, options, out, error);
}

traincost_status traincost_compare_by(const traincost_scenario *const *runs, size_t count, const char *by,
                                      const traincost_options *options, traincost_comparison **out,
                                      traincost_error *error)
{
    enum model_output output = MODEL_OUTPUTS;
    options = options ? options : &options_default;
    if (out)
        *out = NULL;
    if (!out || !have_runs(runs, count))
        return error_null(error, __func__);
    if (count == 0)
        return error_set(error, TRAINCOST_MISSING, "no run to compare");
    if (count > LIMIT_RUNS)
        return error_limit(error, LIMIT_RUNS, "runs or chips of a comparison");
    traincost_status status = by ? comparison_by(by, &output, error) : TRAINCOST_OK;
    if (status)
        return status;
    traincost_comparison *comparison = comparison_new(count, output, error);
    if (!comparison)
        return TRAINCOST_NO_MEMORY;
    status = begin_results(comparison, runs, count, options, error);
    if (status == TRAINCOST_OK)
        status = comparison_finish(comparison, runs, true, options, error);
    if (status)
        traincost_comparison_free(comparison);
    else
        *out = comparison;
    return status;
}

/* ---- access ---- */

const traincost_result *traincost_comparison_result(const traincost_comparison *comparison, size_t run)
{
    if (!comparison)
        return NULL;
    return run < comparison->count ? comparison->results[run] : NULL;
}

const traincost_chip *traincost_comparison_chip(const traincost_comparison *comparison, size_t run)
{
    if (!comparison)
        return NULL;
    return comparison->chips && run < comparison->count ? comparison->chips[run] : NULL;
}

const traincost_output *traincost_comparison_ratio(const traincost_comparison *comparison, size_t run,
                                                   const char *output)
{
    if (!comparison || !output)
        return NULL;
    for (size_t r = 0; r < comparison->ratio_count; r++) {
        const traincost_output *figure = &comparison->ratios[r].figure;
        if (comparison->ratios[r].run == run && !strcmp(figure->key, output))
            return output_check(figure, NULL) == TRAINCOST_OK ? figure : NULL;
    }
    return NULL;
}

const char *traincost_comparison_by(const traincost_comparison *comparison)
{
    return comparison ? traincost_output_key(comparison->by) : NULL;
}

double traincost_comparison_least(const traincost_comparison *comparison, size_t run)
{
    if (!comparison)
        return NAN;
    return comparison->least && run < comparison->count ? comparison->least[run] : NAN;
}

size_t traincost_comparison_ranked(const traincost_comparison *comparison, size_t place)
{
    if (!comparison)
        return 0;
    if (place >= comparison->count)
        return comparison->count;
    return comparison->order ? comparison->order[place] : place;
}

const char *traincost_comparison_left_out_at(const traincost_comparison *comparison, size_t index,
                                             const char **why)
{
    if (!comparison)
        return NULL;
    if (index >= comparison->left_out_count)
        return NULL;
    if (why)
        *why = comparison->left_out[index].why;
    return comparison->left_out[index].chip->id;
}
