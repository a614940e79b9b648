/* What quantities stand for: quantiles, samples, bounds. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "unit/quantities.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

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
        double p = (i + 0.5) / (double)LEVELS, expected = laws[_i].inverse(p, laws[_i].at);
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
        u[i] = (i + 0.5) / (double)LEVELS;
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
    /* the law ends where the bound is */
    {"power-fraction", "triangular(-0.5, 0.4, 1)", 13, {-0.5, 0.4, 1}, 0, 1},
    {"power-fraction", "pert(-0.5, 0.4, 1)", 16, {-0.5, 0.4, 1}, 0, 1},
    {"power-fraction", "uniform(-0.5, 1)", 11, {-0.5, 1}, 0, 1},
    {"pue", "1.0..1.3", 8, {0.13118213223374523, 0.13118213223374523 / Z95}, 1, 20},
    {"pue", "normal(1.1, 0.1)", 5, {1.1, 0.1}, 1, 20},
    {"hours", "normal(2 h, 2 h)", 5, {2, 2}, 0, INFINITY},
    {"hours", "0..6", 4, {3, 3 / Z95}, 0, INFINITY},
    {"chips", "pert(0, 2, 8)", 16, {0, 2, 8}, 1, INFINITY},
    {"chips", "lognormal(2, 8)", 8, {0.69314718055994531, 2.0794415416798357 / Z95}, 1, INFINITY},
};

enum { GRID = 20001 };

/* As quantity_parse reads it, where it would not refuse an end outside the bounds. */
static quantity read_cut(const char *key, const char *text)
{
    const traincost_parameter *p = traincost_parameter_find(key);
    struct quantity_rule rule = {key, DIMENSION_COUNT, p->least, p->most, p->open != 0};
    return quantity_bounded(read_as(strcmp(key, "hours") ? DIMENSION_COUNT : DIMENSION_TIME, text), &rule);
}

START_TEST(bounds_cut_and_do_not_clamp)
{
    static double u[GRID], x[GRID];
    double *table = NULL;
    struct sampler sampler;
    gsl_set_error_handler_off();
    quantity q = read_cut(cuts[_i].key, cuts[_i].text);
    ck_assert(q.least == cuts[_i].least && q.most == cuts[_i].most);
    ck_assert_int_eq(sampler_init(&sampler, &q, &table, NULL), TRAINCOST_OK);
    for (int i = 0; i < GRID; i++)
        u[i] = (i + 0.5) / (double)GRID;
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
    quantity q = read_cut(cuts[_i].key, cuts[_i].text);
    ck_assert_int_eq(sampler_init(&sampler, &q, &table, NULL), TRAINCOST_OK);
    sampler_fill(&sampler, u, x, COUNT(u));
    for (int i = 0; i < COUNT(u); i++) /* but for the last bit, as the bound is a share of 1 that was rounded */
        ck_assert_msg(isfinite(x[i]) && x[i] >= q.least - 4e-16 && x[i] <= q.most + 4e-16, "%s: %.17g at %g",
                      cuts[_i].text, x[i], u[i]);
    ck_assert(quantity_quantile(&q, 0) >= q.least && quantity_quantile(&q, 1) <= q.most);
    free(table);
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
    quantity a = {.form = FORM_INTERVAL, .a = 1.5, .b = 2.5, .least = -INFINITY, .most = INFINITY}, b = quantity_exact(7),
             c = quantity_lognormal(2, 1.5);
    ck_assert(same_bounded_quantity(&low_high, &a) && same_bounded_quantity(&exact, &b) &&
              same_bounded_quantity(&factor, &c));
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
    tcase_add_loop_test(tests, quantiles_are_those_of_gsl, 0, COUNT(laws));
    tcase_add_loop_test(tests, samples_are_quantiles, 0, COUNT(laws));
    tcase_add_test(tests, an_exact_quantity_is_one_number);
    tcase_add_test(tests, the_ends_and_beyond);
    tcase_add_loop_test(tests, extreme_numbers_give_finite_quantiles_or_are_refused, 0, COUNT(extremes));
    tcase_add_loop_test(tests, bounds_cut_and_do_not_clamp, 0, COUNT(cuts));
    tcase_add_loop_test(tests, the_outermost_samples_keep_to_the_bounds, 0, COUNT(cuts));
    tcase_add_loop_test(tests, scaling_scales_every_quantile, 0, COUNT(laws));
    tcase_add_test(tests, made_quantities_are_those_that_texts_give);
    suite_add_tcase(suite, tests);
    return suite;
}
