/* page.c - physical pages; contract in page.h.
 *
 * The kernel never chooses a page for an application: applications ask by number, from the owner table that everyone may read.
 * Page-table entries are binding.c's business. Invariant: page_refs[p] = present bindings naming p, over all environments.
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

pageno_t page_count;
static pageno_t first; /* the lowest that was ever free: searches begin here, so that their cost does not depend on the payload's size */
static pageno_t search; /* where page_take_any() goes on */
static u16 *owner; /* page-aligned: applications read it (AEGIS_OWNERS) */
u64 *page_epochs;
u32 *page_refs;
u64 *page_hint;

static u32
pages_for(u64 bytes)
{
    return (bytes + PAGE_SIZE - 1) >> PAGE_SHIFT;
}

void
page_init(void)
{
    page_count = info->page_count;
    assert(AEGIS_OWNERS + (u64)page_count * sizeof *owner <= AEGIS_GUARANTEED_END);
    owner = paging_direct(memory_take(pages_for(page_count * sizeof *owner)));
    page_epochs = paging_direct(memory_take(pages_for(page_count * sizeof *page_epochs)));
    page_refs = paging_direct(memory_take(pages_for(page_count * sizeof *page_refs)));
    page_hint = paging_direct(memory_take(pages_for(page_count * sizeof *page_hint)));
    memory_settle();
    for (pageno_t p = 0; p < page_count; p++) {
        owner[p] = memory_is_free(p) ? AEGIS_OWNER_FREE : AEGIS_OWNER_KERNEL;
        if (owner[p] == AEGIS_OWNER_FREE && info->free_pages++ == 0)
            first = search = p;
    }
}

pa_t
page_owners_pages(u32 *npages)
{
    *npages = pages_for(page_count * sizeof *owner);
    return paging_physical(owner);
}

/* How many pages the owner `who`, an environment, has. */
static u32 *
count_of(u16 who)
{
    return &info->env[who - AEGIS_OWNER_ENV].pages;
}

/* Inline: the heart of allocation and of freeing. */
__attribute__((always_inline)) static inline void
set_owner(pageno_t page, u16 who)
{
    if (owner[page] >= AEGIS_OWNER_ENV)
        --*count_of(owner[page]);
    if (who >= AEGIS_OWNER_ENV)
        ++*count_of(who);
    owner[page] = who;
    page_epochs[page]++;
}

/* Nobody sees what the last owner left. */
static void
zero(pageno_t page)
{
    void *at = paging_direct((pa_t)page << PAGE_SHIFT);
    u64 words = PAGE_SIZE / sizeof(u64);
    asm volatile("rep stosq" : "+D"(at), "+c"(words) : "a"(0) : "memory");
}

bool
page_take(u64 page, u16 who)
{
    if (page >= page_count || owner[page] != AEGIS_OWNER_FREE)
        return false;
    set_owner(page, who);
    info->free_pages--;
    page_hint[page] = 0;
    zero(page);
    return true;
}

/* Free pages that are all zero, the last released on top. One that has been taken since is no longer what its mark says. */
enum { ZEROED_MAX = 256 };
static pageno_t zeroed[ZEROED_MAX];
static u32 nzeroed;

static bool
is_zeroed(pageno_t page)
{
    return owner[page] == AEGIS_OWNER_FREE && page_hint[page] == PAGE_HINT_ZERO;
}

void
page_release_zero(pageno_t page)
{
    page_release(page);
    page_hint[page] = PAGE_HINT_ZERO;
    if (nzeroed < ZEROED_MAX)
        zeroed[nzeroed++] = page;
}

static pa_t
take_zeroed(u16 who)
{
    while (nzeroed > 0) {
        pageno_t page = zeroed[--nzeroed];
        if (!is_zeroed(page))
            continue;
        page_hint[page] = 0;
        set_owner(page, who);
        info->free_pages--;
        return (pa_t)page << PAGE_SHIFT;
    }
    return 0;
}

pa_t
page_take_any(u16 who)
{
    pa_t zeroed = take_zeroed(who);
    if (zeroed)
        return zeroed;
    for (pageno_t tried = 0; tried < page_count; tried++, search++) {
        if (search == page_count)
            search = first;
        if (page_take(search, who))
            return (pa_t)search << PAGE_SHIFT;
    }
    return 0;
}

void
page_search_again(void)
{
    nzeroed = 0;
    search = first;
}

void
page_release(pageno_t page)
{
    assert(page < page_count && owner[page] != AEGIS_OWNER_FREE && page_refs[page] == 0);
    set_owner(page, AEGIS_OWNER_FREE);
    info->free_pages++;
}

bool
page_is_of(pageno_t page, u16 who)
{
    return page < page_count && owner[page] == who;
}

bool
page_next_of(u16 who, pageno_t *page)
{
    if (*page < first)
        *page = first;
    for (const u16 *o = owner + *page, *end = owner + page_count; o < end; o++)
        if (*o == who) {
            *page = o - owner;
            return true;
        }
    return false;
}

void
page_each_of(u16 who, void (*visit)(pageno_t page))
{
    const u32 *left = &info->env[who - AEGIS_OWNER_ENV].pages; /* no need to look on when it has none left */
    for (pageno_t p = first; p < page_count && *left > 0; p++)
        if (owner[p] == who)
            visit(p);
}

bool
page_epoch(u64 name, u64 *sum)
{
    u64 first = capability_first(name), n = capability_count(name);
    if (n == 0 || first + n > page_count)
        return false;
    *sum = 0;
    for (const u64 *e = page_epochs + first, *end = e + n; e < end; e++)
        *sum += *e;
    return true;
}

bool
page_owned(u64 name, u16 who)
{
    u64 first = capability_first(name), n = capability_count(name);
    if (n == 0 || first + n > page_count)
        return false;
    while (n > 0 && owner[first + n - 1] == who)
        n--;
    return n == 0;
}

/* Give the caller page number `page`, zeroed, with a capability for all rights; if it owns the page already, give the capability anew.
 * Returns 0 with the check word in rdx for the name AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), or -E_PAGE (no such page, not free). */
struct aegis_result
sys_page_alloc(u64 page)
{
    u16 me = env_owner(env_current());
    if (page >= page_count || (owner[page] != me && !page_take(page, me)))
        return (struct aegis_result){-E_PAGE, 0};
    return (struct aegis_result){0, capability_mint(AEGIS_CAP_NAME(AEGIS_CAP_PAGE, AEGIS_ALL, page), page_epochs[page])};
}

/* Give the environment that (env_name, env_check) controls the pages that `name` names, at most AEGIS_ALLOC_MAX, zeroed: charged to it, whoever asks.
 * Returns 0 with the check word of `name`, with the rights that it says, in rdx; -E_CAP (not its capability, or `name` is no page name), -E_QUOTA (too many), or -E_PAGE
 * (one does not exist or is not free). Then nothing has changed. */
struct aegis_result
sys_page_alloc_in(u64 name, u64 env_name, u64 env_check)
{
    struct env *env = env_by_cap(env_name, env_check);
    u64 sum;
    if (!env || capability_kind(name) != AEGIS_CAP_PAGE)
        return (struct aegis_result){-E_CAP, 0};
    if (capability_count(name) > AEGIS_ALLOC_MAX)
        return (struct aegis_result){-E_QUOTA, 0};
    if (!page_owned(name, AEGIS_OWNER_FREE))
        return (struct aegis_result){-E_PAGE, 0};
    for (u32 i = 0; i < capability_count(name); i++)
        page_take(capability_first(name) + i, env_owner(env));
    page_epoch(name, &sum);
    return (struct aegis_result){0, capability_mint(name, sum)};
}

/* All that the capability (name, check), which must grant AEGIS_OWN, names: its bindings are broken in every environment, then `then` is done. */
static long
for_each_owned(u64 name, u64 check, void (*then)(pageno_t page, u16 who), u16 who)
{
    if (!page_cap_grants(name, check, AEGIS_OWN))
        return -E_CAP;
    pageno_t first = capability_first(name), n = capability_count(name);
    binding_break(first, n);
    for (pageno_t p = first; p < first + n; p++)
        then(p, who);
    return 0;
}

static void
release(pageno_t page, u16 who)
{
    (void)who;
    page_release(page);
}

static void
give(pageno_t page, u16 who)
{
    set_owner(page, who);
}

/* Free the pages that the capability names; it must grant AEGIS_OWN. All their bindings, in every environment, are broken first.
 * Returns 0 or -E_CAP. */
long
sys_page_free(u64 name, u64 check)
{
    pageno_t page = capability_first(name);
    if (capability_count(name) != 1 || page >= page_count || page_refs[page] > 0)
        return for_each_owned(name, check, release, 0);
    if (capability_kind(name) != AEGIS_CAP_PAGE || !(capability_rights(name) & AEGIS_OWN) || capability_mint(name, page_epochs[page]) != check)
        return -E_CAP; /* the ordinary case: one page, bound nowhere */
    page_release(page);
    return 0;
}

/* Give the pages to environment `to`: it owns them from now on, all bindings are broken, all capabilities stale; it asks for its own with
 * cap_mint. The contents stay. Returns 0, -E_CAP, -E_ENV (no such environment) or -E_TIME (it has a deadline to give pages back: with a gift it would lose its own instead). */
long
sys_page_give(u64 name, u64 check, u64 to)
{
    struct env *env = env_by_id(to);
    if (!env)
        return -E_ENV;
    return env->deadline ? -E_TIME : for_each_owned(name, check, give, env_owner(env));
}

/* Make all capabilities of the pages stale, also those of parts of the range and of ranges around it; bindings stay. The capability must grant AEGIS_OWN.
 * Returns 0 with the check word of the same name, now valid, in rdx; or -E_CAP. */
struct aegis_result
sys_page_renew(u64 name, u64 check)
{
    u64 sum;
    if (!page_cap_grants(name, check, AEGIS_OWN))
        return (struct aegis_result){-E_CAP, 0};
    for (pageno_t p = capability_first(name), end = p + capability_count(name); p < end; p++)
        page_epochs[p]++;
    page_epoch(name, &sum);
    return (struct aegis_result){0, capability_mint(name, sum)};
}
