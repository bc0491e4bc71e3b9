/* An environment that never saves its state at the end of its slice is destroyed after its excess; nobody else loses more than that, or anything at all. */

#include "kids.h"

extern const char spin_on[];
asm(".text\nspin_on:\n\tjmp spin_on\n");

int
main(void)
{
    check_begin("hog");
    uint32_t before = AEGIS_INFO_POINTER->free_pages;
    struct exos_env hog = kid_make(0);
    uint32_t position = free_position(), mine = public_of(ME)->slices, rounds = 0;
    exos_env_start(&hog, counts, 1);
    hog.area->slice_end_pc = (uint32_t)(uintptr_t)spin_on;
    check(hog.id && exos_env_give_slice(&hog, position) == 0, "an environment that will not save, with a slice of its own");
    for (; rounds < 20 && alive(hog.id); rounds++)
        exos_yield(0);
    check(!alive(hog.id), "it is destroyed");
    check(rounds == 1, "in its first slice");
    check(public_of(ME)->slices >= mine + rounds, "everybody else had all slices");
    check(AEGIS_INFO_POINTER->slices[position].owner == 0, "its position is free");
    struct exos_env none = kid_make(1);
    exos_env_start(&none, counts, 1);
    none.area->slice_end_pc = 0;
    exos_env_give_slice(&none, position);
    exos_yield(0);
    check(!alive(none.id), "so is one that has no handler");
    struct exos_env wild = kid_make(2);
    exos_env_start(&wild, counts, 1);
    wild.area->slice_end_pc = 0xfffffff0;
    exos_env_give_slice(&wild, position);
    for (rounds = 0; rounds < 20 && alive(wild.id); rounds++)
        exos_yield(0);
    check(!alive(wild.id) || public_of(wild.id)->forfeited > 0, "one whose handler is nowhere dies, or pays");
    if (alive(wild.id))
        kid_destroy(&wild);
    check(sys_kernel_check() == 0 && AEGIS_INFO_POINTER->free_pages <= before, "the kernel's tables are consistent");
    return check_end();
}
