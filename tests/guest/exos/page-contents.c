/* Nobody sees what a page's last owner left, and a broken binding is broken at once. */

#include "attack.h"

#define PAGE ((volatile uint64_t *)0x50000000)

int
main(void)
{
    struct aegis_cap cap;
    check_begin("page-contents");
    catch_all();
    uint32_t free_before = AEGIS_INFO_POINTER->free_pages;
    check(exos_page_map((void *)PAGE, AEGIS_READ | AEGIS_WRITE, &cap) == 0, "a page is bound");
    check(PAGE[0] == 0 && PAGE[511] == 0, "a new page is zero");
    PAGE[0] = PAGE[511] = 0x5ec2e7;
    check(sys_page_free(cap.name, cap.check) == 0, "it is freed");
    check(CAUSE_OF("mov (%%rdi), %%rax", PAGE) == AEGIS_PAGE, "reading through the old address faults: no stale TLB entry");
    check(last_address == (uint64_t)PAGE, "the bad address is reported");

    struct aegis_result again = sys_page_alloc((uint32_t)cap.name);
    struct aegis_cap fresh = {cap.name, again.value};
    check(exos_page_protect((void *)PAGE, AEGIS_READ | AEGIS_WRITE, &fresh) == 0, "the same page is allocated and bound again");
    bool zero = true;
    for (int i = 0; i < 512; i++)
        zero &= PAGE[i] == 0;
    check(zero, "the old contents are gone");

    check(exos_page_protect((void *)PAGE, AEGIS_READ, &fresh) == 0, "the binding is made read-only");
    check(CAUSE_OF("movl $1, (%%rdi)", PAGE) == AEGIS_PAGE && last_error == 7, "writing faults at once (present, write, user)");
    check(CAUSE_OF("jmp *%%rdi", PAGE) == AEGIS_PAGE && last_error == 21, "executing it faults (present, fetch, user)");
    check(sys_page_unbind((uint64_t)PAGE, 1) == 1, "it is unbound");
    check(CAUSE_OF("mov (%%rdi), %%rax", PAGE) == AEGIS_PAGE && last_error == 4, "reading then faults: not present");
    check(sys_page_unbind((uint64_t)PAGE, 1) == 0, "it cannot be unbound twice");
    check(sys_page_free(fresh.name, fresh.check) == 0 && AEGIS_INFO_POINTER->free_pages + 3 >= free_before, "all came back but page tables");
    return check_end();
}
