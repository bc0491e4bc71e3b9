/* segments.c - what the dead left in segment registers and their bases is nobody's: who the kernel starts after them finds zeros. */

#include "kids.h"

static int
hides_secrets(uint64_t secret)
{
    asm volatile("mov %%ss, %%eax\n\tmov %%eax, %%ds\n\tmov %%eax, %%es\n\tmov %%eax, %%fs\n\tmov %%eax, %%gs\n\twrfsbase %0\n\twrgsbase %0" : : "r"(secret) : "eax");
    common[1] = secret;
    sys_env_exit(0);
    return 0;
}

int
main(void)
{
    uint64_t fs_base, gs_base;
    uint32_t selectors[4];
    check_begin("segments");
    struct exos_env kid = kid_make(0);
    kid_run(&kid, hides_secrets, 0x5ec2e75ec2e7);
    asm volatile("rdfsbase %0\n\trdgsbase %1\n\tmov %%ds, %2\n\tmov %%es, %3\n\tmov %%fs, %4\n\tmov %%gs, %5"
                 : "=r"(fs_base), "=r"(gs_base), "=r"(selectors[0]), "=r"(selectors[1]), "=r"(selectors[2]), "=r"(selectors[3]));
    check(common[1] == 0x5ec2e75ec2e7 && !alive(kid.id), "another environment has used them, and is dead");
    check(fs_base == 0 && gs_base == 0, "the bases are 0");
    check(!(selectors[0] | selectors[1] | selectors[2] | selectors[3]), "so are the selectors");
    return check_end();
}
