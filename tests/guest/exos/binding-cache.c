/* The page table is a bounded cache: binding an address evicts what its slot held, a guaranteed binding is never evicted, and the application can see it all. */

#include "attack.h"

#define BASE 0x100000000ul
#define PRESENT(va) (AEGIS_BINDINGS_POINTER[(va) >> 12] & 1)

int
main(void)
{
    check_begin("binding-cache");
    const volatile struct aegis_env_info *me = &AEGIS_INFO_POINTER->env[AEGIS_AREA_POINTER->env % AEGIS_ENVS];
    uint64_t span = AEGIS_INFO_POINTER->binding_limit * 4096ul;
    struct aegis_cap cap;
    check(span >= 4096 * 4096ul, "the cache has at least 4096 entries");
    check(exos_page_map((void *)BASE, AEGIS_READ | AEGIS_WRITE, &cap) == 0 && PRESENT(BASE), "a page is bound, and seen to be");
    *(volatile char *)BASE = 1;
    check(AEGIS_BINDINGS_POINTER[BASE >> 12] & 0x40, "that it is dirty can be read");
    uint32_t evictions = me->binding_evictions, bindings = me->bindings;
    check(exos_page_protect((void *)(BASE + span), AEGIS_READ, &cap) == 0, "another address with the same slot is bound");
    check(!PRESENT(BASE) && PRESENT(BASE + span) && me->binding_evictions == evictions + 1 && me->bindings == bindings, "the first was evicted, and counted");
    catch_all();
    check(CAUSE_OF("mov (%%rdi), %%al", BASE) == AEGIS_PAGE, "touching it is a miss, which the application gets");
    check(exos_page_protect((void *)BASE, AEGIS_READ | AEGIS_GUARANTEED, &cap) == 0 && PRESENT(BASE + span), "a guaranteed binding takes no slot");
    check(exos_page_protect((void *)(BASE + 2 * span), AEGIS_READ, &cap) == 0 && PRESENT(BASE) && !PRESENT(BASE + span), "and is not evicted");
    long status = 0;
    int guaranteed = 1;
    for (uint64_t va = BASE + 0x100000; status == 0; va += 4096)
        guaranteed += (status = exos_page_protect((void *)va, AEGIS_READ | AEGIS_GUARANTEED, &cap)) == 0;
    check(status == -E_QUOTA && guaranteed == AEGIS_GUARANTEED_MAX, "there are so many and no more");
    check(sys_page_unbind(BASE + 0x100000, 1) == 1 && exos_page_protect((void *)(BASE + 0x100000), AEGIS_READ | AEGIS_GUARANTEED, &cap) == 0, "one unbound makes room");
    check(CAUSE_OF("movq $0, (%%rdi)", AEGIS_BINDINGS + (BASE >> 9)) == AEGIS_PAGE, "the table cannot be written");
    check(CAUSE_OF("mov (%%rdi), %%rax", AEGIS_BINDINGS + (0xffff800000000000 >> 9 & 0x7ffffffff8)) == AEGIS_PAGE, "the kernel's half of it cannot be read");
    return check_end();
}
