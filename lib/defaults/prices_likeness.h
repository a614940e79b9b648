/* What the price of a rent and that of a purchase are both made of: the observations of a chip and of those
 * like it, and the words for what a price rests on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_PRICES_LIKENESS_H
#define LIB_PRICES_LIKENESS_H

#include "defaults/prices_rental.h"

#include <string.h>

/* TFLOP/s: both regressions for chips of which no price was seen count from here. */
static const double price_usual_peak = 300.0;

/* Whether that is far from every chip with a known price: a whole wafer, a card of 2010. */
bool price_peak_is_odd(const traincost_chip *chip);

/* What another chip says about the one whose price is wanted. */
struct likeness {
    bool alike, own;
    double distance;     /* in e-folds of weight */
    double peak, memory; /* ln of the wanted one's over the other's; 0 where either is unknown */
};

/* Goes through the observations of the chip and of those like it. They are sorted by chip, so each chip is
 * compared once on the way. Begin with {.rows, .chip, .kind}. */
struct price_walk {
    const struct rows *rows;
    const traincost_chip *chip;
    char kind; /* 'r' of rents, 'b' of purchases */
    size_t next;
    const char *id; /* of the chip that is passed now */
    const traincost_chip *other;
    struct likeness like;
    const traincost_observation *seen;
};
bool price_walk_on(struct price_walk *walk);

/* The observations that carry a price: how many, from when to when, of which chips. Begin with zeros. */
enum { CARRIER_NAME = 32, CARRIERS = 16 };
struct price_basis {
    size_t count;
    size_t estimates; /* of them: nobody was ever asked that price */
    const traincost_observation *first, *last;
    const traincost_chip *chip; /* of the latest one */
    size_t at;                  /* where that stands */
    struct {
        char name[CARRIER_NAME];
        double weight;
    } carriers[CARRIERS];
    size_t carrier_count;
    bool more; /* than fit */
};

/* An observation farther than the nearest one by more than this has under 5 % of its weight, and does not
 * count among those that carry the price. */
static const double price_carries = 3.0;
void price_basis_add(struct price_basis *basis, const struct price_walk *walk, double weight);

/* These append to the words of `price`. */
void price_say(struct price_estimate *price, const char *text);
/* "H800, H100 and H200", the weightiest first; of more than three, "H800, H100, H200 and others". */
void price_say_chips(struct price_estimate *price, struct price_basis *basis);
/* "41 observations of H800 and H100, 2023-06 to 2026-10" */
void price_say_basis(struct price_estimate *price, struct price_basis *basis, const char *one,
                     const char *many);
/* "no price seen: inferred from peak FLOP/s and age" */
void price_say_inferred(struct price_estimate *price, const traincost_chip *chip, const char *what,
                        const char *age);

/* ---- of purchases ---- */

/* From a release to the first chips in use, in days. */
enum { PRICE_UNTIL_AVAILABLE = 90 };

/* Nobody asked that price: it follows from what a chip-hour is published to cost an owner, all in. */
static inline bool price_is_implied(const traincost_observation *seen)
{
    return !strcmp(seen->term, "implied");
}

/* ln of what the purchase of that chip asks over what clusters pay. */
double price_asked_above(const traincost_observation *seen, const traincost_chip *sold);

/* The price of the purchase over that of its chips: with their servers, or a network too. */
double price_over_chips(const traincost_catalog *catalog, const struct price_walk *walk);

/* That of the economics table, and a wider one where the price is borrowed. */
double price_purchase_spread(const traincost_catalog *catalog, const traincost_chip *chip, bool own);

void price_say_purchases(struct price_estimate *price, struct price_basis *basis, const traincost_chip *chip,
                         bool own);

/* ln of what a new price is after so many years over what it was. */
double price_falls_with_age(double years);

/* The public form of a price with its 5 %, 50 % and 95 % quantiles. */
traincost_status price_give(const struct price_estimate *estimate, const double quantiles[3],
                            traincost_price **price, traincost_error *error);

#endif
