/* Tasks shared out to threads. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/threads.h"

#include <pthread.h>
#include <stdatomic.h>

struct threads {
    threads_task *task;
    void *context;
    size_t count;
    atomic_size_t next;
};

struct hand {
    struct threads *crew;
    void *bench;
    pthread_t thread;
};

static void *work(void *argument)
{
    struct hand *hand = argument;
    struct threads *crew = hand->crew;
    for (size_t index; (index = atomic_fetch_add(&crew->next, 1)) < crew->count;)
        crew->task(hand->bench, crew->context, index);
    return NULL;
}

void threads_run(size_t size, void *benches, size_t bench_size, threads_task *task, void *context, size_t count)
{
    struct threads crew = {.task = task, .context = context, .count = count};
    struct hand hands[CREW_MOST];
    size_t started = 1, most = size < CREW_MOST ? size : CREW_MOST;
    atomic_init(&crew.next, 0);
    for (size_t i = 0; i < most; i++)
        hands[i] = (struct hand){.crew = &crew, .bench = (char *)benches + i * bench_size};
    while (started < most && started < count &&
           pthread_create(&hands[started].thread, NULL, work, &hands[started]) == 0)
        started++;
    work(&hands[0]);
    for (size_t i = 1; i < started; i++)
        pthread_join(hands[i].thread, NULL);
}
