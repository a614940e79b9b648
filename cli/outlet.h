/* A stream to a descriptor. A write that is interrupted or short goes on; the first that fails is the last, so that
 * nothing stands behind a hole, and why it failed is kept. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef CLI_OUTLET_H
#define CLI_OUTLET_H

#include <stdbool.h>
#include <stdio.h>

/* It must not move while it is open. */
struct outlet {
    FILE *file;
    int fd;     /* -1: the stream is the caller's, and has none */
    bool owned; /* the descriptor is closed with it */
    int why;    /* `errno` of what failed first; 0: nothing did */
};

/* Takes the descriptor, which stays open where it fails: false with `errno` set. */
bool outlet_open(struct outlet *outlet, int fd);

/* Writes to where a stream of the caller's leads, which stays open. */
bool outlet_share(struct outlet *outlet, FILE *out);

/* False where this or anything before failed, with the reason in `errno`, or 0 where it is not known. */
bool outlet_flush(struct outlet *outlet);

/* Flushes, and closes what was opened. */
bool outlet_close(struct outlet *outlet);

#endif
