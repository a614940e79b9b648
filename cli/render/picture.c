/* Panels, rows, marks and texts, as they are added. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/picture.h"

#include "glyphs.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct picture_text {
    struct picture_text *next;
    char text[];
};

void picture_begin(struct picture *picture)
{
    *picture = (struct picture){.title = "", .lead = "", .told = "", .source = "", .foot = ""};
}

static void free_panel(struct panel *panel)
{
    for (size_t i = 0; i < panel->mark_count; i++)
        free(panel->marks[i].spots);
    free(panel->marks);
    free(panel->rows);
    free(panel->keys);
}

void picture_end(struct picture *picture)
{
    for (size_t i = 0; i < picture->panel_count; i++)
        free_panel(&picture->panels[i]);
    free_panel(&picture->spare_panel);
    free(picture->spare_mark.spots);
    while (picture->texts) {
        struct picture_text *next = picture->texts->next;
        free(picture->texts);
        picture->texts = next;
    }
}

const char *picture_say(struct picture *picture, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    struct picture_text *text = length < 0 ? NULL : malloc(sizeof *text + (size_t)length + 1);
    if (!text) {
        picture->failed = true;
        return "";
    }
    va_start(arguments, format);
    vsnprintf(text->text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    text->next = picture->texts;
    picture->texts = text;
    return text->text;
}

/* Room for one more of `size` bytes: it doubles whenever the count is a power of two. */
static void *room_for_one(struct picture *picture, void *array, size_t count, size_t size)
{
    if (count && (count & (count - 1)))
        return array;
    void *more = realloc(array, (count ? 2 * count : 1) * size);
    picture->failed |= !more;
    return more;
}

struct panel *picture_panel(struct picture *picture, const char *title, enum axis_kind kind, const char *unit)
{
    struct panel *panel = &picture->spare_panel;
    if (picture->panel_count < PICTURE_PANELS)
        panel = &picture->panels[picture->panel_count++];
    else
        free_panel(panel);
    *panel = (struct panel){.title = picture_say(picture, "%s", title),
                            .note = "",
                            .x = {.kind = kind, .unit = unit, .low = INFINITY, .high = -INFINITY},
                            .y = {.kind = AXIS_LOG, .unit = "", .low = INFINITY, .high = -INFINITY}};
    return panel;
}

size_t panel_row(struct picture *picture, struct panel *panel, const char *label, const char *words)
{
    struct picture_row *rows = room_for_one(picture, panel->rows, panel->row_count, sizeof *rows);
    if (!rows)
        return panel->row_count;
    panel->rows = rows;
    rows[panel->row_count] = (struct picture_row){picture_say(picture, "%s", label),
                                                  picture_say(picture, "%s", words), "", 1, false};
    return panel->row_count++;
}

struct mark *panel_mark(struct picture *picture, struct panel *panel, enum mark_kind kind, enum hue hue)
{
    struct mark *marks = room_for_one(picture, panel->marks, panel->mark_count, sizeof *marks);
    struct mark *mark = &picture->spare_mark;
    if (marks) {
        panel->marks = marks;
        mark = &marks[panel->mark_count++];
    } else {
        free(mark->spots);
    }
    *mark = (struct mark){.kind = kind,
                          .hue = hue,
                          .row = panel->row_count ? panel->row_count - 1 : 0,
                          .low = NAN,
                          .lower = NAN,
                          .middle = NAN,
                          .upper = NAN,
                          .high = NAN,
                          .level = NAN,
                          .label = "",
                          .tip = ""};
    return mark;
}

void panel_key(struct picture *picture, struct panel *panel, enum mark_kind kind, enum hue hue,
               enum mark_shape shape, const char *words)
{
    struct picture_key *keys = room_for_one(picture, panel->keys, panel->key_count, sizeof *keys);
    if (!keys)
        return;
    panel->keys = keys;
    keys[panel->key_count++] = (struct picture_key){kind, hue, shape, false, picture_say(picture, "%s", words)};
}

struct spot *mark_spots(struct picture *picture, struct mark *mark, size_t count)
{
    mark->spots = calloc(count + 1, sizeof *mark->spots);
    picture->failed |= !mark->spots;
    mark->count = 0;
    return mark->spots;
}

/* ---- what an axis must hold ---- */

void axis_hold(struct picture_axis *axis, double value)
{
    if (!isfinite(value) || (axis->kind == AXIS_LOG && value <= 0))
        return;
    axis->low = fmin(axis->low, value);
    axis->high = fmax(axis->high, value);
}

static void hold_spots(struct panel *panel, const struct mark *mark)
{
    for (size_t i = 0; i < mark->count; i++) {
        axis_hold(&panel->x, mark->spots[i].x);
        if (mark->kind != MARK_CURVE)
            continue;
        axis_hold(&panel->y, mark->spots[i].y);
        axis_hold(&panel->y, mark->spots[i].low);
        axis_hold(&panel->y, mark->spots[i].high);
    }
}

static void hold_mark(struct panel *panel, const struct mark *mark)
{
    hold_spots(panel, mark);
    if (panel->chart && mark->kind == MARK_POINT) {
        axis_hold(&panel->x, mark->middle);
        axis_hold(&panel->y, mark->low);
        return;
    }
    axis_hold(&panel->x, mark->low);
    axis_hold(&panel->x, mark->middle);
    axis_hold(&panel->x, mark->high);
}

/* A rule may stretch its axis to twice the length and two decades more. */
static void hold_rule(struct picture_axis *axis, double value)
{
    if (!isfinite(value) || (axis->kind == AXIS_LOG && value <= 0))
        return;
    if (axis->low > axis->high) {
        axis_hold(axis, value);
        return;
    }
    bool log = axis->kind == AXIS_LOG;
    double low = log ? log10(axis->low) : axis->low, high = log ? log10(axis->high) : axis->high;
    double at = log ? log10(value) : value, room = high - low + (log ? 2 : 0);
    if (at > low - room && at < high + room)
        axis_hold(axis, value);
}

/* The same of a line over a chart, with room for its label above it. */
static void hold_level(struct picture_axis *axis, double value)
{
    hold_rule(axis, value);
    if (value < axis->low || value > axis->high)
        return;
    if (axis->kind == AXIS_LOG)
        axis_hold(axis, value * pow(axis->high / axis->low, 0.15));
    else
        axis_hold(axis, value + 0.15 * (axis->high - axis->low));
}

/* Some room at both ends, so that no mark stands on the frame; of one value a decade around it. */
static void widen(struct picture_axis *axis)
{
    if (axis->low > axis->high)
        axis->low = axis->high = 1;
    if (axis->kind == AXIS_LOG) {
        double low = log10(axis->low), high = log10(axis->high);
        double room = high - low < 0.5 ? 0.5 * (0.5 - (high - low)) + 0.02 : 0.03 * (high - low);
        axis->low = pow(10, fmax(low - room, -300));
        axis->high = pow(10, fmin(high + room, 300));
        return;
    }
    double span = axis->high - axis->low;
    double room = span > 0 ? 0.03 * span : axis->low != 0 ? 0.5 * fabs(axis->low) : 1;
    bool from_zero = axis->kind == AXIS_LINEAR && axis->low >= 0 && axis->low < 0.5 * span;
    axis->low = from_zero ? 0 : axis->low - (axis->kind == AXIS_DATES ? 20 : room);
    axis->high += axis->kind == AXIS_DATES ? 20 : room;
}

void panel_settle(struct panel *panel)
{
    if (panel->settled)
        return;
    panel->settled = true;
    for (size_t i = 0; i < panel->mark_count; i++)
        if (panel->marks[i].kind != MARK_RULE)
            hold_mark(panel, &panel->marks[i]);
    for (size_t i = 0; i < panel->mark_count; i++) {
        const struct mark *mark = &panel->marks[i];
        if (mark->kind == MARK_RULE && panel->chart && !mark->across)
            hold_level(&panel->y, mark->middle);
        else if (mark->kind == MARK_RULE)
            hold_rule(&panel->x, mark->middle);
    }
    widen(&panel->x);
    if (panel->chart)
        widen(&panel->y);
}

double axis_place(const struct picture_axis *axis, double value)
{
    if (axis->kind != AXIS_LOG)
        return (value - axis->low) / (axis->high - axis->low);
    double low = log10(axis->low), high = log10(axis->high);
    return value > 0 ? (log10(value) - low) / (high - low) : -INFINITY;
}
