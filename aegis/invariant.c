/* invariant.c - the kernel's tables checked against each other; contract in invariant.h.
 *
 * Everything that is counted somewhere is counted again from the tables themselves: references and bindings from the page tables, pages from the owner
 * table, the ring of slices from the public vector. It mends nothing: what is wrong stops the machine.
 * Invariant of its own: an address space is as it was when the check returns.
 */

#include "invariant.h"
#include "binding.h"
#include "info.h"
#include "kernel_layout.h"
#include "page.h"
#include "slice.h"

#include <machine/lapic.h>
#include <machine/memory.h>
#include <machine/panic.h>
#include <machine/string.h>

enum { ENTRIES = 512, LAST = 511, SELF = AEGIS_BINDINGS >> 39, LARGE = 512 /* pages of a large binding */ };
#define TABLE (1u << 31)
#define TABLE_SPAN 0x200000ul /* bytes that one table maps */

static u32 *seen;        /* of each page: present bindings found; TABLE: it is the kernel's, part of an environment */
static const u16 *owners; /* the public table */
static u32 owned[AEGIS_OWNER_ENV + ENV_MAX]; /* pages of each owner */
static u32 kernel_pages; /* those that are part of no environment, as the first check finds them */
static u32 tables, bindings, guaranteed, cached; /* of the environment that is looked at */

#define holds(condition, format, ...) ((condition) ? (void)0 : panic("invariant: " format, __VA_ARGS__))

static void
count_owners(void)
{
    u32 npages;
    owners = paging_direct(page_owners_pages(&npages));
    memset(owned, 0, sizeof owned);
    for (pageno_t p = 0; p < info->page_count; p++) {
        holds(owners[p] < AEGIS_OWNER_ENV + ENV_MAX, "page %u has owner %u", p, owners[p]);
        owned[owners[p]]++;
    }
}

void
invariant_init(void)
{
    seen = paging_direct(memory_take((info->page_count * sizeof *seen + PAGE_SIZE - 1) >> PAGE_SHIFT));
}

/* A page that an environment consists of: the kernel's own, and nobody else's part. */
static void
see_table(void *env, pa_t table)
{
    pageno_t page = table >> PAGE_SHIFT;
    u32 id = ((struct env *)env)->id;
    holds(page < info->page_count && owners[page] == AEGIS_OWNER_KERNEL, "environment %u has table page %u, which is not the kernel's", id, page);
    holds(!(seen[page] & TABLE), "environment %u has table page %u, which serves twice", id, page);
    seen[page] |= TABLE;
    tables++;
}

static bool
is_area(pageno_t page)
{
    for (u32 i = 0; i < ENV_MAX; i++)
        if (env_slot[i].used && paging_physical(env_slot[i].area) >> PAGE_SHIFT == page)
            return true;
    return false;
}

/* Every environment sees the public pages through the same tables, and those hold nothing else and no right to write. */
static void
check_public(struct env *env)
{
    for (u32 i = 0; i < (AEGIS_GUARANTEED_END - AEGIS_INFO) / TABLE_SPAN; i++) {
        const pte_t *entry = paging_walk_large(env->pml4, AEGIS_INFO + i * TABLE_SPAN, NULL, NULL);
        pte_t should = info_table(i), is = entry ? *entry & ~PTE_A : 0;
        holds(is == should, "environment %u has public table entry 0x%lx, not 0x%lx", env->id, is, should);
    }
}

static void
check_public_tables(void)
{
    u32 npages;
    pa_t owner_table = page_owners_pages(&npages);
    for (u32 i = 0; info_table(i / ENTRIES); i++) {
        const pte_t *table = paging_direct(info_table(i / ENTRIES) & PTE_ADDRESS);
        pte_t entry = table[i % ENTRIES];
        pa_t should = i == 0 ? (u64)info - KERNEL_BASE : owner_table + (i - 1) * PAGE_SIZE;
        holds(i > npages ? entry == 0 : (entry & PTE_ADDRESS) == should && !(entry & PTE_W) && entry & PTE_NX, "public page %u is seen through entry 0x%lx", i, entry);
    }
}

/* The hardware's rights are among those that were granted when the binding was made. */
static bool
within_granted(pte_t entry)
{
    u64 granted = entry >> BINDING_GRANTED_SHIFT;
    return entry & PTE_U && granted & AEGIS_READ && (!(entry & PTE_W) || granted & AEGIS_WRITE) && (entry & PTE_NX || granted & AEGIS_EXECUTE);
}

static bool
is_refilled(pte_t entry)
{
    return (entry & BINDING_KIND) == BINDING_REFILLED;
}

static const struct binding_slot *
slot_at(const struct binding_set *set, pte_t way)
{
    return &set->slots[(way & BINDING_WAYS) >> BINDING_WAY_SHIFT];
}

/* What is cached and present has a slot, which names it; nothing else has a way. */
static void
see_way(const struct env *env, va_t va, const pte_t *entry)
{
    if (!(*entry & BINDING_CACHED) || !(*entry & PTE_P)) {
        holds(!(*entry & BINDING_WAYS), "environment %u has entry 0x%lx at 0x%lx, with a way and not in the cache", env->id, *entry, va);
        return;
    }
    const struct binding_slot *slot = slot_at(binding_set_of(env, va), *entry);
    holds((*entry & BINDING_WAYS) >> BINDING_WAY_SHIFT < binding_nways && slot->last_byte == BINDING_LAST(va) && slot->entry == entry,
          "environment %u has entry 0x%lx at 0x%lx, whose slot names 0x%lx", env->id, *entry, va, slot->last_byte);
    cached++;
}

static void
see_entry(void *context, va_t va, pte_t *entry)
{
    const struct env *env = context;
    pageno_t first = (*entry & PTE_ADDRESS) >> PAGE_SHIFT, end = first + (*entry & PTE_HUGE ? LARGE : 1);
    holds((*entry & PTE_P || is_refilled(*entry)) && end <= info->page_count, "environment %u has the damaged entry 0x%lx at 0x%lx", env->id, *entry, va);
    holds(within_granted(*entry), "environment %u has entry 0x%lx at 0x%lx, more than was granted", env->id, *entry, va);
    holds(!(*entry & PTE_HUGE) || (va % (LARGE * PAGE_SIZE) == 0 && first % LARGE == 0), "environment %u has a crooked large binding of page %u at 0x%lx", env->id, first, va);
    for (pageno_t page = first; page < end; page++) {
        holds(owners[page] >= AEGIS_OWNER_ENV || is_area(page) || (info_is_published(page) && !(*entry & PTE_W)), "environment %u has page %u of owner %u bound at 0x%lx", env->id, page, owners[page], va);
        seen[page]++;
    }
    bindings += *entry & PTE_P;
    guaranteed += (*entry & BINDING_KIND) == BINDING_GUARANTEED;
    see_way(env, va, entry);
    if (is_refilled(*entry))
        holds(binding_refill(env, va)->last_byte == BINDING_LAST(va) && binding_refill(env, va)->entry == entry, "environment %u has a refilled binding at 0x%lx that is not remembered", env->id, va);
}

/* From the oldest on to the hand, once round at most, all slots of a set are taken, the others free. With see_way(): each by another binding, its own. */
static u32
count_taken(const struct env *env, const struct binding_set *set)
{
    u32 n = 0, first = (set->oldest & BINDING_WAYS) >> BINDING_WAY_SHIFT, hand = (set->hand & BINDING_WAYS) >> BINDING_WAY_SHIFT;
    holds(first < binding_nways && hand < binding_nways, "environment %u has a set with oldest way %u, hand %u", env->id, first, hand);
    while (n < binding_nways && set->slots[(first + n) % binding_nways].last_byte)
        n++;
    holds((first + n) % binding_nways == hand, "environment %u has a set with oldest way %u, %u taken in a row, and hand %u", env->id, first, n, hand);
    for (u32 i = n; i < binding_nways; i++)
        holds(!set->slots[(first + i) % binding_nways].last_byte, "environment %u has way %u taken beyond the hand", env->id, (first + i) % binding_nways);
    return n;
}

static void
check_sets(const struct env *env)
{
    u32 taken = 0;
    for (u32 i = 0; i < binding_nsets; i++)
        taken += count_taken(env, &env->sets[i]);
    holds(taken == cached, "environment %u has %u slots taken, and %u bindings in the cache", env->id, taken, cached);
}

/* What the kernel would refill is there, and takes a way of its own set. */
static void
check_refills(struct env *env)
{
    for (u32 i = 0; i < AEGIS_GUARANTEED_MAX; i++) {
        const struct binding_refill *refill = binding_refill(env, (va_t)i << PAGE_SHIFT);
        va_t va = refill->last_byte & -(va_t)PAGE_SIZE;
        if (va == 0)
            continue;
        const pte_t *entry = paging_walk(env->pml4, va, NULL, NULL);
        holds(entry == refill->entry && is_refilled(*entry) && refill->set == binding_set_of(env, va), "environment %u would have 0x%lx refilled, which is not bound so", env->id, va);
    }
}

static void
check_recent(struct env *env)
{
    for (u32 i = 0; i < ENV_RECENT; i++) {
        const struct env_table *recent = &env->recent[i];
        if (recent->number % ENV_RECENT != i)
            continue;
        const pte_t *entry = paging_walk_large(env->pml4, recent->number * TABLE_SPAN, NULL, NULL);
        holds(entry && *entry & PTE_P && paging_direct(*entry & PTE_ADDRESS) == recent->table, "environment %u has a wrong table in mind for 0x%lx", env->id, recent->number * TABLE_SPAN);
    }
}

/* The upper half: the kernel's, but for the private last GiB. */
static void
check_top(struct env *env)
{
    const pte_t *kernel = paging_direct(paging_kernel_space());
    pte_t *table = env->pml4;
    holds(memcmp(env->pml4 + ENTRIES / 2, kernel + ENTRIES / 2, (LAST - ENTRIES / 2) * sizeof *kernel) == 0, "environment %u has another kernel half", env->id);
    for (int level = 0; level < 3; level++) {
        pte_t next = table[LAST];
        holds((next & (PTE_P | PTE_U)) == PTE_P, "environment %u has top entry 0x%lx", env->id, next);
        see_table(env, next & PTE_ADDRESS);
        table = paging_direct(next & PTE_ADDRESS);
    }
    holds(table[LAST] == (paging_physical(env->area) | (table[LAST] & (PTE_A | PTE_D)) | PTE_P | PTE_W | PTE_NX), "environment %u has area entry 0x%lx", env->id, table[LAST]);
    holds((table[LAST - 1] & PTE_ADDRESS) == LAPIC_PHYSICAL, "environment %u has timer entry 0x%lx", env->id, table[LAST - 1]);
}

static bool
maker_owes(const struct env *env)
{
    while ((env = env_by_id(env->creator)))
        if (env->excess)
            return true;
    return false;
}

static void
check_env(struct env *env, void *kernel_parts)
{
    const struct aegis_env_info *public = &info->env[env_slot_of(env)];
    holds(env->id % ENV_MAX == env_slot_of(env) && public->id == env->id, "environment %u in slot %u is public as %u", env->id, env_slot_of(env), public->id);
    holds(env->cr3 == paging_physical(env->pml4), "environment %u has cr3 0x%lx", env->id, env->cr3);
    holds(public->excess == env->excess, "environment %u owes %u slices, public are %u", env->id, env->excess, public->excess);
    holds(!(env->upcalls & ENV_UPCALL_DEBT) == !maker_owes(env), "environment %u is marked 0x%x, and its makers owe otherwise", env->id, env->upcalls);
    holds(public->pages == owned[env_owner(env)], "environment %u has %u pages counted", env->id, public->pages);
    tables = bindings = guaranteed = cached = 0;
    pte_t window = env->pml4[SELF]; /* through it the tables would be seen as mapped pages */
    env->pml4[SELF] = 0;
    paging_each_table(env->pml4, see_table, env);
    holds(tables == env->ntables, "environment %u has %u tables, counted are %u", env->id, tables, env->ntables);
    paging_each_entry(env->pml4, 0, AEGIS_USER_TOP, see_entry, env);
    env->pml4[SELF] = window;
    holds((window & (PTE_ADDRESS | PTE_P | PTE_W)) == (env->cr3 | PTE_P), "environment %u has the window 0x%lx", env->id, window);
    holds(bindings == public->bindings, "environment %u has %u bindings, counted are %u", env->id, bindings, public->bindings);
    holds(guaranteed == env->nguaranteed && guaranteed <= AEGIS_GUARANTEED_MAX, "environment %u has %u guaranteed bindings, counted are %u", env->id, guaranteed, env->nguaranteed);
    see_table(env, env->cr3);
    see_table(env, paging_physical(env->area));
    check_top(env);
    check_sets(env);
    check_refills(env);
    check_recent(env);
    check_public(env);
    *(u32 *)kernel_parts += tables;
}

/* A free page that passes for zero is. */
static void
check_zero(pageno_t page)
{
    const u64 *words = paging_direct((pa_t)page << PAGE_SHIFT);
    for (u32 i = 0; i < PAGE_SIZE / sizeof *words; i++)
        holds(words[i] == 0, "page %u is marked as zero, its word %u is 0x%lx", page, i, words[i]);
}

static void
check_pages(u32 kernel_parts)
{
    for (pageno_t p = 0; p < info->page_count; p++) {
        u16 owner = owners[p];
        u32 refs = seen[p] & ~TABLE;
        holds(page_refs[p] == refs, "page %u of owner %u has %u references, counted are %u", p, owner, refs, page_refs[p]);
        holds(owner != AEGIS_OWNER_FREE || refs == 0, "page %u is free and bound", p);
        if (owner == AEGIS_OWNER_FREE && page_hint[p] == PAGE_HINT_ZERO)
            check_zero(p);
        holds(owner < AEGIS_OWNER_ENV || env_slot[owner - AEGIS_OWNER_ENV].used, "page %u belongs to the empty slot %u", p, owner - AEGIS_OWNER_ENV);
    }
    holds(owned[AEGIS_OWNER_FREE] == info->free_pages, "%u pages are free, counted are %u", owned[AEGIS_OWNER_FREE], info->free_pages);
    if (kernel_pages == 0)
        kernel_pages = owned[AEGIS_OWNER_KERNEL] - kernel_parts;
    holds(owned[AEGIS_OWNER_KERNEL] == kernel_pages + kernel_parts, "the kernel has %u pages, its environments %u, and %u are its own",
          owned[AEGIS_OWNER_KERNEL], kernel_parts, kernel_pages);
}

/* The ring from the current position on is the allocated positions in the vector's order, once round. */
static void
check_slices(void)
{
    u32 n = 0, steps = 0;
    for (u32 i = 0; i < AEGIS_SLICES; i++) {
        const struct aegis_slice *s = &info->slices[i];
        holds(!s->owner == !s->runner, "slice %u has owner %u and runner %u", i, s->owner, s->runner);
        holds(!s->owner || (env_by_id(s->owner) && env_by_id(s->runner)), "slice %u is of %u and runs %u: one is dead", i, s->owner, s->runner);
        n += s->owner != 0;
    }
    if (n == 0)
        return;
    holds(info->slice == current_slice->position, "slice %u runs, public is %u", current_slice->position, info->slice);
    for (const struct slice *s = current_slice; steps < n; s = s->next, steps++) {
        u32 behind = (s->next->position - s->position + AEGIS_SLICES - 1) % AEGIS_SLICES; /* positions passed over */
        holds(s->public == &info->slices[s->position] && s->public->owner, "slice %u is in the ring and free", s->position);
        holds(s->ticks == (n == 1 ? 0 : AEGIS_QUANTUM), "slice %u of %u has %u ticks", s->position, n, s->ticks);
        for (u32 i = 1; i <= behind; i++)
            holds(!info->slices[(s->position + i) % AEGIS_SLICES].owner, "the ring passes over slice %u", (s->position + i) % AEGIS_SLICES);
        holds(steps + 1 < n || s->next == current_slice, "the ring of %u slices does not close at %u", n, s->position);
    }
}

static void
count_one(struct env *env, void *n)
{
    (void)env;
    ++*(u32 *)n;
}

void
invariant_check(void)
{
    u32 kernel_parts = 0, alive = 0;
    memset(seen, 0, info->page_count * sizeof *seen);
    count_owners();
    check_public_tables();
    env_each(check_env, &kernel_parts);
    check_pages(kernel_parts);
    check_slices();
    env_each(count_one, &alive);
    holds(alive == info->environments, "%u environments live, counted are %u", alive, info->environments);
    holds(!alive || env_by_id(current_id), "environment %u runs and is dead", current_id);
}

/* Check the kernel's tables; the machine stops if they are not consistent. For tests: it costs a walk through all of them. Returns 0. */
long
sys_kernel_check(void)
{
    invariant_check();
    return 0;
}
