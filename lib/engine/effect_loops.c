/* The loop over samples, a copy for each instruction set. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/effect_loops.h"

/* Several sums side by side, so that they vectorise. */
void ISA_NAME(effect_add)(struct effect *effect, const double *restrict a, const double *restrict b,
                          const double *restrict ai, const double *restrict bi, size_t n)
{
    enum { LANES = 8 };
    double alone[LANES] = {0}, together[LANES] = {0}, all[LANES] = {0};
    for (size_t i = 0; i < n; i += LANES)
        for (size_t k = 0; k < LANES; k++) {
            double da = a[i + k] - ai[i + k], db = b[i + k] - bi[i + k];
            double ab = a[i + k] - b[i + k], exchanged = ai[i + k] - bi[i + k];
            alone[k] -= da * db;
            together[k] += da * da + db * db;
            all[k] += ab * ab + exchanged * exchanged;
        }
    for (int k = 0; k < LANES; k++) {
        effect->alone += alone[k];
        effect->together += together[k];
        effect->all += all[k];
    }
}
