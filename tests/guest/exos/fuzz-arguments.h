/* fuzz-arguments.h - what the fuzzer's calls are made with: drawn by chance, near what is valid, at the edges, or seen before. fuzz.h makes the calls. */
#ifndef FUZZ_ARGUMENTS_H
#define FUZZ_ARGUMENTS_H

#include "attack.h"

enum { POOL = 64 };

#define WINDOW 0x50000000ul      /* where kids bind most of what they bind */

/* What kids share and may write. */
static struct pool {
    uint64_t random, calls, by_number[64];
    uint32_t supervisor;
    struct aegis_cap cap[POOL];              /* any kind, many stale */
    struct aegis_cap env[AEGIS_ENVS];        /* the last one made in each slot */
} pool __attribute__((aligned(4096)));

static uint64_t
draw(void)
{
    pool.random ^= pool.random << 13;
    pool.random ^= pool.random >> 7;
    pool.random ^= pool.random << 17;
    return pool.random;
}

static uint64_t
below(uint64_t n)
{
    return (draw() >> 16) % n;
}

static uint64_t
an_edge(void)
{
    static const uint64_t edges[] = {
        0, 1, 63, 64, 0xfff, 0x1000, 0xffff, 0x10000, 0x7fffffff, 0xffffffff, 1ul << 32, 1ul << 51, 1ul << 52, AEGIS_AREA, AEGIS_INFO, AEGIS_OWNERS, AEGIS_GUARANTEED_END, AEGIS_BINDINGS, AEGIS_BINDINGS_END,
        AEGIS_USER_TOP - 0x1000, AEGIS_USER_TOP, NON_CANONICAL, DIRECT_MAP_ADDRESS, KERNEL_ADDRESS, 0xfffffffffffff000, ~0ul,
    };
    return edges[below(sizeof edges / sizeof edges[0])];
}

static uint64_t
an_address(void)
{
    uint64_t rights = below(4) ? below(8) : below(64);
    switch (below(16)) {
    case 0: return an_edge() | rights;
    case 1: return (0x400000 + (below(32) << 12)) | rights; /* its own program */
    case 2: return (0x40000000 + (below(1 << 20) << 12)) | rights;
    case 3: return (WINDOW + (below(4) << 24) + (below(8) << 12)) | rights; /* the same slots of the binding cache */
    case 4: return (0x80000000 + (below(4) << 21)) | rights | AEGIS_LARGE;
    default: return (WINDOW + (below(64) << 12)) | rights;
    }
}

static uint64_t
a_page(void)
{
    uint32_t count = AEGIS_INFO_POINTER->page_count;
    return below(8) ? count - 1 - below(600) : below(count + 2);
}

static uint64_t
an_id(void)
{
    uint32_t slot = below(below(4) ? 8 : AEGIS_ENVS);
    return below(16) ? AEGIS_INFO_POINTER->env[slot].id : an_edge();
}

static uint64_t
a_name(void)
{
    uint64_t rights = below(2) ? AEGIS_ALL : below(32), count = below(8) ? 1 : below(4) ? below(8) : below(600);
    switch (below(8)) {
    case 0: return AEGIS_CAP_NAME(AEGIS_CAP_ENV, rights, an_id());
    case 1: return AEGIS_CAP_NAME(AEGIS_CAP_SLICE, rights, below(AEGIS_SLICES + 1));
    case 2: return pool.cap[below(POOL)].name ^ 1ul << below(64);
    case 3: return AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, (AEGIS_INFO_POINTER->page_count - 1 - 512 * below(3)) & ~511u, 512);
    default: return AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, rights, a_page(), count);
    }
}

static struct aegis_cap
a_capability(void)
{
    struct aegis_cap cap = below(8) ? pool.cap[below(POOL)] : pool.env[below(AEGIS_ENVS)];
    if (below(16) == 0)
        cap.name ^= 1ul << below(64);
    if (below(32) == 0)
        cap.check ^= 1ul << below(64);
    return cap;
}

static uint64_t
a_count(void)
{
    return below(8) ? below(8) : below(2) ? below(1024) : an_edge();
}

#endif
