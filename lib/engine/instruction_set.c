/* Which instruction set this processor has. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/instruction_set.h"

#ifdef ISA_COPIES
static enum isa best(void)
{
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
        __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
        return ISA_AVX512;
    return __builtin_cpu_supports("avx2") ? ISA_AVX2 : ISA_ANY;
}
#else
static enum isa best(void)
{
    return ISA_ANY;
}
#endif

enum isa isa_choose(enum isa most)
{
    enum isa here = best();
    return most == ISA_BEST || here < most ? here : most;
}
