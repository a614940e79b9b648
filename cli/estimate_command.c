#include "arguments.h"
#include "command.h"
#include "render.h"
#include "run.h"

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

static int estimate(struct session *session, const traincost_catalog *catalog, size_t format)
{
    struct estimate_view view = {.all_quantiles = run_asks_for(session, "quantiles"),
                                 .all_outputs = run_asks_for(session, "outputs")};
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
    if (status == EXIT_DONE &&
        traincost_options_set(options, "sensitivity", format < 2 ? "1" : "0", session->error))
        status = complain_error(session, NULL);
    if (status == EXIT_DONE)
        status = run_options(session, options);
    if (status == EXIT_DONE)
        status = estimate_and_render(session, run, options, format, &view);
    traincost_options_free(options);
    traincost_scenario_free(run);
    return status;
}

int estimate_command(struct session *session)
{
    static const char *const formats[] = {"text", "json", "csv", NULL};
    return with_catalog(session, formats, estimate);
}
