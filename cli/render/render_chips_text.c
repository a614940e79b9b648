/* The catalogue of chips as text; one chip with its prices and their sources. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/render_chips.h"

#include "display.h"
#include "page.h"
#include "render/words.h"

#include <stdlib.h>
#include <string.h>

/* ---- the list ---- */

/* bf16, else the next best for training that was published. */
static void show_best_peak(const traincost_chip *chip, char out[DISPLAY_FIGURE])
{
    static const traincost_format order[] = {TRAINCOST_BF16, TRAINCOST_FP16, TRAINCOST_FP8,
                                             TRAINCOST_TF32, TRAINCOST_FP32, TRAINCOST_INT8};
    out[0] = '\0';
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (chip->peak[order[i]] == 0)
            continue;
        char figure[DISPLAY_FIGURE];
        display_number(chip->peak[order[i]], 4, false, figure);
        snprintf(out, DISPLAY_FIGURE, "%.40s%s%s", figure, order[i] == TRAINCOST_BF16 ? "" : " ",
                 order[i] == TRAINCOST_BF16 ? "" : format_names[order[i]]);
        return;
    }
}

/* Empty where the figure was never published. */
static void figure_text(double value, char out[DISPLAY_FIGURE])
{
    out[0] = '\0';
    if (value != 0)
        display_number(value, 6, true, out);
}

static void price_text(const traincost_price *price, char out[DISPLAY_FIGURE])
{
    char median[DISPLAY_FIGURE];
    display_scaled(price->p50, DISPLAY_DIGITS, "USD", median);
    snprintf(out, DISPLAY_FIGURE, "%.40s", median);
}

static void range_text(const traincost_price *price, char *out, size_t size)
{
    display_range(price->p5, price->p95, "USD", out, size);
}

static void add_list_row(struct grid *grid, const traincost_chip *chip, const traincost_price *price)
{
    char text[DISPLAY_FIGURE];
    grid_cell(grid, chip->id);
    grid_cell(grid, chip->name);
    snprintf(text, sizeof text, "%.7s", chip->released);
    grid_cell(grid, text);
    show_best_peak(chip, text);
    grid_cell(grid, text);
    figure_text(chip->memory_gb, text);
    grid_cell(grid, text);
    figure_text(chip->tdp_w, text);
    grid_cell(grid, text);
    range_text(price, text, sizeof text);
    grid_cell(grid, text);
}

static bool print_list(const struct output *output, const struct chips_view *view)
{
    char title[160], date[DISPLAY_FIGURE];
    struct grid grid;
    grid_begin(&grid, 0);
    grid_column(&grid, "id", GRID_LEFT, 0);
    grid_column(&grid, "name", GRID_LEFT, 3);
    grid_column(&grid, "released", GRID_LEFT, 1);
    grid_column(&grid, "TFLOP/s", GRID_LEFT, 0);
    grid_column(&grid, "GB", GRID_RIGHT, 0);
    grid_column(&grid, "TDP W", GRID_RIGHT, 2);
    grid_column(&grid, "rent, $/h", GRID_LEFT, 0);
    for (size_t i = 0; i < view->price_count; i++)
        add_list_row(&grid, traincost_catalog_chip(view->catalog, i), view->prices[i].price);
    if (!grid_print(&grid, output))
        return false;
    display_month(view->date, date);
    page_gap(output);
    snprintf(title, sizeof title,
             "TFLOP/s: dense, bf16 or what stands beside it. Rent of a chip-hour at %.16s on "
             "term %.16s: 5 %% to 95 %%.",
             date, view->term);
    page_paragraph(output, "", title, 0);
    return true;
}

/* ---- one chip ---- */

static void add_sheet_line(struct grid *grid, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    grid_cell(grid, label);
    grid_cell(grid, text);
}

static void add_sheet_figure(struct grid *grid, const char *label, double value, const char *unit)
{
    char figure[DISPLAY_FIGURE], text[2 * DISPLAY_FIGURE];
    display_number(value, 6, true, figure);
    snprintf(text, sizeof text, "%s %s", figure, unit);
    add_sheet_line(grid, label, value != 0 ? text : "not published");
}

static void add_sheet_peaks(struct grid *grid, const traincost_chip *chip)
{
    char text[512] = "";
    size_t used = 0;
    for (size_t i = 0; i < TRAINCOST_FORMATS; i++) {
        char figure[DISPLAY_FIGURE];
        if (chip->peak[i] == 0)
            continue;
        display_number(chip->peak[i], 6, true, figure);
        int added =
            snprintf(text + used, sizeof text - used, "%s%s %s", used ? ", " : "", format_names[i], figure);
        used += added > 0 ? (size_t)added : 0;
    }
    if (used)
        snprintf(text + used, sizeof text - used, " TFLOP/s (int8: TOP/s), dense");
    add_sheet_line(grid, "peak", used ? text : "not published");
}

static void add_sheet_server(struct grid *grid, const traincost_chip *chip)
{
    char chips[DISPLAY_FIGURE], power[DISPLAY_FIGURE], text[192];
    figure_text(chip->chips_per_server, chips);
    figure_text(chip->server_power_w, power);
    snprintf(text, sizeof text, "%s%s%s%s%s%s", chips, *chips ? " chip" : "", *chips ? display_plural(chips) : "",
             *chips && *power ? ", " : "", power, *power ? " W" : "");
    add_sheet_line(grid, "server", text);
}

/* The rent that was seen last, and how much older it is than the newest of the catalogue. */
static void last_rent_words(const struct chips_view *view, char *out, size_t size)
{
    int months = 0;
    const traincost_observation *seen = traincost_catalog_last_rent(view->catalog, view->chip, &months);
    if (!seen)
        snprintf(out, size, "none seen");
    else if (months == 0)
        snprintf(out, size, "%s", seen->date);
    else
        snprintf(out, size, "%s, %d month%s before the newest of the catalogue", seen->date, months,
                 months == 1 ? "" : "s");
}

static bool print_sheet(const struct output *output, const struct chips_view *view)
{
    struct grid sheet, *grid = &sheet;
    const traincost_chip *chip = view->chip;
    char title[256], source[512];
    snprintf(title, sizeof title, "%s (%s)", chip->name, chip->id);
    page_title(output, title);
    if (view->usual) {
        char line[256];
        snprintf(line, sizeof line, "'%.120s' names several chips; this is the usual one", view->asked);
        page_paragraph(output, "  ", line, 2);
    }
    grid_begin(grid, 2);
    grid_column(grid, "", GRID_LEFT, 0);
    grid_column(grid, "", GRID_WRAPS, 0);
    add_sheet_line(grid, "maker", chip->vendor);
    add_sheet_line(grid, "family", chip->family);
    add_sheet_line(grid, "released", *chip->released ? chip->released : "not known to the month");
    add_sheet_peaks(grid, chip);
    add_sheet_figure(grid, "memory", chip->memory_gb, "GB");
    add_sheet_figure(grid, "bandwidth", chip->bandwidth_gb_s, "GB/s");
    add_sheet_figure(grid, "TDP", chip->tdp_w, "W");
    add_sheet_server(grid, chip);
    snprintf(source, sizeof source, "%s%s%s", chip->source, *chip->checked ? " read " : "", chip->checked);
    add_sheet_line(grid, "source", source);
    add_sheet_line(grid, "note", chip->note);
    last_rent_words(view, source, sizeof source);
    add_sheet_line(grid, "last rent", source);
    return grid_print(grid, output);
}

/* ---- observations ---- */

/* The distinct sources of a chip's observations: sorted, to be found, each with its number in the order of their first
 * use. */
struct sources {
    struct source {
        const char *url;
        size_t number; /* 0: not used yet */
    } *sorted;
    const char **used;
    size_t count, used_count;
};

static int compare_sources(const void *a, const void *b)
{
    return strcmp(((const struct source *)a)->url, ((const struct source *)b)->url);
}

static bool collect_sources(struct sources *sources, const struct chips_view *view)
{
    const traincost_observation *seen;
    size_t all = 0;
    for (size_t i = 0; (seen = traincost_catalog_observation(view->catalog, i)); i++)
        all += !strcmp(seen->chip, view->chip->id);
    sources->sorted = calloc(all + 1, sizeof *sources->sorted);
    sources->used = calloc(all + 1, sizeof *sources->used);
    if (!sources->sorted || !sources->used)
        return false;
    for (size_t i = 0; (seen = traincost_catalog_observation(view->catalog, i)); i++)
        if (!strcmp(seen->chip, view->chip->id))
            sources->sorted[sources->count++].url = seen->source;
    qsort(sources->sorted, sources->count, sizeof *sources->sorted, compare_sources);
    size_t kept = 0;
    for (size_t i = 0; i < sources->count; i++)
        if (kept == 0 || compare_sources(&sources->sorted[kept - 1], &sources->sorted[i]) != 0)
            sources->sorted[kept++] = sources->sorted[i];
    sources->count = kept;
    return true;
}

static size_t source_number(struct sources *sources, const char *url)
{
    const struct source wanted = {.url = url};
    struct source *source =
        bsearch(&wanted, sources->sorted, sources->count, sizeof wanted, compare_sources);
    if (source && source->number == 0) {
        sources->used[sources->used_count++] = url;
        source->number = sources->used_count;
    }
    return source ? source->number : 0;
}

static void add_observation(struct grid *grid, const traincost_observation *seen, bool rent,
                            struct sources *sources)
{
    char price[DISPLAY_FIGURE], range[2 * DISPLAY_FIGURE] = "", number[32];
    display_exact(seen->usd, "USD", price);
    if (seen->low != 0 || seen->high != 0)
        display_range(seen->low, seen->high, "USD", range, sizeof range);
    snprintf(number, sizeof number, "[%zu]", source_number(sources, seen->source));
    grid_cell(grid, seen->date);
    grid_cell(grid, seen->term);
    grid_cell(grid, rent ? seen->tier : seen->includes);
    grid_cell(grid, seen->vendor);
    grid_cell(grid, price);
    grid_cell(grid, range);
    grid_cell(grid, number);
}

static bool print_price_rows(const struct output *output, const struct chips_view *view, const char *kind,
                             const char *title, struct sources *sources)
{
    const traincost_observation *seen;
    bool any = false, rent = !strcmp(kind, "rent");
    struct grid grid;
    grid_begin(&grid, 2);
    grid_column(&grid, "date", GRID_LEFT, 0);
    grid_column(&grid, "term", GRID_LEFT, 0);
    grid_column(&grid, rent ? "tier" : "includes", GRID_LEFT, 2);
    grid_column(&grid, "vendor", GRID_WRAPS, 0);
    grid_column(&grid, rent ? "$ a chip-hour" : "$ a chip", GRID_RIGHT, 0);
    grid_column(&grid, "", GRID_LEFT, 1);
    grid_column(&grid, "", GRID_LEFT, 0);
    for (size_t i = 0; (seen = traincost_catalog_observation(view->catalog, i)); i++) {
        if (strcmp(seen->chip, view->chip->id) != 0 || strcmp(seen->kind, kind) != 0)
            continue;
        any = true;
        add_observation(&grid, seen, rent, sources);
    }
    page_gap(output);
    page_title(output, any ? title : rent ? "Rents seen: none" : "Purchases seen: none");
    if (any)
        return grid_print(&grid, output);
    grid_free(&grid);
    return true;
}

static void print_sources(const struct output *output, const struct sources *sources)
{
    if (!sources->used_count)
        return;
    page_gap(output);
    page_title(output, "Sources");
    for (size_t i = 0; i < sources->used_count; i++) {
        char lead[32];
        snprintf(lead, sizeof lead, "  [%zu] ", i + 1);
        page_paragraph(output, lead, sources->used[i], 6);
    }
}

/* ---- the prices that would be used ---- */

static void begin_prices(struct grid *grid)
{
    grid_begin(grid, 2);
    grid_column(grid, "", GRID_LEFT, 0);
    grid_column(grid, "median", GRID_RIGHT, 0);
    grid_column(grid, "5 % to 95 %", GRID_LEFT, 0);
    grid_column(grid, "from", GRID_WRAPS, 0);
}

static void add_price_row(struct grid *grid, const char *term, const traincost_price *price)
{
    char median[DISPLAY_FIGURE], range[2 * DISPLAY_FIGURE];
    price_text(price, median);
    range_text(price, range, sizeof range);
    grid_cell(grid, term);
    grid_cell(grid, median);
    grid_cell(grid, range);
    grid_cell(grid, price->basis ? price->basis : "");
}

/* The prices from `from` on that are of its date, and where those of the next begin. */
static bool print_prices_at(const struct output *output, const struct chips_view *view, size_t *from)
{
    char title[256], date[DISPLAY_FIGURE];
    struct grid grid;
    const char *first = view->prices[*from].date;
    display_month(first, date);
    snprintf(title, sizeof title, "Rent of a chip-hour at %.40s%s%.40s%s%.60s", date, view->tier ? ", " : "",
             view->tier ? view->tier : "", view->region ? ", " : "", view->region ? view->region : "");
    page_gap(output);
    page_title(output, title);
    begin_prices(&grid);
    for (; *from < view->price_count && !strcmp(view->prices[*from].date, first); ++*from)
        add_price_row(&grid, view->prices[*from].term, view->prices[*from].price);
    return grid_print(&grid, output);
}

static bool print_prices(const struct output *output, const struct chips_view *view)
{
    struct grid grid;
    char date[DISPLAY_FIGURE];
    for (size_t i = 0; i < view->price_count;)
        if (!print_prices_at(output, view, &i))
            return false;
    page_gap(output);
    page_title(output, "Price of the chip alone, new");
    display_month(view->date, date);
    begin_prices(&grid);
    add_price_row(&grid, "when it came", view->hardware);
    add_price_row(&grid, date, view->purchase);
    return grid_print(&grid, output);
}

bool render_chips_text(const struct output *output, const struct chips_view *view)
{
    struct sources sources = {NULL, NULL, 0, 0};
    if (!view->chip)
        return print_list(output, view);
    bool good = collect_sources(&sources, view) && print_sheet(output, view) && print_prices(output, view) &&
                print_price_rows(output, view, "rent", "Rents seen", &sources) &&
                print_price_rows(output, view, "buy", "Purchases seen", &sources);
    if (good)
        print_sources(output, &sources);
    free(sources.sorted);
    free((void *)sources.used);
    return good;
}
