/* A published figure as people write it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "run/claim.h"

#include "base/text.h"
#include "base/text_date.h"
#include "engine/quantity_reader.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Figures first, in the order of claim_figure; then what they count. */
static const traincost_claim_key keys[] = {
    {"usd", "claim", "USD", "the dollars claimed: 294k, ~5M, '>100M', '<2M', 2M..5M"},
    {"energy", "claim-energy", "kWh", "the energy claimed, as in 433MWh"},
    {"co2", "claim-co2", "kg", "the CO2e claimed, as in 24.7t"},
    {"chip-hours", "claim-chip-hours", "h", "the chip-hours claimed"},
    {"rental-price", "claim-price", "USD/h", "the price of a chip-hour that the source states"},
    {"mfu", "claim-mfu", "share", "the MFU that the source states"},
    {"hours", "claim-hours", "h", "the hours on the clock that it claims, as in 54d"},
    {"throughput", "claim-throughput", "tokens/s", "the tokens a second and chip that it claims"},
    {"counts", "counts", "rent|own|wear|buy|electricity|rent-with-base|own-with-base|wear-with-base|develop",
     "what the dollars count; rental where it is not said"},
    {"energy-counts", "energy-counts", "chips|servers|site",
     "what energy and CO2 count; the best fit where it is "
     "not said"},
    {"published", "published", "DATE", "when the claim was published"},
    {"dollars", "claim-dollars", "YEAR|MONTH", "in which year's dollars it is, as in 2023; those of the day without"},
};

enum { KEYS = sizeof keys / sizeof *keys, KEY_COUNTS = CLAIM_FIGURES, KEY_ENERGY_COUNTS, KEY_PUBLISHED, KEY_DOLLARS };

static const struct quantity_rule rules[CLAIM_FIGURES] = {
    [CLAIM_USD] = {"claim", DIMENSION_MONEY, 0, INFINITY, true},
    [CLAIM_ENERGY] = {"claim-energy", DIMENSION_ENERGY, 0, INFINITY, true},
    [CLAIM_CO2] = {"claim-co2", DIMENSION_MASS, 0, INFINITY, true},
    [CLAIM_CHIP_HOURS] = {"claim-chip-hours", DIMENSION_CHIP_TIME, 0, INFINITY, true},
    [CLAIM_PRICE] = {"claim-price", DIMENSION_MONEY_PER_HOUR, 0, INFINITY, true},
    [CLAIM_MFU] = {"claim-mfu", DIMENSION_SHARE, 0, 100, true},
    [CLAIM_HOURS] = {"claim-hours", DIMENSION_TIME, 0, INFINITY, true},
    [CLAIM_THROUGHPUT] = {"claim-throughput", DIMENSION_RATIO, 0, INFINITY, true},
};

const char *const claim_scope_names[CLAIM_SCOPES] = {
    "energy", "rental", "own", "ownership", "acquisition", "with_base", "own_with_base", "ownership_with_base",
    "development"};
const char *const claim_site_names[CLAIM_SITES] = {"chips", "servers", "site"};
const char *const claim_bound_names[] = {"exact", "about", "at_least", "at_most"};

static const struct {
    const char *key;
    bool of_claim;
} text_keys[CLAIM_TEXTS] = {
    [TEXT_ID] = {"id", false},
    [TEXT_ORGANIZATION] = {"organization", false},
    [TEXT_RUN_SOURCE] = {"source", false},
    [TEXT_RUN_STATUS] = {"status", false},
    [TEXT_TELLING_OF] = {"telling-of", false},
    [TEXT_ENDED] = {"ended", false},
    [TEXT_NOTE] = {"note", false},
    [TEXT_CONTRADICTION] = {"contradiction", false},
    [TEXT_PUBLISHED] = {"published", true},
    [TEXT_SOURCE] = {"source", true},
    [TEXT_CONFIDENCE] = {"confidence", true},
    [TEXT_STATUS] = {"status", true},
    [TEXT_CIRCULAR] = {"circular", true},
    [TEXT_CLAIM_NOTE] = {"note", true},
};

const traincost_claim_key *traincost_claim_key_at(size_t index)
{
    return index < KEYS ? &keys[index] : NULL;
}

const traincost_claim_key *claim_figure_key(enum claim_figure figure)
{
    return &keys[figure];
}

void claim_show(struct claim *claim)
{
    for (size_t i = 0; i < CLAIM_FIGURES; i++) {
        const struct claim_statement *s = &claim->figures[i];
        claim->shown[i] = (traincost_claim){
            keys[i].key, keys[i].values, claim_bound_names[s->bound], s->text, s->value, s->low, s->high};
    }
}

void claim_init(struct claim *claim)
{
    *claim = (struct claim){.counts = -1, .energy_counts = -1};
}

void claim_free(struct claim *claim)
{
    for (size_t i = 0; i < CLAIM_TEXTS; i++)
        free(claim->texts[i]);
}

bool claim_states_any(const struct claim *claim)
{
    bool any = claim->texts[TEXT_SOURCE] != NULL;
    for (size_t i = 0; i < CLAIM_FIGURES; i++)
        any |= claim->figures[i].given;
    return any;
}

enum claim_scope claim_counts(const struct claim *claim)
{
    return claim->counts < 0 ? SCOPE_RENTAL : (enum claim_scope)claim->counts;
}

/* ---- figures ---- */

static const double most_rounding = 0.05;

double claim_rounding(const quantity *q)
{
    return q->a > 0 ? fmin(0.5 * q->telling / q->a, most_rounding) : 0;
}

/* How a limit is said, by a sign or in words, in front of a figure or behind it. */
struct bound_words {
    const char *words;
    enum claim_bound bound;
};

static const struct bound_words before[] = {
    {">=", BOUND_AT_LEAST},
    {">", BOUND_AT_LEAST},
    {"\xE2\x89\xA5", BOUND_AT_LEAST},
    {"<=", BOUND_AT_MOST},
    {"<", BOUND_AT_MOST},
    {"\xE2\x89\xA4", BOUND_AT_MOST},
    {"more than", BOUND_AT_LEAST},
    {"much more than", BOUND_AT_LEAST},
    {"far more than", BOUND_AT_LEAST},
    {"over", BOUND_AT_LEAST},
    {"well over", BOUND_AT_LEAST},
    {"above", BOUND_AT_LEAST},
    {"at least", BOUND_AT_LEAST},
    {"no less than", BOUND_AT_LEAST},
    {"not less than", BOUND_AT_LEAST},
    {"upwards of", BOUND_AT_LEAST},
    {"in excess of", BOUND_AT_LEAST},
    {"less than", BOUND_AT_MOST},
    {"much less than", BOUND_AT_MOST},
    {"far less than", BOUND_AT_MOST},
    {"fewer than", BOUND_AT_MOST},
    {"under", BOUND_AT_MOST},
    {"well under", BOUND_AT_MOST},
    {"just under", BOUND_AT_MOST},
    {"below", BOUND_AT_MOST},
    {"at most", BOUND_AT_MOST},
    {"up to", BOUND_AT_MOST},
    {"no more than", BOUND_AT_MOST},
    {"not more than", BOUND_AT_MOST},
};

static const struct bound_words behind[] = {{"+", BOUND_AT_LEAST}, {"or more", BOUND_AT_LEAST}, {"or less", BOUND_AT_MOST}};

/* The limit in front of a figure; returns what follows it. */
static const char *read_bound(const char *text, enum claim_bound *bound)
{
    text += strspn(text, " \t");
    *bound = BOUND_EXACT;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        size_t length = strlen(before[i].words);
        if (!text_begins(text, before[i].words) ||
            (reader_letter(before[i].words[length - 1]) && reader_letter(text[length])))
            continue;
        *bound = before[i].bound;
        return text + length;
    }
    return text;
}

/* The limit behind a figure, which is cut off. */
static void cut_bound(char *text, enum claim_bound *bound)
{
    for (size_t i = 0; *bound == BOUND_EXACT && i < sizeof behind / sizeof *behind; i++) {
        size_t length = strlen(text), n = strlen(behind[i].words);
        if (length <= n || !text_same(text + length - n, behind[i].words))
            continue;
        *bound = behind[i].bound;
        text[length - n] = '\0';
    }
}

/* The other figure whose unit that text carries; NULL where there is none. */
static const traincost_claim_key *meant_figure(enum claim_figure figure, const char *text)
{
    quantity q;
    for (size_t i = 0; i <= CLAIM_CHIP_HOURS; i++)
        if (i != (size_t)figure && quantity_parse(text, &rules[i], &q, NULL) == TRAINCOST_OK)
            return &keys[i];
    return NULL;
}

static traincost_status suggest(enum claim_figure figure, const char *text, traincost_status status,
                                traincost_error *error)
{
    char message[512];
    const traincost_claim_key *meant = status == TRAINCOST_UNIT ? meant_figure(figure, text) : NULL;
    if (!error)
        return status;
    snprintf(message, sizeof message, "%s", traincost_error_message(error));
    int column = traincost_error_column(error);
    if (meant)
        error_set(error, status, "%s; did you mean %s (%s)?", message, meant->key, meant->option);
    else
        error_set(error, status, "%s; a claim is written as in 294k, ~5M, '>100M' or 2M..5M", message);
    error_place(error, 0, column);
    return status;
}

static void set_rounded(struct claim_statement *s, const quantity *q)
{
    double half = s->value * claim_rounding(q);
    s->bound = q->written > 1 ? BOUND_ABOUT : BOUND_EXACT;
    if (q->form == FORM_ABOUT) {
        s->bound = BOUND_ABOUT;
        half = 0.1 * s->value;
    }
    s->low = s->value - half;
    s->high = s->value + half;
}

static traincost_status read_figure(enum claim_figure figure, const char *value, struct claim_statement *s,
                                    traincost_error *error)
{
    quantity q;
    enum claim_bound bound;
    const char *text = read_bound(value, &bound);
    char figure_text[160];
    if (strlen(text) < sizeof figure_text) {
        strcpy(figure_text, text);
        cut_bound(figure_text, &bound);
        text = figure_text;
    }
    if (!*text && bound != BOUND_EXACT) {
        error_set(error, TRAINCOST_SYNTAX, "%s '%.60s': a number is missing behind the sign", rules[figure].key,
                  value);
        return suggest(figure, value, TRAINCOST_SYNTAX, error);
    }
    traincost_status status = quantity_parse(text, &rules[figure], &q, error);
    if (status)
        return suggest(figure, text, status, error);
    if (q.per == PER_SERVER) {
        error_set(error, TRAINCOST_UNIT, "%s '%.60s': it is of a chip: divide it by the chips of a server, as in 98.32/8",
                  rules[figure].key, value);
        return TRAINCOST_UNIT;
    }
    bool range = q.form == FORM_INTERVAL;
    if (q.form != FORM_EXACT && q.form != FORM_ABOUT && !(range && q.a > 0 && bound == BOUND_EXACT)) {
        error_set(error, TRAINCOST_SYNTAX, "%s '%.60s': it is one figure, or a range without a sign",
                  rules[figure].key, value);
        return suggest(figure, text, TRAINCOST_SYNTAX, error);
    }
    *s = (struct claim_statement){.given = true, .value = q.a};
    snprintf(s->text, sizeof s->text, "%s", value);
    if (range) {
        s->bound = BOUND_ABOUT;
        s->value = sqrt(q.a * q.b);
        s->low = q.a;
        s->high = q.b;
    } else
        set_rounded(s, &q);
    if (bound != BOUND_EXACT) {
        s->bound = bound;
        s->low = s->high = s->value;
    }
    s->currency = q.currency;
    s->may_be_yen = q.may_be_yen;
    s->own_value = s->value;
    s->own_low = s->low;
    s->own_high = s->high;
    return TRAINCOST_OK;
}

/* ---- what it counts ---- */

/* Which scope the words of outputs name: "rent" is "rental", as it is of rental_usd. */
static void find_scope_name(const char *value, char *name, size_t size)
{
    static const char *const spoken[][2] = {{"owned", "ownership"}, {"purchase", "acquisition"}};
    const traincost_output_kind *kind = traincost_output_kind_find(value);
    size_t length = kind ? strlen(kind->key) : 0;
    bool dollars = length > 4 && !strcmp(kind->key + length - 4, "_usd");
    snprintf(name, size, "%.*s", dollars ? (int)length - 4 : 60, dollars ? kind->key : value);
    for (size_t i = 0; i < sizeof spoken / sizeof *spoken; i++)
        if (text_same(spoken[i][0], value))
            snprintf(name, size, "%s", spoken[i][1]);
}

static traincost_status read_word(const traincost_claim_key *key, const char *const *names, size_t count,
                                  const char *value, int *word, traincost_error *error)
{
    char name[64];
    snprintf(name, sizeof name, "%.60s", value);
    if (names == claim_scope_names)
        find_scope_name(value, name, sizeof name);
    for (size_t i = 0; i < count; i++)
        if (text_same(names[i], name)) {
            *word = (int)i;
            return TRAINCOST_OK;
        }
    return error_choice(error, key->key, value, key->values);
}

traincost_status claim_find_scope(const char *what, const char *word, int *scope, traincost_error *error)
{
    const traincost_claim_key key = {what, what, keys[KEY_COUNTS].values, ""};
    return read_word(&key, claim_scope_names, CLAIM_SCOPES, word, scope, error);
}

static traincost_status unknown_key(const char *key, traincost_error *error)
{
    struct text_search search = {.given = key};
    for (size_t i = 0; i < KEYS; i++)
        text_try(&search, keys[i].key);
    return error_unknown(error, "part of a claim", key, text_meant(&search), "traincost-scenario(5) has them");
}

traincost_status claim_state(struct claim *claim, const char *key, const char *value, traincost_error *error)
{
    size_t i = 0;
    while (i < KEYS && strcmp(keys[i].key, key) != 0)
        i++;
    if (i < CLAIM_FIGURES)
        return read_figure((enum claim_figure)i, value, &claim->figures[i], error);
    if (i == KEY_COUNTS)
        return read_word(&keys[i], claim_scope_names, CLAIM_SCOPES, value, &claim->counts, error);
    if (i == KEY_ENERGY_COUNTS)
        return read_word(&keys[i], claim_site_names, CLAIM_SITES, value, &claim->energy_counts, error);
    if (i == KEY_DOLLARS)
        return dollars_read(value, claim->dollars, error);
    return i == KEY_PUBLISHED ? claim_set_text(claim, TEXT_PUBLISHED, value, error) : unknown_key(key, error);
}

/* ---- texts ---- */

enum claim_text claim_text_find(const char *key, bool of_claim)
{
    size_t i = 0;
    while (i < CLAIM_TEXTS && (text_keys[i].of_claim != of_claim || strcmp(text_keys[i].key, key) != 0))
        i++;
    return (enum claim_text)i;
}

traincost_status claim_set_text(struct claim *claim, enum claim_text which, const char *value,
                                traincost_error *error)
{
    char plain[TEXT_DATE];
    bool date = which == TEXT_PUBLISHED || which == TEXT_ENDED;
    const char *wrong = date ? text_plain_date(value, plain) : NULL;
    if (wrong)
        return error_set(error, TRAINCOST_SYNTAX, "%s '%.60s': %s", text_keys[which].key, value, wrong);
    char *copy = text_copy(date ? plain : value);
    if (!copy)
        return error_no_memory(error);
    free(claim->texts[which]);
    claim->texts[which] = copy;
    return TRAINCOST_OK;
}
