/* The loops that take samples into statistics, a copy for each instruction set. */
#include "stats.h"

/* Values are binned this many at a time: their bin numbers stay in the first-level cache. */
enum { CHUNK = 256, LANES = 8, STEP = 2 * LANES };

/* Several sums side by side. Compilers do not make vectors of the four of them, so these are. */
typedef double lanes __attribute__((vector_size(LANES * sizeof(double))));
typedef int64_t lane_masks __attribute__((vector_size(LANES * sizeof(int64_t))));

struct moments {
    lanes sum, squares, least, most;
};

static inline void take(struct moments *moments, double about, const double *x)
{
    lanes value;
    memcpy(&value, x, sizeof value);
    lanes d = value - about;
    lane_masks below = value < moments->least, above = value > moments->most;
    moments->sum += d;
    moments->squares += d * d;
    moments->least = (lanes)((below & (lane_masks)value) | (~below & (lane_masks)moments->least));
    moments->most = (lanes)((above & (lane_masks)value) | (~above & (lane_masks)moments->most));
}

static void fold(struct stats *stats, const struct moments *moments)
{
    for (int j = 0; j < LANES; j++) {
        stats->sum += moments->sum[j];
        stats->squares += moments->squares[j];
        stats->least = moments->least[j] < stats->least ? moments->least[j] : stats->least;
        stats->most = moments->most[j] > stats->most ? moments->most[j] : stats->most;
    }
}

/* Two vectors at a time, as each waits for the one before. */
static void add_moments(struct stats *stats, double about, const double *x, size_t n)
{
    const lanes none = {0};
    struct moments even = {none, none, none + stats->least, none + stats->most}, odd = even;
    for (size_t i = 0; i < n; i += STEP) {
        take(&even, about, x + i);
        take(&odd, about, x + i + LANES);
    }
    fold(stats, &even);
    fold(stats, &odd);
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
    size_t whole = n - n % STEP;
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
