/* Tasks shared out to threads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_THREADS_H
#define LIB_THREADS_H

#include <stddef.h>

/* More threads than that are not started. */
enum { CREW_MOST = 32 };

/* Does task `index`, at a bench that no other thread uses meanwhile. What it gives must not depend on the
 * bench, nor on the order of the tasks. */
typedef void threads_task(void *bench, void *context, size_t index);

/* Does the tasks 0..count-1, each once, with up to `size` threads, of which the caller's is one. Thread i works
 * at the bench of `bench_size` bytes at `benches` + i * bench_size. A thread that cannot be started is not
 * missed. */
void threads_run(size_t size, void *benches, size_t bench_size, threads_task *task, void *context,
                 size_t count);

#endif
