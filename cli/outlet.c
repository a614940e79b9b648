/* A stream that keeps why writing failed, which the C library's own forget. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* fopencookie */
#include "outlet.h"

#include <errno.h>
#include <unistd.h>

static ssize_t write_on(void *context, const char *bytes, size_t size)
{
    struct outlet *outlet = context;
    size_t at = 0;
    while (at < size && !outlet->why) {
        ssize_t put = write(outlet->fd, bytes + at, size - at);
        if (put >= 0)
            at += (size_t)put;
        else if (errno != EINTR)
            outlet->why = errno;
    }
    return outlet->why ? 0 : (ssize_t)size;
}

static bool open_stream(struct outlet *outlet, int fd, bool owned)
{
    *outlet = (struct outlet){.fd = fd, .owned = owned};
    outlet->file = fopencookie(outlet, "wb", (cookie_io_functions_t){.write = write_on});
    return outlet->file != NULL;
}

bool outlet_open(struct outlet *outlet, int fd)
{
    return open_stream(outlet, fd, true);
}

bool outlet_share(struct outlet *outlet, FILE *out)
{
    int fd = fileno(out);
    if (fd >= 0)
        return open_stream(outlet, fd, false);
    *outlet = (struct outlet){.file = out, .fd = -1};
    return true;
}

bool outlet_flush(struct outlet *outlet)
{
    bool good = fflush(outlet->file) == 0 && !ferror(outlet->file);
    errno = outlet->why;
    return good;
}

bool outlet_close(struct outlet *outlet)
{
    bool good = outlet_flush(outlet);
    if (outlet->fd >= 0)
        fclose(outlet->file);
    if (outlet->owned && close(outlet->fd) != 0 && good) {
        outlet->why = errno;
        good = false;
    }
    errno = outlet->why;
    return good;
}
