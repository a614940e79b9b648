/* Answers as JSON: what the library writes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_check.h"
#include "render/render_chips.h"
#include "render/render_compare.h"
#include "render/render_solve.h"
#include "render/render_sweep.h"

#include <stdio.h>

/* Writes the text, which it frees; that of a failure is NULL. */
static bool put_json(const struct output *output, traincost_status status, char *text)
{
    if (status != TRAINCOST_OK)
        return false;
    fputs(text, output->file);
    traincost_text_free(text);
    return true;
}

bool render_estimate_json(const struct output *output, const struct estimate_view *view)
{
    char *text = NULL;
    traincost_status status = traincost_result_json(view->result, 0, &text, NULL);
    return put_json(output, status, text);
}

bool render_check_json(const struct output *output, const struct check_view *view)
{
    char *text = NULL;
    traincost_status status = traincost_report_json(view->reports[0], 0, &text, NULL);
    return put_json(output, status, text);
}

bool render_claims_json(const struct output *output, const struct check_view *view)
{
    char *text = NULL;
    traincost_status status = traincost_reports_json(view->reports, view->count, 0, &text, NULL);
    return put_json(output, status, text);
}

bool render_compare_json(const struct output *output, const struct compare_view *view)
{
    char *text = NULL;
    traincost_status status = traincost_comparison_json(view->comparison, view->operands, 0, &text, NULL);
    return put_json(output, status, text);
}

bool render_solve_json(const struct output *output, const struct solve_view *view)
{
    char *text = NULL;
    traincost_status status = traincost_solution_json(view->solution, 0, &text, NULL);
    return put_json(output, status, text);
}

bool render_sweep_json(const struct output *output, const struct sweep_view *view)
{
    char *text = NULL;
    traincost_status status = traincost_sweep_json(view->sweep, 0, &text, NULL);
    return put_json(output, status, text);
}

char *chips_json(const struct chips_view *view)
{
    char *text = NULL;
    const traincost_market market = {view->date, view->chip ? view->only_term : view->term, view->tier, view->region};
    return traincost_chips_json_in(view->catalog, view->asked, &market, 0, &text, NULL) == TRAINCOST_OK ? text : NULL;
}

bool render_chips_json(const struct output *output, const struct chips_view *view)
{
    char *text = chips_json(view);
    return put_json(output, text ? TRAINCOST_OK : TRAINCOST_NO_MEMORY, text);
}
