/* The numbers of a quantity's text: digits with thousands, clocks, compound times, units, products. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/quantity_reader.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

traincost_status quantity_refuse(const struct quantity_reader *r, traincost_status status, const char *at, const char *reason)
{
    error_set(r->error, status, "%s '%.80s': %s (at %d)", r->rule->key, r->text, reason, (int)(at - r->text) + 1);
    error_place(r->error, 0, (int)(at - r->text) + 1);
    return status;
}

bool reader_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool reader_figure(char c)
{
    return c >= '0' && c <= '9';
}

void reader_skip(struct quantity_reader *r)
{
    while (*r->at == ' ' || *r->at == '\t')
        r->at++;
}

bool reader_take(struct quantity_reader *r, const char *word)
{
    reader_skip(r);
    size_t n = strlen(word);
    if (strncmp(r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

/* ---- numbers ---- */

static const double smallest = 1e-30;

double number_in_base(const struct read_number *n, double value)
{
    const struct unit_found *u = &n->unit;
    return value * u->multiplier * (u->times * u->per_times) / (u->over * u->per_over);
}

double number_value(const struct read_number *n)
{
    return number_in_base(n, n->raw);
}

static bool says_zero(const char *digits, const char *end)
{
    for (; digits < end && *digits != 'e' && *digits != 'E'; digits++)
        if (*digits >= '1' && *digits <= '9')
            return false;
    return true;
}

static traincost_status check_size(const struct quantity_reader *r, const char *digits, const struct read_number *n)
{
    double value = fabs(number_value(n));
    if (!(value <= quantity_largest))
        return quantity_refuse(r, TRAINCOST_RANGE, digits, "the number is too large");
    if (value < smallest && !says_zero(digits, r->at))
        return quantity_refuse(r, TRAINCOST_RANGE, digits, "the number is too small");
    return TRAINCOST_OK;
}

/* "2,788,000": groups of three digits behind one to three that do not begin with 0. Digits alone go to `plain`. */
enum { GROUPED_SIZE = 48 };
static size_t read_grouped(const char *text, char plain[GROUPED_SIZE])
{
    size_t first = strspn(text, "0123456789"), n = first, used = first;
    if (first == 0 || first > 3 || *text == '0' || text[first] != ',')
        return 0;
    memcpy(plain, text, first);
    while (text[n] == ',' && strspn(text + n + 1, "0123456789") == 3 && used + 8 < GROUPED_SIZE) {
        memcpy(plain + used, text + n + 1, 3);
        used += 3;
        n += 4;
    }
    if (n == first)
        return 0;
    size_t fraction = text[n] == '.' ? strspn(text + n + 1, "0123456789") : 0;
    if (fraction > 0 && used + fraction + 2 < GROUPED_SIZE) {
        memcpy(plain + used, text + n, fraction + 1);
        used += fraction + 1;
        n += fraction + 1;
    }
    plain[used] = '\0';
    return n;
}

/* The places of the digits from `digits` to `end`, times the power of ten that follows them. */
static void find_places(const char *digits, const char *end, struct read_number *n)
{
    double place = 1;
    bool fraction = false;
    int exponent = 0;
    for (const char *p = digits; p < end; p++) {
        if (*p == 'e' || *p == 'E') {
            bool negative = p[1] == '-';
            for (p += 1 + (p[1] == '-' || p[1] == '+'); p < end && exponent < 400; p++)
                exponent = 10 * exponent + (*p - '0');
            exponent = negative ? -exponent : exponent;
            break;
        }
        fraction |= *p == '.';
        place /= fraction && reader_figure(*p) ? 10 : 1;
    }
    n->written = place * (exponent && n->raw > 0 ? pow(10, exponent) : 1);
    n->telling = n->written;
    for (double left = round(n->raw / n->written); left >= 10 && left < 1e15 && fmod(left, 10) == 0; left /= 10)
        n->telling *= 10;
}

static const char *spelt_out(const char *text)
{
    static const char *const words[] = {"one", "two",  "three", "four", "five",   "six",     "seven",  "eight", "nine",
                                        "ten", "half", "a",     "an",   "eleven", "several", "twelve", "tens",
                                        "dozens", "hundreds", "thousands", "millions", "billions", NULL};
    for (const char *const *w = words; *w; w++)
        if (!strncmp(text, *w, strlen(*w)) && !reader_letter(text[strlen(*w)]))
            return "write it in figures, as in 3 weeks";
    return NULL;
}

static traincost_status refuse_digits(struct quantity_reader *r)
{
    if (text_same(r->at, "nan") || text_same(r->at, "inf") || text_same(r->at, "infinity"))
        return quantity_refuse(r, TRAINCOST_SYNTAX, r->at, "not a finite number");
    const char *spelt = spelt_out(r->at);
    char reason[240];
    snprintf(reason, sizeof reason, "a number is %s%s%s; %s takes %s", *r->at ? "expected" : "missing",
             spelt ? ": " : "", spelt ? spelt : "", r->rule->key, dimension_usage(r->rule->dimension));
    return quantity_refuse(r, TRAINCOST_SYNTAX, r->at, reason);
}

/* A digit or a minus, plain or raised; gives its bytes, 0 where it is neither. */
static size_t exponent_sign(const char *text, bool raised, char *sign)
{
    static const char *const above[] = {"\xe2\x81\xb0", "\xc2\xb9",     "\xc2\xb2",     "\xc2\xb3",
                                        "\xe2\x81\xb4", "\xe2\x81\xb5", "\xe2\x81\xb6", "\xe2\x81\xb7",
                                        "\xe2\x81\xb8", "\xe2\x81\xb9", "\xe2\x81\xbb"};
    static const char plain[] = "0123456789-";
    for (size_t i = 0; plain[i]; i++) {
        size_t n = raised ? strlen(above[i]) : 1;
        *sign = plain[i];
        if (raised ? !strncmp(text, above[i], n) : *text == plain[i])
            return n;
    }
    return 0;
}

/* "10^24", "10²⁴", and nothing else to a power. */
static void read_power_of_ten(struct quantity_reader *r, struct read_number *n)
{
    bool raised = *r->at != '^';
    const char *at = r->at + !raised;
    char power[8] = "1e", sign;
    size_t used = 2, length;
    if (n->raw != 10)
        return;
    for (; used + 1 < sizeof power && (length = exponent_sign(at, raised, &sign)); at += length) {
        if (sign == '-' && used > 2)
            break;
        power[used++] = sign;
    }
    bool negative = power[2] == '-';
    if (used == 2 + (size_t)negative || used > 4 + (size_t)negative)
        return;
    text_number(power, &n->raw);
    n->written = n->telling = 0;
    r->at = at;
}

static traincost_status read_digits(struct quantity_reader *r, struct read_number *n)
{
    char plain[GROUPED_SIZE];
    const char *digits = r->at;
    size_t grouped = r->in_call ? 0 : read_grouped(r->at, plain);
    size_t length = text_number(grouped ? plain : r->at, &n->raw);
    if (length == 0)
        return refuse_digits(r);
    r->at += grouped ? grouped : length;
    if (*r->at == ',' && !r->in_call && reader_figure(r->at[1]))
        return quantity_refuse(r, TRAINCOST_SYNTAX, r->at,
                      "a comma parts thousands, as in 1,000; a fraction has a point, as in 0.5");
    if (*r->at == '.' && !r->in_call && reader_figure(r->at[1]))
        return quantity_refuse(r, TRAINCOST_SYNTAX, r->at,
                      "a number has one point, in front of its fraction; a comma parts thousands, as in 1,000");
    if (*digits == '0' && (digits[1] == 'x' || digits[1] == 'X') && reader_figure(digits[2]))
        return quantity_refuse(r, TRAINCOST_UNIT, digits + 1, "'x' is no unit here; a number is decimal");
    if (grouped)
        find_places(plain, plain + length, n);
    else
        find_places(digits, r->at, n);
    read_power_of_ten(r, n);
    return TRAINCOST_OK;
}

/* ---- clocks ---- */

static size_t clock_field(const char *text, int digits, long *value)
{
    size_t n = 0;
    for (*value = 0; reader_figure(text[n]) && n < 9; n++)
        *value = 10 * *value + (text[n] - '0');
    return digits && n != (size_t)digits ? 0 : n;
}

/* "49:24:56", and as Slurm prints it "2-01:24:56" and "2-01:24"; returns the bytes taken. */
static size_t read_clock(const char *text, double *hours)
{
    long days = 0, h, m, s = 0;
    size_t at = strspn(text, "0123456789"), n;
    bool has_days = at > 0 && at < 7 && text[at] == '-' && reader_figure(text[at + 1]) &&
                    reader_figure(text[at + 2]) && text[at + 3] == ':';
    at = has_days ? clock_field(text, 0, &days) + 1 : 0;
    if (!(n = clock_field(text + at, has_days ? 2 : 0, &h)) || text[at + n] != ':')
        return 0;
    at += n + 1;
    if (!(n = clock_field(text + at, 2, &m)))
        return 0;
    at += n;
    if (text[at] == ':') {
        if (!(n = clock_field(text + at + 1, 2, &s)))
            return 0;
        at += 1 + n;
    } else if (!has_days)
        return 0;
    double fraction = 0;
    if (text[at] == '.' && reader_figure(text[at + 1])) {
        char plain[16];
        n = strspn(text + at + 1, "0123456789");
        snprintf(plain, sizeof plain, "0.%.*s", n < 9 ? (int)n : 9, text + at + 1);
        text_number(plain, &fraction);
        at += 1 + n;
    }
    if (m > 59 || s > 59 || (has_days && h > 23))
        return 0;
    *hours = (double)(24 * days + h) + ((double)(60 * m + s) + fraction) / 3600;
    return at;
}

/* Sets `n` to a time in the dimension's base unit. */
static void set_hours(const struct quantity_reader *r, struct read_number *n, double hours, double place)
{
    double base = r->rule->dimension == DIMENSION_SECONDS ? 3600 : 1;
    n->unit = unit_none;
    n->unit.has_unit = true;
    n->raw = hours * base;
    n->written = n->telling = place * base;
}

static traincost_status read_clocked(struct quantity_reader *r, struct read_number *n, bool *taken)
{
    double hours;
    size_t length = dimension_is_time(r->rule->dimension) ? read_clock(r->at, &hours) : 0;
    *taken = length > 0;
    if (*taken) {
        r->at += length;
        set_hours(r, n, hours, 1.0 / 3600);
        return TRAINCOST_OK;
    }
    size_t digits = strspn(r->at, "0123456789");
    if (digits > 0 && r->at[digits] == '-') /* days, as in front of a clock */
        digits += 1 + strspn(r->at + digits + 1, "0123456789");
    if (dimension_is_time(r->rule->dimension) && digits > 0 && r->at[digits] == ':')
        return quantity_refuse(r, TRAINCOST_SYNTAX, r->at + digits,
                      "a clock is hours:minutes:seconds, as in 49:24:56, or days-hours:minutes:seconds, as in "
                      "2-01:24:56; or write 1h 30min");
    return TRAINCOST_OK;
}

/* "2d 7h 51min", "1h30m", "2 days, 7 hours and 5 minutes": units that shrink. */
static traincost_status read_compound(struct quantity_reader *r, struct read_number *n)
{
    double step = n->unit.times / n->unit.over, base = r->rule->dimension == DIMENSION_SECONDS ? 3600 : 1;
    for (;;) {
        const char *before = r->at;
        struct read_number next = {.unit = unit_none};
        reader_skip(r);
        if (!r->in_call && *r->at == ',')
            r->at++;
        reader_skip(r);
        if (!strncmp(r->at, "and ", 4))
            r->at += 4;
        reader_skip(r);
        const char *digits = r->at;
        size_t length = text_number(r->at, &next.raw), unit = 0;
        r->at += length;
        reader_skip(r);
        if (length > 0)
            unit = unit_time(r->at, true, &next.unit);
        if (unit == 0 || !(base * next.unit.times / next.unit.over < step)) {
            r->at = before;
            return TRAINCOST_OK;
        }
        find_places(digits, digits + length, &next);
        r->at += unit;
        step = base * next.unit.times / next.unit.over;
        double value = number_value(n) + base * number_value(&next), place = base * number_in_base(&next, next.written);
        n->unit = unit_none;
        n->unit.has_unit = true;
        n->raw = value;
        n->written = n->telling = place;
    }
}

/* ---- units ---- */

/* What stands there up to a blank: letters, signs and what joins them. */
static size_t unit_length(const char *text)
{
    size_t n = 0;
    while (reader_letter(text[n]) || text[n] == '$' || text[n] == '%' || text[n] == '/' || (unsigned char)text[n] >= 0x80 ||
           (n > 0 && (text[n] == '-' || reader_figure(text[n]))))
        n++;
    return n;
}

static const char *name_of_unit(const char *at, enum dimension but)
{
    static const enum dimension order[] = {
        DIMENSION_TIME,         DIMENSION_POWER,         DIMENSION_ENERGY, DIMENSION_MASS, DIMENSION_MONEY,
        DIMENSION_MONEY_PER_HOUR, DIMENSION_MONEY_PER_KWH, DIMENSION_CARBON, DIMENSION_SHARE, DIMENSION_FLOP,
        DIMENSION_CHIP_TIME,    DIMENSION_CHIPS,         DIMENSION_TOKENS, DIMENSION_PARAMS, DIMENSION_THROUGHPUT};
    const char *wrong;
    if (!strncmp(at, "per ", 4))
        return NULL;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        struct unit_found found = unit_none;
        if (order[i] != but && unit_read(order[i], at, &found, &wrong) > 0 && found.has_unit)
            return dimension_name(order[i]);
    }
    return NULL;
}

static traincost_status refuse_unit(struct quantity_reader *r, const char *at)
{
    char unit[32], reason[360];
    enum dimension dimension = r->rule->dimension;
    size_t length = unit_length(at);
    snprintf(unit, sizeof unit, "%.*s", length < sizeof unit ? (int)length : (int)sizeof unit - 1, at);
    const char *name = name_of_unit(at, dimension), *usage = dimension_usage(dimension);
    if (!strcmp(unit, "m") && dimension_is_time(dimension))
        snprintf(reason, sizeof reason, "'m' may be minutes or months: write min or mo; %s takes %s", r->rule->key,
                 usage);
    else if (name)
        snprintf(reason, sizeof reason, "'%s' is %s; %s takes %s", unit, name, r->rule->key, usage);
    else
        snprintf(reason, sizeof reason, "'%s' is no unit here; %s takes %s%s", unit, r->rule->key, usage,
                 length == 1 && strchr("mbgtpe", at[0]) ? "; multipliers are k M B T" : "");
    return quantity_refuse(r, TRAINCOST_UNIT, at, reason);
}

static traincost_status read_unit(struct quantity_reader *r, struct read_number *n)
{
    const char *wrong;
    int length = unit_read(r->rule->dimension, r->at, &n->unit, &wrong);
    if (length < 0)
        return refuse_unit(r, wrong);
    r->at += length;
    if (n->unit.has_unit && dimension_is_time(r->rule->dimension))
        return read_compound(r, n);
    return TRAINCOST_OK;
}

/* ---- products ---- */

/* "x", "*" or "/" in front of a digit; returns the bytes up to it. */
static size_t read_operator(const char *text, bool *divides)
{
    static const char *const times[] = {"x", "X", "*", "\xc3\x97", "\xc2\xb7"};
    size_t n = strspn(text, " \t"), sign = 0;
    *divides = text[n] == '/';
    for (size_t i = 0; i < sizeof times / sizeof *times && !*divides && sign == 0; i++)
        sign = strncmp(text + n, times[i], strlen(times[i])) ? 0 : strlen(times[i]);
    if (!*divides && sign == 0)
        return 0;
    n += *divides ? 1 : sign;
    n += strspn(text + n, " \t");
    return reader_figure(text[n]) ? n : 0;
}

static bool is_whole_number(const struct read_number *n)
{
    return n->written == 0 || (n->written >= 1 && !n->unit.has_multiplier);
}

/* Counts multiply to a count; what was measured leaves its rounding to the product. */
static void multiply_in(struct read_number *n, const struct read_number *by, bool divides)
{
    double value = divides ? n->raw / by->raw : n->raw * by->raw;
    double left = is_whole_number(n) ? 0 : n->telling / n->raw, right = is_whole_number(by) ? 0 : by->telling / by->raw;
    double rounding = left > right ? left : right;
    n->raw = value;
    n->written = n->telling = rounding * value;
}

static traincost_status read_factor(struct quantity_reader *r, struct read_number *n, const char *digits)
{
    bool divides, multiplied = false;
    size_t length;
    while ((length = read_operator(r->at, &divides)) > 0) {
        struct read_number by = {.unit = unit_none};
        if (r->rule->dimension == DIMENSION_PARAMS)
            return quantity_refuse(r, TRAINCOST_SYNTAX, r->at,
                          "experts are no factor: write all parameters and, in active-params, those of a token");
        r->at += length;
        traincost_status status = read_digits(r, &by);
        if (status)
            return status;
        if (divides && by.raw == 0)
            return quantity_refuse(r, TRAINCOST_RANGE, digits, "it is divided by 0");
        if (n->unit.has_multiplier) { /* 2k x 8: the multiplier is of the first alone */
            n->raw *= n->unit.multiplier;
            n->written *= n->unit.multiplier;
            n->telling *= n->unit.multiplier;
            n->unit.multiplier = 1;
            n->unit.has_multiplier = false;
            multiplied = true;
        }
        multiply_in(n, &by, divides);
        bool had_unit = n->unit.has_unit && n->unit.times / n->unit.over != 1;
        status = had_unit ? TRAINCOST_OK : read_unit(r, n);
        if (status)
            return status;
    }
    n->unit.has_multiplier |= multiplied; /* so that another beside it lends none */
    return TRAINCOST_OK;
}

/* ---- a number with all that belongs to it ---- */

static bool take_minus(struct quantity_reader *r)
{
    return reader_take(r, "-") || reader_take(r, "\xe2\x88\x92");
}

/* "38.000": thousands to who writes a comma before a fraction, and thousandths to who writes a point. */
static bool is_parted_by_point(const char *digits, const char *end)
{
    size_t whole = strspn(digits, "0123456789");
    return *digits != '0' && whole >= 1 && whole <= 3 && digits[whole] == '.' &&
           strspn(digits + whole + 1, "0123456789") == 3 && end == digits + whole + 4;
}

/* An amount of another currency has no thousandths. */
static traincost_status check_point(struct quantity_reader *r, const char *digits, const char *end,
                                    const struct read_number *n)
{
    if (r->rule->dimension != DIMENSION_MONEY || n->unit.currency <= CURRENCY_USD || n->unit.has_multiplier ||
        !is_parted_by_point(digits, end))
        return TRAINCOST_OK;
    return quantity_refuse(r, TRAINCOST_SYNTAX, digits, "a point is in front of a fraction: write 38,000 or 38k for thousands");
}

traincost_status reader_number(struct quantity_reader *r, struct read_number *n)
{
    *n = (struct read_number){.unit = unit_none};
    reader_skip(r);
    bool negative = take_minus(r), clocked = false;
    if (dimension_is_money(r->rule->dimension)) {
        r->at += unit_currency(r->at, &n->unit);
        reader_skip(r);
    }
    const char *digits = r->at;
    traincost_status status = read_clocked(r, n, &clocked);
    if (status == TRAINCOST_OK && !clocked) {
        bool divides;
        status = read_digits(r, n);
        const char *end = r->at;
        if (status == TRAINCOST_OK && read_operator(r->at, &divides) == 0)
            status = read_unit(r, n);
        if (status == TRAINCOST_OK)
            status = check_point(r, digits, end, n);
    }
    if (status == TRAINCOST_OK)
        status = read_factor(r, n, digits);
    if (status)
        return status;
    if (negative)
        n->raw = -n->raw;
    return check_size(r, digits, n);
}
