/* Strata against the inverse that they stand for. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/strata.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

enum { POINTS = 16 * STRATA };

static const quantity laws[] = {
    {.form = FORM_INTERVAL, .a = 1.6, .b = 4.8, .least = 0, .most = INFINITY},
    {.form = FORM_LOGNORMAL, .a = 1e6, .b = 40, .least = 0, .most = INFINITY},
    {.form = FORM_INTERVAL, .a = 0.56, .b = 1, .least = 0, .most = 1},
    {.form = FORM_INTERVAL, .a = 1.07, .b = 1.32, .least = 1, .most = INFINITY},
    {.form = FORM_NORMAL, .a = 0.14, .b = 0.03, .least = 0, .most = INFINITY},
    {.form = FORM_NORMAL, .a = 0, .b = 1, .least = -INFINITY, .most = INFINITY},
    {.form = FORM_UNIFORM, .a = -2, .b = 3, .least = -INFINITY, .most = INFINITY},
    {.form = FORM_TRIANGULAR, .a = 10, .b = 30, .c = 100, .least = 0, .most = INFINITY},
    {.form = FORM_TRIANGULAR, .a = 10, .b = 10, .c = 100, .least = 0, .most = INFINITY},
    {.form = FORM_TRIANGULAR, .a = 0, .b = 0.0594924, .c = 1, .least = 0, .most = INFINITY}, /* its corner hides inside a stratum, from both ends */
    {.form = FORM_PERT, .a = 1, .b = 2, .c = 9, .least = -INFINITY, .most = INFINITY},
    {.form = FORM_PERT, .a = 1, .b = 1, .c = 9, .least = -INFINITY, .most = INFINITY},
};

enum { LAWS = sizeof laws / sizeof *laws };

/* Samples of all blocks, once by the inverse and once from strata. */
struct samples {
    double u[POINTS], exact[POINTS], strata[POINTS];
};

typedef void fill_function(const struct strata_row *row, const struct strata_block *blocks, size_t count,
                           const struct sampler *sampler, double *restrict x);

static void sample(const quantity *law, size_t dimension, uint64_t replicate, fill_function *fill,
                   struct samples *to)
{
    static struct strata strata;
    static struct strata_order order;
    static struct strata_row row;
    struct sequence sequence = {7, false};
    struct sequence_line line;
    struct sampler sampler;
    double *table;
    ck_assert(!sampler_init(&sampler, law, &table, NULL));
    sequence_start(&line, &sequence, replicate, dimension, POINTS);
    sequence_fill(&line, 0, POINTS, to->u);
    sampler_fill(&sampler, to->u, to->exact, POINTS);
    strata_make(&strata, &sampler);
    strata_order_make(&order, &line);
    strata_arrange(&strata, &order, &row);
    for (size_t first = 0, b = 0, count = 1; first < POINTS; first += count * STRATA, count = count % 3 + 1) {
        struct strata_block blocks[STRATA_BLOCKS];
        for (b = 0; b < count && first + b * STRATA < POINTS; b++)
            blocks[b] = strata_block_at(&order, sequence_point(&line, first + b * STRATA));
        fill(&row, blocks, b, &sampler, to->strata + first);
    }
    free(table);
}

/* Between the quantiles of probabilities that lie nearer to the point than the header says, and what rounding
 * adds. */
static void check_sample(const quantity *law, double spread, double u, double exact, double x)
{
    const double error = 1.6e-8;
    double low = quantity_quantile(law, fmax(u - error, 1e-300)),
           high = quantity_quantile(law, fmin(u + error, 1));
    double rounding = 3e-9 * (fabs(exact) + spread);
    if (!(x >= low - rounding && x <= high + rounding && x >= law->least && x <= law->most))
        ck_abort_msg("%.17g at %.17g, not %.17g", x, u, exact);
}

START_TEST(samples_are_quantiles_of_their_points)
{
    static struct samples samples;
    const quantity *law = &laws[_i];
    double spread = quantity_quantile(law, 0.95) - quantity_quantile(law, 0.05);
    for (size_t d = 0; d < SEQUENCE_DIMENSIONS; d++) {
        sample(law, d, d % 5, strata_fill, &samples);
        for (size_t i = 0; i < POINTS; i++)
            check_sample(law, spread, samples.u[i], samples.exact[i], samples.strata[i]);
    }
}
END_TEST

#ifdef ISA_COPIES
START_TEST(every_instruction_set_gives_the_same_bits)
{
    static struct samples any, copy;
    for (enum isa isa = ISA_AVX2; isa <= ISA_AVX512; isa++) {
        if (isa_choose(isa) != isa)
            continue;
        for (size_t d = 0; d < SEQUENCE_DIMENSIONS; d += 3) {
            sample(&laws[_i], d, 1, strata_fill, &any);
            sample(&laws[_i], d, 1, ISA_PICK(isa, strata_fill), &copy);
            ck_assert_mem_eq(any.strata, copy.strata, sizeof any.strata);
        }
    }
}
END_TEST
#endif

/* Else the tails and corners would eat what the cubics save. */
START_TEST(few_strata_are_exact)
{
    struct strata strata;
    struct sampler sampler;
    double *table;
    ck_assert(!sampler_init(&sampler, &laws[_i], &table, NULL));
    strata_make(&strata, &sampler);
    ck_assert(strata.exact_count >= 2 && strata.exact_count <= 5);
    ck_assert(strata.exact_count + strata.steep_count <= 18);
    free(table);
}
END_TEST

Suite *strata_suite(void)
{
    Suite *suite = suite_create("strata");
    TCase *tests = tcase_create("cubics");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, samples_are_quantiles_of_their_points, 0, LAWS);
    tcase_add_loop_test(tests, few_strata_are_exact, 0, LAWS);
#ifdef ISA_COPIES
    tcase_add_loop_test(tests, every_instruction_set_gives_the_same_bits, 0, LAWS);
#endif
    suite_add_tcase(suite, tests);
    return suite;
}
