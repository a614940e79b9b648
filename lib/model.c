#include "model.h"

#include "elementary.h"

/* Hours in a mean Gregorian year, as the wear of Cottier et al. 2024 (arXiv 2405.21015) counts them. */
static const double hours_a_year = 8766;
static const double ln_10 = 2.302585092994046;

static bool has(const struct model_stage *stage, enum model_variable variable)
{
    return stage->input[variable] != MODEL_ABSENT;
}

/* Its chip-hours follow from compute. */
static bool is_computed(const struct model_stage *stage)
{
    return has(stage, MODEL_MFU);
}

static bool knows_chips(const struct model_stage *stage)
{
    return has(stage, MODEL_CHIPS) || (is_computed(stage) && has(stage, MODEL_HOURS));
}

static bool knows_hours(const struct model_stage *stage)
{
    return has(stage, MODEL_HOURS) ||
           ((has(stage, MODEL_CHIP_HOURS) || is_computed(stage)) && has(stage, MODEL_CHIPS));
}

static bool type_has_chips(const struct model_run *run, size_t type)
{
    for (size_t s = 0; s < run->stage_count; s++)
        if (!run->stages[s].base && run->stages[s].type == type && knows_chips(&run->stages[s]))
            return true;
    return false;
}

static bool knows_flop(const struct model_stage *stage)
{
    bool params = has(stage, MODEL_PARAMS) || has(stage, MODEL_ACTIVE_PARAMS);
    return has(stage, MODEL_FLOP) || (params && has(stage, MODEL_TOKENS));
}

static bool knows_memory(const struct model_stage *stage)
{
    return has(stage, MODEL_PARAMS) && has(stage, MODEL_BYTES_PER_PARAM);
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

/* The columns of one call: inputs of the stage at hand, and where each output goes. */
struct block {
    const double *const *inputs;
    double *const *to;
    size_t n;
    double *powered_energy, *powered_hours; /* of the stages whose hours are known */
    double *base_rent;
    double *most_flop; /* what the stages that state compute could have done at their peak */
};

static const double *column(const struct block *b, const struct model_stage *stage,
                            enum model_variable variable)
{
    return b->inputs[stage->input[variable]];
}

/* 6 FLOP a parameter and token: two forward, four backward (Kaplan et al. 2020, arXiv 2001.08361). Attention
 * adds 12 x layers x hidden x sequence a token, all of it counted, masked or not (Chowdhery et al. 2022, arXiv
 * 2204.02311, appendix B). */
static void find_flop(const struct block *b, const struct model_stage *stage, double *restrict flop)
{
    if (has(stage, MODEL_FLOP)) {
        memcpy(flop, column(b, stage, MODEL_FLOP), b->n * sizeof *flop);
        return;
    }
    const double *params =
        column(b, stage, has(stage, MODEL_ACTIVE_PARAMS) ? MODEL_ACTIVE_PARAMS : MODEL_PARAMS);
    const double *tokens = column(b, stage, MODEL_TOKENS);
    for (size_t i = 0; i < b->n; i++)
        flop[i] = 6 * params[i] * tokens[i];
    if (has(stage, MODEL_SEQUENCE_LENGTH)) {
        const double *sequence = column(b, stage, MODEL_SEQUENCE_LENGTH);
        const double *layers = column(b, stage, MODEL_LAYERS), *hidden = column(b, stage, MODEL_HIDDEN);
        for (size_t i = 0; i < b->n; i++)
            flop[i] += 12 * layers[i] * hidden[i] * sequence[i] * tokens[i];
    }
    if (has(stage, MODEL_EPOCHS)) {
        const double *epochs = column(b, stage, MODEL_EPOCHS);
        for (size_t i = 0; i < b->n; i++)
            flop[i] *= epochs[i];
    }
}

/* The time that the compute takes; hours that are stated beside it say how many chips do it. */
static void computed_time(const struct block *b, const struct model_stage *stage, double *restrict chip_hours,
                          double *restrict hours)
{
    const double *mfu = column(b, stage, MODEL_MFU), *goodput = column(b, stage, MODEL_GOODPUT);
    find_flop(b, stage, chip_hours);
    for (size_t i = 0; i < b->n; i++)
        chip_hours[i] /= stage->peak * mfu[i] * goodput[i] * 3600;
    if (has(stage, MODEL_HOURS)) {
        memcpy(hours, column(b, stage, MODEL_HOURS), b->n * sizeof *hours);
        return;
    }
    memset(hours, 0, b->n * sizeof *hours);
    if (!has(stage, MODEL_CHIPS))
        return;
    const double *chips = column(b, stage, MODEL_CHIPS);
    for (size_t i = 0; i < b->n; i++)
        hours[i] = chip_hours[i] / chips[i];
}

static void stage_time(const struct block *b, const struct model_stage *stage, double *restrict chip_hours,
                       double *restrict hours)
{
    if (is_computed(stage)) {
        computed_time(b, stage, chip_hours, hours);
        return;
    }
    if (has(stage, MODEL_CHIPS) && has(stage, MODEL_HOURS)) {
        const double *chips = column(b, stage, MODEL_CHIPS), *given = column(b, stage, MODEL_HOURS);
        for (size_t i = 0; i < b->n; i++) {
            chip_hours[i] = chips[i] * given[i];
            hours[i] = given[i];
        }
        return;
    }
    const double *given = column(b, stage, MODEL_CHIP_HOURS);
    for (size_t i = 0; i < b->n; i++) {
        chip_hours[i] = given[i];
        hours[i] = 0;
    }
    if (has(stage, MODEL_HOURS)) {
        const double *stated = column(b, stage, MODEL_HOURS);
        for (size_t i = 0; i < b->n; i++)
            hours[i] = stated[i];
    } else if (has(stage, MODEL_CHIPS)) {
        const double *chips = column(b, stage, MODEL_CHIPS);
        for (size_t i = 0; i < b->n; i++)
            hours[i] = given[i] / chips[i];
    }
}

/* The chips alone draw their part of what their servers do, also where that was measured: power over the server
 * power ratio, which is tdp x power-fraction otherwise. */
static void stage_energy(const struct block *b, const struct model_stage *stage,
                         const double *restrict chip_hours, double *restrict energy)
{
    const double *ratio = column(b, stage, MODEL_SERVER_POWER_RATIO);
    const double *pue = column(b, stage, MODEL_PUE), *price = column(b, stage, MODEL_ELECTRICITY_PRICE);
    const double *carbon = column(b, stage, MODEL_CARBON_INTENSITY);
    double *restrict chip_energy = b->to[MODEL_OUT_CHIP_ENERGY];
    double *restrict it_energy = b->to[MODEL_OUT_IT_ENERGY];
    double *restrict site_energy = b->to[MODEL_OUT_ENERGY];
    double *restrict cost = b->to[MODEL_OUT_ENERGY_COST];
    double *restrict co2 = b->to[MODEL_OUT_CO2];
    double *restrict chip_co2 = b->to[MODEL_OUT_CHIP_CO2], *restrict it_co2 = b->to[MODEL_OUT_IT_CO2];
    double it_power[MODEL_BLOCK];
    if (has(stage, MODEL_POWER)) {
        const double *power = column(b, stage, MODEL_POWER);
        for (size_t i = 0; i < b->n; i++)
            it_power[i] = power[i];
    } else {
        const double *tdp = column(b, stage, MODEL_TDP), *fraction = column(b, stage, MODEL_POWER_FRACTION);
        for (size_t i = 0; i < b->n; i++)
            it_power[i] = tdp[i] * ratio[i] * fraction[i];
    }
    for (size_t i = 0; i < b->n; i++) {
        double it = chip_hours[i] * it_power[i] / 1000;
        double site = it * pue[i];
        energy[i] = site;
        double chips_alone = it / ratio[i];
        chip_energy[i] += chips_alone;
        it_energy[i] += it;
        site_energy[i] += site;
        cost[i] += site * price[i];
        co2[i] += site * carbon[i];
        chip_co2[i] += chips_alone * carbon[i];
        it_co2[i] += it * carbon[i];
    }
}

/* Amortisation of Cottier et al. 2024: hardware loses `depreciation` orders of magnitude of value a year, so a
 * chip-hour costs that share of what the chip is worth. */
static void stage_wear(const struct block *b, const struct model_stage *stage,
                       const double *restrict chip_hours)
{
    const double *price = column(b, stage, MODEL_HARDWARE_PRICE), *rate = column(b, stage, MODEL_DEPRECIATION);
    const double *server = column(b, stage, MODEL_SERVER_OVERHEAD);
    const double *network = column(b, stage, MODEL_INTERCONNECT_OVERHEAD);
    double *restrict accelerators = b->to[MODEL_OUT_ACCELERATORS];
    double *restrict servers = b->to[MODEL_OUT_SERVERS];
    double *restrict interconnect = b->to[MODEL_OUT_INTERCONNECT];
    for (size_t i = 0; i < b->n; i++) {
        double loss = rate[i] * ln_10;
        double value = price[i] * elementary_exp(-loss * stage->years);
        double wear = chip_hours[i] * value * loss / hours_a_year;
        accelerators[i] += wear;
        servers[i] += wear * (server[i] - 1);
        interconnect[i] += wear * server[i] * (network[i] - 1);
    }
}

/* What the stage did, and what its chips could have done at their peak in the time that advanced it. */
static void stage_flop(const struct block *b, const struct model_stage *stage,
                       const double *restrict chip_hours)
{
    double flop[MODEL_BLOCK];
    double *restrict total = b->to[MODEL_OUT_FLOP];
    find_flop(b, stage, flop);
    for (size_t i = 0; i < b->n; i++)
        total[i] += flop[i];
    if (has(stage, MODEL_GOODPUT)) {
        const double *goodput = column(b, stage, MODEL_GOODPUT);
        for (size_t i = 0; i < b->n; i++)
            b->most_flop[i] += stage->peak * chip_hours[i] * goodput[i] * 3600;
        return;
    }
    for (size_t i = 0; i < b->n; i++)
        b->most_flop[i] += stage->peak * chip_hours[i] * 3600;
}

static void stage_memory(const struct block *b, const struct model_stage *stage)
{
    const double *params = column(b, stage, MODEL_PARAMS), *bytes = column(b, stage, MODEL_BYTES_PER_PARAM);
    double *restrict most = b->to[MODEL_OUT_MEMORY];
    for (size_t i = 0; i < b->n; i++) {
        double state = params[i] * bytes[i] / 1e9;
        most[i] = state > most[i] ? state : most[i];
    }
}

/* What developing a stage costs, experiments and staff with it, for what its run costs to rent. */
static void add_development(const struct block *b, const struct model_stage *stage, const double *restrict rent)
{
    const double *experiments = column(b, stage, MODEL_EXPERIMENTS),
                 *staff = column(b, stage, MODEL_STAFF_SHARE);
    double *restrict cost = b->to[MODEL_OUT_DEVELOPMENT];
    for (size_t i = 0; i < b->n; i++)
        cost[i] += rent[i] * experiments[i] / (1 - staff[i]);
}

static void add_base(const struct block *b, const struct model_stage *stage)
{
    double chip_hours[MODEL_BLOCK], hours[MODEL_BLOCK];
    const double *price = column(b, stage, MODEL_RENTAL_PRICE);
    stage_time(b, stage, chip_hours, hours);
    for (size_t i = 0; i < b->n; i++)
        b->base_rent[i] += chip_hours[i] * price[i];
}

static void add_stage(const struct block *b, const struct model_stage *stage)
{
    double chip_hours[MODEL_BLOCK], hours[MODEL_BLOCK], energy[MODEL_BLOCK], cost[MODEL_BLOCK];
    stage_time(b, stage, chip_hours, hours);
    stage_energy(b, stage, chip_hours, energy);
    stage_wear(b, stage, chip_hours);
    const double *price = column(b, stage, MODEL_RENTAL_PRICE);
    double *restrict total = b->to[MODEL_OUT_CHIP_HOURS], *restrict clock = b->to[MODEL_OUT_HOURS];
    double *restrict rent = b->to[MODEL_OUT_RENTAL];
    for (size_t i = 0; i < b->n; i++) {
        total[i] += chip_hours[i];
        clock[i] += hours[i];
        cost[i] = chip_hours[i] * price[i];
        rent[i] += cost[i];
    }
    add_development(b, stage, cost);
    if (knows_flop(stage))
        stage_flop(b, stage, chip_hours);
    if (knows_memory(stage))
        stage_memory(b, stage);
    if (!knows_hours(stage))
        return;
    for (size_t i = 0; i < b->n; i++) {
        b->powered_energy[i] += energy[i];
        b->powered_hours[i] += hours[i];
    }
}

/* As stated, else into `derived`: as many as do the work in the hours stated. */
static const double *find_chips(const struct block *b, const struct model_stage *stage, double *derived)
{
    double chip_hours[MODEL_BLOCK], hours[MODEL_BLOCK];
    if (has(stage, MODEL_CHIPS))
        return column(b, stage, MODEL_CHIPS);
    computed_time(b, stage, chip_hours, hours);
    for (size_t i = 0; i < b->n; i++)
        derived[i] = chip_hours[i] / hours[i];
    return derived;
}

/* The dearest cluster of the chip type that `first` is the first stage of: the largest, where prices are the
 * same. */
static void add_cluster(const struct block *b, const struct model_run *run, const struct model_stage *first)
{
    double dearest[MODEL_BLOCK] = {0};
    for (size_t s = 0; s < run->stage_count; s++) {
        const struct model_stage *stage = &run->stages[s];
        double derived[MODEL_BLOCK];
        if (stage->base || stage->type != first->type || !knows_chips(stage))
            continue;
        const double *chips = find_chips(b, stage, derived), *price = column(b, stage, MODEL_HARDWARE_PRICE);
        const double *server = column(b, stage, MODEL_SERVER_OVERHEAD);
        const double *network = column(b, stage, MODEL_INTERCONNECT_OVERHEAD);
        for (size_t i = 0; i < b->n; i++) {
            double cluster = chips[i] * price[i] * server[i] * network[i];
            dearest[i] = cluster > dearest[i] ? cluster : dearest[i];
        }
    }
    double *restrict cost = b->to[MODEL_OUT_ACQUISITION];
    for (size_t i = 0; i < b->n; i++)
        cost[i] += dearest[i];
}

static bool is_first_of_type(const struct model_run *run, size_t s)
{
    for (size_t before = 0; before < s; before++)
        if (run->stages[before].type == run->stages[s].type)
            return false;
    return true;
}

static void finish(const struct block *b)
{
    double *const *to = b->to;
    for (size_t i = 0; i < b->n; i++) {
        to[MODEL_OUT_OWNERSHIP][i] = to[MODEL_OUT_ACCELERATORS][i] + to[MODEL_OUT_SERVERS][i] +
                                     to[MODEL_OUT_INTERCONNECT][i] + to[MODEL_OUT_ENERGY_COST][i];
        to[MODEL_OUT_BASE][i] = b->base_rent[i];
        to[MODEL_OUT_WITH_BASE][i] = to[MODEL_OUT_RENTAL][i] + b->base_rent[i];
        double experiments = to[MODEL_OUT_DEVELOPMENT][i] - to[MODEL_OUT_WITH_BASE][i];
        to[MODEL_OUT_EXPERIMENTS][i] = experiments > 0 ? experiments : 0; /* no rounding below nothing */
        to[MODEL_OUT_MFU][i] = b->most_flop[i] > 0 ? to[MODEL_OUT_FLOP][i] / b->most_flop[i] : 0;
        to[MODEL_OUT_POWER][i] = b->powered_hours[i] > 0 ? b->powered_energy[i] / b->powered_hours[i] : 0;
    }
}

void model_evaluate(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct model_run *run = model;
    double unasked[MODEL_OUTPUTS][MODEL_BLOCK], powered_energy[MODEL_BLOCK] = {0},
                                                powered_hours[MODEL_BLOCK] = {0};
    double base_rent[MODEL_BLOCK] = {0}, most_flop[MODEL_BLOCK] = {0};
    double *to[MODEL_OUTPUTS];
    for (size_t j = 0; j < MODEL_OUTPUTS; j++)
        to[j] = unasked[j];
    for (size_t j = 0; j < run->output_count; j++)
        to[run->outputs[j]] = outputs[j];
    for (size_t j = 0; j < MODEL_OUTPUTS; j++)
        memset(to[j], 0, n * sizeof **to);
    struct block b = {inputs, to, n, powered_energy, powered_hours, base_rent, most_flop};
    for (size_t s = 0; s < run->stage_count; s++) {
        if (run->stages[s].base) {
            add_base(&b, &run->stages[s]);
            continue;
        }
        add_stage(&b, &run->stages[s]);
        if (is_first_of_type(run, s))
            add_cluster(&b, run, &run->stages[s]);
    }
    add_development(&b, &run->stages[0], base_rent);
    finish(&b);
}
