/* The first sentence of a check. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/sentence.h"

#include "display.h"
#include "page.h"

#include <math.h>
#include <string.h>

/* "energy of the chips alone": the scope inside a sentence. */
static const char *scope_prose(const traincost_scope *scope)
{
    static const char *const prose[][2] = {{"own_usd", "cost of owning"},
                                           {"own_with_base_usd", "cost of owning with base"},
                                           {"acquisition_usd", "price to buy"},
                                           {"chips_usd", "price to buy the chips alone"},
                                           {"development_usd", "cost to develop"},
                                           {"chip_energy_kwh", "energy of the chips alone"},
                                           {"it_energy_kwh", "energy of the servers"},
                                           {"energy_kwh", "energy of the site"},
                                           {"chip_co2_kg", "CO2e of the chips alone"},
                                           {"it_co2_kg", "CO2e of the servers"},
                                           {"co2_kg", "CO2e of the site"}};
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++)
        if (!strcmp(prose[i][0], scope->key))
            return prose[i][1];
    return scope_words(scope);
}

/* The model card's reading of that figure, where it is one. */
static const traincost_scope *card_reading(const traincost_report *report, const char *claim)
{
    const traincost_scope *scope;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++)
        if (scope->note && !strcmp(scope->claim, claim))
            return scope;
    return NULL;
}

bool scope_is_read(const traincost_report *report, const traincost_scope *scope)
{
    const traincost_scope *card = card_reading(report, scope->claim);
    return card ? scope == card : scope->counted != 0;
}

bool scope_is_best(const traincost_report *report, const traincost_scope *scope)
{
    bool energy = !strcmp(scope->claim, "energy") || !strcmp(scope->claim, "co2");
    return energy && !traincost_report_said(report, "energy-counts") && !card_reading(report, scope->claim);
}

const traincost_scope *deciding_scope(const traincost_report *report)
{
    const traincost_scope *scope, *first = NULL;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        if (!scope->counted)
            continue;
        bool computed = card_reading(report, scope->claim) != NULL;
        if ((computed ? TRAINCOST_CONSISTENT : scope->verdict) == traincost_report_verdict(report))
            return scope;
        first = first ? first : scope;
    }
    return first;
}

static void say_limits(struct sentence *s, const traincost_report *report)
{
    const traincost_limit *limit;
    for (size_t i = 0, n = 0; (limit = traincost_report_limit_at(report, i)); i++) {
        if (limit->ok)
            continue;
        say(s, n++ ? "; '" : "A limit is broken: '");
        say(s, limit->what);
        say(s, "', ");
        if (limit->value_date) {
            say(s, limit->value_date);
            say(s, " against ");
            say(s, limit->limit_date);
        } else {
            say_figure(s, limit->value, limit->unit);
            say(s, " against ");
            say_figure(s, limit->limit, limit->unit);
        }
    }
    say(s, ". ");
}

static void say_factor(struct sentence *s, double factor)
{
    char figure[DISPLAY_FIGURE];
    display_number(factor < 1 ? 1 / factor : factor, fabs(factor - 1) < 0.05 ? 4 : 2, true, figure);
    say(s, figure);
}

/* "the 90 % range of the rent, $234k to $678k", or the one figure that follows. */
static void say_scope(struct sentence *s, const traincost_scope *scope)
{
    bool exact = scope->p5 == scope->p95;
    say(s, exact ? "the " : "the 90 % range of the ");
    say(s, scope_prose(scope));
    say(s, exact ? " computed from what is stated, " : ", ");
    if (exact)
        say_in_full(s, scope->p50, scope->unit);
    else
        say_range(s, scope->p5, scope->p95, scope->unit);
}

static void say_point(struct sentence *s, const traincost_scope *scope)
{
    if (scope->verdict == TRAINCOST_CONSISTENT)
        say(s, scope->p5 == scope->p95 ? "It agrees with " : "It lies inside ");
    else
        say(s, scope->verdict == TRAINCOST_LOW ? "It lies below " : "It lies above ");
    say_scope(s, scope);
    if (scope->verdict != TRAINCOST_CONSISTENT) {
        bool low = scope->verdict == TRAINCOST_LOW;
        const char *middle = scope->p5 == scope->p95 ? "that" : "the median";
        say(s, ": ");
        say(s, low ? middle : "the claim");
        say(s, " is ");
        say_factor(s, scope->factor);
        say(s, " times ");
        say(s, low ? "the claim" : middle);
    }
    say(s, ". ");
}

/* Readings of a bound by how likely it holds: "develop (97 %), buy (99 %)". */
static bool say_readings(struct sentence *s, const traincost_report *report, const char *claim,
                         const char *lead, double from, double to)
{
    const traincost_scope *scope;
    size_t n = 0;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        if (strcmp(scope->claim, claim) != 0 || scope->probability < from || scope->probability >= to)
            continue;
        say(s, n++ ? ", " : lead);
        say(s, scope_words(scope));
        say(s, " (");
        say_percent(s, scope->probability);
        say(s, ")");
    }
    return n > 0;
}

static void say_bound(struct sentence *s, const traincost_report *report, const traincost_claim *claim,
                      const traincost_scope *scope)
{
    say(s, "Read as the ");
    say(s, scope_prose(scope));
    say(s, " (");
    say_range(s, scope->p5, scope->p95, scope->unit);
    say(s, "). ");
    struct sentence readings = {.length = 0};
    bool some = say_readings(&readings, report, claim->key, "It would hold for: ", 0.5, 2);
    some |=
        say_readings(&readings, report, claim->key, some ? "; perhaps for: " : "It may hold for: ", 0.05, 0.5);
    some |=
        say_readings(&readings, report, claim->key, some ? "; not for: " : "It does not hold for: ", -1, 0.05);
    say(s, readings.text);
    say(s, some ? ". " : "");
}

/* What the library calls a scope that it could not check. */
static const char *unchecked_words(const char *key)
{
    static const char *const words[][2] = {
        {"own_usd", "owning"}, {"acquisition_usd", "purchase"}, {"development_usd", "development"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i][0], key))
            return words[i][1];
    return scope_words(&(traincost_scope){.key = key});
}

/* The reason behind "WHAT: " among what was not checked; NULL where it is not there. */
static const char *reason_for(const traincost_report *report, const char *what)
{
    const char *line;
    size_t length = strlen(what);
    for (size_t i = 0; (line = traincost_report_unchecked_at(report, i)); i++)
        if (!strncmp(line, what, length) && !strncmp(line + length, ": ", 2))
            return line + length + 2;
    return NULL;
}

/* Why there is no range, and what the dollars would have paid. */
static void say_why_not(struct sentence *s, const traincost_report *report)
{
    const char *counts = traincost_report_said(report, "counts");
    char key[64] = "";
    if (counts)
        snprintf(key, sizeof key, "%.50s_usd", counts);
    const char *what = traincost_report_result(report) ? unchecked_words(key) : "the scopes";
    const char *why = reason_for(report, what);
    const traincost_implied *item = traincost_report_implied_at(report, 0);
    say(s,
        why ? "Nothing gives a range for what it counts: " : "It states no dollars, energy, CO2 or chip-hours");
    say(s, why ? why : "");
    say(s, ". ");
    if (item && !strcmp(item->key, "usd_per_chip_hour")) {
        bool inside = item->value >= item->p5 && item->value <= item->p95;
        say(s, inside ? "The price lies inside the market's then, "
                      : "The price lies outside the market's then, ");
        say_range(s, item->p5, item->p95, item->unit);
        say(s, " a chip-hour. ");
    }
    if (!item || strcmp(item->key, "chip_hours") != 0)
        return;
    say(s, "At the market's price it would pay for ");
    say_range(s, item->p5, item->p95, item->unit);
    say(s, " of the chip. ");
}

const char *told_rated(const traincost_implied *item)
{
    if (fabs(item->value - 1) < 0.02)
        return "so computed and not measured";
    bool pue = !isnan(item->p50) && fabs(item->value / item->p50 - 1) < 0.02;
    return pue ? "which is the PUE, so computed and not measured" : NULL;
}

static void say_card(struct sentence *s, const traincost_report *report)
{
    static const char *const figures[][2] = {{"energy", "The energy"}, {"co2", "The CO2e"}};
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        const traincost_scope *card = card_reading(report, figures[i][0]);
        if (!card)
            continue;
        say(s, figures[i][1]);
        say(s, " is rated power x hours, as model cards have it (");
        say_range(s, card->p50, card->p50, card->unit);
        say(s, "): ");
        say(s, card->note);
        say(s, ". ");
    }
}

/* Several figures of which one alone would be doubted, or which are doubted together. */
static void say_family(struct sentence *s, const traincost_report *report)
{
    const traincost_family *family = traincost_report_family(report);
    const traincost_scope *scope;
    bool outside = false;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++)
        outside |= scope->counted && !isnan(scope->further_out) && scope->verdict != TRAINCOST_CONSISTENT &&
                   !card_reading(report, scope->claim);
    if (!family || family->figures < 2 || !outside)
        return;
    say(s, "Its figures are judged together: ");
    say_percent(s, family->further_out);
    say(s, " of true claims have one as far out. ");
}

static void say_best(struct sentence *s, const traincost_report *report, const traincost_scope *of)
{
    const traincost_scope *scope;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        if (strcmp(scope->claim, of->claim) != 0 || !scope->best || scope == of)
            continue;
        bool fits = scope->verdict == TRAINCOST_CONSISTENT;
        if (fits && !strcmp(scope->key, "with_base_usd") && of->verdict == TRAINCOST_HIGH) {
            say(s, "This is the rent of the run and its base (");
            say_range(s, scope->p5, scope->p95, scope->unit);
            say(s, "). ");
            return;
        }
        say(s, fits ? "It fits the " : "Nearest is the ");
        say(s, scope_prose(scope));
        say(s, fits ? " best (" : ", and it does not fit that either (");
        say_range(s, scope->p5, scope->p95, scope->unit);
        say(s, "). ");
        return;
    }
}

static void say_audit(struct sentence *s, const traincost_report *report)
{
    const traincost_audit *item;
    size_t n = 0;
    for (size_t i = 0; (item = traincost_report_audit_at(report, i)); i++) {
        if (item->ok)
            continue;
        say(s, n++ ? "; " : "Stated figures disagree: ");
        say(s, item->what);
        say(s, ", ");
        say_figure(s, item->stated, item->unit);
        say(s, " against ");
        say_figure(s, item->computed, item->unit);
    }
    say(s, n ? ". " : "");
}

const char *figure_words(const char *figure)
{
    return !strcmp(figure, "energy") ? " in the energy"
           : !strcmp(figure, "co2")  ? " in the CO2e"
           : !strcmp(figure, "usd")  ? " in the dollars"
           : !strcmp(figure, "flop") ? " in the compute"
                                     : " in the chip-hours";
}

/* `of` is the scope that the sentence is about, or NULL. */
static void say_slips(struct sentence *s, const traincost_report *report, const traincost_scope *of)
{
    const traincost_slip *slip;
    size_t n = 0;
    for (size_t i = 0; (slip = traincost_report_slip_at(report, i)); i++) {
        say(s, n++ ? "; or " : "A likely slip: ");
        say(s, slip->what);
        say(s, " (x");
        say_factor(s, slip->factor);
        say(s, of && strcmp(of->claim, slip->figure) != 0 ? figure_words(slip->figure) : "");
        say(s, ")");
    }
    say(s, n ? ". " : "");
}

static void say_left_out(struct sentence *s, const traincost_report *report)
{
    const traincost_left_out *item;
    for (size_t i = 0; (item = traincost_report_left_out_at(report, i)); i++) {
        bool last = !traincost_report_left_out_at(report, i + 1);
        say(s, i == 0 ? "The figure leaves out the " : last ? " and the " : ", the ");
        say(s, item->what);
        say(s, " (");
        say_range(s, item->p5, item->p95, item->unit);
        say(s, last ? "). " : ")");
    }
}

/* " in 2023 dollars", where they are not those of the run's date. */
static void say_dollars(struct sentence *s, const traincost_report *report, const traincost_claim *claim)
{
    const traincost_result *result = traincost_report_result(report);
    const traincost_dollars *dollars = result ? traincost_result_dollars(result) : NULL;
    if (!dollars || strncmp(claim->unit, "USD", 3) != 0)
        return;
    say(s, " in ");
    say(s, dollars->of);
    say(s, " dollars");
}

void say_check(struct sentence *s, const traincost_report *report)
{
    const char *name = traincost_report_said(report, "name");
    traincost_verdict verdict = traincost_report_verdict(report);
    const traincost_scope *scope = deciding_scope(report);
    const traincost_claim *claim =
        scope ? claim_of(report, scope->claim) : traincost_report_claim_at(report, 0);
    say(s, name ? name : claim ? "" : "The claim");
    say(s, name && claim ? ", " : "");
    if (claim) {
        say_claim(s, claim);
        say_dollars(s, report, claim);
    }
    say(s, ": ");
    if (scope && is_bound(claim) && verdict != TRAINCOST_IMPOSSIBLE) {
        say(s, "holds with a probability of ");
        say_percent(s, scope->probability);
    } else
        say(s, traincost_verdict_name(verdict));
    say(s, ". ");
    if (verdict == TRAINCOST_IMPOSSIBLE)
        say_limits(s, report);
    else if (scope && is_bound(claim))
        say_bound(s, report, claim, scope);
    else if (scope && !card_reading(report, scope->claim))
        say_point(s, scope);
    else if (!scope)
        say_why_not(s, report);
    if (scope && verdict != TRAINCOST_IMPOSSIBLE && scope_is_best(report, scope))
        say(s, "Nobody says whether it counts the chips, the servers or the site: it is read as what fits best. ");
    if (scope && (verdict == TRAINCOST_LOW || verdict == TRAINCOST_HIGH))
        say_best(s, report, scope);
    say_card(s, report);
    say_family(s, report);
    say_audit(s, report);
    say_slips(s, report, scope);
    if (verdict != TRAINCOST_IMPOSSIBLE)
        say_left_out(s, report);
}

void render_check_sentence(const struct output *output, const traincost_report *report)
{
    struct sentence s = {.length = 0};
    say_check(&s, report);
    page_paragraph(output, "", s.text, 0);
}
