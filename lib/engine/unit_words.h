/* One unit as it is spelled, out of a table of units. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_UNIT_WORDS_H
#define LIB_UNIT_WORDS_H

#include "engine/units.h"

#include <stdbool.h>
#include <stddef.h>

/* PLAIN: as it stands. WORD: in any case, in the plural too, and '-' is a hyphen, blanks or nothing.
 * SCALED: SI prefixes go in front. */
enum unit_manner { PLAIN, WORD, SCALED };

struct unit_row {
    const char *name;
    double times, over;
    enum unit_manner manner;
};

bool is_unit_letter(char c);
char small_letter(char c);
/* The blanks `text` begins with. */
size_t count_blanks(const char *text);
/* Whether a unit may end before `text`. */
bool ends_unit_word(const char *text);

/* The bytes of `text` that are `name` in the row's manner; 0 where it is not. */
size_t match_spelling(const char *text, const char *name, enum unit_manner manner);

/* The factor of a multiplier `text` begins with, and its bytes; 0 where there is none.
 * Small letters multiply only what has no unit of that letter: 7b parameters, $5m. */
double match_multiplier(enum dimension dimension, const char *text, size_t *length);

/* A unit of the rows (a name of NULL ends them), with its prefix; returns the bytes taken, 0 where there is none. */
size_t match_unit(const struct unit_row *rows, const char *text, struct unit_found *found);

#endif
