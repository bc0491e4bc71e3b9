/* Transfers to the dead, the half-built, the never entered, to nobody and to oneself: refused, or harmless. */

#include "kids.h"

#define TRY(number, target) kid_transfer(number, target)

static bool
all_refused(uint64_t id)
{
    return TRY(8, id) == -E_ENV && TRY(9, id) == -E_ENV && TRY(10, id) == -E_ENV;
}

int
main(void)
{
    check_begin("transfer-targets");
    struct aegis_result bare = sys_env_create();
    check(bare.status > 0 && all_refused(bare.status), "one that has no entries");
    struct exos_env dead = kid_make(0);
    dead.area->pct_sync_pc = dead.area->pct_async_pc = (uint32_t)(uintptr_t)kid_home;
    check(kid_destroy(&dead) == 0 && all_refused(dead.id), "the dead");
    struct exos_env next = kid_make(0);
    check(next.id % AEGIS_ENVS == dead.id % AEGIS_ENVS && all_refused(dead.id), "the dead, when another lives in its slot");
    bool nobody = true;
    for (uint64_t slot = 0; slot < AEGIS_ENVS; slot++)
        nobody &= all_refused(slot) && all_refused(slot ^ 0xffffffc0);
    check(nobody, "ids of nobody, in every slot");
    check(all_refused(ME ^ 1ul << 31) && all_refused(ME + AEGIS_ENVS), "ids that differ from one's own in a bit");
    AEGIS_AREA_POINTER->pct_sync_pc = AEGIS_AREA_POINTER->pct_async_pc = (uint32_t)(uintptr_t)kid_home;
    check(TRY(8, ME) == 0 && TRY(9, ME) == 0 && AEGIS_AREA_POINTER->caller == ME, "to oneself it arrives, from oneself");
    uint32_t start = AEGIS_AREA_POINTER->slice_start_pc;
    AEGIS_AREA_POINTER->slice_start_pc = (uint32_t)(uintptr_t)kid_home;
    check(TRY(10, ME) == 0, "a yield to oneself too");
    next.area->pct_sync_pc = 0xfffffffc; /* nothing is there, and its exceptions go nowhere */
    next.area->armed = 0;
    TRY(8, next.id);
    AEGIS_AREA_POINTER->slice_start_pc = start;
    check(!alive(next.id) && AEGIS_INFO_POINTER->slices[0].runner == ME, "one that dies of it: the slice comes back");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
