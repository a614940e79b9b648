/* How well prices hold, each predicted from the others. */
#include "tools/leave_one_out.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const term_words[] = {"cluster", "on-demand", "spot", "1y", "3y", "any"};

static const int month = 31, year = 365;

/* The catalogue with other observations: those of `kept`, which has room for all. */
struct reduced {
    traincost_catalog catalog;
    traincost_observation *kept;
    double *errors, *spreads; /* of the predictions: in logarithms */
    size_t count;
};

static bool same_offer(const traincost_observation *a, const traincost_observation *b)
{
    return !strcmp(a->chip, b->chip) && !strcmp(a->vendor, b->vendor);
}

static bool is_left_out(const traincost_observation *seen, const traincost_observation *wanted,
                        enum held_out left)
{
    int days = abs(seen->day - wanted->day);
    switch (left) {
    case LEFT_MONTH:
        return same_offer(seen, wanted) && days <= month;
    case LEFT_VENDOR:
        return same_offer(seen, wanted);
    case LEFT_CHIP:
        return !strcmp(seen->chip, wanted->chip);
    case LEFT_YEAR:
        return days < year;
    }
    return false;
}

static void keep_others(struct reduced *reduced, const traincost_observation *wanted, enum held_out left)
{
    const struct rows *all = &catalog_builtin.rows;
    size_t kept = 0;
    for (size_t i = 0; i < all->observation_count; i++)
        if (!is_left_out(&all->observations[i], wanted, left))
            reduced->kept[kept++] = all->observations[i];
    reduced->catalog.rows.observation_count = kept;
}

static const traincost_chip *chip_of(const traincost_observation *seen)
{
    for (size_t i = 0; i < catalog_builtin.rows.chip_count; i++)
        if (!strcmp(catalog_builtin.rows.chips[i].id, seen->chip))
            return &catalog_builtin.rows.chips[i];
    return NULL;
}

/* The price as the model brings it to the term: what it says where this is all that was ever seen. 0 where
 * the observation is not of the term. */
static double brought_price(struct reduced *reduced, const traincost_observation *seen, enum price_term term)
{
    struct price_estimate alone;
    if (term != TERM_CLUSTER)
        return term == TERM_ANY || !strcmp(seen->term, term_words[term]) ? seen->usd : 0;
    reduced->kept[0] = *seen;
    reduced->catalog.rows.observation_count = 1;
    struct rental_question question = {chip_of(seen), seen->day, term, TIER_ALL, ""};
    price_rental(&reduced->catalog, &question, &alone);
    return alone.count > 0 ? alone.median : 0;
}

/* A price list that was read again a month later is no new opinion. */
static bool was_tried(const traincost_observation *seen)
{
    for (const traincost_observation *other = catalog_builtin.rows.observations; other < seen; other++)
        if (other->kind[0] == 'r' && same_offer(other, seen) && !strcmp(other->term, seen->term) &&
            fabs(log(other->usd / seen->usd)) < 0.01)
            return true;
    return false;
}

static void predict_price(struct reduced *reduced, const traincost_observation *seen, enum price_term term,
                          enum held_out left, bool as_offered)
{
    struct price_estimate price;
    double brought = brought_price(reduced, seen, term);
    if (brought <= 0)
        return;
    keep_others(reduced, seen, left);
    struct rental_question question = {chip_of(seen), seen->day, term, TIER_ALL, ""};
    price_rental(&reduced->catalog, &question, &price);
    reduced->errors[reduced->count] = fabs(log((as_offered ? seen->usd : brought) / price.median));
    reduced->spreads[reduced->count++] = price.spread;
}

int ascending_values(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double sorted_median(double *values, size_t count)
{
    qsort(values, count, sizeof *values, ascending_values);
    return count ? (values[(count - 1) / 2] + values[count / 2]) / 2 : NAN;
}

static void summarise(struct reduced *reduced, struct holding *holding)
{
    const double normal_95 = 1.6448536269514722, normal_75 = 0.6744897501960817;
    size_t in_90 = 0, in_50 = 0, n = reduced->count;
    for (size_t i = 0; i < n; i++) {
        in_90 += reduced->errors[i] <= normal_95 * reduced->spreads[i];
        in_50 += reduced->errors[i] <= normal_75 * reduced->spreads[i];
    }
    *holding = (struct holding){n, (double)in_90 / (double)n, (double)in_50 / (double)n,
                                exp(sorted_median(reduced->errors, n)),
                                exp(2 * normal_95 * sorted_median(reduced->spreads, n))};
}

bool leave_one_out(enum price_term term, enum held_out left, bool as_offered, struct holding *holding)
{
    const struct rows *all = &catalog_builtin.rows;
    struct reduced reduced = {.catalog = catalog_builtin};
    reduced.kept = malloc((all->observation_count + 1) * sizeof *reduced.kept);
    reduced.errors = malloc((all->observation_count + 1) * sizeof *reduced.errors);
    reduced.spreads = malloc((all->observation_count + 1) * sizeof *reduced.spreads);
    reduced.catalog.rows.observations = reduced.kept;
    bool room = reduced.kept && reduced.errors && reduced.spreads;
    for (size_t i = 0; room && i < all->observation_count; i++)
        if (all->observations[i].kind[0] == 'r' && !was_tried(&all->observations[i]))
            predict_price(&reduced, &all->observations[i], term, left, as_offered);
    if (room)
        summarise(&reduced, holding);
    free(reduced.kept);
    free(reduced.errors);
    free(reduced.spreads);
    return room;
}
