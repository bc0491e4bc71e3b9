/* emergency.c - what an environment keeps is never taken; when even that is wanted it is told so, and can hand itself to a swap server (claim D-25). */

#include "kids.h"

enum { PAGES = 2 };

static struct aegis_cap kept[PAGES];

/* Entered by the kernel at the start of a slice: the pages go to the server, and this environment ends. */
static void
hand_over(void)
{
    for (int i = 0; i < PAGES; i++)
        common[5] += sys_page_give(kept[i].name, kept[i].check, common[3]) == 0;
    sys_env_exit(0);
}

/* common[6] and [7]: the pages that this one keeps. */
static int
keeps(uint64_t handler)
{
    for (int i = 0; i < PAGES; i++) {
        exos_page_map((void *)(0x54010000ul + i * 4096ul), AEGIS_READ | AEGIS_WRITE, &kept[i]);
        *(volatile uint64_t *)(0x54010000ul + i * 4096ul) = 4711;
        common[4] += sys_page_keep(kept[i].name, kept[i].check) == 0;
        common[6 + i] = (uint32_t)kept[i].name;
    }
    AEGIS_AREA_POINTER->emergency_pc = handler;
    while (exos_yield(common[3]) == 0)
        ;
    return 0;
}

static bool
demand(const struct exos_env *kid)
{
    return sys_revoke(kid->cap.name, kid->cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | PAGES, 0, 1) == 0 && sys_repossess(kid->cap.name, kid->cap.check) == 0;
}

int
main(void)
{
    check_begin("emergency");
    struct exos_env kid = kid_make(0);
    common[3] = ME;
    kid_run(&kid, keeps, (uint32_t)(uintptr_t)hand_over);
    check(common[4] == PAGES, "an environment keeps two pages");
    check(demand(&kid), "they are demanded, the deadline passes, and none is taken");
    check(exos_env_give_slice(&kid, free_position()) == 0, "it gets a slice");
    for (int i = 0; i < 4 && alive(kid.id); i++)
        exos_yield(0);
    check(!alive(kid.id) && common[5] == PAGES, "its emergency handler hands them over, and it ends");
    struct aegis_result cap = sys_cap_mint(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, common[7]));
    check(cap.status == 0 && sys_page_bind(0x54020000ul, AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, common[7]), cap.value) == 0, "they are the server's now");
    check(*(volatile uint64_t *)0x54020000ul == 4711, "with their contents");

    kid = kid_make(1);
    kid_run(&kid, keeps, 0);
    check(demand(&kid) && exos_env_give_slice(&kid, free_position()) == 0, "another that has no such handler");
    exos_yield(0);
    check(alive(kid.id) && public_of(kid.id)->pages == PAGES, "lives on, and has its pages");
    check(kid_destroy(&kid) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
