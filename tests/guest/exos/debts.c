/* debts.c - excess slices are forfeited (claim K-5) whatever an environment does to be somebody else: it cannot give its slice away while it owes, and what the dead owed its maker pays. */

#include "kids.h"

/* Take three excess slices at the next slice end, and then behave. */
static int
overstays(uint64_t unused)
{
    while (unused == 0)
        BUSY(1000);
    return 0;
}

/* slice_end_pc of the kid: saves nothing for more than three graces, then is done. */
static void
slow_saver(void)
{
    if (common[5]++ == 0)
        BUSY(AEGIS_GRACE * 3 + AEGIS_GRACE / 2);
    for (;;)
        sys_slice_done();
}

int
main(void)
{
    check_begin("debts");
    struct exos_env kid = kid_make(0);
    uint32_t at = free_position();
    struct aegis_result slice = sys_slice_alloc(at);
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at);
    exos_env_start(&kid, overstays, 0);
    check(sys_slice_give(name, slice.value, kid.id) == 0, "a child gets a slice");
    kid.area->slice_end_pc = (uint32_t)(uintptr_t)slow_saver;
    kid.area->slice_start_pc = (uint32_t)(uintptr_t)exos_slice_start;
    exos_yield(0);
    check(alive(kid.id) && public_of(kid.id)->excess >= 2, "it overstays, and owes slices");
    uint32_t owed = public_of(kid.id)->excess, forfeited = public_of(ME)->forfeited;
    check(public_of(ME)->excess == 0, "its maker owes none");
    kid_destroy(&kid);
    check(public_of(ME)->excess == owed, "it dies: its maker owes them now");
    struct aegis_result mine = sys_slice_alloc(at + 1);
    check(mine.status == 0 && sys_slice_give(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at + 1), mine.value, ME) == -E_TIME, "who owes cannot give a slice away");
    for (uint32_t i = 0; i <= owed; i++)
        exos_yield(0);
    check(public_of(ME)->excess == 0 && public_of(ME)->forfeited == forfeited + owed, "they are forfeited");
    check(sys_slice_give(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at + 1), mine.value, ME) == 0, "then it can");
    mine = sys_slice_alloc(at + 1);
    exos_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at + 1), mine.value);
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
