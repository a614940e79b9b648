/* Sentences about claims, put together from pieces. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/sentence.h"

#include "display.h"

#include <math.h>
#include <string.h>

const char *scope_words(const traincost_scope *scope)
{
    static const struct {
        const char *key, *words;
    } words[] = {{"energy_usd", "electricity"},
                 {"rental_usd", "rent"},
                 {"own_usd", "own"},
                 {"ownership_usd", "wear"},
                 {"acquisition_usd", "buy"},
                 {"chips_usd", "buy the chips alone"},
                 {"with_base_usd", "rent with base"},
                 {"own_with_base_usd", "own with base"},
                 {"ownership_with_base_usd", "wear with base"},
                 {"development_usd", "develop"},
                 {"chip_energy_kwh", "energy, chips alone"},
                 {"it_energy_kwh", "energy, servers"},
                 {"energy_kwh", "energy, site"},
                 {"chip_co2_kg", "CO2e, chips alone"},
                 {"it_co2_kg", "CO2e, servers"},
                 {"co2_kg", "CO2e, site"},
                 {"rated_energy_kwh", "energy, model card"},
                 {"rated_co2_kg", "CO2e, model card"},
                 {"chip_hours", "chip-hours"},
                 {"mfu", "MFU"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].key, scope->key))
            return words[i].words;
    return scope->key;
}

void say(struct sentence *s, const char *text)
{
    int n = snprintf(s->text + s->length, SENTENCE - s->length, "%s", text);
    size_t room = SENTENCE - 1 - s->length;
    s->length += n < 0 ? 0 : (size_t)n < room ? (size_t)n : room;
}

void say_figure(struct sentence *s, double value, const char *unit)
{
    char figure[DISPLAY_FIGURE];
    if (!strcmp(unit, "share")) {
        display_number(100 * value, DISPLAY_DIGITS, true, figure);
        strcat(figure, " %");
    } else
        display_short(value, unit, figure);
    say(s, figure);
}

void say_in_full(struct sentence *s, double value, const char *unit)
{
    char figure[DISPLAY_FIGURE];
    bool counted = !strcmp(unit, "USD") || !strcmp(unit, "h");
    if (!counted || value < 10) {
        say_figure(s, value, unit);
        return;
    }
    display_exact(round(value), unit, figure);
    say(s, figure);
}

void say_range(struct sentence *s, double p5, double p95, const char *unit)
{
    char figure[DISPLAY_FIGURE];
    bool share = !strcmp(unit, "share");
    if (share)
        say_figure(s, p5, unit);
    else {
        display_scaled(p5, DISPLAY_DIGITS, unit, figure);
        say(s, figure);
    }
    if (p5 == p95)
        return;
    say(s, " to ");
    if (share) {
        say_figure(s, p95, unit);
        return;
    }
    display_scaled(p95, DISPLAY_DIGITS, unit, figure);
    say(s, figure);
}

void say_percent(struct sentence *s, double share)
{
    char figure[DISPLAY_FIGURE];
    display_number(round(100 * share), DISPLAY_DIGITS, false, figure);
    say(s, share < 0.005 ? "<1" : share > 0.995 ? ">99" : figure);
    say(s, " %");
}

const traincost_claim *claim_of(const traincost_report *report, const char *key)
{
    const traincost_claim *claim;
    for (size_t i = 0; (claim = traincost_report_claim_at(report, i)); i++)
        if (!strcmp(claim->key, key))
            return claim;
    return NULL;
}

bool is_bound(const traincost_claim *claim)
{
    return !strncmp(claim->kind, "at_", 3);
}

/* The value of a range is its geometric middle; of all else the middle. */
bool is_range(const traincost_claim *claim)
{
    return fabs(claim->low + claim->high - 2 * claim->value) > 1e-9 * claim->value;
}

/* What was said to be about so much is less sure than any rounding. */
static bool is_about(const traincost_claim *claim)
{
    return !is_range(claim) && claim->high - claim->low > 0.15 * claim->value;
}

void claim_words(const traincost_claim *claim, char out[CLAIM_WORDS])
{
    struct sentence s = {.length = 0};
    if (is_bound(claim))
        say(&s, !strcmp(claim->kind, "at_least") ? "over " : "under ");
    else if (is_about(claim))
        say(&s, "about ");
    say_figure(&s, is_range(claim) ? claim->low : claim->value, claim->unit);
    if (is_range(claim)) {
        say(&s, " to ");
        say_figure(&s, claim->high, claim->unit);
    }
    snprintf(out, CLAIM_WORDS, "%.*s", CLAIM_WORDS - 1, s.text);
}

void say_claim(struct sentence *s, const traincost_claim *claim)
{
    char words[CLAIM_WORDS];
    claim_words(claim, words);
    say(s, words);
}
