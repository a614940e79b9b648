/* Numbers and names as text, whatever the locale. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* strtod_l */
#include "base/text.h"

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool text_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* ---- numbers ---- */

/* The digits of a number for strtod_l. Those behind the first 480 do not change a double. */
enum { DIGITS_KEPT = 480, PLAIN_SIZE = 512 };

struct plain_number {
    char text[PLAIN_SIZE]; /* significant digits, without a point */
    size_t used, dropped;
    size_t seen; /* digits, leading zeros too */
};

/* Digits with single '_' between them, leading zeros left out; returns the bytes taken. */
static size_t scan_digits(const char *text, struct plain_number *plain)
{
    size_t i = 0;
    for (; text_is_digit(text[i]) ||
           (text[i] == '_' && i > 0 && text_is_digit(text[i - 1]) && text_is_digit(text[i + 1]));
         i++) {
        plain->seen += text[i] != '_';
        if (text[i] == '_' || (plain->used == 0 && text[i] == '0'))
            continue;
        if (plain->used < DIGITS_KEPT)
            plain->text[plain->used++] = text[i];
        else
            plain->dropped++;
    }
    return i;
}

static size_t scan_exponent(const char *text, long *exponent)
{
    const long most = 100000000;
    if (text[0] != 'e' && text[0] != 'E')
        return 0;
    size_t sign = text[1] == '+' || text[1] == '-', i = 1 + sign;
    if (!text_is_digit(text[i]))
        return 0;
    for (; text_is_digit(text[i]); i++)
        *exponent = *exponent < most ? 10 * *exponent + (text[i] - '0') : most;
    if (text[1] == '-')
        *exponent = -*exponent;
    return i;
}

static double read_plain(const char *plain)
{
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    if (c_locale == (locale_t)0)
        return strtod(plain, NULL);
    double value = strtod_l(plain, NULL, c_locale);
    freelocale(c_locale);
    return value;
}

/* Up to 15 digits and 10^22 are doubles without rounding, so that one product or quotient of them rounds once
 * (Clinger 1990). */
static bool small_number(const struct plain_number *plain, long exponent, double *value)
{
    static const double tens[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    if (plain->used > 15 || exponent < -22 || exponent > 22)
        return false;
    long digits = 0;
    for (size_t i = 0; i < plain->used; i++)
        digits = 10 * digits + (plain->text[i] - '0');
    *value = exponent < 0 ? (double)digits / tens[-exponent] : (double)digits * tens[exponent];
    return true;
}

size_t text_number(const char *text, double *value)
{
    struct plain_number plain;
    plain.used = plain.dropped = plain.seen = 0;
    size_t i = scan_digits(text, &plain), whole = plain.seen;
    long exponent = 0;
    if (text[i] == '.' && text_is_digit(text[i + 1]))
        i += 1 + scan_digits(text + i + 1, &plain);
    if (plain.seen == 0)
        return 0;
    i += scan_exponent(text + i, &exponent);
    exponent += (long)plain.dropped - (long)(plain.seen - whole);
    if (small_number(&plain, exponent, value))
        return i;
    snprintf(plain.text + plain.used, PLAIN_SIZE - plain.used, "%se%ld", plain.used ? "" : "0", exponent);
    *value = read_plain(plain.text);
    return i;
}

/* printf's point follows the locale, so only the digits and the exponent are taken from it. */
static int decimal_digits(double value, int digits, char out[TEXT_NUMBER])
{
    char raw[64];
    snprintf(raw, sizeof raw, "%.*e", digits - 1, fabs(value));
    const char *e = strchr(raw, 'e');
    int count = 0;
    for (const char *p = raw; p < e && count < TEXT_NUMBER - 1; p++)
        if (text_is_digit(*p))
            out[count++] = *p;
    while (count > 1 && out[count - 1] == '0')
        count--;
    out[count] = '\0';
    return atoi(e + 1);
}

static char *join_digits(bool negative, const char *digits, int exponent, char out[TEXT_NUMBER])
{
    int count = (int)strlen(digits), n = 0;
    if (negative)
        out[n++] = '-';
    if (exponent < -5 || exponent > 15) {
        snprintf(out + n, TEXT_NUMBER - 1, "%c%s%.16se%d", digits[0], count > 1 ? "." : "", digits + 1,
                 exponent % 1000);
        return out;
    }
    if (exponent < 0) {
        snprintf(out + n, TEXT_NUMBER - 1, "0.%.*s%.17s", -exponent - 1, "00000", digits);
        return out;
    }
    for (int i = 0; i < count || i <= exponent; i++) {
        if (i == exponent + 1)
            out[n++] = '.';
        out[n++] = i < count ? digits[i] : '0';
    }
    out[n] = '\0';
    return out;
}

char *text_print_digits(double value, int digits, char out[TEXT_NUMBER])
{
    if (!isfinite(value)) {
        snprintf(out, TEXT_NUMBER, "%s", isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
        return out;
    }
    if (value == 0) {
        memcpy(out, "0", 2);
        return out;
    }
    char figures[TEXT_NUMBER];
    int exponent = decimal_digits(value, digits, figures);
    return join_digits(value < 0, figures, exponent, out);
}

char *text_print_grouped(double value, int digits, char out[TEXT_NUMBER])
{
    char plain[TEXT_NUMBER];
    size_t from = strspn(text_print_digits(value, digits, plain), "-"), n = 0;
    size_t to = from + strspn(plain + from, "0123456789");
    for (size_t i = 0; plain[i]; i++) {
        if (i > from && i < to && (to - i) % 3 == 0)
            out[n++] = ',';
        out[n++] = plain[i];
    }
    out[n] = '\0';
    return out;
}

char *text_print_number(double value, char out[TEXT_NUMBER])
{
    /* 15 digits are always kept, but by subnormal numbers; trailing zeros are not printed */
    for (int digits = fabs(value) < DBL_MIN ? 1 : 15; digits < 17; digits++) {
        double back = 0;
        text_print_digits(value, digits, out);
        text_number(out + (out[0] == '-'), &back);
        if (back == fabs(value))
            return out;
    }
    return text_print_digits(value, 17, out);
}

/* ---- names ---- */

/* How many bytes the UTF-8 sequence at `at` has, 0 where it is none (an overlong one, a surrogate). */
static size_t sequence_length(const unsigned char *at, size_t left)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t length = *at < 0x80 ? 1 : *at < 0xC2 ? 0 : *at < 0xE0 ? 2 : *at < 0xF0 ? 3 : *at < 0xF5 ? 4 : 0;
    if (length > left)
        return 0;
    unsigned code = length < 2 ? *at : *at & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        code = code << 6 | (at[i] & 0x3Fu);
    }
    bool surrogate = code >= 0xD800 && code < 0xE000;
    return length > 1 && (code < least[length] || code > 0x10FFFF || surrogate) ? 0 : length;
}

bool text_is_clean(const char *text, size_t length, int *line, const char **why)
{
    *line = 1;
    for (size_t i = 0, n; i < length; i += n) {
        n = sequence_length((const unsigned char *)text + i, length - i);
        *why = !text[i] ? "a zero byte: is it UTF-16?" : !n ? "is not UTF-8" : NULL;
        if (*why)
            return false;
        *line += text[i] == '\n';
    }
    return true;
}

bool text_same(const char *a, const char *b)
{
    for (; *a && lower(*a) == lower(*b); a++, b++)
        ;
    return *a == *b;
}

bool text_begins(const char *text, const char *begin)
{
    for (; *begin && lower(*text) == lower(*begin); text++, begin++)
        ;
    return !*begin;
}

static bool is_squeezed(char lower_case)
{
    return text_is_digit(lower_case) || (lower_case >= 'a' && lower_case <= 'z');
}

void text_squeeze(const char *text, char *out, size_t size)
{
    size_t n = 0;
    for (; *text && n + 1 < size; text++)
        if (is_squeezed(lower(*text)))
            out[n++] = lower(*text);
    out[n] = '\0';
}

bool text_ends_in(const char *text, size_t length, const char *plain, size_t plain_length)
{
    while (length > 0 && plain_length > 0) {
        char c = lower(text[--length]);
        if (is_squeezed(c) && c != plain[--plain_length])
            return false;
    }
    return plain_length == 0;
}

static int least(int a, int b, int c)
{
    int m = a < b ? a : b;
    return m < c ? m : c;
}

int text_distance(const char *a, const char *b)
{
    enum { MOST = 63, FAR = 1000 };
    size_t n = strlen(a), m = strlen(b);
    if (n > MOST || m > MOST)
        return FAR;
    int row[3][MOST + 1];
    for (size_t j = 0; j <= m; j++)
        row[0][j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        int *now = row[i % 3], *before = row[(i + 2) % 3], *earlier = row[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            bool same = lower(a[i - 1]) == lower(b[j - 1]);
            now[j] = least(before[j] + 1, now[j - 1] + 1, before[j - 1] + !same);
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]))
                now[j] = least(now[j], earlier[j - 2] + 1, FAR);
        }
    }
    return row[n % 3][m];
}

/* A slip of the pen is an edit, and one more for every four letters, but not most of a word. */
static int text_slips(const char *given, const char *name)
{
    size_t n = strlen(given), m = strlen(name), shorter = n < m ? n : m, longer = n < m ? m : n;
    size_t most = 1 + shorter / 4;
    return (int)(most < longer / 2 ? most : longer / 2);
}

/* Letters of a word that the other has not, each of which takes an edit: at once, where the distance takes n m steps. */
static size_t letters_missing(const char *word, const char *other)
{
    uint64_t has = 0;
    size_t missing = 0;
    for (; *other; other++)
        has |= (uint64_t)1 << (lower(*other) & 63);
    for (; *word; word++)
        missing += !(has >> (lower(*word) & 63) & 1);
    return missing;
}

bool text_is_slip(const char *given, const char *name)
{
    size_t n = strlen(given), m = strlen(name), most = (size_t)text_slips(given, name);
    return (n < m ? m - n : n - m) <= most && letters_missing(given, name) <= most && text_distance(given, name) <= (int)most;
}

void text_try(struct text_search *search, const char *name)
{
    if (!text_is_slip(search->given, name))
        return;
    int distance = text_distance(search->given, name);
    if (!search->nearest || distance < search->distance) {
        search->nearest = name;
        search->distance = distance;
    }
}

const char *text_meant(const struct text_search *search)
{
    return search->nearest;
}

/* ---- strings ---- */

void text_add_bytes(struct text_buffer *buffer, const char *bytes, size_t count)
{
    if (buffer->failed)
        return;
    if (buffer->length + count + 1 > buffer->size) {
        size_t size = 2 * (buffer->length + count) + 64;
        char *grown = realloc(buffer->text, size);
        if (!grown) {
            buffer->failed = true;
            return;
        }
        buffer->text = grown;
        buffer->size = size;
    }
    memcpy(buffer->text + buffer->length, bytes, count);
    buffer->length += count;
    buffer->text[buffer->length] = '\0';
}

void text_add(struct text_buffer *buffer, const char *text)
{
    text_add_bytes(buffer, text, strlen(text));
}

const char *text_trim(const char *text, size_t *length)
{
    static const char blanks[] = " \t\r\n";
    if (!strncmp(text, "\xEF\xBB\xBF", 3))
        text += 3;
    text += strspn(text, blanks);
    *length = strlen(text);
    while (*length > 0 && strchr(blanks, text[*length - 1]))
        --*length;
    return text;
}

char *text_copy(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}
