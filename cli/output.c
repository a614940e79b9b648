/* Where the answer goes: a stream, a device, or a file that is replaced when the answer is whole. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* O_TMPFILE, mkostemp */
#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <libgen.h>
#include <limits.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Asks for the user's own character set without changing the locale of the process. */
static bool user_has_utf8(void)
{
    locale_t user = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    if (!user)
        return false;
    bool utf8 = strcmp(nl_langinfo_l(CODESET, user), "UTF-8") == 0;
    freelocale(user);
    return utf8;
}

/* Text is read best in lines that are neither short nor long. */
enum { LEAST_WIDTH = 60, USUAL_WIDTH = 80, MOST_WIDTH = 120 };

static void measure_terminal(struct output *output, int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return;
    output->height = size.ws_row;
    output->width = size.ws_col < LEAST_WIDTH  ? LEAST_WIDTH
                    : size.ws_col > MOST_WIDTH ? MOST_WIDTH
                                               : size.ws_col;
}

void output_colour(struct output *output, const char *when)
{
    if (when && !strcmp(when, "always"))
        output->colour = true;
    if (when && !strcmp(when, "never"))
        output->colour = false;
}

static void look_at_terminal(struct output *output)
{
    int fd = output->outlet.fd;
    output->width = USUAL_WIDTH;
    if (fd < 0 || !isatty(fd))
        return;
    measure_terminal(output, fd);
    const char *terminal = getenv("TERM"), *no_color = getenv("NO_COLOR");
    output->utf8 = user_has_utf8();
    output->colour = terminal && *terminal && strcmp(terminal, "dumb") != 0 && !(no_color && *no_color);
}

/* "FOLDER/NAME" of a path, with `ending` behind it; NULL without memory. */
static char *place_beside(const char *path, const char *before, const char *name, const char *ending)
{
    char *copy = strdup(path), *result = NULL;
    if (copy && asprintf(&result, "%s/%s%s%s", dirname(copy), before, name, ending) < 0)
        result = NULL;
    free(copy);
    return result;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The path at which a file stands, or is to stand, behind all links; NULL with `errno` set. What cannot be looked at may
 * be a link, which is not to be replaced. */
static char *follow_links(const char *path)
{
    char *at = strdup(path), link[PATH_MAX];
    int why = ELOOP;
    for (int i = 0; at && i < 40; i++) {
        ssize_t length = readlink(at, link, sizeof link - 1);
        if (length < 0 && (errno == EINVAL || errno == ENOENT))
            return at;
        if (length < 0) {
            why = errno;
            break;
        }
        link[length] = '\0';
        char *next = *link == '/' ? strdup(link) : place_beside(at, "", link, "");
        free(at);
        at = next;
    }
    if (!at)
        return NULL;
    free(at);
    errno = why;
    return NULL;
}

/* A file beside the target, without a name where the system has such: then a run that is killed leaves nothing.
 */
static int open_beside(struct output *output)
{
    char *copy = strdup(output->target);
    int fd = copy ? open(dirname(copy), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666) : -1;
    free(copy);
    if (fd >= 0)
        return fd;
    output->beside = place_beside(output->target, ".", last_part(output->target), ".XXXXXX");
    fd = output->beside ? mkostemp(output->beside, O_CLOEXEC) : -1;
    if (fd < 0) {
        int why = errno;
        free(output->beside);
        output->beside = NULL;
        errno = why;
        return -1;
    }
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask);
    return fd;
}

/* The answer has the owner and the permissions of the file that it replaces. */
static void take_after(int fd, const struct stat *old)
{
    bool owned = fchown(fd, old->st_uid, old->st_gid) == 0;
    fchmod(fd, old->st_mode & (owned ? 07777 : 0777));
}

/* The descriptor of what is to be written; -1 with `errno` set. */
static int open_place(struct output *output, const char *path)
{
    struct stat old;
    bool there = stat(path, &old) == 0;
    if (!there && errno != ENOENT)
        return -1;
    if (there && !S_ISREG(old.st_mode))
        return open(path, O_WRONLY | O_CLOEXEC);
    if (there && access(path, W_OK) != 0)
        return -1;
    output->target = follow_links(path);
    if (!output->target)
        return -1;
    int fd = open_beside(output);
    if (fd >= 0 && there) {
        take_after(fd, &old);
        output->keeps_links = old.st_nlink > 1;
    }
    return fd;
}

static void forget_place(struct output *output)
{
    if (output->beside)
        unlink(output->beside);
    output_forget(output);
}

static bool open_answer(struct output *output, const char *path)
{
    int fd = open_place(output, path);
    output->path = path;
    if (fd >= 0 && outlet_open(&output->outlet, fd))
        return true;
    int why = errno;
    if (fd >= 0)
        close(fd);
    forget_place(output);
    errno = why;
    return false;
}

bool output_open(struct output *output, const char *path, FILE *out)
{
    *output = (struct output){.width = 0};
    bool named = path && strcmp(path, "-") != 0;
    if (named ? !open_answer(output, path) : !outlet_share(&output->outlet, out))
        return false;
    output->file = output->outlet.file;
    look_at_terminal(output);
    return true;
}

static bool is_one_file(const char *path, const char *other)
{
    struct stat a, b;
    return stat(path, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Written behind what stands there, it would be read on and on. */
static bool is_written_to(const struct output *output, const char *input)
{
    struct stat a, b;
    return output->outlet.fd >= 0 && fstat(output->outlet.fd, &a) == 0 && S_ISREG(a.st_mode) && stat(input, &b) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

bool output_replaces(const struct output *output, const char *input)
{
    input = strcmp(input, "-") ? input : "/dev/stdin";
    return output->target ? is_one_file(output->target, input) : is_written_to(output, input);
}

bool output_replaces_in(const struct output *output, const char *folder)
{
    if (!output->target || access(output->target, F_OK) != 0)
        return false;
    char *copy = strdup(output->target);
    bool inside = copy && is_one_file(dirname(copy), folder);
    free(copy);
    return inside || output_replaces(output, folder);
}

/* Gives the answer a name beside its place. */
static bool name_answer(struct output *output)
{
    char from[64];
    snprintf(from, sizeof from, "/proc/self/fd/%d", output->outlet.fd);
    for (int i = 0; i < 100 && !output->beside; i++) {
        char ending[32];
        snprintf(ending, sizeof ending, ".%ld-%d", (long)getpid(), i);
        char *name = place_beside(output->target, ".", last_part(output->target), ending);
        if (!name)
            return false;
        if (linkat(AT_FDCWD, from, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0)
            output->beside = name;
        else
            free(name);
        if (!output->beside && errno != EEXIST)
            return false;
    }
    return output->beside != NULL;
}

static bool copy_bytes(int from, int to)
{
    char block[1 << 12];
    for (;;) {
        ssize_t got = read(from, block, sizeof block), at = 0;
        if (got == 0)
            return true;
        if (got < 0 && errno != EINTR)
            return false;
        while (at < got) {
            ssize_t put = write(to, block + at, (size_t)(got - at));
            if (put < 0 && errno != EINTR)
                return false;
            at += put > 0 ? put : 0;
        }
    }
}

/* Writes the answer over a file that has other names. */
static bool copy_answer(const struct output *output)
{
    int from = open(output->beside, O_RDONLY | O_CLOEXEC);
    int to = from >= 0 ? open(output->target, O_WRONLY | O_TRUNC | O_CLOEXEC) : -1;
    bool good = to >= 0 && copy_bytes(from, to);
    int why = errno;
    if (from >= 0)
        close(from);
    if (to >= 0 && close(to) != 0 && good) {
        good = false;
        why = errno;
    }
    errno = why;
    return good;
}

/* Over other names the old file is cut before the answer is whole there: what stands beside it is kept then. Once it is
 * whole, what cannot be removed beside it is no failure. */
static bool put_in_place(struct output *output)
{
    if (!output->keeps_links)
        return rename(output->beside, output->target) == 0;
    output->kept = !copy_answer(output);
    if (!output->kept)
        unlink(output->beside);
    return !output->kept;
}

bool output_end(struct output *output)
{
    bool good = outlet_flush(&output->outlet);
    int why = errno;
    if (good && output->target && !output->beside && !name_answer(output)) {
        good = false;
        why = errno;
    }
    if (!outlet_close(&output->outlet) && good) {
        good = false;
        why = errno;
    }
    if (good && output->target && !put_in_place(output)) {
        good = false;
        why = errno;
    }
    if (good) {
        free(output->beside);
        output->beside = NULL;
    }
    if (!output->kept)
        forget_place(output);
    errno = why;
    return good;
}

void output_abandon(struct output *output)
{
    outlet_close(&output->outlet);
    forget_place(output);
}

void output_forget(struct output *output)
{
    free(output->beside);
    free(output->target);
    output->beside = output->target = NULL;
}

const char *output_name(const struct output *output)
{
    return output->path ? output->path : "standard output";
}
