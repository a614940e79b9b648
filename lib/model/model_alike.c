/* Stages that cost alike, found once for all samples. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model.h"

#include <stdlib.h>

/* What an hour of a chip costs, in every way. */
static const enum model_variable rates[] = {MODEL_RENTAL_PRICE,
                                            MODEL_POWER,
                                            MODEL_TDP,
                                            MODEL_POWER_FRACTION,
                                            MODEL_PUE,
                                            MODEL_SERVER_POWER_RATIO,
                                            MODEL_HARDWARE_PRICE,
                                            MODEL_STAFF_SHARE,
                                            MODEL_INTERCONNECT_OVERHEAD,
                                            MODEL_CARBON_INTENSITY,
                                            MODEL_SERVER_OVERHEAD,
                                            MODEL_ELECTRICITY_PRICE,
                                            MODEL_DEPRECIATION,
                                            MODEL_PURCHASE_PRICE,
                                            MODEL_CAPITAL_COST,
                                            MODEL_ECONOMIC_LIFE,
                                            MODEL_RESALE_SHARE,
                                            MODEL_COLOCATION,
                                            MODEL_OPERATIONS_SHARE,
                                            MODEL_USE,
                                            MODEL_EXPERIMENTS};

static int compare_rates(const struct model_stage *a, const struct model_stage *b)
{
    int flags = 2 * (a->base - b->base) + (a->wears_out - b->wears_out);
    if (flags)
        return flags;
    if (a->years < b->years || a->years > b->years)
        return a->years < b->years ? -1 : 1;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        if (a->input[rates[i]] != b->input[rates[i]])
            return a->input[rates[i]] < b->input[rates[i]] ? -1 : 1;
    return 0;
}

static int by_rates(const void *a, const void *b)
{
    const struct model_stage *const *x = a, *const *y = b;
    int order = compare_rates(*x, *y);
    return order ? order : (*x > *y) - (*x < *y);
}

bool model_find_alike(struct model_stage *stages, size_t count)
{
    struct model_stage **sorted = calloc(count + 1, sizeof(struct model_stage *));
    if (!sorted)
        return false;
    for (size_t s = 0; s < count; s++) {
        stages[s].next_alike = 0;
        stages[s].follows_alike = false;
        sorted[s] = &stages[s];
    }
    qsort(sorted, count, sizeof *sorted, by_rates);
    for (size_t s = 1; s < count; s++)
        if (compare_rates(sorted[s - 1], sorted[s]) == 0) {
            sorted[s - 1]->next_alike = (size_t)(sorted[s] - sorted[s - 1]);
            sorted[s]->follows_alike = true;
        }
    free(sorted);
    return true;
}
