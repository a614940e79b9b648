/* Runs ranked by an output, as text. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_compare.h"

#include "page.h"
#include "render/three_levels.h"
#include "render/words.h"

#include <math.h>
#include <string.h>

enum { OTHERS = 3, MOST_NOTED = 8 };

static const traincost_result *result_of(const struct compare_view *view, size_t place)
{
    return traincost_comparison_result(view->comparison, traincost_comparison_ranked(view->comparison, place));
}

static void show_share(double share, char out[DISPLAY_FIGURE])
{
    char percent[DISPLAY_FIGURE];
    display_number(100 * share, share < 0.1 ? 1 : 2, false, percent);
    if (isnan(share))
        strcpy(out, "-");
    else if (share > 0 && share < 0.001)
        strcpy(out, "<0.1 %");
    else
        snprintf(out, DISPLAY_FIGURE, "%.16s %%", percent);
}

/* Rent, own, energy and CO2e where there are any, but for the one by which they are ranked. */
static size_t choose_others(const struct compare_view *view, const char *by, const char *others[OTHERS])
{
    static const char *const usual[] = {"rental_usd", "own_usd", "energy_kwh", "co2_kg"};
    size_t count = 0;
    for (size_t i = 0; i < sizeof usual / sizeof *usual && count < OTHERS; i++)
        if (strcmp(usual[i], by) != 0 && compare_gives(view, usual[i]))
            others[count++] = usual[i];
    return count;
}

static bool gives_time(const struct compare_view *view)
{
    for (size_t run = 0; run < view->count; run++)
        if (!traincost_result_find(traincost_comparison_result(view->comparison, run), "hours"))
            return false;
    return true;
}

/* They may be what the runs are ranked by, and stand there. */
static bool has_time_column(const struct compare_view *view)
{
    const char *by = traincost_comparison_by(view->comparison);
    return view->deadline || (strcmp(by, "hours") != 0 && strcmp(by, "chip_hours") != 0 &&
                              (compare_gives(view, "hours") || compare_gives(view, "chip_hours")));
}

static const char *time_words(const struct compare_view *view)
{
    if (!has_time_column(view))
        return "";
    return view->deadline ? "chips" : gives_time(view) ? "hours" : "chip-h";
}

static void show_work_time(const struct compare_view *view, const struct three_levels *three,
                           const traincost_result *result, char out[DISPLAY_FIGURE])
{
    const traincost_stage *stage = traincost_result_stage_at(result, 0);
    const traincost_output *time = traincost_result_find(result, gives_time(view) ? "hours" : "chip_hours");
    strcpy(out, "-");
    if (view->deadline && stage && !isnan(stage->chips))
        display_number(stage->chips, DISPLAY_DIGITS + 1, true, out);
    else if (!view->deadline && time)
        display_scaled(time->quantile[three->index[1]], DISPLAY_DIGITS, time->unit, out);
    char *unit = strstr(out, " h"); /* the title says it */
    if (unit)
        *unit = '\0';
}

static void show_result_middle(const traincost_result *result, const struct three_levels *three, const char *key,
                               char out[DISPLAY_FIGURE])
{
    const traincost_output *figure = traincost_result_find(result, key);
    strcpy(out, "-");
    if (figure)
        display_output(figure->quantile[three->index[1]], figure->unit, out);
}

static void show_result_range(const traincost_result *result, const struct three_levels *three, const char *key,
                              char out[THREE_LEVELS_RANGE])
{
    const traincost_output *figure = traincost_result_find(result, key);
    strcpy(out, "-");
    if (figure)
        three_levels_range(three, figure, out);
}

static void add_ranking_columns(struct grid *grid, const struct compare_view *view, const struct three_levels *three,
                                const char *by, const char *const *others, size_t count)
{
    char title[DISPLAY_FIGURE];
    bool money = strstr(by, "_usd") != NULL;
    three_levels_title(three, title);
    grid_column(grid, view->runs ? "run" : "chip", GRID_WRAPS, 0);
    grid_column(grid, time_words(view), GRID_RIGHT, 4);
    grid_column(grid, output_words(by), GRID_RIGHT, 0);
    grid_column(grid, three->count > 1 ? title : "", GRID_RIGHT, 0);
    for (size_t i = 0; i < count; i++)
        grid_column(grid, output_words(others[i]), GRID_RIGHT, (int)(i + 1));
    grid_column(grid, money ? "cheapest" : "least", GRID_RIGHT, 0);
}

static void add_ranking_row(struct grid *grid, const struct compare_view *view, const struct three_levels *three,
                            size_t place, const char *by, const char *const *others, size_t count)
{
    char cell[DISPLAY_FIGURE], range[THREE_LEVELS_RANGE];
    size_t run = traincost_comparison_ranked(view->comparison, place);
    const traincost_result *result = result_of(view, place);
    double share = traincost_comparison_least(view->comparison, run);
    grid_cell(grid, view->operands[run]);
    show_work_time(view, three, result, cell);
    grid_cell(grid, has_time_column(view) ? cell : "");
    show_result_middle(result, three, by, cell);
    grid_cell(grid, cell);
    show_result_range(result, three, by, range);
    grid_cell(grid, three->count > 1 ? range : "");
    for (size_t i = 0; i < count; i++) {
        show_result_middle(result, three, others[i], cell);
        grid_cell(grid, cell);
    }
    show_share(share, cell);
    grid_cell(grid, cell);
}

/* ", $21.7M ($14.2M to $33.0M)", of which as much is said as was asked for. */
static void show_ranked_figures(const struct compare_view *view, const struct three_levels *three, const char *by,
                                char *out, size_t size)
{
    char range[THREE_LEVELS_RANGE], median[DISPLAY_FIGURE];
    bool known = fabs(three->level[1] - 0.5) < 1e-9;
    show_result_range(result_of(view, 0), three, by, range);
    show_result_middle(result_of(view, 0), three, by, median);
    snprintf(out, size, "%s%s%s%s%s", known ? ", " : "", known ? median : "", three->count > 1 ? " (" : "",
             three->count > 1 ? range : "", three->count > 1 ? ")" : "");
}

/* "MI300X has the least rent at the median, $21.7M ($14.2M to $33.0M), and the least of all 3 with a probability of
 * 61 %." They are ranked by the median, whichever quantiles were asked for. */
static void print_ranking_sentence(const struct output *output, const struct compare_view *view,
                                   const struct three_levels *three, const char *by)
{
    char line[640], figures[2 * THREE_LEVELS_RANGE], share[DISPLAY_FIGURE];
    size_t first = traincost_comparison_ranked(view->comparison, 0);
    show_share(traincost_comparison_least(view->comparison, first), share);
    show_ranked_figures(view, three, by, figures, sizeof figures);
    if (view->count == 1)
        snprintf(line, sizeof line, "%.60s alone is ranked: %.30s at the median%s.", view->operands[first],
                 output_words(by), figures);
    else
        snprintf(line, sizeof line, "%.60s has the least %.30s at the median%s, and the least of all %zu with a "
                 "probability of %s.", view->operands[first], output_words(by), figures, view->count, share);
    page_paragraph(output, "", line, 0);
    page_gap(output);
}

static void print_basis(const struct output *output, const struct compare_view *view, const struct three_levels *three)
{
    char line[512], prices[PRICES_WORDS], samples[DISPLAY_FIGURE], words[DISPLAY_FIGURE];
    const traincost_result *first = result_of(view, 0);
    display_number(traincost_result_samples(first), DISPLAY_EXACT, true, samples);
    three_levels_words(three, words);
    snprintf(line, sizeof line,
             "%s at %s. The last column is the share of %s samples, in which what they have in "
             "common is one draw.",
             words, prices_words(first, prices), samples);
    page_gap(output);
    page_paragraph(output, "", line, 2);
}

static bool is_note_of(const traincost_result *result, const char *note)
{
    const char *other;
    for (size_t i = 0; (other = traincost_result_note_at(result, i)); i++)
        if (!strcmp(other, note))
            return true;
    return false;
}

/* A note that is the same for all is of none in particular. */
static bool is_common_note(const struct compare_view *view, const char *note)
{
    size_t holders = 0;
    for (size_t place = 0; place < view->count; place++)
        holders += is_note_of(result_of(view, place), note);
    return holders == view->count && view->count > 1;
}

static void print_ranking_notes(const struct output *output, const struct compare_view *view)
{
    char line[1200];
    const char *note;
    if (view->runs) /* an estimate of each tells its own */
        return;
    if (view->count > MOST_NOTED) {
        page_paragraph(output, "", "What each rests on: --format json has the notes.", 2);
        return;
    }
    for (size_t place = 0; place < view->count; place++) {
        size_t run = traincost_comparison_ranked(view->comparison, place);
        for (size_t i = 0; (note = traincost_result_note_at(result_of(view, place), i)); i++) {
            bool common = is_common_note(view, note);
            if (common && place > 0)
                continue;
            snprintf(line, sizeof line, "%.60s: %.1100s", common ? "all" : view->operands[run], note);
            page_paragraph(output, "", line, 2);
        }
    }
}

static void print_left_out(const struct output *output, const struct compare_view *view)
{
    const char *chip, *why;
    for (size_t i = 0; (chip = traincost_comparison_left_out_at(view->comparison, i, &why)); i++) {
        char line[1200];
        if (i == 0) {
            page_gap(output);
            page_title(output, "Left out:");
        }
        snprintf(line, sizeof line, "%.60s: %.1000s", chip, why);
        page_paragraph(output, "  ", line, 4);
    }
}

bool render_ranking_text(const struct output *output, const struct compare_view *view)
{
    const char *by = traincost_comparison_by(view->comparison), *others[OTHERS];
    size_t count = choose_others(view, by, others);
    struct three_levels three = three_levels_of_result(result_of(view, 0));
    struct grid grid;
    print_ranking_sentence(output, view, &three, by);
    grid_begin(&grid, 0);
    add_ranking_columns(&grid, view, &three, by, others, count);
    for (size_t place = 0; place < view->count; place++)
        add_ranking_row(&grid, view, &three, place, by, others, count);
    if (!grid_print(&grid, output))
        return false;
    print_basis(output, view, &three);
    print_ranking_notes(output, view);
    print_left_out(output, view);
    return true;
}
