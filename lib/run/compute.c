/* Compute as it was stated: what of it holds together, and what follows from it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/compute.h"

#include "defaults/mfu.h"
#include "base/text.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Where a time and an MFU are both stated without a goodput, this much of the time may have been lost. */
static const double least_goodput = 0.8;
/* Published figures are rounded, and FLOP counted in more ways than one. */
static const double rounding = 0.05;

static const struct setting *find_parts(const struct compute *c, enum parameter parameter)
{
    return scenario_setting(c->scenario, c->stage, parameter);
}

bool compute_has_slope(const struct compute *c)
{
    bool params = find_parts(c, PARAMETER_PARAMS) || find_parts(c, PARAMETER_ACTIVE_PARAMS);
    return c->timing == TIMED_BY_MFU && !find_parts(c, PARAMETER_MFU) && params && c->method != METHOD_RL &&
           (find_parts(c, PARAMETER_CHIPS) || find_parts(c, PARAMETER_HOURS));
}

static bool uses_steps(const struct compute *c)
{
    return find_parts(c, PARAMETER_STEPS) && (c->timing == TIMED_BY_STEPS || !find_parts(c, PARAMETER_TOKENS));
}

static bool uses_batch(const struct compute *c)
{
    bool of_steps = c->timing == TIMED_BY_STEPS && !find_parts(c, PARAMETER_STEPS);
    bool of_tokens = !find_parts(c, PARAMETER_TOKENS) && find_parts(c, PARAMETER_STEPS);
    return compute_has_slope(c) || ((of_steps || of_tokens) && find_parts(c, PARAMETER_BATCH_TOKENS));
}

/* Whether the hours stated are those that advanced the run. */
bool compute_trains(const struct compute *c)
{
    const struct setting *which = find_parts(c, PARAMETER_HOURS_ARE);
    return which && which->word == 1 && !c->computed;
}

bool compute_uses(const struct compute *c, enum parameter parameter)
{
    const struct setting *goodput = find_parts(c, PARAMETER_GOODPUT);
    bool work = !c->base || c->computed;
    bool counted = work && compute_is_stated(c) && !find_parts(c, PARAMETER_FLOP);
    bool adapters = c->method == METHOD_LORA || c->method == METHOD_QLORA;
    switch ((int)parameter) {
    case PARAMETER_PARAMS:
    case PARAMETER_ACTIVE_PARAMS:
    case PARAMETER_TOKENS:
    case PARAMETER_FLOP:
        return work;
    case PARAMETER_EPOCHS:
        return work && compute_knows_tokens(c) && !find_parts(c, PARAMETER_FLOP);
    case PARAMETER_SEQUENCE_LENGTH:
    case PARAMETER_LAYERS:
    case PARAMETER_HIDDEN:
        return counted && find_parts(c, PARAMETER_SEQUENCE_LENGTH);
    case PARAMETER_MFU:
        return c->timing == TIMED_BY_MFU;
    case PARAMETER_THROUGHPUT:
        return c->timing == TIMED_BY_THROUGHPUT;
    case PARAMETER_STEP_TIME:
        return c->timing == TIMED_BY_STEPS;
    case PARAMETER_STEPS:
        return work && uses_steps(c);
    case PARAMETER_BATCH_TOKENS:
        return work && uses_batch(c);
    case PARAMETER_TRAINABLE_PARAMS:
        return adapters && (counted || (!c->base && find_parts(c, PARAMETER_PARAMS)));
    case PARAMETER_GOODPUT:
        return c->computed || compute_trains(c) || (!c->base && goodput && compute_is_stated(c));
    default: /* bytes-per-param */
        return !c->base && find_parts(c, PARAMETER_PARAMS);
    }
}

/* ---- what cannot be ---- */

static traincost_status check_params(const struct compute *c, traincost_error *error)
{
    const struct setting *all = find_parts(c, PARAMETER_PARAMS),
                         *active = find_parts(c, PARAMETER_ACTIVE_PARAMS);
    if (!all || !active || quantity_quantile(&active->q, 0.05) <= quantity_quantile(&all->q, 0.95))
        return TRAINCOST_OK;
    return error_set(error, TRAINCOST_CONFLICT,
                     "active-params %s is more than params %s, which are all of them", active->text, all->text);
}

/* Layers and hidden follow from the parameters where a sequence length is stated; alone they say nothing. */
static traincost_status check_attention(const struct compute *c, traincost_error *error)
{
    bool layers = find_parts(c, PARAMETER_LAYERS);
    if (find_parts(c, PARAMETER_SEQUENCE_LENGTH) || !(layers || find_parts(c, PARAMETER_HIDDEN)) ||
        !compute_uses(c, PARAMETER_EPOCHS))
        return TRAINCOST_OK;
    return error_set(error, TRAINCOST_MISSING,
                     "%s is stated without sequence-length: attention takes sequence-length, layers and hidden",
                     layers ? "layers" : "hidden");
}

static traincost_status check_format(const struct compute *c, traincost_error *error)
{
    char known[80] = "";
    size_t used = 0;
    const struct setting *precision = find_parts(c, PARAMETER_PRECISION);
    for (int f = 0; f <= TRAINCOST_FP4; f++)
        if (c->chip->peak[f] > 0 && used + 8 < sizeof known)
            used += (size_t)snprintf(known + used, sizeof known - used, "%s%s", used ? ", " : "",
                                     mfu_format_name((traincost_format)f));
    if (!precision || c->chip->peak[c->format] > 0 || !used)
        return TRAINCOST_OK;
    return error_set(error, TRAINCOST_RANGE, "precision %s: %s has no peak for it; it has one for %s",
                     precision->text, c->chip->name, known);
}

/* ---- an MFU beside a time ---- */

double compute_token_flop(enum mfu_method method)
{
    return method == METHOD_RL ? 10 : method == METHOD_FULL ? 6 : 4;
}

static double compute_median(const struct setting *setting, double level, double otherwise)
{
    return setting ? quantity_quantile(&setting->q, level) : otherwise;
}

/* At one end of the ranges: the FLOP there. */
static double flop_at(const struct compute *c, double level)
{
    const struct setting *flop = find_parts(c, PARAMETER_FLOP),
                         *active = find_parts(c, PARAMETER_ACTIVE_PARAMS);
    if (flop)
        return compute_median(flop, level, 0);
    double params = compute_median(active ? active : find_parts(c, PARAMETER_PARAMS), level, 0);
    double sequence = compute_median(find_parts(c, PARAMETER_SEQUENCE_LENGTH), level, 0);
    double hidden = compute_median(find_parts(c, PARAMETER_HIDDEN), level, mfu_usual_hidden(params));
    double layers = compute_median(find_parts(c, PARAMETER_LAYERS), level, params / (12 * hidden * hidden));
    double steps = compute_median(find_parts(c, PARAMETER_STEPS), level, 0);
    double tokens = compute_median(find_parts(c, PARAMETER_TOKENS), level,
                                   steps * compute_median(find_parts(c, PARAMETER_BATCH_TOKENS), level, 0));
    return compute_token_flop(c->method) * (params + sequence * layers * hidden) * tokens *
           compute_median(find_parts(c, PARAMETER_EPOCHS), level, 1);
}

static double chip_hours_at(const struct compute *c, double level)
{
    const struct setting *chips = find_parts(c, PARAMETER_CHIPS), *hours = find_parts(c, PARAMETER_HOURS);
    if (chips && hours)
        return compute_median(chips, level, 0) * compute_median(hours, level, 0);
    return compute_median(find_parts(c, PARAMETER_CHIP_HOURS), level, 0);
}

static traincost_status check_mfu(const struct compute *c, traincost_error *error)
{
    const struct setting *mfu = find_parts(c, PARAMETER_MFU), *goodput = find_parts(c, PARAMETER_GOODPUT);
    double peak = 3600e12 * c->chip->peak[c->format];
    if (!mfu || c->computed || peak <= 0 || !compute_is_stated(c))
        return TRAINCOST_OK;
    bool trains = compute_trains(c);
    double little = trains ? 1 : compute_median(goodput, 0.05, least_goodput);
    double much = trains ? 1 : compute_median(goodput, 0.95, 1);
    double least = flop_at(c, 0.05) / (peak * chip_hours_at(c, 0.95) * much);
    double most = flop_at(c, 0.95) / (peak * chip_hours_at(c, 0.05) * little);
    if (compute_median(mfu, 0.05, 0) <= most * (1 + rounding) &&
        compute_median(mfu, 0.95, 0) >= least * (1 - rounding))
        return TRAINCOST_OK;
    char low[TEXT_NUMBER], high[TEXT_NUMBER];
    text_print_digits(100 * least, 3, low);
    text_print_digits(100 * most, 3, high);
    return error_set(
        error, TRAINCOST_CONFLICT,
        "mfu %s does not fit the time and the compute stated, which make it %s to %s %%: leave out "
        "one of the three",
        mfu->text, low, high);
}

/* ---- all that was said ---- */

traincost_status compute_check(const struct compute *c, bool lenient, traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    if (!lenient)
        status = check_params(c, error);
    if (status == TRAINCOST_OK && !lenient)
        status = check_attention(c, error);
    if (status == TRAINCOST_OK && !lenient)
        status = check_format(c, error);
    if (status == TRAINCOST_OK && !lenient)
        status = check_mfu(c, error);
    if (status == TRAINCOST_OK && c->timing == TIMED_BY_MFU && c->chip->peak[c->format] <= 0)
        status = error_set(error, TRAINCOST_MISSING,
                           "no peak FLOP/s of %s was published: give hours, chip-hours or a throughput", c->chip->name);
    return status;
}

/* ---- memory ---- */

bool compute_lacks_memory(const struct compute *c, const quantity *bytes, char out[COMPUTE_NOTE])
{
    const struct setting *params = find_parts(c, PARAMETER_PARAMS), *chips = find_parts(c, PARAMETER_CHIPS);
    double memory = 1e9 * c->chip->memory_gb;
    if (!params || !chips || memory <= 0)
        return false;
    double trained = 16 * compute_median(find_parts(c, PARAMETER_TRAINABLE_PARAMS), 0.5, 0);
    double least = quantity_quantile(&params->q, 0.05) * quantity_quantile(bytes, 0.05) + trained;
    if (least <= memory * quantity_quantile(&chips->q, 0.95))
        return false;
    double state = quantity_quantile(&params->q, 0.5) * quantity_quantile(bytes, 0.5) + trained;
    char needed[TEXT_NUMBER], there[TEXT_NUMBER], count[TEXT_NUMBER];
    text_print_grouped(state / 1e9, 4, needed);
    text_print_grouped(memory * quantity_quantile(&chips->q, 0.5) / 1e9, 4, there);
    text_print_grouped(ceil(state / memory), 15, count);
    snprintf(out, COMPUTE_NOTE,
             "the training state of %s GB does not fit the %s GB of these chips: %s of them would hold it%s", needed,
             there, count, find_parts(c, PARAMETER_METHOD) ? "" : "; adapters take less, by method lora or qlora");
    return true;
}
