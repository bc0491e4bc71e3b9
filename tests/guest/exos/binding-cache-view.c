/* binding-cache-view.c - everybody's cache of bindings can be probed by whoever shows the well-known capability, and changed by nobody (claim K-22). */

#include "cache.h"
#include "kids.h"

#define VIEW 0x5a100000ul
#define THERE 0x54321000ul

/* Binds a page at THERE. */
static int
binds(uint64_t parent)
{
    exos_page_map((void *)THERE, AEGIS_READ | AEGIS_WRITE, NULL);
    exos_yield(parent);
    sys_page_unbind(THERE, 1);
    exos_yield(parent);
    return 0;
}

int
main(void)
{
    check_begin("binding-cache-view");
    struct aegis_cap cap = {AEGIS_INFO_POINTER->cache.name, AEGIS_INFO_POINTER->cache.check};
    struct exos_env kid = kid_make(0);
    uint32_t limit = AEGIS_INFO_POINTER->binding_limit, slot = (kid.id % AEGIS_ENVS) * limit + THERE % cache_span() / TABLE_BYTES * cache_ways(); /* the first of its set: it binds nothing else there */
    uint64_t first = slot * sizeof(struct aegis_binding) / AEGIS_PAGE_SIZE, name = AEGIS_CAP_RANGE(AEGIS_CAP_PAGE, AEGIS_READ, (uint32_t)cap.name + first, 1);
    struct aegis_result part = sys_cap_attenuate(cap.name, cap.check, name);
    check(part.status == 0 && sys_page_bind(VIEW, name, part.value) == 0, "the page of the cache that one slot of another environment lies in can be read");
    const volatile struct aegis_binding *seen = (const volatile struct aegis_binding *)(VIEW + slot * sizeof *seen % AEGIS_PAGE_SIZE);
    check(seen->last_byte < AEGIS_PAGE_SIZE, "nothing is bound through it");
    kid_run(&kid, binds, ME);
    check(seen->last_byte == THERE + AEGIS_PAGE_SIZE - 1, "the other binds a page through it: it shows");
    exos_yield(kid.id);
    check(seen->last_byte < AEGIS_PAGE_SIZE, "it unbinds it: that shows too");
    check(sys_page_bind(VIEW | AEGIS_WRITE, name, part.value) == -E_CAP && sys_page_rights(VIEW | AEGIS_WRITE, 1) == -E_CAP, "nobody may write it");
    check(sys_page_free(name, part.value) == -E_CAP && sys_page_renew(name, part.value).status == -E_CAP, "nor free it, nor make the capability stale for others");
    check(kid_destroy(&kid) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
