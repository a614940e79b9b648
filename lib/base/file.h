/* A file in memory. */
#ifndef LIB_FILE_H
#define LIB_FILE_H

#include "base/error.h"

/* Larger files are refused: no scenario or table comes near it. */
#define FILE_MOST ((size_t)16 << 20)

/* Reads `path` whole; `*text` gets a final NUL that `*length` does not count, and the caller frees it. */
traincost_status file_read(const char *path, char **text, size_t *length, traincost_error *error);

/* 1 for a folder, 0 for anything else that is there, -1 where nothing is. */
int file_is_folder(const char *path);

#endif
