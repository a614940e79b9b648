/* A cluster as people write it: 512xH800, H100:8, 2x8xH100, v5p-64, 4xp5.48xlarge. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_CLUSTER_H
#define LIB_CLUSTER_H

#include "catalog/catalog.h"
#include "engine/quantity.h"

enum { CLUSTER_NOTE = 200 };
struct cluster {
    quantity chips;
    const traincost_chip *chip;
    bool usual;                /* the chip's name stands for several */
    double machine_chips;      /* of one machine of a cloud; 0: none was named */
    char name[64];             /* of the chip, as it was written */
    char note[CLUSTER_NOTE];   /* what the name of a slice or a machine means; "" */
};

/* Errors: SYNTAX (no cluster's form), UNKNOWN (its form, with a chip or machine that nobody knows), RANGE, CONFLICT. */
traincost_status cluster_read(const traincost_catalog *catalog, const char *text, struct cluster *cluster,
                              traincost_error *error);

#endif
