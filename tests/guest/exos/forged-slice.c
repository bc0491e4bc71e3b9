/* A position of the slice vector is given, freed and re-owned by a genuine capability only. */

#include "kids.h"

#define SLICE(rights, position) AEGIS_CAP_NAME(AEGIS_CAP_SLICE, rights, position)

static bool
refused(uint64_t name, uint64_t check)
{
    return sys_slice_free(name, check) == -E_CAP && sys_slice_give(name, check, ME) == -E_CAP;
}

static int
attacks_parent(uint64_t position)
{
    common[1] = sys_slice_alloc(position).status == -E_SLICE && sys_slice_alloc(0).status == -E_SLICE;
    common[2] = sys_cap_mint(SLICE(AEGIS_ALL, position)).status == -E_CAP && sys_cap_mint(SLICE(AEGIS_ALL, 0)).status == -E_CAP;
    common[3] = refused(SLICE(AEGIS_ALL, position), 0) && refused(SLICE(AEGIS_ALL, 0), sys_cap_mint(AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, ME)).value);
    return 0;
}

int
main(void)
{
    check_begin("forged-slice");
    struct aegis_result five = sys_slice_alloc(5), six = sys_slice_alloc(6);
    uint64_t name = SLICE(AEGIS_ALL, 5);
    check(five.status == 0 && six.status == 0, "two positions");
    bool flipped = true;
    for (int bit = 0; bit < 64; bit++)
        flipped &= refused(name, five.value ^ 1ul << bit) && refused(name ^ 1ul << bit, five.value);
    check(flipped, "with any bit of name or check flipped it is refused");
    check(refused(name, six.value), "the capability of the next position is refused");
    uint64_t weak = sys_cap_attenuate(name, five.value, SLICE(AEGIS_READ, 5)).value;
    check(refused(SLICE(AEGIS_READ, 5), weak), "without the right to own it is refused");
    check(sys_cap_mint(AEGIS_CAP_RANGE(AEGIS_CAP_SLICE, AEGIS_ALL, 5, 2)).status == -E_CAP, "there are no ranges of slices");
    check(sys_slice_alloc(AEGIS_SLICES).status == -E_SLICE && sys_slice_alloc(~0ul).status == -E_SLICE && sys_slice_alloc(1ul << 32).status == -E_SLICE, "positions beyond the vector are refused");
    check(sys_cap_mint(SLICE(AEGIS_ALL, 7)).status == -E_CAP && sys_cap_mint(SLICE(AEGIS_ALL, 0xffffffff)).status == -E_CAP, "a free position, or none, has no capability");
    struct exos_env kid = kid_make(0);
    kid_run(&kid, attacks_parent, 5);
    check(common[1] && common[2] && common[3], "a child cannot take, mint or free its parent's");
    struct exos_env heir = kid_make(0);
    exos_env_start(&heir, counts, 4); /* so that it outlives a slice that it may get */
    check(sys_slice_give(name, five.value, heir.id) == 0 && refused(name, five.value), "given away, the old capability is stale");
    check(sys_slice_alloc(5).status == -E_SLICE && sys_cap_mint(name).status == -E_CAP, "and the old owner cannot get another");
    kid_destroy(&heir);
    check(sys_slice_alloc(5).status == 0 && refused(name, five.value), "freed and taken again, the old one stays stale");
    check(exos_slice_free(SLICE(AEGIS_ALL, 6), six.value) == 0 && refused(SLICE(AEGIS_ALL, 6), six.value), "freed, it is stale");
    check(sys_slice_give(name, sys_slice_alloc(5).value, kid.id) == -E_ENV && sys_slice_give(name, sys_slice_alloc(5).value, ~0ul) == -E_ENV, "it cannot be given to the dead or to nobody");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
