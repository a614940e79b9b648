/* The run that the command line states. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "run_stated.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- stages ---- */

/* The end of an item: the next comma outside parentheses. */
static char *item_end(char *text)
{
    int depth = 0;
    for (; *text; text++) {
        depth += (*text == '(') - (*text == ')');
        if (*text == ',' && depth <= 0)
            break;
    }
    return text;
}

static char *trimmed_item(char *text)
{
    text += strspn(text, " \t");
    size_t length = strlen(text);
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        text[--length] = '\0';
    return text;
}

struct item {
    const char *key, *value;
};

/* "key=value" is cut in place; an item without '=' is a cluster. */
static struct item read_item(char *text)
{
    char *equals = strchr(text, '=');
    if (!equals)
        return (struct item){"cluster", trimmed_item(text)};
    *equals = '\0';
    return (struct item){trimmed_item(text), trimmed_item(equals + 1)};
}

/* `items` has room for one more than there are commas in `text`, which is cut up. */
static size_t read_items(char *text, struct item *items)
{
    size_t count = 0;
    for (bool more = true; more;) {
        char *end = item_end(text);
        more = *end;
        *end = '\0';
        struct item item = read_item(text);
        if (*item.value || strcmp(item.key, "cluster") != 0)
            items[count++] = item;
        text = end + 1;
    }
    return count;
}

static traincost_status set_stage(traincost_scenario *run, const struct item *items, size_t count,
                                  traincost_error *error)
{
    size_t stage;
    const char *name = NULL;
    for (size_t i = 0; i < count; i++)
        if (!strcmp(items[i].key, "name"))
            name = items[i].value;
    traincost_status status = traincost_scenario_add_stage(run, name, &stage, error);
    for (size_t i = 0; i < count && status == TRAINCOST_OK; i++)
        if (strcmp(items[i].key, "name") != 0)
            status = traincost_scenario_set(run, stage, items[i].key, items[i].value, error);
    return status;
}

static const char *stated_twice(const struct item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (!strcmp(items[i].key, items[j].key))
                return items[i].key;
    return NULL;
}

static int set_items(struct session *session, traincost_scenario *run, const struct item *items, size_t count)
{
    const char *twice = stated_twice(items, count);
    if (twice) {
        complain(session->err, "--stage: '%s' stands twice", twice);
        return EXIT_INPUT;
    }
    if (set_stage(run, items, count, session->error) == TRAINCOST_OK)
        return EXIT_DONE;
    return complain_error(session, "--stage");
}

static int add_stage(struct session *session, traincost_scenario *run, const char *text)
{
    char *copy = strdup(text);
    struct item *items = calloc(strlen(text) + 1, sizeof *items);
    int status = EXIT_TROUBLE;
    if (!copy || !items)
        complain(session->err, "out of memory");
    else
        status = set_items(session, run, items, read_items(copy, items));
    free(items);
    free(copy);
    return status;
}

/* ---- the run ---- */

/* What is read as a file before all else. */
static bool is_path(const char *text)
{
    size_t length = strlen(text);
    return strchr(text, '/') || (length > 5 && !strcmp(text + length - 5, ".yaml")) ||
           (length > 4 && !strcmp(text + length - 4, ".yml"));
}

const char *run_file(const struct session *session)
{
    const struct arguments *arguments = session->arguments;
    const char *text = arguments->operand_count ? arguments->operands[0] : NULL;
    return text && is_path(text) ? text : NULL;
}

/* The command that a word was meant as: one that is spelled like it, or of which it is the second word. */
static const char *nearest_command(const char *text)
{
    static const char *const two_words[] = {"solve break-even", "prices import"};
    for (size_t i = 0; i < sizeof two_words / sizeof *two_words; i++)
        if (!strcmp(strchr(two_words[i], ' ') + 1, text))
            return two_words[i];
    const char *names[32] = {NULL};
    for (size_t i = 0; command_at(i) && i + 1 < sizeof names / sizeof *names; i++)
        names[i] = command_at(i)->name;
    return traincost_nearest(text, names);
}

/* Says of a word in a run's place that it names what a run gives, or is nearly a command; false where it is
 * neither. */
static bool complain_word(struct session *session, const char *text, const char *run)
{
    const traincost_output_kind *output = traincost_output_kind_find(text);
    const char *meant = nearest_command(text);
    if (is_path(text) || (!output && !meant))
        return false;
    if (output)
        complain(session->err, "'%s' is what a run gives, not a command: traincost %s --outputs %s", text, run,
                 text);
    else
        complain(session->err, "unknown command '%s': did you mean %s?", text, meant);
    return true;
}

static int complain_run(struct session *session, const char *text)
{
    if (traincost_error_status(session->error) != TRAINCOST_UNKNOWN || !complain_word(session, text, "RUN"))
        return complain_error(session, run_file(session));
    return EXIT_INPUT;
}

/* A run from standard input. */
static traincost_status read_input(struct session *session, traincost_scenario *run)
{
    enum { MOST = 1 << 20 };
    char *text = malloc(MOST);
    if (!text)
        return TRAINCOST_NO_MEMORY;
    size_t length = fread(text, 1, MOST, stdin);
    traincost_status status = traincost_scenario_parse(run, text, length, session->error);
    free(text);
    return status;
}

static int set_run(struct session *session, traincost_scenario *run, const char *text)
{
    if (!strcmp(text, "-"))
        return read_input(session, run) == TRAINCOST_OK ? EXIT_DONE : complain_error(session, "-");
    traincost_status status = traincost_scenario_take(run, text, session->error);
    return status == TRAINCOST_OK ? EXIT_DONE : complain_run(session, text);
}

static int set_claim(struct session *session, traincost_scenario *run, const struct statement *setting)
{
    size_t i = 0;
    while (strcmp(traincost_claim_key_at(i)->option, setting->name) != 0)
        i++;
    traincost_status status =
        traincost_scenario_claim(run, traincost_claim_key_at(i)->key, setting->value, session->error);
    return status == TRAINCOST_OK ? EXIT_DONE : complain_error(session, NULL);
}

int run_state(struct session *session, traincost_scenario *run, const char *operand)
{
    return run_state_without(session, run, operand, "");
}

int run_state_without(struct session *session, traincost_scenario *run, const char *operand, const char *key)
{
    const struct arguments *arguments = session->arguments;
    int status = operand ? set_run(session, run, operand) : EXIT_DONE;
    for (size_t i = 0; i < arguments->count && status == EXIT_DONE; i++) {
        const struct statement *setting = &arguments->settings[i];
        if (setting->kind == OPTION_OURS && !strcmp(setting->name, "stage"))
            status = add_stage(session, run, setting->value);
        else if (setting->kind == OPTION_CLAIM)
            status = set_claim(session, run, setting);
        else if (setting->kind == OPTION_PARAMETER && strcmp(setting->name, key) != 0 &&
                 traincost_scenario_set(run, TRAINCOST_RUN, setting->name, setting->value, session->error) !=
                     TRAINCOST_OK)
            status = complain_error(session, NULL);
    }
    return status;
}

/* A shell parts "8 H100" and "8 x H100": the first of them is no more than a number. */
static bool join_cluster(struct session *session)
{
    const struct arguments *arguments = session->arguments;
    const char *const *words = arguments->operands;
    const char *first = words[0];
    if (!*first || first[strspn(first, "0123456789,_")] || arguments->operand_count > 3)
        return false;
    int length =
        snprintf(session->cluster, sizeof session->cluster, "%s %s%s%s", first, words[1],
                 arguments->operand_count > 2 ? " " : "", arguments->operand_count > 2 ? words[2] : "");
    return length < (int)sizeof session->cluster;
}

/* What to do about a second argument: "10h", "days", or another run. */
static const char *extra_words(const char *extra)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%";
    size_t figure = strspn(extra, "0123456789.,"), rest = strspn(extra + figure, letters);
    if (extra[figure + rest])
        return "runs side by side are compared: traincost compare RUN RUN";
    return figure ? "a figure is stated by its option, as in --hours 10"
                  : "what has a blank is quoted, as in --hours '10 days'";
}

int run_operand(struct session *session, const char **operand)
{
    const struct arguments *arguments = session->arguments;
    *operand = arguments->operand_count ? arguments->operands[0] : NULL;
    if (arguments->operand_count < 2)
        return EXIT_DONE;
    if (join_cluster(session)) {
        *operand = session->cluster;
        return EXIT_DONE;
    }
    if (!complain_word(session, *operand, arguments->operands[1]))
        complain(session->err, "unexpected argument '%s': '%s' is taken as the run; %s", arguments->operands[1],
                 *operand, extra_words(arguments->operands[1]));
    return EXIT_INPUT;
}

const char *run_stated(const struct session *session, enum option_kind kind, const char *name)
{
    const char *last = NULL;
    for (const struct statement *s = NULL; (s = arguments_next(session->arguments, kind, s));)
        if (!strcmp(s->name, name))
            last = s->value;
    return last;
}

bool run_asks_for(const struct session *session, const char *option)
{
    return run_stated(session, OPTION_ENGINE, option) != NULL;
}

int run_options(struct session *session, traincost_options *options)
{
    for (const struct statement *s = NULL; (s = arguments_next(session->arguments, OPTION_ENGINE, s));)
        if (traincost_options_set(options, s->name, s->value, session->error) != TRAINCOST_OK)
            return complain_error(session, NULL);
    traincost_options_progress(options, progress_tell, session->progress);
    return EXIT_DONE;
}

int run_usual(struct session *session, traincost_options *options, const char *const (*usual)[2])
{
    for (; (*usual)[0]; usual++)
        if (!run_asks_for(session, (*usual)[0]) &&
            traincost_options_set(options, (*usual)[0], (*usual)[1], session->error) != TRAINCOST_OK)
            return complain_error(session, NULL);
    return EXIT_DONE;
}

int run_gives_none(struct session *session)
{
    complain(session->err, "outputs %s: the run states too little for them",
             run_stated(session, OPTION_ENGINE, "outputs"));
    return EXIT_INPUT;
}

/* Both lists rise. */
static void merge_quantiles(const char *asked, const char *drawn, char *out, size_t size)
{
    size_t used = 0;
    while (*asked || *drawn) {
        double a = *asked ? strtod(asked, NULL) : INFINITY, b = *drawn ? strtod(drawn, NULL) : INFINITY;
        const char *next = a <= b ? asked : drawn;
        size_t length = strcspn(next, ",");
        if (used + length + 2 > size)
            break;
        used += (size_t)snprintf(out + used, size - used, "%s%.*s", used ? "," : "", (int)length, next);
        if (a <= b)
            asked += strcspn(asked, ",") + (asked[strcspn(asked, ",")] == ',');
        if (b <= a)
            drawn += strcspn(drawn, ",") + (drawn[strcspn(drawn, ",")] == ',');
    }
}

int run_drawn_quantiles(struct session *session, traincost_options *options, size_t format)
{
    enum { FIRST_DRAWN = 3 };
    char list[2048];
    const char *asked = run_stated(session, OPTION_ENGINE, "quantiles");
    if (!asked || format < FIRST_DRAWN)
        return EXIT_DONE;
    merge_quantiles(asked, "5,25,50,75,95", list, sizeof list);
    if (traincost_options_set(options, "quantiles", list, session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    return EXIT_DONE;
}

int with_run(struct session *session, const traincost_catalog *catalog, size_t format, run_work *work)
{
    const char *operand = NULL;
    traincost_scenario *run = traincost_scenario_new(catalog, session->error);
    traincost_options *options = traincost_options_new();
    int status = EXIT_TROUBLE;
    if (!run || !options)
        complain(session->err, "out of memory");
    else
        status = run_operand(session, &operand);
    if (status == EXIT_DONE)
        status = run_state(session, run, operand);
    if (status == EXIT_DONE)
        status = run_options(session, options);
    if (status == EXIT_DONE)
        status = run_drawn_quantiles(session, options, format);
    if (status == EXIT_DONE)
        status = work(session, run, options, format);
    traincost_options_free(options);
    traincost_scenario_free(run);
    return status;
}
