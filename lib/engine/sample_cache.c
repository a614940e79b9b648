/* A table of columns of samples, four places for each law's hash. It is bounded: what was not used for longest makes
 * way, but nothing that the run at hand reads. Laws that are met once alone do not push others out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "engine/sample_cache.h"

#include <stdlib.h>
#include <string.h>

enum { SETS = 64, WAYS = 4, SEEN = 4096, SCORES = 32, LAWS = 2048 };

struct kept_column {
    quantity law;
    size_t dimension;
    uint64_t run; /* that used it last; 0: none did */
    double *values;
};

/* What a law is beside its samples; a newer one takes the place of an older. */
struct kept_law {
    quantity law;
    bool has_quantiles, has_sampler;
    double quantiles[3];
    struct sampler sampler;
};

struct sample_cache {
    struct kept_law laws[LAWS];
    double seed;
    uint64_t points, run;
    struct kept_column columns[SETS][WAYS];
    double *scores[SCORES]; /* normal scores by dimension */
    bool scored[SCORES];
    uint32_t seen[SEEN]; /* hashes of laws that were met */
    double *scratch;     /* columns that are not kept */
    size_t scratch_room, scratch_used;
    void *memory;
    size_t memory_size;
};

struct sample_cache *sample_cache_new(void)
{
    return calloc(1, sizeof(struct sample_cache));
}

static void forget_columns(struct sample_cache *cache)
{
    for (size_t s = 0; s < SETS; s++)
        for (size_t w = 0; w < WAYS; w++) {
            free(cache->columns[s][w].values);
            cache->columns[s][w] = (struct kept_column){.values = NULL};
        }
    for (size_t d = 0; d < SCORES; d++) {
        free(cache->scores[d]);
        cache->scores[d] = NULL;
        cache->scored[d] = false;
    }
    free(cache->scratch);
    cache->scratch = NULL;
    cache->scratch_room = 0;
}

void sample_cache_free(struct sample_cache *cache)
{
    if (!cache)
        return;
    forget_columns(cache);
    free(cache->memory);
    free(cache);
}

bool sample_cache_begin(struct sample_cache *cache, const struct plan *plan, size_t columns)
{
    if (cache->points != plan->points || cache->seed != plan->job->settings.seed)
        forget_columns(cache);
    cache->points = plan->points;
    cache->seed = plan->job->settings.seed;
    cache->run++;
    cache->scratch_used = 0;
    if (columns <= cache->scratch_room)
        return true;
    free(cache->scratch);
    cache->scratch_room = 0;
    cache->scratch = malloc(columns * (size_t)plan->points * REPLICATES * sizeof *cache->scratch);
    if (cache->scratch)
        cache->scratch_room = columns;
    return cache->scratch != NULL;
}

void *sample_cache_memory(struct sample_cache *cache, size_t size)
{
    if (size + PAGES_ALIGNED > cache->memory_size) {
        free(cache->memory);
        cache->memory_size = 0;
        cache->memory = malloc(2 * size + PAGES_ALIGNED);
        if (!cache->memory)
            return NULL;
        cache->memory_size = 2 * size + PAGES_ALIGNED;
    }
    uintptr_t first = ((uintptr_t)cache->memory + PAGES_ALIGNED - 1) / PAGES_ALIGNED * PAGES_ALIGNED;
    return (void *)first;
}

/* ---- columns ---- */

static bool same_law(const quantity *a, const quantity *b)
{
    return a->form == b->form && a->a == b->a && a->b == b->b && a->c == b->c && a->least == b->least &&
           a->most == b->most;
}

static uint64_t mix_double(uint64_t hash, double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    hash = (hash ^ bits) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static uint64_t hash_law(const quantity *q, size_t dimension)
{
    uint64_t hash = mix_double(mix_double((uint64_t)q->form * 64 + dimension + 1, q->a), q->b);
    return mix_double(mix_double(mix_double(hash, q->c), q->least), q->most);
}

static struct kept_law *keep_law(struct sample_cache *cache, const quantity *q)
{
    struct kept_law *kept = &cache->laws[hash_law(q, 0) % LAWS];
    if (!same_law(&kept->law, q))
        *kept = (struct kept_law){.law = *q};
    return kept;
}

void sample_cache_quantiles(struct sample_cache *cache, const quantity *q, double quantiles[3])
{
    static const double levels[] = {0.05, 0.5, 0.95};
    struct kept_law *kept = keep_law(cache, q);
    for (size_t i = 0; !kept->has_quantiles && i < 3; i++)
        kept->quantiles[i] = quantity_quantile(q, levels[i]);
    kept->has_quantiles = true;
    memcpy(quantiles, kept->quantiles, sizeof kept->quantiles);
}

/* A law with a table of its own is made anew: whose it is must stay plain. */
traincost_status sample_cache_sampler(struct sample_cache *cache, struct sampler *sampler, const quantity *q,
                                      double **table, traincost_error *error)
{
    struct kept_law *kept = keep_law(cache, q);
    if (!kept->has_sampler) {
        traincost_status status = sampler_init(sampler, q, table, error);
        if (status || *table)
            return status;
        kept->sampler = *sampler;
        kept->has_sampler = true;
        return TRAINCOST_OK;
    }
    *sampler = kept->sampler;
    *table = NULL;
    return TRAINCOST_OK;
}

static void draw_column(const struct sample_cache *cache, const struct plan *plan, size_t dimension,
                        const struct sampler *sampler, double *u, double *column)
{
    struct sequence_line line;
    for (uint64_t replicate = 0; replicate < REPLICATES; replicate++) {
        sequence_start(&line, &plan->sequence, replicate, dimension, cache->points);
        for (uint64_t at = 0; at < cache->points; at += ENGINE_BLOCK) {
            size_t n = cache->points - at < ENGINE_BLOCK ? (size_t)(cache->points - at) : ENGINE_BLOCK;
            plan->kernels.points(&line, at, n, u);
            plan->kernels.samples(sampler, u, column + replicate * cache->points + at, n);
        }
    }
}

static const double *scores_of(struct sample_cache *cache, const struct plan *plan, size_t dimension, double *u)
{
    static const struct sampler score = {.law = SAMPLE_NORMAL, .s = 1, .span = 1};
    if (!cache->scores[dimension])
        cache->scores[dimension] = malloc((size_t)cache->points * REPLICATES * sizeof(double));
    if (cache->scores[dimension] && !cache->scored[dimension])
        draw_column(cache, plan, dimension, &score, u, cache->scores[dimension]);
    cache->scored[dimension] = cache->scores[dimension] != NULL;
    return cache->scores[dimension];
}

/* From the dimension's scores, where nothing is cut off: the same samples. */
static void fill_column(struct sample_cache *cache, const struct plan *plan, size_t dimension, size_t input, double *u,
                        double *column)
{
    const struct sampler *sampler = &plan->samplers[input];
    bool scored = sampler->law == SAMPLE_NORMAL || sampler->law == SAMPLE_LOGNORMAL || sampler->law == SAMPLE_TABLE;
    bool whole = sampler->from <= 0 && sampler->span >= 1;
    const double *scores = scored && whole && dimension < SCORES ? scores_of(cache, plan, dimension, u) : NULL;
    size_t size = (size_t)cache->points * REPLICATES;
    if (!scores) {
        draw_column(cache, plan, dimension, sampler, u, column);
        return;
    }
    memcpy(column, scores, size * sizeof *column);
    plan->kernels.finish(sampler, column, size);
}

/* The place to keep a law in: an empty one or the one that was not used for longest; NULL where this run reads all. */
static struct kept_column *make_way(struct sample_cache *cache, struct kept_column set[WAYS])
{
    struct kept_column *place = NULL;
    for (size_t w = 0; w < WAYS; w++)
        if (set[w].run != cache->run && (!place || set[w].run < place->run))
            place = &set[w];
    if (place && !place->values)
        place->values = malloc((size_t)cache->points * REPLICATES * sizeof *place->values);
    return place && place->values ? place : NULL;
}

const double *sample_cache_column(struct sample_cache *cache, const struct plan *plan, size_t dimension, size_t input,
                                  double *u)
{
    const quantity *law = &plan->job->inputs[input];
    uint64_t hash = hash_law(law, dimension);
    struct kept_column *set = cache->columns[hash % SETS], *place = NULL;
    for (size_t w = 0; w < WAYS; w++)
        if (set[w].run && set[w].dimension == dimension && same_law(&set[w].law, law)) {
            set[w].run = cache->run;
            return set[w].values;
        }
    uint32_t *seen = &cache->seen[hash / SETS % SEEN], mark = (uint32_t)(hash >> 32) | 1;
    if (*seen == mark)
        place = make_way(cache, set);
    *seen = mark;
    if (place) {
        place->law = *law;
        place->dimension = dimension;
        place->run = cache->run;
        fill_column(cache, plan, dimension, input, u, place->values);
        return place->values;
    }
    double *column = cache->scratch + cache->scratch_used++ * (size_t)cache->points * REPLICATES;
    fill_column(cache, plan, dimension, input, u, column);
    return column;
}
