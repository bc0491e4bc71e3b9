/* A child that takes all pages, all environments, all page tables: others keep what they have, and with the child everything comes back. */

#include "kids.h"

static int
takes_pages(uint64_t parent)
{
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page++)
        if (AEGIS_OWNERS_POINTER[page] == AEGIS_OWNER_FREE)
            common[1] += sys_page_alloc(page).status == 0;
    common[2] = AEGIS_INFO_POINTER->free_pages;
    common[3] = sys_env_create().status;
    kid_done(parent);
    return 0;
}

static int
takes_environments(uint64_t parent)
{
    common[4] = 0;
    for (struct aegis_result made = {0, 0}; made.status >= 0; common[4]++) {
        made = sys_env_create();
        common[100 + common[4]] = made.status;
        common[200 + common[4]] = made.value;
        common[5] = made.status;
    }
    kid_done(parent);
    return 0;
}

static int
takes_tables(uint64_t parent)
{
    struct aegis_cap cap;
    common[6] = exos_page_map((void *)0x50100000, AEGIS_READ, &cap);
    for (uint64_t at = 0x100000000; (common[8] = exos_page_protect((void *)at, AEGIS_READ, &cap)) == 0; at += 0x40000000)
        common[7]++;
    kid_done(parent);
    return 0;
}

int
main(void)
{
    static volatile uint64_t mine = 0x900d;
    check_begin("exhaust");
    struct exos_env kid = kid_make(0);
    uint32_t before = AEGIS_INFO_POINTER->free_pages;
    kid_run(&kid, takes_pages, ME);
    kid_wait(&kid);
    check(common[1] == before && common[2] == 0 && (long)common[3] == -E_QUOTA, "a child takes all pages; then there is no environment to be had");
    struct aegis_cap cap;
    check(exos_page_map((void *)0x50100000, AEGIS_READ, &cap) == -E_PAGE && mine == 0x900d, "there is none for us, but we have ours");
    check(sys_env_create().status == -E_QUOTA && sys_kernel_check() == 0, "nothing is left of what could not be made");
    check(kid_destroy(&kid) == 0 && AEGIS_INFO_POINTER->free_pages >= before, "with the child they all come back");
    kid = kid_make(0);
    uint32_t alive_before = AEGIS_INFO_POINTER->environments;
    kid_run(&kid, takes_environments, ME);
    kid_wait(&kid);
    check(AEGIS_INFO_POINTER->environments == AEGIS_ENVS && (long)common[5] == -E_QUOTA, "a child makes all environments");
    check(sys_env_create().status == -E_QUOTA && sys_kernel_check() == 0, "there is no more");
    check(kid_destroy(&kid) == 0, "the child is destroyed");
    bool destroyed = true;
    for (uint64_t i = 0; i + 1 < common[4]; i++)
        destroyed &= sys_env_destroy(AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, common[100 + i]), common[200 + i]) == 0;
    check(destroyed && AEGIS_INFO_POINTER->environments == alive_before - 1, "what it made can be destroyed with the capabilities that it handed over");
    kid = kid_make(0);
    before = AEGIS_INFO_POINTER->free_pages;
    kid_run(&kid, takes_tables, ME);
    kid_wait(&kid);
    check(common[6] == 0 && common[7] > 10 && (long)common[8] == -E_QUOTA, "a child takes page tables up to its quota");
    check(before - AEGIS_INFO_POINTER->free_pages < 70 && kid_destroy(&kid) == 0 && AEGIS_INFO_POINTER->free_pages >= before - 1, "that is all it costs, and they come back");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
