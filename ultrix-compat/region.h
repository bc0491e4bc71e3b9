/* region.h - the map of an address space: which ranges are in use, and what may be done there. No page tables, no user pages (vm.c). */
#ifndef REGION_H
#define REGION_H

#include <machine/layout.h>
#include <machine/types.h>

struct region {
    va_t start, end; /* page-aligned, start < end */
    u32 prot;        /* PROT_* */
    u32 shared;      /* after a fork: 1 = both have the same pages, 0 = each its own copy */
};

enum { CHUNK_REGIONS = 170, REGION_CHUNKS = 400, REGION_SPARES = 3 };

/* One page of regions in a row; never empty. */
struct region_chunk {
    u64 count;
    struct region region[CHUNK_REGIONS];
};
_Static_assert(sizeof(struct region_chunk) <= PAGE_SIZE, "a chunk is a page");

/* Invariant: ascending, disjoint, and no two neighbours that touch are alike but in their range. */
struct region_map {
    u32 nchunks, nspares;
    struct region_chunk *spare[REGION_SPARES]; /* what a change may need is taken before it begins */
    struct region_chunk *chunk[REGION_CHUNKS];
};

/* Where a region is in its map. */
struct region_place {
    u32 chunk, slot;
};

/* Give back all memory; the map is empty. All zero is an empty map, too. */
void region_clear(struct region_map *map);

/* Make the empty map `to` like `from`. False, `to` still empty, if there is no memory. */
bool region_copy(struct region_map *to, const struct region_map *from);

/* The region that holds `va`, or NULL. */
const struct region *region_find(const struct region_map *map, va_t va);

/* The first region, and the next: NULL behind the last. */
const struct region *region_first(const struct region_map *map, struct region_place *place);
const struct region *region_next(const struct region_map *map, struct region_place *place);

/* Does every page of [start, end) belong to a region? Does none? */
bool region_covers(const struct region_map *map, va_t start, va_t end);
bool region_is_empty(const struct region_map *map, va_t start, va_t end);

/* The highest start of a free range of `length` within [low, high); 0 if there is none. */
va_t region_gap(const struct region_map *map, va_t low, va_t high, u64 length);

/* Each changes [start, end), splits and merges what is around it, and returns true; or false, nothing changed, if the map is full.
 * region_protect() changes only what is in a region. */
bool region_set(struct region_map *map, va_t start, va_t end, u32 prot, u32 shared);
bool region_remove(struct region_map *map, va_t start, va_t end);
bool region_protect(struct region_map *map, va_t start, va_t end, u32 prot);

#endif
