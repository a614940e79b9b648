/* The goodput to expect of a cluster of many chips. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_GOODPUT_H
#define LIB_GOODPUT_H

#include "catalog/catalog.h"
#include "engine/quantity.h"

/* Up to so many chips the flat default holds. */
extern const double goodput_flat_chips;

/* From the rows `failure-rate`, `restart-time`, `checkpoint-stall` and `goodput-rest`. Errors: DATA. */
traincost_status goodput_expect(const traincost_catalog *catalog, double chips, quantity *goodput, char *basis,
                                size_t size, traincost_error *error);

#endif
