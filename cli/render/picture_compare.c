/* Runs over the first of them, or chips in the order of what they cost. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pictures.h"

#include "display.h"
#include "render/words.h"

#include <math.h>
#include <string.h>

enum { HILL_LINES = 3 };

/* The shares of the bins over their widths on a log axis, as what is shown is a ratio. */
static void mark_hill(struct picture *picture, struct panel *panel, const traincost_output *ratio)
{
    struct mark *mark = panel_mark(picture, panel, MARK_DENSITY, HUE_BLUE);
    struct spot *spots = mark_spots(picture, mark, ratio->bins + 1);
    if (!spots)
        return;
    for (size_t i = 0; i <= ratio->bins; i++) {
        double from = ratio->bin_edge[i], to = i < ratio->bins ? ratio->bin_edge[i + 1] : from;
        double width = from > 0 ? log(to / from) : 0;
        spots[mark->count++] = (struct spot){from, width > 0 ? ratio->bin_share[i] / width : 0, NAN, NAN};
    }
}

static const char *ratio_words(struct picture *picture, const traincost_result *levels,
                               const traincost_output *ratio)
{
    char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    display_number(picture_quantile(levels, ratio, 0.05), 3, true, low);
    display_number(picture_quantile(levels, ratio, 0.95), 3, true, high);
    return picture_say(picture, strcmp(low, high) != 0 ? "x %s to %s" : "x %s", low, high);
}

static void add_ratio(struct picture *picture, struct panel *panel, const struct compare_view *view, size_t run,
                      const char *key)
{
    const traincost_result *levels = traincost_comparison_result(view->comparison, 0);
    const traincost_output *ratio = traincost_comparison_ratio(view->comparison, run, key);
    if (!ratio)
        return;
    const char *label = picture_say(picture, "%s: %s", compare_name(view, run), output_words(key));
    const char *words = ratio_words(picture, levels, ratio);
    size_t row = panel_row(picture, panel, label, words);
    if (row < panel->row_count)
        panel->rows[row].lines = ratio->bins ? HILL_LINES : 1;
    struct mark *mark;
    if (ratio->bins) {
        mark_hill(picture, panel, ratio);
        mark = panel->mark_count ? &panel->marks[panel->mark_count - 1] : &picture->spare_mark;
    } else
        mark = panel_mark(picture, panel, MARK_RANGE, HUE_BLUE);
    mark->low = picture_quantile(levels, ratio, 0.05);
    mark->middle = picture_quantile(levels, ratio, 0.5);
    mark->high = picture_quantile(levels, ratio, 0.95);
    mark->tip = picture_say(picture, "%s over %s: %s", label, compare_name(view, 0), words);
}

static void add_ratios(struct picture *picture, const struct compare_view *view)
{
    static const char *const keys[] = {"rental_usd", "with_base_usd", "own_usd", "ownership_usd"};
    struct panel *panel = picture_panel(
        picture, picture_say(picture, "Times %s, sample by sample", compare_name(view, 0)), AXIS_LOG, "");
    for (size_t run = 1; run < view->count; run++)
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            bool wear = !strcmp(keys[i], "ownership_usd") &&
                        traincost_comparison_ratio(view->comparison, run, "own_usd");
            if (!wear)
                add_ratio(picture, panel, view, run, keys[i]);
        }
    struct mark *rule = panel_mark(picture, panel, MARK_RULE, HUE_INK);
    rule->middle = 1;
    rule->faint = true;
    rule->label = "equal";
    panel->note = "The hill: how the samples spread; the line below it: 5 % to 95 %; the dot: the median.";
}

static void add_runs(struct picture *picture, const struct compare_view *view, const char *key, size_t look)
{
    static const enum hue hues[] = {HUE_BLUE, HUE_GREEN, HUE_ORANGE};
    const traincost_output *any = NULL;
    for (size_t run = 0; run < view->count && !any; run++)
        any = traincost_result_find(traincost_comparison_result(view->comparison, run), key);
    if (!any)
        return;
    struct panel *panel = picture_panel(picture, output_words(key), AXIS_LOG, any->unit);
    for (size_t run = 0; run < view->count; run++) {
        const traincost_result *result = traincost_comparison_result(view->comparison, run);
        const traincost_output *figure = traincost_result_find(result, key);
        if (!figure)
            continue;
        panel_row(
            picture, panel, compare_name(view, run),
            picture_range(picture, figure->quantile[0], figure->quantile[figure->levels - 1], figure->unit));
        mark_output(picture, panel, result, figure, compare_name(view, run), hues[look % 3]);
    }
}

/* The news in a sentence. */
static void say_first_ratio(struct picture *picture, const struct compare_view *view)
{
    const traincost_result *levels = traincost_comparison_result(view->comparison, 0);
    const traincost_output *rent = traincost_comparison_ratio(view->comparison, 1, "rental_usd");
    const traincost_output *base = traincost_comparison_ratio(view->comparison, 1, "with_base_usd");
    if (!rent)
        return;
    picture->lead =
        picture_say(picture, "%s over %s: rent %s%s%s.", compare_name(view, 1), compare_name(view, 0),
                    ratio_words(picture, levels, rent), base ? ", with base models " : "",
                    base ? ratio_words(picture, levels, base) : "");
}

static void compare_as_runs(struct picture *picture, const struct compare_view *view)
{
    picture->title = picture_say(picture, "%s", compare_name(view, 0));
    for (size_t run = 1; run < view->count && run < 6; run++)
        picture->title = picture_say(picture, "%s and %s", picture->title, compare_name(view, run));
    if (view->count > 6)
        picture->title = picture_say(picture, "%s and %zu more", picture->title, view->count - 6);
    if (view->count > 1)
        add_ratios(picture, view);
    say_first_ratio(picture, view);
    add_runs(picture, view, "rental_usd", 0);
    add_runs(picture, view, "with_base_usd", 1);
}

/* ---- chips in their order ---- */

static void add_ranked(struct picture *picture, const struct compare_view *view, const char *by)
{
    struct panel *panel = NULL;
    for (size_t place = 0; place < view->count; place++) {
        size_t run = traincost_comparison_ranked(view->comparison, place);
        const traincost_result *result = traincost_comparison_result(view->comparison, run);
        const traincost_output *figure = result ? traincost_result_find(result, by) : NULL;
        if (!figure)
            continue;
        if (!panel)
            panel =
                picture_panel(picture, picture_say(picture, "%s, the lowest median first", output_words(by)),
                              AXIS_LOG, figure->unit);
        panel_row(
            picture, panel, view->operands[run],
            picture_range(picture, figure->quantile[0], figure->quantile[figure->levels - 1], figure->unit));
        mark_output(picture, panel, result, figure, compare_name(view, run), HUE_BLUE);
    }
    if (panel)
        panel->note = "The line: 5 % to 95 %; heavy: the middle half; the dot: the median.";
}

/* How often each is the least: bars from 0. */
static void add_shares(struct picture *picture, const struct compare_view *view, const char *by)
{
    struct panel *panel =
        picture_panel(picture, picture_say(picture, "How often each has the least %s", output_words(by)),
                      AXIS_LINEAR, "share");
    for (size_t place = 0; place < view->count; place++) {
        char percent[DISPLAY_FIGURE];
        size_t run = traincost_comparison_ranked(view->comparison, place);
        double share = traincost_comparison_least(view->comparison, run);
        if (isnan(share))
            continue;
        display_number(round(100 * share), 3, false, percent);
        panel_row(picture, panel, view->operands[run], picture_say(picture, "%s %%", percent));
        struct mark *mark = panel_mark(picture, panel, MARK_BAR, HUE_GREEN);
        mark->low = 0;
        mark->high = share;
        mark->tip = picture_say(picture, "%s: %s %%", compare_name(view, run), percent);
    }
    axis_hold(&panel->x, 1);
}

static void compare_as_chips(struct picture *picture, const struct compare_view *view, const char *by)
{
    picture->title = "The same work on different chips";
    picture->lead = view->deadline ? "As many of each as the deadline takes." : "";
    add_ranked(picture, view, by);
    add_shares(picture, view, by);
}

void picture_compare(struct picture *picture, const struct compare_view *view)
{
    const char *by = traincost_comparison_by(view->comparison);
    if (view->runs)
        compare_as_runs(picture, view);
    else if (by)
        compare_as_chips(picture, view, by);
    picture_tell_dollars(picture, traincost_result_dollars(traincost_comparison_result(view->comparison, 0)));
    picture->told = picture_say(picture, "%s. %s", picture->title, picture->lead);
}
