/* Runs side by side, as text, JSON and CSV. */
#include "render.h"

#include "display.h"
#include "render_json.h"
#include "to_csv.h"

#include <math.h>
#include <string.h>

enum { LABEL = 26, FIGURE_COLUMN = 10 };

const char *compare_name(const struct compare_view *view, size_t run)
{
    const char *name = traincost_result_name(traincost_comparison_result(view->comparison, run));
    return *name ? name : view->operands[run];
}

/* ---- text ---- */

/* The quantile at that level, or NaN where it was not asked for. */
static double at_level(const traincost_result *result, const traincost_output *figure, double level)
{
    for (size_t i = 0; i < figure->levels; i++)
        if (fabs(traincost_result_level(result, i) - level) < 1e-9)
            return figure->quantile[i];
    return NAN;
}

static void show_range(const traincost_result *result, const traincost_output *figure, const char *unit,
                       char *out, size_t size)
{
    char low[DISPLAY_FIGURE], high[DISPLAY_FIGURE];
    double from = at_level(result, figure, 0.05), to = at_level(result, figure, 0.95);
    if (from == to) {
        display_exact(from, unit, low);
        snprintf(out, size, "%s", low);
        return;
    }
    display_scaled(from, DISPLAY_DIGITS, unit, low);
    display_scaled(to, DISPLAY_DIGITS, unit, high);
    snprintf(out, size, "%s to %s", low, high);
}

/* "GPT-4 over DeepSeek-R1: rent x 94 to 343, with the base models x 5 to 16." */
static void print_ratios(const struct output *output, const struct compare_view *view, size_t run)
{
    static const char *const keys[] = {"rental_usd", "with_base_usd"}, *const words[] = {"rent",
                                                                                         "with base models"};
    char line[512], range[3 * DISPLAY_FIGURE];
    size_t used = (size_t)snprintf(line, sizeof line, "%.120s over %.120s:", compare_name(view, run),
                                   compare_name(view, 0));
    const traincost_result *result = traincost_comparison_result(view->comparison, run);
    bool any = false;
    for (size_t i = 0; i < 2; i++) {
        const traincost_output *ratio = traincost_comparison_ratio(view->comparison, run, keys[i]);
        if (!ratio)
            continue;
        show_range(result, ratio, "", range, sizeof range);
        used +=
            (size_t)snprintf(line + used, sizeof line - used, "%s %s x %s", any ? "," : "", words[i], range);
        any = true;
    }
    if (any)
        display_wrapped(output->file, line, 0, 2, DISPLAY_WIDTH);
}

/* "DeepSeek-R1: 147,336 chip-hours, at 2025-01 prices; claimed: $294k". */
static void print_run(const struct output *output, const struct compare_view *view, size_t run)
{
    char line[1024], date[DISPLAY_FIGURE], work[2 * DISPLAY_FIGURE] = "", words[CLAIM_WORDS];
    const traincost_result *result = traincost_comparison_result(view->comparison, run);
    const traincost_output *chip_hours = traincost_result_find(result, "chip_hours");
    const traincost_stage *stage = traincost_result_stage_at(result, 0);
    traincost_claim claim;
    display_month(traincost_result_date(result), date);
    if (chip_hours)
        show_range(result, chip_hours, "h", work, sizeof work);
    size_t used =
        (size_t)snprintf(line, sizeof line, "%.100s: %s%s%.60s, at %s prices", compare_name(view, run), work,
                         *work ? " of " : "", stage && stage->chip ? stage->chip->name : "", date);
    for (size_t i = 0; traincost_scenario_claim_at(view->runs[run], i, &claim) && used + 120 < sizeof line;
         i++) {
        claim_words(&claim, words);
        used += (size_t)snprintf(line + used, sizeof line - used, "%s%s %s",
                                 i ? ", " : "; claimed: ", claim.key, words);
    }
    display_wrapped(output->file, line, 0, 2, DISPLAY_WIDTH);
}

static void print_figure(const struct output *output, const traincost_result *result,
                         const traincost_output *figure, const char *unit)
{
    static const double levels[] = {0.05, 0.5, 0.95};
    for (size_t i = 0; i < 3; i++) {
        char text[DISPLAY_FIGURE];
        display_scaled(at_level(result, figure, levels[i]), DISPLAY_DIGITS, unit, text);
        fprintf(output->file, "%*s", FIGURE_COLUMN, text);
    }
}

static void print_block(const struct output *output, const struct compare_view *view, const char *key)
{
    FILE *out = output->file;
    fprintf(out, "\n%s", output->colour ? "\033[1m" : "");
    display_cell(out, output_words(key), LABEL);
    fprintf(out, "%*s%*s%*s   over the first%s\n", FIGURE_COLUMN, "5 %", FIGURE_COLUMN, "median", FIGURE_COLUMN,
            "95 %", output->colour ? "\033[0m" : "");
    for (size_t run = 0; run < view->count; run++) {
        const traincost_result *result = traincost_comparison_result(view->comparison, run);
        const traincost_output *figure = traincost_result_find(result, key);
        const traincost_output *ratio = traincost_comparison_ratio(view->comparison, run, key);
        char range[3 * DISPLAY_FIGURE];
        fputs("  ", out);
        display_cell(out, compare_name(view, run), LABEL - 2);
        if (display_columns(compare_name(view, run)) > LABEL - 2)
            fprintf(out, "\n%*s", LABEL, "");
        if (figure)
            print_figure(output, result, figure, strcmp(key, "mfu") != 0 ? figure->unit : "");
        else
            fprintf(out, "%*s", FIGURE_COLUMN, "-");
        if (ratio) {
            show_range(result, ratio, "", range, sizeof range);
            fprintf(out, "   x %s", range);
        }
        putc('\n', out);
    }
}

static bool any_gives(const struct compare_view *view, const char *key)
{
    for (size_t run = 0; run < view->count; run++)
        if (traincost_result_find(traincost_comparison_result(view->comparison, run), key))
            return true;
    return false;
}

bool render_compare_text(const struct output *output, const struct compare_view *view)
{
    static const char *const usual[] = {"rental_usd",      "with_base_usd", "ownership_usd", "acquisition_usd",
                                        "development_usd", "energy_kwh",    "co2_kg",        NULL};
    const char *key;
    for (size_t run = 1; run < view->count; run++)
        print_ratios(output, view, run);
    putc('\n', output->file);
    for (size_t run = 0; run < view->count; run++)
        print_run(output, view, run);
    for (size_t i = 0; (key = view->all_outputs ? traincost_output_key(i) : usual[i]); i++)
        if (any_gives(view, key))
            print_block(output, view, key);
    return true;
}

/* ---- JSON ---- */

static json_t *ratios(const struct compare_view *view, size_t run, bool *good)
{
    json_t *all = json_new_object(good);
    const char *key;
    for (size_t i = 0; (key = traincost_output_key(i)); i++) {
        const traincost_output *ratio = traincost_comparison_ratio(view->comparison, run, key);
        if (ratio)
            json_put(all, key, json_figure(traincost_comparison_result(view->comparison, run), ratio, good),
                     good);
    }
    return all;
}

bool render_compare_json(const struct output *output, const struct compare_view *view)
{
    bool good = true;
    json_t *root = json_new_object(&good), *runs = json_new_array(&good);
    const traincost_result *first = traincost_comparison_result(view->comparison, 0);
    json_put_text(root, "traincost", traincost_version(), &good);
    json_put_number(root, "samples", traincost_result_samples(first), &good);
    json_put_number(root, "seed", traincost_result_seed(first), &good);
    for (size_t run = 0; run < view->count; run++) {
        const traincost_result *result = traincost_comparison_result(view->comparison, run);
        json_t *object = json_new_object(&good);
        json_put_text(object, "run", view->operands[run], &good);
        json_put_text(object, "name", traincost_result_name(result), &good);
        json_put_text(object, "date", traincost_result_date(result), &good);
        json_put(object, "outputs", json_outputs(result, &good), &good);
        if (run)
            json_put(object, "ratios", ratios(view, run, &good), &good);
        json_add(runs, object, &good);
    }
    json_put(root, "runs", runs, &good);
    return json_print(output->file, root, good);
}

/* ---- CSV ---- */

static void csv_row_of(struct csv_row *row, const struct compare_view *view, size_t run, const char *what,
                       const traincost_output *figure)
{
    csv_text(row, view->operands[run]);
    csv_text(row, what);
    csv_text(row, figure->key);
    csv_text(row, figure->unit);
    csv_number(row, figure->mean);
    csv_number(row, figure->sd);
    for (size_t i = 0; i < figure->levels; i++)
        csv_number(row, figure->quantile[i]);
    csv_end(row);
}

bool render_compare_csv(const struct output *output, const struct compare_view *view)
{
    static const char *const columns[] = {"run", "of", "output", "unit", "mean", "sd"};
    struct csv_row row = {.out = output->file};
    const traincost_result *first = traincost_comparison_result(view->comparison, 0);
    const char *key;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        csv_text(&row, columns[i]);
    for (size_t i = 0; !isnan(traincost_result_level(first, i)); i++) {
        char name[LEVEL_NAME];
        level_name(traincost_result_level(first, i), name);
        csv_text(&row, name);
    }
    csv_end(&row);
    for (size_t run = 0; run < view->count; run++)
        for (size_t i = 0; (key = traincost_output_key(i)); i++) {
            const traincost_output *figure =
                traincost_result_find(traincost_comparison_result(view->comparison, run), key);
            const traincost_output *ratio = traincost_comparison_ratio(view->comparison, run, key);
            if (figure)
                csv_row_of(&row, view, run, "run", figure);
            if (ratio)
                csv_row_of(&row, view, run, "ratio to the first", ratio);
        }
    return true;
}
