#include "parameters.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COTTIER "Cottier et al. 2024, https://arxiv.org/abs/2405.21015"

/* key, alias, unit, values, group, shared, least, most, open, initial, help, source; kind, dimension, variable
 */
const struct parameter_row parameter_table[PARAMETERS] = {
    [PARAMETER_CHIPS] = {{"chips", NULL, "", "QUANTITY", "stage", 0, 1, INFINITY, 0, "",
                          "how many chips work at once", ""},
                         KIND_QUANTITY,
                         DIMENSION_COUNT,
                         MODEL_CHIPS},
    [PARAMETER_TYPE] = {{"type", NULL, "", "CHIP", "stage", 0, 0, 0, 0, "",
                         "which chip: H800, 'A100 80GB', tpu-v5p, ...", ""},
                        KIND_CHIP,
                        DIMENSION_COUNT,
                        MODEL_NONE},
    [PARAMETER_HOURS] = {{"hours", NULL, "h", "QUANTITY", "stage", 0, 0, INFINITY, 1, "", "wall-clock hours",
                          ""},
                         KIND_QUANTITY,
                         DIMENSION_TIME,
                         MODEL_HOURS},
    [PARAMETER_CHIP_HOURS] = {{"chip-hours", NULL, "h", "QUANTITY", "stage", 0, 0, INFINITY, 1, "chips x hours",
                               "chips x wall-clock hours", ""},
                              KIND_QUANTITY,
                              DIMENSION_TIME,
                              MODEL_CHIP_HOURS},
    [PARAMETER_PARAMS] = {{"params", NULL, "", "QUANTITY", "stage", 0, 0, INFINITY, 1, "",
                           "parameters of the model", ""},
                          KIND_QUANTITY,
                          DIMENSION_COUNT,
                          MODEL_PARAMS},
    [PARAMETER_ACTIVE_PARAMS] = {{"active-params", NULL, "", "QUANTITY", "stage", 0, 0, INFINITY, 1, "params",
                                  "parameters that a token passes through", ""},
                                 KIND_QUANTITY,
                                 DIMENSION_COUNT,
                                 MODEL_PARAMS},
    [PARAMETER_TOKENS] = {{"tokens", NULL, "", "QUANTITY", "stage", 0, 0, INFINITY, 1, "", "tokens trained on",
                           ""},
                          KIND_QUANTITY,
                          DIMENSION_COUNT,
                          MODEL_TOKENS},
    [PARAMETER_FLOP] = {{"flop", NULL, "FLOP", "QUANTITY", "stage", 0, 0, INFINITY, 1,
                         "6 x active-params x tokens", "compute of the training",
                         "Kaplan et al. 2020, https://arxiv.org/abs/2001.08361"},
                        KIND_QUANTITY,
                        DIMENSION_FLOP,
                        MODEL_FLOP},
    [PARAMETER_PRECISION] = {{"precision", NULL, "", "bf16|fp16|fp8|fp4|tf32|fp32", "stage", 0, 0, 0, 0,
                              "bf16, else the best that the chip has", "number format whose peak the MFU is of",
                              ""},
                             KIND_WORD,
                             DIMENSION_COUNT,
                             MODEL_NONE},
    [PARAMETER_DATE] = {{"date", NULL, "", "DATE", "run", 1, 0, 0, 0, "the newest price of the catalogue",
                         "when the run began: YYYY-MM-DD, YYYY-MM or YYYY", ""},
                        KIND_DATE,
                        DIMENSION_COUNT,
                        MODEL_NONE},
    [PARAMETER_TERM] = {{"term", NULL, "", "cluster|on-demand|spot|1y|3y|any", "prices", 1, 0, 0, 0, "cluster",
                         "the market that the rental price is taken from", ""},
                        KIND_WORD,
                        DIMENSION_COUNT,
                        MODEL_NONE},
    [PARAMETER_OPERATOR] = {{"operator", NULL, "", "other|hyperscaler", "run", 1, 0, 0, 0, "other",
                             "whose data centre: it decides the PUE", ""},
                            KIND_WORD,
                            DIMENSION_COUNT,
                            MODEL_NONE},
    [PARAMETER_REGION] = {{"region", NULL, "", "REGION", "run", 1, 0, 0, 0, "US",
                           "where: it decides electricity price and carbon intensity", ""},
                          KIND_REGION,
                          DIMENSION_COUNT,
                          MODEL_NONE},
    [PARAMETER_RENTAL_PRICE] = {{"rental-price", "price", "USD/h", "QUANTITY", "prices", 1, 0, INFINITY, 0,
                                 "from dated observations", "rent of a chip-hour", ""},
                                KIND_QUANTITY,
                                DIMENSION_MONEY_PER_HOUR,
                                MODEL_RENTAL_PRICE},
    [PARAMETER_POWER] = {{"power", NULL, "W", "QUANTITY", "power", 1, 0, INFINITY, 1,
                          "tdp x server-power-ratio x power-fraction",
                          "mean draw of a chip with its share of the server", ""},
                         KIND_QUANTITY,
                         DIMENSION_POWER,
                         MODEL_POWER},
    [PARAMETER_TDP] = {{"tdp", NULL, "W", "QUANTITY", "power", 1, 0, INFINITY, 1, "of the chip",
                        "rated power of the chip", ""},
                       KIND_QUANTITY,
                       DIMENSION_POWER,
                       MODEL_TDP},
    [PARAMETER_SERVER_POWER_RATIO] = {{"server-power-ratio", NULL, "ratio", "QUANTITY", "power", 1, 1, 20, 0,
                                       "of the chip's server, else 1.6..2.05",
                                       "rated power of a server over that of its chips", COTTIER},
                                      KIND_QUANTITY,
                                      DIMENSION_RATIO,
                                      MODEL_SERVER_POWER_RATIO},
    [PARAMETER_POWER_FRACTION] = {{"power-fraction", NULL, "share", "QUANTITY", "power", 1, 0, 1, 1,
                                   "GPU 0.56..1.0, TPU 0.30..0.62", "mean draw over rated power", COTTIER},
                                  KIND_QUANTITY,
                                  DIMENSION_SHARE,
                                  MODEL_POWER_FRACTION},
    [PARAMETER_PUE] = {{"pue", NULL, "ratio", "QUANTITY", "power", 1, 1, 20, 0,
                        "hyperscaler 1.06..1.18, other 1.12..1.40",
                        "power usage effectiveness of the data centre", ""},
                       KIND_QUANTITY,
                       DIMENSION_RATIO,
                       MODEL_PUE},
    [PARAMETER_ELECTRICITY_PRICE] = {{"electricity-price", NULL, "USD/kWh", "QUANTITY", "prices", 1, 0,
                                      INFINITY, 0, "of region and year, x 0.6..1.7", "price of a kilowatt-hour",
                                      ""},
                                     KIND_QUANTITY,
                                     DIMENSION_MONEY_PER_KWH,
                                     MODEL_ELECTRICITY_PRICE},
    [PARAMETER_CARBON_INTENSITY] = {{"carbon-intensity", NULL, "kg/kWh", "QUANTITY", "power", 1, 0, INFINITY, 0,
                                     "of region and year", "CO2e of a kilowatt-hour", ""},
                                    KIND_QUANTITY,
                                    DIMENSION_CARBON,
                                    MODEL_CARBON_INTENSITY},
    [PARAMETER_HARDWARE_PRICE] = {{"hardware-price", NULL, "USD", "QUANTITY", "prices", 1, 0, INFINITY, 0,
                                   "from dated observations; GPU x 0.5..2, TPU x 0.25..4",
                                   "what the chip alone costs to buy new", COTTIER},
                                  KIND_QUANTITY,
                                  DIMENSION_MONEY,
                                  MODEL_HARDWARE_PRICE},
    [PARAMETER_AVAILABLE] = {{"available", NULL, "", "DATE", "ownership", 1, 0, 0, 0, "release and 90 days",
                              "from when the hardware loses value", COTTIER},
                             KIND_DATE,
                             DIMENSION_COUNT,
                             MODEL_NONE},
    [PARAMETER_SERVER_OVERHEAD] = {{"server-overhead", NULL, "ratio", "QUANTITY", "ownership", 1, 1, 100, 0,
                                    "1.3..2.1", "cost of a server over that of its chips", COTTIER},
                                   KIND_QUANTITY,
                                   DIMENSION_RATIO,
                                   MODEL_SERVER_OVERHEAD},
    [PARAMETER_INTERCONNECT_OVERHEAD] = {{"interconnect-overhead", NULL, "ratio", "QUANTITY", "ownership", 1, 1,
                                          100, 0, "1.07..1.32", "cost of the cluster over that of its servers",
                                          COTTIER},
                                         KIND_QUANTITY,
                                         DIMENSION_RATIO,
                                         MODEL_INTERCONNECT_OVERHEAD},
    [PARAMETER_DEPRECIATION] = {{"depreciation", NULL, "1/y", "QUANTITY", "ownership", 1, 0, 10, 0,
                                 "0.14 +- 0.04", "orders of magnitude of value that hardware loses in a year",
                                 COTTIER},
                                KIND_QUANTITY,
                                DIMENSION_RATIO,
                                MODEL_DEPRECIATION},
    [PARAMETER_EXPERIMENTS] = {{"experiments", NULL, "ratio", "QUANTITY", "run", 1, 1, 1000, 0, "1.2..4",
                                "all compute of the development over that of the run", COTTIER},
                               KIND_QUANTITY,
                               DIMENSION_RATIO,
                               MODEL_EXPERIMENTS},
    [PARAMETER_STAFF_SHARE] = {{"staff-share", NULL, "share", "QUANTITY", "run", 1, 0, 0.99, 0, "0.29..0.49",
                                "share of staff in the development's cost", COTTIER},
                               KIND_QUANTITY,
                               DIMENSION_SHARE,
                               MODEL_STAFF_SHARE},
};

size_t traincost_parameter_count(void)
{
    return PARAMETERS;
}

const traincost_parameter *traincost_parameter_at(size_t index)
{
    return index < PARAMETERS ? &parameter_table[index].public : NULL;
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
    return traincost_parameter_at(parameter_find(key));
}

traincost_status parameter_need(const char *key, enum parameter *parameter, traincost_error *error)
{
    *parameter = parameter_find(key);
    if (*parameter != PARAMETERS)
        return TRAINCOST_OK;
    struct text_search search = {key, NULL, 0};
    for (size_t i = 0; i < PARAMETERS; i++) {
        text_try(&search, parameter_table[i].public.key);
        if (parameter_table[i].public.alias)
            text_try(&search, parameter_table[i].public.alias);
    }
    const char *meant = text_meant(&search);
    if (meant)
        return error_set(error, TRAINCOST_UNKNOWN, "unknown parameter '%.60s': did you mean %s?", key, meant);
    return error_set(error, TRAINCOST_UNKNOWN, "unknown parameter '%.60s'", key);
}

struct quantity_rule parameter_rule(enum parameter parameter)
{
    const struct parameter_row *row = &parameter_table[parameter];
    return (struct quantity_rule){row->public.key, row->dimension, row->public.least, row->public.most,
                                  row->public.open != 0};
}

traincost_status parameter_word(enum parameter parameter, const char *text, int *word, traincost_error *error)
{
    const traincost_parameter *p = &parameter_table[parameter].public;
    int index = 0;
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
    return error_set(error, TRAINCOST_UNKNOWN, "%s '%.60s': it is one of %s", p->key, text, p->values);
}

const char *traincost_nearest(const char *given, const char *const *names)
{
    struct text_search search = {given, NULL, 0};
    for (; *names; names++)
        text_try(&search, *names);
    return text_meant(&search);
}

/* ---- public quantities ---- */

traincost_status traincost_quantity_parse(const char *key, const char *text, traincost_quantity **out,
                                          traincost_error *error)
{
    struct quantity_rule rule = {"value", DIMENSION_COUNT, -INFINITY, INFINITY, false};
    *out = NULL;
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
    return quantity_print(q, out, size);
}

double traincost_quantity_quantile(const traincost_quantity *q, double p)
{
    return quantity_quantile(q, p);
}
