/* The records of a CSV, or the lines of a text, from a file or a pipe as they come. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_RECORDS_H
#define CLI_RECORDS_H

#include <stdbool.h>
#include <stddef.h>

/* A longer one is not kept whole. */
#define RECORD_MOST ((size_t)32 << 20)

struct record {
    const char *text; /* without the line's end; valid until records_read */
    size_t length;
    bool ended;    /* by a line's end, and not by the end of the file */
    bool too_long; /* of it there is nothing but its end */
};

struct records {
    int fd;
    bool lines; /* a quote means nothing */
    char *buffer;
    size_t begin, at, end, room; /* the record at hand, how far it was looked at, what was read */
    int place;                   /* in a cell: where `at` is */
    bool done;                   /* the file is at its end */
    bool skipping;               /* the rest of one that was too long */
    long long before;            /* bytes of the file before the buffer */
};

/* False where memory ran out. */
bool records_open(struct records *records, int fd);
void records_close(struct records *records);

/* Reads on: what is there, and no more. False with `errno` where it cannot. */
bool records_read(struct records *records);
/* The next whole record of what was read, but blank ones; false where there is none. */
bool records_next(struct records *records, struct record *record);
/* Bytes of the file up to the end of the last record. */
long long records_offset(const struct records *records);

#endif
