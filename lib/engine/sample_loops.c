/* The loops over samples and bins, a copy for each instruction set. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats.h"

#include "engine/lanes.h"

/* Values are binned this many at a time: their bin numbers stay in the first-level cache. */
enum { CHUNK = 256 };

/* Sums side by side, the same ones however wide the registers are. */
enum { SUMS = 16, PARTS = SUMS / LANES };

/* In halves, which is a short chain, and the same one however wide the registers are. */
static inline double total(const lanes *p)
{
#if defined(__AVX512F__)
    lanes s = p[0] + p[1];
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
#elif defined(__AVX__)
    lanes s = (p[0] + p[2]) + (p[1] + p[3]);
    return (s[0] + s[2]) + (s[1] + s[3]);
#else
    lanes s = ((p[0] + p[4]) + (p[2] + p[6])) + ((p[1] + p[5]) + (p[3] + p[7]));
    return s[0] + s[1];
#endif
}

/* The least and the most in two chains, as each comparison waits for the one before. */
struct extremes {
    lanes least[2], most[2];
};

static struct extremes extremes_of(const struct stats *stats)
{
    const lanes least = (lanes){0} + stats->least, most = (lanes){0} + stats->most;
    return (struct extremes){{least, least}, {most, most}};
}

static inline void meet(struct extremes *e, size_t chain, lanes value)
{
    e->least[chain] = LANES_LESS(value, e->least[chain]);
    e->most[chain] = LANES_MORE(value, e->most[chain]);
}

static void keep_extremes(struct stats *stats, const struct extremes *e)
{
    lanes least = LANES_LESS(e->least[1], e->least[0]), most = LANES_MORE(e->most[1], e->most[0]);
    for (int j = 0; j < LANES; j++) {
        stats->least = least[j] < stats->least ? least[j] : stats->least;
        stats->most = most[j] > stats->most ? most[j] : stats->most;
    }
}

static void meet_one(struct stats *stats, double value)
{
    stats->least = value < stats->least ? value : stats->least;
    stats->most = value > stats->most ? value : stats->most;
}

static void add_moments(struct stats *stats, double about, const double *x, size_t n)
{
    size_t whole = n - n % SUMS;
    lanes sum[PARTS], squares[PARTS];
    struct extremes e = extremes_of(stats);
    for (size_t p = 0; p < PARTS; p++)
        sum[p] = squares[p] = (lanes){0};
    for (size_t i = 0; i < whole; i += SUMS)
        for (size_t p = 0; p < PARTS; p++) {
            lanes value = *(const lanes *)(x + i + p * LANES), d = value - about;
            sum[p] += d;
            squares[p] += d * d;
            meet(&e, p % 2, value);
        }
    keep_extremes(stats, &e);
    stats->sum += total(sum);
    stats->squares += total(squares);
    for (size_t i = whole; i < n; i++) {
        double d = x[i] - about;
        stats->sum += d;
        stats->squares += d * d;
        meet_one(stats, x[i]);
    }
    stats->n += n;
}

/* The products of n <= CHUNK values. */
static void multiply(struct stats *stats, const double *restrict x, const double *restrict times, size_t n,
                     double *restrict products)
{
    size_t whole = n - n % SUMS;
    struct extremes e = extremes_of(stats);
    for (size_t i = 0; i < whole; i += SUMS)
        for (size_t p = 0; p < PARTS; p++) {
            size_t at = i + p * LANES;
            lanes product = *(const lanes *)(x + at) * *(const lanes *)(times + at);
            *(lanes *)(products + at) = product;
            meet(&e, p % 2, product);
        }
    keep_extremes(stats, &e);
    for (size_t i = whole; i < n; i++) {
        products[i] = x[i] * times[i];
        meet_one(stats, products[i]);
    }
}

/* Copies of what the scale says leave the compiler sure that no bin overwrites it. */
static void find_bins(const struct stats_scale *scale, const double *restrict x, size_t n,
                      uint32_t *restrict bins)
{
    const struct stats_scale s = *scale;
    if (s.positive)
        for (size_t i = 0; i < n; i++)
            bins[i] = stats_positive_bin(&s, x[i]);
    else
        for (size_t i = 0; i < n; i++)
            bins[i] = stats_signed_bin(&s, x[i]);
}

static uint64_t count_equal(const double *x, size_t n, double value)
{
    uint64_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += x[i] == value;
    return count;
}

/* Four at a time, as a turn of the loop takes longer than to count one. */
static void count_bins(uint64_t *counts, const uint32_t *bins, size_t n)
{
    size_t i = 0;
    for (; i + 4 <= n; i += 4) {
        counts[bins[i]]++;
        counts[bins[i + 1]]++;
        counts[bins[i + 2]]++;
        counts[bins[i + 3]]++;
    }
    for (; i < n; i++)
        counts[bins[i]]++;
}

/* Of n <= CHUNK values. */
static void add_counts(struct stats *stats, const struct stats_scale *scale, const double *x, size_t n)
{
    uint32_t bins[CHUNK];
    find_bins(scale, x, n, bins);
    count_bins(stats->counts, bins, n);
    for (size_t a = 0; a < scale->atom_count; a++)
        stats->atoms[a] += count_equal(x, n, scale->atoms[a]);
    stats->counted += n;
}

static void add_constant(struct stats *stats, const struct stats_scale *scale, double value, size_t n)
{
    uint32_t bin;
    double d = value - scale->about;
    find_bins(scale, &value, 1, &bin);
    stats->n += n;
    stats->counted += n;
    stats->sum += (double)n * d;
    stats->squares += (double)n * (d * d);
    stats->least = value < stats->least ? value : stats->least;
    stats->most = value > stats->most ? value : stats->most;
    stats->counts[bin] += n;
    stats->atoms[0] += n;
}

void ISA_NAME(stats_add)(struct stats *stats, const struct stats_scale *scale, const double *x, size_t n)
{
    if (scale->constant && scale->atom_count == 1 && count_equal(x, n, scale->atoms[0]) == n) {
        add_constant(stats, scale, scale->atoms[0], n);
        return;
    }
    add_moments(stats, scale->about, x, n);
    for (size_t i = 0; i < n; i += CHUNK)
        add_counts(stats, scale, x + i, n - i < CHUNK ? n - i : CHUNK);
}

void ISA_NAME(stats_count)(struct stats *stats, const struct stats_scale *scale, const double *restrict x,
                           const double *restrict times, size_t n)
{
    double values[CHUNK];
    for (size_t i = 0, here; i < n; i += here) {
        here = n - i < CHUNK ? n - i : CHUNK;
        multiply(stats, x + i, times + i, here, values);
        add_counts(stats, scale, values, here);
    }
}

void ISA_NAME(stats_merge)(struct stats *stats, const struct stats_scale *scale, const struct stats *part)
{
    stats->n += part->n;
    stats->counted += part->counted;
    stats->sum += part->sum;
    stats->squares += part->squares;
    stats->least = fmin(stats->least, part->least);
    stats->most = fmax(stats->most, part->most);
    for (size_t a = 0; a < scale->atom_count; a++)
        stats->atoms[a] += part->atoms[a];
    uint64_t *restrict to = stats->counts;
    const uint64_t *restrict from = part->counts;
    for (size_t b = 0; b < STATS_BINS; b++)
        to[b] += from[b];
}

/* ---- order ---- */

/* Each value goes to where as many are less, for which there is no branch. */
static void sort_few(double *restrict x, size_t n)
{
    double sorted[CHUNK];
    for (size_t i = 0; i < n; i++) {
        const double value = x[i];
        size_t rank = 0;
        for (size_t j = 0; j < i; j++)
            rank += x[j] <= value;
        for (size_t j = i + 1; j < n; j++)
            rank += x[j] < value;
        sorted[rank] = value;
    }
    memcpy(x, sorted, n * sizeof *x);
}

/* By D. L. Shell, Commun. ACM 2 (7) (1959) 30-32. */
static void sort_many(double *x, size_t n)
{
    size_t gap = 1;
    while (gap < n / 3)
        gap = 3 * gap + 1;
    for (; gap; gap /= 3)
        for (size_t i = gap; i < n; i++) {
            double value = x[i];
            size_t j = i;
            for (; j >= gap && x[j - gap] > value; j -= gap)
                x[j] = x[j - gap];
            x[j] = value;
        }
}

/* Constants are. */
static bool is_sorted(const double *x, size_t n)
{
    size_t i = 1;
    while (i < n && x[i - 1] <= x[i])
        i++;
    return i >= n;
}

void ISA_NAME(stats_sort)(double *x, size_t n)
{
    if (is_sorted(x, n))
        return;
    if (n <= CHUNK)
        sort_few(x, n);
    else
        sort_many(x, n);
}
