/* region.c - the map of an address space; contract in region.h.
 *
 * A sorted array in chunks of a page, so that a change moves a chunk's regions at most: lookup is a binary search for the chunk, then one in it. A change first cuts
 * regions at both ends of its range, then works on whole regions, then merges.
 */

#include "region.h"
#include "page.h"

#include <machine/paging.h>
#include <machine/string.h>

typedef struct region_place place_t;

/* ---- places ------------------------------------------------------------------------------------------------------------- */

/* The first region that ends above `va`; the place behind the last if there is none. */
static place_t
first_above(const struct region_map *map, va_t va)
{
    u32 low = 0, high = map->nchunks;
    while (low < high) {
        u32 middle = (low + high) / 2;
        const struct region_chunk *chunk = map->chunk[middle];
        if (chunk->region[chunk->count - 1].end > va)
            high = middle;
        else
            low = middle + 1;
    }
    place_t p = {low, 0};
    if (low == map->nchunks)
        return p;
    const struct region_chunk *chunk = map->chunk[low];
    for (low = 0, high = chunk->count; low < high;) {
        u32 middle = (low + high) / 2;
        if (chunk->region[middle].end > va)
            high = middle;
        else
            low = middle + 1;
    }
    p.slot = low;
    return p;
}

static struct region *
at(const struct region_map *map, place_t p)
{
    return p.chunk < map->nchunks ? &map->chunk[p.chunk]->region[p.slot] : NULL;
}

static place_t
after(const struct region_map *map, place_t p)
{
    return p.slot + 1 < map->chunk[p.chunk]->count ? (place_t){p.chunk, p.slot + 1} : (place_t){p.chunk + 1, 0};
}

/* The region in front of the place, or NULL; *p becomes its place. */
static struct region *
before(const struct region_map *map, place_t *p)
{
    if (p->slot == 0 && p->chunk == 0)
        return NULL;
    *p = p->slot > 0 ? (place_t){p->chunk, p->slot - 1} : (place_t){p->chunk - 1, map->chunk[p->chunk - 1]->count - 1};
    return at(map, *p);
}

/* ---- lookup ------------------------------------------------------------------------------------------------------------- */

const struct region *
region_find(const struct region_map *map, va_t va)
{
    const struct region *r = at(map, first_above(map, va));
    return r && r->start <= va ? r : NULL;
}

const struct region *
region_first(const struct region_map *map, struct region_place *place)
{
    *place = (place_t){0, 0};
    return at(map, *place);
}

const struct region *
region_next(const struct region_map *map, struct region_place *place)
{
    return at(map, *place = after(map, *place));
}

bool
region_covers(const struct region_map *map, va_t start, va_t end)
{
    for (place_t p = first_above(map, start); start < end; p = after(map, p)) {
        const struct region *r = at(map, p);
        if (!r || r->start > start)
            return false;
        start = r->end;
    }
    return true;
}

bool
region_is_empty(const struct region_map *map, va_t start, va_t end)
{
    const struct region *r = at(map, first_above(map, start));
    return !r || r->start >= end;
}

va_t
region_gap(const struct region_map *map, va_t low, va_t high, u64 length)
{
    place_t p = first_above(map, high);
    const struct region *above = at(map, p);
    if (above && above->start < high)
        high = above->start;
    while (high >= low + length) {
        const struct region *below = before(map, &p);
        if (!below || high - length >= below->end)
            return high - length;
        high = below->start;
    }
    return 0;
}

/* ---- chunks ------------------------------------------------------------------------------------------------------------- */

static struct region_chunk *
take_chunk(void)
{
    pa_t page = page_take();
    if (!page)
        return NULL;
    struct region_chunk *chunk = paging_direct(page);
    chunk->count = 0;
    return chunk;
}

static void
free_chunk(struct region_chunk *chunk)
{
    page_free(paging_physical(chunk));
}

/* A chunk has become empty. What the same change adds may need one again, if it was the last. */
static void
spare_chunk(struct region_map *map, struct region_chunk *chunk)
{
    if (map->nspares < REGION_SPARES)
        map->spare[map->nspares++] = chunk;
    else
        free_chunk(chunk);
}

static bool
is_roomy(const struct region_map *map, u32 i)
{
    return i >= map->nchunks || map->chunk[i]->count + REGION_SPARES < CHUNK_REGIONS;
}

/* Make sure that regions can be added around `start` and `end`: chunks that are nearly full will be split. */
static bool
reserve(struct region_map *map, va_t start, va_t end)
{
    u32 first = first_above(map, start).chunk, last = first_above(map, end).chunk;
    if (map->nchunks > 0 && is_roomy(map, first > 0 ? first - 1 : 0) && is_roomy(map, first) && is_roomy(map, last) && is_roomy(map, last + 1))
        return true;
    if (map->nchunks + REGION_SPARES > REGION_CHUNKS)
        return false;
    while (map->nspares < REGION_SPARES) {
        struct region_chunk *chunk = take_chunk();
        if (!chunk)
            return false;
        map->spare[map->nspares++] = chunk;
    }
    return true;
}

static void
insert_chunk(struct region_map *map, u32 i)
{
    memmove(&map->chunk[i + 1], &map->chunk[i], (map->nchunks++ - i) * sizeof map->chunk[0]);
    map->chunk[i] = map->spare[--map->nspares];
    map->chunk[i]->count = 0;
}

/* Move the upper half of a full chunk to a new one behind it. */
static void
split_chunk(struct region_map *map, u32 i)
{
    insert_chunk(map, i + 1);
    struct region_chunk *lower = map->chunk[i], *upper = map->chunk[i + 1];
    upper->count = lower->count / 2;
    lower->count -= upper->count;
    memcpy(upper->region, lower->region + lower->count, upper->count * sizeof upper->region[0]);
}

/* Put a region at the place, in front of what is there. Room has been reserved. Returns where it is. */
static place_t
insert(struct region_map *map, place_t p, struct region region)
{
    if (p.chunk == map->nchunks && p.chunk > 0)
        p = (place_t){p.chunk - 1, map->chunk[p.chunk - 1]->count};
    else if (map->nchunks == 0)
        insert_chunk(map, 0);
    if (map->chunk[p.chunk]->count == CHUNK_REGIONS) {
        split_chunk(map, p.chunk);
        u32 lower = map->chunk[p.chunk]->count;
        if (p.slot > lower)
            p = (place_t){p.chunk + 1, p.slot - lower};
    }
    struct region_chunk *chunk = map->chunk[p.chunk];
    memmove(&chunk->region[p.slot + 1], &chunk->region[p.slot], (chunk->count++ - p.slot) * sizeof region);
    chunk->region[p.slot] = region;
    return p;
}

/* Take out `n` regions of one chunk from the place on. Returns where what follows is. */
static place_t
erase(struct region_map *map, place_t p, u32 n)
{
    struct region_chunk *chunk = map->chunk[p.chunk];
    chunk->count -= n;
    memmove(&chunk->region[p.slot], &chunk->region[p.slot + n], (chunk->count - p.slot) * sizeof chunk->region[0]);
    if (chunk->count == 0) {
        spare_chunk(map, chunk);
        memmove(&map->chunk[p.chunk], &map->chunk[p.chunk + 1], (--map->nchunks - p.chunk) * sizeof map->chunk[0]);
        return (place_t){p.chunk, 0};
    }
    return p.slot < chunk->count ? p : (place_t){p.chunk + 1, 0};
}

/* ---- changes ------------------------------------------------------------------------------------------------------------ */

/* Make `va` a boundary. Returns the first region at or above it. */
static place_t
cut(struct region_map *map, va_t va)
{
    place_t p = first_above(map, va);
    struct region *r = at(map, p);
    if (!r || r->start >= va)
        return p;
    struct region lower = *r;
    lower.end = r->start = va;
    return after(map, insert(map, p, lower));
}

/* Make one of the region at the place and the one in front of it, if they touch and are alike. Returns where it is. */
static place_t
merge_below(struct region_map *map, place_t p)
{
    place_t q = p;
    struct region *r = at(map, p), *below = before(map, &q);
    if (!r || !below || below->end != r->start || below->prot != r->prot || below->shared != r->shared)
        return p;
    below->end = r->end;
    erase(map, p, 1);
    return q;
}

/* Take out all whole regions from the place up to `end`. */
static place_t
erase_until(struct region_map *map, place_t p, va_t end)
{
    for (struct region *r; (r = at(map, p)) && r->start < end;) {
        u32 n = 1, left = map->chunk[p.chunk]->count - p.slot;
        while (n < left && r[n].start < end)
            n++;
        p = erase(map, p, n);
    }
    return p;
}

bool
region_set(struct region_map *map, va_t start, va_t end, u32 prot, u32 shared)
{
    if (!reserve(map, start, end))
        return false;
    cut(map, end);
    place_t p = insert(map, erase_until(map, cut(map, start), end), (struct region){start, end, prot, shared});
    p = merge_below(map, p);
    merge_below(map, after(map, p));
    return true;
}

bool
region_remove(struct region_map *map, va_t start, va_t end)
{
    const struct region *around = region_find(map, start);
    if (around && around->start < start && around->end > end && !reserve(map, start, end)) /* it becomes two */
        return false;
    struct region *r = at(map, first_above(map, start));
    if (r && r->start < start) {
        va_t old_end = r->end;
        if (old_end > end) {
            cut(map, end);
            r = at(map, first_above(map, start));
        }
        r->end = start;
    }
    place_t p = first_above(map, start);
    r = at(map, p);
    place_t last = first_above(map, end - 1);
    struct region *over = at(map, last);
    if (over && over->start < end && over->end > end)
        over->start = end;
    erase_until(map, p, end);
    return true;
}

bool
region_protect(struct region_map *map, va_t start, va_t end, u32 prot)
{
    if (!reserve(map, start, end))
        return false;
    cut(map, end);
    place_t p = cut(map, start);
    for (struct region *r; (r = at(map, p)) && r->start < end; p = after(map, p)) {
        r->prot = prot;
        p = merge_below(map, p);
    }
    merge_below(map, p);
    return true;
}

/* ---- the whole map ------------------------------------------------------------------------------------------------------ */

void
region_clear(struct region_map *map)
{
    while (map->nchunks > 0)
        free_chunk(map->chunk[--map->nchunks]);
    while (map->nspares > 0)
        free_chunk(map->spare[--map->nspares]);
}

bool
region_copy(struct region_map *to, const struct region_map *from)
{
    for (u32 i = 0; i < from->nchunks; i++) {
        struct region_chunk *chunk = take_chunk();
        if (!chunk) {
            region_clear(to);
            return false;
        }
        chunk->count = from->chunk[i]->count;
        memcpy(chunk->region, from->chunk[i]->region, chunk->count * sizeof chunk->region[0]);
        to->chunk[to->nchunks++] = chunk;
    }
    return true;
}
