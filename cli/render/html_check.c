/* The pages of a check and of all claims. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html.h"
#include "render/render_pages.h"

#include "render/sentence.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

enum { PATH = 256 };

#if defined(__GNUC__)
__attribute__((__format__(__printf__, 4, 5)))
#endif
static void
html_cell_number(struct html_table *table, double value, const char *unit, const char *format, ...)
{
    char path[PATH];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(path, sizeof path, format, arguments);
    va_end(arguments);
    html_cell_value(table, &(struct html_value){value, unit, path, NULL, NULL, NULL});
}

/* As text says it, never 0 or 100 %. */
static void html_cell_percent(struct html_table *table, double share, const char *key, const char *what)
{
    struct sentence words = {.length = 0};
    char path[PATH];
    snprintf(path, sizeof path, "scopes.%s.%s", key, what);
    say_percent(&words, share);
    html_cell_value(table, &(struct html_value){share, "share", path, words.text, NULL, NULL});
}

static void html_cell_verdict(struct html_table *table, traincost_verdict verdict)
{
    html_cell_text(table, traincost_verdict_name(verdict));
}

static void html_scopes(FILE *out, const traincost_report *report)
{
    const traincost_scope *scope;
    struct html_table table;
    bool bounds = false;
    if (!traincost_report_scope_at(report, 0))
        return;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++)
        bounds |= !isnan(scope->probability);
    const struct html_column columns[] = {{"what it could count", ""}, {"5 %", "n"},
                                          {"median", "n"},             {"95 %", "n"},
                                          {"share below", "n extra"},  {"claim / median", "n extra"},
                                          {bounds ? "holds" : "verdict", "k"}};
    html_table_begin(&table, out, "", "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        struct sentence words = {.length = 0};
        if (!strcmp(scope->claim, "chip-hours") && scope->p5 == scope->p95)
            continue; /* the audit has it */
        say(&words, scope_label(scope));
        say(&words, scope->counted && scope_is_read(report, scope) ? scope_is_best(report, scope) ? " (fits best)" : " (counted)" : "");
        html_table_row(&table);
        html_cell_text(&table, words.text);
        html_cell_number(&table, scope->p5, scope->unit, "scopes.%s.p5", scope->key);
        html_cell_number(&table, scope->p50, scope->unit, "scopes.%s.p50", scope->key);
        html_cell_number(&table, scope->p95, scope->unit, "scopes.%s.p95", scope->key);
        html_cell_percent(&table, scope->percentile, scope->key, "percentile");
        html_cell_number(&table, scope->factor, "", "scopes.%s.factor", scope->key);
        if (isnan(scope->probability))
            html_cell_text(&table, would_be(report, scope));
        else
            html_cell_percent(&table, scope->probability, scope->key, "probability");
    }
    html_table_end(&table);
}

static void html_left_out(FILE *out, const traincost_report *report)
{
    static const struct html_column columns[] = {{"what", ""}, {"5 %", "n"}, {"median", "n"}, {"95 %", "n"}};
    const traincost_left_out *item;
    struct html_table table;
    if (!traincost_report_left_out_at(report, 0))
        return;
    html_open(out, "What the figure leaves out", true);
    html_table_begin(&table, out, "", "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (item = traincost_report_left_out_at(report, i)); i++) {
        html_table_row(&table);
        html_cell_text(&table, item->what);
        html_cell_number(&table, item->p5, item->unit, "leaves_out.%zu.p5", i);
        html_cell_number(&table, item->p50, item->unit, "leaves_out.%zu.p50", i);
        html_cell_number(&table, item->p95, item->unit, "leaves_out.%zu.p95", i);
    }
    html_table_end(&table);
    html_close(out);
}

/* What text says of it, as a date or in full. */
static void html_cell_in_full(struct html_table *table, double value, const char *unit, const char *path)
{
    struct sentence words = {.length = 0};
    say_in_full(&words, value, unit);
    html_cell_value(table, &(struct html_value){value, unit, path, words.text, NULL, NULL});
}

static void html_audit(FILE *out, const traincost_report *report)
{
    static const struct html_column columns[] = {
        {"stated figures", ""}, {"stated", "n"}, {"computed", "n"}, {"", "k"}};
    const traincost_audit *item;
    struct html_table table;
    char path[PATH];
    if (!traincost_report_audit_at(report, 0))
        return;
    html_open(out, "Do the stated figures agree?", true);
    html_table_begin(&table, out, "", "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (item = traincost_report_audit_at(report, i)); i++) {
        html_table_row(&table);
        html_cell_text(&table, item->what);
        snprintf(path, sizeof path, "audit.%zu.stated", i);
        html_cell_in_full(&table, item->stated, item->unit, path);
        snprintf(path, sizeof path, "audit.%zu.computed", i);
        html_cell_in_full(&table, item->computed, item->unit, path);
        html_cell_text(&table, item->ok ? "ok" : "DIFFERS");
    }
    html_table_end(&table);
    html_close(out);
}

static void html_limits(FILE *out, const traincost_report *report)
{
    static const struct html_column columns[] = {{"limit", ""}, {"value", "n"}, {"limit", "n"}, {"", "k"}};
    const traincost_limit *item;
    struct html_table table;
    char path[PATH];
    if (!traincost_report_limit_at(report, 0))
        return;
    html_open(out, "What cannot be", false);
    html_table_begin(&table, out, "", "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (item = traincost_report_limit_at(report, i)); i++) {
        html_table_row(&table);
        html_cell_text(&table, item->what);
        if (item->limit_date) {
            html_cell_text(&table, item->value_date);
            html_cell_text(&table, item->limit_date);
        } else {
            snprintf(path, sizeof path, "limits.%zu.value", i);
            html_cell_in_full(&table, item->value, item->unit, path);
            snprintf(path, sizeof path, "limits.%zu.limit", i);
            html_cell_in_full(&table, item->limit, item->unit, path);
        }
        html_cell_text(&table, item->ok ? "ok" : "BROKEN");
    }
    html_table_end(&table);
    html_close(out);
}

static const char *implied_label(const char *key)
{
    static const char *const labels[][2] = {{"usd_per_chip_hour", "dollars a chip-hour"},
                                            {"usd_per_chip", "dollars a chip"},
                                            {"mfu", "MFU"},
                                            {"w_per_chip", "power a chip"},
                                            {"energy_over_rated", "energy over rated power x hours"},
                                            {"kg_per_kwh", "CO2e of a kWh"},
                                            {"chip_hours", "chip-hours that it buys at the market's price"}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (!strcmp(labels[i][0], key))
            return labels[i][1];
    return key;
}

static void html_implied(FILE *out, const traincost_report *report)
{
    static const struct html_column columns[] = {
        {"it makes", ""}, {"by the claim", "n"}, {"usual: 5 %", "n"}, {"median", "n extra"}, {"95 %", "n"}};
    const traincost_implied *item;
    struct html_table table;
    if (!traincost_report_implied_at(report, 0))
        return;
    html_open(out, "What the claim implies", true);
    html_table_begin(&table, out, "", "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (item = traincost_report_implied_at(report, i)); i++) {
        const char *unit = strcmp(item->unit, "ratio") ? item->unit : "";
        html_table_row(&table);
        html_cell_text(&table, implied_label(item->key));
        html_cell_number(&table, item->value, unit, "implied.%s", item->key);
        html_cell_number(&table, item->p5, unit, "implied.usual.%s.p5", item->key);
        html_cell_number(&table, item->p50, unit, "implied.usual.%s.p50", item->key);
        html_cell_number(&table, item->p95, unit, "implied.usual.%s.p95", item->key);
    }
    html_table_end(&table);
    html_close(out);
}

static void html_slips(FILE *out, const traincost_report *report)
{
    static const struct html_column columns[] = {{"a likely slip", ""}, {"in", ""}, {"factor", "n"}};
    const traincost_slip *item;
    struct html_table table;
    if (!traincost_report_slip_at(report, 0))
        return;
    html_open(out, "What may have happened", true);
    html_table_begin(&table, out, "", "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (item = traincost_report_slip_at(report, i)); i++) {
        html_table_row(&table);
        html_cell_text(&table, item->what);
        html_cell_text(&table, figure_words(item->figure) + strlen(" in "));
        html_cell_number(&table, item->factor, "", "slips.%zu.factor", i);
    }
    html_table_end(&table);
    html_close(out);
}

static void html_unchecked(FILE *out, const traincost_report *report)
{
    const char *line;
    if (!traincost_report_unchecked_at(report, 0))
        return;
    html_open(out, "What could not be checked", false);
    fputs("<ul>\n", out);
    for (size_t i = 0; (line = traincost_report_unchecked_at(report, i)); i++)
        html_text(out, "li", "", line);
    fputs("</ul>\n", out);
    html_close(out);
}

static void html_said(FILE *out, const traincost_report *report)
{
    static const char *const keys[] = {"note", "contradiction"};
    const char *source = traincost_report_said(report, "source");
    if (source) {
        fputs("<p>Claimed in: ", out);
        html_link(out, source, source);
        fputs("</p>\n", out);
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (traincost_report_said(report, keys[i]))
            html_text(out, "p", "small", traincost_report_said(report, keys[i]));
}

static const char *verdict_class(traincost_verdict verdict)
{
    return verdict == TRAINCOST_CONSISTENT  ? "verdict consistent"
           : verdict == TRAINCOST_UNCHECKED ? "verdict unchecked"
                                            : "verdict low";
}

static bool write_check_page(FILE *out, struct picture *picture, const traincost_report *report,
                             const char *json)
{
    const traincost_result *result = traincost_report_result(report);
    const char *verdict = traincost_verdict_name(traincost_report_verdict(report));
    html_begin(out, picture->title);
    html_text(out, "h1", "", picture->title);
    fputs("<p>", out);
    html_text(out, "span", verdict_class(traincost_report_verdict(report)), verdict);
    fputs("</p>\n", out);
    html_text(out, "p", "", picture->lead);
    bool good = html_figure(out, picture);
    html_scopes(out, report);
    html_said(out, report);
    html_slips(out, report);
    html_implied(out, report);
    html_left_out(out, report);
    html_audit(out, report);
    html_limits(out, report);
    html_unchecked(out, report);
    if (result) {
        html_open(out, "Inputs and what they rest on", false);
        html_inputs(out, result, NULL);
        html_close(out);
    }
    html_end(out, picture->foot, json);
    return good;
}

bool render_check_html(const struct output *output, const struct check_view *view)
{
    struct picture picture;
    char *json = NULL;
    picture_begin(&picture);
    picture_check(&picture, view);
    picture_cite(&picture, output);
    bool good = traincost_report_json(view->reports[0], 0, &json, NULL) == TRAINCOST_OK && !picture.failed &&
                write_check_page(output->file, &picture, view->reports[0], json);
    traincost_text_free(json);
    picture_end(&picture);
    return good;
}

/* ---- all claims ---- */

static const traincost_scope *scope_counted(const traincost_report *report)
{
    const traincost_scope *scope;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++)
        if (scope->counted)
            return scope;
    return NULL;
}

static void claim_row(struct html_table *table, const traincost_report *report, const char *id, size_t index)
{
    char words[CLAIM_WORDS] = "";
    const traincost_claim *claim = traincost_report_claim_at(report, 0);
    const traincost_scope *scope = scope_counted(report);
    const char *name = traincost_report_said(report, "name"), *source = traincost_report_said(report, "source");
    if (claim)
        claim_words(claim, words);
    html_table_row(table);
    html_cell_link(table, source, name ? name : id ? id : "");
    html_cell_text(table, id);
    html_cell_text(table, words);
    html_cell_text(table, scope ? scope_label(scope) : "");
    html_cell_number(table, scope ? scope->p5 : NAN, scope ? scope->unit : "", "claims.%zu.scopes.%s.p5", index,
                     scope ? scope->key : "");
    html_cell_number(table, scope ? scope->p95 : NAN, scope ? scope->unit : "", "claims.%zu.scopes.%s.p95",
                     index, scope ? scope->key : "");
    html_cell_number(table, scope ? scope->factor : NAN, "", "claims.%zu.scopes.%s.factor", index,
                     scope ? scope->key : "");
    html_cell_verdict(table, traincost_report_verdict(report));
}

static bool write_claims_page(FILE *out, struct picture *picture, const struct check_view *view,
                              const char *json)
{
    static const struct html_column columns[] = {{"run", ""},
                                                 {"id", "extra"},
                                                 {"claim", ""},
                                                 {"counts", "extra"},
                                                 {"5 %", "n"},
                                                 {"95 %", "n"},
                                                 {"claim / median", "n extra"},
                                                 {"verdict", "k"}};
    struct html_table table;
    html_begin(out, "Published claims of what training cost");
    html_text(out, "h1", "", picture->title);
    html_text(out, "p", "", picture->lead);
    bool good = html_figure(out, picture);
    html_search(out, "claims");
    html_table_begin(&table, out, "sortable", "claims", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < view->count; i++)
        claim_row(&table, view->reports[i], view->ids[i], i);
    html_table_end(&table);
    html_end(out, picture->foot, json);
    return good;
}

bool render_claims_html(const struct output *output, const struct check_view *view)
{
    struct picture picture;
    char *json = NULL;
    picture_begin(&picture);
    picture_claims(&picture, view);
    picture_cite(&picture, output);
    bool good = traincost_reports_json(view->reports, view->count, 0, &json, NULL) == TRAINCOST_OK &&
                !picture.failed && write_claims_page(output->file, &picture, view, json);
    traincost_text_free(json);
    picture_end(&picture);
    return good;
}
