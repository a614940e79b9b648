/* --help, from the tables. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "help.h"

#include "arguments.h"
#include "display.h"

#include <ctype.h>
#include <string.h>
#include <traincost.h>

static const struct {
    const char *group, *title;
} groups[] = {
    {"run", "The run"},         {"stage", "A stage, or all of them"},
    {"prices", "Prices"},       {"power", "Power and site"},
    {"ownership", "Ownership"}, {"claim", "The claim"},
    {"goal", "The goal"},       {"sweep", "The sweep"},
    {"batch", "The batch"},
    {"engine", "Engine"},       {"output", "Output"},
};

enum { HELP_COLUMN = 30 };

/* Behind the last "|" that a line has room for, or NULL. */
static const char *behind_last_bar(const char *text)
{
    const char *found = NULL;
    for (const char *at = text; *at && at - text < DISPLAY_WIDTH - 4; at++)
        found = *at == '|' ? at + 1 : found;
    return found;
}

/* The option on the left, what it means on the right, on the next line where the left is too long. */
static void print_entry(FILE *out, const char *left, const char *help, const char *initial)
{
    char text[1024];
    bool tell = initial && *initial;
    snprintf(text, sizeof text, "%s%s%s%s", help, tell ? " [" : "", tell ? initial : "", tell ? "]" : "");
    const char *rest = left;
    for (const char *bar; 2 + display_columns(rest) > DISPLAY_WIDTH && (bar = behind_last_bar(rest)); rest = bar)
        fprintf(out, "  %.*s\n  ", (int)(bar - rest), rest);
    size_t at = 2 + display_columns(rest) + (rest == left ? 0 : 2);
    fprintf(out, "  %s", rest);
    if (at + 2 > HELP_COLUMN) {
        putc('\n', out);
        at = 0;
    }
    fprintf(out, "%*s", (int)(HELP_COLUMN - at), "");
    display_wrapped(out, text, HELP_COLUMN, HELP_COLUMN, DISPLAY_WIDTH);
}

static void print_parameter(FILE *out, const struct command *command, const traincost_parameter *parameter)
{
    char left[256];
    bool own = command->date && !strcmp(parameter->key, "date");
    bool alias = parameter->alias != NULL;
    snprintf(left, sizeof left, "--%s%s%s %s", parameter->key, alias ? ", --" : "",
             alias ? parameter->alias : "", *parameter->unit ? parameter->unit : parameter->values);
    print_entry(out, left, own ? command->date : parameter->help, own ? NULL : parameter->initial);
}

static void print_option_row(FILE *out, const struct command *command, const struct option_row *row)
{
    char left[128], letter[8] = "";
    bool format = command->formats && !strcmp(row->name, "format");
    const char *value = format ? command->formats : row->value;
    if (row->letter)
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    snprintf(left, sizeof left, "%s--%s%s%s", letter, row->name, value ? " " : "",
             value ? value : "");
    print_entry(out, left, format ? "how the answer is written" : row->help,
                format && *value != 't' ? "as the rows are" : row->initial);
}

static void begin_group(FILE *out, const char *title, bool *begun)
{
    if (!*begun)
        fprintf(out, "\n%s:\n", title);
    *begun = true;
}

/* The library's options that say what to show stand with the output's. */
static const char *group_of(const traincost_option *option)
{
    bool shows = !strcmp(option->key, "quantiles") || !strcmp(option->key, "outputs");
    return shows ? "output" : "engine";
}

static void print_option(FILE *out, const struct command *command, const traincost_option *option)
{
    char left[128];
    bool samples = command->samples && !strcmp(option->key, "samples");
    snprintf(left, sizeof left, "--%s %s", option->key, option->values);
    print_entry(out, left, option->help, samples ? command->samples : option->initial);
}

static void print_claim_key(FILE *out, const traincost_claim_key *claim)
{
    char left[128];
    snprintf(left, sizeof left, "--%s %s", claim->option, claim->values);
    print_entry(out, left, claim->help, NULL);
}

static void print_goal(FILE *out, const traincost_goal_key *goal)
{
    char left[128];
    snprintf(left, sizeof left, "--%s %s", goal->key, goal->values);
    print_entry(out, left, goal->help, goal->initial);
}

static void print_group(FILE *out, const struct command *command, size_t index)
{
    bool begun = false;
    const char *group = groups[index].group;
    const traincost_parameter *parameter;
    for (size_t i = 0; (parameter = traincost_parameter_at(i)); i++) {
        if (strcmp(parameter->group, group) || !command_takes(command, parameter->key, OPTION_PARAMETER))
            continue;
        begin_group(out, groups[index].title, &begun);
        print_parameter(out, command, parameter);
    }
    const traincost_claim_key *claim;
    for (size_t i = 0; !strcmp(group, "claim") && (claim = traincost_claim_key_at(i)); i++) {
        if (!command_takes(command, claim->option, OPTION_CLAIM))
            continue;
        begin_group(out, groups[index].title, &begun);
        print_claim_key(out, claim);
    }
    const traincost_goal_key *goal;
    for (size_t i = 0; !strcmp(group, "goal") && (goal = traincost_goal_key_at(i)); i++) {
        if (!command_takes(command, goal->key, OPTION_GOAL))
            continue;
        begin_group(out, groups[index].title, &begun);
        print_goal(out, goal);
    }
    const traincost_option *option;
    for (size_t i = 0; (option = traincost_option_at(i)); i++) {
        if (strcmp(group_of(option), group) || !command_takes(command, option->key, OPTION_ENGINE))
            continue;
        begin_group(out, groups[index].title, &begun);
        print_option(out, command, option);
    }
    const struct option_row *row;
    for (size_t i = 0; (row = option_row_at(i)); i++) {
        if (strcmp(row->group, group) || !command_takes(command, row->name, row->kind))
            continue;
        begin_group(out, groups[index].title, &begun);
        print_option_row(out, command, row);
    }
}

void help_print(FILE *out, const struct command *command)
{
    if (command == command_at(0)) {
        fputs("traincost: what an AI training run cost, with honest uncertainty ranges\n\nUsage:\n", out);
        for (size_t i = 0; command_at(i); i++)
            print_entry(out, command_at(i)->usage, command_at(i)->summary, NULL);
        print_entry(out, "help [COMMAND|KEY]", "this; also COMMAND --help; or one option or output, as in help pue",
                    NULL);
        fputs("\nA quantity is written as people do: 198, 2.788M, ~198, 1.5..2.5, 2 +- 0.5,\n"
              "lognormal(2, 1.5); with a unit where it helps: 8wk, 700W, 30%. A range is a\n"
              "90 % interval. Brackets say what holds where nothing is stated.\n",
              out);
    } else {
        fprintf(out, "Usage: traincost %s\n\n", command->usage);
        char summary[512];
        snprintf(summary, sizeof summary, "%s.", command->summary);
        summary[0] = (char)toupper((unsigned char)summary[0]);
        display_wrapped(out, summary, 0, 0, DISPLAY_WIDTH);
    }
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        print_group(out, command, i);
    fputs(command->closing, out);
}

void help_short(FILE *out, const struct command *command)
{
    static const char *const usual[] = {"chips", "type", "hours", "params", "tokens", "date", "rental-price"};
    if (command == command_at(0)) {
        help_usage(out);
        return;
    }
    fprintf(out, "Usage: traincost %s\n\n", command->usage);
    display_wrapped(out, command->summary, 0, 0, DISPLAY_WIDTH);
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
        if (command_takes(command, usual[i], OPTION_PARAMETER)) {
            fputs(i ? "" : "\n", out);
            print_parameter(out, command, traincost_parameter_find(usual[i]));
        }
    fprintf(out, "\n'traincost %s --help' has all options, 'traincost help KEY' one of them.\n", command->name);
}

void help_usage(FILE *out)
{
    fputs("Usage: traincost [estimate] [RUN] [options]\n"
          "       traincost check [RUN] --claim DOLLARS\n"
          "       traincost claims [ID]\n"
          "       traincost compare RUN RUN... | compare --type CHIP,CHIP...\n"
          "       traincost solve WHAT [RUN] --budget DOLLARS\n"
          "       traincost sweep [RUN] --vary KEY=VALUES\n"
          "       traincost chips [NAME]\n"
          "       traincost show RUN\n"
          "       traincost --help | help COMMAND | help KEY\n"
          "\n"
          "  traincost 512xH800 --hours 198\n",
          out);
}
