/* Quantities of a text, for the tests of how they are written and of what they stand for. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef TESTS_QUANTITIES_H
#define TESTS_QUANTITIES_H

#include "unit/count.h"

#include "engine/quantity.h"

#include <check.h>
#include <math.h>

#define Z95 1.6448536269514722 /* the 95 % quantile of the standard normal */

static inline struct quantity_rule free_rule(enum dimension dimension)
{
    return (struct quantity_rule){"value", dimension, -INFINITY, INFINITY, false};
}

static inline quantity read_as(enum dimension dimension, const char *text)
{
    struct quantity_rule rule = free_rule(dimension);
    traincost_error *error = traincost_error_new();
    quantity q = {.form = FORM_EXACT, .a = -12345};
    if (quantity_parse(text, &rule, &q, error))
        ck_abort_msg("'%s' is refused: %s", text, traincost_error_message(error));
    traincost_error_free(error);
    return q;
}

static inline quantity read_for(const char *key, const char *text)
{
    traincost_quantity *q = NULL;
    traincost_error *error = traincost_error_new();
    if (traincost_quantity_parse(key, text, &q, error))
        ck_abort_msg("%s '%s' is refused: %s", key, text, traincost_error_message(error));
    quantity copy = *q;
    traincost_quantity_free(q);
    traincost_error_free(error);
    return copy;
}

static inline bool close_to(double a, double b, double within)
{
    return a == b || fabs(a - b) <= within * fmax(fabs(a), fabs(b));
}

static inline bool same_bounded_quantity(const quantity *a, const quantity *b)
{
    return a->form == b->form && a->a == b->a && a->b == b->b && a->c == b->c && a->least == b->least &&
           a->most == b->most;
}

#endif
