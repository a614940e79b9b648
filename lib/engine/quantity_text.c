/* Quantities as people write them. traincost-scenario(5) states the grammar. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/quantity_reader.h"

#include <math.h>
#include <string.h>

/* Of a lognormal's 95 % quantile over its 5 % one. */
static const double widest = 1e12;

/* What was said once of two numbers holds for both: "$2 to $3 /h", "10..20 MW". */
static traincost_status share_unit(struct quantity_reader *r, struct read_number *a, struct read_number *b)
{
    if (a->unit.currency >= 0 && b->unit.currency >= 0 && a->unit.currency != b->unit.currency)
        return quantity_refuse(r, TRAINCOST_UNIT, r->text, "the two numbers are in two currencies");
    struct read_number *pair[] = {a, b, a};
    for (int i = 0; i < 2; i++) {
        struct unit_found *to = &pair[i]->unit;
        const struct unit_found *from = &pair[i + 1]->unit;
        if (!to->has_per && from->has_per) {
            to->has_per = true;
            to->per = from->per;
            to->per_times = from->per_times;
            to->per_over = from->per_over;
        }
        if (!to->has_unit && from->has_unit) {
            to->has_unit = true;
            to->times = from->times;
            to->over = from->over;
            to->is_percent = from->is_percent;
            to->rate = from->rate;
        }
        if (to->currency < 0) {
            to->currency = from->currency;
            to->may_be_yen = from->may_be_yen;
        }
    }
    return TRAINCOST_OK;
}

static void set_multiplier(struct read_number *n, const struct read_number *from)
{
    n->unit.multiplier = from->unit.multiplier;
}

static void set_stated(quantity *q, const struct read_number *n)
{
    q->a = number_value(n);
    q->written = number_in_base(n, n->written);
    q->telling = number_in_base(n, n->telling);
    q->currency = (unsigned char)(n->unit.currency < 0 ? CURRENCY_USD : n->unit.currency);
    q->per = (unsigned char)n->unit.per;
    q->rate = (unsigned char)n->unit.rate;
    q->may_be_yen = n->unit.may_be_yen;
}

/* ---- two numbers ---- */

/* "10..20 MW", "1 d..30" and "1..2M" mean both ends; "800..1.2k" means what it says, as 800k is past 1.2k. */
static traincost_status read_interval(struct quantity_reader *r, struct read_number *low, quantity *q)
{
    struct read_number high;
    traincost_status status = reader_number(r, &high);
    if (status == TRAINCOST_OK)
        status = share_unit(r, low, &high);
    if (status)
        return status;
    if (!low->unit.has_multiplier && high.unit.has_multiplier &&
        number_value(low) * high.unit.multiplier <= number_value(&high))
        set_multiplier(low, &high);
    if (!high.unit.has_multiplier && low->unit.has_multiplier && number_value(&high) < number_value(low))
        set_multiplier(&high, low);
    set_stated(q, low);
    q->written = q->telling = 0;
    q->form = FORM_INTERVAL;
    q->b = number_value(&high);
    if (q->a > q->b)
        return quantity_refuse(r, TRAINCOST_RANGE, r->text, "the range runs backwards");
    if (!(q->b <= quantity_largest) || (q->a > 0 && q->b > widest * q->a))
        return quantity_refuse(r, TRAINCOST_RANGE, r->text, "the ends are too far apart");
    return TRAINCOST_OK;
}

/* "2 +- 0.5" and "2 +- 25%"; beside a percentage ("40% +- 5%") the width is absolute. */
static traincost_status read_plus_minus(struct quantity_reader *r, struct read_number *middle, quantity *q)
{
    struct read_number width = {.unit = unit_none};
    reader_skip(r);
    const char *start = r->at;
    size_t length = text_number(r->at, &width.raw);
    q->form = FORM_PLUS_MINUS;
    if (length > 0 && r->at[length] == '%' && !middle->unit.is_percent) {
        r->at += length + 1;
        set_stated(q, middle);
        q->b = width.raw * fabs(q->a) / 100;
        q->written = q->telling = 0;
        return q->b > quantity_largest ? quantity_refuse(r, TRAINCOST_RANGE, start, "the width is too large") : TRAINCOST_OK;
    }
    traincost_status status = reader_number(r, &width);
    bool bare = !width.unit.has_unit && !width.unit.has_multiplier;
    if (status == TRAINCOST_OK)
        status = share_unit(r, middle, &width);
    if (status)
        return status;
    if (bare && middle->unit.has_multiplier)
        set_multiplier(&width, middle);
    set_stated(q, middle);
    q->written = q->telling = 0;
    q->b = number_value(&width);
    return q->b < 0 ? quantity_refuse(r, TRAINCOST_RANGE, start, "a width is not negative") : TRAINCOST_OK;
}

/* ---- calls ---- */

static const struct {
    const char *name;
    enum quantity_form form;
    int numbers;
} calls[] = {{"normal", FORM_NORMAL, 2},
             {"lognormal", FORM_LOGNORMAL, 2},
             {"uniform", FORM_UNIFORM, 2},
             {"triangular", FORM_TRIANGULAR, 3},
             {"pert", FORM_PERT, 3}};

static traincost_status check_call(struct quantity_reader *r, const char *start, quantity *q)
{
    switch (q->form) {
    case FORM_NORMAL:
        return q->b < 0 ? quantity_refuse(r, TRAINCOST_RANGE, start, "a standard deviation is not negative")
                        : TRAINCOST_OK;
    case FORM_LOGNORMAL:
        if (q->a <= 0)
            return quantity_refuse(r, TRAINCOST_RANGE, start, "the median of a lognormal is above 0");
        if (q->b < 1)
            return quantity_refuse(r, TRAINCOST_RANGE, start,
                          "the factor is the 95 % quantile over the median: at least 1");
        return q->b * q->b > widest ? quantity_refuse(r, TRAINCOST_RANGE, start, "the factor is too large")
                                    : TRAINCOST_OK;
    case FORM_UNIFORM:
        return q->a > q->b ? quantity_refuse(r, TRAINCOST_RANGE, start, "the range runs backwards") : TRAINCOST_OK;
    case FORM_TRIANGULAR:
    case FORM_PERT:
        return q->a > q->b || q->b > q->c
                   ? quantity_refuse(r, TRAINCOST_RANGE, start,
                            "the three numbers are least, most likely and most, in that order")
                   : TRAINCOST_OK;
    case FORM_EXACT:
    case FORM_ABOUT:
    case FORM_INTERVAL:
    case FORM_PLUS_MINUS:
        break;
    }
    return TRAINCOST_OK;
}

/* The numbers between the parentheses; a factor has no unit. */
static traincost_status read_call_numbers(struct quantity_reader *r, int count, enum quantity_form form, struct read_number *numbers)
{
    const struct quantity_rule *rule = r->rule;
    struct quantity_rule plain = {rule->key, DIMENSION_RATIO, 0, 0, false};
    for (int i = 0; i < count; i++) {
        if (i > 0 && !reader_take(r, ","))
            return quantity_refuse(r, TRAINCOST_SYNTAX, r->at, "',' is expected: it takes one number more");
        r->rule = form == FORM_LOGNORMAL && i == 1 ? &plain : rule;
        traincost_status status = reader_number(r, &numbers[i]);
        r->rule = rule;
        if (status == TRAINCOST_OK && i > 0 && form != FORM_LOGNORMAL)
            status = share_unit(r, &numbers[0], &numbers[i]);
        if (status)
            return status;
    }
    return TRAINCOST_OK;
}

static traincost_status read_call(struct quantity_reader *r, quantity *q)
{
    const char *start = r->at;
    struct read_number numbers[3];
    size_t length = 0;
    while (reader_letter(r->at[length]))
        length++;
    size_t which = 0, count = sizeof calls / sizeof *calls;
    while (which < count && (strlen(calls[which].name) != length || !text_begins(r->at, calls[which].name)))
        which++;
    if (which == count)
        return quantity_refuse(r, TRAINCOST_SYNTAX, start,
                      "a number is expected, or normal, lognormal, uniform, triangular or pert(...)");
    r->at += length;
    if (!reader_take(r, "("))
        return quantity_refuse(r, TRAINCOST_SYNTAX, r->at, "'(' is expected");
    r->in_call = true;
    traincost_status status = read_call_numbers(r, calls[which].numbers, calls[which].form, numbers);
    if (status)
        return status;
    if (!reader_take(r, ")"))
        return quantity_refuse(r, TRAINCOST_SYNTAX, r->at, "')' is expected");
    set_stated(q, &numbers[0]);
    q->written = q->telling = 0;
    q->form = calls[which].form;
    q->b = number_value(&numbers[1]);
    q->c = calls[which].numbers > 2 ? number_value(&numbers[2]) : 0;
    return check_call(r, start, q);
}

/* ---- a quantity ---- */

/* "to", "..", an ellipsis, or a dash in front of a number. */
static bool take_range(struct quantity_reader *r)
{
    static const char *const dashes[] = {"-", "\xe2\x80\x93", "\xe2\x80\x94"};
    static const char *const dots[] = {"...", "..", "\xe2\x80\xa6"};
    for (size_t i = 0; i < sizeof dots / sizeof *dots; i++)
        if (reader_take(r, dots[i]))
            return true;
    if (!strncmp(r->at, "to", 2) && !reader_letter(r->at[2]))
        return reader_take(r, "to");
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++) {
        size_t n = strlen(dashes[i]);
        struct unit_found money = unit_none;
        if (strncmp(r->at, dashes[i], n) != 0)
            continue;
        const char *next = r->at + n + strspn(r->at + n, " \t");
        if (reader_figure(*next) || (dimension_is_money(r->rule->dimension) && unit_currency(next, &money)))
            return reader_take(r, dashes[i]);
    }
    return false;
}

static bool take_about(struct quantity_reader *r)
{
    static const char *const words[] = {"about ",   "around ", "roughly ", "approximately ", "approx. ", "approx ",
                                        "circa ",   "ca. ",    "c. ",      "some ",          "nearly ",  "almost "};
    if (reader_take(r, "~") || reader_take(r, "\xe2\x89\x88"))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_begins(r->at, words[i])) {
            r->at += strlen(words[i]);
            return true;
        }
    return false;
}

static bool begins_call(const struct quantity_reader *r)
{
    struct unit_found money = unit_none;
    bool named = dimension_is_money(r->rule->dimension) && unit_currency(r->at, &money) > 0;
    return reader_letter(*r->at) && !named && strchr(r->at, '(');
}

static traincost_status read_quantity(struct quantity_reader *r, quantity *q)
{
    struct read_number n;
    reader_skip(r);
    bool about = take_about(r);
    reader_skip(r);
    if (!about && begins_call(r))
        return read_call(r, q);
    traincost_status status = reader_number(r, &n);
    if (status)
        return status;
    q->form = about ? FORM_ABOUT : FORM_EXACT;
    set_stated(q, &n);
    reader_skip(r);
    if (!about && (reader_take(r, "+-") || reader_take(r, "+/-") || reader_take(r, "\xc2\xb1")))
        return read_plus_minus(r, &n, q);
    return take_range(r) ? read_interval(r, &n, q) : TRAINCOST_OK;
}

/* ---- bounds ---- */

static traincost_status refuse_bound(struct quantity_reader *r, double given, bool below)
{
    const struct quantity_rule *rule = r->rule;
    char number[TEXT_NUMBER], bound[TEXT_NUMBER];
    text_print_grouped(given, 6, number);
    text_print_grouped(below ? rule->least : rule->most, 6, bound);
    bool share = rule->dimension == DIMENSION_SHARE && !below && given >= 2 && given <= 100;
    error_set(r->error, TRAINCOST_RANGE, "%s '%.80s': %s is out of bounds: %s must be %s %s%s%s%s (at 1)", rule->key,
              r->text, number, rule->key, !below ? "at most" : rule->open ? "above" : "at least", bound,
              share ? "; for per cent write " : "", share ? number : "", share ? "%" : "");
    error_place(r->error, 0, 1);
    return TRAINCOST_RANGE;
}

/* The ends that are stated as such. */
static int stated_ends(const quantity *q, double ends[2])
{
    ends[0] = q->a;
    switch (q->form) {
    case FORM_INTERVAL:
    case FORM_UNIFORM:
        ends[1] = q->b;
        return 2;
    case FORM_TRIANGULAR:
    case FORM_PERT:
        ends[1] = q->c;
        return 2;
    case FORM_EXACT:
    case FORM_ABOUT:
    case FORM_PLUS_MINUS:
    case FORM_NORMAL:
    case FORM_LOGNORMAL:
        break;
    }
    return 0;
}

/* Bounds hold for what is exact and for stated ends, between which the middle is; of another distribution the middle,
 * which is its first number, must be inside, and the rest is cut off. */
static traincost_status check_bounds(struct quantity_reader *r, quantity *q)
{
    const struct quantity_rule *rule = r->rule;
    double ends[2];
    int count = stated_ends(q, ends);
    q->least = rule->least;
    q->most = rule->most;
    for (int i = count; i-- > 0;)
        if (ends[i] < rule->least || ends[i] > rule->most)
            return refuse_bound(r, ends[i], ends[i] < rule->least);
    if (count > 0 && ends[0] < ends[1])
        return TRAINCOST_OK;
    bool below = rule->open ? q->a <= rule->least : q->a < rule->least;
    return below || q->a > rule->most ? refuse_bound(r, q->a, below) : TRAINCOST_OK;
}

traincost_status quantity_parse(const char *text, const struct quantity_rule *rule, quantity *out,
                                traincost_error *error)
{
    struct quantity_reader r = {text, text, rule, error, false};
    quantity q = {.form = FORM_EXACT, .least = -INFINITY, .most = INFINITY};
    traincost_status status = read_quantity(&r, &q);
    if (status)
        return status;
    while (*r.at == ' ' || *r.at == '\t' || *r.at == '\r' || *r.at == '\n')
        r.at++;
    if (*r.at != '\0')
        return quantity_refuse(&r, TRAINCOST_SYNTAX, r.at, "this is left over");
    status = check_bounds(&r, &q);
    if (status == TRAINCOST_OK)
        *out = q;
    return status;
}
