/* A `syscall` as the very last instruction of a page whose successor is unmapped, the kernel's table, or beyond the user half: the kernel does not fault. */

#include "kids.h"

/* Put `syscall` at the end of the page at `va` and run it; what is raised, behind it, is the program's own. */
static int
at_end_of(uint64_t va, uint64_t *where)
{
    struct aegis_cap cap;
    if (exos_page_map((void *)va, AEGIS_READ | AEGIS_WRITE, &cap) < 0)
        return -2;
    ((volatile uint8_t *)va)[4094] = 0x0f;
    ((volatile uint8_t *)va)[4095] = 0x05;
    exos_page_protect((void *)va, AEGIS_READ | AEGIS_EXECUTE, &cap);
    int cause = CAUSE_OF("xor %%eax, %%eax\n\tjmp *%%rdi", va + 4094);
    *where = last_address;
    sys_page_free(cap.name, cap.check);
    return cause;
}

int
main(void)
{
    uint64_t where;
    check_begin("syscall-edges");
    catch_all();
    check(at_end_of(0x50100000, &where) == AEGIS_PAGE && where == 0x50101000, "before an unmapped page: a page fault there");
    check(at_end_of(AEGIS_USER_TOP - 0x1000, &where) == AEGIS_PAGE && where == AEGIS_USER_TOP, "at the end of the user half: the same");
    check(at_end_of(AEGIS_BINDINGS - 0x1000, &where) == AEGIS_PAGE && where == AEGIS_BINDINGS, "before the table of bindings: it is not code");
    check(at_end_of(AEGIS_AREA - 0x1000, &where) == AEGIS_PAGE && where == AEGIS_AREA, "before the area: it is not code");
    struct aegis_cap cap;
    check(exos_page_map((void *)0x50100000, AEGIS_READ, &cap) == 0, "a page");
    check(exos_page_protect((void *)AEGIS_USER_TOP, AEGIS_READ, &cap) == -E_ADDRESS, "the last page of the lower half cannot be bound");
    check(exos_page_protect((void *)0x7ffffffff000, AEGIS_READ, &cap) == -E_ADDRESS && exos_page_protect((void *)NON_CANONICAL, AEGIS_READ, &cap) == -E_ADDRESS, "nor what is behind it");
    check(exos_page_protect((void *)0, AEGIS_READ, &cap) == -E_ADDRESS, "nor the first, which is nobody's");
    check(CAUSE_OF("mov $0x7fffffffeffe, %%rcx\n\tpush %%rcx\n\tadd $8, %%rsp\n\tjmp *%%rcx", 0) == AEGIS_PAGE, "a jump there is a page fault");
    return check_end();
}
