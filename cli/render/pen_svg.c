/* The pen for SVG. No font is measured: the widths are those of a wide one, so that others fit as well. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pen.h"

#include "glyphs.h"
#include "render/layout_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMN_PX = 8, LINE_PX = 22, MARGIN_PX = 20, SVG_COLUMNS = 78 };

/* ---- numbers and places ---- */

/* To a tenth, whatever the locale. */
static void put_px(FILE *out, double value)
{
    long tenths = lround(10 * value);
    unsigned long size = (unsigned long)labs(tenths);
    fprintf(out, "%s%lu", tenths < 0 ? "-" : "", size / 10);
    if (size % 10)
        fprintf(out, ".%lu", size % 10);
}

static double px_x(double columns)
{
    return (double)MARGIN_PX + (double)COLUMN_PX * columns;
}

static double px_y(double lines)
{
    return (double)MARGIN_PX + (double)LINE_PX * lines;
}

static void put_attribute(FILE *out, const char *name, double value)
{
    fprintf(out, " %s=\"", name);
    put_px(out, value);
    putc('"', out);
}

static void put_point(FILE *out, const char *command, double x, double y)
{
    fputs(command, out);
    put_px(out, x);
    putc(' ', out);
    put_px(out, y);
}

static void put_line(FILE *out, const char *class, double x, double y, double x2, double y2)
{
    fprintf(out, "<line class=\"%s\"", class);
    put_attribute(out, "x1", x);
    put_attribute(out, "y1", y);
    put_attribute(out, "x2", x2);
    put_attribute(out, "y2", y2);
    fputs("/>", out);
}

static void put_rect(FILE *out, const char *class, double x, double y, double width, double height)
{
    fprintf(out, "<rect class=\"%s\"", class);
    put_attribute(out, "x", x);
    put_attribute(out, "y", y);
    put_attribute(out, "width", fmax(width, 1));
    put_attribute(out, "height", height);
    fputs("/>", out);
}

/* ---- items ---- */

/* A link leads to a page, and not to a script. */
static bool is_page(const char *link)
{
    return !strncmp(link, "https://", 8) || !strncmp(link, "http://", 7);
}

static void draw_svg_text(FILE *out, const struct layout_item *item)
{
    static const char *const styles[] = {"", " title", " strong", " small"};
    static const char *const anchors[] = {"", " middle", " end"};
    bool linked = is_page(item->link);
    if (linked) {
        fputs("<a href=\"", out);
        glyphs_markup(out, item->link);
        fputs("\">", out);
    }
    fprintf(out, "<text class=\"hue%d%s%s\"", (int)item->hue, styles[item->style], anchors[item->anchor]);
    put_attribute(out, "x", px_x(item->x));
    put_attribute(out, "y", px_y(item->y) + 4.5);
    putc('>', out);
    if (*item->tip) {
        fputs("<title>", out);
        glyphs_markup(out, item->tip);
        fputs("</title>", out);
    }
    glyphs_markup(out, item->text);
    fputs("</text>", out);
    fputs(linked ? "</a>" : "", out);
}

static void draw_svg_arrow(FILE *out, double x, double y, int direction)
{
    fputs("<path class=\"mark\" d=\"", out);
    put_point(out, "M", x + 7 * direction, y);
    put_point(out, "L", x - 2 * direction, y - 5);
    put_point(out, "L", x - 2 * direction, y + 5);
    fputs("Z\"/>", out);
}

static void draw_svg_shape(FILE *out, enum mark_shape shape, double x, double y, double r)
{
    static const double corners[SHAPES][4][2] = {
        [SHAPE_SQUARE] = {{-0.85, -0.85}, {0.85, -0.85}, {0.85, 0.85}, {-0.85, 0.85}},
        [SHAPE_DIAMOND] = {{0, -1.15}, {1.15, 0}, {0, 1.15}, {-1.15, 0}},
        [SHAPE_TRIANGLE] = {{0, -1.1}, {1.05, 0.8}, {-1.05, 0.8}, {0, -1.1}},
        [SHAPE_CROSS] = {{-0.8, -0.8}, {0.8, 0.8}, {-0.8, 0.8}, {0.8, -0.8}},
        [SHAPE_PLUS] = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}},
    };
    if (shape == SHAPE_DOT || shape == SHAPE_RING) {
        fprintf(out, "<circle class=\"%s\"", shape == SHAPE_DOT ? "dot" : "ring");
        put_attribute(out, "cx", x);
        put_attribute(out, "cy", y);
        put_attribute(out, "r", shape == SHAPE_DOT ? r : r - 0.8);
        fputs("/>", out);
        return;
    }
    bool open = shape == SHAPE_CROSS || shape == SHAPE_PLUS;
    fprintf(out, "<path class=\"%s\" d=\"", open ? "ring" : "dot");
    for (size_t i = 0; i < 4; i++)
        put_point(out, i == 0 || (open && i == 2) ? "M" : "L", x + r * corners[shape][i][0],
                  y + r * corners[shape][i][1]);
    fputs(open ? "\"/>" : "Z\"/>", out);
}

static void draw_svg_range(FILE *out, const struct layout_item *item)
{
    double x = px_x(item->x), x2 = px_x(item->x2), y = px_y(item->y);
    put_line(out, "thin", x, y, x2, y);
    if (item->cut)
        draw_svg_arrow(out, x, y, -1);
    else if (x2 - x > 2)
        put_line(out, "thin", x, y - 5, x, y + 5);
    if (item->cut2)
        draw_svg_arrow(out, x2, y, 1);
    else if (x2 - x > 2)
        put_line(out, "thin", x2, y - 5, x2, y + 5);
    if (!isnan(item->inner) && !isnan(item->inner2))
        put_rect(out, "mark", px_x(item->inner), y - 3.5, px_x(item->inner2) - px_x(item->inner), 7);
    if (!isnan(item->middle))
        draw_svg_shape(out, item->shape, px_x(item->middle), y, 5);
}

static void draw_svg_bar(FILE *out, const struct layout_item *item)
{
    double y = px_y(item->y), x = px_x(item->x);
    put_rect(out, "mark", x, y - 7, px_x(item->x2) - x, 14);
    if (!isnan(item->middle))
        put_line(out, "middle", px_x(item->middle), y - 9, px_x(item->middle), y + 9);
}

static void draw_svg_density(FILE *out, const struct layout_item *item)
{
    double base = px_y(item->y);
    fputs("<path class=\"hill\" d=\"", out);
    put_point(out, "M", px_x(item->spots[0].x), base);
    for (size_t i = 0; i + 1 < item->count; i++) {
        double y = base - (double)LINE_PX * item->spots[i].y;
        put_point(out, "L", px_x(item->spots[i].x), y);
        put_point(out, "L", px_x(item->spots[i + 1].x), y);
    }
    put_point(out, "L", px_x(item->spots[item->count - 1].x), base);
    fputs("Z\"/>", out);
    if (isnan(item->middle))
        return;
    put_line(out, "thin", px_x(item->x), base, px_x(item->x2), base);
    draw_svg_shape(out, item->shape, px_x(item->middle), base, 4.5);
}

static void draw_svg_band(FILE *out, const struct layout_item *item)
{
    fprintf(out, "<path class=\"band%s\" d=\"", item->faint ? " faint" : "");
    for (size_t i = 0; i < item->count; i++)
        put_point(out, i ? "L" : "M", px_x(item->spots[i].x), px_y(item->spots[i].high));
    for (size_t i = item->count; i-- > 0;)
        put_point(out, "L", px_x(item->spots[i].x), px_y(item->spots[i].low));
    fputs("Z\"/>", out);
}

static void draw_svg_curve(FILE *out, const struct layout_item *item)
{
    fprintf(out, "<path class=\"curve%s\" d=\"", item->faint ? " dashed" : "");
    for (size_t i = 0; i < item->count; i++)
        put_point(out, i ? "L" : "M", px_x(item->spots[i].x), px_y(item->spots[i].y));
    fputs("\"/>", out);
}

static void draw_svg_mark(FILE *out, const struct layout_item *item)
{
    double x = px_x(item->x), y = px_y(item->y), x2 = px_x(item->x2), y2 = px_y(item->y2);
    switch (item->kind) {
    case ITEM_TEXT:
        draw_svg_text(out, item);
        break;
    case ITEM_AXIS:
        put_line(out, "axis", x, y, x2, y2);
        break;
    case ITEM_TICK:
        put_line(out, "grid", x, y, x2, y2);
        break;
    case ITEM_RANGE:
        draw_svg_range(out, item);
        break;
    case ITEM_BAR:
        draw_svg_bar(out, item);
        break;
    case ITEM_POINT:
        draw_svg_shape(out, item->shape, x, y, 4.5);
        break;
    case ITEM_DENSITY:
        draw_svg_density(out, item);
        break;
    case ITEM_BAND:
        draw_svg_band(out, item);
        break;
    case ITEM_CURVE:
        draw_svg_curve(out, item);
        break;
    case ITEM_RULE:
        put_line(out, item->faint ? "rule dashed" : "rule", x, y, x2, y2);
        break;
    case ITEM_ARROW:
        draw_svg_arrow(out, x, y, item->direction);
        break;
    }
}

static void draw_svg_item(FILE *out, const struct layout_item *item)
{
    if (item->kind == ITEM_TEXT) {
        draw_svg_text(out, item);
        putc('\n', out);
        return;
    }
    fprintf(out, "<g class=\"hue%d%s\">",
            (int)(item->kind == ITEM_AXIS || item->kind == ITEM_TICK ? HUE_MUTED : item->hue),
            item->faint ? " faint" : "");
    if (*item->tip) {
        fputs("<title>", out);
        glyphs_markup(out, item->tip);
        fputs("</title>", out);
    }
    draw_svg_mark(out, item);
    fputs("</g>\n", out);
}

/* ---- the whole ---- */

/* In columns, of DejaVu Sans at 13 pixels, the widest of the usual fonts, and a little for bold. */
static double svg_columns(const char *text)
{
    double em = 0;
    uint32_t glyph;
    while ((glyph = glyph_next(&text))) {
        if (glyph > 0x7F)
            em += glyph_columns(glyph) == 2 ? 1.05 : 0.75;
        else if (strchr("ijl'|", (int)glyph))
            em += 0.29;
        else if (strchr(" .,:;!ftrI()[]-/", (int)glyph))
            em += 0.38;
        else if (strchr("mwMW%@", (int)glyph))
            em += 0.95;
        else
            em += glyph >= 'A' && glyph <= 'Z' ? 0.69 : 0.59;
    }
    return em * 13.3 / (double)COLUMN_PX;
}

static const struct pen_metrics svg_metrics = {svg_columns, "\xE2\x80\xA6", 0.3, false};

/* Of Okabe and Ito, "Color Universal Design" (2008); on a dark ground
 * their two blues change places, and words are darker or lighter than marks.
 * Plain rules, as some programs know no custom properties; and they pass over what is in a media query. */
void pen_svg_style(FILE *out)
{
    fputs("svg text{font:13px system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,\"DejaVu "
          "Sans\",sans-serif;fill:currentColor}\n"
          "svg .title{font-size:18px;font-weight:700}svg .strong{font-weight:700}svg .small{font-size:12px}\n"
          "svg .end{text-anchor:end}svg .middle{text-anchor:middle}svg .page{fill:#fff}\n"
          "svg .axis{stroke:currentColor;stroke-width:1.2}svg .grid{stroke:currentColor;stroke-opacity:.22}\n"
          "svg .thin{stroke:currentColor;stroke-width:2}svg .mark{fill:currentColor}\n"
          "svg .dot{fill:currentColor;stroke:#fff;stroke-width:1.2}\n"
          "svg .ring{fill:none;stroke:currentColor;stroke-width:1.8}\n"
          "svg line.middle{stroke:#1b1f24;stroke-width:2}\n"
          "svg .hill{fill:currentColor;fill-opacity:.4;stroke:currentColor;stroke-width:1}\n"
          "svg .band{fill:currentColor;fill-opacity:.2;stroke:none}svg .band.faint{fill-opacity:.1}\n"
          "svg .curve{fill:none;stroke:currentColor;stroke-width:2.4;stroke-linejoin:round}\n"
          "svg .rule{stroke:currentColor;stroke-width:2}svg .dashed{stroke-dasharray:5 4}\n"
          "svg .hue0{color:#1b1f24}svg .hue1{color:#57606a}svg .hue2{color:#0072b2}svg .hue3{color:#d55e00}\n"
          "svg .hue4{color:#009e73}svg .hue5{color:#e69f00}svg .hue6{color:#cc79a7}svg .hue7{color:#56b4e9}\n"
          "svg text.hue3{color:#b84f00}svg text.hue4{color:#00724f}\n"
          "@media (prefers-color-scheme:dark){\n"
          "svg .page{fill:#14171a}svg .dot{stroke:#14171a}svg line.middle{stroke:#fff}\n"
          "svg .hue0{color:#e8eaed}svg .hue1{color:#a5adb6}svg .hue2{color:#56b4e9}svg .hue3{color:#d55e00}\n"
          "svg .hue7{color:#0072b2}\n"
          "svg text.hue3{color:#ff8a3d}svg text.hue4{color:#2fd3a3}\n"
          "}\n",
          out);
}

/* Inside a page, which has margins of its own, the picture's are cut off. */
static void begin_svg(FILE *out, const struct layout *layout, const char *class, bool alone)
{
    double width = 2 * MARGIN_PX + (double)COLUMN_PX * layout->columns,
           height = 2 * MARGIN_PX + (double)LINE_PX * layout->lines;
    double cut = alone ? 0 : MARGIN_PX - 3;
    fputs("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"", out);
    if (*class)
        fprintf(out, " class=\"%s\"", class);
    put_point(out, " viewBox=\"", cut, cut);
    put_point(out, " ", width - 2 * cut, ceil(height) - 2 * cut);
    putc('"', out);
    if (alone) {
        put_attribute(out, "width", width);
        put_attribute(out, "height", ceil(height));
    }
    fputs(">\n<title>", out);
    glyphs_markup(out, layout->picture->title);
    fputs("</title>\n<desc>", out);
    glyphs_markup(out, layout->picture->told);
    fputs("</desc>\n", out);
}

static bool draw_svg(FILE *out, struct picture *picture, double columns, const char *class, bool alone)
{
    struct layout layout;
    bool good = layout_make(&layout, picture, columns, &svg_metrics);
    if (good) {
        begin_svg(out, &layout, class, alone);
        if (alone) {
            fputs("<style>\n", out);
            pen_svg_style(out);
            fputs("</style>\n<rect class=\"page\" width=\"100%\" height=\"100%\"/>\n", out);
        }
        for (size_t i = 0; i < layout.count; i++)
            draw_svg_item(out, &layout.items[i]);
        fputs("</svg>\n", out);
    }
    layout_end(&layout);
    return good;
}

bool pen_svg(FILE *out, struct picture *picture)
{
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n", out);
    return draw_svg(out, picture, SVG_COLUMNS, "", true);
}

bool pen_svg_inside(FILE *out, struct picture *picture, double columns, const char *class)
{
    return draw_svg(out, picture, columns, class, false);
}
