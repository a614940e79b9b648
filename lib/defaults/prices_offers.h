/* What an offer asks beside others of the same chip: by its class, by whose it is, by the age of the chip. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_PRICES_OFFERS_H
#define LIB_PRICES_OFFERS_H

#include "defaults/prices_rental.h"

/* The classes of offers; an ask is a marketplace's. */
enum offer_class {
    OFFER_ON_DEMAND,
    OFFER_YEAR,
    OFFER_THREE_YEARS,
    OFFER_RESERVED,
    OFFER_SPOT,
    OFFER_ASK,
    OFFER_CLASSES
};

struct offer_kind {
    enum offer_class class;
    enum price_tier tier; /* never TIER_ALL */
};

struct offer_kind offer_of(const traincost_observation *seen);

/* Whether the question asks for offers of that kind. An index asks specialised clouds. */
bool offer_is_asked(const struct rental_question *question, struct offer_kind offer);

/* From an offer to the price that is wanted. */
struct offer_bridge {
    double distance;  /* in e-folds of weight; infinite where the offer says nothing about it */
    double level;     /* ln of what the offer becomes over the on-demand price of specialised clouds */
    bool hyperscaler; /* whether it becomes a hyperscaler's own price */
};

/* All bridges to one question. */
struct offer_map {
    bool many_sellers;                  /* not so of TPUs and the like, which a single cloud rents out */
    double price[OFFER_CLASSES][TIERS]; /* logarithms, at the usual age */
    struct offer_bridge bridge[OFFER_CLASSES][TIERS];
    double spread; /* usual between vendors: standard deviation of the logarithm */
    bool mixes;    /* offers of several tiers, each at the price of its own */
    double mix;    /* ln of what those usually ask at the median, as a bridge's level */
};

void offer_map_build(const struct rental_question *question, struct offer_map *map);

/* Years since its release, within the bounds of the figures here; a usual age where that is not known. */
double offer_age(const traincost_chip *chip, int day);

/* ln of an offer's price over the on-demand price of specialised clouds, for a chip of that age. */
double offer_level(const struct offer_map *map, struct offer_kind offer, double age);

/* ln by which the price of offers that are at that level on average comes down in a forecast so many years ahead. */
double offer_drift(const struct offer_map *map, double level, double ahead);

/* The variance that a forecast so many years ahead has besides, where the levels of the offers vary by that variance. */
double offer_variety(const struct offer_map *map, double variety, double ahead);

/* ln of how far prices have come down at that age. */
double offer_fall(const struct offer_map *map, double age);

/* For a chip of that age at the day asked for: ln of how much too dear an offer that nobody renews has become
 * by now, and how far it stands back, as a list that changes little and a lone ask of a marketplace do. */
double offer_staleness(const struct offer_map *map, struct offer_kind offer, double age);
double offer_distance(const struct offer_map *map, struct offer_kind offer, double age);

#endif
