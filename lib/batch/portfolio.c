/* Inputs and stages of many rows, each found again by its hash. A portfolio of 100,000 rows with exact hours has as many
 * stages as there are different prices, not as there are rows. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "batch/portfolio.h"

#include "answers/output_summary.h"
#include "base/array.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Draws that are each a row's own: what orders them takes time with their square. */
enum { PORTFOLIO_DRAWS = 2000 };

struct portfolio_input {
    enum parameter parameter;
    quantity q;
    bool given;
    uint64_t source; /* of a default, in words: its hash */
    const char *about;
    size_t leader;
};

struct portfolio_stage {
    struct model_stage model;
    bool merges;
    double chip_hours; /* of all rows that it stands for */
};

/* Places of a list by hash; 0 is empty, else one more than the place. */
struct portfolio_table {
    size_t *slots, size, count;
};

struct portfolio {
    bool adds_up;
    struct portfolio_input *inputs;
    size_t input_count, input_room;
    struct portfolio_stage *stages;
    size_t stage_count, stage_room;
    struct portfolio_table by_draw, by_market, by_stage;
    const traincost_chip **types;
    size_t type_count;
    size_t rows, own_draws;
    size_t *map; /* of the row at hand: its inputs here */
    size_t map_room;
};

/* ---- tables ---- */

static uint64_t portfolio_hash(uint64_t hash, const void *data, size_t size)
{
    const unsigned char *bytes = data;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ bytes[i]) * 1099511628211u;
    return hash;
}

static uint64_t portfolio_mixed(uint64_t hash)
{
    hash = (hash ^ hash >> 31) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static bool portfolio_grow(struct portfolio_table *table)
{
    /* Hashes stand behind the slots. */
    size_t size = table->size ? 2 * table->size : 256;
    size_t *slots = calloc(2 * size, sizeof *slots);
    if (!slots)
        return false;
    for (size_t i = 0; i < table->size; i++)
        if (table->slots[i]) {
            size_t to = table->slots[table->size + i] & (size - 1);
            while (slots[to])
                to = (to + 1) & (size - 1);
            slots[to] = table->slots[i];
            slots[size + to] = table->slots[table->size + i];
        }
    free(table->slots);
    table->slots = slots;
    table->size = size;
    return true;
}

typedef bool portfolio_equal(const struct portfolio *portfolio, size_t place, const void *wanted);

/* The place of what equals `wanted`, or `otherwise`, which is then found there. False where memory ran out. */
static bool portfolio_place(const struct portfolio *portfolio, struct portfolio_table *table, uint64_t hash,
                            portfolio_equal *equal, const void *wanted, size_t otherwise, size_t *place)
{
    size_t mixed = (size_t)portfolio_mixed(hash);
    if (2 * (table->count + 1) > table->size && !portfolio_grow(table))
        return false;
    size_t at = mixed & (table->size - 1);
    for (; table->slots[at]; at = (at + 1) & (table->size - 1))
        if (table->slots[table->size + at] == mixed && equal(portfolio, table->slots[at] - 1, wanted)) {
            *place = table->slots[at] - 1;
            return true;
        }
    table->slots[at] = otherwise + 1;
    table->slots[table->size + at] = mixed;
    table->count++;
    *place = otherwise;
    return true;
}

/* ---- the portfolio ---- */

struct portfolio *portfolio_new(bool all_outputs, const bool asked[MODEL_OUTPUTS])
{
    static const enum model_output others[] = {MODEL_OUT_HOURS, MODEL_OUT_ACQUISITION, MODEL_OUT_POWER,
                                               MODEL_OUT_FLOP,  MODEL_OUT_MFU,         MODEL_OUT_MEMORY};
    struct portfolio *portfolio = calloc(1, sizeof *portfolio);
    if (!portfolio)
        return NULL;
    portfolio->adds_up = !all_outputs;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        portfolio->adds_up &= !asked[others[i]];
    return portfolio;
}

void portfolio_free(struct portfolio *portfolio)
{
    if (!portfolio)
        return;
    free(portfolio->inputs);
    free(portfolio->stages);
    free(portfolio->by_draw.slots);
    free(portfolio->by_market.slots);
    free(portfolio->by_stage.slots);
    free(portfolio->types);
    free(portfolio->map);
    free(portfolio);
}

size_t portfolio_rows(const struct portfolio *portfolio)
{
    return portfolio->rows;
}

/* ---- inputs ---- */

static bool portfolio_same_quantity(const quantity *a, const quantity *b)
{
    return a->form == b->form && a->a == b->a && a->b == b->b && a->c == b->c;
}

/* The same default, or a shared parameter stated alike; what is exact is the same whoever says it. */
static bool portfolio_same_draw(const struct portfolio *portfolio, size_t place, const void *wanted)
{
    const struct portfolio_input *a = &portfolio->inputs[place], *b = wanted;
    return a->parameter == b->parameter && a->given == b->given && a->source == b->source &&
           portfolio_same_quantity(&a->q, &b->q);
}

static bool portfolio_same_market(const struct portfolio *portfolio, size_t place, const void *wanted)
{
    const struct portfolio_input *a = &portfolio->inputs[place], *b = wanted;
    return a->parameter == b->parameter && !strcmp(a->about, b->about);
}

static uint64_t hash_input(const struct portfolio_input *input)
{
    const double numbers[] = {input->q.a, input->q.b, input->q.c, (double)input->parameter};
    return portfolio_hash(input->source, numbers, sizeof numbers);
}

static bool find_portfolio_leader(struct portfolio *portfolio, struct portfolio_input *input)
{
    input->leader = portfolio->input_count;
    if (input->given)
        return true;
    uint64_t hash = portfolio_hash((uint64_t)input->parameter, input->about, strlen(input->about));
    size_t first = 0;
    if (!portfolio_place(portfolio, &portfolio->by_market, hash, portfolio_same_market, input,
                         portfolio->input_count, &first))
        return false;
    input->leader = first;
    return true;
}

static traincost_status map_input(struct portfolio *portfolio, const struct resolved_input *from, size_t *to,
                                  traincost_error *error)
{
    bool given = from->origin != NULL, exact = quantity_is_exact(&from->q);
    struct portfolio_input input = {.parameter = from->parameter,
                                    .q = from->q,
                                    .given = given || exact,
                                    .about = from->about ? from->about : ""};
    input.source = given || exact ? 1 : portfolio_hash(2, from->source, strlen(from->source));
    bool own = given && !exact && !parameter_table[from->parameter].public.shared;
    *to = portfolio->input_count;
    void *inputs =
        array_grow(portfolio->inputs, portfolio->input_count + 1, &portfolio->input_room, sizeof *portfolio->inputs);
    if (!inputs)
        return error_no_memory(error);
    portfolio->inputs = inputs;
    if (own && portfolio->own_draws++ == PORTFOLIO_DRAWS)
        return error_set(error, TRAINCOST_LIMIT, "more than %d ranges that are each a row's own", PORTFOLIO_DRAWS);
    if (!own && !portfolio_place(portfolio, &portfolio->by_draw, hash_input(&input), portfolio_same_draw, &input,
                                 portfolio->input_count, to))
        return error_no_memory(error);
    if (*to < portfolio->input_count)
        return TRAINCOST_OK;
    if (!find_portfolio_leader(portfolio, &input))
        return error_no_memory(error);
    portfolio->inputs[portfolio->input_count++] = input;
    return TRAINCOST_OK;
}

/* ---- stages ---- */

static double exact_of(const struct resolved *row, const struct model_stage *stage, enum model_variable variable)
{
    size_t input = stage->input[variable];
    bool exact = input != MODEL_ABSENT && quantity_is_exact(&row->inputs[input].q);
    return exact ? quantity_quantile(&row->inputs[input].q, 0.5) : NAN;
}

/* NaN where they are not exact, or follow from other things. */
static double exact_chip_hours(const struct resolved *row, const struct model_stage *stage)
{
    if (stage->input[MODEL_MFU] != MODEL_ABSENT)
        return NAN;
    if (stage->input[MODEL_CHIPS] != MODEL_ABSENT && stage->input[MODEL_HOURS] != MODEL_ABSENT)
        return exact_of(row, stage, MODEL_CHIPS) * exact_of(row, stage, MODEL_HOURS);
    return exact_of(row, stage, MODEL_CHIP_HOURS);
}

static bool portfolio_same_stage(const struct portfolio *portfolio, size_t place, const void *wanted)
{
    const struct portfolio_stage *a = &portfolio->stages[place];
    return a->merges && !memcmp(&a->model, wanted, sizeof a->model);
}

static traincost_status find_portfolio_type(struct portfolio *portfolio, const traincost_chip *chip, size_t *type,
                                            traincost_error *error)
{
    for (*type = 0; *type < portfolio->type_count; ++*type)
        if (portfolio->types[*type] == chip)
            return TRAINCOST_OK;
    const traincost_chip **grown = realloc(portfolio->types, (portfolio->type_count + 1) * sizeof *grown);
    if (!grown)
        return error_no_memory(error);
    portfolio->types = grown;
    grown[portfolio->type_count++] = chip;
    return TRAINCOST_OK;
}

/* What a stage is here: other inputs, and where its hours merge into those of others, none of its own. */
static traincost_status map_stage(struct portfolio *portfolio, const struct resolved *row, size_t number,
                                  bool merges, struct model_stage *model, traincost_error *error)
{
    memcpy(model, &row->models[number], sizeof *model);
    model->next_alike = 0;
    model->follows_alike = false;
    for (size_t v = 0; v < MODEL_VARIABLES; v++) {
        bool time = v == MODEL_CHIPS || v == MODEL_HOURS || v == MODEL_CHIP_HOURS;
        size_t *input = &model->input[v];
        if (*input == MODEL_ABSENT)
            continue;
        if (merges && time) {
            *input = MODEL_ABSENT;
            continue;
        }
        if (portfolio->map[*input] == MODEL_ABSENT) {
            traincost_status status =
                map_input(portfolio, &row->inputs[*input], &portfolio->map[*input], error);
            if (status)
                return status;
        }
        *input = portfolio->map[*input];
    }
    return find_portfolio_type(portfolio, row->stages[number].chip, &model->type, error);
}

static traincost_status add_portfolio_stage(struct portfolio *portfolio, const struct resolved *row, size_t number,
                                            traincost_error *error)
{
    double chip_hours = exact_chip_hours(row, &row->models[number]);
    struct portfolio_stage stage = {.merges = portfolio->adds_up && !isnan(chip_hours)};
    size_t place = portfolio->stage_count;
    traincost_status status = map_stage(portfolio, row, number, stage.merges, &stage.model, error);
    if (status)
        return status;
    void *stages =
        array_grow(portfolio->stages, portfolio->stage_count + 1, &portfolio->stage_room, sizeof *portfolio->stages);
    if (!stages)
        return error_no_memory(error);
    portfolio->stages = stages;
    uint64_t hash = portfolio_hash(3, &stage.model, sizeof stage.model);
    if (stage.merges && !portfolio_place(portfolio, &portfolio->by_stage, hash, portfolio_same_stage, &stage.model,
                                         portfolio->stage_count, &place))
        return error_no_memory(error);
    if (place == portfolio->stage_count)
        memcpy(&portfolio->stages[portfolio->stage_count++], &stage, sizeof stage);
    portfolio->stages[place].chip_hours += stage.merges ? chip_hours : 0;
    return TRAINCOST_OK;
}

traincost_status portfolio_add(struct portfolio *portfolio, const struct resolved *row, traincost_error *error)
{
    size_t *map = array_grow(portfolio->map, row->input_count, &portfolio->map_room, sizeof *map);
    if (!map && row->input_count)
        return error_no_memory(error);
    portfolio->map = map;
    for (size_t i = 0; i < row->input_count; i++)
        portfolio->map[i] = MODEL_ABSENT;
    traincost_status status = TRAINCOST_OK;
    for (size_t s = 0; s < row->stage_count && status == TRAINCOST_OK; s++)
        status = add_portfolio_stage(portfolio, row, s, error);
    portfolio->rows += status == TRAINCOST_OK;
    return status;
}

/* ---- the estimate ---- */

struct portfolio_job {
    quantity *inputs;
    size_t *leaders;
    struct model_stage *stages;
    size_t input_count;
};

/* Stages of the run itself come first, those of bases behind them, as the model has it. */
static void list_portfolio_stages(const struct portfolio *portfolio, struct portfolio_job *job)
{
    size_t count = 0;
    for (int base = 0; base < 2; base++)
        for (size_t s = 0; s < portfolio->stage_count; s++) {
            const struct portfolio_stage *stage = &portfolio->stages[s];
            if (stage->model.base != base)
                continue;
            job->stages[count] = stage->model;
            if (stage->merges) {
                job->inputs[job->input_count] = quantity_exact(stage->chip_hours);
                job->leaders[job->input_count] = job->input_count;
                job->stages[count].input[MODEL_CHIP_HOURS] = job->input_count++;
            }
            count++;
        }
}

static traincost_status run_portfolio(const struct portfolio *portfolio, const struct traincost_options *options,
                                      struct portfolio_job *list, enum model_output outputs[MODEL_OUTPUTS],
                                      size_t *count, struct engine_answer *answer, traincost_error *error)
{
    bool asked[MODEL_OUTPUTS];
    struct model_run run = {list->stages, portfolio->stage_count, outputs, 0};
    for (int j = 0; j < MODEL_OUTPUTS; j++)
        if (model_gives(&run, (enum model_output)j)) {
            asked[run.output_count] = options->all_outputs || options->asked[j];
            outputs[run.output_count++] = (enum model_output)j;
        }
    *count = run.output_count;
    struct engine_job job = {.inputs = list->inputs,
                             .leaders = list->leaders,
                             .input_count = list->input_count,
                             .evaluate = ISA_PICK(isa_choose(options->engine.isa), model_evaluate),
                             .model = &run,
                             .output_count = run.output_count,
                             .asked = asked,
                             .settings = options->engine};
    job.settings.levels = options->levels;
    job.settings.cache = NULL;
    traincost_status status = engine_run(&job, answer, error);
    for (size_t j = 0; j < run.output_count && status == TRAINCOST_OK; j++) {
        traincost_output total = output_summary(outputs[j], &answer->figures[j], options->engine.level_count);
        status = asked[j] ? output_check(&total, error) : TRAINCOST_OK;
    }
    return status;
}

traincost_status portfolio_estimate(const struct portfolio *portfolio, const struct traincost_options *options,
                                    enum model_output outputs[MODEL_OUTPUTS], size_t *count,
                                    struct engine_answer *answer, traincost_error *error)
{
    size_t most = portfolio->input_count + portfolio->stage_count + 1;
    struct portfolio_job list = {calloc(most, sizeof *list.inputs), calloc(most, sizeof *list.leaders),
                                 calloc(portfolio->stage_count + 1, sizeof *list.stages), portfolio->input_count};
    traincost_status status = list.inputs && list.leaders && list.stages ? TRAINCOST_OK : error_no_memory(error);
    for (size_t i = 0; status == TRAINCOST_OK && i < portfolio->input_count; i++) {
        list.inputs[i] = portfolio->inputs[i].q;
        list.leaders[i] = portfolio->inputs[i].leader;
    }
    if (status == TRAINCOST_OK) {
        list_portfolio_stages(portfolio, &list);
        status = model_find_alike(list.stages, portfolio->stage_count)
                     ? run_portfolio(portfolio, options, &list, outputs, count, answer, error)
                     : error_no_memory(error);
    }
    free(list.inputs);
    free(list.leaders);
    free(list.stages);
    return status;
}
