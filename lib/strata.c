#include "strata.h"

#include "elementary.h"

/* Digits of a point below its stratum. */
enum { DIGITS_BELOW = SEQUENCE_DIGITS - STRATA_LOG };

/* Of the width that a stratum has in the values: how far a cubic may be off at its ends, where it errs most. In
 * probability that is a 256th as much. */
static const double cubic_error = 4e-6;

/* The nodes of Chebyshev on [1, 2], where an interpolating cubic is within a hair of the best one. */
static const double nodes[CUBIC] = {1.0380602337443566, 1.3086582838174551, 1.6913417161825449,
                                    1.9619397662556434};

/* The coefficients of the cubic that is 1 at the node and 0 at the others, constant first (J.-L. Lagrange). */
static void base_cubic(int node, double *cubic)
{
    double scale = 1;
    cubic[0] = 1;
    for (int k = 0, degree = 0; k < CUBIC; k++) {
        if (k == node)
            continue;
        scale *= nodes[node] - nodes[k];
        cubic[degree + 1] = cubic[degree];
        for (int power = degree; power > 0; power--)
            cubic[power] = cubic[power - 1] - nodes[k] * cubic[power];
        cubic[0] *= -nodes[k];
        degree++;
    }
    for (int power = 0; power < CUBIC; power++)
        cubic[power] /= scale;
}

/* Adds what the values at a node contribute. */
static void add_node(struct strata *strata, int node, const double *restrict x)
{
    double cubic[CUBIC];
    base_cubic(node, cubic);
    for (int k = 0; k < CUBIC; k++) {
        double *restrict sum = strata->cubic[k];
        for (int c = 0; c < STRATA; c++)
            sum[c] = (node ? sum[c] : 0) + cubic[k] * x[c];
    }
}

/* Whether the cubic joins the values at the ends of the stratum. */
static bool is_followed(const struct strata *strata, size_t c, double low, double high)
{
    double a = strata->cubic[0][c], b = strata->cubic[1][c], q = strata->cubic[2][c], r = strata->cubic[3][c];
    double at_low = r + q + b + a, at_high = 8 * r + 4 * q + 2 * b + a, allowed = cubic_error * (high - low);
    return fabs(at_low - low) <= allowed && fabs(at_high - high) <= allowed;
}

void strata_make(struct strata *strata, const struct sampler *sampler, sampler_function *sample)
{
    double u[STRATA], x[STRATA];
    for (int k = 0; k < CUBIC; k++) {
        for (int c = 0; c < STRATA; c++)
            u[c] = (c + (nodes[k] - 1)) / STRATA;
        sample(sampler, u, x, STRATA);
        add_node(strata, k, x);
    }
    for (int c = 0; c < STRATA; c++)
        u[c] = (c + 1.0) / STRATA;
    sample(sampler, u, x, STRATA - 1); /* the upper ends */
    strata->exact_count = 0;
    for (size_t c = 0; c < STRATA; c++)
        if (c == 0 || c == STRATA - 1 || !is_followed(strata, c, x[c - 1], x[c]))
            strata->exact[strata->exact_count++] = (uint8_t)c;
}

static uint64_t digits_below(uint64_t point)
{
    return (point & (((uint64_t)1 << DIGITS_BELOW) - 1)) << STRATA_LOG;
}

void strata_order_make(struct strata_order *order, const struct sequence_line *line)
{
    order->stratum[0] = 0;
    order->digits[0] = 0;
    for (size_t k = 0, half = 1; half < STRATA; k++, half *= 2)
        for (size_t m = 0; m < half; m++) {
            order->stratum[half + m] = (uint8_t)(order->stratum[m] ^ line->columns[k] >> DIGITS_BELOW);
            order->digits[half + m] = order->digits[m] ^ digits_below(line->columns[k]);
        }
    for (size_t m = 0; m < STRATA; m++)
        order->place[order->stratum[m]] = (uint8_t)m;
}

/* Rounded up to whole vectors, as the rest of one costs more. */
static void arrange_exact(const struct strata *strata, const struct strata_order *order, struct strata_row *row)
{
    enum { VECTOR = 8 };
    row->exact_count = strata->exact_count;
    row->padded_count = (strata->exact_count + VECTOR - 1) / VECTOR * VECTOR;
    for (size_t e = 0; e < row->padded_count; e++) {
        uint64_t stratum = e < row->exact_count ? strata->exact[e] : STRATA / 2;
        row->exact_place[e] = order->place[stratum];
        row->exact[e] = stratum << DIGITS_BELOW | order->digits[order->place[stratum]] >> STRATA_LOG;
    }
}

void strata_arrange(const struct strata *strata, const struct strata_order *order, struct strata_row *row)
{
    for (size_t m = 0; m < STRATA; m++) {
        size_t stratum = order->stratum[m];
        for (int k = 0; k < CUBIC; k++)
            row->cubic[k][m] = strata->cubic[k][stratum];
    }
    arrange_exact(strata, order, row);
}

struct strata_block strata_block_at(const struct strata_order *order, uint64_t point)
{
    size_t shift = order->place[point >> DIGITS_BELOW];
    return (struct strata_block){order, digits_below(point) ^ order->digits[shift], shift};
}
