/* An end that takes many slices is paid for, whoever's it is: of the environment in whose slice one runs, as its guest, and of a child that ends itself in a slice of ours. */

#include "hogs.h"

enum { LARGE = 3 * 512 };
#define FAR 0x100000000ul
#define LARGE_BYTES 0x200000ul

static struct aegis_cap chunk; /* 512 pages in a row */

static void
take_chunk(void)
{
    for (uint32_t first = 512; !chunk.name && first + 512 <= AEGIS_INFO_POINTER->page_count; first += 512) {
        uint32_t n = 0;
        while (n < 512 && AEGIS_OWNERS_POINTER[first + n] == AEGIS_OWNER_FREE)
            n++;
        if (n < 512)
            continue;
        for (n = 0; n < 512; n++)
            sys_page_alloc(first + n);
        chunk.name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, 512);
        chunk.check = sys_cap_mint(chunk.name).value;
    }
}

/* Each of the many bindings has 512 references to be taken back when it dies. */
static struct exos_env
heavy_kid(unsigned n)
{
    struct exos_env kid = kid_make(n);
    uint32_t made = 0;
    for (uint64_t i = 0; i < LARGE; i++)
        made += sys_page_bind_in((FAR + i * LARGE_BYTES) | AEGIS_READ | AEGIS_LARGE, chunk.name, chunk.check, 0, kid.cap.name, kid.cap.check) == 0;
    check(kid.id && made == LARGE, "a child with many large bindings");
    return kid;
}

static int
exits(uint64_t unused)
{
    sys_env_exit(unused);
    return 0;
}

/* `took` ticks have gone by: as many slices are owed or forfeited by us, who are their maker and let it happen. */
static void
paid(uint64_t took, uint32_t before)
{
    uint32_t all = public_of(ME)->excess + public_of(ME)->forfeited - before;
    check(took > 4 * AEGIS_QUANTUM, "its end takes many slices");
    check((all + 2ul) * AEGIS_QUANTUM > took / 2, "we owe them");
    while (public_of(ME)->excess)
        exos_yield(0);
}

int
main(void)
{
    check_begin("hog-ends");
    take_chunk();
    struct exos_env victim = kid_make(5);
    exos_env_start(&victim, counts, 1);
    check(exos_env_give_slice(&victim, free_position()) == 0, "a victim, so that slices end");

    struct exos_env kid = heavy_kid(0);
    uint32_t at = free_position(), before = public_of(ME)->forfeited;
    exos_env_start(&kid, lets, ME);
    check(exos_env_give_slice(&kid, at) == 0, "it has a slice, and lets us run in it");
    while (AEGIS_INFO_POINTER->slice != at)
        exos_yield(0);
    uint64_t start = now();
    while (now() - start < AEGIS_QUANTUM / 2)
        ;
    start = now();
    check(kid_destroy(&kid) == 0, "as its guest we destroy it");
    paid(now() - start, before);

    kid = heavy_kid(1);
    exos_env_start(&kid, exits, 0);
    exos_yield(0);
    before = public_of(ME)->forfeited;
    start = now();
    while (alive(kid.id)) /* until a slice is long enough for it */
        exos_yield(kid.id);
    paid(now() - start, before);
    check(kid_destroy(&victim) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
