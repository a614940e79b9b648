/* Checks as JSON. */
#include "render/render_check.h"

#include "render/to_json.h"

#include <math.h>
#include <string.h>

/* The names of the figures as members; in the order of the keys they stand for. */
static const char *member_of(const char *key)
{
    static const struct {
        const char *key, *member;
    } members[] = {{"usd", "usd"},
                   {"energy", "energy_kwh"},
                   {"co2", "co2_kg"},
                   {"chip-hours", "chip_hours"},
                   {"rental-price", "rental_price"},
                   {"mfu", "mfu"}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (!strcmp(members[i].key, key))
            return members[i].member;
    return key;
}

static json_t *figures(const traincost_report *report, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_claim *json_claim;
    for (size_t i = 0; (json_claim = traincost_report_claim_at(report, i)); i++) {
        json_t *object = json_new_object(good);
        json_put_text(object, "key", json_claim->key, good);
        json_put(object, "unit", json_string(json_claim->unit), good);
        json_put_text(object, "kind", json_claim->kind, good);
        json_put_number(object, "value", json_claim->value, good);
        json_put_number(object, "low", json_claim->low, good);
        json_put_number(object, "high", json_claim->high, good);
        json_put_text(object, "text", json_claim->text, good);
        json_add(array, object, good);
    }
    return array;
}

/* The figures by name, the kind of the first, what was said, and the figures with all that belongs to them. */
static json_t *json_claim(const traincost_report *report, bool *good)
{
    static const char *const said[][2] = {{"counts", "counts"},
                                          {"energy-counts", "energy_counts"},
                                          {"organization", "organization"},
                                          {"published", "published"},
                                          {"source", "source"},
                                          {"confidence", "confidence"},
                                          {"status", "status"},
                                          {"run-status", "run_status"},
                                          {"telling-of", "telling_of"},
                                          {"note", "note"},
                                          {"contradiction", "contradiction"}};
    json_t *object = json_new_object(good);
    const traincost_claim *figure, *first = traincost_report_claim_at(report, 0);
    json_put_text(object, "id", traincost_report_said(report, "id"), good);
    json_put_text(object, "name", traincost_report_said(report, "name"), good);
    for (size_t i = 0; (figure = traincost_report_claim_at(report, i)); i++)
        json_put_number(object, member_of(figure->key), figure->value, good);
    json_put_text(object, "kind", first ? first->kind : NULL, good);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        const char *text = traincost_report_said(report, said[i][0]);
        bool rent = i == 0 && !text && first && !strcmp(first->key, "usd");
        json_put_text(object, said[i][1], rent ? "rental" : text, good);
    }
    const char *circular = traincost_report_said(report, "circular");
    if (circular && !strcmp(circular, "yes"))
        json_put(object, "circular", json_true(), good);
    json_put(object, "figures", figures(report, good), good);
    return object;
}

static json_t *json_audit(const traincost_report *report, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_audit *item;
    for (size_t i = 0; (item = traincost_report_audit_at(report, i)); i++) {
        json_t *object = json_new_object(good);
        json_put_text(object, "what", item->what, good);
        json_put(object, "unit", json_string(item->unit), good);
        json_put_number(object, "stated", item->stated, good);
        json_put_number(object, "computed", item->computed, good);
        json_put(object, "ok", json_boolean(item->ok), good);
        json_add(array, object, good);
    }
    return array;
}

static json_t *limits(const traincost_report *report, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_limit *item;
    for (size_t i = 0; (item = traincost_report_limit_at(report, i)); i++) {
        json_t *object = json_new_object(good);
        json_put_text(object, "what", item->what, good);
        json_put(object, "unit", json_string(item->unit), good);
        json_put(object, "ok", json_boolean(item->ok), good);
        json_put_number(object, "value", item->value, good);
        json_put_number(object, "limit", item->limit, good);
        json_add(array, object, good);
    }
    return array;
}

static void put_percentiles(json_t *object, double p5, double p50, double p95, bool *good)
{
    json_put_number(object, "p5", p5, good);
    json_put_number(object, "p50", p50, good);
    json_put_number(object, "p95", p95, good);
}

static json_t *scopes(const traincost_report *report, bool *good)
{
    json_t *all = json_new_object(good);
    const traincost_scope *scope;
    for (size_t i = 0; (scope = traincost_report_scope_at(report, i)); i++) {
        json_t *object = json_new_object(good);
        put_percentiles(object, scope->p5, scope->p50, scope->p95, good);
        json_put_number(object, "percentile", scope->percentile, good);
        json_put_text(object, "verdict", traincost_verdict_name(scope->verdict), good);
        json_put_number(object, "factor", scope->factor, good);
        json_put_number(object, "probability", scope->probability, good);
        json_put_text(object, "name", scope->name, good);
        json_put_text(object, "unit", scope->unit, good);
        json_put(object, "counted", json_boolean(scope->counted), good);
        json_put(object, "best", json_boolean(scope->best), good);
        json_put(all, scope->key, object, good);
    }
    return all;
}

static json_t *json_slips(const traincost_report *report, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_slip *slip;
    for (size_t i = 0; (slip = traincost_report_slip_at(report, i)); i++) {
        json_t *object = json_new_object(good);
        json_put_text(object, "what", slip->what, good);
        json_put_number(object, "factor", slip->factor, good);
        json_put_text(object, "figure", slip->figure, good);
        json_add(array, object, good);
    }
    return array;
}

/* The figures themselves, and under "usual" what is usual for them. */
static json_t *json_implied(const traincost_report *report, bool *good)
{
    json_t *all = json_new_object(good), *usual = json_new_object(good);
    const traincost_implied *item;
    for (size_t i = 0; (item = traincost_report_implied_at(report, i)); i++) {
        json_put_number(all, item->key, item->value, good);
        if (isnan(item->p50))
            continue;
        json_t *object = json_new_object(good);
        put_percentiles(object, item->p5, item->p50, item->p95, good);
        json_put(usual, item->key, object, good);
    }
    json_put(all, "usual", usual, good);
    return all;
}

static json_t *json_left_out(const traincost_report *report, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_left_out *item;
    for (size_t i = 0; (item = traincost_report_left_out_at(report, i)); i++) {
        json_t *object = json_new_object(good);
        json_put_text(object, "what", item->what, good);
        put_percentiles(object, item->p5, item->p50, item->p95, good);
        json_add(array, object, good);
    }
    return array;
}

static json_t *unchecked(const traincost_report *report, bool *good)
{
    json_t *array = json_new_array(good);
    const char *line;
    for (size_t i = 0; (line = traincost_report_unchecked_at(report, i)); i++)
        json_add(array, json_text(line), good);
    return array;
}

static json_t *whole(const traincost_report *report, bool *good)
{
    json_t *root = json_new_object(good);
    json_put(root, "claim", json_claim(report, good), good);
    json_put_text(root, "verdict", traincost_verdict_name(traincost_report_verdict(report)), good);
    json_put_text(root, "fits_best", traincost_report_fits_best(report), good);
    json_put(root, "audit", json_audit(report, good), good);
    json_put(root, "limits", limits(report, good), good);
    json_put(root, "scopes", scopes(report, good), good);
    json_put(root, "slips", json_slips(report, good), good);
    json_put(root, "implied", json_implied(report, good), good);
    json_put(root, "not_checked", unchecked(report, good), good);
    json_put(root, "leaves_out", json_left_out(report, good), good);
    return root;
}

bool render_check_json(const struct output *output, const struct check_view *view)
{
    bool good = true;
    json_t *root = whole(view->reports[0], &good);
    return json_print(output->file, root, good);
}

bool render_claims_json(const struct output *output, const struct check_view *view)
{
    bool good = true;
    json_t *root = json_new_object(&good), *claims = json_new_array(&good);
    for (size_t i = 0; i < view->count; i++)
        json_add(claims, whole(view->reports[i], &good), &good);
    json_put(root, "claims", claims, &good);
    return json_print(output->file, root, good);
}
