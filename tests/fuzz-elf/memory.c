/* memory.c - the machine's memory on the host; contract in loaders.h. Page n is the machine's page 2n: the odd ones are never there. */

#include "loaders.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { PERMANENT = 128, TOTAL = 2 * PAGES + PERMANENT, IMAGE_PAGES = 64, GARBAGE = 0xa5 };

char fake_memory[TOTAL * PAGE] __attribute__((aligned(PAGE)));
static char image[(IMAGE_PAGES + 1) * PAGE] __attribute__((aligned(PAGE)));
static uint32_t next_page, next_permanent, nused;
static uint32_t refs[PAGES];

static void
allow(char *at, size_t npages, int rights)
{
    if (mprotect(at, npages * PAGE, rights) < 0)
        abort();
}

__attribute__((constructor(101))) static void
begin(void)
{
    allow(fake_memory, TOTAL, PROT_NONE);
    for (uint32_t page = 1; page < PAGES; page++)
        allow(memory_at(page), 1, PROT_READ | PROT_WRITE);
    allow(image + IMAGE_PAGES * PAGE, 1, PROT_NONE);
    next_permanent = 2 * PAGES;
}

char *memory_at(uint32_t page) { return fake_memory + memory_offset(page); }
uint64_t memory_offset(uint32_t page) { return 2ul * page * PAGE; }
uint32_t memory_number(uint64_t offset) { return offset / PAGE / 2; }
uint32_t memory_used(void) { return nused; }

void
memory_reset(void)
{
    memset(refs, 0, sizeof refs);
    next_page = 1;
    nused = 0;
}

uint32_t
memory_alloc(uint32_t n)
{
    uint32_t first = next_page;
    if (n > PAGES - first)
        return 0;
    for (; next_page < first + n; next_page++, nused++) {
        refs[next_page] = 1;
        memset(memory_at(next_page), GARBAGE, PAGE);
    }
    return first;
}

void
memory_ref(uint32_t page)
{
    if (page >= PAGES || refs[page]++ == 0)
        abort();
}

void
memory_unref(uint32_t page)
{
    if (page >= PAGES || refs[page] == 0)
        abort();
    nused -= --refs[page] == 0;
}

uint64_t
memory_permanent(uint32_t n)
{
    uint64_t at = (uint64_t)next_permanent * PAGE;
    allow(fake_memory + at, n, PROT_READ | PROT_WRITE);
    next_permanent += n + 1;
    if (next_permanent > TOTAL)
        abort();
    return at;
}

const void *
memory_image(const void *bytes, size_t n)
{
    if (n > IMAGE_PAGES * PAGE)
        return NULL;
    return memcpy(image + IMAGE_PAGES * PAGE - n, bytes, n);
}

bool
loaded_range(struct loaded *loaded, uint64_t start, uint64_t end, unsigned rights)
{
    struct range *last = loaded->nranges ? &loaded->range[loaded->nranges - 1] : NULL;
    if (last && start < last->end)
        abort();
    if (last && last->end == start && last->rights == rights)
        last->end = end;
    else if (loaded->nranges < PAGES)
        loaded->range[loaded->nranges++] = (struct range){start, end, rights};
    else
        return false;
    return true;
}

bool
loaded_page(struct loaded *loaded, uint64_t va, const char *at)
{
    if (loaded->nfilled > 0 && va <= loaded->filled[loaded->nfilled - 1].va)
        abort();
    if (loaded->nfilled == PAGES)
        return false;
    loaded->filled[loaded->nfilled++] = (struct filled){va, at};
    return true;
}

/* The search for leaks would read the pages that are not there; what leaks here, memory_used() tells. */
const char *
__asan_default_options(void)
{
    return "detect_leaks=0";
}
