/* The loops that take samples into statistics, a copy for each instruction set. */
#include "stats.h"

#include "lanes.h"

/* Values are binned this many at a time: their bin numbers stay in the first-level cache. */
enum { CHUNK = 256 };

/* Sums side by side, the same ones however wide the registers are. */
enum { SUMS = 16, PARTS = SUMS / LANES };

/* What is not a number is neither the least nor the most. */
#define PICK(which, x, y) (lanes)(((which) & (lane_masks)(x)) | (~(which) & (lane_masks)(y)))

/* Of the extremes there are two chains, as each comparison waits for the one before. */
struct moments {
    lanes sum[PARTS], squares[PARTS], least[2], most[2];
};

/* In halves, which is a short chain, and the same one however wide the registers are. */
static double total(const lanes *parts)
{
    double sums[SUMS];
    memcpy(sums, parts, sizeof sums);
    for (size_t half = SUMS / 2; half; half /= 2)
        for (size_t j = 0; j < half; j++)
            sums[j] += sums[j + half];
    return sums[0];
}

static void fold(struct stats *stats, const struct moments *m)
{
    lanes least = PICK(m->least[1] < m->least[0], m->least[1], m->least[0]);
    lanes most = PICK(m->most[1] > m->most[0], m->most[1], m->most[0]);
    stats->sum += total(m->sum);
    stats->squares += total(m->squares);
    for (int j = 0; j < LANES; j++) {
        stats->least = least[j] < stats->least ? least[j] : stats->least;
        stats->most = most[j] > stats->most ? most[j] : stats->most;
    }
}

static void add_moments(struct stats *stats, double about, const double *x, size_t n)
{
    struct moments m = {{{0}}, {{0}}, {{0}}, {{0}}};
    for (int chain = 0; chain < 2; chain++) {
        m.least[chain] += stats->least;
        m.most[chain] += stats->most;
    }
    for (size_t i = 0; i < n; i += SUMS)
        for (size_t p = 0; p < PARTS; p++) {
            lanes value = *(const lanes *)(x + i + p * LANES), d = value - about;
            m.sum[p] += d;
            m.squares[p] += d * d;
            m.least[p % 2] = PICK(value < m.least[p % 2], value, m.least[p % 2]);
            m.most[p % 2] = PICK(value > m.most[p % 2], value, m.most[p % 2]);
        }
    fold(stats, &m);
}

static void add_one(struct stats *stats, double about, double value)
{
    double d = value - about;
    stats->sum += d;
    stats->squares += d * d;
    stats->least = value < stats->least ? value : stats->least;
    stats->most = value > stats->most ? value : stats->most;
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
    uint32_t bins[CHUNK];
    if (scale->constant && scale->atom_count == 1 && count_equal(x, n, scale->atoms[0]) == n) {
        add_constant(stats, scale, scale->atoms[0], n);
        return;
    }
    size_t whole = n - n % SUMS;
    stats->n += n;
    stats->counted += n;
    add_moments(stats, scale->about, x, whole);
    for (size_t i = whole; i < n; i++)
        add_one(stats, scale->about, x[i]);
    for (size_t here; n; x += here, n -= here) {
        here = n < CHUNK ? n : CHUNK;
        find_bins(scale, x, here, bins);
        for (size_t i = 0; i < here; i++)
            stats->counts[bins[i]]++;
        for (size_t a = 0; a < scale->atom_count; a++)
            stats->atoms[a] += count_equal(x, here, scale->atoms[a]);
    }
}
