/* How well chip-hours follow from compute: every published run that states parameters, tokens and chip-hours is
 * predicted from its parameters, tokens, chip and format. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_COMPUTE_CALIBRATION_H
#define TESTS_COMPUTE_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

/* What a trial may not know of the run that it predicts. */
enum leave_out { LEAVE_NOTHING, LEAVE_RUN, LEAVE_ORGANIZATION, LEAVE_FUTURE };

struct compute_trial {
    char run[48];
    const char *family; /* of the chip */
    double active, chips; /* chips: NaN where they are not stated */
    bool sparse;
    int year;
    double chip_hours; /* as published */
    double p5, p25, p50, p75, p95;
};

enum { COMPUTE_TRIALS = 160 };

/* Fills `trials` and returns how many there are. `chips`: the cluster is stated, where it was published. */
size_t compute_trials(enum leave_out leave, bool chips, struct compute_trial *trials);

struct compute_holding {
    size_t count;
    double within_90, within_50; /* shares of the runs in those ranges */
    double factor;               /* median factor between what was published and the median */
    double width;                /* median of the 95 % over the 5 % quantile */
};
struct compute_holding compute_hold(const struct compute_trial *trials, size_t count);

/* Series of throughput.csv in which only the cluster changes: the largest predicted from the smallest. */
struct series_holding {
    size_t count;
    double within, flat_within; /* how many lie within 20 %, with the slope and without one */
    double squares, flat_squares; /* sums of squares of the logarithms' errors */
};
struct series_holding series_hold(void);

void print_compute_calibration(void);

#endif
