/* What runs of few samples have in common: the samples of a law in a dimension, and memory to work in. A row of many is
 * mostly made of the same defaults, whose samples are then drawn once. For one thread at a time. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_SAMPLE_CACHE_H
#define LIB_SAMPLE_CACHE_H

#include "engine/plan.h"

/* NULL when out of memory. */
struct sample_cache *sample_cache_new(void);
void sample_cache_free(struct sample_cache *cache);

/* Begins a run of `points` points of each replicate, of up to `columns` columns, which are good until the next. What
 * was kept for another seed or number of points is forgotten. False where memory ran out. */
bool sample_cache_begin(struct sample_cache *cache, const struct plan *plan, size_t columns);

/* The samples of an input in a dimension, replicate after replicate. `u` has room for a block. */
const double *sample_cache_column(struct sample_cache *cache, const struct plan *plan, size_t dimension, size_t input,
                                  double *u);

/* The 5, 50 and 95 % quantiles of a law. */
void sample_cache_quantiles(struct sample_cache *cache, const quantity *q, double quantiles[3]);

/* As sampler_init. */
traincost_status sample_cache_sampler(struct sample_cache *cache, struct sampler *sampler, const quantity *q,
                                      double **table, traincost_error *error);

/* Memory of `size` bytes, so aligned, that holds anything; NULL where there is none. */
void *sample_cache_memory(struct sample_cache *cache, size_t size);

#endif
