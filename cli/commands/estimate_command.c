/* traincost estimate. */
#include "commands/commands.h"
#include "render/render_estimate.h"
#include "render/render_pictures.h"
#include "run_stated.h"

/* The first of the formats. */
enum { TEXT };

typedef bool renderer(const struct output *, const struct estimate_view *);

static int render_estimate(struct session *session, size_t format, const struct estimate_view *view)
{
    static renderer *const renderers[] = {render_estimate_text, render_estimate_json, render_estimate_csv,
                                          render_estimate_svg, render_estimate_plot};
    return answered(session, renderers[format](session->output, view));
}

/* What nobody sees need not be sampled. With a tolerance all outputs decide how many samples are taken, so that
 * every format gives the same figures. */
static traincost_status choose_text_outputs(struct session *session, traincost_options *options, size_t format)
{
    char list[512];
    bool all = run_asks_for(session, "outputs") || run_asks_for(session, "tolerance");
    if (all || format != TEXT)
        return TRAINCOST_OK;
    render_text_outputs(list, sizeof list);
    return traincost_options_set(options, "outputs", list, session->error);
}

static int estimate_stated(struct session *session, const traincost_scenario *run, traincost_options *options,
                           size_t format)
{
    traincost_result *result = NULL;
    struct estimate_view view = {.explain = arguments_last(session->arguments, "explain") != NULL,
                                 .all_quantiles = run_asks_for(session, "quantiles"),
                                 .all_outputs = run_asks_for(session, "outputs"),
                                 .samples = run_asks_for(session, "tolerance")};
    /* What the format shows: text two outputs, JSON all, CSV and pictures none; those show swings. */
    static const char *const shown[] = {"rental_usd,ownership_usd", "1", "0", "rental_usd", "rental_usd"};
    if (choose_text_outputs(session, options, format) != TRAINCOST_OK)
        return complain_error(session, NULL);
    if (!run_asks_for(session, "sensitivity") &&
        traincost_options_set(options, "sensitivity", shown[format], session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    if (traincost_estimate(run, options, &result, session->error) != TRAINCOST_OK)
        return complain_error(session, run_file(session));
    view.result = result;
    int status = render_estimate(session, format, &view);
    traincost_result_free(result);
    return status;
}

static int estimate_run(struct session *session, const traincost_catalog *catalog, size_t format)
{
    return with_run(session, catalog, format, estimate_stated);
}

int estimate_command(struct session *session)
{
    static const char *const formats[] = {"text", "json", "csv", "svg", "plot", NULL};
    return with_catalog(session, formats, estimate_run);
}
