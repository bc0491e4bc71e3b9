/* Who lets an accomplice run in its slices pays for the long calls that this makes at their ends, if it has no slice itself, or owes already: lending does not make a debt unpayable. */

#include "hogs.h"

enum { ROUNDS = 120, FAIR = 30 /* per cent: a third, but for what is owed at the end */ };

/* A host that lends the slice common[60] by a synchronous transfer to common[61], and in its other takes it back, before it would be forfeited. */
static int
lends(uint64_t unused)
{
    uint32_t lent = common[60];
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, lent);
    while (unused == 0) {
        if (AEGIS_INFO_POINTER->slice == lent) {
            AEGIS_AREA_POINTER->slice_start_pc = (uint32_t)(uintptr_t)kid_home;
            kid_transfer(AEGIS_SYS_pct_sync, common[61]); /* comes back in the other slice */
            AEGIS_AREA_POINTER->slice_start_pc = (uint32_t)(uintptr_t)exos_slice_start;
        }
        sys_slice_give(name, sys_slice_alloc(lent).value, ME);
        exos_yield(0);
    }
    return 0;
}

/* A host and its guest have two slices in all, a victim one. */
static void
share(int (*host_does)(uint64_t), bool guest_has_one)
{
    struct exos_env host = kid_make(0), guest = kid_make(1), victim = kid_make(2);
    exos_env_start(&guest, calls, 0);
    guest.area->pct_sync_pc = guest.area->slice_start_pc;
    common[60] = free_position();
    common[61] = guest.id;
    exos_env_start(&host, host_does, host_does == lets ? guest.id : 0);
    exos_env_start(&victim, counts, 1);
    check(exos_env_give_slice(&host, free_position()) == 0 && exos_env_give_slice(guest_has_one ? &guest : &host, free_position()) == 0 &&
          exos_env_give_slice(&victim, free_position()) == 0, "a host, its guest and a victim");
    uint64_t start = now();
    for (int i = 0; i < ROUNDS; i++)
        exos_yield(0);
    uint64_t its = public_of(victim.id)->slices * (uint64_t)AEGIS_QUANTUM;
    check(alive(host.id) && alive(guest.id) && public_of(host.id)->forfeited > 0, "they live, and the host has forfeited slices");
    check(its * 100 >= (now() - start) * FAIR, "the victim has its third of the processor");
    check(kid_destroy(&host) == 0 && kid_destroy(&guest) == 0 && kid_destroy(&victim) == 0, "they go");
    while (public_of(ME)->excess) /* what they still owed */
        exos_yield(0);
}

int
main(void)
{
    check_begin("hog-guests");
    share(lets, true);
    share(lets, false);
    share(lends, false);
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
