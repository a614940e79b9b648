/* What a check found, kept in order and read out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void *report_add(struct traincost_report *report, struct report_list *list, size_t size)
{
    char *items = realloc(list->items, (list->count + 1) * size);
    if (!items) {
        report->failed = true;
        return NULL;
    }
    list->items = items;
    return memset(items + list->count++ * size, 0, size);
}

const char *report_text(struct traincost_report *report, const char *const *parts)
{
    struct text_buffer text = {0};
    text_add(&text, "");
    for (; *parts; parts++)
        text_add(&text, *parts);
    char **kept = text.failed ? NULL : report_add(report, &report->texts, sizeof *kept);
    if (!kept) {
        report->failed = true;
        free(text.text);
        return "";
    }
    return *kept = text.text;
}

void report_unchecked(struct traincost_report *report, const char *what, const char *why)
{
    const char **line = report_add(report, &report->unchecked, sizeof *line);
    if (line)
        *line = report_text(report, (const char *[]){what, ": ", why, NULL});
}

void traincost_report_free(traincost_report *report)
{
    if (!report)
        return;
    if (!report->lent)
        traincost_result_free(report->result);
    for (size_t i = 0; i < report->texts.count; i++)
        free(((char **)report->texts.items)[i]);
    free(report->texts.items);
    free(report->claims.items);
    free(report->audits.items);
    free(report->limits.items);
    free(report->scopes.items);
    free(report->slips.items);
    free(report->implied.items);
    free(report->left_out.items);
    free(report->unchecked.items);
    free(report);
}

/* ---- the estimate behind it ---- */

/* Dense enough that the share below a value follows from its neighbours. */
static const double levels[] = {0.001, 0.0025, 0.005, 0.01,  0.02,  0.03,  0.04,  0.05,   0.06,  0.08,  0.1,
                                0.125, 0.15,   0.175, 0.2,   0.225, 0.25,  0.275, 0.3,    0.325, 0.35,  0.375,
                                0.4,   0.425,  0.45,  0.475, 0.5,   0.525, 0.55,  0.575,  0.6,   0.625, 0.65,
                                0.675, 0.7,    0.725, 0.75,  0.775, 0.8,   0.825, 0.85,   0.875, 0.9,   0.92,
                                0.94,  0.95,   0.96,  0.97,  0.98,  0.99,  0.995, 0.9975, 0.999};
enum { LEVELS = sizeof levels / sizeof *levels };
_Static_assert((int)LEVELS <= (int)OPTION_LEVELS, "an estimate takes so many levels");

void report_levels(struct traincost_options *options)
{
    options->engine.level_count = LEVELS;
    memcpy(options->levels, levels, sizeof levels);
}

const traincost_output *report_output(const struct traincost_report *report, const char *key)
{
    return report->result ? traincost_result_find(report->result, key) : NULL;
}

double report_quantile_of(const traincost_output *output, double level)
{
    size_t i = 0;
    while (i + 1 < LEVELS && levels[i] < level)
        i++;
    return output->quantile[i];
}

double report_quantile(const struct traincost_report *report, const char *key, double level)
{
    const traincost_output *output = report_output(report, key);
    return output ? report_quantile_of(output, level) : NAN;
}

double report_below(const traincost_output *output, double value)
{
    const double *q = output->quantile;
    if (!(value > q[0]))
        return value < q[0] || q[0] < q[LEVELS - 1] ? 0 : 0.5; /* of a figure without a range: on it */
    if (!(value < q[LEVELS - 1]))
        return 1;
    size_t i = 0;
    while (value > q[i + 1])
        i++;
    return levels[i] + (levels[i + 1] - levels[i]) * (value - q[i]) / (q[i + 1] - q[i]);
}

const traincost_output *report_scope_output(const struct traincost_report *report, const traincost_scope *scope)
{
    const traincost_output *output = report_output(report, scope->key);
    double p5 = output ? report_quantile_of(output, 0.05) : NAN;
    return p5 >= scope->p5 && p5 <= scope->p5 ? output : NULL;
}

const char report_computed[] = "computed, not measured";

const struct claim_statement *report_statement(const struct traincost_report *report,
                                               const traincost_scope *scope)
{
    for (int f = 0; f < CLAIM_FIGURES; f++)
        if (!strcmp(scope->claim, claim_figure_key((enum claim_figure)f)->key))
            return &report->run->claim.figures[f];
    return NULL;
}

bool report_is_computed(const struct traincost_report *report, const char *claim)
{
    const traincost_scope *scopes = report->scopes.items;
    for (size_t i = 0; i < report->scopes.count; i++)
        if (scopes[i].note == report_computed && scopes[i].verdict == TRAINCOST_CONSISTENT &&
            !strcmp(scopes[i].claim, claim))
            return true;
    return false;
}

const traincost_input *report_input(const struct traincost_report *report, const char *key)
{
    const traincost_input *input;
    for (size_t i = 0; report->result && (input = traincost_result_input_at(report->result, i)); i++)
        if (!strcmp(input->key, key))
            return input;
    return NULL;
}

/* ---- access ---- */

const char *traincost_verdict_name(traincost_verdict verdict)
{
    switch (verdict) {
    case TRAINCOST_UNCHECKED:
        return "unchecked";
    case TRAINCOST_CONSISTENT:
        return "consistent";
    case TRAINCOST_LOW:
        return "low";
    case TRAINCOST_HIGH:
        return "high";
    case TRAINCOST_IMPOSSIBLE:
        return "impossible";
    }
    return "";
}

traincost_verdict traincost_report_verdict(const traincost_report *report)
{
    return report ? report->verdict : TRAINCOST_UNCHECKED;
}

const char *traincost_report_date(const traincost_report *report)
{
    if (!report)
        return NULL;
    return report->result ? traincost_result_date(report->result) : report->date;
}

double traincost_report_samples(const traincost_report *report)
{
    if (!report)
        return NAN;
    return report->result ? traincost_result_samples(report->result) : report->samples;
}

double traincost_report_seed(const traincost_report *report)
{
    return report ? report->seed : NAN;
}

const traincost_family *traincost_report_family(const traincost_report *report)
{
    if (!report)
        return NULL;
    return report->family.figures > 0 ? &report->family : NULL;
}

const char *traincost_report_fits_best(const traincost_report *report)
{
    return report ? report->fits_best : NULL;
}

const traincost_result *traincost_report_result(const traincost_report *report)
{
    return report ? report->result : NULL;
}

const char *traincost_report_said(const traincost_report *report, const char *key)
{
    if (!report || !key)
        return NULL;
    if (!strcmp(key, "name"))
        return report->name;
    if (!strcmp(key, "counts"))
        return report->counts;
    if (!strcmp(key, "energy-counts"))
        return report->energy_counts;
    if (!strcmp(key, "dollars"))
        return report->of_dollars;
    if (!strcmp(key, "run-status"))
        return report->said[TEXT_RUN_STATUS];
    enum claim_text text = claim_text_find(key, true);
    if (text == CLAIM_TEXTS || !report->said[text])
        text = claim_text_find(key, false);
    return text == CLAIM_TEXTS ? NULL : report->said[text];
}

static const void *report_item(const struct report_list *list, size_t index, size_t size)
{
    return index < list->count ? (const char *)list->items + index * size : NULL;
}

#define ACCESS(type, name, list)                                                                               \
    const type *traincost_report_##name##_at(const traincost_report *report, size_t index)                     \
    {                                                                                                          \
        return report ? report_item(&report->list, index, sizeof(type)) : NULL;                                \
    }
ACCESS(traincost_claim, claim, claims)
ACCESS(traincost_audit, audit, audits)
ACCESS(traincost_limit, limit, limits)
ACCESS(traincost_scope, scope, scopes)
ACCESS(traincost_slip, slip, slips)
ACCESS(traincost_implied, implied, implied)
ACCESS(traincost_left_out, left_out, left_out)
#undef ACCESS

const char *traincost_report_unchecked_at(const traincost_report *report, size_t index)
{
    if (!report)
        return NULL;
    const char *const *line = report_item(&report->unchecked, index, sizeof(char *));
    return line ? *line : NULL;
}
