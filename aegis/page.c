/* page.c - physical pages; contract in page.h.
 *
 * The kernel never chooses a page for an application: applications ask by number, from the owner table that everyone may read.
 * Page-table entries are binding.c's business. Invariant: refs[p] = present bindings naming p, over all environments.
 */

#include "page.h"
#include "binding.h"
#include "capability.h"
#include "env.h"
#include "info.h"

#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/string.h>

static pageno_t count;
static u16 *owner; /* page-aligned: applications read it (AEGIS_OWNERS) */
static u32 *epoch;
static u32 *refs;

static u32
pages_for(u64 bytes)
{
    return (bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

void
page_init(void)
{
    count = info->page_count;
    assert(AEGIS_OWNERS + (u64)count * sizeof *owner <= AEGIS_GUARANTEED_END);
    owner = paging_direct(memory_take(pages_for(count * sizeof *owner)));
    epoch = paging_direct(memory_take(pages_for(count * sizeof *epoch)));
    refs = paging_direct(memory_take(pages_for(count * sizeof *refs)));
    for (pageno_t p = 0; p < count; p++) {
        owner[p] = memory_is_free(p) ? AEGIS_OWNER_FREE : AEGIS_OWNER_KERNEL;
        info->free_pages += owner[p] == AEGIS_OWNER_FREE;
    }
}

pa_t
page_owners_pages(u32 *npages)
{
    *npages = pages_for(count * sizeof *owner);
    return paging_physical(owner);
}

bool
page_take(pageno_t page, envid_t new_owner)
{
    if (page >= count || owner[page] != AEGIS_OWNER_FREE)
        return false;
    owner[page] = new_owner;
    epoch[page]++;
    info->free_pages--;
    memset(paging_direct((pa_t)page << PAGE_SHIFT), 0, PAGE_SIZE); /* nobody sees what the last owner left */
    return true;
}

pa_t
page_take_any(envid_t new_owner)
{
    for (pageno_t p = 0; p < count; p++)
        if (owner[p] == AEGIS_OWNER_FREE && page_take(p, new_owner))
            return (pa_t)p << PAGE_SHIFT;
    return 0;
}

void
page_release(pageno_t page)
{
    assert(page < count && owner[page] != AEGIS_OWNER_FREE);
    assert(refs[page] == 0);
    owner[page] = AEGIS_OWNER_FREE;
    epoch[page]++; /* every capability for it is stale from now on */
    info->free_pages++;
}

void
page_each_of(envid_t id, void (*visit)(pageno_t page))
{
    for (pageno_t p = 0; p < count; p++)
        if (owner[p] == id)
            visit(p);
}

bool
page_cap_grants(u64 name, u64 check, u8 rights)
{
    u32 page = capability_resource(name);
    return page < count && capability_grants(name, check, epoch[page], AEGIS_CAP_PAGE, rights);
}

void
page_ref(pageno_t page)
{
    refs[page]++;
}

void
page_unref(pageno_t page)
{
    assert(refs[page] > 0);
    refs[page]--;
}

u32
page_refs(pageno_t page)
{
    return refs[page];
}

/* Give the caller page number `page`, zeroed, with a capability for all rights; if it owns the page already, give the capability anew.
 * Returns 0 with the check word in rdx for the name AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), or -E_PAGE (no such page, not free). */
struct aegis_result
sys_page_alloc(u64 page)
{
    envid_t id = env_current()->id;
    if (page >= count || (owner[page] != id && !page_take(page, id)))
        return (struct aegis_result){-E_PAGE, 0};
    return (struct aegis_result){0, capability_mint(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), epoch[page])};
}

/* Free the page that the capability (name, check) names; it must grant AEGIS_OWN. All its bindings, in every environment, are broken first.
 * Returns 0 or -E_CAP. */
long
sys_page_free(u64 name, u64 check)
{
    if (!page_cap_grants(name, check, AEGIS_OWN))
        return -E_CAP;
    binding_break(capability_resource(name));
    page_release(capability_resource(name));
    return 0;
}
