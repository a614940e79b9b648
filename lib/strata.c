/* Strata and their cubics, a copy for each instruction set. */
#include "strata.h"

#include "elementary.h"
#include "lanes.h"

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

/* Whether each cubic joins the values at the ends of its stratum, but for the outermost ones, which have one
 * end. */
static void find_followed(const struct strata *strata, const double *restrict end, uint64_t *restrict followed)
{
    followed[0] = followed[STRATA - 1] = 0;
    for (size_t c = 1; c < STRATA - 1; c++) {
        double a = strata->cubic[0][c], b = strata->cubic[1][c];
        double q = strata->cubic[2][c], r = strata->cubic[3][c];
        double off_low = fabs(r + q + b + a - end[c - 1]), off_high = fabs(8 * r + 4 * q + 2 * b + a - end[c]);
        double allowed = cubic_error * (end[c] - end[c - 1]);
        followed[c] = (uint64_t)(off_low <= allowed) & (uint64_t)(off_high <= allowed);
    }
}

void ISA_NAME(strata_make)(struct strata *strata, const struct sampler *sampler)
{
    double u[STRATA], x[STRATA];
    uint64_t followed[STRATA];
    for (int k = 0; k < CUBIC; k++) {
        for (int c = 0; c < STRATA; c++)
            u[c] = (c + (nodes[k] - 1)) * (1.0 / STRATA);
        ISA_NAME(sampler_fill)(sampler, u, x, STRATA);
        add_node(strata, k, x);
    }
    for (int c = 0; c < STRATA; c++)
        u[c] = (c + 1.0) * (1.0 / STRATA);
    ISA_NAME(sampler_fill)(sampler, u, x, STRATA - 1); /* the upper ends */
    find_followed(strata, x, followed);
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

/* Rounded up to whole vectors, as the rest of one costs more. */
static void arrange_exact(const struct strata *strata, const struct strata_order *order, struct strata_row *row)
{
    enum { VECTOR = 8 };
    row->exact_count = strata->exact_count;
    row->padded_count = (strata->exact_count + VECTOR - 1) / VECTOR * VECTOR;
    for (size_t e = 0; e < row->padded_count; e++) {
        uint64_t stratum = e < row->exact_count ? strata->exact[e] : STRATA / 2;
        row->exact_place[e] = order->place[stratum];
        row->exact[e] = stratum << STRATA_DIGITS | order->digits[order->place[stratum]] >> STRATA_LOG;
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
    arrange_exact(strata, order, row);
}

/* ---- a block ---- */

#ifdef __clang__
#define SHUFFLE(y, ...) __builtin_shufflevector(y, y, __VA_ARGS__)
#else
#define SHUFFLE(y, ...) __builtin_shuffle(y, (lane_digits){__VA_ARGS__})
#endif

static inline void evaluate(const struct strata_row *row, const struct strata_block *block, size_t m, lanes *y)
{
    const lane_digits one = (lane_digits){0} + 0x3ff0000000000000u;
    const lane_digits *digits = (const lane_digits *)(block->order->digits + m);
    lanes v = (lanes)((*digits ^ block->digits) | one);
    lanes x = *(const lanes *)(row->cubic[3] + m);
    x = x * v + *(const lanes *)(row->cubic[2] + m);
    x = x * v + *(const lanes *)(row->cubic[1] + m);
    *y = x * v + *(const lanes *)(row->cubic[0] + m);
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
            lanes y;                                                                                           \
            evaluate(row, block, m, &y);                                                                       \
            *(lanes *)(x + (m ^ GROUPS(block->shift))) = LANES_SHIFTED(y, k);                                  \
        }                                                                                                      \
        break;
    switch (block->shift % LANES) {
        EACH_SHIFT(FILL)
    }
}

/* A function of its own, or gcc would warn that a row might have no exact strata. */
__attribute__((noinline)) static size_t exact_points(const struct strata_row *row,
                                                     const struct strata_block *blocks, size_t count, double *u)
{
    size_t n = 0;
    for (size_t b = 0; b < count; b++, n += row->padded_count)
        for (size_t e = 0; e < row->padded_count; e++)
            u[n + e] = sequence_middle(row->exact[e] ^ blocks[b].digits >> STRATA_LOG);
    return n;
}

void ISA_NAME(strata_fill_exact)(const struct strata_row *row, const struct strata_block *blocks, size_t count,
                                 const struct sampler *sampler, double *restrict x)
{
    double u[STRATA_BLOCKS * STRATA], values[STRATA_BLOCKS * STRATA];
    ISA_NAME(sampler_fill)(sampler, u, values, exact_points(row, blocks, count, u));
    for (size_t b = 0; b < count; b++)
        for (size_t e = 0; e < row->exact_count; e++)
            x[b * STRATA + (row->exact_place[e] ^ blocks[b].shift)] = values[b * row->padded_count + e];
}

void ISA_NAME(strata_fill)(const struct strata_row *row, const struct strata_block *blocks, size_t count,
                           const struct sampler *sampler, double *restrict x)
{
    for (size_t b = 0; b < count; b++)
        fill_cubics(row, &blocks[b], x + b * STRATA);
    ISA_NAME(strata_fill_exact)(row, blocks, count, sampler, x);
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
