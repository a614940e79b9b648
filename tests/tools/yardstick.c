/* The work of the benchmark in plain ways, and tuned by hand. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/yardstick.h"

#include "base/elementary.h"
#include "engine/strata.h"

#include <string.h>

const double work_levels[WORK_LEVELS] = {0.05, 0.25, 0.5, 0.75, 0.95};
const double work_a[WORK_INPUTS] = {512, 198, 2.4, 900, 1.2, 0.08, 30000, 1.6, 0.14, 0.2};
const double work_b[WORK_INPUTS] = {0.02, 0.05, 0.3, 0.15, 0.06, 0.25, 0.4, 0.15, 0.03, 1.5};

enum { REPLICATES = 16, BINS = 2048, SHIFT = 45, BATCH = STRATA_BLOCKS * STRATA };

void work_inputs(quantity *inputs)
{
    for (int i = 0; i < RATE; i++)
        inputs[i] = quantity_lognormal(work_a[i], exp(elementary_normal_95 * work_b[i]));
    inputs[RATE] = (quantity){.form = FORM_NORMAL, .a = work_a[RATE], .b = work_b[RATE], .least = -INFINITY, .most = INFINITY};
    inputs[AGE] = (quantity){.form = FORM_UNIFORM, .a = work_a[AGE], .b = work_b[AGE], .least = -INFINITY, .most = INFINITY};
}

#if defined(__x86_64__) && defined(ISA_COPIES)
#include <immintrin.h>

/* 128 bins an octave, from 2^(at most 16 octaves) around the medians. */
static const uint64_t first_bin[2] = {(uint64_t)(1023 + 9) << 52, (uint64_t)(1023 + 5) << 52};
static const uint64_t end_bin[2] = {(uint64_t)(1023 + 25) << 52, (uint64_t)(1023 + 21) << 52};

/* An input, and where its strata fall in a replicate. */
struct line {
    struct sampler sampler;
    struct strata strata;
    struct sequence_line sequence;
    struct strata_order order;
    struct strata_row row;
};

struct sums {
    double sum[2];
    uint64_t counts[2][BINS];
};

static void count_yardstick_bins(struct sums *sums, uint64_t bins[2][STRATA])
{
    for (int j = 0; j < 2; j++)
        for (size_t i = 0; i < STRATA; i += 4) {
            sums->counts[j][bins[j][i]]++;
            sums->counts[j][bins[j][i + 1]]++;
            sums->counts[j][bins[j][i + 2]]++;
            sums->counts[j][bins[j][i + 3]]++;
        }
}

#define ROW_NAME(f) f##_avx512
#define TARGET __attribute__((target("avx512f,avx512dq"))) static
#define LANES 8
#define V __m512d
#define VI __m512i
#define SET(x) _mm512_set1_pd(x)
#define SETI(x) _mm512_set1_epi64((int64_t)(x))
#define LOAD(p) _mm512_loadu_pd(p)
#define LOADI(p) _mm512_loadu_si512(p)
#define STORE(p, x) _mm512_storeu_pd(p, x)
#define REAL(x) _mm512_castsi512_pd(x)
#define ADD(x, y) _mm512_add_pd(x, y)
#define MUL(x, y) _mm512_mul_pd(x, y)
#define FMA(x, y, z) _mm512_fmadd_pd(x, y, z)
#define LESS(x, y) _mm512_min_pd(x, y)
#define MORE(x, y) _mm512_max_pd(x, y)
#define BITS(x) _mm512_castpd_si512(x)
#define SUBI(x, y) _mm512_sub_epi64(x, y)
#define SHIFTED(x, k) _mm512_srli_epi64(x, k)
#define STOREI(p, x) _mm512_storeu_si512(p, x)
#define ORI(x, y) _mm512_or_si512(x, y)
#define XORI(x, y) _mm512_xor_si512(x, y)
#define PLACES(k) XORI(_mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7), SETI(k))
#define PERMUTE(x, places) _mm512_permutexvar_pd(places, x)
#include "tools/yardstick_kernel.h"

#define ROW_NAME(f) f##_avx2
#define TARGET __attribute__((target("avx2,fma"))) static
#define LANES 4
#define V __m256d
#define VI __m256i
#define SET(x) _mm256_set1_pd(x)
#define SETI(x) _mm256_set1_epi64x((int64_t)(x))
#define LOAD(p) _mm256_loadu_pd(p)
#define LOADI(p) _mm256_loadu_si256((const __m256i *)(const void *)(p))
#define STORE(p, x) _mm256_storeu_pd(p, x)
#define REAL(x) _mm256_castsi256_pd(x)
#define ADD(x, y) _mm256_add_pd(x, y)
#define MUL(x, y) _mm256_mul_pd(x, y)
#define FMA(x, y, z) _mm256_fmadd_pd(x, y, z)
#define LESS(x, y) _mm256_min_pd(x, y)
#define MORE(x, y) _mm256_max_pd(x, y)
#define BITS(x) _mm256_castpd_si256(x)
#define SUBI(x, y) _mm256_sub_epi64(x, y)
#define SHIFTED(x, k) _mm256_srli_epi64(x, k)
#define STOREI(p, x) _mm256_storeu_si256((__m256i *)(void *)(p), x)
#define ORI(x, y) _mm256_or_si256(x, y)
#define XORI(x, y) _mm256_xor_si256(x, y)
/* Halves of doubles, as AVX2 chooses those alone at run time. */
#define PLACES(k) XORI(_mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7), _mm256_set1_epi32((int)(2 * (k))))
#define PERMUTE(x, places) _mm256_castps_pd(_mm256_permutevar8x32_ps(_mm256_castpd_ps(x), places))
#include "tools/yardstick_kernel.h"

bool yardstick_has(enum isa isa)
{
    return (isa == ISA_AVX512 || isa == ISA_AVX2) && isa_choose(isa) == isa && __builtin_cpu_supports("fma");
}

static void prepare(struct line *lines, enum isa isa)
{
    quantity inputs[WORK_INPUTS];
    double *table;
    work_inputs(inputs);
    for (size_t d = 0; d < WORK_INPUTS; d++)
        if (sampler_init(&lines[d].sampler, &inputs[d], &table, NULL) == TRAINCOST_OK)
            ISA_PICK(isa, strata_make)(&lines[d].strata, &lines[d].sampler);
}

static void start_rows(struct line *lines, enum isa isa, uint64_t replicate, uint64_t points)
{
    const struct sequence sequence = {1, false};
    for (size_t d = 0; d < WORK_INPUTS; d++) {
        struct line *line = &lines[d];
        sequence_start(&line->sequence, &sequence, replicate, d, points);
        ISA_PICK(isa, strata_order_make)(&line->order, &line->sequence);
        ISA_PICK(isa, strata_arrange)(&line->strata, &line->order, &line->row);
    }
}

static void run_line(const struct line *line, enum isa isa, uint64_t first, size_t count, double *x)
{
    struct strata_block blocks[STRATA_BLOCKS];
    for (size_t b = 0; b < count; b++) {
        blocks[b] = strata_block_at(&line->order, sequence_point(&line->sequence, first + b * STRATA));
        if (isa == ISA_AVX512)
            column_avx512(&line->row, &blocks[b], x + b * STRATA);
        else
            column_avx2(&line->row, &blocks[b], x + b * STRATA);
    }
    ISA_PICK(isa, strata_fill_rest)(&line->row, blocks, count, &line->sampler, x);
}

static void run_blocks(struct line *lines, enum isa isa, uint64_t first, size_t count, struct sums *sums)
{
    static double x[WORK_INPUTS][BATCH];
    uint64_t bins[2][STRATA];
    for (size_t d = 0; d < WORK_INPUTS; d++)
        run_line(&lines[d], isa, first, count, x[d]);
    for (size_t b = 0; b < count; b++) {
        if (isa == ISA_AVX512)
            cost_avx512(x, b * STRATA, bins, sums);
        else
            cost_avx2(x, b * STRATA, bins, sums);
        count_yardstick_bins(sums, bins);
    }
}

/* Linear inside a bin. */
static double bin_quantile(const uint64_t *counts, uint64_t first, double target)
{
    double below = 0;
    size_t bin = 0;
    while (bin + 1 < BINS && below + (double)counts[bin] < target)
        below += (double)counts[bin++];
    double low = bits_to_double(first + ((uint64_t)bin << SHIFT));
    double high = bits_to_double(first + ((uint64_t)(bin + 1) << SHIFT));
    return low + (high - low) * (target - below) / (double)counts[bin];
}

/* In whole blocks, so that it does a little more than it is asked for. */
void yardstick_run(enum isa isa, uint64_t samples, struct work_answer *answer)
{
    static struct line lines[WORK_INPUTS];
    static struct sums sums;
    uint64_t points = (samples / REPLICATES + STRATA - 1) / STRATA * STRATA;
    double n = (double)(points * REPLICATES);
    memset(&sums, 0, sizeof sums);
    prepare(lines, isa);
    for (uint64_t r = 0; r < REPLICATES; r++) {
        start_rows(lines, isa, r, points);
        for (uint64_t first = 0; first < points; first += BATCH) {
            uint64_t left = (points - first) / STRATA;
            run_blocks(lines, isa, first, left < STRATA_BLOCKS ? left : STRATA_BLOCKS, &sums);
        }
    }
    for (int j = 0; j < 2; j++) {
        answer->mean[j] = sums.sum[j] / n;
        for (int q = 0; q < WORK_LEVELS; q++)
            answer->quantile[j][q] = bin_quantile(sums.counts[j], first_bin[j], work_levels[q] * n);
    }
}
#else
bool yardstick_has(enum isa isa)
{
    (void)isa;
    return false;
}

void yardstick_run(enum isa isa, uint64_t samples, struct work_answer *answer)
{
    (void)isa;
    (void)samples;
    (void)answer;
}
#endif
