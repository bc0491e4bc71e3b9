/* binding.c - secure bindings; contract in binding.h.
 *
 * A binding is a last-level page-table entry of the environment. It is made only here, after the capability check, and from then on the hardware
 * checks each use. Which page to bind where is the application's business; table structure is machine/paging.c's.
 */

#include "binding.h"
#include "page.h"

#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/string.h>
#include <machine/x86.h>

enum { RIGHTS_BITS = AEGIS_READ | AEGIS_WRITE | AEGIS_EXECUTE };

static pte_t
entry_for(pa_t pa, u8 rights)
{
    return pa | PTE_P | PTE_U | (rights & AEGIS_WRITE ? PTE_W : 0) | (rights & AEGIS_EXECUTE ? 0 : PTE_NX);
}

/* An address that an application may bind: a user page start outside the guaranteed segment. */
static bool
bindable(va_t va)
{
    return va % PAGE_SIZE == 0 && va < AEGIS_USER_TOP && (va < AEGIS_AREA || va >= AEGIS_GUARANTEED_END);
}

static void
clear(pte_t *entry, va_t va)
{
    page_unref((*entry & PTE_ADDRESS) >> PAGE_SHIFT);
    *entry = 0;
    invlpg(va); /* of another environment than the current one: harmless, its TLB entries went with the last CR3 write */
}

bool
binding_install(struct env *env, va_t va, pageno_t page, u8 rights)
{
    pte_t *entry = paging_walk(env->pml4, va, env_take_table, env);
    if (!entry)
        return false;
    page_ref(page);
    if (*entry & PTE_P)
        page_unref((*entry & PTE_ADDRESS) >> PAGE_SHIFT);
    *entry = entry_for((pa_t)page << PAGE_SHIFT, rights);
    invlpg(va);
    return true;
}

bool
binding_install_public(struct env *env, va_t va, pa_t pa)
{
    pte_t *entry = paging_walk(env->pml4, va, env_take_table, env);
    if (!entry)
        return false;
    *entry = entry_for(pa, AEGIS_READ);
    return true;
}

struct breaking {
    bool all;
    pageno_t page;
};

static void
break_one(void *context, va_t va, pte_t *entry)
{
    struct breaking *b = context;
    bool public = va >= AEGIS_INFO && va < AEGIS_GUARANTEED_END;
    if (!public && (b->all || (*entry & PTE_ADDRESS) >> PAGE_SHIFT == b->page))
        clear(entry, va);
}

static void
break_in(struct env *env, void *page)
{
    struct breaking b = {false, *(pageno_t *)page};
    paging_each_entry(env->pml4, 0, USER_TOP, break_one, &b);
}

void
binding_break(pageno_t page)
{
    if (page_refs(page) > 0)
        env_each(break_in, &page);
    assert(page_refs(page) == 0);
}

void
binding_break_all(struct env *env)
{
    struct breaking b = {true, 0};
    paging_each_entry(env->pml4, 0, USER_TOP, break_one, &b);
}

bool
binding_read(struct env *env, va_t va, void *to, size_t n)
{
    while (n > 0) {
        if (va >= AEGIS_USER_TOP)
            return false;
        pte_t *entry = paging_walk(env->pml4, va, NULL, NULL);
        if (!entry || (*entry & (PTE_P | PTE_U)) != (PTE_P | PTE_U))
            return false;
        size_t offset = va % PAGE_SIZE, part = PAGE_SIZE - offset < n ? PAGE_SIZE - offset : n;
        memcpy(to, (char *)paging_direct(*entry & PTE_ADDRESS) + offset, part);
        to = (char *)to + part;
        va += part;
        n -= part;
    }
    return true;
}

/* Bind the page that the capability (name, check) names at page address `where & ~4095` of the caller, with the rights `where & 4095`
 * (a set of AEGIS_READ, _WRITE, _EXECUTE; read is implied), replacing what was there.
 * Returns 0, -E_ADDRESS (outside the bindable part, or unknown rights bits), -E_CAP (forged, stale or too weak),
 * -E_QUOTA (no page table left for this environment). All is checked before anything changes. */
long
sys_page_bind(u64 where, u64 name, u64 check)
{
    u32 rights = (where & (PAGE_SIZE - 1)) | AEGIS_READ;
    va_t va = where & ~(u64)(PAGE_SIZE - 1);
    if (!bindable(va) || rights & ~RIGHTS_BITS)
        return -E_ADDRESS;
    if (!page_cap_grants(name, check, rights))
        return -E_CAP;
    return binding_install(env_current(), va, (u32)name, rights) ? 0 : -E_QUOTA;
}

/* Unbind the page at `va` of the caller. Returns 0 or -E_ADDRESS (not a bindable page start, or nothing is bound there). */
long
sys_page_unbind(u64 va)
{
    pte_t *entry = bindable(va) ? paging_walk(env_current()->pml4, va, NULL, NULL) : NULL;
    if (!entry || !(*entry & PTE_P))
        return -E_ADDRESS;
    clear(entry, va);
    return 0;
}
