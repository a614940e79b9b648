/* The formulas of the cost model, over a block of samples. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model.h"

#include <assert.h>

#include "base/elementary.h"
#include "model/model_stated.h"

static const double months_of_year = 12;
/* A capital cost of nothing has a limit, which this is near to 1e-7. */
static const double least_capital_cost = 1e-7;

/* Outputs that others are made of. */
static const struct {
    enum model_output whole, part;
} parts[] = {
    {MODEL_OUT_OWN_WITH_BASE, MODEL_OUT_OWN},       {MODEL_OUT_OWN, MODEL_OUT_CAPITAL},
    {MODEL_OUT_OWN, MODEL_OUT_FACILITY},            {MODEL_OUT_OWN, MODEL_OUT_OPERATIONS},
    {MODEL_OUT_OWN, MODEL_OUT_ENERGY_COST},         {MODEL_OUT_WEAR_WITH_BASE, MODEL_OUT_OWNERSHIP},
    {MODEL_OUT_OWNERSHIP, MODEL_OUT_ACCELERATORS},  {MODEL_OUT_OWNERSHIP, MODEL_OUT_SERVERS},
    {MODEL_OUT_OWNERSHIP, MODEL_OUT_INTERCONNECT},  {MODEL_OUT_OWNERSHIP, MODEL_OUT_ENERGY_COST},
    {MODEL_OUT_EXPERIMENTS, MODEL_OUT_DEVELOPMENT}, {MODEL_OUT_EXPERIMENTS, MODEL_OUT_WITH_BASE},
    {MODEL_OUT_WITH_BASE, MODEL_OUT_RENTAL},        {MODEL_OUT_WITH_BASE, MODEL_OUT_BASE},
    {MODEL_OUT_DEVELOPMENT, MODEL_OUT_BASE},        {MODEL_OUT_MFU, MODEL_OUT_FLOP},
};

/* A column that stages add to; `to` is NULL where nobody asks for it. What is first is written and not added.
 */
struct stage_sum {
    double *to;
    bool begun;
};

/* A call goes through its samples by so many at a time, for threads with little stack. */
enum { PIECE = 64 };

/* Stands for a column that is not stated, so that loops never choose whether to read one. */
static const double nothing[PIECE];

/* Columns for outputs that only others are made of. */
enum { PLACES = 14 };

/* The columns of some samples of a call: those from `from` on. */
struct block {
    const double *const *inputs;
    size_t from, n;
    struct stage_sum to[MODEL_OUTPUTS];
    struct stage_sum powered_energy, powered_hours; /* of the stages whose hours are known */
    struct stage_sum most_flop; /* what the stages that state compute could have done at their peak */
};

static const double *input_column(const struct block *b, const struct model_stage *stage,
                                  enum model_variable variable)
{
    return b->inputs[stage->input[variable]] + b->from;
}

static void add_column(struct stage_sum *stage_sum, const double *restrict x, size_t n)
{
    double *restrict to = stage_sum->to;
    if (to && stage_sum->begun)
        for (size_t i = 0; i < n; i++)
            to[i] += x[i];
    else if (to)
        memcpy(to, x, n * sizeof *to);
    stage_sum->begun = true;
}

static void add_product(struct stage_sum *stage_sum, const double *restrict x, const double *restrict y,
                        size_t n)
{
    double *restrict to = stage_sum->to;
    if (to && stage_sum->begun)
        for (size_t i = 0; i < n; i++)
            to[i] += x[i] * y[i];
    else if (to)
        for (size_t i = 0; i < n; i++)
            to[i] = x[i] * y[i];
    stage_sum->begun = true;
}

/* For what no stage has added to. */
static void begin_sum(struct stage_sum *stage_sum, size_t n)
{
    if (stage_sum->to && !stage_sum->begun)
        memset(stage_sum->to, 0, n * sizeof *stage_sum->to);
    stage_sum->begun = true;
}

/* Tokens gone through, all epochs of them. */
static void find_tokens(const struct block *b, const struct model_stage *stage, double *restrict tokens)
{
    if (has_input(stage, MODEL_TOKENS))
        memcpy(tokens, input_column(b, stage, MODEL_TOKENS), b->n * sizeof *tokens);
    else {
        const double *steps = input_column(b, stage, MODEL_STEPS);
        const double *batch = input_column(b, stage, MODEL_BATCH_TOKENS);
        for (size_t i = 0; i < b->n; i++)
            tokens[i] = steps[i] * batch[i];
    }
    if (has_input(stage, MODEL_EPOCHS)) {
        const double *epochs = input_column(b, stage, MODEL_EPOCHS);
        for (size_t i = 0; i < b->n; i++)
            tokens[i] *= epochs[i];
    }
}

/* FLOP of a token. 6 a parameter: two forward, four backward (Kaplan et al. 2020, arXiv 2001.08361); frozen ones have
 * no gradient of their own, so 4, and 2 for each that trains beside them. Causal attention adds the same times
 * layers x hidden x what a sequence has over `free_sequence`: half of what Chowdhery et al. 2022 (arXiv 2204.02311,
 * appendix B) count unmasked. */
static void find_token_flop(const struct block *b, const struct model_stage *stage, double free_sequence,
                            double *restrict flop)
{
    double each = stage->flop_active, more = stage->flop_trainable;
    const double *params =
        input_column(b, stage, has_input(stage, MODEL_ACTIVE_PARAMS) ? MODEL_ACTIVE_PARAMS : MODEL_PARAMS);
    for (size_t i = 0; i < b->n; i++)
        flop[i] = each * params[i];
    if (has_input(stage, MODEL_TRAINABLE_PARAMS)) {
        const double *trainable = input_column(b, stage, MODEL_TRAINABLE_PARAMS);
        for (size_t i = 0; i < b->n; i++)
            flop[i] += more * trainable[i];
    }
    if (has_input(stage, MODEL_SEQUENCE_LENGTH)) {
        const double *sequence = input_column(b, stage, MODEL_SEQUENCE_LENGTH);
        const double *layers = input_column(b, stage, MODEL_LAYERS),
                     *hidden = input_column(b, stage, MODEL_HIDDEN);
        for (size_t i = 0; i < b->n; i++) {
            double longer = sequence[i] - free_sequence;
            flop[i] += each * layers[i] * hidden[i] * (longer > 0 ? longer : 0);
        }
    }
}

static void find_flop(const struct block *b, const struct model_stage *stage, double free_sequence,
                      double *restrict flop)
{
    double tokens[PIECE];
    if (has_input(stage, MODEL_FLOP)) {
        memcpy(flop, input_column(b, stage, MODEL_FLOP), b->n * sizeof *flop);
        return;
    }
    find_token_flop(b, stage, free_sequence, flop);
    find_tokens(b, stage, tokens);
    for (size_t i = 0; i < b->n; i++)
        flop[i] *= tokens[i];
}

/* A step waits for the slowest chip: at n chips and a batch of B tokens it takes 1 + wait x n / B times as long. Where
 * hours are stated in place of chips, n is chip-hours / hours, so that chip-hours / (1 - wait x chip-hours / (hours x
 * B)) solves it; what has no solution is cut where a step takes 4 times as long. */
static void lengthen(const struct block *b, const struct model_stage *stage, double *restrict chip_hours)
{
    double wait = stage->wait, loss = stage->size_loss;
    const double *batch = input_column(b, stage, MODEL_BATCH_TOKENS);
    for (size_t i = 0; i < b->n; i++)
        chip_hours[i] *= loss;
    if (has_input(stage, MODEL_CHIPS)) {
        const double *chips = input_column(b, stage, MODEL_CHIPS);
        for (size_t i = 0; i < b->n; i++)
            chip_hours[i] *= 1 + wait * chips[i] / batch[i];
        return;
    }
    const double *hours = input_column(b, stage, MODEL_HOURS);
    for (size_t i = 0; i < b->n; i++) {
        double left = 1 - wait * chip_hours[i] / (hours[i] * batch[i]);
        chip_hours[i] /= left > 0.25 ? left : 0.25;
    }
}

static void work_of_steps(const struct block *b, const struct model_stage *stage, double *restrict chip_hours)
{
    const double *step_time = input_column(b, stage, MODEL_STEP_TIME);
    const double *chips = input_column(b, stage, MODEL_CHIPS);
    if (has_input(stage, MODEL_STEPS))
        memcpy(chip_hours, input_column(b, stage, MODEL_STEPS), b->n * sizeof *chip_hours);
    else {
        const double *batch = input_column(b, stage, MODEL_BATCH_TOKENS);
        find_tokens(b, stage, chip_hours);
        for (size_t i = 0; i < b->n; i++)
            chip_hours[i] /= batch[i];
    }
    for (size_t i = 0; i < b->n; i++)
        chip_hours[i] *= chips[i] * step_time[i] * (1 / 3600.0);
}

/* Chip-hours of undisturbed steps. */
static void find_work(const struct block *b, const struct model_stage *stage, double *restrict chip_hours)
{
    if (has_input(stage, MODEL_STEP_TIME))
        work_of_steps(b, stage, chip_hours);
    else if (has_input(stage, MODEL_THROUGHPUT)) {
        const double *throughput = input_column(b, stage, MODEL_THROUGHPUT);
        double second = stage->throughput_in_flop ? 3600e12 : 3600;
        if (stage->throughput_in_flop)
            find_flop(b, stage, 0, chip_hours);
        else
            find_tokens(b, stage, chip_hours);
        for (size_t i = 0; i < b->n; i++)
            chip_hours[i] /= throughput[i] * second;
    } else {
        const double *mfu = input_column(b, stage, MODEL_MFU);
        find_flop(b, stage, stage->free_sequence, chip_hours);
        for (size_t i = 0; i < b->n; i++)
            chip_hours[i] /= stage->peak * mfu[i] * 3600;
    }
}

/* The time that the work takes; hours that are stated beside it say how many chips do it. */
static void computed_time(const struct block *b, const struct model_stage *stage, double *restrict chip_hours,
                          double *restrict hours)
{
    const double *goodput = input_column(b, stage, MODEL_GOODPUT);
    find_work(b, stage, chip_hours);
    for (size_t i = 0; i < b->n; i++)
        chip_hours[i] /= goodput[i];
    if (stage->wait > 0)
        lengthen(b, stage, chip_hours);
    if (has_input(stage, MODEL_HOURS)) {
        memcpy(hours, input_column(b, stage, MODEL_HOURS), b->n * sizeof *hours);
        return;
    }
    memset(hours, 0, b->n * sizeof *hours);
    if (!has_input(stage, MODEL_CHIPS))
        return;
    const double *chips = input_column(b, stage, MODEL_CHIPS);
    for (size_t i = 0; i < b->n; i++)
        hours[i] = chip_hours[i] / chips[i];
}

static void stated_time(const struct block *b, const struct model_stage *stage, double *restrict chip_hours,
                        double *restrict hours)
{
    if (has_input(stage, MODEL_CHIPS) && has_input(stage, MODEL_HOURS)) {
        const double *chips = input_column(b, stage, MODEL_CHIPS), *given = input_column(b, stage, MODEL_HOURS);
        for (size_t i = 0; i < b->n; i++) {
            chip_hours[i] = chips[i] * given[i];
            hours[i] = given[i];
        }
        return;
    }
    const double *given = input_column(b, stage, MODEL_CHIP_HOURS);
    for (size_t i = 0; i < b->n; i++) {
        chip_hours[i] = given[i];
        hours[i] = 0;
    }
    if (has_input(stage, MODEL_HOURS)) {
        const double *stated = input_column(b, stage, MODEL_HOURS);
        for (size_t i = 0; i < b->n; i++)
            hours[i] = stated[i];
    } else if (has_input(stage, MODEL_CHIPS)) {
        const double *chips = input_column(b, stage, MODEL_CHIPS);
        for (size_t i = 0; i < b->n; i++)
            hours[i] = given[i] / chips[i];
    }
}

/* The time that is paid for. */
static void stage_time(const struct block *b, const struct model_stage *stage, double *restrict chip_hours,
                       double *restrict hours)
{
    if (is_computed(stage)) {
        computed_time(b, stage, chip_hours, hours);
        return;
    }
    stated_time(b, stage, chip_hours, hours);
    if (!stage->training)
        return;
    const double *goodput = input_column(b, stage, MODEL_GOODPUT);
    for (size_t i = 0; i < b->n; i++) {
        chip_hours[i] /= goodput[i];
        hours[i] /= goodput[i];
    }
}

/* What chips draw in those hours, alone and with their servers, in kWh. The chips alone draw their part of what
 * their servers do, also where that was measured: power over the server power ratio, which is tdp x
 * power-fraction otherwise. */
static void stage_draw(const struct block *b, const struct model_stage *stage,
                       const double *restrict chip_hours, double *restrict chips, double *restrict it)
{
    const double *ratio = input_column(b, stage, MODEL_SERVER_POWER_RATIO);
    if (has_input(stage, MODEL_POWER)) {
        const double *power = input_column(b, stage, MODEL_POWER);
        for (size_t i = 0; i < b->n; i++) {
            it[i] = chip_hours[i] * power[i] * 1e-3;
            chips[i] = it[i] / ratio[i];
        }
        return;
    }
    const double *tdp = input_column(b, stage, MODEL_TDP),
                 *fraction = input_column(b, stage, MODEL_POWER_FRACTION);
    for (size_t i = 0; i < b->n; i++) {
        chips[i] = chip_hours[i] * (tdp[i] * fraction[i]) * 1e-3;
        it[i] = chips[i] * ratio[i];
    }
}

/* What a chip with its server is rated at, in kW, and what must be there for it: no less than it draws. */
static void stage_rating(const struct block *b, const struct model_stage *stage, double *restrict kilowatts)
{
    const double *tdp = input_column(b, stage, MODEL_TDP), *ratio = input_column(b, stage, MODEL_SERVER_POWER_RATIO);
    for (size_t i = 0; i < b->n; i++)
        kilowatts[i] = tdp[i] * ratio[i] * 1e-3;
    if (!has_input(stage, MODEL_POWER))
        return;
    const double *power = input_column(b, stage, MODEL_POWER);
    for (size_t i = 0; i < b->n; i++) {
        double drawn = power[i] * 1e-3;
        kilowatts[i] = kilowatts[i] > drawn ? kilowatts[i] : drawn;
    }
}

/* `powered` are the chip-hours whose stages' hours are known. */
static void stage_energy(struct block *b, const struct model_stage *stage, const double *chip_hours,
                         const double *powered)
{
    double it[PIECE], site[PIECE], chips[PIECE];
    const double *pue = input_column(b, stage, MODEL_PUE);
    stage_draw(b, stage, chip_hours, chips, it);
    for (size_t i = 0; i < b->n; i++)
        site[i] = it[i] * pue[i];
    add_column(&b->to[MODEL_OUT_CHIP_ENERGY], chips, b->n);
    add_column(&b->to[MODEL_OUT_IT_ENERGY], it, b->n);
    add_column(&b->to[MODEL_OUT_ENERGY], site, b->n);
    add_product(&b->to[MODEL_OUT_ENERGY_COST], site, input_column(b, stage, MODEL_ELECTRICITY_PRICE), b->n);
    if (has_input(stage, MODEL_CARBON_INTENSITY)) {
        const double *carbon = input_column(b, stage, MODEL_CARBON_INTENSITY);
        add_product(&b->to[MODEL_OUT_CHIP_CO2], chips, carbon, b->n);
        add_product(&b->to[MODEL_OUT_IT_CO2], it, carbon, b->n);
        add_product(&b->to[MODEL_OUT_CO2], site, carbon, b->n);
    }
    if (!b->to[MODEL_OUT_POWER].to)
        return;
    if (powered != chip_hours) {
        stage_draw(b, stage, powered, chips, it);
        for (size_t i = 0; i < b->n; i++)
            site[i] = it[i] * pue[i];
    }
    add_column(&b->powered_energy, site, b->n);
}

/* Amortisation of Cottier et al. 2024: hardware loses `depreciation` orders of magnitude of value a year, so a
 * chip-hour costs that share of what the chip is worth; in all no more than `chips` of them cost to buy, where a
 * stage wears them out. */
static void stage_wear(struct block *b, const struct model_stage *stage, const double *restrict chip_hours,
                       const double *restrict chips)
{
    double wear[PIECE], part[PIECE];
    const double *price = input_column(b, stage, MODEL_HARDWARE_PRICE),
                 *rate = input_column(b, stage, MODEL_DEPRECIATION);
    const double *server = input_column(b, stage, MODEL_SERVER_OVERHEAD);
    const double *network = input_column(b, stage, MODEL_INTERCONNECT_OVERHEAD);
    const double kept = -stage->years * MODEL_LN_10, lost = MODEL_LN_10 / MODEL_HOURS_A_YEAR;
    for (size_t i = 0; i < b->n; i++)
        wear[i] = chip_hours[i] * (price[i] * elementary_exp(kept * rate[i])) * (lost * rate[i]);
    if (chips) {
        const double *new = input_column(b, stage, MODEL_PURCHASE_PRICE);
        for (size_t i = 0; i < b->n; i++) {
            double most = chips[i] * new[i];
            wear[i] = wear[i] < most ? wear[i] : most;
        }
    }
    add_column(&b->to[MODEL_OUT_ACCELERATORS], wear, b->n);
    if (b->to[MODEL_OUT_SERVERS].to) {
        for (size_t i = 0; i < b->n; i++)
            part[i] = server[i] - 1;
        add_product(&b->to[MODEL_OUT_SERVERS], wear, part, b->n);
    }
    if (b->to[MODEL_OUT_INTERCONNECT].to) {
        for (size_t i = 0; i < b->n; i++)
            part[i] = server[i] * (network[i] - 1);
        add_product(&b->to[MODEL_OUT_INTERCONNECT], wear, part, b->n);
    }
}

/* Owning, all in but for the electricity. The purchase is paid back over its life by the capital recovery factor
 * CRF(r, n) = r / (1 - (1+r)^-n), and what it sells for then counts by the sinking fund factor, which is CRF - r.
 * The hours in which the chips idle are paid by those in which they do not. */
static void stage_own(struct block *b, const struct model_stage *stage, const double *restrict chip_hours)
{
    double years[PIECE], part[PIECE], capex[PIECE];
    const double *price = input_column(b, stage, MODEL_PURCHASE_PRICE), *use = input_column(b, stage, MODEL_USE);
    const double *server = input_column(b, stage, MODEL_SERVER_OVERHEAD);
    const double *network = input_column(b, stage, MODEL_INTERCONNECT_OVERHEAD);
    for (size_t i = 0; i < b->n; i++) {
        years[i] = chip_hours[i] / (MODEL_HOURS_A_YEAR * use[i]);
        capex[i] = years[i] * price[i] * server[i] * network[i];
    }
    if (b->to[MODEL_OUT_CAPITAL].to) {
        const double *cost = input_column(b, stage, MODEL_CAPITAL_COST), *life = input_column(b, stage, MODEL_ECONOMIC_LIFE);
        const double *resale = input_column(b, stage, MODEL_RESALE_SHARE);
        for (size_t i = 0; i < b->n; i++) {
            double r = cost[i] > least_capital_cost ? cost[i] : least_capital_cost;
            double recovery = r / (1 - elementary_exp(-life[i] * elementary_log(1 + r)));
            part[i] = recovery - resale[i] * (recovery - r);
        }
        add_product(&b->to[MODEL_OUT_CAPITAL], capex, part, b->n);
    }
    add_product(&b->to[MODEL_OUT_OPERATIONS], capex, input_column(b, stage, MODEL_OPERATIONS_SHARE), b->n);
    if (b->to[MODEL_OUT_FACILITY].to) {
        stage_rating(b, stage, part);
        for (size_t i = 0; i < b->n; i++)
            part[i] *= years[i] * months_of_year;
        add_product(&b->to[MODEL_OUT_FACILITY], part, input_column(b, stage, MODEL_COLOCATION), b->n);
    }
}

/* What the stage did, and what its chips could have done at their peak in the time that advanced it. */
static void stage_flop(struct block *b, const struct model_stage *stage, const double *restrict chip_hours)
{
    double flop[PIECE], most[PIECE];
    if (!b->to[MODEL_OUT_FLOP].to)
        return;
    find_flop(b, stage, 0, flop);
    add_column(&b->to[MODEL_OUT_FLOP], flop, b->n);
    for (size_t i = 0; i < b->n; i++)
        most[i] = stage->peak * chip_hours[i] * 3600;
    if (has_input(stage, MODEL_GOODPUT))
        add_product(&b->most_flop, most, input_column(b, stage, MODEL_GOODPUT), b->n);
    else
        add_column(&b->most_flop, most, b->n);
}

static void stage_memory(struct block *b, const struct model_stage *stage)
{
    const double *params = input_column(b, stage, MODEL_PARAMS),
                 *bytes = input_column(b, stage, MODEL_BYTES_PER_PARAM);
    const double *trainable =
        has_input(stage, MODEL_TRAINABLE_PARAMS) ? input_column(b, stage, MODEL_TRAINABLE_PARAMS) : nothing;
    double *restrict most = b->to[MODEL_OUT_MEMORY].to;
    begin_sum(&b->to[MODEL_OUT_MEMORY], b->n);
    for (size_t i = 0; most && i < b->n; i++) {
        double trained = 16 * trainable[i]; /* beside frozen ones */
        double state = (params[i] * bytes[i] + trained) * 1e-9;
        most[i] = state > most[i] ? state : most[i];
    }
}

/* What developing a stage costs, experiments and staff with it, for what its run costs to rent. */
static void add_development(struct block *b, const struct model_stage *stage, const double *restrict rent)
{
    double times[PIECE];
    if (!b->to[MODEL_OUT_DEVELOPMENT].to)
        return;
    const double *experiments = input_column(b, stage, MODEL_EXPERIMENTS),
                 *staff = input_column(b, stage, MODEL_STAFF_SHARE);
    for (size_t i = 0; i < b->n; i++)
        times[i] = experiments[i] / (1 - staff[i]);
    add_product(&b->to[MODEL_OUT_DEVELOPMENT], rent, times, b->n);
}

/* The first stage of a run may be one that was taken out of another. */
static bool is_first_alike(const struct model_run *run, size_t s)
{
    return s == 0 || !run->stages[s].follows_alike;
}

static bool asks(const struct block *b, const enum model_output *outputs, size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (b->to[outputs[k]].to)
            return true;
    return false;
}

static bool asks_energy(const struct block *b)
{
    static const enum model_output all[] = {MODEL_OUT_ENERGY_COST, MODEL_OUT_CHIP_ENERGY, MODEL_OUT_IT_ENERGY,
                                            MODEL_OUT_ENERGY,      MODEL_OUT_CHIP_CO2,    MODEL_OUT_IT_CO2,
                                            MODEL_OUT_CO2,         MODEL_OUT_POWER};
    return asks(b, all, sizeof all / sizeof *all);
}

static bool asks_wear(const struct block *b)
{
    static const enum model_output all[] = {MODEL_OUT_ACCELERATORS, MODEL_OUT_SERVERS, MODEL_OUT_INTERCONNECT};
    return asks(b, all, sizeof all / sizeof *all);
}

static bool asks_own(const struct block *b)
{
    static const enum model_output all[] = {MODEL_OUT_CAPITAL, MODEL_OUT_FACILITY, MODEL_OUT_OPERATIONS};
    return asks(b, all, sizeof all / sizeof *all);
}

/* Where the most chips of those in `most` and of the stage are; false where the stage does not know its own. */
static bool keep_most_chips(const struct block *b, const struct model_stage *stage, const double *restrict chip_hours,
                            const double *restrict hours, double *restrict most)
{
    if (!knows_chips(stage))
        return false;
    double derived[PIECE];
    const double *chips = derived;
    if (has_input(stage, MODEL_CHIPS))
        chips = input_column(b, stage, MODEL_CHIPS);
    else
        for (size_t i = 0; i < b->n; i++)
            derived[i] = chip_hours[i] / hours[i];
    for (size_t i = 0; i < b->n; i++)
        most[i] = chips[i] > most[i] ? chips[i] : most[i];
    return true;
}

/* The stages that are like the first one together, as their chip-hours cost the same. */
static void add_stages(struct block *b, const struct model_run *run, size_t first)
{
    const struct model_stage *stage = &run->stages[first];
    double all[PIECE], some[PIECE], rent[PIECE], chips[PIECE] = {0};
    struct stage_sum total = {all, false}, powered = {some, false};
    bool know_hours = true, wears = asks_wear(b), know_chips = wears && stage->wears_out;
    for (size_t s = first, step = 1; step && s < run->stage_count; s += step) {
        double chip_hours[PIECE], hours[PIECE];
        step = run->stages[s].next_alike;
        stage_time(b, &run->stages[s], chip_hours, hours);
        add_column(&total, chip_hours, b->n);
        add_column(&b->to[MODEL_OUT_HOURS], hours, b->n);
        if (knows_flop(&run->stages[s]))
            stage_flop(b, &run->stages[s], chip_hours);
        if (knows_memory(&run->stages[s]))
            stage_memory(b, &run->stages[s]);
        know_chips = know_chips && keep_most_chips(b, &run->stages[s], chip_hours, hours, chips);
        know_hours &= knows_hours(&run->stages[s]);
        if (!knows_hours(&run->stages[s]))
            continue;
        add_column(&powered, chip_hours, b->n);
        add_column(&b->powered_hours, hours, b->n);
    }
    if (!know_hours)
        begin_sum(&powered, b->n);
    const double *price = input_column(b, stage, MODEL_RENTAL_PRICE);
    for (size_t i = 0; i < b->n; i++)
        rent[i] = all[i] * price[i];
    add_column(&b->to[MODEL_OUT_CHIP_HOURS], all, b->n);
    add_column(&b->to[MODEL_OUT_RENTAL], rent, b->n);
    add_development(b, stage, rent);
    if (asks_energy(b))
        stage_energy(b, stage, all, know_hours ? all : some);
    if (wears)
        stage_wear(b, stage, all, know_chips ? chips : NULL);
    if (asks_own(b))
        stage_own(b, stage, all);
}

/* As stated, else into `derived`: as many as do the work in the hours stated. */
static const double *find_chips(const struct block *b, const struct model_stage *stage, double *derived)
{
    double chip_hours[PIECE], hours[PIECE];
    if (has_input(stage, MODEL_CHIPS))
        return input_column(b, stage, MODEL_CHIPS);
    computed_time(b, stage, chip_hours, hours);
    for (size_t i = 0; i < b->n; i++)
        derived[i] = chip_hours[i] / hours[i];
    return derived;
}

/* The dearest cluster of the chip type that `first` is the first stage of: the largest, where prices are the
 * same. */
static void add_cluster(struct block *b, const struct model_run *run, const struct model_stage *first)
{
    double dearest[PIECE] = {0};
    if (!b->to[MODEL_OUT_ACQUISITION].to)
        return;
    for (size_t s = 0; s < run->stage_count; s++) {
        const struct model_stage *stage = &run->stages[s];
        double derived[PIECE];
        if (stage->base || stage->type != first->type || !knows_chips(stage))
            continue;
        const double *chips = find_chips(b, stage, derived), *price = input_column(b, stage, MODEL_PURCHASE_PRICE);
        const double *server = input_column(b, stage, MODEL_SERVER_OVERHEAD);
        const double *network = input_column(b, stage, MODEL_INTERCONNECT_OVERHEAD);
        for (size_t i = 0; i < b->n; i++) {
            double cluster = chips[i] * price[i] * server[i] * network[i];
            dearest[i] = cluster > dearest[i] ? cluster : dearest[i];
        }
    }
    add_column(&b->to[MODEL_OUT_ACQUISITION], dearest, b->n);
}

static bool is_first_of_type(const struct model_run *run, size_t s)
{
    for (size_t before = 0; before < s; before++)
        if (run->stages[before].type == run->stages[s].type)
            return false;
    return true;
}

static void divide(const double *restrict x, const double *restrict by, size_t n, double *restrict ratio)
{
    if (ratio)
        for (size_t i = 0; i < n; i++)
            ratio[i] = by[i] > 0 ? x[i] / by[i] : 0;
}

static void add_up(const struct block *b, enum model_output whole, const enum model_output *of, size_t count)
{
    double *restrict to = b->to[whole].to;
    if (!to)
        return;
    memcpy(to, b->to[of[0]].to, b->n * sizeof *to);
    for (size_t k = 1; k < count; k++) {
        const double *restrict part = b->to[of[k]].to;
        for (size_t i = 0; i < b->n; i++)
            to[i] += part[i];
    }
}

static void finish_owning(struct block *b)
{
    static const enum model_output wear[] = {MODEL_OUT_ACCELERATORS, MODEL_OUT_SERVERS, MODEL_OUT_INTERCONNECT,
                                             MODEL_OUT_ENERGY_COST};
    static const enum model_output own[] = {MODEL_OUT_CAPITAL, MODEL_OUT_FACILITY, MODEL_OUT_OPERATIONS,
                                            MODEL_OUT_ENERGY_COST};
    add_up(b, MODEL_OUT_OWNERSHIP, wear, sizeof wear / sizeof *wear);
    add_up(b, MODEL_OUT_OWN, own, sizeof own / sizeof *own);
}

static void finish_sum(struct block *b)
{
    const struct stage_sum *to = b->to;
    double *with_base = to[MODEL_OUT_WITH_BASE].to;
    double *experiments = to[MODEL_OUT_EXPERIMENTS].to;
    for (size_t i = 0; with_base && i < b->n; i++)
        with_base[i] = to[MODEL_OUT_RENTAL].to[i] + to[MODEL_OUT_BASE].to[i];
    for (size_t i = 0; experiments && i < b->n; i++) {
        double beside = to[MODEL_OUT_DEVELOPMENT].to[i] - with_base[i];
        experiments[i] = beside > 0 ? beside : 0; /* no rounding below nothing */
    }
    divide(to[MODEL_OUT_FLOP].to, b->most_flop.to, b->n, to[MODEL_OUT_MFU].to);
    divide(b->powered_energy.to, b->powered_hours.to, b->n, to[MODEL_OUT_POWER].to);
}

/* What only others are made of goes to `places`. */
static void place_parts(struct block *b, double (*places)[PIECE])
{
    size_t used = 0;
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
        if (b->to[parts[p].whole].to && !b->to[parts[p].part].to) {
            assert(used < PLACES);
            b->to[parts[p].part].to = places[used++];
        }
}

/* ---- the runs that this one starts from ---- */

/* `base` is NULL where there are none. */
static void add_base(double *restrict whole, const double *restrict own, const double *restrict base, size_t n)
{
    base = base ? base : nothing;
    for (size_t i = 0; whole && i < n; i++)
        whole[i] = own[i] + base[i];
}

/* What they cost in the same way as the run itself. */
static void evaluate_bases(struct block *b, const struct model_run *run)
{
    double places[PLACES][PIECE], own[PIECE], wear[PIECE];
    struct block base = {.inputs = b->inputs, .from = b->from, .n = b->n};
    const struct stage_sum *to = b->to;
    base.to[MODEL_OUT_RENTAL].to = to[MODEL_OUT_BASE].to;
    if (to[MODEL_OUT_OWN_WITH_BASE].to)
        base.to[MODEL_OUT_OWN].to = own;
    if (to[MODEL_OUT_WEAR_WITH_BASE].to)
        base.to[MODEL_OUT_OWNERSHIP].to = wear;
    place_parts(&base, places);
    bool any = false;
    for (size_t s = 0; s < run->stage_count; s++)
        if (run->stages[s].base && is_first_alike(run, s)) {
            add_stages(&base, run, s);
            any = true;
        }
    if (any)
        finish_owning(&base);
    b->to[MODEL_OUT_BASE].begun = any;
    add_base(to[MODEL_OUT_OWN_WITH_BASE].to, to[MODEL_OUT_OWN].to, any ? base.to[MODEL_OUT_OWN].to : NULL, b->n);
    add_base(to[MODEL_OUT_WEAR_WITH_BASE].to, to[MODEL_OUT_OWNERSHIP].to,
             any ? base.to[MODEL_OUT_OWNERSHIP].to : NULL, b->n);
}

static void evaluate_block(struct block *b, const struct model_run *run)
{
    for (size_t s = 0; s < run->stage_count; s++) {
        if (run->stages[s].base)
            continue;
        if (is_first_alike(run, s))
            add_stages(b, run, s);
        if (is_first_of_type(run, s))
            add_cluster(b, run, &run->stages[s]);
    }
    finish_owning(b);
    evaluate_bases(b, run);
    if (b->to[MODEL_OUT_BASE].begun && b->to[MODEL_OUT_BASE].to)
        add_development(b, &run->stages[0], b->to[MODEL_OUT_BASE].to);
    struct stage_sum *const rare[] = {
        &b->to[MODEL_OUT_FLOP], &b->to[MODEL_OUT_MEMORY], &b->to[MODEL_OUT_BASE], &b->to[MODEL_OUT_ACQUISITION],
        &b->powered_energy,     &b->powered_hours,        &b->most_flop};
    for (size_t k = 0; k < sizeof rare / sizeof *rare; k++)
        begin_sum(rare[k], b->n);
    finish_sum(b);
}

static void evaluate_piece(const struct model_run *run, const double *const *inputs, size_t from, size_t n,
                           double *const *outputs)
{
    double places[PLACES][PIECE], powered_energy[PIECE], powered_hours[PIECE], most_flop[PIECE];
    struct block b = {.inputs = inputs, .from = from, .n = n};
    for (size_t j = 0; j < run->output_count; j++)
        b.to[run->outputs[j]].to = outputs[j] ? outputs[j] + from : NULL;
    place_parts(&b, places);
    if (b.to[MODEL_OUT_POWER].to) {
        b.powered_energy.to = powered_energy;
        b.powered_hours.to = powered_hours;
    }
    if (b.to[MODEL_OUT_MFU].to)
        b.most_flop.to = most_flop;
    evaluate_block(&b, run);
}

void ISA_NAME(model_evaluate)(const void *model, const double *const *inputs, size_t n, double *const *outputs)
{
    for (size_t from = 0; from < n; from += PIECE)
        evaluate_piece(model, inputs, from, n - from < PIECE ? n - from : PIECE, outputs);
}
