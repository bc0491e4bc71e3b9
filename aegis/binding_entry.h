/* binding_entry.h - page-table entries as bindings: what they say, and the inline paths that binding.c and bind.c share. Only those two include it.
 *
 * An entry's low bits are the processor's; bits 9 to 11 hold the rights that were granted at bind time, bit 52 marks a guaranteed binding.
 */
#ifndef BINDING_ENTRY_H
#define BINDING_ENTRY_H

#include "binding.h"
#include "info.h"
#include "page.h"

#include <machine/paging.h>
#include <machine/x86.h>

enum { RIGHTS_BITS = AEGIS_READ | AEGIS_WRITE | AEGIS_EXECUTE, LARGE_PAGES = 512, TABLE_BYTES = PAGE_SIZE * LARGE_PAGES };

/* The rights that the capability granted at bind time, kept in bits that the processor ignores. */
enum { GRANTED_SHIFT = 9 };
#define GUARANTEED (1ull << 52) /* never evicted: has no slot */
#define GRANTED ((u64)RIGHTS_BITS << GRANTED_SHIFT)

extern u32 binding_limit;   /* slots of an environment, 0: no bound */
extern va_t *binding_slots; /* [ENV_MAX][binding_limit]: the address bound through each slot, 0: none. Address 0 is not bindable. */

/* binding.c: clear a present entry; break the binding of `other`, since another address needs its slot. */
void binding_clear(struct env *env, va_t va, pte_t *entry);
void binding_evict(struct env *env, va_t other);

static inline pte_t
entry_for(pa_t pa, u8 rights, u8 granted)
{
    return pa | PTE_P | PTE_U | (rights & AEGIS_WRITE ? PTE_W : 0) | (rights & AEGIS_EXECUTE ? 0 : PTE_NX) | (u64)granted << GRANTED_SHIFT;
}

/* How many pages a present entry binds. */
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

static inline va_t *
slot_of(struct env *env, va_t va)
{
    return &binding_slots[env_slot_of(env) * binding_limit + (va >> PAGE_SHIFT & (binding_limit - 1))];
}

/* What the entry of an upper level leads to. Its other bits are all below the address: machine/paging.c sets none above. */
static inline pte_t *
table_of(pte_t entry)
{
    return paging_direct(entry & -(u64)PAGE_SIZE);
}

/* paging_walk for tables that exist, inline and unrolled: the hot paths' walk, 24 instructions. NULL if a table is missing; a 2 MiB entry is returned itself. */
__attribute__((always_inline)) static inline pte_t *
walk(const struct env *env, va_t va)
{
    pte_t entry = env->pml4[va >> 39 & (LARGE_PAGES - 1)];
    if (!(entry & PTE_P))
        return NULL;
    entry = table_of(entry)[va >> 30 & (LARGE_PAGES - 1)];
    if (!(entry & PTE_P))
        return NULL;
    pte_t *large = &table_of(entry)[va >> 21 & (LARGE_PAGES - 1)];
    if (!(*large & PTE_P))
        return NULL;
    return *large & PTE_HUGE ? large : &table_of(*large)[va >> PAGE_SHIFT & (LARGE_PAGES - 1)];
}

/* How many of `npages` pages from `va` on have their entries in one table. */
static inline u32
in_one_table(va_t va, u64 npages)
{
    u32 left = LARGE_PAGES - (va >> PAGE_SHIFT & (LARGE_PAGES - 1));
    return npages < left ? npages : left;
}

/* Bind `n` pages from `va` on, whose entries are at `entry` on in one table, to the pages from the one in `value` on. The hot loop of every bind: about 25
 * instructions a page. */
__attribute__((always_inline)) static inline void
write_entries(struct env *env, va_t va, pte_t *entry, u32 n, pte_t value, bool slotted)
{
    struct aegis_env_info *public = &info->env[env_slot_of(env)];
    va_t *slot = binding_limit && slotted ? &binding_slots[env_slot_of(env) * binding_limit] : NULL;
    u32 index = va >> PAGE_SHIFT, *refs = &page_refs[page_of(value)], unbound = 0;
    u64 *hint = &page_hint[page_of(value)], where = va | env_slot_of(env);
    for (const pte_t *end = entry + n; entry < end; entry++, index++, value += PAGE_SIZE, where += PAGE_SIZE) {
        va_t at = where & ~(va_t)(PAGE_SIZE - 1);
        if (slot) {
            va_t other = slot[index & (binding_limit - 1)];
            if (other && other != at)
                binding_evict(env, other);
            slot[index & (binding_limit - 1)] = at;
        } else if (binding_limit && *slot_of(env, at) == at) {
            *slot_of(env, at) = 0; /* bound before without the guarantee */
        }
        ++*refs++;
        *hint++ = where;
        if (*entry & PTE_P) {
            page_refs[page_of(*entry)]--;
            env->nguaranteed -= (*entry & GUARANTEED) != 0;
        } else {
            unbound++;
        }
        *entry = value;
        invlpg(at);
    }
    public->bindings += unbound;
    public->binding_misses += unbound;
    env->nguaranteed += value & GUARANTEED ? n : 0;
}

#endif
