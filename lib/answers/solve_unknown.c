/* What can be solved for, and whether it is open in a run and moves its time. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/solve.h"

#include "run/compute.h"

#include <string.h>

static const struct unknown unknowns[] = {
    {PARAMETER_HOURS, false, 1000, 1e-6, 1e18}, {PARAMETER_CHIPS, true, 1000, 1, 1e18},
    {PARAMETER_TOKENS, true, 1e12, 1, 1e29},    {PARAMETER_PARAMS, true, 1e10, 1, 1e29},
    {PARAMETER_FLOP, false, 1e24, 1, 1e29},     {PARAMETER_RENTAL_PRICE, false, 2, 1e-9, 1e18},
};

enum { UNKNOWNS = sizeof unknowns / sizeof *unknowns };

traincost_status unknown_find(const char *what, const struct unknown **unknown, traincost_error *error)
{
    enum parameter parameter = parameter_find(what);
    struct text_search search = {.given = what};
    for (size_t i = 0; i < UNKNOWNS; i++) {
        text_try(&search, parameter_key(unknowns[i].parameter));
        *unknown = &unknowns[i];
        if (unknowns[i].parameter == parameter)
            return TRAINCOST_OK;
    }
    text_try(&search, "break-even");
    if (parameter != PARAMETERS)
        return error_set(
            error, TRAINCOST_UNKNOWN,
            "%s is not solved for: hours, chips, tokens, params, flop, rental-price or break-even is", what);
    return error_unknown(error, "thing to solve for", what, text_meant(&search),
                         "hours, chips, tokens, params, flop, rental-price or break-even");
}

/* The first stage that does not state it, where it will hold. */
static traincost_status find_open_stage(const traincost_scenario *scenario, enum parameter parameter,
                                        size_t *stage, traincost_error *error)
{
    const char *key = parameter_key(parameter);
    if (scenario->settings[parameter].given)
        return error_set(error, TRAINCOST_CONFLICT,
                         "%s %s is stated, and it is what is asked for: leave it out", key,
                         scenario->settings[parameter].text);
    for (*stage = 0; *stage < scenario->stage_count; ++*stage)
        if (!scenario->stages[*stage].settings[parameter].given)
            break;
    if (scenario->stage_count && *stage == scenario->stage_count)
        return error_set(error, TRAINCOST_CONFLICT, "every stage states its %s: leave it out of one", key);
    bool work = parameter == PARAMETER_TOKENS || parameter == PARAMETER_FLOP;
    if (work && scenario->stage_count > 1)
        return error_set(error, TRAINCOST_CONFLICT,
                         "the run has several stages, and %s is of one: state that stage alone", key);
    return TRAINCOST_OK;
}

static traincost_status stated_beside(const char *key, const char *beside, const char *what,
                                      traincost_error *error)
{
    return error_set(error, TRAINCOST_CONFLICT, "with %s stated, %s is not open: leave that out%s", beside, key,
                     what);
}

/* Time is stated once: as hours and chips, as chip-hours, or through the compute. */
static traincost_status check_time(const traincost_scenario *scenario, size_t stage, enum parameter parameter,
                                   traincost_error *error)
{
    struct compute compute = {.scenario = scenario, .stage = stage};
    bool hours = scenario_setting(scenario, stage, PARAMETER_HOURS);
    bool chip_hours = scenario_setting(scenario, stage, PARAMETER_CHIP_HOURS);
    bool other = parameter == PARAMETER_HOURS || hours;
    if (other && chip_hours)
        return stated_beside(parameter_key(parameter), "chip-hours", "", error);
    if (other && compute_is_stated(&compute))
        return stated_beside(parameter_key(parameter), "the compute", ", or solve tokens, params or flop",
                             error);
    return TRAINCOST_OK;
}

static traincost_status check_compute(const traincost_scenario *scenario, size_t stage,
                                      enum parameter parameter, traincost_error *error)
{
    bool params = scenario_setting(scenario, stage, PARAMETER_PARAMS) ||
                  scenario_setting(scenario, stage, PARAMETER_ACTIVE_PARAMS);
    bool tokens = scenario_setting(scenario, stage, PARAMETER_TOKENS);
    bool time = scenario_setting(scenario, stage, PARAMETER_CHIP_HOURS) ||
                (scenario_setting(scenario, stage, PARAMETER_CHIPS) &&
                 scenario_setting(scenario, stage, PARAMETER_HOURS));
    if (time)
        return error_set(error, TRAINCOST_CONFLICT,
                         "nothing moves with %s where the time is stated: leave out hours or chip-hours",
                         parameter_key(parameter));
    if (parameter == PARAMETER_FLOP)
        return params && tokens ? stated_beside("flop", "params and tokens", "", error) : TRAINCOST_OK;
    if (scenario_setting(scenario, stage, PARAMETER_FLOP))
        return error_set(error, TRAINCOST_CONFLICT,
                         "nothing moves with %s where flop is stated: leave that out",
                         parameter_key(parameter));
    if (parameter == PARAMETER_TOKENS && !params)
        return error_set(error, TRAINCOST_MISSING, "tokens take params to make compute: state params");
    if (parameter == PARAMETER_PARAMS && !tokens)
        return error_set(error, TRAINCOST_MISSING, "params take tokens to make compute: state tokens");
    if (parameter == PARAMETER_PARAMS && params)
        return error_set(error, TRAINCOST_CONFLICT,
                         "nothing moves with params where active-params are stated: leave those out");
    return TRAINCOST_OK;
}

traincost_status unknown_check(const traincost_scenario *scenario, enum parameter parameter,
                               traincost_error *error)
{
    size_t stage = 0;
    traincost_status status = find_open_stage(scenario, parameter, &stage, error);
    if (status || parameter == PARAMETER_RENTAL_PRICE)
        return status;
    if (parameter == PARAMETER_HOURS || parameter == PARAMETER_CHIPS)
        return check_time(scenario, stage, parameter, error);
    return check_compute(scenario, stage, parameter, error);
}
