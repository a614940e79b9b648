/* What a goal allows, and rent or own, as text and CSV. */
#include "render/render_solve.h"

#include "page.h"
#include "render/to_csv.h"
#include "render/words.h"
#include "render/render_inputs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- text ---- */

static void show_percent(double share, char out[DISPLAY_FIGURE])
{
    display_number(100 * share, DISPLAY_DIGITS, false, out);
    strcat(out, " %");
}

/* "hours: at most 482.931, keeps rent within $1,000,000 with a probability of 90 %" */
static void print_answer(const struct output *output, const traincost_solution *solution)
{
    char line[1024], goal[DISPLAY_FIGURE], reached[DISPLAY_FIGURE], near[DISPLAY_FIGURE],
        percent[DISPLAY_FIGURE];
    const char *key = traincost_solution_output(solution), *what = traincost_solution_what(solution);
    bool deadline = !strcmp(key, "hours"), fewest = deadline && !strcmp(what, "chips");
    const char *unit = deadline ? "h" : "USD";
    display_exact(traincost_solution_goal(solution), unit, goal);
    display_short(traincost_solution_reached(solution), unit, reached);
    display_short(traincost_solution_goal(solution), unit, near);
    show_percent(traincost_solution_confidence(solution), percent);
    const traincost_parameter *parameter = traincost_parameter_find(what);
    snprintf(line, sizeof line, "%s: %s %s%s%s", what, fewest ? "at least" : "at most",
             traincost_solution_text(solution), *parameter->unit ? " " : "", parameter->unit);
    page_title(output, line);
    bool same = !strcmp(reached, near);
    snprintf(line, sizeof line, "keeps %s within %s with a probability of %s%s%s", output_words(key), goal,
             percent, same ? "" : ", at ", same ? "" : reached);
    page_paragraph(output, "", line, 2);
}

/* Never stays a word. */
static void show_months(double value, char out[DISPLAY_FIGURE])
{
    if (isinf(value))
        snprintf(out, DISPLAY_FIGURE, "never");
    else
        display_number(value, value < 1 ? 1 : DISPLAY_DIGITS, true, out);
}

static void add_even_row(struct grid *grid, const char *label, const traincost_range *range, const char *unit)
{
    const double values[] = {range->p5, range->p50, range->p95};
    char text[DISPLAY_FIGURE];
    grid_cell(grid, label);
    for (size_t i = 0; i < 3; i++) {
        if (unit)
            display_scaled(values[i], DISPLAY_DIGITS, unit, text);
        else
            show_months(values[i], text);
        grid_cell(grid, text);
    }
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

static bool print_chances(const struct output *output, const traincost_break_even *even)
{
    struct grid grid;
    char text[DISPLAY_FIGURE];
    grid_begin(&grid, 2);
    grid_column(&grid, "after months", GRID_WRAPS, 0);
    for (size_t i = 0; i < even->count; i++) {
        display_number(even->after[i], DISPLAY_DIGITS, true, text);
        grid_column(&grid, text, GRID_RIGHT, 0);
    }
    grid_cell(&grid, "owning is cheaper");
    for (size_t i = 0; i < even->count; i++) {
        display_number(100 * even->own_is_cheaper[i], 2, false, text);
        strcat(text, " %");
        grid_cell(&grid, text);
    }
    return grid_print(&grid, output);
}

/* "512 x NVIDIA H100, kept 3 years, in use for 8,766 h of 8,766 h a year" */
static void print_solved_chips(const struct output *output, const traincost_solution *solution)
{
    char line[1024], chips[DISPLAY_FIGURE], years[DISPLAY_FIGURE], date[DISPLAY_FIGURE], hours[DISPLAY_FIGURE];
    const traincost_result *result = traincost_solution_result(solution);
    const traincost_stage *stage = traincost_result_stage_at(result, 0);
    display_number(stage->chips, DISPLAY_EXACT, true, chips);
    display_number(traincost_solution_break_even(solution)->years, DISPLAY_EXACT, false, years);
    display_month(traincost_result_date(result), date);
    display_exact(stage->hours, "h", hours);
    snprintf(line, sizeof line, "Rent or own: %s %s %.200s, in use for %s in %s years, at %s prices", chips,
             output->utf8 ? "\xC3\x97" : "x", stage->chip->name, hours, years, date);
    page_paragraph(output, "", line, 2);
}

/* "Owning pays back in 22.7 months at the median (12 to 138), without a sale in 37.2 (15.8 to 140); it pays from
 * 64 % of use." */
static void print_verdict(const struct output *output, const traincost_break_even *even)
{
    char line[1024], text[6][DISPLAY_FIGURE], use[DISPLAY_FIGURE];
    const double months[] = {even->months.p50,         even->months.p5,         even->months.p95,
                             even->months_unsold.p50, even->months_unsold.p5, even->months_unsold.p95};
    for (size_t i = 0; i < 6; i++)
        show_months(months[i], text[i]);
    display_number(100 * even->use.p50, 2, false, use);
    int n = snprintf(line, sizeof line, "Owning pays back in %s months at the median (%s to %s)", text[0], text[1],
                     text[2]);
    if (isinf(months[0]))
        n = snprintf(line, sizeof line, "Owning does not pay back at the median (%s%s)",
                     isinf(months[1]) ? "" : "at best in months: ", text[1]);
    if (isinf(months[4]))
        n += snprintf(line + n, sizeof line - (size_t)n, ", without a sale never; ");
    else
        n += snprintf(line + n, sizeof line - (size_t)n, ", without a sale %s%s (%s to %s); ",
                      isinf(months[3]) ? "" : "in ", text[3], text[4], text[5]);
    if (even->use.p50 <= 1)
        snprintf(line + n, sizeof line - (size_t)n, "it pays from %s %% of use", use);
    else
        snprintf(line + n, sizeof line - (size_t)n, "kept so long, no use will do");
    page_paragraph(output, "", line, 2);
    page_gap(output);
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

static void begin_even_table(struct grid *grid)
{
    grid_begin(grid, 2);
    grid_column(grid, "", GRID_WRAPS, 0);
    grid_column(grid, "5 %", GRID_RIGHT, 0);
    grid_column(grid, "median", GRID_RIGHT, 0);
    grid_column(grid, "95 %", GRID_RIGHT, 0);
}

static bool print_break_even(const struct output *output, const struct solve_view *view)
{
    const traincost_break_even *even = traincost_solution_break_even(view->solution);
    const traincost_result *result = view->estimate.result;
    traincost_range range;
    const char *note;
    struct grid grid;
    print_verdict(output, even);
    print_solved_chips(output, view->solution);
    page_gap(output);
    begin_even_table(&grid);
    add_even_row(&grid, "hours a year from which to own", &even->hours_per_year, NULL);
    add_even_row(&grid, "months until owning is cheaper", &even->months, NULL);
    add_even_row(&grid, "  without a sale", &even->months_unsold, NULL);
    if (find_range(result, "rental_usd", &range))
        add_even_row(&grid, "rent", &range, "USD");
    add_even_row(&grid, "own: bought, powered, sold", &even->own_usd, "USD");
    if (find_range(result, "acquisition_usd", &range))
        add_even_row(&grid, "  to buy", &range, "USD");
    if (find_range(result, "energy_usd", &range))
        add_even_row(&grid, "  electricity", &range, "USD");
    if (!grid_print(&grid, output))
        return false;
    page_gap(output);
    if (!print_chances(output, even))
        return false;
    page_gap(output);
    print_drift(output, even);
    render_price_sources(output, result);
    for (size_t i = 0; (note = traincost_result_note_at(result, i)); i++) {
        page_paragraph(output, "Note: ", note, 2);
    }
    if (view->estimate.explain)
        render_inputs(output, result);
    return true;
}

bool render_solve_text(const struct output *output, const struct solve_view *view)
{
    if (traincost_solution_break_even(view->solution))
        return print_break_even(output, view);
    print_answer(output, view->solution);
    page_gap(output);
    return render_estimate_text(output, &view->estimate);
}

/* ---- CSV ---- */

static void csv_titles(struct csv_row *row, const char *const *titles)
{
    for (; *titles; titles++)
        csv_text(row, *titles);
    csv_end(row);
}

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

bool render_solve_csv(const struct output *output, const struct solve_view *view)
{
    static const char *const ranges[] = {"figure", "unit", "p5", "p50", "p95", NULL};
    static const char *const answers[] = {"solve",  "answer",     "unit",    "output",
                                          "within", "confidence", "reached", NULL};
    const traincost_solution *solution = view->solution;
    const traincost_break_even *even = traincost_solution_break_even(solution);
    struct csv_row row = {.out = output->file};
    csv_titles(&row, even ? ranges : answers);
    if (even) {
        csv_range(&row, "hours_per_year", "h", &even->hours_per_year);
        csv_range(&row, "months", "mo", &even->months);
        csv_range(&row, "months_unsold", "mo", &even->months_unsold);
        csv_range(&row, "own_usd", "USD", &even->own_usd);
        csv_range(&row, "use", "share", &even->use);
        csv_range(&row, "rent_drift", "share", &even->rent_drift);
        return true;
    }
    csv_text(&row, traincost_solution_what(solution));
    csv_number(&row, traincost_solution_answer(solution));
    csv_text(&row, traincost_parameter_find(traincost_solution_what(solution))->unit);
    csv_text(&row, traincost_solution_output(solution));
    csv_number(&row, traincost_solution_goal(solution));
    csv_number(&row, traincost_solution_confidence(solution));
    csv_number(&row, traincost_solution_reached(solution));
    csv_end(&row);
    return true;
}
