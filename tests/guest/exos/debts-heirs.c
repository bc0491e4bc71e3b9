/* debts-heirs.c - a maker without slices has nothing to forfeit for what its dead children owed: those that it has made since, or before, do it in its place. */

#include "debtor.h"

/* The friend that has our slice: lets us run in it, whenever it comes round. */
extern const char lets_us[];
asm(".text\nlets_us:\n\tmov common_word+8*30(%rip), %edi\n\tmov $10, %eax\n\tsyscall\n\tjmp lets_us\n");
_Static_assert(AEGIS_SYS_yield == 10, "lets_us says so");

int
main(void)
{
    check_begin("debts-heirs");
    common[30] = ME;
    struct exos_env kid, friend = kid_make(1);
    uint32_t at = free_position(), owed = debtor_make(&kid, at), mine = AEGIS_INFO_POINTER->slice;
    check(owed >= 2, "a child overstays, and owes slices");
    friend.area->slice_start_pc = (uint32_t)(uintptr_t)lets_us;
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, mine);
    check(sys_slice_give(name, sys_slice_alloc(mine).value, friend.id) == 0, "we give our only slice to another child, and run as its guest");
    check(kid_destroy(&kid) == 0 && public_of(ME)->excess == owed && public_of(ME)->forfeited == 0, "the first dies: we owe, and have no slice to forfeit");
    exos_yield(0);
    check(public_of(friend.id)->forfeited == owed, "so the other forfeits its own");
    check(public_of(ME)->excess == 0 && public_of(ME)->forfeited == 0, "and the debt is paid");
    uint32_t before = public_of(friend.id)->slices;
    exos_yield(0);
    check(public_of(friend.id)->slices == before + 1 && public_of(friend.id)->forfeited == owed, "once");
    check(sys_slice_alloc(free_position()).status == 0 && kid_destroy(&friend) == 0, "we get a slice again, and the friend dies");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
