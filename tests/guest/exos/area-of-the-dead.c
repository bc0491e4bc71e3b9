/* The area of a dead environment is bound nowhere: neither in its maker, nor in a third, nor is its page seen by the next. */

#include "kids.h"

#define THIRD_VIEW ((volatile struct aegis_area *)0x54100000)

static int
looks_twice(uint64_t parent)
{
    common[2] = sys_env_area((uint64_t)THIRD_VIEW, common[0], common[1]); /* the capability is plain data: handed over */
    common[3] = THIRD_VIEW->env;
    exos_yield(parent);
    common[4] = CAUSE_OF("mov (%%rdi), %%rax", THIRD_VIEW);
    return 0;
}

int
main(void)
{
    check_begin("area-of-the-dead");
    catch_all();
    uint32_t before = AEGIS_INFO_POINTER->free_pages;
    struct aegis_result victim = sys_env_create();
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, victim.status), weak = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_READ, victim.status);
    check(sys_env_area(0x54101000, name, victim.value) == 0 && sys_env_area(0x54102000, name, victim.value) == 0, "an area is bound twice");
    check(sys_env_area(0x54101000, weak, sys_cap_attenuate(name, victim.value, weak).value) == -E_CAP, "not with a weak capability");
    check(sys_env_area(AEGIS_AREA, name, victim.value) == -E_ADDRESS && sys_env_area(0x54101001, name, victim.value) == -E_ADDRESS && sys_env_area(DIRECT_MAP_ADDRESS, name, victim.value) == -E_ADDRESS,
          "not over one's own, misaligned, or in the kernel");
    uint64_t page = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, AEGIS_BINDINGS_POINTER[0x54101] >> 12 & 0xffffffff);
    check(sys_cap_mint(page).status == -E_CAP && sys_page_alloc((uint32_t)page).status == -E_PAGE, "its page cannot be named");
    check(sys_page_rights(0x54101000 | AEGIS_EXECUTE, 1) == -E_CAP, "nor made executable");
    struct exos_env third = kid_make(0);
    common[0] = name;
    common[1] = victim.value;
    kid_run(&third, looks_twice, ME);
    check(common[2] == 0 && common[3] == (uint64_t)victim.status, "a third has it too");
    check(sys_env_destroy(name, victim.value) == 0, "the environment dies");
    check(CAUSE_OF("mov (%%rdi), %%rax", 0x54101000) == AEGIS_PAGE && CAUSE_OF("movb $1, (%%rdi)", 0x54102000) == AEGIS_PAGE, "its area is gone here");
    exos_yield(third.id);
    check(common[4] == AEGIS_PAGE, "and there");
    check(sys_kernel_check() == 0 && before >= AEGIS_INFO_POINTER->free_pages, "the kernel's tables are consistent");
    return check_end();
}
