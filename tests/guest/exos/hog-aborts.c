/* What the kernel needs to take pages from who has let a deadline pass (claim D-19) is that one's time: its next slices are forfeited, and not its neighbours' lost. */

#include "kids.h"

enum { PAGES = 32, ABORTS = 6 };
#define FIRST 0x50400000ul /* where they are bound, and once more: each is a search through all page tables */
#define AGAIN 0x50600000ul

/* Owns pages, and never gives one back. */
static int
owns(uint64_t unused)
{
    struct aegis_cap page;
    while (unused == 0) {
        for (uint64_t i = 0; i < PAGES; i++) {
            exos_page_map((void *)(FIRST + i * 4096), AEGIS_READ, &page);
            exos_page_protect((void *)(AGAIN + i * 4096), AEGIS_READ, &page);
        }
        common[40] = 1;
        while (common[40])
            exos_yield(0);
        AEGIS_AREA_POINTER->nrepossessed = 0;
    }
    return 0;
}

int
main(void)
{
    check_begin("hog-aborts");
    struct exos_env kid = kid_make(0), victim = kid_make(1);
    exos_env_start(&kid, owns, 0);
    exos_env_start(&victim, counts, 1);
    check(exos_env_give_slice(&kid, free_position()) == 0 && exos_env_give_slice(&victim, free_position()) == 0, "a holder of pages, and a victim");
    common[40] = 0;
    while (!common[40])
        exos_yield(0);
    uint32_t slices = public_of(victim.id)->slices, pages = public_of(kid.id)->pages;
    uint64_t start = now();
    for (int i = 0; i < ABORTS; i++) {
        sys_revoke(kid.cap.name, kid.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | PAGES, 0, 1);
        common[40] = 0;
        while (!common[40])
            exos_yield(0);
    }
    uint64_t all = now() - start, its = (public_of(victim.id)->slices - slices) * (uint64_t)AEGIS_QUANTUM;
    check(public_of(kid.id)->pages == pages, "its pages are taken, and it takes others, again and again");
    check(public_of(kid.id)->forfeited >= ABORTS, "each time it forfeits a slice, or more");
    check(its * 100 >= all * 45, "the victim has its half of the processor");
    check(kid_destroy(&kid) == 0 && kid_destroy(&victim) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
