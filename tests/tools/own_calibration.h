/* How well what owning costs holds the figures published of it, and a purchase price those that were seen. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_OWN_CALIBRATION_H
#define TESTS_OWN_CALIBRATION_H

#include "tools/leave_one_out.h"

/* A published figure, all in, in USD a chip-hour at full use, against ours. */
struct own_trial {
    const char *chip, *date, *operator;
    double published;
    double p5, p50, p95;
};

enum { OWN_TRIALS = 20 };

/* Each without the purchase prices that such figures imply of that chip, as those come from these very figures;
 * or, where `as_is`, with them. False: out of memory. */
bool own_trials(bool as_is, struct own_trial trials[OWN_TRIALS]);

/* Purchases that are tried: those that were asked, or those that published figures of owning imply. */
enum purchase_kind { PURCHASE_ASKED, PURCHASE_IMPLIED };

/* How well a purchase is predicted without those of LEFT_MONTH, LEFT_CHIP, or with those only of LEFT_AHEAD. Estimates
 * are not tried. False: out of memory. */
bool purchases_left_out(enum purchase_kind kind, enum held_out left, int months, struct holding *holding);

#endif
