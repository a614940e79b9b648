/* Strata and their cubics, a copy for each instruction set. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/strata.h"

#include "base/elementary.h"
#include "engine/lanes.h"

/* Of the width that a stratum has in the values: how far a polynomial may be off at its ends, where it errs
 * most. In probability that is a 256th as much. */
static const double most_error = 4e-6;

/* The nodes of Chebyshev on [1, 2], where an interpolating polynomial is within a hair of the best one. */
static const double cubic_nodes[CUBIC] = {1.0380602337443566, 1.3086582838174551, 1.6913417161825449,
                                          1.9619397662556434};
static const double steep_nodes[STEEP] = {1.0096073597983847, 1.0842651938487273, 1.2222148834901989,
                                          1.4024548389919359, 1.5975451610080641, 1.7777851165098011,
                                          1.9157348061512727, 1.9903926402016153};

/* The coefficients of the polynomial that is 1 at the node and 0 at the others, constant first (J.-L.
 * Lagrange). */
static void base_polynomial(const double *nodes, int count, int node, double *terms)
{
    double scale = 1;
    terms[0] = 1;
    for (int k = 0, degree = 0; k < count; k++) {
        if (k == node)
            continue;
        scale *= nodes[node] - nodes[k];
        terms[degree + 1] = terms[degree];
        for (int power = degree; power > 0; power--)
            terms[power] = terms[power - 1] - nodes[k] * terms[power];
        terms[0] *= -nodes[k];
        degree++;
    }
    for (int power = 0; power < count; power++)
        terms[power] /= scale;
}

/* Adds what the values at a node contribute to a term of n strata. */
static void add_node(double *restrict sums, size_t n, double term, const double *restrict x)
{
    for (size_t c = 0; c < n; c++)
        sums[c] += term * x[c];
}

static void make_cubics(struct strata *strata, const struct sampler *sampler)
{
    double u[STRATA], x[STRATA], terms[CUBIC];
    memset(strata->cubic, 0, sizeof strata->cubic);
    for (int node = 0; node < CUBIC; node++) {
        for (int c = 0; c < STRATA; c++)
            u[c] = (c + (cubic_nodes[node] - 1)) * (1.0 / (double)STRATA);
        ISA_NAME(sampler_fill)(sampler, u, x, STRATA);
        base_polynomial(cubic_nodes, CUBIC, node, terms);
        for (int k = 0; k < CUBIC; k++)
            add_node(strata->cubic[k], STRATA, terms[k], x);
    }
}

/* Whether each cubic joins the values at the ends of its stratum, but for the outermost ones, which have one
 * end. */
static void find_followed(const struct strata *strata, const double *restrict end, uint64_t *restrict followed)
{
    followed[0] = followed[STRATA - 1] = 0;
    for (size_t c = 1; c < STRATA - 1; c++) {
        double a = strata->cubic[0][c], b = strata->cubic[1][c];
        double q = strata->cubic[2][c], r = strata->cubic[3][c];
        double off_low = fabs(r + q + b + a - end[c - 1]), off_high = fabs(8 * r + 4 * q + 2 * b + a - end[c]);
        double allowed = most_error * (end[c] - end[c - 1]);
        followed[c] = (uint64_t)(off_low <= allowed) & (uint64_t)(off_high <= allowed);
    }
}

static void sample_steep(const struct strata *strata, const struct sampler *sampler, double place, double *x)
{
    double u[MOST_STEEP];
    for (size_t e = 0; e < MOST_STEEP; e++)
        u[e] = (strata->steep_stratum[e] + (place - 1)) * (1.0 / (double)STRATA);
    ISA_NAME(sampler_fill)(sampler, u, x, MOST_STEEP);
}

/* How far the steep polynomials are off where they err most: between their nodes, and at the ends. The ends
 * alone do not tell where the stratum has a corner. */
static void find_errors(const struct strata *strata, const struct sampler *sampler, double *restrict errors)
{
    static const double between[] = {1,   1.0380602337443566, 1.1464466094067263, 1.3086582838174551,
                                     1.5, 1.6913417161825449, 1.8535533905932737, 1.9619397662556434,
                                     2};
    for (size_t e = 0; e < MOST_STEEP; e++)
        errors[e] = 0;
    for (size_t p = 0; p < sizeof between / sizeof *between; p++) {
        double x[MOST_STEEP];
        sample_steep(strata, sampler, between[p], x);
        for (size_t e = 0; e < MOST_STEEP; e++) {
            double y = strata->steep[STEEP - 1][e];
            for (int k = STEEP - 2; k >= 0; k--)
                y = y * between[p] + strata->steep[k][e];
            errors[e] = fmax(errors[e], fabs(y - x[e]));
        }
    }
}

/* Those that do not follow give their places to those that do, which are then followed. */
static void keep_steep(struct strata *strata, size_t n, const double *errors, const double *end,
                       uint64_t *followed)
{
    strata->steep_count = 0;
    for (size_t e = 0; e < n; e++) {
        size_t to = strata->steep_count, c = strata->steep_stratum[e];
        if (!(errors[e] <= most_error * (end[c] - end[c - 1])))
            continue;
        followed[c] = 1;
        strata->steep_stratum[to] = strata->steep_stratum[e];
        for (int k = 0; k < STEEP; k++)
            strata->steep[k][to] = strata->steep[k][e];
        strata->steep_count++;
    }
}

/* Of the strata that no cubic follows, as many as there is room for. */
static void make_steep(struct strata *strata, const struct sampler *sampler, const double *end,
                       uint64_t *followed)
{
    double x[MOST_STEEP], terms[STEEP], errors[MOST_STEEP];
    size_t n = 0;
    memset(strata->steep, 0, sizeof strata->steep);
    memset(strata->steep_stratum, STRATA / 2, sizeof strata->steep_stratum);
    for (size_t c = 1; c < STRATA - 1 && n < MOST_STEEP; c++)
        if (!followed[c])
            strata->steep_stratum[n++] = (uint8_t)c;
    for (int node = 0; node < STEEP; node++) {
        sample_steep(strata, sampler, steep_nodes[node], x);
        base_polynomial(steep_nodes, STEEP, node, terms);
        for (int k = 0; k < STEEP; k++)
            add_node(strata->steep[k], MOST_STEEP, terms[k], x);
    }
    find_errors(strata, sampler, errors);
    keep_steep(strata, n, errors, end, followed);
}

void ISA_NAME(strata_make)(struct strata *strata, const struct sampler *sampler)
{
    double u[STRATA], end[STRATA]; /* the upper one of each stratum but the last */
    uint64_t followed[STRATA];
    for (int c = 0; c < STRATA - 1; c++)
        u[c] = (c + 1.0) * (1.0 / (double)STRATA);
    ISA_NAME(sampler_fill)(sampler, u, end, STRATA - 1);
    make_cubics(strata, sampler);
    find_followed(strata, end, followed);
    make_steep(strata, sampler, end, followed);
    strata->exact_count = 0;
    for (size_t c = 0; c < STRATA; c++)
        if (!followed[c])
            strata->exact[strata->exact_count++] = (uint8_t)c;
}

void ISA_NAME(strata_order_make)(struct strata_order *order, const struct sequence_line *line)
{
    order->stratum[0] = 0;
    order->digits[0] = 0;
    for (size_t k = 0, half = 1; half < STRATA; k++, half *= 2) {
        const uint8_t stratum = (uint8_t)(line->columns[k] >> STRATA_DIGITS);
        const uint64_t digits = strata_digits_below(line->columns[k]);
        for (size_t m = 0; m < half; m++)
            order->stratum[half + m] = order->stratum[m] ^ stratum;
        for (size_t m = 0; m < half; m++)
            order->digits[half + m] = order->digits[m] ^ digits;
    }
    for (size_t m = 0; m < STRATA; m++)
        order->place[order->stratum[m]] = (uint8_t)m;
}

static void arrange_steep(const struct strata *strata, const struct strata_order *order, struct strata_row *row)
{
    row->strata = strata;
    for (size_t e = 0; e < MOST_STEEP; e++) {
        row->steep_place[e] = order->place[strata->steep_stratum[e]];
        row->steep_digits[e] = order->digits[row->steep_place[e]];
    }
}

void ISA_NAME(strata_arrange)(const struct strata *strata, const struct strata_order *order,
                              struct strata_row *row)
{
    for (size_t m = 0; m < STRATA; m++) {
        size_t stratum = order->stratum[m];
        for (int k = 0; k < CUBIC; k++)
            row->cubic[k][m] = strata->cubic[k][stratum];
    }
    arrange_steep(strata, order, row);
}

/* ---- a block ---- */

#ifdef __clang__
#define SHUFFLE(y, ...) __builtin_shufflevector(y, y, __VA_ARGS__)
#else
#define SHUFFLE(y, ...) __builtin_shuffle(y, (lane_digits){__VA_ARGS__})
#endif

/* The place in the stratum, and 1. */
static inline lanes place_in_stratum(const uint64_t *digits, const struct strata_block *block)
{
    const lane_digits one = (lane_digits){0} + 0x3ff0000000000000u;
    return (lanes)((*(const lane_digits *)digits ^ block->digits) | one);
}

static inline lanes evaluate_cubics(const struct strata_row *row, const struct strata_block *block, size_t m)
{
    lanes v = place_in_stratum(block->order->digits + m, block), x = *(const lanes *)(row->cubic[3] + m);
    x = x * v + *(const lanes *)(row->cubic[2] + m);
    x = x * v + *(const lanes *)(row->cubic[1] + m);
    return x * v + *(const lanes *)(row->cubic[0] + m);
}

/* A shift of places exchanges lanes, which must be known when it is compiled, and groups of lanes. */
#if defined(__AVX512F__)
#define EACH_SHIFT(CASE) CASE(0) CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7)
#define LANES_SHIFTED(y, k) SHUFFLE(y, 0 ^ k, 1 ^ k, 2 ^ k, 3 ^ k, 4 ^ k, 5 ^ k, 6 ^ k, 7 ^ k)
#elif defined(__AVX__)
#define EACH_SHIFT(CASE) CASE(0) CASE(1) CASE(2) CASE(3)
#define LANES_SHIFTED(y, k) SHUFFLE(y, 0 ^ k, 1 ^ k, 2 ^ k, 3 ^ k)
#else
#define EACH_SHIFT(CASE) CASE(0) CASE(1)
#define LANES_SHIFTED(y, k) SHUFFLE(y, 0 ^ k, 1 ^ k)
#endif
#define GROUPS(shift) ((shift) & ~(size_t)(LANES - 1))

static void fill_cubics(const struct strata_row *row, const struct strata_block *block, double *restrict x)
{
#define FILL(k)                                                                                                \
    case k:                                                                                                    \
        for (size_t m = 0; m < STRATA; m += LANES) {                                                           \
            lanes y = evaluate_cubics(row, block, m);                                                          \
            *(lanes *)(x + (m ^ GROUPS(block->shift))) = LANES_SHIFTED(y, k);                                  \
        }                                                                                                      \
        break;
    switch (block->shift % LANES) {
        EACH_SHIFT(FILL)
    }
}

static void fill_steep(const struct strata_row *row, const struct strata_block *block, double *restrict x)
{
    const struct strata *strata = row->strata;
    double values[MOST_STEEP];
    for (size_t e = 0; e < strata->steep_count; e += LANES) {
        lanes v = place_in_stratum(row->steep_digits + e, block),
              y = *(const lanes *)(strata->steep[STEEP - 1] + e);
        for (int k = STEEP - 2; k >= 0; k--)
            y = y * v + *(const lanes *)(strata->steep[k] + e);
        *(lanes *)(values + e) = y;
    }
    for (size_t e = 0; e < strata->steep_count; e++)
        x[row->steep_place[e] ^ block->shift] = values[e];
}

/* In all blocks together, and rounded up to whole vectors, as a vector of samples costs no more than one. */
static void fill_exact(uint64_t stratum, const struct strata_block *blocks, size_t count,
                       const struct sampler *sampler, double *restrict x)
{
    enum { VECTOR = 8 };
    const struct strata_order *order = blocks[0].order;
    const size_t place = order->place[stratum], padded = (count + VECTOR - 1) / VECTOR * VECTOR;
    const uint64_t digits = order->digits[place];
    double u[STRATA_BLOCKS], values[STRATA_BLOCKS];
    for (size_t b = 0; b < STRATA_BLOCKS; b++)
        u[b] = 0.5;
    for (size_t b = 0; b < count; b++)
        u[b] = sequence_middle(stratum << STRATA_DIGITS | (digits ^ blocks[b].digits) >> STRATA_LOG);
    ISA_NAME(sampler_fill)(sampler, u, values, padded);
    for (size_t b = 0; b < count; b++)
        x[b * STRATA + (place ^ blocks[b].shift)] = values[b];
}

void ISA_NAME(strata_fill_rest)(const struct strata_row *row, const struct strata_block *blocks, size_t count,
                                const struct sampler *sampler, double *restrict x)
{
    for (size_t b = 0; b < count; b++)
        fill_steep(row, &blocks[b], x + b * STRATA);
    for (size_t e = 0; e < row->strata->exact_count; e++)
        fill_exact(row->strata->exact[e], blocks, count, sampler, x);
}

void ISA_NAME(strata_fill)(const struct strata_row *row, const struct strata_block *blocks, size_t count,
                           const struct sampler *sampler, double *restrict x)
{
    for (size_t b = 0; b < count; b++)
        fill_cubics(row, &blocks[b], x + b * STRATA);
    ISA_NAME(strata_fill_rest)(row, blocks, count, sampler, x);
}

void ISA_NAME(strata_turn)(const double *restrict h, const double *restrict inverse, size_t shift,
                           double *restrict ratio)
{
#define TURN(k)                                                                                                \
    case k:                                                                                                    \
        for (size_t m = 0; m < STRATA; m += LANES) {                                                           \
            lanes turned = *(const lanes *)(h + (m ^ GROUPS(shift)));                                          \
            *(lanes *)(ratio + m) = *(const lanes *)(inverse + m) * LANES_SHIFTED(turned, k);                  \
        }                                                                                                      \
        break;
    switch (shift % LANES) {
        EACH_SHIFT(TURN)
    }
}

void ISA_NAME(strata_invert)(const double *restrict h, double *restrict inverse)
{
    for (size_t i = 0; i < STRATA; i++)
        inverse[i] = 1 / h[i];
}
