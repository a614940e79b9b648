/* A run as it is stated: its parameters, stages, base and claim. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/scenario.h"
#include "run/cluster.h"
#include "run/money.h"

#include "base/array.h"
#include "base/limits.h"
#include "base/text.h"
#include "base/text_date.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

traincost_scenario *traincost_scenario_new(const traincost_catalog *catalog, traincost_error *error)
{
    traincost_scenario *scenario = calloc(1, sizeof *scenario);
    if (!scenario) {
        error_no_memory(error);
        return NULL;
    }
    scenario->catalog = catalog ? catalog : &catalog_builtin;
    claim_init(&scenario->claim);
    return scenario;
}

void traincost_scenario_free(traincost_scenario *scenario)
{
    if (!scenario)
        return;
    for (size_t i = 0; i < scenario->stage_count; i++)
        free(scenario->stages[i].name);
    free(scenario->stages);
    free(scenario->name);
    claim_free(&scenario->claim);
    free(scenario->origin);
    traincost_scenario_free(scenario->base);
    free(scenario);
}

traincost_status traincost_scenario_add_stage(traincost_scenario *scenario, const char *name, size_t *stage,
                                              traincost_error *error)
{
    if (!scenario)
        return error_null(error, __func__);
    if (scenario->stage_count == LIMIT_STAGES)
        return error_limit(error, LIMIT_STAGES, "stages of a run");
    for (size_t i = 0; name && i < scenario->stage_count; i++)
        if (scenario->stages[i].name && !strcmp(scenario->stages[i].name, name))
            return error_set(error, TRAINCOST_CONFLICT, "two stages are called '%.60s'", name);
    struct scenario_stage *stages =
        array_grow(scenario->stages, scenario->stage_count + 1, &scenario->stage_room, sizeof *stages);
    if (!stages)
        return error_no_memory(error);
    scenario->stages = stages;
    struct scenario_stage *added = &stages[scenario->stage_count];
    *added = (struct scenario_stage){.name = name ? text_copy(name) : NULL};
    if (name && !added->name)
        return error_no_memory(error);
    if (stage)
        *stage = scenario->stage_count;
    scenario->stage_count++;
    return TRAINCOST_OK;
}

const traincost_claim *traincost_scenario_claim_at(const traincost_scenario *scenario, size_t index)
{
    if (!scenario)
        return NULL;
    for (int f = 0; f < CLAIM_FIGURES; f++)
        if (scenario->claim.figures[f].given && index-- == 0)
            return &scenario->claim.shown[f];
    return NULL;
}

const char *traincost_scenario_claim_dollars(const traincost_scenario *scenario)
{
    return scenario && *scenario->claim.dollars ? scenario->claim.dollars : NULL;
}

size_t scenario_stage_count(const traincost_scenario *scenario)
{
    return scenario->stage_count ? scenario->stage_count : 1;
}

static const struct setting *own_setting(const traincost_scenario *scenario, size_t stage,
                                         enum parameter parameter)
{
    if (scenario->stage_count == 0)
        return NULL;
    const struct setting *setting = &scenario->stages[stage].settings[parameter];
    return setting->given ? setting : NULL;
}

const struct setting *scenario_setting(const traincost_scenario *scenario, size_t stage,
                                       enum parameter parameter)
{
    const struct setting *own = own_setting(scenario, stage, parameter);
    bool time = parameter == PARAMETER_HOURS || parameter == PARAMETER_CHIP_HOURS;
    if (own || (time && (own_setting(scenario, stage, PARAMETER_HOURS) ||
                         own_setting(scenario, stage, PARAMETER_CHIP_HOURS))))
        return own;
    const struct setting *setting = &scenario->settings[parameter];
    return setting->given ? setting : NULL;
}

/* ---- settings ---- */

/* A slice or a machine in place of a type is told so: its name counts chips as well. */
static traincost_status explain_cluster(const traincost_catalog *catalog, const char *value, traincost_status status,
                                        traincost_error *error)
{
    struct cluster cluster;
    if (cluster_read(catalog, value, &cluster, NULL) != TRAINCOST_OK)
        return status;
    char chips[TEXT_NUMBER];
    text_print_digits(quantity_quantile(&cluster.chips, 0.5), 8, chips);
    return error_set(error, TRAINCOST_UNKNOWN,
                     "type '%.60s': that is %s chips of %s: write it in place of chips and type (cluster), or chips %s "
                     "and type %s",
                     value, chips, cluster.chip->id, chips, cluster.chip->id);
}

static traincost_status read_setting(const traincost_catalog *catalog, enum parameter parameter,
                                     const char *value, struct setting *setting, traincost_error *error)
{
    const char *key = parameter_table[parameter].public.key;
    struct quantity_rule rule = parameter_rule(parameter);
    const char *wrong = NULL;
    int usual = 0;
    traincost_status status = TRAINCOST_OK;
    switch (parameter_table[parameter].kind) {
    case KIND_QUANTITY:
        status = quantity_parse(value, &rule, &setting->q, error);
        setting->stated = setting->q;
        setting->converted = setting->q.currency != CURRENCY_USD || setting->q.per == PER_SERVER;
        return status;
    case KIND_CHIP:
        status = traincost_catalog_find(catalog, value, &setting->chip, &usual, error);
        setting->usual = usual;
        return status ? explain_cluster(catalog, value, status, error) : TRAINCOST_OK;
    case KIND_DATE:
        if (!(wrong = text_plain_date(value, setting->text)))
            wrong = text_date_middle(setting->text, &setting->day);
        return wrong ? error_set(error, TRAINCOST_SYNTAX, "%s '%.60s': %s", key, value, wrong) : TRAINCOST_OK;
    case KIND_WORD:
        return parameter_word(parameter, value, &setting->word, error);
    case KIND_REGION:
        return catalog_find_region(catalog, value, &setting->region, error);
    }
    return TRAINCOST_OK;
}

static struct setting *settings_of(traincost_scenario *scenario, size_t stage)
{
    if (stage == TRAINCOST_RUN)
        return scenario->settings;
    return stage < scenario->stage_count ? scenario->stages[stage].settings : NULL;
}

static traincost_status read_parameter(const traincost_scenario *scenario, enum parameter parameter,
                                       const char *value, struct setting *setting, traincost_error *error)
{
    *setting = (struct setting){.given = true};
    snprintf(setting->text, sizeof setting->text, "%s", value);
    return read_setting(scenario->catalog, parameter, value, setting, error);
}

/* A cluster states the chips and their type; the text of the count is its number. */
static traincost_status set_cluster(traincost_scenario *scenario, struct setting *settings, const char *value,
                                    traincost_error *error)
{
    struct cluster cluster;
    struct setting chips = {.given = true}, type = {.given = true};
    char printed[QUANTITY_TEXT];
    traincost_status status = cluster_read(scenario->catalog, value, &cluster, error);
    if (status)
        return status;
    quantity_print(&cluster.chips, printed, sizeof printed);
    struct quantity_rule rule = parameter_rule(PARAMETER_CHIPS);
    if ((status = quantity_parse(printed, &rule, &chips.q, error)))
        return status;
    chips.stated = chips.q;
    chips.machine_chips = cluster.machine_chips;
    snprintf(chips.text, sizeof chips.text, "%.63s", printed);
    snprintf(chips.note, sizeof chips.note, "%s", cluster.note);
    type.chip = cluster.chip;
    type.usual = cluster.usual;
    snprintf(type.text, sizeof type.text, "%s", cluster.name);
    settings[PARAMETER_CHIPS] = chips;
    settings[PARAMETER_TYPE] = type;
    return TRAINCOST_OK;
}

/* ---- models by the names they have ---- */

/* "30B-A3B": all parameters, and those of a token; gives the length of the first. */
static size_t split_active(const char *value)
{
    double number;
    size_t n = text_number(value, &number), first = n + (n && (value[n] == 'B' || value[n] == 'b'));
    const char *active = value + first;
    if (first == n || active[0] != '-' || (active[1] != 'A' && active[1] != 'a'))
        return 0;
    size_t m = text_number(active + 2, &number);
    return m && (active[2 + m] == 'B' || active[2 + m] == 'b') && !active[3 + m] ? first : 0;
}

/* "8x7B": experts by parameters, which share what is no expert. */
static bool names_experts(const char *value)
{
    double number;
    size_t n = strspn(value, "0123456789");
    if (n == 0 || n > 3 || (value[n] != 'x' && value[n] != 'X'))
        return false;
    size_t m = text_number(value + n + 1, &number);
    const char *end = value + n + 1 + m;
    return m > 0 && (*end == 'B' || *end == 'b') && !end[1];
}

/* A published run of that name that states both. */
static const traincost_throughput *throughput_named(const traincost_catalog *catalog, const char *value)
{
    const traincost_throughput *row;
    for (size_t i = 0; (row = traincost_catalog_throughput(catalog, i)); i++)
        for (const char *at = row->name; *at && row->total > row->active; at++)
            if (text_begins(at, value))
                return row;
    return NULL;
}

/* States all parameters and, where nobody did, those that a token passes through. */
static traincost_status set_both_params(traincost_scenario *scenario, struct setting *settings, const char *all,
                                        const char *active, const char *note, traincost_error *error)
{
    struct setting params, part;
    traincost_status status = read_parameter(scenario, PARAMETER_PARAMS, all, &params, error);
    if (status == TRAINCOST_OK)
        status = read_parameter(scenario, PARAMETER_ACTIVE_PARAMS, active, &part, error);
    if (status)
        return status;
    part.implied = true;
    snprintf(params.note, sizeof params.note, "%s", note);
    settings[PARAMETER_PARAMS] = params;
    if (!settings[PARAMETER_ACTIVE_PARAMS].given || settings[PARAMETER_ACTIVE_PARAMS].implied)
        settings[PARAMETER_ACTIVE_PARAMS] = part;
    return TRAINCOST_OK;
}

/* A published run whose name has `value` in it states both: sets them from there. */
static bool set_as_run(traincost_scenario *scenario, struct setting *settings, const char *value)
{
    const traincost_run *run;
    for (size_t i = 0; (run = traincost_catalog_run(scenario->catalog, i)); i++) {
        const char *end = strchr(run->text, '\n'), *at = run->text;
        while (at < end && !text_begins(at, value))
            at++;
        traincost_scenario *other = end && at < end ? traincost_scenario_new(scenario->catalog, NULL) : NULL;
        if (!other)
            continue;
        bool read = traincost_scenario_find(other, run->id, NULL) == TRAINCOST_OK;
        const struct setting *all = read ? scenario_setting(other, 0, PARAMETER_PARAMS) : NULL;
        const struct setting *active = read ? scenario_setting(other, 0, PARAMETER_ACTIVE_PARAMS) : NULL;
        char note[200];
        bool set = all && active;
        if (set) {
            snprintf(note, sizeof note, "params %.20s is taken as %.20s, of which a token uses %.20s, as of %.60s", value,
                     all->text, active->text, run->id);
            set = set_both_params(scenario, settings, all->text, active->text, note, NULL) == TRAINCOST_OK;
        }
        traincost_scenario_free(other);
        if (set)
            return true;
    }
    return false;
}

static traincost_status set_experts(traincost_scenario *scenario, struct setting *settings, const char *value,
                                    traincost_error *error)
{
    char all[TEXT_NUMBER], active[TEXT_NUMBER], note[160];
    const traincost_throughput *row = throughput_named(scenario->catalog, value);
    if (!row && set_as_run(scenario, settings, value))
        return TRAINCOST_OK;
    if (!row)
        return error_set(error, TRAINCOST_SYNTAX,
                         "params '%.60s': a name, no number, as its experts share what is no expert: write all "
                         "parameters in params and those of a token in active-params, as in 46.7B and 12.9B",
                         value);
    text_print_number(row->total, all);
    text_print_number(row->active, active);
    char said[2][TEXT_NUMBER];
    snprintf(note, sizeof note, "params %.20s is taken as %sB, of which a token uses %sB, as of %.60s", value,
             text_print_digits(row->total / 1e9, 4, said[0]), text_print_digits(row->active / 1e9, 4, said[1]),
             row->name);
    return set_both_params(scenario, settings, all, active, note, error);
}

/* Whether the parameters are stated by a model's name, and are set. */
static bool set_named_params(traincost_scenario *scenario, struct setting *settings, const char *value,
                             traincost_status *status, traincost_error *error)
{
    char all[TEXT_NUMBER], note[160];
    size_t first = split_active(value);
    if (first > 0 && first < sizeof all) {
        snprintf(all, sizeof all, "%.*s", (int)first, value);
        snprintf(note, sizeof note, "params %.40s is taken as %s, of which a token uses %.20s", value, all,
                 value + first + 2);
        *status = set_both_params(scenario, settings, all, value + first + 2, note, error);
        return true;
    }
    if (!names_experts(value))
        return false;
    *status = set_experts(scenario, settings, value, error);
    return true;
}

static traincost_status set_setting_text(char **text, const char *value, traincost_error *error)
{
    char *copy = text_copy(value);
    if (!copy)
        return error_no_memory(error);
    free(*text);
    *text = copy;
    return TRAINCOST_OK;
}

static traincost_status set_trimmed(traincost_scenario *scenario, size_t stage, const char *key, const char *value,
                                    traincost_error *error)
{
    struct setting *settings = settings_of(scenario, stage);
    if (!settings)
        return error_set(error, TRAINCOST_RANGE, "there is no such stage");
    if (!strcmp(key, "cluster")) {
        traincost_status clustered = set_cluster(scenario, settings, value, error);
        money_settle(scenario, stage);
        return clustered;
    }
    if (stage == TRAINCOST_RUN && !strcmp(key, "name"))
        return set_setting_text(&scenario->name, value, error);
    if (stage == TRAINCOST_RUN && !strcmp(key, "base"))
        return scenario_set_base(scenario, value, NULL, error);
    enum parameter parameter;
    struct setting setting;
    traincost_status status = parameter_need(key, &parameter, error);
    if (status == TRAINCOST_OK && parameter == PARAMETER_PARAMS &&
        set_named_params(scenario, settings, value, &status, error))
        return error_about(error, status, key);
    if (status == TRAINCOST_OK)
        status = read_parameter(scenario, parameter, value, &setting, error);
    if (status == TRAINCOST_OK)
        settings[parameter] = setting;
    money_settle(scenario, stage);
    return error_about(error, status, key);
}

/* What was pasted has blanks, a line end or a byte order mark at its ends. */
static char *trimmed_copy(const char *value)
{
    size_t length;
    const char *begins = text_trim(value, &length);
    char *copy = text_copy(begins);
    if (copy)
        copy[length] = '\0';
    return copy;
}

static bool is_trimmed(const char *value)
{
    size_t length;
    return text_trim(value, &length) == value && value[length] == '\0';
}

traincost_status traincost_scenario_set(traincost_scenario *scenario, size_t stage, const char *key,
                                        const char *value, traincost_error *error)
{
    if (!scenario || !key || !value)
        return error_null(error, __func__);
    if (is_trimmed(value))
        return set_trimmed(scenario, stage, key, value, error);
    char *copy = trimmed_copy(value);
    traincost_status status = copy ? set_trimmed(scenario, stage, key, copy, error) : error_no_memory(error);
    free(copy);
    return status;
}

traincost_status traincost_scenario_claim(traincost_scenario *scenario, const char *key, const char *value,
                                          traincost_error *error)
{
    if (!scenario || !key || !value)
        return error_null(error, __func__);
    bool trimmed = is_trimmed(value);
    char *copy = trimmed ? NULL : trimmed_copy(value);
    if (!copy && !trimmed)
        return error_no_memory(error);
    traincost_status status = claim_state(&scenario->claim, key, trimmed ? value : copy, error);
    free(copy);
    money_settle(scenario, TRAINCOST_RUN);
    return status;
}

const char *scenario_told_run(const traincost_scenario *run)
{
    return run->claim.texts[TEXT_TELLING_OF] ? run->claim.texts[TEXT_TELLING_OF] : run->origin;
}

bool scenario_is_misread(const traincost_scenario *run)
{
    const char *status = run->claim.texts[TEXT_RUN_STATUS];
    return status && !strcmp(status, "misread");
}
