/* Included once for each instruction set: its operations are macros, which end here. The polynomials are those
 * of elementary.h. */

TARGET inline V NAME(depth)(V x)
{
    VI bits = ADDI(BITS(FMA(SUB(SET(0), x), x, SET(1))), SETI(0x3ff0000000000000u - 0x3fe6a09e667f3bcdu));
    V k = SUB(REAL(ORI(RIGHT(bits, 52), SETI(0x4330000000000000u))), SET(4503599627370496.0 + 1023.0 - 5.0));
    V f = SUB(REAL(ADDI(ANDI(bits, SETI(0x000fffffffffffffu)), SETI(0x3fe6a09e667f3bcdu))), SET(1));
    V f2 = MUL(f, f), f4 = MUL(f2, f2);
    V p0 = FMA(FMA(f, SET(-0.3606965418075051), SET(0.4808985203240642)), f2,
               FMA(f, SET(-0.7213473544789053), SET(1.4426950399991885)));
    V p4 = FMA(FMA(f, SET(-0.1913883765667254), SET(0.2048576477862193)), f2,
               FMA(f, SET(-0.23960812190957284), SET(0.28855256143746744)));
    V p8 = FMA(f, SET(-0.10749789418083205), SET(0.1847603336518138));
    return FMA(f, FMA(FMA(p8, f4, p4), f4, p0), k);
}

TARGET inline V NAME(normal)(V x, V w)
{
    V w2 = MUL(w, w), w4 = MUL(w2, w2);
    V p0 = FMA(FMA(w, SET(0.00023699029799514561), SET(-0.004529615870962591)), w2,
               FMA(w, SET(-0.23116153097026865), SET(2.4533178826856052)));
    V p4 = FMA(FMA(w, SET(-3.621121698922375e-08), SET(-7.127052329398712e-08)), w2,
               FMA(w, SET(3.5558307264084217e-06), SET(5.2640008401286005e-05)));
    V p8 = FMA(FMA(w, SET(1.1471563266904175e-12), SET(3.480693063456362e-11)), w2,
               FMA(w, SET(6.76145536621492e-11), SET(-2.8760376340637563e-09)));
    p8 = FMA(w4, SET(-2.186673517166278e-13), p8);
    return MUL(x, FMA(FMA(p8, w4, p4), w4, p0));
}

TARGET inline V NAME(exp2)(V x)
{
    V shifted = ADD(x, SET(6755399441055744.0));
    V r = SUB(x, SUB(shifted, SET(6755399441055744.0))), r2 = MUL(r, r), r4 = MUL(r2, r2);
    V p0 = FMA(FMA(r, SET(0.055504109063258665), SET(0.24022651213498092)), r2,
               FMA(r, SET(0.6931471805568324), SET(0.9999999999595618)));
    V p4 = FMA(FMA(r, SET(1.5303700711365693e-05), SET(0.00015469729214118296)), r2,
               FMA(r, SET(0.0013333478473685416), SET(0.009618025613318034)));
    return MUL(FMA(p4, r4, p0), REAL(LEFT(ADDI(BITS(shifted), SETI(1023)), 52)));
}

/* 2 u - 1 for the uniform number u of those digits. */
TARGET inline V NAME(centred)(VI digits)
{
    V u = SUB(REAL(ORI(digits, SETI(0x3ff0000000000000u))), SET(1.0 - 0x1p-53));
    return FMA(u, SET(2), SET(-1));
}

/* The few lanes that the polynomial does not reach are done one by one. */
TARGET inline V NAME(score)(V x)
{
    V w = NAME(depth)(x), z = NAME(normal)(x, w);
    unsigned deep = LESS(w, SET(brief_deepest));
    if (__builtin_expect(deep != 0, 0)) {
        double lanes[LANES], points[LANES];
        STORE(lanes, z);
        STORE(points, x);
        for (int i = 0; i < LANES; i++)
            if (deep >> i & 1)
                lanes[i] = normal_inverse_tail(0.5 + 0.5 * points[i]);
        z = REAL(LOADI(lanes));
    }
    return z;
}

TARGET void NAME(block)(struct line *lines, uint64_t first, size_t n, struct sums *sums)
{
    const double log2_e = 1.4426950408889634;
    double values[2][BLOCK], totals[2][LANES];
    VI digits[WORK_INPUTS];
    V scale[RATE], shift[RATE], rent_sum = SET(0), own_sum = SET(0);
    for (int d = 0; d < WORK_INPUTS; d++)
        digits[d] = SETI(block_digits(&lines[d], first));
    for (int d = 0; d < RATE; d++) {
        scale[d] = SET(log2_e * work_b[d]);
        shift[d] = SET(log2_e * elementary_log(work_a[d]));
    }
    for (size_t i = 0; i < n; i += LANES) {
        V x[WORK_INPUTS];
        for (int d = 0; d < WORK_INPUTS; d++)
            x[d] = NAME(centred)(XORI(LOADI(lines[d].leading + i), digits[d]));
        for (int d = 0; d < RATE; d++)
            x[d] = NAME(exp2)(FMA(NAME(score)(x[d]), scale[d], shift[d]));
        x[RATE] = FMA(NAME(score)(x[RATE]), SET(work_b[RATE]), SET(work_a[RATE]));
        x[AGE] = FMA(x[AGE], SET(0.5 * (work_b[AGE] - work_a[AGE])), SET(0.5 * (work_a[AGE] + work_b[AGE])));
        V hours = MUL(x[CHIPS], x[HOURS]), rent = MUL(hours, x[PRICE]);
        V energy = MUL(MUL(MUL(hours, x[POWER]), MUL(x[PUE], x[ELECTRICITY])), SET(1e-3));
        V wear = MUL(MUL(hours, x[HARDWARE]), MUL(x[OVERHEAD], x[RATE]));
        V own = FMA(MUL(wear, FMA(x[AGE], SET(-0.4), SET(1))), SET(2.3 / 8766.0), energy);
        STORE(values[0] + i, rent);
        STORE(values[1] + i, own);
        if (n - i >= LANES) {
            rent_sum = ADD(rent_sum, rent);
            own_sum = ADD(own_sum, own);
        }
    }
    STORE(totals[0], rent_sum);
    STORE(totals[1], own_sum);
    for (int j = 0; j < 2; j++) {
        for (int i = 0; i < LANES; i++)
            sums->sum[j] += totals[j][i];
        for (size_t i = n - n % LANES; i < n; i++)
            sums->sum[j] += values[j][i];
    }
    count(sums, values, n);
}

#undef NAME
#undef TARGET
#undef LANES
#undef V
#undef VI
#undef SET
#undef SETI
#undef LOADI
#undef STORE
#undef REAL
#undef BITS
#undef ADD
#undef SUB
#undef MUL
#undef FMA
#undef ADDI
#undef ANDI
#undef ORI
#undef XORI
#undef RIGHT
#undef LEFT
#undef LESS
