/* Rents differ little from place to place: small lessors and contracts are cheaper in China, where large clouds
 * are not, and the sole seller of TPUs asks more abroad. Both factors are rows of the economics table. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/prices_region.h"

#include "base/elementary.h"
#include "engine/quantity.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The row for the region, or for the country before its '-'. */
static const traincost_fact *rent_fact(const traincost_catalog *catalog, const char *region, int day)
{
    char country[64];
    snprintf(country, sizeof country, "%.*s", (int)strcspn(region, "-"), region);
    const traincost_fact *fact = catalog_find_fact(catalog, "rental-price", "small lessors", region, day);
    return fact ? fact : catalog_find_fact(catalog, "rental-price", "small lessors", country, day);
}

static bool is_abroad(const char *region)
{
    return *region && strcmp(region, "world") != 0 && strcmp(region, "US") != 0 &&
           strncmp(region, "US-", 3) != 0;
}

struct region_factor region_factor_of(const traincost_catalog *catalog, const traincost_chip *chip,
                                      enum price_tier tier, const char *region, int day)
{
    struct quantity_rule rule = {"factor", DIMENSION_RATIO, 0, INFINITY, true};
    struct region_factor factor = {0, 0};
    const traincost_fact *fact = NULL;
    quantity q;
    if (!strcmp(chip->kind, "tpu")) {
        if (is_abroad(region))
            fact = catalog_find_fact(catalog, "rental-price", "tpu abroad", "world", day);
    } else if (*region && tier != TIER_HYPERSCALER)
        fact = rent_fact(catalog, region, day);
    if (!fact || quantity_parse(fact->value, &rule, &q, NULL) != TRAINCOST_OK)
        return factor;
    factor.log = elementary_log(quantity_quantile(&q, 0.5));
    factor.spread =
        elementary_log(quantity_quantile(&q, 0.95) / quantity_quantile(&q, 0.05)) / (2 * elementary_normal_95);
    return factor;
}
