/* binding_entry.h - page-table entries as bindings: what they say, the slots of the cache, and the inline paths that binding.c and bind.c share. Only those two include it.
 *
 * An entry's low bits are the processor's; bits 9 to 11 hold the rights that were granted at bind time, 52 and 53 how the binding is guaranteed. 0: nothing is bound here.
 * An entry that is not 0 and not present is a refilled binding that another has displaced: trap.S makes it present again when it is used.
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

/* A place of the cache: what is bound through it. */
struct binding_slot {
    va_t last_byte; /* of the page, as BINDING_LAST; 0: none */
    pte_t *entry;
};

/* Slots of an environment, less 1. Without a bound there is one, which nothing can use: whatever is bound goes the general way, which does not look at slots then. */
extern u32 binding_mask;
enum { SLOT_UNUSABLE = 1 }; /* as its last byte */

/* binding.c: clear an entry that is not 0; write one, whatever is there or in its slot. */
void binding_clear(struct env *env, va_t va, pte_t *entry);
void binding_write(struct env *env, va_t va, pte_t *entry, pte_t value, bool slotted);

/* The bits of an entry, by the rights that it gives. */
static const pte_t rights_bits[RIGHTS_BITS + 1] = {
#define BITS(rights) [rights] = PTE_P | PTE_U | ((rights) & AEGIS_WRITE ? PTE_W : 0) | ((rights) & AEGIS_EXECUTE ? 0 : PTE_NX)
    BITS(0), BITS(1), BITS(2), BITS(3), BITS(4), BITS(5), BITS(6), BITS(7),
#undef BITS
};

static inline pte_t
entry_for(pa_t pa, u8 rights, u8 granted)
{
    return pa | rights_bits[rights] | (u64)granted << BINDING_GRANTED_SHIFT;
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

static inline struct binding_slot *
slot_of(const struct env *env, va_t va)
{
    return &env->slots[va >> PAGE_SHIFT & binding_mask];
}

/* The entry for `va` if its table was used lately, else NULL: 10 instructions. */
__attribute__((always_inline)) static inline pte_t *
walk_recent(const struct env *env, va_t va)
{
    const struct env_table *recent = &env->recent[va / TABLE_BYTES % ENV_RECENT];
    return recent->last_byte == (va | (TABLE_BYTES - 1)) ? &recent->table[va >> PAGE_SHIFT & (LARGE_PAGES - 1)] : NULL;
}

/* paging_walk for tables that exist: NULL if one is missing; a 2 MiB entry is returned itself. */
static inline pte_t *
walk(struct env *env, va_t va)
{
    pte_t *entry = walk_recent(env, va);
    if (entry || !(entry = paging_walk(env->pml4, va, NULL, NULL)))
        return entry;
    if (!(*entry & PTE_HUGE))
        env->recent[va / TABLE_BYTES % ENV_RECENT] = (struct env_table){va | (TABLE_BYTES - 1), entry - (va >> PAGE_SHIFT & (LARGE_PAGES - 1))};
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
