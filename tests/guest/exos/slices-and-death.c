/* Slices whose owner dies, also while another runs in them; slices given and freed while they run: nobody runs in a slice of the dead. */

#include "kids.h"

#define SLICE(position) AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, position)

static int
lends(uint64_t to)
{
    for (;;)
        common[1] += exos_yield(to) == 0;
    return 0;
}

static int
gives_its_own(uint64_t to)
{
    common[2] = sys_slice_give(SLICE(common[5]), sys_slice_alloc(common[5]).value, to);
    common[3] = AEGIS_INFO_POINTER->slices[common[5]].owner == to;
    common[4] = 1; /* it still runs: the next instance is the other's */
    return 0;
}

static int
frees_its_own(uint64_t position)
{
    sys_slice_free(SLICE(position), sys_slice_alloc(position).value);
    common[6] = 1; /* never */
    return 0;
}

int
main(void)
{
    check_begin("slices-and-death");
    uint32_t at = free_position();
    struct exos_env lender = kid_make(0);
    exos_env_start(&lender, lends, ME);
    check(exos_env_give_slice(&lender, at) == 0, "an environment that lends us its slice");
    while (AEGIS_INFO_POINTER->slice != at)
        exos_yield(0);
    uint32_t slices = public_of(ME)->slices;
    kid_destroy(&lender);
    check(!alive(lender.id) && AEGIS_INFO_POINTER->slice != at && AEGIS_INFO_POINTER->slices[at].owner == 0, "we destroy it while we run in it: the slice is gone");
    check(public_of(ME)->slices > slices, "and we go on in the next of our own");
    struct exos_env giver = kid_make(0), heir = kid_make(1);
    exos_env_start(&giver, gives_its_own, heir.id);
    exos_env_start(&heir, counts, 7);
    common[5] = at;
    check(exos_env_give_slice(&giver, at) == 0, "one that gives its slice away while it runs in it");
    exos_yield(0);
    check(common[2] == 0 && common[3] && common[4], "it does, and runs on in it to the end");
    exos_yield(0);
    check(common[7] > 0 && AEGIS_INFO_POINTER->slices[at].owner == heir.id, "the heir has the next instance");
    check(kid_destroy(&heir) == 0 && AEGIS_INFO_POINTER->slices[at].owner == 0, "and it is freed with the heir");
    struct exos_env freer = kid_make(2);
    exos_env_start(&freer, frees_its_own, at);
    check(exos_env_give_slice(&freer, at) == 0, "one that frees the slice it runs in");
    exos_yield(0);
    check(common[6] == 0 && alive(freer.id) && AEGIS_INFO_POINTER->slices[at].owner == 0, "ends there, and lives");
    check(exos_env_give_slice(&lender, at) == -E_ENV, "no slice is given to the dead");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
