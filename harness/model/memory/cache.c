/* cache.c - see cache.h. */
#include "cache.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t NOTHING = ~0ull;

static uint64_t *
set_of(struct cache *cache, uint64_t name)
{
    return cache->name + (name & (cache->nsets - 1)) * cache->nways;
}

bool
cache_init(struct cache *cache, unsigned nentries, unsigned nways)
{
    *cache = (struct cache){0};
    if (nentries == 0)
        return true;
    if (nways == 0 || nentries % nways != 0 || (nentries / nways & (nentries / nways - 1)) != 0)
        return false;
    cache->nsets = nentries / nways;
    cache->nways = nways;
    cache->name = malloc(nentries * sizeof *cache->name);
    if (cache->name)
        memset(cache->name, 0xff, nentries * sizeof *cache->name);
    return cache->name != NULL;
}

bool
cache_use(struct cache *cache, uint64_t name)
{
    if (cache->nsets == 0)
        return false;
    uint64_t *set = set_of(cache, name);
    unsigned way = 0;
    while (way < cache->nways - 1 && set[way] != name)
        way++;
    bool hit = set[way] == name;
    memmove(set + 1, set, way * sizeof *set); // the last one falls out if it was none of them
    set[0] = name;
    return hit;
}

void
cache_drop_all(struct cache *cache, uint64_t mask, uint64_t value)
{
    for (uint64_t *set = cache->name, *end = set + cache->nsets * cache->nways; set < end; set += cache->nways) {
        unsigned kept = 0;
        for (unsigned way = 0; way < cache->nways; way++)
            if (set[way] == NOTHING || (set[way] & mask) != value)
                set[kept++] = set[way];
        while (kept < cache->nways) // what is free comes last, to be taken before anything falls out
            set[kept++] = NOTHING;
    }
}
