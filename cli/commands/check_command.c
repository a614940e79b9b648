/* traincost check and traincost claims. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L /* open_memstream */
#include "commands/commands.h"
#include "render/render_check.h"
#include "render/render_pages.h"
#include "render/render_pictures.h"
#include "run_stated.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef bool renderer(const struct output *, const struct check_view *);

/* Every way to show one check; `claims ID` shows the same. */
static const char *const check_formats[] = {"text", "json", "csv", "svg", "html", "plot", NULL};
static bool render_check_page(const struct output *output, const struct check_view *view);
static renderer *const renderers[] = {render_check_page, render_check_json, render_claims_csv,
                                      render_check_svg,  render_check_html, render_check_plot};

static int render_checks(struct session *session, renderer *how, const struct check_view *view)
{
    return answered(session, how(session->output, view));
}

static size_t count_lines(const char *text)
{
    size_t lines = 0;
    for (; *text; text++)
        lines += *text == '\n';
    return lines;
}

/* A text that is longer than the terminal says its verdict again, where it is seen. */
static bool render_long_check(const struct output *output, const struct check_view *view)
{
    char *text = NULL;
    size_t size = 0;
    struct output page = *output;
    page.file = open_memstream(&text, &size);
    if (!page.file)
        return false;
    bool good = render_check_text(&page, view);
    good &= fclose(page.file) == 0 && text;
    if (good)
        fputs(text, output->file);
    if (good && count_lines(text) + 2 > output->height)
        render_check_verdict(output, view->reports[0]);
    free(text);
    return good;
}

static bool render_check_page(const struct output *output, const struct check_view *view)
{
    return output->height ? render_long_check(output, view) : render_check_text(output, view);
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
    size_t count, most;
    size_t without, broken; /* runs that claim nothing; that cannot be read */
};

static bool has_word(const char *text, const char *word)
{
    for (; text && *text; text++)
        if (!strncasecmp(text, word, strlen(word)))
            return true;
    return false;
}

/* Of the verdict that was asked for, and of a run that has the word in its id, name or organization. */
static bool is_wanted(const struct session *session, const traincost_report *report, const char *id,
                      const char *word)
{
    const char *verdict = arguments_last(session->arguments, "verdict");
    if (verdict && strcasecmp(verdict, traincost_verdict_name(traincost_report_verdict(report))) != 0)
        return false;
    return !word || has_word(id, word) || has_word(traincost_report_said(report, "name"), word) ||
           has_word(traincost_report_said(report, "organization"), word);
}

/* The rest goes on where one run claims nothing or is broken. */
static int add_claim(struct session *session, struct claims *claims, const char *id, const char *word)
{
    traincost_scenario *run = traincost_scenario_new(claims->catalog, session->error);
    traincost_report *report = NULL;
    traincost_status status = run ? traincost_scenario_find(run, id, session->error) : TRAINCOST_NO_MEMORY;
    if (status == TRAINCOST_OK)
        status = traincost_check(run, claims->options, &report, session->error);
    traincost_scenario_free(run);
    claims->without += status == TRAINCOST_MISSING;
    if (status == TRAINCOST_MISSING)
        return EXIT_DONE;
    if (status == TRAINCOST_OK && is_wanted(session, report, id, word)) {
        claims->ids[claims->count] = id;
        claims->reports[claims->count++] = report;
        return EXIT_DONE;
    }
    traincost_report_free(report);
    claims->broken += status != TRAINCOST_OK;
    if (status != TRAINCOST_OK)
        complain_error(session, NULL);
    return status == TRAINCOST_NO_MEMORY ? EXIT_TROUBLE : EXIT_DONE;
}

/* Some runs of the catalogue, checked together. */
enum { CHECKED_TOGETHER = 256 };

struct some_claims {
    const char *ids[CHECKED_TOGETHER];
    traincost_scenario *runs[CHECKED_TOGETHER];
    traincost_report *reports[CHECKED_TOGETHER];
    traincost_status statuses[CHECKED_TOGETHER];
    size_t count;
};

/* What could not be read or checked is tried again alone, to say why. */
static int keep_some_claims(struct session *session, struct claims *claims, struct some_claims *some, const char *word)
{
    int status = EXIT_DONE;
    for (size_t i = 0; i < some->count; i++) {
        traincost_report *report = some->reports[i];
        if (status == EXIT_DONE && report && is_wanted(session, report, some->ids[i], word)) {
            claims->ids[claims->count] = some->ids[i];
            claims->reports[claims->count++] = report;
            continue;
        }
        if (status == EXIT_DONE && !report)
            status = add_claim(session, claims, some->ids[i], word);
        traincost_report_free(report);
    }
    return status;
}

/* What cannot be read claims nothing, and is told later. */
static traincost_status take_run(struct session *session, const struct claims *claims, struct some_claims *some,
                                 const char *id)
{
    traincost_scenario **run = &some->runs[some->count];
    some->ids[some->count] = id;
    *run = traincost_scenario_new(claims->catalog, session->error);
    if (*run && traincost_scenario_find(*run, id, session->error) != TRAINCOST_OK) {
        traincost_scenario_free(*run);
        *run = traincost_scenario_new(claims->catalog, session->error);
    }
    some->count += *run != NULL;
    return *run ? TRAINCOST_OK : TRAINCOST_NO_MEMORY;
}

static int check_some(struct session *session, struct claims *claims, struct some_claims *some, const char *word)
{
    traincost_status status =
        traincost_check_many((const traincost_scenario *const *)some->runs, some->count, claims->options,
                             some->reports, some->statuses, session->error);
    return status == TRAINCOST_OK ? keep_some_claims(session, claims, some, word) : complain_error(session, NULL);
}

static int add_some_claims(struct session *session, struct claims *claims, const char *word, size_t *next)
{
    const traincost_run *run;
    struct some_claims some = {.count = 0};
    bool mine = arguments_last(session->arguments, "mine") != NULL;
    traincost_status status = TRAINCOST_OK;
    for (; status == TRAINCOST_OK && some.count < CHECKED_TOGETHER && (run = traincost_catalog_run(claims->catalog, *next));
         ++*next)
        if (run->path || !mine)
            status = take_run(session, claims, &some, run->id);
    int done = status == TRAINCOST_OK ? check_some(session, claims, &some, word) : complain_error(session, NULL);
    for (size_t i = 0; i < some.count; i++)
        traincost_scenario_free(some.runs[i]);
    return done;
}

static int add_every_claim(struct session *session, struct claims *claims, const char *word)
{
    int status = EXIT_DONE;
    for (size_t next = 0; status == EXIT_DONE && traincost_catalog_run(claims->catalog, next);) {
        status = add_some_claims(session, claims, word, &next);
        progress_tell(session->progress, (double)next / (double)claims->most);
    }
    return status;
}

/* The id as the catalogue has it, where the word is that of a run; else NULL. */
static const char *id_of_run(const struct claims *claims, const char *word)
{
    const traincost_run *run;
    for (size_t i = 0; word && (run = traincost_catalog_run(claims->catalog, i)); i++)
        if (!strcasecmp(run->id, word))
            return run->id;
    return NULL;
}

static int say_none(struct session *session, const struct claims *claims, const char *word)
{
    traincost_scenario *run = traincost_scenario_new(claims->catalog, session->error);
    if (claims->without && id_of_run(claims, word))
        complain(session->err, "%s: it claims nothing that could be checked", word);
    else if (run && word && traincost_scenario_find(run, word, session->error) != TRAINCOST_OK)
        complain_error(session, NULL);
    else
        complain(session->err, "no run%s claims anything",
                 arguments_last(session->arguments, "mine") ? " that --catalog states" : "");
    traincost_scenario_free(run);
    return EXIT_INPUT;
}

static int show_claims(struct session *session, struct claims *claims, const char *word, size_t format)
{
    static renderer *const lists[] = {render_claims_text, render_claims_json, render_claims_csv,
                                      render_claims_svg,  render_claims_html, render_claims_plot};
    static renderer *const ones[] = {render_check_page, render_claims_json, render_claims_csv,
                                     render_check_svg,  render_check_html,  render_check_plot};
    const char *one = id_of_run(claims, word);
    int status = one ? add_claim(session, claims, one, NULL) : add_every_claim(session, claims, word);
    struct check_view view = {(const traincost_report *const *)claims->reports, claims->ids, claims->count,
                              false};
    if (status == EXIT_DONE && !claims->count && !arguments_last(session->arguments, "verdict"))
        return claims->broken ? EXIT_INPUT : say_none(session, claims, word);
    if (status == EXIT_DONE)
        status = render_checks(session, one ? ones[format] : lists[format], &view);
    return status == EXIT_DONE && claims->broken ? EXIT_REFUTED : status;
}

static bool is_verdict(const struct session *session)
{
    const char *verdict = arguments_last(session->arguments, "verdict");
    for (int v = TRAINCOST_UNCHECKED; verdict && v <= TRAINCOST_IMPOSSIBLE; v++)
        if (!strcasecmp(verdict, traincost_verdict_name((traincost_verdict)v)))
            return true;
    if (verdict)
        complain(session->err, "unknown verdict '%s': one of consistent, low, high, impossible, unchecked", verdict);
    return !verdict;
}

static int check_all(struct session *session, const traincost_catalog *catalog, size_t format)
{
    struct claims claims = {.catalog = catalog};
    size_t runs = 0;
    const char *id = NULL;
    if (!is_verdict(session))
        return EXIT_INPUT;
    while (traincost_catalog_run(catalog, runs))
        runs++;
    traincost_options *options = traincost_options_new();
    claims.options = options;
    claims.most = runs;
    claims.reports = calloc(runs + 1, sizeof *claims.reports);
    claims.ids = calloc(runs + 1, sizeof *claims.ids);
    int status = EXIT_TROUBLE;
    if (!options || !claims.reports || !claims.ids)
        complain(session->err, "out of memory");
    else
        status = run_operand(session, &id);
    if (status == EXIT_DONE)
        status = run_options(session, options);
    /* A line a run has three digits, for which few samples do; `check ID` takes them all. */
    const char *const usual[][2] = {{id ? NULL : "samples", "4096"}, {NULL, NULL}};
    if (status == EXIT_DONE)
        status = run_usual(session, options, usual);
    if (status == EXIT_DONE)
        traincost_options_progress(options, NULL, NULL); /* the runs are what is counted */
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
