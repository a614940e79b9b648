/* Products of powers of inputs: multiplied, and compared. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/product.h"

const struct engine_product product_of_none = {.known = true};

void product_multiply(struct engine_product *x, size_t input, int power)
{
    size_t k = 0;
    while (k < x->count && x->powers[k].input != input)
        k++;
    if (k == PRODUCT_POWERS) {
        x->known = false;
        return;
    }
    if (k == x->count)
        x->powers[x->count++] = (struct product_power){input, 0};
    x->powers[k].power += power;
}

void product_times(struct engine_product *x, const struct engine_product *y, int power)
{
    x->known = x->known && y->known;
    for (size_t k = 0; x->known && k < y->count; k++)
        product_multiply(x, y->powers[k].input, power * y->powers[k].power);
}

bool product_alike(const struct engine_product *x, const struct engine_product *y)
{
    struct engine_product ratio = *x;
    product_times(&ratio, y, -1);
    for (size_t k = 0; k < ratio.count; k++)
        if (ratio.powers[k].power != 0)
            return false;
    return ratio.known;
}
