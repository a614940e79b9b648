/* The same work on each of several chips. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/compare.h"

#include "base/text.h"
#include "run/compute.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct types {
    traincost_scenario
        run; /* the caller's, with one type after the other: what it states is one draw for all */
    const struct traincost_options *options;
    struct scenario_stage *stages; /* a plan's: what stays has its own chip, what moves has none */
    char *stay;                    /* the names of those that stay; NULL: none */
    traincost_comparison *comparison;
    bool all;   /* chips that cannot do the work are left out */
    bool every; /* also those of all that cannot be rented are ranked */
    const traincost_chip *from; /* whose hours are carried over to the others; NULL: work is stated */
    const traincost_scenario *stated;
    traincost_error *error;
};

/* What the MFU and the power of two chips are known to: nearer ones are alike. */
static const double types_alike = 1.05;

/* ---- what is the same work ---- */

/* A time is that of one chip: what is stated as such stays as it is. */
static bool is_time(const traincost_scenario *run, size_t stage)
{
    return scenario_setting(run, stage, PARAMETER_CHIP_HOURS) ||
           (scenario_setting(run, stage, PARAMETER_HOURS) && scenario_setting(run, stage, PARAMETER_CHIPS));
}

static traincost_status refuse_time(const traincost_scenario *run, traincost_error *error)
{
    const struct setting *chip_hours = scenario_setting(run, 0, PARAMETER_CHIP_HOURS);
    const struct setting *hours = scenario_setting(run, 0, PARAMETER_HOURS);
    return error_set(error, TRAINCOST_CONFLICT,
                     "the same work takes another time on each chip: leave out %s %s%s",
                     chip_hours ? "chip-hours" : "hours", chip_hours ? chip_hours->text : hours->text,
                     chip_hours ? "" : ", or the chips");
}

static traincost_status check_work(const traincost_scenario *run, traincost_error *error)
{
    size_t moving = 0;
    for (size_t s = 0; s < scenario_stage_count(run); s++) {
        struct compute compute = {.scenario = run, .stage = s};
        bool time = is_time(run, s);
        moving += !time;
        if (!time && !compute_is_stated(&compute))
            return error_set(error, TRAINCOST_MISSING,
                             "the same work on each chip: state it as params with tokens, or as flop");
        if (time && run->stage_count && !scenario_setting(run, s, PARAMETER_TYPE))
            return error_set(error, TRAINCOST_MISSING,
                             "a stage states its time and no type: its time is that of one chip");
    }
    return moving || carried_is_time(run) ? TRAINCOST_OK : refuse_time(run, error);
}

/* ---- a plan ---- */

static traincost_status name_staying(struct types *t, struct text_buffer *names, const char *name, size_t stage)
{
    char number[32];
    snprintf(number, sizeof number, "stage %zu", stage + 1);
    text_add(names, names->length ? ", " : "");
    text_add(names, name && *name ? name : number);
    return names->failed ? error_no_memory(t->error) : TRAINCOST_OK;
}

/* A stage's own copy: what stays is given the chip that it ran on, what moves takes the run's. */
static traincost_status prepare_stages(struct types *t, const traincost_scenario *run)
{
    struct text_buffer names = {0};
    traincost_status status = TRAINCOST_OK;
    if (!run->stage_count)
        return TRAINCOST_OK;
    t->stages = calloc(run->stage_count, sizeof *t->stages);
    if (!t->stages)
        return error_no_memory(t->error);
    memcpy(t->stages, run->stages, run->stage_count * sizeof *t->stages);
    for (size_t s = 0; s < run->stage_count && status == TRAINCOST_OK; s++) {
        struct setting *type = &t->stages[s].settings[PARAMETER_TYPE];
        if (!is_time(run, s)) {
            type->given = false;
            continue;
        }
        *type = *scenario_setting(run, s, PARAMETER_TYPE);
        status = name_staying(t, &names, run->stages[s].name, s);
    }
    t->run.stages = t->stages;
    t->stay = names.text;
    return status;
}

/* Beside the chip that it was stated on, the run of another states its work in place of the time. */
static traincost_status place_work(struct types *t, const traincost_chip *chip)
{
    static const enum parameter time[] = {PARAMETER_HOURS, PARAMETER_CHIP_HOURS};
    bool own = chip == t->from;
    struct setting *flop = &t->run.settings[PARAMETER_FLOP];
    if (!carried_is_time(t->stated))
        return TRAINCOST_OK;
    t->from = t->from ? t->from : chip;
    own = chip == t->from;
    for (size_t i = 0; i < sizeof time / sizeof *time; i++) {
        t->run.settings[time[i]] = t->stated->settings[time[i]];
        t->run.settings[time[i]].given &= own;
    }
    flop->given = false;
    return own ? TRAINCOST_OK : carried_work(t->stated, t->from, flop, t->error);
}

static traincost_status note_carried(struct types *t, traincost_result *result, const traincost_chip *chip)
{
    if (!t->from || chip == t->from)
        return TRAINCOST_OK;
    return resolved_note(&result->resolved,
                         (const char *[]){"the hours on ", t->from->name,
                                          " are carried over by what both chips reach of their peaks", NULL},
                         t->error);
}

static traincost_status note_staying(struct types *t, traincost_result *result)
{
    if (!t->stay)
        return TRAINCOST_OK;
    return resolved_note(&result->resolved,
                         (const char *[]){t->stay, ": left as stated, as hours are those of one chip", NULL},
                         t->error);
}

/* ---- the chips ---- */

static bool is_there(const struct types *t, const traincost_chip *chip)
{
    for (size_t k = 0; k < t->comparison->count; k++)
        if (t->comparison->chips[k] == chip)
            return true;
    for (size_t i = 0; i < t->comparison->left_out_count; i++)
        if (t->comparison->left_out[i].chip == chip)
            return true;
    return false;
}

static traincost_status leave_chip_out(struct types *t, const traincost_chip *chip, const char *why)
{
    traincost_comparison *comparison = t->comparison;
    char *copy = text_copy(why);
    if (!copy)
        return error_no_memory(t->error);
    comparison->left_out[comparison->left_out_count++] = (struct left_out){chip, copy};
    return TRAINCOST_OK;
}

/* The last one that was added is of that chip, and is called so. */
static traincost_status name_last(struct types *t, const traincost_chip *chip)
{
    traincost_result *result = t->comparison->results[t->comparison->count - 1];
    char *copy = text_copy(chip->name);
    if (!copy)
        return error_no_memory(t->error);
    free(result->name);
    result->name = copy;
    t->comparison->chips[t->comparison->count - 1] = chip;
    traincost_status status = note_carried(t, result, chip);
    return status ? status : note_staying(t, result);
}

/* What the catalogue does not know of it leaves it out; what is stated wrongly is an error. */
static traincost_status add_named(struct types *t, const char *name, traincost_error *own)
{
    struct setting *type = &t->run.settings[PARAMETER_TYPE];
    traincost_status status = traincost_scenario_set(&t->run, TRAINCOST_RUN, "type", name, t->error);
    if (status == TRAINCOST_OK && is_there(t, type->chip))
        status = error_set(t->error, TRAINCOST_CONFLICT, "type %s: %s is in the list already", name,
                           type->chip->name);
    if (status == TRAINCOST_OK)
        status = place_work(t, type->chip);
    if (status)
        return status;
    status = comparison_add(t->comparison, &t->run, t->options, own);
    if (status == TRAINCOST_MISSING || status == TRAINCOST_DATA)
        return leave_chip_out(t, type->chip, traincost_error_message(own));
    return status ? error_set(t->error, status, "%s", traincost_error_message(own)) : name_last(t, type->chip);
}

static bool has_usual_peak(const traincost_chip *chip)
{
    return chip->peak[TRAINCOST_BF16] > 0 || chip->peak[TRAINCOST_FP16] > 0 || chip->peak[TRAINCOST_FP32] > 0;
}

static bool is_sold(const traincost_catalog *catalog, const traincost_chip *chip)
{
    const traincost_observation *seen;
    for (size_t i = 0; (seen = traincost_catalog_observation(catalog, i)); i++)
        if (!strcmp(seen->chip, chip->id))
            return true;
    return false;
}

/* A rent that is a mere guess has a range so wide that it leads any ranking. */
static bool guesses_rent(const struct types *t, const traincost_chip *chip, int day)
{
    enum model_output by = t->comparison->by;
    const struct setting *term = &t->run.settings[PARAMETER_TERM], *tier = &t->run.settings[PARAMETER_TIER];
    struct price_estimate price;
    bool of_rent = by == MODEL_OUT_RENTAL || by == MODEL_OUT_WITH_BASE || by == MODEL_OUT_DEVELOPMENT;
    if (!of_rent || t->run.settings[PARAMETER_RENTAL_PRICE].given)
        return false;
    struct rental_question question = {chip, day, term->given ? (enum price_term)term->word : TERM_CLUSTER,
                                       tier->given ? (enum price_tier)tier->word : TIER_ALL, "US"};
    price_rental(t->run.catalog, &question, &price);
    return price.count == 0;
}

/* Of its own: a rent borrowed from chips like it is none that one could pay. */
static bool is_rented(const struct types *t, const traincost_chip *chip, int day)
{
    static const int near = 548; /* 18 months */
    const traincost_observation *seen;
    for (size_t i = 0; (seen = traincost_catalog_observation(t->run.catalog, i)); i++)
        if (!strcmp(seen->chip, chip->id) && !strcmp(seen->kind, "rent") && abs(seen->day - day) <= near)
            return true;
    return false;
}

static const char *why_not(const struct types *t, const traincost_chip *chip)
{
    const struct setting *date = &t->run.settings[PARAMETER_DATE];
    int day = date->given ? date->day : catalog_day(t->run.catalog);
    if (chip->released_day > day)
        return "it was not released at that date";
    if (!chip->released_day && !is_sold(t->run.catalog, chip))
        return "neither a release nor a price of it is known";
    if (!t->every && !t->run.settings[PARAMETER_RENTAL_PRICE].given && !is_rented(t, chip, day))
        return "no rent of its own was seen within 18 months; 'every' ranks it too";
    if (guesses_rent(t, chip, day))
        return "no rent of it was seen, nor of chips that it could borrow from";
    bool lacks = !t->run.settings[PARAMETER_PRECISION].given && !has_usual_peak(chip);
    return lacks ? "no peak FLOP/s for bf16, fp16 or fp32 was published" : NULL;
}

/* One of all: what it lacks leaves it out. */
static traincost_status try_chip(struct types *t, const traincost_chip *chip, traincost_error *own)
{
    const char *why = why_not(t, chip);
    if (why)
        return leave_chip_out(t, chip, why);
    t->run.settings[PARAMETER_TYPE] = (struct setting){.given = true, .chip = chip};
    traincost_status status = place_work(t, chip);
    if (status)
        return status;
    status = comparison_add(t->comparison, &t->run, t->options, own);
    if (status == TRAINCOST_RANGE || status == TRAINCOST_MISSING || status == TRAINCOST_DATA)
        return leave_chip_out(t, chip, traincost_error_message(own));
    if (status)
        return error_set(t->error, status, "%s", traincost_error_message(own));
    traincost_result *result = t->comparison->results[t->comparison->count - 1];
    if (!result->resolved.lacks_memory)
        return name_last(t, chip);
    t->comparison->count--;
    traincost_result_free(result);
    return leave_chip_out(t, chip, "the training state does not fit the memory of so many chips");
}

static traincost_status add_every_chip(struct types *t, traincost_error *own)
{
    const traincost_chip *chip;
    traincost_status status = TRAINCOST_OK;
    for (size_t i = 0; status == TRAINCOST_OK && (chip = traincost_catalog_chip(t->run.catalog, i)); i++)
        status = try_chip(t, chip, own);
    return status;
}

static traincost_status add_list(struct types *t, const char *list, traincost_error *own)
{
    char name[64];
    for (const char *at = list; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
        at += strspn(at, " ");
        size_t length = strcspn(at, ",");
        if (length == 0 || length >= sizeof name)
            return error_set(t->error, TRAINCOST_SYNTAX,
                             "type '%.60s': write names of chips, as in H100,MI300X", list);
        memcpy(name, at, length);
        name[length] = '\0';
        traincost_status status = add_named(t, name, own);
        if (status)
            return status;
    }
    return TRAINCOST_OK;
}

/* ---- the whole ---- */

static size_t count_candidates(const traincost_catalog *catalog)
{
    size_t count = 0;
    while (traincost_catalog_chip(catalog, count))
        count++;
    return count;
}

static traincost_status add_types(struct types *t, const char *list)
{
    size_t most = count_candidates(t->run.catalog);
    if (t->all && most > LIMIT_RUNS)
        return error_limit(t->error, LIMIT_RUNS, "runs or chips of a comparison");
    t->comparison->left_out = calloc(most, sizeof *t->comparison->left_out);
    if (!t->comparison->left_out)
        return error_no_memory(t->error);
    traincost_error *own = traincost_error_new();
    if (!own)
        return error_no_memory(t->error);
    traincost_status status = t->all ? add_every_chip(t, own) : add_list(t, list, own);
    traincost_error_free(own);
    if (status == TRAINCOST_OK && t->comparison->count == 0)
        status = error_set(t->error, TRAINCOST_MISSING, "no chip can do that: %s: %s",
                           t->comparison->left_out[0].chip->name, t->comparison->left_out[0].why);
    return status;
}

static traincost_status finish_types(struct types *t)
{
    size_t count = t->comparison->count;
    const traincost_scenario **runs = calloc(count, sizeof *runs);
    if (!runs)
        return error_no_memory(t->error);
    for (size_t k = 0; k < count; k++)
        runs[k] = &t->run;
    traincost_status status = comparison_finish(t->comparison, runs, false, t->options, t->error);
    free(runs);
    return status;
}

static traincost_status types_compare(struct types *t, const char *types, const char *by, traincost_comparison **out)
{
    const traincost_scenario *run = t->stated;
    enum model_output output = MODEL_OUT_RENTAL;
    t->every = !strcmp(types, "every");
    t->all = t->every || !strcmp(types, "all");
    t->from = carried_is_time(run) && run->settings[PARAMETER_TYPE].given ? run->settings[PARAMETER_TYPE].chip : NULL;
    traincost_status status = by ? comparison_by(by, &output, t->error) : TRAINCOST_OK;
    if (status == TRAINCOST_OK)
        status = check_work(run, t->error);
    if (status)
        return status;
    t->comparison = comparison_new(count_candidates(run->catalog) + 1, output, t->error);
    if (!t->comparison)
        return TRAINCOST_NO_MEMORY;
    t->comparison->alike = types_alike;
    t->comparison->chips = calloc(count_candidates(run->catalog) + 1, sizeof *t->comparison->chips);
    status = t->comparison->chips ? prepare_stages(t, run) : error_no_memory(t->error);
    if (status == TRAINCOST_OK)
        status = add_types(t, types);
    if (status == TRAINCOST_OK)
        status = finish_types(t);
    free(t->stages);
    free(t->stay);
    if (status)
        traincost_comparison_free(t->comparison);
    else
        *out = t->comparison;
    return status;
}

traincost_status traincost_compare_types(const traincost_scenario *run, const char *types, const char *by,
                                         const traincost_options *options, traincost_comparison **out,
                                         traincost_error *error)
{
    if (out)
        *out = NULL;
    if (!run || !types || !out)
        return error_null(error, __func__);
    struct types *t = calloc(1, sizeof *t); /* it holds a run, too large for the stack of every thread */
    if (!t)
        return error_no_memory(error);
    t->run = *run;
    t->stated = run;
    t->options = options ? options : &options_default;
    t->error = error;
    traincost_status status = types_compare(t, types, by, out);
    free(t);
    return status;
}
