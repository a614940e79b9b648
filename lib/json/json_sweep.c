/* Sweeps as JSON. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "json/json_answers.h"

#include <math.h>

static void json_put_point_output(struct json_writer *json, const traincost_sweep *sweep,
                                  const traincost_output *figure)
{
    json_open_object(json, figure->key);
    json_put_words(json, "unit", figure->unit);
    json_put_number(json, "mean", figure->mean);
    json_put_number(json, "sd", figure->sd);
    for (size_t i = 0; i < figure->levels; i++) {
        char name[JSON_LEVEL];
        json_level_name(traincost_sweep_level(sweep, i), name);
        json_put_number(json, name, figure->quantile[i]);
    }
    json_close(json);
}

static void json_put_point_value(struct json_writer *json, const traincost_sweep *sweep, size_t point,
                                 size_t axis)
{
    size_t index = traincost_sweep_index(sweep, point, axis);
    const char *key = traincost_sweep_parameter(sweep, axis)->key;
    double value = traincost_sweep_value(sweep, axis, index);
    if (isnan(value))
        json_put_text(json, key, traincost_sweep_text(sweep, axis, index));
    else
        json_put_number(json, key, value);
}

/* Of a point whose dollars are another time's than the first's, or at another rate, its own. */
static void json_put_point_dollars(struct json_writer *json, const traincost_sweep *sweep, size_t point)
{
    const traincost_dollars *first = traincost_sweep_dollars(sweep, 0), *own = traincost_sweep_dollars(sweep, point);
    if (first && own && own->factor != first->factor)
        json_put_dollars(json, own);
}

static void json_put_point(struct json_writer *json, const traincost_sweep *sweep, size_t point)
{
    const traincost_output *figure;
    const char *key;
    json_open_object(json, NULL);
    for (size_t a = 0; traincost_sweep_parameter(sweep, a); a++)
        json_put_point_value(json, sweep, point, a);
    json_put_point_dollars(json, sweep, point);
    json_open_object(json, "outputs");
    for (size_t i = 0; (key = traincost_output_key(i)); i++)
        if ((figure = traincost_sweep_output(sweep, point, key)))
            json_put_point_output(json, sweep, figure);
    json_close(json);
    json_close(json);
}

void json_put_sweep(struct json_writer *json, const traincost_sweep *sweep)
{
    const traincost_parameter *parameter;
    json_put_text(json, "traincost", traincost_version());
    json_put_text(json, "name", traincost_sweep_name(sweep));
    if (traincost_sweep_date(sweep))
        json_put_text(json, "date", traincost_sweep_date(sweep));
    json_put_number(json, "samples", traincost_sweep_samples(sweep));
    json_put_number(json, "seed", traincost_sweep_seed(sweep));
    json_put_dollars(json, traincost_sweep_dollars(sweep, 0));
    json_open_array(json, "sweep");
    for (size_t a = 0; (parameter = traincost_sweep_parameter(sweep, a)); a++)
        json_put_words(json, NULL, parameter->key);
    json_close(json);
    json_open_array(json, "points");
    for (size_t point = 0; point < traincost_sweep_points(sweep); point++)
        json_put_point(json, sweep, point);
    json_close(json);
}

traincost_status traincost_sweep_json(const traincost_sweep *sweep, int line, char **text,
                                      traincost_error *error)
{
    if (text)
        *text = NULL;
    if (!sweep || !text)
        return error_null(error, __func__);
    struct json_writer json = {.lines = line != 0};
    json_open_object(&json, NULL);
    json_put_sweep(&json, sweep);
    json_close(&json);
    return json_give(&json, text, error);
}
