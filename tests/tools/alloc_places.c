/* Places that ask for memory, known by the addresses that the calls to them return to. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "tools/alloc_places.h"

#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>

#ifdef __GLIBC__
#include <execinfo.h>
#endif

enum { MOST_PLACES = 1 << 16, DEEPEST = 64 };

static atomic_ullong places[MOST_PLACES]; /* 0: free */

static uint64_t this_place(void)
{
    uint64_t place = 0xCBF29CE484222325u;
#ifdef __GLIBC__
    void *calls[DEEPEST];
    int depth = backtrace(calls, DEEPEST);
    for (int i = 0; i < depth; i++)
        place = (place ^ (uint64_t)(uintptr_t)calls[i]) * 0x100000001B3u;
#endif
    return place | 1;
}

void begin_places(void)
{
    this_place(); /* the first time it loads what unwinds, which allocates */
    for (int i = 0; i < MOST_PLACES; i++)
        atomic_store(&places[i], 0);
}

bool is_new_place(void)
{
    uint64_t place = this_place();
    size_t at = place / 2 % MOST_PLACES;
    for (int tries = 0; tries < MOST_PLACES; tries++, at = (at + 1) % MOST_PLACES) {
        unsigned long long held = 0;
        if (atomic_compare_exchange_strong(&places[at], &held, place))
            return true;
        if (held == place)
            return false;
    }
    return true;
}
