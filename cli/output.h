/* Where the answer goes: a stream of the caller's, or a file that is opened before the work. */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

struct output {
    FILE *file;
    const char *path; /* NULL for the caller's stream */
    bool created;     /* by us, to be removed if nothing comes of it */
    bool utf8;        /* a terminal that shows it */
    bool colour;
};

/* Opens `path` for writing, without touching what it holds, or takes `out` where `path` is NULL or "-".
 * False with `errno` set where it cannot. */
bool output_open(struct output *output, const char *path, FILE *out);

/* Empties the file: from here on the answer replaces what was there. False with `errno` set on failure. */
bool output_begin(struct output *output);

/* Flushes, and closes what output_open opened. False where any of the writing failed, with the reason in
 * `errno`, or 0 where it is no longer known. */
bool output_end(struct output *output);

/* Closes without an answer. */
void output_abandon(struct output *output);

/* "standard output" or the path. */
const char *output_name(const struct output *output);

#endif
