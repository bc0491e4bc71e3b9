/* A program cannot get at another's pages: it tries each page that it does not own, by every means it has, while the other lives. */

#include "child.h"

#define SECRET ((void *)0x52000000)

int
main(void)
{
    check_begin("foreign-pages");
    uint16_t me = AEGIS_OWNER_ENV + AEGIS_AREA_POINTER->env % AEGIS_ENVS;
    struct aegis_cap own;
    struct child child = child_create();
    check(exos_page_map(SECRET, AEGIS_READ | AEGIS_WRITE, &own) == 0 && child.id, "a page, and somebody to give it to");
    *(volatile uint64_t *)SECRET = 0x5ec2e7;
    check(sys_page_give(own.name, own.check, child.id) == 0, "the page changes its owner");
    catch_all();
    check(CAUSE_OF("mov (%%rdi), %%rax", SECRET) == AEGIS_PAGE, "the old owner's binding is broken");
    check(sys_page_bind((uint64_t)SECRET | AEGIS_READ, own.name, own.check) == -E_CAP, "its capability is stale");
    uint32_t others = 0, got = 0;
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page++) {
        uint16_t owner = AEGIS_OWNERS_POINTER[page];
        if (owner == me || owner == AEGIS_OWNER_FREE)
            continue;
        uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page);
        others += owner != AEGIS_OWNER_KERNEL;
        got += sys_page_alloc(page).status == 0;
        got += sys_cap_mint(name).status == 0;
        got += sys_cap_attenuate(own.name, own.check, name).status == 0;
        got += sys_page_bind(0x50001000 | AEGIS_WRITE, name, own.check) == 0;
        got += sys_page_free(name, own.check) == 0;
        got += sys_page_give(name, own.check, AEGIS_AREA_POINTER->env) == 0;
        got += sys_page_renew(name, own.check).status == 0;
    }
    check(others == 1, "the child's page is there to attack");
    check(got == 0, "no page of another was allocated, bound, freed, given or renewed");
    return check_end();
}
