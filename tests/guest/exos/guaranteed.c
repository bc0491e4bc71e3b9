/* A guaranteed binding is not evicted, whatever was bound there before; another environment's flood evicts nothing of ours; the quota holds. */

#include "cache.h"
#include "kids.h"

#define VA 0x50123000ul
#define BIND(va, flags) sys_page_bind((va) | (flags), cap.name, cap.check)
#define BOUND(va) (AEGIS_BINDINGS_POINTER[(va) >> 12] & 1)

static int
floods(uint64_t parent)
{
    struct aegis_cap cap;
    common[1] = exos_page_map((void *)VA, AEGIS_READ, &cap);
    uint32_t limit = AEGIS_INFO_POINTER->binding_limit;
    uint64_t first = 3 * limit / 8, last = 5 * limit / 8; /* sets where its own program is not */
    for (uint64_t round = 0; round < 4; round++)
        for (uint64_t i = first; i < last; i++)
            common[2] += BIND(0x100000000 + (round * limit + i) * 4096, AEGIS_READ) == 0;
    common[2] -= 4 * (last - first);
    common[3] = public_of(ME)->binding_evictions >= 3 * (last - first) && public_of(ME)->bindings <= limit + 64;
    kid_done(parent);
    return 0;
}

int
main(void)
{
    check_begin("guaranteed");
    struct aegis_cap cap;
    check(exos_page_map((void *)VA, AEGIS_READ, &cap) == 0 && BIND(VA, AEGIS_READ | AEGIS_GUARANTEED) == 0, "a binding becomes guaranteed");
    check(BIND(VA + 4096, AEGIS_READ) == 0 && cache_flood(VA, &cap) && BOUND(VA) && !BOUND(VA + 4096), "a flood of its set does not evict it, but what is not guaranteed");
    check(BIND(VA, AEGIS_READ) == 0 && BOUND(VA) && cache_flood(VA, &cap) && !BOUND(VA), "bound again without the guarantee it is evicted");
    uint32_t n = 0;
    while (BIND(0x60000000 + n * 4096ul, AEGIS_READ | AEGIS_GUARANTEED) == 0)
        n++;
    check(n == AEGIS_GUARANTEED_MAX, "there is a quota");
    check(sys_page_unbind(0x60000000, 1) == 1 && BIND(VA, AEGIS_READ | AEGIS_GUARANTEED) == 0 && BIND(VA + 4096, AEGIS_READ | AEGIS_GUARANTEED) == -E_QUOTA, "unbinding one frees one");
    struct exos_env kid = kid_make(0);
    uint32_t evictions = public_of(ME)->binding_evictions, bindings = public_of(ME)->bindings;
    kid_run(&kid, floods, ME);
    kid_wait(&kid);
    check(common[2] == 0 && common[3], "another environment floods its own cache");
    check(public_of(ME)->binding_evictions == evictions && public_of(ME)->bindings == bindings && BOUND(VA), "and evicts nothing of ours");
    check(sys_page_free(cap.name, cap.check) == 0 && !BOUND(VA), "the owner's freeing breaks a guaranteed one too");
    check(kid_destroy(&kid) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
