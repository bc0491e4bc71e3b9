/* Environments are controlled by a genuine capability for exactly that environment, with the right to own, and by nothing else. */

#include "kids.h"

#define ENV(rights, id) AEGIS_CAP_NAME(AEGIS_CAP_ENV, rights, id)

static bool
refused(uint64_t name, uint64_t check)
{
    struct aegis_cap page;
    uint32_t free = free_pages(1);
    page.name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, free);
    page.check = sys_page_alloc(free).value;
    bool all = sys_env_area(0x53100000, name, check) == -E_CAP && sys_env_destroy(name, check) == -E_CAP && sys_repossess(name, check) == -E_CAP &&
               sys_revoke(name, check, (uint64_t)AEGIS_CAP_PAGE << 32 | 1, 0, 0) == -E_CAP &&
               sys_page_bind_in(0x53100000 | AEGIS_READ, page.name, page.check, 0, name, check) == -E_CAP;
    sys_page_free(page.name, page.check);
    return all;
}

static int
attacks_parent(uint64_t parent)
{
    uint64_t mine = sys_cap_mint(ENV(AEGIS_ALL, ME)).value;
    common[1] = sys_cap_mint(ENV(AEGIS_ALL, parent)).status == -E_CAP;
    common[2] = refused(ENV(AEGIS_ALL, parent), mine) && refused(ENV(AEGIS_ALL, parent), 0) && refused(ENV(AEGIS_ALL, parent), ~0ul);
    common[3] = sys_cap_attenuate(ENV(AEGIS_ALL, ME), mine, ENV(AEGIS_ALL, parent)).status == -E_CAP;
    return 0;
}

int
main(void)
{
    check_begin("forged-environment");
    struct exos_env kid = kid_make(0), other = kid_make(1);
    uint64_t name = kid.cap.name, genuine = kid.cap.check;
    check(kid.id && other.id, "two environments");
    bool flipped = true;
    for (int bit = 0; bit < 64; bit++)
        flipped &= refused(name, genuine ^ 1ul << bit) && refused(name ^ 1ul << bit, genuine);
    check(flipped, "with any bit of name or check flipped it is refused, by every call");
    check(refused(name, other.cap.check) && refused(other.cap.name, genuine), "one environment's capability is none for another");
    uint64_t weak = sys_cap_attenuate(name, genuine, ENV(AEGIS_READ, kid.id)).value;
    check(refused(ENV(AEGIS_READ, kid.id), weak), "without the right to own it controls nothing");
    check(sys_cap_attenuate(ENV(AEGIS_READ, kid.id), weak, name).status == -E_CAP, "the right does not come back");
    check(sys_cap_mint(AEGIS_CAP_RANGE(AEGIS_CAP_ENV, AEGIS_ALL, kid.id, 2)).status == -E_CAP && sys_cap_mint(AEGIS_CAP_RANGE(AEGIS_CAP_ENV, AEGIS_ALL, kid.id, 0)).status == -E_CAP,
          "there are no ranges of environments");
    uint64_t slice = sys_cap_mint(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, 0)).value;
    check(refused(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, 0), slice), "a slice's capability controls no environment");
    kid_run(&kid, attacks_parent, ME);
    check(common[1], "a child mints no capability of its parent");
    check(common[2], "nor does its own, or a guessed one, control the parent");
    check(common[3], "nor can its own be stretched to it");
    check(kid_destroy(&other) == 0 && refused(other.cap.name, other.cap.check), "the dead's capability is stale");
    struct exos_env next[2] = {kid_make(0), kid_make(1)};
    bool same = (next[0].id - other.id) % AEGIS_ENVS == 0 || (next[1].id - other.id) % AEGIS_ENVS == 0;
    check(same && refused(other.cap.name, other.cap.check), "also for who lives in its slot next");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
