/* What every row is asked: an estimate, and a verdict where something is claimed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/batch_row.h"

traincost_scenario *batch_new_run(const struct batch_bench *bench)
{
    traincost_scenario *run = traincost_scenario_new(bench->batch->catalog, bench->error);
    if (run)
        run->defaults = bench->defaults;
    return run;
}

traincost_status batch_state_all(const traincost_batch *batch, traincost_scenario *run, traincost_error *error)
{
    traincost_status status = TRAINCOST_OK;
    for (size_t i = 0; i < batch->stated_count && status == TRAINCOST_OK; i++)
        status = naming_state(run, TRAINCOST_RUN, batch->stated[i].naming, batch->stated[i].value, error);
    return status;
}

traincost_status batch_answer_run(const struct batch_bench *bench, const traincost_scenario *run,
                                  struct batch_answer *answer)
{
    bool checks = bench->batch->claims || !bench->batch->columns;
    traincost_status status = traincost_estimate(run, &bench->options, &answer->result, bench->error);
    if (status == TRAINCOST_OK && checks && traincost_scenario_claim_at(run, 0))
        status = traincost_check(run, &bench->batch->options, &answer->report, bench->error);
    return status;
}

void batch_keep_result(const struct batch_bench *bench, const traincost_row *row, struct batch_answer *answer)
{
    if (!bench->batch->portfolio)
        return;
    bench->batch->results[row - bench->rows] = answer->result;
    answer->result = NULL;
}

void batch_answer_free(struct batch_answer *answer)
{
    traincost_result_free(answer->result);
    traincost_report_free(answer->report);
    *answer = (struct batch_answer){0};
}

const traincost_scope *batch_scope(const traincost_report *report)
{
    const traincost_scope *scope, *first = NULL;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        if (scope->counted && scope->verdict == traincost_report_verdict(report))
            return scope;
        if (scope->counted && !first)
            first = scope;
    }
    return first;
}
