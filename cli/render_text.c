#include "render.h"

#include "display.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    LABEL_COLUMNS = 21,
    LEAST_COLUMN = 10,
    MOST_LEVELS = (DISPLAY_WIDTH - LABEL_COLUMNS) / LEAST_COLUMN,
    REMARK = 80,
};

/* The rows in the order of the table; an output that has none of its own comes last under its key. */
static const struct row_kind {
    const char *key;
    const char *label;
    bool physical; /* after the money */
    bool detail;   /* shown where it was asked for */
} kinds[] = {
    {"rental_usd", "rent", false, false},
    {"ownership_usd", "own", false, false},
    {"accelerators_usd", "  accelerators", false, false},
    {"servers_usd", "  servers", false, false},
    {"interconnect_usd", "  interconnect", false, false},
    {"energy_usd", "  electricity", false, false},
    {"acquisition_usd", "buy the cluster", false, false},
    {"with_base_usd", "rent with base", false, false},
    {"base_usd", "rent of the base", false, true},
    {"experiments_usd", "experiments, staff", false, true},
    {"development_usd", "develop", false, false},
    {"chip_energy_kwh", "energy, chips alone", true, false},
    {"it_energy_kwh", "energy, servers", true, false},
    {"energy_kwh", "energy, site", true, false},
    {"power_kw", "mean power", true, false},
    {"chip_co2_kg", "CO2e, chips alone", true, true},
    {"it_co2_kg", "CO2e, servers", true, true},
    {"co2_kg", "CO2e", true, false},
    {"flop", "compute, FLOP", true, false},
    {"mfu", "MFU", true, false},
    {"memory_gb", "training state", true, false},
    {"hours", "hours", true, false},
    {"chip_hours", "chip-hours", true, false},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

struct row {
    const struct row_kind *kind; /* NULL: by its key */
    const char *key;
    char figures[MOST_LEVELS][DISPLAY_FIGURE];
    char remark[REMARK];
};

struct table {
    const struct output *output;
    const struct estimate_view *view;
    size_t levels[MOST_LEVELS]; /* which quantiles are shown */
    size_t level_count;
    size_t column; /* their width */
    struct row *rows;
    size_t count;
};

static bool is_exact(const traincost_output *figure)
{
    for (size_t i = 0; i < figure->levels; i++)
        if (figure->quantile_se[i] != 0 || figure->quantile[i] != figure->quantile[0])
            return false;
    return figure->levels > 0;
}

static const char *times(const struct output *output)
{
    return output->utf8 ? "\xC3\x97" : "x";
}

static void put_bold(const struct output *output, const char *text)
{
    if (output->colour)
        fputs("\033[1m", output->file);
    display_text(output->file, text);
    if (output->colour)
        fputs("\033[0m", output->file);
}

/* ---- columns ---- */

static bool near(double level, double wanted)
{
    return fabs(level - wanted) < 1e-9;
}

/* Of the default quantiles 5, 50 and 95 %; of those asked for as many as fit, the ends and what is evenly
 * between them. */
static void choose_levels(struct table *t)
{
    const traincost_result *result = t->view->result;
    size_t all = 0;
    for (; !isnan(traincost_result_level(result, all)); all++) {
        double level = traincost_result_level(result, all);
        bool wanted = near(level, 0.05) || near(level, 0.5) || near(level, 0.95);
        if (!t->view->all_quantiles && wanted && t->level_count < MOST_LEVELS)
            t->levels[t->level_count++] = all;
    }
    if (t->level_count)
        return;
    t->level_count = all < MOST_LEVELS ? all : MOST_LEVELS;
    for (size_t i = 0; i < t->level_count; i++)
        t->levels[i] = t->level_count < 2 ? i : i * (all - 1) / (t->level_count - 1);
}

void level_title(double level, char out[DISPLAY_FIGURE])
{
    char percent[DISPLAY_FIGURE];
    display_number(100 * level, 6, false, percent);
    if (near(level, 0.5))
        snprintf(out, DISPLAY_FIGURE, "median");
    else
        snprintf(out, DISPLAY_FIGURE, "%.*s %%", DISPLAY_FIGURE - 3, percent);
}

/* ---- figures ---- */

static void show_figure(const traincost_output *figure, size_t level, char out[DISPLAY_FIGURE])
{
    double value = figure->quantile[level];
    int digits = display_digits(value, figure->quantile_se[level]);
    bool share = !strcmp(figure->key, "mfu"),
         bare = !strcmp(figure->key, "chip_hours") || !strcmp(figure->key, "hours");
    if (share) {
        display_number(100 * value, digits, false, out);
        strcat(out, " %");
    } else if (is_exact(figure)) {
        display_exact(value, figure->unit, out);
    } else {
        display_scaled(value, digits, figure->unit, out);
    }
    if (bare && strlen(out) > 2)
        out[strlen(out) - 2] = '\0'; /* the label says hours */
}

/* The input of that key that all stages share, else the one that there is; NULL where none speaks for the run.
 */
static const traincost_input *only_input(const traincost_result *result, const char *key)
{
    const traincost_input *found = NULL, *input;
    size_t count = 0;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        if (strcmp(input->key, key) != 0)
            continue;
        if (!input->stage)
            return input;
        found = input;
        count++;
    }
    return count == 1 ? found : NULL;
}

/* The largest cluster, where all are of one type. */
static const traincost_stage *largest_stage(const traincost_result *result)
{
    const traincost_stage *largest = NULL, *stage;
    for (size_t i = 0; (stage = traincost_result_stage_at(result, i)); i++) {
        if (isnan(stage->chips) || !stage->chip || (largest && largest->chip != stage->chip))
            return NULL;
        if (!largest || stage->chips > largest->chips)
            largest = stage;
    }
    return largest;
}

/* The price beside the rent is a 90 % interval: its columns should be so too. */
static bool shows_90_percent(const struct table *t)
{
    const traincost_result *result = t->view->result;
    return t->level_count > 1 && near(traincost_result_level(result, t->levels[0]), 0.05) &&
           near(traincost_result_level(result, t->levels[t->level_count - 1]), 0.95);
}

static void set_remark(const struct table *t, struct row *row)
{
    const traincost_input *price = only_input(t->view->result, "rental-price");
    const traincost_stage *stage = largest_stage(t->view->result);
    if (!strcmp(row->key, "rental_usd") && price && shows_90_percent(t)) {
        char range[REMARK];
        display_range(price->p5, price->p95, "USD", range, sizeof range);
        snprintf(row->remark, REMARK, "%.*s a chip-hour", REMARK - 16, range);
    } else if (!strcmp(row->key, "acquisition_usd")) {
        char chips[DISPLAY_FIGURE] = "";
        if (stage)
            display_number(round(stage->chips), DISPLAY_EXACT, true, chips);
        snprintf(row->remark, REMARK, "%s%snew", chips, stage ? " chips, " : "");
    } else if (!strcmp(row->key, "development_usd")) {
        snprintf(row->remark, REMARK, "with experiments and staff");
    }
}

static void add_row(struct table *t, const struct row_kind *kind, const traincost_output *figure)
{
    struct row *row = &t->rows[t->count++];
    row->kind = kind;
    row->key = figure->key;
    for (size_t i = 0; i < t->level_count; i++) {
        show_figure(figure, t->levels[i], row->figures[i]);
        if (strlen(row->figures[i]) + 2 > t->column)
            t->column = strlen(row->figures[i]) + 2;
    }
    set_remark(t, row);
}

static const struct row_kind *kind_of(const char *key)
{
    for (size_t i = 0; i < KINDS; i++)
        if (!strcmp(kinds[i].key, key))
            return &kinds[i];
    return NULL;
}

/* What the first line says exactly is no row. */
static bool is_said(const traincost_result *result, const traincost_output *figure)
{
    const traincost_stage *stage;
    bool chip_hours = !strcmp(figure->key, "chip_hours");
    if (!traincost_result_at(result, 2) || !is_exact(figure) ||
        (!chip_hours && strcmp(figure->key, "hours") != 0))
        return false;
    for (size_t i = 0; (stage = traincost_result_stage_at(result, i)); i++)
        if (isnan(chip_hours ? stage->chip_hours : stage->hours))
            return false;
    return true;
}

const char *output_words(const char *key)
{
    const struct row_kind *kind = kind_of(key);
    return kind ? kind->label + strspn(kind->label, " ") : key;
}

void render_text_outputs(char *list, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < KINDS; i++)
        if (!kinds[i].detail && length < size)
            length += (size_t)snprintf(list + length, size - length, "%s%s", length ? "," : "", kinds[i].key);
}

static void fill_rows(struct table *t)
{
    const traincost_output *figure;
    for (size_t i = 0; i < KINDS; i++) {
        figure = traincost_result_find(t->view->result, kinds[i].key);
        if (figure && (t->view->all_outputs || !kinds[i].detail) && !is_said(t->view->result, figure))
            add_row(t, &kinds[i], figure);
    }
    for (size_t i = 0; (figure = traincost_result_at(t->view->result, i)); i++)
        if (!kind_of(figure->key))
            add_row(t, NULL, figure);
}

static void print_titles(const struct table *t)
{
    FILE *out = t->output->file;
    char title[DISPLAY_FIGURE];
    if (t->output->colour)
        fputs("\033[1m", out);
    fprintf(out, "%*s", LABEL_COLUMNS, "");
    for (size_t i = 0; i < t->level_count; i++) {
        level_title(traincost_result_level(t->view->result, t->levels[i]), title);
        fprintf(out, "%*s", (int)t->column, title);
    }
    fputs(t->output->colour ? "\033[0m\n" : "\n", out);
}

static void print_row(const struct table *t, const struct row *row)
{
    FILE *out = t->output->file;
    fprintf(out, "  ");
    display_cell(out, row->kind ? row->kind->label : row->key, LABEL_COLUMNS - 2);
    for (size_t i = 0; i < t->level_count; i++)
        fprintf(out, "%*s", (int)t->column, row->figures[i]);
    size_t used = LABEL_COLUMNS + t->level_count * t->column;
    if (!*row->remark)
        putc('\n', out);
    else if (used + 2 + strlen(row->remark) <= DISPLAY_WIDTH)
        fprintf(out, "  %s\n", row->remark);
    else
        fprintf(out, "\n    %s\n", row->remark);
}

static void print_rows(const struct table *t)
{
    bool money = false, physical = false;
    if (t->count)
        print_titles(t);
    for (size_t i = 0; i < t->count; i++) {
        bool now = !t->rows[i].kind || t->rows[i].kind->physical;
        if (now && !physical && money)
            putc('\n', t->output->file);
        physical = physical || now;
        money = money || !now;
        print_row(t, &t->rows[i]);
    }
}

/* ---- the first lines ---- */

/* Without the unit, which stands beside it; what is not whole to four digits. Empty where it is unknown. */
static void show_count(double count, bool exact, char out[DISPLAY_FIGURE])
{
    char number[DISPLAY_FIGURE];
    bool whole = exact && count == floor(count);
    display_number(count, whole ? DISPLAY_EXACT : 4, true, number);
    snprintf(out, DISPLAY_FIGURE, "%s%.*s", *number && !exact ? "about " : "", DISPLAY_FIGURE - 8, number);
}

static void describe_cluster(const struct output *output, const traincost_stage *stage, char *out, size_t size)
{
    char chips[DISPLAY_FIGURE] = "";
    const char *name = stage->chip ? stage->chip->name : "";
    show_count(stage->chips, stage->chips_exact, chips);
    if (*chips)
        snprintf(out, size, "%s %s %s", chips, times(output), name);
    else
        snprintf(out, size, "%s", name);
}

/* "512 x NVIDIA H800 SXM for 198 h = 101,376 chip-hours, at 2025-01 prices" */
static void print_single(const struct table *t, const traincost_stage *stage, const char *date)
{
    char cluster[256], time[2 * DISPLAY_FIGURE] = "", total[2 * DISPLAY_FIGURE] = "", figure[DISPLAY_FIGURE];
    char line[1024];
    const char *name = traincost_result_name(t->view->result);
    describe_cluster(t->output, stage, cluster, sizeof cluster);
    show_count(stage->hours, stage->hours_exact, figure);
    if (*figure)
        snprintf(time, sizeof time, " for %s h", figure);
    show_count(stage->chip_hours, stage->chip_hours_exact, figure);
    if (*figure)
        snprintf(total, sizeof total, "%s%s chip-hours", *time ? " = " : ", ", figure);
    snprintf(line, sizeof line, "%.400s%s%s%s%s, at %s prices", name, *name ? ": " : "", cluster, time, total,
             date);
    display_wrapped(t->output->file, line, 0, 2, DISPLAY_WIDTH);
}

static void print_stage(const struct table *t, const traincost_stage *stage, size_t index, size_t wide)
{
    FILE *out = t->output->file;
    char cluster[256], hours[DISPLAY_FIGURE], chip_hours[DISPLAY_FIGURE], number[32];
    snprintf(number, sizeof number, "stage %zu", index + 1);
    describe_cluster(t->output, stage, cluster, sizeof cluster);
    show_count(stage->hours, stage->hours_exact, hours);
    show_count(stage->chip_hours, stage->chip_hours_exact, chip_hours);
    fputs("  ", out);
    display_cell(out, stage->name && *stage->name ? stage->name : number, wide + 2);
    display_cell(out, cluster, *hours || *chip_hours ? 34 : 0);
    if (*hours || *chip_hours)
        fprintf(out, "%8s%s", hours, *hours ? " h" : "  ");
    if (*chip_hours)
        fprintf(out, "%12s chip-hours", chip_hours);
    putc('\n', out);
}

/* "147,000 chip-hours", or "about ..." for the median of what is uncertain. */
static void describe_total(const traincost_result *result, char *out, size_t size)
{
    char total[DISPLAY_FIGURE] = "";
    const traincost_output *sum = traincost_result_find(result, "chip_hours");
    bool exact = sum && is_exact(sum);
    for (size_t i = 0; sum && i < sum->levels; i++)
        if (exact || near(traincost_result_level(result, i), 0.5))
            show_figure(sum, i, total);
    snprintf(out, size, "%s%s%s%s", *total ? ", " : "", *total && !exact ? "about " : "", total,
             *total ? " chip-hours" : "");
}

static void print_stages(const struct table *t, const char *date)
{
    char total[2 * DISPLAY_FIGURE], line[1024];
    const traincost_result *result = t->view->result;
    const traincost_stage *stage;
    const char *name = traincost_result_name(result);
    size_t count = 0, wide = 7;
    for (; (stage = traincost_result_stage_at(result, count)); count++)
        if (stage->name && display_columns(stage->name) > wide)
            wide = display_columns(stage->name);
    describe_total(result, total, sizeof total);
    snprintf(line, sizeof line, "%.300s%s%zu stages%s, at %s prices", name, *name ? ": " : "", count, total,
             date);
    display_wrapped(t->output->file, line, 0, 2, DISPLAY_WIDTH);
    putc('\n', t->output->file);
    for (size_t i = 0; i < count; i++)
        print_stage(t, traincost_result_stage_at(result, i), i, wide < 20 ? wide : 20);
}

static void print_head(const struct table *t)
{
    char date[DISPLAY_FIGURE];
    const traincost_result *result = t->view->result;
    const traincost_stage *stage = traincost_result_stage_at(result, 0);
    display_month(traincost_result_date(result), date);
    if (stage && traincost_result_stage_at(result, 1))
        print_stages(t, date);
    else if (stage)
        print_single(t, stage, date);
}

/* ---- what it rests on ---- */

/* Keys are words in prose: "rental price". */
static void words_of(const char *key, char *out, size_t size)
{
    snprintf(out, size, "%s", key);
    for (char *at = out; *at; at++)
        if (*at == '-')
            *at = ' ';
}

static void print_movers(const struct table *t, const char *title, const char *output)
{
    char line[1024];
    size_t used = (size_t)snprintf(line, sizeof line, "%s:", title), begun = used;
    const traincost_sensitivity *share;
    for (size_t i = 0; (share = traincost_result_sensitivity_at(t->view->result, output, i)); i++) {
        char key[64];
        if (share->total < 0.05)
            continue;
        words_of(share->key, key, sizeof key);
        bool stage = share->stage && *share->stage;
        int added =
            snprintf(line + used, sizeof line - used, "%s %s%s%.80s%s %.0f %%", used > begun ? "," : "", key,
                     stage ? " (" : "", stage ? share->stage : "", stage ? ")" : "", 100 * share->total);
        if (added < 0 || (size_t)added >= sizeof line - used)
            break;
        used += (size_t)added;
    }
    line[used] = '\0';
    if (used > begun)
        display_wrapped(t->output->file, line, 0, 2, DISPLAY_WIDTH);
}

/* What the defaults of a parameter rest on. */
static void print_sources(const struct output *output, const traincost_result *result, const char *title,
                          const char *key)
{
    const traincost_input *input;
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++) {
        if (strcmp(input->key, key) != 0 || input->given || !input->source || !*input->source)
            continue;
        size_t at = input->stage ? (size_t)fprintf(output->file, "%s of %s: ", title, input->stage)
                                 : (size_t)fprintf(output->file, "%s: ", title);
        display_wrapped(output->file, input->source, at, 2, DISPLAY_WIDTH);
    }
}

void render_price_sources(const struct output *output, const traincost_result *result)
{
    if (traincost_result_find(result, "rental_usd"))
        print_sources(output, result, "Prices", "rental-price");
}

/* What a price or an MFU was inferred from stands under Prices and MFU. */
static void print_notes(const struct table *t)
{
    const char *note;
    for (size_t i = 0; (note = traincost_result_note_at(t->view->result, i)); i++) {
        if (!strncmp(note, "rental-price: ", 14) || !strncmp(note, "mfu: ", 5))
            continue;
        size_t at = (size_t)fprintf(t->output->file, "Note: ");
        display_wrapped(t->output->file, note, at, 2, DISPLAY_WIDTH);
    }
}

static void print_samples(const struct table *t)
{
    char count[DISPLAY_FIGURE];
    display_number(traincost_result_samples(t->view->result), DISPLAY_EXACT, true, count);
    fprintf(t->output->file, "Samples: %s\n", count);
}

static void print_input(const struct output *output, const traincost_input *input)
{
    FILE *out = output->file;
    char range[160], label[256];
    bool stage = input->stage && *input->stage;
    bool plain = !strcmp(input->unit, "ratio") || !strcmp(input->unit, "share");
    snprintf(label, sizeof label, "%s%s%.100s%s", input->key, stage ? " (" : "", stage ? input->stage : "",
             stage ? ")" : "");
    if (isfinite(input->p5) && isfinite(input->p95))
        display_range(input->p5, input->p95, plain ? "" : input->unit, range, sizeof range);
    else
        snprintf(range, sizeof range, "%s", input->text ? input->text : "");
    fputs("  ", out);
    display_cell(out, label, 24);
    if (display_columns(label) > 23)
        putc(' ', out);
    display_cell(out, range, input->given ? 32 : 0);
    fputs(input->given ? "  given\n" : "\n", out);
    if (!input->given && input->source && *input->source) {
        fputs("      ", out);
        display_wrapped(out, input->source, 6, 6, DISPLAY_WIDTH);
    }
}

void render_inputs(const struct output *output, const traincost_result *result)
{
    const traincost_input *input;
    fputs("\n", output->file);
    put_bold(output, "Inputs, 5 % to 95 %");
    fputs("\n\n", output->file);
    for (size_t i = 0; (input = traincost_result_input_at(result, i)); i++)
        print_input(output, input);
}

bool render_text(const struct output *output, const struct estimate_view *view)
{
    struct table t = {.output = output, .view = view, .column = LEAST_COLUMN};
    size_t most = 0;
    while (traincost_result_at(view->result, most))
        most++;
    t.rows = calloc(most + 1, sizeof *t.rows);
    if (!t.rows)
        return false;
    choose_levels(&t);
    fill_rows(&t);
    print_head(&t);
    putc('\n', output->file);
    print_rows(&t);
    putc('\n', output->file);
    print_movers(&t, "Rent moves with", "rental_usd");
    print_movers(&t, "Owning moves with", "ownership_usd");
    render_price_sources(output, view->result);
    print_sources(t.output, t.view->result, "MFU", "mfu");
    print_notes(&t);
    if (view->samples)
        print_samples(&t);
    if (view->explain)
        render_inputs(output, view->result);
    free(t.rows);
    return true;
}
