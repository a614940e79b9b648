/* Streaming quantiles and moments on a log-spaced histogram. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/stats.h"

#include <float.h>
#include <string.h>

/* ---- the scale ---- */

static double value_of(const struct stats_scale *scale, int64_t key)
{
    if (scale->positive)
        return bits_to_double((uint64_t)key);
    int64_t most = stats_bits(DBL_MAX) - stats_bits(scale->soft), size = key < 0 ? -key : key;
    size = size < most ? size : most;
    double distance = bits_to_double((uint64_t)(size + stats_bits(scale->soft))) - scale->soft;
    return scale->centre + (key < 0 ? -distance : distance);
}

static double bin_edge(const struct stats_scale *scale, size_t bin)
{
    return value_of(scale, scale->origin + (int64_t)((uint64_t)bin << scale->shift));
}

static size_t keep_finite(double *x, size_t n)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (fabs(x[i]) <= DBL_MAX)
            x[kept++] = x[i];
    return kept;
}

/* Values that make up over 1 % of the sample each. */
static void find_atoms(struct stats_scale *scale, const double *sorted, size_t n)
{
    size_t enough = n / 100 < 3 ? 3 : n / 100;
    scale->atom_count = 0;
    for (size_t i = 0, end; i < n && scale->atom_count < STATS_ATOMS; i = end) {
        for (end = i + 1; end < n && sorted[end] == sorted[i];)
            end++;
        if (end - i >= enough)
            scale->atoms[scale->atom_count++] = sorted[i];
    }
}

static double mean_of(const double *x, size_t n)
{
    const double share = 1 / (double)n;
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += share * (x[i] - x[0]);
    return x[0] + sum;
}

static double first_positive(double a, double b, double c)
{
    return a > 0 ? a : b > 0 ? b : c > 0 ? c : 1;
}

/* With it all bins together span 2^62, so that the arithmetic of keys stays inside 64 bits. */
static const int widest_shift = 51;

/* Lays the bins around the keys of `low` and `high`. */
static void set_range(struct stats_scale *scale, double low, double high, double widen)
{
    double from = (double)stats_key(scale, low), to = (double)stats_key(scale, high);
    double span = fmax((to - from) * (1 + 2 * widen), 0x1p14);
    scale->shift = 0;
    while (scale->shift < widest_shift && ldexp(STATS_BINS - 2, scale->shift) < span)
        scale->shift++;
    double whole = ldexp(STATS_BINS, scale->shift), origin = 0.5 * (from + to - whole);
    double largest = (double)stats_bits(DBL_MAX);
    origin = fmin(origin, scale->positive ? largest - whole : 0);
    scale->origin = (int64_t)fmax(origin, scale->positive ? 0 : -largest);
    scale->low = bin_edge(scale, 0);
    scale->high = bin_edge(scale, STATS_BINS);
    if (scale->positive)
        scale->high = bits_to_double(double_to_bits(scale->high) - 1);
}

void stats_scale_fit(struct stats_scale *scale, double *pilot, size_t n, double lowest, double highest,
                     double widen, stats_sorter *sort)
{
    double one = 1;
    n = keep_finite(pilot, n);
    double *x = n ? pilot : &one;
    n = n ? n : 1;
    sort(x, n);
    double last = (double)(n - 1);
    double low = x[(size_t)floor(lowest * last)], high = x[(size_t)ceil(highest * last)];
    scale->positive = x[0] > 0;
    scale->centre = scale->soft = 0;
    if (x[0] <= 0 && x[n - 1] >= 0) {
        scale->centre = x[n / 2];
        double quartiles = x[3 * n / 4] - x[n / 4];
        scale->soft = first_positive(quartiles / 32, (high - low) / 32, fabs(scale->centre));
    }
    scale->about = mean_of(x, n);
    find_atoms(scale, x, n);
    scale->constant = x[0] == x[n - 1];
    if (scale->atom_count) {
        low = fmin(low, scale->atoms[0]);
        high = fmax(high, scale->atoms[scale->atom_count - 1]);
    }
    set_range(scale, low, high, widen);
}

/* ---- adding up ---- */

void stats_clear(struct stats *stats)
{
    memset(stats, 0, sizeof *stats);
    stats->least = INFINITY;
    stats->most = -INFINITY;
}

void stats_reset(struct stats *stats, const struct stats_scale *scale)
{
    if (stats->counted) {
        size_t first = stats_bin(scale, stats->least), last = stats_bin(scale, stats->most);
        if (first <= last)
            memset(stats->counts + first, 0, (last + 1 - first) * sizeof *stats->counts);
        stats->counts[0] = 0; /* what is no number */
    }
    memset(stats->atoms, 0, sizeof stats->atoms);
    stats->n = stats->counted = 0;
    stats->sum = stats->squares = 0;
    stats->least = INFINITY;
    stats->most = -INFINITY;
}

/* ---- moments ---- */

double stats_mean(const struct stats *stats, const struct stats_scale *scale)
{
    if (stats->least == stats->most)
        return isnan(stats->sum) ? NAN : stats->least;
    return stats->n ? scale->about + stats->sum / (double)stats->n : NAN;
}

double stats_sd(const struct stats *stats)
{
    double n = (double)stats->n;
    if (stats->n < 2 || isnan(stats->sum))
        return NAN;
    if (stats->least == stats->most)
        return 0;
    if (!(stats->squares <= DBL_MAX))
        return INFINITY;
    return sqrt(fmax(0, (stats->squares - stats->sum * (stats->sum / n)) / (n - 1)));
}

/* ---- quantiles ---- */

/* One bin as the inverse sees it: edges, count without atoms, and the densities at its edges. */
struct cell {
    double left, width, count;
    double slope0, slope1; /* of the cumulative count, times width */
};

/* What a bin holds besides atoms. */
static double loose_count(const struct stats *stats, const struct stats_scale *scale, size_t bin)
{
    uint64_t count = stats->counts[bin];
    for (size_t a = 0; a < scale->atom_count; a++)
        if (stats_bin(scale, scale->atoms[a]) == bin)
            count -= stats->atoms[a];
    return (double)count;
}

/* The slope of the parabola through three edges, held back where it would break monotony (F. N. Fritsch
 * and R. E. Carlson, SIAM J. Numer. Anal. 17 (1980) 238-246). */
static double edge_slope(double width_a, double density_a, double width_b, double density_b)
{
    double slope = (width_b * density_a + width_a * density_b) / (width_a + width_b);
    return fmin(slope, 3 * fmin(density_a, density_b));
}

/* Bins end where the values do: of a law with ends half of the last one would be empty. */
static double value_edge(const struct stats *stats, const struct stats_scale *scale, size_t bin)
{
    return fmin(fmax(bin_edge(scale, bin), stats->least), stats->most);
}

static double density_of(const struct stats *stats, const struct stats_scale *scale, size_t bin, double width)
{
    return width > 0 ? loose_count(stats, scale, bin) / width : 0;
}

static struct cell make_cell(const struct stats *stats, const struct stats_scale *scale, size_t bin)
{
    double e0 = value_edge(stats, scale, bin - 1), e1 = value_edge(stats, scale, bin);
    double e2 = value_edge(stats, scale, bin + 1), e3 = value_edge(stats, scale, bin + 2);
    double before = density_of(stats, scale, bin - 1, e1 - e0), density = density_of(stats, scale, bin, e2 - e1);
    double after = density_of(stats, scale, bin + 1, e3 - e2);
    bool first = bin == 1 || e1 == e0, last = bin == STATS_BINS - 2 || e3 == e2;
    struct cell cell = {.left = e1, .width = e2 - e1, .count = loose_count(stats, scale, bin)};
    cell.slope0 = cell.width * (first ? density : edge_slope(e1 - e0, before, e2 - e1, density));
    cell.slope1 = cell.width * (last ? density : edge_slope(e2 - e1, density, e3 - e2, after));
    return cell;
}

/* How much of the cell lies below the share t of its width. */
static double cell_below(const struct cell *cell, double t)
{
    double s = 1 - t;
    return t * t * (1 + 2 * s) * cell->count + t * s * (s * cell->slope0 - t * cell->slope1);
}

static double cell_density(const struct cell *cell, double t)
{
    double s = 1 - t;
    return 6 * t * s * cell->count + s * (s - 2 * t) * cell->slope0 + t * (t - 2 * s) * cell->slope1;
}

static double cell_inverse(const struct cell *cell, double below)
{
    if (!(cell->count > 0))
        return cell->left;
    double low = 0, high = 1, t = fmin(fmax(below / cell->count, 0), 1);
    for (int i = 0; i < 60 && high - low > 1e-12; i++) {
        double miss = cell_below(cell, t) - below;
        if (fabs(miss) <= 1e-12 * cell->count)
            break;
        if (miss > 0)
            high = t;
        else
            low = t;
        double next = t - miss / cell_density(cell, t);
        t = next > low && next < high ? next : 0.5 * (low + high);
    }
    return cell->left + t * cell->width;
}

/* Where the count from the left edge of the bin reaches `target`: cells and atoms in turn. */
static double invert_bin(const struct stats *stats, const struct stats_scale *scale, size_t bin, double target)
{
    struct cell cell = make_cell(stats, scale, bin);
    for (size_t a = 0; a < scale->atom_count; a++) {
        double value = scale->atoms[a], count = (double)stats->atoms[a];
        if (stats_bin(scale, value) != bin)
            continue;
        double below = cell_below(&cell, fmin(fmax((value - cell.left) / cell.width, 0), 1));
        if (target < below)
            break;
        if (target <= below + count)
            return value;
        target -= count;
    }
    return cell_inverse(&cell, target);
}

static double outside(const struct stats *stats, const struct stats_scale *scale, bool below, double share)
{
    double inner = bin_edge(scale, below ? 1 : STATS_BINS - 1);
    return below ? stats->least + share * (inner - stats->least) : inner + share * (stats->most - inner);
}

static void repeat_value(double value, size_t n, double *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = value;
}

/* The first bin, `bin` or a later one up to `last`, whose end has `enough` below it. `*below` is what lies
 * below the bin. */
static size_t find_bin(const struct stats *stats, size_t bin, size_t last, uint64_t enough, uint64_t *below)
{
    enum { STRIDE = 16 };
    for (uint64_t stride; bin + STRIDE <= last; bin += STRIDE, *below += stride) {
        stride = 0;
        for (size_t b = 0; b < STRIDE; b++)
            stride += stats->counts[bin + b];
        if (*below + stride >= enough)
            break;
    }
    while (bin < last && *below + stats->counts[bin] < enough)
        *below += stats->counts[bin++];
    return bin;
}

bool stats_quantiles(const struct stats *stats, const struct stats_scale *scale, const double *levels,
                     size_t level_count, double *quantiles)
{
    if (!stats->n || isnan(stats->sum) || stats->least == stats->most) {
        repeat_value(stats_mean(stats, scale), level_count, quantiles);
        return true;
    }
    bool inside = true;
    size_t bin = stats_bin(scale, stats->least), last = stats_bin(scale, stats->most);
    uint64_t below = 0;
    for (size_t i = 0; i < level_count; i++) {
        double target = levels[i] * (double)stats->counted;
        bin = find_bin(stats, bin, last, (uint64_t)ceil(target), &below);
        double rest = target - (double)below;
        bool at_end = bin == 0 || bin == STATS_BINS - 1;
        double x = at_end ? outside(stats, scale, bin == 0, rest / (double)stats->counts[bin])
                          : invert_bin(stats, scale, bin, rest);
        inside = inside && !at_end;
        quantiles[i] = fmin(fmax(x, stats->least), stats->most) + 0.0; /* no negative zero */
    }
    return inside;
}

/* ---- a histogram ---- */

size_t stats_histogram(const struct stats *stats, const struct stats_scale *scale, size_t most, double *edges,
                       double *shares)
{
    if (!most || !stats->n || isnan(stats->sum) || !(stats->least < stats->most))
        return 0;
    size_t first = stats_bin(scale, stats->least), last = stats_bin(scale, stats->most), bins = 0;
    size_t stride = (last - first) / most + 1;
    edges[0] = stats->least;
    for (size_t from = first; from <= last; from += stride) {
        uint64_t count = 0;
        for (size_t bin = from; bin < from + stride && bin <= last; bin++)
            count += stats->counts[bin];
        double end = from + stride <= last ? bin_edge(scale, from + stride) : stats->most;
        double share = (double)count / (double)stats->counted;
        bool empty = !(end > edges[bins]); /* the extreme is the edge itself */
        if (empty && bins) {
            shares[bins - 1] += share;
            continue;
        }
        shares[bins++] = share;
        edges[bins] = fmin(end, stats->most);
    }
    return bins;
}
