/* The program from its arguments to its exit status. */
#include "program.h"

#include "commands/commands.h"
#include "help.h"

#include <errno.h>
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
        {"chips", chips_command},
    };
    size_t i = 0;
    while (strcmp(works[i].name, command->name) != 0)
        i++;
    return works[i].work;
}

static int print_static(const struct session *session)
{
    const struct arguments *arguments = session->arguments;
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
    int status = work_of(arguments->command)(session);
    traincost_error_free(session->error);
    session->error = NULL;
    return status;
}

/* An answer that would take the place of what it is made from is refused, before the work. */
static int spare_inputs(const struct session *session)
{
    const struct arguments *arguments = session->arguments;
    const char *input = NULL;
    for (size_t i = 0; i < arguments->operand_count && !input; i++)
        if (output_replaces(session->output, arguments->operands[i]))
            input = arguments->operands[i];
    for (const struct statement *s = NULL; !input && (s = arguments_next(arguments, OPTION_OURS, s));)
        if (!strcmp(s->name, "catalog") && output_replaces_in(session->output, s->value))
            input = s->value;
    for (const struct statement *s = NULL; !input && (s = arguments_next(arguments, OPTION_PARAMETER, s));)
        if (!strcmp(s->name, "base") && output_replaces(session->output, s->value))
            input = s->value;
    if (!input)
        return EXIT_DONE;
    complain(session->err, "%s: the answer would replace '%s', which it is made from: write it elsewhere",
             output_name(session->output), input);
    return EXIT_INPUT;
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
    int status = spare_inputs(&session);
    if (status == EXIT_DONE)
        status = run_command(&session);
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

int program_main(int argc, char **argv, FILE *out, FILE *err)
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
