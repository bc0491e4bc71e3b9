/* A broken binding is broken in every environment at once, whatever its TLB held. */

#include "kids.h"

#define PAGE ((volatile uint64_t *)0x52100000)

/* In the child: touch the page, let the parent break it, touch it again. */
static int
touches_twice(uint64_t parent)
{
    common[1] = CAUSE_OF("mov (%%rdi), %%rax", PAGE);
    exos_yield(parent);
    common[2] = CAUSE_OF("mov (%%rdi), %%rax", PAGE);
    common[3] = CAUSE_OF("movb $1, (%%rdi)", PAGE);
    return 0;
}

static long free_it(const struct aegis_cap *cap) { return sys_page_free(cap->name, cap->check); }
static long give_it(const struct aegis_cap *cap) { return sys_page_give(cap->name, cap->check, ME); }

static bool
breaks(long (*how)(const struct aegis_cap *cap))
{
    struct aegis_cap cap;
    struct exos_env kid = kid_make(0);
    bool made = exos_page_map((void *)PAGE, AEGIS_READ | AEGIS_WRITE, &cap) == 0 && exos_env_share(&kid, (void *)PAGE, 1, AEGIS_READ | AEGIS_WRITE) == 0;
    PAGE[0] = 7;
    kid_run(&kid, touches_twice, ME);
    bool first = (int)common[1] == NOTHING && how(&cap) == 0 && CAUSE_OF("mov (%%rdi), %%rax", PAGE) == AEGIS_PAGE;
    exos_yield(kid.id);
    return made && first && !alive(kid.id) && common[2] == AEGIS_PAGE && common[3] == AEGIS_PAGE;
}

int
main(void)
{
    check_begin("stale-bindings");
    catch_all();
    check(breaks(free_it), "freeing a page breaks its bindings in another environment too");
    check(breaks(give_it), "so does giving it away");
    struct aegis_cap cap;
    struct exos_env owner = kid_make(0), user = kid_make(1);
    check(exos_page_map((void *)PAGE, AEGIS_READ | AEGIS_WRITE, &cap) == 0, "a page");
    check(sys_page_bind_in((uint64_t)PAGE | AEGIS_READ, cap.name, cap.check, 0, user.cap.name, user.cap.check) == 0 && sys_page_give(cap.name, cap.check, owner.id) == 0, "belongs to one, is bound in two");
    kid_run(&user, touches_twice, ME);
    check(common[1] == AEGIS_PAGE, "given away, nobody has it bound any more");
    check(kid_destroy(&owner) == 0 && AEGIS_OWNERS_POINTER[(uint32_t)cap.name] == AEGIS_OWNER_FREE, "the owner dies, the page is free");
    check(sys_page_bind((uint64_t)PAGE | AEGIS_READ, cap.name, cap.check) == -E_CAP, "no capability for it is left");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
