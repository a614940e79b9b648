/* From what was stated to what is drawn: every parameter of every stage becomes an input, stated or default. What
 * was stated once is one draw, and so is a default that several stages share. */
#include "scenario.h"

#include "elementary.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct resolver {
    const traincost_scenario *scenario;
    struct resolved *out;
    traincost_error *error;
    size_t stage;
    struct circumstances where; /* of the stage at hand */
};

void resolved_free(struct resolved *resolved)
{
    for (size_t i = 0; i < resolved->input_count; i++) {
        free(resolved->inputs[i].source);
        free(resolved->inputs[i].stages);
    }
    for (size_t i = 0; i < resolved->note_count; i++)
        free(resolved->notes[i]);
    for (size_t s = 0; s < resolved->stage_count && resolved->stages; s++)
        free(resolved->stages[s].name);
    free(resolved->inputs);
    free(resolved->stages);
    free(resolved->models);
    free(resolved->notes);
    *resolved = (struct resolved){0};
}

/* ---- what holds ---- */

static const struct setting *own_setting(const struct resolver *r, enum parameter parameter)
{
    if (r->scenario->stage_count == 0)
        return NULL;
    const struct setting *setting = &r->scenario->stages[r->stage].settings[parameter];
    return setting->given ? setting : NULL;
}

/* The stage's own statement, else the run's; NULL where neither was made. Hours and chip-hours stand for one
 * another, so a stage that states one of them takes neither from the run. */
static const struct setting *setting_of(const struct resolver *r, enum parameter parameter)
{
    const struct setting *own = own_setting(r, parameter);
    bool time = parameter == PARAMETER_HOURS || parameter == PARAMETER_CHIP_HOURS;
    if (own || (time && (own_setting(r, PARAMETER_HOURS) || own_setting(r, PARAMETER_CHIP_HOURS))))
        return own;
    const struct setting *setting = &r->scenario->settings[parameter];
    return setting->given ? setting : NULL;
}

static const char *stage_name(const traincost_scenario *scenario, size_t stage, char out[80])
{
    const char *name = scenario->stage_count ? scenario->stages[stage].name : NULL;
    if (name)
        snprintf(out, 80, "%s", name);
    else
        snprintf(out, 80, "stage %zu", stage + 1);
    return out;
}

static traincost_status add_note(struct resolver *r, const char *first, const char *second, const char *third)
{
    struct text_buffer note = {0};
    text_add(&note, first);
    text_add(&note, second);
    text_add(&note, third);
    for (size_t i = 0; i < r->out->note_count && !note.failed; i++)
        if (!strcmp(r->out->notes[i], note.text)) {
            free(note.text);
            return TRAINCOST_OK;
        }
    char **notes = note.failed ? NULL : realloc(r->out->notes, (r->out->note_count + 1) * sizeof *notes);
    if (!notes) {
        free(note.text);
        return error_no_memory(r->error);
    }
    r->out->notes = notes;
    notes[r->out->note_count++] = note.text;
    return TRAINCOST_OK;
}

/* ---- inputs ---- */

static bool same_draw(const struct resolved_input *a, const struct resolved_input *b)
{
    if (a->parameter != b->parameter || a->origin != b->origin)
        return false;
    return a->origin || (!strcmp(a->source, b->source) && a->q.form == b->q.form && a->q.a == b->q.a &&
                         a->q.b == b->q.b && a->q.c == b->q.c);
}

/* Puts an input into the list, or finds the one that it shares a draw with. Owns `input.source` in any case. */
static traincost_status add_input(struct resolver *r, struct resolved_input input)
{
    struct resolved *out = r->out;
    size_t *slot = &out->models[r->stage].input[parameter_table[input.parameter].variable];
    for (size_t i = 0; i < out->input_count; i++)
        if (same_draw(&out->inputs[i], &input)) {
            free(input.source);
            *slot = i;
            return TRAINCOST_OK;
        }
    struct resolved_input *inputs = realloc(out->inputs, (out->input_count + 1) * sizeof *inputs);
    if (!inputs) {
        free(input.source);
        return error_no_memory(r->error);
    }
    out->inputs = inputs;
    inputs[out->input_count] = input;
    *slot = out->input_count++;
    return TRAINCOST_OK;
}

static traincost_status use_setting(struct resolver *r, enum parameter parameter, const struct setting *setting)
{
    char *stated = text_copy("stated");
    if (!stated)
        return error_no_memory(r->error);
    return add_input(r, (struct resolved_input){parameter, setting->q, setting, stated, false, NULL});
}

static traincost_status use_default(struct resolver *r, enum parameter parameter)
{
    struct default_value value;
    traincost_status status = default_find(parameter, &r->where, &value, r->error);
    if (status)
        return status;
    char *source = text_copy(value.source);
    if (!source)
        return error_no_memory(r->error);
    status = add_input(r, (struct resolved_input){parameter, value.q, NULL, source, value.inferred, NULL});
    if (status == TRAINCOST_OK && value.inferred)
        status = add_note(r, parameter_table[parameter].public.key, ": ", value.source);
    return status;
}

/* ---- time ---- */

/* chips x hours and chip-hours may both be stated if they agree: within 1 % for the rounding of the texts,
 * and within their ranges. */
static bool agree(const quantity *chips, const quantity *hours, const quantity *chip_hours)
{
    double product = quantity_quantile(chips, 0.5) * quantity_quantile(hours, 0.5);
    double apart = fabs(elementary_log(quantity_quantile(chip_hours, 0.5) / product));
    double allowed = 0.5 * (quantity_width(chips) + quantity_width(hours) + quantity_width(chip_hours));
    return apart <= 0.01 + allowed;
}

static traincost_status use_time(struct resolver *r)
{
    const struct setting *chips = setting_of(r, PARAMETER_CHIPS), *hours = setting_of(r, PARAMETER_HOURS);
    const struct setting *chip_hours = setting_of(r, PARAMETER_CHIP_HOURS);
    if (!hours && !chip_hours)
        return error_set(r->error, TRAINCOST_MISSING, "no hours are stated: give hours, or chip-hours");
    if (!chips && !chip_hours)
        return error_set(r->error, TRAINCOST_MISSING, "no chips are stated: give chips, or chip-hours");
    if (chips && hours && chip_hours && !agree(&chips->q, &hours->q, &chip_hours->q)) {
        char product[TEXT_NUMBER];
        text_print_digits(quantity_quantile(&chips->q, 0.5) * quantity_quantile(&hours->q, 0.5), 6, product);
        return error_set(r->error, TRAINCOST_CONFLICT, "%s chips x %s hours is %s chip-hours, not %s", chips->text,
                         hours->text, product, chip_hours->text);
    }
    traincost_status status = TRAINCOST_OK;
    if (chips)
        status = use_setting(r, PARAMETER_CHIPS, chips);
    if (status == TRAINCOST_OK && hours)
        status = use_setting(r, PARAMETER_HOURS, hours);
    if (status == TRAINCOST_OK && chip_hours && !(chips && hours))
        status = use_setting(r, PARAMETER_CHIP_HOURS, chip_hours);
    return status;
}

/* ---- a stage ---- */

static traincost_status find_circumstances(struct resolver *r)
{
    const struct setting *type = setting_of(r, PARAMETER_TYPE), *date = setting_of(r, PARAMETER_DATE);
    const struct setting *term = setting_of(r, PARAMETER_TERM), *operator= setting_of(r, PARAMETER_OPERATOR);
    const struct setting *region = setting_of(r, PARAMETER_REGION);
    const traincost_catalog *catalog = r->scenario->catalog;
    if (!type)
        return error_set(r->error, TRAINCOST_MISSING, "no chip type is stated");
    r->where = (struct circumstances){
        .catalog = catalog,
        .chip = type->chip,
        .day = date ? date->day : catalog_day(catalog),
        .term = term ? (enum price_term)term->word : TERM_CLUSTER,
        .hyperscaler = operator&& operator->word == 1,
        .region = region ? region->region : "US",
    };
    r->out->stages[r->stage].chip = type->chip;
    if (!type->usual)
        return TRAINCOST_OK;
    char taken[80];
    snprintf(taken, sizeof taken, " is taken as %.60s", type->chip->name);
    return add_note(r, type->text, taken, ", the usual one of that name");
}

static traincost_status find_years(struct resolver *r)
{
    const struct setting *available = setting_of(r, PARAMETER_AVAILABLE);
    int from = available ? available->day : price_available(r->where.catalog, r->where.chip);
    r->out->models[r->stage].years = fmax(0, (r->where.day - from) / 365.25);
    if (from <= r->where.day)
        return TRAINCOST_OK;
    char date[TEXT_DATE];
    return add_note(r, r->where.chip->name, " was not to be had before ", text_print_date(from, date));
}

static void find_type(struct resolver *r)
{
    size_t first = 0;
    while (r->out->stages[first].chip != r->out->stages[r->stage].chip)
        first++;
    r->out->models[r->stage].type = first;
}

static traincost_status use_rest(struct resolver *r)
{
    traincost_status status = TRAINCOST_OK;
    for (int p = 0; p < PARAMETERS && status == TRAINCOST_OK; p++) {
        enum parameter parameter = (enum parameter)p;
        const struct setting *setting = setting_of(r, parameter);
        bool time = p == PARAMETER_CHIPS || p == PARAMETER_HOURS || p == PARAMETER_CHIP_HOURS;
        if (parameter_table[p].kind != KIND_QUANTITY || time)
            continue;
        if (p == PARAMETER_SERVER_POWER_RATIO && setting_of(r, PARAMETER_POWER))
            continue; /* the power that was given stands in its place */
        if (setting)
            status = use_setting(r, parameter, setting);
        else if (p != PARAMETER_POWER)
            status = use_default(r, parameter);
    }
    return status;
}

static traincost_status resolve_stage(struct resolver *r)
{
    struct model_stage *model = &r->out->models[r->stage];
    for (size_t v = 0; v < MODEL_VARIABLES; v++)
        model->input[v] = MODEL_ABSENT;
    const char *name = r->scenario->stage_count ? r->scenario->stages[r->stage].name : NULL;
    if (!(r->out->stages[r->stage].name = text_copy(name ? name : "")))
        return error_no_memory(r->error);
    traincost_status status = find_circumstances(r);
    if (status == TRAINCOST_OK)
        status = use_time(r);
    if (status == TRAINCOST_OK)
        status = find_years(r);
    if (status == TRAINCOST_OK)
        status = use_rest(r);
    if (status == TRAINCOST_OK)
        find_type(r);
    else if (r->scenario->stage_count) {
        char named[80];
        error_prefix(r->error, "%s", stage_name(r->scenario, r->stage, named));
    }
    return status;
}

/* ---- the run ---- */

static bool uses(const struct model_stage *stage, size_t input)
{
    for (size_t v = 0; v < MODEL_VARIABLES; v++)
        if (stage->input[v] == input)
            return true;
    return false;
}

/* "R1-Zero, R1": who uses an input, where not all do. */
static traincost_status name_users(struct resolver *r, size_t input)
{
    struct text_buffer names = {0};
    size_t users = 0;
    for (size_t s = 0; s < r->out->stage_count; s++) {
        char name[80];
        if (!uses(&r->out->models[s], input))
            continue;
        text_add(&names, users++ ? ", " : "");
        text_add(&names, stage_name(r->scenario, s, name));
    }
    if (users == r->out->stage_count || names.failed) {
        free(names.text);
        return names.failed ? error_no_memory(r->error) : TRAINCOST_OK;
    }
    r->out->inputs[input].stages = names.text;
    return TRAINCOST_OK;
}

static bool any_stage_takes(struct resolver *r, enum parameter parameter)
{
    const struct setting *of_run = &r->scenario->settings[parameter];
    for (r->stage = 0; r->stage < r->out->stage_count; r->stage++)
        if (setting_of(r, parameter) == of_run)
            return true;
    return false;
}

static traincost_status note_unused(struct resolver *r)
{
    traincost_status status = TRAINCOST_OK;
    for (int p = 0; p < PARAMETERS && status == TRAINCOST_OK; p++) {
        const struct setting *of_run = &r->scenario->settings[p];
        char said[160];
        if (!of_run->given || any_stage_takes(r, (enum parameter)p))
            continue;
        snprintf(said, sizeof said, "%s %.63s", parameter_table[p].public.key, of_run->text);
        status = add_note(r, said, " is not used: every stage states its own", "");
    }
    return status;
}

static traincost_status note_what_is_left_out(struct resolver *r)
{
    traincost_status status = note_unused(r);
    for (r->stage = 0; r->stage < r->out->stage_count && status == TRAINCOST_OK; r->stage++) {
        char name[80];
        const struct model_stage *stage = &r->out->models[r->stage];
        if (stage->input[MODEL_CHIPS] == MODEL_ABSENT && stage->input[MODEL_HOURS] == MODEL_ABSENT)
            status = add_note(r, stage_name(r->scenario, r->stage, name),
                              ": no chips are stated, so neither the run's hours nor its mean power count it", "");
    }
    if (status == TRAINCOST_OK && r->scenario->base)
        status = add_note(r, "the base model, ", r->scenario->base, ", is not counted");
    return status;
}

traincost_status scenario_resolve(const traincost_scenario *scenario, struct resolved *resolved,
                                  traincost_error *error)
{
    struct resolver r = {scenario, resolved, error, 0, {0}};
    size_t count = scenario->stage_count ? scenario->stage_count : 1;
    *resolved = (struct resolved){.stage_count = count};
    const struct setting *date = &scenario->settings[PARAMETER_DATE];
    resolved->day = date->given ? date->day : catalog_day(scenario->catalog);
    resolved->stages = calloc(count, sizeof *resolved->stages);
    resolved->models = calloc(count, sizeof *resolved->models);
    traincost_status status = TRAINCOST_OK;
    if (!resolved->stages || !resolved->models)
        status = error_no_memory(error);
    for (; r.stage < count && status == TRAINCOST_OK; r.stage++)
        status = resolve_stage(&r);
    for (size_t i = 0; i < resolved->input_count && status == TRAINCOST_OK; i++)
        status = name_users(&r, i);
    if (status == TRAINCOST_OK)
        status = note_what_is_left_out(&r);
    if (status)
        resolved_free(resolved);
    return status;
}
