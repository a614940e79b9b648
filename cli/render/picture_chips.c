/* The price of a chip through time: what was seen, the median with its band, and what is forecast. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pictures.h"

#include "display.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHART_LINES = 16, MOST_MONTHS = 400, FORECAST_MONTHS = 12 };

struct term_look {
    const char *terms[5];
    const char *words;
    enum hue hue;
    enum mark_shape shape;
};

static const struct term_look term_looks[] = {
    {{"on-demand", NULL}, "on demand", HUE_BLUE, SHAPE_RING},
    {{"spot", "marketplace", NULL}, "spot, marketplace", HUE_GREEN, SHAPE_TRIANGLE},
    {{"reserved", "1y", "3y", "capacity block", NULL}, "reserved, contracts", HUE_VERMILLION, SHAPE_SQUARE},
    {{NULL}, "other", HUE_PURPLE, SHAPE_CROSS},
};
enum { TERM_LOOKS = sizeof term_looks / sizeof *term_looks };

static size_t look_of(const char *term)
{
    for (size_t k = 0; k + 1 < TERM_LOOKS; k++)
        for (size_t i = 0; term_looks[k].terms[i]; i++)
            if (!strcmp(term_looks[k].terms[i], term))
                return k;
    return TERM_LOOKS - 1;
}

static void add_observations(struct picture *picture, struct panel *panel, const struct chips_view *view,
                             double *first)
{
    const traincost_observation *seen;
    size_t counts[TERM_LOOKS] = {0};
    for (size_t i = 0; (seen = traincost_catalog_observation(view->catalog, i)); i++) {
        if (strcmp(seen->chip, view->chip->id) != 0 || strcmp(seen->kind, "rent") != 0)
            continue;
        char price[DISPLAY_FIGURE];
        size_t look = look_of(seen->term);
        struct mark *mark = panel_mark(picture, panel, MARK_POINT, term_looks[look].hue);
        display_exact(seen->usd, "USD", price);
        mark->middle = seen->day;
        mark->low = seen->usd;
        mark->shape = term_looks[look].shape;
        mark->tip = picture_say(picture, "%s an hour, %s, %s, %s", price, seen->term, seen->vendor, seen->date);
        *first = fmin(*first, seen->day);
        counts[look]++;
    }
    for (size_t k = 0; k < TERM_LOOKS; k++)
        if (counts[k])
            panel_key(picture, panel, MARK_POINT, term_looks[k].hue, term_looks[k].shape,
                      picture_say(picture, "%s (%zu)", term_looks[k].words, counts[k]));
}

static bool add_price_spot(const struct chips_view *view, double day, struct mark *curve)
{
    char date[DATE_TEXT];
    const traincost_market market = {date, view->term, view->tier, view->region};
    traincost_price *price = NULL;
    days_date(day, date);
    if (traincost_catalog_market_price(view->catalog, view->chip, &market, &price, NULL) != TRAINCOST_OK)
        return false;
    curve->spots[curve->count++] = (struct spot){day, price->p50, price->p5, price->p95};
    traincost_price_free(price);
    return true;
}

/* A spot each month and at the end. */
static void add_price_curve(struct picture *picture, struct panel *panel, const struct chips_view *view,
                            double from, double to, bool forecast)
{
    struct mark *curve = panel_mark(picture, panel, MARK_CURVE, HUE_SKY);
    double step = fmax(30.44, (to - from) / (double)MOST_MONTHS);
    curve->faint = forecast;
    if (!mark_spots(picture, curve, MOST_MONTHS + 3))
        return;
    bool good = true;
    for (double day = from; good && day < to - 1; day += step)
        good = add_price_spot(view, floor(day), curve);
    if (!(good && add_price_spot(view, to, curve)))
        picture->failed = true;
    char range[DISPLAY_FIGURE];
    const struct spot *last = curve->count ? &curve->spots[curve->count - 1] : NULL;
    display_range(last ? last->low : NAN, last ? last->high : NAN, "USD/h", range, sizeof range);
    curve->tip =
        picture_say(picture, "%s: %s at its end", forecast ? "forecast" : "median and 90 % range", range);
}

/* "cluster, hyperscaler, China" */
static const char *market_words(struct picture *picture, const struct chips_view *view)
{
    return picture_say(picture, "%s%s%s%s%s", view->term, view->tier ? ", " : "", view->tier ? view->tier : "",
                       view->region ? ", " : "", view->region ? view->region : "");
}

static void price_history(struct picture *picture, const struct chips_view *view)
{
    const char *today = traincost_catalog_date(view->catalog);
    double now = date_days(today), first = INFINITY;
    struct panel *panel = picture_panel(
        picture, picture_say(picture, "Rent of a chip-hour, %s", market_words(picture, view)), AXIS_DATES, "");
    panel->chart = true;
    panel->lines = CHART_LINES;
    panel->y.unit = "USD/h";
    panel_key(picture, panel, MARK_CURVE, HUE_SKY, SHAPE_DOT, "median");
    panel_key(picture, panel, MARK_RANGE, HUE_SKY, SHAPE_DOT, "5 % to 95 %");
    add_observations(picture, panel, view, &first);
    if (view->chip->released_day)
        first = fmin(first, fmax(view->chip->released_day, now - 8 * 365.25));
    first = fmin(first, now - 365);
    add_price_curve(picture, panel, view, first, now, false);
    add_price_curve(picture, panel, view, now, now + (double)FORECAST_MONTHS * 30.44, true);
    struct mark *rule = panel_mark(picture, panel, MARK_RULE, HUE_MUTED);
    rule->middle = now;
    rule->across = true;
    rule->faint = true;
    rule->label = "forecast";
    panel->note = first > now - 365
                      ? ""
                      : picture_say(picture, "Dashed: beyond %s, the newest price in the catalogue.", today);
}

static const traincost_price *newest_price(const struct chips_view *view)
{
    for (size_t i = 0; i < view->price_count; i++)
        if (!strcmp(view->prices[i].term, view->term))
            return view->prices[i].price;
    return NULL;
}

static void one_chip(struct picture *picture, const struct chips_view *view)
{
    const traincost_price *price = newest_price(view);
    const char *today = traincost_catalog_date(view->catalog);
    picture->title = picture_say(picture, "%s: what an hour costs to rent", view->chip->name);
    if (price)
        picture->lead = picture_say(picture, "At %s: %s an hour, median %s; from %s.", today,
                                    picture_range(picture, price->p5, price->p95, "USD/h"),
                                    picture_range(picture, price->p50, price->p50, "USD/h"), price->basis);
    price_history(picture, view);
}

static void chips_at_once(struct picture *picture, const struct chips_view *view)
{
    char date[DISPLAY_FIGURE];
    display_month(view->date, date);
    struct panel *panel =
        picture_panel(picture, picture_say(picture, "Rent of a chip-hour at %s, %s", date, market_words(picture, view)),
                      AXIS_LOG, "USD/h");
    for (size_t i = 0; i < view->price_count; i++) {
        const traincost_chip *chip = traincost_catalog_chip(view->catalog, i);
        const traincost_price *price = view->prices[i].price;
        const char *range = picture_range(picture, price->p5, price->p95, "USD/h");
        panel_row(picture, panel, chip->id, range);
        struct mark *mark = panel_mark(picture, panel, MARK_RANGE, price->observations ? HUE_BLUE : HUE_MUTED);
        mark->low = price->p5;
        mark->middle = price->p50;
        mark->high = price->p95;
        mark->shape = price->observations ? SHAPE_DOT : SHAPE_RING;
        mark->tip = picture_say(picture, "%s: %s; %s", chip->name, range, price->basis);
    }
    panel_key(picture, panel, MARK_POINT, HUE_BLUE, SHAPE_DOT, "seen");
    panel_key(picture, panel, MARK_POINT, HUE_MUTED, SHAPE_RING, "inferred: no price was seen");
    picture->title = "What a chip-hour costs to rent";
    picture->lead = "5 % to 95 %, with the median.";
}

void picture_chips(struct picture *picture, const struct chips_view *view)
{
    if (view->chip)
        one_chip(picture, view);
    else
        chips_at_once(picture, view);
    picture->told = picture_say(picture, "%s. %s", picture->title, picture->lead);
    picture->foot = picture_say(
        picture, "traincost %s, prices to %s. Each price has its source in 'traincost chips %s'.",
        traincost_version(), traincost_catalog_date(view->catalog), view->chip ? view->chip->id : "NAME");
}
