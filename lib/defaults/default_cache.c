/* A table with a few places for each hash, the last used in front: a newer default takes the place of the one that was
 * not used for the longest. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/default_cache.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_HASHES = 1024, DEFAULT_WAYS = 4, DEFAULT_PLACES = DEFAULT_HASHES * DEFAULT_WAYS };

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

/* Gives how many bytes of it count. */
static size_t make_key(struct default_key *key, enum parameter parameter, const struct circumstances *where)
{
    size_t size = asks_for_work(parameter) ? sizeof *key : offsetof(struct default_key, where.work);
    memset(key, 0, size);
    key->parameter = parameter;
    memcpy(&key->where, where, size - offsetof(struct default_key, where));
    return size;
}

static size_t hash_key(const struct default_key *key, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)key;
    uint64_t hash = 14695981039346656037u, word;
    for (size_t i = 0; i + sizeof word <= size; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return (size_t)(hash % DEFAULT_HASHES);
}

/* The place in front, with what is kept for the key or else with what was not used for the longest. */
static struct kept_default **bring_to_front(struct kept_default **places, const struct default_key *key, size_t size)
{
    size_t i = 0;
    while (i < DEFAULT_WAYS - 1 && places[i] && !(places[i]->given && memcmp(&places[i]->key, key, size) == 0))
        i++;
    struct kept_default *used = places[i];
    memmove(places + 1, places, i * sizeof *places);
    *places = used;
    return places;
}

traincost_status default_cache_find(struct default_cache *cache, enum parameter parameter,
                                    const struct circumstances *where, const struct default_value **value,
                                    traincost_error *error)
{
    struct default_key key;
    size_t size = make_key(&key, parameter, where);
    struct kept_default **place =
        bring_to_front(&cache->places[hash_key(&key, size) * DEFAULT_WAYS], &key, size);
    if (!*place && !(*place = calloc(1, sizeof **place)))
        return error_no_memory(error);
    struct kept_default *kept = *place;
    if (!kept->given || memcmp(&kept->key, &key, size) != 0) {
        kept->given = false;
        traincost_status status = default_find(parameter, where, &kept->value, error);
        if (status)
            return status;
        memcpy(&kept->key, &key, size);
        kept->given = true;
    }
    *value = &kept->value;
    return TRAINCOST_OK;
}
