/* The cost model: formulas over a block of samples, doubles in, doubles out. It knows no chance. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_MODEL_H
#define LIB_MODEL_H

#include "engine/instruction_set.h"
#include "engine/product.h"

#include <stdbool.h>
#include <stddef.h>

/* The most samples of one call. */
enum { MODEL_BLOCK = 256 };

#define MODEL_HOURS_A_YEAR 8766.0
#define MODEL_LN_10 2.302585092994046

/* What a stage is computed from. */
enum model_variable {
    MODEL_CHIPS,
    MODEL_HOURS,
    MODEL_CHIP_HOURS,
    MODEL_RENTAL_PRICE,
    MODEL_POWER,
    MODEL_TDP,
    MODEL_SERVER_POWER_RATIO,
    MODEL_POWER_FRACTION,
    MODEL_PUE,
    MODEL_ELECTRICITY_PRICE,
    MODEL_CARBON_INTENSITY,
    MODEL_HARDWARE_PRICE,
    MODEL_SERVER_OVERHEAD,
    MODEL_INTERCONNECT_OVERHEAD,
    MODEL_DEPRECIATION,
    MODEL_PURCHASE_PRICE,
    MODEL_CAPITAL_COST,
    MODEL_ECONOMIC_LIFE,
    MODEL_RESALE_SHARE,
    MODEL_COLOCATION,
    MODEL_OPERATIONS_SHARE,
    MODEL_USE,
    MODEL_PARAMS,
    MODEL_ACTIVE_PARAMS, /* absent where all are active */
    MODEL_TOKENS,
    MODEL_EPOCHS,
    MODEL_SEQUENCE_LENGTH, /* this, layers and hidden: all or none */
    MODEL_LAYERS,
    MODEL_HIDDEN,
    MODEL_BYTES_PER_PARAM,
    MODEL_TRAINABLE_PARAMS, /* beside frozen ones; absent where all train */
    MODEL_MFU,              /* this, throughput or step time, with goodput, where the time comes from the work */
    MODEL_THROUGHPUT,       /* tokens/s a chip, or TFLOP/s */
    MODEL_STEP_TIME,        /* s; with steps, or tokens and batch tokens */
    MODEL_STEPS,
    MODEL_BATCH_TOKENS,
    MODEL_GOODPUT, /* also where it is stated beside a time */
    MODEL_FLOP,
    MODEL_EXPERIMENTS,
    MODEL_STAFF_SHARE,
    MODEL_VARIABLES,
    MODEL_NONE = MODEL_VARIABLES /* of a parameter that is no number */
};

/* What a run gives, in the order of every listing: the key, the word that text prints and options take, an alias of
 * that, the unit, what it is a part of, and one line of help. */
#define MODEL_OUTPUT_MAP(X)                                                                                    \
    X(CHIP_HOURS, "chip_hours", "chip-hours", "", "h", NULL, "chip-hours of all stages")                       \
    X(HOURS, "hours", "hours", "", "h", NULL, "wall-clock hours, one stage after the other")                   \
    X(RENTAL, "rental_usd", "rent", "rental", "USD", NULL, "rent of the chips")                                \
    X(OWN, "own_usd", "own", "", "USD", NULL, "owning, all in: capital, facility, operations, electricity")    \
    X(CAPITAL, "capital_usd", "capital", "", "USD", "own_usd",                                                 \
      "the purchase over its life, at the cost of capital, less its sale")                                     \
    X(FACILITY, "facility_usd", "facility", "", "USD", "own_usd",                                              \
      "rent of powered, cooled space for the rated power")                                                     \
    X(OPERATIONS, "operations_usd", "operations", "", "USD", "own_usd",                                        \
      "staff, maintenance, insurance and spares")                                                              \
    X(ENERGY_COST, "energy_usd", "electricity", "", "USD", "own_usd",                                          \
      "electricity at the meter of the site")                                                                  \
    X(OWNERSHIP, "ownership_usd", "wear", "ownership", "USD", NULL,                                            \
      "wear of owned hardware and its electricity")                                                            \
    X(ACCELERATORS, "accelerators_usd", "accelerators", "", "USD", "ownership_usd", "wear of the chips")       \
    X(SERVERS, "servers_usd", "servers", "", "USD", "ownership_usd", "wear of the servers around them")        \
    X(INTERCONNECT, "interconnect_usd", "interconnect", "", "USD", "ownership_usd",                            \
      "wear of the network between the servers")                                                               \
    X(ACQUISITION, "acquisition_usd", "buy", "acquisition", "USD", NULL,                                       \
      "buying the largest cluster of each chip type")                                                          \
    X(WITH_BASE, "with_base_usd", "rent-with-base", "with-base", "USD", NULL,                                  \
      "rent of the run and of the runs that it starts from")                                                   \
    X(OWN_WITH_BASE, "own_with_base_usd", "own-with-base", "", "USD", NULL,                                    \
      "owning, all in, with the runs that it starts from")                                                     \
    X(WEAR_WITH_BASE, "ownership_with_base_usd", "wear-with-base", "", "USD", NULL,                            \
      "wear and electricity, with the runs that it starts from")                                               \
    X(BASE, "base_usd", "base-rent", "base", "USD", NULL, "rent of the runs that it starts from")              \
    X(EXPERIMENTS, "experiments_usd", "experiments", "", "USD", NULL,                                          \
      "development without the rent of the run and its base")                                                  \
    X(DEVELOPMENT, "development_usd", "develop", "development", "USD", NULL,                                   \
      "rent with experiments and staff, the base's too")                                                       \
    X(CHIP_ENERGY, "chip_energy_kwh", "energy-chips", "", "kWh", NULL, "energy of the chips alone")            \
    X(IT_ENERGY, "it_energy_kwh", "energy-servers", "", "kWh", NULL,                                           \
      "energy of the chips with their servers")                                                                \
    X(ENERGY, "energy_kwh", "energy", "energy-site", "kWh", NULL, "energy at the meter of the site")           \
    X(POWER, "power_kw", "power", "", "kW", NULL, "mean power of the site while the run goes on")              \
    X(CO2, "co2_kg", "CO2e", "co2", "kg", NULL, "CO2e of the electricity")                                     \
    X(CHIP_CO2, "chip_co2_kg", "CO2e-chips", "co2-chips", "kg", NULL, "CO2e of the chips alone")               \
    X(IT_CO2, "it_co2_kg", "CO2e-servers", "co2-servers", "kg", NULL,                                          \
      "CO2e of the chips with their servers")                                                                  \
    X(FLOP, "flop", "FLOP", "compute", "FLOP", NULL, "compute of the stages that state it")                    \
    X(MFU, "mfu", "MFU", "", "share", NULL, "model FLOP/s utilization of those stages, at the dense peak")     \
    X(MEMORY, "memory_gb", "memory", "", "GB", NULL,                                                           \
      "training state of the largest stage: parameters, gradients, optimiser")

enum model_output {
#define MODEL_OUTPUT_NAME(name, key, word, alias, unit, whole, help) MODEL_OUT_##name,
    MODEL_OUTPUT_MAP(MODEL_OUTPUT_NAME)
#undef MODEL_OUTPUT_NAME
        MODEL_OUTPUTS
};

/* Stands for a variable that the stage does not have. */
#define MODEL_ABSENT ((size_t)-1)

struct model_stage {
    size_t input[MODEL_VARIABLES]; /* which input column each variable is, or MODEL_ABSENT */
    bool base;                     /* of a run that this one starts from */
    bool training;                 /* the time stated is what advanced the run; what is paid for is over goodput */
    double peak;                   /* FLOP/s of a chip, dense, at the stage's precision; 0: unknown */
    bool wears_out;                /* it lasts so long that the purchase bounds its wear */
    double years;                  /* from the day its hardware was available to its start, at least 0 */
    double flop_active, flop_trainable; /* FLOP a token and parameter: 6 and 0, 4 and 2 beside frozen ones, 10 and 0 */
    double free_sequence;               /* attention up to so long a sequence is in the MFU */
    bool throughput_in_flop;
    double wait;                   /* of an MFU at the common size: tokens that a chip waits a step; 0: it is as it is */
    double size_loss;              /* with it: by what else a step of this size takes longer */
    size_t type;                   /* stages of the same chip have the same number */
    size_t next_alike;             /* how many stages on the next one is whose hours cost the same; 0: there is none */
    bool follows_alike;            /* such a one stands before it */
};

/* Finds which of the stages of a run cost alike, when they have their inputs; until then each is its own. False where
 * memory ran out. */
bool model_find_alike(struct model_stage *stages, size_t count);

struct model_run {
    const struct model_stage *stages; /* the run's own first, then those of its base */
    size_t stage_count;
    const enum model_output *outputs; /* what to compute, in the order of the output columns */
    size_t output_count;
};

/* Whether the run's stages have what that output needs. */
bool model_gives(const struct model_run *run, enum model_output output);

/* The input that the output is proportional to, whatever the others are: the price of a kind that all stages
 * share. MODEL_ABSENT where there is none. */
size_t model_factor(const struct model_run *run, enum model_output output);

/* What the output is a product of, where it is one: powers of inputs that are not exact; `exact` says which are. What is
 * a part of a sum that is none is none either: the means of parts, sampled with it, add up to its own. */
struct engine_product model_product(const struct model_run *run, const bool *exact, enum model_output output);

/* Computes n <= MODEL_BLOCK samples of a `struct model_run`. An output whose column is NULL is not computed. */
ISA_DECLARE(model_evaluate, (const void *run, const double *const *inputs, size_t n, double *const *outputs));

#endif
