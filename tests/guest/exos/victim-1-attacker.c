/* A program cannot get at another's pages: it tries each page that it does not own, by every means it has. Runs before victim-2-unharmed. */

#include "attack.h"

int
main(void)
{
    check_begin("victim-1-attacker");
    uint16_t me = AEGIS_AREA_POINTER->env;
    struct aegis_cap own;
    check(exos_page_map((void *)0x50000000, AEGIS_READ | AEGIS_WRITE, &own) == 0, "a page of its own");
    uint32_t others = 0, got = 0;
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page++) {
        uint16_t owner = AEGIS_OWNERS_POINTER[page];
        if (owner == me || owner == AEGIS_OWNER_FREE)
            continue;
        uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page);
        others += owner != AEGIS_OWNER_KERNEL;
        got += sys_page_alloc(page).status == 0;
        got += sys_page_bind(0x50001000 | AEGIS_WRITE, name, own.check) == 0;
        got += sys_page_bind(0x50001000 | AEGIS_WRITE, name, own.check + page - (uint32_t)own.name) == 0;
        got += sys_page_free(name, own.check) == 0;
    }
    check(others > 0, "there are pages of others to attack");
    check(got == 0, "none was allocated, bound or freed");
    return check_end();
}
