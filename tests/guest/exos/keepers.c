/* keepers.c - the promise that a page is never taken (claim D-25) is for ten pages of one's own: it is not had for another's, by stale words, more often, or for good. */

#include "kids.h"

#define REVOKE_ALL(kid) (sys_revoke((kid).cap.name, (kid).cap.check, (uint64_t)AEGIS_CAP_PAGE << 32 | public_of((kid).id)->pages, 0, 1) == 0 ? sys_repossess((kid).cap.name, (kid).cap.check) : -100)

/* Takes twenty pages, keeps what it can by every means, and tells how many that were. */
static int
hoards(uint64_t parent)
{
    struct aegis_cap many, stale;
    AEGIS_AREA_POINTER->repossess_pc = AEGIS_AREA_POINTER->revoke_pc = AEGIS_AREA_POINTER->emergency_pc = 0;
    exos_page_alloc(20, &many);
    exos_page_alloc(1, &stale);
    uint32_t first = many.name;
    struct aegis_result fresh = sys_page_renew(stale.name, stale.check);
    common[2] = sys_page_keep(stale.name, stale.check) == -E_CAP && sys_page_keep(many.name, many.check) == -E_QUOTA;
    common[3] = sys_page_keep(common[10], common[11]) == -E_PAGE; /* our parent's, by a genuine capability */
    for (uint32_t i = 0; i < 20; i++) {
        uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, first + i);
        common[4] += sys_page_keep(name, sys_cap_mint(name).value) == 0;
    }
    common[5] = sys_page_keep(stale.name, fresh.value) == -E_QUOTA;
    common[6] = sys_page_free(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, first), sys_cap_mint(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, first)).value) == 0;
    common[7] = sys_page_keep(stale.name, fresh.value) == -E_QUOTA;
    common[8] = first;
    exos_yield(parent);
    return 0;
}

int
main(void)
{
    check_begin("keepers");
    struct aegis_cap ours;
    check(exos_page_alloc(1, &ours) == 0, "a page of ours");
    common[10] = ours.name;
    common[11] = ours.check;
    struct exos_env kid = kid_make(0);
    kid_run(&kid, hoards, ME);
    check(common[2], "stale words, and more than ten at once, keep nothing");
    check(common[3], "nor is another's page kept, by a genuine capability");
    check(common[4] == AEGIS_KEPT && common[5], "ten can be kept, one by one");
    check(common[6] && common[7], "and who frees one has nine");
    check(REVOKE_ALL(kid) > 0 && public_of(kid.id)->pages == AEGIS_KEPT - 1, "nine are left when all are taken");
    struct aegis_result next = sys_page_alloc(common[8]);
    struct exos_env heir = kid_make(1);
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, common[8]);
    check(next.status == 0 && sys_page_give(name, next.value, heir.id) == 0 && REVOKE_ALL(heir) == 1, "the one that was freed is taken from its next owner");
    check(kid_destroy(&kid) == 0 && kid_destroy(&heir) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
