/* The command line read with getopt, from the tables of options. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* getopt_long */
#endif
#include "arguments.h"

#include "complain.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <traincost.h>

static const struct option_row option_rows[] = {
    {"name", 0, "TEXT", OPTION_PARAMETER, "run", "", "what to call the run"},
    {"base", 0, "RUN", OPTION_PARAMETER, "run", "",
     "the published run whose model this one starts from, by its id; a scenario file may name a file"},
    {"cluster", 0, "512xH800", OPTION_PARAMETER, "stage", "", "the chips and their type as people say them"},
    {"stage", 0, "TEXT", OPTION_OURS, "stage", "",
     "adds a stage: 'name=R1-Zero,512xH800,hours=198' (repeatable); what it does not state holds for the "
     "run"},
    {"catalog", 0, "PATH", OPTION_OURS, "prices", "",
     "lays chips.csv, prices.csv, economics.csv, a .yaml list of runs, or a folder of them, over the built-in "
     "catalogue (repeatable)"},
    {"vendor", 0, "NAME", OPTION_OURS, "prices", "", "whose prices an imported list has, where no column says so"},
    {"map", 0, "FILE", OPTION_OURS, "prices", "",
     "a CSV with the columns name and chip, for the names of an imported list that the catalogue does not know"},
    {"currency", 0, "CODE", OPTION_OURS, "prices", "USD",
     "what an imported list is in, where no column says so, as in EUR; taken at the rate of the date"},
    {"vary", 0, "KEY=VALUES", OPTION_OURS, "sweep", "",
     "the parameter to go along: a range as in chips=256..4096, or a list as in type=H100,H200; at most two "
     "(repeatable)"},
    {"steps", 0, "NUMBER", OPTION_OURS, "sweep", "9", "how many values a range has"},
    {"spacing", 0, "linear|log", OPTION_OURS, "sweep", "log where a range spans a factor over 4, else linear",
     "how they lie in it"},
    {"by", 0, "OUTPUT", OPTION_OURS, "output", "rental_usd for chips",
     "ranks by an output, with the probability that each has the least of it"},
    {"verdict", 0, "consistent|low|high|impossible|unchecked", OPTION_OURS, "output", "",
     "of the claims those with that verdict"},
    {"mine", 0, NULL, OPTION_OURS, "output", "", "of the claims those of the runs that --catalog states"},
    {"part", 0, "PART/PARTS", OPTION_OURS, "batch", "1/1",
     "of every PARTS rows the one at PART, as in 3/100: a machine's share"},
    {"merge", 0, NULL, OPTION_OURS, "batch", "",
     "puts the answers of all parts together, which are named in their order"},
    {"resume", 0, "FILE", OPTION_OURS, "batch", "",
     "goes on with the answers in FILE after its last whole row, or begins it"},
    {"total", 0, NULL, OPTION_OURS, "batch", "",
     "adds a row of all rows together, as one portfolio whose markets are shared"},
    {"format", 0, "text|json|csv|markdown|svg|html|plot", OPTION_OURS, "output", "by the ending of --output, else text",
     "how the answer is written: svg is a picture, html a page"},
    {"plot", 0, NULL, OPTION_OURS, "output", "", "a picture in the terminal, as --format plot"},
    {"color", 0, "auto|always|never", OPTION_OURS, "output", "auto", "colour: auto is a terminal that has it"},
    {"output", 'o', "FILE", OPTION_OURS, "output", "-", "where to; - is standard output"},
    {"explain", 0, NULL, OPTION_OURS, "output", "", "adds every input with its range, source and date"},
    {"help", 'h', NULL, OPTION_OURS, "output", "", "shows this"},
    {"version", 'V', NULL, OPTION_OURS, "output", "", "shows the version"},
};

enum {
    ROW_COUNT = sizeof option_rows / sizeof *option_rows,
    FIRST_ROW = 1000,
    FIRST_PARAMETER = 2000,
    FIRST_ENGINE = 3000,
    FIRST_CLAIM = 4000,
    FIRST_GOAL = 5000
};

const struct option_row *option_row_at(size_t index)
{
    return index < ROW_COUNT ? &option_rows[index] : NULL;
}

bool command_takes(const struct command *command, const char *name, enum option_kind kind)
{
    for (const char *const *option = command->refused; option && *option; option++)
        if (!strcmp(*option, name))
            return false;
    if (kind == OPTION_CLAIM)
        return command->claims;
    if (kind != OPTION_OURS && kind != OPTION_GOAL && command->estimates)
        return true;
    for (const char *const *option = command->options; *option; option++)
        if (!strcmp(*option, name))
            return true;
    return false;
}

/* ---- getopt ---- */

struct parser {
    struct option *options; /* getopt's table */
    const char **names;     /* the names in it, NULL at the end */
    struct arguments *arguments;
    char **argv;
    FILE *err;
};

static void add_option(struct parser *p, size_t *count, const char *name, bool argument, int value)
{
    p->options[*count] = (struct option){name, argument ? required_argument : no_argument, NULL, value};
    p->names[(*count)++] = name;
}

/* A key and its alias share their value, so that an abbreviation of both is not ambiguous. */
static bool make_getopt_table(struct parser *p)
{
    size_t parameters = traincost_parameter_count(), engine = 0, claims = 0, goals = 0, count = 0;
    while (traincost_option_at(engine))
        engine++;
    while (traincost_claim_key_at(claims))
        claims++;
    while (traincost_goal_key_at(goals))
        goals++;
    size_t most = ROW_COUNT + 2 * parameters + engine + claims + goals + 1;
    p->options = calloc(most, sizeof *p->options);
    p->names = calloc(most, sizeof *p->names);
    if (!p->options || !p->names)
        return false;
    for (size_t i = 0; i < ROW_COUNT; i++)
        add_option(p, &count, option_rows[i].name, option_rows[i].value != NULL, FIRST_ROW + (int)i);
    for (size_t i = 0; i < engine; i++)
        add_option(p, &count, traincost_option_at(i)->key, true, FIRST_ENGINE + (int)i);
    for (size_t i = 0; i < claims; i++)
        add_option(p, &count, traincost_claim_key_at(i)->option, true, FIRST_CLAIM + (int)i);
    for (size_t i = 0; i < goals; i++)
        add_option(p, &count, traincost_goal_key_at(i)->key, true, FIRST_GOAL + (int)i);
    for (size_t i = 0; i < parameters; i++) {
        const traincost_parameter *parameter = traincost_parameter_at(i);
        add_option(p, &count, parameter->key, true, FIRST_PARAMETER + (int)i);
        if (parameter->alias)
            add_option(p, &count, parameter->alias, true, FIRST_PARAMETER + (int)i);
    }
    return true;
}

static void complain_ambiguous(struct parser *p, const char *word, size_t length)
{
    char list[256];
    size_t used = 0;
    for (size_t i = 0; p->names[i]; i++) {
        if (strncmp(p->names[i], word, length) || used + strlen(p->names[i]) + 8 > sizeof list)
            continue;
        int added = snprintf(list + used, sizeof list - used, "%s--%s", used ? ", " : "", p->names[i]);
        used += added > 0 ? (size_t)added : 0;
    }
    complain(p->err, "option '--%.*s' is ambiguous: %s", (int)length, word, list);
}

/* What other programs, and people, call some of them. */
static const char *other_word(const char *word)
{
    static const char *const others[][2] = {
        {"json", "format json"}, {"csv", "format csv"},  {"markdown", "format markdown"}, {"chip", "type"},
        {"colour", "color"},     {"verbose", "explain"}, {"config", "catalog"},           {"model", "params"},
        {"cost", "price, or of check --claim"},
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (!strcmp(others[i][0], word))
            return others[i][1];
    return traincost_parameter_called(word);
}

/* getopt says '?' for an option that is unknown or ambiguous, and for a flag that was given a value. */
static void complain_option(struct parser *p, const char *text, int letter)
{
    char word[64];
    if (strncmp(text, "--", 2) != 0) {
        complain(p->err, "unknown option '-%c'", letter);
        return;
    }
    size_t length = strcspn(text + 2, "="), matches = 0;
    for (size_t i = 0; p->names[i]; i++)
        matches += !strncmp(p->names[i], text + 2, length);
    if (letter) {
        complain(p->err, "option '--%.*s' takes no value", (int)length, text + 2);
        return;
    }
    if (matches > 1 && length) {
        complain_ambiguous(p, text + 2, length);
        return;
    }
    snprintf(word, sizeof word, "%.*s", (int)length, text + 2);
    const char *other = other_word(word), *near = other ? other : traincost_nearest(word, p->names);
    if (near)
        complain(p->err, "unknown option '--%.*s': did you mean --%s?", (int)length, text + 2, near);
    else
        complain(p->err, "unknown option '--%.*s': 'traincost --help' lists them", (int)length, text + 2);
}

static void complain_no_value(struct parser *p, const char *text, int letter)
{
    if (strncmp(text, "--", 2) == 0)
        complain(p->err, "option '%s' needs a value", text);
    else
        complain(p->err, "option '-%c' needs a value", letter);
}

static void keep_setting(struct arguments *arguments, int code, const char *value)
{
    struct statement *setting = &arguments->settings[arguments->count++];
    setting->value = value;
    if (code >= FIRST_GOAL) {
        setting->kind = OPTION_GOAL;
        setting->name = traincost_goal_key_at((size_t)(code - FIRST_GOAL))->key;
        return;
    }
    if (code >= FIRST_CLAIM) {
        setting->kind = OPTION_CLAIM;
        setting->name = traincost_claim_key_at((size_t)(code - FIRST_CLAIM))->option;
        return;
    }
    if (code >= FIRST_ENGINE) {
        setting->kind = OPTION_ENGINE;
        setting->name = traincost_option_at((size_t)(code - FIRST_ENGINE))->key;
        return;
    }
    if (code >= FIRST_PARAMETER) {
        setting->kind = OPTION_PARAMETER;
        setting->name = traincost_parameter_at((size_t)(code - FIRST_PARAMETER))->key;
        return;
    }
    const struct option_row *row = option_rows;
    if (code >= FIRST_ROW)
        row = &option_rows[code - FIRST_ROW];
    else
        while (row->letter != code)
            row++;
    setting->kind = row->kind;
    setting->name = row->name;
    if (row->letter && row->letter == code && !row->value)
        setting->value = "short"; /* -h: less than --help */
}

/* Options and operands in any order ('-' in the letters: POSIXLY_CORRECT does not matter); those after
 * "--" are left to the caller. */
static int walk(struct parser *p, int argc)
{
    struct arguments *arguments = p->arguments;
    opterr = 0;
    optind = 0; /* glibc: start anew, whatever was parsed before */
    for (;;) {
        int at = optind ? optind : 1;
        int code = getopt_long(argc, p->argv, "-:hVo:", p->options, NULL);
        const char *text = at < argc ? p->argv[at] : "";
        if (code == -1)
            return EXIT_DONE;
        if (code == '?' || code == ':') {
            if (code == '?')
                complain_option(p, text, optopt);
            else
                complain_no_value(p, text, optopt);
            return EXIT_INPUT;
        }
        if (code == 1)
            arguments->operands[arguments->operand_count++] = optarg;
        else
            keep_setting(arguments, code, optarg);
    }
}

/* The first operand may name the command, if it did not come after "--". */
static void take_command(struct arguments *arguments)
{
    const struct command *named = arguments->operand_count ? command_find(arguments->operands[0]) : NULL;
    arguments->command = named ? named : command_at(0);
    if (!named)
        return;
    arguments->operand_count--;
    memmove(arguments->operands, arguments->operands + 1,
            arguments->operand_count * sizeof *arguments->operands);
}

/* An option that is another command's own may be a parameter too, as steps is. */
static void take_as_parameters(struct arguments *arguments)
{
    for (size_t i = 0; i < arguments->count; i++) {
        struct statement *setting = &arguments->settings[i];
        const traincost_parameter *parameter = traincost_parameter_find(setting->name);
        if (setting->kind != OPTION_OURS || !parameter || command_takes(arguments->command, setting->name, OPTION_OURS))
            continue;
        setting->kind = OPTION_PARAMETER;
        setting->name = parameter->key;
    }
}

static int check_options(const struct arguments *arguments, FILE *err)
{
    for (size_t i = 0; i < arguments->count; i++) {
        const struct statement *setting = &arguments->settings[i];
        if (command_takes(arguments->command, setting->name, setting->kind))
            continue;
        complain(err, "option '--%s': %s does not take it%s", setting->name, arguments->command->name,
                 setting->kind == OPTION_CLAIM  ? "; check does"
                 : setting->kind == OPTION_GOAL ? "; solve does"
                                                : "");
        return EXIT_INPUT;
    }
    return EXIT_DONE;
}

/* `help`, `help COMMAND` and `help KEY`; what a key is, is seen when it is shown. */
static int take_help(struct arguments *arguments, FILE *err)
{
    const char *topic = arguments->operand_count > 1 ? arguments->operands[1] : NULL;
    arguments->about = topic ? command_find(topic) : command_at(0);
    arguments->topic = arguments->about ? NULL : topic;
    if (arguments->operand_count <= 2)
        return EXIT_DONE;
    complain(err, "unexpected argument '%s': help takes one command or key", arguments->operands[2]);
    return EXIT_INPUT;
}

/* Letters may be run together, so one argument can be many settings. */
static size_t most_settings(int argc, char **argv)
{
    size_t most = 1;
    for (int i = 0; i < argc; i++)
        most += argv[i][0] == '-' && argv[i][1] != '-' ? strlen(argv[i]) : 1;
    return most;
}

int arguments_read(struct arguments *arguments, int argc, char **argv, FILE *err)
{
    struct parser p = {.arguments = arguments, .argv = argv, .err = err};
    *arguments = (struct arguments){.command = command_at(0)};
    size_t most = argc > 0 ? (size_t)argc : 1;
    arguments->settings = calloc(most_settings(argc, argv), sizeof *arguments->settings);
    arguments->operands = calloc(most, sizeof *arguments->operands);
    int status = EXIT_TROUBLE;
    if (arguments->settings && arguments->operands && make_getopt_table(&p))
        status = walk(&p, argc);
    else
        complain(err, "out of memory");
    free(p.options);
    free(p.names);
    if (status)
        return status;
    if (arguments->operand_count && !strcmp(arguments->operands[0], "help"))
        return take_help(arguments, err);
    take_command(arguments);
    while (optind < argc)
        arguments->operands[arguments->operand_count++] = argv[optind++];
    take_as_parameters(arguments);
    return check_options(arguments, err);
}

void arguments_free(struct arguments *arguments)
{
    free(arguments->settings);
    free(arguments->operands);
}

const struct statement *arguments_next(const struct arguments *arguments, enum option_kind kind,
                                       const struct statement *after)
{
    const struct statement *end = arguments->settings + arguments->count;
    const struct statement *at = after ? after + 1 : arguments->settings;
    while (at < end && at->kind != kind)
        at++;
    return at < end ? at : NULL;
}

const char *arguments_last(const struct arguments *arguments, const char *name)
{
    const char *last = NULL;
    for (size_t i = 0; i < arguments->count; i++)
        if ((arguments->settings[i].kind == OPTION_OURS || arguments->settings[i].kind == OPTION_GOAL) &&
            !strcmp(arguments->settings[i].name, name))
            last = arguments->settings[i].value ? arguments->settings[i].value : "";
    return last;
}
