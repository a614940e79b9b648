/* What every command does first: the catalogue, the format, and what goes wrong. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "session.h"

#include "page.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

/* The message without the "FILE: " that it may begin with. */
static const char *without_place(const char *message, const char *file)
{
    size_t length = strlen(file);
    if (strncmp(message, file, length) != 0)
        return message;
    return !strncmp(message + length, ": ", 2) ? message + length + 2 : message;
}

int complain_error(const struct session *session, const char *file)
{
    traincost_status status = traincost_error_status(session->error);
    const char *message = traincost_error_message(session->error);
    int line = traincost_error_line(session->error);
    progress_end(session->progress);
    if (!file)
        complain(session->err, "%s", message);
    else if (line)
        complain(session->err, "%s: line %d: %s", file, line, without_place(message, file));
    else
        complain(session->err, "%s: %s", file, without_place(message, file));
    return status == TRAINCOST_IO || status == TRAINCOST_NO_MEMORY ? EXIT_TROUBLE : EXIT_INPUT;
}

int answered(const struct session *session, bool written)
{
    if (written)
        return EXIT_DONE;
    complain(session->err, "out of memory");
    return EXIT_TROUBLE;
}

static int open_catalog(const struct session *session, traincost_catalog **catalog)
{
    if (traincost_catalog_new(catalog, session->error) != TRAINCOST_OK)
        return complain_error(session, NULL);
    for (const struct statement *s = NULL; (s = arguments_next(session->arguments, OPTION_OURS, s));)
        if (!strcmp(s->name, "catalog") &&
            traincost_catalog_load(*catalog, s->value, session->error) != TRAINCOST_OK)
            return complain_error(session, s->value);
    return EXIT_DONE;
}

/* The format that the ending of the answer's file names; NULL where it names none. */
static const char *format_of_ending(const struct session *session)
{
    static const char *const endings[][2] = {{".svg", "svg"},    {".html", "html"},   {".json", "json"},
                                             {".jsonl", "json"}, {".ndjson", "json"}, {".csv", "csv"},
                                             {".md", "markdown"}};
    const char *path = arguments_last(session->arguments, "output"), *dot = path ? strrchr(path, '.') : NULL;
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (!strcmp(endings[i][0], dot))
            return endings[i][1];
    return NULL;
}

const char *format_asked(const struct session *session)
{
    const char *asked = arguments_last(session->arguments, "format");
    if (arguments_last(session->arguments, "plot"))
        asked = "plot";
    return asked ? asked : format_of_ending(session);
}

/* A file of that name would be taken for what it is not. */
static bool spare_picture_endings(const struct session *session)
{
    static const char *const endings[] = {".pdf", ".png", ".jpg", ".jpeg", ".gif", ".xlsx", ".docx"};
    const char *path = arguments_last(session->arguments, "output"), *dot = path ? strrchr(path, '.') : NULL;
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (!strcasecmp(dot, endings[i])) {
            complain(session->err,
                     "%s: no answer is written as %s: a .svg is, of which rsvg-convert makes PDF and PNG, and "
                     "a .csv",
                     path, dot + 1);
            return false;
        }
    return true;
}

/* Whatever is written as text can be Markdown. */
static int pick_format(const struct session *session, const char *const *formats, size_t *format)
{
    char list[128] = "";
    bool text = !strcmp(formats[0], "text");
    const char *asked = format_asked(session), *stated = arguments_last(session->arguments, "format");
    if (stated && strcmp(asked, stated) != 0) {
        complain(session->err, "option '--plot': it stands in place of --format %s", stated);
        return EXIT_INPUT;
    }
    if (!asked && !spare_picture_endings(session))
        return EXIT_INPUT;
    *format = 0;
    session->output->markdown = asked && text && !strcmp(asked, "markdown");
    if (!asked || session->output->markdown)
        return EXIT_DONE;
    for (size_t i = 0; formats[i]; i++) {
        size_t used = strlen(list);
        if (!strcmp(formats[i], asked)) {
            *format = i;
            return EXIT_DONE;
        }
        snprintf(list + used, sizeof list - used, "%s%s", used ? ", " : "", formats[i]);
    }
    const char *file = stated || !strcmp(asked, "plot") ? NULL : arguments_last(session->arguments, "output");
    const char *meant = traincost_nearest(asked, formats);
    complain(session->err, "%s%sno format '%s' here: it is one of %s%s%s%s%s", file ? file : "", file ? ": " : "", asked,
             list, text ? ", markdown" : "", meant ? "; did you mean " : "", meant ? meant : "", meant ? "?" : "");
    return EXIT_INPUT;
}

static void say_foot(const struct session *session, const traincost_catalog *catalog)
{
    char *foot = session->output->foot;
    const char *seed = NULL;
    const traincost_option *option;
    for (size_t i = 0; (option = traincost_option_at(i)); i++)
        if (!strcmp(option->key, "seed"))
            seed = option->initial;
    for (const struct statement *s = NULL; (s = arguments_next(session->arguments, OPTION_ENGINE, s));)
        if (!strcmp(s->name, "seed"))
            seed = s->value;
    bool sampled = command_takes(session->arguments->command, "seed", OPTION_ENGINE);
    snprintf(foot, sizeof session->output->foot, "traincost %s, catalogue of %s%s%.40s", traincost_version(),
             traincost_catalog_date(catalog), sampled ? ", seed " : "", sampled ? seed : "");
}

int with_catalog(struct session *session, const char *const *formats, catalog_work *work)
{
    traincost_catalog *catalog = NULL;
    size_t format;
    int status = pick_format(session, formats, &format);
    if (status == EXIT_DONE)
        status = open_catalog(session, &catalog);
    if (status == EXIT_DONE) {
        say_foot(session, catalog);
        status = work(session, catalog, format);
    }
    if ((status == EXIT_DONE || status == EXIT_REFUTED) && !strcmp(formats[format], "text")) {
        page_gap(session->output);
        page_paragraph(session->output, "", session->output->foot, 0);
    }
    traincost_catalog_free(catalog);
    return status;
}
