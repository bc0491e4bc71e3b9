/* cache.h - a set-associative cache that forgets the least recently used: lines, or pages of a TLB. It holds names, no contents. */
#ifndef CACHE_H
#define CACHE_H

#include <stdbool.h>
#include <stdint.h>

struct cache {
    unsigned nsets, nways; // nsets is a power of two; 0: there is no such cache
    uint64_t *name;        // by set and way, the latest used of a set first
};

/* A cache of `nentries`. Returns false if they do not make a power of two of sets, or there is no memory. */
bool cache_init(struct cache *cache, unsigned nentries, unsigned nways);

/* Look for `name` and take it in. Returns whether it was there. Where there is no cache nothing ever is. */
bool cache_use(struct cache *cache, uint64_t name);

/* Forget all names whose bits in `mask` are `value`. */
void cache_drop_all(struct cache *cache, uint64_t mask, uint64_t value);

#endif
