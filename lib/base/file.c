/* A file in memory. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _POSIX_C_SOURCE 200809L
#include "base/file.h"
#include "base/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int file_is_folder(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return -1;
    return S_ISDIR(about.st_mode) ? 1 : 0;
}

static traincost_status read_all(FILE *file, const char *path, char **text, size_t *length,
                                 traincost_error *error)
{
    size_t size = 1 << 14, used = 0;
    char *all = malloc(size);
    while (all && !feof(file) && !ferror(file) && used <= LIMIT_FILE_BYTES) {
        if (used + 1 >= size) {
            size *= 2;
            char *grown = realloc(all, size);
            if (!grown)
                free(all);
            all = grown;
            continue;
        }
        used += fread(all + used, 1, size - used - 1, file);
    }
    if (!all)
        return error_no_memory(error);
    if (ferror(file) || used > LIMIT_FILE_BYTES) {
        free(all);
        if (used > LIMIT_FILE_BYTES) {
            error_limit(error, LIMIT_FILE_BYTES, "bytes of a file");
            error_prefix(error, "%s", path);
            return TRAINCOST_LIMIT;
        }
        return error_set(error, TRAINCOST_IO, "%s: cannot be read", path);
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

static const char *why_not_opened(int code)
{
    switch (code) {
    case ENOENT:
        return "no such file";
    case EACCES:
        return "permission denied";
    case ENXIO:
        return "is no regular file";
    default:
        return "cannot be opened";
    }
}

static traincost_status read_opened(int fd, const char *path, char **text, size_t *length,
                                    traincost_error *error)
{
    FILE *file = fdopen(fd, "rb");
    if (!file) {
        close(fd);
        return error_no_memory(error);
    }
    traincost_status status = read_all(file, path, text, length, error);
    fclose(file);
    return status;
}

static traincost_status open_and_read(const char *path, bool regular, char **text, size_t *length,
                                      traincost_error *error)
{
    if (file_is_folder(path) == 1)
        return error_set(error, TRAINCOST_SYNTAX, "%s: is a folder, not a file", path);
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (regular ? O_NONBLOCK : 0));
    if (fd < 0)
        return error_set(error, TRAINCOST_IO, "%s: %s", path, why_not_opened(errno));
    struct stat about;
    if (regular && (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode))) {
        close(fd);
        return error_set(error, TRAINCOST_IO, "%s: is no regular file", path);
    }
    return read_opened(fd, path, text, length, error);
}

traincost_status file_read(const char *path, char **text, size_t *length, traincost_error *error)
{
    return open_and_read(path, false, text, length, error);
}

traincost_status file_read_regular(const char *path, char **text, size_t *length, traincost_error *error)
{
    return open_and_read(path, true, text, length, error);
}
