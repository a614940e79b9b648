/* Rent or own, as text and CSV: a verdict, and beside each rent when and from which use owning is cheaper. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_solve.h"

#include "display.h"
#include "page.h"
#include "render/to_csv.h"
#include "render/render_inputs.h"
#include "render/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- words ---- */

enum { RENT_WORDS = 96 };

/* "the market's rent", "a 3-year contract with hyperscalers" */
static void rent_words(const traincost_rent_even *rent, char out[RENT_WORDS])
{
    static const char *const words[][2] = {{"cluster", "the market's rent"},
                                           {"1y", "a 1-year contract"},
                                           {"3y", "a 3-year contract"},
                                           {"on-demand", "the on-demand rent"},
                                           {"spot", "the spot rent"}};
    const char *said = rent->term ? "the rent of any term" : "the rent stated";
    for (size_t i = 0; rent->term && i < sizeof words / sizeof *words; i++)
        if (!strcmp(rent->term, words[i][0]))
            said = words[i][1];
    if (rent->tier)
        snprintf(out, RENT_WORDS, "%s of %ss", said,
                 !strcmp(rent->tier, "specialised") ? "specialised cloud" : rent->tier);
    else
        snprintf(out, RENT_WORDS, "%s", said);
}

/* The same in short, for a sentence. */
static void rent_word(const traincost_rent_even *rent, char out[RENT_WORDS])
{
    traincost_rent_even of_all = *rent;
    of_all.tier = NULL;
    rent_words(&of_all, out);
}

/* The same where a contract's lessor is named if it is dear: lists of hyperscalers are no market. */
static void verdict_rent(const traincost_rent_even *rent, char out[RENT_WORDS])
{
    bool dear = rent->tier && !strcmp(rent->tier, "hyperscaler");
    (dear ? rent_words : rent_word)(rent, out);
}

/* Never stays a word. */
static void show_months(double value, char out[DISPLAY_FIGURE])
{
    if (isinf(value))
        snprintf(out, DISPLAY_FIGURE, "never");
    else
        display_number(value, value < 1 ? 1 : DISPLAY_DIGITS, true, out);
}

static void show_use(double share, char out[DISPLAY_FIGURE])
{
    if (isinf(share)) {
        snprintf(out, DISPLAY_FIGURE, "none");
        return;
    }
    display_number(100 * share, share < 0.995 ? 2 : DISPLAY_DIGITS, true, out);
    strcat(out, " %");
}

/* ---- the verdict ---- */

struct verdict {
    char text[2048];
    size_t length;
};

static void verdict_add(struct verdict *verdict, const char *text)
{
    size_t room = sizeof verdict->text - verdict->length;
    int n = snprintf(verdict->text + verdict->length, room, "%s", text);
    verdict->length += (size_t)n < room ? (size_t)n : room - 1;
}

/* "1,024 x NVIDIA H100 SXM5 80GB: " */
static void verdict_chips(struct verdict *verdict, const struct output *output, const traincost_solution *solution)
{
    char chips[DISPLAY_FIGURE];
    const traincost_stage *stage = traincost_result_stage_at(traincost_solution_result(solution), 0);
    display_number(stage->chips, DISPLAY_EXACT, true, chips);
    const char *const parts[] = {chips, output->utf8 ? " \xC3\x97 " : " x ", stage->chip->name, ": "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        verdict_add(verdict, parts[i]);
}

/* "owning pays back in 22.7 months at the median (12 to 138) against the market's rent" */
static void verdict_first(struct verdict *verdict, const traincost_rent_even *rent)
{
    char line[512], low[DISPLAY_FIGURE], middle[DISPLAY_FIGURE], high[DISPLAY_FIGURE], words[RENT_WORDS];
    show_months(rent->months.p5, low);
    show_months(rent->months.p50, middle);
    show_months(rent->months.p95, high);
    verdict_rent(rent, words);
    if (!isinf(rent->months.p50))
        snprintf(line, sizeof line, "owning pays back in %s months at the median (%s to %s) against %s", middle,
                 low, high, words);
    else if (!isinf(rent->months.p5))
        snprintf(line, sizeof line, "at the median owning never pays back against %s (at best in %s months)", words,
                 low);
    else
        snprintf(line, sizeof line, "owning never pays back against %s", words);
    verdict_add(verdict, line);
}

/* ", in 18.7 against a 1-year contract" */
static void verdict_beside(struct verdict *verdict, const traincost_rent_even *rent)
{
    char line[256], middle[DISPLAY_FIGURE], words[RENT_WORDS];
    show_months(rent->months.p50, middle);
    verdict_rent(rent, words);
    snprintf(line, sizeof line, ", %s%s against %s", isinf(rent->months.p50) ? "" : "in ", middle, words);
    verdict_add(verdict, line);
}

/* "; it pays from 64 %, 59 % and 81 % of use" */
static void verdict_use(struct verdict *verdict, const traincost_break_even *even)
{
    char use[DISPLAY_FIGURE];
    size_t pays = 0;
    for (size_t i = 0; i < even->rent_count; i++)
        pays += even->rents[i].use.p50 <= 1;
    if (pays == 0) {
        verdict_add(verdict, "; even in full use owning costs more");
        return;
    }
    verdict_add(verdict, "; it pays from ");
    for (size_t i = 0; i < even->rent_count; i++) {
        show_use(even->rents[i].use.p50, use);
        verdict_add(verdict, i == 0 ? "" : i + 1 == even->rent_count ? " and " : ", ");
        verdict_add(verdict, even->rents[i].use.p50 <= 1 ? use : "over 100 %");
    }
    verdict_add(verdict, " of use");
}

static void print_verdict(const struct output *output, const traincost_solution *solution)
{
    const traincost_break_even *even = traincost_solution_break_even(solution);
    struct verdict verdict = {{0}, 0};
    verdict_chips(&verdict, output, solution);
    verdict_first(&verdict, &even->rents[0]);
    for (size_t i = 1; i < even->rent_count; i++)
        verdict_beside(&verdict, &even->rents[i]);
    verdict_use(&verdict, even);
    page_paragraph(output, "", verdict.text, 2);
    page_gap(output);
}

/* "Rent or own: in use for 19,780 h in 3 years, at 2026-10 prices" */
static void print_use(const struct output *output, const traincost_solution *solution)
{
    char line[512], years[DISPLAY_FIGURE], prices[PRICES_WORDS], hours[DISPLAY_FIGURE];
    const traincost_result *result = traincost_solution_result(solution);
    display_number(traincost_solution_break_even(solution)->years, DISPLAY_EXACT, false, years);
    display_number(traincost_result_stage_at(result, 0)->hours, DISPLAY_DIGITS + 1, true, hours);
    snprintf(line, sizeof line, "Rent or own: in use for %s h in %s years, at %s", hours, years,
             prices_words(result, prices));
    page_paragraph(output, "", line, 2);
}

/* ---- tables ---- */

typedef void show_even(double value, char out[DISPLAY_FIGURE]);

static void show_usd(double value, char out[DISPLAY_FIGURE])
{
    display_scaled(value, DISPLAY_DIGITS, "USD", out);
}

static void add_even_row(struct grid *grid, const char *label, const traincost_range *range, show_even *show)
{
    const double values[] = {range->p5, range->p50, range->p95};
    char text[DISPLAY_FIGURE];
    grid_cell(grid, label);
    for (size_t i = 0; i < 3; i++) {
        show(values[i], text);
        grid_cell(grid, text);
    }
}

static void add_rent(struct grid *grid, const traincost_rent_even *rent)
{
    char words[RENT_WORDS];
    rent_words(rent, words);
    add_even_row(grid, words, &rent->rental_price, show_usd);
    add_even_row(grid, "  months until owning is cheaper", &rent->months, show_months);
    add_even_row(grid, "    without a sale", &rent->months_unsold, show_months);
    add_even_row(grid, "  use from which to own", &rent->use, show_use);
    add_even_row(grid, "    without a sale", &rent->use_unsold, show_use);
}

/* The quantiles of the estimate that the table's columns are; false where it lacks one. */
static bool find_range(const traincost_result *result, const char *key, traincost_range *range)
{
    static const double levels[] = {0.05, 0.5, 0.95};
    double *to[] = {&range->p5, &range->p50, &range->p95};
    const traincost_output *figure = traincost_result_find(result, key);
    size_t found = 0;
    for (size_t i = 0; figure && i < figure->levels && found < 3; i++)
        if (fabs(traincost_result_level(result, i) - levels[found]) < 1e-9)
            *to[found++] = figure->quantile[i];
    return found == 3;
}

static bool print_even_table(const struct output *output, const struct solve_view *view)
{
    static const struct {
        const char *key, *label;
    } parts[] = {{"acquisition_usd", "  to buy"}, {"energy_usd", "  electricity"}};
    const traincost_break_even *even = traincost_solution_break_even(view->solution);
    const traincost_result *result = view->estimate.result;
    traincost_range range;
    struct grid grid;
    grid_begin(&grid, 2);
    grid_column(&grid, "a chip-hour at", GRID_WRAPS, 0);
    grid_column(&grid, "5 %", GRID_RIGHT, 0);
    grid_column(&grid, "median", GRID_RIGHT, 0);
    grid_column(&grid, "95 %", GRID_RIGHT, 0);
    for (size_t i = 0; i < even->rent_count; i++)
        add_rent(&grid, &even->rents[i]);
    grid_gap(&grid);
    if (find_range(result, "rental_usd", &range))
        add_even_row(&grid, "rent of all these hours", &range, show_usd);
    add_even_row(&grid, "own: bought, powered, sold", &even->own_usd, show_usd);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (find_range(result, parts[i].key, &range))
            add_even_row(&grid, parts[i].label, &range, show_usd);
    return grid_print(&grid, output);
}

static bool print_chances(const struct output *output, const traincost_break_even *even)
{
    struct grid grid;
    char text[DISPLAY_FIGURE], words[RENT_WORDS];
    grid_begin(&grid, 2);
    grid_column(&grid, "cheaper after months", GRID_WRAPS, 0);
    for (size_t i = 0; i < even->count; i++) {
        display_number(even->after[i], DISPLAY_DIGITS, true, text);
        grid_column(&grid, text, GRID_RIGHT, 0);
    }
    for (size_t r = 0; r < even->rent_count; r++) {
        rent_word(&even->rents[r], words);
        grid_cell(&grid, words);
        for (size_t i = 0; i < even->count; i++) {
            display_number(100 * even->rents[r].own_is_cheaper[i], 2, false, text);
            strcat(text, " %");
            grid_cell(&grid, text);
        }
    }
    return grid_print(&grid, output);
}

static void print_drift(const struct output *output, const traincost_break_even *even)
{
    char line[256], low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    display_number(100 * even->rent_drift.p5, 3, false, low);
    display_number(100 * even->rent_drift.p95, 3, false, high);
    if (even->rent_drift.p95 == 0)
        snprintf(line, sizeof line, "they stay as they are at the date; --rent-drift says otherwise");
    else if (!strcmp(low, high))
        snprintf(line, sizeof line, "they fall by %s %% a year", low);
    else
        snprintf(line, sizeof line, "they fall by %s %% to %s %% a year", low, high);
    page_paragraph(output, "Rents: ", line, 2);
}

/* When what is bought may be sold, and for which hours a contract is paid. */
static void print_terms(const struct output *output, const traincost_break_even *even)
{
    char line[256], months[DISPLAY_FIGURE];
    bool contract = false;
    for (size_t r = 0; r < even->rent_count; r++)
        contract = contract || (even->rents[r].term && strchr("13", even->rents[r].term[0]));
    display_number(even->min_hold, DISPLAY_EXACT, true, months);
    snprintf(line, sizeof line, "not before %s month%s: --min-hold says otherwise", months, display_plural(months));
    page_paragraph(output, "Sale: ", line, 2);
    if (contract)
        page_paragraph(output, "Contracts: ", "paid for the hours in use, as all rents; --use 100% is one that is paid for every hour", 2);
}

bool render_break_even_text(const struct output *output, const struct solve_view *view)
{
    const traincost_break_even *even = traincost_solution_break_even(view->solution);
    const traincost_result *result = view->estimate.result;
    const char *note;
    print_verdict(output, view->solution);
    print_use(output, view->solution);
    page_gap(output);
    if (!print_even_table(output, view))
        return false;
    page_gap(output);
    if (!print_chances(output, even))
        return false;
    page_gap(output);
    print_drift(output, even);
    print_terms(output, even);
    render_price_sources(output, result);
    for (size_t i = 0; (note = traincost_result_note_at(result, i)); i++)
        page_paragraph(output, "Note: ", note, 2);
    if (view->estimate.explain)
        render_inputs(output, result);
    return true;
}

/* ---- CSV ---- */

/* What is never is empty. */
static void csv_time(struct csv_row *row, double value)
{
    csv_number(row, isinf(value) ? NAN : value);
}

static void csv_range(struct csv_row *row, const char *what, const char *unit, const traincost_range *range)
{
    csv_text(row, what);
    csv_text(row, unit);
    csv_time(row, range->p5);
    csv_time(row, range->p50);
    csv_time(row, range->p95);
    csv_end(row);
}

/* "months_1y" of the contracts; of the rent asked for the names are bare. */
static void csv_beside(struct csv_row *row, const char *what, const traincost_rent_even *rent, bool first,
                       const char *unit, const traincost_range *range)
{
    char name[DISPLAY_FIGURE];
    snprintf(name, sizeof name, "%s%s%s", what, first ? "" : "_", first ? "" : rent->term);
    csv_range(row, name, unit, range);
}

void render_break_even_csv(const struct output *output, const struct solve_view *view)
{
    static const char *const titles[] = {"figure", "unit", "p5", "p50", "p95"};
    const traincost_break_even *even = traincost_solution_break_even(view->solution);
    struct csv_row row = {.out = output->file};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        csv_text(&row, titles[i]);
    csv_end(&row);
    csv_range(&row, "hours_per_year", "h", &even->hours_per_year);
    csv_range(&row, "months", "mo", &even->months);
    csv_range(&row, "months_unsold", "mo", &even->months_unsold);
    csv_range(&row, "own_usd", "USD", &even->own_usd);
    csv_range(&row, "use", "share", &even->use);
    csv_range(&row, "rent_drift", "share", &even->rent_drift);
    for (size_t i = 0; i < even->rent_count; i++) {
        const traincost_rent_even *rent = &even->rents[i];
        csv_beside(&row, "rental_price", rent, i == 0, "USD/h", &rent->rental_price);
        if (i > 0) {
            csv_beside(&row, "months", rent, false, "mo", &rent->months);
            csv_beside(&row, "months_unsold", rent, false, "mo", &rent->months_unsold);
            csv_beside(&row, "use", rent, false, "share", &rent->use);
        }
        csv_beside(&row, "use_unsold", rent, i == 0, "share", &rent->use_unsold);
    }
}
