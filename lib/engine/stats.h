/* Streaming statistics of one output: moments, extremes and quantiles in constant memory. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_STATS_H
#define LIB_STATS_H

#include "base/elementary.h"
#include "engine/instruction_set.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { STATS_BINS = 1024, STATS_ATOMS = 16 };

/* How values fall into bins. Values of one sign go by the bits of the double, which makes bins of even width
 * inside each octave and needs no logarithm. Values of both signs go by the bits of their distance from a
 * centre plus a softening, so that bins are even near the centre and widen further out. The first and the
 * last bin take what lies outside. */
struct stats_scale {
    bool positive;
    double centre, soft; /* centre and soft are 0 where all values have one sign */
    double low, high;    /* of the binned range */
    int64_t origin;      /* the bit pattern where bin 0 begins */
    int shift;           /* bits a bin wide */
    double about;        /* moments are taken about it, so that they do not cancel */
    size_t atom_count;
    double atoms[STATS_ATOMS]; /* values that come again and again, ascending */
    bool constant;             /* the pilot had the first of them and no other value */
    bool holds;                /* no quantile has been found to lie outside; under the lock of a run */
};

static inline int64_t stats_bits(double x)
{
    return (int64_t)double_to_bits(x);
}

/* Grows with x; even inside an octave of |x - centre| + soft. */
static inline int64_t stats_key(const struct stats_scale *scale, double x)
{
    if (scale->positive)
        return stats_bits(x);
    double distance = x - scale->centre;
    int64_t key = stats_bits(fabs(distance) + scale->soft) - stats_bits(scale->soft);
    return distance < 0 ? -key : key;
}

/* The comparisons are such that what is not a number counts as low. */
static inline uint32_t stats_positive_bin(const struct stats_scale *scale, double x)
{
    double value = x > scale->low ? x : scale->low;
    value = value < scale->high ? value : scale->high;
    return (uint32_t)((double_to_bits(value) - (uint64_t)scale->origin) >> scale->shift);
}

/* The range is cut twice: a first time so that the keys do not overflow, a second time because a key of
 * low or high may be one off by rounding. */
static inline uint32_t stats_signed_bin(const struct stats_scale *scale, double x)
{
    const int64_t end = (int64_t)((uint64_t)STATS_BINS << scale->shift) - 1;
    double value = x > scale->low ? x : scale->low;
    value = value < scale->high ? value : scale->high;
    int64_t offset = stats_key(scale, value) - scale->origin;
    offset = offset < 0 ? 0 : offset > end ? end : offset;
    return (uint32_t)((uint64_t)offset >> scale->shift);
}

static inline uint32_t stats_bin(const struct stats_scale *scale, double x)
{
    return scale->positive ? stats_positive_bin(scale, x) : stats_signed_bin(scale, x);
}

/* Puts numbers in order. */
typedef void stats_sorter(double *x, size_t n);
ISA_DECLARE(stats_sort, (double *x, size_t n));

/* Chooses a scale from a pilot sample, which is put in order. The range spans the pilot's quantiles at
 * `lowest` and `highest`, and what comes again and again, and `widen` times their distance on both sides. */
void stats_scale_fit(struct stats_scale *scale, double *pilot, size_t n, double lowest, double highest,
                     double widen, stats_sorter *sort);

struct stats {
    uint64_t n;          /* values in the moments */
    uint64_t counted;    /* and in the bins */
    double sum, squares; /* of the distances from scale->about */
    double least, most;  /* exact; +inf and -inf of nothing */
    uint64_t atoms[STATS_ATOMS];
    uint64_t counts[STATS_BINS];
};

void stats_clear(struct stats *stats);
/* The same for what has seen values on that scale, or is all 0: only what they touched is cleared. */
void stats_reset(struct stats *stats, const struct stats_scale *scale);

ISA_DECLARE(stats_add, (struct stats * stats, const struct stats_scale *scale, const double *x, size_t n));

/* Counts x[i] * times[i] in the bins, and leaves the moments as they are. */
ISA_DECLARE(stats_count, (struct stats * stats, const struct stats_scale *scale, const double *restrict x,
                          const double *restrict times, size_t n));

/* Adds what `part`, of the same scale, has seen. All but the sums come out the same in any order. */
ISA_DECLARE(stats_merge, (struct stats * stats, const struct stats_scale *scale, const struct stats *part));

/* NaN of nothing, and where a value was not a number; a spread whose square overflows is infinite. */
double stats_mean(const struct stats *stats, const struct stats_scale *scale);
double stats_sd(const struct stats *stats);

/* Quantiles at ascending levels in (0, 1): the inverse of the cumulative counts, interpolated by a monotone
 * cubic. True where all of them lie in the binned range; the others are between the end of the range and
 * the extreme. */
bool stats_quantiles(const struct stats *stats, const struct stats_scale *scale, const double *levels,
                     size_t level_count, double *quantiles);

/* The shares of all that was counted in at most `most` bins of rising edges, one more than bins: neighbours of the
 * scale's own put together, the first and the last as far as the extremes. Gives how many; none of what is constant
 * or no number. */
size_t stats_histogram(const struct stats *stats, const struct stats_scale *scale, size_t most, double *edges,
                       double *shares);

#endif
