/* traincost sweep. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "commands/commands.h"
#include "render/render_sweep.h"
#include "render/render_pages.h"
#include "render/render_pictures.h"
#include "run_stated.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char usual_outputs[] = "rental_usd,hours,energy_kwh";

/* "chips=256..4096" */
static int vary_stated(struct session *session, traincost_sweep *sweep, const char *text)
{
    char key[64];
    const char *equals = strchr(text, '=');
    size_t length = equals ? (size_t)(equals - text) : sizeof key;
    if (length == 0 || length >= sizeof key) {
        complain(session->err, "--vary '%.80s': write a parameter and its values, as in chips=256..4096", text);
        return EXIT_INPUT;
    }
    snprintf(key, sizeof key, "%.*s", (int)length, text);
    if (traincost_sweep_vary(sweep, key, equals + 1, arguments_last(session->arguments, "steps"),
                             arguments_last(session->arguments, "spacing"), session->error) != TRAINCOST_OK)
        return complain_error(session, "--vary");
    return EXIT_DONE;
}

static int vary_all(struct session *session, traincost_sweep *sweep)
{
    const struct arguments *arguments = session->arguments;
    int status = EXIT_DONE;
    for (size_t i = 0; i < arguments->count && status == EXIT_DONE; i++) {
        const struct statement *setting = &arguments->settings[i];
        if (setting->kind == OPTION_OURS && !strcmp(setting->name, "vary"))
            status = vary_stated(session, sweep, setting->value);
    }
    if (status == EXIT_DONE && !traincost_sweep_parameter(sweep, 0)) {
        complain(session->err, "sweep takes a parameter to vary, as in: sweep --vary chips=256..4096");
        status = EXIT_INPUT;
    }
    return status;
}

/* A budget is one exact number of dollars. */
static int read_budget(struct session *session, double *budget)
{
    const char *text = arguments_last(session->arguments, "budget");
    traincost_quantity *quantity = NULL;
    if (!text)
        return EXIT_DONE;
    if (traincost_quantity_parse("hardware-price", text, &quantity, session->error) != TRAINCOST_OK)
        return complain_error(session, "--budget");
    *budget = traincost_quantity_quantile(quantity, 0.5);
    traincost_quantity_free(quantity);
    return EXIT_DONE;
}

static int render_sweep(struct session *session, size_t format, const traincost_sweep *sweep)
{
    static bool (*const renderers[])(const struct output *, const struct sweep_view *) = {
        render_sweep_text, render_sweep_json, render_sweep_csv,
        render_sweep_svg,  render_sweep_html, render_sweep_plot};
    const char *asked = run_stated(session, OPTION_ENGINE, "outputs");
    char first[64];
    snprintf(first, sizeof first, "%.*s", (int)strcspn(asked ? asked : usual_outputs, ","),
             asked ? asked : usual_outputs);
    const traincost_output_kind *kind = traincost_output_kind_find(first);
    struct sweep_view view = {sweep, kind ? kind->key : first, NAN};
    int status = read_budget(session, &view.budget);
    return status == EXIT_DONE ? answered(session, renderers[format](session->output, &view)) : status;
}

static bool gives_anything(const traincost_sweep *sweep)
{
    const char *key;
    for (size_t i = 0; (key = traincost_output_key(i)); i++)
        for (size_t point = 0; point < traincost_sweep_points(sweep); point++)
            if (traincost_sweep_output(sweep, point, key))
                return true;
    return false;
}

static int sweep_along(struct session *session, const traincost_scenario *run, traincost_options *options,
                       traincost_sweep *sweep, size_t format)
{
    int status = vary_all(session, sweep);
    if (status != EXIT_DONE)
        return status;
    /* As batch names its columns: three for each output. */
    static const char *const usual[][2] = {{"quantiles", "5,50,95"}, {"outputs", usual_outputs}, {NULL, NULL}};
    status = run_usual(session, options, usual);
    if (status != EXIT_DONE)
        return status;
    if (traincost_sweep_run(sweep, run, options, session->error) != TRAINCOST_OK)
        return complain_error(session, run_file(session));
    if (run_asks_for(session, "outputs") && !gives_anything(sweep))
        return run_gives_none(session);
    return render_sweep(session, format, sweep);
}

static int sweep_run(struct session *session, const traincost_scenario *run, traincost_options *options,
                     size_t format)
{
    traincost_sweep *sweep = traincost_sweep_new();
    int status = EXIT_TROUBLE;
    if (!sweep)
        complain(session->err, "out of memory");
    else
        status = sweep_along(session, run, options, sweep, format);
    traincost_sweep_free(sweep);
    return status;
}

static int sweep_catalog(struct session *session, const traincost_catalog *catalog, size_t format)
{
    return with_run(session, catalog, format, sweep_run);
}

int sweep_command(struct session *session)
{
    static const char *const formats[] = {"text", "json", "csv", "svg", "html", "plot", NULL};
    return with_catalog(session, formats, sweep_catalog);
}
