/* Taking all pages, or all page tables, ends in an error; everything comes back when the program ends (the kernel checks that at its end). */

#include "attack.h"

#define REGION(i) ((void *)(0x100000000ul + (uint64_t)(i) * 0x40000000ul))

int
main(void)
{
    check_begin("limits");
    struct aegis_cap cap;
    check(exos_page_map((void *)0x50000000, AEGIS_READ, &cap) == 0, "one page");
    long status = 0;
    int tables = 0;
    for (; tables < 1000 && status == 0; tables++)
        status = exos_page_protect(REGION(tables), AEGIS_READ, &cap);
    check(status == -E_QUOTA, "page tables have a quota");
    check(exos_page_protect((void *)0x50001000, AEGIS_READ, &cap) == 0, "a binding that needs no new table still works");

    uint32_t mine = 0;
    for (uint32_t page = 0; page < AEGIS_INFO_POINTER->page_count; page++)
        if (AEGIS_OWNERS_POINTER[page] == AEGIS_OWNER_FREE)
            mine += sys_page_alloc(page).status == 0;
    check(mine > 1000 && AEGIS_INFO_POINTER->free_pages == 0, "all free pages can be had");
    check(exos_page_map((void *)0x50002000, AEGIS_READ, NULL) == -E_PAGE, "then there is none left");
    check(exos_page_protect(REGION(2000), AEGIS_READ, &cap) == -E_QUOTA, "and no page table");
    return check_end();
}
