/* One unit as it is spelled: words and letters, SI prefixes, multipliers. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/unit_words.h"

#include <string.h>

bool is_unit_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char small_letter(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

size_t count_blanks(const char *text)
{
    return strspn(text, " \t");
}

size_t match_spelling(const char *text, const char *name, enum unit_manner manner)
{
    const char *at = text;
    for (; *name; name++) {
        if (manner != PLAIN && *name == '-') {
            at += strspn(at, " -");
            continue;
        }
        if (manner == WORD ? small_letter(*at) != small_letter(*name) : *at != *name)
            return 0;
        at++;
    }
    if (manner == WORD && (*at == 's' || *at == 'S') && at[-1] != 's')
        at++;
    return (size_t)(at - text);
}

bool ends_unit_word(const char *text)
{
    return !is_unit_letter(*text) || !strncmp(text, "CO2", 3) || !strncmp(text, "CO\xe2\x82\x82", 5);
}

static const struct unit_row *match_row(const struct unit_row *rows, const char *text, bool prefixed, size_t *length)
{
    const struct unit_row *best = NULL;
    *length = 0;
    for (; rows->name; rows++) {
        if (prefixed && rows->manner != SCALED)
            continue;
        if (small_letter(*text) != small_letter(*rows->name))
            continue;
        size_t n = match_spelling(text, rows->name, rows->manner);
        if (n > *length && ends_unit_word(text + n)) {
            *length = n;
            best = rows;
        }
    }
    return best;
}

/* ---- multipliers ---- */

static double letter_multiplier(char c)
{
    switch (c) {
    case 'k':
    case 'K':
        return 1e3;
    case 'M':
        return 1e6;
    case 'B':
    case 'G':
        return 1e9;
    case 'T':
        return 1e12;
    case 'P':
        return 1e15;
    case 'E':
        return 1e18;
    case 'Z':
        return 1e21;
    case 'Y':
        return 1e24;
    default:
        return 0;
    }
}

static double match_prefix(const char *text, size_t *length)
{
    static const struct unit_row words[] = {{"kilo", 1e3, 1, WORD},  {"mega", 1e6, 1, WORD},  {"giga", 1e9, 1, WORD},
                                            {"tera", 1e12, 1, WORD}, {"peta", 1e15, 1, WORD}, {"exa", 1e18, 1, WORD},
                                            {"zetta", 1e21, 1, WORD}, {"yotta", 1e24, 1, WORD}, {0}};
    for (const struct unit_row *w = words; w->name; w++)
        if (*text == *w->name && (*length = match_spelling(text, w->name, SCALED)) > 0)
            return w->times;
    *length = 1;
    return *text == 'B' ? 0 : letter_multiplier(*text);
}

double match_multiplier(enum dimension dimension, const char *text, size_t *length)
{
    static const struct unit_row words[] = {
        {"thousand", 1e3, 1, WORD}, {"million", 1e6, 1, WORD}, {"billion", 1e9, 1, WORD}, {"trillion", 1e12, 1, WORD},
        {"bn", 1e9, 1, WORD},       {"mn", 1e6, 1, WORD},      {"mln", 1e6, 1, WORD},     {"tn", 1e12, 1, WORD},
        {"mio", 1e6, 1, WORD},      {"lakh", 1e5, 1, WORD},    {"crore", 1e7, 1, WORD},   {0}};
    static const struct unit_row letters[] = {
        {"m", 1e6, 1, PLAIN}, {"b", 1e9, 1, PLAIN}, {"t", 1e12, 1, PLAIN}, {0}};
    bool counts = dimension == DIMENSION_TOKENS || dimension == DIMENSION_PARAMS || dimension == DIMENSION_MONEY;
    const struct unit_row *row = is_unit_letter(text[1]) ? match_row(words, text, false, length) : NULL;
    if (!row && counts && !(dimension == DIMENSION_MONEY && *text == 't')) /* $24.7t may be tonnes */
        row = match_row(letters, text, false, length);
    if (row)
        return row->times;
    double factor = letter_multiplier(*text);
    *length = 1;
    return factor < 1e20 || dimension == DIMENSION_FLOP ? factor : 0;
}

/* ---- one unit ---- */

static void take_row(struct unit_found *found, const struct unit_row *row, double prefix)
{
    found->times = row->times * prefix;
    found->over = row->over;
    found->has_unit = true;
    found->is_percent = row->over == 100 && row->times == 1;
}

size_t match_unit(const struct unit_row *rows, const char *text, struct unit_found *found)
{
    size_t length, ahead;
    const struct unit_row *row = match_row(rows, text, false, &length);
    if (row) {
        take_row(found, row, 1);
        return length;
    }
    double prefix = match_prefix(text, &ahead);
    row = prefix > 0 ? match_row(rows, text + ahead, true, &length) : NULL;
    if (!row)
        return 0;
    take_row(found, row, prefix);
    return ahead + length;
}
