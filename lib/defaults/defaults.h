/* What holds where nothing is stated: a quantity, and in words what it rests on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_DEFAULTS_H
#define LIB_DEFAULTS_H

#include "catalog/catalog.h"
#include "defaults/mfu.h"
#include "model/parameters.h"
#include "defaults/prices_rental.h"

/* What a default depends on. */
struct circumstances {
    const traincost_catalog *catalog;
    const traincost_chip *chip;
    int day;
    enum price_term term;
    enum price_tier tier;
    bool hyperscaler;
    const char *operator_name; /* of one whose PUE is known; "": none was named */
    bool owner_hyperscaler; /* who owns the chip: of those that are not sold, their maker */
    double life, depreciation; /* as stated, medians; NaN where they are not */
    const char *region;
    struct mfu_work work; /* for the MFU: its chip is the one above */
};

enum { DEFAULT_SOURCE = 640 };

struct default_value {
    quantity q;
    char source[DEFAULT_SOURCE];
    bool forecast; /* of a price, for a date after the newest of the catalogue */
    bool inferred; /* from like chips or another region, as no figure of its own is there */
};

/* Every quantity has one, but for those that say what was done (chips, hours, tokens, ...) and power.
 * Errors: DATA (the catalogue lacks the fact, or its value cannot be read). */
traincost_status default_find(enum parameter parameter, const struct circumstances *where,
                              struct default_value *value, traincost_error *error);

#endif
