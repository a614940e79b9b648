#include "quantity.h"

#include "elementary.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_randist.h>
#include <stdlib.h>
#include <string.h>

quantity quantity_exact(double value)
{
    return (quantity){FORM_EXACT, value, 0, 0, -INFINITY, INFINITY};
}

quantity quantity_lognormal(double median, double factor)
{
    return (quantity){FORM_LOGNORMAL, median, factor, 0, -INFINITY, INFINITY};
}

quantity quantity_scaled(quantity q, double factor)
{
    q.a *= factor;
    if (q.form != FORM_LOGNORMAL)
        q.b *= factor;
    q.c *= factor;
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
    *law = (struct sampler){.law = SAMPLE_NORMAL, .a = q->a, .b = q->b, .c = q->c, .span = 1};
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
        return gsl_cdf_ugaussian_P((x - law->m) / law->s);
    case SAMPLE_LOGNORMAL:
        return x <= 0 ? 0 : isinf(x) ? 1 : gsl_cdf_ugaussian_P((elementary_log(x) - law->m) / law->s);
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
        return gsl_cdf_beta_P((x - q->a) / (q->c - q->a), pert_alpha(q), pert_beta(q));
    }
    return 0;
}

/* Newton's steps inside a shrinking bracket: GSL's own inverse can give up through its error handler. */
static double beta_inverse(double p, double alpha, double beta)
{
    double low = 0, high = 1, x = alpha / (alpha + beta);
    for (int i = 0; i < 200 && high - low > 1e-16 * high; i++) {
        double miss = gsl_cdf_beta_P(x, alpha, beta) - p;
        if (miss == 0)
            break;
        if (miss > 0)
            high = x;
        else
            low = x;
        double density = gsl_ran_beta_pdf(x, alpha, beta);
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

double quantity_width(const quantity *q)
{
    if (quantity_is_exact(q))
        return 0;
    double low = quantity_quantile(q, 0.05), high = quantity_quantile(q, 0.95);
    return low > 0 ? elementary_log(high / low) : 100;
}

/* ---- sampling ---- */

/* A PERT's inverse is smooth in the normal score z, so a cubic through values and slopes at even steps of z
 * follows it to 1e-8 of its range; the ends stand for what lies beyond. */
enum { TABLE_STEPS = 512 };
static const double table_reach = 8.25;

static traincost_status make_table(const quantity *q, double **table, traincost_error *error)
{
    double *values = malloc(2 * (TABLE_STEPS + 1) * sizeof *values);
    if (!values)
        return error_no_memory(error);
    double range = q->c - q->a, step = 2 * table_reach / TABLE_STEPS;
    double alpha = pert_alpha(q), beta = pert_beta(q);
    for (int i = 0; i <= TABLE_STEPS; i++) {
        double z = -table_reach + i * step;
        double x = beta_inverse(gsl_cdf_ugaussian_P(z), alpha, beta);
        double density = gsl_ran_beta_pdf(x, alpha, beta);
        values[2 * i] = q->a + range * x;
        values[2 * i + 1] = density > 0 ? step * range * gsl_ran_ugaussian_pdf(z) / density : 0;
    }
    *table = values;
    return TRAINCOST_OK;
}

static double table_lookup(const double *table, double z)
{
    double place = (z + table_reach) * (TABLE_STEPS / (2 * table_reach));
    place = fmin(fmax(place, 0), TABLE_STEPS - 1e-9);
    size_t i = (size_t)place;
    double t = place - (double)i, u = 1 - t;
    const double *node = table + 2 * i;
    return u * u * ((1 + 2 * t) * node[0] + t * node[1]) + t * t * ((1 + 2 * u) * node[2] - u * node[3]);
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

/* At most this many go through fill_normal_scores at a time. */
enum { CHUNK = 256 };

/* The middle of a chunk goes through one formula. The tails, 15 % of it, are gathered so that theirs vectorises
 * too; of what is farther out than that one reaches there is next to nothing. */
static void fill_normal_chunk(double from, double span, const double *restrict u, double *restrict z, size_t n)
{
    double p[CHUNK], tail[CHUNK];
    size_t place[CHUNK], count = 0;
    for (size_t i = 0; i < n; i++)
        p[i] = from + span * u[i];
    for (size_t i = 0; i < n; i++)
        z[i] = normal_inverse_centre(p[i] - 0.5);
    for (size_t i = 0; i < n; i++) {
        tail[count] = p[i];
        place[count] = i;
        count += (size_t)((p[i] < 0.075) | (p[i] > 0.925));
    }
    double farthest = 0;
    for (size_t i = 0; i < count; i++) {
        double r = normal_tail_distance(tail[i]), near = normal_inverse_near_tail(r);
        farthest = r > farthest ? r : farthest;
        tail[i] = tail[i] < 0.5 ? -near : near;
    }
    for (size_t i = 0; i < count; i++)
        z[place[i]] = farthest <= 5.0 ? tail[i] : normal_inverse_tail(p[place[i]]);
}

static void fill_normal_scores(double from, double span, const double *restrict u, double *restrict z, size_t n)
{
    for (size_t i = 0; i < n; i += CHUNK)
        fill_normal_chunk(from, span, u + i, z + i, n - i < CHUNK ? n - i : CHUNK);
}

void sampler_fill(const struct sampler *sampler, const double *restrict u, double *restrict x, size_t n)
{
    const double m = sampler->m, s = sampler->s, from = sampler->from, span = sampler->span;
    switch (sampler->law) {
    case SAMPLE_CONSTANT:
        for (size_t i = 0; i < n; i++)
            x[i] = sampler->a;
        break;
    case SAMPLE_NORMAL:
        fill_normal_scores(from, span, u, x, n);
        for (size_t i = 0; i < n; i++)
            x[i] = m + s * x[i];
        break;
    case SAMPLE_LOGNORMAL:
        fill_normal_scores(from, span, u, x, n);
        for (size_t i = 0; i < n; i++)
            x[i] = elementary_exp(m + s * x[i]);
        break;
    case SAMPLE_UNIFORM:
        for (size_t i = 0; i < n; i++)
            x[i] = sampler->a + (from + span * u[i]) * (sampler->b - sampler->a);
        break;
    case SAMPLE_TRIANGULAR:
        for (size_t i = 0; i < n; i++)
            x[i] = triangular_inverse(sampler->a, sampler->b, sampler->c, from + span * u[i]);
        break;
    case SAMPLE_TABLE:
        fill_normal_scores(from, span, u, x, n);
        for (size_t i = 0; i < n; i++)
            x[i] = table_lookup(sampler->table, x[i]);
        break;
    }
}
