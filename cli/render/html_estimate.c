/* The page of an estimate, and what all pages show of one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html.h"
#include "render/render_pages.h"

#include "render/words.h"

#include <math.h>
#include <string.h>

enum { PATH = 256, MOST_LEVELS = 64 };

void html_inputs(FILE *out, const traincost_result *result, const char *path)
{
    static const struct html_column columns[] = {{"input", ""}, {"5 %", "n"}, {"median", "n"},
                                                 {"95 %", "n"}, {"unit", ""}, {"rests on", ""}};
    static const char *const ends[] = {"p5", "p50", "p95"};
    const traincost_input *input;
    struct html_table table;
    char place[PATH], name[PATH];
    html_table_begin(&table, out, "stack", "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        const double values[] = {input->p5, input->p50, input->p95};
        bool stage = input->stage != NULL;
        snprintf(name, sizeof name, "%s%s%.180s%s", input->key, stage ? " (" : "", stage ? input->stage : "",
                 stage ? ")" : "");
        html_table_row(&table);
        html_cell_text(&table, name);
        for (size_t k = 0; k < 3; k++) {
            snprintf(place, sizeof place, "%s.%zu.%s", path ? path : "", i, ends[k]);
            html_cell_value(
                &table, &(struct html_value){values[k], input->unit, path ? place : NULL, NULL, NULL, NULL});
        }
        html_cell_text(&table, input->unit);
        html_cell_text(&table, input->given ? "stated" : input->source);
    }
    html_table_end(&table);
}

/* A row each output, a column each quantile. */
static void html_outputs(FILE *out, const traincost_result *result)
{
    struct html_column columns[MOST_LEVELS + 1] = {{"figure", ""}};
    char titles[MOST_LEVELS][DISPLAY_FIGURE], names[MOST_LEVELS][LEVEL_NAME], path[PATH];
    char whole[DISPLAY_FIGURE];
    const traincost_output *figure;
    struct html_table table;
    size_t levels = 0;
    for (; levels < MOST_LEVELS && !isnan(traincost_result_level(result, levels)); levels++) {
        double level = traincost_result_level(result, levels);
        level_title(level, titles[levels]);
        level_name(level, names[levels]);
        bool usual = fabs(level - 0.05) < 1e-9 || fabs(level - 0.5) < 1e-9 || fabs(level - 0.95) < 1e-9;
        columns[levels + 1] = (struct html_column){titles[levels], !usual && levels > 0 ? "n extra" : "n"};
    }
    html_table_begin(&table, out, "", "", columns, levels + 1);
    for (size_t i = 0; (figure = traincost_result_at(result, i)); i++) {
        html_table_row(&table);
        html_cell_text(&table, output_words(figure->key));
        bool exact = figure->quantile[0] == figure->quantile[figure->levels - 1];
        display_exact(figure->quantile[0], figure->unit, whole);
        for (size_t k = 0; k < levels; k++) {
            snprintf(path, sizeof path, "outputs.%s.%s", figure->key, names[k]);
            html_cell_value(&table, &(struct html_value){figure->quantile[k], figure->unit, path,
                                                         exact && strcmp(figure->unit, "share") ? whole : NULL,
                                                         result, figure->key});
        }
    }
    html_table_end(&table);
}

static void html_stages(FILE *out, const traincost_result *result)
{
    static const struct html_column columns[] = {
        {"stage", ""}, {"chip", ""}, {"chips", "n"}, {"hours", "n"}, {"chip-hours", "n"}};
    static const char *const keys[] = {"chips", "hours", "chip_hours"};
    const traincost_stage *stage;
    struct html_table table;
    char path[PATH], number[32];
    if (!traincost_result_stage_at(result, 1))
        return;
    html_open(out, "Stages", true);
    html_table_begin(&table, out, "stack", "", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (stage = traincost_result_stage_at(result, i)); i++) {
        const double values[] = {stage->chips, stage->hours, stage->chip_hours};
        snprintf(number, sizeof number, "stage %zu", i + 1);
        html_table_row(&table);
        html_cell_text(&table, stage->name && *stage->name ? stage->name : number);
        html_cell_text(&table, stage->chip->name);
        for (size_t k = 0; k < 3; k++) {
            snprintf(path, sizeof path, "stages.%zu.%s", i, keys[k]);
            html_cell_value(&table, &(struct html_value){values[k], k ? "h" : "", path, NULL, NULL, NULL});
        }
    }
    html_table_end(&table);
    html_close(out);
}

static void html_notes(FILE *out, const traincost_result *result)
{
    const char *note;
    if (!traincost_result_note_at(result, 0))
        return;
    html_open(out, "Notes", false);
    fputs("<ul>\n", out);
    for (size_t i = 0; (note = traincost_result_note_at(result, i)); i++)
        html_text(out, "li", "", note);
    fputs("</ul>\n", out);
    html_close(out);
}

static bool write_estimate_page(FILE *out, struct picture *picture, const traincost_result *result,
                                const char *json)
{
    html_begin(out, picture->title);
    html_text(out, "h1", "", picture->title);
    html_text(out, "p", "", picture->lead);
    bool good = html_figure(out, picture);
    html_sliders(out, result);
    html_open(out, "Figures", true);
    html_outputs(out, result);
    html_close(out);
    html_stages(out, result);
    html_open(out, "Inputs and what they rest on", false);
    html_inputs(out, result, "inputs");
    html_close(out);
    html_notes(out, result);
    html_end(out, picture->foot, json);
    return good;
}

bool render_estimate_html(const struct output *output, const struct estimate_view *view)
{
    struct picture picture;
    char *json = NULL;
    picture_begin(&picture);
    picture_estimate(&picture, view);
    picture_cite(&picture, output);
    bool good = traincost_result_json(view->result, 0, &json, NULL) == TRAINCOST_OK && !picture.failed &&
                write_estimate_page(output->file, &picture, view->result, json);
    traincost_text_free(json);
    picture_end(&picture);
    return good;
}
