/* Many checks: a line each, as text and CSV. */
#include "render/render_check.h"

#include "display.h"
#include "render/to_csv.h"

#include <math.h>
#include <string.h>

enum { ID = 36, CLAIM = 14, RANGE = 16, VERDICT = 11 };

static const traincost_scope *counted_verdicts(const traincost_report *report)
{
    const traincost_scope *scope;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++)
        if (scope->counted)
            return scope;
    return NULL;
}

static size_t failed_audits(const traincost_report *report)
{
    const traincost_audit *item;
    size_t count = 0;
    for (size_t i = 0; (item = traincost_report_audit_at(report, i)); i++)
        count += !item->ok;
    return count;
}

static size_t broken_limits(const traincost_report *report)
{
    const traincost_limit *item;
    size_t count = 0;
    for (size_t i = 0; (item = traincost_report_limit_at(report, i)); i++)
        count += !item->ok;
    return count;
}

static size_t slips_words(const traincost_report *report)
{
    size_t count = 0;
    while (traincost_report_slip_at(report, count))
        count++;
    return count;
}

/* "rent", "dev", "site": short for a column. */
static const char *short_scope(const traincost_scope *scope)
{
    static const struct {
        const char *name, *brief;
    } words[] = {{"energy", "elec"},    {"rental", "rent"},     {"ownership", "own"},  {"acquisition", "buy"},
                 {"with_base", "base"}, {"development", "dev"}, {"servers", "server"}, {"chip-hours", ""}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(words[i].name, scope->name))
            return words[i].brief;
    return scope->name;
}

static void print_cell(FILE *out, const char *text, size_t columns)
{
    display_cell(out, text, columns);
    if (display_columns(text) >= columns)
        putc(' ', out);
}

static void show_claims_range(double p5, double p95, const char *scale, char *out, size_t size)
{
    char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    display_scaled(p5, DISPLAY_DIGITS, scale, low);
    display_scaled(p95, DISPLAY_DIGITS, scale, high);
    char *unit = strchr(low, ' ');
    const char *other = strchr(high, ' ');
    if (unit && other && !strcmp(unit, other))
        *unit = '\0'; /* said once, behind the second */
    if (p5 == p95)
        snprintf(out, size, "%s", high);
    else
        snprintf(out, size, "%s..%s", low, high);
}

static void show_claim(const traincost_report *report, const traincost_scope *scope, char *out, size_t size)
{
    const traincost_claim *claim = traincost_report_claim_at(report, 0);
    char figure[DISPLAY_FIGURE];
    snprintf(out, size, "-");
    if (!claim)
        return;
    const char *sign = !strcmp(claim->kind, "at_least") ? ">" : !strcmp(claim->kind, "at_most") ? "<" : "";
    if (!strcmp(claim->unit, "share"))
        snprintf(figure, sizeof figure, "%.0f %% MFU", 100 * claim->value);
    else if (strstr(claim->text, ".."))
        show_claims_range(claim->low, claim->high, claim->unit, figure, sizeof figure);
    else
        display_short(claim->value, claim->unit, figure);
    const char *carbon = !strcmp(claim->unit, "kg") ? " CO2e" : "";
    bool named = scope && *short_scope(scope) && !*carbon;
    snprintf(out, size, "%s%s%s%s%s", sign, figure, carbon, named ? " " : "", named ? short_scope(scope) : "");
}

static void print_claim_row(FILE *out, const char *id, const traincost_report *report)
{
    char claim[2 * DISPLAY_FIGURE], range[3 * DISPLAY_FIGURE] = "-";
    const traincost_scope *scope = counted_verdicts(report);
    show_claim(report, scope, claim, sizeof claim);
    if (scope)
        show_claims_range(scope->p5, scope->p95, scope->unit, range, sizeof range);
    print_cell(out, id ? id : "", ID);
    print_cell(out, claim, CLAIM);
    print_cell(out, range, RANGE);
    bool flags = failed_audits(report) || broken_limits(report) || slips_words(report);
    display_cell(out, traincost_verdict_name(traincost_report_verdict(report)), flags ? VERDICT : 0);
    fprintf(out, "%s%s%s\n", failed_audits(report) ? "A" : "", broken_limits(report) ? "L" : "",
            slips_words(report) ? "S" : "");
}

bool render_claims_text(const struct output *output, const struct check_view *view)
{
    FILE *out = output->file;
    size_t verdicts[TRAINCOST_IMPOSSIBLE + 1] = {0};
    print_cell(out, "run", ID);
    print_cell(out, "claim", CLAIM);
    print_cell(out, "90 % range", RANGE);
    fputs("verdict\n", out);
    for (size_t i = 0; i < view->count; i++) {
        print_claim_row(out, view->ids[i], view->reports[i]);
        verdicts[traincost_report_verdict(view->reports[i])]++;
    }
    fprintf(out, "\n%zu runs:", view->count);
    for (int v = TRAINCOST_CONSISTENT; v <= TRAINCOST_IMPOSSIBLE; v++)
        fprintf(out, " %zu %s,", verdicts[v], traincost_verdict_name((traincost_verdict)v));
    fprintf(out, " %zu unchecked.\n", verdicts[TRAINCOST_UNCHECKED]);
    fputs("A: stated figures disagree. L: a limit is broken. S: a likely slip. Dollars of\n"
          "rent, ownership (own), purchase (buy), rent with base, development (dev).\n"
          "'traincost claims ID' has the whole of one.\n",
          out);
    return true;
}

bool render_claims_csv(const struct output *output, const struct check_view *view)
{
    static const char *const columns[] = {
        "id",        "name",         "claim",         "value",      "kind",   "unit",        "counts",
        "p5",        "p50",          "p95",           "percentile", "factor", "probability", "verdict",
        "fits_best", "audit_failed", "limits_broken", "slips",      "source"};
    struct csv_row row = {.out = output->file};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        csv_text(&row, columns[i]);
    csv_end(&row);
    for (size_t i = 0; i < view->count; i++) {
        const traincost_report *report = view->reports[i];
        const traincost_scope *scope = counted_verdicts(report);
        const traincost_claim *claim = traincost_report_claim_at(report, 0);
        const char *name = traincost_report_said(report, "name"),
                   *source = traincost_report_said(report, "source");
        const char *best = traincost_report_fits_best(report);
        csv_text(&row, view->ids[i] ? view->ids[i] : "");
        csv_text(&row, name ? name : "");
        csv_text(&row, claim ? claim->key : "");
        csv_number(&row, claim ? claim->value : NAN);
        csv_text(&row, claim ? claim->kind : "");
        csv_text(&row, claim ? claim->unit : "");
        csv_text(&row, scope ? scope->name : "");
        csv_number(&row, scope ? scope->p5 : NAN);
        csv_number(&row, scope ? scope->p50 : NAN);
        csv_number(&row, scope ? scope->p95 : NAN);
        csv_number(&row, scope ? scope->percentile : NAN);
        csv_number(&row, scope ? scope->factor : NAN);
        csv_number(&row, scope ? scope->probability : NAN);
        csv_text(&row, traincost_verdict_name(traincost_report_verdict(report)));
        csv_text(&row, best ? best : "");
        csv_number(&row, (double)failed_audits(report));
        csv_number(&row, (double)broken_limits(report));
        csv_number(&row, (double)slips_words(report));
        csv_text(&row, source ? source : "");
        csv_end(&row);
    }
    return true;
}
