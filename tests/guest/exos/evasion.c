/* Revocation cannot be evaded: not by a full repossession vector, nor by naming pages as save places; and saving writes no page that the capability does not grant. */

#include "kids.h"

enum { PAGES = AEGIS_REPOSSESSED_MAX };
#define REVOKE(kid, kind, n, ticks) sys_revoke((kid).cap.name, (kid).cap.check, (uint64_t)(kind) << 32 | (n), 0, ticks)
#define REPOSSESS(kid) sys_repossess((kid).cap.name, (kid).cap.check)

/* Own PAGES pages; common[10] on: their numbers. Then, by `how`: 1 fill the vector, 2 name all as save places, 3 name a victim's page and a stale capability. */
static int
owns_pages(uint64_t how)
{
    volatile struct aegis_area *area = AEGIS_AREA_POINTER;
    for (uint32_t page = 512, n = 0; n < PAGES; page++) {
        struct aegis_result r = AEGIS_OWNERS_POINTER[page] == AEGIS_OWNER_FREE ? sys_page_alloc(page) : (struct aegis_result){-1, 0};
        if (r.status < 0)
            continue;
        area->save[n].name = how == 2 ? AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page) : common[1];
        area->save[n].check = how == 2 ? r.value : common[2] ^ (n & 1 ? 0 : 1ul << n);
        common[10 + n++] = page;
    }
    area->nsaves = how == 1 ? 0xffffffff : PAGES;
    area->nrepossessed = how == 1 ? 0xffffffff : 0;
    exos_yield(common[3]);
    return 0;
}

/* Own PAGES pages, be told to give them back, and call one's own demand off. */
static int
revokes_itself(uint64_t unused)
{
    (void)unused;
    owns_pages(2);
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, ME), check = sys_cap_mint(name).value;
    common[4] = sys_revoke(name, check, (uint64_t)AEGIS_CAP_PAGE << 32, 0, 0) == 0 && sys_revoke(name, check, (uint64_t)AEGIS_CAP_SLICE << 32, 0, ~0ul) == 0;
    exos_yield(common[3]);
    return 0;
}

static bool
cannot_call_it_off(void)
{
    struct exos_env kid = kid_make(0);
    common[3] = ME;
    common[4] = 0;
    kid_run(&kid, revokes_itself, 0);
    bool asked = public_of(kid.id)->pages == PAGES && REVOKE(kid, AEGIS_CAP_PAGE, PAGES, 1000000) == 0;
    exos_yield(kid.id);
    while (REPOSSESS(kid) == -E_TIME)
        ;
    bool lost = public_of(kid.id)->pages == 0;
    return asked && common[4] && lost && kid_destroy(&kid) == 0;
}

/* Give as many as it must, and get them back in time from a friend; an enemy's gifts would cost it pages of its own. */
static bool
takes_no_gifts(void)
{
    struct exos_env kid = kid_make(0);
    struct aegis_cap gift;
    common[3] = ME;
    kid_run(&kid, owns_pages, 2);
    bool made = exos_page_map((void *)0x50200000, AEGIS_READ | AEGIS_WRITE, &gift) == 0 && REVOKE(kid, AEGIS_CAP_PAGE, 0, 1ul << 40) == 0;
    uint32_t at = free_position();
    struct aegis_result slice = sys_slice_alloc(at);
    uint64_t name = AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, at);
    bool refused = sys_page_give(gift.name, gift.check, kid.id) == -E_TIME && sys_slice_give(name, slice.value, kid.id) == -E_TIME;
    bool called_off = REVOKE(kid, AEGIS_CAP_PAGE, 0, 0) == 0 && sys_page_give(gift.name, gift.check, kid.id) == 0;
    return exos_slice_free(name, slice.value) == 0 && kid_destroy(&kid) == 0 && made && refused && called_off;
}

static bool
loses_all(struct exos_env *kid, uint64_t how)
{
    *kid = kid_make(how);
    common[3] = ME;
    kid_run(kid, owns_pages, how);
    return public_of(kid->id)->pages == PAGES && REVOKE(*kid, AEGIS_CAP_PAGE, PAGES, 1) == 0 && REPOSSESS(*kid) == PAGES && public_of(kid->id)->pages == 0;
}

int
main(void)
{
    check_begin("evasion");
    struct exos_env kid;
    struct aegis_cap cap;
    check(exos_page_map((void *)0x50100000, AEGIS_READ | AEGIS_WRITE, &cap) == 0, "a page of a victim's");
    *(volatile uint64_t *)0x50100000 = 0x5ec2e7;
    common[1] = cap.name;
    common[2] = cap.check;
    check(sys_page_renew(cap.name, cap.check).status == 0, "whose capability is stale");
    check(loses_all(&kid, 1), "a full vector and a garbage count keep nothing back");
    check(kid_destroy(&kid) == 0 && loses_all(&kid, 2), "nor do pages that are all save places");
    check(kid_destroy(&kid) == 0 && loses_all(&kid, 3), "nor do forged and stale save places");
    check(*(volatile uint64_t *)0x50100000 == 0x5ec2e7, "and nothing was written to the victim's page");
    kid_destroy(&kid);
    check(cannot_call_it_off(), "nor does calling one's own demand off");
    check(takes_no_gifts(), "while a deadline stands nobody can be given what it would lose others for");
    kid = kid_make(0);
    check(REVOKE(kid, AEGIS_CAP_PAGE, 1, 0) == -E_QUOTA && REVOKE(kid, AEGIS_CAP_SLICE, 1, 0) == -E_QUOTA, "what it does not have cannot be revoked");
    check(REVOKE(kid, AEGIS_CAP_ENV, 0, 0) == -E_CAP && REVOKE(kid, 0, 0, 0) == -E_CAP && REVOKE(kid, 255, 0, 0) == -E_CAP && REVOKE(kid, AEGIS_CAP_PAGE, 0xffffffff, 0) == -E_QUOTA, "no other kind, no absurd count");
    check(REVOKE(kid, AEGIS_CAP_PAGE, 0, ~0ul) == 0 && REPOSSESS(kid) == -E_TIME, "a deadline that overflows is far, not past");
    check(REVOKE(kid, AEGIS_CAP_PAGE, 0, 0) == 0, "and is called off");
    uint32_t at = free_position();
    struct aegis_result own = sys_slice_alloc(at + 1); /* the kid's are on either side of ours */
    exos_env_start(&kid, counts, 4);
    check(exos_env_give_slice(&kid, at) == 0 && exos_env_give_slice(&kid, at + 2) == 0 && own.status == 0, "two slices");
    while (AEGIS_INFO_POINTER->slice != at + 1)
        exos_yield(0);
    check(REVOKE(kid, AEGIS_CAP_SLICE, 1, 1) == 0, "one is revoked, due as the other starts");
    exos_yield(0);
    check(AEGIS_INFO_POINTER->slices[at].owner != AEGIS_INFO_POINTER->slices[at + 2].owner && sys_kernel_check() == 0, "one of them is taken, and nobody runs in it");
    check(kid_destroy(&kid) == 0 && sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
