/* The normal and the beta distribution: a series in the middle, continued fractions in the tails. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/probability.h"

#include "base/elementary.h"

#include <math.h>

static const double sqrt_2_pi = 2.506628274631000502, half_ln_2_pi = 0.918938533204672742;

double probability_normal_density(double z)
{
    return fabs(z) < 37 ? elementary_exp(-0.5 * z * z) / sqrt_2_pi : 0;
}

/* The tail beyond z >= 1: Laplace's continued fraction for Mills' ratio. */
static double normal_tail(double z)
{
    double fraction = z;
    for (int i = 30 + (int)(400 / (z * z)); i > 0; i--)
        fraction = z + i / fraction;
    return probability_normal_density(z) / fraction;
}

double probability_normal(double z)
{
    if (z <= -1)
        return normal_tail(-z);
    if (z >= 1)
        return 1 - normal_tail(z);
    double term = z, sum = z;
    for (int i = 3; i < 120 && fabs(term) > 1e-18; i += 2)
        sum += term *= z * z / i;
    return 0.5 + probability_normal_density(z) * sum;
}

/* ln Gamma(x) for x >= 1: Stirling's series, from 15 on. */
static double ln_gamma(double x)
{
    double product = 1;
    for (; x < 15; x++)
        product *= x;
    double r = 1 / (x * x);
    double series = (1.0 / 12 - r * (1.0 / 360 - r * (1.0 / 1260 - r * (1.0 / 1680 - r / 1188)))) / x;
    return (x - 0.5) * elementary_log(x) - x + half_ln_2_pi + series - elementary_log(product);
}

/* x^p of the power's base x > 0. */
static double ln_power(double x, double p)
{
    return p == 0 ? 0 : p * elementary_log(x);
}

/* x^alpha (1 - x)^beta / B(alpha, beta) */
static double beta_front(double x, double alpha, double beta)
{
    if (x < 1e-300 || x >= 1)
        return 0;
    double ln_b = ln_gamma(alpha) + ln_gamma(beta) - ln_gamma(alpha + beta);
    double exponent = ln_power(x, alpha) + ln_power(1 - x, beta) - ln_b;
    return exponent < -700 ? 0 : elementary_exp(exponent);
}

/* I_x(alpha, beta) where x is below the mean or near it, by the continued fraction of DLMF 8.17.22, with the algorithm of
 * Lentz as modified by Thompson and Barnett. */
static double beta_below(double x, double alpha, double beta)
{
    double c = 1, d = 1 / (1 - (alpha + beta) * x / (alpha + 1)), fraction = d;
    for (int m = 1; m < 500; m++) {
        double even = m * (beta - m) * x / ((alpha + 2 * m - 1) * (alpha + 2 * m));
        d = 1 / (1 + even * d);
        c = 1 + even / c;
        fraction *= d * c;
        double odd = -(alpha + m) * (alpha + beta + m) * x / ((alpha + 2 * m) * (alpha + 2 * m + 1));
        d = 1 / (1 + odd * d);
        c = 1 + odd / c;
        fraction *= d * c;
        if (fabs(d * c - 1) < 1e-16)
            break;
    }
    return beta_front(x, alpha, beta) * fraction / alpha;
}

double probability_beta(double x, double alpha, double beta)
{
    if (x <= 0 || x >= 1)
        return x >= 1;
    if (x * (alpha + beta + 2) < alpha + 1)
        return beta_below(x, alpha, beta);
    return 1 - beta_below(1 - x, beta, alpha);
}

double probability_beta_density(double x, double alpha, double beta)
{
    if (x <= 0 || x >= 1)
        return (x == 0 && alpha == 1) ? beta : (x == 1 && beta == 1) ? alpha : 0;
    double ln_b = ln_gamma(alpha) + ln_gamma(beta) - ln_gamma(alpha + beta);
    double exponent = ln_power(x, alpha - 1) + ln_power(1 - x, beta - 1) - ln_b;
    return exponent < -700 ? 0 : elementary_exp(exponent);
}
