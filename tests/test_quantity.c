#include "parameters.h"
#include "quantity.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((int)(sizeof(array) / sizeof *(array)))

#define Z95 1.6448536269514722 /* the 95 % quantile of the standard normal */

static struct quantity_rule free_rule(enum dimension dimension)
{
    return (struct quantity_rule){"value", dimension, -INFINITY, INFINITY, false};
}

static quantity read_as(enum dimension dimension, const char *text)
{
    struct quantity_rule rule = free_rule(dimension);
    traincost_error *error = traincost_error_new();
    quantity q = {.form = FORM_EXACT, .a = -12345};
    if (quantity_parse(text, &rule, &q, error))
        ck_abort_msg("'%s' is refused: %s", text, traincost_error_message(error));
    traincost_error_free(error);
    return q;
}

static quantity read_for(const char *key, const char *text)
{
    traincost_quantity *q = NULL;
    traincost_error *error = traincost_error_new();
    if (traincost_quantity_parse(key, text, &q, error))
        ck_abort_msg("%s '%s' is refused: %s", key, text, traincost_error_message(error));
    quantity copy = *q;
    traincost_quantity_free(q);
    traincost_error_free(error);
    return copy;
}

static bool close_to(double a, double b, double within)
{
    return a == b || fabs(a - b) <= within * fmax(fabs(a), fabs(b));
}

/* ---- the grammar ---- */

static const struct {
    enum dimension dimension;
    const char *text;
    enum quantity_form form;
    double a, b, c;
} forms[] = {
    {DIMENSION_COUNT, "198", FORM_EXACT, 198, 0, 0},
    {DIMENSION_COUNT, " 198\t", FORM_EXACT, 198, 0, 0},
    {DIMENSION_COUNT, "2.788M", FORM_EXACT, 2.788e6, 0, 0},
    {DIMENSION_COUNT, "3e24", FORM_EXACT, 3e24, 0, 0},
    {DIMENSION_COUNT, "1_000", FORM_EXACT, 1000, 0, 0},
    {DIMENSION_COUNT, "70B", FORM_EXACT, 7e10, 0, 0},
    {DIMENSION_COUNT, "70 B", FORM_EXACT, 7e10, 0, 0},
    {DIMENSION_COUNT, "15T", FORM_EXACT, 1.5e13, 0, 0},
    {DIMENSION_COUNT, "2G", FORM_EXACT, 2e9, 0, 0},
    {DIMENSION_COUNT, "2P", FORM_EXACT, 2e15, 0, 0},
    {DIMENSION_COUNT, "2E", FORM_EXACT, 2e18, 0, 0},
    {DIMENSION_COUNT, "5k", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_COUNT, "5K", FORM_EXACT, 5000, 0, 0},
    {DIMENSION_COUNT, "-5k", FORM_EXACT, -5000, 0, 0},
    {DIMENSION_COUNT, "0", FORM_EXACT, 0, 0, 0},
    {DIMENSION_COUNT, "~198", FORM_ABOUT, 198, 0, 0},
    {DIMENSION_COUNT, "~ 25k", FORM_ABOUT, 25000, 0, 0},
    {DIMENSION_COUNT, "1.5..2.5", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_COUNT, "1.5 .. 2.5", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_COUNT, "1.5 to 2.5", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_COUNT, "-2..3", FORM_INTERVAL, -2, 3, 0},
    {DIMENSION_COUNT, "-3..-2", FORM_INTERVAL, -3, -2, 0},
    {DIMENSION_COUNT, "1..2M", FORM_INTERVAL, 1e6, 2e6, 0},
    {DIMENSION_COUNT, "800..1.2k", FORM_INTERVAL, 800, 1200, 0},
    {DIMENSION_COUNT, "1k..2M", FORM_INTERVAL, 1000, 2e6, 0},
    {DIMENSION_COUNT, "90k to 0.1M", FORM_INTERVAL, 9e4, 1e5, 0},
    {DIMENSION_COUNT, "2 +- 0.5", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2+-0.5", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2 +/- 0.5", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2±0.5", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2±25%", FORM_PLUS_MINUS, 2, 0.5, 0},
    {DIMENSION_COUNT, "2M ± 25%", FORM_PLUS_MINUS, 2e6, 5e5, 0},
    {DIMENSION_COUNT, "-2 +- 25%", FORM_PLUS_MINUS, -2, 0.5, 0},
    {DIMENSION_COUNT, "normal(5, 2)", FORM_NORMAL, 5, 2, 0},
    {DIMENSION_COUNT, "normal( -5 ,2 )", FORM_NORMAL, -5, 2, 0},
    {DIMENSION_COUNT, "lognormal(2M, 1.5)", FORM_LOGNORMAL, 2e6, 1.5, 0},
    {DIMENSION_COUNT, "uniform(1, 3)", FORM_UNIFORM, 1, 3, 0},
    {DIMENSION_COUNT, "triangular(1, 2, 4)", FORM_TRIANGULAR, 1, 2, 4},
    {DIMENSION_COUNT, "pert(1, 2, 4)", FORM_PERT, 1, 2, 4},
    {DIMENSION_COUNT, "pert(1k,2k,4k)", FORM_PERT, 1e3, 2e3, 4e3},
    {DIMENSION_TIME, "198 h", FORM_EXACT, 198, 0, 0},
    {DIMENSION_TIME, "198h", FORM_EXACT, 198, 0, 0},
    {DIMENSION_TIME, "3 d", FORM_EXACT, 72, 0, 0},
    {DIMENSION_TIME, "3 wk", FORM_EXACT, 504, 0, 0},
    {DIMENSION_TIME, "1 mo", FORM_EXACT, 730.5, 0, 0},
    {DIMENSION_TIME, "2y", FORM_EXACT, 17532, 0, 0},
    {DIMENSION_TIME, "2.788M h", FORM_EXACT, 2.788e6, 0, 0},
    {DIMENSION_TIME, "90..100 d", FORM_INTERVAL, 2160, 2400, 0},
    {DIMENSION_TIME, "12 h .. 3 d", FORM_INTERVAL, 12, 72, 0},
    {DIMENSION_TIME, "3 d +- 12 h", FORM_PLUS_MINUS, 72, 12, 0},
    {DIMENSION_TIME, "3 +- 1 d", FORM_PLUS_MINUS, 72, 24, 0},
    {DIMENSION_TIME, "10 d +- 20%", FORM_PLUS_MINUS, 240, 48, 0},
    {DIMENSION_TIME, "normal(2 h, 1 h)", FORM_NORMAL, 2, 1, 0},
    {DIMENSION_TIME, "lognormal(2 d, 1.5)", FORM_LOGNORMAL, 48, 1.5, 0},
    {DIMENSION_TIME, "~3 wk", FORM_ABOUT, 504, 0, 0},
    {DIMENSION_POWER, "400 W", FORM_EXACT, 400, 0, 0},
    {DIMENSION_POWER, "0.4kW", FORM_EXACT, 400, 0, 0},
    {DIMENSION_POWER, "10..20 MW", FORM_INTERVAL, 1e7, 2e7, 0},
    {DIMENSION_POWER, "800 W..1.2 kW", FORM_INTERVAL, 800, 1200, 0},
    {DIMENSION_ENERGY, "433 MWh", FORM_EXACT, 433e3, 0, 0},
    {DIMENSION_ENERGY, "2 kWh", FORM_EXACT, 2, 0, 0},
    {DIMENSION_ENERGY, "1.3 GWh", FORM_EXACT, 1.3e6, 0, 0},
    {DIMENSION_MASS, "24.7t", FORM_EXACT, 24700, 0, 0},
    {DIMENSION_MASS, "24.7 kg", FORM_EXACT, 24.7, 0, 0},
    {DIMENSION_MASS, "2 t to 3 t", FORM_INTERVAL, 2000, 3000, 0},
    {DIMENSION_MONEY, "$294k", FORM_EXACT, 294e3, 0, 0},
    {DIMENSION_MONEY, "294k$", FORM_EXACT, 294e3, 0, 0},
    {DIMENSION_MONEY, "294k USD", FORM_EXACT, 294e3, 0, 0},
    {DIMENSION_MONEY, "USD 5.576M", FORM_EXACT, 5.576e6, 0, 0},
    {DIMENSION_MONEY, "$ 1_000", FORM_EXACT, 1000, 0, 0},
    {DIMENSION_MONEY, "$1..$2", FORM_INTERVAL, 1, 2, 0},
    {DIMENSION_MONEY, "$1..2M", FORM_INTERVAL, 1e6, 2e6, 0},
    {DIMENSION_MONEY, "~$5M", FORM_ABOUT, 5e6, 0, 0},
    {DIMENSION_MONEY, "normal($5, $1)", FORM_NORMAL, 5, 1, 0},
    {DIMENSION_MONEY_PER_HOUR, "2", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "USD 2", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "2 $/h", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "2 USD/h", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$2/h", FORM_EXACT, 2, 0, 0},
    {DIMENSION_MONEY_PER_HOUR, "$1.5..$2.5/h", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_MONEY_PER_HOUR, "1.5 to 2.5 $/h", FORM_INTERVAL, 1.5, 2.5, 0},
    {DIMENSION_MONEY_PER_KWH, "$0.08/kWh", FORM_EXACT, 0.08, 0, 0},
    {DIMENSION_MONEY_PER_KWH, "0.08 USD/kWh", FORM_EXACT, 0.08, 0, 0},
    {DIMENSION_CARBON, "0.4 kg/kWh", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_CARBON, "400 g/kWh", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_SHARE, "40%", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_SHARE, "40 %", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_SHARE, "0.4", FORM_EXACT, 0.4, 0, 0},
    {DIMENSION_SHARE, "40..60%", FORM_INTERVAL, 0.4, 0.6, 0},
    {DIMENSION_SHARE, "40% .. 60%", FORM_INTERVAL, 0.4, 0.6, 0},
    {DIMENSION_SHARE, "40% +- 5%", FORM_PLUS_MINUS, 0.4, 0.05, 0},
    {DIMENSION_SHARE, "0.4 +- 25%", FORM_PLUS_MINUS, 0.4, 0.1, 0},
    {DIMENSION_RATIO, "1.1", FORM_EXACT, 1.1, 0, 0},
    {DIMENSION_RATIO, "1.1x", FORM_EXACT, 1.1, 0, 0},
    {DIMENSION_FLOP, "3e24", FORM_EXACT, 3e24, 0, 0},
    {DIMENSION_FLOP, "3 YFLOP", FORM_EXACT, 3e24, 0, 0},
    {DIMENSION_FLOP, "3Z", FORM_EXACT, 3e21, 0, 0},
    {DIMENSION_FLOP, "2 EFLOP", FORM_EXACT, 2e18, 0, 0},
    {DIMENSION_FLOP, "2.15e25 FLOP", FORM_EXACT, 2.15e25, 0, 0},
};

START_TEST(every_form_reads_as_the_grammar_says)
{
    quantity q = read_as(forms[_i].dimension, forms[_i].text);
    ck_assert_msg(q.form == forms[_i].form, "'%s' has form %d", forms[_i].text, (int)q.form);
    ck_assert_msg(close_to(q.a, forms[_i].a, 1e-15) && close_to(q.b, forms[_i].b, 1e-15) &&
                      close_to(q.c, forms[_i].c, 1e-15),
                  "'%s' is %.17g, %.17g, %.17g", forms[_i].text, q.a, q.b, q.c);
    ck_assert(isinf(q.least) && isinf(q.most));
}
END_TEST

/* ---- what is refused ---- */

static const struct {
    const char *key, *text;
    traincost_status status;
    int column;
    const char *word;
} nonsense[] = {
    {"chips", "0", TRAINCOST_RANGE, 1, "at least 1"},
    {"chips", "-3", TRAINCOST_RANGE, 1, "at least 1"},
    {"chips", "512.5x", TRAINCOST_UNIT, 6, "'x'"},
    {"chips", "0x10", TRAINCOST_UNIT, 2, "'x'"},
    {"chips", "512 H800", TRAINCOST_UNIT, 5, "unit"},
    {"chips", "5 kW", TRAINCOST_UNIT, 3, "a power"},
    {"hours", "1..", TRAINCOST_SYNTAX, 4, "missing"},
    {"hours", "5..2", TRAINCOST_RANGE, 1, "backwards"},
    {"hours", "nan", TRAINCOST_SYNTAX, 1, "finite"},
    {"hours", "NaN", TRAINCOST_SYNTAX, 1, "finite"},
    {"hours", "inf", TRAINCOST_SYNTAX, 1, "finite"},
    {"hours", "-inf", TRAINCOST_SYNTAX, 2, "finite"},
    {"hours", "infinity", TRAINCOST_SYNTAX, 1, "finite"},
    {"hours", "1..inf", TRAINCOST_SYNTAX, 4, "finite"},
    {"hours", "1e400", TRAINCOST_RANGE, 1, "too large"},
    {"hours", "1..1e400", TRAINCOST_RANGE, 4, "too large"},
    {"hours", "1e308 y", TRAINCOST_RANGE, 1, "too large"},
    {"hours", "1e-400", TRAINCOST_RANGE, 1, "too small"},
    {"hours", "0", TRAINCOST_RANGE, 1, "above 0"},
    {"hours", "", TRAINCOST_SYNTAX, 1, "missing"},
    {"hours", "  ", TRAINCOST_SYNTAX, 3, "missing"},
    {"hours", "~", TRAINCOST_SYNTAX, 2, "missing"},
    {"hours", "198 hours of it", TRAINCOST_SYNTAX, 11, "left over"},
    {"hours", "198 h 5", TRAINCOST_SYNTAX, 7, "left over"},
    {"hours", "~1..2", TRAINCOST_SYNTAX, 3, "left over"},
    {"hours", "1..2..3", TRAINCOST_SYNTAX, 5, "left over"},
    {"hours", "1__0", TRAINCOST_SYNTAX, 2, "left over"},
    {"hours", "1_", TRAINCOST_SYNTAX, 2, "left over"},
    {"hours", "_1", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "1.", TRAINCOST_SYNTAX, 2, "left over"},
    {"hours", "1.2.3", TRAINCOST_SYNTAX, 4, "left over"},
    {"hours", "+5", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "--5", TRAINCOST_SYNTAX, 2, "number"},
    {"hours", "1,000", TRAINCOST_SYNTAX, 2, "comma"},
    {"hours", "1..2,000", TRAINCOST_SYNTAX, 5, "comma"},
    {"hours", "198 xyz", TRAINCOST_UNIT, 5, "'xyz'"},
    {"hours", "3kWh", TRAINCOST_UNIT, 2, "an energy"},
    {"hours", "$3", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "3 %", TRAINCOST_UNIT, 3, "a share"},
    {"hours", "2 +-", TRAINCOST_SYNTAX, 5, "missing"},
    {"hours", "2 +- -1", TRAINCOST_RANGE, 6, "width"},
    {"hours", "2 to", TRAINCOST_SYNTAX, 5, "missing"},
    {"hours", "two", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "gauss(1, 2)", TRAINCOST_SYNTAX, 1, "lognormal"},
    {"hours", "normal", TRAINCOST_SYNTAX, 1, "number"},
    {"hours", "normal(1)", TRAINCOST_SYNTAX, 9, "one number more"},
    {"hours", "normal(1, 2", TRAINCOST_SYNTAX, 12, "')'"},
    {"hours", "normal(1, 2, 3)", TRAINCOST_SYNTAX, 12, "')'"},
    {"hours", "normal(1, 2) h", TRAINCOST_SYNTAX, 14, "left over"},
    {"hours", "normal(5, -2)", TRAINCOST_RANGE, 1, "standard deviation"},
    {"hours", "lognormal(-1, 2)", TRAINCOST_RANGE, 1, "median"},
    {"hours", "lognormal(0, 2)", TRAINCOST_RANGE, 1, "median"},
    {"hours", "lognormal(2, 0.5)", TRAINCOST_RANGE, 1, "factor"},
    {"hours", "lognormal(2, 1.5 h)", TRAINCOST_UNIT, 18, "a time"},
    {"hours", "uniform(3, 1)", TRAINCOST_RANGE, 1, "backwards"},
    {"hours", "triangular(1, 5, 3)", TRAINCOST_RANGE, 1, "order"},
    {"hours", "triangular(1, 2)", TRAINCOST_SYNTAX, 16, "one number more"},
    {"hours", "pert(4, 2, 1)", TRAINCOST_RANGE, 1, "order"},
    {"hours", "normal(-5, 1)", TRAINCOST_RANGE, 1, "above 0"},
    {"rental-price", "$", TRAINCOST_SYNTAX, 2, "missing"},
    {"rental-price", "-2", TRAINCOST_RANGE, 1, "at least 0"},
    {"rental-price", "2 h", TRAINCOST_UNIT, 3, "a time"},
    {"rental-price", "2 €", TRAINCOST_SYNTAX, 3, "left over"},
    {"power", "400m", TRAINCOST_UNIT, 4, "multipliers"},
    {"power", "400 kWh", TRAINCOST_UNIT, 5, "an energy"},
    {"pue", "0.5", TRAINCOST_RANGE, 1, "at least 1"},
    {"pue", "110%", TRAINCOST_UNIT, 4, "a share"},
    {"power-fraction", "1.5", TRAINCOST_RANGE, 1, "at most 1"},
    {"power-fraction", "150%", TRAINCOST_RANGE, 1, "at most 1"},
    {"power-fraction", "0", TRAINCOST_RANGE, 1, "above 0"},
    {"depreciation", "0.14 per year", TRAINCOST_UNIT, 6, "unit"},
    {NULL, "5 h", TRAINCOST_UNIT, 3, "a time"},
    {NULL, "1e29..1e400", TRAINCOST_RANGE, 7, "too large"},
};

START_TEST(nonsense_is_refused_with_its_place_and_reason)
{
    traincost_quantity left = {0}, *q = &left;
    traincost_error *error = traincost_error_new();
    const char *text = nonsense[_i].text;
    traincost_status status = traincost_quantity_parse(nonsense[_i].key, text, &q, error);
    const char *message = traincost_error_message(error);
    ck_assert_msg(status == nonsense[_i].status, "'%s' gives %s: %s", text, traincost_status_name(status),
                  message);
    ck_assert_ptr_null(q);
    ck_assert_int_eq(traincost_error_status(error), status);
    ck_assert_msg(traincost_error_column(error) == nonsense[_i].column, "'%s': column %d: %s", text,
                  traincost_error_column(error), message);
    ck_assert_msg(strstr(message, nonsense[_i].word) && strstr(message, text), "'%s': %s", text, message);
    ck_assert_msg(strstr(message, nonsense[_i].key ? nonsense[_i].key : "value"), "'%s': %s", text, message);
    ck_assert(!strchr(message, '\n'));
    ck_assert_int_eq(traincost_quantity_parse(nonsense[_i].key, text, &q, NULL), status);
    traincost_error_free(error);
}
END_TEST

START_TEST(keys_that_take_no_quantity_are_refused)
{
    traincost_error *error = traincost_error_new();
    traincost_quantity *q = NULL;
    ck_assert_int_eq(traincost_quantity_parse("type", "5", &q, error), TRAINCOST_UNKNOWN);
    ck_assert_int_eq(traincost_quantity_parse("hous", "5", &q, error), TRAINCOST_UNKNOWN);
    ck_assert(strstr(traincost_error_message(error), "hours") != NULL);
    ck_assert_int_eq(traincost_quantity_parse("price", "5", &q, error), TRAINCOST_OK);
    traincost_quantity_free(q);
    traincost_quantity_free(NULL);
    traincost_error_free(error);
}
END_TEST

START_TEST(a_long_text_is_cut_in_the_message)
{
    char *text = malloc(1 << 20);
    traincost_error *error = traincost_error_new();
    traincost_quantity *q = NULL;
    ck_assert(text != NULL);
    memset(text, '1', (1 << 20) - 1);
    text[(1 << 20) - 1] = '\0';
    ck_assert_int_eq(traincost_quantity_parse("hours", text, &q, error), TRAINCOST_RANGE);
    memset(text, ' ', (1 << 20) - 2);
    text[(1 << 20) - 2] = 'q';
    ck_assert_int_eq(traincost_quantity_parse("hours", text, &q, error), TRAINCOST_SYNTAX);
    ck_assert_int_eq(traincost_error_column(error), (1 << 20) - 1);
    ck_assert_uint_lt(strlen(traincost_error_message(error)), 400);
    traincost_error_free(error);
    free(text);
}
END_TEST

/* ---- quantiles ---- */

static double law_normal(double p, const double *at)
{
    return at[0] + gsl_cdf_gaussian_Pinv(p, at[1]);
}

static double law_lognormal(double p, const double *at)
{
    return gsl_cdf_lognormal_Pinv(p, at[0], at[1]);
}

static double law_uniform(double p, const double *at)
{
    return gsl_cdf_flat_Pinv(p, at[0], at[1]);
}

static double law_triangular(double p, const double *at)
{
    double a = at[0], mode = at[1], c = at[2];
    return p * (c - a) < mode - a ? a + sqrt(p * (c - a) * (mode - a))
                                  : c - sqrt((1 - p) * (c - a) * (c - mode));
}

static double law_pert(double p, const double *at)
{
    double width = at[2] - at[0];
    return at[0] +
           width * gsl_cdf_beta_Pinv(p, 1 + 4 * (at[1] - at[0]) / width, 1 + 4 * (at[2] - at[1]) / width);
}

static double cdf_normal(double x, const double *at)
{
    return gsl_cdf_gaussian_P(x - at[0], at[1]);
}

static double cdf_lognormal(double x, const double *at)
{
    return gsl_cdf_lognormal_P(x, at[0], at[1]);
}

static double cdf_uniform(double x, const double *at)
{
    return gsl_cdf_flat_P(x, at[0], at[1]);
}

static double cdf_triangular(double x, const double *at)
{
    double a = at[0], mode = at[1], c = at[2];
    if (x <= a || x >= c)
        return x >= c;
    return x < mode ? (x - a) * (x - a) / ((c - a) * (mode - a))
                    : 1 - (c - x) * (c - x) / ((c - a) * (c - mode));
}

static double cdf_pert(double x, const double *at)
{
    double width = at[2] - at[0], share = fmin(1, fmax(0, (x - at[0]) / width));
    return gsl_cdf_beta_P(share, 1 + 4 * (at[1] - at[0]) / width, 1 + 4 * (at[2] - at[1]) / width);
}

#define LN1_25 0.22314355131420976
#define LN3 1.0986122886681098

static const struct {
    const char *text;
    double (*inverse)(double p, const double *at);
    double (*cdf)(double x, const double *at);
    double at[3];
    double scale; /* errors are relative to this where the value is smaller */
} laws[] = {
    {"~198", law_normal, cdf_normal, {198, 19.8 / Z95}, 0},
    {"~-198", law_normal, cdf_normal, {-198, 19.8 / Z95}, 0},
    {"2 +- 0.5", law_normal, cdf_normal, {2, 0.5 / Z95}, 0.3},
    {"-4..6", law_normal, cdf_normal, {1, 5 / Z95}, 3},
    {"0..6", law_normal, cdf_normal, {3, 3 / Z95}, 2},
    {"normal(5, 2)", law_normal, cdf_normal, {5, 2}, 2},
    {"normal(0, 1e-9)", law_normal, cdf_normal, {0, 1e-9}, 1e-9},
    {"1.6..2.5", law_lognormal, cdf_lognormal, {0.69314718055994531, LN1_25 / Z95}, 0},
    {"1..9", law_lognormal, cdf_lognormal, {LN3, LN3 / Z95}, 0},
    {"lognormal(1, 1.25)", law_lognormal, cdf_lognormal, {0, LN1_25 / Z95}, 0},
    {"lognormal(3, 3)", law_lognormal, cdf_lognormal, {LN3, LN3 / Z95}, 0},
    {"uniform(1, 3)", law_uniform, cdf_uniform, {1, 3}, 0},
    {"uniform(-1, 3)", law_uniform, cdf_uniform, {-1, 3}, 1},
    {"triangular(1, 2, 4)", law_triangular, cdf_triangular, {1, 2, 4}, 0},
    {"triangular(1, 1, 4)", law_triangular, cdf_triangular, {1, 1, 4}, 0},
    {"triangular(1, 4, 4)", law_triangular, cdf_triangular, {1, 4, 4}, 0},
    {"pert(1, 2, 4)", law_pert, cdf_pert, {1, 2, 4}, 0},
    {"pert(1, 1, 4)", law_pert, cdf_pert, {1, 1, 4}, 0},
    {"pert(1, 4, 4)", law_pert, cdf_pert, {1, 4, 4}, 0},
    {"pert(-1, 0, 1)", law_pert, cdf_pert, {-1, 0, 1}, 1},
    {"pert(10, 10.1, 1000)", law_pert, cdf_pert, {10, 10.1, 1000}, 0},
};

enum { LEVELS = 200 };

static void check_against(const char *what, const char *text, double p, double x, double expected, double scale,
                          double within)
{
    if (!(fabs(x - expected) <= within * fmax(fabs(expected), scale)))
        ck_abort_msg("%s of %s at %.4f is %.15g, not %.15g", what, text, p, x, expected);
}

START_TEST(quantiles_are_those_of_gsl)
{
    gsl_set_error_handler_off();
    quantity q = read_as(DIMENSION_COUNT, laws[_i].text);
    for (int i = 0; i < LEVELS; i++) {
        double p = (i + 0.5) / LEVELS, expected = laws[_i].inverse(p, laws[_i].at);
        check_against("the quantile", laws[_i].text, p, quantity_quantile(&q, p), expected, laws[_i].scale,
                      1e-9);
    }
    static const double tails[] = {1e-12, 1e-6, 1e-3, 1 - 1e-3, 1 - 1e-6, 1 - 1e-12};
    bool is_pert = !strncmp(laws[_i].text, "pert", 4); /* whose upper tail is as fine as 1 - p is */
    for (int i = 0; i < COUNT(tails) - is_pert; i++)
        check_against("the quantile", laws[_i].text, tails[i], quantity_quantile(&q, tails[i]),
                      laws[_i].inverse(tails[i], laws[_i].at), laws[_i].scale, 1e-9);
}
END_TEST

START_TEST(samples_are_quantiles)
{
    double u[LEVELS], x[LEVELS], *table = NULL;
    struct sampler sampler;
    gsl_set_error_handler_off();
    quantity q = read_as(DIMENSION_COUNT, laws[_i].text);
    ck_assert_int_eq(sampler_init(&sampler, &q, &table, NULL), TRAINCOST_OK);
    for (int i = 0; i < LEVELS; i++)
        u[i] = (i + 0.5) / LEVELS;
    sampler_fill(&sampler, u, x, LEVELS);
    bool tabled = !strncmp(laws[_i].text, "pert", 4);
    double range = tabled ? laws[_i].at[2] - laws[_i].at[0] : 0;
    for (int i = 0; i < LEVELS; i++)
        check_against("the sample", laws[_i].text, u[i], x[i], laws[_i].inverse(u[i], laws[_i].at),
                      fmax(laws[_i].scale, range), tabled ? 1e-8 : 4e-9);
    free(table);
}
END_TEST

START_TEST(an_exact_quantity_is_one_number)
{
    static const char *const texts[] = {"3",
                                        "3..3",
                                        "3 +- 0",
                                        "normal(3, 0)",
                                        "lognormal(3, 1)",
                                        "uniform(3, 3)",
                                        "triangular(3, 3, 3)",
                                        "pert(3, 3, 3)"};
    for (int i = 0; i < COUNT(texts); i++) {
        double u[] = {1e-9, 0.5, 1 - 1e-9}, x[3], *table = NULL;
        struct sampler sampler;
        quantity q = read_as(DIMENSION_COUNT, texts[i]);
        ck_assert_msg(quantity_is_exact(&q), "%s", texts[i]);
        ck_assert(quantity_quantile(&q, 0) == 3 && quantity_quantile(&q, 0.3) == 3 &&
                  quantity_quantile(&q, 1) == 3);
        ck_assert(quantity_width(&q) == 0);
        ck_assert_int_eq(sampler_init(&sampler, &q, &table, NULL), TRAINCOST_OK);
        sampler_fill(&sampler, u, x, 3);
        ck_assert(x[0] == 3 && x[1] == 3 && x[2] == 3 && !table);
    }
    quantity zero = read_as(DIMENSION_COUNT, "~0");
    ck_assert(quantity_is_exact(&zero) && quantity_quantile(&zero, 0.9) == 0);
}
END_TEST

START_TEST(the_ends_and_beyond)
{
    quantity q = read_as(DIMENSION_COUNT, "1..2"), flat = read_as(DIMENSION_COUNT, "uniform(1, 2)");
    quantity about = read_as(DIMENSION_COUNT, "5 +- 1"), pert = read_as(DIMENSION_COUNT, "pert(1, 2, 4)");
    ck_assert(quantity_quantile(&q, 0) == 0 && isinf(quantity_quantile(&q, 1)));
    ck_assert(quantity_quantile(&flat, 0) == 1 && quantity_quantile(&flat, 1) == 2);
    ck_assert(quantity_quantile(&pert, 0) == 1 && quantity_quantile(&pert, 1) == 4);
    ck_assert(quantity_quantile(&about, 0) == -INFINITY && quantity_quantile(&about, 1) == INFINITY);
    ck_assert(isnan(quantity_quantile(&q, -0.1)) && isnan(quantity_quantile(&q, 1.1)) &&
              isnan(quantity_quantile(&q, NAN)));
    ck_assert(fabs(quantity_width(&q) - log(2)) < 1e-12);
}
END_TEST

static const char *const extremes[] = {
    "1e-300..1e300",
    "1e-310..1",
    "5e-324..1e308",
    "lognormal(1e300, 1e10)",
    "lognormal(1, 1e300)",
    "-1e308..1e308",
    "uniform(-1e308, 1e308)",
    "normal(0, 1e308)",
    "pert(-1e308, 0, 1e308)",
    "1e308 +- 1e308",
    "pert(0, 1e-300, 1)",
    "triangular(-1e308, 0, 1e308)",
    "triangular(0, 1e-300, 1)",
    "lognormal(4e-320, 2)",
    "pert(0, 5e-324, 1e-323)",
    "pert(1, 1, 1.0000000000000002)",
    "1..1.0000000000000002",
};

/* Every text that reads is a quantity with rising finite quantiles, however extreme its numbers. */
START_TEST(extreme_numbers_give_finite_quantiles_or_are_refused)
{
    struct quantity_rule rule = free_rule(DIMENSION_COUNT);
    quantity q;
    if (quantity_parse(extremes[_i], &rule, &q, NULL))
        return;
    double low = quantity_quantile(&q, 0.05), middle = quantity_quantile(&q, 0.5),
           high = quantity_quantile(&q, 0.95);
    ck_assert_msg(isfinite(low) && isfinite(middle) && isfinite(high) && low <= middle && middle <= high,
                  "%s: %g, %g, %g", extremes[_i], low, middle, high);
    if (q.form == FORM_INTERVAL)
        ck_assert_msg(close_to(low, q.a, 1e-9) && close_to(high, q.b, 1e-9), "%s: %g to %g", extremes[_i], low,
                      high);
    if (q.form == FORM_LOGNORMAL)
        ck_assert_msg(close_to(middle, q.a, 1e-9) && close_to(high, q.a * q.b, 1e-9), "%s: %g, %g",
                      extremes[_i], middle, high);
}
END_TEST

/* ---- bounds ---- */

static const struct {
    const char *key, *text;
    int law; /* of `laws`: which kind */
    double at[3], least, most;
} cuts[] = {
    {"power-fraction", "0.9 +- 0.3", 2, {0.9, 0.3 / Z95}, 0, 1},
    {"power-fraction", "0.5..1.5", 8, {-0.14384103622589042, 0.54930614433405489 / Z95}, 0, 1},
    {"power-fraction", "uniform(0.5, 1.2)", 11, {0.5, 1.2}, 0, 1},
    {"power-fraction", "triangular(0.5, 0.9, 1.3)", 13, {0.5, 0.9, 1.3}, 0, 1},
    {"power-fraction", "triangular(-0.5, 0.4, 0.8)", 13, {-0.5, 0.4, 0.8}, 0, 1},
    {"power-fraction", "pert(0.5, 0.9, 1.3)", 16, {0.5, 0.9, 1.3}, 0, 1},
    {"pue", "1.0..1.3", 8, {0.13118213223374523, 0.13118213223374523 / Z95}, 1, 20},
    {"pue", "normal(1.1, 0.1)", 5, {1.1, 0.1}, 1, 20},
    {"hours", "normal(2 h, 2 h)", 5, {2, 2}, 0, INFINITY},
    {"hours", "0..6", 4, {3, 3 / Z95}, 0, INFINITY},
    {"chips", "pert(0, 2, 8)", 16, {0, 2, 8}, 1, INFINITY},
    {"chips", "lognormal(2, 8)", 8, {0.69314718055994531, 2.0794415416798357 / Z95}, 1, INFINITY},
};

enum { GRID = 20001 };

START_TEST(bounds_cut_and_do_not_clamp)
{
    static double u[GRID], x[GRID];
    double *table = NULL;
    struct sampler sampler;
    gsl_set_error_handler_off();
    quantity q = read_for(cuts[_i].key, cuts[_i].text);
    ck_assert(q.least == cuts[_i].least && q.most == cuts[_i].most);
    ck_assert_int_eq(sampler_init(&sampler, &q, &table, NULL), TRAINCOST_OK);
    for (int i = 0; i < GRID; i++)
        u[i] = (i + 0.5) / GRID;
    for (int i = 0; i < GRID; i += 256)
        sampler_fill(&sampler, u + i, x + i, GRID - i < 256 ? (size_t)(GRID - i) : 256);
    double from = laws[cuts[_i].law].cdf(cuts[_i].least, cuts[_i].at);
    double to = isinf(cuts[_i].most) ? 1 : laws[cuts[_i].law].cdf(cuts[_i].most, cuts[_i].at);
    ck_assert_msg(to - from < 1, "%s is not cut at all", cuts[_i].text);
    for (int i = 0; i < GRID; i++) {
        double expected = laws[cuts[_i].law].inverse(from + u[i] * (to - from), cuts[_i].at);
        check_against("the sample", cuts[_i].text, u[i], x[i], expected, 0.1, 2e-8);
        check_against("the quantile", cuts[_i].text, u[i], quantity_quantile(&q, u[i]), expected, 0.1, 1e-9);
        if (x[i] < q.least || x[i] > q.most || (i > 0 && x[i] <= x[i - 1]))
            ck_abort_msg("%s: sample %d is %.17g after %.17g", cuts[_i].text, i, x[i], i ? x[i - 1] : 0);
    }
    free(table);
}
END_TEST

START_TEST(the_outermost_samples_keep_to_the_bounds)
{
    double u[] = {0x1p-53, 0x1p-52, 1e-15, 1e-12, 0.5, 1 - 1e-12, 1 - 0x1p-52, 1 - 0x1p-53}, x[COUNT(u)];
    double *table = NULL;
    struct sampler sampler;
    quantity q = read_for(cuts[_i].key, cuts[_i].text);
    ck_assert_int_eq(sampler_init(&sampler, &q, &table, NULL), TRAINCOST_OK);
    sampler_fill(&sampler, u, x, COUNT(u));
    for (int i = 0; i < COUNT(u); i++) /* but for the last bit, as the bound is a share of 1 that was rounded */
        ck_assert_msg(isfinite(x[i]) && x[i] >= q.least - 4e-16 && x[i] <= q.most + 4e-16, "%s: %.17g at %g",
                      cuts[_i].text, x[i], u[i]);
    ck_assert(quantity_quantile(&q, 0) >= q.least && quantity_quantile(&q, 1) <= q.most);
    free(table);
}
END_TEST

/* ---- printing ---- */

static double random_number(gsl_rng *rng)
{
    double x = (gsl_rng_uniform(rng) - 0.5) * pow(10, (int)gsl_rng_uniform_int(rng, 40) - 20);
    return gsl_rng_uniform_int(rng, 4) ? x : rint(x * 100);
}

static void sort(double *a, double *b)
{
    double low = fmin(*a, *b), high = fmax(*a, *b);
    *a = low;
    *b = high;
}

static quantity random_quantity(gsl_rng *rng, enum quantity_form form)
{
    quantity q = {form, random_number(rng), 0, 0, -INFINITY, INFINITY};
    if (form == FORM_EXACT || form == FORM_ABOUT)
        return q;
    q.b = random_number(rng);
    if (form == FORM_PLUS_MINUS || form == FORM_NORMAL)
        q.b = fabs(q.b);
    else if (form == FORM_LOGNORMAL) {
        q.a = fabs(q.a) + 1e-30;
        q.b = 1 + fmod(fabs(q.b), 1e5);
    } else
        sort(&q.a, &q.b);
    if (form == FORM_INTERVAL && q.a > 0 && q.b > 1e12 * q.a)
        q.a = q.b / 1e6;
    if (form != FORM_TRIANGULAR && form != FORM_PERT)
        return q;
    q.c = random_number(rng);
    sort(&q.b, &q.c);
    sort(&q.a, &q.b);
    return q;
}

static bool same_quantity(const quantity *a, const quantity *b)
{
    return a->form == b->form && a->a == b->a && a->b == b->b && a->c == b->c && a->least == b->least &&
           a->most == b->most;
}

START_TEST(what_is_printed_reads_back)
{
    struct quantity_rule rule = free_rule(DIMENSION_COUNT);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    char text[QUANTITY_TEXT];
    for (int i = 0; i < 10000; i++) {
        quantity q = random_quantity(rng, (enum quantity_form)_i), back = {0};
        size_t length = quantity_print(&q, text, sizeof text);
        ck_assert_uint_lt(length, sizeof text);
        if (length != strlen(text) || quantity_parse(text, &rule, &back, NULL) || !same_quantity(&q, &back))
            ck_abort_msg("%.17g, %.17g, %.17g is printed as '%s'", q.a, q.b, q.c, text);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(what_was_read_prints_and_reads_back)
{
    char text[QUANTITY_TEXT];
    quantity q = read_as(forms[_i].dimension, forms[_i].text);
    quantity_print(&q, text, sizeof text);
    quantity back = read_as(forms[_i].dimension, text);
    ck_assert_msg(same_quantity(&q, &back), "'%s' is printed as '%s'", forms[_i].text, text);
}
END_TEST

START_TEST(printing_behaves_as_snprintf)
{
    traincost_quantity *q = NULL;
    char out[16];
    memset(out, '#', sizeof out);
    ck_assert_int_eq(traincost_quantity_parse("power-fraction", "40..60%", &q, NULL), TRAINCOST_OK);
    ck_assert_uint_eq(traincost_quantity_print(q, NULL, 0), 8);
    ck_assert_uint_eq(traincost_quantity_print(q, out, 4), 8);
    ck_assert_str_eq(out, "0.4");
    ck_assert(out[4] == '#');
    ck_assert_uint_eq(traincost_quantity_print(q, out, sizeof out), 8);
    ck_assert_str_eq(out, "0.4..0.6");
    ck_assert(traincost_quantity_quantile(q, 0.05) > 0.39);
    traincost_quantity_free(q);
}
END_TEST

START_TEST(scaling_scales_every_quantile)
{
    gsl_set_error_handler_off();
    quantity q = read_as(DIMENSION_COUNT, laws[_i].text), scaled = quantity_scaled(q, 2.5);
    for (int i = 1; i < 20; i++) {
        double x = quantity_quantile(&q, i / 20.0), y = quantity_quantile(&scaled, i / 20.0);
        ck_assert_msg(fabs(y - 2.5 * x) <= 1e-12 * fmax(fabs(y), 1), "%s: %.17g and %.17g", laws[_i].text, x,
                      y);
    }
}
END_TEST

START_TEST(made_quantities_are_those_that_texts_give)
{
    quantity low_high = read_as(DIMENSION_COUNT, "1.5..2.5"), exact = read_as(DIMENSION_COUNT, "7");
    quantity factor = read_as(DIMENSION_COUNT, "lognormal(2, 1.5)");
    quantity a = {FORM_INTERVAL, 1.5, 2.5, 0, -INFINITY, INFINITY}, b = quantity_exact(7),
             c = quantity_lognormal(2, 1.5);
    ck_assert(same_quantity(&low_high, &a) && same_quantity(&exact, &b) && same_quantity(&factor, &c));
    struct quantity_rule rule = {"pue", DIMENSION_RATIO, 1, 20, false};
    a = quantity_bounded(a, &rule);
    ck_assert(a.least == 1 && a.most == 20);
    ck_assert(close_to(quantity_quantile(&factor, 0.95), 3, 1e-12));
}
END_TEST

Suite *quantity_suite(void)
{
    Suite *suite = suite_create("quantity");
    TCase *tests = tcase_create("quantity");
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, every_form_reads_as_the_grammar_says, 0, COUNT(forms));
    tcase_add_loop_test(tests, nonsense_is_refused_with_its_place_and_reason, 0, COUNT(nonsense));
    tcase_add_test(tests, keys_that_take_no_quantity_are_refused);
    tcase_add_test(tests, a_long_text_is_cut_in_the_message);
    tcase_add_loop_test(tests, quantiles_are_those_of_gsl, 0, COUNT(laws));
    tcase_add_loop_test(tests, samples_are_quantiles, 0, COUNT(laws));
    tcase_add_test(tests, an_exact_quantity_is_one_number);
    tcase_add_test(tests, the_ends_and_beyond);
    tcase_add_loop_test(tests, extreme_numbers_give_finite_quantiles_or_are_refused, 0, COUNT(extremes));
    tcase_add_loop_test(tests, bounds_cut_and_do_not_clamp, 0, COUNT(cuts));
    tcase_add_loop_test(tests, the_outermost_samples_keep_to_the_bounds, 0, COUNT(cuts));
    tcase_add_loop_test(tests, what_is_printed_reads_back, 0, FORM_PERT + 1);
    tcase_add_loop_test(tests, what_was_read_prints_and_reads_back, 0, COUNT(forms));
    tcase_add_test(tests, printing_behaves_as_snprintf);
    tcase_add_loop_test(tests, scaling_scales_every_quantile, 0, COUNT(laws));
    tcase_add_test(tests, made_quantities_are_those_that_texts_give);
    suite_add_tcase(suite, tests);
    return suite;
}
