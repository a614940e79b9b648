/* Memory of many pages that is all about to be used, in one piece. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_MEMORY_PAGES_H
#define LIB_MEMORY_PAGES_H

#include <stdbool.h>
#include <stddef.h>

/* Where the widest vectors do not lie across two cache lines. */
enum { PAGES_ALIGNED = 64 };

/* Begin with {0} and take what is needed, which counts it; get the memory and take the same again. */
struct pages {
    void *memory; /* as malloc gave it */
    char *next;
    size_t size;
};

/* Zeros, so aligned; NULL while it is only counted. */
void *pages_take(struct pages *pages, size_t count, size_t size);

/* The system is asked for the pages at once, where it can be, as a fault for each costs several times as much.
 * False where memory ran out. */
bool pages_get(struct pages *pages);

void pages_free(struct pages *pages);

#endif
