/* debtor.h - an environment that owes excess slices (claim K-5). */
#ifndef DEBTOR_H
#define DEBTOR_H

#include "kids.h"

/* Takes excess slices at its first slice end, and then behaves. */
static int
overstays(uint64_t unused)
{
    while (unused == 0)
        BUSY(1000);
    return 0;
}

/* Its slice_end_pc: saves nothing for more than three graces, then is done. */
static void
slow_saver(void)
{
    if (common[5]++ == 0)
        BUSY(AEGIS_GRACE * 3 + AEGIS_GRACE / 2);
    for (;;)
        sys_slice_done();
}

/* Make one with position `at`, let it run into debt, and return how much it owes: two slices at least if all went well. */
static inline uint32_t
debtor_make(struct exos_env *kid, uint32_t at)
{
    *kid = kid_make(0);
    common[5] = 0;
    struct aegis_result slice = sys_slice_alloc(at);
    exos_env_start(kid, overstays, 0);
    if (sys_slice_give(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at), slice.value, kid->id) < 0)
        return 0;
    kid->area->slice_end_pc = (uint32_t)(uintptr_t)slow_saver;
    kid->area->slice_start_pc = (uint32_t)(uintptr_t)exos_slice_start;
    exos_yield(0);
    return public_of(kid->id)->excess;
}

#endif
