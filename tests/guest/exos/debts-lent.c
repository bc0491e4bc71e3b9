/* debts-lent.c - who owes slices cannot let an accomplice have them by a synchronous transfer: a slice is forfeited if who runs in it owes, or else if its owner does. */

#include "debtor.h"

/* The accomplice: runs whenever it can, and saves at once. */
extern const char works[], saves[];
asm(".text\nworks:\n\tincq common_word+8*20(%rip)\n\tjmp works\nsaves:\n\tmov $11, %eax\n\tsyscall\n");
_Static_assert(AEGIS_SYS_slice_done == 11, "saves says so");

int
main(void)
{
    check_begin("debts-lent");
    struct exos_env kid, friend = kid_make(1);
    friend.area->pct_sync_pc = friend.area->slice_start_pc = (uint32_t)(uintptr_t)works;
    friend.area->slice_end_pc = (uint32_t)(uintptr_t)saves;
    uint32_t at = free_position(), owed = debtor_make(&kid, at), forfeited = public_of(ME)->forfeited;
    check(owed >= 2 && kid_destroy(&kid) == 0 && public_of(ME)->excess == owed, "we owe slices");
    struct aegis_result other = sys_slice_alloc(at);
    uint32_t start = AEGIS_AREA_POINTER->slice_start_pc, lent = AEGIS_INFO_POINTER->slice, owe = public_of(ME)->excess;
    AEGIS_AREA_POINTER->slice_start_pc = (uint32_t)(uintptr_t)kid_home;
    long entered = kid_transfer(AEGIS_SYS_pct_sync, friend.id); /* comes back when a slice starts in which we run: the other one */
    AEGIS_AREA_POINTER->slice_start_pc = start;
    check(other.status == 0 && entered == 0 && common[20] > 0 && AEGIS_INFO_POINTER->slices[lent].runner == friend.id && AEGIS_INFO_POINTER->slice != lent, "the accomplice has one of our two slices, and runs");
    check(public_of(ME)->excess == 0 && public_of(ME)->forfeited == forfeited + owed, "we have forfeited what we owed");
    check(owe >= 2 && public_of(friend.id)->slices <= owe / 2, "and the slices that it runs in among them");
    check(kid_destroy(&friend) == 0 && AEGIS_INFO_POINTER->slices[lent].runner == ME, "it dies, the slice comes back");
    exos_slice_free(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at), other.value);
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
