/* `help KEY`: one option or one output, with its unit, default, source, and what it moves. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "help_topic.h"

#include "display.h"
#include "option_list.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <traincost.h>

enum { TOPIC_LINE = 1200, MOST_OUTPUTS = 64 };

static void put_topic(FILE *out, const char *lead, const char *text)
{
    if (!text || !*text)
        return;
    fputs(lead, out);
    display_wrapped(out, text, display_columns(lead), 2, DISPLAY_WIDTH);
}

/* ---- what a parameter moves ---- */

/* Runs in which every parameter has something to move. */
static const char *const example_runs[][5][2] = {
    {{"cluster", "512xH800"}, {"hours", "198"}, {"base", "deepseek-v3"}, {NULL, NULL}},
    {{"cluster", "512xH800"}, {"params", "70B"}, {"tokens", "1T"}, {NULL, NULL}},
    {{"cluster", "512xH800"}, {"flop", "1e24"}, {"hours", "1000"}, {NULL, NULL}},
};

/* Of those that have no default: where it is moved to. */
static const char *usual_range(const char *key)
{
    static const char *const ranges[][2] = {{"power", "1000..1300"},  {"epochs", "1..2"},
                                            {"flop", "1e24..2e24"},   {"active-params", "30B..40B"},
                                            {"chip-hours", "1k..2k"}, {"goodput", "0.8..0.9"}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (!strcmp(ranges[i][0], key))
            return ranges[i][1];
    return NULL;
}

static traincost_status state_example(size_t which, traincost_scenario **run)
{
    *run = traincost_scenario_new(NULL, NULL);
    traincost_status status = *run ? TRAINCOST_OK : TRAINCOST_NO_MEMORY;
    for (size_t i = 0; status == TRAINCOST_OK && example_runs[which][i][0]; i++)
        status = traincost_scenario_set(*run, TRAINCOST_RUN, example_runs[which][i][0], example_runs[which][i][1], NULL);
    return status;
}

static traincost_status estimate_example(const traincost_scenario *run, traincost_result **result)
{
    traincost_options *options = traincost_options_new();
    traincost_status status = options ? TRAINCOST_OK : TRAINCOST_NO_MEMORY;
    if (status == TRAINCOST_OK)
        status = traincost_options_set(options, "samples", "2048", NULL);
    if (status == TRAINCOST_OK)
        status = traincost_options_set(options, "sensitivity", "0", NULL);
    traincost_result_free(*result);
    *result = NULL;
    if (status == TRAINCOST_OK)
        status = traincost_estimate(run, options, result, NULL);
    traincost_options_free(options);
    return status;
}

/* Which outputs it moves, by their place among all kinds; false where it moves none. */
static bool mark_moved(const traincost_result *result, const char *key, bool moved[MOST_OUTPUTS])
{
    bool any = false;
    const traincost_output_kind *kind;
    const traincost_swing *swing;
    for (size_t j = 0; j < MOST_OUTPUTS && (kind = traincost_output_kind_at(j)); j++)
        for (size_t i = 0; (swing = traincost_result_swing_at(result, kind->key, i)); i++)
            if (!strcmp(swing->key, key))
                any = moved[j] = true;
    return any;
}

/* What is exact there is taken as about that. Whether it has a range now. */
static traincost_status widen_input(traincost_scenario *run, const traincost_result *result, const char *key, bool *wide)
{
    char text[160];
    const traincost_input *input;
    const char *range = usual_range(key);
    for (size_t i = 0; !range && (input = traincost_result_input_at(result, i)); i++)
        if (!strcmp(input->key, key) && input->p5 == input->p95) {
            snprintf(text, sizeof text, "~%.150s", input->text);
            range = text;
        }
    *wide = range != NULL;
    return range ? traincost_scenario_set(run, TRAINCOST_RUN, key, range, NULL) : TRAINCOST_OK;
}

/* Marks nothing where it moves nothing of that example, or does not go with it. */
static traincost_status find_moved(size_t which, const char *key, bool moved[MOST_OUTPUTS])
{
    traincost_scenario *run;
    traincost_result *result = NULL;
    bool wide = false;
    traincost_status status = state_example(which, &run);
    if (status == TRAINCOST_OK)
        status = estimate_example(run, &result);
    if (status == TRAINCOST_OK && !mark_moved(result, key, moved))
        status = widen_input(run, result, key, &wide);
    if (status == TRAINCOST_OK && wide && (status = estimate_example(run, &result)) == TRAINCOST_OK)
        mark_moved(result, key, moved);
    traincost_result_free(result);
    traincost_scenario_free(run);
    return status;
}

/* What it moves in one example or another. False where memory ran out. */
static bool put_moved(FILE *out, const char *key)
{
    char list[TOPIC_LINE] = "";
    size_t used = 0;
    bool moved[MOST_OUTPUTS] = {false};
    for (size_t which = 0; which < sizeof example_runs / sizeof *example_runs; which++)
        if (find_moved(which, key, moved) == TRAINCOST_NO_MEMORY)
            return false;
    for (size_t j = 0; j < MOST_OUTPUTS && used < sizeof list; j++)
        if (moved[j])
            used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "",
                                     traincost_output_kind_at(j)->word);
    put_topic(out, "Moves: ", list);
    return true;
}

/* ---- an option ---- */

static void put_bounds(FILE *out, const traincost_parameter *parameter)
{
    char least[DISPLAY_FIGURE], most[DISPLAY_FIGURE], line[3 * DISPLAY_FIGURE];
    bool low = isfinite(parameter->least), high = isfinite(parameter->most);
    if (strcmp(parameter->values, "QUANTITY") != 0)
        return;
    display_number(parameter->least, DISPLAY_EXACT, true, least);
    display_number(parameter->most, DISPLAY_EXACT, true, most);
    snprintf(line, sizeof line, "%s%s%s%s", low ? parameter->open ? "more than " : "at least " : "", least,
             high ? ", at most " : "", most);
    put_topic(out, "Bounds: ", line);
}

static void put_takers(FILE *out, const struct any_option *option)
{
    char line[512] = "";
    size_t used = 0;
    for (size_t i = 0; command_at(i); i++)
        if (command_takes(command_at(i), option->name, option->kind) && used < sizeof line)
            used += (size_t)snprintf(line + used, sizeof line - used, "%s%s", used ? ", " : "",
                                     command_at(i)->name);
    put_topic(out, "Taken by: ", line);
}

/* False where memory ran out. */
static bool put_option(FILE *out, const struct any_option *option)
{
    char line[TOPIC_LINE];
    const traincost_parameter *parameter = option->kind == OPTION_PARAMETER ? traincost_parameter_find(option->name) : NULL;
    snprintf(line, sizeof line, "--%s%s%s%s%s", option->name, *option->alias ? ", --" : "", option->alias,
             *option->values ? " " : "", option->values);
    put_topic(out, "", line);
    put_topic(out, "  ", option->help);
    putc('\n', out);
    put_topic(out, "Unit: ", !strcmp(option->unit, "share") ? "share, as 0.4 or 40%" : option->unit);
    put_topic(out, "Where nothing is stated: ", option->initial);
    if (parameter)
        put_bounds(out, parameter);
    put_topic(out, "Source: ", option->source);
    if (parameter && !strcmp(parameter->values, "QUANTITY") && !put_moved(out, parameter->key))
        return false;
    if (parameter)
        put_topic(out, "Holds for: ",
                  parameter->shared ? "the whole run; a stage may state its own" : "a stage, or all of them");
    put_takers(out, option);
    return true;
}

/* ---- outputs ---- */

static void put_output_kind(FILE *out, const traincost_output_kind *kind)
{
    char line[TOPIC_LINE];
    snprintf(line, sizeof line, "%s, in JSON and CSV %s", kind->word, kind->key);
    put_topic(out, "", line);
    put_topic(out, "  ", kind->help);
    putc('\n', out);
    put_topic(out, "Unit: ", kind->unit);
    if (kind->whole)
        put_topic(out, "Part of: ", traincost_output_kind_find(kind->whole)->word);
    put_topic(out, "Also: ", kind->alias);
    fputs("Taken by: --outputs, --by; dollars by --scope and --counts\n", out);
}

static void put_all_outputs(FILE *out)
{
    const traincost_output_kind *kind;
    for (size_t i = 0; (kind = traincost_output_kind_at(i)); i++) {
        char lead[160];
        snprintf(lead, sizeof lead, "%-16s %-18s %-6s ", kind->word, kind->key, kind->unit);
        fputs(lead, out);
        display_wrapped(out, kind->help, display_columns(lead), 43, DISPLAY_WIDTH);
    }
}

/* ---- the topic ---- */

bool help_has_topic(const char *topic)
{
    struct any_option option;
    return !strcasecmp(topic, "outputs") || any_option_find(topic, &option) ||
           traincost_output_kind_find(topic);
}

bool help_topic(FILE *out, const char *topic)
{
    struct any_option option;
    const traincost_output_kind *kind = traincost_output_kind_find(topic);
    bool found = any_option_find(topic, &option);
    if (found && !put_option(out, &option))
        return false;
    if (!strcasecmp(topic, "outputs"))
        put_all_outputs(out);
    if (found && kind)
        putc('\n', out);
    if (kind)
        put_output_kind(out, kind);
    return true;
}

/* The nearest of all commands, options and outputs; NULL where none is near. */
const char *help_nearest(const char *topic)
{
    enum { MOST_TOPICS = 512 };
    const char *names[MOST_TOPICS + 1];
    size_t count = 0;
    struct any_option option;
    const traincost_output_kind *kind;
    for (size_t i = 0; command_at(i) && count < MOST_TOPICS; i++)
        names[count++] = command_at(i)->name;
    for (size_t i = 0; any_option_at(i, &option) && count < MOST_TOPICS; i++)
        names[count++] = option.name;
    for (size_t i = 0; (kind = traincost_output_kind_at(i)) && count < MOST_TOPICS; i++)
        names[count++] = kind->word;
    names[count] = NULL;
    return traincost_nearest(topic, names);
}
