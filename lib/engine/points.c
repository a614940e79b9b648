/* The points of a sequence, a copy for each instruction set. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/sequence.h"

/* Points made at a time; a power of two, so that a run of them shares its leading columns. */
enum { RUN_LOG = 8, RUN = 1 << RUN_LOG };

static void fill_pseudo_random(uint64_t key, uint64_t first, size_t n, double *restrict u)
{
    for (size_t i = 0; i < n; i++)
        u[i] = sequence_middle(sequence_mix(key + (first + i) * sequence_golden) >> (64 - SEQUENCE_DIGITS));
}

/* The points from `start`, a multiple of RUN, on: doubling what is there costs one exclusive or a point. */
static void make_run(const struct sequence_line *line, uint64_t start, size_t n, uint64_t x[RUN])
{
    x[0] = sequence_point(line, start);
    for (size_t k = 0, half = 1; half < n; k++, half *= 2)
        for (size_t i = 0; i < half; i++)
            x[half + i] = x[i] ^ line->columns[k];
}

void ISA_NAME(sequence_fill)(const struct sequence_line *line, uint64_t first, size_t n, double *u)
{
    if (line->pseudo_random) {
        fill_pseudo_random(line->shift, first, n, u);
        return;
    }
    while (n) {
        uint64_t x[RUN];
        size_t offset = (size_t)(first % RUN), here = n < RUN - offset ? n : RUN - offset;
        make_run(line, first - offset, offset + here, x);
        for (size_t i = 0; i < here; i++)
            u[i] = sequence_middle(x[offset + i]);
        first += here;
        u += here;
        n -= here;
    }
}
