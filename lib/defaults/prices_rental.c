/* What a chip-hour costs to rent, for a chip, a day, a term, a tier and a region:
 *
 *  1. Every observation of the chip, and of chips like it, is brought to the chip (by the ratios of their
 *     peaks and memories), to the offer that is wanted (by its class and tier: prices_offers.c), to the region,
 *     and to the day (by how prices fall while a chip ages).
 *  2. Each has a distance: thirds of a year from the day, how unlike its chip is, how unlike its offer is.
 *  3. Its weight is e^-distance.
 *  4. The observations of one vendor count together as its heaviest one: a price list of ten rows, fifty zones,
 *     or the same list in ten months, is one opinion of the market.
 *  5. The median is that of the weighted logarithms. Their variance is drawn towards the usual one of the
 *     offer, the more so the fewer vendors there are, and grows with the distance of the nearest and with every
 *     month ahead of the newest. Of all tiers together a forecast comes down to their usual mix, and varies as it.
 *  6. Where nothing alike was ever seen, a regression on peak FLOP/s and age answers, with a wide range. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/prices_rental.h"

#include "base/elementary.h"
#include "base/error.h"
#include "base/text.h"
#include "base/text_date.h"
#include "defaults/prices_likeness.h"
#include "defaults/prices_offers.h"
#include "defaults/prices_region.h"
#include "model/parameters.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* ---- the constants ---- */

/* All rest on lib/catalog/data/prices.csv, as those of prices_offers.c do. Distances are in e-folds of weight,
 * spreads are standard deviations of ln(price). How unlike two chips are is in prices_likeness.c. */
static const double time_scale = 0.3; /* years: shorter follows noise, longer lags behind turns */

/* Elasticities of rent, between like chips. */
static const double by_peak = 0.25, by_memory = 0.40;

static const double usual_weight = 2.5;         /* the usual spread counts as this many vendors' */
static const double spread_per_distance = 0.12; /* prices walk at random: 0.22 in a year */
static const double most_distance = 20.0;       /* the walk ends after six years */
static const double spread_of_a_year = 0.10;    /* that a price gathers besides, ahead of all that was seen */
static const double most_ahead = 4.0;           /* years; then nothing more is lost */
static const int month_ahead = 15; /* days: a date nearer to the newest observation is no forecast */

/* No price seen: ln of USD/h at 300 TFLOP/s, by ln(peak) and by year of age, from least squares over the
 * rented chips by year; the spread is its error on chips that were left out. */
static const double inferred_rent = 0.34, inferred_by_peak = 0.44, inferred_by_age = -0.067;
static const double inferred_spread = 0.65;
static const double odd_spread = 1.5; /* a factor of 12 either way: judgement, since there is nothing to fit */
static const double inferred_term[] = {1.0, 1.5, 0.65, 1.25, 0.90, 1.2}; /* by term, times a cluster's */
static const double inferred_tier[] = {1.0, 1.5, 0.8, 1.0, 1.0};
static const double inferred_usual_age = 2.0, inferred_most_age = 8.0; /* years; the bound of the fit */

/* ---- the opinions of vendors ---- */

/* The sums over one vendor's observations; a weight is e^(nearest - distance). */
struct vendor {
    const char *name;
    double weight, top;           /* all of them, the largest */
    double weighted, weighted_sq; /* logarithms of prices, and their squares */
    double levels, levels_sq;     /* of the offers that they became, weighted, and their squares */
    double nearest;               /* the least distance */
};

/* More vendors than the table takes are each counted observation by observation. */
enum { SLOTS = 512, SLOTS_USED = 384 };

struct market {
    const traincost_catalog *catalog;
    const struct rental_question *question;
    struct offer_map map;
    const char *place;           /* where the price holds */
    struct region_factor region; /* of that place */
    double nearest;              /* the least distance */
    int newest;                  /* day of the newest observation in use */
    struct vendor slots[SLOTS];
    size_t used;
    double weight, weighted, weighted_sq, squares; /* each vendor weighing as its heaviest observation */
    double levels, levels_sq;
    double crowd; /* vendors near by, the nearest counting as one */
};

static struct vendor *slot_of(struct market *market, const char *name)
{
    uint32_t hash = 2166136261u;
    for (const char *c = name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * 16777619u;
    size_t i = (hash ^ hash >> 15) % SLOTS;
    for (; market->slots[i].name; i = (i + 1) % SLOTS)
        if (market->slots[i].name == name || !strcmp(market->slots[i].name, name))
            return &market->slots[i];
    if (market->used == SLOTS_USED)
        return NULL;
    market->used++;
    market->slots[i] = (struct vendor){.name = name, .nearest = INFINITY};
    return &market->slots[i];
}

static void count_vendor(struct market *market, const struct vendor *vendor)
{
    double share = vendor->top / vendor->weight;
    market->weight += vendor->top;
    market->weighted += share * vendor->weighted;
    market->weighted_sq += share * vendor->weighted_sq;
    market->levels += share * vendor->levels;
    market->levels_sq += share * vendor->levels_sq;
    market->squares += vendor->top * vendor->top;
    market->crowd += elementary_exp(market->nearest - vendor->nearest);
}

/* What one observation says. */
struct opinion {
    double weight, distance;
    double price, level; /* ln of the price, and of the offer, that it became */
};

static void ask_vendor(struct market *market, const char *name, const struct opinion *opinion)
{
    struct vendor alone = {.nearest = INFINITY}, *vendor = slot_of(market, name);
    if (!vendor)
        vendor = &alone;
    double weight = opinion->weight, price = opinion->price;
    vendor->weight += weight;
    vendor->top = fmax(vendor->top, weight);
    vendor->weighted += weight * price;
    vendor->weighted_sq += weight * price * price;
    vendor->levels += weight * opinion->level;
    vendor->levels_sq += weight * opinion->level * opinion->level;
    vendor->nearest = fmin(vendor->nearest, opinion->distance);
    if (vendor == &alone)
        count_vendor(market, vendor);
}

/* ---- rent ---- */

static struct price_walk walk_rents(const struct market *market)
{
    return (struct price_walk){
        .rows = catalog_rows(market->catalog), .chip = market->question->chip, .kind = 'r'};
}

static double years_from(const traincost_observation *seen, int day)
{
    return fabs((double)seen->day - day) / TEXT_DAYS_A_YEAR;
}

/* What other chips cost in a region alone says nothing elsewhere. */
static bool is_of_place(const struct market *market, const struct price_walk *walk)
{
    return walk->like.own || !*walk->seen->region || !strcmp(walk->seen->region, market->question->region);
}

static double rent_distance(const struct market *market, const struct price_walk *walk)
{
    double age = offer_age(walk->other, market->question->day);
    if (!is_of_place(market, walk))
        return INFINITY;
    return years_from(walk->seen, market->question->day) / time_scale + walk->like.distance +
           offer_distance(&market->map, offer_of(walk->seen), age);
}

/* A chip that was seen in one region alone is priced as there, whoever asks. */
struct sightings {
    const char *region;
    bool elsewhere;
};

static void sight(struct sightings *own, const traincost_observation *seen)
{
    own->elsewhere =
        own->elsewhere || !*seen->region || (own->region && strcmp(own->region, seen->region) != 0);
    own->region = seen->region;
}

/* Finds how near the observations are; the first of two passes, since a weight is relative to the nearest. */
static void survey_rents(struct market *market)
{
    const struct rental_question *question = market->question;
    struct sightings own = {NULL, false};
    market->nearest = INFINITY;
    market->newest = INT_MIN;
    for (struct price_walk walk = walk_rents(market); price_walk_on(&walk);) {
        double distance = rent_distance(market, &walk);
        if (isinf(distance))
            continue;
        market->nearest = fmin(market->nearest, distance);
        if (walk.seen->day > market->newest)
            market->newest = walk.seen->day;
        if (walk.like.own)
            sight(&own, walk.seen);
    }
    market->place = own.region && !own.elsewhere ? own.region : question->region;
    market->region =
        region_factor_of(market->catalog, question->chip, question->tier, market->place, question->day);
}

/* ln of the price that the observation becomes, as an offer of that level. */
static double rent_brought(const struct market *market, const struct price_walk *walk, double level)
{
    const struct rental_question *question = market->question;
    const struct offer_map *map = &market->map;
    const traincost_observation *seen = walk->seen;
    struct offer_kind offer = offer_of(seen);
    double chip = by_peak * walk->like.peak + by_memory * walk->like.memory;
    double kind = level - offer_level(map, offer, offer_age(walk->other, seen->day)) -
                  offer_staleness(map, offer, offer_age(walk->other, question->day));
    double aged = offer_fall(map, offer_age(question->chip, question->day)) -
                  offer_fall(map, offer_age(question->chip, seen->day));
    double place = market->region.log;
    if (*seen->region)
        place -= region_factor_of(market->catalog, question->chip, offer.tier, seen->region, seen->day).log;
    return elementary_log(seen->usd) + chip + kind + aged + place;
}

static void weigh_rents(struct market *market, struct price_basis *basis, size_t *of_term)
{
    for (struct price_walk walk = walk_rents(market); price_walk_on(&walk);) {
        double distance = rent_distance(market, &walk);
        if (isinf(distance))
            continue;
        struct offer_kind offer = offer_of(walk.seen);
        double farther = distance - market->nearest, level = market->map.bridge[offer.class][offer.tier].level;
        struct opinion opinion = {elementary_exp(-farther), distance, rent_brought(market, &walk, level), level};
        ask_vendor(market, walk.seen->vendor, &opinion);
        if (farther > price_carries)
            continue;
        price_basis_add(basis, &walk, opinion.weight);
        *of_term += offer_is_asked(market->question, offer);
    }
    for (size_t i = 0; i < SLOTS; i++)
        if (market->slots[i].name)
            count_vendor(market, &market->slots[i]);
}

static void conclude(const struct market *market, struct price_estimate *price)
{
    double spread = market->map.spread;
    double mean = market->weighted / market->weight;
    double variance = fmax(0, market->weighted_sq / market->weight - mean * mean);
    double vendors = market->weight * market->weight / market->squares;
    variance = (vendors * variance + usual_weight * spread * spread) / (vendors + usual_weight);
    variance *= 1 + 1 / (vendors + 1); /* the mean is itself uncertain */
    double far = market->nearest - elementary_log(market->crowd);
    variance += spread_per_distance * spread_per_distance * fmin(most_distance, fmax(0, far));
    double ahead = fmax(0, ((double)market->question->day - market->newest) / TEXT_DAYS_A_YEAR);
    variance += spread_of_a_year * spread_of_a_year * fmin(most_ahead, ahead);
    variance += market->region.spread * market->region.spread;
    double forecast = fmax(0, ((double)market->question->day - catalog_day(market->catalog)) / TEXT_DAYS_A_YEAR);
    double level = market->levels / market->weight;
    double variety = fmax(0, market->levels_sq / market->weight - level * level);
    variance += offer_variety(&market->map, variety, forecast);
    price->median = elementary_exp(mean + offer_drift(&market->map, level, forecast));
    price->spread = sqrt(variance);
}

static void infer_rent(const struct market *market, struct price_estimate *price)
{
    const struct rental_question *question = market->question;
    const traincost_chip *chip = question->chip;
    double peak = price_peak(chip), age = inferred_usual_age;
    if (chip->released_day)
        age = fmin(inferred_most_age, fmax(0, ((double)question->day - chip->released_day) / TEXT_DAYS_A_YEAR));
    double x = inferred_rent + inferred_by_age * age + market->region.log +
               elementary_log(inferred_term[question->term] * inferred_tier[question->tier]);
    if (peak > 0)
        x += inferred_by_peak * elementary_log(peak / price_usual_peak);
    price->median = elementary_exp(x);
    price->spread = price_peak_is_odd(chip) ? odd_spread : inferred_spread;
    price_say_inferred(price, chip, "price", "age");
}

/* ---- in words ---- */

static void say_offer(struct price_estimate *price, const struct rental_question *question)
{
    static const char *const terms[] = {"",
                                        ", brought to on-demand",
                                        ", brought to spot",
                                        ", brought to a 1-year term",
                                        ", brought to a 3-year term",
                                        ", over all terms"};
    static const char *const tiers[] = {" of specialised clouds", " of hyperscalers", " of marketplaces", "",
                                        ""};
    bool cluster = question->term == TERM_CLUSTER && question->tier != TIER_ALL;
    price_say(price, cluster ? ", brought to contracts" : terms[question->term]);
    price_say(price, tiers[question->tier]);
}

static void say_place(struct price_estimate *price, const struct market *market)
{
    char text[96], factor[TEXT_NUMBER];
    if (market->region.log == 0 && market->region.spread <= 0)
        return;
    text_print_digits(elementary_exp(market->region.log), 2, factor);
    if (strcmp(market->place, market->question->region) != 0)
        snprintf(text, sizeof text, ", as in %.40s, where alone it was seen", market->place);
    else
        snprintf(text, sizeof text, ", x %s in %.40s", factor, market->place);
    price_say(price, text);
}

static void say_forecast(struct price_estimate *price, int newest, int day)
{
    char text[96];
    if (day - newest <= month_ahead)
        return;
    int months = (int)((day - newest) * 12 / TEXT_DAYS_A_YEAR + 0.5);
    price->days_ahead = day - newest;
    snprintf(text, sizeof text, "; a forecast, %d month%s ahead of the newest price", months,
             months == 1 ? "" : "s");
    price_say(price, text);
}

void price_rental(const traincost_catalog *catalog, const struct rental_question *question,
                  struct price_estimate *price)
{
    struct market market = {.catalog = catalog, .question = question};
    struct price_basis basis = {0};
    *price = (struct price_estimate){0};
    offer_map_build(question, &market.map);
    survey_rents(&market);
    if (isinf(market.nearest))
        infer_rent(&market, price);
    else {
        weigh_rents(&market, &basis, &price->of_term);
        conclude(&market, price);
        price_say_basis(price, &basis, "observation", "observations");
    }
    price->count = basis.count;
    say_offer(price, question);
    say_place(price, &market);
    say_forecast(price, catalog_day(catalog), question->day);
}

/* ---- public ---- */

static traincost_status read_market(const traincost_catalog *catalog, const traincost_market *market,
                                    struct rental_question *question, traincost_error *error)
{
    int term = TERM_CLUSTER, tier = TIER_ALL;
    traincost_status status = TRAINCOST_OK;
    question->day = catalog_day(catalog);
    question->region = "";
    const char *wrong = market->date ? text_day_asked(market->date, &question->day) : NULL;
    if (wrong)
        return error_set(error, TRAINCOST_SYNTAX, "date '%.60s': %s", market->date, wrong);
    if (market->term)
        status = parameter_word(PARAMETER_TERM, market->term, &term, error);
    if (status == TRAINCOST_OK && market->tier)
        status = parameter_word(PARAMETER_TIER, market->tier, &tier, error);
    if (status == TRAINCOST_OK && market->region)
        status = catalog_find_region(catalog, market->region, &question->region, error);
    question->term = (enum price_term)term;
    question->tier = (enum price_tier)tier;
    return status;
}

traincost_status traincost_catalog_market_price(const traincost_catalog *catalog, const traincost_chip *chip,
                                                const traincost_market *market, traincost_price **price,
                                                traincost_error *error)
{
    if (price)
        *price = NULL;
    if (!chip || !price)
        return error_null(error, __func__);
    struct rental_question question = {.chip = chip};
    struct price_estimate estimate;
    traincost_status status = read_market(catalog, market, &question, error);
    if (status)
        return status;
    price_rental(catalog, &question, &estimate);
    double factor = elementary_exp(elementary_normal_95 * estimate.spread);
    double quantiles[] = {estimate.median / factor, estimate.median, estimate.median * factor};
    return price_give(&estimate, quantiles, price, error);
}

traincost_status traincost_catalog_rental_price(const traincost_catalog *catalog, const traincost_chip *chip,
                                                const char *date, const char *term, traincost_price **price,
                                                traincost_error *error)
{
    if (price)
        *price = NULL;
    if (!chip || !price)
        return error_null(error, __func__);
    traincost_market market = {.date = date, .term = term};
    return traincost_catalog_market_price(catalog, chip, &market, price, error);
}
