/* An estimate as text: the first lines, the table, what moves it and what it rests on. */
#include "render/output_table.h"
#include "render/render_inputs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *times(const struct output *output)
{
    return output->utf8 ? "\xC3\x97" : "x";
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
static void print_single(const struct output_table *t, const traincost_stage *stage, const char *date)
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

static void print_stage(const struct output_table *t, const traincost_stage *stage, size_t index, size_t wide)
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
    bool exact = sum && figure_is_exact(sum);
    for (size_t i = 0; sum && i < sum->levels; i++)
        if (exact || is_level(traincost_result_level(result, i), 0.5))
            show_output(sum, i, total);
    snprintf(out, size, "%s%s%s%s", *total ? ", " : "", *total && !exact ? "about " : "", total,
             *total ? " chip-hours" : "");
}

static void print_stages(const struct output_table *t, const char *date)
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

static void print_head(const struct output_table *t)
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

static void print_movers(const struct output_table *t, const char *title, const char *output)
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

/* What a price or an MFU was inferred from stands under Prices and MFU. */
static void print_notes(const struct output_table *t)
{
    const char *note;
    for (size_t i = 0; (note = traincost_result_note_at(t->view->result, i)); i++) {
        if (!strncmp(note, "rental-price: ", 14) || !strncmp(note, "mfu: ", 5))
            continue;
        size_t at = (size_t)fprintf(t->output->file, "Note: ");
        display_wrapped(t->output->file, note, at, 2, DISPLAY_WIDTH);
    }
}

static void print_samples(const struct output_table *t)
{
    char count[DISPLAY_FIGURE];
    display_number(traincost_result_samples(t->view->result), DISPLAY_EXACT, true, count);
    fprintf(t->output->file, "Samples: %s\n", count);
}

bool render_estimate_text(const struct output *output, const struct estimate_view *view)
{
    struct output_table t = {.output = output, .view = view, .column = LEAST_COLUMN};
    size_t most = 0;
    while (traincost_result_at(view->result, most))
        most++;
    t.rows = calloc(most + 1, sizeof *t.rows);
    if (!t.rows)
        return false;
    choose_table_levels(&t);
    fill_output_rows(&t);
    print_head(&t);
    putc('\n', output->file);
    print_output_rows(&t);
    putc('\n', output->file);
    print_movers(&t, "Rent moves with", "rental_usd");
    print_movers(&t, "Owning moves with", "ownership_usd");
    render_price_sources(output, view->result);
    render_sources(t.output, t.view->result, "MFU", "mfu");
    print_notes(&t);
    if (view->samples)
        print_samples(&t);
    if (view->explain)
        render_inputs(output, view->result);
    free(t.rows);
    return true;
}
