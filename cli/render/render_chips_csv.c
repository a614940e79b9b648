/* The catalogue of chips as CSV. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_chips.h"

#include "render/to_csv.h"
#include "render/words.h"

#include <string.h>

static void put_names(struct csv_row *row, const char *const *names)
{
    for (; *names; names++)
        csv_text(row, *names);
}

static void put_chip(struct csv_row *row, const traincost_chip *chip, const struct priced *priced)
{
    csv_text(row, chip->id);
    csv_text(row, chip->name);
    csv_text(row, chip->vendor);
    csv_text(row, chip->kind);
    csv_text(row, chip->family);
    csv_text(row, chip->released);
    for (size_t i = 0; i < TRAINCOST_FORMATS; i++)
        csv_figure(row, chip->peak[i]);
    csv_figure(row, chip->memory_gb);
    csv_figure(row, chip->bandwidth_gb_s);
    csv_figure(row, chip->tdp_w);
    csv_figure(row, chip->chips_per_server);
    csv_figure(row, chip->server_power_w);
    csv_text(row, priced->date);
    csv_text(row, priced->term);
    csv_number(row, priced->price->p5);
    csv_number(row, priced->price->p50);
    csv_number(row, priced->price->p95);
    csv_number(row, (double)priced->price->observations);
    csv_text(row, priced->price->basis);
    csv_text(row, chip->source);
    csv_text(row, chip->checked);
    csv_text(row, chip->note);
    csv_end(row);
}

static void put_chips(struct csv_row *row, const struct chips_view *view)
{
    static const char *const first[] = {"id", "name", "vendor", "kind", "family", "released", NULL};
    static const char *const last[] = {
        "memory_gb",      "bandwidth_gb_s", "tdp_w",        "chips_per_server",
        "server_power_w", "date",           "term",         "rental_p5",
        "rental_p50",     "rental_p95",     "observations", "basis",
        "source",         "checked",        "note",         NULL,
    };
    put_names(row, first);
    for (size_t i = 0; i < TRAINCOST_FORMATS; i++)
        csv_text(row, format_names[i]);
    put_names(row, last);
    csv_end(row);
    for (size_t i = 0; i < view->price_count; i++)
        put_chip(row, traincost_catalog_chip(view->catalog, i), &view->prices[i]);
}

/* The columns of prices.csv, so that what comes out can go in with --catalog. */
static void put_observations(struct csv_row *row, const struct chips_view *view)
{
    static const char *const names[] = {"chip", "kind",     "usd",    "low_usd", "high_usd", "date", "term",
                                        "tier", "includes", "vendor", "region",  "source",   "note", NULL};
    const traincost_observation *seen;
    put_names(row, names);
    csv_end(row);
    for (size_t i = 0; (seen = traincost_catalog_observation(view->catalog, i)); i++) {
        if (strcmp(seen->chip, view->chip->id) != 0)
            continue;
        csv_text(row, seen->chip);
        csv_text(row, seen->kind);
        csv_number(row, seen->usd);
        csv_figure(row, seen->low);
        csv_figure(row, seen->high);
        csv_text(row, seen->date);
        csv_text(row, seen->term);
        csv_text(row, seen->tier);
        csv_text(row, seen->includes);
        csv_text(row, seen->vendor);
        csv_text(row, seen->region);
        csv_text(row, seen->source);
        csv_text(row, seen->note);
        csv_end(row);
    }
}

bool render_chips_csv(const struct output *output, const struct chips_view *view)
{
    struct csv_row row = {.out = output->file};
    if (view->chip)
        put_observations(&row, view);
    else
        put_chips(&row, view);
    return true;
}
