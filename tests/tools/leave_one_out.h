/* How well the ranges of rental prices hold: each observed price is predicted from the others. */
#ifndef TESTS_LEAVE_ONE_OUT_H
#define TESTS_LEAVE_ONE_OUT_H

#include "defaults/prices_rental.h"

/* What may not be used to predict an observation. */
enum held_out {
    LEFT_MONTH,  /* all of that chip and vendor within 31 days: it cannot look itself up */
    LEFT_VENDOR, /* all of that chip and vendor */
    LEFT_CHIP,   /* all of that chip: it must borrow */
    LEFT_YEAR    /* all within a year of it: nothing is near */
};

struct holding {
    size_t count;
    double within_90, within_50; /* shares of the prices that lay in the 90 % and the 50 % range */
    double error;                /* median factor between the price and the median predicted */
    double width;                /* median of the 95 % over the 5 % quantile */
};

/* For qsort of doubles; the median of values, which it sorts: NaN of none. */
int ascending_values(const void *a, const void *b);
double sorted_median(double *values, size_t count);

extern const char *const term_words[];

/* Of the built-in observations that belong to the term; the same chip, vendor, class and price are tried once.
 * They are brought to the term as the model does, or taken as they were offered. False: out of memory. */
bool leave_one_out(enum price_term term, enum held_out left, bool as_offered, struct holding *holding);

#endif
