#include "prices.h"

#include "elementary.h"
#include "quantity.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>

/* How a rent is found for a chip, a day and a term:
 *
 *  1. Every rental observation of the chip, and of chips like it, is brought to the chip (by the ratio of their
 *     peaks and memories) and to the term (by what that class of offer costs beside others).
 *  2. Each has a distance: quarters of a year from the day, how unlike its chip is, how unlike its class is.
 *     Where the chip has observations of its own near the day, those of other chips stand farther back.
 *  3. Its weight is e^-distance, so that beyond the last observation relative weights, and the price, stay.
 *  4. The observations of one vendor count together as its heaviest one: a price list of ten rows, or the
 *     same list in ten months, is one opinion of the market.
 *  5. The median is that of the weighted logarithms. Their variance is drawn towards the usual one of the
 *     term, the more so the fewer vendors there are, and grows with the distance of the nearest.
 *  6. Where nothing alike was ever seen, a regression on peak FLOP/s and age answers, with a wide range.
 *
 * A purchase price is found in the same way among purchases, around the day the chip became available. */

/* ---- the constants ---- */

/* All were estimated from lib/data/prices.csv by predicting each price from the others, and then rounded:
 * `make calibrate` prints how well they hold. Factors on prices are given beside their logarithms' use. */
static const double days_a_year = 365.25;
static const double normal_95 = 1.6448536269514722;

/* distance, in e-folds of weight */
static const double time_scale = 0.25;     /* years: the best of 0.1 to 1 at predicting a price left out */
static const double other_chip = 1.0;      /* an observation of another chip is worth e^-1 of one's own */
static const double other_family = 2.0;    /* the same, more, where the architecture differs */
static const double peak_distance = 1.5;   /* per unit of ln(peak / peak) */
static const double memory_distance = 0.5; /* per unit of ln(memory / memory) */
static const double no_peak = 1.0;         /* within a family, where one of the peaks was not published */
static const double too_far = 4.5;         /* chips farther apart than this say nothing about each other */
static const double step_back = 0.75;      /* like chips stand back by this part of the gap to the own ones */
static const double survey_bonus = 0.4;    /* an index asked many vendors: it counts as e^0.4 = 1.5 of them */
static const double near_class = 1.5;      /* a 1-year rent beside a 3-year one */
static const double far_class = 3.0;       /* a 1-year rent beside a spot price */

/* from one chip to another: elasticities, by regression across the chips that one vendor rents in one month */
static const double rent_by_peak = 0.30, rent_by_memory = 0.40;
static const double purchase_by_peak = 0.5;

/* spread: standard deviations of ln(price) between vendors, by term in the order of enum price_term */
static const double usual_spread[] = {0.40, 0.45, 0.50, 0.35, 0.35, 0.60};
static const double one_cloud_spread = 0.27;     /* TPUs and the like: a single vendor's price list */
static const double usual_weight = 4.0;          /* the usual spread counts as this many vendors */
static const double spread_per_distance = 0.18;  /* a random walk of prices: after a quarter, a year: x 2 */
static const double most_distance = 20.0;        /* five years; a range then spans a factor of 15 */

/* What a class of offer costs beside the on-demand price of a specialised cloud, from vendors that list
 * several; 0: a cluster is not rented that way. Columns: specialised, hyperscaler, marketplace, index. */
enum { ON_DEMAND, YEAR, THREE_YEARS, RESERVED, SPOT, MARKETPLACE, CLASSES };
enum { SPECIALISED, HYPERSCALER, PEERS, INDEX, TIERS };
static const double class_price[CLASSES][TIERS] = {
    [ON_DEMAND] = {1.00, 0, 0.72, 0.87},     [YEAR] = {0.80, 1.30, 0.72, 0.75},
    [THREE_YEARS] = {0.62, 1.00, 0.72, 0.62}, [RESERVED] = {0.85, 1.20, 0.72, 0.75},
    [SPOT] = {0, 0, 0, 0},                   [MARKETPLACE] = {0.72, 0.72, 0.72, 0.75},
};
static const double cluster_price = 0.82; /* on the same scale: published contracts and runs of 64 chips up */
/* From a sole seller's class to a cluster of its chips, which meets halfway between its 1- and 3-year rents. */
static const double one_cloud_factor[CLASSES] = {0, 0.84, 1.19, 0.84, 0, 1.0};
/* A class beside the on-demand price, all vendors together: for the terms other than a cluster's. */
static const double term_price[CLASSES] = {1.00, 0.67, 0.43, 0.70, 0.46, 0.62};

/* no price seen: least squares over the rented chips by year; 0.65 is its error on chips left out */
static const double inferred_rent = 0.34, inferred_by_peak = 0.44, inferred_by_age = -0.067;
static const double inferred_spread = 0.65;
static const double inferred_term[] = {1.0, 1.5, 0.65, 1.25, 0.90, 1.2};
static const double usual_peak = 300.0, usual_age = 2.0, most_age = 8.0; /* TFLOP/s, years */
/* The rented chips lie between 4 and 2500 TFLOP/s: well outside, as for a whole wafer, it is a guess. */
static const double least_peak = 2.0, most_peak = 5000.0, guess_spread = 1.5;

/* purchases: the overheads where the economics table has none; the regression over the chips sold */
static const double usual_server = 1.64, rack_over_server = 1.235;
static const double inferred_purchase = 9.58, purchase_by_speed = 0.66, purchase_by_year = -0.097;
static const double purchase_not_gpu = -0.53;
static const int year_2020 = 18262;               /* days since 1970 */
static const double usual_purchase_factor = 2.0;  /* 95 % over the median, where the economics table has none */

static const int until_available = 90;      /* days from a release to the first ones in use */
static const double carries = 3.0;          /* farther than the nearest by this: under 5 % of its weight */

/* ---- chips ---- */

static const struct rows *rows_of(const traincost_catalog *catalog)
{
    return catalog ? &catalog->rows : &catalog_builtin.rows;
}

/* 0 where none was published. */
static double peak_of(const traincost_chip *chip)
{
    return fmax(fmax(chip->peak[TRAINCOST_BF16], chip->peak[TRAINCOST_FP16]), chip->peak[TRAINCOST_FP32]);
}

/* What another chip says about this one. */
struct likeness {
    bool alike, own;
    double distance;
    double peak, memory; /* ln of this one's over the other's; 0 where either is unknown */
};

static struct likeness compare_chips(const traincost_chip *chip, const traincost_chip *other)
{
    struct likeness like = {.own = !strcmp(chip->id, other->id)};
    if (like.own || strcmp(chip->kind, other->kind) != 0) {
        like.alike = like.own;
        return like;
    }
    bool related = !strcmp(chip->family, other->family);
    bool rated = peak_of(chip) > 0 && peak_of(other) > 0;
    if (rated)
        like.peak = elementary_log(peak_of(chip) / peak_of(other));
    if (chip->memory_gb > 0 && other->memory_gb > 0)
        like.memory = elementary_log(chip->memory_gb / other->memory_gb);
    like.distance = other_chip + (related ? 0 : other_family) + (rated ? 0 : no_peak) +
                    peak_distance * fabs(like.peak) + memory_distance * fabs(like.memory);
    like.alike = (related || rated) && like.distance <= too_far;
    return like;
}

static const traincost_chip *chip_of_id(const struct rows *rows, const char *id)
{
    size_t low = 0, high = rows->chip_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(rows->chips[middle].id, id);
        if (order == 0)
            return &rows->chips[middle];
        *(order < 0 ? &low : &high) = order < 0 ? middle + 1 : middle;
    }
    return NULL;
}

/* ---- the observations of a chip and those like it ---- */

/* They are sorted by chip, so each chip is compared once on the way. */
struct walk {
    const struct rows *rows;
    const traincost_chip *chip; /* whose price is wanted */
    char kind;                  /* 'r' of rents, 'b' of purchases */
    size_t next;
    const char *id; /* of the chips that are passed now */
    struct likeness like;
    const traincost_chip *other;
    const traincost_observation *seen;
};

static void walk_to_chip(struct walk *walk, const char *id)
{
    if (walk->id && (walk->id == id || !strcmp(walk->id, id)))
        return;
    walk->id = id;
    walk->other = chip_of_id(walk->rows, id);
    walk->like = (struct likeness){0};
    if (walk->other)
        walk->like = compare_chips(walk->chip, walk->other);
}

static bool walk_on(struct walk *walk)
{
    while (walk->next < walk->rows->observation_count) {
        walk->seen = &walk->rows->observations[walk->next++];
        if (walk->seen->kind[0] != walk->kind)
            continue;
        walk_to_chip(walk, walk->seen->chip);
        if (walk->like.alike)
            return true;
    }
    return false;
}

/* ---- what it rests on, in words ---- */

enum { CARRIER_NAME = 32, CARRIERS = 16, CARRIERS_NAMED = 3 };

/* The observations that carry a price: how many, from when to when, of which chips. */
struct basis {
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

static bool is_form(const char *word)
{
    return !strncmp(word, "sxm", 3) || !strcmp(word, "pcie") || !strcmp(word, "nvl") || !strcmp(word, "oam");
}

/* The words of the chip's name that its id has too, without its form: "A100", "TPU v5e"; else the id. */
static void short_name(const traincost_chip *chip, char out[CARRIER_NAME])
{
    char id[64], word[64];
    size_t used = 0;
    text_squeeze(chip->id, id, sizeof id);
    for (const char *at = chip->name; *at; at += strspn(at, " ")) {
        size_t length = strcspn(at, " ");
        snprintf(word, sizeof word, "%.*s", (int)(length < 60 ? length : 60), at);
        text_squeeze(word, word, sizeof word);
        if (*word && strstr(id, word) && !is_form(word) && used + length + 2 < CARRIER_NAME)
            used += (size_t)snprintf(out + used, CARRIER_NAME - used, "%s%.*s", used ? " " : "", (int)length, at);
        at += length;
    }
    for (const char *at = chip->id; used == 0 && at[0] && at < chip->id + CARRIER_NAME - 1; at++)
        out[at - chip->id] = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at, out[at - chip->id + 1] = '\0';
}

static size_t carrier_of(struct basis *basis, const traincost_chip *chip)
{
    char name[CARRIER_NAME] = "";
    short_name(chip, name);
    for (size_t i = 0; i < basis->carrier_count; i++)
        if (!strcmp(basis->carriers[i].name, name))
            return i;
    if (basis->carrier_count == CARRIERS) {
        basis->more = true;
        return CARRIERS;
    }
    memcpy(basis->carriers[basis->carrier_count].name, name, sizeof name);
    return basis->carrier_count++;
}

static void basis_add(struct basis *basis, const struct walk *walk, double weight)
{
    const traincost_observation *seen = walk->seen;
    if (basis->chip != walk->other) {
        basis->chip = walk->other;
        basis->at = carrier_of(basis, walk->other);
    }
    if (basis->at < CARRIERS)
        basis->carriers[basis->at].weight += weight;
    if (!basis->first || seen->day < basis->first->day)
        basis->first = seen;
    if (!basis->last || seen->day > basis->last->day)
        basis->last = seen;
    basis->count++;
    basis->estimates += seen->term[0] == 'e';
}

static void say(struct price_estimate *price, const char *text)
{
    size_t used = strlen(price->basis);
    snprintf(price->basis + used, sizeof price->basis - used, "%s", text);
}

/* "H800, H100 and H200", the weightiest first; of more than three, "H800, H100, H200 and others". */
static void say_chips(struct price_estimate *price, struct basis *basis)
{
    size_t named = basis->carrier_count < CARRIERS_NAMED ? basis->carrier_count : CARRIERS_NAMED;
    bool others = basis->more || basis->carrier_count > CARRIERS_NAMED;
    for (size_t i = 0; i < named; i++) {
        size_t best = 0;
        for (size_t j = 1; j < basis->carrier_count; j++)
            if (basis->carriers[j].weight > basis->carriers[best].weight)
                best = j;
        say(price, i == 0 ? "" : i + 1 == named && !others ? " and " : ", ");
        say(price, basis->carriers[best].name);
        basis->carriers[best].weight = -1;
    }
    if (others)
        say(price, " and others");
}

/* "41 observations of H800 and H100, 2023-06 to 2026-10" */
static void say_basis(struct price_estimate *price, struct basis *basis, const char *one, const char *many)
{
    char text[64];
    snprintf(text, sizeof text, "%zu %s of ", basis->count, basis->count == 1 ? one : many);
    say(price, text);
    say_chips(price, basis);
    bool once = !strncmp(basis->first->date, basis->last->date, 7);
    snprintf(text, sizeof text, once ? ", %.7s" : ", %.7s to %.7s", basis->first->date, basis->last->date);
    say(price, text);
}

static void say_inferred(struct price_estimate *price, const traincost_chip *chip, const char *what,
                         const char *age)
{
    double peak = peak_of(chip);
    say(price, "no ");
    say(price, what);
    say(price, " seen: inferred from ");
    say(price, peak > 0 ? "peak FLOP/s" : chip->released_day ? age : "nothing but the usual price of a chip");
    if (peak > 0 && chip->released_day) {
        say(price, " and ");
        say(price, age);
    }
    if (peak > most_peak || (peak > 0 && peak < least_peak))
        say(price, "; a mere guess, as the chips with known prices are far from such a peak");
    else if (peak <= 0 && chip->released_day)
        say(price, " alone, as no peak FLOP/s was published");
}

/* ---- rent: from a class of offer to a term ---- */

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
    return seen->tier[0] == 'h' ? HYPERSCALER : seen->tier[0] == 'm' ? PEERS : seen->tier[0] == 'i' ? INDEX : SPECIALISED;
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
    static const int wanted[] = {[TERM_ON_DEMAND] = ON_DEMAND, [TERM_SPOT] = SPOT, [TERM_1Y] = YEAR,
                                 [TERM_3Y] = THREE_YEARS};
    for (int class = 0; class < CLASSES; class++)
        for (int tier = 0; tier < TIERS; tier++)
            table[class][tier] = term == TERM_ANY       ? (struct bridge){0, 0}
                                 : term == TERM_CLUSTER ? bridge_to_cluster(class, tier, one_cloud)
                                                        : bridge_to_class(wanted[term], class);
}

/* ---- rent: the opinions of vendors ---- */

/* The sums over one vendor's observations; a weight is e^(nearest - distance). */
struct vendor {
    const char *name;
    double weight, top;           /* all of them, the largest */
    double weighted, weighted_sq; /* logarithms of prices, and their squares */
    double nearest;               /* the least distance, as if there were no gap to stand back for */
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
    return fabs((double)seen->day - day) / days_a_year;
}

/* Without the stepping back. */
static double distance_of(const struct market *market, const struct walk *walk, const struct bridge *bridge)
{
    return years_from(walk->seen, market->day) / time_scale + walk->like.distance + bridge->distance -
           (tier_of(walk->seen) == INDEX ? survey_bonus : 0);
}

static struct walk walk_rents(const struct rows *rows, const traincost_chip *chip)
{
    return (struct walk){.rows = rows, .chip = chip, .kind = 'r'};
}

/* Finds how near the observations are; the first of two passes, since a weight is relative to the nearest. */
static void survey(struct market *market, const struct rows *rows, const traincost_chip *chip)
{
    double gap = INFINITY, own = INFINITY, others = INFINITY;
    for (struct walk walk = walk_rents(rows, chip); walk_on(&walk);) {
        const struct bridge *bridge = bridge_of(market, walk.seen);
        double distance = distance_of(market, &walk, bridge);
        if (walk.like.own && bridge->distance <= 0)
            gap = fmin(gap, years_from(walk.seen, market->day));
        *(walk.like.own ? &own : &others) = fmin(walk.like.own ? own : others, distance);
    }
    market->back = isfinite(gap) ? step_back * gap / time_scale : 0;
    market->nearest = fmin(own, others + market->back);
    market->nearby = fmin(own, others);
}

static void weigh(struct market *market, const struct rows *rows, const traincost_chip *chip, struct basis *basis)
{
    for (struct walk walk = walk_rents(rows, chip); walk_on(&walk);) {
        const struct bridge *bridge = bridge_of(market, walk.seen);
        double distance = distance_of(market, &walk, bridge);
        if (isinf(distance))
            continue;
        double farther = distance + (walk.like.own ? 0 : market->back) - market->nearest;
        double weight = elementary_exp(-farther);
        double brought = rent_by_peak * walk.like.peak + rent_by_memory * walk.like.memory + bridge->step;
        ask_vendor(market, walk.seen->vendor, weight, elementary_log(walk.seen->usd) + brought, distance);
        if (farther <= carries)
            basis_add(basis, &walk, weight);
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
    double peak = peak_of(chip), age = usual_age;
    if (chip->released_day)
        age = fmin(most_age, fmax(0, ((double)day - chip->released_day) / days_a_year));
    double x = inferred_rent + inferred_by_age * age + elementary_log(inferred_term[term]);
    if (peak > 0)
        x += inferred_by_peak * elementary_log(peak / usual_peak);
    price->median = elementary_exp(x);
    price->spread = peak > most_peak || (peak > 0 && peak < least_peak) ? guess_spread : inferred_spread;
    say_inferred(price, chip, "price", "age");
}

void price_rental(const traincost_catalog *catalog, const traincost_chip *chip, int day, enum price_term term,
                  struct price_estimate *price)
{
    static const char *const brought[] = {"",
                                          ", brought to on-demand",
                                          ", brought to spot",
                                          ", brought to a 1-year term",
                                          ", brought to a 3-year term",
                                          ", of any term"};
    bool one_cloud = strcmp(chip->kind, "gpu") != 0;
    struct market market = {.day = day};
    struct basis basis = {0};
    *price = (struct price_estimate){0};
    build_bridges(term, one_cloud, market.bridge);
    survey(&market, rows_of(catalog), chip);
    if (isinf(market.nearest))
        infer_rent(chip, day, term, price);
    else {
        weigh(&market, rows_of(catalog), chip, &basis);
        conclude(&market, one_cloud ? one_cloud_spread : usual_spread[term], price);
        say_basis(price, &basis, "observation", "observations");
    }
    price->count = basis.count;
    say(price, brought[term]);
}

/* ---- purchase ---- */

static double fact_median(const traincost_fact *fact, double otherwise)
{
    struct quantity_rule rule = {"", DIMENSION_RATIO, 0, INFINITY, true};
    quantity q;
    if (!fact || quantity_parse(fact->value, &rule, &q, NULL) != TRAINCOST_OK)
        return otherwise;
    return quantity_quantile(&q, 0.5);
}

/* ln of what a purchase cost over its chips alone. */
static double extras(const traincost_catalog *catalog, const struct walk *walk)
{
    const char *includes = walk->seen->includes;
    if (includes[0] != 's' && includes[0] != 'r')
        return 0;
    const traincost_fact *fact =
        catalog_find_fact(catalog, "server-overhead", walk->other->family, "", walk->seen->day);
    if (!fact)
        fact = catalog_find_fact(catalog, "server-overhead", "default", "", walk->seen->day);
    double over = fact_median(fact, usual_server) * (includes[0] == 'r' ? rack_over_server : 1);
    return elementary_log(over);
}

/* The purchases of the chip itself where there are any, else of those like it. */
struct purchases {
    bool own;
    double day; /* around which; NaN: unknown */
    double nearest;
    double weight, weighted;
};

static double purchase_distance(const struct purchases *purchases, const struct walk *walk)
{
    double years = isnan(purchases->day) ? 0 : fabs(walk->seen->day - purchases->day) / days_a_year;
    return years + walk->like.distance;
}

static struct walk walk_purchases(const struct rows *rows, const traincost_chip *chip)
{
    return (struct walk){.rows = rows, .chip = chip, .kind = 'b'};
}

static void survey_purchases(struct purchases *purchases, const struct rows *rows, const traincost_chip *chip)
{
    double own = INFINITY, others = INFINITY;
    for (struct walk walk = walk_purchases(rows, chip); walk_on(&walk);) {
        double distance = purchase_distance(purchases, &walk);
        *(walk.like.own ? &own : &others) = fmin(walk.like.own ? own : others, distance);
    }
    purchases->own = isfinite(own);
    purchases->nearest = purchases->own ? own : others;
}

static void weigh_purchases(struct purchases *purchases, const traincost_catalog *catalog,
                            const traincost_chip *chip, struct basis *basis)
{
    for (struct walk walk = walk_purchases(rows_of(catalog), chip); walk_on(&walk);) {
        if (purchases->own && !walk.like.own)
            continue;
        double farther = purchase_distance(purchases, &walk) - purchases->nearest;
        double weight = elementary_exp(-farther);
        double brought = purchase_by_peak * walk.like.peak - extras(catalog, &walk);
        purchases->weight += weight;
        purchases->weighted += weight * (elementary_log(walk.seen->usd) + brought);
        if (farther <= carries)
            basis_add(basis, &walk, weight);
    }
}

static void infer_purchase(const traincost_chip *chip, struct price_estimate *price)
{
    double x = inferred_purchase + (strcmp(chip->kind, "gpu") ? purchase_not_gpu : 0);
    if (peak_of(chip) > 0)
        x += purchase_by_speed * elementary_log(peak_of(chip) / usual_peak);
    if (chip->released_day)
        x += purchase_by_year * (chip->released_day - year_2020) / days_a_year;
    price->median = elementary_exp(x);
    say_inferred(price, chip, "purchase price", "year of release");
}

static void say_purchases(struct price_estimate *price, struct basis *basis, const struct purchases *purchases,
                          const traincost_chip *chip)
{
    price->count = basis->count - basis->estimates;
    if (price->count > 0) {
        say_basis(price, basis, "purchase price", "purchase prices");
        say(price, basis->estimates > 0 ? ", estimates among them" : "");
        return;
    }
    say(price, "an estimate");
    if (!purchases->own) {
        say(price, " from those of ");
        say_chips(price, basis);
    }
    say(price, strcmp(chip->kind, "tpu") ? "" : ", as TPUs are not sold");
}

/* How far a purchase price may lie from its median, for chips of that kind; false where nothing says so. */
static bool purchase_range(const traincost_catalog *catalog, const traincost_chip *chip, quantity *factor)
{
    char qualifier[32];
    struct quantity_rule rule = {"", DIMENSION_RATIO, 0, INFINITY, true};
    snprintf(qualifier, sizeof qualifier, "spread %.20s", chip->kind);
    const traincost_fact *fact =
        catalog_find_fact(catalog, "hardware-price", qualifier, "", catalog_day(catalog));
    *factor = quantity_lognormal(1, usual_purchase_factor);
    return fact && quantity_parse(fact->value, &rule, factor, NULL) == TRAINCOST_OK;
}

void price_hardware(const traincost_catalog *catalog, const traincost_chip *chip, struct price_estimate *price)
{
    struct purchases purchases = {.day = chip->released_day ? chip->released_day + until_available : NAN};
    struct basis basis = {0};
    quantity factor;
    *price = (struct price_estimate){0};
    survey_purchases(&purchases, rows_of(catalog), chip);
    if (isinf(purchases.nearest))
        infer_purchase(chip, price);
    else {
        weigh_purchases(&purchases, catalog, chip, &basis);
        price->median = elementary_exp(purchases.weighted / purchases.weight);
        say_purchases(price, &basis, &purchases, chip);
    }
    purchase_range(catalog, chip, &factor);
    price->spread = quantity_width(&factor) / (2 * normal_95);
}

/* ---- from when on ---- */

int price_available(const traincost_catalog *catalog, const traincost_chip *chip)
{
    const struct rows *rows = rows_of(catalog);
    const traincost_observation *seen = NULL;
    int family = 0;
    if (chip->released_day)
        return chip->released_day + until_available;
    for (size_t i = 0; i < rows->observation_count; i++)
        if (!strcmp(rows->observations[i].chip, chip->id) && (!seen || rows->observations[i].day < seen->day))
            seen = &rows->observations[i];
    if (seen)
        return seen->day;
    for (size_t i = 0; i < rows->chip_count; i++) {
        int day = rows->chips[i].released_day;
        if (day && (!family || day < family) && !strcmp(rows->chips[i].family, chip->family))
            family = day;
    }
    return family ? family + until_available : catalog_day(catalog) - (int)(usual_age * days_a_year);
}

/* ---- public ---- */

struct owned_price {
    traincost_price public; /* first, so that freeing it frees the whole */
    char basis[sizeof((struct price_estimate *)0)->basis];
};

static traincost_status give(const struct price_estimate *estimate, const double range[3],
                             traincost_price **price, traincost_error *error)
{
    struct owned_price *owned = calloc(1, sizeof *owned);
    *price = NULL;
    if (!owned)
        return error_no_memory(error);
    memcpy(owned->basis, estimate->basis, sizeof owned->basis);
    owned->public = (traincost_price){range[0], range[1], range[2], estimate->count, owned->basis};
    *price = &owned->public;
    return TRAINCOST_OK;
}

static traincost_status find_term(const char *word, enum price_term *term, traincost_error *error)
{
    static const char *const words[] = {"cluster", "on-demand", "spot", "1y", "3y", "any"};
    struct text_search search = {word, NULL, 0};
    for (int i = TERM_CLUSTER; i <= TERM_ANY; i++) {
        if (text_same(words[i], word)) {
            *term = (enum price_term)i;
            return TRAINCOST_OK;
        }
        text_try(&search, words[i]);
    }
    const char *meant = text_meant(&search);
    if (meant)
        return error_set(error, TRAINCOST_UNKNOWN, "unknown term '%.40s': did you mean %s?", word, meant);
    return error_set(error, TRAINCOST_UNKNOWN, "unknown term '%.40s': it is cluster, on-demand, spot, 1y, 3y or any",
                     word);
}

traincost_status traincost_catalog_rental_price(const traincost_catalog *catalog, const traincost_chip *chip,
                                                const char *date, const char *term, traincost_price **price,
                                                traincost_error *error)
{
    int day = catalog_day(catalog);
    enum price_term market = TERM_CLUSTER;
    *price = NULL;
    const char *wrong = date ? text_date(date, &day) : NULL;
    if (wrong)
        return error_set(error, TRAINCOST_SYNTAX, "'%.40s': %s", date, wrong);
    traincost_status status = term ? find_term(term, &market, error) : TRAINCOST_OK;
    if (status)
        return status;
    struct price_estimate estimate;
    price_rental(catalog, chip, day, market, &estimate);
    double factor = elementary_exp(normal_95 * estimate.spread);
    return give(&estimate, (double[]){estimate.median / factor, estimate.median, estimate.median * factor}, price,
                error);
}

traincost_status traincost_catalog_hardware_price(const traincost_catalog *catalog, const traincost_chip *chip,
                                                  traincost_price **price, traincost_error *error)
{
    struct price_estimate estimate;
    quantity factor;
    price_hardware(catalog, chip, &estimate);
    purchase_range(catalog, chip, &factor);
    factor = quantity_scaled(factor, estimate.median);
    double range[] = {quantity_quantile(&factor, 0.05), quantity_quantile(&factor, 0.5),
                      quantity_quantile(&factor, 0.95)};
    return give(&estimate, range, price, error);
}

void traincost_price_free(traincost_price *price)
{
    free(price);
}
