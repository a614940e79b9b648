/* An output that is so many times a product of powers of inputs: which they are. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_PRODUCT_H
#define LIB_PRODUCT_H

#include <stdbool.h>
#include <stddef.h>

enum { PRODUCT_POWERS = 16 };

/* Inputs that are exact belong to the number that it is multiplied by, and need not be among the factors. */
struct engine_product {
    bool known; /* false: it is none, or not known to be one */
    size_t count;
    struct product_power {
        size_t input;
        int power; /* may be 0 */
    } powers[PRODUCT_POWERS];
};

/* Nothing but a number. */
extern const struct engine_product product_of_none;

/* x = x times input^power; x = x times y^power. What has more factors than there is room for is not known. */
void product_multiply(struct engine_product *x, size_t input, int power);
void product_times(struct engine_product *x, const struct engine_product *y, int power);

/* Whether they differ by a number alone, so that their sum, and the greater one of them, is such a product too. */
bool product_alike(const struct engine_product *x, const struct engine_product *y);

#endif
