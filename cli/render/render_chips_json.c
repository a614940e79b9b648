/* The catalogue of chips as JSON. */
#include "render/render_chips.h"

#include "render/to_json.h"
#include "render/words.h"

#include <string.h>

static void put_price(json_t *object, const struct priced *priced, bool *good)
{
    json_put_text(object, "date", priced->date, good);
    json_put_text(object, "term", priced->term, good);
    json_put_number(object, "p5", priced->price->p5, good);
    json_put_number(object, "p50", priced->price->p50, good);
    json_put_number(object, "p95", priced->price->p95, good);
    json_put_number(object, "observations", (double)priced->price->observations, good);
    json_put_text(object, "basis", priced->price->basis, good);
}

static json_t *price_of(const struct priced *priced, bool *good)
{
    json_t *object = json_new_object(good);
    put_price(object, priced, good);
    return object;
}

static json_t *peaks(const traincost_chip *chip, bool *good)
{
    json_t *object = json_new_object(good);
    for (size_t i = 0; i < TRAINCOST_FORMATS; i++)
        json_put_figure(object, format_names[i], chip->peak[i], good);
    return object;
}

static json_t *chip_object(const traincost_chip *chip, bool *good)
{
    json_t *object = json_new_object(good);
    json_put_text(object, "id", chip->id, good);
    json_put_text(object, "name", chip->name, good);
    json_put_text(object, "vendor", chip->vendor, good);
    json_put_text(object, "kind", chip->kind, good);
    json_put_text(object, "family", chip->family, good);
    json_put_text(object, "released", chip->released, good);
    json_put(object, "peak_tflops", peaks(chip, good), good);
    json_put_figure(object, "memory_gb", chip->memory_gb, good);
    json_put_figure(object, "bandwidth_gb_s", chip->bandwidth_gb_s, good);
    json_put_figure(object, "tdp_w", chip->tdp_w, good);
    json_put_figure(object, "chips_per_server", chip->chips_per_server, good);
    json_put_figure(object, "server_power_w", chip->server_power_w, good);
    json_put_text(object, "source", chip->source, good);
    json_put_text(object, "checked", chip->checked, good);
    json_put_text(object, "note", chip->note, good);
    return object;
}

static json_t *observations(const struct chips_view *view, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_observation *seen;
    for (size_t i = 0; (seen = traincost_catalog_observation(view->catalog, i)); i++) {
        if (strcmp(seen->chip, view->chip->id) != 0)
            continue;
        json_t *object = json_new_object(good);
        json_put_text(object, "kind", seen->kind, good);
        json_put_text(object, "date", seen->date, good);
        json_put_number(object, "usd", seen->usd, good);
        json_put_figure(object, "low", seen->low, good);
        json_put_figure(object, "high", seen->high, good);
        json_put_text(object, "term", seen->term, good);
        json_put_text(object, "tier", seen->tier, good);
        json_put_text(object, "includes", seen->includes, good);
        json_put_text(object, "vendor", seen->vendor, good);
        json_put_text(object, "source", seen->source, good);
        json_put_text(object, "note", seen->note, good);
        json_add(array, object, good);
    }
    return array;
}

static json_t *prices(const struct chips_view *view, bool *good)
{
    json_t *array = json_new_array(good);
    for (size_t i = 0; i < view->price_count; i++)
        json_add(array, price_of(&view->prices[i], good), good);
    return array;
}

static json_t *all_chips(const struct chips_view *view, bool *good)
{
    json_t *array = json_new_array(good);
    for (size_t i = 0; i < view->price_count; i++) {
        json_t *object = chip_object(traincost_catalog_chip(view->catalog, i), good);
        json_put(object, "rental_price", price_of(&view->prices[i], good), good);
        json_add(array, object, good);
    }
    return array;
}

static void put_one_chip(json_t *root, const struct chips_view *view, bool *good)
{
    json_t *object = chip_object(view->chip, good);
    const struct priced hardware = {NULL, NULL, view->hardware};
    json_put(object, "usual", json_boolean(view->usual), good);
    json_put(object, "rental_prices", prices(view, good), good);
    json_put(object, "hardware_price", price_of(&hardware, good), good);
    json_put(object, "observations", observations(view, good), good);
    json_put(root, "chip", object, good);
}

bool render_chips_json(const struct output *output, const struct chips_view *view)
{
    bool good = true;
    json_t *root = json_new_object(&good);
    json_put_text(root, "traincost", traincost_version(), &good);
    if (view->chip)
        put_one_chip(root, view, &good);
    else
        json_put(root, "chips", all_chips(view, &good), &good);
    return json_print(output->file, root, good);
}
