/* The page of a comparison: ratios, or the ranking, and every run's figures. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html.h"
#include "render/render_pages.h"

#include "display.h"
#include "render/words.h"

#include <math.h>
#include <string.h>

enum { PATH = 256 };

static const double usual_levels[] = {0.05, 0.5, 0.95};

/* The three cells of a figure's range. */
static void html_three(struct html_table *table, const traincost_result *levels, const traincost_output *figure,
                       const char *path)
{
    char name[LEVEL_NAME], place[PATH];
    for (size_t k = 0; k < 3; k++) {
        level_name(usual_levels[k], name);
        snprintf(place, sizeof place, "%s.%s", path, name);
        html_cell_value(table, &(struct html_value){.value = picture_quantile(levels, figure, usual_levels[k]),
                                                    .unit = strcmp(figure->unit, "ratio") ? figure->unit : "",
                                                    .path = place});
    }
}

static void html_ratios(FILE *out, const struct compare_view *view)
{
    static const struct html_column columns[] = {
        {"run", ""}, {"figure", ""}, {"5 %", "n"}, {"median", "n"}, {"95 %", "n"}};
    const traincost_result *levels = traincost_comparison_result(view->comparison, 0);
    struct html_table table;
    char path[PATH];
    const char *key;
    html_table_begin(&table, out, "", "", columns, sizeof columns / sizeof *columns);
    for (size_t place = 0; place < view->count; place++)
        for (size_t i = 0; (key = traincost_output_key(i)); i++) {
            size_t run = traincost_comparison_ranked(view->comparison, place);
            const traincost_output *ratio = traincost_comparison_ratio(view->comparison, run, key);
            if (!ratio)
                continue;
            snprintf(path, sizeof path, "runs.%zu.ratios.%s", place, key);
            html_table_row(&table);
            html_cell_text(&table, compare_name(view, run));
            html_cell_text(&table, output_words(key));
            html_three(&table, levels, ratio, path);
        }
    html_table_end(&table);
}

static void html_figures_of(FILE *out, const struct compare_view *view)
{
    static const struct html_column columns[] = {
        {"figure", ""}, {"run", ""}, {"5 %", "n"}, {"median", "n"}, {"95 %", "n"}};
    struct html_table table;
    char path[PATH];
    const char *key;
    html_search(out, "figures");
    html_table_begin(&table, out, "sortable", "figures", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; (key = traincost_output_key(i)); i++)
        for (size_t place = 0; place < view->count; place++) {
            size_t run = traincost_comparison_ranked(view->comparison, place);
            const traincost_result *result = traincost_comparison_result(view->comparison, run);
            const traincost_output *figure = traincost_result_find(result, key);
            if (!figure)
                continue;
            snprintf(path, sizeof path, "runs.%zu.outputs.%s", place, key);
            html_table_row(&table);
            html_cell_text(&table, output_words(key));
            html_cell_text(&table, compare_name(view, run));
            html_three(&table, result, figure, path);
        }
    html_table_end(&table);
}

static bool write_compare_page(FILE *out, struct picture *picture, const struct compare_view *view,
                               const char *json)
{
    html_begin(out, picture->title);
    html_text(out, "h1", "", picture->title);
    html_text(out, "p", "", picture->lead);
    bool good = html_figure(out, picture);
    if (view->runs && view->count > 1) {
        html_open(out, "Over the first run, sample by sample", true);
        html_ratios(out, view);
        html_close(out);
    }
    html_open(out, "Figures of each", true);
    html_figures_of(out, view);
    html_close(out);
    html_end(out, picture->foot, json);
    return good;
}

bool render_compare_html(const struct output *output, const struct compare_view *view)
{
    struct picture picture;
    char *json = NULL;
    picture_begin(&picture);
    picture_compare(&picture, view);
    picture_cite(&picture, output);
    bool good = traincost_comparison_json(view->comparison, view->runs ? view->operands : NULL, 0, &json,
                                          NULL) == TRAINCOST_OK &&
                !picture.failed && write_compare_page(output->file, &picture, view, json);
    traincost_text_free(json);
    picture_end(&picture);
    return good;
}
