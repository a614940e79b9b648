/* The table of outputs: which rows, which columns, what stands beside a row. */
#include "render/output_table.h"

#include "render/words.h"

#include <math.h>
#include <string.h>

/* The rows in the order of the table; an output that has none of its own comes last under its key. */
static const struct output_row_kind {
    const char *key;
    const char *label;
    bool physical; /* after the money */
    bool detail;   /* shown where it was asked for */
} row_kinds[] = {
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

enum { ROW_KINDS = sizeof row_kinds / sizeof *row_kinds };

bool figure_is_exact(const traincost_output *figure)
{
    for (size_t i = 0; i < figure->levels; i++)
        if (figure->quantile_se[i] != 0 || figure->quantile[i] != figure->quantile[0])
            return false;
    return figure->levels > 0;
}

/* ---- columns ---- */

bool is_level(double level, double wanted)
{
    return fabs(level - wanted) < 1e-9;
}

/* Of the default quantiles 5, 50 and 95 %; of those asked for as many as fit, the ends and what is evenly
 * between them. */
void choose_table_levels(struct output_table *t)
{
    const traincost_result *result = t->view->result;
    size_t all = 0;
    for (; !isnan(traincost_result_level(result, all)); all++) {
        double level = traincost_result_level(result, all);
        bool wanted = is_level(level, 0.05) || is_level(level, 0.5) || is_level(level, 0.95);
        if (!t->view->all_quantiles && wanted && t->level_count < MOST_LEVELS)
            t->levels[t->level_count++] = all;
    }
    if (t->level_count)
        return;
    t->level_count = all < MOST_LEVELS ? all : MOST_LEVELS;
    for (size_t i = 0; i < t->level_count; i++)
        t->levels[i] = t->level_count < 2 ? i : i * (all - 1) / (t->level_count - 1);
}

/* ---- figures ---- */

void show_output(const traincost_output *figure, size_t level, char out[DISPLAY_FIGURE])
{
    double value = figure->quantile[level];
    int digits = display_digits(value, figure->quantile_se[level]);
    bool share = !strcmp(figure->key, "mfu"),
         bare = !strcmp(figure->key, "chip_hours") || !strcmp(figure->key, "hours");
    if (share) {
        display_number(100 * value, digits, false, out);
        strcat(out, " %");
    } else if (figure_is_exact(figure)) {
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
static bool shows_90_percent(const struct output_table *t)
{
    const traincost_result *result = t->view->result;
    return t->level_count > 1 && is_level(traincost_result_level(result, t->levels[0]), 0.05) &&
           is_level(traincost_result_level(result, t->levels[t->level_count - 1]), 0.95);
}

static void set_remark(const struct output_table *t, struct output_row *row)
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

static void add_row(struct output_table *t, const struct output_row_kind *kind, const traincost_output *figure)
{
    struct output_row *row = &t->rows[t->count++];
    row->kind = kind;
    row->key = figure->key;
    for (size_t i = 0; i < t->level_count; i++) {
        show_output(figure, t->levels[i], row->figures[i]);
        if (strlen(row->figures[i]) + 2 > t->column)
            t->column = strlen(row->figures[i]) + 2;
    }
    set_remark(t, row);
}

static const struct output_row_kind *kind_of(const char *key)
{
    for (size_t i = 0; i < ROW_KINDS; i++)
        if (!strcmp(row_kinds[i].key, key))
            return &row_kinds[i];
    return NULL;
}

/* What the first line says exactly is no row. */
static bool is_said(const traincost_result *result, const traincost_output *figure)
{
    const traincost_stage *stage;
    bool chip_hours = !strcmp(figure->key, "chip_hours");
    if (!traincost_result_at(result, 2) || !figure_is_exact(figure) ||
        (!chip_hours && strcmp(figure->key, "hours") != 0))
        return false;
    for (size_t i = 0; (stage = traincost_result_stage_at(result, i)); i++)
        if (isnan(chip_hours ? stage->chip_hours : stage->hours))
            return false;
    return true;
}

const char *output_words(const char *key)
{
    const struct output_row_kind *kind = kind_of(key);
    return kind ? kind->label + strspn(kind->label, " ") : key;
}

void render_text_outputs(char *list, size_t size)
{
    size_t length = 0;
    for (size_t i = 0; i < ROW_KINDS; i++)
        if (!row_kinds[i].detail && length < size)
            length +=
                (size_t)snprintf(list + length, size - length, "%s%s", length ? "," : "", row_kinds[i].key);
}

void fill_output_rows(struct output_table *t)
{
    const traincost_output *figure;
    for (size_t i = 0; i < ROW_KINDS; i++) {
        figure = traincost_result_find(t->view->result, row_kinds[i].key);
        if (figure && (t->view->all_outputs || !row_kinds[i].detail) && !is_said(t->view->result, figure))
            add_row(t, &row_kinds[i], figure);
    }
    for (size_t i = 0; (figure = traincost_result_at(t->view->result, i)); i++)
        if (!kind_of(figure->key))
            add_row(t, NULL, figure);
}

static void print_level_titles(const struct output_table *t)
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

static void print_output_row(const struct output_table *t, const struct output_row *row)
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

void print_output_rows(const struct output_table *t)
{
    bool money = false, physical = false;
    if (t->count)
        print_level_titles(t);
    for (size_t i = 0; i < t->count; i++) {
        bool now = !t->rows[i].kind || t->rows[i].kind->physical;
        if (now && !physical && money)
            putc('\n', t->output->file);
        physical = physical || now;
        money = money || !now;
        print_output_row(t, &t->rows[i]);
    }
}
