/* From what was stated to what is drawn: every parameter of every stage becomes an input, stated or default.
 * What was stated once is one draw, and so is a default that several stages share. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/resolve.h"

#include "run/money.h"
#include "run/resolve_notes.h"
#include "run/resolve_owning.h"
#include "run/unlikely.h"
#include "base/array.h"
#include "base/text.h"
#include "base/text_date.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static size_t count_stages(const traincost_scenario *run)
{
    size_t count = 0;
    for (; run; run = run->base)
        count += scenario_stage_count(run);
    return count;
}

/* ---- inputs ---- */

/* What a default is about: a chip, a region, or neither. */
static const char *subject_of(const struct resolver *r, enum parameter parameter)
{
    switch ((int)parameter) {
    case PARAMETER_RENTAL_PRICE:
    case PARAMETER_HARDWARE_PRICE:
    case PARAMETER_PURCHASE_PRICE:
    case PARAMETER_TDP:
    case PARAMETER_SERVER_POWER_RATIO:
    case PARAMETER_POWER_FRACTION:
        return r->where.chip->id;
    case PARAMETER_MFU: /* who trains well on one chip does so on its like */
        return r->where.chip->family;
    case PARAMETER_ELECTRICITY_PRICE:
    case PARAMETER_CARBON_INTENSITY:
    case PARAMETER_COLOCATION:
        return r->where.region;
    default:
        return "";
    }
}

/* Its bounds too, so that all samples are scaled and none moves. */
static void bring_to_dollars(const struct resolver *r, struct resolved_input *input)
{
    input->dollars = 1;
    if (!r->out->dollars.to || !parameter_is_money(input->parameter))
        return;
    input->dollars = r->dollars;
    input->q = quantity_scaled(input->q, r->dollars);
    input->q.least *= r->dollars;
    input->q.most *= r->dollars;
}

/* Puts an input into the list, or finds the one that is the same. Owns `input.source` in any case. */
static traincost_status add_input(struct resolver *r, struct resolved_input input)
{
    struct resolved *out = r->out;
    size_t *slot = &out->models[r->stage].input[parameter_table[input.parameter].variable];
    bring_to_dollars(r, &input);
    *slot = resolved_find(out, &input);
    if (*slot < out->input_count) {
        free(input.source);
        return TRAINCOST_OK;
    }
    struct resolved_input *inputs =
        array_grow(out->inputs, out->input_count + 1, &out->input_room, sizeof *inputs);
    if (!inputs) {
        free(input.source);
        return error_no_memory(r->error);
    }
    out->inputs = inputs;
    input.about = subject_of(r, input.parameter);
    input.leader = resolved_leader(out, &input);
    inputs[out->input_count++] = input;
    return TRAINCOST_OK;
}

/* Says what a statement was taken for: a currency's rate, the share of a server, a slice's chips. */
static traincost_status note_setting(struct resolver *r, enum parameter parameter, const struct setting *setting)
{
    char note[MONEY_NOTE];
    size_t stage = r->scenario->stage_count ? r->own : TRAINCOST_RUN;
    double chips = money_server_chips(r->scenario, stage);
    if (*setting->note)
        return resolver_note(r, setting->note, "", "");
    if (!setting->converted)
        return TRAINCOST_OK;
    if (setting->stated.per == PER_SERVER && chips <= 0)
        return error_set(r->error, TRAINCOST_MISSING,
                         "%s '%.60s': how many chips a server of %s has is not known: divide by them, as in 98.32/8",
                         parameter_table[parameter].public.key, setting->text, r->where.chip->name);
    return resolver_note(
        r, money_note(r->where.catalog, &setting->stated, setting->text, r->where.day, chips, note), "", "");
}

/* What is stated of a price was paid at the date. */
static traincost_status note_scaled(struct resolver *r, enum parameter parameter, const struct setting *setting)
{
    char note[200], became[TEXT_NUMBER];
    text_print_digits(r->dollars * quantity_quantile(&setting->q, 0.5), 4, became);
    snprintf(note, sizeof note, "%s %.63s is in dollars of its date: %s%s in those of %s", parameter_key(parameter),
             setting->text, quantity_is_exact(&setting->q) ? "" : "its median is ", became, r->out->dollars.of);
    return resolver_note(r, note, "", "");
}

static traincost_status use_setting(struct resolver *r, enum parameter parameter, const struct setting *setting)
{
    traincost_status status = note_setting(r, parameter, setting);
    if (status == TRAINCOST_OK && !r->out->models[r->stage].base)
        status = note_unlikely(r, parameter, setting);
    if (status)
        return status;
    if (r->out->dollars.to && parameter_is_money(parameter) && quantity_quantile(&setting->q, 0.5) > 0)
        status = note_scaled(r, parameter, setting);
    char *stated = status == TRAINCOST_OK ? text_copy("stated") : NULL;
    if (!stated)
        return status ? status : error_no_memory(r->error);
    return add_input(r, (struct resolved_input){parameter, setting->q, setting, stated, false, NULL, NULL, 0, 1});
}

static traincost_status use_default(struct resolver *r, enum parameter parameter)
{
    struct default_value found;
    const struct default_value *value = &found;
    struct default_cache *cache = r->scenario->defaults;
    traincost_status status = cache ? default_cache_find(cache, parameter, &r->where, &value, r->error)
                                    : default_find(parameter, &r->where, &found, r->error);
    if (status)
        return status;
    char *source = text_copy(value->source);
    if (!source)
        return error_no_memory(r->error);
    status =
        add_input(r, (struct resolved_input){parameter, value->q, NULL, source, value->inferred, NULL, NULL, 0, 1});
    if (status == TRAINCOST_OK && (value->inferred || value->forecast))
        status = resolver_note(r, parameter_table[parameter].public.key, ": ", value->source);
    return status;
}

/* ---- time ---- */

/* chips x hours and chip-hours may both be stated if they agree: within 1 % for the rounding of the texts,
 * and within their ranges. */
static bool agree(const quantity *chips, const quantity *hours, const quantity *chip_hours)
{
    double low = quantity_quantile(chips, 0.05) * quantity_quantile(hours, 0.05);
    double high = quantity_quantile(chips, 0.95) * quantity_quantile(hours, 0.95);
    return quantity_quantile(chip_hours, 0.05) <= 1.01 * high &&
           quantity_quantile(chip_hours, 0.95) >= 0.99 * low;
}

static traincost_status use_time(struct resolver *r)
{
    const struct setting *chips = resolver_setting(r, PARAMETER_CHIPS),
                         *hours = resolver_setting(r, PARAMETER_HOURS);
    const struct setting *chip_hours = resolver_setting(r, PARAMETER_CHIP_HOURS);
    struct compute *compute = &r->compute;
    traincost_status status = compute_find_timing(compute, r->lenient, r->error);
    if (status)
        return status;
    if (!hours && !chip_hours && !compute->computed)
        return error_set(r->error, TRAINCOST_MISSING,
                         "no hours are stated: give hours, chip-hours, params with tokens, or flop; or tokens with a "
                         "throughput, or steps with a step-time");
    if (!chips && !chip_hours && !compute->computed)
        return error_set(r->error, TRAINCOST_MISSING, "no chips are stated: give chips, or chip-hours");
    bool agreed = !chips || !hours || !chip_hours || agree(&chips->q, &hours->q, &chip_hours->q);
    if (!agreed && !r->lenient) {
        char product[TEXT_NUMBER];
        text_print_grouped(quantity_quantile(&chips->q, 0.5) * quantity_quantile(&hours->q, 0.5), 6, product);
        return error_set(r->error, TRAINCOST_CONFLICT, "%s chips x %s hours is %s chip-hours, not %s",
                         chips->text, hours->text, product, chip_hours->text);
    }
    if (chips)
        status = use_setting(r, PARAMETER_CHIPS, chips);
    if (status == TRAINCOST_OK && hours && agreed)
        status = use_setting(r, PARAMETER_HOURS, hours);
    if (status == TRAINCOST_OK && chip_hours && !(chips && hours && agreed))
        status = use_setting(r, PARAMETER_CHIP_HOURS, chip_hours);
    return status;
}

/* ---- a stage ---- */

static double setting_median(const struct setting *setting)
{
    return setting ? quantity_quantile(&setting->q, 0.5) : NAN;
}

traincost_format scenario_format(const traincost_scenario *scenario, size_t stage, const traincost_chip *chip)
{
    static const traincost_format usual[] = {TRAINCOST_BF16, TRAINCOST_FP16, TRAINCOST_FP32};
    static const traincost_format words[] = {TRAINCOST_BF16, TRAINCOST_FP16, TRAINCOST_FP8,
                                             TRAINCOST_FP4,  TRAINCOST_TF32, TRAINCOST_FP32};
    const struct setting *precision = scenario_setting(scenario, stage, PARAMETER_PRECISION);
    if (precision)
        return words[precision->word];
    size_t i = 0;
    while (i + 1 < sizeof usual / sizeof *usual && chip->peak[usual[i]] <= 0)
        i++;
    return usual[i];
}

/* What brings dollars of the stage's day to those that are asked for. */
static traincost_status find_dollars_of_stage(struct resolver *r)
{
    const traincost_catalog *catalog = r->scenario->catalog;
    struct dollars here;
    char note[DOLLARS_NOTE];
    r->dollars = dollars_factor(catalog, &r->out->dollars, r->where.day);
    if (!r->out->dollars.to)
        return TRAINCOST_OK;
    traincost_status status = dollars_find(catalog, r->out->dollars.of, r->where.day, &here, r->error);
    return status ? status : resolver_note(r, dollars_note(&here, r->where.day, note), "", "");
}

static traincost_status find_circumstances(struct resolver *r)
{
    const struct setting *type = resolver_setting(r, PARAMETER_TYPE),
                         *date = resolver_setting(r, PARAMETER_DATE);
    const struct setting *term = resolver_setting(r, PARAMETER_TERM),
                         *tier = resolver_setting(r, PARAMETER_TIER),
                         *whose = resolver_setting(r, PARAMETER_OPERATOR);
    const struct setting *region = resolver_setting(r, PARAMETER_REGION);
    const struct setting *params = resolver_setting(r, PARAMETER_PARAMS);
    const struct setting *active = resolver_setting(r, PARAMETER_ACTIVE_PARAMS);
    const traincost_catalog *catalog = r->scenario->catalog;
    if (!type)
        return error_set(r->error, TRAINCOST_MISSING, "no chip type is stated: give type, as in H100");
    r->where = (struct circumstances){
        .catalog = catalog,
        .chip = type->chip,
        .day = date ? date->day : catalog_day(catalog),
        .term = term ? (enum price_term)term->word : TERM_CLUSTER,
        .tier = tier ? (enum price_tier)tier->word : TIER_ALL,
        .hyperscaler = whose && parameter_operator_is_large(whose->word),
        .operator_name = whose ? parameter_operator_name(whose->word) : "",
        .owner_hyperscaler =
            whose ? parameter_operator_is_large(whose->word) : !catalog_chip_is_sold(type->chip),
        .life = setting_median(resolver_setting(r, PARAMETER_ECONOMIC_LIFE)),
        .depreciation = setting_median(resolver_setting(r, PARAMETER_DEPRECIATION)),
        .region = region ? region->region : "US",
        .work = {.chip = type->chip,
                 .format = scenario_format(r->scenario, r->own, type->chip),
                 .active = setting_median(active ? active : params),
                 .total = setting_median(params ? params : active),
                 .chips = setting_median(resolver_setting(r, PARAMETER_CHIPS))},
    };
    r->compute = (struct compute){.scenario = r->scenario,
                                  .stage = r->own,
                                  .chip = type->chip,
                                  .format = r->where.work.format,
                                  .base = r->out->models[r->stage].base};
    r->out->stages[r->stage].chip = type->chip;
    traincost_status status = find_dollars_of_stage(r);
    if (status || !type->usual)
        return status;
    char taken[80];
    snprintf(taken, sizeof taken, " is taken as %.60s", type->chip->name);
    return resolver_note(r, type->text, taken, ", the usual one of that name");
}

static traincost_status find_years(struct resolver *r)
{
    const struct setting *available = resolver_setting(r, PARAMETER_AVAILABLE);
    const traincost_chip *chip = r->where.chip;
    int from = available ? available->day : price_available(r->where.catalog, chip);
    r->out->models[r->stage].years = fmax(0, (r->where.day - from) / TEXT_DAYS_A_YEAR);
    if (chip->released_day <= r->where.day || r->out->models[r->stage].base)
        return TRAINCOST_OK;
    return resolver_note(r, chip->name, " was released after the run began, on ", chip->released);
}

static void find_type(struct resolver *r)
{
    size_t first = 0;
    while (r->out->stages[first].chip != r->out->stages[r->stage].chip)
        first++;
    r->out->models[r->stage].type = first;
}

/* What use_time sees to, or what another statement stands in place of. */
static bool is_passed_over(const struct resolver *r, enum parameter parameter)
{
    switch ((int)parameter) {
    case PARAMETER_CHIPS:
    case PARAMETER_HOURS:
    case PARAMETER_CHIP_HOURS:
        return true;
    case PARAMETER_POWER_FRACTION:
        return resolver_setting(r, PARAMETER_POWER);
    case PARAMETER_PARAMS:
    case PARAMETER_ACTIVE_PARAMS:
    case PARAMETER_TOKENS:
    case PARAMETER_FLOP:
    case PARAMETER_EPOCHS:
    case PARAMETER_MFU:
    case PARAMETER_GOODPUT:
    case PARAMETER_THROUGHPUT:
    case PARAMETER_STEP_TIME:
    case PARAMETER_STEPS:
    case PARAMETER_BATCH_TOKENS:
    case PARAMETER_TRAINABLE_PARAMS:
    case PARAMETER_SEQUENCE_LENGTH:
    case PARAMETER_LAYERS:
    case PARAMETER_HIDDEN:
    case PARAMETER_BYTES_PER_PARAM:
        return !compute_uses(&r->compute, parameter);
    case PARAMETER_CARBON_INTENSITY:
    case PARAMETER_EXPERIMENTS:
    case PARAMETER_STAFF_SHARE:
        return r->out->models[r->stage].base;
    default:
        return false;
    }
}

/* Work is done once: what is stated for a run of several stages cannot hold for each of them. */
static bool is_of_all_stages(const struct resolver *r, enum parameter parameter, const struct setting *setting)
{
    bool work = parameter == PARAMETER_TOKENS || parameter == PARAMETER_FLOP || parameter == PARAMETER_STEPS;
    return work && r->scenario->stage_count > 1 && setting == &r->scenario->settings[parameter];
}

static bool has_default(enum parameter parameter)
{
    switch ((int)parameter) {
    case PARAMETER_POWER:
    case PARAMETER_PARAMS:
    case PARAMETER_ACTIVE_PARAMS:
    case PARAMETER_TOKENS:
    case PARAMETER_FLOP:
    case PARAMETER_EPOCHS:
    case PARAMETER_THROUGHPUT:
    case PARAMETER_STEP_TIME:
    case PARAMETER_STEPS:
    case PARAMETER_SEQUENCE_LENGTH:
        return false;
    default:
        return true;
    }
}

static traincost_status use_rest(struct resolver *r)
{
    traincost_status status = TRAINCOST_OK;
    for (int p = 0; p < PARAMETERS && status == TRAINCOST_OK; p++) {
        enum parameter parameter = (enum parameter)p;
        const struct setting *setting = resolver_setting(r, parameter);
        if (parameter_table[p].kind != KIND_QUANTITY || is_passed_over(r, parameter))
            continue;
        if (setting && is_of_all_stages(r, parameter, setting))
            status = error_set(r->error, TRAINCOST_CONFLICT,
                               "%s %s is stated for the run, which has several stages: "
                               "state it in a stage",
                               parameter_table[p].public.key, setting->text);
        else if (setting)
            status = use_setting(r, parameter, setting);
        else if (parameter == PARAMETER_PURCHASE_PRICE && resolver_setting(r, PARAMETER_HARDWARE_PRICE))
            r->out->models[r->stage].input[MODEL_PURCHASE_PRICE] =
                r->out->models[r->stage].input[MODEL_HARDWARE_PRICE];
        else if (has_default(parameter))
            status = use_default(r, parameter);
    }
    return status;
}

/* How FLOP are counted, and what the size of the cluster does to an inferred MFU. */
static void set_work(struct resolver *r)
{
    struct model_stage *model = &r->out->models[r->stage];
    const struct compute *compute = &r->compute;
    bool inferred = compute->timing == TIMED_BY_MFU && !resolver_setting(r, PARAMETER_MFU);
    double chips = r->where.work.chips, active = r->where.work.active;
    r->where.work.method = compute->method;
    r->where.work.sloped = compute_has_slope(compute);
    r->where.work.batch = setting_median(resolver_setting(r, PARAMETER_BATCH_TOKENS));
    model->flop_active = compute_token_flop(compute->method);
    model->flop_trainable = 2;
    model->free_sequence = inferred ? mfu_usual_sequence : 0;
    model->throughput_in_flop = compute_is_in_flop(compute);
    model->wait = r->where.work.sloped ? mfu_wait(active) : 0;
    model->size_loss = (isnan(chips) ? 1 : mfu_spread_loss(chips)) / (1 + mfu_common);
}

/* The dense peak, and whether all that was said of compute can be. */
static traincost_status find_peak(struct resolver *r)
{
    const struct setting *precision = resolver_setting(r, PARAMETER_PRECISION);
    double peak = r->where.chip->peak[r->compute.format];
    r->out->models[r->stage].peak = 1e12 * peak;
    r->out->models[r->stage].training = compute_trains(&r->compute);
    traincost_status status = compute_check(&r->compute, r->lenient, r->error);
    if (status == TRAINCOST_OK && precision && peak <= 0)
        status = resolver_note(r, r->where.chip->name, ": no peak was published for ", precision->text);
    return status;
}

static traincost_status note_memory(struct resolver *r)
{
    char name[160], note[COMPUTE_NOTE];
    size_t input = r->out->models[r->stage].input[MODEL_BYTES_PER_PARAM];
    if (input == MODEL_ABSENT || !compute_lacks_memory(&r->compute, &r->out->inputs[input].q, note))
        return TRAINCOST_OK;
    r->out->lacks_memory = true;
    bool named = r->scenario->stage_count > 1;
    return resolver_note(r, named ? resolver_stage_name(r, name) : "", named ? ": " : "", note);
}

static double median_input(const struct resolver *r, enum model_variable variable, double otherwise)
{
    size_t input = r->out->models[r->stage].input[variable];
    return input == MODEL_ABSENT ? otherwise : quantity_quantile(&r->out->inputs[input].q, 0.5);
}

/* Chip-hours of undisturbed steps at the medians, in a cluster that does not wait; NaN where no MFU gives them. */
static double median_work(const struct resolver *r)
{
    const struct model_stage *model = &r->out->models[r->stage];
    double active = median_input(r, MODEL_ACTIVE_PARAMS, median_input(r, MODEL_PARAMS, NAN));
    double tokens = median_input(r, MODEL_TOKENS, median_input(r, MODEL_STEPS, NAN) *
                                                      median_input(r, MODEL_BATCH_TOKENS, NAN));
    double flop = median_input(r, MODEL_FLOP, model->flop_active * active * tokens * median_input(r, MODEL_EPOCHS, 1));
    return flop / (model->peak * median_input(r, MODEL_MFU, NAN) * median_input(r, MODEL_GOODPUT, NAN) * 3600);
}

/* Hours beside compute say how many chips: more and more do not help where each waits for all others. */
static traincost_status check_cluster(struct resolver *r)
{
    const struct model_stage *model = &r->out->models[r->stage];
    double hours = median_input(r, MODEL_HOURS, NAN);
    if (!(model->wait > 0) || model->input[MODEL_CHIPS] != MODEL_ABSENT || isnan(hours))
        return TRAINCOST_OK;
    double least = median_work(r) * model->size_loss * model->wait / median_input(r, MODEL_BATCH_TOKENS, NAN);
    if (least < 0.75 * hours)
        return TRAINCOST_OK;
    char shortest[TEXT_NUMBER], batch[TEXT_NUMBER];
    text_print_grouped(least / 0.75, 3, shortest);
    text_print_grouped(median_input(r, MODEL_BATCH_TOKENS, NAN), 3, batch);
    return error_set(r->error, TRAINCOST_RANGE,
                     "hours %s: no number of chips does it in that time, as steps of %s tokens wait for one another: "
                     "state over %s h, or more batch-tokens",
                     resolver_setting(r, PARAMETER_HOURS)->text, batch, shortest);
}

static traincost_status resolve_stage(struct resolver *r)
{
    struct model_stage *model = &r->out->models[r->stage];
    for (size_t v = 0; v < MODEL_VARIABLES; v++)
        model->input[v] = MODEL_ABSENT;
    const char *name = r->scenario->stage_count ? r->scenario->stages[r->own].name : NULL;
    if (!(r->out->stages[r->stage].name = text_copy(name ? name : "")))
        return error_no_memory(r->error);
    traincost_status status = find_circumstances(r);
    if (status == TRAINCOST_OK)
        status = use_time(r);
    if (status == TRAINCOST_OK)
        set_work(r);
    if (status == TRAINCOST_OK)
        status = find_years(r);
    if (status == TRAINCOST_OK)
        status = find_peak(r);
    if (status == TRAINCOST_OK)
        status = use_rest(r);
    if (status == TRAINCOST_OK)
        status = check_cluster(r);
    if (status == TRAINCOST_OK)
        status = note_memory(r);
    if (status == TRAINCOST_OK)
        find_type(r);
    else if (r->scenario->stage_count || model->base) {
        char named[160];
        error_prefix(r->error, "%s", resolver_stage_name(r, named));
    }
    return status;
}

/* The day that it is told by: of a month the first, although what is looked up there is of its middle. */
static int begun(const struct setting *date)
{
    int day = date->day;
    text_date(date->text, &day);
    return day;
}

/* Where the run states no date: the earliest of its stages, where each has its own, else the newest price's. */
static int first_day(const traincost_scenario *scenario)
{
    int first = catalog_day(scenario->catalog);
    for (size_t s = 0; s < scenario->stage_count; s++) {
        const struct setting *date = &scenario->stages[s].settings[PARAMETER_DATE];
        if (!date->given)
            return catalog_day(scenario->catalog);
        if (s == 0 || begun(date) < first)
            first = begun(date);
    }
    return first;
}

/* The day of which prices of a run are, or of the first of its stages. */
static int day_of_prices(const traincost_scenario *scenario, size_t stage)
{
    const struct setting *date = scenario_setting(scenario, stage == TRAINCOST_RUN ? 0 : stage, PARAMETER_DATE);
    return date ? date->day : catalog_day(scenario->catalog);
}

double scenario_dollars(const traincost_scenario *scenario, size_t stage, const struct dollars *dollars)
{
    return dollars_factor(scenario->catalog, dollars, day_of_prices(scenario, stage));
}

traincost_status scenario_resolve(const traincost_scenario *scenario, bool lenient, const char *of,
                                  struct resolved *resolved, traincost_error *error)
{
    struct resolver r = {.lenient = lenient, .out = resolved, .error = error};
    size_t count = count_stages(scenario);
    *resolved = (struct resolved){.stage_count = count, .own_count = scenario_stage_count(scenario)};
    const struct setting *date = &scenario->settings[PARAMETER_DATE];
    resolved->day = date->given ? begun(date) : first_day(scenario);
    resolved->stages = calloc(count, sizeof *resolved->stages);
    resolved->models = calloc(count, sizeof *resolved->models);
    traincost_status status = TRAINCOST_OK;
    if (!resolved->stages || !resolved->models)
        status = error_no_memory(error);
    if (status == TRAINCOST_OK)
        status = dollars_find(scenario->catalog, of, day_of_prices(scenario, TRAINCOST_RUN), &resolved->dollars, error);
    for (size_t s = 0; s < count && status == TRAINCOST_OK; s++) {
        resolved->models[s].base = s >= resolved->own_count;
        resolver_go_to(&r, scenario, s);
        status = resolve_stage(&r);
    }
    if (status == TRAINCOST_OK)
        status = resolved_see_owning(resolved, error);
    if (status == TRAINCOST_OK && !model_find_alike(resolved->models, count))
        status = error_no_memory(error);
    if (status == TRAINCOST_OK)
        status = name_users(&r, scenario);
    if (status == TRAINCOST_OK)
        status = note_what_is_left_out(&r, scenario);
    if (status == TRAINCOST_OK)
        status = note_what_was_said(&r, &scenario->claim);
    if (status)
        resolved_free(resolved);
    return status;
}
