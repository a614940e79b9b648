/* A chart: curves with their bands, points and rules over x and y. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/layout_panels.h"

#include <math.h>
#include <string.h>

struct chart_frame {
    double left, right, top, bottom; /* of the places 0 and 1 */
};

/* A gutter for the labels of y, each in the middle of its line; those that would touch are left out. */
static struct chart_frame frame_chart(struct layout *layout, const struct panel *panel, double y)
{
    struct axis_tick ticks[AXIS_TICKS];
    size_t count = axis_ticks(&panel->y, panel->lines / 3, ticks);
    double gutter = 4, last = INFINITY;
    for (size_t i = 0; i < count; i++)
        gutter = fmax(gutter, layout->pen->columns_of(ticks[i].label));
    gutter = fmin(gutter, floor(layout->columns / 3));
    struct chart_frame f = {gutter + 1.5, layout->columns - 0.5, y + 0.5, y + (double)panel->lines - 0.5};
    for (size_t i = 0; i < count; i++) {
        int cut;
        double at = layout_place(&panel->y, ticks[i].value, f.bottom, f.top, &cut);
        if (layout->pen->discrete)
            at = floor(at) + 0.5;
        struct layout_item *tick = layout_add(layout, ITEM_TICK, f.left, at);
        tick->x2 = f.right;
        tick->y2 = at;
        if (last - at < 1)
            continue;
        last = at;
        const char *label = picture_say(layout->picture, "%s", ticks[i].label);
        struct layout_item *item = layout_text(layout, gutter, at - 0.5, layout_fit(layout, label, gutter));
        item->anchor = ANCHOR_END;
        item->hue = HUE_MUTED;
    }
    return f;
}

static void lay_curve(struct layout *layout, const struct panel *panel, const struct mark *mark,
                      const struct chart_frame *f)
{
    int cut;
    struct spot *spots = layout_spots(layout, mark->count);
    bool band = false;
    if (!spots)
        return;
    for (size_t i = 0; i < mark->count; i++) {
        const struct spot *from = &mark->spots[i];
        spots[i].x = layout_place(&panel->x, from->x, f->left, f->right, &cut);
        spots[i].y = layout_place(&panel->y, from->y, f->bottom, f->top, &cut);
        spots[i].low = layout_place(&panel->y, from->low, f->bottom, f->top, &cut);
        spots[i].high = layout_place(&panel->y, from->high, f->bottom, f->top, &cut);
        band |= from->low < from->high;
    }
    for (int line = !band; line < 2; line++) {
        struct layout_item *item = layout_add(layout, line ? ITEM_CURVE : ITEM_BAND, 0, 0);
        item->spots = spots;
        item->count = mark->count;
        item->hue = mark->hue;
        item->faint = mark->faint;
        item->tip = mark->tip;
    }
}

static void lay_chart_point(struct layout *layout, const struct panel *panel, const struct mark *mark,
                            const struct chart_frame *f)
{
    int cut;
    struct layout_item *item =
        layout_add(layout, ITEM_POINT, layout_place(&panel->x, mark->middle, f->left, f->right, &cut), 0);
    item->y = layout_place(&panel->y, mark->low, f->bottom, f->top, &cut);
    item->hue = mark->hue;
    item->shape = mark->shape;
    item->tip = mark->tip;
}

static void lay_chart_rule(struct layout *layout, const struct panel *panel, const struct mark *mark,
                           const struct chart_frame *f)
{
    int cut;
    struct layout_item *item = layout_add(layout, ITEM_RULE, f->left, f->top - 0.5);
    if (mark->across)
        item->x = layout_place(&panel->x, mark->middle, f->left, f->right, &cut);
    else
        item->y = layout_place(&panel->y, mark->middle, f->bottom, f->top, &cut);
    double x = item->x, y = item->y;
    item->x2 = mark->across ? x : f->right;
    item->y2 = mark->across ? f->bottom + 0.5 : y;
    item->hue = mark->hue;
    item->faint = mark->faint;
    item->tip = mark->tip;
    const char *label = mark->label;
    if (!mark->across && cut)
        label = picture_say(layout->picture, "%s, %s the axis", mark->label, cut < 0 ? "below" : "above");
    double width = layout->pen->columns_of(label), from = f->left + 1;
    if (mark->across)
        from = x + 1 + width < f->right ? x + 1 : x - 1 - width;
    double line = mark->across ? f->top - 0.5 : y - 1.5 < f->top - 0.5 ? y + 0.5 : y - 1.5;
    struct layout_item *text = layout_text(layout, from, line, layout_fit(layout, label, f->right - f->left));
    text->hue = mark->hue;
    text->style = STYLE_STRONG;
}

double layout_chart(struct layout *layout, struct panel *panel, double y)
{
    struct chart_frame f = frame_chart(layout, panel, y);
    struct layout_item *side = layout_add(layout, ITEM_AXIS, f.left, f.top - 0.5);
    side->x2 = f.left;
    side->y2 = f.bottom + 0.5;
    double end = layout_axis(layout, &panel->x, f.left, f.right, f.bottom + 0.5, f.top - 0.5);
    static const enum mark_kind order[] = {MARK_CURVE, MARK_POINT, MARK_RULE};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (size_t i = 0; i < panel->mark_count; i++) {
            const struct mark *mark = &panel->marks[i];
            if (mark->kind != order[k])
                continue;
            if (mark->kind == MARK_CURVE)
                lay_curve(layout, panel, mark, &f);
            else if (mark->kind == MARK_POINT)
                lay_chart_point(layout, panel, mark, &f);
            else
                lay_chart_rule(layout, panel, mark, &f);
        }
    return end;
}
