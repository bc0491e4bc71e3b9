/* Changes to the map of an address space: five words each (what, first page, pages, rights, shared); a line for each with 1 (done) or 0 (full), then the regions. */

#include "pages.h"

#include "../../ultrix-compat/region.h"

enum { SET, REMOVE, PROTECT, ALLOW, FORK };

/* The map becomes a copy of itself, as a child of fork has it; the old one goes. */
static bool
fork_map(struct region_map *map)
{
    static struct region_map copy;
    copy = (struct region_map){0};
    if (!region_copy(&copy, map))
        return false;
    region_clear(map);
    *map = copy;
    return true;
}

int
main(void)
{
    size_t size;
    uint64_t *input = read_input(&size), *w = input;
    static struct region_map map;
    struct region_place place;
    pages_start();
    for (uint64_t *end = w + size / 40 * 5; w < end; w += 5) {
        va_t start = w[1] * PAGE_SIZE, stop = start + w[2] * PAGE_SIZE;
        bool done = true;
        switch (w[0]) {
        case SET: done = region_set(&map, start, stop, w[3], w[4]); break;
        case REMOVE: done = region_remove(&map, start, stop); break;
        case PROTECT: done = region_protect(&map, start, stop, w[3]); break;
        case FORK: done = fork_map(&map); break;
        case ALLOW: pages_allowed = pages_used + w[1]; break;
        }
        printf("%d\n", done);
    }
    static struct region_map copy;
    pages_allowed = FAKE_PAGES - 1;
    if (!region_copy(&copy, &map))
        return 1;
    for (const struct region *r = region_first(&copy, &place); r; r = region_next(&copy, &place))
        printf("%lu %lu %u %u\n", r->start / PAGE_SIZE, r->end / PAGE_SIZE, r->prot, r->shared);
    region_clear(&map);
    region_clear(&copy);
    printf("left %u\n", pages_used);
    free(input);
}
