/* Every aligned block of 256 points of a Sobol' dimension has one point in each of 256 strata, whatever its
 * scramble and shift. So a sample needs no inverse of its own: each stratum has a cubic that follows the
 * quantile function there, and the block takes all cubics in turn. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_STRATA_H
#define LIB_STRATA_H

#include "engine/memory_pages.h"
#include "engine/quantity.h"
#include "engine/sequence.h"

enum { STRATA = 256, STRATA_LOG = 8, CUBIC = 4, STEEP = 8, MOST_STEEP = 32 };

/* An input in each stratum. Where a cubic does not follow it, next to the tails, a polynomial of degree 7 may;
 * where that does not, in the tails and at corners, samples are inverted exactly. What does follow is a
 * quantile of a probability that errs by 2e-8 at most. */
struct strata {
    /* Coefficients, constant first; of 1 + the place in the stratum, 0 to 1. */
    _Alignas(PAGES_ALIGNED) double cubic[CUBIC][STRATA];
    double steep[STEEP][MOST_STEEP];
    uint8_t steep_stratum[MOST_STEEP], exact[STRATA];
    size_t steep_count, exact_count;
};

/* A dimension of a replicate: where the strata fall in a block. All of it is linear over exclusive or, so the
 * block whose points are those of the first block, shifted, has the same strata at places that are shifted. */
struct strata_order {
    _Alignas(PAGES_ALIGNED) uint8_t stratum[STRATA]; /* of each place, where the digits of the shift are 0 */
    uint8_t place[STRATA];                           /* of each stratum */
    uint64_t digits[STRATA]; /* of each place: what is below the stratum, as a mantissa */
};

/* An input in the order of the places. */
struct strata_row {
    _Alignas(PAGES_ALIGNED) double cubic[CUBIC][STRATA];
    const struct strata *strata;
    uint64_t steep_digits[MOST_STEEP]; /* as in an order, of the steep strata in turn */
    uint8_t steep_place[MOST_STEEP];
};

/* One block of a dimension. */
struct strata_block {
    const struct strata_order *order;
    uint64_t digits; /* to exchange in all of order->digits */
    size_t shift;    /* of the places */
};

ISA_DECLARE(strata_make, (struct strata * strata, const struct sampler *sampler));

/* `line` is not pseudo-random and has 256 points or more. */
ISA_DECLARE(strata_order_make, (struct strata_order * order, const struct sequence_line *line));

/* The row is good as long as the strata are. */
ISA_DECLARE(strata_arrange,
            (const struct strata *strata, const struct strata_order *order, struct strata_row *row));

/* Digits of a point below its stratum; those of a point, as a mantissa. */
enum { STRATA_DIGITS = SEQUENCE_DIGITS - STRATA_LOG };
static inline uint64_t strata_digits_below(uint64_t point)
{
    return (point & (((uint64_t)1 << STRATA_DIGITS) - 1)) << STRATA_LOG;
}

/* The block whose first point has those digits. */
static inline struct strata_block strata_block_at(const struct strata_order *order, uint64_t point)
{
    size_t shift = order->place[point >> STRATA_DIGITS];
    return (struct strata_block){order, strata_digits_below(point) ^ order->digits[shift], shift};
}

/* The samples of `count` blocks, up to STRATA_BLOCKS, one after the other; those alone that no cubic gives. */
enum { STRATA_BLOCKS = 16 };
ISA_DECLARE(strata_fill, (const struct strata_row *row, const struct strata_block *blocks, size_t count,
                          const struct sampler *sampler, double *restrict x));
ISA_DECLARE(strata_fill_rest, (const struct strata_row *row, const struct strata_block *blocks, size_t count,
                               const struct sampler *sampler, double *restrict x));

ISA_DECLARE(strata_invert, (const double *restrict h, double *restrict inverse));

/* ratio = inverse x h, with h of the place that the shift exchanges with each. */
ISA_DECLARE(strata_turn,
            (const double *restrict h, const double *restrict inverse, size_t shift, double *restrict ratio));

#endif
