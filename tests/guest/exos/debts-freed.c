/* debts-freed.c - who owes slices cannot free its own, for an accomplice to take: it pays first. */

#include "debtor.h"

int
main(void)
{
    check_begin("debts-freed");
    struct exos_env kid;
    uint32_t at = free_position(), owed = debtor_make(&kid, at);
    check(owed >= 2 && kid_destroy(&kid) == 0 && public_of(ME)->excess == owed, "we owe slices");
    struct aegis_result mine = sys_slice_alloc(at);
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at);
    check(mine.status == 0 && sys_slice_free(name, mine.value) == -E_TIME, "a slice of ours is not freed");
    check(AEGIS_INFO_POINTER->slices[at].owner == ME && public_of(ME)->excess == owed, "and stays ours, and the debt too");
    for (uint32_t i = 0; i <= owed; i++)
        exos_yield(0);
    check(public_of(ME)->excess == 0 && exos_slice_free(name, mine.value) == 0 && AEGIS_INFO_POINTER->slices[at].owner == 0, "after it is paid it is freed");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
