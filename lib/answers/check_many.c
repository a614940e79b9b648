/* Checks of many runs: what they have in common is found and drawn once, and threads share them out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "answers/check_report.h"

#include "engine/sample_cache.h"
#include "engine/threads.h"

#include <pthread.h>
#include <stdlib.h>

/* The runs, which all threads take from. */
struct many_checks {
    const traincost_scenario *const *runs;
    traincost_report **reports;
    traincost_status *statuses;
    size_t count;
    const struct traincost_options *options;
    size_t done;
    pthread_mutex_t lock; /* of it, and of whom it is told */
};

/* What one thread uses again for each of its runs. */
struct check_bench {
    struct traincost_options options;
    struct default_cache *defaults;
    traincost_scenario run; /* the one at hand, with the defaults of the thread */
};

static void tell_done(struct many_checks *all)
{
    const struct engine_settings *settings = &all->options->engine;
    pthread_mutex_lock(&all->lock);
    all->done++;
    if (settings->progress)
        settings->progress(settings->progress_context, (double)all->done / (double)all->count);
    pthread_mutex_unlock(&all->lock);
}

static void check_one_of_many(void *place, void *context, size_t index)
{
    struct check_bench *bench = place;
    struct many_checks *all = context;
    bench->run = *all->runs[index];
    bench->run.defaults = bench->defaults;
    all->statuses[index] = traincost_check(&bench->run, &bench->options, &all->reports[index], NULL);
    tell_done(all);
}

static void check_benches_free(struct check_bench *benches, size_t count)
{
    for (size_t i = 0; benches && i < count; i++) {
        default_cache_free(benches[i].defaults);
        sample_cache_free(benches[i].options.engine.cache);
    }
    free(benches);
}

/* NULL when out of memory. */
static struct check_bench *check_benches_new(const struct traincost_options *options, size_t count)
{
    struct check_bench *benches = calloc(count, sizeof *benches);
    for (size_t i = 0; benches && i < count; i++) {
        benches[i].options = *options;
        benches[i].options.engine.threads = 1;
        benches[i].options.engine.progress = NULL;
        benches[i].options.engine.cache = sample_cache_new();
        benches[i].defaults = default_cache_new();
        if (benches[i].defaults && benches[i].options.engine.cache)
            continue;
        check_benches_free(benches, count);
        return NULL;
    }
    return benches;
}

traincost_status traincost_check_many(const traincost_scenario *const *scenarios, size_t count,
                                      const traincost_options *options, traincost_report **reports,
                                      traincost_status *statuses, traincost_error *error)
{
    bool given = count == 0 || (scenarios && reports && statuses);
    for (size_t i = 0; i < count && given; i++)
        given = scenarios[i] != NULL;
    if (!given)
        return error_null(error, __func__);
    struct many_checks all = {.runs = scenarios, .reports = reports, .statuses = statuses, .count = count,
                              .options = options ? options : &options_default};
    size_t threads = (size_t)all.options->engine.threads;
    threads = threads < count ? threads : count + !count;
    for (size_t i = 0; i < count; i++)
        reports[i] = NULL;
    if (pthread_mutex_init(&all.lock, NULL) != 0)
        return error_no_memory(error);
    struct check_bench *benches = check_benches_new(all.options, threads);
    if (benches)
        threads_run(threads, benches, sizeof *benches, check_one_of_many, &all, count);
    check_benches_free(benches, threads);
    pthread_mutex_destroy(&all.lock);
    return benches ? TRAINCOST_OK : error_no_memory(error);
}
