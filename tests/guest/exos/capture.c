/* Who was given the rest of a slice cannot pass its future on: the slice comes back to its owner; nor can who has given a slice away take it back so. */

#include "kids.h"

/* The visitor transfers to its friend, synchronously, and the friend works for ever. */
uint64_t friend_id;
extern const char passes_on[], works_on[];
asm(".text\npasses_on:\n\tmov friend_id(%rip), %rdi\n\tmov $8, %eax\n\tsyscall\n\tud2\nworks_on:\n\tincq common_word+8(%rip)\n\tjmp works_on\n");
_Static_assert(AEGIS_SYS_pct_sync == 8, "passes_on transfers");

static int
gives_and_grabs(uint64_t heir)
{
    sys_slice_give(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, common[5]), sys_slice_alloc(common[5]).value, heir);
    AEGIS_AREA_POINTER->pct_sync_pc = (uint32_t)(uintptr_t)kid_home;
    common[6] = kid_transfer(AEGIS_SYS_pct_sync, ME);
    common[7] = AEGIS_INFO_POINTER->slices[common[5]].runner == heir;
    return 0;
}

int
main(void)
{
    check_begin("capture");
    struct exos_env accomplice = kid_make(1);
    friend_id = accomplice.id;
    accomplice.area->pct_sync_pc = (uint32_t)(uintptr_t)works_on;
    struct exos_env visitor = kid_make(0);
    visitor.area->slice_start_pc = visitor.area->pct_async_pc = visitor.area->pct_sync_pc = (uint32_t)(uintptr_t)passes_on;
    uint32_t mine = AEGIS_INFO_POINTER->slice;
    check(exos_yield(visitor.id) == 0 && common[1] > 0, "a slice that was yielded comes back");
    check(AEGIS_INFO_POINTER->slices[mine].runner == ME, "and is ours");
    uint64_t before = common[1];
    check(exos_pct_async(visitor.id) == 0 && common[1] > before && AEGIS_INFO_POINTER->slices[mine].runner == ME, "so is one given by an asynchronous transfer");
    struct exos_env giver = kid_make(2), heir = kid_make(3);
    common[5] = free_position();
    exos_env_start(&giver, gives_and_grabs, heir.id);
    exos_env_start(&heir, counts, 8);
    exos_env_give_slice(&giver, common[5]);
    exos_yield(0);
    exos_yield(0);
    check(common[6] == 0 && common[7], "a slice given away is not taken back by a transfer while it still runs");
    check(common[8] > 0 && AEGIS_INFO_POINTER->slices[common[5]].owner == heir.id, "its new owner has it");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
