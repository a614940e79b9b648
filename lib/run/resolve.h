/* From a run as stated to what is drawn. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_RESOLVE_H
#define LIB_RESOLVE_H

#include "run/resolved.h"

/* Errors: MISSING, CONFLICT, DATA, NO_MEMORY; RANGE (dollars of a year without an index). It keeps nothing of the
 * scenario but the catalogue's rows. Where it is lenient, chip-hours hold against chips x hours that contradict them.
 * Money is in dollars `of` a year or a month, a copy; "": of each stage's day. The model is linear in prices, so that
 * all that follows from them is too. */
traincost_status scenario_resolve(const traincost_scenario *scenario, bool lenient, const char *of,
                                  struct resolved *resolved, traincost_error *error);
/* The factor that brings dollars of the day of a stage, or of the run, to those that are asked for. */
double scenario_dollars(const traincost_scenario *scenario, size_t stage, const struct dollars *dollars);

#endif
