/* Where everything of a picture stands: a list of items at columns and lines of a page so many columns wide. A
 * column is a letter's width; y grows downwards. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_LAYOUT_H
#define CLI_LAYOUT_H

#include "render/picture.h"

enum item_kind {
    ITEM_TEXT,    /* at (x, y) */
    ITEM_AXIS,    /* from (x, y) to (x2, y2) */
    ITEM_TICK,    /* of x: from the axis at (x, y) up to y2; of y: from the axis to x2 */
    ITEM_RANGE,   /* x to x2, heavy from `inner` to `inner2`, a mark at `middle` */
    ITEM_BAR,     /* x to x2, a line at `middle` */
    ITEM_POINT,   /* at (x, y) */
    ITEM_DENSITY, /* spots at x, up from y by their height in lines */
    ITEM_BAND,    /* spots: x, low and high */
    ITEM_CURVE,   /* spots: x, y */
    ITEM_RULE,    /* from (x, y) to (x2, y2) */
    ITEM_ARROW,   /* at (x, y), to the left or right */
};

enum text_anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };
enum text_style { STYLE_PLAIN, STYLE_TITLE, STYLE_STRONG, STYLE_SMALL };

struct layout_item {
    enum item_kind kind;
    enum hue hue;
    enum mark_shape shape;
    enum text_anchor anchor;
    enum text_style style;
    bool faint;
    bool cut, cut2; /* it goes on beyond the axis, to the left, to the right */
    int direction;  /* of an arrow: -1 to the left */
    double x, y, x2, y2;
    double inner, middle, inner2;
    const struct spot *spots;
    size_t count;
    const char *text, *tip, *link;
};

/* What a pen can do. */
struct pen_metrics {
    double (*columns_of)(const char *text); /* how wide a text is */
    const char *ellipsis;
    double axis_lines; /* the height of an axis without its labels */
    bool discrete;     /* whole columns and lines */
};

struct layout {
    double columns, lines;
    struct layout_item *items;
    size_t count;
    struct picture *picture; /* which owns the texts */
    const struct pen_metrics *pen;
    struct layout_spots *spots;
    struct layout_item spare; /* what is filled in where there is no room */
};

/* An item at (x, y), all else 0; its texts "". */
struct layout_item *layout_add(struct layout *layout, enum item_kind kind, double x, double y);
struct layout_item *layout_text(struct layout *layout, double x, double y, const char *text);
/* `text`, or its beginning with an ellipsis where it takes more than `room` columns. */
const char *layout_fit(struct layout *layout, const char *text, double room);
/* How much wider than plain letters of the usual size, in which columns are counted, those of a style are. */
double layout_style_width(const struct layout *layout, enum text_style style);
/* Adds `text` in lines of `room` columns; gives where the next line is. */
double layout_wrapped(struct layout *layout, double x, double y, double room, const char *text,
                      enum text_style style, enum hue hue);
struct spot *layout_spots(struct layout *layout, size_t count);
/* The axis of x with its ticks and their labels from line `y` on, ticks reaching up to `top`. */
double layout_axis(struct layout *layout, const struct picture_axis *axis, double left, double right, double y,
                   double top);
/* From column `left` of the place 0 to `right` of the place 1, cut there; which way it was cut. */
double layout_place(const struct picture_axis *axis, double value, double left, double right, int *cut);
void layout_end(struct layout *layout);

#endif
