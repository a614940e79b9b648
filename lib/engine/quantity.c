/* What an uncertain number is: its laws, their quantiles, their ends. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/quantity.h"

#include "base/elementary.h"
#include "engine/probability.h"

#include <stdlib.h>
#include <string.h>

quantity quantity_exact(double value)
{
    return (quantity){.form = FORM_EXACT, .a = value, .least = -INFINITY, .most = INFINITY};
}

quantity quantity_lognormal(double median, double factor)
{
    return (quantity){.form = FORM_LOGNORMAL, .a = median, .b = factor, .least = -INFINITY, .most = INFINITY};
}

quantity quantity_scaled(quantity q, double factor)
{
    q.a *= factor;
    if (q.form != FORM_LOGNORMAL)
        q.b *= factor;
    q.c *= factor;
    q.written *= factor;
    q.telling *= factor;
    return q;
}

quantity quantity_bounded(quantity q, const struct quantity_rule *rule)
{
    q.least = rule->least;
    q.most = rule->most;
    return q;
}

/* ---- the law ---- */

/* Two parameters of the normal or lognormal forms; the others keep a, b and c. */
static void set_law(struct sampler *law, const quantity *q)
{
    *law = (struct sampler){
        .law = SAMPLE_NORMAL, .a = q->a, .b = q->b, .c = q->c, .span = 1, .least = q->least, .most = q->most};
    law->m = q->a;
    switch (q->form) {
    case FORM_EXACT:
        law->law = SAMPLE_CONSTANT;
        break;
    case FORM_ABOUT:
        law->s = 0.1 * fabs(q->a) / elementary_normal_95;
        break;
    case FORM_INTERVAL:
        if (q->a > 0) {
            law->law = SAMPLE_LOGNORMAL;
            law->m = 0.5 * (elementary_log(q->a) + elementary_log(q->b));
            law->s = 0.5 * elementary_log(q->b / q->a) / elementary_normal_95;
        } else {
            law->m = 0.5 * (q->a + q->b);
            law->s = 0.5 * (q->b - q->a) / elementary_normal_95;
        }
        break;
    case FORM_PLUS_MINUS:
        law->s = q->b / elementary_normal_95;
        break;
    case FORM_NORMAL:
        law->s = q->b;
        break;
    case FORM_LOGNORMAL:
        law->law = SAMPLE_LOGNORMAL;
        law->m = elementary_log(q->a);
        law->s = elementary_log(q->b) / elementary_normal_95;
        break;
    case FORM_UNIFORM:
        law->law = SAMPLE_UNIFORM;
        break;
    case FORM_TRIANGULAR:
        law->law = SAMPLE_TRIANGULAR;
        break;
    case FORM_PERT:
        law->law = SAMPLE_TABLE;
        break;
    }
}

bool quantity_is_exact(const quantity *q)
{
    switch (q->form) {
    case FORM_EXACT:
        return true;
    case FORM_ABOUT:
        return q->a == 0;
    case FORM_PLUS_MINUS:
    case FORM_NORMAL:
        return q->b == 0;
    case FORM_LOGNORMAL:
        return q->b == 1;
    case FORM_INTERVAL:
    case FORM_UNIFORM:
        return q->a == q->b;
    case FORM_TRIANGULAR:
    case FORM_PERT:
        return q->a == q->c;
    }
    return false;
}

static double pert_alpha(const quantity *q)
{
    return 1 + 4 * (q->b - q->a) / (q->c - q->a);
}

static double pert_beta(const quantity *q)
{
    return 1 + 4 * (q->c - q->b) / (q->c - q->a);
}

/* P(X < x) before the bounds cut. */
static double whole_cdf(const quantity *q, const struct sampler *law, double x)
{
    switch (law->law) {
    case SAMPLE_CONSTANT:
        return x > q->a;
    case SAMPLE_NORMAL:
        return probability_normal((x - law->m) / law->s);
    case SAMPLE_LOGNORMAL:
        return x <= 0 ? 0 : isinf(x) ? 1 : probability_normal((elementary_log(x) - law->m) / law->s);
    case SAMPLE_UNIFORM:
        return fmin(1, fmax(0, (x - q->a) / (q->b - q->a)));
    case SAMPLE_TRIANGULAR:
        if (x <= q->a || x >= q->c)
            return x >= q->c;
        if (x < q->b)
            return (x - q->a) * (x - q->a) / ((q->c - q->a) * (q->b - q->a));
        return 1 - (q->c - x) * (q->c - x) / ((q->c - q->a) * (q->c - q->b));
    case SAMPLE_TABLE:
        if (x <= q->a || x >= q->c)
            return x >= q->c;
        return probability_beta((x - q->a) / (q->c - q->a), pert_alpha(q), pert_beta(q));
    }
    return 0;
}

/* Newton's steps inside a shrinking bracket: GSL's own inverse can give up through its error handler. */
static double beta_inverse(double p, double alpha, double beta)
{
    double low = 0, high = 1, x = alpha / (alpha + beta);
    for (int i = 0; i < 200 && high - low > 1e-16 * high; i++) {
        double miss = probability_beta(x, alpha, beta) - p;
        if (miss == 0)
            break;
        if (miss > 0)
            high = x;
        else
            low = x;
        double density = probability_beta_density(x, alpha, beta);
        double next = density > 0 ? x - miss / density : -1;
        if (!(next > low && next < high))
            next = 0.5 * (low + high);
        if (fabs(next - x) <= 2e-16 * x)
            break;
        x = next;
    }
    return x;
}

static double triangular_inverse(double a, double mode, double c, double p)
{
    double below = (mode - a) / (c - a);
    if (p < below)
        return a + sqrt(p * (c - a) * (mode - a));
    return c - sqrt((1 - p) * (c - a) * (c - mode));
}

static double whole_inverse(const quantity *q, const struct sampler *law, double p)
{
    switch (law->law) {
    case SAMPLE_CONSTANT:
        return q->a;
    case SAMPLE_NORMAL:
        return p <= 0 ? -INFINITY : p >= 1 ? INFINITY : law->m + law->s * normal_inverse(p);
    case SAMPLE_LOGNORMAL:
        return p <= 0 ? 0 : p >= 1 ? INFINITY : elementary_exp(law->m + law->s * normal_inverse(p));
    case SAMPLE_UNIFORM:
        return q->a + p * (q->b - q->a);
    case SAMPLE_TRIANGULAR:
        return triangular_inverse(q->a, q->b, q->c, p);
    case SAMPLE_TABLE:
        if (p <= 0 || p >= 1)
            return p <= 0 ? q->a : q->c;
        return q->a + (q->c - q->a) * beta_inverse(p, pert_alpha(q), pert_beta(q));
    }
    return NAN;
}

static void cut_at_bounds(struct sampler *law, const quantity *q)
{
    law->from = whole_cdf(q, law, q->least);
    law->span = whole_cdf(q, law, q->most) - law->from;
}

double quantity_quantile(const quantity *q, double p)
{
    if (!(p >= 0 && p <= 1))
        return NAN;
    if (quantity_is_exact(q))
        return q->a;
    struct sampler law;
    set_law(&law, q);
    cut_at_bounds(&law, q);
    double x = whole_inverse(q, &law, law.from + p * law.span);
    return fmin(fmax(x, q->least), q->most);
}

bool quantity_is_lognormal(const quantity *q, double *mean, double *deviation)
{
    struct sampler law;
    if (quantity_is_exact(q))
        return false;
    set_law(&law, q);
    *mean = law.m;
    *deviation = law.s;
    if (law.law != SAMPLE_LOGNORMAL)
        return false;
    double reach = sampler_reach * law.s;
    return (q->least <= 0 || elementary_log(q->least) < law.m - reach) &&
           (isinf(q->most) || elementary_log(q->most) > law.m + reach);
}

double quantity_width(const quantity *q)
{
    if (quantity_is_exact(q))
        return 0;
    double low = quantity_quantile(q, 0.05), high = quantity_quantile(q, 0.95);
    return low > 0 ? elementary_log(high / low) : 100;
}

/* ---- sampling ---- */

static traincost_status make_table(const quantity *q, double **table, traincost_error *error)
{
    double *values = malloc(2 * (SAMPLER_STEPS + 1) * sizeof *values);
    if (!values)
        return error_no_memory(error);
    double range = q->c - q->a, step = 2 * sampler_reach / (double)SAMPLER_STEPS;
    double alpha = pert_alpha(q), beta = pert_beta(q);
    for (int i = 0; i <= SAMPLER_STEPS; i++) {
        double z = -sampler_reach + i * step;
        double x = beta_inverse(probability_normal(z), alpha, beta);
        double density = probability_beta_density(x, alpha, beta);
        values[2 * i] = q->a + range * x;
        values[2 * i + 1] = density > 0 ? step * range * probability_normal_density(z) / density : 0;
    }
    *table = values;
    return TRAINCOST_OK;
}

traincost_status sampler_init(struct sampler *sampler, const quantity *q, double **table,
                              traincost_error *error)
{
    *table = NULL;
    set_law(sampler, q);
    if (quantity_is_exact(q)) {
        sampler->law = SAMPLE_CONSTANT;
        sampler->a = q->a;
        return TRAINCOST_OK;
    }
    cut_at_bounds(sampler, q);
    if (sampler->law != SAMPLE_TABLE)
        return TRAINCOST_OK;
    traincost_status status = make_table(q, table, error);
    sampler->table = *table;
    return status;
}
