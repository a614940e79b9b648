/* The loops over the strata of a block, a copy for each instruction set. */
#include "strata.h"

#include "lanes.h"

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

void ISA_NAME(strata_fill_exact)(const struct strata_row *row, const struct strata_block *block,
                                 const struct sampler *sampler, double *restrict x)
{
    double u[STRATA], values[STRATA];
    for (size_t e = 0; e < row->padded_count; e++)
        u[e] = sequence_middle(row->exact[e] ^ block->digits >> STRATA_LOG);
    ISA_NAME(sampler_fill)(sampler, u, values, row->padded_count);
    for (size_t e = 0; e < row->exact_count; e++)
        x[row->exact_place[e] ^ block->shift] = values[e];
}

void ISA_NAME(strata_fill)(const struct strata_row *row, const struct strata_block *block,
                           const struct sampler *sampler, double *restrict x)
{
    fill_cubics(row, block, x);
    ISA_NAME(strata_fill_exact)(row, block, sampler, x);
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
