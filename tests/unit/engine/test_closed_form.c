/* Figures that are not sampled: against GSL's lognormal, against plain sampling, and what is left to be sampled. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/engine.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

enum { CLOSED_INPUTS = 5, CLOSED_OUTPUTS = 3, CLOSED_LEVELS = 5 };

static const double closed_levels[CLOSED_LEVELS] = {0.001, 0.05, 0.5, 0.9, 0.99};

/* a b^2 / c, where c shares the draw of a; a / c; and a plus b, which is none. */
static void closed_model(const void *unused, const double *const *in, size_t n, double *const *out)
{
    (void)unused;
    for (size_t i = 0; i < n; i++) {
        double a = in[0][i], b = in[1][i], c = in[2][i], number = in[3][i];
        if (out[0])
            out[0][i] = number * a * b * b / c;
        if (out[1])
            out[1][i] = number * a / c;
        if (out[2])
            out[2][i] = a + b;
    }
}

static const struct engine_product closed_products[CLOSED_OUTPUTS] = {
    {true, 3, {{0, 1}, {1, 2}, {2, -1}}}, {true, 2, {{0, 1}, {2, -1}}}, {.known = false}};

static struct engine_job closed_job(quantity inputs[CLOSED_INPUTS])
{
    static const size_t leaders[CLOSED_INPUTS] = {0, 1, 0, 3, 4};
    inputs[0] = quantity_lognormal(3, 1.7);
    inputs[1] = quantity_lognormal(0.5, 1.2);
    inputs[2] = quantity_lognormal(2, 1.1);
    inputs[3] = quantity_exact(1000);
    inputs[4] = quantity_lognormal(2, 3); /* moves nothing */
    struct engine_job job = {.inputs = inputs,
                             .leaders = leaders,
                             .input_count = CLOSED_INPUTS,
                             .evaluate = closed_model,
                             .output_count = CLOSED_OUTPUTS,
                             .products = closed_products};
    job.settings = (struct engine_settings){.samples = 65536, .seed = 1, .threads = 1, .sensitivity = true, .keep = true};
    job.settings.levels = closed_levels;
    job.settings.level_count = CLOSED_LEVELS;
    job.settings.bins = 40;
    return job;
}

static double log_deviation(double factor)
{
    return log(factor) / gsl_cdf_ugaussian_Pinv(0.95);
}

START_TEST(a_product_has_the_figures_of_its_lognormal)
{
    quantity inputs[CLOSED_INPUTS];
    struct engine_job job = closed_job(inputs);
    struct engine_answer answer;
    ck_assert(!engine_run(&job, &answer, NULL));
    const struct engine_figure *figure = &answer.figures[0];
    const double m = log(1000 * 3 * 0.25 / 2), together = log_deviation(1.7) - log_deviation(1.1);
    const double own = 2 * log_deviation(1.2), s = hypot(together, own);
    const double mean = exp(m + s * s / 2), sd = mean * sqrt(expm1(s * s)), all = expm1(s * s);
    ck_assert(figure->closed && figure->mean_se == 0);
    ck_assert_double_eq_tol(figure->mean, mean, 1e-13 * mean);
    ck_assert_double_eq_tol(figure->sd, sd, 1e-13 * sd);
    for (size_t q = 0; q < CLOSED_LEVELS; q++) {
        double expected = gsl_cdf_lognormal_Pinv(closed_levels[q], m, s), within = 1.07 * expected;
        ck_assert_double_eq_tol(figure->quantile[q], expected, 1e-12 * expected);
        ck_assert(figure->quantile_se[q] == 0);
        ck_assert_double_eq_tol(engine_probability(figure, within), gsl_cdf_lognormal_P(within, m, s), 1e-13);
    }
    ck_assert(engine_probability(figure, -1) == 0 && engine_probability(figure, INFINITY) == 1);
    ck_assert(isnan(engine_probability(figure, NAN)));
    ck_assert_double_eq_tol(figure->first_order[0], expm1(together * together) / all, 1e-12);
    ck_assert_double_eq_tol(figure->total_order[1], expm1(own * own) * exp(together * together) / all, 1e-12);
    ck_assert(figure->first_order[2] == 0 && figure->total_order[4] == 0 && figure->total_se[0] == 0);
    ck_assert_double_eq_tol(figure->high[1], figure->quantile[2] * 1.44, 1e-9);
    ck_assert(isnan(figure->high[2]) && figure->bins == 40);
    for (size_t b = 0; b < figure->bins; b++) {
        double below = b ? gsl_cdf_lognormal_P(figure->bin_edge[b], m, s) : 0;
        double here = b + 1 < figure->bins ? gsl_cdf_lognormal_P(figure->bin_edge[b + 1], m, s) : 1;
        ck_assert_double_eq_tol(figure->bin_share[b], here - below, 1e-12);
        ck_assert(figure->bin_edge[b] < figure->bin_edge[b + 1]);
    }
    engine_answer_free(&answer);
}
END_TEST

/* A spread that is told from 0 by its square alone. */
START_TEST(a_narrow_product_keeps_its_digits)
{
    quantity inputs[CLOSED_INPUTS];
    struct engine_job job = closed_job(inputs);
    struct engine_answer answer;
    const double s = 1e-7;
    inputs[0] = quantity_lognormal(3, exp(s * gsl_cdf_ugaussian_Pinv(0.95)));
    inputs[2] = quantity_exact(2);
    ck_assert(!engine_run(&job, &answer, NULL));
    ck_assert_double_eq_tol(answer.figures[1].sd, 1500 * s, 1e-8 * 1500 * s);
    ck_assert(answer.figures[1].first_order[0] == 1 && answer.figures[1].total_order[0] == 1);
    engine_answer_free(&answer);
}
END_TEST

/* Four million samples that no closed form has touched. */
START_TEST(plain_sampling_agrees)
{
    quantity inputs[CLOSED_INPUTS];
    struct engine_job job = closed_job(inputs);
    struct engine_answer closed, sampled;
    ck_assert(!engine_run(&job, &closed, NULL));
    job.settings.pseudo_random = true;
    job.settings.samples = 4194304;
    ck_assert(!engine_run(&job, &sampled, NULL));
    for (size_t j = 0; j < 2; j++) {
        const struct engine_figure *x = &closed.figures[j], *y = &sampled.figures[j];
        ck_assert(x->closed && !y->closed);
        ck_assert_double_eq_tol(y->mean, x->mean, 4 * y->mean_se);
        ck_assert_double_eq_tol(y->sd, x->sd, 0.004 * x->sd);
        for (size_t q = 0; q < CLOSED_LEVELS; q++)
            ck_assert_double_eq_tol(y->quantile[q], x->quantile[q], 4 * y->quantile_se[q]);
        for (size_t i = 0; i < CLOSED_INPUTS; i++) {
            ck_assert_double_eq_tol(y->first_order[i], x->first_order[i], 4 * y->first_se[i] + 1e-9);
            ck_assert_double_eq_tol(y->total_order[i], x->total_order[i], 4 * y->total_se[i] + 1e-9);
        }
        ck_assert_double_eq_tol(engine_probability(y, 1.2 * x->quantile[2]), engine_probability(x, 1.2 * x->quantile[2]),
                                1e-3);
    }
    engine_answer_free(&closed);
    engine_answer_free(&sampled);
}
END_TEST

/* A bound that cuts, another law, and a correlation; what is asked for beside it changes nothing. */
START_TEST(what_is_no_lognormal_is_sampled)
{
    const struct engine_correlation pair = {0, 4, 0.5};
    const bool first[CLOSED_OUTPUTS] = {true, false, false};
    quantity inputs[CLOSED_INPUTS];
    for (int how = 0; how < 5; how++) {
        struct engine_job job = closed_job(inputs);
        struct engine_answer answer, alone;
        if (how == 1)
            inputs[0].most = 6;
        if (how == 2)
            inputs[1].least = 0.3;
        if (how == 3)
            ck_assert(!quantity_parse("0.4 +- 0.1", &(struct quantity_rule){"b", DIMENSION_RATIO, 0, 9, false},
                                      &inputs[1], NULL));
        if (how == 4) {
            job.correlations = &pair;
            job.correlation_count = 1;
        }
        ck_assert(!engine_run(&job, &answer, NULL));
        job.asked = first;
        ck_assert(!engine_run(&job, &alone, NULL));
        ck_assert(answer.figures[0].closed == (how == 0) && !answer.figures[2].closed);
        ck_assert(answer.figures[1].closed == (how != 1 && how != 4));
        ck_assert((answer.figures[0].quantile_se[2] > 0) == (how != 0) && answer.samples == 65536);
        ck_assert(alone.figures[0].mean == answer.figures[0].mean && alone.samples == 65536);
        ck_assert_mem_eq(alone.figures[0].quantile, answer.figures[0].quantile, sizeof closed_levels);
        ck_assert_mem_eq(alone.figures[0].total_order, answer.figures[0].total_order, CLOSED_INPUTS * sizeof(double));
        engine_answer_free(&answer);
        engine_answer_free(&alone);
    }
}
END_TEST

/* Nothing, less than nothing, and what numbers do not hold: the first is exact, the others are left to sampling. */
START_TEST(a_number_that_is_not_above_0_is_no_lognormal)
{
    static const struct {
        double number;
        bool closed;
    } cases[] = {{0, true}, {-5, false}, {1e300, false}, {INFINITY, false}};
    quantity inputs[CLOSED_INPUTS];
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct engine_job job = closed_job(inputs);
        struct engine_answer answer;
        inputs[3] = quantity_exact(cases[k].number);
        ck_assert(!engine_run(&job, &answer, NULL));
        const struct engine_figure *figure = &answer.figures[0];
        ck_assert(figure->closed == cases[k].closed);
        if (figure->closed)
            ck_assert(figure->quantile[0] == 0 && figure->sd == 0 && figure->bins == 0 &&
                      engine_probability(figure, 0) == 1 && engine_probability(figure, -1e-9) == 0 &&
                      isnan(figure->first_order[0]));
        engine_answer_free(&answer);
    }
}
END_TEST

Suite *closed_form_suite(void)
{
    Suite *suite = suite_create("closed-form");
    TCase *tests = tcase_create("products of lognormals");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_product_has_the_figures_of_its_lognormal);
    tcase_add_test(tests, a_narrow_product_keeps_its_digits);
    tcase_add_test(tests, plain_sampling_agrees);
    tcase_add_test(tests, what_is_no_lognormal_is_sampled);
    tcase_add_test(tests, a_number_that_is_not_above_0_is_no_lognormal);
    suite_add_tcase(suite, tests);
    return suite;
}
