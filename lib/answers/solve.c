/* The largest or smallest of what a run does not state, with which it keeps to a goal. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/solve.h"

#include "base/elementary.h"

#include <float.h>
#include <gsl/gsl_roots.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char break_even_words[] = "break-even";

/* The answer has so many digits; what is shown of it fewer. */
enum { ANSWER_DIGITS = 10, SHOWN_DIGITS = 6 };

struct search {
    const struct unknown *unknown;
    struct traincost_scenario run; /* with what is solved for stated; the rest is the caller's */
    struct traincost_options options;
    enum model_output output;
    double goal;
    double dollars;       /* of a price that is looked for: dollars of the answer for those of the day */
    size_t level;         /* of the confidence among the quantiles */
    bool falls;           /* the more chips, the fewer hours: the smallest is looked for */
    double low, at_low;   /* logarithms of two values, and the misses there */
    double high, at_high; /* of different signs */
    traincost_status status;
    traincost_error *error;
};

/* ---- what was asked ---- */

static traincost_status check_goal(const struct traincost_goal *goal, bool even, traincost_error *error)
{
    for (size_t part = 0; part < GOAL_PARTS; part++)
        if (goal->given[part] && even != (part >= GOAL_YEARS))
            return error_set(error, TRAINCOST_CONFLICT, "%s is %s part of break-even",
                             traincost_goal_key_at(part)->key, even ? "no" : "a");
    if (even)
        return TRAINCOST_OK;
    if (goal->given[GOAL_BUDGET] && goal->given[GOAL_DEADLINE])
        return error_set(error, TRAINCOST_CONFLICT,
                         "a budget and a deadline: solve for one, then for the other");
    if (goal->given[GOAL_DEADLINE] && goal->given[GOAL_SCOPE])
        return error_set(error, TRAINCOST_CONFLICT, "a deadline has no scope: that is of a budget");
    if (!goal->given[GOAL_BUDGET] && !goal->given[GOAL_DEADLINE])
        return error_set(error, TRAINCOST_MISSING, "no budget is stated, and no deadline");
    return TRAINCOST_OK;
}

/* ---- one estimate ---- */

static void state_value(struct search *s, double x)
{
    enum parameter parameter = s->unknown->parameter;
    struct quantity_rule rule = parameter_rule(parameter);
    struct setting *setting = &s->run.settings[parameter];
    double stated = x / s->dollars;
    *setting = (struct setting){.given = true, .q = quantity_bounded(quantity_exact(stated), &rule)};
    text_print_number(stated, setting->text);
}

/* What the run does not give is not stated: say what. */
static traincost_status lacks_output(const struct search *s)
{
    const char *key = traincost_output_key(s->output);
    if (s->output == MODEL_OUT_WITH_BASE)
        return error_set(s->error, TRAINCOST_MISSING, "scope with_base: the run states no base");
    if (s->output == MODEL_OUT_ACQUISITION || s->output == MODEL_OUT_HOURS)
        return error_set(s->error, TRAINCOST_MISSING, "%s is not known where chips are not: state chips", key);
    return error_set(s->error, TRAINCOST_MISSING, "the run does not give %s", key);
}

static traincost_status estimate_at(struct search *s, double x, const struct traincost_options *options,
                                    traincost_result **result, double *value)
{
    state_value(s, x);
    traincost_status status = traincost_estimate(&s->run, options, result, s->error);
    if (status)
        return status;
    const traincost_output *figure = traincost_result_find(*result, traincost_output_key(s->output));
    if (!figure)
        return lacks_output(s);
    *value = figure->quantile[s->level];
    return TRAINCOST_OK;
}

static bool value_at(struct search *s, double x, double *value)
{
    traincost_result *result = NULL;
    s->status = estimate_at(s, x, &s->options, &result, value);
    traincost_result_free(result);
    return s->status == TRAINCOST_OK;
}

/* How far x is past the answer, as a logarithm: it rises with x. */
static bool miss_at(struct search *s, double x, double *miss)
{
    double value = 0;
    bool good = value_at(s, x, &value);
    double over = elementary_log(fmax(value, DBL_MIN)) - elementary_log(s->goal);
    *miss = s->falls ? -over : over;
    return good;
}

static bool keeps(const struct search *s, double miss)
{
    return s->falls ? miss >= 0 : miss <= 0;
}

/* ---- the bracket ---- */

/* Where nothing moves there is nothing to find. */
static traincost_status check_moves(struct search *s, double miss)
{
    double other = miss;
    enum parameter parameter = s->unknown->parameter;
    if (!miss_at(s, s->unknown->usual * 1000, &other))
        return s->status;
    if (other != miss)
        return TRAINCOST_OK;
    const char *why = parameter == PARAMETER_RENTAL_PRICE
                          ? ": it counts in rental, with_base and development"
                          : ": on more chips the same work takes less time; solve for a deadline, or with "
                            "the scope acquisition";
    return error_set(s->error, TRAINCOST_CONFLICT, "%s does not move with %s%s",
                     traincost_output_key(s->output), parameter_key(parameter),
                     parameter == PARAMETER_RENTAL_PRICE || parameter == PARAMETER_CHIPS ? why : "");
}

static traincost_status impossible(struct search *s, double x)
{
    double least = 0;
    char goal[TEXT_NUMBER], value[TEXT_NUMBER], percent[TEXT_NUMBER];
    bool time = s->output == MODEL_OUT_HOURS;
    bool chip = s->unknown->parameter == PARAMETER_CHIPS && !s->falls;
    const char *unit = time ? "h" : "USD";
    if (!value_at(s, x, &least))
        return s->status;
    text_print_grouped(s->goal, 15, goal);
    text_print_grouped(least, 6, value);
    text_print_digits(100 * s->options.levels[s->level], 6, percent);
    return error_set(s->error, TRAINCOST_RANGE, "%s %s %s: %s%s takes %s %s (%s at %s %%), which is the least",
                     time ? "deadline" : "budget", goal, unit,
                     chip ? "even one chip" : "what is stated beside ",
                     chip ? "" : parameter_key(s->unknown->parameter), value, unit,
                     traincost_output_key(s->output), percent);
}

static traincost_status unlimited(struct search *s)
{
    char most[TEXT_NUMBER];
    text_print_grouped(s->unknown->most, 4, most);
    return error_set(s->error, TRAINCOST_RANGE, "%s has no limit: %s of it keep to the goal",
                     parameter_key(s->unknown->parameter), most);
}

/* ---- the fastest cluster ---- */

enum { FASTEST_STEPS = 24 };

/* More chips wait longer for one another and fail more often: past some number the hours rise again. Between a third of
 * `*x` and three times it the hours are searched by the golden section. */
static traincost_status narrow_fastest(struct search *s, double *x, double *hours)
{
    const double golden = 0.6180339887498949;
    double low = elementary_log(*x / 3), high = elementary_log(*x * 3);
    double left = high - golden * (high - low), right = low + golden * (high - low), at_left, at_right;
    if (!value_at(s, elementary_exp(left), &at_left) || !value_at(s, elementary_exp(right), &at_right))
        return s->status;
    for (int i = 0; i < FASTEST_STEPS && high - low > 0.01; i++) {
        bool keep_left = at_left < at_right;
        *(keep_left ? &high : &low) = keep_left ? right : left;
        if (keep_left) {
            right = left;
            at_right = at_left;
            left = high - golden * (high - low);
        } else {
            left = right;
            at_left = at_right;
            right = low + golden * (high - low);
        }
        if (!value_at(s, elementary_exp(keep_left ? left : right), keep_left ? &at_left : &at_right))
            return s->status;
    }
    double best = fmin(at_left, at_right);
    if (best < *hours) {
        *x = fmax(floor(elementary_exp(at_left < at_right ? left : right) + 0.5), 1);
        return value_at(s, *x, hours) ? TRAINCOST_OK : s->status;
    }
    return TRAINCOST_OK;
}

/* The number of chips from which more are no faster, or so many that the deadline is kept. */
static traincost_status find_fastest(struct search *s, double *x, double *hours)
{
    double next = s->unknown->least, at_next;
    *x = next;
    if (!value_at(s, *x, hours))
        return s->status;
    for (at_next = *hours; at_next <= *hours && *hours > s->goal && next < s->unknown->most;) {
        *x = next;
        *hours = at_next;
        next = fmin(3 * next, s->unknown->most);
        if (!value_at(s, next, &at_next))
            return s->status;
    }
    if (at_next < *hours) {
        *x = next;
        *hours = at_next;
    }
    return *hours > s->goal ? narrow_fastest(s, x, hours) : TRAINCOST_OK;
}

static traincost_status too_slow(struct search *s, double chips, double hours)
{
    char goal[TEXT_NUMBER], count[TEXT_NUMBER], value[TEXT_NUMBER], percent[TEXT_NUMBER];
    text_print_grouped(s->goal, 15, goal);
    text_print_grouped(chips, 3, count);
    text_print_grouped(hours, 4, value);
    text_print_digits(100 * s->options.levels[s->level], 6, percent);
    return error_set(s->error, TRAINCOST_RANGE,
                     "deadline %s h: no number of chips keeps it: it is fastest on about %s, which take %s h (hours at "
                     "%s %%); a larger batch-tokens lets more of them help",
                     goal, count, value, percent);
}

/* Where the fewest chips are looked for: the hours fall up to the fastest cluster. */
static traincost_status bracket_chips(struct search *s, bool *found, double *x)
{
    double hours = 0, low = s->unknown->least, at_low = 0, at_high = 0;
    traincost_status status = find_fastest(s, x, &hours);
    if (status)
        return status;
    if (hours > s->goal)
        return *x < s->unknown->most / 10 ? too_slow(s, *x, hours) : impossible(s, *x);
    double high = *x;
    if (!miss_at(s, high, &at_high))
        return s->status;
    for (low = high / 3; low > s->unknown->least; low /= 3) {
        if (!miss_at(s, low, &at_low))
            return s->status;
        if (at_low < 0)
            break;
        high = low;
        at_high = at_low;
    }
    low = fmax(low, s->unknown->least);
    if (!miss_at(s, low, &at_low))
        return s->status;
    *found = at_low < 0;
    *x = low;
    s->low = elementary_log(low);
    s->at_low = at_low;
    s->high = elementary_log(high);
    s->at_high = at_high;
    return TRAINCOST_OK;
}

/* Steps of ten from the usual value to both sides of the answer. `*found` is false where the end of the range
 * is the answer, in `*x`. */
static traincost_status find_bracket(struct search *s, bool *found, double *x)
{
    const struct unknown *u = s->unknown;
    double low = u->usual, high = u->usual, at_low = 0, at_high;
    if (!miss_at(s, low, &at_low))
        return s->status;
    traincost_status status = check_moves(s, at_low);
    if (status)
        return status;
    at_high = at_low;
    *found = true;
    while (at_low > 0 && low > u->least) {
        high = low;
        at_high = at_low;
        low = fmax(low / 10, u->least);
        if (!miss_at(s, low, &at_low))
            return s->status;
    }
    while (at_high <= 0 && high < u->most) {
        low = high;
        at_low = at_high;
        high = fmin(high * 10, u->most);
        if (!miss_at(s, high, &at_high))
            return s->status;
    }
    *found = at_low <= 0 && at_high > 0;
    *x = at_low > 0 ? low : high;
    if (!*found && !keeps(s, at_low > 0 ? at_low : at_high))
        return impossible(s, *x);
    if (!*found && !s->falls)
        return unlimited(s);
    s->low = elementary_log(low);
    s->at_low = at_low;
    s->high = elementary_log(high);
    s->at_high = at_high;
    return TRAINCOST_OK;
}

/* ---- the root ---- */

/* It gives finite values and at the ends those already known: GSL answers anything else with its error handler.
 */
static double miss_at_log(double log_x, void *parameters)
{
    struct search *s = parameters;
    double miss = 0;
    if (log_x == s->low)
        return s->at_low;
    if (log_x == s->high)
        return s->at_high;
    if (s->status || !miss_at(s, elementary_exp(log_x), &miss))
        return 0;
    return miss;
}

/* gsl_root_fsolver_alloc answers a failed allocation with the error handler, so that its state is ours. */
static traincost_status find_root(struct search *s, double *x)
{
    gsl_function function = {miss_at_log, s};
    gsl_root_fsolver solver = {.type = gsl_root_fsolver_brent};
    solver.state = calloc(1, solver.type->size);
    if (!solver.state)
        return error_no_memory(s->error);
    gsl_root_fsolver_set(&solver, &function, s->low, s->high);
    for (int i = 0; i < 100 && s->status == TRAINCOST_OK; i++) {
        if (solver.x_upper - solver.x_lower <= 1e-11)
            break;
        gsl_root_fsolver_iterate(&solver);
    }
    *x = elementary_exp(s->falls ? solver.x_upper : solver.x_lower);
    free(solver.state);
    return s->status;
}

static double rounded_answer(double x, bool whole)
{
    char text[TEXT_NUMBER];
    double back = x;
    if (whole && x < 9e15)
        return fmax(floor(x + 0.5), 1);
    text_print_digits(x, ANSWER_DIGITS, text);
    text_number(text, &back);
    return back;
}

/* From the root to a number that can be written, which keeps to the goal; of chips to the last that does. */
static traincost_status settle(struct search *s, double *x)
{
    double miss = 0, next = 0, step = 1e-12, way = s->falls ? 1 : -1;
    bool whole = s->unknown->whole;
    *x = rounded_answer(*x, whole);
    for (; miss_at(s, *x, &miss) && !keeps(s, miss) && *x > s->unknown->least; step *= 10)
        *x = rounded_answer(*x + way * fmax(step * *x, whole ? 1 : 0), whole);
    while (s->status == TRAINCOST_OK && whole && *x < 1e6 && *x - way >= 1 && miss_at(s, *x - way, &next) &&
           keeps(s, next))
        *x -= way;
    return s->status;
}

/* ---- the answer ---- */

/* Cut, not rounded: less of what is at most so much keeps to the goal. */
static void cut_digits(char *text, int digits)
{
    int seen = 0;
    char *point = strchr(text, '.'), *e = strchr(text, 'e'), *end = e ? e : text + strlen(text);
    char *last = text;
    for (char *c = text; c < end; c++) {
        if (*c == '.')
            continue;
        seen += seen > 0 || *c != '0';
        if (seen > digits)
            *c = '0';
        if (!point || c < point || *c != '0')
            last = c;
    }
    memmove(last + 1, end, strlen(end) + 1);
}

/* The power of ten whose digit is known, as twice the error is no more; two digits are always shown, and six at most. */
static double known_step(const traincost_solution *solution)
{
    double step = 1, answer = solution->answer, unsure = 2 * solution->answer_se;
    while (step < unsure && step * 10 <= answer / 10)
        step *= 10;
    while ((step > unsure && step * 1e5 > answer) || step > answer / 10)
        step /= 10;
    while (step * 1e5 < answer / 10)
        step *= 10;
    return step;
}

static int known_digits(const traincost_solution *solution)
{
    int digits = 0;
    if (!(solution->answer_se > 0))
        return SHOWN_DIGITS;
    for (double step = known_step(solution); step <= solution->answer && digits < SHOWN_DIGITS; step *= 10)
        digits++;
    return digits;
}

/* The least number with the digits that are known that is no less: it keeps to the goal as well. */
static double raised_answer(const traincost_solution *solution)
{
    double step = solution->answer_se > 0 ? fmax(known_step(solution), 1) : 1;
    return solution->answer_se > 0 ? ceil(solution->answer / step) * step : solution->answer;
}

static void set_answer_text(traincost_solution *solution, const struct unknown *unknown, bool fewest)
{
    static const struct {
        double unit;
        const char *suffix;
    } steps[] = {{1e12, "T"}, {1e9, "B"}, {1e6, "M"}};
    double value = fewest ? raised_answer(solution) : solution->answer;
    const char *suffix = "";
    for (size_t i = 0; i < 3 && unknown->whole && !*suffix && value < 1e16; i++)
        if (value >= steps[i].unit) {
            value /= steps[i].unit;
            suffix = steps[i].suffix;
        }
    text_print_digits(value, ANSWER_DIGITS, solution->text);
    if (!fewest)
        cut_digits(solution->text, known_digits(solution));
    strcat(solution->text, suffix);
}

static traincost_status set_levels(struct traincost_options *options, double confidence, size_t *level,
                                   traincost_error *error)
{
    size_t count = options->engine.level_count;
    *level = 0;
    while (*level < count && options->levels[*level] < confidence - 1e-12)
        ++*level;
    if (*level < count && options->levels[*level] < confidence + 1e-12)
        return TRAINCOST_OK;
    if (count == OPTION_LEVELS)
        return error_set(error, TRAINCOST_LIMIT, "quantiles: at most %d beside the confidence",
                         OPTION_LEVELS - 1);
    memmove(options->levels + *level + 1, options->levels + *level, (count - *level) * sizeof *options->levels);
    options->levels[*level] = confidence;
    options->engine.level_count++;
    return TRAINCOST_OK;
}

/* The samples that the tolerance takes are found once, so that every estimate has the same. */
static traincost_status fix_samples(struct search *s)
{
    traincost_result *result = NULL;
    double value = 0;
    if (s->options.engine.tolerance == 0)
        return TRAINCOST_OK;
    traincost_status status = estimate_at(s, s->unknown->usual, &s->options, &result, &value);
    if (status == TRAINCOST_OK)
        s->options.engine.samples = result->samples;
    s->options.engine.tolerance = 0;
    traincost_result_free(result);
    return status;
}

static traincost_status search_init(struct search *s, const traincost_scenario *scenario,
                                    const struct traincost_goal *goal, const struct traincost_options *options,
                                    traincost_error *error)
{
    s->run = *scenario;
    s->options = *options;
    s->output = goal_output(goal);
    const struct setting *date = &scenario->settings[PARAMETER_DATE];
    int day = date->given ? date->day : catalog_day(scenario->catalog);
    struct dollars dollars;
    traincost_status status = dollars_find(scenario->catalog, options->dollars, day, &dollars, error);
    if (status)
        return status;
    double factor = scenario_dollars(scenario, TRAINCOST_RUN, &dollars);
    s->dollars = parameter_is_money(s->unknown->parameter) ? factor : 1;
    s->goal = goal_limit(goal, scenario->catalog, day, factor);
    s->falls = goal->given[GOAL_DEADLINE] && s->unknown->parameter == PARAMETER_CHIPS;
    s->error = error;
    s->options.all_outputs = false;
    memset(s->options.asked, 0, sizeof s->options.asked);
    s->options.asked[s->output] = true;
    s->options.engine.sensitivity = s->options.engine.keep = s->options.all_staged = false;
    memset(s->options.staged, 0, sizeof s->options.staged);
    status = set_levels(&s->options, goal->confidence, &s->level, error);
    return status ? status : fix_samples(s);
}

static traincost_status find_answer(struct search *s, double *x)
{
    bool found = false;
    traincost_status status = s->falls ? bracket_chips(s, &found, x) : find_bracket(s, &found, x);
    if (status == TRAINCOST_OK && found)
        status = find_root(s, x);
    if (status == TRAINCOST_OK && found)
        status = settle(s, x);
    return status;
}

/* The error of the quantile at the answer, over how much the quantile moves with what was solved for: a neighbour has
 * the same random numbers. */
static traincost_status set_answer_error(struct search *s, traincost_solution *solution)
{
    const traincost_output *figure = traincost_result_find(solution->result, solution->output);
    double x = solution->answer, beside = x * 1.02, value = 0, se = figure->quantile_se[s->level];
    if (se == 0)
        return TRAINCOST_OK;
    if (s->unknown->whole)
        beside = fmax(floor(beside), x + 1);
    if (!value_at(s, beside, &value))
        return s->status;
    solution->answer_se = fabs(se * (beside - x) / (value - solution->reached));
    return TRAINCOST_OK;
}

static traincost_status search_answer(struct search *s, const traincost_scenario *scenario,
                                      const struct traincost_goal *goal, const struct traincost_options *options,
                                      traincost_solution *solution, traincost_error *error)
{
    traincost_status status = unknown_find(solution->what, &s->unknown, error);
    if (status == TRAINCOST_OK)
        status = check_goal(goal, false, error);
    if (status == TRAINCOST_OK)
        status = unknown_check(scenario, s->unknown->parameter, error);
    if (status == TRAINCOST_OK)
        status = search_init(s, scenario, goal, options, error);
    if (status == TRAINCOST_OK)
        status = find_answer(s, &solution->answer);
    if (status)
        return status;
    solution->what = parameter_key(s->unknown->parameter);
    solution->goal = s->goal;
    solution->confidence = goal->confidence;
    solution->output = traincost_output_key(s->output);
    struct traincost_options all = s->options;
    memcpy(all.asked, options->asked, sizeof all.asked);
    all.asked[s->output] = true;
    all.all_outputs = options->all_outputs;
    all.engine.sensitivity = options->engine.sensitivity;
    all.engine.keep = options->engine.keep;
    all.all_staged = options->all_staged;
    memcpy(all.staged, options->staged, sizeof all.staged);
    status = estimate_at(s, solution->answer, &all, &solution->result, &solution->reached);
    if (status == TRAINCOST_OK)
        status = set_answer_error(s, solution);
    if (status == TRAINCOST_OK)
        set_answer_text(solution, s->unknown, s->falls);
    return status;
}

/* The search holds a run, which is too large for the stack of every thread. */
static traincost_status solve_for(const traincost_scenario *scenario, const struct traincost_goal *goal,
                                  const struct traincost_options *options, traincost_solution *solution,
                                  traincost_error *error)
{
    struct search *search = calloc(1, sizeof *search);
    if (!search)
        return error_no_memory(error);
    traincost_status status = search_answer(search, scenario, goal, options, solution, error);
    free(search);
    return status;
}

traincost_status traincost_solve(const traincost_scenario *scenario, const char *what,
                                 const traincost_goal *goal, const traincost_options *options,
                                 traincost_solution **out, traincost_error *error)
{
    if (out)
        *out = NULL;
    if (!scenario || !what || !out)
        return error_null(error, __func__);
    options = options ? options : &options_default;
    goal = goal ? goal : &goal_default;
    traincost_solution *solution = calloc(1, sizeof *solution);
    if (!solution)
        return error_no_memory(error);
    bool even = !strcmp(what, break_even_words);
    solution->what = even ? break_even_words : what;
    traincost_status status = even ? check_goal(goal, true, error) : TRAINCOST_OK;
    if (status == TRAINCOST_OK)
        status = even ? break_even_solve(scenario, goal, options, solution, error)
                      : solve_for(scenario, goal, options, solution, error);
    if (status)
        traincost_solution_free(solution);
    else
        *out = solution;
    return status;
}

void traincost_solution_free(traincost_solution *solution)
{
    if (!solution)
        return;
    traincost_result_free(solution->result);
    free(solution);
}

/* ---- access ---- */

const char *traincost_solution_what(const traincost_solution *solution)
{
    return solution ? solution->what : NULL;
}

double traincost_solution_answer(const traincost_solution *solution)
{
    return solution ? solution->answer : NAN;
}

double traincost_solution_answer_se(const traincost_solution *solution)
{
    return solution ? solution->answer_se : NAN;
}

const char *traincost_solution_text(const traincost_solution *solution)
{
    return solution ? solution->text : NULL;
}

const char *traincost_solution_output(const traincost_solution *solution)
{
    return solution ? solution->output : NULL;
}

double traincost_solution_goal(const traincost_solution *solution)
{
    return solution ? solution->goal : NAN;
}

double traincost_solution_confidence(const traincost_solution *solution)
{
    return solution ? solution->confidence : NAN;
}

double traincost_solution_reached(const traincost_solution *solution)
{
    return solution ? solution->reached : NAN;
}

const traincost_result *traincost_solution_result(const traincost_solution *solution)
{
    return solution ? solution->result : NULL;
}

const traincost_break_even *traincost_solution_break_even(const traincost_solution *solution)
{
    if (!solution)
        return NULL;
    return solution->evened ? &solution->even : NULL;
}
