#include "yardstick.h"

#include "elementary.h"
#include "sequence.h"

#include <string.h>

const double work_levels[WORK_LEVELS] = {0.05, 0.25, 0.5, 0.75, 0.95};
const double work_a[WORK_INPUTS] = {512, 198, 2.4, 900, 1.2, 0.08, 30000, 1.6, 0.14, 0.2};
const double work_b[WORK_INPUTS] = {0.02, 0.05, 0.3, 0.15, 0.06, 0.25, 0.4, 0.15, 0.03, 1.5};

enum { BLOCK = 256, REPLICATES = 16, BINS = 2048, SHIFT = 45 };

#if defined(__x86_64__)
#include <immintrin.h>

/* 128 bins an octave, from 2^(at most 16 octaves) around the medians. */
static const uint64_t first_bin[2] = {(uint64_t)(1023 + 9) << 52, (uint64_t)(1023 + 5) << 52};

/* Points of a block, but for what all of them share. */
struct line {
    struct sequence_line sequence;
    uint64_t leading[BLOCK];
};

struct sums {
    double sum[2];
    uint64_t counts[2][BINS];
};

static void prepare_lines(struct line *lines, uint64_t replicate, uint64_t points)
{
    const struct sequence sequence = {1, false};
    for (size_t d = 0; d < WORK_INPUTS; d++) {
        struct line *line = &lines[d];
        sequence_start(&line->sequence, &sequence, replicate, d, points);
        line->leading[0] = line->sequence.shift;
        for (size_t k = 0, half = 1; half < BLOCK; k++, half *= 2)
            for (size_t i = 0; i < half; i++)
                line->leading[half + i] = line->leading[i] ^ line->sequence.columns[k];
    }
}

static uint64_t block_digits(const struct line *line, uint64_t first)
{
    uint64_t digits = 0;
    for (int k = 8; first >> k; k++)
        digits ^= first >> k & 1 ? line->sequence.columns[k] : 0;
    return digits;
}

static void count(struct sums *sums, double values[2][BLOCK], size_t n)
{
    for (int j = 0; j < 2; j++)
        for (size_t i = 0; i < n; i++) {
            uint64_t bin = (double_to_bits(values[j][i]) - first_bin[j]) >> SHIFT;
            sums->counts[j][bin < BINS ? bin : BINS - 1]++;
        }
}

#define NAME(f) f##_avx512
#define TARGET __attribute__((target("avx512f,avx512dq"))) static
#define LANES 8
#define V __m512d
#define VI __m512i
#define SET(x) _mm512_set1_pd(x)
#define SETI(x) _mm512_set1_epi64((int64_t)(x))
#define LOADI(p) _mm512_loadu_si512(p)
#define STORE(p, x) _mm512_storeu_pd(p, x)
#define REAL(x) _mm512_castsi512_pd(x)
#define BITS(x) _mm512_castpd_si512(x)
#define ADD(x, y) _mm512_add_pd(x, y)
#define SUB(x, y) _mm512_sub_pd(x, y)
#define MUL(x, y) _mm512_mul_pd(x, y)
#define FMA(x, y, z) _mm512_fmadd_pd(x, y, z)
#define ADDI(x, y) _mm512_add_epi64(x, y)
#define ANDI(x, y) _mm512_and_si512(x, y)
#define ORI(x, y) _mm512_or_si512(x, y)
#define XORI(x, y) _mm512_xor_si512(x, y)
#define RIGHT(x, n) _mm512_srli_epi64(x, n)
#define LEFT(x, n) _mm512_slli_epi64(x, n)
#define LESS(x, y) ((unsigned)_mm512_cmp_pd_mask(x, y, _CMP_LT_OQ))
#include "yardstick_kernel.h"

#define NAME(f) f##_avx2
#define TARGET __attribute__((target("avx2,fma"))) static
#define LANES 4
#define V __m256d
#define VI __m256i
#define SET(x) _mm256_set1_pd(x)
#define SETI(x) _mm256_set1_epi64x((int64_t)(x))
#define LOADI(p) _mm256_loadu_si256((const __m256i *)(const void *)(p))
#define STORE(p, x) _mm256_storeu_pd(p, x)
#define REAL(x) _mm256_castsi256_pd(x)
#define BITS(x) _mm256_castpd_si256(x)
#define ADD(x, y) _mm256_add_pd(x, y)
#define SUB(x, y) _mm256_sub_pd(x, y)
#define MUL(x, y) _mm256_mul_pd(x, y)
#define FMA(x, y, z) _mm256_fmadd_pd(x, y, z)
#define ADDI(x, y) _mm256_add_epi64(x, y)
#define ANDI(x, y) _mm256_and_si256(x, y)
#define ORI(x, y) _mm256_or_si256(x, y)
#define XORI(x, y) _mm256_xor_si256(x, y)
#define RIGHT(x, n) _mm256_srli_epi64(x, n)
#define LEFT(x, n) _mm256_slli_epi64(x, n)
#define LESS(x, y) ((unsigned)_mm256_movemask_pd(_mm256_cmp_pd(x, y, _CMP_LT_OQ)))
#include "yardstick_kernel.h"

bool yardstick_has(enum isa isa)
{
    return (isa == ISA_AVX512 || isa == ISA_AVX2) && isa_choose(isa) == isa && __builtin_cpu_supports("fma");
}

/* Linear inside a bin. */
static double quantile(const uint64_t *counts, uint64_t first, double target)
{
    double below = 0;
    size_t bin = 0;
    while (bin + 1 < BINS && below + (double)counts[bin] < target)
        below += (double)counts[bin++];
    double low = bits_to_double(first + ((uint64_t)bin << SHIFT));
    double high = bits_to_double(first + ((uint64_t)(bin + 1) << SHIFT));
    return low + (high - low) * (target - below) / (double)counts[bin];
}

void yardstick_run(enum isa isa, uint64_t samples, struct work_answer *answer)
{
    static struct line lines[WORK_INPUTS];
    static struct sums sums;
    uint64_t points = samples / REPLICATES;
    double n = (double)(points * REPLICATES);
    memset(&sums, 0, sizeof sums);
    for (uint64_t r = 0; r < REPLICATES; r++) {
        prepare_lines(lines, r, points);
        for (uint64_t first = 0; first < points; first += BLOCK) {
            size_t here = points - first < BLOCK ? (size_t)(points - first) : BLOCK;
            if (isa == ISA_AVX512)
                block_avx512(lines, first, here, &sums);
            else
                block_avx2(lines, first, here, &sums);
        }
    }
    for (int j = 0; j < 2; j++) {
        answer->mean[j] = sums.sum[j] / n;
        for (int q = 0; q < WORK_LEVELS; q++)
            answer->quantile[j][q] = quantile(sums.counts[j], first_bin[j], work_levels[q] * n);
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
