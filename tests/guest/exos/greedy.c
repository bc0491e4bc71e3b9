/* Many slices, many environments, and re-creation do not take a slice from a victim that has one: its position comes round as before. */

#include "kids.h"

static int
greedy(uint64_t unused)
{
    (void)unused;
    while (sys_slice_alloc(free_position()).status == 0) /* all that are left */
        common[1]++;
    return counts(2);
}

int
main(void)
{
    check_begin("greedy");
    struct exos_env attacker = kid_make(0), victim = kid_make(1);
    exos_env_start(&attacker, greedy, 0);
    exos_env_start(&victim, counts, 3);
    uint32_t position = free_position();
    check(exos_env_give_slice(&attacker, position) == 0 && exos_env_give_slice(&victim, free_position()) == 0, "an attacker and a victim");
    exos_yield(0);
    exos_yield(0);
    check(common[1] == AEGIS_SLICES - 3, "the attacker takes all positions that are left");
    check(public_of(victim.id)->slices == 2, "the victim had one in each round");
    check(sys_slice_alloc(position).status == -E_SLICE && sys_slice_alloc(40).status == -E_SLICE, "none is left to take");
    exos_yield(0);
    check(public_of(victim.id)->slices == 3 && common[3] > 0, "and still has");
    check(kid_destroy(&attacker) == 0 && sys_slice_alloc(40).status == 0, "with the attacker they come back");
    check(kid_destroy(&victim) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
