/* A picture before it is drawn: panels of marks on axes, and the words around them. What is drawn is decided
 * here, once; layout.h says where it stands, and the pens only draw. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PICTURE_H
#define CLI_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

/* Colours never stand alone: what they part has another shape, place or word too. */
enum hue { HUE_INK, HUE_MUTED, HUE_BLUE, HUE_VERMILLION, HUE_GREEN, HUE_ORANGE, HUE_PURPLE, HUE_SKY, HUES };
enum mark_shape {
    SHAPE_DOT,
    SHAPE_SQUARE,
    SHAPE_DIAMOND,
    SHAPE_TRIANGLE,
    SHAPE_CROSS,
    SHAPE_PLUS,
    SHAPE_RING,
    SHAPES
};

enum axis_kind {
    AXIS_LOG,
    AXIS_LINEAR,
    AXIS_DATES, /* days since 1970-01-01 */
};

struct picture_axis {
    enum axis_kind kind;
    const char *unit; /* of an output; "" for bare numbers */
    double low, high; /* grows with the marks; low > high: nothing yet */
};

enum mark_kind {
    MARK_RANGE,   /* low, lower, middle, upper, high on x, in a row; lower and upper may be NaN */
    MARK_BAR,     /* low to high on x, in a row, with a tick at `middle` */
    MARK_POINT,   /* at `middle`, in a row; or at x = middle, y = low of a chart */
    MARK_DENSITY, /* spots: bins in order, from x to the next one's, as high as y; in a row */
    MARK_CURVE,   /* spots: x, y, and the band from low to high; of a chart */
    MARK_RULE,    /* at `middle` of x through all rows, or of y through a chart */
};

struct spot {
    double x, y, low, high;
};

struct mark {
    enum mark_kind kind;
    enum hue hue;
    enum mark_shape shape;
    size_t row;
    double low, lower, middle, upper, high;
    int bound;    /* of a rule: 1 at least, -1 at most, 0 the value itself */
    bool across;  /* a rule of a chart: at x, in place of y */
    bool faint;   /* a forecast, or what is beside the point: dashed and lighter */
    double level; /* of a point in a row: 0 at its foot, 1 at its top; NaN: the middle */
    struct spot *spots;
    size_t count;
    const char *label; /* of a rule */
    const char *tip;   /* what a reader sees who points at it; "" for nothing */
};

struct picture_row {
    const char *label, *words; /* before and behind it */
    const char *link;          /* where the label leads, or "" */
    size_t lines;              /* its height */
    bool strong;
};

/* What a shape, a line or a band stands for. */
struct picture_key {
    enum mark_kind kind;
    enum hue hue;
    enum mark_shape shape;
    bool faint;
    const char *words;
};

struct panel {
    const char *title, *note;
    bool chart; /* x and y; else rows on x */
    bool settled;
    size_t lines; /* of a chart */
    struct picture_axis x, y;
    struct picture_row *rows;
    size_t row_count;
    struct mark *marks;
    size_t mark_count;
    struct picture_key *keys;
    size_t key_count;
};

enum { PICTURE_PANELS = 8 };

struct picture {
    const char *title, *lead; /* the headline, and what it says in words */
    const char *told;         /* all of it in words, for those who cannot see it */
    const char *source;       /* of a claim, or "" */
    const char *foot;         /* version, catalogue and seed; the source */
    struct panel panels[PICTURE_PANELS];
    size_t panel_count;
    bool bare;   /* the panels alone: headline, lead and foot stand elsewhere */
    bool failed; /* memory ran out: what is missing is missing */
    struct picture_text *texts;
    struct panel spare_panel; /* what is filled in where there is no room */
    struct mark spare_mark;
};

/* All texts are copied. Where memory runs out these go on, and `failed` is set. */
void picture_begin(struct picture *picture);
void picture_end(struct picture *picture);

/* A text of the picture's own: formatted, or copied up to `length`. */
#if defined(__GNUC__)
__attribute__((__format__(__printf__, 2, 3)))
#endif
const char *
picture_say(struct picture *picture, const char *format, ...);

struct panel *picture_panel(struct picture *picture, const char *title, enum axis_kind kind, const char *unit);
size_t panel_row(struct picture *picture, struct panel *panel, const char *label, const char *words);
/* In the panel's last row; its numbers NaN, all else 0. Valid until the next one. */
struct mark *panel_mark(struct picture *picture, struct panel *panel, enum mark_kind kind, enum hue hue);
void panel_key(struct picture *picture, struct panel *panel, enum mark_kind kind, enum hue hue,
               enum mark_shape shape, const char *words);
/* Room for the spots of a mark, which may be fewer in the end; NULL where there is none. */
struct spot *mark_spots(struct picture *picture, struct mark *mark, size_t count);

/* Spreads the axis to hold a value; one that it cannot show (not over 0 on a log axis) is passed over. */
void axis_hold(struct picture_axis *axis, double value);
/* Holds the values of all marks; a rule that is far off does not stretch the axis. */
void panel_settle(struct panel *panel);

/* Where the value stands, 0 at the low end and 1 at the high one; outside of that where it is outside. */
double axis_place(const struct picture_axis *axis, double value);

struct axis_tick {
    double value;
    const char *label;
    char text[64];
};
enum { AXIS_TICKS = 64 };
/* At most `most` of them, rising. */
size_t axis_ticks(const struct picture_axis *axis, size_t most, struct axis_tick ticks[AXIS_TICKS]);

/* Days since 1970-01-01 of "2025", "2025-01" and "2025-01-15", as the catalogue takes them; and back. */
double date_days(const char *date);
enum { DATE_TEXT = 16 };
void days_date(double days, char out[DATE_TEXT]);

#endif
