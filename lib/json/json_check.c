/* Checks as JSON. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "json/json_answers.h"

#include <math.h>
#include <string.h>

/* The names of the figures as members; in the order of the keys they stand for. */
static const char *json_claim_member(const char *key)
{
    static const struct {
        const char *key, *member;
    } members[] = {{"usd", "usd"},
                   {"energy", "energy_kwh"},
                   {"co2", "co2_kg"},
                   {"chip-hours", "chip_hours"},
                   {"rental-price", "rental_price"},
                   {"mfu", "mfu"},
                   {"hours", "hours"},
                   {"throughput", "throughput"}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!strcmp(members[i].key, key))
            return members[i].member;
    return key;
}

static void json_put_claim_figures(struct json_writer *json, const traincost_report *report)
{
    const traincost_claim *claim;
    json_open_array(json, "figures");
    for (size_t i = 0; (claim = traincost_report_claim_at(report, i)); i++) {
        json_open_object(json, NULL);
        json_put_text(json, "key", claim->key);
        json_put_words(json, "unit", claim->unit);
        json_put_text(json, "kind", claim->kind);
        json_put_number(json, "value", claim->value);
        json_put_number(json, "low", claim->low);
        json_put_number(json, "high", claim->high);
        json_put_text(json, "text", claim->text);
        json_close(json);
    }
    json_close(json);
}

/* The figures by name, the kind of the first, what was said, and the figures with all that belongs to them. */
static void json_put_claim(struct json_writer *json, const traincost_report *report)
{
    static const char *const said[][2] = {{"counts", "counts"},
                                          {"energy-counts", "energy_counts"},
                                          {"organization", "organization"},
                                          {"published", "published"},
                                          {"dollars", "dollars"},
                                          {"source", "source"},
                                          {"confidence", "confidence"},
                                          {"status", "status"},
                                          {"run-status", "run_status"},
                                          {"telling-of", "telling_of"},
                                          {"note", "note"},
                                          {"contradiction", "contradiction"}};
    const traincost_claim *figure, *first = traincost_report_claim_at(report, 0);
    json_open_object(json, "claim");
    json_put_text(json, "id", traincost_report_said(report, "id"));
    json_put_text(json, "name", traincost_report_said(report, "name"));
    for (size_t i = 0; (figure = traincost_report_claim_at(report, i)); i++)
        json_put_number(json, json_claim_member(figure->key), figure->value);
    json_put_text(json, "kind", first ? first->kind : NULL);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        const char *text = traincost_report_said(report, said[i][0]);
        bool rent = i == 0 && !text && first && !strcmp(first->key, "usd");
        json_put_text(json, said[i][1], rent ? "rental" : text);
    }
    const char *circular = traincost_report_said(report, "circular");
    if (circular && !strcmp(circular, "yes"))
        json_put_boolean(json, "circular", true);
    json_put_claim_figures(json, report);
    json_close(json);
}

static void json_put_audit(struct json_writer *json, const traincost_report *report)
{
    const traincost_audit *item;
    json_open_array(json, "audit");
    for (size_t i = 0; (item = traincost_report_audit_at(report, i)); i++) {
        json_open_object(json, NULL);
        json_put_text(json, "what", item->what);
        json_put_words(json, "unit", item->unit);
        json_put_number(json, "stated", item->stated);
        json_put_number(json, "computed", item->computed);
        json_put_boolean(json, "ok", item->ok);
        json_close(json);
    }
    json_close(json);
}

static void json_put_limits(struct json_writer *json, const traincost_report *report)
{
    const traincost_limit *item;
    json_open_array(json, "limits");
    for (size_t i = 0; (item = traincost_report_limit_at(report, i)); i++) {
        json_open_object(json, NULL);
        json_put_text(json, "what", item->what);
        json_put_words(json, "unit", item->unit);
        json_put_boolean(json, "ok", item->ok);
        if (item->value_date) {
            json_put_text(json, "value", item->value_date);
            json_put_text(json, "limit", item->limit_date);
        } else {
            json_put_number(json, "value", item->value);
            json_put_number(json, "limit", item->limit);
        }
        json_close(json);
    }
    json_close(json);
}

static void json_put_scopes(struct json_writer *json, const traincost_report *report)
{
    const traincost_scope *scope;
    json_open_object(json, "scopes");
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        json_open_object(json, scope->key);
        json_put_range(json, scope->p5, scope->p50, scope->p95);
        json_put_number(json, "percentile", scope->percentile);
        json_put_text(json, "verdict", traincost_verdict_name(scope->verdict));
        json_put_number(json, "factor", scope->factor);
        json_put_number(json, "probability", scope->probability);
        json_put_number(json, "further_out", scope->further_out);
        json_put_text(json, "name", scope->name);
        json_put_text(json, "unit", scope->unit);
        json_put_boolean(json, "counted", scope->counted);
        json_put_boolean(json, "best", scope->best);
        json_put_text(json, "note", scope->note);
        json_close(json);
    }
    json_close(json);
}

static void json_put_slips(struct json_writer *json, const traincost_report *report)
{
    const traincost_slip *slip;
    json_open_array(json, "slips");
    for (size_t i = 0; (slip = traincost_report_slip_at(report, i)); i++) {
        json_open_object(json, NULL);
        json_put_text(json, "what", slip->what);
        json_put_number(json, "factor", slip->factor);
        json_put_text(json, "figure", slip->figure);
        json_close(json);
    }
    json_close(json);
}

/* The figures themselves, and under "usual" what is usual for them. */
static void json_put_implied(struct json_writer *json, const traincost_report *report)
{
    const traincost_implied *item;
    json_open_object(json, "implied");
    for (size_t i = 0; (item = traincost_report_implied_at(report, i)); i++)
        json_put_number(json, item->key, item->value);
    json_open_object(json, "usual");
    for (size_t i = 0; (item = traincost_report_implied_at(report, i)); i++) {
        if (isnan(item->p50))
            continue;
        json_open_object(json, item->key);
        json_put_range(json, item->p5, item->p50, item->p95);
        json_close(json);
    }
    json_close(json);
    json_close(json);
}

static void json_put_unchecked(struct json_writer *json, const traincost_report *report)
{
    const char *line;
    json_open_array(json, "not_checked");
    for (size_t i = 0; (line = traincost_report_unchecked_at(report, i)); i++)
        json_put_words(json, NULL, line);
    json_close(json);
}

static void json_put_leaves_out(struct json_writer *json, const traincost_report *report)
{
    const traincost_left_out *item;
    json_open_array(json, "leaves_out");
    for (size_t i = 0; (item = traincost_report_left_out_at(report, i)); i++) {
        json_open_object(json, NULL);
        json_put_text(json, "what", item->what);
        json_put_range(json, item->p5, item->p50, item->p95);
        json_close(json);
    }
    json_close(json);
}

static void json_put_family(struct json_writer *json, const traincost_report *report)
{
    const traincost_family *family = traincost_report_family(report);
    if (!family)
        return;
    json_open_object(json, "family");
    json_put_number(json, "figures", (double)family->figures);
    json_put_number(json, "level", family->level);
    json_put_number(json, "further_out", family->further_out);
    json_put_text(json, "verdict", traincost_verdict_name(family->verdict));
    json_close(json);
}

/* What it was made with. */
static void json_put_made(struct json_writer *json, const traincost_report *report)
{
    json_put_text(json, "traincost", traincost_version());
    json_put_text(json, "date", traincost_report_date(report));
    json_put_number(json, "samples", traincost_report_samples(report));
    json_put_number(json, "seed", traincost_report_seed(report));
}

void json_put_check(struct json_writer *json, const traincost_report *report)
{
    json_put_made(json, report);
    if (traincost_report_result(report))
        json_put_dollars(json, traincost_result_dollars(traincost_report_result(report)));
    json_put_claim(json, report);
    json_put_text(json, "verdict", traincost_verdict_name(traincost_report_verdict(report)));
    json_put_text(json, "fits_best", traincost_report_fits_best(report));
    json_put_audit(json, report);
    json_put_limits(json, report);
    json_put_scopes(json, report);
    json_put_family(json, report);
    json_put_slips(json, report);
    json_put_implied(json, report);
    json_put_unchecked(json, report);
    json_put_leaves_out(json, report);
}

traincost_status traincost_report_json(const traincost_report *report, int line, char **text,
                                       traincost_error *error)
{
    if (text)
        *text = NULL;
    if (!report || !text)
        return error_null(error, __func__);
    struct json_writer json = {.lines = line != 0};
    json_open_object(&json, NULL);
    json_put_check(&json, report);
    json_close(&json);
    return json_give(&json, text, error);
}

traincost_status traincost_reports_json(const traincost_report *const *reports, size_t count, int line,
                                        char **text, traincost_error *error)
{
    bool given = text != NULL;
    if (text)
        *text = NULL;
    for (size_t i = 0; given && i < count; i++)
        given = reports && reports[i];
    if (!given)
        return error_null(error, __func__);
    struct json_writer json = {.lines = line != 0};
    json_open_object(&json, NULL);
    json_put_text(&json, "traincost", traincost_version());
    json_put_text(&json, "date", traincost_catalog_date(NULL));
    json_put_number(&json, "samples", count > 0 ? traincost_report_samples(reports[0]) : NAN);
    json_put_number(&json, "seed", count > 0 ? traincost_report_seed(reports[0]) : NAN);
    json_open_array(&json, "claims");
    for (size_t i = 0; i < count; i++) {
        json_open_object(&json, NULL);
        json_put_check(&json, reports[i]);
        json_close(&json);
    }
    json_close(&json);
    json_close(&json);
    return json_give(&json, text, error);
}
