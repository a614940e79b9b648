/* An estimate: the dollars, and what moves them. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pictures.h"

#include "display.h"
#include "render/words.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { MOST_SWINGS = 8 };

static void add_dollars(struct picture *picture, const traincost_result *result)
{
    static const char *const keys[] = {"rental_usd",      "with_base_usd",   "own_usd",   "ownership_usd",
                                       "acquisition_usd", "development_usd", "energy_usd"};
    struct panel *panel = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const traincost_output *figure = traincost_result_find(result, keys[i]);
        if (!figure)
            continue;
        if (!panel)
            panel = picture_panel(picture, "What it costs, by what is counted", AXIS_LOG, "USD");
        double low = figure->quantile[0], high = figure->quantile[figure->levels - 1];
        panel_row(picture, panel, output_words(keys[i]), picture_range(picture, low, high, "USD"));
        mark_output(picture, panel, result, figure, output_words(keys[i]), i == 0 ? HUE_BLUE : HUE_SKY);
    }
    if (panel)
        panel->note = "The line: 5 % to 95 %; heavy: the middle half; the dot: the median.";
}

static const char *swing_words(struct picture *picture, const traincost_swing *swing)
{
    char key[64];
    snprintf(key, sizeof key, "%s", swing->key);
    for (char *at = key; *at; at++)
        if (*at == '-')
            *at = ' ';
    bool stage = swing->stage != NULL;
    return picture_say(picture, "%s%s%s%s", key, stage ? " (" : "", stage ? swing->stage : "",
                       stage ? ")" : "");
}

static void add_tornado(struct picture *picture, const traincost_result *result, const char *output)
{
    const traincost_output *figure = traincost_result_find(result, output);
    const traincost_swing *swing;
    struct panel *panel = NULL;
    size_t more = 0;
    for (size_t i = 0; figure && (swing = traincost_result_swing_at(result, output, i)); i++) {
        if (i >= MOST_SWINGS) {
            more++;
            continue;
        }
        if (!panel)
            panel = picture_panel(picture,
                                  picture_say(picture, "What moves %s: each input from its 5 %% to its 95 %%",
                                              output_words(output)),
                                  AXIS_LINEAR, figure->unit);
        double low = fmin(swing->low, swing->high), high = fmax(swing->low, swing->high);
        const char *words = swing_words(picture, swing),
                   *range = picture_range(picture, low, high, figure->unit);
        panel_row(picture, panel, words, range);
        struct mark *mark = panel_mark(picture, panel, MARK_BAR, HUE_ORANGE);
        mark->low = low;
        mark->high = high;
        mark->middle = picture_quantile(result, figure, 0.5);
        mark->tip = picture_say(picture, "%s: %s", words, range);
    }
    if (panel)
        panel->note =
            more ? picture_say(picture, "The other inputs at their median. %zu more move it less.", more)
                 : "The other inputs at their median.";
}

static void say_what_runs(struct picture *picture, const traincost_result *result)
{
    char chips[DISPLAY_FIGURE] = "", hours[DISPLAY_FIGURE] = "";
    const char *name = traincost_result_name(result);
    const traincost_stage *stage = traincost_result_stage_at(result, 0);
    size_t stages = 0;
    while (traincost_result_stage_at(result, stages))
        stages++;
    if (*name || stages != 1) {
        picture->title = *name ? name : stages ? picture_say(picture, "%zu stages", stages) : "A training run";
        return;
    }
    display_number(stage->chips, 4, true, chips);
    display_number(stage->hours, 4, true, hours);
    picture->title =
        picture_say(picture, "%s%s%s%s%s%s", chips, *chips ? " x " : "", stage->chip->name,
                    *hours ? " for " : "", hours, *hours ? " h" : "");
}

static void say_rent_range(struct picture *picture, const traincost_result *result)
{
    const traincost_output *rent = traincost_result_find(result, "rental_usd");
    char prices[PRICES_WORDS];
    prices_words(result, prices);
    if (!rent) {
        picture->lead = picture_say(picture, "At %s.", prices);
        return;
    }
    double median = picture_quantile(result, rent, 0.5);
    picture->lead = picture_say(
        picture, "Rent at %s: %s%s%s.", prices,
        picture_range(picture, rent->quantile[0], rent->quantile[rent->levels - 1], "USD"),
        isnan(median) ? "" : ", median ", isnan(median) ? "" : picture_range(picture, median, median, "USD"));
}

void picture_estimate(struct picture *picture, const struct estimate_view *view)
{
    const traincost_result *result = view->result;
    const char *own = traincost_result_find(result, "own_usd") ? "own_usd" : "ownership_usd";
    say_what_runs(picture, result);
    say_rent_range(picture, result);
    picture_tell_dollars(picture, traincost_result_dollars(result));
    picture->told = picture_say(picture, "%s. %s", picture->title, picture->lead);
    add_dollars(picture, result);
    add_tornado(picture, result, "rental_usd");
    add_tornado(picture, result, own);
}
