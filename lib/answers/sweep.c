/* A run along one or two parameters. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/estimate.h"

#include "base/limits.h"
#include "base/text.h"
#include "base/text_date.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AXES = 2, USUAL_STEPS = 9, DIGITS = 3, MOST_DIGITS = 15, VALUE_TEXT = 128 };
/* Over a range of more than this factor even ratios show more than even differences. */
static const double wide = 4;

struct sweep_value {
    char text[VALUE_TEXT];
    double number; /* NaN of a word, a date or a range */
};

struct axis {
    enum parameter parameter;
    struct sweep_value *values;
    size_t count;
};

/* Outputs at a point, whose numbers lie together. */
struct point {
    traincost_output *outputs;
    size_t output_count;
    double *numbers;
    struct dollars of; /* which the next one points into */
    traincost_dollars dollars;
};

struct traincost_sweep {
    struct axis axes[AXES];
    size_t axis_count;
    struct point *points; /* NULL before it was run */
    size_t point_count;   /* of them */
    double levels[OPTION_LEVELS];
    size_t level_count;
    double samples, seed;
    char date[TEXT_DATE]; /* of the last point that was run */
    char *name;           /* of the run */
};

traincost_sweep *traincost_sweep_new(void)
{
    return calloc(1, sizeof(traincost_sweep));
}

static void drop_points(traincost_sweep *sweep)
{
    for (size_t i = 0; i < sweep->point_count; i++) {
        free(sweep->points[i].outputs);
        free(sweep->points[i].numbers);
    }
    free(sweep->name);
    sweep->name = NULL;
    free(sweep->points);
    sweep->points = NULL;
    sweep->point_count = 0;
}

void traincost_sweep_free(traincost_sweep *sweep)
{
    if (!sweep)
        return;
    drop_points(sweep);
    for (size_t a = 0; a < sweep->axis_count; a++)
        free(sweep->axes[a].values);
    free(sweep);
}

/* ---- values ---- */

static traincost_status read_steps(const char *text, double *steps, traincost_error *error)
{
    struct quantity_rule rule = {"steps", DIMENSION_COUNT, 2, INFINITY, false};
    quantity q;
    *steps = USUAL_STEPS;
    traincost_status status = text ? quantity_parse(text, &rule, &q, error) : TRAINCOST_OK;
    if (!text || status)
        return status;
    if (!quantity_is_exact(&q) || q.a != floor(q.a))
        return error_set(error, TRAINCOST_SYNTAX, "steps '%.60s': it takes a whole number", text);
    *steps = q.a;
    return TRAINCOST_OK;
}

static traincost_status read_spacing(const char *key, const char *text, const quantity *range,
                                     bool *even_ratios, traincost_error *error)
{
    *even_ratios = range->a > 0 && range->b > wide * range->a;
    if (!text)
        return TRAINCOST_OK;
    *even_ratios = !strcmp(text, "log");
    if (!*even_ratios && strcmp(text, "linear") != 0)
        return error_choice(error, "spacing", text, "linear|log");
    if (*even_ratios && range->a <= 0)
        return error_set(error, TRAINCOST_RANGE, "spacing log: the range of %s must begin above 0", key);
    return TRAINCOST_OK;
}

static traincost_status check_points(const traincost_sweep *sweep, double count, traincost_error *error)
{
    char number[TEXT_NUMBER], most[TEXT_NUMBER];
    for (size_t a = 0; a < sweep->axis_count; a++)
        count *= (double)sweep->axes[a].count;
    if (count <= (double)LIMIT_POINTS)
        return TRAINCOST_OK;
    text_print_grouped(count, 15, number);
    return error_set(error, TRAINCOST_LIMIT, "a sweep of %s points: at most %s in all (traincost-scenario(5), LIMITS)",
                     number, text_print_grouped(LIMIT_POINTS, 15, most));
}

static bool counts_whole(enum parameter parameter)
{
    return parameter == PARAMETER_CHIPS || parameter == PARAMETER_LAYERS || parameter == PARAMETER_HIDDEN ||
           parameter == PARAMETER_SEQUENCE_LENGTH;
}

static double value_between(const quantity *range, bool even_ratios, size_t i, size_t steps)
{
    double share = (double)i / (double)(steps - 1);
    if (i == 0 || i == steps - 1)
        return i ? range->b : range->a;
    return even_ratios ? range->a * pow(range->b / range->a, share) : range->a + share * (range->b - range->a);
}

static void set_value(struct sweep_value *sweep_value, double number)
{
    sweep_value->number = number;
    text_print_number(number, sweep_value->text);
}

static double rounded_between(double number, int digits)
{
    char text[TEXT_NUMBER];
    double sweep_value = fabs(number);
    text_print_digits(sweep_value, digits, text);
    text_number(text, &sweep_value);
    return number < 0 ? -sweep_value : sweep_value;
}

/* What lies between the ends to so many digits; false where two of the values are then the same. */
static bool fill_range(struct axis *axis, const quantity *range, bool even_ratios, size_t steps, int digits)
{
    bool whole = counts_whole(axis->parameter);
    axis->count = 0;
    for (size_t i = 0; i < steps; i++) {
        double sweep_value = value_between(range, even_ratios, i, steps);
        if (i > 0 && i < steps - 1)
            sweep_value = whole ? round(sweep_value) : rounded_between(sweep_value, digits);
        bool same = axis->count > 0 && sweep_value <= axis->values[axis->count - 1].number;
        if (same && !whole)
            return false;
        if (!same)
            set_value(&axis->values[axis->count++], sweep_value);
    }
    double last = axis->values[axis->count - 1].number;
    if (last > range->b && axis->count > 1) /* 1..2.5 chips: 2 and 3 are past the half */
        axis->count--;
    return whole || last <= range->b;
}

static traincost_status vary_range(const traincost_sweep *sweep, struct axis *axis, const quantity *range,
                                   const char *steps, const char *spacing, traincost_error *error)
{
    const char *key = parameter_table[axis->parameter].public.key;
    double count;
    bool even_ratios = false;
    traincost_status status = read_steps(steps, &count, error);
    if (status == TRAINCOST_OK)
        status = read_spacing(key, spacing, range, &even_ratios, error);
    if (status == TRAINCOST_OK)
        status = check_points(sweep, count, error);
    if (status)
        return status;
    if (range->a >= range->b)
        return error_set(error, TRAINCOST_RANGE, "%s: both ends of the range are the same", key);
    axis->values = calloc((size_t)count, sizeof *axis->values);
    if (!axis->values)
        return error_no_memory(error);
    for (int digits = DIGITS; digits <= MOST_DIGITS; digits++)
        if (fill_range(axis, range, even_ratios, (size_t)count, digits))
            return TRAINCOST_OK;
    free(axis->values);
    axis->values = NULL;
    return error_set(error, TRAINCOST_RANGE, "%s: the range is too narrow for so many steps", key);
}

/* The next comma outside parentheses, or the end. */
static size_t item_length(const char *text)
{
    int depth = 0;
    size_t n = 0;
    for (; text[n] && (text[n] != ',' || depth > 0); n++)
        depth += (text[n] == '(') - (text[n] == ')');
    return n;
}

static size_t count_items(const char *text)
{
    size_t count = 1;
    for (text += item_length(text); *text; text += item_length(text)) {
        text++;
        count++;
    }
    return count;
}

/* In dollars, and of a chip: what another currency or a server makes of it is known with the run alone. */
static double number_of(enum parameter parameter, const char *text)
{
    struct quantity_rule rule = parameter_rule(parameter);
    quantity q;
    if (parameter_table[parameter].kind != KIND_QUANTITY || quantity_parse(text, &rule, &q, NULL))
        return NAN;
    bool plain = quantity_is_exact(&q) && q.currency == CURRENCY_USD && q.per != PER_SERVER;
    return plain ? q.a : NAN;
}

static traincost_status vary_list(const traincost_sweep *sweep, struct axis *axis, const char *text,
                                  traincost_error *error)
{
    size_t count = count_items(text);
    traincost_status status = check_points(sweep, (double)count, error);
    if (status)
        return status;
    axis->values = calloc(count, sizeof *axis->values);
    if (!axis->values)
        return error_no_memory(error);
    for (const char *at = text; axis->count < count; at += item_length(at) + 1) {
        struct sweep_value *sweep_value = &axis->values[axis->count++];
        at += strspn(at, " ");
        size_t length = item_length(at);
        if (length == 0 || length >= sizeof sweep_value->text)
            return error_set(error, TRAINCOST_SYNTAX,
                             "%s '%.60s': write a range, as in 256..4096, or a list, as in 1,2,5",
                             parameter_table[axis->parameter].public.key, text);
        memcpy(sweep_value->text, at, length);
        sweep_value->number = number_of(axis->parameter, sweep_value->text);
    }
    return TRAINCOST_OK;
}

/* A text without a comma that reads as an interval is a range to go along. */
static traincost_status vary_axis(const traincost_sweep *sweep, struct axis *axis, const char *text,
                                  const char *steps, const char *spacing, traincost_error *error)
{
    struct quantity_rule rule = parameter_rule(axis->parameter);
    quantity range;
    if (parameter_table[axis->parameter].kind != KIND_QUANTITY || text[item_length(text)])
        return vary_list(sweep, axis, text, error);
    traincost_status status = quantity_parse(text, &rule, &range, error);
    if (status)
        return status;
    if (range.form == FORM_INTERVAL && (range.currency != CURRENCY_USD || range.per == PER_SERVER))
        return error_set(error, TRAINCOST_UNIT, "%s '%.60s': a range to go along is in dollars, and of a chip",
                         parameter_table[axis->parameter].public.key, text);
    if (range.form == FORM_INTERVAL)
        return vary_range(sweep, axis, &range, steps, spacing, error);
    return vary_list(sweep, axis, text, error);
}

/* Every value of a list is read before anything is computed. */
static traincost_status read_values(const struct axis *axis, traincost_error *error)
{
    struct quantity_rule rule = parameter_rule(axis->parameter);
    quantity q;
    int word;
    traincost_status status = TRAINCOST_OK;
    for (size_t i = 0; i < axis->count && status == TRAINCOST_OK; i++) {
        char *text = axis->values[i].text, plain[TEXT_DATE];
        const char *wrong;
        if (parameter_table[axis->parameter].kind == KIND_QUANTITY)
            status = quantity_parse(text, &rule, &q, error);
        else if (parameter_table[axis->parameter].kind == KIND_WORD)
            status = parameter_word(axis->parameter, text, &word, error);
        else if (parameter_table[axis->parameter].kind == KIND_DATE && (wrong = text_plain_date(text, plain)))
            status = error_set(error, TRAINCOST_SYNTAX, "%s '%.60s': %s",
                               parameter_table[axis->parameter].public.key, text, wrong);
        else if (parameter_table[axis->parameter].kind == KIND_DATE)
            snprintf(text, VALUE_TEXT, "%s", plain);
    }
    return status;
}

traincost_status traincost_sweep_vary(traincost_sweep *sweep, const char *key, const char *values,
                                      const char *steps, const char *spacing, traincost_error *error)
{
    if (!sweep || !key || !values)
        return error_null(error, __func__);
    struct axis axis = {0};
    traincost_status status = parameter_need(key, &axis.parameter, error);
    if (status)
        return status;
    if (sweep->axis_count == AXES)
        return error_set(error, TRAINCOST_LIMIT, "%s: a sweep varies at most %d parameters",
                         parameter_table[axis.parameter].public.key, AXES);
    if (sweep->axis_count && sweep->axes[0].parameter == axis.parameter)
        return error_set(error, TRAINCOST_CONFLICT, "%s varies twice",
                         parameter_table[axis.parameter].public.key);
    status = vary_axis(sweep, &axis, values, steps, spacing, error);
    if (status == TRAINCOST_OK)
        status = read_values(&axis, error);
    if (status) {
        free(axis.values);
        return status;
    }
    drop_points(sweep);
    sweep->axes[sweep->axis_count++] = axis;
    return TRAINCOST_OK;
}

/* ---- points ---- */

static traincost_status keep_outputs(struct point *point, const traincost_result *result,
                                     traincost_error *error)
{
    size_t count = result->output_count, levels = result->level_count;
    point->outputs = calloc(count + 1, sizeof *point->outputs);
    point->numbers = calloc(2 * count * levels + 1, sizeof *point->numbers);
    if (!point->outputs || !point->numbers)
        return error_no_memory(error);
    double *to = point->numbers;
    for (size_t j = 0; j < count; j++, to += 2 * levels) {
        point->outputs[j] = result->outputs[j];
        memcpy(to, result->outputs[j].quantile, levels * sizeof *to);
        memcpy(to + levels, result->outputs[j].quantile_se, levels * sizeof *to);
        point->outputs[j].quantile = to;
        point->outputs[j].quantile_se = to + levels;
    }
    point->output_count = count;
    point->of = result->resolved.dollars;
    if (point->of.to)
        point->dollars = dollars_public(&point->of);
    return TRAINCOST_OK;
}

static bool any_stage_varies(const traincost_scenario *run, const traincost_result *result,
                             enum parameter parameter)
{
    const struct setting *setting = &run->settings[parameter];
    if (parameter_table[parameter].kind == KIND_QUANTITY) {
        for (size_t i = 0; i < result->resolved.input_count; i++)
            if (result->resolved.inputs[i].origin == setting)
                return true;
        return false;
    }
    for (size_t s = 0; s < scenario_stage_count(run); s++)
        if (scenario_setting(run, s, parameter) == setting)
            return true;
    return false;
}

/* A flat line would say that the parameter does not matter. */
static traincost_status check_taken(const traincost_sweep *sweep, const traincost_scenario *run,
                                    const traincost_result *result, traincost_error *error)
{
    for (size_t a = 0; a < sweep->axis_count; a++)
        if (!any_stage_varies(run, result, sweep->axes[a].parameter))
            return error_set(error, TRAINCOST_CONFLICT,
                             "nothing depends on %s here: other statements stand in its place",
                             parameter_table[sweep->axes[a].parameter].public.key);
    return TRAINCOST_OK;
}

static traincost_status state_point(const traincost_sweep *sweep, size_t point, traincost_scenario *run,
                                    traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    for (size_t a = 0; a < sweep->axis_count && status == TRAINCOST_OK; a++)
        status = traincost_scenario_set(run, TRAINCOST_RUN, traincost_sweep_parameter(sweep, a)->key,
                                        traincost_sweep_text(sweep, a, traincost_sweep_index(sweep, point, a)),
                                        error);
    return status;
}

static traincost_status run_point(traincost_sweep *sweep, size_t point, traincost_scenario *run,
                                  const traincost_options *options, traincost_error *error)
{
    traincost_result *result = NULL;
    traincost_status status = state_point(sweep, point, run, error);
    if (status)
        return status;
    status = traincost_estimate(run, options, &result, error);
    if (status) {
        const char *text = traincost_sweep_text(sweep, 0, traincost_sweep_index(sweep, point, 0));
        error_prefix(error, "at %s %s", traincost_sweep_parameter(sweep, 0)->key, text);
        return status;
    }
    status = check_taken(sweep, run, result, error);
    if (status == TRAINCOST_OK)
        status = keep_outputs(&sweep->points[point], result, error);
    sweep->samples = result->samples;
    sweep->seed = result->seed;
    memcpy(sweep->date, result->date, sizeof sweep->date);
    if (status == TRAINCOST_OK && !sweep->name && !(sweep->name = text_copy(traincost_result_name(result))))
        status = error_no_memory(error);
    traincost_result_free(result);
    return status;
}

/* What a stage states for itself holds there in any case, and the sweep would pass it by. */
static traincost_status check_stages(const traincost_sweep *sweep, const traincost_scenario *run,
                                     traincost_error *error)
{
    for (size_t a = 0; a < sweep->axis_count; a++)
        for (size_t s = 0; s < run->stage_count; s++)
            if (run->stages[s].settings[sweep->axes[a].parameter].given)
                return error_set(error, TRAINCOST_CONFLICT,
                                 "%s: a stage states its own, and a sweep goes along what holds for all stages",
                                 traincost_sweep_parameter(sweep, a)->key);
    return TRAINCOST_OK;
}

/* What the run states stays: its copy has the settings of one point after the other. */
traincost_status traincost_sweep_run(traincost_sweep *sweep, const traincost_scenario *run,
                                     const traincost_options *options, traincost_error *error)
{
    if (!sweep || !run)
        return error_null(error, __func__);
    struct traincost_options own = options ? *options : options_default;
    size_t count = traincost_sweep_points(sweep);
    if (sweep->axis_count == 0)
        return error_set(error, TRAINCOST_MISSING, "nothing varies");
    drop_points(sweep);
    traincost_status status = check_stages(sweep, run, error);
    if (status)
        return status;
    sweep->points = calloc(count, sizeof *sweep->points);
    traincost_scenario *copy = malloc(sizeof *copy); /* too large for the stack of every thread */
    if (!sweep->points || !copy) {
        free(copy);
        return error_no_memory(error);
    }
    *copy = *run;
    sweep->point_count = count;
    own.engine.sensitivity = own.engine.keep = own.all_staged = false;
    memset(own.staged, 0, sizeof own.staged);
    own.engine.bins = 0;
    memcpy(sweep->levels, own.levels, sizeof sweep->levels);
    sweep->level_count = own.engine.level_count;
    traincost_progress *progress = own.engine.progress;
    own.engine.progress = NULL;
    for (size_t i = 0; i < count && status == TRAINCOST_OK; i++) {
        status = run_point(sweep, i, copy, &own, error);
        if (progress)
            progress(own.engine.progress_context, (double)(i + 1) / (double)count);
    }
    free(copy);
    if (status)
        drop_points(sweep);
    return status;
}

/* ---- access ---- */

const traincost_parameter *traincost_sweep_parameter(const traincost_sweep *sweep, size_t axis)
{
    if (!sweep)
        return NULL;
    return axis < sweep->axis_count ? &parameter_table[sweep->axes[axis].parameter].public : NULL;
}

size_t traincost_sweep_size(const traincost_sweep *sweep, size_t axis)
{
    if (!sweep)
        return 0;
    return axis < sweep->axis_count ? sweep->axes[axis].count : 0;
}

const char *traincost_sweep_text(const traincost_sweep *sweep, size_t axis, size_t index)
{
    if (!sweep)
        return NULL;
    return index < traincost_sweep_size(sweep, axis) ? sweep->axes[axis].values[index].text : NULL;
}

double traincost_sweep_value(const traincost_sweep *sweep, size_t axis, size_t index)
{
    if (!sweep)
        return NAN;
    return index < traincost_sweep_size(sweep, axis) ? sweep->axes[axis].values[index].number : NAN;
}

size_t traincost_sweep_points(const traincost_sweep *sweep)
{
    if (!sweep)
        return 0;
    size_t count = sweep->axis_count > 0;
    for (size_t a = 0; a < sweep->axis_count; a++)
        count *= sweep->axes[a].count;
    return count;
}

size_t traincost_sweep_index(const traincost_sweep *sweep, size_t point, size_t axis)
{
    if (!sweep)
        return 0;
    for (size_t a = sweep->axis_count; a > axis + 1; a--)
        point /= sweep->axes[a - 1].count;
    return axis < sweep->axis_count ? point % sweep->axes[axis].count : 0;
}

const traincost_output *traincost_sweep_output(const traincost_sweep *sweep, size_t point, const char *output)
{
    if (!sweep || !output)
        return NULL;
    if (point >= sweep->point_count)
        return NULL;
    for (size_t j = 0; j < sweep->points[point].output_count; j++)
        if (!strcmp(sweep->points[point].outputs[j].key, output))
            return &sweep->points[point].outputs[j];
    return NULL;
}

const traincost_dollars *traincost_sweep_dollars(const traincost_sweep *sweep, size_t point)
{
    return sweep && point < sweep->point_count && sweep->points[point].dollars.of ? &sweep->points[point].dollars
                                                                                   : NULL;
}

const char *traincost_sweep_name(const traincost_sweep *sweep)
{
    if (!sweep)
        return NULL;
    return sweep->name ? sweep->name : "";
}

const char *traincost_sweep_date(const traincost_sweep *sweep)
{
    bool varies = false;
    for (size_t a = 0; sweep && a < sweep->axis_count; a++)
        varies = varies || sweep->axes[a].parameter == PARAMETER_DATE;
    return sweep && sweep->points && !varies ? sweep->date : NULL;
}

double traincost_sweep_level(const traincost_sweep *sweep, size_t index)
{
    if (!sweep)
        return NAN;
    return sweep->points && index < sweep->level_count ? sweep->levels[index] : NAN;
}

double traincost_sweep_samples(const traincost_sweep *sweep)
{
    if (!sweep)
        return NAN;
    return sweep->points ? sweep->samples : NAN;
}

double traincost_sweep_seed(const traincost_sweep *sweep)
{
    if (!sweep)
        return NAN;
    return sweep->points ? sweep->seed : NAN;
}
