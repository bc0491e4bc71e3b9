/* 512 pages can be bound as one; freeing any of them breaks the whole; it mixes with small bindings only one way: not at all. */

#include "attack.h"

#define LARGE 0x80000000ul
#define SIZE 0x200000ul

static uint32_t
take_512(struct aegis_cap *cap)
{
    for (uint32_t first = 512; first + 512 <= AEGIS_INFO_POINTER->page_count; first += 512) {
        uint32_t n = 0;
        while (n < 512 && AEGIS_OWNERS_POINTER[first + n] == AEGIS_OWNER_FREE)
            n++;
        if (n < 512)
            continue;
        for (n = 0; n < 512; n++)
            sys_page_alloc(first + n);
        cap->name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_ALL, first, 512);
        cap->check = sys_cap_mint(cap->name).value;
        return first;
    }
    return 0;
}

int
main(void)
{
    struct aegis_cap cap = {0, 0}, small;
    check_begin("large-binding");
    catch_all();
    uint32_t first = take_512(&cap);
    check(first != 0, "512 aligned pages are had");
    check(sys_page_bind(LARGE | AEGIS_WRITE | AEGIS_LARGE, cap.name, cap.check) == 0, "and bound as one");
    *(volatile uint64_t *)(LARGE + SIZE - 8) = 77;
    check(sys_page_bind((LARGE + SIZE) | AEGIS_READ, cap.name, cap.check) == 0 && *(volatile uint64_t *)(LARGE + 2 * SIZE - 8) == 77, "the same pages bound one by one show the same memory");
    check(sys_page_bind((LARGE + 0x1000) | AEGIS_LARGE, cap.name, cap.check) == -E_ADDRESS, "the address must be aligned");
    check(sys_page_bind((LARGE + SIZE) | AEGIS_LARGE, cap.name, cap.check) == -E_ADDRESS, "small bindings are in the way");
    check(exos_page_map((void *)0x50000000, AEGIS_READ, &small) == 0, "a small page");
    check(exos_page_protect((void *)(LARGE + 0x3000), AEGIS_READ, &small) == -E_ADDRESS, "a large binding is in the way of a small one");
    check(sys_page_bind(0x90000000 | AEGIS_LARGE, small.name, small.check) == -E_ADDRESS, "one page is not 512");
    check(sys_page_rights(LARGE | AEGIS_READ, 1) == -E_ADDRESS, "its rights cannot be changed in part");
    check(sys_console_write((void *)(LARGE + SIZE - 1), 0) == 0, "the kernel can read it");
    uint64_t alias = AEGIS_BINDINGS + (LARGE >> 9); /* where the table of small bindings would be seen */
    check(CAUSE_OF("mov (%%rdi), %%al", alias) == NOTHING, "the memory shows where its table would");
    uint64_t one = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, first + 300);
    check(sys_page_free(one, sys_cap_mint(one).value) == 0, "one of the pages is freed");
    check(CAUSE_OF("mov (%%rdi), %%al", LARGE) == AEGIS_PAGE, "the whole large binding is broken");
    check(CAUSE_OF("mov (%%rdi), %%al", alias) == AEGIS_PAGE, "and no stale view of it is left there");
    check(CAUSE_OF("mov (%%rdi), %%al", LARGE + SIZE) == NOTHING && CAUSE_OF("mov (%%rdi), %%al", LARGE + SIZE + 300 * 4096) == AEGIS_PAGE, "of the small ones, that one");
    check(sys_page_bind((LARGE + SIZE) | AEGIS_READ, cap.name, cap.check) == -E_CAP, "the range's capability is stale");
    check(sys_page_unbind(LARGE + SIZE, 512) == 511, "the rest is unbound");
    check(sys_page_alloc(first + 300).status == 0, "the page is had again");
    cap.check = sys_cap_mint(cap.name).value;
    check(sys_page_bind((LARGE + SIZE) | AEGIS_READ | AEGIS_LARGE, cap.name, cap.check) == 0, "where the table has become empty, a large binding can go");
    check(*(volatile uint64_t *)(LARGE + 2 * SIZE - 8) == 77 && sys_page_unbind(LARGE + SIZE + 0x5000, 1) == 512, "it reads, and goes whole");
    return check_end();
}
