/* What a chip cost to buy when it came out, as its wear is counted from: the purchases of the chip itself, or of chips
 * like it where there are none, each freed of the server or rack that came with it and brought to the chip by the ratio
 * of their peaks. The median is that of their logarithms, those near the day the chip became available weighing most;
 * where nothing alike was ever sold, a regression on peak FLOP/s and year answers. The range is that of the economics
 * table, and a wider one where the price is borrowed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/prices_likeness.h"

#include "base/elementary.h"
#include "base/error.h"
#include "base/text_date.h"
#include "engine/quantity.h"

#include <stdio.h>

/* ---- the constants ---- */

/* Estimated from the purchases in lib/data/prices.csv: predicted from chips like it, a chip's price is off by
 * a factor of 1.28 in the median; consumer cards, which cost less, and wafers by much more. */
static const double sold_by_peak = 0.5;        /* elasticity, between like chips */
static const double purchase_time_scale = 1.0; /* years */
/* No purchase seen: ln of USD at 300 TFLOP/s in 2020, by ln(peak), by year; and less for what is no GPU. */
static const double inferred_purchase = 9.58, inferred_sold_by_peak = 0.66, inferred_by_year = -0.097;
static const double inferred_not_gpu = -0.53;
static const int year_2020 = 18262; /* its first day */

/* Of a price that is borrowed from like chips: the error of such a price on chips left out. */
static const double borrowed_spread = 0.65;
/* Where the economics table has none: a server's price over its chips', and the range of a price either way. */
static const double usual_server = 1.64, usual_factor = 2.0;
/* A rack's or cluster's price over its servers': the network's usual share of a cluster, 19 %. */
static const double rack_over_servers = 1.235;

/* The age of a chip when nothing tells it. */
static const int usual_sold_age = 2 * 365;

/* ---- what came with it ---- */

static bool read_ratio(const traincost_fact *fact, quantity *ratio)
{
    struct quantity_rule rule = {"ratio", DIMENSION_RATIO, 0, INFINITY, true};
    return fact && quantity_parse(fact->value, &rule, ratio, NULL) == TRAINCOST_OK;
}

/* What a server costs over its chips, by the family of the chips that were sold. */
static double server_over_chips(const traincost_catalog *catalog, const struct price_walk *walk)
{
    int day = walk->seen->day;
    const traincost_fact *fact = catalog_find_fact(catalog, "server-overhead", walk->other->family, "", day);
    quantity ratio;
    if (!fact)
        fact = catalog_find_fact(catalog, "server-overhead", "default", "", day);
    return read_ratio(fact, &ratio) ? quantity_quantile(&ratio, 0.5) : usual_server;
}

double price_over_chips(const traincost_catalog *catalog, const struct price_walk *walk)
{
    if (!strcmp(walk->seen->includes, "server"))
        return server_over_chips(catalog, walk);
    if (strcmp(walk->seen->includes, "chip") != 0)
        return server_over_chips(catalog, walk) * rack_over_servers;
    return 1;
}

/* ---- the purchases ---- */

struct purchases {
    bool dated, own; /* whether `day` is known; whether the chip itself was sold */
    int day;
    double nearest;
    double weight, weighted; /* sums; of logarithms of prices */
};

static struct price_walk walk_purchases(const traincost_catalog *catalog, const traincost_chip *chip)
{
    return (struct price_walk){.rows = catalog_rows(catalog), .chip = chip, .kind = 'b'};
}

static double purchase_distance(const struct purchases *purchases, const struct price_walk *walk)
{
    double days = purchases->dated ? fabs((double)walk->seen->day - purchases->day) : 0;
    return days / TEXT_DAYS_A_YEAR / purchase_time_scale + walk->like.distance;
}

static void survey_purchases(struct purchases *purchases, const traincost_catalog *catalog,
                             const traincost_chip *chip)
{
    double own = INFINITY, others = INFINITY;
    for (struct price_walk walk = walk_purchases(catalog, chip); price_walk_on(&walk);) {
        if (price_is_implied(walk.seen))
            continue;
        double *least = walk.like.own ? &own : &others;
        *least = fmin(*least, purchase_distance(purchases, &walk));
    }
    purchases->own = isfinite(own);
    purchases->nearest = purchases->own ? own : others;
}

static void weigh_purchases(struct purchases *purchases, const traincost_catalog *catalog,
                            const traincost_chip *chip, struct price_basis *basis)
{
    for (struct price_walk walk = walk_purchases(catalog, chip); price_walk_on(&walk);) {
        if ((purchases->own && !walk.like.own) || price_is_implied(walk.seen))
            continue;
        double farther = purchase_distance(purchases, &walk) - purchases->nearest;
        double weight = elementary_exp(-farther);
        double price = elementary_log(walk.seen->usd / price_over_chips(catalog, &walk)) + sold_by_peak * walk.like.peak;
        purchases->weight += weight;
        purchases->weighted += weight * price;
        if (farther <= price_carries)
            price_basis_add(basis, &walk, weight);
    }
}

static void infer(const traincost_chip *chip, struct price_estimate *price)
{
    double x = inferred_purchase;
    if (strcmp(chip->kind, "gpu") != 0)
        x += inferred_not_gpu;
    if (price_peak(chip) > 0)
        x += inferred_sold_by_peak * elementary_log(price_peak(chip) / price_usual_peak);
    if (chip->released_day)
        x += inferred_by_year * (chip->released_day - year_2020) / TEXT_DAYS_A_YEAR;
    price->median = elementary_exp(x);
    price_say_inferred(price, chip, "purchase price", "year of release");
}

/* Estimates carry a price, but nobody saw them: they do not count. */
void price_say_purchases(struct price_estimate *price, struct price_basis *basis, const traincost_chip *chip,
                         bool own)
{
    bool tpu = !strcmp(chip->kind, "tpu");
    price->count = basis->count - basis->estimates;
    if (price->count > 0) {
        price_say_basis(price, basis, "purchase price", "purchase prices");
        price_say(price, basis->estimates > 0 ? ", estimates among them" : "");
        return;
    }
    price_say(price, "an estimate");
    if (!own) {
        price_say(price, " from those of ");
        price_say_chips(price, basis);
    }
    price_say(price, tpu ? ", as TPUs are not sold" : "");
}

/* ---- the price ---- */

/* By how much a price of that kind of chip may lie from its median. */
static quantity hardware_spread(const traincost_catalog *catalog, const traincost_chip *chip)
{
    char qualifier[64];
    quantity range;
    snprintf(qualifier, sizeof qualifier, "spread %.50s", chip->kind);
    int day = catalog_day(catalog);
    if (read_ratio(catalog_find_fact(catalog, "hardware-price", qualifier, "", day), &range))
        return range;
    return quantity_lognormal(1, usual_factor);
}

double price_purchase_spread(const traincost_catalog *catalog, const traincost_chip *chip, bool own)
{
    quantity range = hardware_spread(catalog, chip);
    double spread = quantity_width(&range) / (2 * elementary_normal_95);
    return own ? spread : fmax(spread, borrowed_spread);
}

void price_hardware(const traincost_catalog *catalog, const traincost_chip *chip, struct price_estimate *price)
{
    int day = chip->released_day;
    struct purchases purchases = {.dated = day != 0, .day = day + PRICE_UNTIL_AVAILABLE};
    struct price_basis basis = {0};
    *price = (struct price_estimate){0};
    survey_purchases(&purchases, catalog, chip);
    if (isinf(purchases.nearest))
        infer(chip, price);
    else {
        weigh_purchases(&purchases, catalog, chip, &basis);
        price->median = elementary_exp(purchases.weighted / purchases.weight);
        price_say_purchases(price, &basis, chip, purchases.own);
    }
    price->spread = price_purchase_spread(catalog, chip, purchases.own);
}

traincost_status traincost_catalog_hardware_price(const traincost_catalog *catalog, const traincost_chip *chip,
                                                  traincost_price **price, traincost_error *error)
{
    if (price)
        *price = NULL;
    if (!chip || !price)
        return error_null(error, __func__);
    struct price_estimate estimate;
    price_hardware(catalog, chip, &estimate);
    double factor = elementary_exp(elementary_normal_95 * estimate.spread);
    double quantiles[] = {estimate.median / factor, estimate.median, estimate.median * factor};
    return price_give(&estimate, quantiles, price, error);
}

/* ---- from when on ---- */

static const traincost_observation *earliest_of(const struct rows *rows, const char *id)
{
    const traincost_observation *earliest = NULL;
    for (size_t i = 0; i < rows->observation_count; i++) {
        const traincost_observation *seen = &rows->observations[i];
        if ((!earliest || seen->day < earliest->day) && !strcmp(seen->chip, id))
            earliest = seen;
    }
    return earliest;
}

/* 0 where no release is known. */
static int first_release(const struct rows *rows, const char *family)
{
    int first = 0;
    for (size_t i = 0; i < rows->chip_count; i++) {
        int day = rows->chips[i].released_day;
        if (day && (!first || day < first) && !strcmp(rows->chips[i].family, family))
            first = day;
    }
    return first;
}

int price_available(const traincost_catalog *catalog, const traincost_chip *chip)
{
    if (chip->released_day)
        return chip->released_day + PRICE_UNTIL_AVAILABLE;
    const traincost_observation *earliest = earliest_of(catalog_rows(catalog), chip->id);
    if (earliest)
        return earliest->day;
    int first = first_release(catalog_rows(catalog), chip->family);
    return first ? first + PRICE_UNTIL_AVAILABLE : catalog_day(catalog) - usual_sold_age;
}
