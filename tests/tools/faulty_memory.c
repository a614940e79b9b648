/* Linked into the command: the allocation of the number that FAULT_ALLOCATION says fails, counted from main on. With
 * FAULT_PLACES nothing fails, and the file of that name gets the numbers of the first allocations of each place. What
 * follows the trial knows of the beginning, the fault and the end by calls of the system that the command never makes.
 * Behind the end nothing fails: a command compiled for coverage writes its counters then. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include "tools/alloc_places.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef __has_feature
#define __has_feature(what) 0
#endif
#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__) && !__has_feature(address_sanitizer) && \
    !defined(__SANITIZE_THREAD__) && !__has_feature(thread_sanitizer)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *block, size_t size);

static atomic_long to_come; /* allocations until the one that fails; 0 or less: none will */

enum { MOST_FIRSTS = 1 << 14 };
static atomic_bool noting;
static atomic_long allocations, firsts;
static long first_of_place[MOST_FIRSTS];

__attribute__((constructor)) static void begin_counting(void)
{
    const char *number = getenv("FAULT_ALLOCATION");
    if (number)
        atomic_store(&to_come, atol(number));
    if (getenv("FAULT_PLACES")) {
        begin_places();
        atomic_store(&noting, true);
    }
    syscall(SYS_getppid);
}

__attribute__((destructor)) static void end_counting(void)
{
    atomic_store(&to_come, 0);
    syscall(SYS_getsid);
    if (!atomic_exchange(&noting, false))
        return;
    FILE *file = fopen(getenv("FAULT_PLACES"), "w");
    for (long i = 0; file && i < atomic_load(&firsts) && i < MOST_FIRSTS; i++)
        fprintf(file, "%ld\n", first_of_place[i]);
    if (file)
        fclose(file);
}

static void note_place_of_command(void)
{
    long number = atomic_fetch_add(&allocations, 1) + 1;
    if (!is_new_place())
        return;
    long at = atomic_fetch_add(&firsts, 1);
    if (at < MOST_FIRSTS)
        first_of_place[at] = number;
}

static bool this_one_fails(void)
{
    if (atomic_load(&noting))
        note_place_of_command();
    if (atomic_load(&to_come) <= 0 || atomic_fetch_sub(&to_come, 1) != 1)
        return false;
    syscall(SYS_getppid);
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return this_one_fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return this_one_fails() ? NULL : __libc_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return this_one_fails() ? NULL : __libc_realloc(block, size);
}
#endif
