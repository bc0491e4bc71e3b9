/* An environment that is in a long system call whenever its slice ends, or its time to save, pays for what that takes: it forfeits as many slices (claim K-5), and its neighbour has its share. */

#include "hogs.h"

/* The same behind the end of a slice: its slice_end_pc. */
extern const char calls_late[];
asm(".text\ncalls_late:\n\tmov $0x100000000, %rdi\n\tmov $0x4000, %esi\n\tmov $5, %eax\n\tsyscall\n\tjmp exos_slice_end\n");
_Static_assert(AEGIS_SYS_page_unbind == 5, "calls_late says so");

/* A victim beside a hog that runs `function(argument)`, and ends its slices at `end` if that is not 0. */
static void
share(int (*function)(uint64_t), uint64_t argument, const char *end)
{
    enum { ROUNDS = 16, SLACK = 8 /* in 100 */ };
    struct exos_env hog = kid_make(0), victim = kid_make(1);
    exos_env_start(&hog, function, argument);
    exos_env_start(&victim, counts, 1);
    if (end)
        hog.area->slice_end_pc = (uint32_t)(uintptr_t)end;
    check(exos_env_give_slice(&hog, free_position()) == 0 && exos_env_give_slice(&victim, free_position()) == 0, "a hog and a victim");
    uint64_t start = now();
    for (int i = 0; i < ROUNDS; i++)
        exos_yield(0);
    uint64_t its = public_of(victim.id)->slices * (uint64_t)AEGIS_QUANTUM, others = now() - start - its;
    check(public_of(victim.id)->slices == ROUNDS && public_of(victim.id)->forfeited == 0, "the victim has all of its slices");
    check(alive(hog.id) && public_of(hog.id)->excess <= AEGIS_EXCESS_MAX, "the hog lives, and owes no more than it may");
    check(public_of(hog.id)->forfeited > 0, "it has forfeited slices");
    uint64_t owed = public_of(hog.id)->excess * (uint64_t)AEGIS_QUANTUM;
    check(others < its + its * SLACK / 100 + owed, "and has had no more of the processor than the victim, but for what it owes");
    check(kid_destroy(&hog) == 0 && kid_destroy(&victim) == 0, "both go");
    while (public_of(ME)->excess) /* what the hog still owed */
        exos_yield(0);
}

static int
spins(uint64_t unused)
{
    while (unused == 0)
        BUSY(1000);
    return 0;
}

int
main(void)
{
    check_begin("hog-calls");
    uint64_t start = now();
    check(sys_page_unbind(NOTHING_THERE, 0xffff) == 0 && now() - start > AEGIS_GRACE, "there is a call that takes longer than a grace");
    share(calls, 0, 0);
    share(spins, 0, calls_late);
    struct exos_env accomplice = kid_make(2);
    exos_env_start(&accomplice, calls, 0);
    share(lets, accomplice.id, 0);
    check(kid_destroy(&accomplice) == 0, "so does the accomplice");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
