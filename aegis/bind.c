/* bind.c - the system calls on bindings: page_bind, page_bind_in, page_unbind, page_rights.
 *
 * Each checks all of its arguments, then commits. Breaking and evicting are binding.c's, the entries themselves binding_entry.h's.
 */

#include "binding_entry.h"
#include "capability.h"

/* May an application bind `npages` (at most 0xffff) pages from `va` on? User pages, not page 0, outside what the kernel keeps there. */
static inline bool
bindable(va_t va, u64 npages)
{
    va_t end = va + (npages << PAGE_SHIFT);
    if (va % PAGE_SIZE || va - PAGE_SIZE >= AEGIS_USER_TOP - PAGE_SIZE)
        return false;
    return end <= AEGIS_AREA || (va >= AEGIS_GUARANTEED_END && (end <= AEGIS_BINDINGS || (va >= AEGIS_BINDINGS_END && end <= AEGIS_USER_TOP)));
}

/* Take all page tables for [va, va + npages pages) first, so that binding cannot stop half-way. Returns 0, -E_QUOTA, or -E_ADDRESS where a large binding stands. */
static long
take_tables(struct env *env, va_t va, u32 npages)
{
    va_t end = va + ((va_t)npages << PAGE_SHIFT);
    for (va_t at = va; at < end; at = (at | (TABLE_BYTES - 1)) + 1) {
        pte_t *entry = walk(env, at);
        if (!entry && !(entry = paging_walk(env->pml4, at, env_take_table, env)))
            return -E_QUOTA;
        if (*entry & PTE_HUGE)
            return -E_ADDRESS;
    }
    return 0;
}

static bool
is_empty(const pte_t *table)
{
    for (u32 i = 0; i < LARGE_PAGES; i++)
        if (table[i])
            return false;
    return true;
}

/* The level-2 entry for a 2 MiB binding at `va`, free to be written: a table there that has become empty is given back. NULL with the error in *error. */
static pte_t *
take_large(struct env *env, va_t va, long *error)
{
    pte_t *entry = paging_walk_large(env->pml4, va, env_take_table, env);
    *error = entry ? -E_ADDRESS : -E_QUOTA;
    if (!entry || *entry & PTE_HUGE)
        return NULL;
    if (*entry & PTE_P) {
        pa_t table = *entry & PTE_ADDRESS;
        if (!is_empty(paging_direct(table)))
            return NULL;
        *entry = 0;
        env->ntables--;
        page_release(table >> PAGE_SHIFT);
        write_cr3(read_cr3()); /* the processor may have cached the table itself */
    }
    return entry;
}

/* Bind 512 pages, aligned, as one 2 MiB page. Small bindings must be gone; so must a large one. */
static long
bind_large(struct env *env, va_t va, pageno_t first, u32 npages, pte_t value)
{
    long error;
    if (npages != LARGE_PAGES || first % LARGE_PAGES || va % TABLE_BYTES)
        return -E_ADDRESS;
    pte_t *entry = take_large(env, va, &error);
    if (!entry)
        return error;
    for (u32 i = 0; i < LARGE_PAGES; i++)
        page_refs[first + i]++;
    info->env[env_slot_of(env)].bindings++;
    info->env[env_slot_of(env)].binding_misses++;
    *entry = value | PTE_HUGE;
    invlpg(va);
    return 0;
}

static inline void
bind_range(struct env *env, va_t va, u32 npages, pte_t value)
{
    for (u32 n; npages > 0; npages -= n, va += (va_t)n << PAGE_SHIFT, value += (pte_t)n << PAGE_SHIFT) {
        n = in_one_table(va, npages);
        write_entries(env, va, walk(env, va), n, value, !(value & GUARANTEED));
    }
}

long
binding_install_area(struct env *env, va_t va, pageno_t page)
{
    if (!bindable(va, 1))
        return -E_ADDRESS;
    long error = take_tables(env, va, 1);
    if (error)
        return error;
    bind_range(env, va, 1, entry_for((pa_t)page << PAGE_SHIFT, AEGIS_READ | AEGIS_WRITE, AEGIS_READ | AEGIS_WRITE));
    return 0;
}

/* What bind() leaves: ranges, guaranteed and large bindings, missing tables. All has been checked but room for them. */
static __attribute__((noinline)) long
bind_rest(struct env *env, va_t va, u64 name, u32 flags, pte_t value)
{
    u32 npages = capability_count(name);
    if (flags & AEGIS_LARGE)
        return bind_large(env, va, capability_first(name), npages, value);
    if (value & GUARANTEED && env->nguaranteed + npages > AEGIS_GUARANTEED_MAX)
        return -E_QUOTA;
    long error = take_tables(env, va, npages);
    if (error)
        return error;
    bind_range(env, va, npages, value);
    return 0;
}

__attribute__((always_inline)) static inline long
bind(struct env *env, u64 where, u64 name, u64 check)
{
    u32 flags = (where & (PAGE_SIZE - 1)) | AEGIS_READ, rights = flags & RIGHTS_BITS, npages = capability_count(name);
    va_t va = where & ~(u64)(PAGE_SIZE - 1);
    pte_t guaranteed = flags & AEGIS_GUARANTEED ? GUARANTEED : 0;
    pte_t value = guaranteed | entry_for((pa_t)capability_first(name) << PAGE_SHIFT, rights, capability_rights(name) & RIGHTS_BITS);
    if (!bindable(va, npages) || flags & ~(u32)(RIGHTS_BITS | AEGIS_GUARANTEED | AEGIS_LARGE) || (guaranteed && flags & AEGIS_LARGE))
        return -E_ADDRESS;
    if (!page_cap_grants(name, check, rights))
        return -E_CAP;
    if (npages == 1 && !(flags & (AEGIS_LARGE | AEGIS_GUARANTEED))) { /* the ordinary case, without loops */
        pte_t *entry = walk(env, va);
        if (entry && !(*entry & PTE_HUGE)) {
            write_entries(env, va, entry, 1, value, true);
            return 0;
        }
    }
    return bind_rest(env, va, name, flags, value);
}

/* Bind the pages that the capability (name, check) names, in order, from page address `where & ~4095` of the caller on, with the rights `where & 4095`
 * (a set of AEGIS_READ, _WRITE, _EXECUTE, _GUARANTEED; read is implied), replacing what was there; may evict, unless guaranteed.
 * With AEGIS_LARGE they become one 2 MiB binding: 512 pages, all aligned to 512, on addresses where nothing is bound.
 * Returns 0, -E_ADDRESS (outside the bindable part, unknown rights bits, a large binding in the way, or not as AEGIS_LARGE wants it), -E_CAP (forged, stale or too weak),
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

/* Unbind `npages` pages from `va` of the caller on; pages that are not bound are skipped; a large binding that it touches goes whole. Returns how many were, or -E_ADDRESS (not bindable). */
long
sys_page_unbind(u64 va, u64 npages)
{
    struct env *env = env_current();
    long unbound = 0;
    if (npages > 0xffff || !bindable(va, npages))
        return -E_ADDRESS;
    for (; npages > 0; npages--, va += PAGE_SIZE) {
        pte_t *entry = walk(env, va);
        if (!entry || !(*entry & PTE_P))
            continue;
        unbound += pages_in(*entry);
        binding_clear(env, va, entry);
    }
    return unbound;
}

/* sys_page_rights for several pages: all are looked at first, so that nothing has changed on an error. */
static __attribute__((noinline)) long
change_rights(struct env *env, va_t start, u64 npages, pte_t wanted, pte_t set)
{
    pte_t all = ~0ul;
    va_t va = start;
    for (u64 left = npages, n; left > 0; left -= n, va += n << PAGE_SHIFT) {
        const pte_t *entry = walk(env, va);
        if (!entry || *entry & PTE_HUGE)
            return -E_ADDRESS;
        n = in_one_table(va, left);
        for (const pte_t *end = entry + n; entry < end; entry++)
            all &= *entry; /* PTE_P of an absent one is 0 */
    }
    if (!(all & PTE_P))
        return -E_ADDRESS;
    if (wanted & ~all)
        return -E_CAP;
    va = start;
    for (u64 left = npages, n; left > 0; left -= n) {
        pte_t *entry = walk(env, va);
        n = in_one_table(va, left);
        for (const pte_t *end = entry + n; entry < end; entry++, va += PAGE_SIZE) {
            *entry = (*entry & ~(PTE_W | PTE_NX)) | set;
            invlpg(va);
        }
    }
    return 0;
}

/* Change the rights of the standing bindings of `npages` pages from `where & ~4095` on to `where & 4095`, within what was granted when each was made:
 * no capability is asked (that is the point of a secure binding). Returns 0, -E_ADDRESS (one is not bound, or is a large one, or unknown rights bits) or -E_CAP (one was granted less);
 * then nothing has changed. */
long
sys_page_rights(u64 where, u64 npages)
{
    struct env *env = env_current();
    u32 rights = (where & (PAGE_SIZE - 1)) | AEGIS_READ;
    va_t va = where & ~(u64)(PAGE_SIZE - 1);
    pte_t wanted = (u64)rights << GRANTED_SHIFT, set = (rights & AEGIS_WRITE ? PTE_W : 0) | (rights & AEGIS_EXECUTE ? 0 : PTE_NX);
    if (npages > 0xffff || !bindable(va, npages) || rights & ~(u32)RIGHTS_BITS)
        return -E_ADDRESS;
    if (npages != 1)
        return change_rights(env, va, npages, wanted, set);
    pte_t *entry = walk(env, va);
    if (!entry || (*entry & (PTE_P | PTE_HUGE)) != PTE_P)
        return -E_ADDRESS;
    if (wanted & ~*entry)
        return -E_CAP;
    *entry = (*entry & ~(PTE_W | PTE_NX)) | set;
    invlpg(va);
    return 0;
}
