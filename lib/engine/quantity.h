/* An uncertain number: parse, print, inverse CDF. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_QUANTITY_H
#define LIB_QUANTITY_H

#include "base/error.h"
#include "base/text.h"
#include "engine/instruction_set.h"
#include "engine/units.h"

/* What a parameter allows. `most` may be infinite; `open` excludes `least` itself. */
struct quantity_rule {
    const char *key;
    enum dimension dimension;
    double least, most;
    bool open;
};

/* The form in which it was written; a, b and c are its numbers, in that order and in the base unit. */
enum quantity_form {
    FORM_EXACT,      /* a */
    FORM_ABOUT,      /* ~a: normal, 90 % within 10 % */
    FORM_INTERVAL,   /* a..b: 90 %, lognormal where a > 0, else normal */
    FORM_PLUS_MINUS, /* a +- b: normal, 90 % within b */
    FORM_NORMAL,     /* normal(mean a, sd b) */
    FORM_LOGNORMAL,  /* lognormal(median a, factor b): b is the 95 % quantile over the median */
    FORM_UNIFORM,    /* uniform(a, b) */
    FORM_TRIANGULAR, /* triangular(least a, mode b, most c) */
    FORM_PERT        /* pert(least a, mode b, most c): beta with the mode weighed 4 */
};

struct traincost_quantity {
    enum quantity_form form;
    double a, b, c;
    double least, most; /* of the parameter: the distribution is cut there */
    double written, telling; /* of an exact one: the place of the last digit as it was written, and of the last that
                                is not 0; 0 for what was counted or worked out */
    unsigned char currency;  /* of money: a, b and c are in it */
    unsigned char per;       /* enum unit_per: what a price or throughput is of */
    unsigned char rate;      /* enum unit_rate, of a throughput */
    bool may_be_yen;         /* written with the sign that two currencies share */
};
typedef struct traincost_quantity quantity;

traincost_status quantity_parse(const char *text, const struct quantity_rule *rule, quantity *out,
                                traincost_error *error);
/* As snprintf: a text that parses to the same quantity, never longer than QUANTITY_TEXT. */
enum { QUANTITY_TEXT = 128 };
size_t quantity_print(const quantity *q, char *out, size_t size);

quantity quantity_exact(double value);
quantity quantity_lognormal(double median, double factor);
/* q times an exact factor > 0; the bounds stay. */
quantity quantity_scaled(quantity q, double factor);
quantity quantity_bounded(quantity q, const struct quantity_rule *rule);

bool quantity_is_exact(const quantity *q);
/* Whether it is a lognormal that no bound cuts: with the mean and the deviation of its logarithm. */
bool quantity_is_lognormal(const quantity *q, double *mean, double *deviation);
double quantity_quantile(const quantity *q, double p);
/* The 95 % quantile over the 5 % one, as a logarithm: how much it can move an answer. */
double quantity_width(const quantity *q);

/* A quantity made ready for sampling. */
struct sampler {
    enum {
        SAMPLE_CONSTANT,
        SAMPLE_NORMAL,
        SAMPLE_LOGNORMAL,
        SAMPLE_UNIFORM,
        SAMPLE_TRIANGULAR,
        SAMPLE_TABLE
    } law;
    double m, s;         /* mean and sd (of the logarithm for a lognormal) */
    double a, b, c;      /* of a uniform or triangular one */
    double from, span;   /* the share of the distribution that the bounds leave */
    double least, most;  /* these bounds, which rounding must not pass */
    const double *table; /* of a PERT: values and slopes over the normal score */
};

/* `*table` becomes what sampler_release must free, or NULL. */
traincost_status sampler_init(struct sampler *sampler, const quantity *q, double **table,
                              traincost_error *error);

/* A PERT's inverse is smooth in the normal score z, so a cubic through values and slopes at even steps of z
 * follows it to 1e-8 of its range; the ends stand for what lies beyond. */
enum { SAMPLER_STEPS = 512 };
static const double sampler_reach = 8.25;

/* Turns n uniform numbers in (0, 1) into n samples: quantiles, whose normal scores err by 2e-9 of them. `u` and
 * `x` do not overlap. */
ISA_DECLARE(sampler_fill,
            (const struct sampler *sampler, const double *restrict u, double *restrict x, size_t n));

/* The same from the normal scores in `x`, where the bounds leave the whole distribution and its law has one. */
ISA_DECLARE(sampler_finish, (const struct sampler *sampler, double *x, size_t n));

/* z = the sum of `count` columns of scores, each times its weight. */
ISA_DECLARE(sampler_mix, (const double *restrict weights, const double *const *scores, size_t count,
                          double *restrict z, size_t n));

/* u = P(Z < z) for each of them. */
ISA_DECLARE(normal_fill, (const double *restrict z, double *restrict u, size_t n));

#endif
