/* Distribution functions in arithmetic of our own: those of libraries were compiled with multiplications and additions
 * fused on some machines and not on others, and so have other last digits there. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_PROBABILITY_H
#define LIB_PROBABILITY_H

/* P(Z < z) of the standard normal, and its density. */
double probability_normal(double z);
double probability_normal_density(double z);

/* P(X < x) of the beta distribution of `alpha` and `beta`, both at least 1 and at most 100, and its density; 0 <= x <= 1. */
double probability_beta(double x, double alpha, double beta);
double probability_beta_density(double x, double alpha, double beta);

#endif
