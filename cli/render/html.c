/* HTML, piece by piece. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/html.h"

#include "display.h"
#include "glyphs.h"
#include "render/pen.h"

#include <math.h>
#include <string.h>

enum { WIDE_COLUMNS = 78, NARROW_COLUMNS = 43 };

static void put_lines(FILE *out, const char *const *lines)
{
    for (; *lines; lines++)
        fputs(*lines, out);
}

void html_begin(FILE *out, const char *title)
{
    fputs(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'sha256-",
        out);
    fputs(html_script_hash, out);
    fputs("'; base-uri 'none'; form-action 'none'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n", out);
    html_text(out, "title", "", title);
    fputs("<style>\n", out);
    put_lines(out, html_style);
    pen_svg_style(out);
    fputs("</style>\n</head>\n<body>\n<main>\n", out);
}

/* Inside a string of JSON these six letters are '<', which might end the element. */
static void put_data(FILE *out, const char *json)
{
    for (; *json; json++)
        if (*json == '<')
            fputs("\\u003c", out);
        else
            putc(*json, out);
}

void html_end(FILE *out, const char *foot, const char *json)
{
    html_text(out, "footer", "", foot);
    fputs("</main>\n<script type=\"application/json\" id=\"answer\">\n", out);
    put_data(out, json);
    fputs("</script>\n<script>", out);
    put_lines(out, html_script);
    fputs("</script>\n</body>\n</html>\n", out);
}

void html_text(FILE *out, const char *element, const char *class, const char *text)
{
    fprintf(out, "<%s", element);
    if (*class)
        fprintf(out, " class=\"%s\"", class);
    putc('>', out);
    glyphs_markup(out, text);
    fprintf(out, "</%s>\n", element);
}

void html_link(FILE *out, const char *url, const char *text)
{
    bool leads = url && (!strncmp(url, "https://", 8) || !strncmp(url, "http://", 7));
    if (leads) {
        fputs("<a rel=\"noreferrer\" href=\"", out);
        glyphs_markup(out, url);
        fputs("\">", out);
    }
    glyphs_markup(out, text);
    fputs(leads ? "</a>" : "", out);
}

bool html_figure(FILE *out, struct picture *picture)
{
    picture->bare = true; /* the page has the words */
    if (!picture->panel_count)
        return !picture->failed;
    fputs("<figure>\n", out);
    bool good = pen_svg_inside(out, picture, WIDE_COLUMNS, "wide") &&
                pen_svg_inside(out, picture, NARROW_COLUMNS, "narrow");
    fputs("</figure>\n", out);
    return good;
}

void html_open(FILE *out, const char *title, bool open)
{
    fprintf(out, "<details%s>\n", open ? " open" : "");
    html_text(out, "summary", "", title);
}

void html_close(FILE *out)
{
    fputs("</details>\n", out);
}

void html_search(FILE *out, const char *id)
{
    fprintf(out,
            "<p class=\"controls\" hidden><input type=\"search\" data-table=\"%s\" placeholder=\"Search\" "
            "aria-label=\"Search\"></p>\n",
            id);
}

/* ---- tables ---- */

void html_table_begin(struct html_table *table, FILE *out, const char *class, const char *id,
                      const struct html_column *columns, size_t count)
{
    *table = (struct html_table){.out = out, .columns = columns, .count = count};
    fputs("<table", out);
    if (*class)
        fprintf(out, " class=\"%s\"", class);
    if (*id)
        fprintf(out, " id=\"%s\"", id);
    fputs(">\n<thead><tr>", out);
    for (size_t i = 0; i < count; i++) {
        fprintf(out, "<th scope=\"col\" class=\"%s\">", columns[i].class);
        glyphs_markup(out, columns[i].title);
        fputs("</th>", out);
    }
    fputs("</tr></thead>\n<tbody>\n", out);
}

void html_table_row(struct html_table *table)
{
    fputs(table->begun ? "</tr>\n<tr>" : "<tr>", table->out);
    table->begun = true;
    table->at = 0;
}

void html_table_end(struct html_table *table)
{
    fputs(table->begun ? "</tr>\n</tbody>\n</table>\n" : "</tbody>\n</table>\n", table->out);
}

static void html_cell_begin(struct html_table *table)
{
    const struct html_column *column = &table->columns[table->at < table->count ? table->at : table->count - 1];
    fprintf(table->out, "<td class=\"%s\"", column->class);
    if (table->at++) {
        fputs(" data-label=\"", table->out);
        glyphs_markup(table->out, column->title);
        putc('"', table->out);
    }
    putc('>', table->out);
}

void html_cell_text(struct html_table *table, const char *text)
{
    html_cell_begin(table);
    glyphs_markup(table->out, text ? text : "");
    fputs("</td>", table->out);
}

void html_cell_link(struct html_table *table, const char *url, const char *text)
{
    html_cell_begin(table);
    html_link(table->out, url, text);
    fputs("</td>", table->out);
}

/* ---- figures that sliders move ---- */

static const char *const slider_keys[] = {
    "rental-price",      "hours",          "chip-hours",       "chips", "pue",
    "electricity-price", "hardware-price", "carbon-intensity", NULL};

static void add_follower(char *list, size_t size, const char *key)
{
    size_t used = strlen(list);
    snprintf(list + used, size - used, "%s%s", used ? " " : "", key);
}

/* Asked once for all cells of an output. */
static void find_followers(struct html_table *table, const struct html_value *value)
{
    if (table->followed == value->output)
        return;
    table->followed = value->output;
    table->times[0] = table->stale[0] = '\0';
    for (size_t k = 0; slider_keys[k]; k++) {
        traincost_dependence how = traincost_result_dependence(value->scaled, value->output, slider_keys[k]);
        if (how == TRAINCOST_PROPORTIONAL)
            add_follower(table->times, sizeof table->times, slider_keys[k]);
        else if (how == TRAINCOST_OTHERWISE)
            add_follower(table->stale, sizeof table->stale, slider_keys[k]);
    }
}

/* To the digits that the JSON has, where what is integral to them is. */
static void write_as_json(double value, char out[DISPLAY_FIGURE])
{
    bool integral = fabs(value - round(value)) <= 1e-10 * fabs(value);
    display_number(integral ? round(value) : value, integral ? 15 : DISPLAY_EXACT, false, out);
}

void html_cell_value(struct html_table *table, const struct html_value *value)
{
    FILE *out = table->out;
    char exact[DISPLAY_FIGURE], shown[DISPLAY_FIGURE];
    html_cell_begin(table);
    write_as_json(value->value, exact);
    display_output(value->value, value->unit, shown);
    if (isfinite(value->value)) {
        fprintf(out, "<data value=\"%s\"", exact);
        if (value->path) {
            fputs(" data-path=\"", out);
            glyphs_markup(out, value->path);
            putc('"', out);
        }
        if (value->scaled) {
            fprintf(out, " data-unit=\"%s\"", value->unit);
            find_followers(table, value);
            fprintf(out, *table->times ? " data-times=\"%s\"" : "%s", table->times);
            fprintf(out, *table->stale ? " data-stale=\"%s\"" : "%s", table->stale);
        }
        putc('>', out);
        glyphs_markup(out, value->text ? value->text : shown);
        fputs("</data>", out);
    }
    fputs("</td>", out);
}

static bool moves_anything(const traincost_result *result, const char *key)
{
    const traincost_output *figure;
    for (size_t i = 0; (figure = traincost_result_at(result, i)); i++)
        if (traincost_result_dependence(result, figure->key, key) == TRAINCOST_PROPORTIONAL)
            return true;
    return false;
}

/* How far a slider goes, in hundredths of a power of ten: within the bounds of the parameter. */
static int slider_end(const traincost_parameter *parameter, const traincost_input *input, bool up)
{
    const double most = 100;
    double bound = up ? parameter->most : parameter->least, end = up ? input->p95 : input->p5;
    double room = bound > 0 && isfinite(bound) && end > 0 ? fabs(100 * log10(bound / end)) : most;
    return (int)floor(fmin(room, most));
}

/* The value is shown where one input has the key, else the factor alone. */
static void put_slider(FILE *out, const traincost_result *result, const char *key)
{
    const traincost_parameter *parameter = traincost_parameter_find(key);
    const traincost_input *input, *only = NULL;
    size_t count = 0;
    int down = 100, up = 100;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        if (strcmp(input->key, key) != 0)
            continue;
        only = input;
        count++;
        int lower = slider_end(parameter, input, false), higher = slider_end(parameter, input, true);
        down = lower < down ? lower : down;
        up = higher < up ? higher : up;
    }
    if (!only || !moves_anything(result, key))
        return;
    fputs("<div class=\"slider\"><label>", out);
    fputs(key, out);
    fprintf(out, " <output></output><input type=\"range\" min=\"-%d\" max=\"%d\" value=\"0\" data-key=\"%s\"",
            down, up, key);
    if (count == 1 && isfinite(only->p5) && isfinite(only->p95)) {
        char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
        display_number(only->p5, DISPLAY_EXACT, false, low);
        display_number(only->p95, DISPLAY_EXACT, false, high);
        fprintf(out, " data-low=\"%s\" data-high=\"%s\" data-unit=\"%s\"", low, high, only->unit);
    }
    fputs("></label></div>\n", out);
}

void html_sliders(FILE *out, const traincost_result *result)
{
    fputs("<div class=\"controls\" hidden>\n", out);
    html_open(out, "What if", false);
    html_text(out, "p", "small",
              "Each moves the figures that are exactly a product of it. What follows it in another way is "
              "struck out: "
              "that takes another run of traincost.");
    for (size_t k = 0; slider_keys[k]; k++)
        put_slider(out, result, slider_keys[k]);
    fputs("<p><button type=\"button\" class=\"reset\">As estimated</button></p>\n", out);
    html_close(out);
    fputs("</div>\n", out);
}
