/* A run along one or two parameters, as text and CSV. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_sweep.h"

#include "page.h"
#include "render/to_csv.h"
#include "render/three_levels.h"
#include "render/words.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

enum { GAP = 2, MOST_BLOCK = 8 };

double sweep_quantile(const traincost_sweep *sweep, const traincost_output *figure, double level)
{
    size_t best = 0;
    for (size_t i = 1; i < figure->levels; i++)
        if (fabs(traincost_sweep_level(sweep, i) - level) < fabs(traincost_sweep_level(sweep, best) - level))
            best = i;
    return figure->quantile[best];
}

/* ---- text ---- */

static void show_value(const traincost_sweep *sweep, size_t axis, size_t index, char out[DISPLAY_FIGURE])
{
    const char *unit = traincost_sweep_parameter(sweep, axis)->unit;
    double value = traincost_sweep_value(sweep, axis, index);
    if (isnan(value))
        snprintf(out, DISPLAY_FIGURE, "%.30s", traincost_sweep_text(sweep, axis, index));
    else if (!strcmp(unit, "share"))
        display_output(value, unit, out);
    else if (!*unit && value < 1e6)
        display_number(value, DISPLAY_EXACT, true, out);
    else
        display_short(value, *unit ? unit : "count", out);
}

static void show_sweep_middle(const traincost_sweep *sweep, size_t point, const char *key,
                              char out[DISPLAY_FIGURE])
{
    const traincost_output *figure = traincost_sweep_output(sweep, point, key);
    struct three_levels three = three_levels_of_sweep(sweep);
    strcpy(out, "-");
    if (figure)
        display_output(figure->quantile[three.index[1]], figure->unit, out);
}

static void show_sweep_range(const traincost_sweep *sweep, size_t point, const char *key,
                             char out[THREE_LEVELS_RANGE])
{
    const traincost_output *figure = traincost_sweep_output(sweep, point, key);
    struct three_levels three = three_levels_of_sweep(sweep);
    out[0] = '\0';
    if (figure && figure->quantile[three.index[0]] != figure->quantile[three.index[2]])
        three_levels_range(&three, figure, out);
}

static int wider(int width, const char *text)
{
    int sweep_columns = (int)display_columns(text);
    return sweep_columns > width ? sweep_columns : width;
}

static int axis_width(const traincost_sweep *sweep, size_t axis)
{
    char text[DISPLAY_FIGURE];
    int width = wider(0, traincost_sweep_parameter(sweep, axis)->key);
    for (size_t i = 0; i < traincost_sweep_size(sweep, axis); i++) {
        show_value(sweep, axis, i, text);
        width = wider(width, text);
    }
    return width;
}

static bool is_given(const traincost_sweep *sweep, const char *key)
{
    for (size_t point = 0; point < traincost_sweep_points(sweep); point++)
        if (traincost_sweep_output(sweep, point, key))
            return true;
    return false;
}

/* An output's two columns of a table. */
struct sweep_columns {
    const char *key;
    int median, range;
};

static struct sweep_columns measure_columns(const traincost_sweep *sweep, const char *key)
{
    char text[THREE_LEVELS_RANGE], title[DISPLAY_FIGURE];
    struct three_levels three = three_levels_of_sweep(sweep);
    struct sweep_columns sweep_columns = {key, wider(0, output_words(key)), 0};
    three_levels_title(&three, title);
    for (size_t point = 0; point < traincost_sweep_points(sweep); point++) {
        show_sweep_middle(sweep, point, key, text);
        sweep_columns.median = wider(sweep_columns.median, text);
        show_sweep_range(sweep, point, key, text);
        sweep_columns.range = wider(sweep_columns.range, text);
    }
    sweep_columns.median += GAP;
    sweep_columns.range = sweep_columns.range ? wider(sweep_columns.range, title) + GAP : 0;
    return sweep_columns;
}

static bool print_table(const struct output *output, const traincost_sweep *sweep,
                        const struct sweep_columns *sweep_columns, size_t count)
{
    struct grid grid;
    char text[THREE_LEVELS_RANGE], title[DISPLAY_FIGURE];
    struct three_levels three = three_levels_of_sweep(sweep);
    three_levels_title(&three, title);
    grid_begin(&grid, 0);
    grid_column(&grid, traincost_sweep_parameter(sweep, 0)->key, GRID_RIGHT, 0);
    for (size_t c = 0; c < count; c++) {
        grid_column(&grid, output_words(sweep_columns[c].key), GRID_RIGHT, 0);
        grid_column(&grid, sweep_columns[c].range ? title : "", GRID_RIGHT, 0);
    }
    for (size_t point = 0; point < traincost_sweep_points(sweep); point++) {
        show_value(sweep, 0, point, text);
        grid_cell(&grid, text);
        for (size_t c = 0; c < count; c++) {
            show_sweep_middle(sweep, point, sweep_columns[c].key, text);
            grid_cell(&grid, text);
            show_sweep_range(sweep, point, sweep_columns[c].key, text);
            grid_cell(&grid, text);
        }
    }
    return grid_print(&grid, output);
}

/* As many outputs side by side as there is room for; the others below. */
static bool print_tables(const struct output *output, const traincost_sweep *sweep)
{
    struct sweep_columns block[MOST_BLOCK];
    size_t width = (size_t)axis_width(sweep, 0), used = width, count = 0;
    const char *key;
    bool good = true;
    for (size_t i = 0; good && (key = traincost_output_key(i)); i++) {
        if (!is_given(sweep, key))
            continue;
        struct sweep_columns next = measure_columns(sweep, key);
        size_t more = (size_t)(next.median + next.range);
        if (count && (used + more > output->width || count == MOST_BLOCK)) {
            good = print_table(output, sweep, block, count);
            page_gap(output);
            count = 0;
            used = width;
        }
        block[count++] = next;
        used += more;
    }
    return good && print_table(output, sweep, block, count);
}

/* Columns `from` up to `to` of the second parameter. */
static bool print_part(const struct output *output, const traincost_sweep *sweep, const char *key, size_t from,
                       size_t to)
{
    struct grid grid;
    char text[DISPLAY_FIGURE];
    grid_begin(&grid, 0);
    grid_column(&grid, traincost_sweep_parameter(sweep, 0)->key, GRID_RIGHT, 0);
    for (size_t c = from; c < to; c++) {
        show_value(sweep, 1, c, text);
        grid_column(&grid, text, GRID_RIGHT, 0);
    }
    for (size_t r = 0; r < traincost_sweep_size(sweep, 0); r++) {
        show_value(sweep, 0, r, text);
        grid_cell(&grid, text);
        for (size_t c = from; c < to; c++) {
            show_sweep_middle(sweep, r * traincost_sweep_size(sweep, 1) + c, key, text);
            grid_cell(&grid, text);
        }
    }
    return grid_print(&grid, output);
}

static bool print_matrix(const struct output *output, const traincost_sweep *sweep, const char *key)
{
    char text[DISPLAY_FIGURE], line[256], words[DISPLAY_FIGURE];
    struct three_levels three = three_levels_of_sweep(sweep);
    int first = axis_width(sweep, 0), width = 0;
    for (size_t c = 0; c < traincost_sweep_size(sweep, 1); c++) {
        show_value(sweep, 1, c, text);
        width = wider(width, text);
    }
    for (size_t point = 0; point < traincost_sweep_points(sweep); point++) {
        show_sweep_middle(sweep, point, key, text);
        width = wider(width, text);
    }
    width += GAP;
    size_t all = (size_t)(first + width), room = 1;
    if (all < output->width)
        room = (output->width - (size_t)first) / (size_t)width;
    room = room < GRID_COLUMNS ? room : GRID_COLUMNS - 1;
    three_levels_words(&three, words);
    snprintf(line, sizeof line, "%s, %c%s: %s down, %s across", output_words(key), tolower((unsigned char)*words),
             words + 1, traincost_sweep_parameter(sweep, 0)->key, traincost_sweep_parameter(sweep, 1)->key);
    page_paragraph(output, "", line, 2);
    for (size_t from = 0; from < traincost_sweep_size(sweep, 1); from += room) {
        size_t to = from + room < traincost_sweep_size(sweep, 1) ? from + room : traincost_sweep_size(sweep, 1);
        page_gap(output);
        if (!print_part(output, sweep, key, from, to))
            return false;
    }
    return true;
}

/* Of which time prices and dollars are. */
static void print_time(const struct output *output, const traincost_sweep *sweep)
{
    char words[DOLLARS_WORDS], date[DISPLAY_FIGURE];
    dollars_words(traincost_sweep_dollars(sweep, 0), words);
    if (*words || traincost_sweep_date(sweep))
        page_gap(output);
    if (traincost_sweep_date(sweep)) {
        char line[128], figures[DISPLAY_FIGURE];
        struct three_levels three = three_levels_of_sweep(sweep);
        display_month(traincost_sweep_date(sweep), date);
        three_levels_words(&three, figures);
        snprintf(line, sizeof line, "%s at %.16s prices.", figures, date);
        page_paragraph(output, "", line, 2);
    }
    page_paragraph(output, "", words, 2);
}

bool render_sweep_text(const struct output *output, const struct sweep_view *view)
{
    const char *name = traincost_sweep_name(view->sweep);
    if (*name) {
        page_title(output, name);
        page_gap(output);
    }
    bool good = traincost_sweep_parameter(view->sweep, 1) ? print_matrix(output, view->sweep, view->first)
                                                          : print_tables(output, view->sweep);
    print_time(output, view->sweep);
    return good;
}

/* ---- CSV ---- */

static void csv_header(struct csv_row *row, const traincost_sweep *sweep)
{
    const traincost_parameter *parameter;
    const char *key;
    for (size_t a = 0; (parameter = traincost_sweep_parameter(sweep, a)); a++)
        csv_text(row, parameter->key);
    for (size_t i = 0; (key = traincost_output_key(i)); i++)
        for (size_t level = 0; is_given(sweep, key) && !isnan(traincost_sweep_level(sweep, level)); level++) {
            char name[LEVEL_NAME], column[LEVEL_NAME + 64];
            level_name(traincost_sweep_level(sweep, level), name);
            snprintf(column, sizeof column, "%.60s_%s", key, name);
            csv_text(row, column);
        }
    csv_end(row);
}

static void csv_point(struct csv_row *row, const traincost_sweep *sweep, size_t point)
{
    const char *key;
    for (size_t a = 0; traincost_sweep_parameter(sweep, a); a++)
        csv_text(row, traincost_sweep_text(sweep, a, traincost_sweep_index(sweep, point, a)));
    for (size_t i = 0; (key = traincost_output_key(i)); i++) {
        const traincost_output *figure = traincost_sweep_output(sweep, point, key);
        for (size_t level = 0; is_given(sweep, key) && !isnan(traincost_sweep_level(sweep, level)); level++)
            csv_number(row, figure ? figure->quantile[level] : NAN);
    }
    csv_end(row);
}

bool render_sweep_csv(const struct output *output, const struct sweep_view *view)
{
    struct csv_row row = {.out = output->file};
    csv_header(&row, view->sweep);
    for (size_t point = 0; point < traincost_sweep_points(view->sweep); point++)
        csv_point(&row, view->sweep, point);
    return true;
}
