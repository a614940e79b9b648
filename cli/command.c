#include "command.h"

#include "arguments.h"
#include "help.h"
#include "output.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const char *const estimate_options[] = {
    "stage", "catalog", "format", "output", "explain", "help", "version", NULL,
};
static const char *const chips_options[] = {
    "date", "term", "catalog", "format", "output", "help", "version", NULL,
};

static const char *const check_options[] = {
    "stage", "catalog", "format", "output", "explain", "help", "version", NULL,
};
static const char *const claims_options[] = {
    "samples", "seed", "threads", "sampler", "catalog", "format", "output", "help", "version", NULL,
};
/* A check has quantiles and outputs of its own. */
static const char *const check_refused[] = {"quantiles", "outputs", "sensitivity", NULL};

static const char *const compare_options[] = {
    "stage", "deadline", "by", "catalog", "format", "output", "help", "version", NULL,
};
static const char *const compare_refused[] = {"sensitivity", "name", NULL};
static const char *const sweep_options[] = {
    "vary", "steps", "spacing", "stage", "catalog", "format", "output", "help", "version", NULL,
};
static const char *const sweep_refused[] = {"sensitivity", NULL};

static const char *const solve_options[] = {
    "budget",  "deadline", "confidence", "scope",  "years", "use",     "resale", "stage",
    "catalog", "format",   "explain",    "output", "help",  "version", NULL,
};

static const struct command commands[] = {
    {"estimate", "[estimate] [RUN] [options]",
     "what a run costs; RUN is a scenario file, the id of a published run, or a cluster as in 512xH800", true,
     false, NULL, estimate_options, estimate_command},
    {"check", "check [RUN] [options]",
     "whether a published figure can be true, and what it leaves out: of a published run by its id, or as in "
     "check "
     "512xH800 --hours 278 --claim 294k",
     true, true, check_refused, check_options, check_command},
    {"claims", "claims [ID] [options]",
     "the published runs, each with its claim, our range and a verdict; or one of them", false, false, NULL,
     claims_options, claims_command},
    {"compare", "compare RUN RUN... | compare --type CHIP,CHIP... [options]",
     "runs side by side, and each over the first, sample by sample: what they share does not blur the ratio; "
     "or the same work on several chips, or on all, ranked by cost, with the probability that each is the "
     "cheapest",
     true, false, compare_refused, compare_options, compare_command},
    {"solve", "solve WHAT [RUN] [options]",
     "how many hours, chips, tokens, params or FLOP, or which rental-price, a budget allows; how few chips "
     "meet a "
     "deadline; break-even: rent or own",
     true, false, NULL, solve_options, solve_command},
    {"sweep", "sweep [RUN] --vary KEY=VALUES [options]", "a run along one or two parameters, as a table", true,
     false, sweep_refused, sweep_options, sweep_command},
    {"chips", "chips [NAME] [options]", "the catalogue of chips; one chip with its prices and their sources",
     false, false, NULL, chips_options, chips_command},
};

const struct command *command_at(size_t index)
{
    return index < sizeof commands / sizeof *commands ? &commands[index] : NULL;
}

const struct command *command_find(const char *name)
{
    for (size_t i = 0; command_at(i); i++)
        if (!strcmp(commands[i].name, name))
            return &commands[i];
    return NULL;
}

/* Arguments and files may hold anything; what is shown of them stays on its line. */
static void put_one_line(FILE *err, const char *text)
{
    for (; *text; text++)
        putc((unsigned char)*text < 0x20 || *text == 0x7F ? '?' : *text, err);
}

void complain(FILE *err, const char *format, ...)
{
    char message[1200];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    fputs("traincost: ", err);
    put_one_line(err, message);
    putc('\n', err);
}

/* The message without the "FILE: " that it may begin with. */
static const char *without_place(const char *message, const char *file)
{
    size_t length = strlen(file);
    if (strncmp(message, file, length) != 0)
        return message;
    return !strncmp(message + length, ": ", 2) ? message + length + 2 : message;
}

int complain_error(const struct session *session, const char *file)
{
    traincost_status status = traincost_error_status(session->error);
    const char *message = traincost_error_message(session->error);
    int line = traincost_error_line(session->error);
    if (!file)
        complain(session->err, "%s", message);
    else if (line)
        complain(session->err, "%s: line %d: %s", file, line, without_place(message, file));
    else
        complain(session->err, "%s: %s", file, without_place(message, file));
    return status == TRAINCOST_IO || status == TRAINCOST_NO_MEMORY ? EXIT_TROUBLE : EXIT_INPUT;
}

int begin_answer(const struct session *session)
{
    if (output_begin(session->output))
        return EXIT_DONE;
    complain(session->err, "%s: %s", output_name(session->output), strerror(errno));
    return EXIT_TROUBLE;
}

static int open_catalog(const struct session *session, traincost_catalog **catalog)
{
    const struct arguments *arguments = session->arguments;
    if (traincost_catalog_new(catalog, session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    for (size_t i = 0; i < arguments->count; i++) {
        const struct setting *setting = &arguments->settings[i];
        if (setting->kind == OPTION_OURS && !strcmp(setting->name, "catalog") &&
            traincost_catalog_load(*catalog, setting->value, session->error) != TRAINCOST_OK)
            return complain_error(session, setting->value);
    }
    return EXIT_DONE;
}

static int pick_format(const struct session *session, const char *const *formats, size_t *format)
{
    char list[128] = "";
    const char *asked = arguments_last(session->arguments, "format");
    *format = 0;
    if (!asked)
        return EXIT_DONE;
    for (size_t i = 0; formats[i]; i++) {
        size_t used = strlen(list);
        if (!strcmp(formats[i], asked)) {
            *format = i;
            return EXIT_DONE;
        }
        snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "", formats[i]);
    }
    complain(session->err, "unknown format '%s': one of %s", asked, list);
    return EXIT_INPUT;
}

int with_catalog(struct session *session, const char *const *formats, catalog_work *work)
{
    traincost_catalog *catalog = NULL;
    size_t format;
    int status = pick_format(session, formats, &format);
    if (status == EXIT_DONE)
        status = open_catalog(session, &catalog);
    if (status == EXIT_DONE)
        status = work(session, catalog, format);
    traincost_catalog_free(catalog);
    return status;
}

static int print_static(const struct session *session)
{
    const struct arguments *arguments = session->arguments;
    int status = begin_answer(session);
    if (status != EXIT_DONE)
        return status;
    if (arguments->about || arguments_last(arguments, "help"))
        help_print(session->output->file, arguments->about ? arguments->about : arguments->command);
    else
        fprintf(session->output->file, "traincost %s\n", traincost_version());
    return EXIT_DONE;
}

static int run_command(struct session *session)
{
    const struct arguments *arguments = session->arguments;
    if (arguments->about || arguments_last(arguments, "help") || arguments_last(arguments, "version"))
        return print_static(session);
    session->error = traincost_error_new();
    if (!session->error) {
        complain(session->err, "out of memory");
        return EXIT_TROUBLE;
    }
    int status = arguments->command->run(session);
    traincost_error_free(session->error);
    session->error = NULL;
    return status;
}

static int work_into_output(const struct arguments *arguments, FILE *out, FILE *err)
{
    struct output output;
    const char *path = arguments_last(arguments, "output");
    if (!output_open(&output, path, out)) {
        complain(err, "%s: %s", path, strerror(errno));
        return EXIT_TROUBLE;
    }
    struct session session = {arguments, &output, err, NULL};
    int status = run_command(&session);
    if (status != EXIT_DONE && status != EXIT_REFUTED) {
        output_abandon(&output);
        return status;
    }
    if (!output_end(&output)) {
        complain(err, "%s: %s", output_name(&output), errno ? strerror(errno) : "cannot be written");
        return EXIT_TROUBLE;
    }
    return status;
}

int command_main(int argc, char **argv, FILE *out, FILE *err)
{
    struct arguments arguments;
    if (argc < 2) {
        help_usage(err);
        return EXIT_INPUT;
    }
    int status = arguments_read(&arguments, argc, argv, err);
    if (status == EXIT_DONE)
        status = work_into_output(&arguments, out, err);
    arguments_free(&arguments);
    return status;
}
