/* Each answer as a picture, by one pen or the other. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_pictures.h"

#include "render/pen.h"

enum pen { PEN_TERMINAL, PEN_SVG };

/* Ends the picture. */
static bool draw_with(enum pen pen, const struct output *output, struct picture *picture)
{
    picture_cite(picture, output);
    bool good = !picture->failed && (pen == PEN_SVG ? pen_svg(output->file, picture)
                                                    : pen_terminal(output, picture, output->width));
    picture_end(picture);
    return good;
}

static bool draw_estimate(enum pen pen, const struct output *output, const struct estimate_view *view)
{
    struct picture picture;
    picture_begin(&picture);
    picture_estimate(&picture, view);
    return draw_with(pen, output, &picture);
}

bool render_estimate_plot(const struct output *output, const struct estimate_view *view)
{
    return draw_estimate(PEN_TERMINAL, output, view);
}

bool render_estimate_svg(const struct output *output, const struct estimate_view *view)
{
    return draw_estimate(PEN_SVG, output, view);
}

static bool draw_check(enum pen pen, const struct output *output, const struct check_view *view)
{
    struct picture picture;
    picture_begin(&picture);
    picture_check(&picture, view);
    return draw_with(pen, output, &picture);
}

bool render_check_plot(const struct output *output, const struct check_view *view)
{
    return draw_check(PEN_TERMINAL, output, view);
}

bool render_check_svg(const struct output *output, const struct check_view *view)
{
    return draw_check(PEN_SVG, output, view);
}

static bool draw_claims(enum pen pen, const struct output *output, const struct check_view *view)
{
    struct picture picture;
    picture_begin(&picture);
    picture_claims(&picture, view);
    return draw_with(pen, output, &picture);
}

bool render_claims_plot(const struct output *output, const struct check_view *view)
{
    return draw_claims(PEN_TERMINAL, output, view);
}

bool render_claims_svg(const struct output *output, const struct check_view *view)
{
    return draw_claims(PEN_SVG, output, view);
}

static bool draw_compare(enum pen pen, const struct output *output, const struct compare_view *view)
{
    struct picture picture;
    picture_begin(&picture);
    picture_compare(&picture, view);
    return draw_with(pen, output, &picture);
}

bool render_compare_plot(const struct output *output, const struct compare_view *view)
{
    return draw_compare(PEN_TERMINAL, output, view);
}

bool render_compare_svg(const struct output *output, const struct compare_view *view)
{
    return draw_compare(PEN_SVG, output, view);
}

static bool draw_sweep(enum pen pen, const struct output *output, const struct sweep_view *view)
{
    struct picture picture;
    picture_begin(&picture);
    picture_sweep(&picture, view);
    return draw_with(pen, output, &picture);
}

bool render_sweep_plot(const struct output *output, const struct sweep_view *view)
{
    return draw_sweep(PEN_TERMINAL, output, view);
}

bool render_sweep_svg(const struct output *output, const struct sweep_view *view)
{
    return draw_sweep(PEN_SVG, output, view);
}

static bool draw_chips(enum pen pen, const struct output *output, const struct chips_view *view)
{
    struct picture picture;
    picture_begin(&picture);
    picture_chips(&picture, view);
    return draw_with(pen, output, &picture);
}

bool render_chips_plot(const struct output *output, const struct chips_view *view)
{
    return draw_chips(PEN_TERMINAL, output, view);
}

bool render_chips_svg(const struct output *output, const struct chips_view *view)
{
    return draw_chips(PEN_SVG, output, view);
}
