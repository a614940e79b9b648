/* As many doubles as a register holds in the copy that is compiled, for loops that compilers do not make
 * vectors of. What they give must not depend on how many that is. */
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

typedef double lanes __attribute__((vector_size(LANES * sizeof(double)), aligned(8), may_alias));
typedef uint64_t lane_digits __attribute__((vector_size(LANES * sizeof(uint64_t)), aligned(8), may_alias));
typedef int64_t lane_masks __attribute__((vector_size(LANES * sizeof(int64_t))));

#endif
