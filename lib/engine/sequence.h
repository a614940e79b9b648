/* Points in the unit cube: point i of a replicate is a function of (seed, replicate, dimension, i) and of
 * nothing else, so that any thread can start anywhere. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_SEQUENCE_H
#define LIB_SEQUENCE_H

#include "base/elementary.h"
#include "engine/instruction_set.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Dimensions with Sobol' points; those from here on are pseudo-random. */
enum { SEQUENCE_DIMENSIONS = 58 };

/* A replicate has at most 2^SEQUENCE_COLUMNS points. */
enum { SEQUENCE_COLUMNS = 40 };

/* Digits of a point: what fits behind the point of a double in [1, 2). */
enum { SEQUENCE_DIGITS = 52 };

/* The finaliser of splitmix64 (G. L. Steele, D. Lea and C. H. Flood, OOPSLA 2014). */
static inline uint64_t sequence_mix(uint64_t x)
{
    x ^= x >> 30;
    x *= 0xbf58476d1ce4e5b9u;
    x ^= x >> 27;
    x *= 0x94d049bb133111ebu;
    return x ^ x >> 31;
}

static const uint64_t sequence_golden = 0x9e3779b97f4a7c15u;

struct sequence {
    uint64_t seed;
    bool pseudo_random; /* in all dimensions */
};

/* One dimension of one replicate, made ready: a scrambled generator matrix and its shift. */
struct sequence_line {
    uint64_t shift;
    uint64_t columns[SEQUENCE_COLUMNS];
    bool pseudo_random;
};

/* The middle of the cell of a point of 52 digits: never 0, never 1. */
static inline double sequence_middle(uint64_t digits)
{
    return bits_to_double(digits | 0x3ff0000000000000u) - (1.0 - 0x1p-53);
}

/* Readies the first `points` points of a dimension. Replicates are independent of each other: each Sobol' point
 * set is scrambled by a random lower triangular matrix (J. Matousek, J. Complexity 14 (1998) 527-556) and a
 * random digital shift, which keep its equidistribution and make every point uniform. */
void sequence_start(struct sequence_line *line, const struct sequence *sequence, uint64_t replicate,
                    size_t dimension, uint64_t points);

/* The digits of a point of a line that is not pseudo-random. */
uint64_t sequence_point(const struct sequence_line *line, uint64_t index);

/* Writes the coordinates of the n points from `first` on, each inside the open interval (0, 1). */
ISA_DECLARE(sequence_fill, (const struct sequence_line *line, uint64_t first, size_t n, double *u));

#endif
