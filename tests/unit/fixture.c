/* A run to be stated and estimated. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/fixture.h"

#include <check.h>

traincost_error *error;
traincost_scenario *run;
traincost_options *options;
traincost_result *result;

void open_run(void)
{
    error = traincost_error_new();
    run = traincost_scenario_new(NULL, error);
    options = traincost_options_new();
    result = NULL;
    ck_assert(error && run && options);
}

void close_run(void)
{
    traincost_result_free(result);
    traincost_options_free(options);
    traincost_scenario_free(run);
    traincost_error_free(error);
}

void set(const char *key, const char *value)
{
    if (traincost_scenario_set(run, TRAINCOST_RUN, key, value, error))
        ck_abort_msg("%s '%s': %s", key, value, traincost_error_message(error));
}

void set_option(const char *key, const char *value)
{
    if (traincost_options_set(options, key, value, error))
        ck_abort_msg("%s '%s': %s", key, value, traincost_error_message(error));
}

void estimate(void)
{
    traincost_result_free(result);
    result = NULL;
    if (traincost_estimate(run, options, &result, error))
        ck_abort_msg("%s", traincost_error_message(error));
}
