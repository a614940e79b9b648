/* An estimate as JSON. */
#include "render/render_estimate.h"

#include "render/json_outputs.h"
#include "render/words.h"

#include <string.h>

/* Smaller shares of the variance are noise of the sampling. */
static const double least_share = 0.0005;

static void put_stage_name(json_t *object, const char *stage, bool *good)
{
    if (stage && *stage)
        json_put_text(object, "stage", stage, good);
    else
        json_put(object, "stage", json_null(), good);
}

static json_t *inputs(const traincost_result *result, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_input *input;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        json_t *object = json_new_object(good);
        json_put_text(object, "key", input->key, good);
        put_stage_name(object, input->stage, good);
        json_put(object, "unit", json_string(input->unit), good);
        json_put_number(object, "p5", input->p5, good);
        json_put_number(object, "p50", input->p50, good);
        json_put_number(object, "p95", input->p95, good);
        json_put(object, "given", json_boolean(input->given), good);
        json_put_text(object, "source", input->source, good);
        json_put_text(object, "text", input->text, good);
        json_add(array, object, good);
    }
    return array;
}

static void put_quantiles(json_t *object, const traincost_result *result, const traincost_output *figure,
                          bool errors, bool *good)
{
    for (size_t i = 0; i < figure->levels; i++) {
        char name[LEVEL_NAME], error_name[LEVEL_NAME + 4];
        level_name(traincost_result_level(result, i), name);
        snprintf(error_name, sizeof error_name, "%s_se", name);
        if (errors)
            json_put_number(object, error_name, figure->quantile_se[i], good);
        else
            json_put_number(object, name, figure->quantile[i], good);
    }
}

json_t *json_figure(const traincost_result *result, const traincost_output *figure, bool *good)
{
    json_t *object = json_new_object(good);
    json_put(object, "unit", json_string(figure->unit), good);
    json_put_number(object, "mean", figure->mean, good);
    json_put_number(object, "sd", figure->sd, good);
    put_quantiles(object, result, figure, false, good);
    json_put_number(object, "mean_se", figure->mean_se, good);
    put_quantiles(object, result, figure, true, good);
    return object;
}

json_t *json_outputs(const traincost_result *result, bool *good)
{
    json_t *all = json_new_object(good);
    const traincost_output *figure;
    for (size_t i = 0; (figure = traincost_result_at(result, i)); i++)
        json_put(all, figure->key, json_figure(result, figure, good), good);
    return all;
}

static json_t *shares(const traincost_result *result, const char *output, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_sensitivity *share;
    for (size_t i = 0; (share = traincost_result_sensitivity_at(result, output, i)); i++) {
        if (!(share->total > least_share))
            continue;
        json_t *object = json_new_object(good);
        json_put_text(object, "key", share->key, good);
        put_stage_name(object, share->stage, good);
        json_put_number(object, "first", share->first, good);
        json_put_number(object, "total", share->total, good);
        json_add(array, object, good);
    }
    return array;
}

static json_t *swings(const traincost_result *result, const char *output, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_swing *swing;
    for (size_t i = 0; (swing = traincost_result_swing_at(result, output, i)); i++) {
        json_t *object = json_new_object(good);
        json_put_text(object, "key", swing->key, good);
        put_stage_name(object, swing->stage, good);
        json_put_number(object, "low", swing->low, good);
        json_put_number(object, "high", swing->high, good);
        json_add(array, object, good);
    }
    return array;
}

/* Under each output what `list` gives for it; nothing where that is empty. */
static json_t *by_output(const traincost_result *result,
                         json_t *(*list)(const traincost_result *, const char *, bool *), bool *good)
{
    json_t *all = json_new_object(good);
    const traincost_output *figure;
    for (size_t i = 0; (figure = traincost_result_at(result, i)); i++) {
        json_t *array = list(result, figure->key, good);
        if (json_array_size(array) > 0)
            json_put(all, figure->key, array, good);
        else
            json_decref(array);
    }
    return all;
}

static json_t *stages(const traincost_result *result, bool *good)
{
    json_t *array = json_new_array(good);
    const traincost_stage *stage;
    for (size_t i = 0; (stage = traincost_result_stage_at(result, i)); i++) {
        json_t *object = json_new_object(good);
        json_put_text(object, "name", stage->name, good);
        json_put_text(object, "chip", stage->chip ? stage->chip->id : NULL, good);
        json_put_number(object, "chips", stage->chips, good);
        json_put_number(object, "hours", stage->hours, good);
        json_put_number(object, "chip_hours", stage->chip_hours, good);
        json_add(array, object, good);
    }
    return array;
}

static json_t *notes(const traincost_result *result, bool *good)
{
    json_t *array = json_new_array(good);
    const char *note;
    for (size_t i = 0; (note = traincost_result_note_at(result, i)); i++)
        json_add(array, json_text(note), good);
    return array;
}

bool render_estimate_json(const struct output *output, const struct estimate_view *view)
{
    const traincost_result *result = view->result;
    bool good = true;
    json_t *root = json_new_object(&good);
    json_put_text(root, "traincost", traincost_version(), &good);
    json_put_text(root, "date", traincost_result_date(result), &good);
    json_put_number(root, "samples", traincost_result_samples(result), &good);
    json_put_number(root, "seed", traincost_result_seed(result), &good);
    json_put(root, "inputs", inputs(result, &good), &good);
    json_put(root, "outputs", json_outputs(result, &good), &good);
    json_put(root, "sensitivity", by_output(result, shares, &good), &good);
    json_put(root, "swing", by_output(result, swings, &good), &good);
    json_put_text(root, "name", traincost_result_name(result), &good);
    json_put(root, "stages", stages(result, &good), &good);
    json_put(root, "notes", notes(result, &good), &good);
    return json_print(output->file, root, good);
}
