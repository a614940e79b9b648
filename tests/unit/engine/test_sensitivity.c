/* What moves an output: swings and correlations against closed forms. Sobol' indices are in test_engine.c. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/copula.h"
#include "engine/engine.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

static const double z95 = 1.6448536269514722;
static const double pi = 3.14159265358979323846;
static const double levels[] = {0.05, 0.5, 0.95};
enum { LEVELS = 3 };

static void product_model(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    size_t count = *(const size_t *)model;
    for (size_t i = 0; i < n; i++) {
        outputs[0][i] = 1;
        for (size_t k = 0; k < count; k++)
            outputs[0][i] *= inputs[k][i];
    }
}

static struct engine_job make_effects_job(const quantity *inputs, const size_t *count)
{
    struct engine_job job = {
        .inputs = inputs, .input_count = *count, .evaluate = product_model, .model = count, .output_count = 1};
    job.settings = (struct engine_settings){.samples = 65536, .seed = 1, .threads = 1, .sensitivity = true};
    job.settings.levels = levels;
    job.settings.level_count = LEVELS;
    return job;
}

START_TEST(a_swing_is_the_output_at_the_ends_of_an_input)
{
    enum { MANY = 200 };
    quantity inputs[MANY];
    const size_t count = MANY;
    double middle = 1;
    for (size_t i = 0; i < MANY; i++) {
        inputs[i] = i % 3 ? quantity_lognormal(1, 1 + 0.001 * (double)(i + 1)) : quantity_exact(1.5);
        middle *= quantity_quantile(&inputs[i], 0.5);
    }
    struct engine_job job = make_effects_job(inputs, &count);
    struct engine_answer answer;
    ck_assert(!engine_run(&job, &answer, NULL));
    const struct engine_figure *figure = &answer.figures[0];
    for (size_t i = 0; i < MANY; i++)
        if (i % 3) {
            ck_assert_double_eq_tol(figure->low[i] * inputs[i].b, middle, 1e-9 * middle);
            ck_assert_double_eq_tol(figure->high[i], middle * inputs[i].b, 1e-9 * middle);
        } else {
            ck_assert(isnan(figure->low[i]) && isnan(figure->high[i]));
        }
    engine_answer_free(&answer);
}
END_TEST

START_TEST(a_swing_moves_all_that_share_a_draw)
{
    const quantity inputs[] = {quantity_lognormal(2, 1.5), quantity_lognormal(3, 1.2),
                               quantity_lognormal(5, 2)};
    const size_t leaders[] = {0, 1, 0}, count = 3;
    struct engine_job job = make_effects_job(inputs, &count);
    struct engine_answer answer;
    job.leaders = leaders;
    ck_assert(!engine_run(&job, &answer, NULL));
    ck_assert_double_eq_tol(answer.figures[0].high[0], 30 * 1.5 * 2, 1e-9);
    ck_assert_double_eq_tol(answer.figures[0].low[1], 30 / 1.2, 1e-9);
    ck_assert(isnan(answer.figures[0].low[2]));
    engine_answer_free(&answer);
}
END_TEST

/* ---- correlations ---- */

START_TEST(rank_correlations_become_those_of_normals)
{
    for (int i = -10; i <= 10; i++)
        ck_assert_double_eq_tol(copula_normal_correlation(0.1 * i), 2 * sin(0.1 * i * pi / 6), 1e-15);
}
END_TEST

START_TEST(a_factor_gives_the_matrix_back_or_is_refused)
{
    const double matrix[] = {1, 0.5, -0.3, 0.5, 1, 0.2, -0.3, 0.2, 1};
    double factor[9], impossible[] = {1, 0.9, -0.9, 0.9, 1, 0.9, -0.9, 0.9, 1}, singular[] = {1, 1, 1, 1};
    memcpy(factor, matrix, sizeof factor);
    ck_assert(copula_factor(factor, 3));
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double sum = 0;
            for (int k = 0; k < 3; k++)
                sum += factor[3 * i + k] * factor[3 * j + k];
            ck_assert_double_eq_tol(sum, matrix[3 * i + j], 1e-15);
        }
    ck_assert(!copula_factor(impossible, 3));
    ck_assert(!copula_factor(singular, 2));
    ck_assert(copula_factor(NULL, 0));
}
END_TEST

/* The logarithms are normals whose covariance is known. */
START_TEST(correlated_lognormals_have_their_closed_form)
{
    static const double ranks[] = {-0.9, -0.5, 0, 0.3, 0.7, 0.95};
    const quantity inputs[] = {quantity_lognormal(2, 1.5), quantity_lognormal(3, 1.2),
                               quantity_lognormal(5, 2)};
    const struct engine_correlation pair = {2, 0, ranks[_i]};
    const size_t count = 3;
    struct engine_job job = make_effects_job(inputs, &count);
    struct engine_answer answer;
    double a = log(1.5) / z95, b = log(1.2) / z95, c = log(2) / z95;
    double s = sqrt(a * a + b * b + c * c + 2 * a * c * 2 * sin(ranks[_i] * pi / 6));
    job.correlations = &pair;
    job.correlation_count = 1;
    for (int seed = 0; seed < 20; seed++) {
        job.settings.seed = seed;
        job.settings.pseudo_random = seed % 4 == 0;
        ck_assert(!engine_run(&job, &answer, NULL));
        const struct engine_figure *figure = &answer.figures[0];
        for (int q = 0; q < LEVELS; q++)
            ck_assert_double_eq_tol(figure->quantile[q], 30 * exp(s * gsl_cdf_ugaussian_Pinv(levels[q])),
                                    5 * figure->quantile_se[q]);
        double group = expm1(s * s - b * b), whole = expm1(s * s);
        ck_assert_double_eq_tol(figure->first_order[0], group / whole, 0.01);
        ck_assert(figure->first_order[0] == figure->first_order[2]);
        ck_assert(figure->total_order[0] == figure->total_order[2]);
        ck_assert_double_eq_tol(figure->total_order[1], expm1(b * b) * exp(s * s - b * b) / whole, 0.01);
        engine_answer_free(&answer);
    }
}
END_TEST

/* Whatever the distributions and their bounds, the ranks are correlated so, and each keeps its own. */
struct ranks {
    double low[2];
};

static void both_low(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct ranks *ranks = model;
    for (size_t i = 0; i < n; i++) {
        bool first = inputs[0][i] < ranks->low[0], second = inputs[1][i] < ranks->low[1];
        outputs[0][i] = first && second;
        outputs[1][i] = inputs[0][i];
        outputs[2][i] = inputs[1][i];
    }
}

START_TEST(each_keeps_its_own_distribution)
{
    const quantity inputs[] = {{.form = FORM_UNIFORM, .a = 1, .b = 3, .least = 1.5, .most = INFINITY},
                               {.form = FORM_PERT, .a = 0, .b = 2, .c = 8, .least = -INFINITY, .most = INFINITY}};
    const struct engine_correlation pair = {0, 1, 0.6};
    struct ranks ranks = {{quantity_quantile(&inputs[0], 0.5), quantity_quantile(&inputs[1], 0.5)}};
    struct engine_job job = {.inputs = inputs,
                             .input_count = 2,
                             .evaluate = both_low,
                             .model = &ranks,
                             .output_count = 3,
                             .correlations = &pair,
                             .correlation_count = 1};
    struct engine_answer answer;
    job.settings =
        (struct engine_settings){.samples = 1 << 20, .seed = 3, .levels = levels, .level_count = LEVELS};
    ck_assert(!engine_run(&job, &answer, NULL));
    /* P(both below their median) = 1/4 + asin(r) / (2 pi) for normals */
    double r = 2 * sin(0.6 * pi / 6), both = 0.25 + asin(r) / (2 * pi);
    ck_assert_double_eq_tol(answer.figures[0].mean, both, 5 * answer.figures[0].mean_se);
    for (int j = 1; j < 3; j++)
        for (int q = 0; q < LEVELS; q++)
            ck_assert_double_eq_tol(answer.figures[j].quantile[q], quantity_quantile(&inputs[j - 1], levels[q]),
                                    5 * answer.figures[j].quantile_se[q] + 1e-6);
    engine_answer_free(&answer);
}
END_TEST

/* ---- instruction sets ---- */

START_TEST(instruction_sets_do_not_change_a_bit)
{
    const quantity inputs[] = {quantity_lognormal(2, 1.5),
                               {.form = FORM_TRIANGULAR, .a = 1, .b = 2, .c = 4, .least = -INFINITY, .most = INFINITY},
                               {.form = FORM_NORMAL, .a = 1, .b = 0.3, .least = 0, .most = INFINITY},
                               {.form = FORM_PERT, .a = 0.5, .b = 1, .c = 8, .least = -INFINITY, .most = INFINITY},
                               {.form = FORM_UNIFORM, .a = 1, .b = 2, .least = -INFINITY, .most = INFINITY},
                               quantity_lognormal(5, 30)};
    const struct engine_correlation pair = {0, 3, 0.4};
    const size_t count = 6;
    struct engine_job job = make_effects_job(inputs, &count);
    struct engine_answer one, other;
    job.correlations = &pair;
    job.correlation_count = (size_t)_i % 2;
    job.settings.samples = 30000;
    job.settings.pseudo_random = _i / 2;
    job.settings.isa = ISA_ANY;
    ck_assert(!engine_run(&job, &one, NULL));
    for (enum isa isa = ISA_BEST; isa <= ISA_AVX512; isa++) {
        job.settings.isa = isa;
        ck_assert(!engine_run(&job, &other, NULL));
        const struct engine_figure *x = &one.figures[0], *y = &other.figures[0];
        ck_assert_mem_eq(&x->mean, &y->mean, 3 * sizeof x->mean);
        ck_assert_mem_eq(x->quantile, y->quantile, 2 * LEVELS * sizeof *x->quantile);
        ck_assert_mem_eq(x->low, y->low, 4 * count * sizeof *x->low);
        engine_answer_free(&other);
    }
    engine_answer_free(&one);
}
END_TEST

Suite *sensitivity_suite(void)
{
    Suite *suite = suite_create("sensitivity");
    TCase *tests = tcase_create("swings, correlations, instruction sets");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_swing_is_the_output_at_the_ends_of_an_input);
    tcase_add_test(tests, a_swing_moves_all_that_share_a_draw);
    tcase_add_test(tests, rank_correlations_become_those_of_normals);
    tcase_add_test(tests, a_factor_gives_the_matrix_back_or_is_refused);
    tcase_add_loop_test(tests, correlated_lognormals_have_their_closed_form, 0, 6);
    tcase_add_test(tests, each_keeps_its_own_distribution);
    tcase_add_loop_test(tests, instruction_sets_do_not_change_a_bit, 0, 4);
    suite_add_tcase(suite, tests);
    return suite;
}
