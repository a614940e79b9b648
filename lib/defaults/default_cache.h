/* Defaults that were found before, for the many runs of one thread. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef LIB_DEFAULT_CACHE_H
#define LIB_DEFAULT_CACHE_H

#include "defaults/defaults.h"

struct default_cache;

/* NULL when out of memory. */
struct default_cache *default_cache_new(void);
void default_cache_free(struct default_cache *cache);

/* As default_find; what it gives is valid until the next call. The catalogues that it is asked of outlive it and do not
 * change. */
traincost_status default_cache_find(struct default_cache *cache, enum parameter parameter,
                                    const struct circumstances *where, const struct default_value **value,
                                    traincost_error *error);

#endif
