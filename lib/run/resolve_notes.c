/* What a run is told beside its figures: who uses what, what is not used, what was left out or said. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/resolve_notes.h"

#include "run/money.h"
#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the run ---- */

/* Who uses an input, as the stages are gone through. */
struct input_users {
    struct text_buffer names;
    size_t own, others; /* stages of the run, and of its base */
    size_t seen;        /* stages gone through when it was last met: one stage may use it twice */
};

static void meet_users(struct resolver *r, const traincost_scenario *run, size_t stage, struct input_users *users)
{
    const struct model_stage *model = &r->out->models[stage];
    char name[160];
    resolver_go_to(r, run, stage);
    for (size_t v = 0; v < MODEL_VARIABLES; v++) {
        struct input_users *of = model->input[v] == MODEL_ABSENT ? NULL : &users[model->input[v]];
        if (!of || of->seen == stage + 1)
            continue;
        of->seen = stage + 1;
        text_add(&of->names, of->own + of->others ? ", " : "");
        text_add(&of->names, resolver_stage_name(r, name));
        *(model->base ? &of->others : &of->own) += 1;
    }
}

/* "R1-Zero, R1", where not all do. */
static char *users_named(const struct resolver *r, const traincost_scenario *run, struct input_users *users)
{
    if (users->own == 0 && users->others == r->out->stage_count - r->out->own_count) {
        users->names.length = 0; /* all of the base: its name says it */
        text_add(&users->names, run->base->origin ? run->base->origin : "base");
    }
    bool all = users->own == r->out->own_count;
    if (all)
        free(users->names.text);
    return all ? NULL : users->names.text;
}

traincost_status name_users(struct resolver *r, const traincost_scenario *run)
{
    bool failed = false;
    struct input_users *users = calloc(r->out->input_count + 1, sizeof *users);
    if (!users)
        return error_no_memory(r->error);
    for (size_t s = 0; s < r->out->stage_count; s++)
        meet_users(r, run, s, users);
    for (size_t i = 0; i < r->out->input_count; i++) {
        r->out->inputs[i].stages = users_named(r, run, &users[i]);
        failed = failed || users[i].names.failed;
    }
    free(users);
    return failed ? error_no_memory(r->error) : TRAINCOST_OK;
}

static bool any_stage_takes(struct resolver *r, const traincost_scenario *run, enum parameter parameter)
{
    for (size_t i = 0; i < r->out->input_count && parameter_table[parameter].kind == KIND_QUANTITY; i++)
        if (r->out->inputs[i].origin == &run->settings[parameter])
            return true;
    if (parameter_table[parameter].kind == KIND_QUANTITY)
        return false;
    for (size_t s = 0; s < r->out->own_count; s++) {
        resolver_go_to(r, run, s);
        if (resolver_setting(r, parameter) == &run->settings[parameter])
            return true;
    }
    return false;
}

static traincost_status note_unused(struct resolver *r, const traincost_scenario *run)
{
    traincost_status status = TRAINCOST_OK;
    for (int p = 0; p < PARAMETERS && status == TRAINCOST_OK; p++) {
        const struct setting *of_run = &run->settings[p];
        char said[160];
        if (!of_run->given || any_stage_takes(r, run, (enum parameter)p))
            continue;
        snprintf(said, sizeof said, "%s %.63s", parameter_table[p].public.key, of_run->text);
        bool goodput = p == PARAMETER_GOODPUT;
        status = resolver_note(r, said, goodput ? " is not used: the hours stated are taken as those paid for" :
                               " is not used: other statements stand in its place",
                               goodput ? "; hours-are training says that they are those that trained" : "");
    }
    return status;
}

traincost_status note_what_is_left_out(struct resolver *r, const traincost_scenario *run)
{
    traincost_status status = note_unused(r, run);
    for (size_t s = 0; s < r->out->own_count && status == TRAINCOST_OK; s++) {
        char name[160];
        const struct model_stage *stage = &r->out->models[s];
        resolver_go_to(r, run, s);
        if (stage->input[MODEL_CHIPS] == MODEL_ABSENT && stage->input[MODEL_HOURS] == MODEL_ABSENT)
            status = resolver_note(
                r, resolver_stage_name(r, name),
                ": no chips are stated, so neither the run's hours nor its mean power count it", "");
    }
    return status;
}

/* What its file says of a run: the claim, which `check` reads, and the notes. */
static traincost_status note_currencies(struct resolver *r, const struct claim *claim)
{
    traincost_status status = TRAINCOST_OK;
    char note[MONEY_NOTE];
    const struct setting *date = &r->scenario->settings[PARAMETER_DATE];
    int day = date->given ? date->day : catalog_day(r->scenario->catalog);
    for (int f = 0; f < CLAIM_FIGURES && status == TRAINCOST_OK; f++) {
        const struct claim_statement *s = &claim->figures[f];
        quantity stated = {.currency = (unsigned char)s->currency, .may_be_yen = s->may_be_yen};
        if (s->given && s->currency != CURRENCY_USD)
            status = resolver_note(r, money_note(r->scenario->catalog, &stated, s->text, day, 0, note), "", "");
    }
    return status;
}

traincost_status note_what_was_said(struct resolver *r, const struct claim *claim)
{
    char figures[400] = "";
    size_t used = 0;
    for (int f = 0; f < CLAIM_FIGURES && used + 90 < sizeof figures; f++)
        if (claim->figures[f].given)
            used += (size_t)snprintf(figures + used, sizeof figures - used, "%s%s %s", used ? ", " : "",
                                     claim_figure_key((enum claim_figure)f)->key, claim->figures[f].text);
    traincost_status status = TRAINCOST_OK;
    if (used)
        status =
            resolver_note(r, "claimed, and not part of this: ", figures, "; 'traincost check' compares them");
    if (status == TRAINCOST_OK)
        status = note_currencies(r, claim);
    if (status == TRAINCOST_OK && claim->texts[TEXT_NOTE])
        status = resolver_note(r, claim->texts[TEXT_NOTE], "", "");
    if (status == TRAINCOST_OK && claim->texts[TEXT_CONTRADICTION])
        status = resolver_note(r, "contradiction: ", claim->texts[TEXT_CONTRADICTION], "");
    return status;
}
