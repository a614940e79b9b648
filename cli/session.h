/* One run of the program: what was asked, where the answer goes, the catalogue it is taken from. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "arguments.h"
#include "complain.h"
#include "output.h"
#include "progress.h"

#include <traincost.h>

struct session {
    const struct arguments *arguments;
    struct output *output;
    FILE *err;
    traincost_error *error; /* for every library call */
    struct progress *progress;
    char cluster[128]; /* "8 H100", of arguments that were not quoted */
};

/* Complains of what the library found, with the place in `file` (NULL: none), and gives the exit status. */
int complain_error(const struct session *session, const char *file);

/* The exit_status of an answer that was rendered, or of one for which there was no memory. */
int answered(const struct session *session, bool written);

/* What --format, --plot or the ending of --output asks for, as in "json"; NULL where none of them does. */
const char *format_asked(const struct session *session);

/* What a command does with the catalogue, every --catalog laid over it, and with what --format asks for: an
 * index into `formats` (NULL at the end); the first holds where nothing was asked for. All give an exit_status.
 */
typedef int catalog_work(struct session *session, const traincost_catalog *catalog, size_t format);
int with_catalog(struct session *session, const char *const *formats, catalog_work *work);

#endif
