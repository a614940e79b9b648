/* The factors that a claim is usually off by. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_CHECK_SLIP_FACTORS_H
#define LIB_CHECK_SLIP_FACTORS_H

#include "answers/check_report.h"

enum slip_figure { SLIP_MONEY, SLIP_HOURS, SLIP_ENERGY, SLIP_CARBON, SLIP_COMPUTE, SLIP_FIGURES };

struct slip_factor {
    double factor;         /* over 1 */
    const char *high, *low; /* what makes a figure too high by it, and too low; NULL: nothing */
    double needs;           /* how many times wider than a range it must be, there being more like it */
    bool rare;              /* less usual than others that would do as well */
};

enum { SLIP_FACTORS = 48 };

struct slip_factors {
    struct slip_factor items[SLIP_FACTORS];
    size_t count;
};

/* Those that can be wrong with this run's chips, stages and tokens; the likelier name of a factor alone. */
void slip_factors_find(struct traincost_report *report, enum slip_figure figure, struct slip_factors *list);

#endif
