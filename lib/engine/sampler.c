/* The sampling loops, a copy for each instruction set. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/quantity.h"

#include "base/elementary.h"

/* At most this many scores are made at a time. */
enum { CHUNK = 256 };

static bool is_deep(const double *depth, size_t n)
{
    uint64_t deep = 0;
    for (size_t i = 0; i < n; i++)
        deep |= (uint64_t)(depth[i] < brief_deepest);
    return deep;
}

/* They are few, and looked for where a whole stretch has any. */
static void fill_deep_scores(double from, double span, const double *restrict u, const double *restrict depth,
                             double *restrict z, size_t n)
{
    enum { STRETCH = 16 };
    for (size_t first = 0; first < n; first += STRETCH) {
        size_t end = n - first < STRETCH ? n : first + STRETCH;
        if (n - first >= STRETCH && !is_deep(depth + first, STRETCH))
            continue;
        for (size_t i = first; i < end; i++)
            if (depth[i] < brief_deepest)
                z[i] = normal_inverse_tail(from + span * u[i]);
    }
}

/* In short loops, as more turns of a short one run at once. */
static void fill_normal_chunk(double from, double span, const double *restrict u, double *restrict z, size_t n)
{
    double depth[CHUNK];
    if (from > 0 || span < 1)
        for (size_t i = 0; i < n; i++)
            z[i] = 2.0 * (from + span * u[i]) - 1.0;
    else
        for (size_t i = 0; i < n; i++)
            z[i] = 2.0 * u[i] - 1.0;
    for (size_t i = 0; i < n; i++)
        depth[i] = brief_depth(z[i]);
    for (size_t i = 0; i < n; i++)
        z[i] = brief_normal(z[i], depth[i]);
    if (is_deep(depth, n))
        fill_deep_scores(from, span, u, depth, z, n);
}

static void fill_normal_scores(double from, double span, const double *restrict u, double *restrict z, size_t n)
{
    for (size_t i = 0; i < n; i += CHUNK)
        fill_normal_chunk(from, span, u + i, z + i, n - i < CHUNK ? n - i : CHUNK);
}

static double triangular_sample(double a, double mode, double c, double p)
{
    double below = sqrt(p * (c - a) * (mode - a)), above = sqrt((1 - p) * (c - a) * (c - mode));
    return p * (c - a) < mode - a ? a + below : c - above;
}

static double table_lookup(const double *table, double z)
{
    double place = (z + sampler_reach) * ((double)SAMPLER_STEPS / (2 * sampler_reach));
    place = fmin(fmax(place, 0), (double)SAMPLER_STEPS - 1e-9);
    size_t i = (size_t)place;
    double t = place - (double)i, u = 1 - t;
    const double *node = table + 2 * i;
    return u * u * ((1 + 2 * t) * node[0] + t * node[1]) + t * t * ((1 + 2 * u) * node[2] - u * node[3]);
}

static void keep_bounds(double least, double most, double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double above = x[i] > least ? x[i] : least;
        x[i] = above < most ? above : most;
    }
}

void ISA_NAME(sampler_finish)(const struct sampler *sampler, double *x, size_t n)
{
    const double log2_e = 1.4426950408889634, m = sampler->m, s = sampler->s;
    if (sampler->law == SAMPLE_NORMAL)
        for (size_t i = 0; i < n; i++)
            x[i] = m + s * x[i];
    else if (sampler->law == SAMPLE_LOGNORMAL)
        for (size_t i = 0; i < n; i++)
            x[i] = brief_exp2(m * log2_e + s * log2_e * x[i]);
    else if (sampler->law == SAMPLE_TABLE)
        for (size_t i = 0; i < n; i++)
            x[i] = table_lookup(sampler->table, x[i]);
}

void ISA_NAME(sampler_fill)(const struct sampler *sampler, const double *restrict u, double *restrict x,
                            size_t n)
{
    const double from = sampler->from, span = sampler->span, a = sampler->a, width = sampler->b - sampler->a;
    switch (sampler->law) {
    case SAMPLE_CONSTANT:
        for (size_t i = 0; i < n; i++)
            x[i] = a;
        break;
    case SAMPLE_NORMAL:
    case SAMPLE_LOGNORMAL:
    case SAMPLE_TABLE:
        fill_normal_scores(from, span, u, x, n);
        ISA_NAME(sampler_finish)(sampler, x, n);
        break;
    case SAMPLE_UNIFORM:
        for (size_t i = 0; i < n; i++)
            x[i] = a + (from + span * u[i]) * width;
        break;
    case SAMPLE_TRIANGULAR:
        for (size_t i = 0; i < n; i++)
            x[i] = triangular_sample(a, sampler->b, sampler->c, from + span * u[i]);
        break;
    }
    if (sampler->from > 0 || sampler->span < 1)
        keep_bounds(sampler->least, sampler->most, x, n);
}

/* Four columns at a time, as the sum is then read and written a fourth as often. */
void ISA_NAME(sampler_mix)(const double *restrict weights, const double *const *scores, size_t count,
                           double *restrict z, size_t n)
{
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        z[i] = 0;
    for (; k + 4 <= count; k += 4) {
        const double w0 = weights[k], w1 = weights[k + 1], w2 = weights[k + 2], w3 = weights[k + 3];
        const double *a = scores[k], *b = scores[k + 1], *c = scores[k + 2], *d = scores[k + 3];
        for (size_t i = 0; i < n; i++)
            z[i] += (w0 * a[i] + w1 * b[i]) + (w2 * c[i] + w3 * d[i]);
    }
    for (; k < count; k++) {
        const double *a = scores[k];
        for (size_t i = 0; i < n; i++)
            z[i] += weights[k] * a[i];
    }
}

void ISA_NAME(normal_fill)(const double *restrict z, double *restrict u, size_t n)
{
    for (size_t i = 0; i < n; i++)
        u[i] = normal_probability(z[i]);
}
