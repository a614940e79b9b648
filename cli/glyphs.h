/* The characters of a text: which may be shown at all, and how wide they are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_GLYPHS_H
#define CLI_GLYPHS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* The next character that may be shown, 0 at the end. What a terminal or a browser would obey is passed over:
 * control characters, those that turn the direction of writing, those without a width. A blank stands for a tab
 * or the end of a line, U+FFFD for what is not UTF-8. */
uint32_t glyph_next(const char **text);

/* The next character, '?' in the place of one that may not be shown or is not UTF-8, so that it is seen that
 * something stood there. `text` does not stand at its end. */
uint32_t glyph_shown(const char **text);

/* Columns of a terminal that it takes: 1, or 2 of the wide ones of East Asia and of pictures. */
size_t glyph_columns(uint32_t glyph);

/* Writes it as UTF-8 with a final NUL; gives the bytes without that. */
enum { GLYPH_BYTES = 5 };
size_t glyph_bytes(uint32_t glyph, char out[GLYPH_BYTES]);

/* Columns of all that may be shown of `text`. */
size_t glyphs_columns(const char *text);

/* Writes what may be shown as the text of XML or HTML, or as the value of an attribute in double quotes. */
void glyphs_markup(FILE *out, const char *text);

#endif
