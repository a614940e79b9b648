/* Large memory in one piece, aligned. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _DEFAULT_SOURCE /* madvise */
#include "engine/memory_pages.h"

#include <stdint.h>
#include <stdlib.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

#ifdef MADV_POPULATE_WRITE
/* A page of another size, or a kernel that knows no such advice, refuses, and faults do it. */
static void populate(void *memory, size_t size)
{
    const uintptr_t page = 4096;
    uintptr_t from = ((uintptr_t)memory + page - 1) / page * page,
              to = ((uintptr_t)memory + size) / page * page;
    if (to > from)
        (void)madvise((void *)from, to - from, MADV_POPULATE_WRITE);
}
#else
static void populate(void *memory, size_t size)
{
    (void)memory;
    (void)size;
}
#endif

void *pages_take(struct pages *pages, size_t count, size_t size)
{
    size_t most = (SIZE_MAX / 2 - pages->size) / PAGES_ALIGNED * PAGES_ALIGNED,
           bytes = size && count > most / size ? most : count * size;
    bytes = (bytes + PAGES_ALIGNED - 1) / PAGES_ALIGNED * PAGES_ALIGNED;
    char *taken = pages->next;
    if (pages->memory)
        pages->next += bytes;
    else
        pages->size += bytes;
    return taken;
}

bool pages_get(struct pages *pages)
{
    pages->memory = calloc(1, pages->size + PAGES_ALIGNED); /* large memory is new, and touched by nobody yet */
    if (!pages->memory)
        return false;
    populate(pages->memory, pages->size + PAGES_ALIGNED);
    uintptr_t first = ((uintptr_t)pages->memory + PAGES_ALIGNED - 1) / PAGES_ALIGNED * PAGES_ALIGNED;
    pages->next = (char *)first;
    return true;
}

void pages_free(struct pages *pages)
{
    free(pages->memory);
    *pages = (struct pages){0};
}
