/* area-garbage.c - an area full of garbage, everywhere that the kernel reads it: exceptions, slices, transfers, revocation and saving go by it, and only its own environment suffers. */

#include "kids.h"

/* Fill the area in the way that `seed` says. */
static void
fill(volatile struct aegis_area *area, uint64_t seed)
{
    static const uint64_t edges[] = {0, ~0ul, 0xffffffff, KERNEL_ADDRESS, NON_CANONICAL, 0x8000000080000000, 0x7fffffff7fffffff, AEGIS_AREA | (uint64_t)AEGIS_AREA << 32};
    volatile uint64_t *words = (volatile uint64_t *)area;
    for (uint32_t i = 0; i < AEGIS_PAGE_SIZE / 8; i++) {
        seed = seed * 6364136223846793005 + 1442695040888963407;
        words[i] = seed >> 61 ? edges[seed >> 33 & 7] : seed;
    }
}

static bool
lives_through(uint64_t seed)
{
    struct exos_env kid = kid_make(0);
    uint32_t at = free_position(), id = kid.id;
    exos_env_give_slice(&kid, at);
    fill(kid.area, seed);
    sys_revoke(kid.cap.name, kid.cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | (seed & 1), 0, seed & 2 ? 1 : 0);
    sys_revoke(kid.cap.name, kid.cap.check, (uint64_t)AEGIS_CAP_SLICE << 32 | 1, 0, seed & 4 ? 1 : 0);
    if (seed & 8)
        sys_repossess(kid.cap.name, kid.cap.check);
    exos_yield(seed & 16 ? id : 0);
    if (alive(id))
        fill(kid.area, ~seed);
    exos_yield(0);
    bool ok = sys_kernel_check() == 0;
    if (alive(id))
        ok &= kid_destroy(&kid) == 0;
    return ok && !alive(id) && AEGIS_INFO_POINTER->slices[at].owner == 0;
}

int
main(void)
{
    check_begin("area-garbage");
    bool ok = true;
    for (uint64_t seed = 0; seed < 32; seed++)
        ok &= lives_through(seed);
    check(ok, "the kernel lives, and the environment can be destroyed");
    check(AEGIS_INFO_POINTER->slices[0].owner == ME && AEGIS_INFO_POINTER->slices[0].runner == ME, "our slice is ours");
    return check_end();
}
