/* debts.c - excess slices are forfeited (claim K-5) whatever an environment does to be somebody else: it cannot give its slice away while it owes, and what the dead owed its maker pays. */

#include "debtor.h"

int
main(void)
{
    check_begin("debts");
    struct exos_env kid;
    uint32_t at = free_position(), owed = debtor_make(&kid, at), forfeited = public_of(ME)->forfeited;
    check(alive(kid.id) && owed >= 2, "a child overstays, and owes slices");
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
