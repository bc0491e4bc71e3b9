/* idle.c - a slice that nobody needs passes with the processor halted: it takes its time, and no instructions; who has other slices, and others, run on. */

#include "kids.h"

/* How many of this environment's quanta pass during `n` idle slices, to the nearest. */
static uint64_t
quanta(int n)
{
    uint64_t start = now();
    for (int i = 0; i < n; i++)
        exos_idle();
    return (now() - start + AEGIS_QUANTUM / 2) / AEGIS_QUANTUM;
}

int
main(void)
{
    check_begin("idle");
    check(quanta(3) == 3, "alone, an idle environment sleeps a quantum at a time");
    struct exos_env kid = kid_make(0);
    exos_env_start(&kid, counts, 8);
    uint32_t at = free_position();
    check(exos_env_give_slice(&kid, at) == 0, "another has a slice");
    exos_yield(0);
    uint64_t before = common[8];
    check(quanta(2) == 4 && common[8] > before + 1000, "it runs while this one sleeps, and each has its time");
    kid_destroy(&kid);
    check(quanta(1) == 1, "when it is dead, nothing wakes this one early");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
