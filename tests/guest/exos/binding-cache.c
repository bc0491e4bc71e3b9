/* The page table is a bounded cache: when a set is full, the binding that was made first in it is evicted; a guaranteed one never is; and the application can see it all. */

#include "attack.h"
#include "cache.h"

#define BASE 0x100000000ul
#define PRESENT(va) (AEGIS_BINDINGS_POINTER[(va) >> 12] & 1)

int
main(void)
{
    check_begin("binding-cache");
    const volatile struct aegis_env_info *me = &AEGIS_INFO_POINTER->env[AEGIS_AREA_POINTER->env % AEGIS_ENVS];
    struct aegis_cap cap;
    check(AEGIS_INFO_POINTER->binding_limit >= 4096, "the cache has at least 4096 entries");
    check(exos_page_map((void *)BASE, AEGIS_READ | AEGIS_WRITE, &cap) == 0 && PRESENT(BASE), "a page is bound, and seen to be");
    *(volatile char *)BASE = 1;
    check(AEGIS_BINDINGS_POINTER[BASE >> 12] & 0x40, "that it is dirty can be read");
    uint32_t evictions = me->binding_evictions, bindings = me->bindings, misses = me->binding_misses, ways = cache_ways();
    bool stays = true;
    for (uint32_t i = 1; i < ways; i++)
        stays &= exos_page_protect((void *)(BASE + i * 4096ul), AEGIS_READ, &cap) == 0 && PRESENT(BASE);
    check(stays && me->binding_evictions == evictions && me->bindings == bindings + ways - 1, "it stands while its set fills");
    for (uint32_t i = 1; i < ways; i++)
        stays &= exos_page_protect((void *)(BASE + i * 4096ul), AEGIS_READ, &cap) == 0;
    check(stays && PRESENT(BASE) && me->binding_evictions == evictions && me->binding_misses == misses + ways - 1, "binding again what is bound evicts nothing");
    for (uint32_t i = 0; i < 2 * ways; i++)
        stays &= sys_page_unbind(BASE + 5 * 4096ul, 1) == 1 && exos_page_protect((void *)(BASE + cache_span()), AEGIS_READ, &cap) == 0 &&
                 sys_page_unbind(BASE + cache_span(), 1) == 1 && exos_page_protect((void *)(BASE + 5 * 4096ul), AEGIS_READ, &cap) == 0;
    check(stays && PRESENT(BASE) && me->binding_evictions == evictions, "what is unbound makes room, as often as one likes");
    check(exos_page_protect((void *)(BASE + cache_span()), AEGIS_READ, &cap) == 0, "one more address of the full set is bound");
    check(PRESENT(BASE + cache_span()) && me->binding_evictions == evictions + 1, "one was evicted, and counted");
    for (uint32_t i = 0; i < ways - 1; i++)
        stays &= exos_page_protect((void *)(BASE + 2 * cache_span() + i * 4096ul), AEGIS_READ, &cap) == 0 && PRESENT(BASE + cache_span());
    check(stays && !PRESENT(BASE) && me->bindings == bindings + ways - 1, "it stands until as many others have been bound as the set has ways");
    check(exos_page_protect((void *)(BASE + 3 * cache_span()), AEGIS_READ, &cap) == 0 && !PRESENT(BASE + cache_span()), "and no longer");
    catch_all();
    check(CAUSE_OF("mov (%%rdi), %%al", BASE) == AEGIS_PAGE, "touching it is a miss, which the application gets");
    check(exos_page_protect((void *)BASE, AEGIS_READ | AEGIS_GUARANTEED, &cap) == 0 && PRESENT(BASE + 2 * cache_span() + 4096), "a guaranteed binding takes no slot");
    check(cache_flood(BASE, &cap) && PRESENT(BASE), "and is not evicted");
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
