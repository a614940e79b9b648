/* By what a rent differs from place to place. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_PRICES_REGION_H
#define LIB_PRICES_REGION_H

#include "defaults/prices_rental.h"

struct region_factor {
    double log;    /* of the median of the rent there over what it is elsewhere */
    double spread; /* standard deviation of the logarithm */
};

/* 1 exactly where nothing is known to differ. */
struct region_factor region_factor_of(const traincost_catalog *catalog, const traincost_chip *chip,
                                      enum price_tier tier, const char *region, int day);

#endif
