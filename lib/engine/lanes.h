/* As many doubles as a register holds in the copy that is compiled, for loops that compilers do not make
 * vectors of. What they give must not depend on how many that is. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_LANES_H
#define LIB_LANES_H

#include <stdint.h>

#if defined(__AVX512F__)
enum { LANES = 8 };
#elif defined(__AVX__)
enum { LANES = 4 };
#else
enum { LANES = 2 };
#endif

#if defined(__x86_64__)
#include <immintrin.h>
#endif

typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(8), may_alias));
typedef uint64_t lane_digits __attribute__((vector_size(LANES * sizeof(uint64_t)), aligned(8), may_alias));
typedef int64_t lane_masks __attribute__((vector_size(LANES * sizeof(int64_t))));

/* x < y ? x : y and x > y ? x : y, so that y stays where x is not a number. */
#if defined(__AVX512F__)
#define LANES_LESS(x, y) ((lanes)_mm512_min_pd((__m512d)(x), (__m512d)(y)))
#define LANES_MORE(x, y) ((lanes)_mm512_max_pd((__m512d)(x), (__m512d)(y)))
#elif defined(__AVX__)
#define LANES_LESS(x, y) ((lanes)_mm256_min_pd((__m256d)(x), (__m256d)(y)))
#define LANES_MORE(x, y) ((lanes)_mm256_max_pd((__m256d)(x), (__m256d)(y)))
#elif defined(__x86_64__)
#define LANES_LESS(x, y) ((lanes)_mm_min_pd((__m128d)(x), (__m128d)(y)))
#define LANES_MORE(x, y) ((lanes)_mm_max_pd((__m128d)(x), (__m128d)(y)))
#else
#define LANES_PICK(which, x, y) ((lanes)(((which) & (lane_masks)(x)) | (~(which) & (lane_masks)(y))))
#define LANES_LESS(x, y) LANES_PICK((x) < (y), x, y)
#define LANES_MORE(x, y) LANES_PICK((x) > (y), x, y)
#endif

#endif
