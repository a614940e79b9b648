#define _DEFAULT_SOURCE /* madvise */
#include "pages.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
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

void *pages_new(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    void *memory = malloc(count * size); /* and not calloc, which would touch the pages first */
    if (!memory)
        return NULL;
    populate(memory, count * size);
    return memset(memory, 0, count * size);
}
