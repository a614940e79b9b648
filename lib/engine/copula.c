/* Rank correlation by normals. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/copula.h"

#include <math.h>

/* 2 sin(pi rank / 6) (K. Pearson 1907). The series ends below the last bit, and libm would not be the same
 * everywhere. */
double copula_normal_correlation(double rank)
{
    const double x = rank * 0.52359877559829887308, square = x * x;
    double sum = 1;
    for (int k = 19; k >= 3; k -= 2)
        sum = 1 - sum * square / (k * (k - 1));
    return 2 * x * sum;
}

bool copula_factor(double *matrix, size_t n)
{
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            double *cell = &matrix[i * n + j];
            if (j > i) {
                *cell = 0;
                continue;
            }
            for (size_t k = 0; k < j; k++)
                *cell -= matrix[i * n + k] * matrix[j * n + k];
            if (i == j && !(*cell > 1e-12))
                return false;
            *cell = i == j ? sqrt(*cell) : *cell / matrix[j * n + j];
        }
    return true;
}
