/* How well the ranges hold the published claims of the catalogue. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_CLAIM_CALIBRATION_H
#define TESTS_CLAIM_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

enum { TRIALS_MOST = 256 };

enum trial_kind { TRIAL_DOLLARS, TRIAL_ENERGY };

/* One claim against its range. */
struct trial {
    char id[64], root[64]; /* of the telling, and of the run that it tells */
    char organization[64]; /* whose run it is */
    const char *scope;
    bool confirmed; /* by who made the run */
    bool circular;  /* computed from a price or a rated power that we use too */
    double value, p5, p25, p50, p75, p95;
};

struct calibration {
    size_t count, organizations;
    double of_organizations; /* share in the 90 % range where each organization counts as one */
    double within_90, within_50; /* shares */
    double factor;               /* median of the claim over the median, or the reverse */
    double width_90, width_50;   /* medians of the upper end over the lower */
    double score_90,
        score_50; /* mean interval scores of the logarithms (Gneiting and Raftery 2007): less is better */
};

/* One trial a run: of several tellings of one run that state a figure and not a bound a confirmed one,
 * else the first. Energy is tried
 * with the default power and PUE, whatever the source states of them. Returns how many, or 0 where memory ran
 * out. */
size_t claim_trials(enum trial_kind kind, struct trial trials[TRIALS_MOST]);

/* Of the trials that are circular, or of those that are not. */
struct calibration calibrate(const struct trial *trials, size_t count, bool circular);

#endif
