/* guaranteed-revoked.c - a guaranteed binding is the kernel's promise not to displace it, not to keep a page from its owner: freed, given, taken by force or left by the dead, it is gone. */

#include "kids.h"

#define HERE ((volatile uint64_t *)0x52100000)

static struct aegis_cap shown; /* of the kid's page, as it handed it to us */

/* Owns a page, shows its capability, and does to it what it is told. */
static int
owns(uint64_t parent)
{
    struct aegis_cap cap;
    exos_page_map((void *)0x52200000, AEGIS_READ | AEGIS_WRITE, &cap);
    *(volatile uint64_t *)0x52200000 = 0x5ec2e7;
    common[1] = cap.name;
    common[2] = cap.check;
    exos_yield(parent);
    common[3] = common[4] == 1 ? sys_page_free(cap.name, cap.check) : common[4] == 2 ? sys_page_give(cap.name, cap.check, ME) : 0;
    exos_yield(parent);
    return 0;
}

enum { FREES = 1, GIVES, IS_REVOKED, DIES };

static bool
is_gone(unsigned how, unsigned flags)
{
    struct exos_env kid = kid_make(0);
    common[4] = how;
    kid_run(&kid, owns, ME);
    shown = (struct aegis_cap){common[1], common[2]};
    bool bound = sys_page_bind((uintptr_t)HERE | AEGIS_READ | flags, shown.name, shown.check) == 0 && *HERE == 0x5ec2e7;
    if (how == IS_REVOKED)
        bound &= sys_revoke(kid.cap.name, kid.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | public_of(kid.id)->pages, 0, 1) == 0 && sys_repossess(kid.cap.name, kid.cap.check) > 0;
    else if (how != DIES)
        exos_yield(kid.id);
    if (alive(kid.id))
        kid_destroy(&kid);
    return bound && CAUSE_OF("mov (%%rdi), %%rax", HERE) == AEGIS_PAGE && sys_page_bind((uintptr_t)HERE | AEGIS_READ | flags, shown.name, shown.check) == -E_CAP;
}

int
main(void)
{
    check_begin("guaranteed-revoked");
    struct aegis_cap mine;
    catch_all();
    check(is_gone(FREES, AEGIS_GUARANTEED), "freed by its owner");
    check(is_gone(GIVES, AEGIS_GUARANTEED), "given away by its owner");
    check(is_gone(IS_REVOKED, AEGIS_GUARANTEED), "taken from its owner by force");
    check(is_gone(DIES, AEGIS_GUARANTEED), "left behind by its owner");
    check(is_gone(FREES, AEGIS_REFILLED) && is_gone(GIVES, AEGIS_REFILLED) && is_gone(IS_REVOKED, AEGIS_REFILLED) && is_gone(DIES, AEGIS_REFILLED), "nor is it refilled");
    uint32_t n = 0;
    exos_page_alloc(1, &mine);
    while (sys_page_bind((0x60000000 + n * 4096ul) | AEGIS_READ | AEGIS_GUARANTEED, mine.name, mine.check) == 0)
        n++;
    check(n == AEGIS_GUARANTEED_MAX, "each made room for another");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
