/* Who takes longer to save than it has grace pays: one slice forfeited for each excess, while the others get all of theirs. */

#include "kids.h"

/* A slice-end handler that takes 25000 instructions, two excess slices, before it saves. */
extern const char slow_end[];
asm(".text\nslow_end:\n\tmov $12500, %ecx\n1:\tdec %ecx\n\tjnz 1b\n\tjmp exos_slice_end\n");

int
main(void)
{
    enum { ROUNDS = 12 };
    check_begin("slow-saver");
    struct exos_env slow = kid_make(0), honest = kid_make(1);
    exos_env_start(&slow, counts, 1);
    exos_env_start(&honest, counts, 2);
    slow.area->slice_end_pc = (uint32_t)(uintptr_t)slow_end;
    check(exos_env_give_slice(&slow, free_position()) == 0 && exos_env_give_slice(&honest, free_position()) == 0, "a slow and an honest environment");
    uint32_t excess = 0;
    for (int i = 0; i < ROUNDS; i++) {
        exos_yield(0);
        excess = public_of(slow.id)->excess > excess ? public_of(slow.id)->excess : excess;
    }
    const volatile struct aegis_env_info *s = public_of(slow.id), *h = public_of(honest.id);
    check(alive(slow.id) && alive(honest.id), "both live");
    check(excess == 2, "its excess is public");
    check(s->slices + s->forfeited == ROUNDS && s->forfeited == 2 * ROUNDS / 3, "of three slices the slow one runs in one and forfeits two");
    check(h->slices == ROUNDS && h->forfeited == 0, "the honest one has all of its own");
    check(common[2] > 2 * common[1], "and gets more work done");
    check(kid_destroy(&slow) == 0 && kid_destroy(&honest) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
