/* The items of a page: texts, axes and the room that they take. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/layout.h"

#include "glyphs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct layout_spots {
    struct layout_spots *next;
    struct spot spots[];
};

void layout_end(struct layout *layout)
{
    free(layout->items);
    while (layout->spots) {
        struct layout_spots *next = layout->spots->next;
        free(layout->spots);
        layout->spots = next;
    }
}

struct layout_item *layout_add(struct layout *layout, enum item_kind kind, double x, double y)
{
    size_t count = layout->count;
    struct layout_item *item = &layout->spare;
    if (!(count & (count - 1))) {
        struct layout_item *more = realloc(layout->items, (count ? 2 * count : 1) * sizeof *more);
        layout->items = more ? more : layout->items;
        layout->picture->failed |= !more;
        item = more ? more + count : item;
    } else
        item = layout->items + count;
    layout->count += item != &layout->spare;
    *item = (struct layout_item){.kind = kind, .x = x, .y = y, .text = "", .tip = "", .link = ""};
    return item;
}

struct spot *layout_spots(struct layout *layout, size_t count)
{
    struct layout_spots *spots = calloc(1, sizeof *spots + (count + 1) * sizeof spots->spots[0]);
    if (!spots) {
        layout->picture->failed = true;
        return NULL;
    }
    spots->next = layout->spots;
    layout->spots = spots;
    return spots->spots;
}

struct layout_item *layout_text(struct layout *layout, double x, double y, const char *text)
{
    struct layout_item *item = layout_add(layout, ITEM_TEXT, x, y + 0.5);
    item->text = text;
    return item;
}

const char *layout_fit(struct layout *layout, const char *text, double room)
{
    const struct pen_metrics *pen = layout->pen;
    if (pen->columns_of(text) <= room + 1e-6)
        return text;
    size_t length = strlen(text);
    char *copy = malloc(length + GLYPH_BYTES);
    if (!copy) {
        layout->picture->failed = true;
        return "";
    }
    const char *fits = "";
    for (; length > 0; length--) {
        if (((unsigned char)text[length] & 0xC0) == 0x80)
            continue;
        memcpy(copy, text, length);
        while (length > 1 && copy[length - 1] == ' ')
            length--;
        strcpy(copy + length, pen->ellipsis);
        if (pen->columns_of(copy) <= room)
            break;
    }
    if (length > 0)
        fits = picture_say(layout->picture, "%s", copy);
    free(copy);
    return fits;
}

/* The bytes of as many words as there is room for, at least one. A percent sign stays with its figure. */
static size_t fitting_length(const struct layout *layout, const char *text, double room, char *scratch)
{
    size_t fits = 0, length = 0;
    while (text[length]) {
        length += strspn(text + length, " ");
        length += strcspn(text + length, " ");
        if (!strncmp(text + length, " %", 2))
            length += 2 + strcspn(text + length + 2, " ");
        memcpy(scratch, text, length);
        scratch[length] = '\0';
        if (fits && layout->pen->columns_of(scratch) > room)
            break;
        fits = length;
    }
    return fits;
}

double layout_style_width(const struct layout *layout, enum text_style style)
{
    if (layout->pen->discrete)
        return 1;
    return style == STYLE_TITLE ? 1.5 : style == STYLE_STRONG ? 1.15 : style == STYLE_SMALL ? 1 / 1.05 : 1;
}

double layout_wrapped(struct layout *layout, double x, double y, double room, const char *text,
                      enum text_style style, enum hue hue)
{
    char *scratch = malloc(strlen(text) + 1);
    double wide = room / layout_style_width(layout, style);
    layout->picture->failed |= !scratch;
    while (scratch && *(text += strspn(text, " "))) {
        size_t length = fitting_length(layout, text, wide, scratch);
        const char *line = picture_say(layout->picture, "%.*s", (int)length, text);
        struct layout_item *item = layout_text(layout, x, y, layout_fit(layout, line, wide));
        item->style = style;
        item->hue = hue;
        text += length;
        y++;
    }
    free(scratch);
    return y;
}

double layout_place(const struct picture_axis *axis, double value, double left, double right, int *cut)
{
    double place = axis_place(axis, value);
    *cut = place < -1e-9 ? -1 : place > 1 + 1e-9 ? 1 : 0;
    place = place < 0 ? 0 : place > 1 ? 1 : place;
    return left + place * (right - left);
}

/* Labels that would touch the one before are left out; the tick stays. */
double layout_axis(struct layout *layout, const struct picture_axis *axis, double left, double right, double y,
                   double top)
{
    struct axis_tick ticks[AXIS_TICKS];
    double widest = 4, end = -INFINITY, labels = y + layout->pen->axis_lines;
    size_t count = axis_ticks(axis, 16, ticks);
    for (size_t i = 0; i < count; i++)
        widest = fmax(widest, layout->pen->columns_of(ticks[i].label));
    count = axis_ticks(axis, (size_t)fmax(1, (right - left) / (fmin(widest, 16) + 1.5)), ticks);
    struct layout_item *line = layout_add(layout, ITEM_AXIS, left, y + layout->pen->axis_lines / 2);
    line->x2 = right;
    line->y2 = line->y;
    for (size_t i = 0; i < count; i++) {
        int cut;
        double x = layout_place(axis, ticks[i].value, left, right, &cut);
        struct layout_item *tick = layout_add(layout, ITEM_TICK, x, y + layout->pen->axis_lines / 2);
        tick->x2 = x;
        tick->y2 = top;
        const char *label = layout_fit(layout, ticks[i].label, 20);
        double half = layout->pen->columns_of(label) / 2;
        double from = fmax(x - half, 0), to = from + 2 * half;
        if (to > layout->columns)
            from = layout->columns - 2 * half;
        if (from < end + 1)
            continue;
        label = picture_say(layout->picture, "%s", label);
        struct layout_item *item = layout_text(layout, from + half, labels, label);
        item->hue = HUE_MUTED;
        item->anchor = ANCHOR_MIDDLE;
        end = from + 2 * half;
    }
    return labels + 1;
}
