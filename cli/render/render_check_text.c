/* A check as text: the sentence, the tables, and what they rest on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_check.h"

#include "display.h"
#include "page.h"
#include "render/render_inputs.h"
#include "render/sentence.h"

#include <math.h>
#include <string.h>

/* ---- what the figure could count ---- */

const char *would_be(const traincost_report *report, const traincost_scope *scope)
{
    if (!isnan(scope->probability))
        return ""; /* it holds with its chance, and needs no second word */
    if (scope->note)
        return scope->note;
    if (scope_is_read(report, scope))
        return traincost_verdict_name(scope->verdict);
    switch (scope->verdict) {
    case TRAINCOST_CONSISTENT:
        return "fits";
    case TRAINCOST_LOW:
        return "too low";
    case TRAINCOST_HIGH:
        return "too high";
    case TRAINCOST_UNCHECKED:
    case TRAINCOST_IMPOSSIBLE:
        break;
    }
    return "";
}

const char *scope_label(const traincost_scope *scope)
{
    return !strcmp(scope->name, "card")          ? "model card"
           : !strcmp(scope->name, "chips_alone") ? "buy the chips alone"
                                                 : output_words(scope->key);
}

/* The claim over the median. */
static void show_times(double factor, char out[DISPLAY_FIGURE])
{
    if (factor >= 0.001 && factor < 1e4)
        display_number(factor, factor < 0.1 ? 1 : 2, true, out);
    else
        snprintf(out, DISPLAY_FIGURE, "%s", factor < 1 ? "<0.001" : ">10,000");
}

static void add_figure_cell(struct grid *grid, double value, const char *unit)
{
    struct sentence cell = {.length = 0};
    say_range(&cell, value, value, unit);
    grid_cell(grid, cell.text);
}

static void add_scope_row(struct grid *grid, const traincost_report *report, const traincost_scope *scope)
{
    struct sentence at = {.length = 0};
    char name[64], times[DISPLAY_FIGURE];
    snprintf(name, sizeof name, "%s %.60s", scope_is_read(report, scope) ? "*" : " ", scope_label(scope));
    grid_cell(grid, name);
    add_figure_cell(grid, scope->p5, scope->unit);
    add_figure_cell(grid, scope->p50, scope->unit);
    add_figure_cell(grid, scope->p95, scope->unit);
    if (scope->p5 < scope->p95)
        say_percent(&at, isnan(scope->probability) ? scope->percentile : scope->probability);
    grid_cell(grid, at.text);
    show_times(scope->factor, times);
    grid_cell(grid, times);
    grid_cell(grid, would_be(report, scope));
}

static bool is_of_audit(const traincost_scope *scope)
{
    return !strcmp(scope->claim, "chip-hours") && scope->p5 == scope->p95;
}

/* The scopes of one figure from `index` on; where those of the next begin. */
static bool print_figure_scopes(const struct output *output, const traincost_report *report, size_t *index)
{
    struct grid grid;
    struct sentence title = {.length = 0};
    const traincost_scope *first = traincost_report_scope_at(report, *index), *scope;
    const traincost_claim *claim = claim_of(report, first->claim);
    bool bound = !isnan(first->probability);
    const char *starred = "";
    say(&title, "  if ");
    if (claim)
        say_claim(&title, claim);
    say(&title, " is");
    page_gap(output);
    grid_begin(&grid, 0);
    grid_column(&grid, title.text, GRID_WRAPS, 0);
    grid_column(&grid, "5 %", GRID_RIGHT, 0);
    grid_column(&grid, "median", GRID_RIGHT, 1);
    grid_column(&grid, "95 %", GRID_RIGHT, 0);
    const size_t chance = grid.column_count, times = chance + 1;
    grid_column(&grid, "chance", GRID_RIGHT, 2);
    grid_column(&grid, "times", GRID_RIGHT, 3);
    grid_column(&grid, "verdict", GRID_WRAPS, 0);
    for (; (scope = traincost_report_scope_at(report, *index)); ++*index) {
        if (strcmp(scope->claim, first->claim) != 0)
            break;
        if (scope_is_read(report, scope))
            starred = !strcmp(scope->name, "card")     ? "Starred: as which it was made. "
                      : scope_is_best(report, scope) ? "Starred: what fits best. "
                                                     : "Starred: what the claim counts. ";
        add_scope_row(&grid, report, scope);
    }
    if (!grid_print(&grid, output))
        return false;
    struct sentence legend = {.length = 0};
    say(&legend, starred);
    if (!grid.columns[chance].gone)
        say(&legend, bound ? "Chance: that the claim holds. " : "Chance: that it is less than the claim. ");
    say(&legend, grid.columns[times].gone ? "" : "Times: the claim over the median.");
    page_paragraph(output, "  ", legend.text, 2);
    return true;
}

static bool print_scopes(const struct output *output, const traincost_report *report)
{
    const traincost_scope *scope;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i));) {
        if (is_of_audit(scope))
            i++;
        else if (!print_figure_scopes(output, report, &i))
            return false;
    }
    return true;
}

/* ---- the audit and the limits ---- */

static void add_pair_row(struct grid *grid, const char *word, const char *what, double a, double b,
                         const char *unit)
{
    struct sentence left = {.length = 0}, right = {.length = 0};
    say_in_full(&left, a, unit);
    say_in_full(&right, b, unit);
    grid_cell(grid, word);
    grid_cell(grid, what);
    grid_cell(grid, left.text);
    grid_cell(grid, right.text);
}

static void add_limit_row(struct grid *grid, const traincost_limit *limit)
{
    const char *word = limit->ok ? "yes" : "NO";
    if (!limit->value_date) {
        add_pair_row(grid, word, limit->what, limit->value, limit->limit, limit->unit);
        return;
    }
    grid_cell(grid, word);
    grid_cell(grid, limit->what);
    grid_cell(grid, limit->value_date);
    grid_cell(grid, limit->limit_date);
}

static void begin_pairs(const struct output *output, struct grid *grid, const char *title, const char *left,
                        const char *right)
{
    page_gap(output);
    grid_begin(grid, 0);
    grid_column(grid, "", GRID_LEFT, 0);
    grid_column(grid, title, GRID_WRAPS, 0);
    grid_column(grid, left, GRID_RIGHT, 0);
    grid_column(grid, right, GRID_RIGHT, 0);
}

static bool print_audit(const struct output *output, const traincost_report *report)
{
    const traincost_audit *item;
    struct grid grid;
    if (!traincost_report_audit_at(report, 0))
        return true;
    begin_pairs(output, &grid, "Do its figures agree?", "it says", "they make");
    for (size_t i = 0; (item = traincost_report_audit_at(report, i)); i++)
        add_pair_row(&grid, item->ok ? "yes" : "NO", item->what, item->stated, item->computed, item->unit);
    return grid_print(&grid, output);
}

static bool print_limits(const struct output *output, const traincost_report *report)
{
    const traincost_limit *item;
    struct grid grid;
    if (!traincost_report_limit_at(report, 0))
        return true;
    begin_pairs(output, &grid, "Can it be?", "it has", "the limit is");
    for (size_t i = 0; (item = traincost_report_limit_at(report, i)); i++)
        add_limit_row(&grid, item);
    return grid_print(&grid, output);
}

/* ---- what follows, and what it rests on ---- */

static void say_implied(struct sentence *s, const traincost_implied *item)
{
    static const struct {
        const char *key, *what, *usual;
    } words[] = {{"usd_per_chip_hour", " a chip-hour", "the market asked "},
                 {"mfu", " MFU", "published runs reach "},
                 {"usd_per_chip", " a chip", "new, with its server and network, it costs "},
                 {"w_per_chip", " a chip", "from the chips alone to the site it is "},
                 {"energy_over_rated", " times rated power x hours", ""},
                 {"kg_per_kwh", "", "usual there is "},
                 {"chip_hours", " of the chip at the market's price", "range "}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].key, item->key) != 0)
            continue;
        say_figure(s, item->value, !strcmp(item->unit, "ratio") ? "" : item->unit);
        say(s, words[i].what);
        if (!strcmp(item->key, "energy_over_rated")) {
            const char *told = told_rated(item);
            say(s, told ? ", " : "");
            say(s, told ? told : "");
            return;
        }
        if (isnan(item->p50))
            return;
        say(s, "; ");
        say(s, words[i].usual);
        if (!strcmp(item->unit, "share")) {
            say_figure(s, item->p5, item->unit);
            say(s, " to ");
            say_figure(s, item->p95, item->unit);
        } else
            say_range(s, item->p5, item->p95, item->unit);
    }
}

static void print_implied(const struct output *output, const traincost_report *report)
{
    const traincost_implied *item;
    for (size_t i = 0; (item = traincost_report_implied_at(report, i)); i++) {
        struct sentence s = {.length = 0};
        say_implied(&s, item);
        page_paragraph(output, "That makes: ", s.text, 2);
    }
}

/* "DeepSeek, 2025-09-17, confirmed: https://..." */
static void print_source(const struct output *output, const traincost_report *report)
{
    static const char *const keys[] = {"organization", "published", "status"};
    struct sentence s = {.length = 0};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *said = traincost_report_said(report, keys[i]);
        say(&s, said && s.length ? ", " : "");
        say(&s, said ? said : "");
    }
    const char *source = traincost_report_said(report, "source");
    say(&s, source && s.length ? ": " : "");
    say(&s, source ? source : "");
    page_paragraph(output, "Claimed by: ", s.text, 2);
    const char *run = traincost_report_said(report, "run-status");
    if (run && !strcmp(run, "reported"))
        page_paragraph(output, "Run: ", "what is stated of chips, hours or compute is reported, not confirmed",
                       2);
}

/* "MFU at most 1: no compute is stated" reads "MFU at most 1, as no compute is stated". */
static void print_unchecked(const struct output *output, const traincost_report *report)
{
    const char *line;
    for (size_t i = 0; (line = traincost_report_unchecked_at(report, i)); i++) {
        struct sentence s = {.length = 0};
        char what[256];
        const char *why = strstr(line, ": ");
        snprintf(what, sizeof what, "%.*s, as ", (int)(why - line), line);
        say(&s, what);
        say(&s, why + 2);
        page_paragraph(output, "Not checked: ", s.text, 2);
    }
}

bool render_check_text(const struct output *output, const struct check_view *view)
{
    const traincost_report *report = view->reports[0];
    const traincost_result *result = traincost_report_result(report);
    render_check_sentence(output, report);
    if (!print_scopes(output, report) || !print_audit(output, report) || !print_limits(output, report))
        return false;
    page_gap(output);
    print_implied(output, report);
    if (result)
        render_price_sources(output, result);
    print_source(output, report);
    page_paragraph(output, "Note: ", traincost_report_said(report, "note"), 2);
    page_paragraph(output, "Contradiction: ", traincost_report_said(report, "contradiction"), 2);
    print_unchecked(output, report);
    if (view->explain && result)
        render_inputs(output, result);
    return true;
}

void render_check_verdict(const struct output *output, const traincost_report *report)
{
    struct sentence s = {.length = 0};
    const char *name = traincost_report_said(report, "name");
    const traincost_claim *claim = traincost_report_claim_at(report, 0);
    say(&s, name ? name : "");
    say(&s, name && claim ? ", " : "");
    if (claim)
        say_claim(&s, claim);
    say(&s, ": ");
    say(&s, traincost_verdict_name(traincost_report_verdict(report)));
    page_gap(output);
    page_title(output, s.text);
}
