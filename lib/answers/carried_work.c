/* Hours on one chip as work that another can do: what the first does in them, at the MFU that is usual on it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/compare.h"

#include "run/compute.h"

#include <math.h>

bool carried_is_time(const traincost_scenario *run)
{
    struct compute compute = {.scenario = run, .stage = 0};
    bool time = scenario_setting(run, 0, PARAMETER_CHIP_HOURS) ||
                (scenario_setting(run, 0, PARAMETER_CHIPS) && scenario_setting(run, 0, PARAMETER_HOURS));
    return run->stage_count == 0 && time && !compute_is_stated(&compute);
}

static quantity carried_chip_hours(const traincost_scenario *run)
{
    const struct setting *chip_hours = scenario_setting(run, 0, PARAMETER_CHIP_HOURS);
    if (chip_hours)
        return chip_hours->q;
    const struct setting *chips = scenario_setting(run, 0, PARAMETER_CHIPS);
    return quantity_scaled(scenario_setting(run, 0, PARAMETER_HOURS)->q, quantity_quantile(&chips->q, 0.5));
}

static double carried_median(const traincost_scenario *run, enum parameter parameter)
{
    const struct setting *setting = scenario_setting(run, 0, parameter);
    return setting ? quantity_quantile(&setting->q, 0.5) : NAN;
}

/* The MFU and the goodput are medians: what is uncertain of the ratio of two chips is the range of the second. */
traincost_status carried_work(const traincost_scenario *run, const traincost_chip *from, struct setting *flop,
                              traincost_error *error)
{
    double params = carried_median(run, PARAMETER_PARAMS), active = carried_median(run, PARAMETER_ACTIVE_PARAMS);
    struct circumstances where = {.catalog = run->catalog, .chip = from};
    where.work = (struct mfu_work){.chip = from,
                                   .format = scenario_format(run, 0, from),
                                   .active = isnan(active) ? params : active,
                                   .total = isnan(params) ? active : params,
                                   .chips = NAN};
    struct default_value mfu, goodput;
    double peak = 1e12 * from->peak[where.work.format];
    if (!(peak > 0))
        return error_set(error, TRAINCOST_MISSING, "no peak FLOP/s of %s was published, by which its hours would be carried "
                                                   "over: state the work as params with tokens, or as flop",
                         from->name);
    traincost_status status = default_find(PARAMETER_MFU, &where, &mfu, error);
    if (status == TRAINCOST_OK)
        status = default_find(PARAMETER_GOODPUT, &where, &goodput, error);
    if (status)
        return status;
    double speed = peak * quantity_quantile(&mfu.q, 0.5) * quantity_quantile(&goodput.q, 0.5);
    struct quantity_rule rule = parameter_rule(PARAMETER_FLOP);
    *flop = (struct setting){.given = true, .text = "carried over"};
    flop->q = quantity_bounded(quantity_scaled(carried_chip_hours(run), 3600 * speed), &rule);
    return TRAINCOST_OK;
}
