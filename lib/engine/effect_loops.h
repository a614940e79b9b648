/* The sums behind Sobol' indices. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_EFFECT_LOOPS_H
#define LIB_EFFECT_LOOPS_H

#include "engine/instruction_set.h"

#include <stddef.h>

/* Sums over two independent samples A and B and over Ai and Bi, in which they have exchanged input i: the
 * estimators of I. Azzini, T. A. Mara and R. Rosati, Environmental Modelling & Software 144 (2021). For
 * products of lognormals they err half as much as those of Saltelli, Jansen and Janon. */
struct effect {
    double alone;    /* (f(A) - f(Ai)) (f(Bi) - f(B)) */
    double together; /* (f(A) - f(Ai))^2 + (f(B) - f(Bi))^2 */
    double all;      /* (f(A) - f(B))^2 + (f(Ai) - f(Bi))^2 */
};

/* Adds n samples, a multiple of 8. */
ISA_DECLARE(effect_add, (struct effect * effect, const double *restrict a, const double *restrict b,
                         const double *restrict ai, const double *restrict bi, size_t n));

#endif
