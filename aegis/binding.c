/* binding.c - secure bindings; contract in binding.h.
 *
 * A binding is a last-level page-table entry of the environment. It is made only here, after the capability check, and from then on the hardware
 * checks each use. Which page to bind where is the application's business; table structure is machine/paging.c's.
 *
 * The entries are a bounded, direct-mapped cache, as the paper's STLB (claim K-21): page number modulo the bound names a slot, and binding an address breaks what
 * another address had in its slot. So an environment's own table is the truth, and it must be ready to bind again (claim K-20). Guaranteed bindings (K-18), and what
 * the kernel itself has bound (a program's first pages, areas), have no slot: they are not evicted, so a handler's code and stack cannot be missing.
 */

#include "binding.h"
#include "capability.h"
#include "info.h"
#include "page.h"

#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/string.h>
#include <machine/x86.h>

enum { RIGHTS_BITS = AEGIS_READ | AEGIS_WRITE | AEGIS_EXECUTE, TABLE_BYTES = PAGE_SIZE * 512 };

/* The rights that the capability granted at bind time, kept in bits that the processor ignores. */
enum { GRANTED_SHIFT = 9 };
#define GUARANTEED (1ull << 52) /* never evicted: has no slot */
#define GRANTED ((u64)RIGHTS_BITS << GRANTED_SHIFT)

static u32 limit;   /* slots of an environment, 0: no bound */
static va_t *slots; /* [ENV_MAX][limit]: the address bound through each slot, 0: none. Address 0 is not bindable. */

void
binding_init(u32 bound)
{
    limit = info->binding_limit = bound;
    if (limit)
        slots = paging_direct(memory_take((ENV_MAX * limit * sizeof *slots + PAGE_SIZE - 1) >> PAGE_SHIFT));
}

static inline pte_t
entry_for(pa_t pa, u8 rights, u8 granted)
{
    return pa | PTE_P | PTE_U | (rights & AEGIS_WRITE ? PTE_W : 0) | (rights & AEGIS_EXECUTE ? 0 : PTE_NX) | (u64)granted << GRANTED_SHIFT;
}

/* `npages` pages from `va` on that an application may bind: user pages, not page 0, outside what the kernel keeps there. */
static inline bool
bindable(va_t va, u64 npages)
{
    va_t end = va + (npages << PAGE_SHIFT);
    return va % PAGE_SIZE == 0 && va >= PAGE_SIZE && va < AEGIS_USER_TOP && npages <= AEGIS_USER_TOP >> PAGE_SHIFT && end <= AEGIS_USER_TOP &&
           (end <= AEGIS_AREA || va >= AEGIS_GUARANTEED_END) && (end <= AEGIS_BINDINGS || va >= AEGIS_BINDINGS_END);
}

static inline pageno_t
page_of(pte_t entry)
{
    return (entry & PTE_ADDRESS) >> PAGE_SHIFT;
}

static inline va_t *
slot_of(struct env *env, va_t va)
{
    return &slots[env_slot_of(env) * limit + (va >> PAGE_SHIFT & (limit - 1))];
}

/* Clear a present entry. invlpg for another environment than the current one is harmless: its TLB entries went with the last write of cr3. */
static void
clear(struct env *env, va_t va, pte_t *entry)
{
    if (limit && *slot_of(env, va) == va)
        *slot_of(env, va) = 0;
    if (*entry & GUARANTEED)
        env->nguaranteed--;
    page_refs[page_of(*entry)]--;
    info->env[env_slot_of(env)].bindings--;
    *entry = 0;
    invlpg(va);
}

/* Make room in the slot of `va`. */
static inline void
evict_for(struct env *env, va_t va)
{
    va_t *slot = slot_of(env, va), other = *slot;
    if (other == va)
        return;
    if (other) {
        clear(env, other, paging_walk(env->pml4, other, NULL, NULL));
        info->env[env_slot_of(env)].binding_evictions++;
    }
    *slot = va;
}

static inline void
write_entry(struct env *env, va_t va, pte_t *entry, pte_t value)
{
    page_refs[page_of(value)]++;
    if (*entry & PTE_P) {
        page_refs[page_of(*entry)]--;
        env->nguaranteed -= (*entry & GUARANTEED) != 0;
    } else {
        info->env[env_slot_of(env)].bindings++;
        info->env[env_slot_of(env)].binding_misses++;
    }
    env->nguaranteed += (value & GUARANTEED) != 0;
    *entry = value;
    invlpg(va);
}

bool
binding_install(struct env *env, va_t va, pageno_t page, u8 rights)
{
    pte_t *entry = paging_walk(env->pml4, va, env_take_table, env);
    if (entry)
        write_entry(env, va, entry, entry_for((pa_t)page << PAGE_SHIFT, rights, rights));
    return entry;
}

bool
binding_install_public(struct env *env, va_t va, pa_t pa)
{
    pte_t *entry = paging_walk(env->pml4, va, env_take_table, env);
    if (entry)
        *entry = entry_for(pa, AEGIS_READ, AEGIS_READ);
    return entry;
}

struct breaking {
    struct env *env;
    bool all;
    pageno_t page;
};

static void
break_one(void *context, va_t va, pte_t *entry)
{
    struct breaking *b = context;
    bool public = va >= AEGIS_INFO && va < AEGIS_GUARANTEED_END;
    if (*entry & PTE_P && !public && (b->all || page_of(*entry) == b->page))
        clear(b->env, va, entry);
}

static void
break_in(struct env *env, void *page)
{
    struct breaking b = {env, false, *(pageno_t *)page};
    paging_each_entry(env->pml4, 0, AEGIS_BINDINGS, break_one, &b);
    paging_each_entry(env->pml4, AEGIS_BINDINGS_END, AEGIS_USER_TOP, break_one, &b);
}

void
binding_break(pageno_t page)
{
    if (page_refs[page] > 0)
        env_each(break_in, &page);
    assert(page_refs[page] == 0);
}

void
binding_break_all(struct env *env)
{
    struct breaking b = {env, true, 0};
    paging_each_entry(env->pml4, 0, AEGIS_BINDINGS, break_one, &b);
    paging_each_entry(env->pml4, AEGIS_BINDINGS_END, AEGIS_USER_TOP, break_one, &b);
}

bool
binding_read(struct env *env, va_t va, void *to, size_t n)
{
    while (n > 0) {
        if (va >= AEGIS_BINDINGS)
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

/* Take all page tables for [va, va + npages pages) first, so that binding cannot stop half-way. */
static bool
take_tables(struct env *env, va_t va, u32 npages)
{
    va_t end = va + ((va_t)npages << PAGE_SHIFT);
    for (va_t at = va; at < end; at = (at | (TABLE_BYTES - 1)) + 1)
        if (!paging_walk(env->pml4, at, env_take_table, env))
            return false;
    return true;
}

static void
bind_range(struct env *env, va_t va, u32 npages, pte_t value)
{
    pte_t *entry = NULL;
    for (; npages > 0; npages--, va += PAGE_SIZE, value += PAGE_SIZE, entry++) {
        if (!entry || va % TABLE_BYTES == 0)
            entry = paging_walk(env->pml4, va, NULL, NULL);
        if (limit && !(value & GUARANTEED))
            evict_for(env, va);
        write_entry(env, va, entry, value);
    }
}

long
binding_install_area(struct env *env, va_t va, pageno_t page)
{
    if (!bindable(va, 1))
        return -E_ADDRESS;
    if (!take_tables(env, va, 1))
        return -E_QUOTA;
    bind_range(env, va, 1, entry_for((pa_t)page << PAGE_SHIFT, AEGIS_READ | AEGIS_WRITE, AEGIS_READ | AEGIS_WRITE));
    return 0;
}

static long
bind(struct env *env, u64 where, u64 name, u64 check)
{
    u32 flags = (where & (PAGE_SIZE - 1)) | AEGIS_READ, rights = flags & RIGHTS_BITS, npages = capability_count(name);
    va_t va = where & ~(u64)(PAGE_SIZE - 1);
    pte_t guaranteed = flags & AEGIS_GUARANTEED ? GUARANTEED : 0;
    if (!bindable(va, npages) || flags & ~(u32)(RIGHTS_BITS | AEGIS_GUARANTEED))
        return -E_ADDRESS;
    if (!page_cap_grants(name, check, rights))
        return -E_CAP;
    if (guaranteed && env->nguaranteed + npages > AEGIS_GUARANTEED_MAX)
        return -E_QUOTA;
    if (!take_tables(env, va, npages))
        return -E_QUOTA;
    bind_range(env, va, npages, guaranteed | entry_for((pa_t)capability_first(name) << PAGE_SHIFT, rights, capability_rights(name) & RIGHTS_BITS));
    return 0;
}

/* Bind the pages that the capability (name, check) names, in order, from page address `where & ~4095` of the caller on, with the rights `where & 4095`
 * (a set of AEGIS_READ, _WRITE, _EXECUTE, _GUARANTEED; read is implied), replacing what was there; may evict, unless guaranteed.
 * Returns 0, -E_ADDRESS (outside the bindable part, or unknown rights bits), -E_CAP (forged, stale or too weak),
 * -E_QUOTA (no page table left for this environment, or more than AEGIS_GUARANTEED_MAX guaranteed). All is checked before anything changes, but that page tables taken stay. */
long
sys_page_bind(u64 where, u64 name, u64 check)
{
    return bind(env_current(), where, name, check);
}

/* page_bind in the environment that the capability (env_name, env_check) controls. Also -E_CAP if that is no such capability. */
long
sys_page_bind_in(u64 where, u64 name, u64 check, u64 user_pc, u64 env_name, u64 env_check)
{
    (void)user_pc;
    struct env *env = env_by_cap(env_name, env_check);
    return env ? bind(env, where, name, check) : -E_CAP;
}

/* Unbind `npages` pages from `va` of the caller on; pages that are not bound are skipped. Returns how many were, or -E_ADDRESS (not bindable). */
long
sys_page_unbind(u64 va, u64 npages)
{
    struct env *env = env_current();
    long unbound = 0;
    if (!bindable(va, npages) || npages > 0xffff)
        return -E_ADDRESS;
    for (; npages > 0; npages--, va += PAGE_SIZE) {
        pte_t *entry = paging_walk(env->pml4, va, NULL, NULL);
        if (!entry || !(*entry & PTE_P))
            continue;
        clear(env, va, entry);
        unbound++;
    }
    return unbound;
}

/* Change the rights of the standing bindings of `npages` pages from `where & ~4095` on to `where & 4095`, within what was granted when each was made:
 * no capability is asked (that is the point of a secure binding). Returns 0, -E_ADDRESS (one is not bound, or unknown rights bits) or -E_CAP (one was granted less);
 * then nothing has changed. */
long
sys_page_rights(u64 where, u64 npages)
{
    struct env *env = env_current();
    u32 rights = (where & (PAGE_SIZE - 1)) | AEGIS_READ;
    va_t start = where & ~(u64)(PAGE_SIZE - 1), va = start;
    u64 wanted = (u64)rights << GRANTED_SHIFT;
    pte_t *entry = NULL;
    if (!bindable(start, npages) || npages > 0xffff || rights & ~(u32)RIGHTS_BITS)
        return -E_ADDRESS;
    for (u64 i = 0; i < npages; i++, va += PAGE_SIZE, entry++) {
        if ((!entry || va % TABLE_BYTES == 0) && !(entry = paging_walk(env->pml4, va, NULL, NULL)))
            return -E_ADDRESS;
        if (!(*entry & PTE_P))
            return -E_ADDRESS;
        if (wanted & ~*entry)
            return -E_CAP;
    }
    pte_t set = (rights & AEGIS_WRITE ? PTE_W : 0) | (rights & AEGIS_EXECUTE ? 0 : PTE_NX);
    entry = NULL;
    va = start;
    for (u64 i = 0; i < npages; i++, va += PAGE_SIZE, entry++) {
        if (!entry || va % TABLE_BYTES == 0)
            entry = paging_walk(env->pml4, va, NULL, NULL);
        *entry = (*entry & ~(PTE_W | PTE_NX)) | set;
        invlpg(va);
    }
    return 0;
}
