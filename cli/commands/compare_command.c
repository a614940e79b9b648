/* traincost compare. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/commands.h"
#include "render/render_compare.h"
#include "render/render_pages.h"
#include "render/render_pictures.h"
#include "run_stated.h"

#include <stdlib.h>
#include <string.h>

static const char *const compare_formats[] = {"text", "json", "csv", "svg", "html", "plot", NULL};

static int render_comparison(struct session *session, size_t format, const struct compare_view *view)
{
    static bool (*const renderers[])(const struct output *, const struct compare_view *) = {
        render_compare_text, render_compare_json, render_compare_csv,
        render_compare_svg,  render_compare_html, render_compare_plot};
    return answered(session, renderers[format](session->output, view));
}

static bool gives_output(const struct compare_view *view)
{
    const char *key;
    for (size_t i = 0; (key = traincost_output_key(i)); i++)
        if (compare_gives(view, key))
            return true;
    return false;
}

static int render_together(struct session *session, const traincost_scenario *const *runs, size_t count,
                           const traincost_options *options, size_t format)
{
    traincost_comparison *comparison = NULL;
    const char *by = arguments_last(session->arguments, "by");
    if (traincost_compare_by(runs, count, by, options, &comparison, session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    struct compare_view view = {
        comparison, runs, session->arguments->operands, count, run_asks_for(session, "outputs"), false};
    int status = view.all_outputs && !gives_output(&view) ? run_gives_none(session)
                                                           : render_comparison(session, format, &view);
    traincost_comparison_free(comparison);
    return status;
}

/* Each operand is a run, and what the options state is stated for each. */
static int state_runs(struct session *session, const traincost_catalog *catalog, traincost_scenario **runs)
{
    const struct arguments *arguments = session->arguments;
    int status = EXIT_DONE;
    if (arguments->operand_count < 2) {
        complain(session->err, "compare takes two runs or more, as in: compare deepseek-r1 openai-gpt-4; or "
                               "chips, as in: compare --type H100,MI300X --params 70B --tokens 15T");
        return EXIT_INPUT;
    }
    if (arguments_last(arguments, "deadline")) {
        complain(session->err, "option '--deadline': it goes with chips, as in --type H100,MI300X");
        return EXIT_INPUT;
    }
    for (size_t i = 0; i < arguments->operand_count && status == EXIT_DONE; i++) {
        runs[i] = traincost_scenario_new(catalog, session->error);
        status = runs[i] ? run_state(session, runs[i], arguments->operands[i]) : complain_error(session, NULL);
    }
    return status;
}

/* What nobody sees need not be sampled; but with a tolerance all outputs decide how many samples are taken, so that
 * every format gives the same figures. */
static int choose_compared_outputs(struct session *session, traincost_options *options, size_t format)
{
    char list[512];
    const bool text = strcmp(compare_formats[format], "text") == 0 && !run_asks_for(session, "tolerance");
    const char *const usual[][2] = {{text ? "outputs" : NULL, list}, {NULL, NULL}};
    render_compare_outputs(list, sizeof list);
    return run_usual(session, options, usual);
}

static int compare_together(struct session *session, const traincost_catalog *catalog,
                            traincost_options *options, size_t format)
{
    size_t count = session->arguments->operand_count;
    traincost_scenario **runs = calloc(count + 1, sizeof *runs);
    int status = EXIT_TROUBLE;
    if (!runs)
        complain(session->err, "out of memory");
    else
        status = state_runs(session, catalog, runs);
    if (status == EXIT_DONE)
        status = choose_compared_outputs(session, options, format);
    if (status == EXIT_DONE)
        status = render_together(session, (const traincost_scenario *const *)runs, count, options, format);
    for (size_t i = 0; runs && i < count; i++)
        traincost_scenario_free(runs[i]);
    free(runs);
    return status;
}

/* ---- chips ---- */

static int render_types(struct session *session, size_t format, const traincost_comparison *comparison)
{
    size_t count = 0;
    while (traincost_comparison_result(comparison, count))
        count++;
    const char **ids = calloc(count + 1, sizeof *ids);
    if (!ids) {
        complain(session->err, "out of memory");
        return EXIT_TROUBLE;
    }
    for (size_t k = 0; k < count; k++)
        ids[k] = traincost_comparison_chip(comparison, k)->id;
    struct compare_view view = {comparison, NULL,  ids,
                                count,      false, arguments_last(session->arguments, "deadline") != NULL};
    int status = render_comparison(session, format, &view);
    free(ids);
    return status;
}

static int state_deadline(struct session *session, traincost_scenario *run)
{
    static const char *const others[] = {"chips", "cluster", "hours", "chip-hours"};
    const char *deadline = arguments_last(session->arguments, "deadline");
    if (!deadline)
        return EXIT_DONE;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (run_stated(session, OPTION_PARAMETER, others[i])) {
            complain(session->err, "option '--deadline': it stands in place of --%s", others[i]);
            return EXIT_INPUT;
        }
    if (traincost_scenario_set(run, TRAINCOST_RUN, "hours", deadline, session->error) != TRAINCOST_OK)
        return complain_error(session, "--deadline");
    return EXIT_DONE;
}

static int compare_on(struct session *session, const traincost_scenario *run, const traincost_options *options,
                      const char *types, size_t format)
{
    traincost_comparison *comparison = NULL;
    if (traincost_compare_types(run, types, arguments_last(session->arguments, "by"), options, &comparison,
                                session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    int status = render_types(session, format, comparison);
    traincost_comparison_free(comparison);
    return status;
}

/* All outputs of all chips would take time and memory that nobody asked for. */
static int compare_on_types(struct session *session, const traincost_catalog *catalog,
                            traincost_options *options, const char *types, size_t format)
{
    static const char *const usual[][2] = {{"outputs", "chip_hours,hours,rental_usd,own_usd,energy_kwh,co2_kg"},
                                           {NULL, NULL}};
    const struct arguments *arguments = session->arguments;
    traincost_scenario *run = traincost_scenario_new(catalog, session->error);
    int status = run ? EXIT_DONE : complain_error(session, NULL);
    if (status == EXIT_DONE)
        status =
            run_state_without(session, run, arguments->operand_count ? arguments->operands[0] : NULL, "type");
    if (status == EXIT_DONE)
        status = state_deadline(session, run);
    if (status == EXIT_DONE)
        status = run_usual(session, options, usual);
    if (status == EXIT_DONE)
        status = compare_on(session, run, options, types, format);
    traincost_scenario_free(run);
    return status;
}

/* What a picture draws of a ratio. */
static int choose_bins(struct session *session, traincost_options *options, size_t format)
{
    bool drawn = !strcmp(compare_formats[format], "svg") || !strcmp(compare_formats[format], "html") ||
                 !strcmp(compare_formats[format], "plot");
    const char *const usual[][2] = {{drawn ? "bins" : NULL, "96"}, {NULL, NULL}};
    return run_usual(session, options, usual);
}

/* With two runs a type is one that is stated for both. */
static int compare_any(struct session *session, const traincost_catalog *catalog, size_t format)
{
    const char *types = run_stated(session, OPTION_PARAMETER, "type");
    traincost_options *options = traincost_options_new();
    int status = EXIT_TROUBLE;
    if (!options)
        complain(session->err, "out of memory");
    else
        status = run_options(session, options);
    if (status == EXIT_DONE)
        status = choose_bins(session, options, format);
    if (status == EXIT_DONE)
        status = run_drawn_quantiles(session, options, format);
    if (status == EXIT_DONE && types && session->arguments->operand_count < 2)
        status = compare_on_types(session, catalog, options, types, format);
    else if (status == EXIT_DONE)
        status = compare_together(session, catalog, options, format);
    traincost_options_free(options);
    return status;
}

int compare_command(struct session *session)
{
    return with_catalog(session, compare_formats, compare_any);
}
