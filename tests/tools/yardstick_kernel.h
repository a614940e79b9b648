/* Included once for each instruction set: its operations are macros, which end here. */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* As the engine's loop over strata, but with fused operations and a permutation of lanes chosen at run time. */
TARGET void ROW_NAME(column)(const struct strata_row *row, const struct strata_block *block, double *x)
{
    const size_t groups = block->shift & ~(size_t)(LANES - 1);
    const VI digits = SETI(block->digits), one = SETI(0x3ff0000000000000u),
             lanes = PLACES(block->shift % LANES);
    for (size_t m = 0; m < STRATA; m += LANES) {
        V v = REAL(ORI(XORI(LOADI(block->order->digits + m), digits), one));
        V y = FMA(LOAD(row->cubic[3] + m), v, LOAD(row->cubic[2] + m));
        y = FMA(FMA(y, v, LOAD(row->cubic[1] + m)), v, LOAD(row->cubic[0] + m));
        STORE(x + (m ^ groups), PERMUTE(y, lanes));
    }
}

TARGET VI ROW_NAME(bin)(V value, int j)
{
    const V low = SET(bits_to_double(first_bin[j])), high = SET(bits_to_double(end_bin[j] - 1));
    return SHIFTED(SUBI(BITS(LESS(MORE(value, low), high)), SETI(first_bin[j])), SHIFT);
}

#define INPUT(name) LOAD(x[name] + first + i)

TARGET void ROW_NAME(cost)(double (*x)[BATCH], size_t first, uint64_t bins[2][STRATA], struct sums *sums)
{
    double totals[2][LANES];
    V rent_sum = SET(0), own_sum = SET(0);
    for (size_t i = 0; i < STRATA; i += LANES) {
        V hours = MUL(INPUT(CHIPS), INPUT(HOURS)), rent = MUL(hours, INPUT(PRICE));
        V energy = MUL(MUL(INPUT(POWER), SET(1e-3)), MUL(INPUT(PUE), INPUT(ELECTRICITY)));
        V wear = MUL(MUL(INPUT(HARDWARE), INPUT(OVERHEAD)), MUL(INPUT(RATE), SET(2.3 / 8766.0)));
        V own = MUL(hours, FMA(wear, FMA(INPUT(AGE), SET(-0.4), SET(1)), energy));
        STOREI(bins[0] + i, ROW_NAME(bin)(rent, 0));
        STOREI(bins[1] + i, ROW_NAME(bin)(own, 1));
        rent_sum = ADD(rent_sum, rent);
        own_sum = ADD(own_sum, own);
    }
    STORE(totals[0], rent_sum);
    STORE(totals[1], own_sum);
    for (int j = 0; j < 2; j++)
        for (int i = 0; i < LANES; i++)
            sums->sum[j] += totals[j][i];
}

#undef INPUT
#undef ROW_NAME
#undef TARGET
#undef LANES
#undef V
#undef VI
#undef SET
#undef SETI
#undef LOAD
#undef LOADI
#undef STORE
#undef REAL
#undef ADD
#undef MUL
#undef FMA
#undef LESS
#undef MORE
#undef BITS
#undef SUBI
#undef SHIFTED
#undef STOREI
#undef ORI
#undef XORI
#undef PLACES
#undef PERMUTE
