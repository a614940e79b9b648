#include "arguments.h"
#include "command.h"
#include "render.h"
#include "run_stated.h"

#include <stdlib.h>

static const char *const formats[] = {"text", "json", "csv", NULL};

static int render(struct session *session, size_t format, const struct compare_view *view)
{
    static bool (*const renderers[])(const struct output *, const struct compare_view *) = {
        render_compare_text, render_compare_json, render_compare_csv};
    int status = begin_answer(session);
    if (status == EXIT_DONE && !renderers[format](session->output, view)) {
        complain(session->err, "out of memory");
        status = EXIT_TROUBLE;
    }
    return status;
}

static int compare(struct session *session, const traincost_scenario *const *runs, size_t count,
                   const traincost_options *options, size_t format)
{
    traincost_comparison *comparison = NULL;
    if (traincost_compare(runs, count, options, &comparison, session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    struct compare_view view = {comparison, runs, session->arguments->operands, count,
                                run_asks_for(session, "outputs")};
    int status = render(session, format, &view);
    traincost_comparison_free(comparison);
    return status;
}

/* Each operand is a run, and what the options state is stated for each. */
static int state_runs(struct session *session, const traincost_catalog *catalog, traincost_scenario **runs)
{
    const struct arguments *arguments = session->arguments;
    int status = EXIT_DONE;
    if (arguments->operand_count < 2) {
        complain(session->err, "compare takes two runs or more, as in: compare deepseek-r1 openai-gpt-4");
        return EXIT_INPUT;
    }
    for (size_t i = 0; i < arguments->operand_count && status == EXIT_DONE; i++) {
        runs[i] = traincost_scenario_new(catalog, session->error);
        status = runs[i] ? run_state(session, runs[i], arguments->operands[i]) : complain_error(session, NULL);
    }
    return status;
}

static int compare_runs(struct session *session, const traincost_catalog *catalog, size_t format)
{
    size_t count = session->arguments->operand_count;
    traincost_scenario **runs = calloc(count + 1, sizeof *runs);
    traincost_options *options = traincost_options_new();
    int status = EXIT_TROUBLE;
    if (!runs || !options)
        complain(session->err, "out of memory");
    else
        status = state_runs(session, catalog, runs);
    if (status == EXIT_DONE)
        status = run_options(session, options);
    if (status == EXIT_DONE)
        status = compare(session, (const traincost_scenario *const *)runs, count, options, format);
    for (size_t i = 0; runs && i < count; i++)
        traincost_scenario_free(runs[i]);
    free(runs);
    traincost_options_free(options);
    return status;
}

int compare_command(struct session *session)
{
    return with_catalog(session, formats, compare_runs);
}
