/* Which inputs are one draw; what else a resolved run holds. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/resolved.h"

#include "base/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- one draw ---- */

static bool same_quantity(const quantity *a, const quantity *b)
{
    return a->form == b->form && a->a == b->a && a->b == b->b && a->c == b->c;
}

static bool same_draw(const struct resolved_input *a, const struct resolved_input *b)
{
    if (a->parameter != b->parameter || a->origin != b->origin)
        return false;
    bool same_scale = a->dollars >= b->dollars && a->dollars <= b->dollars;
    return (a->origin && same_scale) || (!a->origin && !strcmp(a->source, b->source) && same_quantity(&a->q, &b->q));
}

bool resolved_same_draw(const struct resolved_input *a, const struct resolved_input *b)
{
    bool stated_alike = a->origin && b->origin && a->parameter == b->parameter && same_quantity(&a->q, &b->q) &&
                        parameter_table[a->parameter].public.shared;
    return stated_alike || same_draw(a, b);
}

size_t resolved_find(const struct resolved *resolved, const struct resolved_input *input)
{
    size_t i = 0;
    while (i < resolved->input_count && !same_draw(&resolved->inputs[i], input))
        i++;
    return i;
}

/* A market is dear or cheap as a whole: defaults about the same thing at two dates are one draw on two scales.
 */
static bool same_default(const struct resolved_input *a, const struct resolved_input *b)
{
    return a->parameter == b->parameter && !a->origin && !b->origin && !strcmp(a->about, b->about);
}

static bool alike_in_dollars_of_the_day(const struct resolved_input *a, const struct resolved_input *b)
{
    const double rounding = 1e-12;
    double scale = b->dollars / a->dollars;
    return a->origin && b->origin && a->parameter == b->parameter && a->q.form == b->q.form &&
           parameter_table[a->parameter].public.shared && scale != 1 &&
           fabs(scale * a->q.a - b->q.a) <= rounding * fabs(b->q.a) &&
           fabs(quantity_width(&a->q) - quantity_width(&b->q)) <= rounding * 100;
}

bool resolved_same_market(const struct resolved_input *a, const struct resolved_input *b)
{
    return same_default(a, b) || alike_in_dollars_of_the_day(a, b);
}

size_t resolved_leader(const struct resolved *resolved, const struct resolved_input *input)
{
    for (size_t i = 0; i < resolved->input_count; i++)
        if (same_default(&resolved->inputs[i], input) || (input->origin && resolved->inputs[i].origin == input->origin))
            return resolved->inputs[i].leader;
    return resolved->input_count;
}

/* ---- the run ---- */

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

traincost_status resolved_note(struct resolved *resolved, const char *const *parts, traincost_error *error)
{
    struct text_buffer note = {0};
    for (; *parts; parts++)
        text_add(&note, *parts);
    for (size_t i = 0; i < resolved->note_count && !note.failed; i++)
        if (!strcmp(resolved->notes[i], note.text)) {
            free(note.text);
            return TRAINCOST_OK;
        }
    char **notes = note.failed ? NULL : realloc(resolved->notes, (resolved->note_count + 1) * sizeof *notes);
    if (!notes) {
        free(note.text);
        return error_no_memory(error);
    }
    resolved->notes = notes;
    notes[resolved->note_count++] = note.text;
    return TRAINCOST_OK;
}
