/* How well prices hold, each predicted from the others. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/leave_one_out.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const term_words[] = {"cluster", "on-demand", "spot", "1y", "3y", "any"};

const char *const tier_words[TIERS] = {"specialised", "hyperscaler", "marketplace", "index"};

static const int month = 31, year = 365;
static const double days_a_month = 365.25 / 12;

/* The catalogue with other observations: those of `kept`, which has room for all. */
struct reduced {
    traincost_catalog catalog;
    traincost_observation *kept;
    double *errors, *spreads; /* of the predictions: in logarithms, with their sign */
    size_t count;
};

static bool same_offer(const traincost_observation *a, const traincost_observation *b)
{
    return !strcmp(a->chip, b->chip) && !strcmp(a->vendor, b->vendor);
}

bool is_left_out(const traincost_observation *seen, const traincost_observation *wanted,
                 const struct price_trial *trial)
{
    int days = abs(seen->day - wanted->day);
    switch (trial->left) {
    case LEFT_MONTH:
        return !strcmp(seen->vendor, wanted->vendor) && days <= month;
    case LEFT_VENDOR:
        return same_offer(seen, wanted);
    case LEFT_CHIP:
        return !strcmp(seen->chip, wanted->chip);
    case LEFT_YEAR:
        return days < year;
    case LEFT_AHEAD:
        return seen->day > wanted->day - trial->months * days_a_month;
    }
    return false;
}

static void keep_others(struct reduced *reduced, const traincost_observation *wanted,
                        const struct price_trial *trial)
{
    const struct rows *all = &catalog_builtin.rows;
    size_t kept = 0;
    for (size_t i = 0; i < all->observation_count; i++)
        if (!is_left_out(&all->observations[i], wanted, trial))
            reduced->kept[kept++] = all->observations[i];
    rows_set_array(&reduced->catalog.rows, ROWS_OBSERVATIONS, (struct row_array){reduced->kept, kept});
}

static const traincost_chip *chip_of(const traincost_observation *seen)
{
    for (size_t i = 0; i < catalog_builtin.rows.chip_count; i++)
        if (!strcmp(catalog_builtin.rows.chips[i].id, seen->chip))
            return &catalog_builtin.rows.chips[i];
    return NULL;
}

static bool is_of_term(const traincost_observation *seen, enum price_term term)
{
    return term == TERM_ANY || !strcmp(seen->term, term_words[term]);
}

/* What is asked for when the observation is to be predicted; false where it is not of the trial. */
static bool ask_for_it(const traincost_observation *seen, const struct price_trial *trial,
                       struct rental_question *question)
{
    *question = (struct rental_question){chip_of(seen), seen->day, trial->term, trial->tier, ""};
    if (trial->tier == TIER_ALL)
        return trial->term == TERM_CLUSTER || is_of_term(seen, trial->term);
    if (strcmp(seen->tier, tier_words[trial->tier]) != 0 || !is_of_term(seen, trial->term))
        return false;
    if (trial->term != TERM_ANY)
        return true;
    question->term = TERM_ON_DEMAND;
    while (question->term < TERM_ANY && !is_of_term(seen, question->term))
        question->term++;
    if (question->term == TERM_ANY && !strcmp(seen->term, "marketplace"))
        question->term = TERM_ON_DEMAND;
    return question->term != TERM_ANY;
}

/* The price as the model brings it to a cluster's: what it says where this is all that was ever seen. 0 where
 * the observation is not of the kind. */
static double brought_price(struct reduced *reduced, const traincost_observation *seen,
                            const struct rental_question *question)
{
    struct price_estimate alone;
    if (question->term != TERM_CLUSTER)
        return seen->usd;
    reduced->kept[0] = *seen;
    rows_set_array(&reduced->catalog.rows, ROWS_OBSERVATIONS, (struct row_array){reduced->kept, 1});
    price_rental(&reduced->catalog, question, &alone);
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

static void predict_price(struct reduced *reduced, const traincost_observation *seen,
                          const struct price_trial *trial)
{
    struct price_estimate price;
    struct rental_question question;
    if (!ask_for_it(seen, trial, &question))
        return;
    double brought = brought_price(reduced, seen, &question);
    if (brought <= 0)
        return;
    keep_others(reduced, seen, trial);
    price_rental(&reduced->catalog, &question, &price);
    if (trial->left == LEFT_AHEAD && price.count == 0)
        return; /* nobody could have forecast from what was seen by then */
    reduced->errors[reduced->count] = log((trial->as_offered ? seen->usd : brought) / price.median);
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

void summarise_trial(double *errors, double *spreads, size_t count, struct holding *holding)
{
    const double normal_95 = 1.6448536269514722, normal_75 = 0.6744897501960817;
    size_t in_50 = 0, below = 0, above = 0;
    for (size_t i = 0; i < count; i++) {
        below += errors[i] < -normal_95 * spreads[i];
        above += errors[i] > normal_95 * spreads[i];
        in_50 += fabs(errors[i]) <= normal_75 * spreads[i];
    }
    double lean = sorted_median(errors, count), n = (double)count;
    for (size_t i = 0; i < count; i++)
        errors[i] = fabs(errors[i]);
    *holding = (struct holding){.count = count,
                                .within_90 = (double)(count - below - above) / n,
                                .within_50 = (double)in_50 / n,
                                .below = (double)below / n,
                                .above = (double)above / n,
                                .lean = exp(lean),
                                .error = exp(sorted_median(errors, count)),
                                .width = exp(2 * normal_95 * sorted_median(spreads, count))};
}

bool leave_one_out(const struct price_trial *trial, struct holding *holding)
{
    const struct rows *all = &catalog_builtin.rows;
    struct reduced reduced = {.catalog = catalog_builtin};
    reduced.kept = malloc((all->observation_count + 1) * sizeof *reduced.kept);
    reduced.errors = malloc((all->observation_count + 1) * sizeof *reduced.errors);
    reduced.spreads = malloc((all->observation_count + 1) * sizeof *reduced.spreads);
    bool room = reduced.kept && reduced.errors && reduced.spreads;
    for (size_t i = 0; room && i < all->observation_count; i++)
        if (all->observations[i].kind[0] == 'r' && !was_tried(&all->observations[i]))
            predict_price(&reduced, &all->observations[i], trial);
    if (room)
        summarise_trial(reduced.errors, reduced.spreads, reduced.count, holding);
    free(reduced.kept);
    free(reduced.errors);
    free(reduced.spreads);
    return room;
}
