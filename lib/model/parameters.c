/* The spine: the one table of parameters. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "model/parameters.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COTTIER "Cottier et al. 2024, https://arxiv.org/abs/2405.21015"

/* Of each: what the public sees; then its kind, what a quantity counts, and the variable of the model. */
/* clang-format off */
const struct parameter_row parameter_table[PARAMETERS] = {
    [PARAMETER_CHIPS] = {
        {.key = "chips", .unit = "", .values = "QUANTITY", .group = "stage", .least = 1, .most = INFINITY,
         .initial = "", .help = "how many chips work at once", .source = ""},
        KIND_QUANTITY, DIMENSION_CHIPS, MODEL_CHIPS},
    [PARAMETER_TYPE] = {
        {.key = "type", .unit = "", .values = "CHIP", .group = "stage", .initial = "",
         .help = "which chip: H800, 'A100 80GB', tpu-v5p, ...", .source = ""},
        KIND_CHIP, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_HOURS] = {
        {.key = "hours", .unit = "h", .values = "QUANTITY", .group = "stage", .least = 0, .most = INFINITY,
         .open = 1, .initial = "", .help = "wall-clock hours", .source = ""},
        KIND_QUANTITY, DIMENSION_TIME, MODEL_HOURS},
    [PARAMETER_CHIP_HOURS] = {
        {.key = "chip-hours", .unit = "h", .values = "QUANTITY", .group = "stage", .least = 0,
         .most = INFINITY, .open = 1, .initial = "chips x hours, or from compute",
         .help = "chips x wall-clock hours",
         .source = ""},
        KIND_QUANTITY, DIMENSION_CHIP_TIME, MODEL_CHIP_HOURS},
    [PARAMETER_PARAMS] = {
        {.key = "params", .unit = "", .values = "QUANTITY", .group = "stage", .least = 0, .most = INFINITY,
         .open = 1, .initial = "", .help = "parameters of the model", .source = ""},
        KIND_QUANTITY, DIMENSION_PARAMS, MODEL_PARAMS},
    [PARAMETER_ACTIVE_PARAMS] = {
        {.key = "active-params", .unit = "", .values = "QUANTITY", .group = "stage", .least = 0,
         .most = INFINITY, .open = 1, .initial = "params", .help = "parameters that a token passes through",
         .source = ""},
        KIND_QUANTITY, DIMENSION_PARAMS, MODEL_ACTIVE_PARAMS},
    [PARAMETER_TOKENS] = {
        {.key = "tokens", .unit = "", .values = "QUANTITY", .group = "stage", .least = 0, .most = INFINITY,
         .open = 1, .initial = "", .help = "tokens trained on", .source = ""},
        KIND_QUANTITY, DIMENSION_TOKENS, MODEL_TOKENS},
    [PARAMETER_FLOP] = {
        {.key = "flop", .unit = "FLOP", .values = "QUANTITY", .group = "stage", .least = 0, .most = INFINITY,
         .open = 1, .initial = "6 x active-params x tokens x epochs", .help = "compute of the training",
         .source = "Kaplan et al. 2020, https://arxiv.org/abs/2001.08361"},
        KIND_QUANTITY, DIMENSION_FLOP, MODEL_FLOP},
    [PARAMETER_EPOCHS] = {
        {.key = "epochs", .unit = "", .values = "QUANTITY", .group = "stage", .least = 0, .most = INFINITY,
         .open = 1, .initial = "1", .help = "how many times the tokens are gone through", .source = ""},
        KIND_QUANTITY, DIMENSION_COUNT, MODEL_EPOCHS},
    [PARAMETER_PRECISION] = {
        {.key = "precision", .unit = "", .values = "bf16|fp16|fp8|fp4|tf32|fp32", .group = "stage",
         .initial = "bf16, else the best that the chip has", .help = "number format whose peak the MFU is of",
         .source = ""},
        KIND_WORD, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_MFU] = {
        {.key = "mfu", .unit = "share", .values = "QUANTITY", .group = "stage", .least = 0, .most = 1,
         .open = 1, .initial = "from published runs",
         .help = "model FLOP/s utilization: useful FLOP/s over the dense peak, for hours from compute",
         .source = ""},
        KIND_QUANTITY, DIMENSION_SHARE, MODEL_MFU},
    [PARAMETER_GOODPUT] = {
        {.key = "goodput", .unit = "share", .values = "QUANTITY", .group = "stage", .least = 0, .most = 1,
         .open = 1, .initial = "0.85..0.98, above 4,096 chips from failures",
         .help = "share of the hours that advance the run, for hours from compute",
         .source = "https://glennklockwood.com/garden/job-reliability"},
        KIND_QUANTITY, DIMENSION_SHARE, MODEL_GOODPUT},
    [PARAMETER_HOURS_ARE] = {
        {.key = "hours-are", .unit = "", .values = "paid|training", .group = "stage", .initial = "paid",
         .help = "which hours are stated: those paid for, or those that advanced the run, of which more are paid "
                 "for: over the goodput",
         .source = ""},
        KIND_WORD, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_THROUGHPUT] = {
        {.key = "throughput", .unit = "tokens/s", .values = "QUANTITY", .group = "stage", .least = 0,
         .most = INFINITY, .open = 1, .initial = "",
         .help = "measured speed of a chip, in tokens/s or TFLOP/s: hours follow from it in place of an MFU",
         .source = ""},
        KIND_QUANTITY, DIMENSION_THROUGHPUT, MODEL_THROUGHPUT},
    [PARAMETER_STEP_TIME] = {
        {.key = "step-time", .unit = "s", .values = "QUANTITY", .group = "stage", .least = 0, .most = INFINITY,
         .open = 1, .initial = "", .help = "seconds of an optimiser step, with steps, or tokens and batch-tokens",
         .source = ""},
        KIND_QUANTITY, DIMENSION_SECONDS, MODEL_STEP_TIME},
    [PARAMETER_STEPS] = {
        {.key = "steps", .unit = "", .values = "QUANTITY", .group = "stage", .least = 0, .most = INFINITY,
         .open = 1, .initial = "tokens / batch-tokens", .help = "optimiser steps", .source = ""},
        KIND_QUANTITY, DIMENSION_COUNT, MODEL_STEPS},
    [PARAMETER_BATCH_TOKENS] = {
        {.key = "batch-tokens", .unit = "", .values = "QUANTITY", .group = "stage", .least = 0,
         .most = INFINITY, .open = 1, .initial = "4M x max(1, active-params / 30B)^0.5, a factor 3 either way",
         .help = "tokens of a step: the fewer a chip has of them, the lower its MFU", .source = ""},
        KIND_QUANTITY, DIMENSION_TOKENS, MODEL_BATCH_TOKENS},
    [PARAMETER_METHOD] = {
        {.key = "method", .unit = "", .values = "full|lora|qlora|rl", .group = "stage",
         .initial = "full; lora where trainable-params are stated",
         .help = "what is trained: all weights, adapters beside frozen ones (in 4 bits), or on what it generates",
         .source = ""},
        KIND_WORD, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_TRAINABLE_PARAMS] = {
        {.key = "trainable-params", .unit = "", .values = "QUANTITY", .group = "stage", .least = 0,
         .most = INFINITY, .open = 1, .initial = "0.06 to 1 % of params",
         .help = "parameters that adapters train, of lora and qlora",
         .source = "Hu et al. 2021, https://arxiv.org/abs/2106.09685"},
        KIND_QUANTITY, DIMENSION_PARAMS, MODEL_TRAINABLE_PARAMS},
    [PARAMETER_SEQUENCE_LENGTH] = {
        {.key = "sequence-length", .unit = "", .values = "QUANTITY", .group = "stage", .least = 1,
         .most = INFINITY, .initial = "",
         .help = "tokens of a sequence: adds causal attention to the FLOP",
         .source = "Chowdhery et al. 2022, https://arxiv.org/abs/2204.02311"},
        KIND_QUANTITY, DIMENSION_COUNT, MODEL_SEQUENCE_LENGTH},
    [PARAMETER_LAYERS] = {
        {.key = "layers", .unit = "", .values = "QUANTITY", .group = "stage", .least = 1, .most = INFINITY,
         .initial = "from params, where a sequence-length is stated", .help = "layers of the model", .source = ""},
        KIND_QUANTITY, DIMENSION_COUNT, MODEL_LAYERS},
    [PARAMETER_HIDDEN] = {
        {.key = "hidden", .unit = "", .values = "QUANTITY", .group = "stage", .least = 1, .most = INFINITY,
         .initial = "from params, where a sequence-length is stated", .help = "width of a layer: heads x their dimension", .source = ""},
        KIND_QUANTITY, DIMENSION_COUNT, MODEL_HIDDEN},
    [PARAMETER_BYTES_PER_PARAM] = {
        {.key = "bytes-per-param", .unit = "", .values = "QUANTITY", .group = "stage", .least = 0,
         .most = INFINITY, .open = 1, .initial = "of the precision: 16, fp8 and fp4 13..16; frozen 2, in 4 bits 0.55..0.6",
         .help = "bytes of weights, gradients and optimiser for a parameter",
         .source = "Rajbhandari et al. 2020, https://arxiv.org/abs/1910.02054"},
        KIND_QUANTITY, DIMENSION_RATIO, MODEL_BYTES_PER_PARAM},
    [PARAMETER_DATE] = {
        {.key = "date", .unit = "", .values = "DATE", .group = "run", .shared = 1,
         .initial = "the newest price of the catalogue",
         .help = "when the run began: YYYY-MM-DD, YYYY-MM or YYYY", .source = ""},
        KIND_DATE, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_TERM] = {
        {.key = "term", .unit = "", .values = "cluster|on-demand|spot|1y|3y|any", .group = "prices",
         .shared = 1, .initial = "cluster", .help = "the market that the rental price is taken from",
         .source = ""},
        KIND_WORD, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_TIER] = {
        {.key = "tier", .unit = "", .values = "specialised|hyperscaler|marketplace", .group = "prices",
         .shared = 1, .initial = "all that the term has", .help = "whose offers the rental price is taken from",
         .source = ""},
        KIND_WORD, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_OPERATOR] = {
        {.key = "operator", .unit = "", .values = "other|hyperscaler|google|aws|microsoft|meta|oracle|ovhcloud",
         .group = "run", .shared = 1, .initial = "other", .help = "whose data centre: it decides the PUE", .source = ""},
        KIND_WORD, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_REGION] = {
        {.key = "region", .unit = "", .values = "REGION", .group = "run", .shared = 1, .initial = "US",
         .help = "where: it decides electricity price and carbon intensity, and the rent in China", .source = ""},
        KIND_REGION, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_RENTAL_PRICE] = {
        {.key = "rental-price", .alias = "price", .unit = "USD/h", .values = "QUANTITY", .group = "prices",
         .shared = 1, .least = 0, .most = INFINITY, .initial = "from dated observations",
         .help = "rent of a chip-hour", .source = ""},
        KIND_QUANTITY, DIMENSION_MONEY_PER_HOUR, MODEL_RENTAL_PRICE},
    [PARAMETER_POWER] = {
        {.key = "power", .unit = "W", .values = "QUANTITY", .group = "power", .shared = 1, .least = 0,
         .most = INFINITY, .open = 1, .initial = "tdp x server-power-ratio x power-fraction",
         .help = "mean draw of a chip with its share of the server", .source = ""},
        KIND_QUANTITY, DIMENSION_POWER, MODEL_POWER},
    [PARAMETER_TDP] = {
        {.key = "tdp", .unit = "W", .values = "QUANTITY", .group = "power", .shared = 1, .least = 0,
         .most = INFINITY, .open = 1, .initial = "of the chip", .help = "rated power of the chip",
         .source = ""},
        KIND_QUANTITY, DIMENSION_POWER, MODEL_TDP},
    [PARAMETER_SERVER_POWER_RATIO] = {
        {.key = "server-power-ratio", .unit = "ratio", .values = "QUANTITY", .group = "power", .shared = 1,
         .least = 1, .most = 20, .initial = "of the chip's server, else 1.6..2.05",
         .help = "rated power of a server over that of its chips", .source = COTTIER},
        KIND_QUANTITY, DIMENSION_RATIO, MODEL_SERVER_POWER_RATIO},
    [PARAMETER_POWER_FRACTION] = {
        {.key = "power-fraction", .unit = "share", .values = "QUANTITY", .group = "power", .shared = 1,
         .least = 0, .most = 1, .open = 1, .initial = "GPU 0.56..1.0, TPU 0.30..0.62",
         .help = "mean draw over rated power", .source = COTTIER},
        KIND_QUANTITY, DIMENSION_SHARE, MODEL_POWER_FRACTION},
    [PARAMETER_PUE] = {
        {.key = "pue", .unit = "ratio", .values = "QUANTITY", .group = "power", .shared = 1, .least = 1,
         .most = 20, .initial = "hyperscaler 1.06..1.18, other 1.12..1.40",
         .help = "power usage effectiveness of the data centre", .source = ""},
        KIND_QUANTITY, DIMENSION_RATIO, MODEL_PUE},
    [PARAMETER_ELECTRICITY_PRICE] = {
        {.key = "electricity-price", .unit = "USD/kWh", .values = "QUANTITY", .group = "prices", .shared = 1,
         .least = 0, .most = INFINITY, .initial = "of region and year, x 0.6..1.7",
         .help = "price of a kilowatt-hour", .source = ""},
        KIND_QUANTITY, DIMENSION_MONEY_PER_KWH, MODEL_ELECTRICITY_PRICE},
    [PARAMETER_CARBON_INTENSITY] = {
        {.key = "carbon-intensity", .unit = "kg/kWh", .values = "QUANTITY", .group = "power", .shared = 1,
         .least = 0, .most = INFINITY, .initial = "of region and year", .help = "CO2e of a kilowatt-hour",
         .source = ""},
        KIND_QUANTITY, DIMENSION_CARBON, MODEL_CARBON_INTENSITY},
    [PARAMETER_HARDWARE_PRICE] = {
        {.key = "hardware-price", .unit = "USD", .values = "QUANTITY", .group = "prices", .shared = 1,
         .least = 0, .most = INFINITY, .initial = "from dated observations; GPU x 0.5..2, TPU x 0.25..4",
         .help = "what the chip alone cost new when it came out; where it is stated, purchase-price too",
         .source = COTTIER},
        KIND_QUANTITY, DIMENSION_MONEY, MODEL_HARDWARE_PRICE},
    [PARAMETER_AVAILABLE] = {
        {.key = "available", .unit = "", .values = "DATE", .group = "ownership", .shared = 1,
         .initial = "release and 90 days", .help = "from when the hardware loses value", .source = COTTIER},
        KIND_DATE, DIMENSION_COUNT, MODEL_NONE},
    [PARAMETER_SERVER_OVERHEAD] = {
        {.key = "server-overhead", .unit = "ratio", .values = "QUANTITY", .group = "ownership", .shared = 1,
         .least = 1, .most = 100, .initial = "1.3..2.1", .help = "cost of a server over that of its chips",
         .source = COTTIER},
        KIND_QUANTITY, DIMENSION_RATIO, MODEL_SERVER_OVERHEAD},
    [PARAMETER_INTERCONNECT_OVERHEAD] = {
        {.key = "interconnect-overhead", .unit = "ratio", .values = "QUANTITY", .group = "ownership",
         .shared = 1, .least = 1, .most = 100, .initial = "1.07..1.32",
         .help = "cost of the cluster over that of its servers", .source = COTTIER},
        KIND_QUANTITY, DIMENSION_RATIO, MODEL_INTERCONNECT_OVERHEAD},
    [PARAMETER_DEPRECIATION] = {
        {.key = "depreciation", .unit = "1/y", .values = "QUANTITY", .group = "ownership", .shared = 1,
         .least = 0, .most = 10, .initial = "0.14 +- 0.04",
         .help = "orders of magnitude of value that hardware loses in a year", .source = COTTIER},
        KIND_QUANTITY, DIMENSION_RATIO, MODEL_DEPRECIATION},
    [PARAMETER_PURCHASE_PRICE] = {
        {.key = "purchase-price", .unit = "USD", .values = "QUANTITY", .group = "ownership", .shared = 1,
         .least = 0, .most = INFINITY, .initial = "hardware-price where that is stated, else new at the date",
         .help = "what the chip alone costs to buy new at the date of the run", .source = ""},
        KIND_QUANTITY, DIMENSION_MONEY, MODEL_PURCHASE_PRICE},
    [PARAMETER_CAPITAL_COST] = {
        {.key = "capital-cost", .unit = "share", .values = "QUANTITY", .group = "ownership", .shared = 1,
         .least = 0, .most = 1, .initial = "hyperscaler 5..9%, other 9..15%",
         .help = "what the owner's money costs a year, nominal",
         .source = "https://www.sec.gov/Archives/edgar/data/1769628/000114036125032095/R41.htm"},
        KIND_QUANTITY, DIMENSION_SHARE, MODEL_CAPITAL_COST},
    [PARAMETER_ECONOMIC_LIFE] = {
        {.key = "economic-life", .unit = "y", .values = "QUANTITY", .group = "ownership", .shared = 1,
         .least = 0, .most = 100, .open = 1, .initial = "3..6",
         .help = "years over which the purchase is paid back", .source = ""},
        KIND_QUANTITY, DIMENSION_YEARS, MODEL_ECONOMIC_LIFE},
    [PARAMETER_RESALE_SHARE] = {
        {.key = "resale-share", .unit = "share", .values = "QUANTITY", .group = "ownership", .shared = 1,
         .least = 0, .most = 1, .initial = "0.45..0.85 of what depreciation leaves",
         .help = "what a sale at the end of its life brings, of the purchase", .source = ""},
        KIND_QUANTITY, DIMENSION_SHARE, MODEL_RESALE_SHARE},
    [PARAMETER_COLOCATION] = {
        {.key = "colocation", .unit = "USD/kW-month", .values = "QUANTITY", .group = "ownership", .shared = 1,
         .least = 0, .most = INFINITY, .initial = "of region and year; US 120..220, hyperscaler 90..130",
         .help = "rent of powered, cooled space for a kilowatt and month, without the energy", .source = ""},
        KIND_QUANTITY, DIMENSION_MONEY_PER_KW_MONTH, MODEL_COLOCATION},
    [PARAMETER_OPERATIONS_SHARE] = {
        {.key = "operations-share", .unit = "share", .values = "QUANTITY", .group = "ownership", .shared = 1,
         .least = 0, .most = 1, .initial = "hyperscaler 0.8..3%, other 1..5%",
         .help = "staff, maintenance, insurance and spares a year, of the purchase", .source = ""},
        KIND_QUANTITY, DIMENSION_SHARE, MODEL_OPERATIONS_SHARE},
    [PARAMETER_USE] = {
        {.key = "use", .unit = "share", .values = "QUANTITY", .group = "ownership", .shared = 1, .least = 0,
         .most = 1, .open = 1, .initial = "60..95%",
         .help = "share of all hours that owned chips are in use: the others are paid for too", .source = ""},
        KIND_QUANTITY, DIMENSION_SHARE, MODEL_USE},
    [PARAMETER_EXPERIMENTS] = {
        {.key = "experiments", .unit = "ratio", .values = "QUANTITY", .group = "run", .shared = 1, .least = 1,
         .most = 1000, .initial = "1.2..4", .help = "all compute of the development over that of the run",
         .source = COTTIER},
        KIND_QUANTITY, DIMENSION_RATIO, MODEL_EXPERIMENTS},
    [PARAMETER_STAFF_SHARE] = {
        {.key = "staff-share", .unit = "share", .values = "QUANTITY", .group = "run", .shared = 1, .least = 0,
         .most = 0.99, .initial = "0.29..0.49", .help = "share of staff in the development's cost",
         .source = COTTIER},
        KIND_QUANTITY, DIMENSION_SHARE, MODEL_STAFF_SHARE},
};
/* clang-format on */

size_t traincost_parameter_count(void)
{
    return PARAMETERS;
}

const traincost_parameter *traincost_parameter_at(size_t index)
{
    return index < PARAMETERS ? &parameter_table[index].public : NULL;
}

bool parameter_is_money(enum parameter parameter)
{
    enum dimension dimension = parameter_table[parameter].dimension;
    return parameter_table[parameter].kind == KIND_QUANTITY && dimension >= DIMENSION_MONEY &&
           dimension <= DIMENSION_MONEY_PER_KW_MONTH;
}

const char *parameter_key(enum parameter parameter)
{
    return parameter_table[parameter].public.key;
}

enum parameter parameter_find(const char *key)
{
    for (size_t i = 0; i < PARAMETERS; i++) {
        const traincost_parameter *p = &parameter_table[i].public;
        if (!strcmp(p->key, key) || (p->alias && !strcmp(p->alias, key)))
            return (enum parameter)i;
    }
    return PARAMETERS;
}

const traincost_parameter *traincost_parameter_find(const char *key)
{
    return key ? traincost_parameter_at(parameter_find(key)) : NULL;
}

const char *traincost_parameter_called(const char *word)
{
    static const char *const words[][2] = {
        {"gpus", "chips"},          {"num-gpus", "chips"},  {"n-gpus", "chips"},      {"gpu-count", "chips"},
        {"accelerators", "chips"},  {"gpu", "type"},        {"gpu-type", "type"},     {"accelerator", "type"},
        {"days", "hours"},          {"time", "hours"},      {"weeks", "hours"},       {"gpu-hours", "chip-hours"},
        {"model-size", "params"},   {"parameters", "params"}, {"utilization", "mfu"}, {"country", "region"},
        {"cloud", "operator"},      {"compute", "flop"},    {"dtype", "precision"},
    };
    char plain[32];
    for (size_t i = 0; word && i < sizeof words / sizeof *words; i++) {
        snprintf(plain, sizeof plain, "%s", word);
        for (char *blank = plain; (blank = strpbrk(blank, "_ ")); *blank = '-')
            ;
        if (text_same(words[i][0], plain))
            return words[i][1];
    }
    return NULL;
}

traincost_status parameter_need(const char *key, enum parameter *parameter, traincost_error *error)
{
    *parameter = parameter_find(key);
    if (*parameter != PARAMETERS)
        return TRAINCOST_OK;
    struct text_search search = {.given = key};
    const char *called = traincost_parameter_called(key);
    for (size_t i = 0; i < PARAMETERS; i++) {
        text_try(&search, parameter_table[i].public.key);
        if (parameter_table[i].public.alias)
            text_try(&search, parameter_table[i].public.alias);
    }
    return error_unknown(error, "parameter", key, called ? called : text_meant(&search), "traincost(1) has them");
}

struct quantity_rule parameter_rule(enum parameter parameter)
{
    const struct parameter_row *row = &parameter_table[parameter];
    return (struct quantity_rule){row->public.key, row->dimension, row->public.least, row->public.most,
                                  row->public.open != 0};
}

/* Of the operator's words those from the third on are names; all of them but the last are of the largest. */
static const char *const operator_names[] = {"", "", "google", "aws", "microsoft", "meta", "oracle", "ovhcloud"};

const char *parameter_operator_name(int word)
{
    return operator_names[word];
}

bool parameter_operator_is_large(int word)
{
    return word > 0 && strcmp(operator_names[word], "ovhcloud") != 0;
}

/* What else a word is called. */
static const struct {
    enum parameter parameter;
    const char *spoken, *means;
} spoken_words[] = {{PARAMETER_OPERATOR, "amazon", "aws"},        {PARAMETER_OPERATOR, "azure", "microsoft"},
                    {PARAMETER_OPERATOR, "gcp", "google"},        {PARAMETER_OPERATOR, "facebook", "meta"},
                    {PARAMETER_OPERATOR, "oci", "oracle"},        {PARAMETER_OPERATOR, "ovh", "ovhcloud"},
                    {PARAMETER_PRECISION, "bfloat16", "bf16"},    {PARAMETER_PRECISION, "float16", "fp16"},
                    {PARAMETER_PRECISION, "half", "fp16"},        {PARAMETER_PRECISION, "float32", "fp32"},
                    {PARAMETER_PRECISION, "float8", "fp8"},       {PARAMETER_TERM, "ondemand", "on-demand"},
                    {PARAMETER_TERM, "on demand", "on-demand"},   {PARAMETER_TERM, "preemptible", "spot"}};

traincost_status parameter_word(enum parameter parameter, const char *text, int *word, traincost_error *error)
{
    const traincost_parameter *p = &parameter_table[parameter].public;
    int index = 0;
    for (size_t i = 0; i < sizeof spoken_words / sizeof *spoken_words; i++)
        if (spoken_words[i].parameter == parameter && text_same(spoken_words[i].spoken, text))
            text = spoken_words[i].means;
    for (const char *at = p->values; at; index++) {
        size_t length = strcspn(at, "|");
        char known[32];
        snprintf(known, sizeof known, "%.*s", (int)length, at);
        if (text_same(known, text)) {
            *word = index;
            return TRAINCOST_OK;
        }
        at = at[length] ? at + length + 1 : NULL;
    }
    return error_choice(error, p->key, text, p->values);
}

const char *traincost_nearest(const char *given, const char *const *names)
{
    if (!given || !names)
        return NULL;
    struct text_search search = {.given = given};
    for (; *names; names++)
        text_try(&search, *names);
    return text_meant(&search);
}

/* ---- public quantities ---- */

traincost_status traincost_quantity_parse(const char *key, const char *text, traincost_quantity **out,
                                          traincost_error *error)
{
    if (out)
        *out = NULL;
    if (!text || !out)
        return error_null(error, __func__);
    struct quantity_rule rule = {"value", DIMENSION_COUNT, -INFINITY, INFINITY, false};
    if (key) {
        enum parameter parameter;
        traincost_status status = parameter_need(key, &parameter, error);
        if (status)
            return status;
        if (parameter_table[parameter].kind != KIND_QUANTITY)
            return error_set(error, TRAINCOST_UNKNOWN, "'%s' is no quantity", key);
        rule = parameter_rule(parameter);
    }
    quantity q;
    traincost_status status = quantity_parse(text, &rule, &q, error);
    if (status)
        return status;
    *out = malloc(sizeof **out);
    if (!*out)
        return error_no_memory(error);
    **out = q;
    return TRAINCOST_OK;
}

void traincost_quantity_free(traincost_quantity *q)
{
    free(q);
}

size_t traincost_quantity_print(const traincost_quantity *q, char *out, size_t size)
{
        size = out ? size : 0;
    if (!q && size > 0)
        out[0] = '\0';
    return q ? quantity_print(q, out, size) : 0;
}

double traincost_quantity_quantile(const traincost_quantity *q, double p)
{
    return q ? quantity_quantile(q, p) : NAN;
}

const char *traincost_quantity_currency(const traincost_quantity *q)
{
    return q ? currency_codes[q->currency] : NULL;
}
