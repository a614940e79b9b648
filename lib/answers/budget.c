/* Whether an estimate stays within a budget or a deadline. */
#include "answers/solve.h"

#include <math.h>
#include <string.h>

const char *traincost_goal_output(const traincost_goal *goal)
{
    return traincost_output_key(goal_output(goal));
}

traincost_status traincost_result_within(const traincost_result *result, const traincost_goal *goal,
                                         traincost_within *within, traincost_error *error)
{
    const double rounding = 1e-12;
    bool deadline = goal->given[GOAL_DEADLINE];
    const char *key = traincost_goal_output(goal), *name = traincost_result_name(result);
    memset(within, 0, sizeof *within);
    if (!deadline && !goal->given[GOAL_BUDGET])
        return error_set(error, TRAINCOST_MISSING, "state a budget or a deadline to keep to");
    if (!traincost_result_find(result, key))
        return error_set(error, TRAINCOST_MISSING, "%s: %s%s%s is not among the outputs, so nothing can be said of it",
                         deadline ? "deadline" : "budget", name, *name ? ": " : "", key);
    within->output = key;
    within->goal = deadline ? goal->deadline : goal->budget;
    within->probability = traincost_result_probability(result, key, within->goal);
    within->confidence = goal->given[GOAL_CONFIDENCE] ? goal->confidence : NAN;
    within->kept = !(within->probability < within->confidence - rounding);
    return TRAINCOST_OK;
}
