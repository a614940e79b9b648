#define _POSIX_C_SOURCE 200809L
#include "arguments.h"
#include "command.h"
#include "output.h"
#include "render.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "512xH800", "1_024 × H100": a count, then x. A path has a slash or the ending of a scenario file. */
static bool is_cluster(const char *text)
{
    if ((!isdigit((unsigned char)text[0]) && *text != '~') || strchr(text, '/') || strstr(text, ".y"))
        return false;
    text += strspn(text, "~0123456789_.kKM");
    text += strspn(text, " ");
    return *text == 'x' || *text == 'X' || !strncmp(text, "\xC3\x97", 2);
}

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

static char *trimmed(char *text)
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
        return (struct item){"cluster", trimmed(text)};
    *equals = '\0';
    return (struct item){trimmed(text), trimmed(equals + 1)};
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

/* A RUN is a cluster, else a file if it looks like a path, else a published run, else a file that is there. */
static bool is_path(const char *text)
{
    size_t length = strlen(text);
    return strchr(text, '/') || (length > 5 && !strcmp(text + length - 5, ".yaml")) ||
           (length > 4 && !strcmp(text + length - 4, ".yml"));
}

/* The scenario file of the command line; NULL where there is none. */
static const char *run_file(const struct session *session)
{
    const struct arguments *arguments = session->arguments;
    const char *text = arguments->operand_count ? arguments->operands[0] : NULL;
    return text && !is_cluster(text) && is_path(text) ? text : NULL;
}

/* A word that is no run but nearly a command was meant as one. */
static int complain_run(struct session *session, const char *text)
{
    const char *names[16] = {NULL};
    for (size_t i = 0; command_at(i) && i + 1 < sizeof names / sizeof *names; i++)
        names[i] = command_at(i)->name;
    const char *meant = traincost_nearest(text, names);
    if (!meant || is_path(text) || traincost_error_status(session->error) != TRAINCOST_UNKNOWN)
        return complain_error(session, run_file(session));
    complain(session->err, "unknown command '%s': did you mean %s?", text, meant);
    return EXIT_INPUT;
}

static int set_operand(struct session *session, traincost_scenario *run)
{
    const struct arguments *arguments = session->arguments;
    traincost_status status;
    if (arguments->operand_count == 0)
        return EXIT_DONE;
    const char *text = arguments->operands[0];
    if (arguments->operand_count > 1) {
        complain(session->err, "unexpected argument '%s': '%s' is taken as the run", arguments->operands[1],
                 text);
        return EXIT_INPUT;
    }
    if (is_cluster(text))
        status = traincost_scenario_set(run, TRAINCOST_RUN, "cluster", text, session->error);
    else if (is_path(text))
        status = traincost_scenario_read(run, text, session->error);
    else
        status = traincost_scenario_find(run, text, session->error);
    if (status == TRAINCOST_UNKNOWN && !is_path(text) && !is_cluster(text) && access(text, F_OK) == 0)
        status = traincost_scenario_read(run, text, session->error);
    return status == TRAINCOST_OK ? EXIT_DONE : complain_run(session, text);
}

/* Options after the file, whose statements they replace. */
static int state_run(struct session *session, traincost_scenario *run)
{
    const struct arguments *arguments = session->arguments;
    int status = set_operand(session, run);
    for (size_t i = 0; i < arguments->count && status == EXIT_DONE; i++) {
        const struct setting *setting = &arguments->settings[i];
        if (setting->kind == OPTION_OURS && !strcmp(setting->name, "stage"))
            status = add_stage(session, run, setting->value);
        else if (setting->kind == OPTION_PARAMETER &&
                 traincost_scenario_set(run, TRAINCOST_RUN, setting->name, setting->value, session->error) !=
                     TRAINCOST_OK)
            status = complain_error(session, NULL);
    }
    return status;
}

static int set_options(struct session *session, traincost_options *options, size_t format,
                       struct estimate_view *view)
{
    /* What the format shows: text two outputs, JSON all, CSV none. */
    static const char *const sensitivity[] = {"rental_usd,ownership_usd", "1", "0"};
    const struct arguments *arguments = session->arguments;
    if (traincost_options_set(options, "sensitivity", sensitivity[format], session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    for (size_t i = 0; i < arguments->count; i++) {
        const struct setting *setting = &arguments->settings[i];
        if (setting->kind != OPTION_ENGINE)
            continue;
        if (traincost_options_set(options, setting->name, setting->value, session->error) != TRAINCOST_OK)
            return complain_error(session, NULL);
        view->all_quantiles = view->all_quantiles || !strcmp(setting->name, "quantiles");
        view->samples = view->samples || !strcmp(setting->name, "tolerance");
    }
    return EXIT_DONE;
}

typedef bool renderer(const struct output *, const struct estimate_view *);

static int render(struct session *session, size_t format, const struct estimate_view *view)
{
    static renderer *const renderers[] = {render_text, render_json, render_csv};
    int status = begin_answer(session);
    if (status == EXIT_DONE && !renderers[format](session->output, view)) {
        complain(session->err, "out of memory");
        status = EXIT_TROUBLE;
    }
    return status;
}

static int estimate_and_render(struct session *session, const traincost_scenario *run,
                               const traincost_options *options, size_t format, struct estimate_view *view)
{
    traincost_result *result = NULL;
    if (traincost_estimate(run, options, &result, session->error) != TRAINCOST_OK)
        return complain_error(session, run_file(session));
    view->result = result;
    view->explain = arguments_last(session->arguments, "explain") != NULL;
    int status = render(session, format, view);
    traincost_result_free(result);
    return status;
}

static int with_catalog(struct session *session, const traincost_catalog *catalog, size_t format)
{
    struct estimate_view view = {0};
    traincost_scenario *run = traincost_scenario_new(catalog, session->error);
    traincost_options *options = traincost_options_new();
    int status = EXIT_TROUBLE;
    if (!run || !options)
        complain(session->err, "out of memory");
    else
        status = state_run(session, run);
    if (status == EXIT_DONE)
        status = set_options(session, options, format, &view);
    if (status == EXIT_DONE)
        status = estimate_and_render(session, run, options, format, &view);
    traincost_options_free(options);
    traincost_scenario_free(run);
    return status;
}

int estimate_command(struct session *session)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    traincost_catalog *catalog = NULL;
    size_t format;
    int status = pick_format(session, formats, &format);
    if (status == EXIT_DONE)
        status = open_catalog(session, &catalog);
    if (status == EXIT_DONE)
        status = with_catalog(session, catalog, format);
    traincost_catalog_free(catalog);
    return status;
}
