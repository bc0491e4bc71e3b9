/* region.h - the map of an address space: which ranges are in use, and what may be done there. Pure: no page tables, no pages (vm.c). */
#ifndef REGION_H
#define REGION_H

#include <machine/types.h>

struct region {
    va_t start, end; /* page-aligned, start < end */
    u32 prot;        /* PROT_* */
};

/* A change adds at most two regions, and one more while it is under way. */
enum { REGION_SPARE = 4 };

/* Invariant: ascending, disjoint, and no two neighbours that touch have the same prot. */
struct region_map {
    struct region *region; /* room for capacity + REGION_SPARE */
    u32 count, capacity;   /* at `capacity` only removing goes on */
};

/* The region that holds `va`, or NULL. */
const struct region *region_find(const struct region_map *map, va_t va);

/* Does every page of [start, end) belong to a region? Does none? */
bool region_covers(const struct region_map *map, va_t start, va_t end);
bool region_is_empty(const struct region_map *map, va_t start, va_t end);

/* The highest start of a free range of `length` within [low, high); 0 if there is none. */
va_t region_gap(const struct region_map *map, va_t low, va_t high, u64 length);

/* Each changes [start, end), splits and merges what is around it, and returns true; or false, nothing changed, if the map is full.
 * region_protect() changes only what is in a region. */
bool region_set(struct region_map *map, va_t start, va_t end, u32 prot);
bool region_remove(struct region_map *map, va_t start, va_t end);
bool region_protect(struct region_map *map, va_t start, va_t end, u32 prot);

#endif
