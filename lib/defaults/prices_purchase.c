/* What a chip costs to buy new on a day. Every purchase of the chip, and of chips like it, is freed of what came with
 * it and of what is asked above what clusters cost, brought to the chip by the ratio of their peaks and to the day by
 * how new prices fall with age. Its weight is e^-distance: years from the day, how unlike the chips and how far apart
 * their generations are, more for an asking price than for what clusters are known to have cost, and more for asks that
 * shops keep up when a chip is no longer built. The spread is that of the economics table for asking prices; what
 * clusters have cost narrows it. Where nothing alike was ever sold, the price at the launch falls with age. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/prices_likeness.h"

#include "base/elementary.h"
#include "base/error.h"
#include "base/text.h"
#include "base/text_date.h"

#include <stdlib.h>

/* Rest on lib/catalog/data/prices.csv: an asking price predicted from those of other chips is off by a factor of 1.23
 * in the median, without a lean (`make calibrate`); Cottier et al. 2024 take about that for a price. Distances are in
 * e-folds of weight. */
static const double by_peak_bought = 0.5; /* elasticity, between like chips */
static const double bought_within = 1.0;  /* years */
static const double asked = 0.7;          /* an asking price stands back */
static const double by_generation = 0.3;  /* a year between the releases of two chips */
static const double unknown_gap = 2.0;    /* years, where a release is not known */
static const double kept_up = 0.8;        /* a year that a chip on sale is older than `built` */
static const double built = 4.0;          /* years that a chip is built new */
static const double carries_spread = 2.0; /* as price_carries, of the spread */
static const double known_spread = 0.15;  /* of ln(price), from what a cluster has cost */

/* By how much ln(price) falls in a year while a chip is built, and in the four years after that; and by how much an
 * asking price stands above what clusters have cost, where chips are sold by the server: single cards are bought at
 * what is asked. Chosen by predicting purchases forward in time and without their chip (`make calibrate`). */
static const double falls = 0.08, falls_after = 0.40, asked_above = 0.2;

struct purchase_market {
    int day;
    double nearest;
    double weight, weighted; /* sums; of logarithms of prices */
    double near, known;      /* weights near enough for the spread; of what clusters have cost */
    bool own;                /* the chip itself is among them */
    bool above;              /* what is asked above the cost of clusters was taken off one of them */
};

double price_falls_with_age(double years)
{
    double young = fmin(built, fmax(0, years)), old = fmin(built, fmax(0, years - built));
    return -(falls * young + falls_after * old);
}

/* Years from when one could use it; 0 where that is not known. */
static double age_on(const traincost_chip *chip, int day)
{
    if (!chip->released_day)
        return 0;
    return fmax(0, (day - chip->released_day - PRICE_UNTIL_AVAILABLE) / TEXT_DAYS_A_YEAR);
}

static double to_the_day(const traincost_chip *chip, int from, int to)
{
    if (!chip->released_day)
        return 0;
    double age = age_on(chip, from), then = age + (to - from) / TEXT_DAYS_A_YEAR;
    return price_falls_with_age(then) - price_falls_with_age(age);
}

double price_asked_above(const traincost_observation *seen, const traincost_chip *sold)
{
    bool asks = !price_is_implied(seen) && strcmp(seen->term, "estimate") != 0;
    return asks && sold->chips_per_server > 1 ? asked_above : 0;
}

static double generations_apart(const traincost_chip *a, const traincost_chip *b)
{
    if (!a->released_day || !b->released_day)
        return unknown_gap;
    return abs(a->released_day - b->released_day) / TEXT_DAYS_A_YEAR;
}

static double bought_distance(const struct purchase_market *market, const struct price_walk *walk)
{
    const traincost_observation *seen = walk->seen;
    double distance = abs(seen->day - market->day) / TEXT_DAYS_A_YEAR / bought_within + walk->like.distance;
    if (!walk->like.own)
        distance += by_generation * generations_apart(walk->chip, walk->other);
    if (!price_is_implied(seen))
        distance += asked + kept_up * fmax(0, age_on(walk->other, seen->day) - built);
    return distance;
}

/* ---- the market of a day ---- */

static struct price_walk walk_bought(const traincost_catalog *catalog, const traincost_chip *chip)
{
    return (struct price_walk){.rows = catalog_rows(catalog), .chip = chip, .kind = 'b'};
}

static void survey_bought(struct purchase_market *market, const traincost_catalog *catalog,
                             const traincost_chip *chip)
{
    market->nearest = INFINITY;
    for (struct price_walk walk = walk_bought(catalog, chip); price_walk_on(&walk);) {
        market->nearest = fmin(market->nearest, bought_distance(market, &walk));
        market->own |= walk.like.own;
    }
}

static void weigh_bought(struct purchase_market *market, const traincost_catalog *catalog,
                            const traincost_chip *chip, struct price_basis *basis)
{
    for (struct price_walk walk = walk_bought(catalog, chip); price_walk_on(&walk);) {
        double farther = bought_distance(market, &walk) - market->nearest, weight = elementary_exp(-farther);
        double price = elementary_log(walk.seen->usd / price_over_chips(catalog, &walk)) +
                       by_peak_bought * walk.like.peak +
                       to_the_day(walk.other, walk.seen->day, market->day) -
                       price_asked_above(walk.seen, walk.other);
        market->weight += weight;
        market->weighted += weight * price;
        if (farther <= price_carries) {
            price_basis_add(basis, &walk, weight);
            market->above |= price_asked_above(walk.seen, walk.other) > 0;
        }
        if (farther > carries_spread)
            continue;
        market->near += weight;
        market->known += price_is_implied(walk.seen) ? weight : 0;
    }
}

/* As means of precisions. */
static double narrowed(const struct purchase_market *market, double spread)
{
    double share = market->known / market->near;
    double precision = share / (known_spread * known_spread) + (1 - share) / (spread * spread);
    return spread > known_spread ? 1 / sqrt(precision) : spread;
}

/* ---- where nothing alike was sold ---- */

static void age_launch_price(const traincost_catalog *catalog, const traincost_chip *chip, int day,
                             struct price_estimate *price)
{
    price_hardware(catalog, chip, price);
    int available = price_available(catalog, chip);
    price->median *= elementary_exp(price_falls_with_age((day - available) / TEXT_DAYS_A_YEAR));
    price_say(price, ", less what new prices lose with age");
}

static void say_less(struct price_estimate *price)
{
    char percent[TEXT_NUMBER];
    price_say(price, ", asks less ");
    price_say(price, text_print_digits(100 * (1 - elementary_exp(-asked_above)), 2, percent));
    price_say(price, " %");
}

void price_purchase(const traincost_catalog *catalog, const traincost_chip *chip, int day,
                    struct price_estimate *price)
{
    struct purchase_market market = {.day = day};
    struct price_basis basis = {0};
    survey_bought(&market, catalog, chip);
    if (isinf(market.nearest)) {
        age_launch_price(catalog, chip, day, price);
        return;
    }
    *price = (struct price_estimate){0};
    weigh_bought(&market, catalog, chip, &basis);
    price->median = elementary_exp(market.weighted / market.weight);
    price->spread = narrowed(&market, price_purchase_spread(catalog, chip, market.own));
    price_say_purchases(price, &basis, chip, market.own);
    if (market.above)
        say_less(price);
    price_say(price, ", brought to the day by age");
}

traincost_status traincost_catalog_purchase_price(const traincost_catalog *catalog, const traincost_chip *chip,
                                                  const char *date, traincost_price **price,
                                                  traincost_error *error)
{
    if (price)
        *price = NULL;
    if (!chip || !price)
        return error_null(error, __func__);
    int day = catalog_day(catalog);
    const char *wrong = date ? text_day_asked(date, &day) : NULL;
    if (wrong)
        return error_set(error, TRAINCOST_SYNTAX, "date '%.60s': %s", date, wrong);
    struct price_estimate estimate;
    price_purchase(catalog, chip, day, &estimate);
    double factor = elementary_exp(elementary_normal_95 * estimate.spread);
    double quantiles[] = {estimate.median / factor, estimate.median, estimate.median * factor};
    return price_give(&estimate, quantiles, price, error);
}
