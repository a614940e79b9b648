/* What holds where nothing is stated, with its basis. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/defaults.h"

#include "base/elementary.h"
#include "base/text.h"
#include "base/text_date.h"
#include "defaults/goodput.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static traincost_status lacking(const char *key, traincost_error *error)
{
    return error_set(error, TRAINCOST_DATA, "the catalogue has no default for %s", key);
}

static traincost_status read_default(const traincost_fact *fact, enum parameter parameter, quantity *q,
                                     traincost_error *error)
{
    struct quantity_rule rule = parameter_rule(parameter);
    bool factor = !strcmp(fact->unit, "factor");
    struct quantity_rule plain = {fact->key, DIMENSION_RATIO, 0, INFINITY, true};
    traincost_status status = quantity_parse(fact->value, factor ? &plain : &rule, q, error);
    if (status)
        error_prefix(error, "economics, %s %s", fact->key, fact->qualifier);
    return status;
}

static void cite(const traincost_fact *fact, const char *what, char out[DEFAULT_SOURCE])
{
    snprintf(out, DEFAULT_SOURCE, "%s%s%.4s: %s%s%s", what, *what ? ", " : "", fact->date, fact->note,
             *fact->note ? ", " : "", fact->source);
}

/* The most telling of the rows that hold: for the chip, its family, its kind, then for all. */
static const traincost_fact *fact_of_chip(const char *key, const struct circumstances *where)
{
    const char *const qualifiers[] = {where->chip->id, where->chip->family, where->chip->kind, ""};
    for (size_t i = 0; i < sizeof qualifiers / sizeof *qualifiers; i++) {
        const traincost_fact *fact = catalog_find_fact(where->catalog, key, qualifiers[i], "", where->day);
        if (fact)
            return fact;
    }
    return NULL;
}

static traincost_status from_fact(const traincost_fact *fact, enum parameter parameter, const char *what,
                                  struct default_value *value, traincost_error *error)
{
    if (!fact)
        return lacking(parameter_table[parameter].public.key, error);
    cite(fact, what, value->source);
    return read_default(fact, parameter, &value->q, error);
}

/* `spread` is the standard deviation of the logarithm. */
static quantity lognormal_of(double median, double spread)
{
    return quantity_lognormal(median, elementary_exp(elementary_normal_95 * spread));
}

/* ---- power ---- */

/* Of a chip with no more than FP8, that. */
static double usable_peak(const traincost_chip *chip)
{
    double peak = price_peak(chip);
    return peak > 0 ? peak : chip->peak[TRAINCOST_FP8];
}

/* A rated power that was never published: those of chips of its kind, nearest in age and speed first, each
 * scaled by the square root of the speeds' ratio, between "no relation" and "in proportion". */
static void infer_tdp(const struct circumstances *where, struct default_value *value)
{
    const traincost_chip *chip = where->chip, *other;
    double weights = 0, sum = 0, squares = 0;
    int count = 0;
    for (size_t i = 0; (other = traincost_catalog_chip(where->catalog, i)); i++) {
        if (strcmp(other->kind, chip->kind) || other->tdp_w <= 0 || usable_peak(other) <= 0)
            continue;
        bool dated = other->released_day && chip->released_day, rated = usable_peak(chip) > 0;
        double years = dated ? (other->released_day - chip->released_day) / TEXT_DAYS_A_YEAR : 3;
        double speed = rated ? elementary_log(usable_peak(chip) / usable_peak(other)) : 0;
        double weight = elementary_exp(-0.5 * (years * years / 4 + speed * speed));
        double x = elementary_log(other->tdp_w) + 0.5 * speed;
        weights += weight;
        sum += weight * x;
        squares += weight * x * x;
        count += weight > 0.1;
    }
    double mean = sum / weights, variance = squares / weights - mean * mean;
    double spread = sqrt((variance > 0 ? variance : 0) + 0.25 * 0.25);
    value->q = lognormal_of(elementary_exp(mean), spread);
    value->inferred = true;
    snprintf(value->source, DEFAULT_SOURCE,
             "inferred: no rated power of %s was published; from %d %ss of about its age and speed", chip->name,
             count, chip->kind);
}

static void chip_tdp(const struct circumstances *where, struct default_value *value)
{
    if (where->chip->tdp_w <= 0) {
        infer_tdp(where, value);
        return;
    }
    value->q = quantity_exact(where->chip->tdp_w);
    snprintf(value->source, DEFAULT_SOURCE, "%s, read %s, %s", where->chip->name, where->chip->checked,
             where->chip->source);
}

static traincost_status server_ratio(const struct circumstances *where, struct default_value *value,
                                     traincost_error *error)
{
    const traincost_chip *chip = where->chip;
    double chips_power = chip->tdp_w * chip->chips_per_server;
    if (chip->server_power_w <= 0 || chips_power <= 0)
        return from_fact(fact_of_chip("server-power-ratio", where), PARAMETER_SERVER_POWER_RATIO, "", value,
                         error);
    char server[TEXT_NUMBER], chips[TEXT_NUMBER];
    value->q = quantity_exact(fmax(1, chip->server_power_w / chips_power));
    snprintf(value->source, DEFAULT_SOURCE, "a server of %s chips is rated %s W, read %s, %s",
             text_print_digits(chip->chips_per_server, 4, chips),
             text_print_grouped(chip->server_power_w, 6, server), chip->checked, chip->source);
    return TRAINCOST_OK;
}

/* An operator's figure is the mean of its fleet: a campus lies within 0.04 of it, as those that publish each
 * (https://datacenters.google/efficiency). */
static traincost_status operator_pue(const struct circumstances *where, struct default_value *value,
                                     traincost_error *error)
{
    const char *whose = where->hyperscaler ? "hyperscaler" : "other", *name = where->operator_name;
    const traincost_fact *own = *name ? catalog_find_fact(where->catalog, "pue", name, "", where->day) : NULL;
    const traincost_fact *fact = own ? own : catalog_find_fact(where->catalog, "pue", whose, "", where->day);
    traincost_status status = from_fact(fact, PARAMETER_PUE, own ? name : whose, value, error);
    if (status == TRAINCOST_OK && own && quantity_is_exact(&value->q)) {
        value->q.form = FORM_PLUS_MINUS;
        value->q.b = 0.04;
    }
    return status;
}

/* ---- region ---- */

/* In a place of several grids: from the least to the most of them, and as far again as a site lies from its grid. */
static quantity among_grids(const quantity *grids, const quantity *site)
{
    double between = elementary_log(quantity_quantile(grids, 0.95) / quantity_quantile(grids, 0.05)) / 2;
    double within = elementary_log(quantity_quantile(site, 0.95) / quantity_quantile(site, 0.05)) / 2;
    return lognormal_of(quantity_quantile(grids, 0.5), hypot(between, within) / elementary_normal_95);
}

/* A mean of the region and year, and how far a site lies from it. A region without a figure takes that of the
 * place around it. Where most of a country's power is near one end of its grids, the table has a triangle, which
 * stays as it is. */
static traincost_status regional(enum parameter parameter, const struct circumstances *where,
                                 struct default_value *value, traincost_error *error)
{
    const char *key = parameter_table[parameter].public.key;
    const traincost_fact *mean = catalog_find_regional_fact(where->catalog, key, where->region, where->day);
    const traincost_fact *spread = NULL;
    quantity middle, factor;
    traincost_status status = mean ? read_default(mean, parameter, &middle, error) : lacking(key, error);
    if (status)
        return status;
    bool grids = !quantity_is_exact(&middle);
    bool named = grids || (strchr(where->region, '-') && !strcmp(mean->region, where->region));
    if (parameter == PARAMETER_COLOCATION && where->owner_hyperscaler)
        spread = catalog_find_fact(where->catalog, key, "spread hyperscaler", "", where->day);
    if (named)
        spread = catalog_find_fact(where->catalog, key, "spread sub-national", "", where->day);
    if (!spread)
        spread = catalog_find_fact(where->catalog, key, "spread", "", where->day);
    status = spread ? read_default(spread, parameter, &factor, error) : lacking(key, error);
    if (status)
        return status;
    bool leaning = middle.form == FORM_TRIANGULAR;
    value->q = leaning ? middle
               : grids ? among_grids(&middle, &factor)
                       : quantity_scaled(factor, quantity_quantile(&middle, 0.5));
    value->inferred = parameter != PARAMETER_COLOCATION && strcmp(mean->region, where->region) != 0;
    snprintf(value->source, DEFAULT_SOURCE, "%s%s%s%s %.7s: %s %s, %s%s%s; %s%s%s",
             value->inferred ? "no figure for " : "", value->inferred ? where->region : "",
             value->inferred ? "; " : "", mean->region, mean->date, mean->value, mean->unit,
             leaning ? "as its grids are" : grids ? "as its grids are, x " : "x ",
             leaning ? "" : spread->value, leaning ? "" : " for the site",
             mean->note, *mean->note ? ", " : "", mean->source);
    return TRAINCOST_OK;
}

/* ---- prices ---- */

static void rental_price(const struct circumstances *where, struct default_value *value)
{
    struct price_estimate price;
    struct rental_question question = {where->chip, where->day, where->term, where->tier, where->region};
    price_rental(where->catalog, &question, &price);
    value->q = lognormal_of(price.median, price.spread);
    value->forecast = price.days_ahead > 0;
    value->inferred = price.count == 0;
    snprintf(value->source, DEFAULT_SOURCE, "%s", price.basis);
}

static void hardware_price(const struct circumstances *where, struct default_value *value)
{
    struct price_estimate price;
    char factor[TEXT_NUMBER];
    price_hardware(where->catalog, where->chip, &price);
    value->q = lognormal_of(price.median, price.spread);
    value->inferred = price.count == 0;
    text_print_digits(value->q.b, 3, factor);
    snprintf(value->source, DEFAULT_SOURCE, "%s; a factor %s either way at 90 %%", price.basis, factor);
}

static void purchase_price(const struct circumstances *where, struct default_value *value)
{
    struct price_estimate price;
    char factor[TEXT_NUMBER];
    price_purchase(where->catalog, where->chip, where->day, &price);
    value->q = lognormal_of(price.median, price.spread);
    value->inferred = price.count == 0 && catalog_chip_is_sold(where->chip);
    text_print_digits(value->q.b, 3, factor);
    snprintf(value->source, DEFAULT_SOURCE, "%s; a factor %s either way at 90 %%", price.basis, factor);
}

/* ---- owning ---- */

static traincost_status of_owner(enum parameter parameter, const struct circumstances *where,
                                 struct default_value *value, traincost_error *error)
{
    const char *whose = where->owner_hyperscaler ? "hyperscaler" : "other";
    const char *key = parameter_table[parameter].public.key;
    return from_fact(catalog_find_fact(where->catalog, key, whose, "", where->day), parameter, whose, value,
                     error);
}

/* What was stated, else the default's median. */
static traincost_status median_or(double stated, enum parameter parameter, const struct circumstances *where,
                                  double *median, traincost_error *error)
{
    struct default_value value;
    traincost_status status = isnan(stated) ? default_find(parameter, where, &value, error) : TRAINCOST_OK;
    *median = isnan(stated) && status == TRAINCOST_OK ? quantity_quantile(&value.q, 0.5) : stated;
    return status;
}

/* Depreciation leaves 10^(-rate x life) of the purchase; a broker takes his part of that. */
static traincost_status resale_share(const struct circumstances *where, struct default_value *value,
                                     traincost_error *error)
{
    double life, rate;
    char leaves[TEXT_NUMBER], years[TEXT_NUMBER], what[160];
    traincost_status status = median_or(where->life, PARAMETER_ECONOMIC_LIFE, where, &life, error);
    if (status == TRAINCOST_OK)
        status = median_or(where->depreciation, PARAMETER_DEPRECIATION, where, &rate, error);
    const traincost_fact *fact = catalog_find_fact(where->catalog, "resale-share", "", "", where->day);
    if (status)
        return status;
    double kept = elementary_exp(-2.302585092994046 * rate * life);
    snprintf(what, sizeof what, "x %s, what depreciation leaves after %s years",
             text_print_digits(kept, 2, leaves), text_print_digits(life, 2, years));
    status = from_fact(fact, PARAMETER_RESALE_SHARE, what, value, error);
    if (status == TRAINCOST_OK)
        value->q = quantity_scaled(value->q, kept);
    return status;
}

/* ---- compute ---- */

/* What the cluster makes of the level: the wait for the other chips, and what else it loses. */
static void describe_slope(const struct mfu_work *work, char source[DEFAULT_SOURCE])
{
    char chips[TEXT_NUMBER], factor[TEXT_NUMBER], wait[TEXT_NUMBER];
    double batch = isnan(work->batch) ? mfu_usual_batch(work->active) : work->batch;
    double loss =
        mfu_spread_loss(work->chips) * (1 + mfu_wait(work->active) * work->chips / batch) / (1 + mfu_common);
    size_t used = strlen(source);
    text_print_grouped(mfu_wait(work->active), 3, wait);
    text_print_grouped(work->chips, 6, chips);
    text_print_digits(1 / loss, 3, factor);
    if (isnan(work->chips))
        snprintf(source + used, DEFAULT_SOURCE - used,
                 "; slope: a step takes 1 + %s x chips / batch-tokens over %.2f times as long", wait,
                 1 + mfu_common);
    else
        snprintf(source + used, DEFAULT_SOURCE - used,
                 "; slope: at %s chip%s x %s of it, as a step waits for %s tokens a chip", chips,
                 work->chips == 1 ? "" : "s", factor, wait);
}

static traincost_status mfu_default(const struct circumstances *where, struct default_value *value,
                                    traincost_error *error)
{
    struct mfu_estimate mfu;
    traincost_status status = mfu_expect(where->catalog, &where->work, &mfu, error);
    if (status)
        return status;
    value->q = lognormal_of(mfu.median, mfu.spread);
    value->inferred = mfu.count == 0;
    snprintf(value->source, DEFAULT_SOURCE, "%s", mfu.basis);
    if (where->work.sloped)
        describe_slope(&where->work, value->source);
    return TRAINCOST_OK;
}

/* Of production runs 4M to 62M tokens, of 15B to 424B parameters. */
static void batch_default(const struct circumstances *where, struct default_value *value)
{
    value->q = quantity_lognormal(mfu_usual_batch(where->work.active), 3);
    snprintf(value->source, DEFAULT_SOURCE,
             "4M x max(1, active-params / 30B)^0.5, a factor 3 either way: the slope of the MFU with the "
             "cluster; BLOOM "
             "4.2M, Nemotron-4 15B 4.7M, Llama 3 405B 16.8M, https://arxiv.org/abs/2407.21783");
}

/* 12 x layers x hidden^2 parameters, hidden 128 layers. */
static void shape_default(enum parameter parameter, const struct circumstances *where,
                          struct default_value *value)
{
    double hidden = mfu_usual_hidden(where->work.active);
    bool layers = parameter == PARAMETER_LAYERS;
    value->q = quantity_lognormal(layers ? where->work.active / (12 * hidden * hidden) : hidden, 1.15);
    value->inferred = false;
    snprintf(value->source, DEFAULT_SOURCE,
             "from the parameters: 12 x layers x hidden^2 of them, hidden 128 x layers");
}

static traincost_status trainable_default(const struct circumstances *where, struct default_value *value,
                                          traincost_error *error)
{
    const traincost_fact *fact = catalog_find_fact(where->catalog, "trainable-share", "", "", where->day);
    traincost_status status = from_fact(fact, PARAMETER_GOODPUT, "", value, error);
    value->q = quantity_scaled(value->q, where->work.total);
    return status;
}

static traincost_status goodput_default(const struct circumstances *where, struct default_value *value,
                                        traincost_error *error)
{
    const char *key = parameter_key(PARAMETER_GOODPUT);
    if (where->work.chips > goodput_flat_chips)
        return goodput_expect(where->catalog, where->work.chips, &value->q, value->source, sizeof value->source,
                              error);
    return from_fact(catalog_find_fact(where->catalog, key, "", "", where->day), PARAMETER_GOODPUT, "", value,
                     error);
}

/* Of weights that are frozen, by the method; else of the format. */
static traincost_status bytes_default(const struct circumstances *where, struct default_value *value,
                                      traincost_error *error)
{
    const char *key = parameter_key(PARAMETER_BYTES_PER_PARAM);
    const char *of = where->work.method == METHOD_LORA    ? "lora"
                     : where->work.method == METHOD_QLORA ? "qlora"
                                                          : mfu_format_name(where->work.format);
    return from_fact(catalog_find_fact(where->catalog, key, of, "", where->day), PARAMETER_BYTES_PER_PARAM, of,
                     value, error);
}

/* ---- all ---- */

static traincost_status find_fact(enum parameter parameter, const struct circumstances *where,
                                  struct default_value *value, traincost_error *error)
{
    const char *key = parameter_table[parameter].public.key;
    switch (parameter) {
    case PARAMETER_RENTAL_PRICE:
        rental_price(where, value);
        return TRAINCOST_OK;
    case PARAMETER_HARDWARE_PRICE:
        hardware_price(where, value);
        return TRAINCOST_OK;
    case PARAMETER_PURCHASE_PRICE:
        purchase_price(where, value);
        return TRAINCOST_OK;
    case PARAMETER_CAPITAL_COST:
    case PARAMETER_OPERATIONS_SHARE:
        return of_owner(parameter, where, value, error);
    case PARAMETER_RESALE_SHARE:
        return resale_share(where, value, error);
    case PARAMETER_TDP:
        chip_tdp(where, value);
        return TRAINCOST_OK;
    case PARAMETER_SERVER_POWER_RATIO:
        return server_ratio(where, value, error);
    case PARAMETER_PUE:
        return operator_pue(where, value, error);
    case PARAMETER_ELECTRICITY_PRICE:
    case PARAMETER_CARBON_INTENSITY:
    case PARAMETER_COLOCATION:
        return regional(parameter, where, value, error);
    case PARAMETER_POWER_FRACTION:
    case PARAMETER_DEPRECIATION:
    case PARAMETER_INTERCONNECT_OVERHEAD:
        return from_fact(fact_of_chip(key, where), parameter, "", value, error);
    case PARAMETER_MFU:
        return mfu_default(where, value, error);
    case PARAMETER_BYTES_PER_PARAM:
        return bytes_default(where, value, error);
    case PARAMETER_GOODPUT:
        return goodput_default(where, value, error);
    case PARAMETER_TRAINABLE_PARAMS:
        return trainable_default(where, value, error);
    case PARAMETER_BATCH_TOKENS:
        batch_default(where, value);
        return TRAINCOST_OK;
    case PARAMETER_LAYERS:
    case PARAMETER_HIDDEN:
        shape_default(parameter, where, value);
        return TRAINCOST_OK;
    case PARAMETER_EXPERIMENTS:
    case PARAMETER_STAFF_SHARE:
    case PARAMETER_ECONOMIC_LIFE:
    case PARAMETER_USE:
    case PARAMETER_SERVER_OVERHEAD: /* its rows for families divide a server's price; the range holds for all */
        return from_fact(catalog_find_fact(where->catalog, key, "", "", where->day), parameter, "", value,
                         error);
    case PARAMETER_CHIPS:
    case PARAMETER_TYPE:
    case PARAMETER_HOURS:
    case PARAMETER_CHIP_HOURS:
    case PARAMETER_DATE:
    case PARAMETER_TERM:
    case PARAMETER_TIER:
    case PARAMETER_OPERATOR:
    case PARAMETER_REGION:
    case PARAMETER_PARAMS:
    case PARAMETER_ACTIVE_PARAMS:
    case PARAMETER_TOKENS:
    case PARAMETER_FLOP:
    case PARAMETER_EPOCHS:
    case PARAMETER_HOURS_ARE:
    case PARAMETER_PRECISION:
    case PARAMETER_THROUGHPUT:
    case PARAMETER_STEP_TIME:
    case PARAMETER_STEPS:
    case PARAMETER_METHOD:
    case PARAMETER_SEQUENCE_LENGTH:
    case PARAMETER_POWER:
    case PARAMETER_AVAILABLE:
    case PARAMETERS:
        break;
    }
    return lacking(key, error);
}

traincost_status default_find(enum parameter parameter, const struct circumstances *where,
                              struct default_value *value, traincost_error *error)
{
    value->inferred = value->forecast = false;
    traincost_status status = find_fact(parameter, where, value, error);
    struct quantity_rule rule = parameter_rule(parameter);
    if (status == TRAINCOST_OK)
        value->q = quantity_bounded(value->q, &rule);
    return status;
}
