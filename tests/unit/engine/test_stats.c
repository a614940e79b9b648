/* Streaming statistics against sorted samples. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats.h"

#include <check.h>
#include <float.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 65536, PILOT = 256, LEVELS = 7 };
static const double levels[LEVELS] = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};

typedef double draw(gsl_rng *rng, double a, double b);

static double draw_lognormal(gsl_rng *rng, double a, double b)
{
    return gsl_ran_lognormal(rng, a, b);
}

static double draw_mirrored(gsl_rng *rng, double a, double b)
{
    return -gsl_ran_lognormal(rng, a, b);
}

static double draw_normal(gsl_rng *rng, double a, double b)
{
    return a + gsl_ran_gaussian(rng, b);
}

static double draw_difference(gsl_rng *rng, double a, double b)
{
    return gsl_ran_lognormal(rng, a, b) - gsl_ran_lognormal(rng, a, b);
}

static double *make_sample(draw *law, double a, double b, size_t n)
{
    double *x = malloc(n * sizeof *x);
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    ck_assert(x && rng);
    for (size_t i = 0; i < n; i++)
        x[i] = law(rng, a, b);
    gsl_rng_free(rng);
    return x;
}

static void fit(struct stats_scale *scale, const double *x, size_t n)
{
    double pilot[PILOT];
    n = n < PILOT ? n : PILOT;
    memcpy(pilot, x, n * sizeof *x);
    stats_scale_fit(scale, pilot, n, 0.01, 0.99, 1, stats_sort);
}

static bool take_values(struct stats *stats, struct stats_scale *scale, const double *x, size_t n,
                        double *quantiles)
{
    fit(scale, x, n);
    stats_clear(stats);
    stats_add(stats, scale, x, n);
    return stats_quantiles(stats, scale, levels, LEVELS, quantiles);
}

static const struct {
    draw *law;
    double a, b;
} laws[] = {
    {draw_lognormal, 0, 0.5},   {draw_lognormal, 12, 0.01},  {draw_lognormal, -300, 1.5},
    {draw_lognormal, 300, 4.2}, {draw_mirrored, 3, 0.7},     {draw_normal, 0, 1},
    {draw_normal, 1e9, 3},      {draw_normal, -5e-9, 1e-8},  {draw_normal, 3, 1},
    {draw_mirrored, 300, 3},    {draw_mirrored, -300, 0.01}, {draw_difference, 0, 0.5},
    {draw_difference, 0, 1.5},  {draw_difference, 0, 2.5},
};

START_TEST(moments_are_those_of_the_whole_sample)
{
    struct stats_scale scale;
    struct stats *stats = malloc(sizeof *stats);
    double quantiles[LEVELS], *x = make_sample(laws[_i].law, laws[_i].a, laws[_i].b, MANY);
    take_values(stats, &scale, x, MANY, quantiles);
    double mean = gsl_stats_mean(x, 1, MANY), sd = gsl_stats_sd(x, 1, MANY), least, most;
    gsl_stats_minmax(&least, &most, x, 1, MANY);
    ck_assert_double_eq_tol(stats_mean(stats, &scale), mean, 1e-12 * (fabs(mean) + sd));
    ck_assert_double_eq_tol(stats_sd(stats), sd, 1e-7 * sd);
    ck_assert(stats->least == least && stats->most == most && stats->n == MANY);
    free(x);
    free(stats);
}
END_TEST

/* Inside a bin of some hundred samples the sorted sample wanders off the curve by a few dozen ranks at most. */
START_TEST(quantiles_are_those_of_the_sorted_sample)
{
    const double ranks = 40.0 / (double)MANY;
    struct stats_scale scale;
    struct stats *stats = malloc(sizeof *stats);
    double quantiles[LEVELS], *x = make_sample(laws[_i].law, laws[_i].a, laws[_i].b, MANY);
    ck_assert(take_values(stats, &scale, x, MANY, quantiles));
    gsl_sort(x, 1, MANY);
    for (int q = 0; q < LEVELS; q++) {
        ck_assert(quantiles[q] >= gsl_stats_quantile_from_sorted_data(x, 1, MANY, levels[q] - ranks));
        ck_assert(quantiles[q] <= gsl_stats_quantile_from_sorted_data(x, 1, MANY, levels[q] + ranks));
    }
    free(x);
    free(stats);
}
END_TEST

/* On an even grid of probabilities nothing is left but the grid's own step and the error of the
 * interpolation, which must stay far below the 3e-5 that 65536 points reach in the easiest case. */
START_TEST(interpolation_errs_far_less_than_sampling)
{
    enum { GRID = 1 << 20 };
    static const double spread[] = {0.02, 0.2, 0.5, 1, 2};
    struct stats_scale scale;
    struct stats *stats = malloc(sizeof *stats);
    double *x = malloc(GRID * sizeof *x), pilot[PILOT], quantiles[LEVELS];
    for (size_t i = 0; i < GRID; i++)
        x[i] = exp(spread[_i] * gsl_cdf_ugaussian_Pinv(((double)i + 0.5) / (double)GRID));
    for (size_t i = 0; i < PILOT; i++)
        pilot[i] = x[i * (GRID / PILOT) + GRID / PILOT / 2];
    stats_scale_fit(&scale, pilot, PILOT, 0.05, 0.95, 1, stats_sort);
    stats_clear(stats);
    stats_add(stats, &scale, x, GRID);
    ck_assert(stats_quantiles(stats, &scale, levels, LEVELS, quantiles));
    for (int q = 0; q < LEVELS; q++)
        ck_assert_double_eq_tol(gsl_cdf_lognormal_P(quantiles[q], 0, spread[_i]), levels[q], 1e-6);
    free(x);
    free(stats);
}
END_TEST

/* Half of the last bin is empty where a law ends in it: quantiles of the law's last part lie where its values do. */
START_TEST(quantiles_near_the_ends_of_a_law_are_its_own)
{
    enum { ENDS = 4 };
    static const double near[ENDS] = {0.0001, 0.001, 0.999, 0.9999};
    static const struct {
        double from, to;
    } ends[] = {{8, 16}, {-16, -8}, {-3, 5}, {1e9, 1e9 + 1}, {0, 2}};
    double *x = malloc(MANY * sizeof *x), quantiles[ENDS];
    for (size_t i = 0; i < MANY; i++)
        x[i] = ends[_i].from + ((double)(i * 40503 % MANY) + 0.5) / (double)MANY * (ends[_i].to - ends[_i].from);
    struct stats_scale scale;
    static struct stats stats;
    fit(&scale, x, MANY);
    stats_clear(&stats);
    stats_add(&stats, &scale, x, MANY);
    ck_assert(stats_quantiles(&stats, &scale, near, ENDS, quantiles));
    double width = ends[_i].to - ends[_i].from;
    for (int k = 0; k < ENDS; k++)
        ck_assert_double_eq_tol(quantiles[k], ends[_i].from + near[k] * width, 3.0 / (double)MANY * width);
    free(x);
}
END_TEST

START_TEST(parts_merge_to_the_whole)
{
    struct stats_scale scale;
    struct stats *stats = malloc(3 * sizeof *stats);
    double whole[LEVELS], merged[LEVELS], *x = make_sample(laws[_i].law, laws[_i].a, laws[_i].b, MANY);
    take_values(stats, &scale, x, MANY, whole);
    stats_clear(&stats[1]);
    for (size_t at = 0, n = 1; at < MANY; at += n, n = n % 9000 + 777) {
        n = at + n > MANY ? MANY - at : n;
        stats_clear(&stats[2]);
        stats_add(&stats[2], &scale, x + at, n);
        stats_merge(&stats[1], &scale, &stats[2]);
    }
    ck_assert(stats_quantiles(&stats[1], &scale, levels, LEVELS, merged));
    ck_assert_mem_eq(whole, merged, sizeof whole);
    ck_assert_mem_eq(stats[0].counts, stats[1].counts, sizeof stats[0].counts);
    ck_assert_double_eq_tol(stats_sd(&stats[0]), stats_sd(&stats[1]), 1e-10 * stats_sd(&stats[0]));
    free(x);
    free(stats);
}
END_TEST

START_TEST(products_are_counted_and_leave_the_moments)
{
    enum { N = 1003 };
    const double times = 1.25;
    struct stats_scale scale;
    struct stats *counted = calloc(2, sizeof *counted), *added = counted + 1;
    double *x = make_sample(laws[_i].law, laws[_i].a, laws[_i].b, N), factors[N], quantiles[2][LEVELS];
    ck_assert(counted);
    stats_clear(added);
    take_values(counted, &scale, x, N, quantiles[0]);
    stats_add(added, &scale, x, N);
    struct stats before = *counted;
    for (int i = 0; i < N; i++)
        factors[i] = times;
    stats_count(counted, &scale, x, factors, N);
    for (int i = 0; i < N; i++)
        x[i] *= times;
    stats_add(added, &scale, x, N);
    ck_assert(!memcmp(counted->counts, added->counts, sizeof added->counts));
    ck_assert(counted->counted == added->n && counted->n == N);
    ck_assert(counted->sum == before.sum && counted->squares == before.squares);
    ck_assert(counted->least == added->least && counted->most == added->most);
    free(counted);
    free(x);
}
END_TEST

START_TEST(a_constant_is_exact)
{
    static const double values[] = {0, 1, -1, 0.1, -1e-300, 1e300, 4e-320, 123456789.123456789};
    struct stats_scale scale;
    struct stats *stats = malloc(sizeof *stats);
    double x[999], quantiles[LEVELS];
    for (int i = 0; i < 999; i++)
        x[i] = values[_i];
    ck_assert(take_values(stats, &scale, x, 999, quantiles));
    for (int q = 0; q < LEVELS; q++)
        ck_assert(quantiles[q] == values[_i]);
    ck_assert(stats_mean(stats, &scale) == values[_i]);
    ck_assert(stats_sd(stats) == 0);
    free(stats);
}
END_TEST

/* A mass in the middle of a continuous law, at its end, and nothing but masses. */
static double draw_with_mass(gsl_rng *rng, double a, double b)
{
    double x = gsl_ran_lognormal(rng, 0, 0.5), u = gsl_rng_uniform(rng);
    return u < a ? b : x;
}

static double draw_cut(gsl_rng *rng, double a, double b)
{
    return fmax(a, gsl_ran_gaussian(rng, b));
}

static double draw_whole(gsl_rng *rng, double a, double b)
{
    return floor(a + b * gsl_rng_uniform(rng));
}

static const struct {
    draw *law;
    double a, b;
} masses[] = {
    {draw_with_mass, 0.3, 1.1}, {draw_with_mass, 0.1, 0.7}, {draw_with_mass, 0.4, 0}, {draw_with_mass, 0.2, -3},
    {draw_cut, 0, 1},           {draw_cut, -1, 2},          {draw_whole, 0, 10},      {draw_whole, 5, 3},
};

START_TEST(masses_are_met_to_the_bit)
{
    struct stats_scale scale;
    struct stats *stats = malloc(sizeof *stats);
    double quantiles[LEVELS], *x = make_sample(masses[_i].law, masses[_i].a, masses[_i].b, MANY);
    ck_assert(take_values(stats, &scale, x, MANY, quantiles));
    gsl_sort(x, 1, MANY);
    for (int q = 0; q < LEVELS; q++) {
        size_t rank = (size_t)(levels[q] * (double)MANY);
        if (x[rank - 60] == x[rank + 60])
            ck_assert(quantiles[q] == x[rank]);
        else
            ck_assert_double_eq_tol(quantiles[q], x[rank], 0.03 * fabs(x[rank]) + 1e-3);
    }
    free(x);
    free(stats);
}
END_TEST

START_TEST(a_quantile_outside_the_range_is_reported)
{
    struct stats_scale scale;
    struct stats *stats = malloc(sizeof *stats);
    double *x = make_sample(draw_lognormal, 0, 0.1, MANY), quantiles[LEVELS];
    for (int sign = -1; sign <= 1; sign += 2) {
        fit(&scale, x, PILOT);
        stats_clear(stats);
        for (size_t i = 0; i < MANY; i++) {
            double y = sign < 0 ? x[i] - 1000 : x[i] * 1000;
            stats_add(stats, &scale, &y, 1);
        }
        ck_assert(!stats_quantiles(stats, &scale, levels, LEVELS, quantiles));
        for (int q = 0; q < LEVELS; q++)
            ck_assert(quantiles[q] >= stats->least && quantiles[q] <= stats->most);
    }
    free(x);
    free(stats);
}
END_TEST

START_TEST(what_is_not_finite_harms_nothing)
{
    static const double odd[] = {NAN, INFINITY, -INFINITY, -NAN, 1e308, -1e308, 4e-324, -0.0};
    struct stats_scale scale;
    struct stats *stats = malloc(sizeof *stats);
    double x[512], quantiles[LEVELS];
    for (int law = 0; law < 3; law++)
        for (int every = 1; every < 4; every++) {
            for (int i = 0; i < 512; i++)
                x[i] = i % every ? (i + 1) * (law == 0 ? 1 : law == 1 ? -1 : i % 2 - 0.5) : odd[i / every % 8];
            take_values(stats, &scale, x, 512, quantiles);
            ck_assert(isnan(stats_mean(stats, &scale)) && isnan(quantiles[3]));
        }
    stats_clear(stats);
    ck_assert(stats_quantiles(stats, &scale, levels, LEVELS, quantiles));
    ck_assert(isnan(quantiles[0]) && isnan(stats_mean(stats, &scale)) && isnan(stats_sd(stats)));
    free(stats);
}
END_TEST

static double share_between(const double *sorted, size_t n, double from, double to, bool last)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += sorted[i] >= from && (last ? sorted[i] <= to : sorted[i] < to);
    return (double)count / (double)n;
}

/* A value at an edge may fall to either side of it by rounding, where values have both signs. */
START_TEST(a_histogram_counts_the_sample)
{
    static const size_t most[] = {1, 2, 7, 64, 96, 2000};
    struct stats *stats = malloc(sizeof *stats);
    struct stats_scale scale;
    double quantiles[LEVELS], *x = make_sample(laws[_i].law, laws[_i].a, laws[_i].b, MANY);
    double edges[STATS_BINS + 1], shares[STATS_BINS];
    ck_assert_ptr_nonnull(stats);
    take_values(stats, &scale, x, MANY, quantiles);
    gsl_sort(x, 1, MANY);
    for (size_t k = 0; k < sizeof most / sizeof *most; k++) {
        size_t bins = stats_histogram(stats, &scale, most[k], edges, shares);
        double sum = 0;
        ck_assert(bins >= 1 && bins <= most[k] && bins <= STATS_BINS);
        ck_assert(edges[0] == x[0] && edges[bins] == x[MANY - 1]);
        for (size_t b = 0; b < bins; b++) {
            ck_assert(edges[b] < edges[b + 1]);
            double found = share_between(x, MANY, edges[b], edges[b + 1], b + 1 == bins);
            ck_assert_double_eq_tol(shares[b], found, 2.0 / (double)MANY);
            sum += shares[b];
        }
        ck_assert_double_eq_tol(sum, 1, 1e-12);
    }
    free(stats);
    free(x);
}
END_TEST

START_TEST(a_constant_has_no_histogram)
{
    double x[64], quantiles[LEVELS], edges[9], shares[8];
    struct stats *stats = malloc(sizeof *stats);
    struct stats_scale scale;
    for (size_t i = 0; i < 64; i++)
        x[i] = 3;
    ck_assert_ptr_nonnull(stats);
    take_values(stats, &scale, x, 64, quantiles);
    ck_assert_uint_eq(stats_histogram(stats, &scale, 8, edges, shares), 0);
    stats_clear(stats);
    ck_assert_uint_eq(stats_histogram(stats, &scale, 8, edges, shares), 0);
    free(stats);
}
END_TEST

/* A probability is a mean of zeros and ones: neither may lie outside because it is rarer than the last quantile. */
START_TEST(what_comes_again_lies_inside_the_range)
{
    struct stats_scale scale;
    double pilot[PILOT] = {0};
    for (size_t i = 0; i < PILOT / 50; i++)
        pilot[50 * i] = 1;
    stats_scale_fit(&scale, pilot, PILOT, 0.05, 0.95, 1, stats_sort);
    ck_assert(scale.low < 0 && scale.high > 1);
    ck_assert(stats_bin(&scale, 0) > 0 && stats_bin(&scale, 1) < STATS_BINS - 1);
}
END_TEST

/* Bins are laid over bits, and none may stand for more than the largest number. */
START_TEST(bins_end_with_the_largest_number)
{
    struct stats_scale scale;
    double pilot[PILOT], negative[PILOT];
    for (size_t i = 0; i < PILOT; i++) {
        pilot[i] = DBL_MAX * (1 - (double)i / (2 * PILOT));
        negative[i] = -pilot[i];
    }
    stats_scale_fit(&scale, pilot, PILOT, 0.05, 0.95, 1, stats_sort);
    ck_assert(isfinite(scale.high) && scale.low <= 0.6 * DBL_MAX && scale.high >= 0.99 * DBL_MAX);
    stats_scale_fit(&scale, negative, PILOT, 0.05, 0.95, 1, stats_sort);
    ck_assert(isfinite(scale.low) && scale.low <= -0.99 * DBL_MAX && scale.high >= -0.6 * DBL_MAX);
}
END_TEST

Suite *stats_suite(void)
{
    Suite *suite = suite_create("stats");
    TCase *tests = tcase_create("one output");
    int law_count = sizeof laws / sizeof *laws, mass_count = sizeof masses / sizeof *masses;
    tcase_set_timeout(tests, 120);
    tcase_add_loop_test(tests, moments_are_those_of_the_whole_sample, 0, law_count);
    tcase_add_loop_test(tests, quantiles_are_those_of_the_sorted_sample, 0, law_count);
    tcase_add_loop_test(tests, interpolation_errs_far_less_than_sampling, 0, 5);
    tcase_add_loop_test(tests, quantiles_near_the_ends_of_a_law_are_its_own, 0, 5);
    tcase_add_loop_test(tests, parts_merge_to_the_whole, 0, law_count);
    tcase_add_loop_test(tests, products_are_counted_and_leave_the_moments, 0, law_count);
    tcase_add_loop_test(tests, a_constant_is_exact, 0, 8);
    tcase_add_loop_test(tests, a_histogram_counts_the_sample, 0, law_count);
    tcase_add_test(tests, a_constant_has_no_histogram);
    tcase_add_loop_test(tests, masses_are_met_to_the_bit, 0, mass_count);
    tcase_add_test(tests, a_quantile_outside_the_range_is_reported);
    tcase_add_test(tests, what_comes_again_lies_inside_the_range);
    tcase_add_test(tests, bins_end_with_the_largest_number);
    tcase_add_test(tests, what_is_not_finite_harms_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
