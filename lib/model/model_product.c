/* Which outputs are products of powers of inputs: the formulas once more, as what multiplies what. Terms of a sum that
 * have the same factors, but for what is exact, make a product too: several stages of exact chip-hours at one price. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model_stated.h"

/* A run, and which of its inputs are exact. */
struct product_walk {
    const struct model_run *run;
    const bool *exact;
};

static bool is_exact_input(const struct product_walk *walk, const struct model_stage *stage,
                           enum model_variable variable)
{
    return !has_input(stage, variable) || walk->exact[stage->input[variable]];
}

static void times_input(const struct product_walk *walk, const struct model_stage *stage, enum model_variable variable,
                        int power, struct engine_product *x)
{
    if (!is_exact_input(walk, stage, variable))
        product_multiply(x, stage->input[variable], power);
}

static struct engine_product with_input(const struct product_walk *walk, const struct model_stage *stage,
                                        struct engine_product x, enum model_variable variable, int power)
{
    times_input(walk, stage, variable, power, &x);
    return x;
}

/* For what is no power of it. */
static void needs_exact(const struct product_walk *walk, const struct model_stage *stage, enum model_variable variable,
                        struct engine_product *x)
{
    x->known = x->known && is_exact_input(walk, stage, variable);
}

/* Of a sum, or of the greatest or least of several. */
struct product_sum {
    struct engine_product all;
    bool begun;
};

static void add_term(struct product_sum *sum, const struct engine_product *term)
{
    if (!sum->begun)
        sum->all = *term;
    else
        sum->all.known = product_alike(&sum->all, term);
    sum->begun = true;
}

static struct engine_product product_sum_of(const struct product_sum *sum)
{
    return sum->begun ? sum->all : product_of_none;
}

/* ---- time ---- */

static struct engine_product tokens_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = product_of_none;
    if (has_input(stage, MODEL_TOKENS))
        times_input(walk, stage, MODEL_TOKENS, 1, &x);
    else {
        times_input(walk, stage, MODEL_STEPS, 1, &x);
        times_input(walk, stage, MODEL_BATCH_TOKENS, 1, &x);
    }
    times_input(walk, stage, MODEL_EPOCHS, 1, &x);
    return x;
}

static struct engine_product flop_of(const struct product_walk *walk, const struct model_stage *stage)
{
    static const enum model_variable beside[] = {MODEL_SEQUENCE_LENGTH, MODEL_LAYERS, MODEL_HIDDEN,
                                                 MODEL_TRAINABLE_PARAMS};
    enum model_variable params = has_input(stage, MODEL_ACTIVE_PARAMS) ? MODEL_ACTIVE_PARAMS : MODEL_PARAMS;
    struct engine_product x = product_of_none;
    if (has_input(stage, MODEL_FLOP)) {
        times_input(walk, stage, MODEL_FLOP, 1, &x);
        return x;
    }
    x = tokens_of(walk, stage);
    times_input(walk, stage, params, 1, &x);
    for (size_t k = 0; k < sizeof beside / sizeof *beside; k++) {
        needs_exact(walk, stage, beside[k], &x);
        if (has_input(stage, beside[k]))
            needs_exact(walk, stage, params, &x);
    }
    return x;
}

static struct engine_product undisturbed_work_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = product_of_none;
    if (has_input(stage, MODEL_STEP_TIME)) {
        if (has_input(stage, MODEL_STEPS))
            times_input(walk, stage, MODEL_STEPS, 1, &x);
        else {
            x = tokens_of(walk, stage);
            times_input(walk, stage, MODEL_BATCH_TOKENS, -1, &x);
        }
        times_input(walk, stage, MODEL_CHIPS, 1, &x);
        times_input(walk, stage, MODEL_STEP_TIME, 1, &x);
    } else if (has_input(stage, MODEL_THROUGHPUT)) {
        x = stage->throughput_in_flop ? flop_of(walk, stage) : tokens_of(walk, stage);
        times_input(walk, stage, MODEL_THROUGHPUT, -1, &x);
    } else {
        x = flop_of(walk, stage);
        times_input(walk, stage, MODEL_MFU, -1, &x);
    }
    return x;
}

/* How much longer steps of many chips take is a sum. */
static void times_waiting(const struct product_walk *walk, const struct model_stage *stage, struct engine_product *x)
{
    needs_exact(walk, stage, MODEL_BATCH_TOKENS, x);
    if (has_input(stage, MODEL_CHIPS)) {
        needs_exact(walk, stage, MODEL_CHIPS, x);
        return;
    }
    needs_exact(walk, stage, MODEL_HOURS, x);
    x->known = x->known && product_alike(x, &product_of_none);
}

static struct engine_product chip_hours_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = product_of_none;
    if (is_computed(stage))
        x = undisturbed_work_of(walk, stage);
    else if (has_input(stage, MODEL_CHIPS) && has_input(stage, MODEL_HOURS)) {
        times_input(walk, stage, MODEL_CHIPS, 1, &x);
        times_input(walk, stage, MODEL_HOURS, 1, &x);
    } else
        times_input(walk, stage, MODEL_CHIP_HOURS, 1, &x);
    if (is_computed(stage) || stage->training)
        times_input(walk, stage, MODEL_GOODPUT, -1, &x);
    if (is_computed(stage) && stage->wait > 0)
        times_waiting(walk, stage, &x);
    return x;
}

static struct engine_product hours_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = product_of_none;
    if (has_input(stage, MODEL_HOURS)) {
        times_input(walk, stage, MODEL_HOURS, 1, &x);
        if (stage->training && !is_computed(stage))
            times_input(walk, stage, MODEL_GOODPUT, -1, &x);
        return x;
    }
    x = chip_hours_of(walk, stage);
    times_input(walk, stage, MODEL_CHIPS, -1, &x);
    return x;
}

/* ---- what a stage costs ---- */

static struct engine_product capex_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = chip_hours_of(walk, stage);
    times_input(walk, stage, MODEL_USE, -1, &x);
    times_input(walk, stage, MODEL_PURCHASE_PRICE, 1, &x);
    times_input(walk, stage, MODEL_SERVER_OVERHEAD, 1, &x);
    times_input(walk, stage, MODEL_INTERCONNECT_OVERHEAD, 1, &x);
    return x;
}

static struct engine_product capital_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = capex_of(walk, stage);
    needs_exact(walk, stage, MODEL_CAPITAL_COST, &x);
    needs_exact(walk, stage, MODEL_ECONOMIC_LIFE, &x);
    needs_exact(walk, stage, MODEL_RESALE_SHARE, &x);
    return x;
}

static struct engine_product facility_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct product_sum rating = {.begun = false};
    struct engine_product rated = product_of_none, drawn = product_of_none, x = chip_hours_of(walk, stage);
    times_input(walk, stage, MODEL_TDP, 1, &rated);
    times_input(walk, stage, MODEL_SERVER_POWER_RATIO, 1, &rated);
    add_term(&rating, &rated);
    times_input(walk, stage, MODEL_POWER, 1, &drawn);
    if (has_input(stage, MODEL_POWER))
        add_term(&rating, &drawn);
    product_times(&x, &rating.all, 1);
    times_input(walk, stage, MODEL_USE, -1, &x);
    times_input(walk, stage, MODEL_COLOCATION, 1, &x);
    return x;
}

static struct engine_product operations_of(const struct product_walk *walk, const struct model_stage *stage)
{
    return with_input(walk, stage, capex_of(walk, stage), MODEL_OPERATIONS_SHARE, 1);
}

static struct engine_product wear_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = chip_hours_of(walk, stage);
    needs_exact(walk, stage, MODEL_DEPRECIATION, &x);
    times_input(walk, stage, MODEL_HARDWARE_PRICE, 1, &x);
    if (stage->wears_out) {
        needs_exact(walk, stage, MODEL_PURCHASE_PRICE, &x);
        needs_exact(walk, stage, MODEL_CHIPS, &x);
        needs_exact(walk, stage, MODEL_HOURS, &x);
        x.known = x.known && product_alike(&x, &product_of_none);
    }
    return x;
}

static struct engine_product server_wear_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = wear_of(walk, stage);
    needs_exact(walk, stage, MODEL_SERVER_OVERHEAD, &x);
    return x;
}

static struct engine_product network_wear_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = wear_of(walk, stage);
    times_input(walk, stage, MODEL_SERVER_OVERHEAD, 1, &x);
    needs_exact(walk, stage, MODEL_INTERCONNECT_OVERHEAD, &x);
    return x;
}

static struct engine_product cluster_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = product_of_none;
    if (has_input(stage, MODEL_CHIPS))
        times_input(walk, stage, MODEL_CHIPS, 1, &x);
    else {
        struct engine_product hours = hours_of(walk, stage);
        x = chip_hours_of(walk, stage);
        product_times(&x, &hours, -1);
    }
    times_input(walk, stage, MODEL_PURCHASE_PRICE, 1, &x);
    times_input(walk, stage, MODEL_SERVER_OVERHEAD, 1, &x);
    times_input(walk, stage, MODEL_INTERCONNECT_OVERHEAD, 1, &x);
    return x;
}

static struct engine_product rental_of(const struct product_walk *walk, const struct model_stage *stage)
{
    return with_input(walk, stage, chip_hours_of(walk, stage), MODEL_RENTAL_PRICE, 1);
}

static struct engine_product developed_of(const struct product_walk *walk, const struct model_stage *stage)
{
    const struct model_stage *developer = stage->base ? &walk->run->stages[0] : stage;
    struct engine_product x = rental_of(walk, stage);
    times_input(walk, developer, MODEL_EXPERIMENTS, 1, &x);
    needs_exact(walk, developer, MODEL_STAFF_SHARE, &x);
    return x;
}

/* ---- what it draws ---- */

static struct engine_product chip_energy_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = chip_hours_of(walk, stage);
    if (has_input(stage, MODEL_POWER)) {
        times_input(walk, stage, MODEL_POWER, 1, &x);
        times_input(walk, stage, MODEL_SERVER_POWER_RATIO, -1, &x);
        return x;
    }
    times_input(walk, stage, MODEL_TDP, 1, &x);
    times_input(walk, stage, MODEL_POWER_FRACTION, 1, &x);
    return x;
}

static struct engine_product it_energy_of(const struct product_walk *walk, const struct model_stage *stage)
{
    return with_input(walk, stage, chip_energy_of(walk, stage), MODEL_SERVER_POWER_RATIO, 1);
}

static struct engine_product energy_of(const struct product_walk *walk, const struct model_stage *stage)
{
    return with_input(walk, stage, it_energy_of(walk, stage), MODEL_PUE, 1);
}

static struct engine_product energy_cost_of(const struct product_walk *walk, const struct model_stage *stage)
{
    return with_input(walk, stage, energy_of(walk, stage), MODEL_ELECTRICITY_PRICE, 1);
}

static struct engine_product chip_co2_of(const struct product_walk *walk, const struct model_stage *stage)
{
    return with_input(walk, stage, chip_energy_of(walk, stage), MODEL_CARBON_INTENSITY, 1);
}

static struct engine_product it_co2_of(const struct product_walk *walk, const struct model_stage *stage)
{
    return with_input(walk, stage, it_energy_of(walk, stage), MODEL_CARBON_INTENSITY, 1);
}

static struct engine_product co2_of(const struct product_walk *walk, const struct model_stage *stage)
{
    return with_input(walk, stage, energy_of(walk, stage), MODEL_CARBON_INTENSITY, 1);
}

/* ---- what it computes ---- */

static struct engine_product most_flop_of(const struct product_walk *walk, const struct model_stage *stage)
{
    return with_input(walk, stage, chip_hours_of(walk, stage), MODEL_GOODPUT, 1);
}

static struct engine_product memory_of(const struct product_walk *walk, const struct model_stage *stage)
{
    struct engine_product x = product_of_none;
    times_input(walk, stage, MODEL_PARAMS, 1, &x);
    times_input(walk, stage, MODEL_BYTES_PER_PARAM, 1, &x);
    needs_exact(walk, stage, MODEL_TRAINABLE_PARAMS, &x);
    if (has_input(stage, MODEL_TRAINABLE_PARAMS))
        x.known = x.known && product_alike(&x, &product_of_none);
    return x;
}

/* ---- the run ---- */

typedef struct engine_product stage_product(const struct product_walk *walk, const struct model_stage *stage);
typedef bool stage_counts(const struct model_stage *stage);

static bool any_stage(const struct model_stage *stage)
{
    (void)stage;
    return true;
}

enum { OF_RUN = 1, OF_BASES = 2 };

/* Of the stages that count, of the run, its bases or both. */
static struct engine_product sum_stages(const struct product_walk *walk, int whose, stage_counts *counts,
                                        stage_product *of)
{
    struct product_sum sum = {.begun = false};
    for (size_t s = 0; s < walk->run->stage_count; s++) {
        const struct model_stage *stage = &walk->run->stages[s];
        if (!(whose & (stage->base ? OF_BASES : OF_RUN)) || !counts(stage))
            continue;
        struct engine_product term = of(walk, stage);
        add_term(&sum, &term);
        if (!sum.all.known)
            break;
    }
    return product_sum_of(&sum);
}

/* The sum of several given_sums. */
static struct engine_product sum_all(const struct product_walk *walk, int whose, stage_product *const *of, size_t count)
{
    struct product_sum sum = {.begun = false};
    for (size_t k = 0; k < count && (k == 0 || sum.all.known); k++) {
        struct engine_product term = sum_stages(walk, whose, any_stage, of[k]);
        add_term(&sum, &term);
    }
    return product_sum_of(&sum);
}

static struct engine_product over(struct engine_product x, struct engine_product y)
{
    product_times(&x, &y, -1);
    return x;
}

static struct engine_product own_product(const struct product_walk *walk, int whose)
{
    static stage_product *const parts[] = {capital_of, facility_of, operations_of, energy_cost_of};
    return sum_all(walk, whose, parts, sizeof parts / sizeof *parts);
}

static struct engine_product ownership_product(const struct product_walk *walk, int whose)
{
    static stage_product *const parts[] = {wear_of, server_wear_of, network_wear_of, energy_cost_of};
    return sum_all(walk, whose, parts, sizeof parts / sizeof *parts);
}

/* What remains of development is a product only where the same number of experiments comes on top of every rent. */
static struct engine_product experiments_product(const struct product_walk *walk)
{
    static stage_product *const parts[] = {developed_of, rental_of};
    return sum_all(walk, OF_RUN | OF_BASES, parts, sizeof parts / sizeof *parts);
}

static struct engine_product product_by_itself(const struct product_walk *walk, enum model_output output)
{
    switch (output) {
    case MODEL_OUT_CHIP_HOURS:
        return sum_stages(walk, OF_RUN, any_stage, chip_hours_of);
    case MODEL_OUT_HOURS:
        return sum_stages(walk, OF_RUN, any_stage, hours_of);
    case MODEL_OUT_RENTAL:
        return sum_stages(walk, OF_RUN, any_stage, rental_of);
    case MODEL_OUT_OWN:
        return own_product(walk, OF_RUN);
    case MODEL_OUT_CAPITAL:
        return sum_stages(walk, OF_RUN, any_stage, capital_of);
    case MODEL_OUT_FACILITY:
        return sum_stages(walk, OF_RUN, any_stage, facility_of);
    case MODEL_OUT_OPERATIONS:
        return sum_stages(walk, OF_RUN, any_stage, operations_of);
    case MODEL_OUT_ENERGY_COST:
        return sum_stages(walk, OF_RUN, any_stage, energy_cost_of);
    case MODEL_OUT_OWNERSHIP:
        return ownership_product(walk, OF_RUN);
    case MODEL_OUT_ACCELERATORS:
        return sum_stages(walk, OF_RUN, any_stage, wear_of);
    case MODEL_OUT_SERVERS:
        return sum_stages(walk, OF_RUN, any_stage, server_wear_of);
    case MODEL_OUT_INTERCONNECT:
        return sum_stages(walk, OF_RUN, any_stage, network_wear_of);
    case MODEL_OUT_ACQUISITION:
        return sum_stages(walk, OF_RUN, knows_chips, cluster_of);
    case MODEL_OUT_WITH_BASE:
        return sum_stages(walk, OF_RUN | OF_BASES, any_stage, rental_of);
    case MODEL_OUT_OWN_WITH_BASE:
        return own_product(walk, OF_RUN | OF_BASES);
    case MODEL_OUT_WEAR_WITH_BASE:
        return ownership_product(walk, OF_RUN | OF_BASES);
    case MODEL_OUT_BASE:
        return sum_stages(walk, OF_BASES, any_stage, rental_of);
    case MODEL_OUT_EXPERIMENTS:
        return experiments_product(walk);
    case MODEL_OUT_DEVELOPMENT:
        return sum_stages(walk, OF_RUN | OF_BASES, any_stage, developed_of);
    case MODEL_OUT_CHIP_ENERGY:
        return sum_stages(walk, OF_RUN, any_stage, chip_energy_of);
    case MODEL_OUT_IT_ENERGY:
        return sum_stages(walk, OF_RUN, any_stage, it_energy_of);
    case MODEL_OUT_ENERGY:
        return sum_stages(walk, OF_RUN, any_stage, energy_of);
    case MODEL_OUT_POWER:
        return over(sum_stages(walk, OF_RUN, knows_hours, energy_of),
                    sum_stages(walk, OF_RUN, knows_hours, hours_of));
    case MODEL_OUT_CO2:
        return sum_stages(walk, OF_RUN, any_stage, co2_of);
    case MODEL_OUT_CHIP_CO2:
        return sum_stages(walk, OF_RUN, any_stage, chip_co2_of);
    case MODEL_OUT_IT_CO2:
        return sum_stages(walk, OF_RUN, any_stage, it_co2_of);
    case MODEL_OUT_FLOP:
        return sum_stages(walk, OF_RUN, knows_flop, flop_of);
    case MODEL_OUT_MFU:
        return over(sum_stages(walk, OF_RUN, knows_flop, flop_of),
                    sum_stages(walk, OF_RUN, knows_flop, most_flop_of));
    case MODEL_OUT_MEMORY:
        return sum_stages(walk, OF_RUN, knows_memory, memory_of);
    case MODEL_OUTPUTS:
        break;
    }
    return (struct engine_product){.known = false};
}

/* Sums that are given beside their parts. */
static const struct {
    enum model_output part, whole;
} given_sums[] = {
    {MODEL_OUT_RENTAL, MODEL_OUT_WITH_BASE},       {MODEL_OUT_BASE, MODEL_OUT_WITH_BASE},
    {MODEL_OUT_OWN, MODEL_OUT_OWN_WITH_BASE},      {MODEL_OUT_OWNERSHIP, MODEL_OUT_WEAR_WITH_BASE},
    {MODEL_OUT_CAPITAL, MODEL_OUT_OWN},            {MODEL_OUT_FACILITY, MODEL_OUT_OWN},
    {MODEL_OUT_OPERATIONS, MODEL_OUT_OWN},         {MODEL_OUT_ENERGY_COST, MODEL_OUT_OWN},
    {MODEL_OUT_ENERGY_COST, MODEL_OUT_OWNERSHIP},  {MODEL_OUT_ACCELERATORS, MODEL_OUT_OWNERSHIP},
    {MODEL_OUT_SERVERS, MODEL_OUT_OWNERSHIP},      {MODEL_OUT_INTERCONNECT, MODEL_OUT_OWNERSHIP},
};

struct engine_product model_product(const struct model_run *run, const bool *exact, enum model_output output)
{
    const struct product_walk walk = {run, exact};
    struct engine_product x = product_by_itself(&walk, output);
    for (size_t k = 0; k < sizeof given_sums / sizeof *given_sums && x.known; k++)
        if (given_sums[k].part == output)
            x.known = product_by_itself(&walk, given_sums[k].whole).known;
    return x;
}
