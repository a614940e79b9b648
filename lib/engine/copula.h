/* The Gaussian copula: inputs with a given rank correlation, whatever their distributions are (R. B. Nelsen, An
 * Introduction to Copulas, 2nd ed., Springer 2006). */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_COPULA_H
#define LIB_COPULA_H

#include <stdbool.h>
#include <stddef.h>

/* The correlation of two normals whose rank correlation (Spearman's) is `rank`, for -1 <= rank <= 1. */
double copula_normal_correlation(double rank);

/* Turns a symmetric n x n matrix with a unit diagonal, by rows, into its lower triangular Cholesky factor.
 * False where it is not positive definite. */
bool copula_factor(double *matrix, size_t n);

#endif
