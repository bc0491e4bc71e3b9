/* Mappings, rights and contents of 40 pages changed at random in a family of processes, private and shared: each page of each process
 * always has the rights and the contents that it should. */

#include "attack.h"
#include "calls.h"

#include <random.h>

enum { PAGES = 40, STEPS = 100, DEPTH = 2, OBJECTS = 4000, RW = PROT_READ | PROT_WRITE, NR_madvise = 28, DONTNEED = 4 };

static uint32_t state = RANDOM_SEED;
static char *area;
/* What this process should find: an object of shared memory or 0, its rights or GONE, and of private pages the contents. */
static struct {
    uint16_t object;
    uint8_t prot, contents;
} page[PAGES];
enum { GONE = 0x80 };
/* Of all of them: the contents of shared pages, how many there were, and what went wrong. */
static struct {
    uint8_t contents[OBJECTS];
    uint32_t nobjects, wrong;
} *common;

static uint32_t below(uint32_t n) { return random_below(&state, n); }
static char *at(uint32_t i) { return area + i * PAGE; }
static uint8_t *contents_of(uint32_t i) { return page[i].object ? &common->contents[page[i].object] : &page[i].contents; }

/* Rights at random; not to execute alone, which the processor may have as such. */
static uint8_t
some_prot(void)
{
    uint8_t prot = below(8);
    return prot == PROT_EXEC ? PROT_READ | PROT_EXEC : prot;
}

static void
see(bool holds, uint32_t what)
{
    if (!holds && !common->wrong)
        common->wrong = what;
}

static void
look_at(uint32_t i)
{
    bool mapped = page[i].prot != GONE, readable = mapped && page[i].prot, writable = mapped && page[i].prot & PROT_WRITE;
    see((signal_of_read((uint64_t)at(i)) == NOTHING) == readable, 1);
    if (readable)
        see(*(volatile uint8_t *)(at(i) + 8) == *contents_of(i), 2);
    else
        see(last_code == (mapped ? SEGV_ACCERR : SEGV_MAPERR), 3);
    if (!writable) {
        see(signal_of_write((uint64_t)at(i)) == SIGSEGV, 4);
        return;
    }
    *contents_of(i) = 1 + below(255);
    see(signal_of_write((uint64_t)at(i)) == NOTHING, 5);
    *(volatile uint8_t *)(at(i) + 8) = *contents_of(i);
}

static void
map_some(uint32_t first, uint32_t n)
{
    bool shared = below(3) == 0 && common->nobjects + n < OBJECTS;
    uint8_t prot = some_prot();
    uint64_t flags = (shared ? MAP_SHARED : MAP_PRIVATE) | MAP_ANONYMOUS | MAP_FIXED;
    see(unix_call(NR_mmap, (uint64_t)at(first), n * PAGE, prot, flags, -1ul, 0) == (long)at(first), 6);
    for (uint32_t i = first; i < first + n; i++) {
        page[i].object = shared ? ++common->nobjects : 0;
        page[i].prot = prot;
        page[i].contents = 0;
    }
}

static void
unmap_some(uint32_t first, uint32_t n)
{
    see(unix_munmap(at(first), n * PAGE) == 0, 7);
    for (uint32_t i = first; i < first + n; i++)
        page[i].object = page[i].contents = 0, page[i].prot = GONE;
}

static bool
all_mapped(uint32_t first, uint32_t n)
{
    while (n > 0 && page[first].prot != GONE)
        first++, n--;
    return n == 0;
}

static void
protect_some(uint32_t first, uint32_t n)
{
    uint8_t prot = some_prot();
    if (!all_mapped(first, n))
        return;
    see(unix_mprotect(at(first), n * PAGE, prot) == 0, 8);
    for (uint32_t i = first; i < first + n; i++)
        page[i].prot = prot;
}

static void
forget_some(uint32_t first, uint32_t n)
{
    if (!all_mapped(first, n))
        return;
    see(CALL(madvise, at(first), n * PAGE, DONTNEED) == 0, 9);
    for (uint32_t i = first; i < first + n; i++)
        if (!page[i].object)
            page[i].contents = 0;
}

/* The kernel writes to it and reads from it, as far as it may. */
static void
kernel_at(uint32_t i, int pipe[2])
{
    uint8_t byte = 1 + below(255);
    bool mapped = page[i].prot != GONE;
    CALL(write, pipe[1], &byte, 1);
    bool written = CALL(read, pipe[0], at(i) + 8, 1) == 1;
    see(written == (mapped && page[i].prot & PROT_WRITE), 10);
    if (written)
        *contents_of(i) = byte;
    else
        CALL(read, pipe[0], &byte, 1);
}

static void live(uint32_t depth, uint32_t steps);

static void
have_child(uint32_t depth)
{
    uint32_t seed = state, i = below(PAGES);
    look_at(i); /* it is in the TLB */
    long pid = CALL(fork);
    if (pid == 0) {
        state = seed * 31 + depth;
        look_at(i);
        live(depth + 1, STEPS / 2);
        unix_exit(0);
    }
    if (!page[i].object)
        look_at(i); /* written before the child runs, which shall not see it */
    see(pid > 0 && status_of(pid) == 0, 11);
}

static void
live(uint32_t depth, uint32_t steps)
{
    int pipe[2];
    CALL(pipe, pipe);
    for (; steps > 0 && !common->wrong; steps--) {
        uint32_t first = below(PAGES), n = 1 + below(below(4) ? 4 : PAGES - first);
        if (n > PAGES - first)
            n = PAGES - first;
        switch (below(8)) {
        case 0: map_some(first, n); break;
        case 1: unmap_some(first, n); break;
        case 2:
        case 3: protect_some(first, n); break;
        case 4: forget_some(first, n); break;
        case 5: kernel_at(first, pipe); break;
        case 6:
            if (depth < DEPTH)
                have_child(depth);
            break;
        }
        for (int i = 0; i < 5; i++)
            look_at(below(PAGES));
    }
    CALL(close, pipe[0]), CALL(close, pipe[1]);
}

int
main(void)
{
    check_begin("vm-storm");
    catch_all();
    common = (void *)unix_call(NR_mmap, 0, sizeof *common, RW, MAP_SHARED | MAP_ANONYMOUS, -1ul, 0);
    area = (char *)unix_mmap(NULL, PAGES * PAGE, RW, 0);
    for (int i = 0; i < PAGES; i++)
        page[i].prot = RW;
    live(0, 4 * STEPS);
    check(!common->wrong, "each page is as it should be, in each of them");
    if (common->wrong)
        unix_exit(common->wrong + 1); /* which see() it was */
    check(common->nobjects > 20, "some of them were shared");
    return check_end();
}
