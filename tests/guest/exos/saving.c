/* While its slice is over and it saves its state, an environment can neither transfer nor yield its way to more time. */

#include "kids.h"

/* At the end of the slice: try sync, async and yield to the parent; note what they say; then save as one should. Stackless: rdx, rsi are lost. */
uint64_t parent;
extern const char tries[];
asm(".text\n"
    "tries:\n\tmov parent(%rip), %rdi\n\tmov $8, %eax\n\tsyscall\n\tmov %rax, %rsi\n"
    "\tmov $9, %eax\n\tsyscall\n\tand %rax, %rsi\n\tmov $10, %eax\n\tsyscall\n\tand %rax, %rsi\n\tmov %rsi, common_word+16(%rip)\n"
    "\tmov 0x6ffff084, %edi\n\tmov $10, %eax\n\tsyscall\n\tmov %rax, common_word+24(%rip)\n\tjmp exos_slice_end\n");
_Static_assert(AEGIS_SYS_pct_sync == 8 && AEGIS_SYS_pct_async == 9 && AEGIS_SYS_yield == 10, "the handler above calls them");
_Static_assert(AEGIS_AREA + offsetof(struct aegis_area, env) == 0x6ffff084, "and reads its own id");

int
main(void)
{
    check_begin("saving");
    parent = ME;
    AEGIS_AREA_POINTER->pct_sync_pc = AEGIS_AREA_POINTER->pct_async_pc = AEGIS_AREA_POINTER->slice_start_pc;
    struct exos_env kid = kid_make(0);
    exos_env_start(&kid, counts, 1);
    kid.area->slice_end_pc = (uint32_t)(uintptr_t)tries;
    check(exos_env_give_slice(&kid, free_position()) == 0, "an environment with a slice");
    exos_yield(0);
    check((long)common[2] == -E_ENV, "its transfers and its yield are refused while it saves");
    check((long)common[3] == -E_ENV, "also a yield to itself, which would start its slice anew");
    check(alive(kid.id) && public_of(kid.id)->excess == 0, "that cost it nothing else");
    check(kid_destroy(&kid) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
