/* The table of outputs: which rows, which columns, what stands beside a row. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/output_table.h"

#include "render/words.h"

#include <math.h>
#include <string.h>

enum { REMARK = 80 };

bool is_level(double level, double wanted)
{
    return fabs(level - wanted) < 1e-9;
}

bool figure_is_exact(const traincost_output *figure)
{
    for (size_t i = 0; i < figure->levels; i++)
        if (figure->quantile_se[i] != 0 || figure->quantile[i] != figure->quantile[0])
            return false;
    return figure->levels > 0;
}

/* ---- figures ---- */

void show_output(const traincost_output *figure, size_t level, char out[DISPLAY_FIGURE])
{
    double value = figure->quantile[level];
    int digits = display_digits(value, figure->quantile_se[level]);
    bool share = !strcmp(figure->unit, "share");
    bool bare = !strcmp(figure->key, "chip_hours") || !strcmp(figure->key, "hours");
    if (share) {
        display_number(100 * value, digits, false, out);
        strcat(out, " %");
    } else if (figure_is_exact(figure)) {
        display_exact(value, figure->unit, out);
    } else {
        display_scaled(value, digits, figure->unit, out);
    }
    if (bare && strlen(out) > 2)
        out[strlen(out) - 2] = '\0'; /* the word says hours */
}

/* Which quantile has that level; as many as there are where none has. */
static size_t level_index(const traincost_result *result, const traincost_output *figure, double level)
{
    size_t i = 0;
    while (i < figure->levels && !is_level(traincost_result_level(result, i), level))
        i++;
    return i;
}

bool show_output_median(const traincost_result *result, const traincost_output *figure,
                        char out[DISPLAY_FIGURE])
{
    size_t i = level_index(result, figure, 0.5);
    if (i < figure->levels)
        show_output(figure, i, out);
    return i < figure->levels;
}

bool show_output_range(const traincost_result *result, const traincost_output *figure, char *out, size_t size)
{
    char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    size_t from = level_index(result, figure, 0.05), to = level_index(result, figure, 0.95);
    if (from == figure->levels || to == figure->levels)
        return false;
    show_output(figure, from, low);
    show_output(figure, to, high);
    const char *low_unit = strchr(low, ' '), *high_unit = strchr(high, ' ');
    bool same = low_unit && high_unit && !strcmp(low_unit, high_unit);
    int length = same ? (int)(low_unit - low) : (int)strlen(low);
    if (!strcmp(low, high))
        snprintf(out, size, "%s", high);
    else
        snprintf(out, size, "%.*s to %s", length, low, high);
    return true;
}

/* ---- columns ---- */

static size_t fitting_levels(const struct output *output)
{
    size_t room = output->markdown ? TABLE_LEVELS : (output->width - 20) / 10;
    return room < TABLE_LEVELS ? room : TABLE_LEVELS;
}

/* Of the default quantiles 5, 50 and 95 %; of those asked for as many as fit, the ends and what is evenly
 * between them. */
static void choose_levels(const struct output *output, const struct estimate_view *view,
                          struct shown_levels *shown)
{
    size_t all = 0, most = fitting_levels(output);
    shown->count = 0;
    for (; !isnan(traincost_result_level(view->result, all)); all++) {
        double level = traincost_result_level(view->result, all);
        bool wanted = is_level(level, 0.05) || is_level(level, 0.5) || is_level(level, 0.95);
        if (!view->all_quantiles && wanted && shown->count < most)
            shown->index[shown->count++] = all;
    }
    if (shown->count)
        return;
    shown->count = all < most ? all : most;
    for (size_t i = 0; i < shown->count; i++)
        shown->index[i] = shown->count < 2 ? i : i * (all - 1) / (shown->count - 1);
}

/* ---- rows ---- */

/* The input of that key that all stages share, else the one that there is; NULL where none speaks for the run.
 */
static const traincost_input *only_input(const traincost_result *result, const char *key)
{
    const traincost_input *found = NULL, *input;
    size_t count = 0;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        if (strcmp(input->key, key) != 0)
            continue;
        if (!input->stage)
            return input;
        found = input;
        count++;
    }
    return count == 1 ? found : NULL;
}

/* The largest cluster, where all are of one type. */
static const traincost_stage *largest_stage(const traincost_result *result)
{
    const traincost_stage *largest = NULL, *stage;
    for (size_t i = 0; (stage = traincost_result_stage_at(result, i)); i++) {
        if (isnan(stage->chips) || (largest && largest->chip != stage->chip))
            return NULL;
        if (!largest || stage->chips > largest->chips)
            largest = stage;
    }
    return largest;
}

/* The price beside the rent is a 90 % interval: its columns should be so too. */
static bool shows_90_percent(const traincost_result *result, const struct shown_levels *shown)
{
    return shown->count > 1 && is_level(traincost_result_level(result, shown->index[0]), 0.05) &&
           is_level(traincost_result_level(result, shown->index[shown->count - 1]), 0.95);
}

static void find_remark(const traincost_result *result, const struct shown_levels *shown, const char *key,
                        char remark[REMARK])
{
    const traincost_input *price = only_input(result, "rental-price");
    const traincost_stage *stage = largest_stage(result);
    remark[0] = '\0';
    if (!strcmp(key, "rental_usd") && price && shows_90_percent(result, shown)) {
        char range[REMARK];
        display_range(price->p5, price->p95, "USD", range, sizeof range);
        snprintf(remark, REMARK, "%.*s a chip-hour", REMARK - 16, range);
    } else if (!strcmp(key, "acquisition_usd")) {
        char chips[DISPLAY_FIGURE] = "";
        if (stage)
            display_number(round(stage->chips), DISPLAY_EXACT, true, chips);
        snprintf(remark, REMARK, *chips ? "%s chip%s, new" : "new", chips, display_plural(chips));
    } else if (!strcmp(key, "own_usd")) {
        snprintf(remark, REMARK, "all in");
    } else if (!strcmp(key, "ownership_usd")) {
        snprintf(remark, REMARK, "as Cottier et al. count it");
    } else if (!strcmp(key, "development_usd")) {
        snprintf(remark, REMARK, "with experiments and staff");
    }
}

/* Shown where they were asked for. */
static bool is_detail(const char *key)
{
    static const char *const details[] = {"base_usd",    "experiments_usd",  "chip_co2_kg",
                                          "it_co2_kg",   "accelerators_usd", "servers_usd",
                                          "interconnect_usd", "ownership_with_base_usd"};
    for (size_t i = 0; i < sizeof details / sizeof *details; i++)
        if (!strcmp(details[i], key))
            return true;
    return false;
}

/* What the first line says exactly is no row. */
static bool is_said(const traincost_result *result, const traincost_output *figure)
{
    const traincost_stage *stage;
    bool chip_hours = !strcmp(figure->key, "chip_hours");
    if (!traincost_result_at(result, 2) || !figure_is_exact(figure) ||
        (!chip_hours && strcmp(figure->key, "hours") != 0))
        return false;
    for (size_t i = 0; (stage = traincost_result_stage_at(result, i)); i++)
        if (isnan(chip_hours ? stage->chip_hours : stage->hours))
            return false;
    return true;
}

void render_text_outputs(char *list, size_t size)
{
    const traincost_output_kind *kind;
    size_t length = 0;
    for (size_t i = 0; (kind = traincost_output_kind_at(i)); i++)
        if (!is_detail(kind->key) && length < size)
            length += (size_t)snprintf(list + length, size - length, "%s%s", length ? "," : "", kind->key);
}

static void add_output_row(struct grid *grid, const traincost_result *result, const struct shown_levels *shown,
                           const traincost_output_kind *kind)
{
    char text[REMARK];
    const traincost_output *figure = traincost_result_find(result, kind->key);
    snprintf(text, sizeof text, "%s%.60s", kind->whole ? "  " : "", kind->word);
    grid_cell(grid, text);
    for (size_t i = 0; i < shown->count; i++) {
        char cell[DISPLAY_FIGURE];
        show_output(figure, shown->index[i], cell);
        grid_cell(grid, cell);
    }
    find_remark(result, shown, kind->key, text);
    grid_cell(grid, text);
}

/* Those in dollars, or the others; whether there were any. */
static bool add_output_rows(struct grid *grid, const struct estimate_view *view,
                            const struct shown_levels *shown, bool money, bool gap)
{
    const traincost_output_kind *kind;
    bool any = false;
    for (size_t i = 0; (kind = traincost_output_kind_at(i)); i++) {
        const traincost_output *figure = traincost_result_find(view->result, kind->key);
        if (!figure || money != !strcmp(kind->unit, "USD") || (!view->all_outputs && is_detail(kind->key)) ||
            is_said(view->result, figure))
            continue;
        if (gap && !any)
            grid_gap(grid);
        any = true;
        add_output_row(grid, view->result, shown, kind);
    }
    return any;
}

bool print_output_table(const struct output *output, const struct estimate_view *view)
{
    struct grid grid;
    struct shown_levels shown;
    char title[DISPLAY_FIGURE];
    choose_levels(output, view, &shown);
    grid_begin(&grid, 2);
    grid_column(&grid, "", GRID_LEFT, 0);
    for (size_t i = 0; i < shown.count; i++) {
        level_title(traincost_result_level(view->result, shown.index[i]), title);
        grid_column(&grid, title, GRID_RIGHT, 0);
    }
    grid_column(&grid, "", GRID_LEFT, 1);
    bool money = add_output_rows(&grid, view, &shown, true, false);
    add_output_rows(&grid, view, &shown, false, money);
    return grid_print(&grid, output);
}
