/* What it cost to rent 512 H800 for 198 hours in January 2025: the 5 % and the 95 % quantile. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <traincost.h>

int main(void)
{
    traincost_error *error = traincost_error_new();
    traincost_scenario *run = traincost_scenario_new(NULL, error);
    traincost_result *result = NULL;
    if (run && !traincost_scenario_set(run, TRAINCOST_RUN, "cluster", "512xH800", error) &&
        !traincost_scenario_set(run, TRAINCOST_RUN, "hours", "198", error) &&
        !traincost_scenario_set(run, TRAINCOST_RUN, "date", "2025-01", error) &&
        !traincost_estimate(run, NULL, &result, error)) {
        const traincost_output *rent = traincost_result_find(result, "rental_usd");
        if (rent)
            printf("$%.0f to $%.0f\n", rent->quantile[0], rent->quantile[rent->levels - 1]);
    } else {
        fprintf(stderr, "%s\n", traincost_error_message(error));
    }
    int status = result ? 0 : 1;
    traincost_result_free(result);
    traincost_scenario_free(run);
    traincost_error_free(error);
    return status;
}
