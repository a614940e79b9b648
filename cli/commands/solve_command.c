/* traincost solve. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/commands.h"
#include "render/render_solve.h"
#include "run_stated.h"

static const char *const solve_formats[] = {"text", "json", "csv", NULL};

static int render_solution(struct session *session, size_t format, const struct solve_view *view)
{
    static bool (*const renderers[])(const struct output *, const struct solve_view *) = {
        render_solve_text, render_solve_json, render_solve_csv};
    return answered(session, renderers[format](session->output, view));
}

static int set_goal(struct session *session, traincost_goal *goal)
{
    for (const struct statement *s = NULL; (s = arguments_next(session->arguments, OPTION_GOAL, s));)
        if (traincost_goal_set(goal, s->name, s->value, session->error) != TRAINCOST_OK)
            return complain_error(session, NULL);
    return EXIT_DONE;
}

/* Text alone shows what the estimate moves with. */
static int leave_sensitivity(struct session *session, traincost_options *options, size_t format)
{
    const char *const usual[][2] = {{format != 0 ? "sensitivity" : NULL, "0"}, {NULL, NULL}};
    return run_usual(session, options, usual);
}

static int find_and_show(struct session *session, const char *what, const traincost_scenario *run,
                         const traincost_goal *goal, const traincost_options *options, size_t format)
{
    traincost_solution *solution = NULL;
    if (traincost_solve(run, what, goal, options, &solution, session->error) != TRAINCOST_OK)
        return complain_error(session, run_file(session));
    struct solve_view view = {solution,
                              {.result = traincost_solution_result(solution),
                               .explain = arguments_last(session->arguments, "explain") != NULL,
                               .all_quantiles = run_asks_for(session, "quantiles"),
                               .all_outputs = run_asks_for(session, "outputs")}};
    int status = render_solution(session, format, &view);
    traincost_solution_free(solution);
    return status;
}

static int solve_stated(struct session *session, const char *what, const traincost_catalog *catalog,
                        size_t format)
{
    const char *operand = NULL;
    traincost_scenario *run = traincost_scenario_new(catalog, session->error);
    traincost_options *options = traincost_options_new();
    traincost_goal *goal = traincost_goal_new();
    int status = EXIT_TROUBLE;
    if (!run || !options || !goal)
        complain(session->err, "out of memory");
    else
        status = run_operand(session, &operand);
    if (status == EXIT_DONE)
        status = run_state(session, run, operand);
    if (status == EXIT_DONE)
        status = run_options(session, options);
    if (status == EXIT_DONE)
        traincost_options_progress(options, NULL, NULL); /* it estimates again and again */
    if (status == EXIT_DONE)
        status = set_goal(session, goal);
    if (status == EXIT_DONE)
        status = leave_sensitivity(session, options, format);
    if (status == EXIT_DONE)
        status = find_and_show(session, what, run, goal, options, format);
    traincost_goal_free(goal);
    traincost_options_free(options);
    traincost_scenario_free(run);
    return status;
}

/* The first operand says what is solved for; the rest is as for other commands. */
static int solve_run(struct session *session, const traincost_catalog *catalog, size_t format)
{
    struct arguments rest = *session->arguments;
    struct session own = *session;
    if (rest.operand_count == 0) {
        complain(session->err,
                 "solve takes what it is to solve for, as in: solve hours --budget 1M --chips 1024 "
                 "--type H100");
        return EXIT_INPUT;
    }
    const char *what = *rest.operands++;
    rest.operand_count--;
    own.arguments = &rest;
    return solve_stated(&own, what, catalog, format);
}

int solve_command(struct session *session)
{
    return with_catalog(session, solve_formats, solve_run);
}
