/* Goodput from failures, restarts and checkpoints: Young's interval between checkpoints, and the effective training
 * time ratio of Kokolis et al. 2024 (arXiv 2410.21680). */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/goodput.h"

#include "base/text.h"

#include <math.h>
#include <stdio.h>

const double goodput_flat_chips = 4096;

/* Nobody goes longer than this without a checkpoint. */
static const double longest_interval = 3;
/* Strata of each of four inputs. */
enum { GOODPUT_STRATA = 6, GOODPUT_INPUTS = 4, GOODPUT_POINTS = 1296 };

/* `failures` a chip-hour; from failure to running again, and blocked by a checkpoint, in hours. */
static double goodput_of(double chips, double failures, double restart, double stall, double rest)
{
    double rate = failures * chips, interval = fmin(sqrt(2 * stall / rate), longest_interval);
    return rest / (1 + rate * (restart + interval / 2) + stall / interval);
}

static traincost_status read_goodput_part(const traincost_catalog *catalog, const char *key, enum dimension dimension,
                                          double values[GOODPUT_STRATA], traincost_error *error)
{
    const traincost_fact *fact = catalog_find_fact(catalog, key, "", "", 0);
    struct quantity_rule rule = {key, dimension, 0, INFINITY, true};
    quantity q;
    if (!fact)
        return error_set(error, TRAINCOST_DATA, "the catalogue has no default for %s", key);
    traincost_status status = quantity_parse(fact->value, &rule, &q, error);
    for (int i = 0; i < GOODPUT_STRATA && status == TRAINCOST_OK; i++)
        values[i] = quantity_quantile(&q, (i + 0.5) / (double)GOODPUT_STRATA);
    return status;
}

/* A PERT between the ends of all combinations with their mean. */
static quantity enclose(double least, double mean, double most)
{
    double mode = (6 * mean - least - most) / 4;
    quantity q = quantity_exact(mean);
    q.form = FORM_PERT;
    q.a = least;
    q.b = fmin(fmax(mode, least), most);
    q.c = most;
    return q;
}

traincost_status goodput_expect(const traincost_catalog *catalog, double chips, quantity *goodput, char *basis,
                                size_t size, traincost_error *error)
{
    static const struct {
        const char *key;
        enum dimension dimension;
    } parts[GOODPUT_INPUTS] = {{"failure-rate", DIMENSION_RATIO},
                               {"restart-time", DIMENSION_TIME},
                               {"checkpoint-stall", DIMENSION_TIME},
                               {"goodput-rest", DIMENSION_SHARE}};
    double values[GOODPUT_INPUTS][GOODPUT_STRATA], least = 1, most = 0, sum = 0;
    traincost_status status = TRAINCOST_OK;
    for (int k = 0; k < GOODPUT_INPUTS && status == TRAINCOST_OK; k++)
        status = read_goodput_part(catalog, parts[k].key, parts[k].dimension, values[k], error);
    for (int i = 0; i < GOODPUT_POINTS && status == TRAINCOST_OK; i++) {
        int at[GOODPUT_INPUTS];
        for (int k = 0, left = i; k < GOODPUT_INPUTS; k++, left /= GOODPUT_STRATA)
            at[k] = left % GOODPUT_STRATA;
        double x = goodput_of(chips, values[0][at[0]], values[1][at[1]], values[2][at[2]], values[3][at[3]]);
        least = fmin(least, x);
        most = fmax(most, x);
        sum += x;
    }
    if (status)
        return status;
    char count[TEXT_NUMBER];
    *goodput = enclose(least, sum / (double)GOODPUT_POINTS, most);
    text_print_grouped(chips, 6, count);
    snprintf(basis, size,
             "from failures at %s chips: 1e-5 to 4e-5 a chip-hour, restarts of 2 to 40 min, checkpoints at the best "
             "interval; https://arxiv.org/abs/2410.21680",
             count);
    return TRAINCOST_OK;
}
