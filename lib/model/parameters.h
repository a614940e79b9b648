/* The one table of parameters: options, file keys, JSON names and help all come from it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_PARAMETERS_H
#define LIB_PARAMETERS_H

#include "model/model.h"
#include "engine/quantity.h"

enum parameter {
    PARAMETER_CHIPS,
    PARAMETER_TYPE,
    PARAMETER_HOURS,
    PARAMETER_CHIP_HOURS,
    PARAMETER_PARAMS,
    PARAMETER_ACTIVE_PARAMS,
    PARAMETER_TOKENS,
    PARAMETER_FLOP,
    PARAMETER_EPOCHS,
    PARAMETER_PRECISION,
    PARAMETER_MFU,
    PARAMETER_GOODPUT,
    PARAMETER_HOURS_ARE,
    PARAMETER_THROUGHPUT,
    PARAMETER_STEP_TIME,
    PARAMETER_STEPS,
    PARAMETER_BATCH_TOKENS,
    PARAMETER_METHOD,
    PARAMETER_TRAINABLE_PARAMS,
    PARAMETER_SEQUENCE_LENGTH,
    PARAMETER_LAYERS,
    PARAMETER_HIDDEN,
    PARAMETER_BYTES_PER_PARAM,
    PARAMETER_DATE,
    PARAMETER_TERM,
    PARAMETER_TIER,
    PARAMETER_OPERATOR,
    PARAMETER_REGION,
    PARAMETER_RENTAL_PRICE,
    PARAMETER_POWER,
    PARAMETER_TDP,
    PARAMETER_SERVER_POWER_RATIO,
    PARAMETER_POWER_FRACTION,
    PARAMETER_PUE,
    PARAMETER_ELECTRICITY_PRICE,
    PARAMETER_CARBON_INTENSITY,
    PARAMETER_HARDWARE_PRICE,
    PARAMETER_AVAILABLE,
    PARAMETER_SERVER_OVERHEAD,
    PARAMETER_INTERCONNECT_OVERHEAD,
    PARAMETER_DEPRECIATION,
    PARAMETER_PURCHASE_PRICE,
    PARAMETER_CAPITAL_COST,
    PARAMETER_ECONOMIC_LIFE,
    PARAMETER_RESALE_SHARE,
    PARAMETER_COLOCATION,
    PARAMETER_OPERATIONS_SHARE,
    PARAMETER_USE,
    PARAMETER_EXPERIMENTS,
    PARAMETER_STAFF_SHARE,
    PARAMETERS
};

enum parameter_kind { KIND_QUANTITY, KIND_CHIP, KIND_DATE, KIND_WORD, KIND_REGION };

struct parameter_row {
    traincost_parameter public;
    enum parameter_kind kind;
    enum dimension dimension;     /* of a quantity */
    enum model_variable variable; /* that it states, or MODEL_NONE */
};

extern const struct parameter_row parameter_table[PARAMETERS];

const char *parameter_key(enum parameter parameter);
/* A price, of whatever. */
bool parameter_is_money(enum parameter parameter);

/* By key or alias; PARAMETERS where there is none. */
enum parameter parameter_find(const char *key);
/* The same, or an error that suggests the nearest. */
traincost_status parameter_need(const char *key, enum parameter *parameter, traincost_error *error);

struct quantity_rule parameter_rule(enum parameter parameter);

/* Which of its words ("cluster|on-demand|...") `text` is, from 0; UNKNOWN with the nearest otherwise. */
traincost_status parameter_word(enum parameter parameter, const char *text, int *word, traincost_error *error);

/* Of a word of the operator: the name of one whose PUE is known, else ""; whether it is one of the largest. */
const char *parameter_operator_name(int word);
bool parameter_operator_is_large(int word);

#endif
