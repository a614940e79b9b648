/* The page of a sweep: the pictures, and a row each point. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html.h"
#include "render/render_pages.h"

#include "render/words.h"

#include <math.h>
#include <string.h>

enum { PATH = 256 };

static void html_point(struct html_table *table, const traincost_sweep *sweep, size_t point, const char *key)
{
    static const double levels[] = {0.05, 0.5, 0.95};
    const traincost_output *figure = traincost_sweep_output(sweep, point, key);
    char path[PATH];
    if (!figure)
        return;
    html_table_row(table);
    for (size_t a = 0; traincost_sweep_parameter(sweep, a); a++)
        html_cell_text(table, traincost_sweep_text(sweep, a, traincost_sweep_index(sweep, point, a)));
    html_cell_text(table, output_words(key));
    for (size_t k = 0; k < 3; k++) {
        char name[LEVEL_NAME];
        level_name(levels[k], name);
        snprintf(path, sizeof path, "points.%zu.outputs.%s.%s", point, key, name);
        double value = sweep_quantile(sweep, figure, levels[k]);
        html_cell_value(table, &(struct html_value){.value = value, .unit = figure->unit, .path = path});
    }
}

static bool write_sweep_page(FILE *out, struct picture *picture, const traincost_sweep *sweep, const char *json)
{
    struct html_column columns[6] = {{traincost_sweep_parameter(sweep, 0)->key, ""}};
    struct html_table table;
    const char *key;
    size_t count = 1;
    if (traincost_sweep_parameter(sweep, 1))
        columns[count++] = (struct html_column){traincost_sweep_parameter(sweep, 1)->key, ""};
    columns[count++] = (struct html_column){"figure", ""};
    columns[count++] = (struct html_column){"5 %", "n"};
    columns[count++] = (struct html_column){"median", "n"};
    columns[count++] = (struct html_column){"95 %", "n"};
    html_begin(out, picture->title);
    html_text(out, "h1", "", picture->title);
    if (*picture->lead)
        html_text(out, "p", "", picture->lead);
    bool good = html_figure(out, picture);
    html_table_begin(&table, out, "sortable", "points", columns, count);
    for (size_t i = 0; (key = traincost_output_key(i)); i++)
        for (size_t point = 0; point < traincost_sweep_points(sweep); point++)
            html_point(&table, sweep, point, key);
    html_table_end(&table);
    html_end(out, picture->foot, json);
    return good;
}

bool render_sweep_html(const struct output *output, const struct sweep_view *view)
{
    struct picture picture;
    char *json = NULL;
    picture_begin(&picture);
    picture_sweep(&picture, view);
    picture_cite(&picture, output);
    bool good = traincost_sweep_json(view->sweep, 0, &json, NULL) == TRAINCOST_OK && !picture.failed &&
                write_sweep_page(output->file, &picture, view->sweep, json);
    traincost_text_free(json);
    picture_end(&picture);
    return good;
}
