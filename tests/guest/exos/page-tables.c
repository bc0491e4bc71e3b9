/* An environment sees its own page table, and that is all: it can neither write it, name, take or bind its pages, nor look through it at the kernel's. */

#include "kids.h"

#define WINDOW(va) (AEGIS_BINDINGS + ((va) >> 12) * 8)

static bool
out_of_reach(uint32_t page)
{
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page);
    return sys_page_alloc(page).status == -E_PAGE && sys_cap_mint(name).status == -E_CAP && sys_page_bind(0x50100000 | AEGIS_READ, name, 0) == -E_CAP && sys_page_free(name, 0) == -E_CAP;
}

int
main(void)
{
    check_begin("page-tables");
    catch_all();
    struct aegis_cap cap;
    check(exos_page_map((void *)0x50100000, AEGIS_READ | AEGIS_WRITE, &cap) == 0, "a page");
    check((*(volatile uint64_t *)WINDOW(0x50100000) >> 12 & 0xffffffff) == (uint32_t)cap.name, "its entry can be read");
    check(CAUSE_OF("movb $7, (%%rdi)", WINDOW(0x50100000)) == AEGIS_PAGE && last_error == 7, "not written");
    check(CAUSE_OF("jmp *%%rdi", WINDOW(0x50100000)) == AEGIS_PAGE, "not executed");
    uint64_t table = *(volatile uint64_t *)WINDOW(WINDOW(0x50100000));
    check((table & 1) && AEGIS_OWNERS_POINTER[table >> 12 & 0xffffffff] == AEGIS_OWNER_KERNEL, "through the window the table's own page is known");
    check(out_of_reach(table >> 12 & 0xffffffff), "it can be neither taken, named, bound nor freed");
    check(CAUSE_OF("movb $7, (%%rdi)", WINDOW(WINDOW(0x50100000))) == AEGIS_PAGE && CAUSE_OF("movb $7, (%%rdi)", WINDOW(WINDOW(WINDOW(0x50100000)))) == AEGIS_PAGE, "no level of it can be written");
    check(CAUSE_OF("mov (%%rdi), %%rax", AEGIS_BINDINGS + (KERNEL_ADDRESS >> 12 & 0xfffffffff) * 8) == AEGIS_PAGE, "the window does not show the kernel's tables");
    check(sys_page_bind(AEGIS_BINDINGS | AEGIS_READ, cap.name, cap.check) == -E_ADDRESS && sys_page_bind((AEGIS_BINDINGS_END - 4096) | AEGIS_READ, cap.name, cap.check) == -E_ADDRESS, "nothing is bound over it");
    check(sys_console_write((void *)AEGIS_BINDINGS, 8) == -E_ADDRESS, "the kernel does not read it for us");
    check(out_of_reach(0xfee00) && out_of_reach(0xfec00) && out_of_reach(0xb8) && out_of_reach(0) && out_of_reach(0x100) && out_of_reach(0xf0), "devices, firmware and the kernel's image are out of reach too");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
