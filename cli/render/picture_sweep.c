/* A run along a parameter: the median of each output with its band, and the budget across it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pictures.h"

#include "display.h"
#include "render/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SWEEP_LINES = 12, MOST_CURVES = 6, SWEEP_PANELS = 4 };

static const struct {
    enum hue hue;
    enum mark_shape shape;
} curve_looks[MOST_CURVES] = {{HUE_BLUE, SHAPE_DOT},      {HUE_PURPLE, SHAPE_SQUARE},
                              {HUE_GREEN, SHAPE_DIAMOND}, {HUE_ORANGE, SHAPE_TRIANGLE},
                              {HUE_MUTED, SHAPE_CROSS},   {HUE_SKY, SHAPE_RING}};

static bool has_numbers(const traincost_sweep *sweep)
{
    for (size_t i = 0; i < traincost_sweep_size(sweep, 0); i++)
        if (isnan(traincost_sweep_value(sweep, 0, i)))
            return false;
    return traincost_sweep_size(sweep, 0) > 1;
}

/* As the library spaces a range: by factors where it spans one over 4. */
static enum axis_kind spacing_of(const traincost_sweep *sweep)
{
    double low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i < traincost_sweep_size(sweep, 0); i++) {
        low = fmin(low, traincost_sweep_value(sweep, 0, i));
        high = fmax(high, traincost_sweep_value(sweep, 0, i));
    }
    return low > 0 && high / low > 4 ? AXIS_LOG : AXIS_LINEAR;
}

static const char *axis_unit(const traincost_parameter *parameter)
{
    return *parameter->unit ? parameter->unit : "count";
}

static const char *point_words(struct picture *picture, const traincost_sweep *sweep, size_t point)
{
    const traincost_parameter *parameter;
    const char *words = "";
    for (size_t a = 0; (parameter = traincost_sweep_parameter(sweep, a)); a++)
        words = picture_say(picture, "%s%s%s %s", words, *words ? ", " : "", parameter->key,
                            traincost_sweep_text(sweep, a, traincost_sweep_index(sweep, point, a)));
    return words;
}

static const char *sweep_range(struct picture *picture, const traincost_sweep *sweep,
                               const traincost_output *figure)
{
    return picture_range(picture, sweep_quantile(sweep, figure, 0.05), sweep_quantile(sweep, figure, 0.95),
                         figure->unit);
}

/* The points whose second parameter, if there is one, has the value `second`. */
static void add_sweep_curve(struct picture *picture, struct panel *panel, const traincost_sweep *sweep,
                            const char *key, size_t second, size_t look, bool band)
{
    size_t points = traincost_sweep_points(sweep);
    struct mark *curve = panel_mark(picture, panel, MARK_CURVE, curve_looks[look].hue);
    struct spot *spots = mark_spots(picture, curve, points);
    size_t of_curve = panel->mark_count - 1, used = 0;
    for (size_t point = 0; spots && point < points; point++) {
        const traincost_output *figure = traincost_sweep_output(sweep, point, key);
        if (!figure || traincost_sweep_index(sweep, point, 1) != second)
            continue;
        double x = traincost_sweep_value(sweep, 0, traincost_sweep_index(sweep, point, 0));
        double median = sweep_quantile(sweep, figure, 0.5);
        spots[used++] = (struct spot){x, median, band ? sweep_quantile(sweep, figure, 0.05) : median,
                                      band ? sweep_quantile(sweep, figure, 0.95) : median};
        struct mark *dot = panel_mark(picture, panel, MARK_POINT, curve_looks[look].hue);
        dot->middle = x;
        dot->low = median;
        dot->shape = curve_looks[look].shape;
        dot->tip = picture_say(picture, "%s: median %s, %s", point_words(picture, sweep, point),
                               picture_range(picture, median, median, figure->unit),
                               sweep_range(picture, sweep, figure));
    }
    if (of_curve < panel->mark_count)
        panel->marks[of_curve].count = used;
}

static void add_budget(struct picture *picture, struct panel *panel, double budget)
{
    char shown[DISPLAY_FIGURE];
    if (isnan(budget))
        return;
    struct mark *rule = panel_mark(picture, panel, MARK_RULE, HUE_VERMILLION);
    rule->middle = budget;
    display_short(budget, "USD", shown);
    rule->label = picture_say(picture, "budget: %s", shown);
    rule->tip = rule->label;
}

static struct panel *sweep_chart(struct picture *picture, const traincost_sweep *sweep, const char *key,
                                 const char *unit)
{
    const traincost_parameter *parameter = traincost_sweep_parameter(sweep, 0);
    struct panel *panel =
        picture_panel(picture, picture_say(picture, "%s, by %s", output_words(key), parameter->key),
                      spacing_of(sweep), axis_unit(parameter));
    panel->chart = true;
    panel->lines = SWEEP_LINES;
    panel->y.unit = unit;
    return panel;
}

static void add_along_one(struct picture *picture, const traincost_sweep *sweep, const char *key,
                          const char *unit, double budget)
{
    struct panel *panel = sweep_chart(picture, sweep, key, unit);
    add_sweep_curve(picture, panel, sweep, key, 0, 0, true);
    if (!strcmp(unit, "USD"))
        add_budget(picture, panel, budget);
    panel_key(picture, panel, MARK_CURVE, HUE_BLUE, SHAPE_DOT, "median");
    panel_key(picture, panel, MARK_RANGE, HUE_BLUE, SHAPE_DOT, "5 % to 95 %");
}

/* A curve for each value of the second parameter; of many the first, the last and some between. */
static void add_along_two(struct picture *picture, const traincost_sweep *sweep, const char *key,
                          const char *unit, double budget)
{
    struct panel *panel = sweep_chart(picture, sweep, key, unit);
    size_t size = traincost_sweep_size(sweep, 1), curves = size < MOST_CURVES ? size : MOST_CURVES;
    for (size_t c = 0; c < curves; c++) {
        size_t second = curves > 1 ? c * (size - 1) / (curves - 1) : 0;
        add_sweep_curve(picture, panel, sweep, key, second, c, false);
        panel_key(picture, panel, MARK_POINT, curve_looks[c].hue, curve_looks[c].shape,
                  picture_say(picture, "%s %s", traincost_sweep_parameter(sweep, 1)->key,
                              traincost_sweep_text(sweep, 1, second)));
    }
    if (!strcmp(unit, "USD"))
        add_budget(picture, panel, budget);
    panel->note =
        size > curves ? picture_say(picture, "Medians; %zu of %zu values.", curves, size) : "Medians.";
}

/* Values that are words: a row each. */
static void add_rows_of(struct picture *picture, const traincost_sweep *sweep, const char *key,
                        const char *unit, double budget)
{
    struct panel *panel = picture_panel(picture, output_words(key), AXIS_LOG, unit);
    for (size_t point = 0; point < traincost_sweep_points(sweep); point++) {
        const traincost_output *figure = traincost_sweep_output(sweep, point, key);
        if (!figure)
            continue;
        const char *words = point_words(picture, sweep, point), *range = sweep_range(picture, sweep, figure);
        panel_row(picture, panel, words, range);
        struct mark *mark = panel_mark(picture, panel, MARK_RANGE, HUE_BLUE);
        mark->low = sweep_quantile(sweep, figure, 0.05);
        mark->middle = sweep_quantile(sweep, figure, 0.5);
        mark->high = sweep_quantile(sweep, figure, 0.95);
        mark->tip = picture_say(picture, "%s: %s", words, range);
    }
    if (!strcmp(unit, "USD"))
        add_budget(picture, panel, budget);
    panel->note = "The line: 5 % to 95 %; the dot: the median.";
}

static const char *unit_along(const traincost_sweep *sweep, const char *key)
{
    for (size_t point = 0; point < traincost_sweep_points(sweep); point++) {
        const traincost_output *figure = traincost_sweep_output(sweep, point, key);
        if (figure)
            return figure->unit;
    }
    return NULL;
}

void picture_sweep(struct picture *picture, const struct sweep_view *view)
{
    const traincost_sweep *sweep = view->sweep;
    const traincost_parameter *second = traincost_sweep_parameter(sweep, 1);
    const char *key, *unit;
    bool numbers = has_numbers(sweep);
    const char *name = traincost_sweep_name(sweep);
    picture->title = picture_say(picture, "%s along %s%s%s", *name ? name : "The run",
                                 traincost_sweep_parameter(sweep, 0)->key, second ? " and " : "", second ? second->key : "");
    picture_tell_dollars(picture, traincost_sweep_dollars(sweep, 0));
    picture->told = *picture->lead ? picture_say(picture, "%s. %s", picture->title, picture->lead) : picture->title;
    for (size_t i = 0; (key = traincost_output_key(i)) && picture->panel_count < SWEEP_PANELS; i++) {
        if (!(unit = unit_along(sweep, key)) || (second && strcmp(key, view->first) != 0))
            continue;
        if (!numbers)
            add_rows_of(picture, sweep, key, unit, view->budget);
        else if (second)
            add_along_two(picture, sweep, key, unit, view->budget);
        else
            add_along_one(picture, sweep, key, unit, view->budget);
    }
}
