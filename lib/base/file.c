/* A file in memory. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Sentences of our own: those of the C library are of its locale. */
static const char *reason_of(int code)
{
    static const struct {
        int code;
        const char *sentence;
    } reasons[] = {
        {ENOENT, "no such file"},
        {ENOTDIR, "a part of the path is no folder"},
        {EACCES, "permission denied"},
        {EPERM, "permission denied"},
        {ENXIO, "is no regular file"},
        {ENAMETOOLONG, "the path is too long"},
        {ELOOP, "too many links lead there"},
        {EMFILE, "too many open files"},
        {ENFILE, "too many open files"},
        {EIO, "input/output error"},
        {EISDIR, "is a folder, not a file"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].code == code)
            return reasons[i].sentence;
    return NULL;
}

static traincost_status complain_of_file(const char *path, const char *what, int code, traincost_error *error)
{
    const char *why = reason_of(code);
    if (code == ENOMEM)
        return error_no_memory(error);
    if (why)
        return error_set(error, TRAINCOST_IO, "%s: %s", path, why);
    return error_set(error, TRAINCOST_IO, "%s: %s (error %d)", path, what, code);
}

traincost_status file_look(const char *path, enum file_kind *kind, traincost_error *error)
{
    struct stat about;
    if (stat(path, &about) == 0)
        *kind = S_ISDIR(about.st_mode) ? FILE_FOLDER : FILE_OTHER;
    else if (errno == ENOENT || errno == ENOTDIR || errno == ENAMETOOLONG)
        *kind = FILE_NONE;
    else
        return complain_of_file(path, "cannot be looked at", errno, error);
    return TRAINCOST_OK;
}

/* Up to the end, or more than LIMIT_FILE_BYTES. */
static traincost_status read_all(int fd, const char *path, char **text, size_t *length, traincost_error *error)
{
    size_t room = 1 << 14, used = 0;
    char *all = malloc(room);
    for (ssize_t got = 1; all && got != 0 && used <= LIMIT_FILE_BYTES;) {
        if (used + 1 == room) {
            char *grown = realloc(all, room *= 2);
            if (!grown)
                free(all);
            all = grown;
            continue;
        }
        got = read(fd, all + used, room - used - 1);
        if (got < 0 && errno != EINTR) {
            int code = errno;
            free(all);
            return complain_of_file(path, "cannot be read", code, error);
        }
        used += got > 0 ? (size_t)got : 0;
    }
    if (!all)
        return error_no_memory(error);
    if (used > LIMIT_FILE_BYTES) {
        free(all);
        error_limit(error, LIMIT_FILE_BYTES, "bytes of a file");
        error_prefix(error, "%s", path);
        return TRAINCOST_LIMIT;
    }
    all[used] = '\0';
    *text = all;
    *length = used;
    return TRAINCOST_OK;
}

bool file_is_same(const char *path, const char *other)
{
    struct stat a, b;
    return stat(path, &a) == 0 && stat(other, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static traincost_status read_opened(int fd, const char *path, bool regular, char **text, size_t *length,
                                    traincost_error *error)
{
    struct stat about;
    if (fstat(fd, &about) != 0)
        return complain_of_file(path, "cannot be looked at", errno, error);
    if (S_ISDIR(about.st_mode))
        return error_set(error, TRAINCOST_SYNTAX, "%s: is a folder, not a file", path);
    if (regular && !S_ISREG(about.st_mode))
        return error_set(error, TRAINCOST_IO, "%s: is no regular file", path);
    return read_all(fd, path, text, length, error);
}

static traincost_status open_and_read(const char *path, bool regular, char **text, size_t *length,
                                      traincost_error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (regular ? O_NONBLOCK : 0));
    if (fd < 0)
        return complain_of_file(path, "cannot be opened", errno, error);
    traincost_status status = read_opened(fd, path, regular, text, length, error);
    close(fd);
    return status;
}

traincost_status file_read(const char *path, char **text, size_t *length, traincost_error *error)
{
    return open_and_read(path, false, text, length, error);
}

traincost_status file_read_regular(const char *path, char **text, size_t *length, traincost_error *error)
{
    return open_and_read(path, true, text, length, error);
}
