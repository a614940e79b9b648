/* The stated errors of the elementary functions, against libm and GSL. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/elementary.h"

#include <check.h>
#include <gsl/gsl_cdf.h>

enum { STEPS = 200000 };

static double relative(double x, double truth)
{
    return fabs(x - truth) / fabs(truth);
}

START_TEST(exponentials_err_as_stated)
{
    double worst = 0, worst_brief = 0;
    for (int i = 0; i <= STEPS; i++) {
        double x = -700 + 1400.0 * i / (double)STEPS;
        worst = fmax(worst, relative(elementary_exp(x), exp(x)));
        worst_brief = fmax(worst_brief, relative(brief_exp2(x), exp2(x)));
    }
    ck_assert_double_lt(worst, 6e-16);
    ck_assert_double_lt(worst_brief, 1e-10);
    ck_assert(brief_exp2(-5000) > 0 && isfinite(brief_exp2(5000)));
}
END_TEST

START_TEST(logarithms_err_as_stated)
{
    for (int i = 1; i <= STEPS; i++) {
        double x = exp(-700 + 1400.0 * i / (double)STEPS);
        if (!(fabs(elementary_log(x) - log(x)) <= 6e-16 * fabs(log(x))))
            ck_abort_msg("the logarithm of %.17g is %.17g", x, elementary_log(x));
    }
    ck_assert(elementary_log(1) == 0);
}
END_TEST

START_TEST(normal_scores_err_as_stated)
{
    double worst = 0, worst_brief = 0;
    int deep = 0;
    for (int i = 0; i < STEPS; i++) {
        double u = (i + 0.5) / (double)STEPS, z = gsl_cdf_ugaussian_Pinv(u), x = 2 * u - 1, depth = brief_depth(x);
        worst = fmax(worst, relative(normal_inverse(u), z));
        deep += depth < brief_deepest;
        if (depth >= brief_deepest)
            worst_brief = fmax(worst_brief, relative(brief_normal(x, depth), z));
    }
    ck_assert_double_lt(worst, 1e-11); /* which 1 - u leaves of it near 1 */
    ck_assert_double_lt(worst_brief, 2e-9);
    ck_assert_int_lt(deep, STEPS / 900);
    ck_assert(brief_normal(0, brief_depth(0)) == 0);
}
END_TEST

START_TEST(probabilities_err_as_stated)
{
    for (int i = 0; i <= STEPS; i++) {
        double z = -7 + 14.0 * i / (double)STEPS, truth = gsl_cdf_ugaussian_P(z);
        if (!(relative(normal_probability(z), truth) <= 1e-8))
            ck_abort_msg("below %.17g lies %.17g, not %.17g", z, normal_probability(z), truth);
    }
    ck_assert(normal_probability(-50) > 0 && normal_probability(50) < 1);
}
END_TEST

Suite *elementary_suite(void)
{
    Suite *suite = suite_create("elementary");
    TCase *tests = tcase_create("errors of functions");
    tcase_add_test(tests, exponentials_err_as_stated);
    tcase_add_test(tests, logarithms_err_as_stated);
    tcase_add_test(tests, normal_scores_err_as_stated);
    tcase_add_test(tests, probabilities_err_as_stated);
    suite_add_tcase(suite, tests);
    return suite;
}
