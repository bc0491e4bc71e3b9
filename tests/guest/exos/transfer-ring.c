/* Synchronous transfers around a ring take the slice round; when a member dies the slice goes back to its owner, and the ring does not hang. */

#include "kids.h"

/* Each member counts, and transfers on to whom a word of its scratch names; the last goes home. */
extern const char hop[];
asm(".text\n"
    "hop:\n\tincq common_word+8(%rip)\n\tmov 0x6ffff000 + 3072, %edi\n\tmov $8, %eax\n\tsyscall\n\tud2\n");
_Static_assert(AEGIS_AREA == 0x6ffff000, "a member's next is in its scratch");

#define NEXT(kid) (*(volatile uint32_t *)((volatile char *)(kid).area + 3072))
#define INTO(id) kid_transfer(AEGIS_SYS_pct_sync, id)

int
main(void)
{
    enum { MEMBERS = 3 };
    check_begin("transfer-ring");
    catch_all();
    struct exos_env kid[MEMBERS];
    for (int i = 0; i < MEMBERS; i++) {
        kid[i] = kid_make(i);
        kid[i].area->pct_sync_pc = (uint32_t)(uintptr_t)hop;
    }
    for (int i = 0; i < MEMBERS; i++)
        NEXT(kid[i]) = i + 1 < MEMBERS ? kid[i + 1].id : ME;
    AEGIS_AREA_POINTER->pct_sync_pc = (uint32_t)(uintptr_t)kid_home;
    INTO(kid[0].id);
    check(common[1] == MEMBERS && AEGIS_AREA_POINTER->caller == kid[MEMBERS - 1].id, "round the ring and home");
    check(AEGIS_INFO_POINTER->slices[0].runner == ME, "the slice is its owner's again");
    uint32_t start = AEGIS_AREA_POINTER->slice_start_pc;
    AEGIS_AREA_POINTER->slice_start_pc = (uint32_t)(uintptr_t)kid_home;
    kid[1].area->armed = 0; /* its first exception is its last */
    kid[1].area->pct_sync_pc = 0xfffffff0;
    INTO(kid[0].id);
    check(!alive(kid[1].id) && AEGIS_INFO_POINTER->slices[0].runner == ME, "when one dies on the way, the owner starts");
    kid[0].area->armed = 0;
    INTO(kid[0].id);
    check(!alive(kid[0].id) && AEGIS_INFO_POINTER->slices[0].runner == ME, "a transfer to the dead member is refused, and the refused dies of its ud2");
    NEXT(kid[2]) = kid[2].id; /* for ever to itself: only the end of the slice helps, and a single position has none */
    AEGIS_AREA_POINTER->slice_start_pc = start;
    struct aegis_result second = sys_slice_alloc(17);
    check(second.status == 0, "with a position of our own left,");
    uint64_t before = common[1];
    exos_env_start(&kid[2], counts, 2);
    sys_slice_give(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, 17), second.value, kid[2].id);
    kid[2].area->slice_start_pc = (uint32_t)(uintptr_t)hop;
    exos_yield(0);
    exos_yield(0);
    check(common[1] > before + 1000 && AEGIS_INFO_POINTER->slices[17].owner == kid[2].id, "one that transfers to itself for ever uses its own slices only");
    check(kid_destroy(&kid[2]) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
