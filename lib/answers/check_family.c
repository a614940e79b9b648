/* Several figures of one claim are judged together, so that a true claim of three is doubted no more often than
 * one of one. Each figure has a depth, the share of its range that lies beyond it on the nearer side; of a true
 * claim the least depth is that of a sample, all of whose figures come from the same draw. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include <math.h>
#include <string.h>

/* A true claim is called low or high this often. */
static const double doubted = 0.10;

static const double family_samples = 16384;

struct family_member {
    const traincost_scope *scope;
    const traincost_output *output;
    enum model_output which;
};

struct family_model {
    engine_model *evaluate;
    struct model_run run;
    const traincost_output *outputs[REPORT_FAMILY];
};

/* The depth of the least deep figure of each sample. */
static void evaluate_depths(const void *data, const double *const *inputs, size_t n, double *const *outputs)
{
    const struct family_model *model = data;
    double columns[REPORT_FAMILY][MODEL_BLOCK], *figures[REPORT_FAMILY];
    for (size_t f = 0; f < model->run.output_count; f++)
        figures[f] = columns[f];
    model->evaluate(&model->run, inputs, n, figures);
    for (size_t i = 0; i < n; i++) {
        double least = 0.5;
        for (size_t f = 0; f < model->run.output_count; f++) {
            double below = report_below(model->outputs[f], columns[f][i]);
            least = fmin(least, fmin(below, 1 - below));
        }
        outputs[0][i] = least;
    }
}

/* What is left open by rounding counts for the claim. */
static double depth_of(const struct traincost_report *report, const struct family_member *member, bool *low)
{
    const struct claim_statement *claim = report_statement(report, member->scope);
    double below = report_below(member->output, claim->high), above = 1 - report_below(member->output, claim->low);
    *low = below < above;
    return fmin(below, above);
}

/* A figure that was computed from rated power, a bound, or one that follows exactly is judged for itself. */
static bool is_member(const struct traincost_report *report, const traincost_scope *scope)
{
    const struct claim_statement *claim = report_statement(report, scope);
    return scope->counted && scope->p5 < scope->p95 && claim && claim->bound <= BOUND_ABOUT &&
           !report_is_computed(report, scope->claim) && report_scope_output(report, scope) != NULL;
}

static size_t find_members(const struct traincost_report *report, struct family_member *members)
{
    const traincost_scope *scopes = report->scopes.items;
    const traincost_result *result = report->result;
    size_t count = 0;
    for (size_t i = 0; i < report->scopes.count && count < REPORT_FAMILY; i++) {
        if (!is_member(report, &scopes[i]))
            continue;
        struct family_member *member = &members[count++];
        member->scope = &scopes[i];
        member->output = report_output(report, scopes[i].key);
        member->which = result->given[result->kept[member->output - result->outputs]];
    }
    return count;
}

/* Below this depth lies the least deep figure of a tenth of all true claims; and the share of them that lies
 * below `depth`. */
static traincost_status find_threshold(struct traincost_report *report, const struct family_member *members,
                                       size_t count, const struct traincost_options *given, double depth,
                                       traincost_error *error)
{
    const struct resolved *resolved = &report->result->resolved;
    enum model_output outputs[REPORT_FAMILY];
    struct family_model model = {.evaluate = ISA_PICK(isa_choose(given->engine.isa), model_evaluate),
                                 .run = {resolved->models, resolved->stage_count, outputs, count}};
    struct traincost_options options = *given;
    struct engine_answer answer = {0};
    for (size_t f = 0; f < count; f++) {
        outputs[f] = members[f].which;
        model.outputs[f] = members[f].output;
    }
    report_levels(&options);
    options.engine.sensitivity = options.engine.keep = false;
    options.engine.bins = 0;
    options.engine.no_errors = true;
    options.engine.tolerance = 0;
    options.engine.samples = fmin(options.engine.samples, family_samples);
    struct engine_job job = {.input_count = resolved->input_count,
                             .evaluate = evaluate_depths,
                             .model = &model,
                             .output_count = 1};
    traincost_status status = result_run(resolved->inputs, job, &options, &answer, error);
    if (status == TRAINCOST_OK) {
        const traincost_output depths = {.quantile = answer.figures[0].quantile};
        report->family.level = report_quantile_of(&depths, doubted);
        report->family.further_out = report_below(&depths, depth);
    }
    engine_answer_free(&answer);
    return status;
}

traincost_status check_family(struct traincost_report *report, const struct traincost_options *options,
                              traincost_error *error)
{
    struct family_member members[REPORT_FAMILY];
    size_t count = find_members(report, members);
    double least = 0.5;
    bool low = false;
    for (size_t f = 0; f < count; f++) {
        bool side;
        double depth = depth_of(report, &members[f], &side);
        low = depth < least ? side : low;
        least = fmin(depth, least);
    }
    report->family = (traincost_family){count, doubted / 2, 2 * least, TRAINCOST_UNCHECKED};
    traincost_status status = TRAINCOST_OK;
    if (count > 1)
        status = find_threshold(report, members, count, options, least, error);
    if (count > 0)
        report->family.verdict = least >= report->family.level ? TRAINCOST_CONSISTENT
                                 : low                         ? TRAINCOST_LOW
                                                               : TRAINCOST_HIGH;
    return status;
}
