/* What was stated, in figures with their rounding. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include <math.h>
#include <string.h>

struct stated stated_parameter(const traincost_scenario *run, size_t stage, enum parameter parameter)
{
    const struct setting *setting = scenario_setting(run, stage, parameter);
    if (!setting)
        return (struct stated){.value = NAN};
    double middle = quantity_quantile(&setting->q, 0.5);
    double low = quantity_quantile(&setting->q, 0.05), high = quantity_quantile(&setting->q, 0.95);
    bool exact = quantity_is_exact(&setting->q);
    /* Chips are counted, not measured. */
    bool counted = exact && parameter == PARAMETER_CHIPS && !strpbrk(setting->text, "kKM");
    double rounding = exact ? claim_rounding(&setting->q) : 0.5 * (high - low) / middle;
    return (struct stated){true, middle, counted ? 0 : rounding};
}

struct stated stated_chip_hours(const traincost_scenario *run, size_t stage)
{
    struct stated chips = stated_parameter(run, stage, PARAMETER_CHIPS);
    struct stated hours = stated_parameter(run, stage, PARAMETER_HOURS);
    struct stated chip_hours = stated_parameter(run, stage, PARAMETER_CHIP_HOURS);
    if (chip_hours.given || !chips.given || !hours.given)
        return chip_hours;
    return (struct stated){true, chips.value * hours.value, chips.rounding + hours.rounding};
}

struct stated stated_total(const traincost_scenario *run)
{
    struct stated total = {.given = true};
    double open = 0;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated stage = stated_chip_hours(run, s);
        total.given &= stage.given;
        total.value += stage.value;
        open += stage.value * stage.rounding;
    }
    total.rounding = open / total.value;
    return total;
}

double stated_rounding(const traincost_scenario *run, const enum parameter *also)
{
    struct stated total = stated_total(run);
    double rounding = total.given ? total.rounding : 0;
    for (; *also != PARAMETERS; also++) {
        struct stated s = stated_parameter(run, 0, *also);
        rounding += s.given ? s.rounding : 0;
    }
    return rounding;
}

bool usual_mfu(const traincost_scenario *run, struct mfu_estimate *usual)
{
    double most = 0;
    bool any = false;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct stated params = stated_parameter(run, s, PARAMETER_PARAMS);
        struct stated active = stated_parameter(run, s, PARAMETER_ACTIVE_PARAMS);
        struct stated tokens = stated_parameter(run, s, PARAMETER_TOKENS);
        const struct setting *type = scenario_setting(run, s, PARAMETER_TYPE);
        struct stated used = active.given ? active : params;
        double work = used.value * (tokens.given ? tokens.value : 1);
        if (!type || !used.given || work <= most)
            continue;
        struct mfu_work of = {.chip = type->chip,
                              .format = scenario_format(run, s, type->chip),
                              .active = used.value,
                              .total = params.given ? params.value : active.value,
                              .chips = NAN};
        any |= mfu_expect(run->catalog, &of, usual, NULL) == TRAINCOST_OK;
        most = work;
    }
    return any;
}
