/* A file in memory. */
#define _POSIX_C_SOURCE 200809L
#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

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
    while (all && !feof(file) && !ferror(file) && used <= FILE_MOST) {
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
    if (ferror(file) || used > FILE_MOST) {
        free(all);
        if (used > FILE_MOST)
            return error_set(error, TRAINCOST_LIMIT, "%s: larger than 16 MB, which no scenario or table is",
                             path);
        return error_set(error, TRAINCOST_IO, "%s: cannot be read", path);
    }
    all[used] = '\0';
    *text = all;
    *length = used;
    return TRAINCOST_OK;
}

traincost_status file_read(const char *path, char **text, size_t *length, traincost_error *error)
{
    if (file_is_folder(path) == 1)
        return error_set(error, TRAINCOST_SYNTAX, "%s: is a folder, not a file", path);
    errno = 0;
    FILE *file = fopen(path, "rb");
    if (!file && errno == ENOMEM)
        return error_no_memory(error);
    if (!file)
        return error_set(error, TRAINCOST_IO, "%s: %s", path,
                         errno == ENOENT   ? "no such file"
                         : errno == EACCES ? "permission denied"
                                           : "cannot be opened");
    traincost_status status = read_all(file, path, text, length, error);
    fclose(file);
    return status;
}
