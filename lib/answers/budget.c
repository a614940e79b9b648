/* How likely an estimate keeps to a budget or a deadline. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/solve.h"

#include <math.h>
#include <string.h>

const char *traincost_goal_output(const traincost_goal *goal)
{
    return goal ? traincost_output_key(goal_output(goal)) : NULL;
}

traincost_status traincost_result_judge(traincost_result *result, const traincost_goal *goal,
                                        traincost_error *error)
{
    if (!result || !goal)
        return error_null(error, __func__);
    const double by_rounding = 1e-12;
    bool deadline = goal->given[GOAL_DEADLINE];
    const char *key = traincost_goal_output(goal);
    traincost_within *within = &result->within;
    if (!deadline && !goal->given[GOAL_BUDGET])
        return error_set(error, TRAINCOST_MISSING, "state a budget or a deadline to keep to");
    if (!traincost_result_find(result, key))
        return error_set(error, TRAINCOST_MISSING, "%s: the run does not give %s, so nothing can be said of it",
                         deadline ? "deadline" : "budget", key);
    within->output = key;
    within->goal = goal_limit(goal, NULL, result->resolved.day, result->dollars.of ? result->dollars.factor : 1);
    within->probability = traincost_result_probability(result, key, within->goal);
    within->confidence = goal->given[GOAL_CONFIDENCE] ? goal->confidence : NAN;
    within->kept = !(within->probability < within->confidence - by_rounding);
    return TRAINCOST_OK;
}

const traincost_within *traincost_result_within(const traincost_result *result)
{
    if (!result)
        return NULL;
    return result->within.output ? &result->within : NULL;
}
