/* The area's physical page is not the environment's own: it can be neither named, freed nor given away while the processor writes frames to it. */

#include "attack.h"

#define PROBE ((volatile uint64_t *)0x50000000)
#define SCRATCH ((volatile uint64_t *)(AEGIS_AREA + 2048))

int
main(void)
{
    check_begin("area-is-the-kernels");
    uint16_t me = AEGIS_OWNER_ENV + AEGIS_AREA_POINTER->env % AEGIS_ENVS;
    bool found = false;
    uint32_t mine = 0;
    *SCRATCH = 0xa4ea5ec2e7;
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page++) {
        if (AEGIS_OWNERS_POINTER[page] != me)
            continue;
        struct aegis_cap cap = {AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), sys_page_alloc(page).value};
        mine += exos_page_protect((void *)PROBE, AEGIS_READ, &cap) == 0;
        found |= PROBE[2048 / 8] == *SCRATCH;
    }
    check(mine >= AEGIS_STACK_PAGES, "the program's own pages can be named");
    check(!found, "the area is not among them");
    return check_end();
}
