/* What owning costs, against what is published of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/own_calibration.h"

#include "catalog/catalog.h"

#include <traincost.h>

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
