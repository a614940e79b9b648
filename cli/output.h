/* Where the answer goes: a stream of the caller's, a device or pipe as it stands, or a file, which is written
 * beside its place and takes it when it is whole: what fails or is interrupted leaves the old file, or none. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "outlet.h"

#include <stdbool.h>
#include <stdio.h>

/* It must not move while it is open. */
struct output {
    struct outlet outlet;
    FILE *file;       /* its stream */
    const char *path; /* as it was named; NULL for the caller's stream */
    char *target;     /* the file to replace, all links followed; NULL where it is written straight */
    char *beside;     /* the name of what is written meanwhile; NULL while it has none */
    bool keeps_links; /* the file has other names: it is overwritten when the answer is whole */
    bool kept;        /* that failed: the answer stands in `beside` */
    bool utf8;        /* a terminal that shows it */
    bool colour;
    bool markdown;
    size_t width;  /* columns that text fits */
    size_t height; /* lines of the terminal; 0 where it is none */
    char foot[160]; /* what made the answer, from which figures, from which seed: so that it can be cited */
};

/* Opens `path` for writing, without touching what it holds, or takes `out` where `path` is NULL or "-".
 * False with `errno` set where it cannot. */
bool output_open(struct output *output, const char *path, FILE *out);

/* Colour always or never, whatever the terminal is; "auto" leaves it. */
void output_colour(struct output *output, const char *when);

/* Whether the answer would replace that file ("-": standard input) or go on behind it, however both are named. */
bool output_replaces(const struct output *output, const char *input);
/* The same, or a file that stands in that folder. */
bool output_replaces_in(const struct output *output, const char *folder);

/* Flushes, closes what output_open opened, and puts the answer in its place. False where any of it failed, with
 * the reason in `errno`, or 0 where it is not known. */
bool output_end(struct output *output);

/* After output_end, where `kept`: lets go of the names. */
void output_forget(struct output *output);

/* Closes without an answer. */
void output_abandon(struct output *output);

/* "standard output" or the path. */
const char *output_name(const struct output *output);

#endif
