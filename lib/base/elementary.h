/* exp, log and the inverse normal as plain arithmetic: no table, no call, no branch that depends on the
 * machine. They compile into the block loops, vectorise there, and give the same bits everywhere, which
 * libm does not promise. Errors against correctly rounded values, tested: exp and log 4e-16 relative, inverse
 * normal 2e-15 relative. The brief ones are for samples, which need no more: exp2 1e-10 and
 * normal 2e-9 relative, probability 1e-8 of the lower tail. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_ELEMENTARY_H
#define LIB_ELEMENTARY_H

#include "base/exact.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* The 95 % quantile of the standard normal. */
static const double elementary_normal_95 = 1.6448536269514722;

static inline double bits_to_double(uint64_t bits)
{
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static inline uint64_t double_to_bits(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

/* e^x for -708 <= x <= 709; what lies beyond is taken at the bound. */
static inline double elementary_exp(double x)
{
    const double shift = 6755399441055744.0; /* 1.5 * 2^52: adding it rounds to an integer */
    x = x < -708.0 ? -708.0 : x;
    x = x > 709.0 ? 709.0 : x;
    double shifted = x * 1.4426950408889634 + shift;
    double k = shifted - shift;
    double r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    double p = 1.0 / 6227020800.0;
    p = p * r + 1.0 / 479001600.0;
    p = p * r + 1.0 / 39916800.0;
    p = p * r + 1.0 / 3628800.0;
    p = p * r + 1.0 / 362880.0;
    p = p * r + 1.0 / 40320.0;
    p = p * r + 1.0 / 5040.0;
    p = p * r + 1.0 / 720.0;
    p = p * r + 1.0 / 120.0;
    p = p * r + 1.0 / 24.0;
    p = p * r + 1.0 / 6.0;
    p = p * r + 0.5;
    p = r + r * r * p;
    uint64_t exponent = (double_to_bits(shifted) + 1023u) << 52; /* its low bits hold k */
    double scale = bits_to_double(exponent);
    return scale + scale * p;
}

/* ln x for normal positive x. */
static inline double elementary_log(double x)
{
    uint64_t bits = double_to_bits(x) - 0x3fe6a09e667f3bcdu; /* from sqrt(1/2) up */
    double k = (double)((int64_t)bits >> 52);
    double m = bits_to_double((bits & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu);
    double f = m - 1.0;
    double s = f / (2.0 + f), q = s * s;
    double p = 1.0 / 23.0;
    p = p * q + 1.0 / 21.0;
    p = p * q + 1.0 / 19.0;
    p = p * q + 1.0 / 17.0;
    p = p * q + 1.0 / 15.0;
    p = p * q + 1.0 / 13.0;
    p = p * q + 1.0 / 11.0;
    p = p * q + 1.0 / 9.0;
    p = p * q + 1.0 / 7.0;
    p = p * q + 1.0 / 5.0;
    p = p * q + 1.0 / 3.0;
    /* f - s f is 2 s to the last bit where k is 0 and x is near 1 */
    double tail = 2.0 * q * s * p;
    return k * 6.93147180369123816490e-01 + (k * 1.90821492927058770002e-10 + (f - s * f + tail));
}

/* The z with P(Z < z) = u, for 0 < u < 1: the rational approximations of M. J. Wichura, Algorithm AS 241,
 * Applied Statistics 37 (1988) 477-484. */
static inline double normal_inverse_centre(double q)
{
    double r = 0.180625 - q * q;
    double n = 2.5090809287301226727e3, d = 5.2264952788528545610e3;
    n = n * r + 3.3430575583588128105e4;
    n = n * r + 6.7265770927008700853e4;
    n = n * r + 4.5921953931549871457e4;
    n = n * r + 1.3731693765509461125e4;
    n = n * r + 1.9715909503065514427e3;
    n = n * r + 1.3314166789178437745e2;
    n = n * r + 3.3871328727963666080e0;
    d = d * r + 2.8729085735721942674e4;
    d = d * r + 3.9307895800092710610e4;
    d = d * r + 2.1213794301586595867e4;
    d = d * r + 5.3941960214247511077e3;
    d = d * r + 6.8718700749205790830e2;
    d = d * r + 4.2313330701600911252e1;
    d = d * r + 1.0;
    return q * n / d;
}

/* For r = sqrt(-ln of the tail) <= 5, which 1.4e-11 on either side are beyond. */
static inline double normal_inverse_near_tail(double r)
{
    double n = 7.74545014278341407640e-4, d = 1.05075007164441684324e-9;
    r -= 1.6;
    n = n * r + 2.27238449892691845833e-2;
    n = n * r + 2.41780725177450611770e-1;
    n = n * r + 1.27045825245236838258e0;
    n = n * r + 3.64784832476320460504e0;
    n = n * r + 5.76949722146069140550e0;
    n = n * r + 4.63033784615654529590e0;
    n = n * r + 1.42343711074968357734e0;
    d = d * r + 5.47593808499534494600e-4;
    d = d * r + 1.51986665636164571966e-2;
    d = d * r + 1.48103976427480074590e-1;
    d = d * r + 6.89767334985100004550e-1;
    d = d * r + 1.67638483018380384940e0;
    d = d * r + 2.05319162663775882187e0;
    d = d * r + 1.0;
    return n / d;
}

static inline double normal_inverse_far_tail(double r)
{
    double n = 2.01033439929228813265e-7, d = 2.04426310338993978564e-15;
    r -= 5.0;
    n = n * r + 2.71155556874348757815e-5;
    n = n * r + 1.24266094738807843860e-3;
    n = n * r + 2.65321895265761230930e-2;
    n = n * r + 2.96560571828504891230e-1;
    n = n * r + 1.78482653991729133580e0;
    n = n * r + 5.46378491116411436990e0;
    n = n * r + 6.65790464350110377720e0;
    d = d * r + 1.42151175831644588870e-7;
    d = d * r + 1.84631831751005468180e-5;
    d = d * r + 7.86869131145613259100e-4;
    d = d * r + 1.48753612908506148525e-2;
    d = d * r + 1.36929880922735805310e-1;
    d = d * r + 5.99832206555887937690e-1;
    d = d * r + 1.0;
    return n / d;
}

static inline double normal_tail_distance(double u)
{
    return sqrt(-elementary_log(u < 0.5 ? u : 1.0 - u));
}

static inline double normal_inverse_tail(double u)
{
    double r = normal_tail_distance(u);
    double z = r <= 5.0 ? normal_inverse_near_tail(r) : normal_inverse_far_tail(r);
    return u < 0.5 ? -z : z;
}

static inline double normal_inverse(double u)
{
    double q = u - 0.5;
    return q >= -0.425 && q <= 0.425 ? normal_inverse_centre(q) : normal_inverse_tail(u);
}

/* ---- brief ones ----
 * Polynomials that interpolate at the nodes of Chebyshev, in the place of longer ones and of every division.
 * They are summed in pairs, and pairs of pairs (G. Estrin 1960), so that few operations wait for each other. */

/* 2^x for -1021 <= x <= 1022; what lies beyond is taken at the bound. */
static inline double brief_exp2(double x)
{
    const double shift = 6755399441055744.0; /* as in elementary_exp */
    x = x < -1021.0 ? -1021.0 : x;
    x = x > 1022.0 ? 1022.0 : x;
    double shifted = x + shift;
    double r = x - (shifted - shift), r2 = r * r, r4 = r2 * r2;
    double p0 =
        (0.9999999999595618 + 0.6931471805568324 * r) + (0.24022651213498092 + 0.055504109063258665 * r) * r2;
    double p4 = (0.009618025613318034 + 0.0013333478473685416 * r) +
                (0.00015469729214118296 + 1.5303700711365693e-05 * r) * r2;
    return (p0 + p4 * r4) * bits_to_double((double_to_bits(shifted) + 1023u) << 52);
}

/* 5 + log2(1 - x^2) for |x| < 1. */
static inline double brief_depth(double x)
{
    /* from sqrt(1/2) up */
    uint64_t bits = double_to_bits(1.0 - x * x) + (0x3ff0000000000000u - 0x3fe6a09e667f3bcdu);
    /* The exponent as a double without a conversion, which SSE2 and AVX2 do not have. */
    double k = bits_to_double(bits >> 52 | 0x4330000000000000u) - (4503599627370496.0 + 1023.0 - 5.0);
    double f = bits_to_double((bits & 0x000fffffffffffffu) + 0x3fe6a09e667f3bcdu) - 1.0;
    double f2 = f * f, f4 = f2 * f2;
    double p0 =
        (1.4426950399991885 - 0.7213473544789053 * f) + (0.4808985203240642 - 0.3606965418075051 * f) * f2;
    double p4 =
        (0.28855256143746744 - 0.23960812190957284 * f) + (0.2048576477862193 - 0.1913883765667254 * f) * f2;
    double p8 = 0.1847603336518138 - 0.10749789418083205 * f;
    return k + f * (p0 + (p4 + p8 * f4) * f4);
}

/* How deep brief_normal reaches: all but 0.0005 on either side. */
static const double brief_deepest = -4.0;

/* The normal score of (1 + x) / 2: x times a polynomial in the logarithm of 1 - x^2, as in M. Giles, GPU
 * Computing Gems 2 (2011) ch. 10, for which no branch is needed. `depth` is brief_depth(x) >= brief_deepest. */
static inline double brief_normal(double x, double depth)
{
    double w = depth, w2 = w * w, w4 = w2 * w2;
    double p0 = (2.4533178826856052 - 0.23116153097026865 * w) +
                (-0.004529615870962591 + 0.00023699029799514561 * w) * w2;
    double p4 = (5.2640008401286005e-05 + 3.5558307264084217e-06 * w) +
                (-7.127052329398712e-08 - 3.621121698922375e-08 * w) * w2;
    double p8 = (-2.8760376340637563e-09 + 6.76145536621492e-11 * w) +
                (3.480693063456362e-11 + 1.1471563266904175e-12 * w) * w2 - 2.186673517166278e-13 * w4;
    return x * (p0 + (p4 + p8 * w4) * w4);
}

/* P(Z < z) for |z| <= 7, inside (0, 1), to 1e-8 of it: algorithm 5666 of J. F. Hart et al., Computer
 * Approximations (1968), in the form of G. West, Wilmott Magazine (May 2005) 70-76. */
static inline double normal_probability(double z)
{
    double x = fabs(z) < 7.0 ? fabs(z) : 7.0, n = 3.52624965998911e-2, d = 8.83883476483184e-2;
    n = n * x + 0.700383064443688;
    n = n * x + 6.37396220353165;
    n = n * x + 33.912866078383;
    n = n * x + 112.079291497871;
    n = n * x + 221.213596169931;
    n = n * x + 220.206867912376;
    d = d * x + 1.75566716318264;
    d = d * x + 16.064177579207;
    d = d * x + 86.7807322029461;
    d = d * x + 296.564248779674;
    d = d * x + 637.333633378831;
    d = d * x + 793.826512519948;
    d = d * x + 440.413735824752;
    double tail = brief_exp2(-0.72134752044448170 * x * x) * n / d;
    return z < 0 ? tail : 1.0 - tail;
}

#endif
