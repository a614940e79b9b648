/* The catalogue of chips as text, JSON and CSV. A renderer writes and gives false where memory
 * ran out; whether the writing went well is seen when the output is closed. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RENDER_CHIPS_H
#define CLI_RENDER_CHIPS_H

#include "output.h"

#include <stdbool.h>
#include <traincost.h>

/* A rent with what it was asked for. */
struct priced {
    const char *date;
    const char *term;
    traincost_price *price;
};

struct chips_view {
    const traincost_catalog *catalog;
    const char *date; /* of the prices in the list */
    const char *term;
    const char *tier, *region;  /* NULL: all tiers, the world */
    const char *only_term;      /* that was asked for; NULL: all of them, of the one */
    const char *asked;          /* the name as it was given; NULL: all chips */
    const traincost_chip *chip; /* that one */
    bool usual;                 /* the name stands for several */
    struct priced *prices;      /* of each chip in the list; of the one, by date and term */
    size_t price_count;
    traincost_price *hardware, *purchase; /* of the one: new, when it became available and at the date */
};

/* The JSON of what the view shows, for traincost_text_free; NULL where memory ran out. */
char *chips_json(const struct chips_view *view);

bool render_chips_text(const struct output *output, const struct chips_view *view);
bool render_chips_json(const struct output *output, const struct chips_view *view);
bool render_chips_csv(const struct output *output, const struct chips_view *view);

#endif
