/* The formulas against plain arithmetic, one sample at a time, written anew from the design. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/model.h"

#include <check.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STAGES_MOST = 4, COLUMNS_MOST = STAGES_MOST * MODEL_VARIABLES };

static const enum model_output all_outputs[MODEL_OUTPUTS] = {
#define OUTPUT(name, key, word, alias, unit, whole, help) MODEL_OUT_##name,
    MODEL_OUTPUT_MAP(OUTPUT)
#undef OUTPUT
};

static const char *const keys[MODEL_OUTPUTS] = {
#define OUTPUT_KEY(name, key, word, alias, unit, whole, help) key,
    MODEL_OUTPUT_MAP(OUTPUT_KEY)
#undef OUTPUT_KEY
};

/* A run with values in columns of its own, and what was left out of each stage. */
struct case_run {
    struct model_stage stages[STAGES_MOST];
    struct model_run run;
    double values[COLUMNS_MOST][MODEL_BLOCK];
    const double *inputs[COLUMNS_MOST];
};

static double check_between(gsl_rng *rng, double low, double high)
{
    return low * pow(high / low, gsl_rng_uniform(rng));
}

static double random_value(gsl_rng *rng, enum model_variable variable)
{
    static const double ranges[MODEL_VARIABLES][2] = {[MODEL_CHIPS] = {1, 1e5},
                                                      [MODEL_HOURS] = {1, 5000},
                                                      [MODEL_CHIP_HOURS] = {1, 1e8},
                                                      [MODEL_RENTAL_PRICE] = {0.1, 20},
                                                      [MODEL_POWER] = {50, 2000},
                                                      [MODEL_TDP] = {50, 2000},
                                                      [MODEL_SERVER_POWER_RATIO] = {1, 3},
                                                      [MODEL_POWER_FRACTION] = {0.1, 1},
                                                      [MODEL_PUE] = {1, 2},
                                                      [MODEL_ELECTRICITY_PRICE] = {0.01, 0.5},
                                                      [MODEL_CARBON_INTENSITY] = {0.001, 1},
                                                      [MODEL_HARDWARE_PRICE] = {100, 1e5},
                                                      [MODEL_SERVER_OVERHEAD] = {1, 3},
                                                      [MODEL_INTERCONNECT_OVERHEAD] = {1, 2},
                                                      [MODEL_DEPRECIATION] = {0.01, 0.5},
                                                      [MODEL_PURCHASE_PRICE] = {100, 1e5},
                                                      [MODEL_CAPITAL_COST] = {0.01, 0.3},
                                                      [MODEL_ECONOMIC_LIFE] = {1, 10},
                                                      [MODEL_RESALE_SHARE] = {0.01, 1},
                                                      [MODEL_COLOCATION] = {20, 500},
                                                      [MODEL_OPERATIONS_SHARE] = {0.001, 0.2},
                                                      [MODEL_USE] = {0.1, 1},
                                                      [MODEL_PARAMS] = {1e8, 1e12},
                                                      [MODEL_ACTIVE_PARAMS] = {1e8, 1e11},
                                                      [MODEL_TOKENS] = {1e9, 1e14},
                                                      [MODEL_EPOCHS] = {0.5, 8},
                                                      [MODEL_SEQUENCE_LENGTH] = {512, 1e6},
                                                      [MODEL_LAYERS] = {4, 200},
                                                      [MODEL_HIDDEN] = {256, 20000},
                                                      [MODEL_BYTES_PER_PARAM] = {2, 20},
                                                      [MODEL_TRAINABLE_PARAMS] = {1e5, 1e9},
                                                      [MODEL_MFU] = {0.1, 0.6},
                                                      [MODEL_THROUGHPUT] = {1, 1e5},
                                                      [MODEL_STEP_TIME] = {0.1, 100},
                                                      [MODEL_STEPS] = {10, 1e7},
                                                      [MODEL_BATCH_TOKENS] = {1e5, 1e8},
                                                      [MODEL_GOODPUT] = {0.5, 1},
                                                      [MODEL_FLOP] = {1e20, 1e26},
                                                      [MODEL_EXPERIMENTS] = {1, 10},
                                                      [MODEL_STAFF_SHARE] = {0.1, 0.9}};
    return check_between(rng, ranges[variable][0], ranges[variable][1]);
}

/* Which of the ways to state a time a stage has: 0 chips and hours, 1 chip-hours, 2 chips and chip-hours,
 * 3 hours and chip-hours, 4 chips and compute, 5 hours and compute, 6 compute. */
static bool flip(gsl_rng *rng)
{
    return gsl_rng_uniform_int(rng, 2);
}

/* An MFU with or without a wait for the other chips, a throughput of tokens or FLOP, or steps. */
static void choose_timing(struct model_stage *stage, gsl_rng *rng, bool computed)
{
    bool steps = computed && stage->input[MODEL_CHIPS] != MODEL_ABSENT && flip(rng);
    bool throughput = computed && !steps && flip(rng), mfu = computed && !steps && !throughput;
    bool cluster = stage->input[MODEL_CHIPS] != MODEL_ABSENT || stage->input[MODEL_HOURS] != MODEL_ABSENT;
    if (!mfu)
        stage->input[MODEL_MFU] = MODEL_ABSENT;
    if (!throughput)
        stage->input[MODEL_THROUGHPUT] = MODEL_ABSENT;
    if (!steps)
        stage->input[MODEL_STEP_TIME] = MODEL_ABSENT;
    if (!steps || flip(rng))
        stage->input[MODEL_STEPS] = MODEL_ABSENT;
    stage->throughput_in_flop = throughput && flip(rng);
    stage->free_sequence = mfu && flip(rng) ? 8192 : 0;
    stage->wait = mfu && cluster && flip(rng) ? 500 : 0;
    stage->size_loss = 0.9;
}

/* Which of the ways to state compute it has, and whether its time follows from it. */
static void choose_compute(struct model_stage *stage, gsl_rng *rng, bool computed)
{
    if (flip(rng))
        stage->input[MODEL_FLOP] = MODEL_ABSENT;
    if (gsl_rng_uniform_int(rng, 4) == 0 && !computed)
        stage->input[MODEL_TOKENS] = MODEL_ABSENT;
    if (flip(rng))
        stage->input[MODEL_ACTIVE_PARAMS] = MODEL_ABSENT;
    if (flip(rng))
        stage->input[MODEL_EPOCHS] = MODEL_ABSENT;
    if (flip(rng))
        stage->input[MODEL_SEQUENCE_LENGTH] = stage->input[MODEL_LAYERS] = stage->input[MODEL_HIDDEN] =
            MODEL_ABSENT;
    choose_timing(stage, rng, computed);
    stage->flop_active = flip(rng) ? 6 : 4;
    stage->flop_trainable = 2;
    if (stage->flop_active > 5)
        stage->input[MODEL_TRAINABLE_PARAMS] = MODEL_ABSENT;
    if (!computed && flip(rng))
        stage->input[MODEL_GOODPUT] = MODEL_ABSENT;
}

static void make_case(struct case_run *c, gsl_rng *rng, size_t stage_count, size_t types, int way)
{
    memset(c, 0, sizeof *c);
    c->run = (struct model_run){c->stages, stage_count, all_outputs, MODEL_OUTPUTS};
    for (size_t s = 0; s < stage_count; s++) {
        int stated = way >= 0 ? way : (int)gsl_rng_uniform_int(rng, 7);
        struct model_stage *stage = &c->stages[s];
        stage->type = gsl_rng_uniform_int(rng, types);
        stage->years = gsl_rng_uniform_int(rng, 4) ? 5 * gsl_rng_uniform(rng) : 0;
        for (size_t v = 0; v < MODEL_VARIABLES; v++)
            stage->input[v] = s * MODEL_VARIABLES + v;
        if (stated == 1 || stated == 3 || stated > 4)
            stage->input[MODEL_CHIPS] = MODEL_ABSENT;
        if (stated == 1 || stated == 2 || stated == 4 || stated == 6)
            stage->input[MODEL_HOURS] = MODEL_ABSENT;
        if (stated == 0 || stated > 3)
            stage->input[MODEL_CHIP_HOURS] = MODEL_ABSENT;
        if (gsl_rng_uniform_int(rng, 2))
            stage->input[MODEL_POWER] = MODEL_ABSENT;
        else
            stage->input[MODEL_POWER_FRACTION] = MODEL_ABSENT;
        choose_compute(stage, rng, stated > 3);
        stage->base = s > 0 && s + 1 == stage_count && gsl_rng_uniform_int(rng, 2);
        stage->wears_out = flip(rng);
        stage->peak = check_between(rng, 1e12, 1e16);
    }
    for (size_t i = 0; i < COLUMNS_MOST; i++) {
        c->inputs[i] = c->values[i];
        for (size_t j = 0; j < MODEL_BLOCK; j++)
            c->values[i][j] = random_value(rng, (enum model_variable)(i % MODEL_VARIABLES));
    }
}

static bool model_has(const struct model_stage *stage, enum model_variable variable)
{
    return stage->input[variable] != MODEL_ABSENT;
}

static double model_value(const struct case_run *c, size_t s, enum model_variable variable, size_t j)
{
    return c->values[c->stages[s].input[variable]][j];
}

struct plain {
    double figure[MODEL_OUTPUTS];
    double power_energy, power_hours, base_rent, base_own, base_wear, most_flop;
};

static double plain_flop(const struct case_run *c, size_t s, size_t j, double free_sequence)
{
    const struct model_stage *stage = &c->stages[s];
    enum model_variable params = model_has(stage, MODEL_ACTIVE_PARAMS) ? MODEL_ACTIVE_PARAMS : MODEL_PARAMS;
    if (model_has(stage, MODEL_FLOP))
        return model_value(c, s, MODEL_FLOP, j);
    if (!model_has(stage, MODEL_TOKENS))
        return 0;
    double of_token = stage->flop_active * model_value(c, s, params, j);
    if (model_has(stage, MODEL_TRAINABLE_PARAMS))
        of_token += stage->flop_trainable * model_value(c, s, MODEL_TRAINABLE_PARAMS, j);
    if (model_has(stage, MODEL_SEQUENCE_LENGTH))
        of_token += stage->flop_active * model_value(c, s, MODEL_LAYERS, j) * model_value(c, s, MODEL_HIDDEN, j) *
                    fmax(model_value(c, s, MODEL_SEQUENCE_LENGTH, j) - free_sequence, 0);
    return of_token * model_value(c, s, MODEL_TOKENS, j) *
           (model_has(stage, MODEL_EPOCHS) ? model_value(c, s, MODEL_EPOCHS, j) : 1);
}

static double plain_chip_hours(const struct case_run *c, size_t s, size_t j)
{
    const struct model_stage *stage = &c->stages[s];
    double tokens = model_has(stage, MODEL_TOKENS) ? model_value(c, s, MODEL_TOKENS, j) : 0;
    tokens *= model_has(stage, MODEL_EPOCHS) ? model_value(c, s, MODEL_EPOCHS, j) : 1;
    if (model_has(stage, MODEL_STEP_TIME)) {
        double batch = model_value(c, s, MODEL_BATCH_TOKENS, j);
        double steps = model_has(stage, MODEL_STEPS) ? model_value(c, s, MODEL_STEPS, j) : tokens / batch;
        return model_value(c, s, MODEL_CHIPS, j) * steps * model_value(c, s, MODEL_STEP_TIME, j) /
               model_value(c, s, MODEL_GOODPUT, j) / 3600;
    }
    if (model_has(stage, MODEL_THROUGHPUT)) {
        double work = stage->throughput_in_flop ? plain_flop(c, s, j, 0) / 1e12 : tokens;
        return work / (model_value(c, s, MODEL_THROUGHPUT, j) * model_value(c, s, MODEL_GOODPUT, j)) / 3600;
    }
    if (model_has(stage, MODEL_MFU)) {
        double alone = plain_flop(c, s, j, stage->free_sequence) /
                       (stage->peak * model_value(c, s, MODEL_MFU, j) * model_value(c, s, MODEL_GOODPUT, j)) / 3600;
        double waits = stage->wait / model_value(c, s, MODEL_BATCH_TOKENS, j);
        if (stage->wait <= 0)
            return alone;
        if (model_has(stage, MODEL_CHIPS))
            return alone * stage->size_loss * (1 + waits * model_value(c, s, MODEL_CHIPS, j));
        double left = 1 - waits * alone * stage->size_loss / model_value(c, s, MODEL_HOURS, j);
        return alone * stage->size_loss / fmax(left, 0.25);
    }
    return model_has(stage, MODEL_CHIPS) && model_has(stage, MODEL_HOURS)
               ? model_value(c, s, MODEL_CHIPS, j) * model_value(c, s, MODEL_HOURS, j)
               : model_value(c, s, MODEL_CHIP_HOURS, j);
}

/* Capital, facility and operations, by the recovery and sinking fund factors as textbooks have them. */
static void plain_own(const struct case_run *c, size_t s, size_t j, double chip_hours, double own[3])
{
    double r = model_value(c, s, MODEL_CAPITAL_COST, j), n = model_value(c, s, MODEL_ECONOMIC_LIFE, j);
    double recovery = r / (1 - pow(1 + r, -n)), sinking = r / (pow(1 + r, n) - 1);
    double capex = model_value(c, s, MODEL_PURCHASE_PRICE, j) * model_value(c, s, MODEL_SERVER_OVERHEAD, j) *
                   model_value(c, s, MODEL_INTERCONNECT_OVERHEAD, j);
    double kilowatts = model_value(c, s, MODEL_TDP, j) * model_value(c, s, MODEL_SERVER_POWER_RATIO, j) / 1000;
    if (model_has(&c->stages[s], MODEL_POWER))
        kilowatts = fmax(kilowatts, model_value(c, s, MODEL_POWER, j) / 1000);
    double years = chip_hours / (8766 * model_value(c, s, MODEL_USE, j));
    own[0] = capex * (recovery - model_value(c, s, MODEL_RESALE_SHARE, j) * sinking) * years;
    own[1] = kilowatts * model_value(c, s, MODEL_COLOCATION, j) * 12 * years;
    own[2] = capex * model_value(c, s, MODEL_OPERATIONS_SHARE, j) * years;
}

static bool has_chips(const struct model_stage *stage)
{
    return model_has(stage, MODEL_CHIPS) || ((model_has(stage, MODEL_MFU) || model_has(stage, MODEL_THROUGHPUT)) &&
                                              model_has(stage, MODEL_HOURS));
}

static double plain_chips(const struct case_run *c, size_t s, size_t j)
{
    return model_has(&c->stages[s], MODEL_CHIPS)
               ? model_value(c, s, MODEL_CHIPS, j)
               : plain_chip_hours(c, s, j) / model_value(c, s, MODEL_HOURS, j);
}

static void add_plain_stage(const struct case_run *c, size_t s, size_t j, struct plain *sum)
{
    const struct model_stage *stage = &c->stages[s];
    bool chips = model_has(stage, MODEL_CHIPS), clock = model_has(stage, MODEL_HOURS);
    double chip_hours = plain_chip_hours(c, s, j);
    double hours = clock   ? model_value(c, s, MODEL_HOURS, j)
                   : chips ? chip_hours / model_value(c, s, MODEL_CHIPS, j)
                           : 0;
    double ratio = model_value(c, s, MODEL_SERVER_POWER_RATIO, j);
    double it_power = model_has(stage, MODEL_POWER) ? model_value(c, s, MODEL_POWER, j)
                                                    : model_value(c, s, MODEL_TDP, j) * ratio *
                                                          model_value(c, s, MODEL_POWER_FRACTION, j);
    double it_energy = chip_hours * it_power / 1000, energy = it_energy * model_value(c, s, MODEL_PUE, j);
    double rate = model_value(c, s, MODEL_DEPRECIATION, j);
    double worth = model_value(c, s, MODEL_HARDWARE_PRICE, j) * pow(10, -rate * stage->years);
    double wear = chip_hours * worth * rate * log(10) / 8766;
    if (has_chips(stage) && stage->wears_out)
        wear = fmin(wear, plain_chips(c, s, j) * model_value(c, s, MODEL_PURCHASE_PRICE, j));
    double servers = wear * (model_value(c, s, MODEL_SERVER_OVERHEAD, j) - 1);
    double interconnect = (wear + servers) * (model_value(c, s, MODEL_INTERCONNECT_OVERHEAD, j) - 1);
    double cost = energy * model_value(c, s, MODEL_ELECTRICITY_PRICE, j);
    double own[3];
    plain_own(c, s, j, chip_hours, own);
    if (stage->base) {
        sum->base_rent += chip_hours * model_value(c, s, MODEL_RENTAL_PRICE, j);
        sum->base_own += own[0] + own[1] + own[2] + cost;
        sum->base_wear += wear + servers + interconnect + cost;
        return;
    }
    sum->figure[MODEL_OUT_CAPITAL] += own[0];
    sum->figure[MODEL_OUT_FACILITY] += own[1];
    sum->figure[MODEL_OUT_OPERATIONS] += own[2];
    sum->figure[MODEL_OUT_OWN] += own[0] + own[1] + own[2] + cost;
    sum->figure[MODEL_OUT_CHIP_HOURS] += chip_hours;
    sum->figure[MODEL_OUT_HOURS] += hours;
    double rent = chip_hours * model_value(c, s, MODEL_RENTAL_PRICE, j);
    sum->figure[MODEL_OUT_RENTAL] += rent;
    sum->figure[MODEL_OUT_DEVELOPMENT] +=
        rent * model_value(c, s, MODEL_EXPERIMENTS, j) / (1 - model_value(c, s, MODEL_STAFF_SHARE, j));
    sum->figure[MODEL_OUT_CHIP_ENERGY] += it_energy / ratio;
    sum->figure[MODEL_OUT_IT_ENERGY] += it_energy;
    sum->figure[MODEL_OUT_ENERGY] += energy;
    sum->figure[MODEL_OUT_ENERGY_COST] += cost;
    sum->figure[MODEL_OUT_CO2] += energy * model_value(c, s, MODEL_CARBON_INTENSITY, j);
    sum->figure[MODEL_OUT_IT_CO2] += it_energy * model_value(c, s, MODEL_CARBON_INTENSITY, j);
    sum->figure[MODEL_OUT_CHIP_CO2] += it_energy / ratio * model_value(c, s, MODEL_CARBON_INTENSITY, j);
    sum->figure[MODEL_OUT_ACCELERATORS] += wear;
    sum->figure[MODEL_OUT_SERVERS] += servers;
    sum->figure[MODEL_OUT_INTERCONNECT] += interconnect;
    sum->figure[MODEL_OUT_OWNERSHIP] += wear + servers + interconnect + cost;
    double flop = plain_flop(c, s, j, 0);
    double advanced = model_has(stage, MODEL_GOODPUT) ? model_value(c, s, MODEL_GOODPUT, j) : 1;
    sum->figure[MODEL_OUT_FLOP] += flop;
    sum->most_flop += flop > 0 ? stage->peak * chip_hours * advanced * 3600 : 0;
    sum->figure[MODEL_OUT_MEMORY] =
        fmax(sum->figure[MODEL_OUT_MEMORY],
             (model_value(c, s, MODEL_PARAMS, j) * model_value(c, s, MODEL_BYTES_PER_PARAM, j) +
              (model_has(stage, MODEL_TRAINABLE_PARAMS) ? 16 * model_value(c, s, MODEL_TRAINABLE_PARAMS, j) : 0)) /
                 1e9);
    if (hours > 0) {
        sum->power_energy += energy;
        sum->power_hours += hours;
    }
}

/* Of each type the dearest cluster. */
static double plain_acquisition(const struct case_run *c, size_t j)
{
    double cost = 0;
    for (size_t type = 0; type < STAGES_MOST; type++) {
        double dearest = 0;
        for (size_t s = 0; s < c->run.stage_count; s++)
            if (c->stages[s].type == type && !c->stages[s].base && has_chips(&c->stages[s]))
                dearest = fmax(dearest, plain_chips(c, s, j) * model_value(c, s, MODEL_PURCHASE_PRICE, j) *
                                            model_value(c, s, MODEL_SERVER_OVERHEAD, j) *
                                            model_value(c, s, MODEL_INTERCONNECT_OVERHEAD, j));
        cost += dearest;
    }
    return cost;
}

static void check_case(const struct case_run *c, size_t n)
{
    static double columns[MODEL_OUTPUTS][MODEL_BLOCK];
    double *outputs[MODEL_OUTPUTS];
    for (size_t k = 0; k < MODEL_OUTPUTS; k++) {
        outputs[k] = columns[k];
        for (size_t j = 0; j < MODEL_BLOCK; j++)
            columns[k][j] = -7;
    }
    model_evaluate(&c->run, c->inputs, n, outputs);
    for (size_t j = 0; j < n; j++) {
        struct plain sum = {.power_hours = 0};
        for (size_t s = 0; s < c->run.stage_count; s++)
            add_plain_stage(c, s, j, &sum);
        sum.figure[MODEL_OUT_ACQUISITION] = plain_acquisition(c, j);
        sum.figure[MODEL_OUT_POWER] = sum.power_hours > 0 ? sum.power_energy / sum.power_hours : 0;
        sum.figure[MODEL_OUT_WITH_BASE] = sum.figure[MODEL_OUT_RENTAL] + sum.base_rent;
        sum.figure[MODEL_OUT_DEVELOPMENT] += sum.base_rent * model_value(c, 0, MODEL_EXPERIMENTS, j) /
                                             (1 - model_value(c, 0, MODEL_STAFF_SHARE, j));
        sum.figure[MODEL_OUT_BASE] = sum.base_rent;
        sum.figure[MODEL_OUT_OWN_WITH_BASE] = sum.figure[MODEL_OUT_OWN] + sum.base_own;
        sum.figure[MODEL_OUT_WEAR_WITH_BASE] = sum.figure[MODEL_OUT_OWNERSHIP] + sum.base_wear;
        sum.figure[MODEL_OUT_EXPERIMENTS] = sum.figure[MODEL_OUT_DEVELOPMENT] - sum.figure[MODEL_OUT_WITH_BASE];
        sum.figure[MODEL_OUT_MFU] = sum.most_flop > 0 ? sum.figure[MODEL_OUT_FLOP] / sum.most_flop : 0;
        for (size_t k = 0; k < MODEL_OUTPUTS; k++)
            if (!(fabs(columns[k][j] - sum.figure[k]) <= 1e-11 * fabs(sum.figure[k])))
                ck_abort_msg("%s of sample %zu is %.17g, not %.17g", keys[k], j, columns[k][j], sum.figure[k]);
    }
    for (size_t k = 0; k < MODEL_OUTPUTS; k++)
        for (size_t j = n; j < MODEL_BLOCK; j++)
            if (columns[k][j] != -7)
                ck_abort_msg("%s: sample %zu of %zu was written", keys[k], j, n);
}

START_TEST(one_stage_is_plain_arithmetic)
{
    static struct case_run c;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    for (int i = 0; i < 50; i++) {
        make_case(&c, rng, 1, 1, _i);
        check_case(&c, MODEL_BLOCK);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(several_stages_add_up)
{
    static struct case_run c;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    for (int i = 0; i < 200; i++) {
        make_case(&c, rng, 1 + gsl_rng_uniform_int(rng, STAGES_MOST), 1 + gsl_rng_uniform_int(rng, 3), -1);
        check_case(&c, 1 + gsl_rng_uniform_int(rng, MODEL_BLOCK));
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(asking_for_less_gives_the_same_figures)
{
    static struct case_run c;
    static double all[MODEL_OUTPUTS][MODEL_BLOCK], one[MODEL_BLOCK];
    double *outputs[MODEL_OUTPUTS];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    make_case(&c, rng, 3, 2, -1);
    for (size_t k = 0; k < MODEL_OUTPUTS; k++)
        outputs[k] = all[k];
    model_evaluate(&c.run, c.inputs, 100, outputs);
    for (size_t k = 0; k < MODEL_OUTPUTS; k++) {
        struct model_run run = c.run;
        double *only[] = {one};
        run.outputs = &all_outputs[k];
        run.output_count = 1;
        model_evaluate(&run, c.inputs, 100, only);
        ck_assert_msg(!memcmp(one, all[k], 100 * sizeof *one), "%s", keys[k]);
    }
    gsl_rng_free(rng);
}
END_TEST

/* Twice the factor is twice the output, to the bit. */
static size_t check_factor(struct case_run *c, enum model_output output)
{
    static double before[MODEL_BLOCK], after[MODEL_BLOCK];
    double *only[] = {before};
    struct model_run run = c->run;
    run.outputs = &output;
    run.output_count = 1;
    size_t factor = model_factor(&run, output);
    if (factor == MODEL_ABSENT || !model_gives(&run, output))
        return 0;
    model_evaluate(&run, c->inputs, MODEL_BLOCK, only);
    for (size_t j = 0; j < MODEL_BLOCK; j++)
        c->values[factor][j] *= 2;
    only[0] = after;
    model_evaluate(&run, c->inputs, MODEL_BLOCK, only);
    for (size_t j = 0; j < MODEL_BLOCK; j++) {
        c->values[factor][j] /= 2;
        ck_assert_msg(after[j] == 2 * before[j], "%s", keys[output]);
    }
    return 1;
}

START_TEST(outputs_are_proportional_to_their_factors)
{
    static struct case_run c;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    size_t shared = 0, apart = 0;
    for (int i = 0; i < 200; i++) {
        make_case(&c, rng, 2, 1, 0);
        c.stages[1].base = i % 2;
        for (size_t k = 0; k < MODEL_OUTPUTS; k++)
            apart += check_factor(&c, (enum model_output)k);
        for (size_t v = 0; v < MODEL_VARIABLES; v++)
            if (v != MODEL_CHIPS && v != MODEL_HOURS && c.stages[0].input[v] == v)
                c.stages[1].input[v] = v;
        for (size_t k = 0; k < MODEL_OUTPUTS; k++)
            shared += check_factor(&c, (enum model_output)k);
    }
    ck_assert_uint_ge(shared, 200 * 12);
    ck_assert_uint_le(apart, 100 * 12); /* those of the runs whose second stage is a base */
    gsl_rng_free(rng);
}
END_TEST

/* Which outputs a run of two stages gives, by how the second one states its time; the first has chips and
 * hours. */
static const struct {
    int way;
    size_t second_type;
    bool hours, power, acquisition;
} given[] = {
    {0, 0, true, true, true},   {1, 0, false, true, true},  {2, 0, true, true, true}, {3, 0, true, true, true},
    {1, 1, false, true, false}, {3, 1, true, true, false},  {2, 1, true, true, true}, {4, 1, true, true, true},
    {5, 1, true, true, true},   {6, 1, false, true, false},
};

/* What is exact keeps one value, the rest moves over its range. */
static void hold_exact(struct case_run *c, gsl_rng *rng, bool exact[COLUMNS_MOST], double share)
{
    for (size_t i = 0; i < COLUMNS_MOST; i++) {
        exact[i] = gsl_rng_uniform(rng) < share;
        for (size_t j = 1; j < MODEL_BLOCK && exact[i]; j++)
            c->values[i][j] = c->values[i][0];
    }
}

static double power_ratio(const struct case_run *c, const struct engine_product *product, size_t j)
{
    double ratio = 1;
    for (size_t k = 0; k < product->count; k++)
        ratio *= pow(c->values[product->powers[k].input][j] / c->values[product->powers[k].input][0],
                     product->powers[k].power);
    return ratio;
}

/* Every other stage costs what the first does, but hours; together they cost what they do apart. */
START_TEST(stages_that_cost_alike_are_found)
{
    static double apart[MODEL_OUTPUTS][MODEL_BLOCK], together[MODEL_OUTPUTS][MODEL_BLOCK];
    double *outputs[MODEL_OUTPUTS], *other[MODEL_OUTPUTS];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    struct case_run c;
    for (int k = 0; k < MODEL_OUTPUTS; k++) {
        outputs[k] = apart[k];
        other[k] = together[k];
    }
    make_case(&c, rng, 4, 1, 0);
    for (size_t s = 0; s < 4; s++) {
        const struct model_stage stage = c.stages[s];
        c.stages[s] = c.stages[s % 2];
        c.stages[s].base = c.stages[s].wears_out = false;
        c.stages[s].input[MODEL_CHIPS] = stage.input[MODEL_CHIPS];
        c.stages[s].input[MODEL_HOURS] = stage.input[MODEL_HOURS];
    }
    model_evaluate(&c.run, c.inputs, MODEL_BLOCK, outputs);
    ck_assert(model_find_alike(c.stages, 4));
    for (size_t s = 0; s < 4; s++)
        ck_assert(c.stages[s].next_alike == (s < 2 ? 2 : 0) && c.stages[s].follows_alike == (s > 1));
    model_evaluate(&c.run, c.inputs, MODEL_BLOCK, other);
    for (int k = 0; k < MODEL_OUTPUTS; k++)
        for (size_t j = 0; j < MODEL_BLOCK; j++)
            ck_assert_msg(fabs(together[k][j] - apart[k][j]) <= 1e-12 * fabs(apart[k][j]), "%s", keys[k]);
    c.stages[2].years += 1;
    ck_assert(model_find_alike(c.stages, 4));
    ck_assert(c.stages[0].next_alike == 0 && !c.stages[2].follows_alike && c.stages[3].follows_alike);
    gsl_rng_free(rng);
}
END_TEST

/* Inputs are exact by chance: few of them, most, or all. */
START_TEST(what_is_said_to_be_a_product_is_one)
{
    static double columns[MODEL_OUTPUTS][MODEL_BLOCK];
    double *outputs[MODEL_OUTPUTS];
    size_t found[MODEL_OUTPUTS] = {0};
    bool exact[COLUMNS_MOST];
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    for (size_t j = 0; j < MODEL_OUTPUTS; j++)
        outputs[j] = columns[j];
    for (int round = 0; round < 1100; round++) {
        static struct case_run c;
        make_case(&c, rng, 1 + gsl_rng_uniform_int(rng, 2), 1, -1);
        for (size_t v = 0; v < MODEL_VARIABLES && round % 2; v++)
            if (model_has(&c.stages[0], (enum model_variable)v) && model_has(&c.stages[1], (enum model_variable)v))
                c.stages[1].input[v] = v;
        hold_exact(&c, rng, exact, 0.5 + 0.5 * (round % 11) / 10);
        model_evaluate(&c.run, c.inputs, 16, outputs);
        for (size_t j = 0; j < MODEL_OUTPUTS; j++) {
            struct engine_product product = model_product(&c.run, exact, (enum model_output)j);
            if (!product.known || !model_gives(&c.run, (enum model_output)j))
                continue;
            found[j]++;
            for (size_t i = 1; i < 16; i++) {
                double expected = columns[j][0] * power_ratio(&c, &product, i);
                if (!(fabs(columns[j][i] - expected) <= 1e-9 * fabs(expected)))
                    ck_abort_msg("%s: %.12g, not %.12g", keys[j], columns[j][i], expected);
            }
        }
    }
    for (size_t j = 0; j < MODEL_OUTPUTS; j++)
        ck_assert_msg(found[j] > 20, "%s: %zu times", keys[j], found[j]);
    gsl_rng_free(rng);
}
END_TEST

START_TEST(outputs_that_the_inputs_cannot_give_are_known)
{
    static struct case_run c;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    struct model_stage first;
    make_case(&c, rng, 2, 1, 0);
    first = c.stages[0];
    make_case(&c, rng, 2, 1, given[_i].way);
    c.stages[0] = first;
    c.stages[0].input[MODEL_FLOP] = MODEL_FLOP;
    c.stages[1].type = given[_i].second_type;
    c.stages[1].base = false;
    for (int k = 0; k < MODEL_OUTPUTS; k++) {
        bool expected = k == MODEL_OUT_HOURS         ? given[_i].hours
                        : k == MODEL_OUT_POWER       ? given[_i].power
                        : k == MODEL_OUT_ACQUISITION ? given[_i].acquisition
                        : k == MODEL_OUT_WITH_BASE   ? false
                        : k == MODEL_OUT_BASE        ? false
                        : k == MODEL_OUT_OWN_WITH_BASE || k == MODEL_OUT_WEAR_WITH_BASE
                            ? false
                            : true;
        ck_assert_msg(model_gives(&c.run, (enum model_output)k) == expected, "%s", keys[k]);
    }
    gsl_rng_free(rng);
}
END_TEST

START_TEST(chip_hours_alone_give_no_clock)
{
    static struct case_run c;
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_taus2);
    make_case(&c, rng, 1, 1, 1);
    ck_assert(!model_gives(&c.run, MODEL_OUT_HOURS) && !model_gives(&c.run, MODEL_OUT_POWER));
    ck_assert(!model_gives(&c.run, MODEL_OUT_ACQUISITION) && model_gives(&c.run, MODEL_OUT_RENTAL));
    gsl_rng_free(rng);
}
END_TEST

Suite *model_suite(void)
{
    Suite *suite = suite_create("model");
    TCase *tests = tcase_create("model");
    tcase_set_timeout(tests, 60);
    tcase_add_loop_test(tests, one_stage_is_plain_arithmetic, 0, 7);
    tcase_add_test(tests, several_stages_add_up);
    tcase_add_test(tests, asking_for_less_gives_the_same_figures);
    tcase_add_test(tests, outputs_are_proportional_to_their_factors);
    tcase_add_test(tests, what_is_said_to_be_a_product_is_one);
    tcase_add_test(tests, stages_that_cost_alike_are_found);
    tcase_add_loop_test(tests, outputs_that_the_inputs_cannot_give_are_known, 0, sizeof given / sizeof *given);
    tcase_add_test(tests, chip_hours_alone_give_no_clock);
    suite_add_tcase(suite, tests);
    return suite;
}
