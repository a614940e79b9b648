/* Money as it was stated, in dollars of its date; a server's price by its chips. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_MONEY_H
#define LIB_MONEY_H

#include "run/scenario.h"

/* Brings what a stage states in another currency, or of a whole server, to dollars and a chip; of TRAINCOST_RUN what the
 * run, its claim and all of its stages do. To be called after each statement of it: the date and the chips may come
 * later than the price. */
void money_settle(traincost_scenario *scenario, size_t stage);

/* The factor that brings a figure in that currency to dollars of the run's date; 0 where no rate is known. */
double money_factor(const traincost_scenario *run, int currency);

/* What was done to a figure that was stated so, at that date: "2 EUR at 0.8684 EUR for a dollar ..."; "" for dollars
 * of a chip. */
enum { MONEY_NOTE = 320 };
const char *money_note(const traincost_catalog *catalog, const quantity *stated, const char *text, int day,
                       double server_chips, char out[MONEY_NOTE]);

/* The chips of the server whose price a stage states; 0 where it is not known. */
double money_server_chips(const traincost_scenario *scenario, size_t stage);

#endif
