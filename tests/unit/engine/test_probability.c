/* Distribution functions of our own against GSL's. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/probability.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <math.h>

static void check_relative(double value, double expected, double within, const char *what, double at)
{
    ck_assert_msg(fabs(value - expected) <= within * expected + 1e-300, "%s at %.17g is %.17g, not %.17g", what, at,
                  value, expected);
}

START_TEST(the_normal_is_that_of_gsl)
{
    for (double z = -30; z <= 30; z += 0.0625) {
        check_relative(probability_normal(z), gsl_cdf_ugaussian_P(z), z <= -1 ? 2e-13 : 3e-15, "P", z);
        check_relative(probability_normal_density(z), gsl_ran_ugaussian_pdf(z), 2e-13, "density", z);
    }
    ck_assert(probability_normal(-INFINITY) == 0 && probability_normal(INFINITY) == 1);
}
END_TEST

START_TEST(the_beta_is_that_of_gsl)
{
    for (double alpha = 1; alpha <= 5; alpha += 0.25)
        for (double x = 0x1p-20; x < 1; x = x < 0.0625 ? 2 * x : x + 0.03125) {
            double beta = 6 - alpha;
            check_relative(probability_beta(x, alpha, beta), gsl_cdf_beta_P(x, alpha, beta), 2e-13, "P", x);
            check_relative(probability_beta_density(x, alpha, beta), gsl_ran_beta_pdf(x, alpha, beta), 2e-13,
                           "density", x);
        }
    ck_assert(probability_beta(0, 2, 4) == 0 && probability_beta(1, 2, 4) == 1);
}
END_TEST

START_TEST(the_ends_of_the_beta_and_what_is_too_small_for_a_double)
{
    ck_assert(probability_beta_density(0, 1, 5) == 5 && probability_beta_density(1, 5, 1) == 5);
    ck_assert(probability_beta_density(0, 2, 4) == 0 && probability_beta_density(1, 2, 4) == 0);
    ck_assert(probability_beta_density(-1, 1, 5) == 0 && probability_beta_density(2, 5, 1) == 0);
    ck_assert(probability_beta(-1, 1, 5) == 0 && probability_beta(2, 5, 1) == 1);
    ck_assert(probability_beta(1e-200, 5, 1) == 0 && probability_beta_density(1e-200, 5, 1) == 0);
    ck_assert(probability_beta(0x1p-1020, 1, 5) < 1e-300);
}
END_TEST

Suite *probability_suite(void);

Suite *probability_suite(void)
{
    Suite *suite = suite_create("probability");
    TCase *tests = tcase_create("probability");
    tcase_add_test(tests, the_normal_is_that_of_gsl);
    tcase_add_test(tests, the_beta_is_that_of_gsl);
    tcase_add_test(tests, the_ends_of_the_beta_and_what_is_too_small_for_a_double);
    suite_add_tcase(suite, tests);
    return suite;
}
