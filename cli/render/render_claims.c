/* Many checks: a line each, as text and CSV. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_check.h"

#include "display.h"
#include "page.h"
#include "render/sentence.h"
#include "render/to_csv.h"
#include "render/words.h"

#include <math.h>
#include <string.h>

/* The figure that the verdict is of. */
static const traincost_claim *deciding_claim(const traincost_report *report, const traincost_scope *scope)
{
    return scope ? claim_of(report, scope->claim) : traincost_report_claim_at(report, 0);
}

static size_t failed_audits(const traincost_report *report)
{
    const traincost_audit *item;
    size_t count = 0;
    for (size_t i = 0; (item = traincost_report_audit_at(report, i)); i++)
        count += !item->ok;
    return count;
}

static size_t broken_limits(const traincost_report *report)
{
    const traincost_limit *item;
    size_t count = 0;
    for (size_t i = 0; (item = traincost_report_limit_at(report, i)); i++)
        count += !item->ok;
    return count;
}

static size_t slips_words(const traincost_report *report)
{
    size_t count = 0;
    while (traincost_report_slip_at(report, count))
        count++;
    return count;
}

static void show_claims_range(double p5, double p95, const char *scale, char *out, size_t size)
{
    char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    display_scaled(p5, DISPLAY_DIGITS, scale, low);
    display_scaled(p95, DISPLAY_DIGITS, scale, high);
    char *unit = strchr(low, ' ');
    const char *other = strchr(high, ' ');
    if (unit && other && !strcmp(unit, other))
        *unit = '\0'; /* said once, behind the second */
    if (p5 == p95)
        snprintf(out, size, "%s", high);
    else
        snprintf(out, size, "%s..%s", low, high);
}

static void show_claim(const traincost_report *report, const traincost_scope *scope, char *out, size_t size)
{
    const traincost_claim *claim = deciding_claim(report, scope);
    char figure[DISPLAY_FIGURE];
    snprintf(out, size, "-");
    if (!claim)
        return;
    const char *sign = !strcmp(claim->kind, "at_least") ? ">" : !strcmp(claim->kind, "at_most") ? "<" : "";
    if (!strcmp(claim->unit, "share"))
        snprintf(figure, sizeof figure, "%.0f %% MFU", 100 * claim->value);
    else if (is_range(claim))
        show_claims_range(claim->low, claim->high, claim->unit, figure, sizeof figure);
    else
        display_short(claim->value, claim->unit, figure);
    bool named = scope && strcmp(scope->key, "chip_hours") != 0;
    snprintf(out, size, "%s%s%s%s", sign, figure, named ? " " : "", named ? output_words(scope->key) : "");
}

static void add_claim_row(struct grid *grid, const char *id, const traincost_report *report)
{
    char claim[2 * DISPLAY_FIGURE], range[3 * DISPLAY_FIGURE] = "-", flags[4];
    const traincost_scope *scope = deciding_scope(report);
    show_claim(report, scope, claim, sizeof claim);
    if (scope)
        show_claims_range(scope->p5, scope->p95, scope->unit, range, sizeof range);
    snprintf(flags, sizeof flags, "%s%s%s", failed_audits(report) ? "A" : "", broken_limits(report) ? "L" : "",
             slips_words(report) ? "S" : "");
    grid_cell(grid, id ? id : "");
    grid_cell(grid, claim);
    grid_cell(grid, range);
    grid_cell(grid, traincost_verdict_name(traincost_report_verdict(report)));
    grid_cell(grid, flags);
}

const traincost_dollars *claims_dollars(const struct check_view *view)
{
    const traincost_dollars *dollars = NULL;
    for (size_t i = 0; i < view->count; i++) {
        const traincost_result *result = traincost_report_result(view->reports[i]);
        const traincost_dollars *own = result ? traincost_result_dollars(result) : NULL;
        if (result && !own)
            return NULL;
        dollars = dollars ? dollars : own;
    }
    return dollars;
}

bool render_claims_text(const struct output *output, const struct check_view *view)
{
    struct grid grid;
    char line[256], words[DOLLARS_WORDS];
    size_t verdicts[TRAINCOST_IMPOSSIBLE + 1] = {0}, used;
    grid_begin(&grid, 0);
    grid_column(&grid, "run", GRID_WRAPS, 0);
    grid_column(&grid, "claim", GRID_WRAPS, 0);
    grid_column(&grid, "90 % range", GRID_LEFT, 0);
    grid_column(&grid, "verdict", GRID_LEFT, 0);
    grid_column(&grid, "", GRID_LEFT, 0);
    for (size_t i = 0; i < view->count; i++) {
        add_claim_row(&grid, view->ids[i], view->reports[i]);
        verdicts[traincost_report_verdict(view->reports[i])]++;
    }
    if (!grid_print(&grid, output))
        return false;
    used = (size_t)snprintf(line, sizeof line, "%zu run%s:", view->count, view->count == 1 ? "" : "s");
    for (int v = TRAINCOST_CONSISTENT; v <= TRAINCOST_IMPOSSIBLE; v++)
        used += (size_t)snprintf(line + used, sizeof line - used, " %zu %s,", verdicts[v],
                                 traincost_verdict_name((traincost_verdict)v));
    snprintf(line + used, sizeof line - used, " %zu unchecked.", verdicts[TRAINCOST_UNCHECKED]);
    page_gap(output);
    page_paragraph(output, "", line, 0);
    page_paragraph(output, "",
                   "A: stated figures disagree. L: a limit is broken. S: a likely slip. 'traincost claims ID' has "
                   "the whole of one.",
                   0);
    page_paragraph(output, "", dollars_words(claims_dollars(view), words), 0);
    return true;
}

bool render_claims_csv(const struct output *output, const struct check_view *view)
{
    static const char *const columns[] = {
        "id",        "name",         "claim",         "value",      "kind",   "unit",        "counts",
        "p5",        "p50",          "p95",           "percentile", "factor", "probability", "verdict",
        "fits_best", "audit_failed", "limits_broken", "slips",      "source"};
    struct csv_row row = {.out = output->file};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        csv_text(&row, columns[i]);
    csv_end(&row);
    for (size_t i = 0; i < view->count; i++) {
        const traincost_report *report = view->reports[i];
        const traincost_scope *scope = deciding_scope(report);
        const traincost_claim *claim = deciding_claim(report, scope);
        const char *name = traincost_report_said(report, "name"),
                   *source = traincost_report_said(report, "source");
        const char *best = traincost_report_fits_best(report);
        csv_text(&row, view->ids[i]);
        csv_text(&row, name);
        csv_text(&row, claim ? claim->key : "");
        csv_number(&row, claim ? claim->value : NAN);
        csv_text(&row, claim ? claim->kind : "");
        csv_text(&row, claim ? claim->unit : "");
        csv_text(&row, scope ? scope->name : "");
        csv_number(&row, scope ? scope->p5 : NAN);
        csv_number(&row, scope ? scope->p50 : NAN);
        csv_number(&row, scope ? scope->p95 : NAN);
        csv_number(&row, scope ? scope->percentile : NAN);
        csv_number(&row, scope ? scope->factor : NAN);
        csv_number(&row, scope ? scope->probability : NAN);
        csv_text(&row, traincost_verdict_name(traincost_report_verdict(report)));
        csv_text(&row, best);
        csv_number(&row, (double)failed_audits(report));
        csv_number(&row, (double)broken_limits(report));
        csv_number(&row, (double)slips_words(report));
        csv_text(&row, source);
        csv_end(&row);
    }
    return true;
}
