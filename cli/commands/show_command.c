/* traincost show: the scenario file of a published run. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/commands.h"

#include <string.h>
#include <strings.h>

/* In a list a run is indented; by itself it is not. */
static void put_scenario(FILE *out, const traincost_run *run)
{
    size_t indent = strspn(run->text, " ");
    fprintf(out, "id: %s\n", run->id);
    for (const char *line = run->text; *line;) {
        const char *end = line + strcspn(line, "\n");
        size_t blanks = strspn(line, " ");
        line += blanks < indent ? blanks : indent;
        if (end > line)
            fprintf(out, "%.*s\n", (int)(end - line), line);
        line = *end ? end + 1 : end;
    }
}

static int show_run(struct session *session, const traincost_catalog *catalog, size_t format)
{
    const struct arguments *arguments = session->arguments;
    const traincost_run *run;
    (void)format;
    if (arguments->operand_count != 1) {
        complain(session->err, "show takes one published run, as in: show deepseek-r1");
        return EXIT_INPUT;
    }
    for (size_t i = 0; (run = traincost_catalog_run(catalog, i)); i++)
        if (!strcasecmp(run->id, arguments->operands[0])) {
            put_scenario(session->output->file, run);
            return EXIT_DONE;
        }
    traincost_scenario *none = traincost_scenario_new(catalog, session->error);
    int status = none && traincost_scenario_find(none, arguments->operands[0], session->error) == TRAINCOST_OK
                     ? EXIT_DONE
                     : complain_error(session, NULL);
    traincost_scenario_free(none);
    return status;
}

int show_command(struct session *session)
{
    static const char *const formats[] = {"yaml", NULL};
    return with_catalog(session, formats, show_run);
}
