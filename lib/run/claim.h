/* A published figure about a run: what was stated, how firmly, what it counts, and who says so. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_CLAIM_H
#define LIB_CLAIM_H

#include "engine/quantity.h"
#include "run/dollars.h"

enum claim_figure {
    CLAIM_USD,
    CLAIM_ENERGY,
    CLAIM_CO2,
    CLAIM_CHIP_HOURS,
    CLAIM_PRICE, /* per chip-hour, as the source states it */
    CLAIM_MFU,
    CLAIM_HOURS,      /* on the clock */
    CLAIM_THROUGHPUT, /* tokens a second and chip */
    CLAIM_FIGURES
};

/* What dollars may count, in the order of the design's scopes. */
enum claim_scope {
    SCOPE_ELECTRICITY,
    SCOPE_RENTAL,
    SCOPE_OWN,
    SCOPE_OWNERSHIP,
    SCOPE_ACQUISITION,
    SCOPE_WITH_BASE,
    SCOPE_OWN_WITH_BASE,
    SCOPE_WEAR_WITH_BASE,
    SCOPE_DEVELOPMENT,
    CLAIM_SCOPES
};

/* What energy and CO2 may count. */
enum claim_site { SITE_CHIPS, SITE_SERVERS, SITE_WHOLE, CLAIM_SITES };

/* What else a file says about a run and its claim; the keys are those of `claim_text_keys`. */
enum claim_text {
    TEXT_ID,
    TEXT_ORGANIZATION,
    TEXT_RUN_SOURCE,
    TEXT_RUN_STATUS,
    TEXT_TELLING_OF,
    TEXT_ENDED,
    TEXT_NOTE,
    TEXT_CONTRADICTION,
    TEXT_PUBLISHED,
    TEXT_SOURCE,
    TEXT_CONFIDENCE,
    TEXT_STATUS,
    TEXT_CIRCULAR,
    TEXT_CLAIM_NOTE,
    CLAIM_TEXTS
};

enum claim_bound { BOUND_EXACT, BOUND_ABOUT, BOUND_AT_LEAST, BOUND_AT_MOST };

struct claim_statement {
    bool given;
    enum claim_bound bound;
    double value;
    double low, high; /* what its digits, "about" or its range leave open */
    int currency;     /* that it was stated in, with its figures; the others are dollars */
    double own_value, own_low, own_high;
    bool may_be_yen;
    char text[64];    /* as it was stated, cut */
};

struct claim {
    struct claim_statement figures[CLAIM_FIGURES];
    int counts;        /* a claim_scope; -1: not stated */
    int energy_counts; /* a claim_site; -1: not stated */
    char dollars[DOLLARS_TEXT]; /* of which year or month they are; "": of the day */
    char *texts[CLAIM_TEXTS];
    traincost_claim shown[CLAIM_FIGURES]; /* as the public sees them; kept by claim_show */
};

/* An empty claim; freed in any case. */
void claim_init(struct claim *claim);
void claim_free(struct claim *claim);

/* States a figure or what it counts, by its key in a file ("usd"). Errors: UNKNOWN, SYNTAX, UNIT, RANGE, each
 * with what to write instead. */
traincost_status claim_state(struct claim *claim, const char *key, const char *value, traincost_error *error);

/* Which text that key is, of the claim or of the run around it; CLAIM_TEXTS where it is none. */
enum claim_text claim_text_find(const char *key, bool of_claim);
/* Errors: SYNTAX (a date that is none), NO_MEMORY. */
traincost_status claim_set_text(struct claim *claim, enum claim_text which, const char *value,
                                traincost_error *error);

/* True where there is something to check: a figure, or a source whose statements may disagree. */
bool claim_states_any(const struct claim *claim);

/* Which scope of dollars that word means, also as it is spoken ("rent"). Errors: UNKNOWN, of `what`. */
traincost_status claim_find_scope(const char *what, const char *word, int *scope, traincost_error *error);
/* The dollars' scope: the one stated, else the rent. */
enum claim_scope claim_counts(const struct claim *claim);

/* "rental"; "chips". */
extern const char *const claim_scope_names[CLAIM_SCOPES];
extern const char *const claim_site_names[CLAIM_SITES];
extern const char *const claim_bound_names[];
/* Brings `shown` up to date where figures have changed. */
void claim_show(struct claim *claim);
const traincost_claim_key *claim_figure_key(enum claim_figure figure);

/* How far a stated figure may be from what was meant, as a share of it: half of its last digit that is not 0, at
 * most 5 %. 0 for what was counted or worked out. */
double claim_rounding(const quantity *q);

#endif
