/* Linked into the command: the allocation of the number that FAULT_ALLOCATION says fails, counted from main on. What
 * follows the trial knows of the beginning, the fault and the end by calls of the system that the command never makes.
 * Behind the end nothing fails: a command compiled for coverage writes its counters then. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
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

__attribute__((constructor)) static void begin_counting(void)
{
    const char *number = getenv("FAULT_ALLOCATION");
    if (number)
        atomic_store(&to_come, atol(number));
    syscall(SYS_getppid);
}

__attribute__((destructor)) static void end_counting(void)
{
    atomic_store(&to_come, 0);
    syscall(SYS_getsid);
}

static bool this_one_fails(void)
{
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
