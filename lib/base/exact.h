/* What the answer's digits rest on: arithmetic as written, in doubles of 64 bits. Compilers that were told otherwise are
 * refused: with fast math a check calls impossible what happened. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_EXACT_H
#define LIB_EXACT_H

#include <float.h>

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__) ||                       \
    defined(__ASSOCIATIVE_MATH__) || defined(__RECIPROCAL_MATH__) || defined(__NO_SIGNED_ZEROS__)
#error "libtraincost cannot be compiled with fast math or a part of it: its answers would be wrong"
#endif
/* 1, as on s390x: floats are computed as doubles, doubles as themselves. */
#if (FLT_EVAL_METHOD != 0 && FLT_EVAL_METHOD != 1) || DBL_MANT_DIG != 53
#error "libtraincost needs doubles of 64 bits that are not computed wider: its answers would have other digits"
#endif

#endif
