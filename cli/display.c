/* Figures and words for people. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "display.h"

#include "glyphs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Digits of a number and where its point stands: 0.d1d2d3... x 10^point. */
struct decimal {
    char digits[24];
    int count;
    int point;
    bool negative;
};

/* Of what is finite. Through %e, whose only part that follows the locale is the point, which is skipped. */
static struct decimal decimal_of(double value, int digits)
{
    struct decimal d = {.negative = value < 0};
    char text[64];
    if (digits < 1)
        digits = 1;
    if (digits > 17)
        digits = 17;
    snprintf(text, sizeof text, "%.*e", digits - 1, fabs(value));
    const char *at = text;
    for (; *at != 'e'; at++)
        if (*at >= '0' && *at <= '9')
            d.digits[d.count++] = *at;
    d.point = atoi(at + 1) + 1;
    return d;
}

static void strip_zeros(struct decimal *d, int keep)
{
    while (d->count > 1 && d->count > keep && d->digits[d->count - 1] == '0')
        d->count--;
}

struct figure {
    char *out;
    size_t used;
};

static void put_char(struct figure *f, char c)
{
    if (f->used + 1 < DISPLAY_FIGURE)
        f->out[f->used++] = c;
    f->out[f->used] = '\0';
}

static void put_text(struct figure *f, const char *text)
{
    while (*text)
        put_char(f, *text++);
}

static void put_sign(struct figure *f, const struct decimal *d)
{
    put_text(f, d->negative ? "-" : "");
}

/* The digits with the point after the first `point` of them, zeros filled in. */
static void put_digits(struct figure *f, const struct decimal *d, int point, bool grouped)
{
    if (point <= 0) {
        put_text(f, "0.");
        for (int i = point; i < 0; i++)
            put_char(f, '0');
    }
    for (int i = 0; i < d->count || i < point; i++) {
        int left = point - i;
        if (i > 0 && left == 0)
            put_char(f, '.');
        else if (i > 0 && grouped && left > 0 && left % 3 == 0)
            put_char(f, ',');
        put_char(f, i < d->count ? d->digits[i] : '0');
    }
}

static void put_scientific(struct figure *f, const struct decimal *d)
{
    char exponent[16];
    put_char(f, d->digits[0]);
    if (d->count > 1)
        put_char(f, '.');
    for (int i = 1; i < d->count; i++)
        put_char(f, d->digits[i]);
    snprintf(exponent, sizeof exponent, "e%d", d->point - 1);
    put_text(f, exponent);
}

/* ---- units ---- */

enum scale_manner { MANNER_STEPS, MANNER_HOURS, MANNER_PLAIN, MANNER_SCIENTIFIC };

struct display_scale {
    const char *unit;
    const char *prefix;
    const char *suffixes[6]; /* each for a thousand of the one before */
    int first;               /* the power of ten, of the unit, that the first suffix stands for */
    enum scale_manner manner;
    bool in_full; /* exact values are written out */
};

static const struct display_scale scales[] = {
    {"USD", "$", {"", "k", "M", "B", "T"}, 0, MANNER_STEPS, true},
    {"USD/h", "$", {""}, 0, MANNER_PLAIN, false},
    {"kWh", "", {" Wh", " kWh", " MWh", " GWh", " TWh"}, -3, MANNER_STEPS, false},
    {"kW", "", {" W", " kW", " MW", " GW"}, -3, MANNER_STEPS, false},
    {"kg", "", {" g", " kg", " t", " kt", " Mt", " Gt"}, -3, MANNER_STEPS, false},
    {"GB", "", {" GB", " TB", " PB"}, 0, MANNER_STEPS, false},
    {"h", "", {" h", "", "M h", "B h"}, 0, MANNER_HOURS, true},
    {"W", "", {" W"}, 0, MANNER_PLAIN, false},
    {"kg/kWh", "", {" kg/kWh"}, 0, MANNER_PLAIN, false},
    {"year", "", {""}, 0, MANNER_PLAIN, false},
    {"FLOP", "", {""}, 0, MANNER_SCIENTIFIC, false},
    {"count", "", {"", "k", "M", "B", "T"}, 0, MANNER_STEPS, false},
    {"", "", {""}, 0, MANNER_PLAIN, false},
};

static const struct display_scale *scale_of(const char *unit)
{
    size_t count = sizeof scales / sizeof *scales;
    for (size_t i = 0; i < count; i++)
        if (!strcmp(scales[i].unit, unit))
            return &scales[i];
    return &scales[count - 1];
}

static void put_scaled(const struct display_scale *scale, const struct decimal *d, struct figure *f)
{
    int step = 0;
    bool millions = scale->manner == MANNER_HOURS && d->point > 6; /* thousands are written out */
    if (scale->manner == MANNER_STEPS || millions)
        while (step < 5 && scale->suffixes[step + 1] && d->point - scale->first - 3 * step > 3)
            step++;
    put_sign(f, d);
    put_text(f, scale->prefix);
    int point = d->point - scale->first - 3 * step;
    if (scale->manner == MANNER_SCIENTIFIC || point > 18 || point < -6)
        put_scientific(f, d);
    else
        put_digits(f, d, point, true);
    put_text(f, scale->suffixes[step]);
}

void display_scaled(double value, int digits, const char *unit, char out[DISPLAY_FIGURE])
{
    const struct display_scale *scale = scale_of(unit);
    struct figure f = {out, 0};
    out[0] = '\0';
    if (!isfinite(value))
        return;
    struct decimal d = decimal_of(value, value == 0 ? 1 : digits);
    if (value == 0)
        d.point = scale->first + 1;
    put_scaled(scale, &d, &f);
}

void display_parted(const char *number, char out[DISPLAY_FIGURE])
{
    struct figure f = {out, 0};
    size_t whole = strspn(number, "0123456789");
    out[0] = '\0';
    for (size_t i = 0; i < whole; i++) {
        if (i > 0 && (whole - i) % 3 == 0)
            put_char(&f, ',');
        put_char(&f, number[i]);
    }
    put_text(&f, number + whole);
}

void display_output(double value, const char *unit, char out[DISPLAY_FIGURE])
{
    char percent[DISPLAY_FIGURE];
    if (strcmp(unit, "share") != 0) {
        display_scaled(value, DISPLAY_DIGITS, unit, out);
        return;
    }
    display_scaled(100 * value, DISPLAY_DIGITS, "", percent);
    snprintf(out, DISPLAY_FIGURE, "%.*s %%", DISPLAY_FIGURE - 3, percent);
}

static void put_stripped(const struct display_scale *scale, double value, struct figure *f)
{
    struct decimal d = decimal_of(value, DISPLAY_DIGITS + 1);
    int whole = d.point - scale->first;
    while (whole > 3)
        whole -= 3;
    strip_zeros(&d, whole);
    put_scaled(scale, &d, f);
}

/* To the cent; without cents where there are none, unless it is a price of some dollars. */
static void put_in_full(const struct display_scale *scale, double value, struct figure *f)
{
    bool money = scale->prefix[0] != '\0';
    struct decimal d = decimal_of(value, 17); /* fewer digits may round up to a place more */
    d = decimal_of(value, d.point + (fabs(value) < 1 ? DISPLAY_DIGITS + 1 : 2));
    strip_zeros(&d, d.point);
    if (money && (d.count > d.point || fabs(value) < 100))
        while (d.count < d.point + 2)
            d.digits[d.count++] = '0';
    put_sign(f, &d);
    put_text(f, scale->prefix);
    put_digits(f, &d, d.point, true);
    if (!money)
        put_text(f, scale->suffixes[0]);
}

void display_exact(double value, const char *unit, char out[DISPLAY_FIGURE])
{
    const struct display_scale *scale = scale_of(unit);
    struct figure f = {out, 0};
    out[0] = '\0';
    if (!isfinite(value))
        return;
    if (value == 0) {
        display_scaled(0, 1, unit, out);
        return;
    }
    if (scale->in_full && fabs(value) >= 0.01 && fabs(value) < 1e13)
        put_in_full(scale, value, &f);
    else
        put_stripped(scale, value, &f);
}

void display_short(double value, const char *unit, char out[DISPLAY_FIGURE])
{
    struct figure f = {out, 0};
    out[0] = '\0';
    if (value == 0)
        display_scaled(0, 1, unit, out);
    else if (isfinite(value))
        put_stripped(scale_of(unit), value, &f);
}

int display_digits(double value, double standard_error)
{
    if (!(standard_error > 0) || value == 0 || !isfinite(value))
        return DISPLAY_DIGITS;
    /* The last digit shown stands for at least half a standard error. */
    int digits = 1 + (int)floor(log10(fabs(value))) - (int)ceil(log10(standard_error / 2));
    return digits < 1 ? 1 : digits > DISPLAY_DIGITS ? DISPLAY_DIGITS : digits;
}

const char *display_plural(const char *number)
{
    return strcmp(number, "1") == 0 ? "" : "s";
}

void display_number(double value, int digits, bool grouped, char out[DISPLAY_FIGURE])
{
    struct figure f = {out, 0};
    out[0] = '\0';
    if (!isfinite(value))
        return;
    struct decimal d = decimal_of(value, digits);
    if (value == 0)
        d.point = 1;
    strip_zeros(&d, 0);
    put_sign(&f, &d);
    if (d.point > 15 || d.point < -4)
        put_scientific(&f, &d);
    else
        put_digits(&f, &d, d.point, grouped);
}

void display_range(double low, double high, const char *unit, char *out, size_t size)
{
    char from[DISPLAY_FIGURE], to[DISPLAY_FIGURE];
    bool money = !strcmp(unit, "USD/h") || !strcmp(unit, "USD");
    int digits = low == high ? DISPLAY_EXACT : DISPLAY_DIGITS;
    if (money && low != high) {
        display_scaled(low, digits, unit, from);
        display_scaled(high, digits, unit, to);
    } else if (money) {
        display_exact(low, "USD", from);
    } else {
        display_number(low, digits, true, from);
        display_number(high, digits, true, to);
    }
    const char *suffix = !money ? unit : !strcmp(unit, "USD/h") ? "/h" : "";
    const char *gap = money || !*unit || !strcmp(unit, "%") ? "" : " ";
    if (low == high)
        snprintf(out, size, "%s%s%s", from, gap, suffix);
    else
        snprintf(out, size, "%s to %s%s%s", from, to, gap, suffix);
}

void display_month(const char *date, char out[DISPLAY_FIGURE])
{
    snprintf(out, DISPLAY_FIGURE, "%s", date);
    if (strlen(out) == 10 && !strcmp(out + 7, "-01"))
        out[7] = '\0';
}

/* ---- text ---- */

size_t display_columns(const char *text)
{
    size_t columns = 0;
    while (*text)
        columns += glyph_columns(glyph_shown(&text));
    return columns;
}

/* Names in files and arguments may hold what a terminal would obey: nothing is written past this. */
static void put_glyphs(FILE *out, const char *text, size_t count)
{
    char bytes[GLYPH_BYTES];
    for (const char *end = text + count; text < end;) {
        glyph_bytes(glyph_shown(&text), bytes);
        fputs(bytes, out);
    }
}

void display_text(FILE *out, const char *text)
{
    put_glyphs(out, text, strlen(text));
}

static size_t columns_of(const char *text, size_t count)
{
    size_t columns = 0;
    for (const char *end = text + count; text < end;)
        columns += glyph_columns(glyph_shown(&text));
    return columns;
}

static bool is_unit(const char *word, size_t length)
{
    static const char *const units[] = {"%",   "h",  "W", "kW", "MW", "kWh", "MWh", "GWh",
                                        "TWh", "kg", "t", "kt", "Mt", "GB",  "TB"};
    while (length && strchr(",;.:)", word[length - 1]))
        length--;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i]) == length && !strncmp(units[i], word, length))
            return true;
    return false;
}

/* A figure keeps its unit. */
static size_t word_length(const char *word)
{
    size_t length = strcspn(word, " \n\t");
    bool figure = length && word[length - 1] >= '0' && word[length - 1] <= '9' && word[length] == ' ';
    size_t next = figure ? strcspn(word + length + 1, " \n\t") : 0;
    return next && is_unit(word + length + 1, next) ? length + 1 + next : length;
}

void display_wrapped(FILE *out, const char *text, size_t at, size_t indent, size_t width)
{
    bool fresh = true; /* nothing of ours on this line yet */
    for (const char *word = text; *word;) {
        word += strspn(word, " \n\t");
        size_t length = word_length(word), columns = columns_of(word, length);
        if (length == 0)
            break;
        if (at + !fresh + columns > width && (!fresh || at > indent)) {
            fprintf(out, "\n%*s", (int)indent, "");
            at = indent;
            fresh = true;
        }
        if (!fresh)
            putc(' ', out);
        put_glyphs(out, word, length);
        at += !fresh + columns;
        fresh = false;
        word += length;
    }
    putc('\n', out);
}
