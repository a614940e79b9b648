/* Progress is drawn on one line, which is cleared when the answer comes. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L /* clock_gettime, isatty */
#include "progress.h"

#include <unistd.h>

enum { BAR_COLUMNS = 40 };

static const double patience = 1; /* seconds */

void progress_begin(struct progress *progress, FILE *err)
{
    int fd = fileno(err);
    *progress = (struct progress){.err = err, .terminal = fd >= 0 && isatty(fd), .shown = -1};
    clock_gettime(CLOCK_MONOTONIC, &progress->begun);
}

static double elapsed(const struct progress *progress)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - progress->begun.tv_sec) + 1e-9 * (double)(now.tv_nsec - progress->begun.tv_nsec);
}

void progress_tell(void *context, double done)
{
    struct progress *progress = context;
    int percent = (int)(100 * done);
    if (!progress->terminal || percent == progress->shown || elapsed(progress) < patience)
        return;
    if (done >= 1) {
        progress_end(progress);
        return;
    }
    progress->shown = percent;
    int full = percent * BAR_COLUMNS / 100;
    fprintf(progress->err, "\r[");
    for (int i = 0; i < BAR_COLUMNS; i++)
        putc(i < full ? '=' : i == full ? '>' : ' ', progress->err);
    fprintf(progress->err, "] %3d %%", percent);
    fflush(progress->err);
}

void progress_end(struct progress *progress)
{
    if (progress->shown < 0)
        return;
    fprintf(progress->err, "\r\033[K");
    fflush(progress->err);
    progress->shown = -1;
}
