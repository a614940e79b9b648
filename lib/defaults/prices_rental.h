/* A price at a date, and what it rests on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_PRICES_RENTAL_H
#define LIB_PRICES_RENTAL_H

#include "catalog/catalog.h"

/* The market that a rental price is taken from, in the order of the parameter `term`'s words. */
enum price_term { TERM_CLUSTER, TERM_ON_DEMAND, TERM_SPOT, TERM_1Y, TERM_3Y, TERM_ANY };

/* Whose offers, in the order of the parameter `tier`'s words; and what an index asked. */
enum price_tier { TIER_SPECIALISED, TIER_HYPERSCALER, TIER_MARKETPLACE, TIER_INDEX, TIERS, TIER_ALL = TIERS };

struct rental_question {
    const traincost_chip *chip;
    int day;
    enum price_term term;
    enum price_tier tier; /* TIER_ALL: whoever the term's offers are of */
    const char *region;   /* as the economics table has it */
};

struct price_estimate {
    double median;
    double spread;   /* standard deviation of the logarithm */
    size_t count;    /* observations that carry it; 0 where it is inferred */
    size_t of_term;  /* of a rent, among them those of the very term and tier that were asked for */
    int days_ahead;  /* of the newest observation in the catalogue; 0 where it is no forecast */
    char basis[320]; /* the same in words */
};

/* The rent of a chip-hour in USD. It always gives an answer. */
void price_rental(const traincost_catalog *catalog, const struct rental_question *question,
                  struct price_estimate *price);

/* What the chip alone costs to buy new around the day it became available, in USD; the spread is that of the
 * economics table. */
void price_hardware(const traincost_catalog *catalog, const traincost_chip *chip, struct price_estimate *price);

/* What the chip alone costs to buy new on that day, in USD. It always gives an answer. */
void price_purchase(const traincost_catalog *catalog, const traincost_chip *chip, int day,
                    struct price_estimate *price);

/* The day from which one could use it: its release and 90 days, or what stands in for an unknown release. */
int price_available(const traincost_catalog *catalog, const traincost_chip *chip);

/* The best of BF16, FP16 and FP32 in TFLOP/s; 0 where none was published. */
double price_peak(const traincost_chip *chip);

#endif
