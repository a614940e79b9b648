/* How well the ranges of rental prices hold: each observed price is predicted from the others. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_LEAVE_ONE_OUT_H
#define TESTS_LEAVE_ONE_OUT_H

#include "defaults/prices_rental.h"

/* What may not be used to predict an observation. */
enum held_out {
    LEFT_MONTH,  /* all of that vendor within 31 days: no price list looks itself up */
    LEFT_VENDOR, /* all of that chip and vendor */
    LEFT_CHIP,   /* all of that chip: it must borrow */
    LEFT_YEAR,   /* all within a year of it: nothing is near */
    LEFT_AHEAD   /* all but those that were seen so many months before it: a forecast */
};

/* Which observations are tried, and how. */
struct price_trial {
    enum price_term term;
    enum price_tier tier; /* not TIER_ALL: its offers, each asked for by its own term where `term` is TERM_ANY */
    enum held_out left;
    int months;      /* of LEFT_AHEAD */
    bool as_offered; /* not brought to the term as the model does */
};

struct holding {
    size_t count;
    double within_90, within_50; /* shares of the prices that lay in the 90 % and the 50 % range */
    double below, above;         /* shares of those that lay outside the 90 % range */
    double lean;                 /* median of the price over the median predicted */
    double error;                /* median factor between the two, whichever is more */
    double width;                /* median of the 95 % over the 5 % quantile */
};

/* Whether the trial may not use `seen` where it is to predict `wanted`. */
bool is_left_out(const traincost_observation *seen, const traincost_observation *wanted,
                 const struct price_trial *trial);
/* Of predictions: their errors in logarithms, with their sign, and their spreads; sorts both. */
void summarise_trial(double *errors, double *spreads, size_t count, struct holding *holding);

/* For qsort of doubles; the median of values, which it sorts: NaN of none. */
int ascending_values(const void *a, const void *b);
double sorted_median(double *values, size_t count);

extern const char *const term_words[];
extern const char *const tier_words[TIERS];

/* Of the built-in observations that belong to the trial; the same chip, vendor, term and price are tried once.
 * False: out of memory. */
bool leave_one_out(const struct price_trial *trial, struct holding *holding);

#endif
