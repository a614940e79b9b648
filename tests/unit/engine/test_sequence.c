/* Sobol' points: against GSL's, and how evenly they lie. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/sequence.h"

#include <check.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MANY = 4096 };

static void fill(uint64_t seed, uint64_t replicate, size_t dimension, uint64_t first, size_t n, double *u)
{
    struct sequence sequence = {seed, false};
    struct sequence_line line;
    sequence_start(&line, &sequence, replicate, dimension, first + n);
    sequence_fill(&line, first, n, u);
}

START_TEST(any_start_gives_the_same_points)
{
    static double whole[MANY], part[MANY];
    for (int mode = 0; mode < 2; mode++)
        for (size_t d = 0; d < SEQUENCE_DIMENSIONS + 3; d += 4) {
            struct sequence sequence = {11, mode == 1};
            struct sequence_line line;
            sequence_start(&line, &sequence, 5, d, MANY);
            sequence_fill(&line, 0, MANY, whole);
            for (size_t first = 0, n = 1; first < MANY; first += n, n = n % 700 + 37) {
                n = first + n > MANY ? MANY - first : n;
                sequence_fill(&line, first, n, part);
                ck_assert_mem_eq(part, whole + first, n * sizeof *part);
            }
        }
}
END_TEST

START_TEST(more_points_leave_the_first_ones_alone)
{
    static double few[100], many[100];
    for (size_t d = 0; d < SEQUENCE_DIMENSIONS; d++) {
        struct sequence sequence = {3, false};
        struct sequence_line line;
        fill(3, 1, d, 0, 100, few);
        sequence_start(&line, &sequence, 1, d, (uint64_t)1 << SEQUENCE_COLUMNS);
        sequence_fill(&line, 0, 100, many);
        ck_assert_mem_eq(few, many, sizeof few);
    }
}
END_TEST

START_TEST(points_lie_inside_the_open_interval_however_far)
{
    static double u[MANY];
    struct sequence sequence = {0, false};
    struct sequence_line line;
    for (size_t d = 0; d < SEQUENCE_DIMENSIONS + 2; d++) {
        sequence_start(&line, &sequence, 0, d, (uint64_t)1 << SEQUENCE_COLUMNS);
        for (uint64_t first = 0; first < 30000000000u; first += 9999999967u) {
            sequence_fill(&line, first, MANY, u);
            for (int i = 0; i < MANY; i++)
                if (!(u[i] > 0 && u[i] < 1))
                    ck_abort_msg("point %d of dimension %zu is %.17g", i, d, u[i]);
        }
    }
}
END_TEST

/* Any 2^m points from a multiple of 2^m on have one in each of 2^m cells. */
START_TEST(each_dimension_is_stratified)
{
    static double u[MANY];
    for (size_t d = 0; d < SEQUENCE_DIMENSIONS; d++)
        for (uint64_t block = 0; block < 3; block++) {
            char seen[MANY] = {0}, once[MANY];
            fill(9, 2, d, block * MANY, MANY, u);
            for (int i = 0; i < MANY; i++)
                seen[(int)(u[i] * (double)MANY)]++;
            memset(once, 1, MANY);
            ck_assert_mem_eq(seen, once, MANY);
        }
}
END_TEST

/* ---- nets ---- */

enum { NET_LOG = 9, NET = 1 << NET_LOG, NET_DIMENSIONS = 5 };

/* True where every box with sides 2^-sides[d] holds the same number of points. */
static bool boxes_are_even(double points[][NET], const int *sides, int dimensions)
{
    int counts[NET] = {0}, volume = 0;
    for (int i = 0; i < NET; i++) {
        size_t box = 0;
        for (int d = 0; d < dimensions; d++)
            box = (box << sides[d]) + (size_t)ldexp(points[d][i], sides[d]);
        counts[box]++;
    }
    for (int d = 0; d < dimensions; d++)
        volume += sides[d];
    for (int box = 0; box < 1 << volume; box++)
        if (counts[box] != NET >> volume)
            return false;
    return true;
}

static bool is_net(double points[][NET], int dimensions, int left, int at, int *sides)
{
    if (at == dimensions - 1) {
        sides[at] = left;
        return boxes_are_even(points, sides, dimensions);
    }
    for (sides[at] = 0; sides[at] <= left; sides[at]++)
        if (!is_net(points, dimensions, left - sides[at], at + 1, sides))
            return false;
    return true;
}

/* The quality of Sobol' points: I. M. Sobol', USSR Comp. Math. Math. Phys. 7 (1967) 86-112. */
static const int net_quality[NET_DIMENSIONS + 1] = {0, 0, 0, 1, 3, 5};

START_TEST(scrambled_points_are_the_nets_that_sobol_points_are)
{
    static double points[NET_DIMENSIONS][NET];
    int sides[NET_DIMENSIONS];
    for (int s = 1; s <= NET_DIMENSIONS; s++)
        for (uint64_t replicate = 0; replicate < 5; replicate++) {
            for (size_t d = 0; d < (size_t)s; d++)
                fill(1, replicate, d, replicate * NET, NET, points[d]);
            ck_assert(is_net(points, s, NET_LOG - net_quality[s], 0, sides));
        }
}
END_TEST

/* The same check passes GSL's points, and fails points that are no net. */
START_TEST(the_net_check_is_right)
{
    static double points[NET_DIMENSIONS][NET];
    int sides[NET_DIMENSIONS];
    for (int s = 1; s <= 3; s++) {
        gsl_qrng *sobol = gsl_qrng_alloc(gsl_qrng_sobol, (unsigned)s);
        double point[NET_DIMENSIONS] = {0};
        for (int i = 0; i < NET; i++) {
            for (int d = 0; d < s; d++)
                points[d][i] = point[d];
            gsl_qrng_get(sobol, point);
        }
        gsl_qrng_free(sobol);
        ck_assert(is_net(points, s, NET_LOG - net_quality[s], 0, sides));
    }
    struct sequence sequence = {1, true};
    for (size_t d = 0; d < 2; d++) {
        struct sequence_line line;
        sequence_start(&line, &sequence, 0, d, NET);
        sequence_fill(&line, 0, NET, points[d]);
    }
    ck_assert(!is_net(points, 2, NET_LOG, 0, sides));
}
END_TEST

/* ---- randomness ---- */

/* Over randomisations every point is uniform, and two dimensions of it are independent. */
static void check_uniform(const double *u, const double *v, size_t n)
{
    double root = sqrt((double)n);
    ck_assert(fabs(gsl_stats_mean(u, 1, n) - 0.5) < 4 * sqrt(1 / 12.0) / root);
    ck_assert(fabs(gsl_stats_variance(u, 1, n) - 1 / 12.0) < 4 * sqrt(1 / 180.0) / root);
    ck_assert(fabs(gsl_stats_correlation(u, 1, v, 1, n)) < 4 / root);
    ck_assert(fabs(gsl_stats_correlation(u, 1, u + 1, 1, n - 1)) < 4 / root);
}

START_TEST(each_point_is_uniform_over_replicates_and_over_seeds)
{
    static double u[MANY], v[MANY];
    for (uint64_t point = 0; point < 40; point += 13) {
        for (uint64_t r = 0; r < MANY; r++) {
            fill(1, r, 0, point, 1, &u[r]);
            fill(1, r, 6, point, 1, &v[r]);
        }
        check_uniform(u, v, MANY);
        for (uint64_t seed = 0; seed < MANY; seed++) {
            fill(seed, 0, 3, point, 1, &u[seed]);
            fill(seed, 1, 3, point, 1, &v[seed]);
        }
        check_uniform(u, v, MANY);
    }
}
END_TEST

START_TEST(pseudo_random_points_are_uniform_and_independent)
{
    static double u[MANY], v[MANY];
    for (size_t d = SEQUENCE_DIMENSIONS; d < SEQUENCE_DIMENSIONS + 40; d++) {
        fill(7, 0, d, 12345, MANY, u);
        fill(7, 0, d + 1, 12345, MANY, v);
        check_uniform(u, v, MANY);
        fill(7, 1, d, 12345, MANY, v);
        check_uniform(u, v, MANY);
    }
}
END_TEST

Suite *sequence_suite(void)
{
    Suite *suite = suite_create("sequence");
    TCase *tests = tcase_create("points");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, any_start_gives_the_same_points);
    tcase_add_test(tests, more_points_leave_the_first_ones_alone);
    tcase_add_test(tests, points_lie_inside_the_open_interval_however_far);
    tcase_add_test(tests, each_dimension_is_stratified);
    tcase_add_test(tests, scrambled_points_are_the_nets_that_sobol_points_are);
    tcase_add_test(tests, the_net_check_is_right);
    tcase_add_test(tests, each_point_is_uniform_over_replicates_and_over_seeds);
    tcase_add_test(tests, pseudo_random_points_are_uniform_and_independent);
    suite_add_tcase(suite, tests);
    return suite;
}
