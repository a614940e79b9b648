#include "render.h"

#include "display.h"

#include <math.h>
#include <string.h>

enum { LABEL = 21, FIGURE_COLUMN = 10, WHAT = 46, SENTENCE = 4096 };

/* ---- words ---- */

const char *scope_words(const traincost_scope *scope)
{
    static const struct {
        const char *key, *words;
    } words[] = {{"energy_usd", "electricity"},
                 {"rental_usd", "rent"},
                 {"ownership_usd", "ownership"},
                 {"acquisition_usd", "purchase"},
                 {"with_base_usd", "rent with base"},
                 {"development_usd", "development"},
                 {"chip_energy_kwh", "energy, chips alone"},
                 {"it_energy_kwh", "energy, servers"},
                 {"energy_kwh", "energy, site"},
                 {"chip_co2_kg", "CO2e, chips alone"},
                 {"it_co2_kg", "CO2e, servers"},
                 {"co2_kg", "CO2e, site"},
                 {"chip_hours", "chip-hours"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].key, scope->key))
            return words[i].words;
    return scope->key;
}

/* A sentence that grows; what does not fit is cut. */
struct sentence {
    char text[SENTENCE];
    size_t length;
};

static void say(struct sentence *s, const char *text)
{
    int n = snprintf(s->text + s->length, SENTENCE - s->length, "%s", text);
    size_t room = SENTENCE - 1 - s->length;
    s->length += n < 0 ? 0 : (size_t)n < room ? (size_t)n : room;
}

static void say_figure(struct sentence *s, double value, const char *unit)
{
    char figure[DISPLAY_FIGURE];
    if (!strcmp(unit, "share")) {
        display_number(100 * value, DISPLAY_DIGITS, false, figure);
        strcat(figure, " %");
    } else if (!strcmp(unit, "year"))
        snprintf(figure, sizeof figure, "%04d-%02d", (int)value, 1 + (int)(12 * (value - floor(value))));
    else
        display_short(value, unit, figure);
    say(s, figure);
}

/* Money and hours to the last digit, so that a reader can add them up. */
static void say_in_full(struct sentence *s, double value, const char *unit)
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

static void say_range(struct sentence *s, double p5, double p95, const char *unit)
{
    char figure[DISPLAY_FIGURE];
    display_scaled(p5, DISPLAY_DIGITS, unit, figure);
    say(s, figure);
    if (p5 == p95)
        return;
    say(s, " to ");
    display_scaled(p95, DISPLAY_DIGITS, unit, figure);
    say(s, figure);
}

static void say_percent(struct sentence *s, double share)
{
    char figure[DISPLAY_FIGURE];
    display_number(round(100 * share), DISPLAY_DIGITS, false, figure);
    say(s, share < 0.005 ? "<1" : share > 0.995 ? ">99" : figure);
    say(s, " %");
}

/* "energy of the chips alone": the scope inside a sentence. */
static const char *scope_prose(const traincost_scope *scope)
{
    static const char *const prose[][2] = {{"chip_energy_kwh", "energy of the chips alone"},
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

static const traincost_claim *claim_of(const traincost_report *report, const char *key)
{
    const traincost_claim *claim;
    for (size_t i = 0; (claim = traincost_report_claim_at(report, i)); i++)
        if (!strcmp(claim->key, key))
            return claim;
    return NULL;
}

static bool is_bound(const traincost_claim *claim)
{
    return !strncmp(claim->kind, "at_", 3);
}

void claim_words(const traincost_claim *claim, char out[CLAIM_WORDS])
{
    struct sentence s = {.length = 0};
    if (is_bound(claim))
        say(&s, !strcmp(claim->kind, "at_least") ? "over " : "under ");
    else if (*claim->text == '~')
        say(&s, "about ");
    bool range = strstr(claim->text, "..") || strstr(claim->text, " to ");
    say_figure(&s, range ? claim->low : claim->value, claim->unit);
    if (range) {
        say(&s, " to ");
        say_figure(&s, claim->high, claim->unit);
    }
    snprintf(out, CLAIM_WORDS, "%.*s", CLAIM_WORDS - 1, s.text);
}

static void say_claim(struct sentence *s, const traincost_claim *claim)
{
    char words[CLAIM_WORDS];
    claim_words(claim, words);
    say(s, words);
}

/* ---- the first sentence ---- */

/* The scope that the verdict is of. */
static const traincost_scope *deciding(const traincost_report *report)
{
    const traincost_scope *scope, *first = NULL;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        if (!scope->counted)
            continue;
        if (scope->verdict == traincost_report_verdict(report))
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
        say(s, n++ ? "; " : "A limit is broken: '");
        say(s, limit->what);
        say(s, "', ");
        say_figure(s, limit->value, limit->unit);
        say(s, " against ");
        say_figure(s, limit->limit, limit->unit);
    }
    say(s, ". ");
}

static void say_factor(struct sentence *s, double factor)
{
    char figure[DISPLAY_FIGURE];
    display_number(factor < 1 ? 1 / factor : factor, 2, false, figure);
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
    if (scope->verdict == TRAINCOST_CONSISTENT) {
        bool rated = scope->factor * scope->p50 > scope->p95 && !strcmp(scope->name, "chips");
        say(s, scope->p5 == scope->p95 ? "It agrees with "
               : rated                 ? "It is what is mostly published, up to rated power x hours, beside "
                                       : "It lies inside ");
    } else {
        say(s, scope->verdict == TRAINCOST_LOW ? "It lies below " : "It lies above ");
    }
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

/* Readings of a bound by how likely it holds: "development (97 %), purchase (99 %)". */
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
    say(s, "Read as ");
    say(s, scope_words(scope));
    say(s, " (");
    say_range(s, scope->p5, scope->p95, scope->unit);
    say(s, "), it holds with a probability of ");
    say_percent(s, scope->probability);
    say(s, ". ");
    struct sentence readings = {.length = 0};
    bool some = say_readings(&readings, report, claim->key, "It would hold for: ", 0.5, 2);
    some |=
        say_readings(&readings, report, claim->key, some ? "; perhaps for: " : "It may hold for: ", 0.05, 0.5);
    some |=
        say_readings(&readings, report, claim->key, some ? "; not for: " : "It does not hold for: ", -1, 0.05);
    say(s, readings.text);
    say(s, some ? ". " : "");
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
    const traincost_scope counted = {.key = key};
    const char *what = traincost_report_result(report) ? scope_words(&counted) : "the scopes";
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

/* What an energy that is just rated power x hours is called; NULL for any other. */
static const char *told_rated(const traincost_implied *item)
{
    if (fabs(item->value - 1) < 0.02)
        return "so computed and not measured";
    bool pue = !isnan(item->p50) && fabs(item->value / item->p50 - 1) < 0.02;
    return pue ? "which is the PUE, so computed and not measured" : NULL;
}

static void say_rated(struct sentence *s, const traincost_report *report)
{
    const traincost_implied *item;
    for (size_t i = 0; (item = traincost_report_implied_at(report, i)); i++)
        if (!strcmp(item->key, "energy_over_rated") && told_rated(item))
            say(s, fabs(item->value - 1) < 0.02
                       ? "It is rated power x hours, so computed and not measured. "
                       : "It is rated power x hours x PUE, so computed and not measured. ");
}

static void say_best(struct sentence *s, const traincost_report *report, const traincost_scope *of)
{
    const traincost_scope *scope;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        if (strcmp(scope->claim, of->claim) != 0 || !scope->best || scope == of)
            continue;
        bool fits = scope->verdict == TRAINCOST_CONSISTENT;
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

static const char *figure_words(const char *figure)
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

static void print_sentence(const struct output *output, const traincost_report *report)
{
    struct sentence s = {.length = 0};
    const char *name = traincost_report_said(report, "name");
    traincost_verdict verdict = traincost_report_verdict(report);
    const traincost_scope *scope = deciding(report);
    const traincost_claim *claim =
        scope ? claim_of(report, scope->claim) : traincost_report_claim_at(report, 0);
    say(&s, name ? name : claim ? "" : "The claim");
    say(&s, name && claim ? ", " : "");
    if (claim)
        say_claim(&s, claim);
    say(&s, ": ");
    say(&s, traincost_verdict_name(verdict));
    say(&s, ". ");
    if (verdict == TRAINCOST_IMPOSSIBLE)
        say_limits(&s, report);
    else if (scope && is_bound(claim))
        say_bound(&s, report, claim, scope);
    else if (scope)
        say_point(&s, scope);
    else
        say_why_not(&s, report);
    if (scope && (verdict == TRAINCOST_LOW || verdict == TRAINCOST_HIGH))
        say_best(&s, report, scope);
    say_rated(&s, report);
    say_audit(&s, report);
    say_slips(&s, report, scope);
    if (verdict != TRAINCOST_IMPOSSIBLE)
        say_left_out(&s, report);
    display_wrapped(output->file, s.text, 0, 0, DISPLAY_WIDTH);
}

/* ---- the tables ---- */

static void heading(const struct output *output, const char *text)
{
    fprintf(output->file, "\n%s%s%s\n", output->colour ? "\033[1m" : "", text, output->colour ? "\033[0m" : "");
}

/* "  ok     what          a          b", what is long on a line of its own. */
static void print_pair(const struct output *output, int ok, const char *word, const char *what, double a,
                       double b, const char *unit)
{
    FILE *out = output->file;
    struct sentence left = {.length = 0}, right = {.length = 0};
    say_in_full(&left, a, unit);
    say_in_full(&right, b, unit);
    fprintf(out, "  %-7s ", ok ? "ok" : word);
    display_cell(out, what, WHAT);
    if (display_columns(what) >= WHAT)
        fprintf(out, "\n%*s", WHAT + 10, "");
    fprintf(out, "%*s %*s\n", left.length > 11 ? 12 : 11, left.text, 11, right.text);
}

static void print_audit(const struct output *output, const traincost_report *report)
{
    const traincost_audit *item;
    if (traincost_report_audit_at(report, 0))
        heading(output, "Audit                                                         stated    computed");
    for (size_t i = 0; (item = traincost_report_audit_at(report, i)); i++)
        print_pair(output, item->ok, "DIFFERS", item->what, item->stated, item->computed, item->unit);
}

static void print_limits(const struct output *output, const traincost_report *report)
{
    const traincost_limit *item;
    if (traincost_report_limit_at(report, 0))
        heading(output, "Limits                                                         value       limit");
    for (size_t i = 0; (item = traincost_report_limit_at(report, i)); i++)
        print_pair(output, item->ok, "BROKEN", item->what, item->value, item->limit, item->unit);
}

static void print_scope(const struct output *output, const traincost_scope *scope)
{
    FILE *out = output->file;
    char p5[DISPLAY_FIGURE], p50[DISPLAY_FIGURE], p95[DISPLAY_FIGURE], factor[DISPLAY_FIGURE];
    struct sentence at = {.length = 0};
    display_scaled(scope->p5, DISPLAY_DIGITS, scope->unit, p5);
    display_scaled(scope->p50, DISPLAY_DIGITS, scope->unit, p50);
    display_scaled(scope->p95, DISPLAY_DIGITS, scope->unit, p95);
    if (scope->factor >= 0.001 && scope->factor < 1e4)
        display_number(scope->factor, DISPLAY_DIGITS, false, factor);
    else
        snprintf(factor, sizeof factor, "%s", scope->factor < 1 ? "<0.001" : ">10,000");
    double share = isnan(scope->probability) ? scope->percentile : scope->probability;
    if (scope->p5 == scope->p95)
        say(&at, "-");
    else
        say_percent(&at, share);
    fprintf(out, "%s ", scope->counted ? "*" : " ");
    display_cell(out, scope_words(scope), LABEL - 2);
    fprintf(out, "%*s%*s%*s%*s%*s  %s\n", FIGURE_COLUMN, p5, FIGURE_COLUMN, p50, FIGURE_COLUMN, p95, 9, at.text,
            9, factor, traincost_verdict_name(scope->verdict));
}

static void print_scopes(const struct output *output, const traincost_report *report)
{
    const traincost_scope *scope = traincost_report_scope_at(report, 0);
    const char *last = NULL;
    bool any_counted = false;
    char title[128];
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        bool bound = !isnan(scope->probability);
        if (!strcmp(scope->claim, "chip-hours") && scope->p5 == scope->p95)
            continue; /* the audit has it */
        if (!last || strcmp(last, scope->claim) != 0) {
            struct sentence s = {.length = 0};
            const traincost_claim *claim = claim_of(report, scope->claim);
            if (claim)
                say_claim(&s, claim);
            snprintf(title, sizeof title, "%-*.20s%*s%*s%*s%*s%*s  verdict", LABEL, s.text, FIGURE_COLUMN,
                     "5 %", FIGURE_COLUMN, "median", FIGURE_COLUMN, "95 %", 9, bound ? "holds" : "below", 9,
                     "/median");
            heading(output, title);
        }
        last = scope->claim;
        any_counted |= scope->counted;
        print_scope(output, scope);
    }
    if (any_counted)
        fputs("  * what the claim counts\n", output->file);
}

/* ---- what follows, and what it rests on ---- */

static void print_line(const struct output *output, const char *lead, const char *text)
{
    if (!text || !*text)
        return;
    size_t at = (size_t)fprintf(output->file, "%s", lead);
    display_wrapped(output->file, text, at, 2, DISPLAY_WIDTH);
}

static void say_implied(struct sentence *s, const traincost_implied *item)
{
    static const struct {
        const char *key, *what, *usual;
    } words[] = {{"usd_per_chip_hour", " a chip-hour", "the market then was "},
                 {"mfu", " MFU", "published runs reach "},
                 {"w_per_chip", " a chip", "from the chips alone to the site: "},
                 {"energy_over_rated", " times rated power x hours", ""},
                 {"kg_per_kwh", "", "usual there is "},
                 {"chip_hours", " of the chip at the market's price", "range "}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i].key, item->key) != 0)
            continue;
        say(s, s->length ? "; " : "");
        say_figure(s, item->value, !strcmp(item->unit, "ratio") ? "" : item->unit);
        say(s, words[i].what);
        if (!strcmp(item->key, "energy_over_rated")) {
            const char *told = told_rated(item);
            say(s, told ? ", " : "");
            say(s, told ? told : "");
            return;
        }
        if (isnan(item->p50))
            return;
        say(s, " (");
        say(s, words[i].usual);
        if (!strcmp(item->unit, "share")) {
            say_figure(s, item->p5, item->unit);
            say(s, " to ");
            say_figure(s, item->p95, item->unit);
        } else
            say_range(s, item->p5, item->p95, item->unit);
        say(s, ")");
    }
}

static void print_implied(const struct output *output, const traincost_report *report)
{
    struct sentence s = {.length = 0};
    const traincost_implied *item;
    for (size_t i = 0; (item = traincost_report_implied_at(report, i)); i++)
        say_implied(&s, item);
    print_line(output, "Implied: ", s.text);
}

/* "DeepSeek, 2025-09-17, confirmed: https://..." */
static void print_source(const struct output *output, const traincost_report *report)
{
    static const char *const keys[] = {"organization", "published", "status"};
    struct sentence s = {.length = 0};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const char *said = traincost_report_said(report, keys[i]);
        say(&s, said && s.length ? ", " : "");
        say(&s, said ? said : "");
    }
    const char *source = traincost_report_said(report, "source");
    say(&s, source && s.length ? ": " : "");
    say(&s, source ? source : "");
    print_line(output, "Claimed by: ", s.text);
    const char *run = traincost_report_said(report, "run-status");
    if (run && !strcmp(run, "reported"))
        print_line(output, "Run: ", "what is stated of chips, hours or compute is reported, not confirmed");
}

static void print_unchecked(const struct output *output, const traincost_report *report)
{
    struct sentence s = {.length = 0};
    const char *line;
    for (size_t i = 0; (line = traincost_report_unchecked_at(report, i)); i++) {
        say(&s, i ? "; " : "");
        say(&s, line);
    }
    print_line(output, "Not checked: ", s.text);
}

bool render_check_text(const struct output *output, const struct check_view *view)
{
    const traincost_report *report = view->reports[0];
    const traincost_result *result = traincost_report_result(report);
    print_sentence(output, report);
    print_scopes(output, report);
    print_audit(output, report);
    print_limits(output, report);
    putc('\n', output->file);
    print_implied(output, report);
    if (result)
        render_price_sources(output, result);
    print_source(output, report);
    print_line(output, "Note: ", traincost_report_said(report, "note"));
    print_line(output, "Contradiction: ", traincost_report_said(report, "contradiction"));
    print_unchecked(output, report);
    if (view->explain && result)
        render_inputs(output, result);
    return true;
}
