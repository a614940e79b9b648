/* A claim across the ranges of everything that it could count. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/pictures.h"

#include "display.h"
#include "render/sentence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static enum hue verdict_hue(traincost_verdict verdict)
{
    return verdict == TRAINCOST_CONSISTENT  ? HUE_GREEN
           : verdict == TRAINCOST_UNCHECKED ? HUE_MUTED
                                            : HUE_ORANGE;
}

/* "consistent", "too low", "holds with 97 %". */
static const char *scope_judged(struct picture *picture, const traincost_report *report, const traincost_scope *scope)
{
    struct sentence s = {.length = 0};
    if (isnan(scope->probability))
        return would_be(report, scope);
    say_percent(&s, scope->probability);
    return picture_say(picture, "holds with %s", s.text);
}

static void mark_scope(struct picture *picture, struct panel *panel, const traincost_report *report,
                       const traincost_scope *scope)
{
    const char *range = picture_range(picture, scope->p5, scope->p95, scope->unit);
    const char *judged = scope_judged(picture, report, scope), *colon = *judged ? ": " : "";
    size_t row =
        panel_row(picture, panel, scope_label(scope), picture_say(picture, "%s%s%s", range, colon, judged));
    if (row < panel->row_count)
        panel->rows[row].strong = scope_is_read(report, scope);
    struct mark *mark = panel_mark(picture, panel, MARK_RANGE, verdict_hue(scope->verdict));
    mark->low = scope->p5;
    mark->middle = scope->p50;
    mark->high = scope->p95;
    mark->shape = scope->verdict == TRAINCOST_CONSISTENT ? SHAPE_DOT : SHAPE_DIAMOND;
    mark->tip = picture_say(picture, "%s: %s, median %s%s%s", scope_label(scope), range,
                            picture_range(picture, scope->p50, scope->p50, scope->unit), colon, judged);
}

static void add_claim_rule(struct picture *picture, struct panel *panel, const traincost_claim *claim)
{
    char words[CLAIM_WORDS];
    claim_words(claim, words);
    struct mark *mark = panel_mark(picture, panel, MARK_RULE, HUE_VERMILLION);
    mark->middle = claim->value;
    mark->bound = !strcmp(claim->kind, "at_least") ? 1 : !strcmp(claim->kind, "at_most") ? -1 : 0;
    mark->label = picture_say(picture, "claimed: %s", words);
    mark->tip = mark->label;
}

/* "Dollars", "energy" and so on each have an axis of their own. */
static void add_figure(struct picture *picture, const traincost_report *report, const traincost_claim *claim)
{
    const traincost_scope *scope;
    struct panel *panel = NULL;
    bool counted = false;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        if (strcmp(scope->claim, claim->key) != 0 ||
            (!strcmp(claim->key, "chip-hours") && scope->p5 == scope->p95))
            continue;
        if (!panel)
            panel = picture_panel(picture, "", AXIS_LOG, scope->unit);
        mark_scope(picture, panel, report, scope);
        counted |= scope_is_read(report, scope);
    }
    if (!panel)
        return;
    add_claim_rule(picture, panel, claim);
    panel->title = picture_say(picture, "What the %s could count, and the 90 %% range of each",
                               !strcmp(claim->unit, "USD")   ? "dollars"
                               : !strcmp(claim->unit, "kWh") ? "energy"
                               : !strcmp(claim->unit, "kg")  ? "CO2e"
                                                             : "figure");
    panel->note =
        counted ? "In bold: what the claim says it counts, or what fits best. Dot or diamond: the median; "
                  "the line: 5 % to 95 %."
                : "Dot or diamond: the median; the line: 5 % to 95 %.";
}

/* The first sentence is the headline; what follows says why. */
static void say_headline(struct picture *picture, const traincost_report *report)
{
    struct sentence s = {.length = 0};
    say_check(&s, report);
    const char *end = strstr(s.text, ". ");
    size_t length = end ? (size_t)(end - s.text) : strlen(s.text);
    picture->title = picture_say(picture, "%.*s", (int)length, s.text);
    picture->lead = end ? picture_say(picture, "%s", end + 2) : "";
    picture->told = picture_say(picture, "%s", s.text);
}

void picture_check(struct picture *picture, const struct check_view *view)
{
    const traincost_report *report = view->reports[0];
    const traincost_claim *claim;
    const char *source = traincost_report_said(report, "source");
    say_headline(picture, report);
    for (size_t i = 0; (claim = traincost_report_claim_at(report, i)); i++)
        add_figure(picture, report, claim);
    picture->source = source ? source : "";
}

/* ---- all claims ---- */

struct judged {
    const traincost_report *report;
    const traincost_scope *scope;
    const char *id;
    traincost_verdict verdict; /* of the figure; the whole claim may be consistent by another reading */
    double outside;            /* how far: 0 inside the range */
};

/* What is impossible is drawn by its figure. */
static traincost_verdict verdict_on(const traincost_report *report, const traincost_scope *scope)
{
    traincost_verdict verdict = traincost_report_verdict(report);
    return verdict == TRAINCOST_IMPOSSIBLE ? scope->verdict : verdict;
}

static const traincost_scope *drawn_scope(const traincost_report *report)
{
    const traincost_scope *scope = deciding_scope(report);
    return scope && scope->p50 > 0 && scope->factor > 0 && isfinite(scope->factor) ? scope : NULL;
}

static double how_far(const traincost_scope *scope, traincost_verdict verdict)
{
    if (verdict == TRAINCOST_CONSISTENT)
        return 0;
    double claim = scope->factor * scope->p50;
    if (scope->p5 == scope->p95)
        return fabs(log(scope->factor));
    double over = log(claim / scope->p95), under = log(scope->p5 / claim);
    return fmax(0, fmax(over, under));
}

/* By insertion: there are few. Furthest first; of those inside the one furthest from the median. */
static size_t judge_all(const struct check_view *view, struct judged *all)
{
    size_t count = 0;
    for (size_t i = 0; i < view->count; i++) {
        const traincost_scope *scope = drawn_scope(view->reports[i]);
        if (!scope)
            continue;
        traincost_verdict verdict = verdict_on(view->reports[i], scope);
        struct judged one = {view->reports[i], scope, view->ids[i] ? view->ids[i] : "", verdict,
                             how_far(scope, verdict)};
        size_t at = count++;
        for (; at > 0; at--) {
            const struct judged *before = &all[at - 1];
            bool later =
                before->outside < one.outside ||
                (before->outside == one.outside && fabs(log(before->scope->factor)) < fabs(log(scope->factor)));
            if (!later)
                break;
            all[at] = *before;
        }
        all[at] = one;
    }
    return count;
}

static void say_factor_of(struct picture *picture, struct mark *mark, const struct judged *one)
{
    char factor[DISPLAY_FIGURE];
    display_number(one->scope->factor, 3, true, factor);
    mark->tip = picture_say(picture, "%s: %s times the median of the %s (%s): %s", one->id, factor,
                            scope_label(one->scope),
                            picture_range(picture, one->scope->p5, one->scope->p95, one->scope->unit),
                            traincost_verdict_name(one->verdict));
}

static enum mark_shape verdict_shape(traincost_verdict verdict)
{
    return verdict == TRAINCOST_CONSISTENT ? SHAPE_DOT
           : verdict == TRAINCOST_HIGH     ? SHAPE_TRIANGLE
                                           : SHAPE_DIAMOND;
}

static void mark_factor(struct picture *picture, struct panel *panel, const struct judged *one, double level)
{
    struct mark *mark = panel_mark(picture, panel, MARK_POINT, verdict_hue(one->verdict));
    mark->middle = one->scope->factor;
    mark->level = level;
    mark->shape = verdict_shape(one->verdict);
    say_factor_of(picture, mark, one);
}

static void rule_at_one(struct picture *picture, struct panel *panel)
{
    struct mark *rule = panel_mark(picture, panel, MARK_RULE, HUE_INK);
    rule->middle = 1;
    rule->faint = true;
    rule->label = "as estimated";
}

/* Dots pile up where they would hide each other. */
static void add_heap(struct picture *picture, const struct judged *all, size_t count)
{
    enum { SLOTS = 48, MOST_PILED = 11, HEAP_LINES = 6 };
    size_t piled[SLOTS] = {0};
    double low = INFINITY, high = 0;
    for (size_t i = 0; i < count; i++) {
        low = fmin(low, all[i].scope->factor);
        high = fmax(high, all[i].scope->factor);
    }
    struct panel *panel = picture_panel(
        picture, "All that could be checked: the claim over the median of our estimate", AXIS_LOG, "");
    size_t row = panel_row(picture, panel, "", "");
    if (row < panel->row_count)
        panel->rows[row].lines = HEAP_LINES;
    for (size_t i = count; i-- > 0;) {
        double part = high > low ? log(all[i].scope->factor / low) / log(high / low) : 0;
        size_t slot = (size_t)fmin(part * (double)SLOTS, SLOTS - 1), place = piled[slot]++;
        mark_factor(picture, panel, &all[i], (double)(place % MOST_PILED) / (MOST_PILED - 1));
    }
    panel_key(picture, panel, MARK_POINT, HUE_GREEN, SHAPE_DOT, "consistent");
    panel_key(picture, panel, MARK_POINT, HUE_ORANGE, SHAPE_DIAMOND, "low");
    panel_key(picture, panel, MARK_POINT, HUE_ORANGE, SHAPE_TRIANGLE, "high");
    rule_at_one(picture, panel);
}

static void add_by_name(struct picture *picture, const struct judged *all, size_t count)
{
    struct panel *panel = picture_panel(picture, "Those outside their range, the furthest first", AXIS_LOG, "");
    for (size_t i = 0; i < count; i++) {
        const struct judged *one = &all[i];
        char factor[DISPLAY_FIGURE];
        display_number(one->scope->factor, 3, true, factor);
        size_t row = panel_row(picture, panel, one->id,
                               picture_say(picture, "x %s, %s", factor, traincost_verdict_name(one->verdict)));
        const char *source = traincost_report_said(one->report, "source");
        if (row < panel->row_count)
            panel->rows[row].link = source ? source : "";
        struct mark *range = panel_mark(picture, panel, MARK_RANGE, HUE_MUTED);
        range->low = one->scope->p5 / one->scope->p50;
        range->high = one->scope->p95 / one->scope->p50;
        mark_factor(picture, panel, one, NAN);
    }
    rule_at_one(picture, panel);
    panel->note = "The line: 5 % to 95 % of the estimate, over its median.";
}

void picture_claims(struct picture *picture, const struct check_view *view)
{
    enum { MOST_JUDGED = 4096 };
    size_t outside = 0, consistent = 0;
    struct judged *all = view->count < MOST_JUDGED ? calloc(view->count + 1, sizeof *all) : NULL;
    if (!all) {
        picture->failed = true;
        return;
    }
    size_t count = judge_all(view, all);
    while (outside < count && all[outside].verdict != TRAINCOST_CONSISTENT && all[outside].outside > 0)
        outside++;
    for (size_t i = 0; i < count; i++)
        consistent += all[i].verdict == TRAINCOST_CONSISTENT;
    picture->title = picture_say(picture, "%zu published claim%s: %zu can be checked, %zu %s consistent",
                                 view->count, view->count == 1 ? "" : "s", count, consistent,
                                 consistent == 1 ? "is" : "are");
    picture->lead = "Each against the range of what it says it counts.";
    picture_tell_dollars(picture, claims_dollars(view));
    picture->told = picture->title;
    if (count)
        add_heap(picture, all, count);
    if (outside)
        add_by_name(picture, all, outside);
    free(all);
}
