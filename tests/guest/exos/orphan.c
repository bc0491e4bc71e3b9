/* Whoever made an environment may mint its capability; when the maker is dead, its own maker may; whoever comes to live in its slot may not. */

#include "kids.h"

static int
makes_one(uint64_t unused)
{
    (void)unused;
    struct aegis_result made = sys_env_create();
    common[1] = made.status;
    common[2] = sys_cap_mint(AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, made.status)).status;
    exos_yield(0); /* stays, so that its own end does not matter */
    return 0;
}

static int
claims_it(uint64_t id)
{
    common[3] = sys_cap_mint(AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, id)).status;
    return 0;
}

int
main(void)
{
    check_begin("orphan");
    struct exos_env maker = kid_make(0);
    kid_run(&maker, makes_one, 0);
    check(alive(common[1]) && common[2] == 0, "the maker mints its child's capability");
    check(kid_destroy(&maker) == 0 && alive(common[1]), "the maker dies, the child does not");
    struct exos_env heir = kid_make(0);
    check(heir.id % AEGIS_ENVS == maker.id % AEGIS_ENVS, "another environment has the maker's slot");
    kid_run(&heir, claims_it, common[1]);
    check((long)common[3] == -E_CAP, "and has no claim on the child");
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, common[1]);
    struct aegis_result ours = sys_cap_mint(name);
    check(ours.status == 0 && sys_env_destroy(name, ours.value) == 0, "the maker's maker has, and can destroy it");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
