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
        forget_table(env, va);
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

/* Bind of the `n` pages from the one in `value` on, at `va` on, entries at `entry` on, as many as find nothing in the way: no binding there, and free ways in a row.
 * Returns how many. The hot loop of a range: 19 instructions a page. */
static u32
write_fresh(struct env *env, struct binding_set *set, va_t va, pte_t *entry, u32 n, pte_t value)
{
    u32 *refs = &page_refs[page_of(value)], done = 0, to_wrap = binding_nways - (set->hand >> BINDING_WAY_SHIFT);
    u64 *hint = &page_hint[page_of(value)], where = va | env_slot_of(env);
    struct binding_slot *slot = slot_at(set, set->hand);
    value |= set->hand;
    n = n < to_wrap ? n : to_wrap;
    for (; done < n && !(entry[done] | slot->last_byte); done++, slot++, value += PAGE_SIZE + BINDING_WAY, where += PAGE_SIZE) {
        *slot = (struct binding_slot){BINDING_LAST(where), &entry[done]};
        refs[done]++;
        hint[done] = where;
        entry[done] = value;
    }
    set->hand = (set->hand + done * BINDING_WAY) & binding_ways_mask;
    set->public->bindings += done;
    set->public->binding_misses += done;
    return done;
}

/* Is what is bound through a slot, which is not free, an ordinary binding of one page? Then it goes without anything else to do than let_go(). */
static inline bool
may_go(const struct binding_slot *slot)
{
    return (*slot->entry & BINDING_KIND) == BINDING_CACHED;
}

static inline void
let_go(const struct binding_slot *slot)
{
    page_refs[page_of(*slot->entry)]--;
    *slot->entry = 0;
    invlpg(slot->last_byte);
}

/* The same where no way is free: each takes that of the oldest binding of the set, which goes; as many as find that to be a cached one. The hot loop of a program whose
 * memory exceeds the cache: 41 instructions a page. */
static u32
write_over(struct env *env, struct binding_set *set, va_t va, pte_t *entry, u32 n, pte_t value)
{
    u32 done = 0, to_wrap = binding_nways - (set->hand >> BINDING_WAY_SHIFT);
    struct binding_slot *slot = slot_at(set, set->hand);
    value |= set->hand;
    n = n < to_wrap ? n : to_wrap;
    for (; done < n && !entry[done] && slot->last_byte && may_go(slot); done++, slot++) {
        let_go(slot);
        *slot = (struct binding_slot){BINDING_LAST(va), &entry[done]};
        refer(env, va, page_of(value));
        entry[done] = value;
        va += PAGE_SIZE;
        value += PAGE_SIZE + BINDING_WAY;
    }
    set->oldest = set->hand = (set->hand + done * BINDING_WAY) & binding_ways_mask;
    set->public->binding_evictions += done;
    set->public->binding_misses += done;
    return done;
}

/* The same where other cached bindings stand, whose ways these keep: a window that is moved on. 29 instructions a page. */
static u32
write_again(struct env *env, va_t va, pte_t *entry, u32 n, pte_t value)
{
    u32 done = 0;
    for (; done < n && (entry[done] & BINDING_KIND) == BINDING_CACHED; done++, va += PAGE_SIZE, value += PAGE_SIZE) {
        page_refs[page_of(entry[done])]--;
        refer(env, va, page_of(value));
        entry[done] = value | (entry[done] & BINDING_WAYS);
        invlpg(va);
    }
    return done;
}

static void
bind_range(struct env *env, va_t va, u32 npages, pte_t value)
{
    for (u32 n; npages > 0; npages -= n, va += (va_t)n << PAGE_SHIFT, value += (pte_t)n << PAGE_SHIFT) {
        pte_t *entry = walk(env, va);
        struct binding_set *set = set_of(env, va);
        if ((value & BINDING_KIND) != BINDING_CACHED)
            n = 0;
        else if (*entry)
            n = write_again(env, va, entry, in_one_table(va, npages), value);
        else if (slot_at(set, set->hand)->last_byte)
            n = write_over(env, set, va, entry, in_one_table(va, npages), value);
        else
            n = write_fresh(env, set, va, entry, in_one_table(va, npages), value);
        if (n == 0) {
            binding_write(env, va, entry, value);
            n = 1;
        }
    }
}

/* The kind of what may be displaced: without a bound nothing is. */
static pte_t
displaceable(pte_t kind)
{
    return info->binding_limit ? kind : BINDING_FIXED;
}

long
binding_install_area(struct env *env, va_t va, pageno_t page)
{
    if (!bindable(va, 1))
        return -E_ADDRESS;
    long error = take_tables(env, va, 1);
    if (error)
        return error;
    bind_range(env, va, 1, entry_for((pa_t)page << PAGE_SHIFT, displaceable(BINDING_CACHED), AEGIS_READ | AEGIS_WRITE, AEGIS_READ | AEGIS_WRITE));
    return 0;
}

/* Is there room among what the kernel refills for `npages` pages from `va` on? */
static bool
refillable(const struct env *env, va_t va, u32 npages)
{
    if (npages > AEGIS_GUARANTEED_MAX)
        return false;
    for (u32 i = 0; i < npages; i++, va += PAGE_SIZE) {
        va_t other = binding_refill(env, va)->last_byte;
        if (other && other != BINDING_LAST(va))
            return false;
    }
    return true;
}

/* The kind of binding that these flags ask for. */
static pte_t
kind_for(u32 flags)
{
    switch (flags) {
    case AEGIS_GUARANTEED: return BINDING_GUARANTEED;
    case AEGIS_REFILLED: return displaceable(BINDING_REFILLED);
    case AEGIS_LARGE: return BINDING_FIXED;
    default: return displaceable(BINDING_CACHED);
    }
}

/* Bind in all generality: ranges, guaranteed, refilled and large bindings, missing tables. */
static __attribute__((noinline)) long
bind(struct env *env, u64 where, u64 name, u64 check)
{
    u32 flags = (where & (PAGE_SIZE - 1)) | AEGIS_READ, rights = flags & RIGHTS_BITS, npages = capability_count(name);
    u32 kind = flags & ~(u32)RIGHTS_BITS;
    va_t va = where & -(va_t)PAGE_SIZE;
    pte_t value = entry_for((pa_t)capability_first(name) << PAGE_SHIFT, kind_for(kind), rights, capability_rights(name) & RIGHTS_BITS);
    if (!bindable(va, npages) || (kind && kind != AEGIS_GUARANTEED && kind != AEGIS_REFILLED && kind != AEGIS_LARGE))
        return -E_ADDRESS;
    if (!page_cap_grants(name, check, rights))
        return -E_CAP;
    if (kind == AEGIS_LARGE)
        return bind_large(env, va, capability_first(name), npages, value);
    if ((kind == AEGIS_GUARANTEED && env->nguaranteed + npages > AEGIS_GUARANTEED_MAX) || (kind == AEGIS_REFILLED && !refillable(env, va, npages)))
        return -E_QUOTA;
    long error = take_tables(env, va, npages);
    if (error)
        return error;
    bind_range(env, va, npages, value);
    return 0;
}

/* Bind one page where another kind of binding stands or has the next way, or where there is no bound. Returns 0. */
static __attribute__((noinline)) long
bind_unlike(struct env *env, va_t va, pte_t *entry, pte_t value)
{
    binding_write(env, va, entry, info->binding_limit ? value : value & ~BINDING_KIND);
    return 0;
}

/* The ordinary bind, without a loop or a call: one page with plain rights, its table there, and nothing bound there or another ordinary one; so with the way that it takes.
 * About 240 instructions, 126 of them the check. Whatever is not ordinary before the check is left to bind(), which looks at everything. */
__attribute__((always_inline)) static inline long
bind_ordinary(struct env *env, u64 where, u64 name, u64 check)
{
    const u64 shape = AEGIS_CAP_RANGE(0xff, 0, 0, 0xffff);
    va_t va = where & -(va_t)PAGE_SIZE;
    u32 page = capability_first(name);
    if ((name & shape) != AEGIS_CAP_NAME(AEGIS_CAP_PAGE, 0, 0) || page >= page_count || where & (PAGE_SIZE - 1) & ~(u64)RIGHTS_BITS || !bindable(va, 1))
        return bind(env, where, name, check);
    u8 rights = (where & RIGHTS_BITS) | AEGIS_READ;
    if (rights & ~capability_rights(name) || capability_mint(name, page_epochs[page]) != check)
        return -E_CAP;
    pte_t *entry = walk_recent(env, va);
    if (!entry)
        return bind(env, where, name, check);
    struct binding_set *set = set_of(env, va);
    pte_t old = *entry, value = entry_for((pa_t)page << PAGE_SHIFT, BINDING_CACHED, rights, capability_rights(name) & RIGHTS_BITS);
    struct binding_slot *slot = slot_at(set, set->hand);
    if (old) {
        if ((old & BINDING_KIND) != BINDING_CACHED)
            return bind_unlike(env, va, entry, value);
        page_refs[page_of(old)]--;
        refer(env, va, page);
        *entry = value | (old & BINDING_WAYS);
        invlpg(va);
        return 0;
    }
    if (slot->last_byte) {
        if (!may_go(slot))
            return bind_unlike(env, va, entry, value);
        let_go(slot);
        set->public->binding_evictions++;
        set->public->bindings--;
        set->oldest = next_way(set->hand);
    }
    refer(env, va, page);
    *entry = value | set->hand;
    *slot = (struct binding_slot){BINDING_LAST(va), entry};
    set->hand = next_way(set->hand);
    set->public->bindings++;
    set->public->binding_misses++;
    return 0;
}

/* Bind the pages that the capability (name, check) names, in order, from page address `where & ~4095` of the caller on, with the rights `where & 4095`
 * (a set of AEGIS_READ, _WRITE, _EXECUTE; read is implied), replacing what was there; may displace others. With one of: AEGIS_GUARANTEED it is never displaced;
 * AEGIS_REFILLED it may be, and the kernel puts it back; AEGIS_LARGE they become one 2 MiB binding: 512 pages, all aligned to 512, on addresses where nothing is bound.
 * Returns 0, -E_ADDRESS (outside the bindable part, unknown rights bits, a large binding in the way, or not as AEGIS_LARGE wants it), -E_CAP (forged, stale or too weak),
 * -E_QUOTA (no page table left for this environment, or AEGIS_GUARANTEED_MAX reached). All is checked before anything changes, but that page tables taken stay. */
long
sys_page_bind(u64 where, u64 name, u64 check)
{
    return bind_ordinary(env_current(), where, name, check);
}

/* page_bind in the environment that the capability (env_name, env_check) controls. Also -E_CAP if that is no such capability. */
long
sys_page_bind_in(u64 where, u64 name, u64 check, u64 user_pc, u64 env_name, u64 env_check)
{
    (void)user_pc;
    struct env *env = env_by_cap(env_name, env_check);
    return env ? bind_ordinary(env, where, name, check) : -E_CAP;
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
        if (!entry || !*entry)
            continue;
        unbound += pages_in(*entry);
        binding_clear(env, va, entry);
    }
    return unbound;
}

/* What an ordinary binding must have for its rights to be changed so, and what is then set in it. It is an application's own: the kernel's are not cached. */
struct change {
    pte_t needed, set;
};

static const struct change changes[RIGHTS_BITS + 1] = {
#define CHANGE(rights)                                                                  \
    [rights] = {BINDING_CACHED | (u64)(rights) << BINDING_GRANTED_SHIFT, ((rights) & AEGIS_WRITE ? PTE_W : 0) | ((rights) & AEGIS_EXECUTE ? 0 : PTE_NX)}
    CHANGE(0), CHANGE(1), CHANGE(2), CHANGE(3), CHANGE(4), CHANGE(5), CHANGE(6), CHANGE(7),
#undef CHANGE
};

/* sys_page_rights in general: all pages are looked at first, so that nothing has changed on an error. */
static __attribute__((noinline)) long
change_rights(u64 where, u64 npages)
{
    struct env *env = env_current();
    const va_t start = where & -(va_t)PAGE_SIZE;
    const u64 rights = where & (PAGE_SIZE - 1);
    if (rights > RIGHTS_BITS || npages > 0xffff || !bindable(start, npages))
        return -E_ADDRESS;
    pte_t all = ~0ul, wanted = (pte_t)rights << BINDING_GRANTED_SHIFT, set = changes[rights].set;
    va_t va = start;
    for (u64 left = npages, n; left > 0; left -= n, va += n << PAGE_SHIFT) {
        const pte_t *entry = walk(env, va);
        if (!entry || *entry & PTE_HUGE)
            return -E_ADDRESS;
        n = in_one_table(va, left);
        for (const pte_t *end = entry + n; entry < end; entry++)
            all &= *entry; /* reading is granted to every binding, present or displaced */
    }
    if (!(all & (pte_t)AEGIS_READ << BINDING_GRANTED_SHIFT))
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
    u64 rights = where & (PAGE_SIZE - 1);
    pte_t *entry = npages == 1 && rights <= RIGHTS_BITS ? walk_recent(env_current(), where) : NULL;
    if (!entry || changes[rights].needed & ~*entry)
        return change_rights(where, npages);
    *entry = (*entry & ~(PTE_W | PTE_NX)) | changes[rights].set; /* the ordinary case: one that is cached */
    invlpg(where);
    return 0;
}
