/* A file in memory. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_FILE_H
#define LIB_FILE_H

#include "base/error.h"

#include <stdbool.h>

/* Reads `path` whole; `*text` gets a final NUL that `*length` does not count, and the caller frees it. Errors:
 * IO, LIMIT, SYNTAX (a folder), NO_MEMORY. */
traincost_status file_read(const char *path, char **text, size_t *length, traincost_error *error);

/* The same of a file that another file names, or that merely stands in a folder: IO where it is a device or a
 * pipe, which might never end, or never begin. */
traincost_status file_read_regular(const char *path, char **text, size_t *length, traincost_error *error);

/* Whether two paths lead to one file. */
bool file_is_same(const char *path, const char *other);

enum file_kind {
    FILE_NONE, /* nothing is there */
    FILE_FOLDER,
    FILE_OTHER
};

/* What stands at a path. Errors: IO where that cannot be said, NO_MEMORY. */
traincost_status file_look(const char *path, enum file_kind *kind, traincost_error *error);

#endif
