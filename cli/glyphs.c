/* UTF-8, read with suspicion. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "glyphs.h"

#include <string.h>

static bool is_tail(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* Decodes one character, and gives its bytes; what is not UTF-8 is one byte of U+FFFD. */
static size_t decode(const char *text, uint32_t *glyph)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)*text;
    size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    *glyph = length == 1 ? lead : length ? lead & (0xFFu >> (length + 1)) : 0;
    for (size_t i = 1; i < length; i++) {
        if (!is_tail(text[i])) {
            length = 0;
            break;
        }
        *glyph = *glyph << 6 | ((unsigned char)text[i] & 0x3Fu);
    }
    if (length && *glyph >= least[length] && *glyph <= 0x10FFFF && (*glyph < 0xD800 || *glyph > 0xDFFF))
        return length;
    *glyph = 0xFFFD;
    return 1;
}

struct span {
    uint32_t first, last;
};

static bool lies_in(uint32_t glyph, const struct span *spans, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (glyph >= spans[i].first && glyph <= spans[i].last)
            return true;
    return false;
}

static bool is_hidden(uint32_t glyph)
{
    static const struct span hidden[] = {
        {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},       {0x300, 0x36F},
        {0x61C, 0x61C},   {0x180B, 0x180F}, {0x200B, 0x200F},   {0x2028, 0x202E},
        {0x2060, 0x206F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},
        {0xFFF0, 0xFFFB}, {0xFFFE, 0xFFFF}, {0x1F3FB, 0x1F3FF}, {0xE0000, 0x10FFFF},
    };
    return lies_in(glyph, hidden, sizeof hidden / sizeof *hidden);
}

uint32_t glyph_shown(const char **text)
{
    uint32_t glyph;
    *text += decode(*text, &glyph);
    return is_hidden(glyph) || glyph == 0xFFFD ? '?' : glyph;
}

uint32_t glyph_next(const char **text)
{
    while (**text) {
        uint32_t glyph;
        *text += decode(*text, &glyph);
        if (glyph == '\t' || glyph == '\n' || glyph == '\r')
            return ' ';
        if (!is_hidden(glyph))
            return glyph;
    }
    return 0;
}

size_t glyph_columns(uint32_t glyph)
{
    static const struct span wide[] = {
        {0x1100, 0x115F}, {0x2E80, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},
        {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1FAFF}, {0x20000, 0x3FFFD},
    };
    return lies_in(glyph, wide, sizeof wide / sizeof *wide) ? 2 : 1;
}

size_t glyph_bytes(uint32_t glyph, char out[GLYPH_BYTES])
{
    static const unsigned char lead[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t length = glyph < 0x80 ? 1 : glyph < 0x800 ? 2 : glyph < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; glyph >>= 6)
        out[i] = (char)(0x80 | (glyph & 0x3F));
    out[0] = (char)(length == 1 ? glyph : lead[length] | glyph);
    out[length] = '\0';
    return length;
}

size_t glyphs_columns(const char *text)
{
    size_t columns = 0;
    uint32_t glyph;
    while ((glyph = glyph_next(&text)))
        columns += glyph_columns(glyph);
    return columns;
}

void glyphs_markup(FILE *out, const char *text)
{
    uint32_t glyph;
    char bytes[GLYPH_BYTES];
    while ((glyph = glyph_next(&text))) {
        glyph_bytes(glyph, bytes);
        fputs(glyph == '&'   ? "&amp;"
              : glyph == '<' ? "&lt;"
              : glyph == '>' ? "&gt;"
              : glyph == '"' ? "&quot;"
                             : bytes,
              out);
    }
}
