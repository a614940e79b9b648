/* A check as text: the sentence, the tables, and what they rest on. */
#include "render/render_check.h"

#include "display.h"
#include "render/render_inputs.h"
#include "render/sentence.h"

#include <math.h>
#include <string.h>

enum { LABEL = 21, FIGURE_COLUMN = 10, WHAT = 46 };

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
    render_check_sentence(output, report);
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
