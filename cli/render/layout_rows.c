/* Rows on one axis: a label, the marks, and the words behind them; in narrow places the words stand above. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/layout_panels.h"

#include <math.h>
#include <string.h>

enum { LEAST_PLOT = 26, ROW_GAP = 2 };

struct rows_frame {
    double label, plot, end, words; /* where they begin; the plot ends at `end` */
    double top, y;
    bool stacked;
};

static enum text_style row_style(const struct picture_row *row)
{
    return row->strong ? STYLE_STRONG : STYLE_PLAIN;
}

static struct rows_frame frame_rows(const struct layout *layout, const struct panel *panel)
{
    double label = 0, words = 0, columns = layout->columns;
    for (size_t i = 0; i < panel->row_count; i++) {
        const struct picture_row *row = &panel->rows[i];
        double wide = layout_style_width(layout, row_style(row));
        label = fmax(label, wide * layout->pen->columns_of(row->label));
        words = fmax(words, wide * layout->pen->columns_of(row->words));
    }
    label = ceil(fmin(label, floor(0.34 * columns)));
    words = ceil(fmin(words, floor(0.42 * columns)));
    struct rows_frame f = {.plot = label + (double)ROW_GAP, .end = columns - words - (words > 0 ? ROW_GAP : 0)};
    f.words = columns - words;
    f.stacked = f.end - f.plot < (double)LEAST_PLOT;
    if (f.stacked) {
        f.plot = 0;
        f.end = columns;
        f.words = 0;
    }
    f.plot += 0.5;
    f.end -= 0.5;
    return f;
}

static double place_on(const struct panel *panel, const struct rows_frame *f, double value, int *cut)
{
    return layout_place(&panel->x, value, f->plot, f->end, cut);
}

static void lay_range(struct layout *layout, const struct panel *panel, const struct mark *mark,
                      const struct rows_frame *f, double y)
{
    int cut, cut2, cut3;
    struct layout_item *item = layout_add(layout, mark->kind == MARK_BAR ? ITEM_BAR : ITEM_RANGE, 0, y);
    item->x = place_on(panel, f, mark->low, &cut);
    item->x2 = place_on(panel, f, mark->high, &cut2);
    item->cut = cut < 0;
    item->cut2 = cut2 > 0;
    item->inner = isnan(mark->lower) ? NAN : place_on(panel, f, mark->lower, &cut3);
    item->inner2 = isnan(mark->upper) ? NAN : place_on(panel, f, mark->upper, &cut3);
    item->middle = isnan(mark->middle) ? NAN : place_on(panel, f, mark->middle, &cut3);
    item->hue = mark->hue;
    item->shape = mark->shape;
    item->faint = mark->faint;
    item->tip = mark->tip;
}

static void lay_point(struct layout *layout, const struct panel *panel, const struct mark *mark,
                      const struct rows_frame *f, double y, double lines)
{
    int cut;
    double x = place_on(panel, f, mark->middle, &cut);
    double at = isnan(mark->level) ? y + lines / 2 : y + lines - 0.5 - mark->level * (lines - 1);
    struct layout_item *item = layout_add(layout, cut ? ITEM_ARROW : ITEM_POINT, x, at);
    item->direction = cut;
    item->hue = mark->hue;
    item->shape = mark->shape;
    item->faint = mark->faint;
    item->tip = mark->tip;
}

static void lay_density(struct layout *layout, const struct panel *panel, const struct mark *mark,
                        const struct rows_frame *f, double y, double lines)
{
    struct spot *spots = layout_spots(layout, mark->count);
    double most = 0;
    if (!spots || mark->count < 2)
        return;
    for (size_t i = 0; i + 1 < mark->count; i++)
        most = fmax(most, mark->spots[i].y);
    for (size_t i = 0; i < mark->count; i++) {
        int cut;
        spots[i].x = place_on(panel, f, mark->spots[i].x, &cut);
        spots[i].y = most > 0 ? 0.96 * lines * mark->spots[i].y / most : 0;
    }
    struct layout_item *item = layout_add(layout, ITEM_DENSITY, 0, y + lines);
    item->spots = spots;
    item->count = mark->count;
    item->middle = NAN;
    if (!isnan(mark->middle)) {
        int cut;
        item->middle = place_on(panel, f, mark->middle, &cut);
        item->x = place_on(panel, f, mark->low, &cut);
        item->x2 = place_on(panel, f, mark->high, &cut);
    }
    item->y2 = y;
    item->hue = mark->hue;
    item->tip = mark->tip;
}

static void lay_row_marks(struct layout *layout, const struct panel *panel, size_t row,
                          const struct rows_frame *f, double y)
{
    double lines = (double)panel->rows[row].lines;
    for (size_t i = 0; i < panel->mark_count; i++) {
        const struct mark *mark = &panel->marks[i];
        if (mark->row != row)
            continue;
        if (mark->kind == MARK_RANGE || mark->kind == MARK_BAR)
            lay_range(layout, panel, mark, f, y + lines / 2);
        else if (mark->kind == MARK_POINT)
            lay_point(layout, panel, mark, f, y, lines);
        else if (mark->kind == MARK_DENSITY)
            lay_density(layout, panel, mark, f, y, lines);
    }
}

/* A rule's label stands in the middle above it, in the first line where no other is in its way. */
static double lay_rule_labels(struct layout *layout, const struct panel *panel, const struct rows_frame *f,
                              double y)
{
    enum { LABEL_LINES = 3 };
    double ends[LABEL_LINES] = {-1, -1, -1};
    size_t used = 0;
    for (size_t i = 0; i < panel->mark_count; i++) {
        const struct mark *mark = &panel->marks[i];
        if (mark->kind != MARK_RULE || !*mark->label)
            continue;
        int cut;
        double x = place_on(panel, f, mark->middle, &cut);
        const char *text = cut < 0   ? picture_say(layout->picture, "< %s", mark->label)
                           : cut > 0 ? picture_say(layout->picture, "%s >", mark->label)
                                     : mark->label;
        text = layout_fit(layout, text, layout->columns);
        double width = layout->pen->columns_of(text);
        double from = fmin(fmax(x - width / 2, 0), layout->columns - width);
        size_t line = 0;
        while (line + 1 < LABEL_LINES && from < ends[line] + 1)
            line++;
        struct layout_item *item = layout_text(layout, from + width / 2, y + (double)line, text);
        item->anchor = ANCHOR_MIDDLE;
        item->hue = mark->hue;
        item->style = STYLE_STRONG;
        ends[line] = from + width;
        used = line + 1 > used ? line + 1 : used;
    }
    return y + (double)used;
}

static void lay_rules(struct layout *layout, const struct panel *panel, const struct rows_frame *f, double top,
                      double bottom)
{
    for (size_t i = 0; i < panel->mark_count; i++) {
        const struct mark *mark = &panel->marks[i];
        int cut;
        if (mark->kind != MARK_RULE)
            continue;
        double x = place_on(panel, f, mark->middle, &cut);
        struct layout_item *item = layout_add(layout, ITEM_RULE, x, top);
        item->x2 = x;
        item->y2 = bottom;
        item->hue = mark->hue;
        item->faint = mark->faint;
        item->tip = mark->tip;
        if (mark->bound || cut) {
            struct layout_item *arrow =
                layout_add(layout, ITEM_ARROW, x + (mark->bound && !cut ? mark->bound : 0), bottom - 0.5);
            arrow->direction = cut ? cut : mark->bound;
            arrow->hue = mark->hue;
        }
    }
}

static struct layout_item *lay_row_text(struct layout *layout, const struct picture_row *row, double x, double y,
                                        const char *text, double room)
{
    room /= layout_style_width(layout, row_style(row));
    struct layout_item *item = layout_text(layout, x, y, layout_fit(layout, text, room));
    item->style = row_style(row);
    return item;
}

static void lay_label(struct layout *layout, const struct picture_row *row, double x, double y, double room)
{
    struct layout_item *item = lay_row_text(layout, row, x, y, row->label, room);
    item->link = row->link;
    item->tip = item->text == row->label ? "" : row->label;
}

/* Gives the line where the marks of the row begin. */
static double lay_row_words(struct layout *layout, const struct picture_row *row, const struct rows_frame *f,
                            double y)
{
    double center = y + ((double)row->lines - 1) / 2;
    if (layout->pen->discrete)
        center = floor(center + 0.5);
    if (!f->stacked) {
        lay_label(layout, row, 0, center, f->plot - 0.5 - (double)ROW_GAP);
        if (*row->words)
            lay_row_text(layout, row, f->words, center, row->words, layout->columns - f->words);
        return y;
    }
    double wide = layout_style_width(layout, row_style(row)), words = wide * layout->pen->columns_of(row->words),
           label = wide * layout->pen->columns_of(row->label);
    double room = fmax(layout->columns - words - (double)ROW_GAP, 0.4 * layout->columns);
    lay_label(layout, row, 0, y, room);
    lay_row_text(layout, row, layout->columns, y, row->words, layout->columns - (double)ROW_GAP - fmin(label, room))
        ->anchor = ANCHOR_END;
    return y + 1;
}

double layout_rows(struct layout *layout, struct panel *panel, double y)
{
    struct rows_frame f = frame_rows(layout, panel);
    y = lay_rule_labels(layout, panel, &f, y);
    double top = y, height = f.stacked ? 1 : 0;
    for (size_t i = 0; i < panel->row_count; i++)
        height += (double)panel->rows[i].lines + (f.stacked && i ? 1 : 0);
    double bottom = panel->row_count ? top + height : top;
    double end = layout_axis(layout, &panel->x, f.plot, f.end, bottom, top);
    for (size_t i = 0; i < panel->row_count; i++) {
        y = lay_row_words(layout, &panel->rows[i], &f, y);
        lay_row_marks(layout, panel, i, &f, y);
        y += (double)panel->rows[i].lines;
    }
    lay_rules(layout, panel, &f, top, bottom);
    return end;
}
