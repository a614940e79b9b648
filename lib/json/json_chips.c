/* The catalogue's chips as JSON: all with their price at a date, or one with all that is known of it. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "base/text.h"
#include "base/text_date.h"
#include "json/json_answers.h"

#include <stdlib.h>
#include <string.h>

static const char *const json_format_names[TRAINCOST_FORMATS] = {
    [TRAINCOST_FP32] = "fp32", [TRAINCOST_TF32] = "tf32", [TRAINCOST_BF16] = "bf16", [TRAINCOST_FP16] = "fp16",
    [TRAINCOST_FP8] = "fp8",   [TRAINCOST_FP4] = "fp4",   [TRAINCOST_INT8] = "int8",
};

static void json_put_price(struct json_writer *json, const char *key, const traincost_market *market,
                           const traincost_price *price)
{
    json_open_object(json, key);
    json_put_text(json, "date", market->date);
    json_put_text(json, "term", market->term);
    json_put_text(json, "tier", market->tier);
    json_put_text(json, "region", market->region);
    json_put_range(json, price->p5, price->p50, price->p95);
    json_put_number(json, "observations", (double)price->observations);
    json_put_text(json, "basis", price->basis);
    json_close(json);
}

static void json_put_chip(struct json_writer *json, const traincost_chip *chip)
{
    json_put_text(json, "id", chip->id);
    json_put_text(json, "name", chip->name);
    json_put_text(json, "vendor", chip->vendor);
    json_put_text(json, "kind", chip->kind);
    json_put_text(json, "family", chip->family);
    json_put_text(json, "released", chip->released);
    json_open_object(json, "peak_tflops");
    for (size_t i = 0; i < TRAINCOST_FORMATS; i++)
        json_put_figure(json, json_format_names[i], chip->peak[i]);
    json_close(json);
    json_put_figure(json, "memory_gb", chip->memory_gb);
    json_put_figure(json, "bandwidth_gb_s", chip->bandwidth_gb_s);
    json_put_figure(json, "tdp_w", chip->tdp_w);
    json_put_figure(json, "chips_per_server", chip->chips_per_server);
    json_put_figure(json, "server_power_w", chip->server_power_w);
    json_put_text(json, "source", chip->source);
    json_put_text(json, "checked", chip->checked);
    json_put_text(json, "note", chip->note);
}

static void json_put_observations(struct json_writer *json, const traincost_catalog *catalog,
                                  const traincost_chip *chip)
{
    const traincost_observation *seen;
    json_open_array(json, "observations");
    for (size_t i = 0; (seen = traincost_catalog_observation(catalog, i)); i++) {
        if (strcmp(seen->chip, chip->id) != 0)
            continue;
        json_open_object(json, NULL);
        json_put_text(json, "kind", seen->kind);
        json_put_text(json, "date", seen->date);
        json_put_number(json, "usd", seen->usd);
        json_put_figure(json, "low", seen->low);
        json_put_figure(json, "high", seen->high);
        json_put_text(json, "term", seen->term);
        json_put_text(json, "tier", seen->tier);
        json_put_text(json, "includes", seen->includes);
        json_put_text(json, "vendor", seen->vendor);
        json_put_text(json, "region", seen->region);
        json_put_text(json, "source", seen->source);
        json_put_text(json, "note", seen->note);
        json_close(json);
    }
    json_close(json);
}

/* What is asked of the catalogue, and where the answer goes. */
struct json_chips {
    struct json_writer *json;
    const traincost_catalog *catalog;
    traincost_market market; /* NULL: the default of each */
    traincost_error *error;
};

static traincost_status json_put_rent(const struct json_chips *asked, const char *key,
                                      const traincost_chip *chip, const char *date, const char *term)
{
    const traincost_market market = {date, term, asked->market.tier, asked->market.region};
    traincost_price *price = NULL;
    traincost_status status = traincost_catalog_market_price(asked->catalog, chip, &market, &price, asked->error);
    if (status == TRAINCOST_OK)
        json_put_price(asked->json, key, &market, price);
    traincost_price_free(price);
    return status;
}

static traincost_status json_put_all_chips(const struct json_chips *asked)
{
    const traincost_chip *chip;
    const char *date = asked->market.date ? asked->market.date : traincost_catalog_date(asked->catalog);
    traincost_status status = TRAINCOST_OK;
    json_open_array(asked->json, "chips");
    for (size_t i = 0; status == TRAINCOST_OK && (chip = traincost_catalog_chip(asked->catalog, i)); i++) {
        json_open_object(asked->json, NULL);
        json_put_chip(asked->json, chip);
        status = json_put_rent(asked, "rental_price", chip, date, asked->market.term ? asked->market.term : "cluster");
        json_close(asked->json);
    }
    json_close(asked->json);
    return status;
}

/* On the term asked for, or on each of those that the parameter has. */
static traincost_status json_put_terms(const struct json_chips *asked, const traincost_chip *chip,
                                       const char *date)
{
    const traincost_parameter *parameter = traincost_parameter_find("term");
    const char *at = asked->market.term ? asked->market.term : parameter->values;
    traincost_status status = TRAINCOST_OK;
    while (status == TRAINCOST_OK && *at) {
        size_t length = strcspn(at, "|");
        struct text_buffer term = {0};
        text_add_bytes(&term, at, length);
        if (term.failed)
            asked->json->out.failed = true;
        else
            status = json_put_rent(asked, NULL, chip, date, term.text);
        free(term.text);
        at += length + (at[length] == '|');
    }
    return status;
}

/* Today's price and that at the date. */
static traincost_status json_put_rents(const struct json_chips *asked, const traincost_chip *chip)
{
    const char *today = traincost_catalog_date(asked->catalog);
    json_open_array(asked->json, "rental_prices");
    traincost_status status = json_put_terms(asked, chip, today);
    if (status == TRAINCOST_OK && asked->market.date && strcmp(asked->market.date, today) != 0)
        status = json_put_terms(asked, chip, asked->market.date);
    json_close(asked->json);
    return status;
}

static traincost_status json_put_one_chip(const struct json_chips *asked, const char *name)
{
    const traincost_chip *chip = NULL;
    traincost_price *hardware = NULL, *purchase = NULL;
    const traincost_market at = {.date = asked->market.date ? asked->market.date : traincost_catalog_date(asked->catalog)};
    int usual = 0;
    traincost_status status = traincost_catalog_find(asked->catalog, name, &chip, &usual, asked->error);
    if (status)
        return status;
    json_open_object(asked->json, "chip");
    json_put_chip(asked->json, chip);
    json_put_boolean(asked->json, "usual", usual != 0);
    status = json_put_rents(asked, chip);
    if (status == TRAINCOST_OK)
        status = traincost_catalog_hardware_price(asked->catalog, chip, &hardware, asked->error);
    if (status == TRAINCOST_OK)
        json_put_price(asked->json, "hardware_price", &(traincost_market){0}, hardware);
    if (status == TRAINCOST_OK)
        status = traincost_catalog_purchase_price(asked->catalog, chip, at.date, &purchase, asked->error);
    if (status == TRAINCOST_OK)
        json_put_price(asked->json, "purchase_price", &at, purchase);
    traincost_price_free(hardware);
    traincost_price_free(purchase);
    json_put_observations(asked->json, asked->catalog, chip);
    json_close(asked->json);
    return status;
}

traincost_status json_put_chips(struct json_writer *json, const traincost_catalog *catalog, const char *name,
                                const traincost_market *market, traincost_error *error)
{
    struct json_chips asked = {json, catalog, market ? *market : (traincost_market){0}, error};
    char plain[TEXT_DATE];
    const char *wrong = asked.market.date ? text_plain_date(asked.market.date, plain) : NULL;
    if (wrong)
        return error_set(error, TRAINCOST_SYNTAX, "date '%.60s': %s", asked.market.date, wrong);
    if (asked.market.date)
        asked.market.date = plain;
    json_put_text(json, "traincost", traincost_version());
    return name ? json_put_one_chip(&asked, name) : json_put_all_chips(&asked);
}

traincost_status traincost_chips_json(const traincost_catalog *catalog, const char *name, const char *date,
                                      const char *term, int line, char **text, traincost_error *error)
{
    const traincost_market market = {.date = date, .term = term};
    if (!text)
        return error_null(error, __func__);
    return traincost_chips_json_in(catalog, name, &market, line, text, error);
}

traincost_status traincost_chips_json_in(const traincost_catalog *catalog, const char *name,
                                         const traincost_market *market, int line, char **text, traincost_error *error)
{
    if (text)
        *text = NULL;
    if (!text)
        return error_null(error, __func__);
    struct json_writer json = {.lines = line != 0};
    json_open_object(&json, NULL);
    traincost_status status = json_put_chips(&json, catalog, name, market, error);
    if (status) {
        free(json.out.text);
        return status;
    }
    json_close(&json);
    return json_give(&json, text, error);
}
