/* The page: headline, panels one above the other, keys and the foot. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/layout_page.h"

#include "render/layout_panels.h"

/* A sample and its words, as many in a line as there is room for. */
static double lay_keys(struct layout *layout, const struct panel *panel, double y)
{
    double x = 0;
    for (size_t i = 0; i < panel->key_count; i++) {
        const struct picture_key *key = &panel->keys[i];
        double width = layout->pen->columns_of(key->words), sample = key->kind == MARK_POINT ? 2 : 4;
        if (x > 0 && x + sample + width > layout->columns) {
            x = 0;
            y++;
        }
        struct layout_item *item =
            layout_add(layout, key->kind == MARK_POINT ? ITEM_POINT : ITEM_CURVE, x + 0.5, y + 0.5);
        if (key->kind != MARK_POINT) {
            struct spot *spots = layout_spots(layout, 2);
            if (!spots)
                return y;
            spots[0] = (struct spot){.x = x + 0.5, .y = y + 0.5, .low = y + 0.8, .high = y + 0.2};
            spots[1] = (struct spot){.x = x + 2.5, .y = y + 0.5, .low = y + 0.8, .high = y + 0.2};
            item->kind = key->kind == MARK_CURVE ? ITEM_CURVE : ITEM_BAND;
            item->spots = spots;
            item->count = 2;
        }
        item->hue = key->hue;
        item->shape = key->shape;
        item->faint = key->faint;
        layout_text(layout, x + sample, y, layout_fit(layout, key->words, layout->columns - sample));
        x += sample + width + 3;
    }
    return panel->key_count ? y + 1 : y;
}

static double lay_panel(struct layout *layout, struct panel *panel, double y)
{
    panel_settle(panel);
    if (*panel->title)
        y = layout_wrapped(layout, 0, y, layout->columns, panel->title, STYLE_STRONG, HUE_INK);
    y = panel->chart ? layout_chart(layout, panel, y) : layout_rows(layout, panel, y);
    y = lay_keys(layout, panel, y);
    return layout_wrapped(layout, 0, y, layout->columns, panel->note, STYLE_SMALL, HUE_MUTED);
}

static double lay_headline(struct layout *layout)
{
    const struct picture *picture = layout->picture;
    double y = layout_wrapped(layout, 0, 0, layout->columns, picture->title, STYLE_TITLE, HUE_INK);
    if (!layout->pen->discrete)
        y += 0.2;
    return layout_wrapped(layout, 0, y, layout->columns, picture->lead, STYLE_PLAIN, HUE_INK);
}

bool layout_make(struct layout *layout, struct picture *picture, double columns, const struct pen_metrics *pen)
{
    *layout = (struct layout){.columns = columns, .picture = picture, .pen = pen};
    double y = picture->bare ? 0 : lay_headline(layout);
    for (size_t i = 0; i < picture->panel_count; i++)
        y = lay_panel(layout, &picture->panels[i], y + (y > 0));
    if (*picture->foot && !picture->bare)
        y = layout_wrapped(layout, 0, y + 1, columns, picture->foot, STYLE_SMALL, HUE_MUTED);
    layout->lines = y;
    return !picture->failed;
}
