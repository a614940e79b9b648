/* The catalogue of chips as text; one chip with its prices and their sources. */
#include "render/render_chips.h"

#include "display.h"
#include "render/words.h"

#include <stdlib.h>
#include <string.h>

enum { SHEET_WIDTH = 100 };

static void put_title(const struct output *output, const char *text)
{
    fputs(output->colour ? "\033[1m" : "", output->file);
    display_text(output->file, text);
    fputs(output->colour ? "\033[0m\n" : "\n", output->file);
}

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
        display_number(value, 6, false, out);
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

static void print_list_row(FILE *out, const traincost_chip *chip, const traincost_price *price)
{
    char peak[DISPLAY_FIGURE], memory[DISPLAY_FIGURE], power[DISPLAY_FIGURE], range[DISPLAY_FIGURE];
    show_best_peak(chip, peak);
    figure_text(chip->memory_gb, memory);
    figure_text(chip->tdp_w, power);
    range_text(price, range, sizeof range);
    display_cell(out, chip->id, 15);
    display_cell(out, chip->name, 40);
    fprintf(out, "%-10.7s%-11s%6s%6s  %s\n", chip->released, peak, memory, power, range);
}

static void print_list(const struct output *output, const struct chips_view *view)
{
    char title[160], date[DISPLAY_FIGURE];
    for (size_t i = 0; i < view->price_count; i++) {
        if (i == 0) {
            snprintf(title, sizeof title, "%-15s%-40s%-10s%-11s%6s%6s  %s", "id", "name", "released", "TFLOP/s",
                     "GB", "TDP W", "rent, $/h");
            put_title(output, title);
        }
        print_list_row(output->file, traincost_catalog_chip(view->catalog, i), view->prices[i].price);
    }
    display_month(view->date, date);
    putc('\n', output->file);
    snprintf(title, sizeof title,
             "TFLOP/s: dense, bf16 or what stands beside it. Rent of a chip-hour at %.16s on "
             "term %.16s: 5 %% to 95 %%.",
             date, view->term);
    display_wrapped(output->file, title, 0, 0, SHEET_WIDTH);
}

/* ---- one chip ---- */

static void print_sheet_line(FILE *out, const char *label, const char *text)
{
    if (!text || !*text)
        return;
    fputs("  ", out);
    display_cell(out, label, 16);
    display_wrapped(out, text, 18, 18, SHEET_WIDTH);
}

static void print_figure(FILE *out, const char *label, double value, const char *unit)
{
    char figure[DISPLAY_FIGURE], text[2 * DISPLAY_FIGURE];
    display_number(value, 6, true, figure);
    snprintf(text, sizeof text, "%s %s", figure, unit);
    print_sheet_line(out, label, value != 0 ? text : "not published");
}

static void print_peaks(FILE *out, const traincost_chip *chip)
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
    print_sheet_line(out, "peak", used ? text : "not published");
}

static void print_server(FILE *out, const traincost_chip *chip)
{
    char chips[DISPLAY_FIGURE], power[DISPLAY_FIGURE], text[192];
    figure_text(chip->chips_per_server, chips);
    figure_text(chip->server_power_w, power);
    snprintf(text, sizeof text, "%s%s%s%s%s", chips, *chips ? " chips" : "", *chips && *power ? ", " : "",
             power, *power ? " W" : "");
    print_sheet_line(out, "server", text);
}

static void print_sheet(const struct output *output, const struct chips_view *view)
{
    FILE *out = output->file;
    const traincost_chip *chip = view->chip;
    char title[256], source[512];
    snprintf(title, sizeof title, "%s (%s)", chip->name, chip->id);
    put_title(output, title);
    if (view->usual) {
        fputs("  '", out);
        display_text(out, view->asked);
        fputs("' names several chips; this is the usual one\n", out);
    }
    print_sheet_line(out, "maker", chip->vendor);
    print_sheet_line(out, "family", chip->family);
    print_sheet_line(out, "released", *chip->released ? chip->released : "not known to the month");
    print_peaks(out, chip);
    print_figure(out, "memory", chip->memory_gb, "GB");
    print_figure(out, "bandwidth", chip->bandwidth_gb_s, "GB/s");
    print_figure(out, "TDP", chip->tdp_w, "W");
    print_server(out, chip);
    snprintf(source, sizeof source, "%s%s%s", chip->source, *chip->checked ? " read " : "", chip->checked);
    print_sheet_line(out, "source", source);
    print_sheet_line(out, "note", chip->note);
}

/* ---- observations ---- */

/* The distinct sources of a chip's observations, in the order of their first use. */
struct sources {
    const char **urls;
    size_t count;
};

static size_t source_number(struct sources *sources, const char *url)
{
    for (size_t i = 0; i < sources->count; i++)
        if (!strcmp(sources->urls[i], url))
            return i + 1;
    sources->urls[sources->count++] = url;
    return sources->count;
}

static void print_observation(FILE *out, const traincost_observation *seen, bool rent, struct sources *sources)
{
    char price[DISPLAY_FIGURE], range[2 * DISPLAY_FIGURE] = "";
    display_exact(seen->usd, "USD", price);
    if (seen->low != 0 || seen->high != 0)
        display_range(seen->low, seen->high, "USD", range, sizeof range);
    fputs("  ", out);
    display_cell(out, seen->date, 12);
    display_cell(out, seen->term, 13);
    display_cell(out, rent ? seen->tier : seen->includes, 13);
    display_cell(out, seen->vendor, 21);
    fprintf(out, "%10s  ", price);
    display_cell(out, range, 18);
    fprintf(out, " [%zu]\n", source_number(sources, seen->source));
}

static void print_price_rows(const struct output *output, const struct chips_view *view, const char *kind,
                             const char *title, struct sources *sources)
{
    const traincost_observation *seen;
    bool begun = false, rent = !strcmp(kind, "rent");
    for (size_t i = 0; (seen = traincost_catalog_observation(view->catalog, i)); i++) {
        if (strcmp(seen->chip, view->chip->id) != 0 || strcmp(seen->kind, kind) != 0)
            continue;
        if (!begun) {
            putc('\n', output->file);
            put_title(output, title);
        }
        begun = true;
        print_observation(output->file, seen, rent, sources);
    }
    if (!begun)
        fprintf(output->file, "\n%s: none seen\n", title);
}

static void print_sources(const struct output *output, const struct sources *sources)
{
    if (!sources->count)
        return;
    putc('\n', output->file);
    put_title(output, "Sources");
    for (size_t i = 0; i < sources->count; i++) {
        fprintf(output->file, "  [%zu] ", i + 1);
        display_text(output->file, sources->urls[i]);
        putc('\n', output->file);
    }
}

/* ---- the prices that would be used ---- */

static void print_price(FILE *out, const char *term, const traincost_price *price)
{
    char median[DISPLAY_FIGURE], range[2 * DISPLAY_FIGURE];
    price_text(price, median);
    range_text(price, range, sizeof range);
    fputs("  ", out);
    display_cell(out, term, 12);
    fprintf(out, "%8s  ", median);
    display_cell(out, range, 18);
    fputs("  ", out);
    display_wrapped(out, price->basis ? price->basis : "", 42, 42, SHEET_WIDTH);
}

static void print_prices(const struct output *output, const struct chips_view *view)
{
    char title[128], date[DISPLAY_FIGURE];
    const char *last = "";
    for (size_t i = 0; i < view->price_count; i++) {
        const struct priced *priced = &view->prices[i];
        if (strcmp(priced->date, last) != 0) {
            last = priced->date;
            display_month(last, date);
            snprintf(title, sizeof title, "Rent of a chip-hour at %s: median, 5 %% to 95 %%", date);
            putc('\n', output->file);
            put_title(output, title);
        }
        print_price(output->file, priced->term, priced->price);
    }
    putc('\n', output->file);
    put_title(output, "Price of the chip alone, new: median, 5 % to 95 %");
    print_price(output->file, "buy", view->hardware);
}

bool render_chips_text(const struct output *output, const struct chips_view *view)
{
    struct sources sources = {NULL, 0};
    size_t most = 0;
    if (!view->chip) {
        print_list(output, view);
        return true;
    }
    while (traincost_catalog_observation(view->catalog, most))
        most++;
    sources.urls = calloc(most + 1, sizeof *sources.urls);
    if (!sources.urls)
        return false;
    print_sheet(output, view);
    print_prices(output, view);
    print_price_rows(output, view, "rent", "Rents seen: date, term, tier, vendor, $ a chip-hour", &sources);
    print_price_rows(output, view, "buy", "Purchases seen: date, term, what it includes, vendor, $ a chip",
                     &sources);
    print_sources(output, &sources);
    free(sources.urls);
    return true;
}
