/* repossessed-while-binding.c - pages are taken while their owner binds and unbinds them without a pause: each call succeeds whole or finds its capability stale, and nothing of what we put there is seen. */

#include "kids.h"

enum { PAGES = 8, ROUNDS = 12 };
#define RANGE 0x54000000ul
#define OURS 0x55000000ul

/* Binds its range, looks at it, unbinds it, for ever. common[1]: the range's first page; [2] calls that succeeded, [3] that were refused as they should, [4] anything else. */
static int
binds_for_ever(uint64_t first)
{
    uint64_t name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, PAGES), check;
    AEGIS_AREA_POINTER->repossess_pc = AEGIS_AREA_POINTER->revoke_pc = 0;
    for (uint32_t i = 0; i < PAGES; i++)
        common[4] += sys_page_alloc(first + i).status != 0;
    check = sys_cap_mint(name).value;
    while (first) {
        long status = sys_page_bind(RANGE | AEGIS_READ | AEGIS_WRITE, name, check);
        common[status == 0 ? 2 : status == -E_CAP ? 3 : 4]++;
        for (uint64_t i = 0; status == 0 && i < PAGES; i++)
            common[4] += CAUSE_OF("mov (%%rdi), %%rax", RANGE + i * 4096) == NOTHING && *(volatile uint32_t *)(RANGE + i * 4096 + 8) == 0x5ec2e7;
        sys_page_unbind(RANGE, PAGES);
    }
    return 0;
}

/* Let it run for some slices, take its pages while it is at it, use them ourselves. */
static bool
round_of(uint64_t when)
{
    struct exos_env kid = kid_make(0);
    uint32_t first = free_pages(PAGES), at = free_position();
    uint64_t refused = common[3];
    exos_env_start(&kid, binds_for_ever, first);
    bool ok = exos_env_give_slice(&kid, at) == 0;
    exos_yield(0);
    ok &= common[2] > 0 && sys_revoke(kid.cap.name, kid.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | PAGES, 0, 1 + when * 1000) == 0;
    exos_yield(0); /* somewhere in its loop its slice ended: the deadline is past when the next starts */
    long taken = sys_repossess(kid.cap.name, kid.cap.check);
    ok &= taken == -E_TIME || taken >= 0;
    for (uint64_t i = 0; i < PAGES; i++) {
        struct aegis_result mine = sys_page_alloc(first + i);
        if (mine.status == 0 && sys_page_bind((OURS + i * 4096) | AEGIS_READ | AEGIS_WRITE, AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, first + i), mine.value) == 0)
            *(volatile uint64_t *)(OURS + i * 4096 + 8) = 0x5ec2e7;
    }
    exos_yield(0);
    ok &= common[3] > refused && sys_kernel_check() == 0;
    for (uint64_t i = 0; i < PAGES; i++) {
        struct aegis_result mine = sys_page_alloc(first + i);
        sys_page_free(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, first + i), mine.value);
    }
    return kid_destroy(&kid) == 0 && ok;
}

int
main(void)
{
    check_begin("repossessed-while-binding");
    bool ok = true;
    catch_all();
    for (uint64_t when = 0; when < ROUNDS; when++)
        ok &= round_of(when);
    check(ok, "its pages are taken at any point of its loop");
    check(common[2] > ROUNDS && common[3] > ROUNDS && common[4] == 0, "its calls succeeded, or found the capability stale, and saw nothing of ours");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
