/* Three worlds rent out chips, each on several terms. What their offers cost beside each other is a table; what
 * moves it is the age of the chip: a hyperscaler's list stays where it was while the market falls, and a
 * marketplace falls ahead of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/prices_offers.h"

#include "base/elementary.h"
#include "base/text_date.h"

#include <math.h>
#include <string.h>

/* All rest on lib/catalog/data/prices.csv. They were sought by predicting each offer from those of others,
 * without its vendor's month, without its chip, and from what was known 1 to 24 months before; then rounded.
 * `make calibrate` prints how well they do. Distances are in e-folds of weight, spreads are standard deviations
 * of ln(price). */

/* Beside the on-demand price of specialised clouds, for the same chip at the usual age. */
static const double price_of[OFFER_CLASSES][TIERS] = {
    /* specialised, hyperscaler, marketplace, index */
    [OFFER_ON_DEMAND] = {1.00, 2.20, 0.73, 0.79},   [OFFER_YEAR] = {0.85, 1.66, 0.73, 0.67},
    [OFFER_THREE_YEARS] = {0.63, 1.10, 0.73, 0.48}, [OFFER_RESERVED] = {0.75, 1.29, 0.73, 0.67},
    [OFFER_SPOT] = {0.45, 0.83, 0.33, 0.45},        [OFFER_ASK] = {0.73, 0.73, 0.73, 0.50},
};
static const double cluster_price = 0.80;
/* Of a sole seller, beside its on-demand price; a cluster pays between its 1-year and its 3-year rents. */
static const double sole_price[OFFER_CLASSES] = {1.00, 0.63, 0.45, 0.63, 0.40, 0.60};
static const double sole_cluster = 0.54;

/* Of all tiers together, half of the offers ask less than that. Who rents out a chip today is not who will: hyperscalers
 * list it first and others follow, for less, so in a forecast a dear mix comes down to the usual one. */
static const double mix_of_on_demand = 1.05, mix_of_any = 0.90, mix_years = 1.0;
/* Within weeks its tiers may be others: a standard deviation of ln(price) between them. */
static const double mix_spread = 0.32, mix_spread_years = 0.1;

/* By year of the chip's age, over the usual one. */
static const double hyperscaler_by_age = 0.04, marketplace_by_age = -0.09;
static const double usual_age = 2.5, most_age = 9.0;

/* Prices come down while a chip is young, and little afterwards; a year. */
static const double young_until = 2.0, fall_young = -0.20, fall_later = -0.04, fall_of_sole = -0.08;

/* Lists that outlive their market: a hyperscaler's is too dear for others by so much a year, and any list
 * stands farther back; then an ask of a marketplace stands for the market, which it does not of a chip in
 * demand. */
static const double stale_from = 4.0, stale_by_year = 0.15;
static const double fade_from = 5.0, fade_by_year = 0.5, lone_ask = 1.2;

/* Between offers of another class, or of others. */
static const double other_class = 0.65, other_tier = 1.3;
static const double other_contract = 1.2; /* a specialised cloud's 1-year rent, from its other offers */
static const double hyperscaler_for_cluster = 0.3; /* their contracts, for a cluster */
static const double hyperscaler_on_demand = 1.0;   /* their lists, where all on-demand offers are meant */

/* Between vendors: by term, by tier, of a sole seller. */
static const double spread_of_term[] = {0.34, 0.36, 0.60, 0.36, 0.36, 0.55};
static const double spread_of_tier[] = {0.36, 0.20, 0.38, 0.36};
static const double spread_of_sole = 0.20;

struct offer_kind offer_of(const traincost_observation *seen)
{
    struct offer_kind offer = {OFFER_ON_DEMAND, TIER_SPECIALISED};
    switch (seen->term[0]) {
    case '1':
        offer.class = OFFER_YEAR;
        break;
    case '3':
        offer.class = OFFER_THREE_YEARS;
        break;
    case 'r':
        offer.class = OFFER_RESERVED;
        break;
    case 'm':
        offer.class = OFFER_ASK;
        break;
    case 's':
        offer.class = seen->term[1] == 'p' ? OFFER_SPOT : OFFER_ON_DEMAND;
        break;
    default: /* "list" and other words of purchases, on a rent: what anybody is asked */
        break;
    }
    switch (seen->tier[0]) {
    case 'h':
        offer.tier = TIER_HYPERSCALER;
        break;
    case 'm':
        offer.tier = TIER_MARKETPLACE;
        break;
    case 'i':
        offer.tier = TIER_INDEX;
        break;
    default:
        break;
    }
    return offer;
}

double offer_age(const traincost_chip *chip, int day)
{
    if (!chip || !chip->released_day)
        return usual_age;
    return fmin(most_age, fmax(0, ((double)day - chip->released_day) / TEXT_DAYS_A_YEAR));
}

double offer_level(const struct offer_map *map, struct offer_kind offer, double age)
{
    double level = map->price[offer.class][offer.tier];
    if (!map->many_sellers)
        return level;
    if (offer.tier == TIER_HYPERSCALER)
        level += hyperscaler_by_age * (age - usual_age);
    if (offer.tier == TIER_MARKETPLACE)
        level += marketplace_by_age * (age - usual_age);
    return level;
}

double offer_fall(const struct offer_map *map, double age)
{
    if (!map->many_sellers)
        return fall_of_sole * age;
    return fall_young * fmin(age, young_until) + fall_later * fmax(0, age - young_until);
}

double offer_drift(const struct offer_map *map, double level, double ahead)
{
    return map->mixes ? fmin(0, map->mix - level) * (1 - elementary_exp(-ahead / mix_years)) : 0;
}

double offer_variety(const struct offer_map *map, double variety, double ahead)
{
    double missing = fmax(0, mix_spread * mix_spread - variety);
    return map->mixes ? missing * (1 - elementary_exp(-ahead / mix_spread_years)) : 0;
}

double offer_staleness(const struct offer_map *map, struct offer_kind offer, double age)
{
    bool own = map->bridge[offer.class][offer.tier].hyperscaler;
    return map->many_sellers && offer.tier == TIER_HYPERSCALER && !own
               ? stale_by_year * fmax(0, age - stale_from)
               : 0;
}

double offer_distance(const struct offer_map *map, struct offer_kind offer, double age)
{
    const struct offer_bridge *bridge = &map->bridge[offer.class][offer.tier];
    double fade = map->many_sellers ? fade_by_year * fmax(0, age - fade_from) : 0;
    if (offer.tier == TIER_MARKETPLACE)
        return bridge->distance + fmax(0, lone_ask - fade);
    return bridge->distance + (offer.tier == TIER_INDEX || bridge->hyperscaler ? 0 : fade);
}

/* ---- the bridges ---- */

/* The class that a term means in a tier. */
static enum offer_class class_of_term(enum price_term term, enum price_tier tier)
{
    switch (term) {
    case TERM_SPOT:
        return OFFER_SPOT;
    case TERM_1Y:
        return OFFER_YEAR;
    case TERM_3Y:
        return OFFER_THREE_YEARS;
    case TERM_CLUSTER:
        return tier == TIER_MARKETPLACE ? OFFER_ASK : OFFER_RESERVED;
    case TERM_ON_DEMAND:
    case TERM_ANY:
        break;
    }
    return tier == TIER_MARKETPLACE ? OFFER_ASK : OFFER_ON_DEMAND;
}

bool offer_is_asked(const struct rental_question *question, struct offer_kind offer)
{
    enum price_tier surveyed = offer.tier == TIER_INDEX ? TIER_SPECIALISED : offer.tier;
    bool tier = question->tier == TIER_ALL || question->tier == offer.tier || question->tier == surveyed;
    bool any = question->term == TERM_CLUSTER || question->term == TERM_ANY;
    return tier && (any || offer.class == class_of_term(question->term, question->tier));
}

static struct offer_bridge to_cluster(const struct offer_map *map, struct offer_kind from)
{
    struct offer_bridge bridge = {0, elementary_log(map->many_sellers ? cluster_price : sole_cluster), false};
    bool hyperscaler = map->many_sellers && from.tier == TIER_HYPERSCALER;
    if (from.class == OFFER_SPOT || (hyperscaler && from.class == OFFER_ON_DEMAND))
        bridge.distance = INFINITY; /* no cluster is rented that way */
    else if (hyperscaler)
        bridge.distance = hyperscaler_for_cluster;
    return bridge;
}

/* Every offer becomes that of a class and a tier. */
static struct offer_bridge to_tier(const struct offer_map *map, struct offer_kind from, struct offer_kind to,
                                   double age)
{
    return (struct offer_bridge){(from.class == to.class ? 0 : other_class) +
                                     (from.tier == to.tier ? 0 : other_tier),
                                 offer_level(map, to, age), to.tier == TIER_HYPERSCALER};
}

/* Every offer becomes one of that class and stays in its world. */
static struct offer_bridge to_class(const struct offer_map *map, struct offer_kind from, enum offer_class class,
                                    double age)
{
    struct offer_kind to = {class, from.tier};
    bool hyperscaler = from.tier == TIER_HYPERSCALER;
    bool contract = class == OFFER_YEAR || class == OFFER_THREE_YEARS;
    double distance = from.class == class ? 0 : contract && !hyperscaler ? other_contract : other_class;
    return (struct offer_bridge){distance, offer_level(map, to, age), hyperscaler};
}

static struct offer_bridge bridge_of(const struct rental_question *question, const struct offer_map *map,
                                     struct offer_kind from, double age)
{
    bool all = question->tier == TIER_ALL;
    if (question->term == TERM_CLUSTER && (all || question->tier == TIER_SPECIALISED))
        return to_cluster(map, from);
    struct offer_kind to = {class_of_term(question->term, question->tier), question->tier};
    if (question->term == TERM_ANY)
        to.class = from.class;
    if (!all)
        return to_tier(map, from, to, age);
    struct offer_bridge bridge = to_class(map, from, to.class, age);
    if (map->many_sellers && question->term == TERM_ON_DEMAND && from.tier == TIER_HYPERSCALER)
        bridge.distance += hyperscaler_on_demand;
    return bridge;
}

static void usual_mix(const struct rental_question *question, struct offer_map *map)
{
    bool any = question->term == TERM_ANY;
    map->mixes = map->many_sellers && question->tier == TIER_ALL && (any || question->term == TERM_ON_DEMAND);
    map->mix = elementary_log(any ? mix_of_any : mix_of_on_demand);
}

static void usual_spread(const struct rental_question *question, struct offer_map *map)
{
    bool all = question->tier == TIER_ALL;
    map->spread = !map->many_sellers                  ? spread_of_sole
                  : all || question->term == TERM_ANY ? spread_of_term[question->term]
                  : question->term == TERM_CLUSTER && question->tier == TIER_SPECIALISED
                      ? spread_of_term[TERM_CLUSTER]
                      : spread_of_tier[question->tier];
}

void offer_map_build(const struct rental_question *question, struct offer_map *map)
{
    double age = offer_age(question->chip, question->day);
    map->many_sellers = !strcmp(question->chip->kind, "gpu");
    for (int class = 0; class < OFFER_CLASSES; class ++)
        for (int tier = 0; tier < TIERS; tier++)
            map->price[class][tier] =
                elementary_log(map->many_sellers ? price_of[class][tier] : sole_price[class]);
    for (int class = 0; class < OFFER_CLASSES; class ++)
        for (int tier = 0; tier < TIERS; tier++)
            map->bridge[class][tier] = bridge_of(
                question, map, (struct offer_kind){(enum offer_class) class, (enum price_tier)tier}, age);
    usual_mix(question, map);
    usual_spread(question, map);
}
