/* How well the ranges hold the published claims. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/claim_calibration.h"

#include "answers/check_report.h"
#include "tools/leave_one_out.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- trials ---- */

static bool says_circular(const traincost_scenario *run)
{
    return run->claim.texts[TEXT_CIRCULAR] && !strcmp(run->claim.texts[TEXT_CIRCULAR], "yes");
}

static void use_default_power(traincost_scenario *run)
{
    static const enum parameter stated[] = {PARAMETER_POWER, PARAMETER_PUE};
    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
        run->settings[stated[i]].given = false;
        for (size_t s = 0; s < run->stage_count; s++)
            run->stages[s].settings[stated[i]].given = false;
    }
}

static bool take_trial(const traincost_report *report, const char *claim, struct trial *trial)
{
    const traincost_scope *scope;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        if (!scope->counted || strcmp(scope->claim, claim) != 0 || scope->p5 == scope->p95)
            continue;
        trial->scope = scope->name;
        trial->value = scope->factor * scope->p50;
        trial->p5 = scope->p5;
        trial->p50 = scope->p50;
        trial->p95 = scope->p95;
        trial->p25 = report_quantile(report, scope->key, 0.25);
        trial->p75 = report_quantile(report, scope->key, 0.75);
        return true;
    }
    return false;
}

static bool try_run(traincost_scenario *run, enum trial_kind kind, struct trial *trial)
{
    traincost_report *report = NULL;
    enum claim_figure figure = kind == TRIAL_DOLLARS ? CLAIM_USD : CLAIM_ENERGY;
    const struct claim_statement *stated = &run->claim.figures[figure];
    if (!stated->given || stated->bound == BOUND_AT_LEAST || stated->bound == BOUND_AT_MOST ||
        scenario_is_misread(run))
        return false;
    if (kind == TRIAL_ENERGY)
        use_default_power(run);
    bool taken = traincost_check(run, NULL, &report, NULL) == TRAINCOST_OK &&
                 take_trial(report, claim_figure_key(figure)->key, trial);
    trial->circular = says_circular(run);
    traincost_report_free(report);
    return taken;
}

static bool is_confirmed(const traincost_scenario *run)
{
    return run->claim.texts[TEXT_STATUS] && !strcmp(run->claim.texts[TEXT_STATUS], "confirmed");
}

/* Puts the trial in the place of another telling of the run, if this one is better, else at the end. */
static size_t keep_trial(struct trial *trials, size_t count)
{
    struct trial *last = &trials[count];
    for (size_t t = 0; t < count; t++) {
        if (strcmp(trials[t].root, last->root) != 0)
            continue;
        if (last->confirmed && !trials[t].confirmed)
            trials[t] = *last;
        return count;
    }
    return count + 1;
}

size_t claim_trials(enum trial_kind kind, struct trial trials[TRIALS_MOST])
{
    const traincost_run *entry;
    size_t count = 0;
    for (size_t i = 0; (entry = traincost_catalog_run(NULL, i)) && count < TRIALS_MOST; i++) {
        traincost_scenario *run = traincost_scenario_new(NULL, NULL);
        if (!run || traincost_scenario_find(run, entry->id, NULL) != TRAINCOST_OK) {
            traincost_scenario_free(run);
            return 0;
        }
        struct trial *trial = &trials[count];
        *trial = (struct trial){.confirmed = is_confirmed(run)};
        snprintf(trial->id, sizeof trial->id, "%s", entry->id);
        const char *organization = run->claim.texts[TEXT_ORGANIZATION];
        snprintf(trial->organization, sizeof trial->organization, "%s", organization ? organization : entry->id);
        snprintf(trial->root, sizeof trial->root, "%s", scenario_told_run(run));
        if (try_run(run, kind, trial))
            count = keep_trial(trials, count);
        traincost_scenario_free(run);
    }
    return count;
}

/* ---- figures ---- */

/* T. Gneiting and A. E. Raftery, J. Am. Stat. Assoc. 102 (2007) 359-378, equation 43. */
static double interval_score(double low, double high, double x, double outside)
{
    double l = log(low), u = log(high), v = log(x);
    return (u - l) + 2 / outside * (fmax(0, l - v) + fmax(0, v - u));
}

static bool holds_90(const struct trial *t)
{
    return t->value >= t->p5 && t->value <= t->p95;
}

/* One that published thirty runs counts as one that published one. */
static void count_organizations(const struct trial *trials, size_t count, bool circular, struct calibration *c)
{
    for (size_t i = 0; i < count; i++) {
        size_t runs = 0, held = 0, before = 0;
        for (size_t t = 0; t < count; t++) {
            if (trials[t].circular != circular || strcmp(trials[t].organization, trials[i].organization) != 0)
                continue;
            before += t < i;
            runs++;
            held += holds_90(&trials[t]);
        }
        if (trials[i].circular != circular || before > 0)
            continue;
        c->organizations++;
        c->of_organizations += (double)held / (double)runs;
    }
    c->of_organizations /= (double)c->organizations;
}

struct calibration calibrate(const struct trial *trials, size_t count, bool circular)
{
    static double factors[TRIALS_MOST], wide[TRIALS_MOST], narrow[TRIALS_MOST];
    struct calibration c = {0};
    for (size_t i = 0; i < count; i++) {
        const struct trial *t = &trials[i];
        if (t->circular != circular)
            continue;
        factors[c.count] = exp(fabs(log(t->value / t->p50)));
        wide[c.count] = t->p95 / t->p5;
        narrow[c.count] = t->p75 / t->p25;
        c.within_90 += holds_90(t);
        c.within_50 += t->value >= t->p25 && t->value <= t->p75;
        c.score_90 += interval_score(t->p5, t->p95, t->value, 0.1);
        c.score_50 += interval_score(t->p25, t->p75, t->value, 0.5);
        c.count++;
    }
    double n = (double)c.count;
    count_organizations(trials, count, circular, &c);
    c.within_90 /= n;
    c.within_50 /= n;
    c.score_90 /= n;
    c.score_50 /= n;
    c.factor = sorted_median(factors, c.count);
    c.width_90 = sorted_median(wide, c.count);
    c.width_50 = sorted_median(narrow, c.count);
    return c;
}
