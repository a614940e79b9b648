/* Can $294,000 for 512 H800 and 278 hours be true? The verdict, each scope, and what the figure leaves out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <traincost.h>

static void print_report(const traincost_report *report)
{
    const traincost_scope *scope;
    const traincost_left_out *left;
    printf("verdict: %s\n", traincost_verdict_name(traincost_report_verdict(report)));
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++)
        printf("%c %-12s $%.0f to $%.0f: %s\n", scope->counted ? '*' : ' ', scope->name, scope->p5, scope->p95,
               traincost_verdict_name(scope->verdict));
    for (size_t i = 0; (left = traincost_report_left_out_at(report, i)); i++)
        printf("leaves out: %s, $%.0f to $%.0f\n", left->what, left->p5, left->p95);
}

int main(void)
{
    traincost_error *error = traincost_error_new();
    traincost_scenario *run = traincost_scenario_new(NULL, error);
    traincost_report *report = NULL;
    if (run && !traincost_scenario_set(run, TRAINCOST_RUN, "cluster", "512xH800", error) &&
        !traincost_scenario_set(run, TRAINCOST_RUN, "hours", "278", error) &&
        !traincost_scenario_set(run, TRAINCOST_RUN, "date", "2025-01", error) &&
        !traincost_scenario_set(run, TRAINCOST_RUN, "base", "deepseek-v3", error) &&
        !traincost_scenario_claim(run, "usd", "294k", error) && !traincost_check(run, NULL, &report, error))
        print_report(report);
    else
        fprintf(stderr, "%s\n", traincost_error_message(error));
    int status = report ? 0 : 1;
    traincost_report_free(report);
    traincost_scenario_free(run);
    traincost_error_free(error);
    return status;
}
