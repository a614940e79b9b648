/* The pages of the catalogue of chips: one chip, or all. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html.h"
#include "render/render_pages.h"

#include <math.h>
#include <string.h>

enum { PATH = 128 };

static void html_sheet(FILE *out, const traincost_chip *chip)
{
    static const struct html_column columns[] = {{"", ""}, {"", ""}};
    const struct {
        const char *what;
        double value;
        const char *unit, *path;
    } figures[] = {{"memory", chip->memory_gb, "GB", "chip.memory_gb"},
                   {"bandwidth, GB/s", chip->bandwidth_gb_s, "", "chip.bandwidth_gb_s"},
                   {"rated power", chip->tdp_w, "W", "chip.tdp_w"},
                   {"chips a server", chip->chips_per_server, "", "chip.chips_per_server"},
                   {"rated power of the server", chip->server_power_w, "W", "chip.server_power_w"},
                   {"dense bf16, TFLOP/s", chip->peak[TRAINCOST_BF16], "", "chip.peak_tflops.bf16"},
                   {"dense fp8, TFLOP/s", chip->peak[TRAINCOST_FP8], "", "chip.peak_tflops.fp8"}};
    struct html_table table;
    html_table_begin(&table, out, "", "", columns, 2);
    html_table_row(&table);
    html_cell_text(&table, "released");
    html_cell_text(&table, *chip->released ? chip->released : "not known");
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        if (figures[i].value == 0)
            continue;
        html_table_row(&table);
        html_cell_text(&table, figures[i].what);
        html_cell_value(
            &table,
            &(struct html_value){.value = figures[i].value, .unit = figures[i].unit, .path = figures[i].path});
    }
    html_table_row(&table);
    html_cell_text(&table, "source");
    html_cell_link(&table, chip->source, chip->source);
    html_table_end(&table);
}

static void html_price(struct html_table *table, const traincost_price *price, const char *path)
{
    const double values[] = {price->p5, price->p50, price->p95};
    static const char *const ends[] = {"p5", "p50", "p95"};
    char place[PATH + sizeof ".p50"];
    for (size_t k = 0; k < 3; k++) {
        snprintf(place, sizeof place, "%s.%s", path, ends[k]);
        html_cell_value(table, &(struct html_value){.value = values[k], .unit = "USD/h", .path = place});
    }
}

static void html_prices(FILE *out, const struct chips_view *view)
{
    static const struct html_column columns[] = {{"date", ""},    {"term", ""},  {"5 %", "n"},
                                                 {"median", "n"}, {"95 %", "n"}, {"from", ""}};
    struct html_table table;
    char path[PATH];
    html_table_begin(&table, out, "stack", "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < view->price_count; i++) {
        const struct priced *priced = &view->prices[i];
        snprintf(path, sizeof path, "chip.rental_prices.%zu", i);
        html_table_row(&table);
        html_cell_text(&table, priced->date);
        html_cell_text(&table, priced->term);
        html_price(&table, priced->price, path);
        html_cell_text(&table, priced->price->basis);
    }
    html_table_end(&table);
}

static void html_seen(FILE *out, const struct chips_view *view)
{
    static const struct html_column columns[] = {{"date", ""},   {"kind", "extra"}, {"term", ""},
                                                 {"vendor", ""}, {"$", "n"},        {"source", "extra"}};
    const traincost_observation *seen;
    struct html_table table;
    char path[PATH];
    size_t count = 0;
    html_search(out, "seen");
    html_table_begin(&table, out, "sortable", "seen", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (seen = traincost_catalog_observation(view->catalog, i)); i++) {
        if (strcmp(seen->chip, view->chip->id) != 0)
            continue;
        snprintf(path, sizeof path, "chip.observations.%zu.usd", count++);
        html_table_row(&table);
        html_cell_text(&table, seen->date);
        html_cell_text(&table, seen->kind);
        html_cell_text(&table, seen->term);
        html_cell_text(&table, seen->vendor);
        html_cell_value(&table, &(struct html_value){.value = seen->usd, .unit = "USD/h", .path = path});
        html_cell_link(&table, seen->source, seen->source);
    }
    html_table_end(&table);
}

static void html_one_chip(FILE *out, const struct chips_view *view)
{
    html_open(out, "What it is", true);
    html_sheet(out, view->chip);
    html_close(out);
    html_open(out, "What an hour costs", true);
    html_prices(out, view);
    html_close(out);
    html_open(out, "Every price seen", true);
    html_seen(out, view);
    html_close(out);
}

static void html_every_chip(FILE *out, const struct chips_view *view)
{
    static const struct html_column columns[] = {
        {"chip", ""},      {"id", "extra"},  {"released", "extra"}, {"TFLOP/s, bf16", "n extra"},
        {"GB", "n extra"}, {"W", "n extra"}, {"5 %", "n"},          {"median", "n"},
        {"95 %", "n"}};
    struct html_table table;
    char path[PATH];
    html_search(out, "chips");
    html_table_begin(&table, out, "sortable", "chips", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < view->price_count; i++) {
        const traincost_chip *chip = traincost_catalog_chip(view->catalog, i);
        const double figures[] = {chip->peak[TRAINCOST_BF16], chip->memory_gb, chip->tdp_w};
        html_table_row(&table);
        html_cell_link(&table, chip->source, chip->name);
        html_cell_text(&table, chip->id);
        html_cell_text(&table, chip->released);
        for (size_t k = 0; k < 3; k++)
            html_cell_value(&table,
                            &(struct html_value){.value = figures[k] != 0 ? figures[k] : NAN, .unit = ""});
        snprintf(path, sizeof path, "chips.%zu.rental_price", i);
        html_price(&table, view->prices[i].price, path);
    }
    html_table_end(&table);
}

static bool write_chips_page(FILE *out, struct picture *picture, const struct chips_view *view,
                             const char *json)
{
    html_begin(out, picture->title);
    html_text(out, "h1", "", picture->title);
    html_text(out, "p", "", picture->lead);
    if (!view->chip)
        html_every_chip(out, view);
    bool good = html_figure(out, picture);
    if (view->chip)
        html_one_chip(out, view);
    html_end(out, picture->foot, json);
    return good;
}

bool render_chips_html(const struct output *output, const struct chips_view *view)
{
    struct picture picture;
    char *json = chips_json(view);
    picture_begin(&picture);
    picture_chips(&picture, view);
    picture_cite(&picture, output);
    bool good = json && !picture.failed && write_chips_page(output->file, &picture, view, json);
    traincost_text_free(json);
    picture_end(&picture);
    return good;
}
