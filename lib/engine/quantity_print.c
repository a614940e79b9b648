/* Quantities printed as a text that reads back as the same. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/quantity.h"

#include <stdio.h>

/* How each form is written around its numbers; a unit stands behind each of `units` numbers. */
static const struct {
    int numbers;
    const char *before, *between, *after;
    bool each; /* number carries the unit, but for a lognormal's factor; else the last alone */
} writing[] = {
    [FORM_EXACT] = {1, "", "", "", false},
    [FORM_ABOUT] = {1, "~", "", "", false},
    [FORM_INTERVAL] = {2, "", "..", "", false},
    [FORM_PLUS_MINUS] = {2, "", " +- ", "", false},
    [FORM_NORMAL] = {2, "normal(", ", ", ")", true},
    [FORM_LOGNORMAL] = {2, "lognormal(", ", ", ")", true},
    [FORM_UNIFORM] = {2, "uniform(", ", ", ")", true},
    [FORM_TRIANGULAR] = {3, "triangular(", ", ", ")", true},
    [FORM_PERT] = {3, "pert(", ", ", ")", true},
};

/* What the base unit of its parameter does not say: another currency, what a price is of. */
enum { SUFFIX = 32 };
static const char *suffix_of(const quantity *q, char out[SUFFIX])
{
    static const char *const per[] = {"", "/chip", "/server"};
    static const char *const rates[] = {"", "tokens/s", "TFLOP/s"};
    const char *unit = q->currency ? currency_codes[q->currency] : rates[q->rate];
    snprintf(out, SUFFIX, "%s%s%s", *unit ? " " : "", unit, per[q->per]);
    return out;
}

size_t quantity_print(const quantity *q, char *out, size_t size)
{
    const double numbers[] = {q->a, q->b, q->c};
    int count = writing[q->form].numbers;
    char text[3][TEXT_NUMBER] = {"", "", ""}, suffix[SUFFIX];
    const char *unit[3] = {"", "", ""}, *between = writing[q->form].between;
    suffix_of(q, suffix);
    for (int i = 0; i < count; i++) {
        bool carries = writing[q->form].each ? !(q->form == FORM_LOGNORMAL && i == 1) : i == count - 1;
        text_print_number(numbers[i], text[i]);
        unit[i] = carries ? suffix : "";
    }
    int length = snprintf(out, size, "%s%s%s%s%s%s%s%s%s%s", writing[q->form].before, text[0], unit[0],
                          count > 1 ? between : "", text[1], unit[1], count > 2 ? between : "", text[2], unit[2],
                          writing[q->form].after);
    return length < 0 ? 0 : (size_t)length;
}
