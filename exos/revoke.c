/* revoke.c - what ExOS gives back, and how it goes on without; contract in exos/revoke.h. The upcall's mechanics are slice.S and revoke.S. */

#include <exos/memory.h>
#include <exos/revoke.h>
#include <exos/syscall.h>
#include <stddef.h>

enum { OFFERED_MAX = AEGIS_REPOSSESSED_MAX };

void exos_revoke_handle(void); /* called by revoke.S */
extern void exos_revoke_upcall(void);

unsigned exos_revoke_requests, exos_revoke_repossessions;

static struct exos_page *managed;
static unsigned nmanaged;

/* All capabilities ever offered: when one has been used, it is what the page is bound with again. */
static struct aegis_cap offered[OFFERED_MAX];
static unsigned noffered;

static void
give_back(struct exos_page *page)
{
    page->lost = sys_page_free(page->cap.name, page->cap.check) == 0;
}

/* Give `wanted` pages back: expendable ones first, from the end. */
static void
meet_request(uint32_t wanted)
{
    for (int round = 0; round < 2; round++)
        for (unsigned i = nmanaged; i-- > 0 && wanted > 0;)
            if (!managed[i].lost && managed[i].expendable == (round == 0)) {
                give_back(&managed[i]);
                wanted -= managed[i].lost;
            }
}

static struct exos_page *
find(uint32_t page)
{
    for (unsigned i = 0; i < nmanaged; i++)
        if (!managed[i].lost && (uint32_t)managed[i].cap.name == page)
            return &managed[i];
    return NULL;
}

static const struct aegis_cap *
find_offered(uint32_t page)
{
    for (unsigned i = 0; i < noffered; i++)
        if ((uint32_t)offered[i].name == page)
            return &offered[i];
    return NULL;
}

/* The page is gone by force. Where its contents were saved, they are bound in its place, and the program does not notice. */
static void
repair(uint32_t page, uint32_t saved)
{
    struct exos_page *lost = find(page);
    const struct aegis_cap *cap = find_offered(saved);
    if (!lost)
        return;
    lost->lost = !cap || exos_page_protect(lost->va, AEGIS_READ | AEGIS_WRITE, cap) < 0;
    if (!lost->lost)
        lost->cap = *cap;
}

void
exos_revoke_handle(void)
{
    volatile struct aegis_area *area = AEGIS_AREA_POINTER;
    uint32_t recorded = area->nrepossessed < AEGIS_REPOSSESSED_MAX ? area->nrepossessed : AEGIS_REPOSSESSED_MAX; /* one more: some were not (area.h) */
    for (uint32_t i = 0; i < recorded; i++, exos_revoke_repossessions++)
        if (area->repossessed[i].kind == AEGIS_CAP_PAGE)
            repair(area->repossessed[i].resource, area->repossessed[i].saved);
    area->nrepossessed = 0;
    if (area->wanted_pages == 0)
        return;
    exos_revoke_requests++;
    meet_request(area->wanted_pages);
    area->wanted_pages = 0;
}

void
exos_revoke_manage(struct exos_page *pages, unsigned n)
{
    managed = pages;
    nmanaged = n;
    AEGIS_AREA_POINTER->revoke_pc = AEGIS_AREA_POINTER->repossess_pc = (uint32_t)(uintptr_t)exos_revoke_upcall;
}

bool
exos_revoke_offer(struct aegis_cap cap)
{
    volatile struct aegis_area *area = AEGIS_AREA_POINTER;
    if (area->nsaves >= AEGIS_REPOSSESSED_MAX || noffered == OFFERED_MAX)
        return false;
    offered[noffered++] = cap;
    area->save[area->nsaves].name = cap.name;
    area->save[area->nsaves].check = cap.check;
    area->nsaves = area->nsaves + 1;
    return true;
}
