/* Quantities as people write them. traincost-scenario(5) states the grammar. */
#include "engine/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- units ---- */

struct unit {
    const char *name;
    double factor;
    bool takes_prefix; /* kW, MWh, EFLOP */
};

static const struct unit no_units[] = {{0}};
static const struct unit time_units[] = {
    {"h", 1, false},          {"hr", 1, false},         {"hour", 1, false},
    {"hours", 1, false},      {"d", 24, false},         {"day", 24, false},
    {"days", 24, false},      {"wk", 168, false},       {"week", 168, false},
    {"weeks", 168, false},    {"mo", 730.5, false},     {"month", 730.5, false},
    {"months", 730.5, false}, {"y", 8766, false},       {"year", 8766, false},
    {"years", 8766, false},   {"min", 1.0 / 60, false}, {0}};
static const struct unit power_units[] = {{"W", 1, true}, {0}};
static const struct unit energy_units[] = {{"Wh", 1e-3, true}, {0}};
static const struct unit mass_units[] = {{"kg", 1, false}, {"t", 1000, false}, {"g", 1e-3, false}, {0}};
static const struct unit money_units[] = {{"$", 1, true}, {"USD", 1, true}, {0}};
static const struct unit hourly_units[] = {{"$/h", 1, false}, {"USD/h", 1, false}, {"/h", 1, false},
                                           {"$", 1, false},   {"USD", 1, false},   {0}};
static const struct unit kwh_price_units[] = {{"$/kWh", 1, false}, {"USD/kWh", 1, false}, {"/kWh", 1, false},
                                              {"$", 1, false},     {"USD", 1, false},     {0}};
static const struct unit carbon_units[] = {{"kg/kWh", 1, false}, {"g/kWh", 1e-3, false}, {"t/MWh", 1, false},
                                           {"kg", 1, false},     {"g", 1e-3, false},     {0}};
static const struct unit share_units[] = {{"%", 0.01, false}, {0}};
static const struct unit ratio_units[] = {{"x", 1, false}, {0}};
static const struct unit flop_units[] = {{"FLOP", 1, true}, {"FLOPs", 1, true}, {0}};

static const struct {
    const struct unit *units;
    const char *name;  /* "a power" */
    const char *usage; /* what to write */
} dimensions[] = {
    [DIMENSION_COUNT] = {no_units, "a count", "a plain number (k M B T multiply)"},
    [DIMENSION_TIME] = {time_units, "a time", "a time (h d wk mo y)"},
    [DIMENSION_POWER] = {power_units, "a power", "a power (W kW MW)"},
    [DIMENSION_ENERGY] = {energy_units, "an energy", "an energy (kWh MWh GWh)"},
    [DIMENSION_MASS] = {mass_units, "a mass", "a mass (kg t)"},
    [DIMENSION_MONEY] = {money_units, "money", "money ($ or USD)"},
    [DIMENSION_MONEY_PER_HOUR] = {hourly_units, "a price", "a price ($ or USD, per hour)"},
    [DIMENSION_MONEY_PER_KWH] = {kwh_price_units, "a price", "a price ($ or USD, per kWh)"},
    [DIMENSION_CARBON] = {carbon_units, "a carbon intensity", "a carbon intensity (kg/kWh g/kWh)"},
    [DIMENSION_SHARE] = {share_units, "a share", "a share (0..1, or %)"},
    [DIMENSION_RATIO] = {ratio_units, "a ratio", "a plain ratio"},
    [DIMENSION_FLOP] = {flop_units, "FLOP", "FLOP (SI prefixes, or 3e24)"},
};

static double prefix_factor(char c)
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

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The unit that `text` is, whole: letters, '%', '$' and '/' up to something else. */
static size_t unit_length(const char *text)
{
    size_t n = 0;
    while (is_letter(text[n]) || text[n] == '$' || text[n] == '%' || text[n] == '/')
        n++;
    return n;
}

static const struct unit *find_unit(enum dimension dimension, const char *text, size_t length, bool prefixed)
{
    for (const struct unit *u = dimensions[dimension].units; u->name; u++)
        if (strlen(u->name) == length && !memcmp(u->name, text, length) && (!prefixed || u->takes_prefix))
            return u;
    return NULL;
}

/* ---- the reader ---- */

struct reader {
    const char *text;
    const char *at;
    const struct quantity_rule *rule;
    traincost_error *error;
    bool in_call; /* a comma then parts two numbers */
};

static traincost_status refuse_text(const struct reader *r, traincost_status status, const char *at,
                                    const char *reason)
{
    error_set(r->error, status, "%s '%.80s': %s (at %d)", r->rule->key, r->text, reason,
              (int)(at - r->text) + 1);
    error_place(r->error, 0, (int)(at - r->text) + 1);
    return status;
}

static void skip_spaces(struct reader *r)
{
    while (*r->at == ' ' || *r->at == '\t')
        r->at++;
}

static bool take(struct reader *r, const char *word)
{
    skip_spaces(r);
    size_t n = strlen(word);
    if (strncmp(r->at, word, n) != 0)
        return false;
    r->at += n;
    return true;
}

static traincost_status refuse_unit(struct reader *r, const char *at, size_t length)
{
    char unit[24];
    size_t shown = length < sizeof unit - 1 ? length : sizeof unit - 1;
    memcpy(unit, at, shown);
    unit[shown] = '\0';
    const char *usage = dimensions[r->rule->dimension].usage;
    double factor = prefix_factor(at[0]);
    for (size_t d = 0; d < sizeof dimensions / sizeof *dimensions; d++)
        if (find_unit((enum dimension)d, at, length, false) ||
            (factor > 0 && length > 1 && find_unit((enum dimension)d, at + 1, length - 1, true))) {
            char reason[120];
            snprintf(reason, sizeof reason, "'%s' is %s; %s takes %s", unit, dimensions[d].name, r->rule->key,
                     usage);
            return refuse_text(r, TRAINCOST_UNIT, at, reason);
        }
    const char *upper = length == 1 && strchr("mbgtpe", at[0]) ? "; multipliers are k M B T" : "";
    char reason[160];
    snprintf(reason, sizeof reason, "'%s' is no unit here; %s takes %s%s", unit, r->rule->key, usage, upper);
    return refuse_text(r, TRAINCOST_UNIT, at, reason);
}

/* A number as it was read: its value in the base unit, and what stood behind it. */
struct number {
    double value;
    double multiplier; /* of k, M, ... ; 1 where there was none */
    double unit;       /* of the unit; 1 where there was none */
    bool has_multiplier, has_unit, is_percent;
};

static bool at_word_to(const char *text)
{
    return text[0] == 't' && text[1] == 'o' && !is_letter(text[2]);
}

/* The multiplier and the unit behind a number: "M", "kW", "k $", "h". */
static traincost_status read_unit(struct reader *r, struct number *n)
{
    for (int part = 0; part < 2; part++) {
        const char *before = r->at;
        skip_spaces(r);
        size_t length = unit_length(r->at);
        if (length == 0 || at_word_to(r->at)) {
            r->at = before;
            return TRAINCOST_OK;
        }
        const struct unit *unit = find_unit(r->rule->dimension, r->at, length, n->has_multiplier && part == 0);
        double factor = n->has_multiplier ? 0 : prefix_factor(r->at[0]);
        bool big = r->rule->dimension == DIMENSION_FLOP || factor < 1e20;
        if (unit) {
            n->unit = unit->factor;
            n->has_unit = true;
            n->is_percent = unit->name[0] == '%';
            r->at += length;
            return TRAINCOST_OK;
        }
        if (factor > 0 && big && length == 1) {
            n->multiplier = factor;
            n->has_multiplier = true;
            r->at++;
            continue; /* a unit may follow: "2.8M h" */
        }
        unit = factor > 0 && big ? find_unit(r->rule->dimension, r->at + 1, length - 1, false) : NULL;
        if (!unit)
            return refuse_unit(r, r->at, length);
        n->multiplier = factor;
        n->has_multiplier = true;
        n->unit = unit->factor;
        n->has_unit = true;
        r->at += length;
        return TRAINCOST_OK;
    }
    return TRAINCOST_OK;
}

/* A unit below 1 divides: 7 % is then the double nearest to 0.07, which 7 * 0.01 is not. */
static double in_base_unit(double value, double unit)
{
    return unit < 1 ? value / round(1 / unit) : value * unit;
}

/* Products and squares of such numbers stay finite; nothing that is counted here comes near. */
static const double largest = 1e30, smallest = 1e-30;
/* Of a lognormal's 95 % quantile over its 5 % one. */
static const double widest = 1e12;

static bool says_zero(const char *digits, size_t length)
{
    for (const char *p = digits; p < digits + length && *p != 'e' && *p != 'E'; p++)
        if (*p >= '1' && *p <= '9')
            return false;
    return true;
}

static traincost_status check_size(const struct reader *r, const char *digits, size_t length, double value)
{
    if (fabs(value) > largest)
        return refuse_text(r, TRAINCOST_RANGE, digits, "the number is too large");
    if (fabs(value) < smallest && !says_zero(digits, length))
        return refuse_text(r, TRAINCOST_RANGE, digits, "the number is too small");
    return TRAINCOST_OK;
}

static bool takes_money(enum dimension d)
{
    return d == DIMENSION_MONEY || d == DIMENSION_MONEY_PER_HOUR || d == DIMENSION_MONEY_PER_KWH;
}

static traincost_status read_number(struct reader *r, struct number *n)
{
    *n = (struct number){.multiplier = 1, .unit = 1};
    skip_spaces(r);
    bool negative = take(r, "-");
    bool money = takes_money(r->rule->dimension) && (take(r, "$") || take(r, "USD"));
    if (money)
        skip_spaces(r);
    size_t length = text_number(r->at, &n->value);
    if (length == 0) {
        if (text_same(r->at, "nan") || text_same(r->at, "inf") || text_same(r->at, "infinity"))
            return refuse_text(r, TRAINCOST_SYNTAX, r->at, "not a finite number");
        return refuse_text(r, TRAINCOST_SYNTAX, r->at, *r->at ? "a number is expected" : "a number is missing");
    }
    const char *digits = r->at;
    r->at += length;
    if (*r->at == ',' && !r->in_call)
        return refuse_text(r, TRAINCOST_SYNTAX, r->at, "write 1000 or 1_000, without a comma");
    traincost_status status = read_unit(r, n);
    if (status)
        return status;
    n->has_unit |= money;
    n->value = in_base_unit(n->value * n->multiplier, n->unit);
    if (negative)
        n->value = -n->value;
    return check_size(r, digits, length, n->value);
}

static void take_unit(struct number *n, const struct number *from)
{
    if (n->has_unit || !from->has_unit)
        return;
    n->value = in_base_unit(n->value, from->unit);
    n->is_percent = from->is_percent;
}

/* "10..20 MW", "1 d..30" and "1..2M" mean both ends; "800..1.2k" means what it says, as 800k is past 1.2k. */
static void share_units_between(struct number *low, struct number *high)
{
    take_unit(low, high);
    take_unit(high, low);
    if (!low->has_multiplier && high->has_multiplier && low->value * high->multiplier <= high->value)
        low->value *= high->multiplier;
    if (!high->has_multiplier && low->has_multiplier && high->value < low->value)
        high->value *= low->multiplier;
}

static traincost_status read_interval(struct reader *r, struct number *low, quantity *q)
{
    struct number high;
    traincost_status status = read_number(r, &high);
    if (status)
        return status;
    share_units_between(low, &high);
    if (low->value > high.value)
        return refuse_text(r, TRAINCOST_RANGE, r->text, "the range runs backwards");
    if (low->value > 0 && high.value > widest * low->value)
        return refuse_text(r, TRAINCOST_RANGE, r->text, "the ends are too far apart");
    q->form = FORM_INTERVAL;
    q->a = low->value;
    q->b = high.value;
    return TRAINCOST_OK;
}

/* "2 +- 0.5" and "2 +- 25%"; beside a percentage ("40% +- 5%") the width is absolute. */
static traincost_status read_plus_minus(struct reader *r, struct number *middle, quantity *q)
{
    struct number width = {.multiplier = 1, .unit = 1};
    skip_spaces(r);
    const char *start = r->at;
    size_t length = text_number(r->at, &width.value);
    if (length > 0 && r->at[length] == '%' && !middle->is_percent) {
        r->at += length + 1;
        width.value *= fabs(middle->value) / 100;
        if (width.value > largest)
            return refuse_text(r, TRAINCOST_RANGE, start, "the width is too large");
    } else {
        traincost_status status = read_number(r, &width);
        if (status)
            return status;
        bool bare = !width.has_unit && !width.has_multiplier;
        take_unit(middle, &width);
        take_unit(&width, middle);
        if (bare && middle->has_multiplier)
            width.value *= middle->multiplier;
    }
    if (width.value < 0)
        return refuse_text(r, TRAINCOST_RANGE, start, "a width is not negative");
    q->form = FORM_PLUS_MINUS;
    q->a = middle->value;
    q->b = width.value;
    return TRAINCOST_OK;
}

static const struct {
    const char *name;
    enum quantity_form form;
    int numbers;
} calls[] = {{"normal", FORM_NORMAL, 2},
             {"lognormal", FORM_LOGNORMAL, 2},
             {"uniform", FORM_UNIFORM, 2},
             {"triangular", FORM_TRIANGULAR, 3},
             {"pert", FORM_PERT, 3}};

static traincost_status check_call(struct reader *r, const char *start, quantity *q)
{
    switch (q->form) {
    case FORM_NORMAL:
        return q->b < 0 ? refuse_text(r, TRAINCOST_RANGE, start, "a standard deviation is not negative")
                        : TRAINCOST_OK;
    case FORM_LOGNORMAL:
        if (q->a <= 0)
            return refuse_text(r, TRAINCOST_RANGE, start, "the median of a lognormal is above 0");
        if (q->b < 1)
            return refuse_text(r, TRAINCOST_RANGE, start,
                               "the factor is the 95 % quantile over the median: at least 1");
        return q->b * q->b > widest ? refuse_text(r, TRAINCOST_RANGE, start, "the factor is too large")
                                    : TRAINCOST_OK;
    case FORM_UNIFORM:
        return q->a > q->b ? refuse_text(r, TRAINCOST_RANGE, start, "the range runs backwards") : TRAINCOST_OK;
    case FORM_TRIANGULAR:
    case FORM_PERT:
        return q->a > q->b || q->b > q->c
                   ? refuse_text(r, TRAINCOST_RANGE, start,
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

static traincost_status read_call(struct reader *r, quantity *q)
{
    const char *start = r->at;
    size_t length = 0;
    while (is_letter(r->at[length]))
        length++;
    size_t which = 0, count = sizeof calls / sizeof *calls;
    while (which < count && (strlen(calls[which].name) != length || strncmp(calls[which].name, r->at, length)))
        which++;
    if (which == count)
        return refuse_text(r, TRAINCOST_SYNTAX, start,
                           "a number is expected, or normal, lognormal, uniform, triangular or pert(...)");
    r->at += length;
    if (!take(r, "("))
        return refuse_text(r, TRAINCOST_SYNTAX, r->at, "'(' is expected");
    r->in_call = true;
    double *numbers[] = {&q->a, &q->b, &q->c};
    q->form = calls[which].form;
    for (int i = 0; i < calls[which].numbers; i++) {
        if (i > 0 && !take(r, ","))
            return refuse_text(r, TRAINCOST_SYNTAX, r->at, "',' is expected: it takes one number more");
        struct number n;
        struct quantity_rule plain = {r->rule->key, DIMENSION_RATIO, 0, 0, false};
        const struct quantity_rule *rule = r->rule;
        if (q->form == FORM_LOGNORMAL && i == 1)
            r->rule = &plain; /* a factor has no unit */
        traincost_status status = read_number(r, &n);
        r->rule = rule;
        if (status)
            return status;
        *numbers[i] = n.value;
    }
    if (!take(r, ")"))
        return refuse_text(r, TRAINCOST_SYNTAX, r->at, "')' is expected");
    return check_call(r, start, q);
}

static traincost_status read_quantity(struct reader *r, quantity *q)
{
    struct number n;
    skip_spaces(r);
    if (*r->at == '\0')
        return refuse_text(r, TRAINCOST_SYNTAX, r->at, "a number is missing");
    bool money_word = takes_money(r->rule->dimension) && !strncmp(r->at, "USD", 3);
    if (is_letter(*r->at) && !money_word && strchr(r->at, '('))
        return read_call(r, q);
    bool about = take(r, "~");
    traincost_status status = read_number(r, &n);
    if (status)
        return status;
    q->form = about ? FORM_ABOUT : FORM_EXACT;
    q->a = n.value;
    if (about)
        return TRAINCOST_OK;
    skip_spaces(r);
    if (take(r, "..") || (at_word_to(r->at) && take(r, "to")))
        return read_interval(r, &n, q);
    if (take(r, "+-") || take(r, "+/-") || take(r, "\xc2\xb1"))
        return read_plus_minus(r, &n, q);
    return TRAINCOST_OK;
}

/* Bounds hold for what is exact; of a distribution the middle must be inside, the rest is cut off. */
static traincost_status check_bounds(struct reader *r, quantity *q)
{
    const struct quantity_rule *rule = r->rule;
    q->least = -INFINITY;
    q->most = INFINITY;
    double middle = quantity_quantile(q, 0.5);
    q->least = rule->least;
    q->most = rule->most;
    bool below = rule->open ? middle <= rule->least : middle < rule->least;
    if (!below && middle <= rule->most)
        return TRAINCOST_OK;
    char given[TEXT_NUMBER], bound[TEXT_NUMBER];
    text_print_digits(middle, 6, given);
    text_print_digits(below ? rule->least : rule->most, 6, bound);
    error_set(r->error, TRAINCOST_RANGE, "%s '%.80s': %s is out of bounds: %s must be %s %s (at 1)", rule->key,
              r->text, given, rule->key,
              !below       ? "at most"
              : rule->open ? "above"
                           : "at least",
              bound);
    error_place(r->error, 0, 1);
    return TRAINCOST_RANGE;
}

traincost_status quantity_parse(const char *text, const struct quantity_rule *rule, quantity *out,
                                traincost_error *error)
{
    struct reader r = {text, text, rule, error, false};
    quantity q = {.form = FORM_EXACT, .least = -INFINITY, .most = INFINITY};
    traincost_status status = read_quantity(&r, &q);
    if (status)
        return status;
    skip_spaces(&r);
    if (*r.at != '\0')
        return refuse_text(&r, TRAINCOST_SYNTAX, r.at, "this is left over");
    status = check_bounds(&r, &q);
    if (status == TRAINCOST_OK)
        *out = q;
    return status;
}

/* ---- printing ---- */

/* How each form is written around its numbers. */
static const struct {
    int numbers;
    const char *before, *between, *after;
} writing[] = {
    [FORM_EXACT] = {1, "", "", ""},
    [FORM_ABOUT] = {1, "~", "", ""},
    [FORM_INTERVAL] = {2, "", "..", ""},
    [FORM_PLUS_MINUS] = {2, "", " +- ", ""},
    [FORM_NORMAL] = {2, "normal(", ", ", ")"},
    [FORM_LOGNORMAL] = {2, "lognormal(", ", ", ")"},
    [FORM_UNIFORM] = {2, "uniform(", ", ", ")"},
    [FORM_TRIANGULAR] = {3, "triangular(", ", ", ")"},
    [FORM_PERT] = {3, "pert(", ", ", ")"},
};

size_t quantity_print(const quantity *q, char *out, size_t size)
{
    const double numbers[] = {q->a, q->b, q->c};
    const char *between = writing[q->form].between;
    int count = writing[q->form].numbers;
    char text[3][TEXT_NUMBER] = {"", "", ""};
    for (int i = 0; i < count; i++)
        text_print_number(numbers[i], text[i]);
    int length =
        snprintf(out, size, "%s%s%s%s%s%s%s", writing[q->form].before, text[0], count > 1 ? between : "",
                 text[1], count > 2 ? between : "", text[2], writing[q->form].after);
    return length < 0 ? 0 : (size_t)length;
}
