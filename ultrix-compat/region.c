/* region.c - the map of an address space; contract in region.h.
 *
 * A sorted array: lookup is a binary search; a change first cuts regions at both ends of its range, then works on whole regions, then merges.
 */

#include "region.h"

#include <machine/string.h>

/* Index of the first region that ends above `va`; count if there is none. */
static u32
first_above(const struct region_map *map, va_t va)
{
    u32 low = 0, high = map->count;
    while (low < high) {
        u32 middle = (low + high) / 2;
        if (map->region[middle].end > va)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

const struct region *
region_find(const struct region_map *map, va_t va)
{
    u32 i = first_above(map, va);
    return i < map->count && map->region[i].start <= va ? &map->region[i] : NULL;
}

bool
region_covers(const struct region_map *map, va_t start, va_t end)
{
    for (u32 i = first_above(map, start); start < end; i++) {
        if (i == map->count || map->region[i].start > start)
            return false;
        start = map->region[i].end;
    }
    return true;
}

bool
region_is_empty(const struct region_map *map, va_t start, va_t end)
{
    u32 i = first_above(map, start);
    return i == map->count || map->region[i].start >= end;
}

va_t
region_gap(const struct region_map *map, va_t low, va_t high, u64 length)
{
    u32 i = first_above(map, high);
    if (i < map->count && map->region[i].start < high)
        high = map->region[i].start;
    for (; high >= low + length; i--) {
        va_t floor = i > 0 ? map->region[i - 1].end : 0;
        if (high - length >= floor)
            return high - length;
        high = map->region[i - 1].start;
    }
    return 0;
}

/* Replace `nold` regions at `i` by `nnew` unset ones. */
static void
replace(struct region_map *map, u32 i, u32 nold, u32 nnew)
{
    struct region *at = &map->region[i];
    memmove(at + nnew, at + nold, (map->count - i - nold) * sizeof *at);
    map->count = map->count - nold + nnew;
}

/* Make `va` a boundary. Returns the index of the first region at or above it. */
static u32
cut(struct region_map *map, va_t va)
{
    u32 i = first_above(map, va);
    if (i == map->count || map->region[i].start >= va)
        return i;
    replace(map, i, 0, 1);
    map->region[i] = map->region[i + 1];
    map->region[i].end = map->region[i + 1].start = va;
    return i + 1;
}

/* Merge equal neighbours among regions first - 1 .. last, in one pass. */
static void
merge(struct region_map *map, u32 first, u32 last)
{
    u32 kept = first > 0 ? first - 1 : 0, end = last < map->count ? last + 1 : map->count;
    for (u32 i = kept + 1; i < end; i++) {
        struct region *below = &map->region[kept], *r = &map->region[i];
        if (below->end == r->start && below->prot == r->prot)
            below->end = r->end;
        else
            map->region[++kept] = *r;
    }
    if (kept + 1 < end)
        replace(map, kept + 1, end - kept - 1, 0);
}

bool
region_set(struct region_map *map, va_t start, va_t end, u32 prot)
{
    if (map->count >= map->capacity)
        return false;
    u32 first = cut(map, start), last = cut(map, end);
    replace(map, first, last - first, 1);
    map->region[first] = (struct region){start, end, prot};
    merge(map, first, first + 1);
    return true;
}

bool
region_remove(struct region_map *map, va_t start, va_t end)
{
    const struct region *around = region_find(map, start);
    if (map->count >= map->capacity && around && around->start < start && around->end > end) /* it would become two */
        return false;
    u32 first = cut(map, start), last = cut(map, end);
    replace(map, first, last - first, 0);
    return true;
}

bool
region_protect(struct region_map *map, va_t start, va_t end, u32 prot)
{
    if (map->count >= map->capacity)
        return false;
    u32 first = cut(map, start), last = cut(map, end);
    for (u32 i = first; i < last; i++)
        map->region[i].prot = prot;
    merge(map, first, last);
    return true;
}
