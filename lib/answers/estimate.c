/* From a run to its result: what the engine is asked, and what it answers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/estimate.h"

#include "answers/output_summary.h"
#include "answers/stage_outputs.h"
#include "base/text.h"
#include "base/text_date.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

_Static_assert((int)MODEL_BLOCK == (int)ENGINE_BLOCK, "the model takes the engine's blocks");
_Static_assert(MODEL_ABSENT == ENGINE_NO_FACTOR, "no input has that number");

const char *traincost_version(void)
{
    return TRAINCOST_VERSION;
}

void traincost_result_free(traincost_result *result)
{
    if (!result)
        return;
    resolved_free(&result->resolved);
    engine_answer_free(&result->answer);
    free(result->name);
    free(result->inputs);
    free(result->input_texts);
    free(result->stages);
    free(result->sensitivities);
    free(result->swings);
    free(result->staged);
    free(result);
}

/* ---- summaries ---- */

static const struct engine_figure *figure_at(const traincost_result *result, size_t output)
{
    return &result->figures[result->kept[output]];
}

static traincost_status summarise_outputs(traincost_result *result, traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    for (size_t j = 0; j < result->output_count && status == TRAINCOST_OK; j++) {
        result->outputs[j] =
            output_summary(result->given[result->kept[j]], figure_at(result, j), result->level_count);
        status = output_check(&result->outputs[j], error);
    }
    return status;
}

static traincost_status summarise_inputs(traincost_result *result, traincost_error *error)
{
    size_t count = result->resolved.input_count;
    result->inputs = calloc(count + 1, sizeof *result->inputs);
    result->input_texts = calloc(count + 1, sizeof *result->input_texts);
    if (!result->inputs || !result->input_texts)
        return error_no_memory(error);
    for (size_t i = 0; i < count; i++) {
        const struct resolved_input *from = &result->resolved.inputs[i];
        const traincost_parameter *parameter = &parameter_table[from->parameter].public;
        quantity_print(&from->q, result->input_texts[i], QUANTITY_TEXT);
        result->inputs[i] = (traincost_input){parameter->key,
                                              from->stages,
                                              parameter->unit,
                                              result->input_texts[i],
                                              quantity_quantile(&from->q, 0.05),
                                              quantity_quantile(&from->q, 0.5),
                                              quantity_quantile(&from->q, 0.95),
                                              from->origin != NULL,
                                              from->source};
    }
    return TRAINCOST_OK;
}

static double input_median(const traincost_result *result, const struct model_stage *stage,
                           enum model_variable variable)
{
    size_t input = stage->input[variable];
    return input == MODEL_ABSENT ? NAN : result->inputs[input].p50;
}

static bool is_exact(const traincost_result *result, const struct model_stage *stage,
                     enum model_variable variable)
{
    size_t input = stage->input[variable];
    return input == MODEL_ABSENT || quantity_is_exact(&result->resolved.inputs[input].q);
}

/* The time of a stage that follows from its compute or its goodput, with every input at its median. */
static traincost_status summarise_computed(const traincost_result *result, const struct model_stage *model,
                                           traincost_stage *stage, traincost_error *error)
{
    static const enum model_output asked[] = {MODEL_OUT_CHIP_HOURS, MODEL_OUT_HOURS};
    const double **medians = calloc(result->resolved.input_count + 1, sizeof *medians);
    double *outputs[] = {&stage->chip_hours, &stage->hours};
    if (!medians)
        return error_no_memory(error);
    for (size_t i = 0; i < result->resolved.input_count; i++)
        medians[i] = &result->inputs[i].p50;
    struct model_stage own = *model;
    own.type = 0;
    struct model_run run = {&own, 1, asked, 2};
    model_evaluate(&run, medians, 1, outputs);
    free(medians);
    bool exact = true;
    for (int v = MODEL_PARAMS; v <= MODEL_GOODPUT; v++)
        exact &= is_exact(result, model, (enum model_variable)v);
    for (int v = MODEL_CHIPS; v <= MODEL_CHIP_HOURS && model->training; v++)
        exact &= is_exact(result, model, (enum model_variable)v);
    stage->chip_hours_exact = exact;
    if (isnan(stage->chips) && stage->hours > 0) {
        stage->chips = stage->chip_hours / stage->hours;
        stage->chips_exact = exact && stage->hours_exact;
    } else if (isnan(stage->chips))
        stage->hours = NAN;
    else
        stage->hours_exact = exact && stage->chips_exact;
    return TRAINCOST_OK;
}

static traincost_status summarise_stages(traincost_result *result, traincost_error *error)
{
    const struct resolved *resolved = &result->resolved;
    result->stages = calloc(resolved->stage_count, sizeof *result->stages);
    if (!result->stages)
        return error_no_memory(error);
    traincost_status status = TRAINCOST_OK;
    for (size_t s = 0; s < resolved->own_count && status == TRAINCOST_OK; s++) {
        const struct model_stage *model = &resolved->models[s];
        double chips = input_median(result, model, MODEL_CHIPS),
               hours = input_median(result, model, MODEL_HOURS);
        double chip_hours = input_median(result, model, MODEL_CHIP_HOURS);
        bool exact = is_exact(result, model, MODEL_CHIP_HOURS);
        bool exact_chips = is_exact(result, model, MODEL_CHIPS),
             exact_hours = is_exact(result, model, MODEL_HOURS);
        result->stages[s] = (traincost_stage){
            .name = resolved->stages[s].name,
            .chip = resolved->stages[s].chip,
            .chips = chips,
            .hours = isnan(hours) ? chip_hours / chips : hours,
            .chip_hours = isnan(chip_hours) ? chips * hours : chip_hours,
            .chips_exact = exact_chips,
            .hours_exact = isnan(hours) ? exact && exact_chips : exact_hours,
            .chip_hours_exact = isnan(chip_hours) ? exact_chips && exact_hours : exact,
        };
        bool measured = model->input[MODEL_THROUGHPUT] != MODEL_ABSENT || model->input[MODEL_STEP_TIME] != MODEL_ABSENT;
        if (model->input[MODEL_MFU] != MODEL_ABSENT || measured || model->training)
            status = summarise_computed(result, model, &result->stages[s], error);
    }
    return status;
}

static int by_total(const void *a, const void *b)
{
    const traincost_sensitivity *x = a, *y = b;
    return (x->total < y->total) - (x->total > y->total);
}

/* A draw that inputs of other stages share speaks for them too. */
static const char *stages_moved(const traincost_result *result, size_t input)
{
    for (size_t i = input + 1; i < result->resolved.input_count; i++)
        if (result->resolved.inputs[i].leader == input)
            return NULL;
    return result->inputs[input].stage;
}

static traincost_status summarise_sensitivity(traincost_result *result, traincost_error *error)
{
    size_t inputs = result->resolved.input_count;
    result->sensitivities = calloc(result->output_count * inputs + 1, sizeof *result->sensitivities);
    if (!result->sensitivities)
        return error_no_memory(error);
    for (size_t j = 0; j < result->output_count; j++) {
        traincost_sensitivity *row = result->sensitivities + j * inputs;
        const struct engine_figure *figure = figure_at(result, j);
        for (size_t i = 0; figure->first_order && i < inputs; i++)
            row[i] = (traincost_sensitivity){result->inputs[i].key, stages_moved(result, i),
                                             isnan(figure->first_order[i]) ? 0 : figure->first_order[i],
                                             isnan(figure->total_order[i]) ? 0 : figure->total_order[i],
                                             figure->first_se[i], figure->total_se[i]};
        qsort(row, inputs, sizeof *row, by_total);
    }
    return TRAINCOST_OK;
}

/* What differs in the last digits only moves nothing: two ways to the same sum. */
static bool is_swing(const traincost_swing *swing)
{
    return fabs(swing->high - swing->low) > 1e-12 * fmax(fabs(swing->high), fabs(swing->low));
}

static int by_swing(const void *a, const void *b)
{
    const traincost_swing *x = a, *y = b;
    double first = fabs(x->high - x->low), second = fabs(y->high - y->low);
    return (first < second) - (first > second);
}

/* Of what draws for itself; the others stay 0, which is no swing. A run that was compared has none. */
static traincost_status summarise_swings(traincost_result *result, traincost_error *error)
{
    size_t inputs = result->resolved.input_count;
    result->swings = calloc(result->output_count * inputs + 1, sizeof *result->swings);
    if (!result->swings)
        return error_no_memory(error);
    for (size_t j = 0; j < result->output_count; j++) {
        const struct engine_figure *figure = figure_at(result, j);
        traincost_swing *row = result->swings + j * inputs;
        for (size_t i = 0; figure->low && i < inputs; i++)
            if (isfinite(figure->low[i]) && isfinite(figure->high[i]))
                row[i] = (traincost_swing){result->inputs[i].key, stages_moved(result, i), figure->low[i],
                                           figure->high[i]};
        qsort(row, inputs, sizeof *row, by_swing);
    }
    return TRAINCOST_OK;
}

/* ---- correlated inputs ---- */

/* The one uncertain draw of that parameter in the run. Errors: CONFLICT where stages have their own. `*input`
 * is the number of inputs where nothing is uncertain. */
static traincost_status find_shared(const struct resolved *resolved, enum parameter parameter, size_t *input,
                                    traincost_error *error)
{
    *input = resolved->input_count;
    for (size_t i = 0; i < resolved->input_count; i++) {
        const struct resolved_input *one = &resolved->inputs[i];
        bool follows = one->leader != i && !quantity_is_exact(&resolved->inputs[one->leader].q);
        if (one->parameter != parameter || quantity_is_exact(&one->q) || follows)
            continue;
        if (*input < resolved->input_count)
            return error_set(error, TRAINCOST_CONFLICT,
                             "correlate: stages have a %s of their own; one that the run shares is needed",
                             parameter_table[parameter].public.key);
        *input = i;
    }
    return TRAINCOST_OK;
}

static traincost_status note_exact(traincost_result *result, enum parameter parameter, traincost_error *error)
{
    return resolved_note(&result->resolved,
                         (const char *[]){"correlate: ", parameter_table[parameter].public.key,
                                          " has no range here, so nothing moves with it", NULL},
                         error);
}

static traincost_status pick_correlated(traincost_result *result, const struct traincost_options *options,
                                        struct engine_correlation *pairs, size_t *count, traincost_error *error)
{
    for (size_t c = 0; c < options->correlation_count; c++) {
        const struct correlation *pair = &options->correlations[c];
        struct engine_correlation *found = &pairs[*count];
        size_t none = result->resolved.input_count;
        traincost_status status = find_shared(&result->resolved, pair->a, &found->a, error);
        if (status == TRAINCOST_OK)
            status = find_shared(&result->resolved, pair->b, &found->b, error);
        if (status == TRAINCOST_OK && (found->a == none || found->b == none))
            status = note_exact(result, found->a == none ? pair->a : pair->b, error);
        if (status)
            return status;
        found->rank = pair->rank;
        *count += found->a != none && found->b != none;
    }
    return TRAINCOST_OK;
}

/* ---- the run ---- */

/* The engine knows every output that the run gives, so that a figure does not depend on what else is asked for.
 */
static void choose_columns(traincost_result *result, const struct traincost_options *options)
{
    struct model_run run = {result->resolved.models, result->resolved.stage_count, NULL, 0};
    for (int j = 0; j < MODEL_OUTPUTS; j++) {
        size_t place = result->given_count;
        if (!model_gives(&run, (enum model_output)j))
            continue;
        result->given[place] = (enum model_output)j;
        result->asked[place] = options->all_outputs || options->asked[j];
        result->analysed[place] = options->all_analysed || options->analysed[j];
        result->given_count++;
    }
    result_keep(result);
}

void result_keep(traincost_result *result)
{
    result->output_count = 0;
    for (size_t place = 0; place < result->given_count; place++)
        if (result->asked[place])
            result->kept[result->output_count++] = place;
}

traincost_status result_run(const struct resolved_input *inputs, struct engine_job job,
                            const struct traincost_options *options, struct engine_answer *answer,
                            traincost_error *error)
{
    quantity *quantities = calloc(job.input_count + 1, sizeof *quantities);
    size_t *leaders = calloc(job.input_count + 1, sizeof *leaders);
    traincost_status status = quantities && leaders ? TRAINCOST_OK : error_no_memory(error);
    for (size_t i = 0; i < job.input_count && status == TRAINCOST_OK; i++) {
        quantities[i] = inputs[i].q;
        leaders[i] = inputs[i].leader;
    }
    job.inputs = quantities;
    job.leaders = leaders;
    job.settings = options->engine;
    job.settings.levels = options->levels;
    if (status == TRAINCOST_OK)
        status = engine_run(&job, answer, error);
    free(quantities);
    free(leaders);
    return status;
}

bool *exact_inputs(const struct resolved_input *inputs, size_t count)
{
    bool *exact = calloc(count + 1, sizeof *exact);
    for (size_t i = 0; exact && i < count; i++)
        exact[i] = quantity_is_exact(&inputs[i].q);
    return exact;
}

/* The columns of the engine: those of the run, then those of its stages. */
struct columns {
    bool *asked, *analysed, *exact; /* the last by input */
    size_t *factors;
    struct engine_product *products;
};

static void columns_free(struct columns *columns)
{
    free(columns->asked);
    free(columns->analysed);
    free(columns->exact);
    free(columns->factors);
    free(columns->products);
}

static traincost_status columns_make(const traincost_result *result, const struct model_run *run,
                                     struct columns *columns, traincost_error *error)
{
    size_t own = run->output_count, all = own + stage_outputs_columns(result);
    *columns = (struct columns){calloc(all + 1, sizeof(bool)), calloc(all + 1, sizeof(bool)),
                                exact_inputs(result->resolved.inputs, result->resolved.input_count),
                                calloc(all + 1, sizeof(size_t)), calloc(all + 1, sizeof(struct engine_product))};
    if (!columns->asked || !columns->analysed || !columns->exact || !columns->factors || !columns->products)
        return error_no_memory(error);
    memcpy(columns->asked, result->asked, own * sizeof *columns->asked);
    memcpy(columns->analysed, result->analysed, own * sizeof *columns->analysed);
    for (size_t place = 0; place < own; place++)
        columns->factors[place] = model_factor(run, result->given[place]);
    for (size_t place = 0; place < own; place++)
        if (columns->asked[place])
            columns->products[place] = model_product(run, columns->exact, result->given[place]);
    stage_outputs_ask(result, columns->asked + own, columns->factors + own);
    stage_outputs_multiply(result, run, columns->exact, columns->products + own);
    return TRAINCOST_OK;
}

static traincost_status run_columns(traincost_result *result, const struct model_run *run,
                                    const struct columns *columns, const struct traincost_options *options,
                                    traincost_error *error)
{
    struct engine_correlation pairs[OPTION_CORRELATIONS];
    struct staged_model staged = {ISA_PICK(isa_choose(options->engine.isa), model_evaluate), run, result};
    struct engine_job job = {.input_count = result->resolved.input_count,
                             .evaluate = staged_evaluate,
                             .model = &staged,
                             .output_count = run->output_count + stage_outputs_columns(result),
                             .leading = run->output_count,
                             .plain = stage_outputs_columns(result),
                             .factors = columns->factors,
                             .products = columns->products,
                             .asked = columns->asked,
                             .analysed = columns->analysed,
                             .correlations = pairs};
    traincost_status status = pick_correlated(result, options, pairs, &job.correlation_count, error);
    return status ? status : result_run(result->resolved.inputs, job, options, &result->answer, error);
}

static traincost_status run_alone(traincost_result *result, const struct traincost_options *options,
                                  traincost_error *error)
{
    struct model_run run = {result->resolved.models, result->resolved.stage_count, result->given,
                            result->given_count};
    struct columns columns;
    traincost_status status = columns_make(result, &run, &columns, error);
    if (status == TRAINCOST_OK)
        status = run_columns(result, &run, &columns, options, error);
    columns_free(&columns);
    return status;
}

/* The stages cannot have done more FLOP than their chips can at the dense peak. */
static traincost_status note_mfu(traincost_result *result, traincost_error *error)
{
    char percent[TEXT_NUMBER];
    for (size_t j = 0; j < result->output_count; j++) {
        double mfu = figure_at(result, j)->mean;
        if (result->given[result->kept[j]] != MODEL_OUT_MFU || mfu <= 1)
            continue;
        text_print_digits(100 * mfu, 3, percent);
        return resolved_note(&result->resolved,
                             (const char *[]){"an MFU of ", percent,
                                              " % cannot be: the compute stated is more than the "
                                              "chips can do in that time at their dense peak",
                                              NULL},
                             error);
    }
    return TRAINCOST_OK;
}

/* Beyond the outermost samples there is nothing to tell. */
static traincost_status check_levels(const struct traincost_options *options, traincost_error *error)
{
    for (size_t i = 0; i < options->engine.level_count; i++) {
        double beyond = fmin(options->levels[i], 1 - options->levels[i]);
        char percent[TEXT_NUMBER], samples[TEXT_NUMBER], needed[TEXT_NUMBER];
        if (beyond * options->engine.samples >= 0.5)
            continue;
        return error_set(error, TRAINCOST_RANGE, "quantiles: %s samples do not reach %s %%, which takes %s of them",
                         text_print_grouped(options->engine.samples, 15, samples),
                         text_print_digits(100 * options->levels[i], 6, percent),
                         text_print_grouped(ceil(1 / beyond), 2, needed));
    }
    return TRAINCOST_OK;
}

traincost_status result_begin(traincost_result *result, const traincost_scenario *scenario,
                              const struct traincost_options *options, traincost_error *error)
{
    traincost_status status = check_levels(options, error);
    if (status == TRAINCOST_OK)
        status = scenario_resolve(scenario, options->lenient, options->dollars, &result->resolved, error);
    if (status)
        return status;
    result->name = text_copy(scenario->name ? scenario->name : "");
    if (!result->name)
        return error_no_memory(error);
    text_print_date(result->resolved.day, result->date);
    if (result->resolved.dollars.to)
        result->dollars = dollars_public(&result->resolved.dollars);
    result->seed = options->engine.seed;
    result->level_count = options->engine.level_count;
    memcpy(result->levels, options->levels, sizeof result->levels);
    choose_columns(result, options);
    return TRAINCOST_OK;
}

traincost_status result_finish(traincost_result *result, const struct engine_figure *figures, double samples,
                               const struct traincost_options *options, traincost_error *error)
{
    result->figures = figures;
    result->samples = samples;
    traincost_status status = summarise_outputs(result, error);
    if (options->figures_only)
        return status;
    if (status == TRAINCOST_OK)
        status = summarise_inputs(result, error);
    if (status == TRAINCOST_OK)
        status = summarise_stages(result, error);
    if (status == TRAINCOST_OK && options->engine.sensitivity)
        status = summarise_sensitivity(result, error);
    if (status == TRAINCOST_OK)
        status = summarise_swings(result, error);
    if (status == TRAINCOST_OK)
        status = note_mfu(result, error);
    return status;
}

static traincost_status make_result(traincost_result *result, const traincost_scenario *scenario,
                                    const struct traincost_options *options, traincost_error *error)
{
    traincost_status status = result_begin(result, scenario, options, error);
    if (status == TRAINCOST_OK)
        status = stage_outputs_choose(result, options, error);
    if (status == TRAINCOST_OK)
        status = run_alone(result, options, error);
    if (status == TRAINCOST_OK)
        status = result_finish(result, result->answer.figures, result->answer.samples, options, error);
    if (status == TRAINCOST_OK)
        status = stage_outputs_finish(result, result->answer.figures + result->given_count, error);
    return status;
}

traincost_status traincost_estimate(const traincost_scenario *scenario, const traincost_options *options,
                                    traincost_result **out, traincost_error *error)
{
    if (out)
        *out = NULL;
    if (!scenario || !out)
        return error_null(error, __func__);
    traincost_result *result = calloc(1, sizeof *result);
    if (!result)
        return error_no_memory(error);
    traincost_status status = make_result(result, scenario, options ? options : &options_default, error);
    if (status)
        traincost_result_free(result);
    else
        *out = result;
    return status;
}

/* ---- access ---- */

const char *traincost_result_name(const traincost_result *result)
{
    return result ? result->name : NULL;
}

const char *traincost_result_date(const traincost_result *result)
{
    return result ? result->date : NULL;
}

double traincost_result_samples(const traincost_result *result)
{
    return result ? result->samples : NAN;
}

double traincost_result_seed(const traincost_result *result)
{
    return result ? result->seed : NAN;
}

const traincost_dollars *traincost_result_dollars(const traincost_result *result)
{
    return result && result->dollars.of ? &result->dollars : NULL;
}

double traincost_result_level(const traincost_result *result, size_t index)
{
    if (!result)
        return NAN;
    return index < result->level_count ? result->levels[index] : NAN;
}

const traincost_output *traincost_result_at(const traincost_result *result, size_t index)
{
    if (!result)
        return NULL;
    return index < result->output_count ? &result->outputs[index] : NULL;
}

const traincost_output *traincost_result_find(const traincost_result *result, const char *key)
{
    if (!result || !key)
        return NULL;
    for (size_t j = 0; j < result->output_count; j++)
        if (!strcmp(result->outputs[j].key, key))
            return &result->outputs[j];
    return NULL;
}

double traincost_result_probability(const traincost_result *result, const char *output, double value)
{
    if (!result || !output)
        return NAN;
    for (size_t j = 0; j < result->output_count; j++)
        if (!strcmp(result->outputs[j].key, output))
            return engine_probability(figure_at(result, j), value);
    return NAN;
}

const traincost_input *traincost_result_input_at(const traincost_result *result, size_t index)
{
    if (!result)
        return NULL;
    return index < result->resolved.input_count ? &result->inputs[index] : NULL;
}

const traincost_stage *traincost_result_stage_at(const traincost_result *result, size_t index)
{
    if (!result)
        return NULL;
    return index < result->resolved.own_count ? &result->stages[index] : NULL;
}

const traincost_sensitivity *traincost_result_sensitivity_at(const traincost_result *result, const char *output,
                                                             size_t index)
{
    if (!result || !output)
        return NULL;
    const traincost_output *found = traincost_result_find(result, output);
    if (!found || !result->sensitivities || index >= result->resolved.input_count)
        return NULL;
    const traincost_sensitivity *one =
        result->sensitivities + (size_t)(found - result->outputs) * result->resolved.input_count + index;
    return one->key ? one : NULL;
}

const traincost_swing *traincost_result_swing_at(const traincost_result *result, const char *output,
                                                 size_t index)
{
    if (!result || !output)
        return NULL;
    const traincost_output *found = traincost_result_find(result, output);
    if (!found || !result->swings || index >= result->resolved.input_count)
        return NULL;
    const traincost_swing *one =
        result->swings + (size_t)(found - result->outputs) * result->resolved.input_count + index;
    return is_swing(one) ? one : NULL;
}

const char *traincost_result_note_at(const traincost_result *result, size_t index)
{
    if (!result)
        return NULL;
    return index < result->resolved.note_count ? result->resolved.notes[index] : NULL;
}
