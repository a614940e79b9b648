/* The pens: the same picture for a terminal, as SVG, and as SVG inside a page. False where memory ran out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_PEN_H
#define CLI_PEN_H

#include "output.h"
#include "render/picture.h"

bool pen_terminal(const struct output *output, struct picture *picture, size_t columns);

/* A file of its own. */
bool pen_svg(FILE *out, struct picture *picture);

/* Without the style, which stands once in the page: pen_svg_style. */
bool pen_svg_inside(FILE *out, struct picture *picture, double columns, const char *class);
void pen_svg_style(FILE *out);

#endif
