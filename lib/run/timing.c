/* Which statements a stage's time follows from, and whether those beside them agree. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/compute.h"

#include "base/text.h"

#include <math.h>

/* Of two statements of one thing, for the rounding of their digits; what of the hours may have been lost. */
static const double timing_rounding = 0.05, timing_lost = 0.2;

static const struct setting *timing_setting(const struct compute *c, enum parameter parameter)
{
    return scenario_setting(c->scenario, c->stage, parameter);
}

static double timing_at(const struct compute *c, enum parameter parameter, double level, double otherwise)
{
    const struct setting *setting = timing_setting(c, parameter);
    return setting ? quantity_quantile(&setting->q, level) : otherwise;
}

bool compute_knows_tokens(const struct compute *c)
{
    return timing_setting(c, PARAMETER_TOKENS) ||
           (timing_setting(c, PARAMETER_STEPS) && timing_setting(c, PARAMETER_BATCH_TOKENS));
}

bool compute_is_stated(const struct compute *c)
{
    bool params = timing_setting(c, PARAMETER_PARAMS) || timing_setting(c, PARAMETER_ACTIVE_PARAMS);
    return timing_setting(c, PARAMETER_FLOP) || (params && compute_knows_tokens(c));
}

bool compute_is_in_flop(const struct compute *c)
{
    const struct setting *throughput = timing_setting(c, PARAMETER_THROUGHPUT);
    return throughput && throughput->q.rate == RATE_TFLOP;
}

/* ---- what is lacking ---- */

static traincost_status check_steps(const struct compute *c, traincost_error *error)
{
    if (!timing_setting(c, PARAMETER_STEPS) &&
        !(timing_setting(c, PARAMETER_TOKENS) && timing_setting(c, PARAMETER_BATCH_TOKENS)))
        return error_set(error, TRAINCOST_MISSING, "step-time %s takes steps, or tokens and batch-tokens",
                         timing_setting(c, PARAMETER_STEP_TIME)->text);
    if (!timing_setting(c, PARAMETER_CHIPS))
        return error_set(error, TRAINCOST_MISSING, "step-time %s is of so many chips: state chips",
                         timing_setting(c, PARAMETER_STEP_TIME)->text);
    return TRAINCOST_OK;
}

static traincost_status check_throughput(const struct compute *c, traincost_error *error)
{
    const char *text = timing_setting(c, PARAMETER_THROUGHPUT)->text;
    if (compute_is_in_flop(c) ? compute_is_stated(c) : compute_knows_tokens(c))
        return TRAINCOST_OK;
    return compute_is_in_flop(c)
               ? error_set(error, TRAINCOST_MISSING, "throughput %s takes params with tokens, or flop", text)
               : error_set(error, TRAINCOST_MISSING, "throughput %s takes tokens, or steps and batch-tokens", text);
}

static traincost_status check_method(const struct compute *c, traincost_error *error)
{
    const struct setting *method = timing_setting(c, PARAMETER_METHOD);
    const struct setting *trainable = timing_setting(c, PARAMETER_TRAINABLE_PARAMS);
    const struct setting *params = timing_setting(c, PARAMETER_PARAMS);
    bool adapters = c->method == METHOD_LORA || c->method == METHOD_QLORA;
    if (method && !params && !timing_setting(c, PARAMETER_ACTIVE_PARAMS))
        return error_set(error, TRAINCOST_MISSING, "method %s says what becomes of the parameters: state params",
                         method->text);
    if (trainable && !adapters)
        return error_set(error, TRAINCOST_CONFLICT, "trainable-params %s: with method %s all train", trainable->text,
                         method->text);
    if (trainable && params && quantity_quantile(&trainable->q, 0.05) > quantity_quantile(&params->q, 0.95))
        return error_set(error, TRAINCOST_CONFLICT, "trainable-params %s is more than params %s", trainable->text,
                         params->text);
    return TRAINCOST_OK;
}

/* ---- what contradicts ---- */

static bool ranges_meet(double low, double high, double other_low, double other_high)
{
    return low <= other_high * (1 + timing_rounding) && high >= other_low * (1 - timing_rounding);
}

/* Steps x batch is tokens x epochs. */
static traincost_status check_batch(const struct compute *c, traincost_error *error)
{
    const struct setting *steps = timing_setting(c, PARAMETER_STEPS), *batch = timing_setting(c, PARAMETER_BATCH_TOKENS);
    const struct setting *tokens = timing_setting(c, PARAMETER_TOKENS);
    double sequence = timing_at(c, PARAMETER_SEQUENCE_LENGTH, 0.05, 1), chips = timing_at(c, PARAMETER_CHIPS, 0.05, 1);
    if (batch && quantity_quantile(&batch->q, 0.95) < fmax(sequence, chips)) {
        char least[TEXT_NUMBER];
        text_print_grouped(fmax(sequence, chips), 6, least);
        return error_set(error, TRAINCOST_RANGE, "batch-tokens %s is less than %s %s", batch->text,
                         sequence >= chips ? "a sequence of" : "a token for each of the chips,", least);
    }
    if (!steps || !batch || !tokens)
        return TRAINCOST_OK;
    double low = quantity_quantile(&steps->q, 0.05) * quantity_quantile(&batch->q, 0.05);
    double high = quantity_quantile(&steps->q, 0.95) * quantity_quantile(&batch->q, 0.95);
    if (ranges_meet(low, high, timing_at(c, PARAMETER_TOKENS, 0.05, 0) * timing_at(c, PARAMETER_EPOCHS, 0.05, 1),
                    timing_at(c, PARAMETER_TOKENS, 0.95, 0) * timing_at(c, PARAMETER_EPOCHS, 0.95, 1)))
        return TRAINCOST_OK;
    char product[TEXT_NUMBER];
    text_print_grouped(low, 4, product);
    return error_set(error, TRAINCOST_CONFLICT, "%s steps x %s batch-tokens is %s tokens, not %s", steps->text,
                     batch->text, product, tokens->text);
}

static double stated_hours_at(const struct compute *c, double level)
{
    double hours = timing_at(c, PARAMETER_HOURS, level, NAN);
    double chips = timing_at(c, PARAMETER_CHIPS, 1 - level, NAN);
    return isnan(hours) ? timing_at(c, PARAMETER_CHIP_HOURS, level, NAN) / chips : hours;
}

/* Hours of undisturbed steps; NaN where they do not follow. */
static double step_hours_at(const struct compute *c, double level)
{
    double batch = timing_at(c, PARAMETER_BATCH_TOKENS, 1 - level, NAN);
    double tokens = timing_at(c, PARAMETER_TOKENS, level, NAN) * timing_at(c, PARAMETER_EPOCHS, level, 1);
    double steps = timing_at(c, PARAMETER_STEPS, level, tokens / batch);
    return steps * timing_at(c, PARAMETER_STEP_TIME, level, NAN) / 3600;
}

static double throughput_hours_at(const struct compute *c, double level)
{
    double tokens = timing_at(c, PARAMETER_TOKENS, level, NAN) * timing_at(c, PARAMETER_EPOCHS, level, 1);
    double speed = timing_at(c, PARAMETER_THROUGHPUT, 1 - level, NAN) * timing_at(c, PARAMETER_CHIPS, 1 - level, NAN);
    return compute_is_in_flop(c) ? NAN : tokens / speed / 3600;
}

static traincost_status check_hours(const struct compute *c, const char *what, double low, double high,
                                    traincost_error *error)
{
    double stated_low = stated_hours_at(c, 0.05), stated_high = stated_hours_at(c, 0.95);
    if (isnan(low) || isnan(stated_low) || ranges_meet(low, high / (1 - timing_lost), stated_low, stated_high))
        return TRAINCOST_OK;
    char follows[TEXT_NUMBER], stated[TEXT_NUMBER];
    text_print_grouped(low, 4, follows);
    text_print_grouped(stated_low, 4, stated);
    return error_set(error, TRAINCOST_CONFLICT, "%s takes %s h, and %s h are stated: leave out one of the two", what,
                     follows, stated);
}

static traincost_status check_measured(const struct compute *c, traincost_error *error)
{
    bool throughput = timing_setting(c, PARAMETER_THROUGHPUT), steps = timing_setting(c, PARAMETER_STEP_TIME);
    const struct setting *mfu = timing_setting(c, PARAMETER_MFU);
    if (throughput && steps)
        return error_set(error, TRAINCOST_CONFLICT, "throughput and step-time state one thing: leave out one of them");
    if (mfu && (throughput || steps) && c->computed)
        return error_set(error, TRAINCOST_CONFLICT, "mfu %s: it follows from the %s, leave it out", mfu->text,
                         throughput ? "throughput" : "step-time");
    traincost_status status = check_batch(c, error);
    if (status == TRAINCOST_OK && steps)
        status = check_hours(c, "steps x step-time", step_hours_at(c, 0.05), step_hours_at(c, 0.95), error);
    if (status == TRAINCOST_OK && throughput)
        status = check_hours(c, "tokens / (throughput x chips)", throughput_hours_at(c, 0.05),
                             throughput_hours_at(c, 0.95), error);
    return status;
}

traincost_status compute_find_timing(struct compute *c, bool lenient, traincost_error *error)
{
    const struct setting *method = timing_setting(c, PARAMETER_METHOD);
    bool time = timing_setting(c, PARAMETER_CHIP_HOURS) ||
                (timing_setting(c, PARAMETER_CHIPS) && timing_setting(c, PARAMETER_HOURS));
    c->method = method                                         ? (enum mfu_method)method->word
                : timing_setting(c, PARAMETER_TRAINABLE_PARAMS) ? METHOD_LORA
                                                                : METHOD_FULL;
    c->timing = time                                     ? TIMED_AS_STATED
                : timing_setting(c, PARAMETER_STEP_TIME)  ? TIMED_BY_STEPS
                : timing_setting(c, PARAMETER_THROUGHPUT) ? TIMED_BY_THROUGHPUT
                : compute_is_stated(c)                    ? TIMED_BY_MFU
                                                          : TIMED_AS_STATED;
    c->computed = c->timing != TIMED_AS_STATED;
    traincost_status status = TRAINCOST_OK;
    if (c->timing == TIMED_BY_STEPS)
        status = check_steps(c, error);
    if (c->timing == TIMED_BY_THROUGHPUT)
        status = check_throughput(c, error);
    if (status == TRAINCOST_OK && !lenient)
        status = check_method(c, error);
    if (status == TRAINCOST_OK && !lenient)
        status = check_measured(c, error);
    return status;
}
