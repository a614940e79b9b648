/* What owning costs, against what is published of it, and each purchase against what the others say. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/own_calibration.h"

#include "catalog/catalog.h"
#include "defaults/prices_likeness.h"

#include <traincost.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* SemiAnalysis' models of October 2025 and July 2026 as they stand in
 * https://github.com/SemiAnalysisAI/InferenceX-app/blob/master/packages/constants/src/gpu-keys.ts (life 4 years, full
 * use); that of 2026-05 is Epoch AI's gigawatt, over its chips: https://epoch.ai/data-insights/ai-datacenter-cost-breakdown */
static const struct own_trial published[OWN_TRIALS] = {
    {"h100-sxm", "2025-10", "hyperscaler", 1.30, 0, 0, 0},     {"h100-sxm", "2025-10", "other", 1.69, 0, 0, 0},
    {"h100-sxm", "2026-07", "hyperscaler", 1.17, 0, 0, 0},     {"h100-sxm", "2026-07", "other", 1.55, 0, 0, 0},
    {"b200", "2025-10", "hyperscaler", 1.95, 0, 0, 0},         {"b200", "2025-10", "other", 2.34, 0, 0, 0},
    {"b200", "2026-07", "hyperscaler", 1.73, 0, 0, 0},         {"b200", "2026-07", "other", 2.07, 0, 0, 0},
    {"gb200", "2025-10", "hyperscaler", 2.21, 0, 0, 0},        {"gb200", "2025-10", "other", 2.75, 0, 0, 0},
    {"gb200", "2026-05-14", "hyperscaler", 1.80, 0, 0, 0},     {"gb200", "2026-07", "hyperscaler", 1.86, 0, 0, 0},
    {"gb200", "2026-07", "other", 2.26, 0, 0, 0},              {"mi300x", "2025-10", "hyperscaler", 1.12, 0, 0, 0},
    {"mi300x", "2025-10", "other", 1.40, 0, 0, 0},             {"mi300x", "2026-07", "hyperscaler", 0.95, 0, 0, 0},
    {"mi300x", "2026-07", "other", 1.16, 0, 0, 0},             {"rtx-pro-6000", "2026-07", "hyperscaler", 0.68, 0, 0, 0},
    {"rtx-pro-6000", "2026-07", "other", 0.75, 0, 0, 0},       {"rubin", "2026-07", "hyperscaler", 3.61, 0, 0, 0},
};

static bool is_implied_of(const traincost_observation *seen, const char *chip)
{
    return !strcmp(seen->term, "implied") && !strcmp(seen->chip, chip);
}

static bool state_trial(traincost_scenario *run, const struct own_trial *trial)
{
    const char *const stated[][2] = {{"type", trial->chip}, {"date", trial->date}, {"operator", trial->operator},
                                     {"region", "US"},      {"use", "1"},          {"chips", "1"},
                                     {"hours", "1"}};
    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++)
        if (traincost_scenario_set(run, TRAINCOST_RUN, stated[i][0], stated[i][1], NULL) != TRAINCOST_OK)
            return false;
    return true;
}

static bool try_own(const traincost_catalog *catalog, struct own_trial *trial)
{
    traincost_scenario *run = traincost_scenario_new(catalog, NULL);
    traincost_result *result = NULL;
    bool good = run && state_trial(run, trial) && traincost_estimate(run, NULL, &result, NULL) == TRAINCOST_OK;
    const traincost_output *own = good ? traincost_result_find(result, "own_usd") : NULL;
    if (own) {
        trial->p5 = own->quantile[0]; /* of 5, 25, 50, 75 and 95 % */
        trial->p50 = own->quantile[2];
        trial->p95 = own->quantile[4];
    }
    traincost_result_free(result);
    traincost_scenario_free(run);
    return own != NULL;
}

bool own_trials(bool as_is, struct own_trial trials[OWN_TRIALS])
{
    const struct rows *all = &catalog_builtin.rows;
    traincost_catalog catalog = catalog_builtin;
    traincost_observation *kept = malloc((all->observation_count + 1) * sizeof *kept);
    bool good = kept != NULL;
    for (size_t t = 0; good && t < OWN_TRIALS; t++) {
        size_t count = 0;
        for (size_t i = 0; i < all->observation_count; i++)
            if (as_is || !is_implied_of(&all->observations[i], published[t].chip))
                kept[count++] = all->observations[i];
        rows_set_array(&catalog.rows, ROWS_OBSERVATIONS, (struct row_array){kept, count});
        trials[t] = published[t];
        good = try_own(&catalog, &trials[t]);
    }
    free(kept);
    return good;
}

/* ---- purchases ---- */

struct purchase_trials {
    traincost_catalog catalog;
    traincost_observation *kept;
    double *errors, *spreads;
    size_t count;
};

static bool is_tried(const traincost_observation *seen, enum purchase_kind kind)
{
    return seen->kind[0] == 'b' && strcmp(seen->term, "estimate") != 0 &&
           price_is_implied(seen) == (kind == PURCHASE_IMPLIED);
}

static void predict_purchase(struct purchase_trials *trials, const traincost_observation *seen,
                             const struct price_trial *trial)
{
    const struct rows *all = &catalog_builtin.rows;
    const traincost_chip *chip = catalog_chip_of_id(all, seen->chip);
    struct price_estimate price;
    size_t kept = 0;
    for (size_t i = 0; i < all->observation_count; i++)
        if (!is_left_out(&all->observations[i], seen, trial))
            trials->kept[kept++] = all->observations[i];
    rows_set_array(&trials->catalog.rows, ROWS_OBSERVATIONS, (struct row_array){trials->kept, kept});
    price_purchase(&trials->catalog, chip, seen->day, &price);
    if (price.count == 0)
        return; /* nothing alike was sold by then */
    struct price_walk walk = {.rows = all, .chip = chip, .other = chip, .seen = seen};
    trials->errors[trials->count] = log(seen->usd / price_over_chips(&trials->catalog, &walk) / price.median) -
                                    price_asked_above(seen, chip);
    trials->spreads[trials->count++] = price.spread;
}

bool purchases_left_out(enum purchase_kind kind, enum held_out left, int months, struct holding *holding)
{
    const struct rows *all = &catalog_builtin.rows;
    struct price_trial trial = {.left = left, .months = months};
    struct purchase_trials trials = {.catalog = catalog_builtin};
    trials.kept = malloc((all->observation_count + 1) * sizeof *trials.kept);
    trials.errors = malloc((all->observation_count + 1) * sizeof *trials.errors);
    trials.spreads = malloc((all->observation_count + 1) * sizeof *trials.spreads);
    bool room = trials.kept && trials.errors && trials.spreads;
    for (size_t i = 0; room && i < all->observation_count; i++)
        if (is_tried(&all->observations[i], kind))
            predict_purchase(&trials, &all->observations[i], &trial);
    if (room)
        summarise_trial(trials.errors, trials.spreads, trials.count, holding);
    free(trials.kept);
    free(trials.errors);
    free(trials.spreads);
    return room;
}
