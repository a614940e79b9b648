/* traincost estimate. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/commands.h"
#include "render/render_estimate.h"
#include "render/render_pages.h"
#include "render/render_pictures.h"
#include "run_stated.h"

/* The first of the formats. */
enum { TEXT };

typedef bool renderer(const struct output *, const struct estimate_view *);

static int render_estimate(struct session *session, size_t format, const struct estimate_view *view)
{
    static renderer *const renderers[] = {render_estimate_text, render_estimate_json, render_estimate_csv,
                                          render_estimate_svg,  render_estimate_html, render_estimate_plot};
    return answered(session, renderers[format](session->output, view));
}

/* What was asked for and cannot be given is said, rather than an empty table. */
static int check_outputs(struct session *session, const traincost_result *result)
{
    if (traincost_result_at(result, 0))
        return EXIT_DONE;
    return run_gives_none(session);
}

/* What nobody sees need not be sampled. With a tolerance all outputs decide how many samples are taken, so that
 * every format gives the same figures. */
static int choose_usual(struct session *session, traincost_options *options, size_t format)
{
    /* What the format shows: JSON all, as a page has it, the others none. */
    static const char *const shown[] = {"0", "1", "0", "0", "1", "0"};
    char list[512];
    render_text_outputs(list, sizeof list);
    const bool text = format == TEXT && !run_asks_for(session, "tolerance");
    const char *const usual[][2] = {
        {"sensitivity", shown[format]}, {text ? "outputs" : NULL, list}, {"stages", STAGE_TEXT_OUTPUTS}, {NULL, NULL}};
    return run_usual(session, options, usual);
}

/* What a budget is compared with is among the outputs. */
static traincost_status add_goal_output(struct session *session, traincost_options *options,
                                        const traincost_goal *goal)
{
    char list[1200];
    const char *asked = run_stated(session, OPTION_ENGINE, "outputs");
    if (!goal || !asked)
        return TRAINCOST_OK;
    snprintf(list, sizeof list, "%.1000s,%s", asked, traincost_goal_output(goal));
    return traincost_options_set(options, "outputs", list, session->error);
}

static int estimate_for(struct session *session, const traincost_scenario *run, traincost_options *options,
                        size_t format, const traincost_goal *goal)
{
    struct estimate_view view = {.explain = arguments_last(session->arguments, "explain") != NULL,
                                 .all_quantiles = run_asks_for(session, "quantiles"),
                                 .all_outputs = run_asks_for(session, "outputs"),
                                 .samples = run_asks_for(session, "tolerance"),
                                 .asked = run_stated(session, OPTION_ENGINE, "outputs")};
    traincost_result *result = NULL;
    int chosen = choose_usual(session, options, format);
    if (chosen != EXIT_DONE)
        return chosen;
    if (add_goal_output(session, options, goal) != TRAINCOST_OK)
        return complain_error(session, NULL);
    if (traincost_estimate(run, options, &result, session->error) != TRAINCOST_OK)
        return complain_error(session, run_file(session));
    view.result = result;
    int done = check_outputs(session, result);
    if (done == EXIT_DONE && goal && traincost_result_judge(result, goal, session->error) != TRAINCOST_OK)
        done = complain_error(session, NULL);
    if (done == EXIT_DONE)
        done = render_estimate(session, format, &view);
    if (done == EXIT_DONE && goal && !traincost_result_within(result)->kept)
        done = EXIT_REFUTED;
    traincost_result_free(result);
    return done;
}

/* The goal that the command line states; NULL where it states none. */
static int state_goal(struct session *session, traincost_goal **goal)
{
    const struct statement *s = NULL;
    *goal = NULL;
    for (; (s = arguments_next(session->arguments, OPTION_GOAL, s));) {
        if (!*goal && !(*goal = traincost_goal_new()))
            return answered(session, false);
        if (traincost_goal_set(*goal, s->name, s->value, session->error) != TRAINCOST_OK)
            return complain_error(session, NULL);
    }
    if (!*goal || arguments_last(session->arguments, "budget"))
        return EXIT_DONE;
    complain(session->err, "option '--%s': it goes with --budget",
             arguments_next(session->arguments, OPTION_GOAL, NULL)->name);
    return EXIT_INPUT;
}

static int estimate_stated(struct session *session, const traincost_scenario *run, traincost_options *options,
                           size_t format)
{
    traincost_goal *goal;
    int status = state_goal(session, &goal);
    if (status == EXIT_DONE)
        status = estimate_for(session, run, options, format, goal);
    traincost_goal_free(goal);
    return status;
}

static int estimate_run(struct session *session, const traincost_catalog *catalog, size_t format)
{
    return with_run(session, catalog, format, estimate_stated);
}

int estimate_command(struct session *session)
{
    static const char *const formats[] = {"text", "json", "csv", "svg", "html", "plot", NULL};
    return with_catalog(session, formats, estimate_run);
}
