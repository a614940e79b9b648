/* The pen for terminals: blocks and braille, or plain ASCII. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pen.h"

#include "glyphs.h"
#include "render/layout_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct canvas_cell {
    uint32_t glyph; /* 0 for nothing, or the second half of a wide one */
    unsigned char dots, hue, bold, filled, second;
};

struct canvas {
    struct canvas_cell *cells;
    size_t columns, lines;
    bool utf8;
};

enum canvas_sign {
    SIGN_ACROSS,
    SIGN_DOWN,
    SIGN_TICK,
    SIGN_SIDE,
    SIGN_LEFT,
    SIGN_RIGHT,
    SIGN_HEAVY,
    SIGN_CROSSING,
    SIGN_TO_LEFT,
    SIGN_TO_RIGHT,
    SIGN_BLOCK,
    SIGN_SHADE,
    SIGN_SHADE_FAINT,
    SIGN_LEVEL,
    SIGNS
};

static uint32_t sign_glyph(const struct canvas *canvas, enum canvas_sign sign)
{
    static const uint32_t drawn[SIGNS] = {0x2500, 0x2502, 0x252C, 0x2524, 0x251C, 0x2524, 0x2501,
                                          0x253C, 0x25C0, 0x25B6, 0x2588, 0x2591, 0xB7,   0x254C};
    static const char plain[SIGNS + 1] = "-:++||=|<>#.`-";
    return canvas->utf8 ? drawn[sign] : (uint32_t)plain[sign];
}

static uint32_t shape_glyph(const struct canvas *canvas, enum mark_shape shape)
{
    static const uint32_t drawn[SHAPES] = {0x25CF, 0x25A0, 0x25C6, 0x25B2, 0xD7, '+', 0x25CB};
    static const char plain[SHAPES + 1] = "o#%^x+O";
    return canvas->utf8 ? drawn[shape] : (uint32_t)plain[shape];
}

/* What lies outside is drawn into a cell behind the last, which nobody prints. */
static struct canvas_cell *canvas_at(const struct canvas *canvas, double x, double y)
{
    bool inside = x > -0.5 && y > -0.5 && x < (double)canvas->columns && y < (double)canvas->lines;
    size_t column = inside ? (size_t)fmax(x, 0) : 0, line = inside ? (size_t)fmax(y, 0) : canvas->lines;
    return &canvas->cells[line * canvas->columns + column];
}

static void set_cell(const struct canvas *canvas, double x, double y, uint32_t glyph, enum hue hue)
{
    *canvas_at(canvas, x, y) = (struct canvas_cell){.glyph = glyph, .hue = (unsigned char)hue, .filled = 1};
}

/* ---- items ---- */

static void draw_text(const struct canvas *canvas, const struct layout_item *item)
{
    double width = (double)glyphs_columns(item->text);
    double before = item->anchor == ANCHOR_END ? width : item->anchor == ANCHOR_MIDDLE ? width / 2 : 0;
    double x = floor(item->x - before + 0.5 - (item->anchor == ANCHOR_MIDDLE ? 0.25 : 0));
    const char *at = item->text;
    uint32_t glyph;
    while ((glyph = glyph_next(&at))) {
        bool shown = canvas->utf8 || glyph < 0x7F;
        size_t wide = shown ? glyph_columns(glyph) : 1;
        set_cell(canvas, x, item->y, shown ? glyph : '?', item->hue);
        canvas_at(canvas, x, item->y)->bold = item->style == STYLE_TITLE || item->style == STYLE_STRONG;
        if (wide == 2)
            *canvas_at(canvas, x + 1, item->y) = (struct canvas_cell){.second = 1};
        x += (double)wide;
    }
}

static void draw_across(const struct canvas *canvas, double from, double to, double y, enum canvas_sign sign,
                        enum hue hue)
{
    for (double x = floor(from) + 0.5; x <= floor(to) + 0.6; x++)
        set_cell(canvas, x, y, sign_glyph(canvas, sign), hue);
}

static void draw_axis(const struct canvas *canvas, const struct layout_item *item)
{
    if (item->y == item->y2) {
        draw_across(canvas, item->x, item->x2, item->y, SIGN_ACROSS, HUE_MUTED);
        return;
    }
    for (double y = floor(item->y) + 0.5; y < item->y2; y++)
        set_cell(canvas, item->x - 1, y, sign_glyph(canvas, canvas->utf8 ? SIGN_DOWN : SIGN_LEFT), HUE_MUTED);
}

static void draw_tick(const struct canvas *canvas, const struct layout_item *item)
{
    bool side = item->y == item->y2;
    set_cell(canvas, side ? item->x - 1 : item->x, item->y, sign_glyph(canvas, side ? SIGN_SIDE : SIGN_TICK),
             HUE_MUTED);
}

static void draw_range(const struct canvas *canvas, const struct layout_item *item)
{
    double x = floor(item->x), x2 = floor(item->x2);
    draw_across(canvas, x, x2, item->y, SIGN_ACROSS, item->hue);
    if (x < x2) {
        set_cell(canvas, x, item->y, sign_glyph(canvas, item->cut ? SIGN_TO_LEFT : SIGN_LEFT), item->hue);
        set_cell(canvas, x2, item->y, sign_glyph(canvas, item->cut2 ? SIGN_TO_RIGHT : SIGN_RIGHT), item->hue);
    }
    if (!isnan(item->inner) && !isnan(item->inner2) && x2 - x > 2)
        draw_across(canvas, fmax(item->inner, x + 1), fmin(item->inner2, x2 - 1), item->y, SIGN_HEAVY,
                    item->hue);
    if (!isnan(item->middle))
        set_cell(canvas, item->middle, item->y, shape_glyph(canvas, item->shape), item->hue);
}

static void draw_bar(const struct canvas *canvas, const struct layout_item *item)
{
    draw_across(canvas, item->x, item->x2, item->y, SIGN_BLOCK, item->hue);
    if (!isnan(item->middle))
        set_cell(canvas, item->middle, item->y, sign_glyph(canvas, SIGN_DOWN), HUE_INK);
}

/* The height of the bins at column `column`: the highest that reaches into it. */
static double density_at(const struct layout_item *item, double column)
{
    double most = 0;
    for (size_t i = 0; i + 1 < item->count; i++)
        if (item->spots[i].x < column + 1 && item->spots[i + 1].x > column)
            most = fmax(most, item->spots[i].y);
    return most;
}

static void draw_density(const struct canvas *canvas, const struct layout_item *item)
{
    double first = floor(item->spots[0].x), last = floor(item->spots[item->count - 1].x);
    for (double x = first; x <= last; x++) {
        double height = density_at(item, x);
        for (double up = 0; up < item->y - item->y2 && height > up; up++) {
            double part = fmin(height - up, 1);
            uint32_t eighths = (uint32_t)fmax(1, floor(8 * part + 0.5));
            uint32_t glyph = canvas->utf8 ? 0x2580 + eighths : part > 0.6 ? '#' : part > 0.25 ? ':' : '.';
            set_cell(canvas, x + 0.5, item->y - up - 0.5, glyph, item->hue);
        }
    }
}

static double between(const struct spot *a, const struct spot *b, double x, double from, double to)
{
    return b->x > a->x ? from + (to - from) * (x - a->x) / (b->x - a->x) : from;
}

static void draw_band(const struct canvas *canvas, const struct layout_item *item)
{
    enum canvas_sign sign = item->faint ? SIGN_SHADE_FAINT : SIGN_SHADE;
    for (size_t i = 0; i + 1 < item->count; i++) {
        const struct spot *a = &item->spots[i], *b = &item->spots[i + 1];
        for (double x = floor(a->x) + 0.5; x <= floor(b->x) + 0.6; x++) {
            double at = fmin(fmax(x, a->x), b->x);
            double low = between(a, b, at, a->low, b->low), high = between(a, b, at, a->high, b->high);
            for (double y = floor(high) + 0.5; y <= floor(low) + 0.6; y++) {
                if (!canvas_at(canvas, x, y)->filled)
                    set_cell(canvas, x, y, sign_glyph(canvas, sign), item->hue);
            }
        }
    }
}

/* A dot of the two by four of a cell. */
static void set_dot(const struct canvas *canvas, double x, double y, enum hue hue)
{
    static const unsigned char bits[2][4] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};
    struct canvas_cell *cell = canvas_at(canvas, x, y);
    size_t across = (size_t)(2 * (x - floor(x))), down = (size_t)(4 * (y - floor(y)));
    unsigned char dots = cell->dots | bits[across & 1][down & 3];
    *cell = (struct canvas_cell){
        .glyph = canvas->utf8 ? 0x2800u + dots : '*', .dots = dots, .hue = (unsigned char)hue, .filled = 1};
}

static void draw_curve(const struct canvas *canvas, const struct layout_item *item)
{
    double last = NAN;
    for (size_t i = 0; i + 1 < item->count; i++) {
        const struct spot *a = &item->spots[i], *b = &item->spots[i + 1];
        for (double x = a->x; x < b->x || (i + 2 == item->count && x <= b->x); x += 0.5) {
            double y = between(a, b, x, a->y, b->y), step = isnan(last) ? y : last;
            bool gap = item->faint && ((size_t)floor(x) & 1);
            for (double d = fmin(step, y); d <= fmax(step, y) && !gap; d += 0.25)
                set_dot(canvas, x, d, item->hue);
            last = y;
        }
    }
}

static bool is_across(const struct canvas *canvas, const struct canvas_cell *cell)
{
    static const enum canvas_sign along[] = {SIGN_ACROSS, SIGN_HEAVY, SIGN_LEFT, SIGN_RIGHT};
    for (size_t i = 0; cell->hue != HUE_INK && i < sizeof along / sizeof *along; i++)
        if (cell->glyph == sign_glyph(canvas, along[i]))
            return true;
    return false;
}

static void draw_rule(const struct canvas *canvas, const struct layout_item *item)
{
    if (item->y == item->y2) {
        for (double x = floor(item->x) + 0.5; x <= item->x2; x++) {
            if (!canvas_at(canvas, x, item->y)->dots)
                set_cell(canvas, x, item->y, sign_glyph(canvas, SIGN_LEVEL), item->hue);
        }
        return;
    }
    for (double y = floor(item->y) + 0.5; y < item->y2; y++) {
        const struct canvas_cell *cell = canvas_at(canvas, item->x, y);
        if (!cell->dots)
            set_cell(canvas, item->x, y,
                     sign_glyph(canvas, is_across(canvas, cell) ? SIGN_CROSSING : SIGN_DOWN), item->hue);
    }
}

static void draw_item(const struct canvas *canvas, const struct layout_item *item)
{
    switch (item->kind) {
    case ITEM_TEXT:
        draw_text(canvas, item);
        break;
    case ITEM_AXIS:
        draw_axis(canvas, item);
        break;
    case ITEM_TICK:
        draw_tick(canvas, item);
        break;
    case ITEM_RANGE:
        draw_range(canvas, item);
        break;
    case ITEM_BAR:
        draw_bar(canvas, item);
        break;
    case ITEM_POINT:
        set_cell(canvas, item->x, item->y, shape_glyph(canvas, item->shape), item->hue);
        break;
    case ITEM_DENSITY:
        draw_density(canvas, item);
        break;
    case ITEM_BAND:
        draw_band(canvas, item);
        break;
    case ITEM_CURVE:
        draw_curve(canvas, item);
        break;
    case ITEM_RULE:
        draw_rule(canvas, item);
        break;
    case ITEM_ARROW:
        set_cell(canvas, item->x, item->y,
                 sign_glyph(canvas, item->direction < 0 ? SIGN_TO_LEFT : SIGN_TO_RIGHT), item->hue);
        break;
    }
}

/* ---- the page ---- */

static double terminal_columns(const char *text)
{
    return (double)glyphs_columns(text);
}

static void set_look(FILE *out, const struct canvas_cell *cell)
{
    static const char *const colours[HUES] = {"", ";2", ";34", ";31", ";32", ";33", ";35", ";36"};
    fprintf(out, "\033[0%s%sm", cell->bold ? ";1" : "", colours[cell->hue]);
}

static void print_canvas_line(const struct output *output, const struct canvas_cell *cells, size_t columns)
{
    static const struct canvas_cell plain = {0};
    const struct canvas_cell *look = &plain;
    char bytes[GLYPH_BYTES];
    while (columns && (!cells[columns - 1].glyph || cells[columns - 1].glyph == ' ') &&
           !cells[columns - 1].second)
        columns--;
    for (size_t i = 0; i < columns; i++) {
        if (cells[i].second)
            continue;
        if (output->colour && cells[i].glyph && (cells[i].hue != look->hue || cells[i].bold != look->bold)) {
            look = &cells[i];
            set_look(output->file, look);
        }
        glyph_bytes(cells[i].glyph ? cells[i].glyph : ' ', bytes);
        fputs(bytes, output->file);
    }
    fputs(look->hue || look->bold ? "\033[0m\n" : "\n", output->file);
}

bool pen_terminal(const struct output *output, struct picture *picture, size_t columns)
{
    static const struct pen_metrics utf8 = {terminal_columns, "\xE2\x80\xA6", 1, true},
                                    ascii = {terminal_columns, "..", 1, true};
    struct layout layout;
    struct canvas canvas = {.columns = columns, .utf8 = output->utf8};
    bool good = layout_make(&layout, picture, (double)columns, output->utf8 ? &utf8 : &ascii);
    canvas.lines = (size_t)ceil(layout.lines);
    canvas.cells = good ? calloc(canvas.columns * canvas.lines + 1, sizeof *canvas.cells) : NULL;
    good = canvas.cells != NULL;
    for (size_t i = 0; good && i < layout.count; i++)
        draw_item(&canvas, &layout.items[i]);
    for (size_t line = 0; good && line < canvas.lines; line++)
        print_canvas_line(output, canvas.cells + line * columns, columns);
    free(canvas.cells);
    layout_end(&layout);
    return good;
}
