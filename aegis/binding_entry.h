/* binding_entry.h - page-table entries as bindings: what they say, the sets of the cache, and the inline paths that binding.c and bind.c share. Only those two include it.
 *
 * binding.h has an entry's bits. 0: nothing is bound here. An entry that is not 0 and not present is a refilled binding that another has displaced: it has no way, and
 * trap.S gives it one when it is used. What is cached and present has a way, and is what that slot names.
 */
#ifndef BINDING_ENTRY_H
#define BINDING_ENTRY_H

#include "binding.h"
#include "info.h"
#include "page.h"

#include <machine/paging.h>
#include <machine/x86.h>

enum { RIGHTS_BITS = AEGIS_READ | AEGIS_WRITE | AEGIS_EXECUTE, LARGE_PAGES = 512 };
#define TABLE_BYTES ((va_t)PAGE_SIZE * LARGE_PAGES)

/* The rights that the capability granted at bind time, kept in bits that the processor ignores. */
#define GRANTED ((u64)RIGHTS_BITS << BINDING_GRANTED_SHIFT)

/* Sets of an environment, less 1, and which bits of an entry tell ways, with PTE_P. Without a bound there is one set of one way, which nothing can use: whatever is bound
 * goes the general way, which does not look at slots then. */
extern u32 binding_set_mask;
extern pte_t binding_ways_mask;
enum { SLOT_UNUSABLE = 1 }; /* as its last byte */

/* binding.c: clear an entry that is not 0; write one, whatever is there; a cached one takes a way, or keeps that of the cached one that was there. */
void binding_clear(struct env *env, va_t va, pte_t *entry);
void binding_write(struct env *env, va_t va, pte_t *entry, pte_t value);

/* The bits of an entry, by its kind, and the rights that it gives. */
static const pte_t entry_bits[4][RIGHTS_BITS + 1] = {
#define BITS(kind, rights) [(kind) >> 52][rights] = (kind) | PTE_P | PTE_U | ((rights) & AEGIS_WRITE ? PTE_W : 0) | ((rights) & AEGIS_EXECUTE ? 0 : PTE_NX)
#define KIND(kind) BITS(kind, 0), BITS(kind, 1), BITS(kind, 2), BITS(kind, 3), BITS(kind, 4), BITS(kind, 5), BITS(kind, 6), BITS(kind, 7)
    KIND(BINDING_FIXED), KIND(BINDING_CACHED), KIND(BINDING_GUARANTEED), KIND(BINDING_REFILLED),
#undef KIND
#undef BITS
};

static inline pte_t
entry_for(pa_t pa, pte_t kind, u8 rights, u8 granted)
{
    return pa | entry_bits[kind >> 52][rights] | (u64)granted << BINDING_GRANTED_SHIFT;
}

/* How many pages an entry binds. */
static inline u32
pages_in(pte_t entry)
{
    return entry & PTE_HUGE ? LARGE_PAGES : 1;
}

static inline pageno_t
page_of(pte_t entry)
{
    return (entry & PTE_ADDRESS) >> PAGE_SHIFT;
}

/* One binding more of a page, the youngest. */
static inline void
refer(const struct env *env, va_t va, pageno_t page)
{
    page_refs[page]++;
    page_hint[page] = va | env_slot_of(env);
}

static inline struct binding_set *
set_of(const struct env *env, va_t va)
{
    return &env->sets[va / TABLE_BYTES & binding_set_mask];
}

/* The slot that a set's hand or its oldest tells, and that of an entry. */
static inline struct binding_slot *
slot_at(const struct binding_set *set, pte_t way)
{
    return &set->slots[way >> BINDING_WAY_SHIFT];
}

static inline struct binding_slot *
slot_of(const struct binding_set *set, pte_t entry)
{
    return slot_at(set, entry & BINDING_WAYS);
}

static inline pte_t
next_way(pte_t way)
{
    return (way + BINDING_WAY) & binding_ways_mask;
}

/* The entry for `va` if its table was used lately, else NULL: 10 instructions. */
__attribute__((always_inline)) static inline pte_t *
walk_recent(const struct env *env, va_t va)
{
    const struct env_table *recent = &env->recent[va / TABLE_BYTES % ENV_RECENT];
    if (recent->number != va / TABLE_BYTES)
        return NULL;
    pte_t *entry = &recent->table[va >> PAGE_SHIFT & (LARGE_PAGES - 1)];
    if (!entry)
        __builtin_unreachable();
    return entry;
}

/* From now on the table with the last-level entries for `va` is, or is not, found so. */
static inline void
remember_table(struct env *env, va_t va, pte_t *table)
{
    env->recent[va / TABLE_BYTES % ENV_RECENT] = (struct env_table){va / TABLE_BYTES, table};
}

static inline void
forget_table(struct env *env, va_t va)
{
    env->recent[va / TABLE_BYTES % ENV_RECENT] = (struct env_table){va / TABLE_BYTES + 1, NULL};
}

/* paging_walk for tables that exist: NULL if one is missing; a 2 MiB entry is returned itself. */
static inline pte_t *
walk(struct env *env, va_t va)
{
    pte_t *entry = walk_recent(env, va);
    if (entry || !(entry = paging_walk(env->pml4, va, NULL, NULL)))
        return entry;
    if (!(*entry & PTE_HUGE))
        remember_table(env, va, entry - (va >> PAGE_SHIFT & (LARGE_PAGES - 1)));
    return entry;
}

/* How many of `npages` pages from `va` on have their entries in one table. */
static inline u32
in_one_table(va_t va, u64 npages)
{
    u32 left = LARGE_PAGES - (va >> PAGE_SHIFT & (LARGE_PAGES - 1));
    return npages < left ? npages : left;
}

#endif
