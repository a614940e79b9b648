/* The engine against closed forms, and the same bits whatever the threads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/engine.h"

#include <check.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <string.h>

static quantity interval(double low, double high)
{
    return (quantity){.form = FORM_INTERVAL, .a = low, .b = high, .least = -INFINITY, .most = INFINITY};
}

enum { LEVELS = 5, MOST_INPUTS = 12 };
static const double levels[LEVELS] = {0.05, 0.25, 0.5, 0.75, 0.95};
static const double z95 = 1.6448536269514722;
static const double pi = 3.14159265358979323846;

/* ---- models ---- */

/* What the models below are told: how many inputs there are, and numbers of their own. */
struct shape {
    size_t count;
    double a, b;
};

static void product(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct shape *shape = model;
    for (size_t i = 0; i < n; i++)
        outputs[0][i] = 1;
    for (size_t k = 0; k < shape->count; k++)
        for (size_t i = 0; i < n; i++)
            outputs[0][i] *= inputs[k][i];
}

static void sum_of(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct shape *shape = model;
    for (size_t i = 0; i < n; i++)
        outputs[0][i] = 0;
    for (size_t k = 0; k < shape->count; k++)
        for (size_t i = 0; i < n; i++)
            outputs[0][i] += inputs[k][i];
}

static void ishigami(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct shape *shape = model;
    for (size_t i = 0; i < n; i++) {
        double s = sin(inputs[1][i]), z = inputs[2][i];
        outputs[0][i] = sin(inputs[0][i]) * (1 + shape->b * z * z * z * z) + shape->a * s * s;
    }
    for (size_t i = 0; outputs[1] && i < n; i++)
        outputs[1][i] = shape->a;
}

/* The first input, pushed up to a and down to b. */
static void cut_at(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct shape *shape = model;
    for (size_t i = 0; i < n; i++)
        outputs[0][i] = fmin(fmax(inputs[0][i], shape->a), shape->b);
}

/* Outputs of every kind at once, in the manner of a cost model. */
enum { MIXED_INPUTS = 6, MIXED_OUTPUTS = 6 };
static void mixed(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    (void)model;
    for (size_t i = 0; i < n; i++) {
        double energy = inputs[0][i] * inputs[1][i], wear = inputs[2][i] * inputs[3][i];
        double all[MIXED_OUTPUTS] = {energy + wear, -energy,       energy - wear,
                                     inputs[4][i],  fmax(wear, 1), wear / inputs[5][i]};
        for (int j = 0; j < MIXED_OUTPUTS; j++)
            if (outputs[j])
                outputs[j][i] = all[j];
    }
}

static const quantity *mixed_inputs(quantity inputs[MIXED_INPUTS])
{
    inputs[0] = interval(1, 3);
    inputs[1] = quantity_lognormal(0.7, 1.5);
    inputs[2] = interval(0.5, 2);
    inputs[3] = quantity_exact(1.25);
    inputs[4] = quantity_exact(1.0 / 3);
    inputs[5] = quantity_exact(0);
    inputs[5].form = FORM_PERT;
    inputs[5].a = 0.5;
    inputs[5].b = 0.7;
    inputs[5].c = 1;
    return inputs;
}

static quantity make_quantities(enum quantity_form form, double a, double b)
{
    quantity q = quantity_exact(a);
    q.form = form;
    q.b = b;
    return q;
}

/* ---- running ---- */

static struct engine_job make_job(const quantity *inputs, size_t count, engine_model *evaluate,
                                  const void *model)
{
    struct engine_job job = {.inputs = inputs,
                             .input_count = count,
                             .evaluate = evaluate,
                             .model = model,
                             .output_count = 1,
                             .settings = {.samples = 65536, .seed = 1, .threads = 1}};
    job.settings.levels = levels;
    job.settings.level_count = LEVELS;
    return job;
}

static void run_job(const struct engine_job *job, struct engine_answer *answer)
{
    ck_assert_int_eq(engine_run(job, answer, NULL), TRAINCOST_OK);
}

/* How figures compare with the truth, counted over many of them. */
struct score {
    int figures, within_two, beyond_four;
    double worst;
};

static void count_figure(struct score *score, double figure, double se, double truth)
{
    double z = fabs(figure - truth) / se;
    ck_assert_msg(se > 0 && isfinite(figure), "%g with an error of %g", figure, se);
    score->figures++;
    score->within_two += z <= 2;
    score->beyond_four += z > 4;
    score->worst = fmax(score->worst, z);
}

static void check_score(const struct score *score, double least, double most)
{
    double share = (double)score->within_two / score->figures;
    ck_assert_msg(share >= least && share <= most, "%.4f lie within two errors", share);
    ck_assert_msg(score->beyond_four <= 2 + score->figures / 500, "%d of %d lie beyond four errors",
                  score->beyond_four, score->figures);
    ck_assert_msg(score->worst < 7, "one is %.2f errors off", score->worst);
}

/* ---- closed forms ---- */

static void score_lognormal(const struct engine_figure *figure, double m, double s, struct score *score)
{
    for (int q = 0; q < LEVELS; q++)
        count_figure(score, figure->quantile[q], figure->quantile_se[q],
                     exp(m + s * gsl_cdf_ugaussian_Pinv(levels[q])));
    count_figure(score, figure->mean, figure->mean_se, exp(m + s * s / 2));
}

/* Without and with a factor that is rotated. */
START_TEST(products_of_lognormals_have_their_closed_form)
{
    const size_t factors[] = {0};
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    struct score score = {0};
    for (int scenario = 0; scenario < 200; scenario++) {
        quantity inputs[MOST_INPUTS];
        struct shape shape = {1 + gsl_rng_uniform_int(rng, MOST_INPUTS), 0, 0};
        double m = 0, s = 0;
        for (size_t i = 0; i < shape.count; i++) {
            double median = exp(20 * gsl_rng_uniform(rng) - 10), factor = exp(0.02 + gsl_rng_uniform(rng));
            inputs[i] = quantity_lognormal(median, factor);
            m += log(median);
            s = hypot(s, log(factor) / z95);
        }
        struct engine_job job = make_job(inputs, shape.count, product, &shape);
        struct engine_answer answer;
        job.settings.seed = scenario;
        job.factors = _i == 1 ? factors : NULL;
        run_job(&job, &answer);
        score_lognormal(&answer.figures[0], m, s, &score);
        double sd = exp(m + s * s / 2) * sqrt(expm1(s * s));
        if (s < 0.8)
            ck_assert_double_eq_tol(answer.figures[0].sd, sd, 0.05 * sd);
        engine_answer_free(&answer);
    }
    check_score(&score, 0.93, 0.985);
    gsl_rng_free(rng);
}
END_TEST

/* The error of the 5 % quantile of a product of five. */
static double factor_error(struct engine_job *job)
{
    struct engine_answer answer;
    run_job(job, &answer);
    double se = answer.figures[0].quantile_se[0];
    engine_answer_free(&answer);
    return se;
}

static void make_five(quantity inputs[5])
{
    for (int i = 0; i < 5; i++)
        inputs[i] = quantity_lognormal(1, 1.8);
}

START_TEST(a_factor_lowers_the_error)
{
    quantity inputs[5];
    const size_t factors[] = {2};
    struct shape shape = {5, 0, 0};
    make_five(inputs);
    struct engine_job job = make_job(inputs, 5, product, &shape);
    double with = 0, without = 0;
    for (int seed = 0; seed < 40; seed++) {
        job.settings.seed = seed;
        job.factors = factors;
        with += factor_error(&job);
        job.factors = NULL;
        without += factor_error(&job);
    }
    ck_assert_msg(with < 0.75 * without, "%g and %g", with / 40, without / 40);
}
END_TEST

/* What is not independent of the rest, may be 0, or has no strata is not rotated. */
START_TEST(a_factor_that_cannot_be_rotated_changes_nothing)
{
    quantity inputs[5];
    const size_t factors[] = {0}, leaders[] = {0, 0, 2, 3, 4};
    const struct engine_correlation pair = {0, 1, 0.5};
    struct shape shape = {5, 0, 0};
    make_five(inputs);
    struct engine_job job = make_job(inputs, 5, product, &shape);
    inputs[0] = _i == 0 ? make_quantities(FORM_UNIFORM, 0, 1) : _i == 1 ? quantity_exact(2) : inputs[0];
    job.leaders = _i == 2 ? leaders : NULL;
    job.correlations = &pair;
    job.correlation_count = _i == 3;
    job.settings.pseudo_random = _i == 4;
    job.settings.samples = _i == 5 ? 4096 : 65536;
    double without = factor_error(&job);
    job.factors = factors;
    ck_assert(factor_error(&job) == without);
}
END_TEST

START_TEST(sums_of_normals_have_their_closed_form)
{
    struct score score = {0};
    for (int scenario = 0; scenario < 100; scenario++) {
        quantity inputs[MOST_INPUTS];
        struct shape shape = {1 + (size_t)scenario % MOST_INPUTS, 0, 0};
        double mean = 0, sd = 0;
        for (size_t i = 0; i < shape.count; i++) {
            inputs[i] = make_quantities(FORM_NORMAL, 3 - (double)i, 0.5 + (double)(i * 7 % 5));
            mean += inputs[i].a;
            sd = hypot(sd, inputs[i].b);
        }
        struct engine_job job = make_job(inputs, shape.count, sum_of, &shape);
        struct engine_answer answer;
        job.settings.seed = scenario;
        job.settings.samples = 16384;
        job.settings.pseudo_random = scenario % 5 == 0;
        run_job(&job, &answer);
        for (int q = 0; q < LEVELS; q++)
            count_figure(&score, answer.figures[0].quantile[q], answer.figures[0].quantile_se[q],
                         mean + sd * gsl_cdf_ugaussian_Pinv(levels[q]));
        count_figure(&score, answer.figures[0].mean, answer.figures[0].mean_se, mean);
        ck_assert_double_eq_tol(answer.figures[0].sd, sd, 0.02 * sd);
        engine_answer_free(&answer);
    }
    check_score(&score, 0.92, 0.985);
}
END_TEST

/* Of independent normals it is sd / sqrt(2 n); what is printed is half as much again. */
START_TEST(the_error_of_a_normal_sd_is_the_known_one)
{
    enum { RUNS = 100 };
    const double samples = 16384, sd = 3;
    double printed = 0, spread = 0;
    for (int seed = 0; seed < RUNS; seed++) {
        quantity input = make_quantities(FORM_NORMAL, 5, sd);
        struct shape shape = {1, 0, 0};
        struct engine_job job = make_job(&input, 1, sum_of, &shape);
        struct engine_answer answer;
        job.settings.seed = seed;
        job.settings.samples = samples;
        job.settings.pseudo_random = true;
        run_job(&job, &answer);
        printed += answer.figures[0].sd_se / (double)RUNS;
        spread += (answer.figures[0].sd - sd) * (answer.figures[0].sd - sd) / (double)RUNS;
        engine_answer_free(&answer);
    }
    const double known = sd / sqrt(2 * samples);
    ck_assert_double_eq_tol(sqrt(spread), known, 0.25 * known);
    ck_assert_double_eq_tol(printed, 1.5 * known, 0.15 * known);
}
END_TEST

/* ---- the printed errors ---- */

static const struct {
    double samples;
    bool pseudo_random;
    size_t inputs;
    int seeds;
} coverages[] = {
    {2048, false, 1, 400}, {2048, false, 4, 400},  {8192, false, 1, 400},  {8192, false, 6, 400},
    {8192, true, 3, 400},  {10000, false, 3, 400}, {65536, false, 5, 200},
};

START_TEST(printed_errors_cover_the_truth)
{
    struct score score = {0};
    struct shape shape = {coverages[_i].inputs, 0, 0};
    quantity inputs[MOST_INPUTS];
    for (size_t i = 0; i < shape.count; i++)
        inputs[i] = quantity_lognormal(1, 1.3 + 0.2 * (double)i);
    double s = 0;
    for (size_t i = 0; i < shape.count; i++)
        s = hypot(s, log(inputs[i].b) / z95);
    struct engine_job job = make_job(inputs, shape.count, product, &shape);
    job.settings.samples = coverages[_i].samples;
    job.settings.pseudo_random = coverages[_i].pseudo_random;
    for (int seed = 0; seed < coverages[_i].seeds; seed++) {
        struct engine_answer answer;
        job.settings.seed = 1000 + seed;
        run_job(&job, &answer);
        score_lognormal(&answer.figures[0], 0, s, &score);
        engine_answer_free(&answer);
    }
    check_score(&score, 0.93, 0.99);
}
END_TEST

START_TEST(default_errors_are_below_a_fifth_of_a_percent)
{
    quantity inputs[] = {quantity_lognormal(3e4, 2), interval(1.3, 2.1), interval(0.1, 0.18),
                         interval(1.07, 1.32)};
    struct shape shape = {4, 0, 0};
    struct engine_job job = make_job(inputs, 4, product, &shape);
    double mean[LEVELS] = {0};
    for (int seed = 0; seed < 20; seed++) {
        struct engine_answer answer;
        job.settings.seed = seed;
        run_job(&job, &answer);
        for (int q = 0; q < LEVELS; q++)
            mean[q] += answer.figures[0].quantile_se[q] / answer.figures[0].quantile[q] / 20;
        engine_answer_free(&answer);
    }
    for (int q = 0; q < LEVELS; q++)
        ck_assert_double_lt(mean[q], 0.002);
}
END_TEST

START_TEST(a_tolerance_is_reached)
{
    quantity inputs[MIXED_INPUTS];
    struct engine_job job = make_job(mixed_inputs(inputs), MIXED_INPUTS, mixed, NULL);
    struct engine_answer answer;
    static const bool asked[MIXED_OUTPUTS] = {true, true};
    job.output_count = MIXED_OUTPUTS;
    job.asked = asked;
    job.settings.samples = 2048;
    job.settings.tolerance = 0.0005;
    run_job(&job, &answer);
    ck_assert(answer.samples > 2048 && answer.samples < 1e8);
    for (int j = 0; j < 2; j++)
        for (int q = 0; q < LEVELS; q++)
            ck_assert(answer.figures[j].quantile_se[q] <= 0.0005 * fabs(answer.figures[j].quantile[q]));
    engine_answer_free(&answer);
}
END_TEST

/* ---- bits ---- */

static void check_same_bits(const struct engine_job *job, const struct engine_answer *a,
                            const struct engine_answer *b)
{
    ck_assert(a->samples == b->samples);
    for (size_t j = 0; j < job->output_count; j++) {
        const struct engine_figure *x = &a->figures[j], *y = &b->figures[j];
        ck_assert_mem_eq(&x->mean, &y->mean, 3 * sizeof x->mean);
        ck_assert_mem_eq(x->quantile, y->quantile, LEVELS * sizeof *x->quantile);
        ck_assert_mem_eq(x->quantile_se, y->quantile_se, LEVELS * sizeof *x->quantile);
        ck_assert_mem_eq(x->first_order, y->first_order, job->input_count * sizeof *x->first_order);
        ck_assert_mem_eq(x->total_order, y->total_order, job->input_count * sizeof *x->total_order);
    }
}

/* The mixed outputs with one tolerance and with another, from as many samples; a first one takes four times
 * what it began with. */
static void check_same_mixed(double samples, double tolerance, double other_tolerance)
{
    quantity inputs[MIXED_INPUTS];
    struct engine_job job = make_job(mixed_inputs(inputs), MIXED_INPUTS, mixed, NULL);
    struct engine_answer first, second;
    job.output_count = MIXED_OUTPUTS;
    job.settings.sensitivity = true;
    job.settings.samples = samples;
    job.settings.tolerance = tolerance;
    run_job(&job, &first);
    ck_assert(first.samples >= (tolerance > 0 ? 4 : 1) * samples);
    job.settings.samples = first.samples;
    job.settings.tolerance = other_tolerance;
    run_job(&job, &second);
    check_same_bits(&job, &first, &second);
    engine_answer_free(&first);
    engine_answer_free(&second);
}

/* With a tolerance the replicates keep their statistics, without one all of them use the bench's; a handful of
 * samples lies at its extremes. */
START_TEST(few_samples_do_not_depend_on_whose_statistics_count_them)
{
    check_same_mixed(16 << _i, 0, 1e9);
}
END_TEST

/* Samples that were taken already are not taken again, and it does not show. */
START_TEST(going_on_is_as_good_as_starting_over)
{
    check_same_mixed(_i ? 20000 : 16384, 0.001, 0); /* the one ends inside a block */
}
END_TEST

START_TEST(threads_do_not_change_a_bit)
{
    static const int threads[] = {2, 3, 7, 256, 0};
    static const double samples[] = {2048, 30000, 65536};
    quantity inputs[MIXED_INPUTS];
    struct engine_job job = make_job(mixed_inputs(inputs), MIXED_INPUTS, mixed, NULL);
    struct engine_answer one, many;
    job.output_count = MIXED_OUTPUTS;
    job.settings.samples = samples[_i];
    job.settings.sensitivity = true;
    job.settings.pseudo_random = _i == 1;
    run_job(&job, &one);
    for (size_t t = 0; t < sizeof threads / sizeof *threads; t++) {
        job.settings.threads = threads[t];
        run_job(&job, &many);
        check_same_bits(&job, &one, &many);
        engine_answer_free(&many);
    }
    engine_answer_free(&one);
}
END_TEST

START_TEST(the_seed_matters)
{
    quantity inputs[] = {interval(1, 2)};
    struct shape shape = {1, 0, 0};
    struct engine_job job = make_job(inputs, 1, product, &shape);
    struct engine_answer a, b;
    run_job(&job, &a);
    job.settings.seed = 2;
    run_job(&job, &b);
    ck_assert(a.figures[0].quantile[2] != b.figures[0].quantile[2]);
    engine_answer_free(&a);
    engine_answer_free(&b);
}
END_TEST

/* ---- odd outputs ---- */

static void check_constant(const struct engine_figure *figure, double value)
{
    ck_assert(figure->mean == value && figure->mean_se == 0 && figure->sd == 0);
    for (int q = 0; q < LEVELS; q++)
        ck_assert(figure->quantile[q] == value && figure->quantile_se[q] == 0);
}

START_TEST(constants_are_exact_to_the_bit)
{
    quantity inputs[MIXED_INPUTS];
    struct engine_job job = make_job(mixed_inputs(inputs), MIXED_INPUTS, mixed, NULL);
    struct engine_answer answer;
    job.output_count = MIXED_OUTPUTS;
    run_job(&job, &answer);
    check_constant(&answer.figures[3], 1.0 / 3);
    engine_answer_free(&answer);
    for (int i = 0; i < MIXED_INPUTS; i++)
        inputs[i] = quantity_exact(0.1);
    run_job(&job, &answer);
    check_constant(&answer.figures[0], 0.1 * 0.1 + 0.1 * 0.1);
    check_constant(&answer.figures[2], 0);
    check_constant(&answer.figures[4], 1);
    engine_answer_free(&answer);
}
END_TEST

START_TEST(negative_outputs_mirror_positive_ones)
{
    quantity inputs[MIXED_INPUTS];
    struct engine_job job = make_job(mixed_inputs(inputs), MIXED_INPUTS, mixed, NULL);
    struct engine_answer answer;
    struct score score = {0};
    job.output_count = MIXED_OUTPUTS;
    run_job(&job, &answer);
    double s = hypot(log(3.0) / 2, log(1.5)) / z95, median = 0.7 * sqrt(3.0);
    for (int q = 0; q < LEVELS; q++)
        count_figure(&score, answer.figures[1].quantile[q], answer.figures[1].quantile_se[q],
                     -median * exp(-s * gsl_cdf_ugaussian_Pinv(levels[q])));
    count_figure(&score, answer.figures[1].mean, answer.figures[1].mean_se, -median * exp(s * s / 2));
    check_score(&score, 0.5, 1);
    engine_answer_free(&answer);
}
END_TEST

START_TEST(masses_are_exact_and_the_rest_is_as_it_was)
{
    static const double ends[][2] = {{-0.5, 9}, {-9, 0.5}, {0, 0.2}, {0, 1e-9}, {2.5, 9}, {-1, 0.9}};
    quantity inputs[] = {make_quantities(FORM_NORMAL, 0, 1)};
    struct shape shape = {1, ends[_i][0], ends[_i][1]};
    struct engine_job job = make_job(inputs, 1, cut_at, &shape);
    struct engine_answer answer;
    struct score score = {0};
    run_job(&job, &answer);
    for (int q = 0; q < LEVELS; q++) {
        double z = gsl_cdf_ugaussian_Pinv(levels[q]), truth = fmin(fmax(z, shape.a), shape.b);
        const struct engine_figure *figure = &answer.figures[0];
        if (z == truth && z != shape.a)
            count_figure(&score, figure->quantile[q], figure->quantile_se[q], truth);
        else
            ck_assert(figure->quantile[q] == truth && (figure->quantile_se[q] == 0 || z == truth));
    }
    ck_assert(score.worst < 4);
    engine_answer_free(&answer);
}
END_TEST

/* Wide laws, and a level so far out that the pilot has not seen it. */
START_TEST(wide_outputs_keep_their_quantiles)
{
    static const double far[LEVELS] = {0.0001, 0.01, 0.5, 0.99, 0.9999};
    quantity inputs[] = {quantity_lognormal(1e-3, 1000), quantity_lognormal(1, 1.2)};
    struct shape shape = {2, 0, 0};
    struct engine_job job = make_job(inputs, 2, product, &shape);
    struct score score = {0};
    double s = hypot(log(1000.0), log(1.2)) / z95;
    for (int seed = 0; seed < 40; seed++) {
        struct engine_answer answer;
        job.settings.seed = seed;
        job.settings.levels = seed % 2 ? far : levels;
        run_job(&job, &answer);
        for (int q = 0; q < LEVELS; q++)
            count_figure(&score, answer.figures[0].quantile[q], answer.figures[0].quantile_se[q],
                         1e-3 * exp(s * gsl_cdf_ugaussian_Pinv(job.settings.levels[q])));
        engine_answer_free(&answer);
    }
    check_score(&score, 0.9, 1);
}
END_TEST

/* Values that a pilot of one block never meets, in a quantile that asks for them. */
static void seldom(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    (void)model;
    for (size_t i = 0; i < n; i++)
        outputs[0][i] = inputs[0][i] > 0.9995 ? 1e6 * inputs[1][i] : inputs[1][i];
}

START_TEST(a_quantile_outside_the_first_range_is_found)
{
    static const double far[LEVELS] = {0.1, 0.5, 0.9, 0.99, 0.99975};
    quantity inputs[] = {make_quantities(FORM_UNIFORM, 0, 1), make_quantities(FORM_UNIFORM, 1, 2)};
    struct engine_job job = make_job(inputs, 2, seldom, NULL);
    struct engine_answer answer;
    job.settings.levels = far;
    job.settings.samples = 1 << 20;
    run_job(&job, &answer);
    double se = answer.figures[0].quantile_se[4];
    ck_assert(se > 0 && se < 5e4);
    ck_assert_double_eq_tol(answer.figures[0].quantile[4], 1.5e6, 4 * se);
    ck_assert_double_eq_tol(answer.figures[0].quantile[1], 1.49975, 1e-3);
    engine_answer_free(&answer);
}
END_TEST

/* ---- sensitivity ---- */

START_TEST(ishigami_has_its_known_indices)
{
    quantity inputs[] = {make_quantities(FORM_UNIFORM, -pi, pi), make_quantities(FORM_UNIFORM, -pi, pi),
                         make_quantities(FORM_UNIFORM, -pi, pi), quantity_exact(5)};
    struct shape shape = {0, 7, 0.1};
    struct engine_job job = make_job(inputs, 4, ishigami, &shape);
    static const double first[] = {0.31390519, 0.44241114, 0, 0};
    static const double total[] = {0.55758886, 0.44241114, 0.24368366, 0};
    job.output_count = 2;
    job.settings.sensitivity = true;
    for (int seed = 0; seed < 10; seed++) {
        struct engine_answer answer;
        job.settings.seed = seed;
        run_job(&job, &answer);
        for (int i = 0; i < 4; i++) {
            ck_assert_double_eq_tol(answer.figures[0].first_order[i], first[i], 0.01);
            ck_assert_double_eq_tol(answer.figures[0].total_order[i], total[i], 0.01);
            ck_assert(isnan(answer.figures[1].first_order[i]) && isnan(answer.figures[1].total_order[i]));
        }
        ck_assert(answer.figures[0].first_order[3] == 0 && answer.figures[0].total_order[3] == 0);
        engine_answer_free(&answer);
    }
}
END_TEST

/* The variance of a product of lognormals falls apart into factors exp(s^2). */
START_TEST(products_have_their_known_indices)
{
    static const double factors[] = {2, 1.6, 1.27, 1.2, 1.33, 1.12, 1.1, 1.5};
    for (size_t count = 1; count <= sizeof factors / sizeof *factors; count++) {
        quantity inputs[MOST_INPUTS];
        struct shape shape = {count, 0, 0};
        double whole = 1;
        for (size_t i = 0; i < count; i++) {
            double s = log(factors[i]) / z95;
            inputs[i] = quantity_lognormal(10, factors[i]);
            whole *= exp(s * s);
        }
        struct engine_job job = make_job(inputs, count, product, &shape);
        struct engine_answer answer;
        job.settings.sensitivity = true;
        job.settings.samples = 2048;
        run_job(&job, &answer);
        for (size_t i = 0; i < count; i++) {
            double s = log(factors[i]) / z95, part = exp(s * s);
            double first = answer.figures[0].first_order[i], total = answer.figures[0].total_order[i];
            ck_assert_double_eq_tol(first, (part - 1) / (whole - 1), 0.01);
            ck_assert_double_eq_tol(total, (whole - whole / part) / (whole - 1), 0.01);
            ck_assert(first >= 0 && first <= total && total <= 1);
        }
        engine_answer_free(&answer);
    }
}
END_TEST

START_TEST(many_inputs_outrun_the_sobol_table)
{
    enum { MANY = 150 };
    quantity inputs[MANY];
    struct shape shape = {MANY, 0, 0};
    for (int i = 0; i < MANY; i++)
        inputs[i] = make_quantities(FORM_NORMAL, i, i < 50 ? 2 : 1);
    struct engine_job job = make_job(inputs, MANY, sum_of, &shape);
    struct engine_answer answer;
    struct score score = {0};
    job.settings.sensitivity = true;
    run_job(&job, &answer);
    for (int q = 0; q < LEVELS; q++)
        count_figure(&score, answer.figures[0].quantile[q], answer.figures[0].quantile_se[q],
                     MANY * (MANY - 1) / 2.0 + sqrt(300) * gsl_cdf_ugaussian_Pinv(levels[q]));
    ck_assert(score.worst < 4);
    for (int i = 0; i < MANY; i++) {
        ck_assert_double_eq_tol(answer.figures[0].first_order[i], (i < 50 ? 4 : 1) / 300.0, 0.01);
        ck_assert_double_eq_tol(answer.figures[0].total_order[i], (i < 50 ? 4 : 1) / 300.0, 0.01);
    }
    engine_answer_free(&answer);
}
END_TEST

static void silent(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    (void)model;
    (void)inputs;
    (void)n;
    (void)outputs;
}

START_TEST(nothing_in_and_nothing_out)
{
    struct shape shape = {0, 0, 0};
    struct engine_job job = make_job(NULL, 0, product, &shape);
    struct engine_answer answer;
    job.settings.sensitivity = true;
    run_job(&job, &answer);
    check_constant(&answer.figures[0], 1);
    engine_answer_free(&answer);
    engine_answer_free(&answer);
    job.evaluate = silent;
    job.output_count = 0;
    job.settings.level_count = 0;
    job.settings.tolerance = 0.1;
    run_job(&job, &answer);
    engine_answer_free(&answer);
    engine_answer_free(NULL);
}
END_TEST

Suite *engine_suite(void)
{
    Suite *suite = suite_create("engine");
    TCase *tests = tcase_create("runs");
    int coverage_count = sizeof coverages / sizeof *coverages;
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, products_of_lognormals_have_their_closed_form, 0, 2);
    tcase_add_test(tests, a_factor_lowers_the_error);
    tcase_add_loop_test(tests, a_factor_that_cannot_be_rotated_changes_nothing, 0, 6);
    tcase_add_test(tests, sums_of_normals_have_their_closed_form);
    tcase_add_test(tests, the_error_of_a_normal_sd_is_the_known_one);
    tcase_add_loop_test(tests, printed_errors_cover_the_truth, 0, coverage_count);
    tcase_add_test(tests, default_errors_are_below_a_fifth_of_a_percent);
    tcase_add_test(tests, a_tolerance_is_reached);
    tcase_add_loop_test(tests, few_samples_do_not_depend_on_whose_statistics_count_them, 0, 8);
    tcase_add_loop_test(tests, going_on_is_as_good_as_starting_over, 0, 2);
    tcase_add_loop_test(tests, threads_do_not_change_a_bit, 0, 3);
    tcase_add_test(tests, the_seed_matters);
    tcase_add_test(tests, constants_are_exact_to_the_bit);
    tcase_add_test(tests, negative_outputs_mirror_positive_ones);
    tcase_add_loop_test(tests, masses_are_exact_and_the_rest_is_as_it_was, 0, 6);
    tcase_add_test(tests, wide_outputs_keep_their_quantiles);
    tcase_add_test(tests, a_quantile_outside_the_first_range_is_found);
    tcase_add_test(tests, ishigami_has_its_known_indices);
    tcase_add_test(tests, products_have_their_known_indices);
    tcase_add_test(tests, many_inputs_outrun_the_sobol_table);
    tcase_add_test(tests, nothing_in_and_nothing_out);
    suite_add_tcase(suite, tests);
    return suite;
}
