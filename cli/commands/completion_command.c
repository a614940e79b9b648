/* Completion for bash, zsh and fish, made from the tables of commands, options, chips, runs and outputs. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/commands.h"
#include "option_list.h"

#include <ctype.h>
#include <string.h>

/* What an option's value is taken from. */
enum value_source {
    VALUE_NONE,
    VALUE_WORDS,
    VALUE_CHIPS,
    VALUE_RUNS,
    VALUE_REGIONS,
    VALUE_OUTPUTS,
    VALUE_CURRENCIES,
    VALUE_FILES
};

static enum value_source source_of(const struct any_option *option)
{
    static const struct {
        const char *values;
        enum value_source source;
    } sources[] = {{"CHIP", VALUE_CHIPS},     {"RUN", VALUE_RUNS},   {"REGION", VALUE_REGIONS},
                   {"OUTPUT", VALUE_OUTPUTS}, {"FILE", VALUE_FILES}, {"PATH", VALUE_FILES},
                   {"CODE", VALUE_CURRENCIES}};
    for (size_t i = 0; i < sizeof sources / sizeof *sources; i++)
        if (!strcmp(sources[i].values, option->values))
            return sources[i].source;
    if (!strcmp(option->name, "outputs"))
        return VALUE_OUTPUTS;
    return strchr(option->values, '|') ? VALUE_WORDS : VALUE_NONE;
}

/* The units that a bare number may be followed by. */
static const char *units_of(const struct any_option *option)
{
    static const char *const units[][2] = {
        {"h", "h d wk mo min"},     {"W", "W kW"},  {"USD/h", "/h"}, {"USD", "k M bn"},
        {"kg/kWh", "g/kWh kg/kWh"}, {"share", "%"}, {"SHARE", "%"},  {"TIME", "h d wk mo"},
        {"kWh", "kWh MWh GWh"},     {"kg", "kg t"}, {"", "k M B T"}};
    const char *unit = *option->unit || option->kind == OPTION_PARAMETER ? option->unit : option->values;
    bool quantity = option->kind != OPTION_PARAMETER || !strcmp(option->values, "QUANTITY");
    for (size_t i = 0; quantity && i < sizeof units / sizeof *units; i++)
        if (!strcmp(units[i][0], unit) && (*unit || option->kind == OPTION_PARAMETER))
            return units[i][1];
    return "";
}

/* ---- words ---- */

/* Words are letters, digits and a few signs, so that no shell sees anything in them. */
static void put_word(FILE *out, const char *word, bool *begun)
{
    fputs(*begun ? " " : "", out);
    *begun = true;
    for (; *word; word++)
        if (isalnum((unsigned char)*word) || strchr("-_./%", *word))
            putc(*word, out);
}

/* "cluster|on-demand": each word; what is in capitals stands for something and is none. */
static void put_choices(FILE *out, const char *values, bool *begun)
{
    while (*values) {
        char word[64];
        size_t length = strcspn(values, "|");
        snprintf(word, sizeof word, "%.*s", (int)length, values);
        if (!isupper((unsigned char)*word))
            put_word(out, word, begun);
        values += length + (values[length] == '|');
    }
}

static void put_regions(FILE *out, const traincost_catalog *catalog, bool *begun)
{
    const traincost_fact *fact;
    for (size_t i = 0; (fact = traincost_catalog_fact(catalog, i)); i++) {
        bool known = !*fact->region || strchr(fact->region, ' ');
        for (size_t j = 0; !known && j < i; j++)
            known = !strcmp(traincost_catalog_fact(catalog, j)->region, fact->region);
        if (!known)
            put_word(out, fact->region, begun);
    }
}

/* They are sorted. */
static void put_currencies(FILE *out, const traincost_catalog *catalog, bool *begun)
{
    const traincost_rate *rate;
    const char *before = "";
    put_word(out, "USD", begun);
    for (size_t i = 0; (rate = traincost_catalog_rate(catalog, i)); i++) {
        if (strcmp(rate->key, "exchange-rate") != 0 || !strcmp(rate->currency, before))
            continue;
        before = rate->currency;
        put_word(out, before, begun);
    }
}

static void put_values(FILE *out, const traincost_catalog *catalog, enum value_source source,
                       const struct any_option *option)
{
    bool begun = false;
    const traincost_chip *chip;
    const traincost_run *run;
    const traincost_output_kind *kind;
    switch (source) {
    case VALUE_WORDS:
        put_choices(out, option->values, &begun);
        break;
    case VALUE_CHIPS:
        for (size_t i = 0; (chip = traincost_catalog_chip(catalog, i)); i++)
            put_word(out, chip->id, &begun);
        break;
    case VALUE_RUNS:
        for (size_t i = 0; (run = traincost_catalog_run(catalog, i)); i++)
            put_word(out, run->id, &begun);
        break;
    case VALUE_REGIONS:
        put_regions(out, catalog, &begun);
        break;
    case VALUE_OUTPUTS:
        for (size_t i = 0; (kind = traincost_output_kind_at(i)); i++)
            put_word(out, kind->word, &begun);
        break;
    case VALUE_CURRENCIES:
        put_currencies(out, catalog, &begun);
        break;
    case VALUE_NONE:
    case VALUE_FILES:
        break;
    }
}

static void put_commands(FILE *out)
{
    bool begun = false;
    for (size_t i = 0; command_at(i); i++)
        put_word(out, command_at(i)->name, &begun);
    put_word(out, "help", &begun);
}

/* The options that a command takes. */
static void put_options(FILE *out, const struct command *command)
{
    struct any_option option;
    for (size_t i = 0; any_option_at(i, &option); i++) {
        if (!command_takes(command, option.name, option.kind))
            continue;
        fprintf(out, " --%s", option.name);
        if (*option.alias)
            fprintf(out, " --%s", option.alias);
    }
}

/* ---- bash and zsh: one function in the words that they share ---- */

static void put_case(FILE *out, const traincost_catalog *catalog, const struct any_option *option)
{
    enum value_source source = source_of(option);
    const char *units = units_of(option);
    if (!*option->values || (source == VALUE_NONE && !*units))
        return;
    fprintf(out, "    --%s%s%s)", option->name, *option->alias ? "|--" : "", option->alias);
    if (source == VALUE_FILES) {
        fputs(" kind=files ;;\n", out);
    } else if (source == VALUE_NONE) {
        fprintf(out, " kind=units words='%s' ;;\n", units);
    } else {
        fprintf(out, " kind=%s words='", source == VALUE_OUTPUTS || source == VALUE_CHIPS ? "list" : "words");
        put_values(out, catalog, source, option);
        fputs("' ;;\n", out);
    }
}

static void put_tables(FILE *out, const traincost_catalog *catalog)
{
    struct any_option option;
    fputs("    case $previous in\n", out);
    for (size_t i = 0; any_option_at(i, &option); i++)
        put_case(out, catalog, &option);
    fputs("    --*) [ -z \"$current\" ] || kind=words ;;\n    esac\n    case $command in\n", out);
    for (size_t i = 0; command_at(i); i++) {
        fprintf(out, "    %s) options='", command_at(i)->name);
        put_options(out, command_at(i));
        fputs("' ;;\n", out);
    }
    fputs("    esac\n    runs='", out);
    put_values(out, catalog, VALUE_RUNS, NULL);
    fputs("' commands='", out);
    put_commands(out);
    fputs("'\n    case $command in\n    chips) runs='", out);
    put_values(out, catalog, VALUE_CHIPS, NULL);
    fputs("' ;;\n    completion) runs='bash zsh fish' ;;\n    prices) runs='import skypilot gpuhunt csv' ;;\n"
          "    solve) runs=\"hours chips tokens params flop rental-price break-even $runs\" ;;\n"
          "    help) runs=\"$commands",
          out);
    for (size_t i = 0; any_option_at(i, &option); i++)
        fprintf(out, " %s", option.name);
    fputs("\" ;;\n    esac\n", out);
}

static void put_bash(FILE *out, const traincost_catalog *catalog)
{
    fputs("# bash completion for traincost, made by 'traincost completion bash'\n"
          "_traincost() {\n"
          "    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    local command=estimate kind= words= options= runs= commands= word head\n"
          "    [ \"$current\" = = ] && current=\n"
          "    [ \"$previous\" = = ] && previous=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    [ \"${COMP_WORDS[COMP_CWORD]}\" = = ] && previous=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
          "        case $word in\n"
          "        -*) ;;\n"
          "        *) command=$word; break ;;\n"
          "        esac\n"
          "    done\n",
          out);
    fputs("    case $command in\n", out);
    for (size_t i = 0; command_at(i); i++)
        fprintf(out, "%s%s", i ? "|" : "    ", command_at(i)->name);
    fputs("|help) ;;\n    *) command=estimate ;;\n    esac\n", out);
    put_tables(out, catalog);
    fputs("    COMPREPLY=()\n"
          "    case $kind in\n"
          "    files) COMPREPLY=($(compgen -f -- \"$current\")) ;;\n"
          "    units)\n"
          "        case $current in\n"
          "        *[0-9]) for word in $words; do COMPREPLY+=(\"$current$word\"); done ;;\n"
          "        esac ;;\n"
          "    list)\n"
          "        head=\n"
          "        case $current in *,*) head=${current%,*}, ;; esac\n"
          "        for word in $(compgen -W \"$words\" -- \"${current##*,}\"); do COMPREPLY+=(\"$head$word\"); "
          "done ;;\n"
          "    words) COMPREPLY=($(compgen -W \"$words\" -- \"$current\")) ;;\n"
          "    *)\n"
          "        case $current in\n"
          "        -*) COMPREPLY=($(compgen -W \"$options\" -- \"$current\")) ;;\n"
          "        *)\n"
          "            [ \"$COMP_CWORD\" -gt 1 ] || runs=\"$commands $runs\"\n"
          "            COMPREPLY=($(compgen -W \"$runs\" -- \"$current\") $(compgen -f -- \"$current\")) ;;\n"
          "        esac ;;\n"
          "    esac\n"
          "}\n"
          "complete -F _traincost traincost\n",
          out);
}

static void put_zsh(FILE *out, const traincost_catalog *catalog)
{
    fputs("#compdef traincost\n"
          "# zsh completion for traincost, made by 'traincost completion zsh'\n"
          "_traincost() {\n"
          "    emulate -L zsh\n"
          "    setopt sh_word_split\n"
          "    local current=${words[CURRENT]} previous=${words[CURRENT-1]} command=${words[2]}\n"
          "    local kind= options= runs= commands= word\n"
          "    local -a line=(\"${words[@]}\") found\n"
          "    local words=\n"
          "    case $current in\n"
          "    --*=*) previous=${current%%=*}; compset -P '*='; current=${current#*=} ;;\n"
          "    esac\n",
          out);
    fputs("    case $command in\n", out);
    for (size_t i = 0; command_at(i); i++)
        fprintf(out, "%s%s", i ? "|" : "    ", command_at(i)->name);
    fputs("|help) ;;\n    *) command=estimate ;;\n    esac\n", out);
    put_tables(out, catalog);
    fputs("    case $kind in\n"
          "    files) _files ;;\n"
          "    units)\n"
          "        case $current in\n"
          "        *[0-9]) for word in $words; do found+=(\"$current$word\"); done; compadd -- $found ;;\n"
          "        esac ;;\n"
          "    list) compset -P '*,'; compadd -- $words ;;\n"
          "    words) compadd -- $words ;;\n"
          "    *)\n"
          "        case $current in\n"
          "        -*) compadd -- $options ;;\n"
          "        *)\n"
          "            (( CURRENT > 2 )) || compadd -- $commands\n"
          "            compadd -- $runs\n"
          "            _files ;;\n"
          "        esac ;;\n"
          "    esac\n"
          "}\n"
          "_traincost \"$@\"\n",
          out);
}

/* ---- fish ---- */

static void put_quoted(FILE *out, const char *text)
{
    putc('\'', out);
    for (; *text; text++) {
        fputs(*text == '\'' || *text == '\\' ? "\\" : "", out);
        putc(*text, out);
    }
    putc('\'', out);
}

static void put_fish_option(FILE *out, const traincost_catalog *catalog, const struct any_option *option,
                            const char *name)
{
    enum value_source source = source_of(option);
    fprintf(out, "complete -c traincost -l %s", name);
    if (option->letter)
        fprintf(out, " -s %c", option->letter);
    if (*option->values)
        fputs(source == VALUE_FILES ? " -r -F" : " -x", out);
    if (source != VALUE_NONE && source != VALUE_FILES) {
        fputs(" -a '", out);
        put_values(out, catalog, source, option);
        fputs("'", out);
    } else if (*units_of(option)) {
        fprintf(out, " -a '(__traincost_units %s)'", units_of(option));
    }
    fputs(" -d ", out);
    put_quoted(out, option->help);
    putc('\n', out);
}

static void put_fish(FILE *out, const traincost_catalog *catalog)
{
    struct any_option option;
    fputs("# fish completion for traincost, made by 'traincost completion fish'\n"
          "function __traincost_units\n"
          "    set -l number (string match -r '^[0-9][0-9.]*$' -- (string replace -r '^--[a-z-]*=' '' -- "
          "(commandline -ct)))\n"
          "    or return\n"
          "    for unit in $argv\n"
          "        echo $number$unit\n"
          "    end\n"
          "end\n",
          out);
    for (size_t i = 0; command_at(i); i++) {
        fprintf(out, "complete -c traincost -n '__fish_use_subcommand' -a %s -d ", command_at(i)->name);
        put_quoted(out, command_at(i)->summary);
        putc('\n', out);
    }
    fputs("complete -c traincost -n '__fish_seen_subcommand_from prices' -a 'import skypilot gpuhunt csv'\n"
          "complete -c traincost -n 'not __fish_seen_subcommand_from chips prices' -a '", out);
    put_values(out, catalog, VALUE_RUNS, NULL);
    fputs("'\n", out);
    for (size_t i = 0; any_option_at(i, &option); i++) {
        put_fish_option(out, catalog, &option, option.name);
        if (*option.alias)
            put_fish_option(out, catalog, &option, option.alias);
    }
}

/* ---- the command ---- */

static int complete(struct session *session, const traincost_catalog *catalog, size_t format)
{
    static const struct {
        const char *shell;
        void (*put)(FILE *, const traincost_catalog *);
    } shells[] = {{"bash", put_bash}, {"zsh", put_zsh}, {"fish", put_fish}};
    const struct arguments *arguments = session->arguments;
    const char *asked = arguments->operand_count == 1 ? arguments->operands[0] : "";
    (void)format;
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].shell, asked) != 0)
            continue;
        shells[i].put(session->output->file, catalog);
        return EXIT_DONE;
    }
    complain(session->err, "completion takes one shell: bash, zsh or fish");
    return EXIT_INPUT;
}

int completion_command(struct session *session)
{
    static const char *const formats[] = {"script", NULL};
    return with_catalog(session, formats, complete);
}
