/* The loop over the cubics of a block, a copy for each instruction set. */
#include "strata.h"

enum { LANES = 8 };
typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(8), may_alias));
typedef uint64_t lane_digits
    __attribute__((vector_size(LANES * sizeof(uint64_t)), aligned(8), may_alias));

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

/* Samples take their places: a shift exchanges lanes, and groups of lanes. */
#define FILL_SHIFTED(k)                                                                                        \
    case k:                                                                                                    \
        for (size_t m = 0; m < STRATA; m += LANES) {                                                           \
            lanes y;                                                                                           \
            evaluate(row, block, m, &y);                                                                       \
            *(lanes *)(x + (m ^ groups)) =                                                                     \
                SHUFFLE(y, 0 ^ k, 1 ^ k, 2 ^ k, 3 ^ k, 4 ^ k, 5 ^ k, 6 ^ k, 7 ^ k);                            \
        }                                                                                                      \
        break;

void ISA_NAME(strata_fill)(const struct strata_row *row, const struct strata_block *block, double *restrict x)
{
    const size_t groups = block->shift & ~(size_t)(LANES - 1);
    switch (block->shift % LANES) {
        FILL_SHIFTED(0)
        FILL_SHIFTED(1)
        FILL_SHIFTED(2)
        FILL_SHIFTED(3)
        FILL_SHIFTED(4)
        FILL_SHIFTED(5)
        FILL_SHIFTED(6)
        FILL_SHIFTED(7)
    }
}
