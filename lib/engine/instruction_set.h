/* The loops over blocks are compiled once for each instruction set of x86-64, from one source: the Makefile
 * builds copies of those files with ISA as _avx2 and _avx512, and the engine chooses when it runs. Elsewhere
 * there is one copy. All of them give the same bits, as none contracts or reorders what is written. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_INSTRUCTION_SET_H
#define LIB_INSTRUCTION_SET_H

#include "base/exact.h"

enum isa { ISA_BEST, ISA_ANY, ISA_AVX2, ISA_AVX512 };

/* What this processor has, and not more than `most` (ISA_BEST: no bound). */
enum isa isa_choose(enum isa most);

/* ISA_NAME(f) is f in the copy for any processor, f_avx2 and f_avx512 in the others, where ISA_COPY is defined.
 */
#ifdef ISA
#define ISA_COPY
#else
#define ISA
#endif
#define ISA_PASTE(name, suffix) name##suffix
#define ISA_EXPAND(name, suffix) ISA_PASTE(name, suffix)
#define ISA_NAME(name) ISA_EXPAND(name, ISA)

#ifdef ISA_COPIES
#define ISA_DECLARE(name, parameters)                                                                          \
    void name parameters;                                                                                      \
    void name##_avx2 parameters;                                                                               \
    void name##_avx512 parameters
#define ISA_PICK(isa, name) ((isa) == ISA_AVX512 ? name##_avx512 : (isa) == ISA_AVX2 ? name##_avx2 : name)
#else
#define ISA_DECLARE(name, parameters) void name parameters
#define ISA_PICK(isa, name) ((void)(isa), name)
#endif

#endif
