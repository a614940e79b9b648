/* Runs side by side, as text and CSV. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_compare.h"

#include "display.h"
#include "page.h"
#include "render/to_csv.h"
#include "render/three_levels.h"
#include "render/words.h"

#include <math.h>
#include <string.h>

const char *compare_name(const struct compare_view *view, size_t run)
{
    const char *name = traincost_result_name(traincost_comparison_result(view->comparison, run));
    return *name ? name : view->operands[run];
}

/* ---- text ---- */

static const char *const usual_blocks[] = {"rental_usd",      "with_base_usd", "own_usd", "acquisition_usd",
                                           "development_usd", "energy_kwh",    "co2_kg",  NULL};

/* The time stands in a sentence of each run, or in a column. */
void render_compare_outputs(char *list, size_t size)
{
    size_t length = (size_t)snprintf(list, size, "chip_hours,hours");
    for (size_t i = 0; usual_blocks[i] && length < size; i++)
        length += (size_t)snprintf(list + length, size - length, ",%s", usual_blocks[i]);
}

static void show_compared_range(const struct three_levels *three, const traincost_output *figure,
                                const char *unit, char *out, size_t size)
{
    char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    double from = figure->quantile[three->index[0]], to = figure->quantile[three->index[2]];
    if (from == to) {
        display_exact(from, unit, low);
        snprintf(out, size, "%s", low);
        return;
    }
    display_scaled(from, DISPLAY_DIGITS, unit, low);
    display_scaled(to, DISPLAY_DIGITS, unit, high);
    snprintf(out, size, "%s to %s", low, high);
}

/* "76 to 428" */
static void show_times_range(const struct three_levels *three, const traincost_output *ratio,
                             char *out, size_t size)
{
    char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    double from = ratio->quantile[three->index[0]], to = ratio->quantile[three->index[2]];
    display_number(from, from < 100 ? 2 : DISPLAY_DIGITS, true, low);
    display_number(to, to < 100 ? 2 : DISPLAY_DIGITS, true, high);
    snprintf(out, size, "%s%s%s", low, strcmp(low, high) ? " to " : "", strcmp(low, high) ? high : "");
}

/* "GPT-4 cost 76 to 428 times as much to rent as DeepSeek-R1, 4 to 21 times with the base models." */
static void print_ratios(const struct output *output, const struct compare_view *view,
                         const struct three_levels *three, size_t run)
{
    char line[512], range[3 * DISPLAY_FIGURE], level[DISPLAY_FIGURE];
    const traincost_output *rent = traincost_comparison_ratio(view->comparison, run, "rental_usd");
    const traincost_output *whole = traincost_comparison_ratio(view->comparison, run, "with_base_usd");
    if (!rent)
        return;
    show_times_range(three, rent, range, sizeof range);
    size_t used = (size_t)snprintf(line, sizeof line, "%.120s cost %s times as much to rent as %.120s",
                                   compare_name(view, run), range, compare_name(view, 0));
    if (whole) {
        show_times_range(three, whole, range, sizeof range);
        used += (size_t)snprintf(line + used, sizeof line - used, ", %s times with the base models", range);
    }
    level_title(three->level[0], level);
    if (three->count == 1)
        used += (size_t)snprintf(line + used, sizeof line - used, ", at the %.20s%s", level,
                                 strcmp(level, "median") ? " quantile" : "");
    snprintf(line + used, sizeof line - used, ".");
    page_paragraph(output, "", line, 2);
}

/* The chips of a run, each once. */
static size_t name_chips(const traincost_result *result, char *out, size_t size)
{
    const traincost_stage *stage, *before;
    size_t used = 0;
    for (size_t s = 0; (stage = traincost_result_stage_at(result, s)) && used < size; s++) {
        bool known = false;
        for (size_t t = 0; t < s && (before = traincost_result_stage_at(result, t)); t++)
            known |= before->chip == stage->chip;
        if (!known)
            used += (size_t)snprintf(out + used, size - used, "%s%s", used ? " and " : "", stage->chip->name);
    }
    return used < size ? used : size - 1;
}

enum { CLAIMED_YEAR = 32 };

/* Whose dollars a claim is in, where they may not be those of the answer. */
static const char *claimed_year(const traincost_scenario *run, const traincost_result *result,
                                const traincost_claim *claim, char out[CLAIMED_YEAR])
{
    const char *of = traincost_scenario_claim_dollars(run);
    bool money = !strcmp(claim->unit, "USD");
    snprintf(out, CLAIMED_YEAR, "%s%.8s%s", money && of ? " in " : "", money && of ? of : "",
             money && of                                 ? " dollars"
             : money && traincost_result_dollars(result) ? " of the day"
                                                         : "");
    return out;
}

/* "DeepSeek-R1: NVIDIA H800, 147,336 chip-hours, at 2025-01 prices; claimed: $294k". */
static void print_run(const struct output *output, const struct compare_view *view,
                      const struct three_levels *three, size_t run)
{
    char line[2048], prices[PRICES_WORDS], work[3 * DISPLAY_FIGURE], words[CLAIM_WORDS], chips[512] = "";
    char year[CLAIMED_YEAR];
    const traincost_result *result = traincost_comparison_result(view->comparison, run);
    const traincost_output *chip_hours = traincost_result_find(result, "chip_hours");
    const traincost_claim *claim;
    name_chips(result, chips, sizeof chips);
    size_t used = (size_t)snprintf(line, sizeof line, "%.100s: %s", compare_name(view, run), chips);
    if (chip_hours) {
        show_compared_range(three, chip_hours, "h", work, sizeof work);
        for (char *unit; (unit = strstr(work, " h"));)
            memmove(unit, unit + 2, strlen(unit + 2) + 1); /* the word follows */
        used += (size_t)snprintf(line + used, sizeof line - used, ", %s chip-hours", work);
    }
    used += (size_t)snprintf(line + used, sizeof line - used, ", at %s", prices_words(result, prices));
    for (size_t i = 0, n = 0;
         (claim = traincost_scenario_claim_at(view->runs[run], i)) && used + 128 < sizeof line; i++) {
        if (strcmp(claim->key, "usd") != 0 && strcmp(claim->key, "energy") != 0 && strcmp(claim->key, "co2") != 0)
            continue;
        claim_words(claim, words);
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s%s", n++ ? ", " : "; claimed: ", words,
                                 claimed_year(view->runs[run], result, claim, year));
    }
    page_paragraph(output, "", line, 2);
}

static void add_block_row(struct grid *grid, const struct compare_view *view,
                          const struct three_levels *three, const char *key, size_t run)
{
    char text[3 * DISPLAY_FIGURE], times[4 * DISPLAY_FIGURE] = "";
    const traincost_output *figure =
        traincost_result_find(traincost_comparison_result(view->comparison, run), key);
    const traincost_output *ratio = traincost_comparison_ratio(view->comparison, run, key);
    grid_cell(grid, compare_name(view, run));
    for (size_t i = 0; i < three->count; i++) {
        snprintf(text, sizeof text, "-");
        if (figure)
            display_output(figure->quantile[three->index[i]], figure->unit, text);
        grid_cell(grid, text);
    }
    if (ratio) {
        show_times_range(three, ratio, text, sizeof text);
        snprintf(times, sizeof times, "%.180s times", text);
    }
    grid_cell(grid, times);
}

static bool print_block(const struct output *output, const struct compare_view *view,
                        const struct three_levels *three, const char *key)
{
    struct grid grid;
    char title[DISPLAY_FIGURE];
    page_gap(output);
    grid_begin(&grid, 0);
    grid_column(&grid, output_words(key), GRID_WRAPS, 0);
    for (size_t i = 0; i < three->count; i++) {
        level_title(three->level[i], title);
        grid_column(&grid, title, GRID_RIGHT, i == 1 && three->count == 3 ? 1 : 0);
    }
    grid_column(&grid, "over the first", GRID_RIGHT, 0);
    for (size_t run = 0; run < view->count; run++)
        add_block_row(&grid, view, three, key, run);
    return grid_print(&grid, output);
}

bool compare_gives(const struct compare_view *view, const char *key)
{
    for (size_t run = 0; run < view->count; run++)
        if (traincost_result_find(traincost_comparison_result(view->comparison, run), key))
            return true;
    return false;
}

bool render_compare_text(const struct output *output, const struct compare_view *view)
{
    const char *key;
    char words[DOLLARS_WORDS];
    const traincost_dollars *first_dollars =
        traincost_result_dollars(traincost_comparison_result(view->comparison, 0));
    struct three_levels three =
        three_levels_of_result(traincost_comparison_result(view->comparison, 0));
    if (traincost_comparison_by(view->comparison))
        return render_ranking_text(output, view);
    for (size_t run = 1; run < view->count; run++)
        print_ratios(output, view, &three, run);
    page_gap(output);
    for (size_t run = 0; run < view->count; run++)
        print_run(output, view, &three, run);
    page_paragraph(output, "", dollars_words(first_dollars, words), 2);
    for (size_t i = 0; (key = view->all_outputs ? traincost_output_key(i) : usual_blocks[i]); i++)
        if (compare_gives(view, key) && !print_block(output, view, &three, key))
            return false;
    return true;
}

/* ---- CSV ---- */

static void csv_row_of(struct csv_row *row, const struct compare_view *view, size_t run, const char *what,
                       const traincost_output *figure)
{
    csv_text(row, view->operands[run]);
    csv_text(row, what);
    csv_text(row, figure->key);
    csv_text(row, figure->unit);
    csv_number(row, figure->mean);
    csv_number(row, figure->sd);
    for (size_t i = 0; i < figure->levels; i++)
        csv_number(row, figure->quantile[i]);
    csv_end(row);
}

/* A share of the samples has a mean and no quantiles. */
static void csv_least(struct csv_row *row, const struct compare_view *view, size_t run)
{
    const char *by = traincost_comparison_by(view->comparison);
    if (!by)
        return;
    csv_text(row, view->operands[run]);
    csv_text(row, "cheapest");
    csv_text(row, by);
    csv_text(row, "share");
    csv_number(row, traincost_comparison_least(view->comparison, run));
    csv_text(row, "");
    for (size_t i = 0; !isnan(traincost_result_level(traincost_comparison_result(view->comparison, run), i));
         i++)
        csv_text(row, "");
    csv_end(row);
}

bool render_compare_csv(const struct output *output, const struct compare_view *view)
{
    static const char *const compare_columns[] = {"run", "of", "output", "unit", "mean", "sd"};
    struct csv_row row = {.out = output->file};
    const traincost_result *first = traincost_comparison_result(view->comparison, 0);
    const char *key;
    for (size_t i = 0; i < sizeof compare_columns / sizeof *compare_columns; i++)
        csv_text(&row, compare_columns[i]);
    for (size_t i = 0; !isnan(traincost_result_level(first, i)); i++) {
        char name[LEVEL_NAME];
        level_name(traincost_result_level(first, i), name);
        csv_text(&row, name);
    }
    csv_end(&row);
    for (size_t place = 0; place < view->count; place++) {
        size_t run = traincost_comparison_ranked(view->comparison, place);
        csv_least(&row, view, run);
        for (size_t i = 0; (key = traincost_output_key(i)); i++) {
            const traincost_output *figure =
                traincost_result_find(traincost_comparison_result(view->comparison, run), key);
            const traincost_output *ratio = traincost_comparison_ratio(view->comparison, run, key);
            if (figure)
                csv_row_of(&row, view, run, "run", figure);
            if (ratio)
                csv_row_of(&row, view, run, "ratio to the first", ratio);
        }
    }
    return true;
}
