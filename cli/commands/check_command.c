/* traincost check and traincost claims. */
#include "commands/commands.h"
#include "render/render_check.h"
#include "render/render_pictures.h"
#include "run_stated.h"

#include <stdlib.h>

typedef bool renderer(const struct output *, const struct check_view *);

/* Every way to show one check; `claims ID` shows the same. */
static const char *const check_formats[] = {"text", "json", "csv", "svg", "plot", NULL};
static renderer *const renderers[] = {render_check_text, render_check_json, render_claims_csv, render_check_svg,
                                      render_check_plot};

static int render_checks(struct session *session, renderer *how, const struct check_view *view)
{
    return answered(session, how(session->output, view));
}

static int check_runs(struct session *session, const traincost_scenario *run, traincost_options *options,
                      size_t format)
{
    traincost_report *report = NULL;
    if (traincost_check(run, options, &report, session->error) != TRAINCOST_OK)
        return complain_error(session, run_file(session));
    const char *id = traincost_report_said(report, "id");
    struct check_view view = {(const traincost_report *const *)&report, &id, 1,
                              arguments_last(session->arguments, "explain") != NULL};
    int status = render_checks(session, renderers[format], &view);
    traincost_verdict verdict = traincost_report_verdict(report);
    traincost_report_free(report);
    return status == EXIT_DONE && verdict > TRAINCOST_CONSISTENT ? EXIT_REFUTED : status;
}

static int check_stated_run(struct session *session, const traincost_catalog *catalog, size_t format)
{
    return with_run(session, catalog, format, check_runs);
}

int check_command(struct session *session)
{
    return with_catalog(session, check_formats, check_stated_run);
}

/* ---- all claims ---- */

struct claims {
    const traincost_catalog *catalog;
    const traincost_options *options;
    traincost_report **reports;
    const char **ids;
    size_t count;
};

static int add_claim(struct session *session, struct claims *claims, const char *id)
{
    traincost_scenario *run = traincost_scenario_new(claims->catalog, session->error);
    traincost_report *report = NULL;
    int status = EXIT_DONE;
    if (!run || traincost_scenario_find(run, id, session->error) != TRAINCOST_OK ||
        traincost_check(run, claims->options, &report, session->error) != TRAINCOST_OK)
        status = complain_error(session, NULL);
    traincost_scenario_free(run);
    if (status != EXIT_DONE)
        return status;
    claims->ids[claims->count] = id;
    claims->reports[claims->count++] = report;
    return EXIT_DONE;
}

static int add_every_claim(struct session *session, struct claims *claims)
{
    const traincost_run *run;
    int status = EXIT_DONE;
    for (size_t i = 0; status == EXIT_DONE && (run = traincost_catalog_run(claims->catalog, i)); i++)
        status = add_claim(session, claims, run->id);
    return status;
}

static int show_claims(struct session *session, struct claims *claims, const char *id, size_t format)
{
    static renderer *const lists[] = {render_claims_text, render_claims_json, render_claims_csv,
                                      render_claims_svg, render_claims_plot};
    static renderer *const ones[] = {render_check_text, render_claims_json, render_claims_csv, render_check_svg,
                                     render_check_plot};
    int status = id ? add_claim(session, claims, id) : add_every_claim(session, claims);
    struct check_view view = {(const traincost_report *const *)claims->reports, claims->ids, claims->count,
                              false};
    return status == EXIT_DONE ? render_checks(session, id ? ones[format] : lists[format], &view) : status;
}

static int check_all(struct session *session, const traincost_catalog *catalog, size_t format)
{
    struct claims claims = {.catalog = catalog};
    size_t runs = 0;
    const char *id = NULL;
    while (traincost_catalog_run(catalog, runs))
        runs++;
    traincost_options *options = traincost_options_new();
    claims.options = options;
    claims.reports = calloc(runs + 1, sizeof *claims.reports);
    claims.ids = calloc(runs + 1, sizeof *claims.ids);
    int status = EXIT_TROUBLE;
    if (!options || !claims.reports || !claims.ids)
        complain(session->err, "out of memory");
    else
        status = run_operand(session, &id);
    if (status == EXIT_DONE)
        status = run_options(session, options);
    if (status == EXIT_DONE)
        status = show_claims(session, &claims, id, format);
    for (size_t i = 0; i < claims.count; i++)
        traincost_report_free(claims.reports[i]);
    free(claims.reports);
    free(claims.ids);
    traincost_options_free(options);
    return status;
}

int claims_command(struct session *session)
{
    return with_catalog(session, check_formats, check_all);
}
