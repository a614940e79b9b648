/* An estimate as text: a sentence, the stages, the table, what would narrow it and what it rests on. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "render/output_table.h"
#include "render/render_inputs.h"
#include "render/sentence.h"
#include "render/words.h"

#include <math.h>
#include <string.h>

/* ---- the first sentence ---- */

static const char *times_sign(const struct output *output)
{
    return output->utf8 ? "\xC3\x97" : "x";
}

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
    const char *name = stage->chip->name;
    show_count(stage->chips, stage->chips_exact, chips);
    if (*chips)
        snprintf(out, size, "%s %s %s", chips, times_sign(output), name);
    else
        snprintf(out, size, "%s", name);
}

/* "512 x NVIDIA H800 SXM for 198 h = 101,376 chip-hours" */
static void say_single(struct sentence *s, const struct output *output, const traincost_stage *stage)
{
    char cluster[256], figure[DISPLAY_FIGURE];
    describe_cluster(output, stage, cluster, sizeof cluster);
    say(s, cluster);
    show_count(stage->hours, stage->hours_exact, figure);
    bool time = *figure != '\0';
    say(s, time ? " for " : "");
    say(s, figure);
    say(s, time ? " h" : "");
    show_count(stage->chip_hours, stage->chip_hours_exact, figure);
    say(s, !*figure ? "" : time ? " = " : ", ");
    say(s, figure);
    say(s, *figure ? " chip-hour" : "");
    say(s, *figure ? display_plural(figure) : "");
}

/* "3 stages, 147,000 chip-hours", or "about ..." for the median of what is uncertain. */
static void say_stages(struct sentence *s, const traincost_result *result, size_t count)
{
    char text[DISPLAY_FIGURE];
    const traincost_output *sum = traincost_result_find(result, "chip_hours");
    snprintf(text, sizeof text, "%zu stages", count);
    say(s, text);
    bool exact = sum && figure_is_exact(sum);
    if (exact)
        show_output(sum, 0, text);
    else if (!sum || !show_output_median(result, sum, text))
        return;
    say(s, exact ? ", " : ", about ");
    say(s, text);
    say(s, " chip-hours");
}

/* ", cost $162k to $484k to rent, median $280k; $4.73M to $13.4M with the base" */
static void say_rental(struct sentence *s, const traincost_result *result, bool many)
{
    char text[2 * DISPLAY_FIGURE + 8];
    const traincost_output *rent = traincost_result_find(result, "rental_usd");
    const traincost_output *whole = traincost_result_find(result, "with_base_usd");
    if (!rent || !show_output_range(result, rent, text, sizeof text))
        return;
    say(s, many ? ", cost " : ", costs ");
    say(s, text);
    say(s, " to rent");
    if (!figure_is_exact(rent) && show_output_median(result, rent, text)) {
        say(s, ", median ");
        say(s, text);
    }
    if (!whole || !show_output_range(result, whole, text, sizeof text))
        return;
    say(s, "; ");
    say(s, text);
    say(s, " with the base");
}

static size_t stage_count(const traincost_result *result)
{
    size_t count = 0;
    while (traincost_result_stage_at(result, count))
        count++;
    return count;
}

static void print_first_sentence(const struct output *output, const traincost_result *result)
{
    struct sentence s = {.length = 0};
    char prices[PRICES_WORDS];
    size_t count = stage_count(result);
    const char *name = traincost_result_name(result);
    say(&s, name);
    say(&s, *name ? ": " : "");
    if (count > 1)
        say_stages(&s, result, count);
    else if (count)
        say_single(&s, output, traincost_result_stage_at(result, 0));
    say(&s, ", at ");
    say(&s, prices_words(result, prices));
    say_rental(&s, result, count > 1 || traincost_result_stage_at(result, 0)->chips != 1);
    page_paragraph(output, "", s.text, 2);
}

/* ---- the stages ---- */

static void add_stage_range(struct grid *grid, const traincost_result *result, size_t stage, const char *key)
{
    char text[2 * DISPLAY_FIGURE + 8] = "";
    const traincost_output *figure = traincost_result_stage_output(result, stage, key);
    if (figure)
        show_output_range(result, figure, text, sizeof text);
    grid_cell(grid, text);
}

static void add_stage_row(struct grid *grid, const struct output *output, const traincost_result *result,
                          size_t index)
{
    char text[256];
    const traincost_stage *stage = traincost_result_stage_at(result, index);
    snprintf(text, sizeof text, "stage %zu", index + 1);
    grid_cell(grid, stage->name && *stage->name ? stage->name : text);
    describe_cluster(output, stage, text, sizeof text);
    grid_cell(grid, text);
    show_count(stage->hours, stage->hours_exact, text);
    grid_cell(grid, text);
    show_count(stage->chip_hours, stage->chip_hours_exact, text);
    grid_cell(grid, text);
    add_stage_range(grid, result, index, "rental_usd");
    add_stage_range(grid, result, index, "own_usd");
}

static bool print_stages(const struct output *output, const traincost_result *result)
{
    struct grid grid;
    if (!traincost_result_stage_at(result, 1))
        return true;
    page_gap(output);
    grid_begin(&grid, 2);
    grid_column(&grid, "stage", GRID_WRAPS, 0);
    grid_column(&grid, "chips", GRID_WRAPS, 0);
    grid_column(&grid, "hours", GRID_RIGHT, 2);
    grid_column(&grid, "chip-hours", GRID_RIGHT, 0);
    grid_column(&grid, "rent, 5 to 95 %", GRID_RIGHT, 0);
    grid_column(&grid, "own, 5 to 95 %", GRID_RIGHT, 1);
    for (size_t i = 0; traincost_result_stage_at(result, i); i++)
        add_stage_row(&grid, output, result, i);
    return grid_print(&grid, output);
}

/* ---- what would narrow it ---- */

enum { MOST_NARROWERS = 4 };

/* "rental-price, which moves it by $322k", or several. */
static void print_narrowers(const struct output *output, const traincost_result *result, const char *key)
{
    struct sentence s = {.length = 0};
    const traincost_output *figure = traincost_result_find(result, key);
    const traincost_swing *swing, *most = traincost_result_swing_at(result, key, 0);
    if (!figure || !most)
        return;
    double widest = fabs(most->high - most->low);
    for (size_t i = 0; i < MOST_NARROWERS && (swing = traincost_result_swing_at(result, key, i)); i++) {
        char moved[DISPLAY_FIGURE];
        double by = fabs(swing->high - swing->low);
        if (by < 0.1 * widest)
            break;
        display_scaled(by, DISPLAY_DIGITS, figure->unit, moved);
        say(&s, i ? ", " : "");
        say(&s, swing->key);
        if (swing->stage) {
            say(&s, " of ");
            say(&s, swing->stage);
        }
        say(&s, i ? " (" : " (moves it by ");
        say(&s, moved);
        say(&s, ")");
    }
    char lead[64];
    snprintf(lead, sizeof lead, "What would narrow %.30s: ", output_words(key));
    page_paragraph(output, lead, s.text, 2);
}

static void print_within(const struct output *output, const traincost_result *result)
{
    const traincost_within *within = traincost_result_within(result);
    struct sentence s = {.length = 0};
    if (!within)
        return;
    say(&s, output_words(within->output));
    say(&s, " stays within ");
    say_in_full(&s, within->goal, "USD");
    say(&s, " with a probability of ");
    say_percent(&s, within->probability);
    if (!isnan(within->confidence)) {
        say(&s, within->kept ? ": the budget is kept with the " : ": the budget is not kept with the ");
        say_percent(&s, within->confidence);
        say(&s, " asked for");
    }
    page_paragraph(output, "Budget: ", s.text, 2);
}

/* ---- what it rests on ---- */

/* What a price or an MFU was inferred from stands under Prices and MFU. */
static void print_notes(const struct output *output, const traincost_result *result)
{
    const char *note;
    for (size_t i = 0; (note = traincost_result_note_at(result, i)); i++)
        if (strncmp(note, "rental-price: ", 14) != 0 && strncmp(note, "mfu: ", 5) != 0)
            page_paragraph(output, "Note: ", note, 2);
}

/* What was asked for beside what the run gives. */
static void print_missing(const struct output *output, const struct estimate_view *view)
{
    for (const char *at = view->asked; at && *at;) {
        char name[64], line[160];
        size_t length = strcspn(at, ",");
        snprintf(name, sizeof name, "%.*s", (int)(length < 60 ? length : 60), at);
        const traincost_output_kind *kind = traincost_output_kind_find(name);
        snprintf(line, sizeof line, "%s is not given: the run states too little for it", kind ? kind->word : name);
        if (kind && !traincost_result_find(view->result, kind->key))
            page_paragraph(output, "Note: ", line, 2);
        at += length + (at[length] == ',');
    }
}

static void print_samples(const struct output *output, const traincost_result *result)
{
    char count[DISPLAY_FIGURE];
    display_number(traincost_result_samples(result), DISPLAY_EXACT, true, count);
    page_paragraph(output, "Samples: ", count, 2);
}

bool render_estimate_text(const struct output *output, const struct estimate_view *view)
{
    static const char *const narrowed[] = {"rental_usd", "own_usd"};
    const traincost_result *result = view->result;
    print_first_sentence(output, result);
    if (!print_stages(output, result))
        return false;
    page_gap(output);
    if (!print_output_table(output, view))
        return false;
    page_gap(output);
    print_within(output, result);
    for (size_t i = 0; i < sizeof narrowed / sizeof *narrowed; i++)
        print_narrowers(output, result, narrowed[i]);
    render_price_sources(output, result);
    render_sources(output, result, "MFU", "mfu");
    print_notes(output, result);
    print_missing(output, view);
    if (view->samples)
        print_samples(output, result);
    if (view->explain)
        render_inputs(output, result);
    return true;
}
