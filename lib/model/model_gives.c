/* What a run gives at all, and to which input an output is proportional. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model_stated.h"

static bool type_has_chips(const struct model_run *run, size_t type)
{
    for (size_t s = 0; s < run->stage_count; s++)
        if (!run->stages[s].base && run->stages[s].type == type && knows_chips(&run->stages[s]))
            return true;
    return false;
}

bool model_gives(const struct model_run *run, enum model_output output)
{
    bool all_hours = true, some_hours = false, all_types = true, base = false, flop = false, peaks = true;
    bool memory = false;
    for (size_t s = 0; s < run->stage_count; s++) {
        const struct model_stage *stage = &run->stages[s];
        base |= stage->base;
        if (stage->base)
            continue;
        all_hours &= knows_hours(stage);
        some_hours |= knows_hours(stage);
        all_types &= type_has_chips(run, stage->type);
        flop |= knows_flop(stage);
        memory |= knows_memory(stage);
        peaks &= !knows_flop(stage) || stage->peak > 0;
    }
    switch ((int)output) {
    case MODEL_OUT_HOURS:
        return all_hours;
    case MODEL_OUT_POWER:
        return some_hours;
    case MODEL_OUT_ACQUISITION:
        return all_types;
    case MODEL_OUT_WITH_BASE:
    case MODEL_OUT_OWN_WITH_BASE:
    case MODEL_OUT_WEAR_WITH_BASE:
    case MODEL_OUT_BASE:
        return base;
    case MODEL_OUT_FLOP:
        return flop;
    case MODEL_OUT_MFU:
        return flop && peaks;
    case MODEL_OUT_MEMORY:
        return memory;
    default:
        return true;
    }
}

/* The input of all stages, those of bases too where these count; MODEL_ABSENT where they differ. */
static size_t shared_input(const struct model_run *run, enum model_variable variable, bool bases)
{
    size_t input = run->stages[0].input[variable];
    for (size_t s = 1; s < run->stage_count; s++)
        if ((bases || !run->stages[s].base) && run->stages[s].input[variable] != input)
            return MODEL_ABSENT;
    return input;
}

/* The purchase then bounds the wear, which is no longer proportional to what the hardware was worth. */
static bool any_wears_out(const struct model_run *run)
{
    for (size_t s = 0; s < run->stage_count; s++)
        if (!run->stages[s].base && run->stages[s].wears_out)
            return true;
    return false;
}

size_t model_factor(const struct model_run *run, enum model_output output)
{
    switch ((int)output) {
    case MODEL_OUT_RENTAL:
        return shared_input(run, MODEL_RENTAL_PRICE, false);
    case MODEL_OUT_WITH_BASE:
    case MODEL_OUT_EXPERIMENTS:
    case MODEL_OUT_DEVELOPMENT:
        return shared_input(run, MODEL_RENTAL_PRICE, true);
    case MODEL_OUT_CAPITAL:
    case MODEL_OUT_OPERATIONS:
    case MODEL_OUT_ACQUISITION:
        return shared_input(run, MODEL_PURCHASE_PRICE, false);
    case MODEL_OUT_FACILITY:
        return shared_input(run, MODEL_COLOCATION, false);
    case MODEL_OUT_ACCELERATORS:
    case MODEL_OUT_SERVERS:
    case MODEL_OUT_INTERCONNECT:
        return any_wears_out(run) ? MODEL_ABSENT : shared_input(run, MODEL_HARDWARE_PRICE, false);
    case MODEL_OUT_ENERGY_COST:
        return shared_input(run, MODEL_ELECTRICITY_PRICE, false);
    case MODEL_OUT_CO2:
    case MODEL_OUT_CHIP_CO2:
    case MODEL_OUT_IT_CO2:
        return shared_input(run, MODEL_CARBON_INTENSITY, false);
    default:
        return MODEL_ABSENT;
    }
}
