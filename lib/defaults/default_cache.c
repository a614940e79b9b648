/* A table with one place for each hash: a newer default takes the place of an older one. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/default_cache.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_PLACES = 4096 };

/* What a default depends on, byte by byte. */
struct default_key {
    enum parameter parameter;
    struct circumstances where;
};

struct kept_default {
    bool given;
    struct default_key key;
    struct default_value value;
};

struct default_cache {
    struct kept_default *places[DEFAULT_PLACES];
};

struct default_cache *default_cache_new(void)
{
    return calloc(1, sizeof(struct default_cache));
}

void default_cache_free(struct default_cache *cache)
{
    for (size_t i = 0; cache && i < DEFAULT_PLACES; i++)
        free(cache->places[i]);
    free(cache);
}

/* Prices, power and what owning costs do not ask what work is done, so that runs of any size share them. */
static bool asks_for_work(enum parameter parameter)
{
    static const char *const groups[] = {"prices", "power", "ownership"};
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (!strcmp(parameter_table[parameter].public.group, groups[i]))
            return false;
    return true;
}

static void make_key(struct default_key *key, enum parameter parameter, const struct circumstances *where)
{
    memset(key, 0, sizeof *key);
    key->parameter = parameter;
    memcpy(&key->where, where, sizeof *where);
    if (!asks_for_work(parameter))
        memset(&key->where.work, 0, sizeof key->where.work);
}

static size_t hash_key(const struct default_key *key)
{
    const unsigned char *bytes = (const unsigned char *)key;
    uint64_t hash = 14695981039346656037u, word;
    size_t i = 0;
    for (; i + sizeof word <= sizeof *key; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return (size_t)(hash % DEFAULT_PLACES);
}

traincost_status default_cache_find(struct default_cache *cache, enum parameter parameter,
                                    const struct circumstances *where, const struct default_value **value,
                                    traincost_error *error)
{
    struct default_key key;
    make_key(&key, parameter, where);
    struct kept_default **place = &cache->places[hash_key(&key)];
    if (!*place && !(*place = calloc(1, sizeof **place)))
        return error_no_memory(error);
    struct kept_default *kept = *place;
    if (!kept->given || memcmp(&kept->key, &key, sizeof key) != 0) {
        kept->given = false;
        traincost_status status = default_find(parameter, where, &kept->value, error);
        if (status)
            return status;
        memcpy(&kept->key, &key, sizeof key);
        kept->given = true;
    }
    *value = &kept->value;
    return TRAINCOST_OK;
}
