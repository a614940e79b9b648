/* A table with a few places for each hash, the last used in front: a newer default takes the place of the one that was
 * not used for the longest. What is met once alone, as what a row's own work decides, pushes no other out. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "defaults/default_cache.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_HASHES = 1024, DEFAULT_WAYS = 4, DEFAULT_PLACES = DEFAULT_HASHES * DEFAULT_WAYS, DEFAULTS_MET = 4096 };

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
    struct default_value unkept; /* the last that was met for the first time */
    uint32_t met[DEFAULTS_MET];  /* of keys, by hash, what tells them apart */
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

/* Prices, power, what owning costs and what comes on top of a run do not ask what work is done, so that runs of any size
 * share them. */
static bool asks_for_work(enum parameter parameter)
{
    return !strcmp(parameter_table[parameter].public.group, "stage");
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

static uint64_t hash_key(const struct default_key *key, size_t size)
{
    const unsigned char *bytes = (const unsigned char *)key;
    uint64_t hash = 14695981039346656037u, word;
    for (size_t i = 0; i + sizeof word <= size; i += sizeof word) {
        memcpy(&word, bytes + i, sizeof word);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return hash;
}

/* Whether a key of that hash was met before. */
static bool meet_default(struct default_cache *cache, uint64_t hash)
{
    uint32_t *met = &cache->met[hash / DEFAULT_HASHES % DEFAULTS_MET], mark = (uint32_t)(hash >> 32) | 1;
    bool before = *met == mark;
    *met = mark;
    return before;
}

/* The place of the key, else where it may stand: an empty one or the last, which was not used for the longest. */
static size_t find_place(struct kept_default *const *places, const struct default_key *key, size_t size)
{
    size_t i = 0;
    while (i < DEFAULT_WAYS - 1 && places[i] && !(places[i]->given && memcmp(&places[i]->key, key, size) == 0))
        i++;
    return i;
}

static void bring_to_front(struct kept_default **places, size_t place)
{
    struct kept_default *used = places[place];
    memmove(places + 1, places, place * sizeof *places);
    *places = used;
}

/* Finds what is not kept there yet. */
static traincost_status fill_place(struct kept_default *place, const struct default_key *key, size_t size,
                                   const struct circumstances *where, traincost_error *error)
{
    place->given = false;
    traincost_status status = default_find(key->parameter, where, &place->value, error);
    if (status)
        return status;
    memcpy(&place->key, key, size);
    place->given = true;
    return TRAINCOST_OK;
}

traincost_status default_cache_find(struct default_cache *cache, enum parameter parameter,
                                    const struct circumstances *where, const struct default_value **value,
                                    traincost_error *error)
{
    struct default_key key;
    size_t size = make_key(&key, parameter, where);
    uint64_t hash = hash_key(&key, size);
    struct kept_default **places = &cache->places[hash % DEFAULT_HASHES * DEFAULT_WAYS];
    size_t place = find_place(places, &key, size);
    bool kept = places[place] && places[place]->given && memcmp(&places[place]->key, &key, size) == 0;
    if (!kept && !meet_default(cache, hash)) {
        *value = &cache->unkept;
        return default_find(parameter, where, &cache->unkept, error);
    }
    if (!places[place] && !(places[place] = calloc(1, sizeof **places)))
        return error_no_memory(error);
    bring_to_front(places, place);
    *value = &places[0]->value;
    return kept ? TRAINCOST_OK : fill_place(places[0], &key, size, where, error);
}
