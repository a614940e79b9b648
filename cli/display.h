/* Figures and words for people: scaled numbers, thousands separators, wrapped lines. Display only: nothing
 * here depends on the locale, and what is rounded here goes no further. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_DISPLAY_H
#define CLI_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { DISPLAY_FIGURE = 64, DISPLAY_WIDTH = 80, DISPLAY_DIGITS = 3, DISPLAY_EXACT = 10 };

/* `value` to `digits` significant digits as its unit is shown: "USD" as $1.20M, "kWh" as 1.20 MWh. */
void display_scaled(double value, int digits, const char *unit, char out[DISPLAY_FIGURE]);

/* The same of an output: a share in percent. */
void display_output(double value, const char *unit, char out[DISPLAY_FIGURE]);

/* An exact value: money and hours in full with thousands separators, the rest to four digits. */
void display_exact(double value, const char *unit, char out[DISPLAY_FIGURE]);

/* To four digits as its unit is shown, without trailing zeros: $294k, 1.08 GWh. */
void display_short(double value, const char *unit, char out[DISPLAY_FIGURE]);

/* How many significant digits of `value`, at most DISPLAY_DIGITS, its standard error supports. */
int display_digits(double value, double standard_error);

/* A number as text, "3877.2" or "4.79T", with its thousands separated: "3,877.2". */
void display_parted(const char *number, char out[DISPLAY_FIGURE]);

/* To at most `digits` significant digits, without trailing zeros, thousands separated where `grouped`. */
void display_number(double value, int digits, bool grouped, char out[DISPLAY_FIGURE]);

/* What the word behind a shown number ends with: "" after 1, else "s". */
const char *display_plural(const char *number);

/* "1.60 to 4.34 USD/h", or the one value where the ends are the same. */
void display_range(double low, double high, const char *unit, char *out, size_t size);

/* "2025-01" for the first of a month, else the whole date. */
void display_month(const char *date, char out[DISPLAY_FIGURE]);

/* How many columns of a terminal `text` takes: its code points. */
size_t display_columns(const char *text);

/* Writes `text` without control characters. */
void display_text(FILE *out, const char *text);

/* Writes `text` in lines of at most `width` columns, broken at blanks only; the first line starts at column
 * `at` (what stands there already), the others are indented by `indent`. Ends the last line. */
void display_wrapped(FILE *out, const char *text, size_t at, size_t indent, size_t width);

#endif
