/* The program from its arguments to its exit status. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "program.h"

#include "commands/commands.h"
#include "help.h"
#include "help_topic.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef int command_work(struct session *session);

static command_work *work_of(const struct command *command)
{
    static const struct {
        const char *name;
        command_work *work;
    } works[] = {
        {"estimate", estimate_command}, {"check", check_command}, {"claims", claims_command},
        {"compare", compare_command},   {"solve", solve_command}, {"sweep", sweep_command},
        {"chips", chips_command},       {"batch", batch_command},
        {"prices", prices_command},     {"show", show_command}, {"completion", completion_command},
    };
    size_t i = 0;
    while (strcmp(works[i].name, command->name) != 0)
        i++;
    return works[i].work;
}

static int print_topic(const struct session *session, const char *topic)
{
    const char *near = help_nearest(topic);
    if (help_has_topic(topic) && help_topic(session->output->file, topic))
        return EXIT_DONE;
    if (help_has_topic(topic)) {
        complain(session->err, "out of memory");
        return EXIT_TROUBLE;
    }
    complain(session->err, "unknown command or key '%s': %s%s%s", topic,
             near ? "did you mean " : "'traincost --help' lists them", near ? near : "", near ? "?" : "");
    return EXIT_INPUT;
}

static int print_static(const struct session *session)
{
    const struct arguments *arguments = session->arguments;
    const char *help = arguments_last(arguments, "help");
    if (arguments->topic)
        return print_topic(session, arguments->topic);
    if (help && *help && !arguments->about)
        help_short(session->output->file, arguments->command);
    else if (arguments->about || help)
        help_print(session->output->file, arguments->about ? arguments->about : arguments->command);
    else
        fprintf(session->output->file, "traincost %s\n", traincost_version());
    return EXIT_DONE;
}

static int run_command(struct session *session)
{
    const struct arguments *arguments = session->arguments;
    if (arguments->about || arguments->topic || arguments_last(arguments, "help") || arguments_last(arguments, "version"))
        return print_static(session);
    return work_of(arguments->command)(session);
}

/* An answer that would take the place of what it is made from is refused, before the work. */
static int spare_inputs(const struct session *session)
{
    const struct arguments *arguments = session->arguments;
    const char *input = arguments->operand_count || !output_replaces(session->output, "-") ? NULL : "-";
    for (size_t i = 0; i < arguments->operand_count && !input; i++)
        if (output_replaces(session->output, arguments->operands[i]))
            input = arguments->operands[i];
    for (const struct statement *s = NULL; !input && (s = arguments_next(arguments, OPTION_OURS, s));)
        if ((!strcmp(s->name, "catalog") && output_replaces_in(session->output, s->value)) ||
            (!strcmp(s->name, "map") && output_replaces(session->output, s->value)))
            input = s->value;
    if (!input)
        return EXIT_DONE;
    complain(session->err, "%s: the answer would %s '%s', which it is made from: write it elsewhere",
             output_name(session->output), session->output->target ? "replace" : "go into",
             strcmp(input, "-") ? input : "standard input");
    return EXIT_INPUT;
}

static int work_into_output(const struct arguments *arguments, FILE *out, FILE *err, traincost_error *error)
{
    struct output output;
    const char *path = arguments_last(arguments, "output");
    if (!output_open(&output, path, out)) {
        complain(err, "%s: %s", output_name(&output), strerror(errno));
        return EXIT_TROUBLE;
    }
    output_colour(&output, arguments_last(arguments, "color"));
    struct progress progress;
    progress_begin(&progress, err);
    struct session session = {arguments, &output, err, error, &progress, ""};
    int status = spare_inputs(&session);
    if (status == EXIT_DONE)
        status = run_command(&session);
    progress_end(&progress);
    if (status != EXIT_DONE && status != EXIT_REFUTED) {
        output_abandon(&output);
        return status;
    }
    if (!output_end(&output)) {
        const char *why = errno ? strerror(errno) : "cannot be written";
        complain(err, "%s: %s%s%s", output_name(&output), why, output.kept ? "; the answer is kept in " : "",
                 output.kept ? output.beside : "");
        output_forget(&output);
        return EXIT_TROUBLE;
    }
    return status;
}

static int read_and_work(int argc, char **argv, FILE *out, FILE *err, traincost_error *error)
{
    struct arguments arguments;
    int status = arguments_read(&arguments, argc, argv, err);
    if (status == EXIT_DONE)
        status = work_into_output(&arguments, out, err, error);
    arguments_free(&arguments);
    return status;
}

/* ---- errors as JSON ---- */

/* Whether the answer was to be JSON on standard output, even where the arguments cannot be read. */
static bool asks_for_json(int argc, char **argv)
{
    bool json = false, file = false;
    for (int i = 1; i < argc; i++) {
        const char *next = i + 1 < argc ? argv[i + 1] : "";
        json |= !strcmp(argv[i], "--format=json") || (!strcmp(argv[i], "--format") && !strcmp(next, "json"));
        file |= !strncmp(argv[i], "--output", 8) || !strncmp(argv[i], "-o", 2);
    }
    return json && !file;
}

/* What was complained of, as the answer. */
static void print_error(FILE *out, char *complaint, int status, traincost_error *error)
{
    static const char us[] = "traincost: ";
    char *text = NULL;
    complaint[strcspn(complaint, "\n")] = '\0';
    const char *message = strncmp(complaint, us, strlen(us)) ? complaint : complaint + strlen(us);
    if (traincost_error_status(error) == TRAINCOST_OK)
        traincost_error_set(error, status == EXIT_TROUBLE ? TRAINCOST_IO : TRAINCOST_SYNTAX, message);
    if (traincost_error_json(error, 0, &text) == TRAINCOST_OK)
        fputs(text, out);
    traincost_text_free(text);
}

static int work_as_json(int argc, char **argv, FILE *out, FILE *err, traincost_error *error)
{
    char *complaint = NULL;
    size_t size = 0;
    FILE *words = open_memstream(&complaint, &size);
    if (!words)
        return read_and_work(argc, argv, out, err, error);
    int status = read_and_work(argc, argv, out, words, error);
    bool good = fclose(words) == 0 && complaint; /* which is missing where memory ran out at the end */
    if (good)
        fputs(complaint, err);
    else if (status != EXIT_DONE)
        complain(err, "out of memory");
    if (good && (status == EXIT_INPUT || status == EXIT_TROUBLE))
        print_error(out, complaint, status, error);
    free(complaint);
    return status;
}

int program_main(int argc, char **argv, FILE *out, FILE *err)
{
    if (argc < 2) {
        help_usage(err);
        return EXIT_INPUT;
    }
    traincost_error *error = traincost_error_new();
    if (!error) {
        complain(err, "out of memory");
        return EXIT_TROUBLE;
    }
    int status = asks_for_json(argc, argv) ? work_as_json(argc, argv, out, err, error)
                                           : read_and_work(argc, argv, out, err, error);
    traincost_error_free(error);
    return status;
}
