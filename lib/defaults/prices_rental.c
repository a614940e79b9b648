/* What a chip-hour costs to rent, for a chip, a day and a term:
 *
 *  1. Every observation of the chip, and of chips like it, is brought to the chip (by the ratios of their
 *     peaks and memories) and to the term (by what its class of offer costs beside others).
 *  2. Each has a distance: quarters of a year from the day, how unlike its chip is, how unlike its class is.
 *     Where the chip has observations of its own near the day, those of other chips stand farther back.
 *  3. Its weight is e^-distance: beyond the last observation relative weights, and so the price, stay.
 *  4. The observations of one vendor count together as its heaviest one: a price list of ten rows, or the
 *     same list in ten months, is one opinion of the market.
 *  5. The median is that of the weighted logarithms. Their variance is drawn towards the usual one of the
 *     term, the more so the fewer vendors there are, and grows with the distance of the nearest.
 *  6. Where nothing alike was ever seen, a regression on peak FLOP/s and age answers, with a wide range. */
#include "defaults/prices_likeness.h"

#include "base/elementary.h"
#include "model/parameters.h"
#include "base/error.h"
#include "base/text.h"

/* ---- the constants ---- */

/* All rest on lib/data/prices.csv: ratios are after medians over it, the others were tried until each price
 * was predicted well from the rest in ranges that hold, and rounded. `make calibrate` prints how well they do.
 * Distances are in e-folds of weight, spreads are standard deviations of ln(price). How unlike two chips are
 * is in prices_parts.c. */
static const double time_scale = 0.25; /* years: shorter follows noise, longer lags behind turns */
static const double step_back = 0.75;  /* like chips stand back by this part of the gap to the own ones */
static const double index_bonus = 0.4; /* an index asked many vendors: it counts as e^0.4 = 1.5 of them */
static const double near_class = 1.5;  /* as a 1-year rent beside a 3-year one */
static const double far_class = 3.0;   /* as a 1-year rent beside a spot price */

/* Elasticities of rent, between chips that one vendor lists in one quarter: there 0.27 and 0.42 within a
 * family, 0.39 and 0.45 over all. */
static const double by_peak = 0.30, by_memory = 0.40;

/* Between vendors, by term in the order of enum price_term. */
static const double usual_spread[] = {0.40, 0.45, 0.50, 0.35, 0.35, 0.60};
static const double one_cloud_spread = 0.27;    /* of a TPU and the like, which a single vendor rents out */
static const double usual_weight = 4.0;         /* the usual spread counts as this many vendors' */
static const double spread_per_distance = 0.18; /* prices walk at random: 0.36 in a year */
static const double most_distance = 20.0;       /* the walk ends after five years */

/* The classes of offers. */
enum { ON_DEMAND, YEAR, THREE_YEARS, RESERVED, SPOT, MARKETPLACE, CLASSES };
enum { SPECIALISED, HYPERSCALER, PEERS, INDEX, TIERS };

/* What they cost beside the on-demand price of specialised clouds, for the same chip and half-year; 0: no
 * cluster is rented that way. An index mixes vendors. */
static const double class_price[CLASSES][TIERS] = {
    [ON_DEMAND] = {1.00, 0, 0.72, 0.87},
    [YEAR] = {0.80, 1.30, 0.72, 0.75},
    [THREE_YEARS] = {0.62, 1.00, 0.72, 0.62},
    [RESERVED] = {0.85, 1.20, 0.72, 0.75},
    [SPOT] = {0, 0, 0, 0},
    [MARKETPLACE] = {0.72, 0.72, 0.72, 0.75},
};
/* A cluster on that scale: as the reserved and 1-year rents of specialised clouds. */
static const double cluster_price = 0.82;
/* From the offers of a sole seller to a cluster, which is halfway between its 1-year and its 3-year rents. */
static const double one_cloud_factor[CLASSES] = {
    [YEAR] = 0.84, [THREE_YEARS] = 1.19, [RESERVED] = 0.84, [MARKETPLACE] = 1.0};
/* What the classes cost beside on-demand, mostly where one vendor lists both: for the terms other than a
 * cluster's. */
static const double term_price[CLASSES] = {1.00, 0.67, 0.43, 0.70, 0.46, 0.62};

/* No price seen: ln of USD/h at 300 TFLOP/s, by ln(peak) and by year of age, from least squares over the
 * rented chips by year; the spread is its error on chips that were left out. */
static const double inferred_rent = 0.34, inferred_by_peak = 0.44, inferred_by_age = -0.067;
static const double inferred_spread = 0.65;
static const double odd_spread = 1.5; /* a factor of 12 either way: judgement, since there is nothing to fit */
static const double inferred_term[] = {1.0, 1.5, 0.65, 1.25, 0.90, 1.2}; /* by term, times a cluster's */
static const double usual_age = 2.0, most_age = 8.0; /* years; where none is known, and the bound of the fit */

/* ---- from a class of offer to a term ---- */

/* How far a class of offer is from the term, infinite where it is not used, and ln of the factor to it. */
struct bridge {
    double distance, step;
};
typedef struct bridge bridges[CLASSES][TIERS];

static int class_of(const traincost_observation *seen)
{
    switch (seen->term[0]) {
    case '1':
        return YEAR;
    case '3':
        return THREE_YEARS;
    case 'r':
        return RESERVED;
    case 'm':
        return MARKETPLACE;
    case 's':
        return seen->term[1] == 'p' ? SPOT : ON_DEMAND;
    default: /* "list" and other words of purchases, on a rent: what anybody is asked */
        return ON_DEMAND;
    }
}

static int tier_of(const traincost_observation *seen)
{
    switch (seen->tier[0]) {
    case 'h':
        return HYPERSCALER;
    case 'm':
        return PEERS;
    case 'i':
        return INDEX;
    default:
        return SPECIALISED;
    }
}

static struct bridge bridge_to_cluster(int class, int tier, bool one_cloud)
{
    double from = class_price[class][tier];
    if (from <= 0)
        return (struct bridge){INFINITY, 0};
    if (one_cloud && tier == HYPERSCALER)
        return (struct bridge){0, elementary_log(one_cloud_factor[class])};
    return (struct bridge){0, elementary_log(cluster_price / from)};
}

static bool are_near(int class, int other)
{
    return (class == YEAR && (other == THREE_YEARS || other == RESERVED)) ||
           (class == THREE_YEARS && (other == YEAR || other == RESERVED)) ||
           ((class == ON_DEMAND || class == SPOT) && other == MARKETPLACE);
}

static struct bridge bridge_to_class(int class, int from)
{
    if (class == from)
        return (struct bridge){0, 0};
    return (struct bridge){are_near(class, from) ? near_class : far_class,
                           elementary_log(term_price[class] / term_price[from])};
}

static void build_bridges(enum price_term term, bool one_cloud, bridges table)
{
    static const int wanted[] = {
        [TERM_ON_DEMAND] = ON_DEMAND, [TERM_SPOT] = SPOT, [TERM_1Y] = YEAR, [TERM_3Y] = THREE_YEARS};
    for (int class = 0; class < CLASSES; class ++)
        for (int tier = 0; tier < TIERS; tier++)
            table[class][tier] = term == TERM_ANY       ? (struct bridge){0, 0}
                                 : term == TERM_CLUSTER ? bridge_to_cluster(class, tier, one_cloud)
                                                        : bridge_to_class(wanted[term], class);
}

/* ---- the opinions of vendors ---- */

/* The sums over one vendor's observations; a weight is e^(nearest - distance). */
struct vendor {
    const char *name;
    double weight, top;           /* all of them, the largest */
    double weighted, weighted_sq; /* logarithms of prices, and their squares */
    double nearest;               /* the least distance, without the stepping back */
};

/* More vendors than the table takes are each counted observation by observation. */
enum { SLOTS = 512, SLOTS_USED = 384 };

struct market {
    bridges bridge;
    int day;
    double back;            /* how far like chips stand back */
    double nearest, nearby; /* the least distance, with and without that */
    struct vendor slots[SLOTS];
    size_t used;
    double weight, weighted, weighted_sq, squares; /* each vendor weighing as its heaviest observation */
    double crowd;                                  /* vendors near by, the nearest counting as one */
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
    market->squares += vendor->top * vendor->top;
    market->crowd += elementary_exp(market->nearby - vendor->nearest);
}

static void ask_vendor(struct market *market, const char *name, double weight, double price, double distance)
{
    struct vendor alone = {.nearest = INFINITY}, *vendor = slot_of(market, name);
    if (!vendor)
        vendor = &alone;
    vendor->weight += weight;
    vendor->top = fmax(vendor->top, weight);
    vendor->weighted += weight * price;
    vendor->weighted_sq += weight * price * price;
    vendor->nearest = fmin(vendor->nearest, distance);
    if (vendor == &alone)
        count_vendor(market, vendor);
}

/* ---- rent ---- */

static const struct bridge *bridge_of(const struct market *market, const traincost_observation *seen)
{
    return &market->bridge[class_of(seen)][tier_of(seen)];
}

static double years_from(const traincost_observation *seen, int day)
{
    return fabs((double)seen->day - day) / TEXT_DAYS_A_YEAR;
}

/* Without the stepping back. */
static double distance_of(const struct market *market, const struct price_walk *walk,
                          const struct bridge *bridge)
{
    return years_from(walk->seen, market->day) / time_scale + walk->like.distance + bridge->distance -
           (tier_of(walk->seen) == INDEX ? index_bonus : 0);
}

static struct price_walk walk_rents(const struct rows *rows, const traincost_chip *chip)
{
    return (struct price_walk){.rows = rows, .chip = chip, .kind = 'r'};
}

/* Finds how near the observations are; the first of two passes, since a weight is relative to the nearest. */
static void survey(struct market *market, const struct rows *rows, const traincost_chip *chip)
{
    double gap = INFINITY, own = INFINITY, others = INFINITY;
    for (struct price_walk walk = walk_rents(rows, chip); price_walk_on(&walk);) {
        const struct bridge *bridge = bridge_of(market, walk.seen);
        double distance = distance_of(market, &walk, bridge);
        if (walk.like.own && bridge->distance <= 0)
            gap = fmin(gap, years_from(walk.seen, market->day));
        double *least = walk.like.own ? &own : &others;
        *least = fmin(*least, distance);
    }
    market->back = isfinite(gap) ? step_back * gap / time_scale : 0;
    market->nearest = fmin(own, others + market->back);
    market->nearby = fmin(own, others);
}

static void weigh(struct market *market, const struct rows *rows, const traincost_chip *chip,
                  struct price_basis *basis)
{
    for (struct price_walk walk = walk_rents(rows, chip); price_walk_on(&walk);) {
        const struct bridge *bridge = bridge_of(market, walk.seen);
        double distance = distance_of(market, &walk, bridge);
        if (isinf(distance))
            continue;
        double farther = distance + (walk.like.own ? 0 : market->back) - market->nearest;
        double weight = elementary_exp(-farther);
        double brought = by_peak * walk.like.peak + by_memory * walk.like.memory + bridge->step;
        ask_vendor(market, walk.seen->vendor, weight, elementary_log(walk.seen->usd) + brought, distance);
        if (farther <= price_carries)
            price_basis_add(basis, &walk, weight);
    }
    for (size_t i = 0; i < SLOTS; i++)
        if (market->slots[i].name)
            count_vendor(market, &market->slots[i]);
}

static void conclude(const struct market *market, double spread, struct price_estimate *price)
{
    double mean = market->weighted / market->weight;
    double variance = fmax(0, market->weighted_sq / market->weight - mean * mean);
    double vendors = market->weight * market->weight / market->squares;
    variance = (vendors * variance + usual_weight * spread * spread) / (vendors + usual_weight);
    variance *= 1 + 1 / (vendors + 1); /* the mean is itself uncertain */
    double far = market->nearby - elementary_log(market->crowd);
    variance += spread_per_distance * spread_per_distance * fmin(most_distance, fmax(0, far));
    price->median = elementary_exp(mean);
    price->spread = sqrt(variance);
}

static void infer_rent(const traincost_chip *chip, int day, enum price_term term, struct price_estimate *price)
{
    double peak = price_peak(chip), age = usual_age;
    if (chip->released_day)
        age = fmin(most_age, fmax(0, ((double)day - chip->released_day) / TEXT_DAYS_A_YEAR));
    double x = inferred_rent + inferred_by_age * age + elementary_log(inferred_term[term]);
    if (peak > 0)
        x += inferred_by_peak * elementary_log(peak / price_usual_peak);
    price->median = elementary_exp(x);
    price->spread = price_peak_is_odd(chip) ? odd_spread : inferred_spread;
    price_say_inferred(price, chip, "price", "age");
}

void price_rental(const traincost_catalog *catalog, const traincost_chip *chip, int day, enum price_term term,
                  struct price_estimate *price)
{
    static const char *const brought[] = {"",
                                          ", brought to on-demand",
                                          ", brought to spot",
                                          ", brought to a 1-year term",
                                          ", brought to a 3-year term",
                                          ", over all terms"};
    bool one_cloud = strcmp(chip->kind, "gpu") != 0;
    struct market market = {.day = day};
    struct price_basis basis = {0};
    *price = (struct price_estimate){0};
    build_bridges(term, one_cloud, market.bridge);
    survey(&market, catalog_rows(catalog), chip);
    if (isinf(market.nearest))
        infer_rent(chip, day, term, price);
    else {
        weigh(&market, catalog_rows(catalog), chip, &basis);
        conclude(&market, one_cloud ? one_cloud_spread : usual_spread[term], price);
        price_say_basis(price, &basis, "observation", "observations");
    }
    price->count = basis.count;
    price_say(price, brought[term]);
}

/* ---- public ---- */

traincost_status traincost_catalog_rental_price(const traincost_catalog *catalog, const traincost_chip *chip,
                                                const char *date, const char *term, traincost_price **price,
                                                traincost_error *error)
{
    int day = catalog_day(catalog);
    int market = TERM_CLUSTER;
    *price = NULL;
    const char *wrong = date ? text_date(date, &day) : NULL;
    if (wrong)
        return error_set(error, TRAINCOST_SYNTAX, "date '%.60s': %s", date, wrong);
    traincost_status status = term ? parameter_word(PARAMETER_TERM, term, &market, error) : TRAINCOST_OK;
    if (status)
        return status;
    struct price_estimate estimate;
    price_rental(catalog, chip, day, (enum price_term)market, &estimate);
    double factor = elementary_exp(elementary_normal_95 * estimate.spread);
    double quantiles[] = {estimate.median / factor, estimate.median, estimate.median * factor};
    return price_give(&estimate, quantiles, price, error);
}
