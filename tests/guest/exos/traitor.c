/* A child that was handed much, and keeps it: stale capabilities of its parent's pages, slices and children do nothing once they were renewed, given or destroyed. */

#include "kids.h"

#define CAP(at) common[at], common[(at) + 1]

static int
uses_all(uint64_t parent)
{
    bool pages = sys_page_free(CAP(10)) == -E_CAP && sys_page_bind(0x50200000 | AEGIS_READ, CAP(10)) == -E_CAP && sys_page_give(CAP(10), ME) == -E_CAP && sys_page_renew(CAP(10)).status == -E_CAP &&
                 sys_page_keep(CAP(10)) == -E_CAP && sys_cap_attenuate(CAP(10), common[10]).status == -E_CAP;
    bool slices = sys_slice_free(CAP(12)) == -E_CAP && sys_slice_give(CAP(12), ME) == -E_CAP;
    bool environments = sys_env_destroy(CAP(14)) == -E_CAP && sys_env_area(0x50200000, CAP(14)) == -E_CAP;
    common[1] = pages;
    common[2] = slices;
    common[3] = environments;
    common[4] = sys_page_bind(0x50200000 | AEGIS_READ, CAP(16)) == 0 && *(volatile uint64_t *)0x50200000 == 0x600d;
    common[5] = sys_page_bind(0x50200000 | AEGIS_WRITE, CAP(16)) == -E_CAP && sys_page_free(CAP(16)) == -E_CAP && sys_page_rights(0x50200000 | AEGIS_WRITE, 1) == -E_CAP;
    exos_yield(parent);
    common[6] = CAUSE_OF("mov (%%rdi), %%rax", 0x50200000);
    common[7] = (int)CAUSE_OF("movb $0, (%%rdi)", 0x50200000);
    return 0;
}

static void
hand(int at, uint64_t name, uint64_t check)
{
    common[at] = name;
    common[at + 1] = check;
}

int
main(void)
{
    check_begin("traitor");
    catch_all();
    struct exos_env kid = kid_make(0);
    struct aegis_cap page, other;
    check(exos_page_map((void *)0x50300000, AEGIS_READ | AEGIS_WRITE, &page) == 0 && exos_page_map((void *)0x50301000, AEGIS_READ | AEGIS_WRITE, &other) == 0, "two pages");
    *(volatile uint64_t *)0x50301000 = 0x600d;
    hand(10, page.name, page.check);
    uint64_t slice = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, 9), weak = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_READ, (uint32_t)other.name);
    hand(12, slice, sys_slice_alloc(9).value);
    struct aegis_result third = sys_env_create();
    hand(14, AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, third.status), third.value);
    hand(16, weak, sys_cap_attenuate(other.name, other.check, weak).value);
    check(sys_page_renew(page.name, page.check).status == 0, "the page is renewed");
    check(sys_slice_give(slice, common[13], ME) == 0, "the slice is given to ourselves");
    check(sys_env_destroy(CAP(14)) == 0, "the third is destroyed");
    kid_run(&kid, uses_all, ME);
    check(common[1], "stale pages");
    check(common[2], "stale slices");
    check(common[3], "stale environments");
    check(common[4], "a genuine capability to read works for anybody");
    check(common[5], "but only to read");
    check(sys_page_free(other.name, other.check) == 0, "the page is freed");
    exos_yield(kid.id);
    check(common[6] == AEGIS_PAGE && common[7] == AEGIS_PAGE, "the child's binding is broken");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
