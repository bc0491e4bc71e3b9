/* binding.c - secure bindings; contract in binding.h.
 *
 * A binding is a last-level page-table entry of the environment. It is made after the capability check (bind.c), and from then on the hardware
 * checks each use. Which page to bind where is the application's business; table structure is machine/paging.c's.
 *
 * The entries are a bounded cache, as the paper's STLB (claim K-21), in sets of up to 512 ways. A page table's pages share a set; which sets there are, and which way a binding has,
 * everybody may see (info.h). In a set the first that was bound is displaced first, and only when no way is free. So a binding stands until as many others have been made in its
 * set as that has ways, 64 at least, and an instruction that needs several pages, with what its environment's handler needs to bind them, comes to an end. (The paper's STLB was
 * direct mapped; so were we, until a program needed two pages at a distance of 16 MiB for one instruction: each displaced the other for ever.)
 *
 * So an environment's own table is the truth, and it must be ready to bind again (claim K-20). Exceptions: guaranteed bindings and what the kernel itself has bound (a program's
 * first pages, areas) are outside the cache and stay, so a handler's code and stack cannot be missing; refilled bindings (K-18) are displaced, but keep their entry, only not
 * present, and trap.S puts them back, as the youngest, when they are used.
 */

#include "binding_entry.h"

#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/string.h>
#include <machine/x86.h>

enum { WAYS_MAX = (BINDING_WAYS >> BINDING_WAY_SHIFT) + 1 };

u32 binding_nsets, binding_nways, binding_set_mask;
pte_t binding_ways_mask;
struct binding_refill binding_refills[ENV_MAX][AEGIS_GUARANTEED_MAX];

static struct binding_slot *slots; /* [ENV_MAX][sets][ways] */
static struct binding_set *sets;   /* [ENV_MAX][sets] */
static pte_t no_entry;             /* of the slot that nothing can use: of a kind that may not be displaced */

static void *
take(size_t bytes)
{
    return paging_direct(memory_take((bytes + PAGE_SIZE - 1) >> PAGE_SHIFT));
}

static size_t
slots_of_one(void)
{
    return (binding_set_mask + 1) * (binding_nways ? binding_nways : 1);
}

void
binding_init(u32 bound)
{
    info->binding_limit = bound;
    binding_nways = bound < WAYS_MAX ? bound : WAYS_MAX;
    binding_nsets = bound ? bound / binding_nways : 0;
    binding_set_mask = bound ? binding_nsets - 1 : 0;
    binding_ways_mask = (bound ? (binding_nways - 1) * BINDING_WAY : 0) | PTE_P;
    slots = take(ENV_MAX * slots_of_one() * sizeof *slots);
    sets = take(ENV_MAX * (binding_set_mask + 1) * sizeof *sets);
}

_Static_assert(sizeof(struct binding_slot) == sizeof(struct aegis_binding), "one structure, two names");
_Static_assert(WAYS_MAX == AEGIS_BINDING_WAYS_MAX, "as info.h tells everybody");

void
binding_publish(void)
{
    info_publish(&info->cache, paging_physical(slots), ENV_MAX * slots_of_one() * sizeof *slots);
}

static struct aegis_env_info *
public_of(const struct env *env)
{
    return &info->env[env_slot_of(env)];
}

void
binding_start(struct env *env)
{
    struct binding_slot *first = slots + env_slot_of(env) * slots_of_one();
    env->sets = sets + env_slot_of(env) * (binding_set_mask + 1);
    forget_table(env, 0); /* of the others, 0 says that there is none */
    for (u32 i = 0; i <= binding_set_mask; i++)
        env->sets[i] = (struct binding_set){first + i * binding_nways, PTE_P, PTE_P, public_of(env)};
    if (!info->binding_limit)
        *first = (struct binding_slot){SLOT_UNUSABLE, &no_entry};
}

struct binding_set *
binding_set_of(const struct env *env, va_t va)
{
    return set_of(env, va);
}

struct binding_refill *
binding_refill(const struct env *env, va_t va)
{
    return &binding_refills[env_slot_of(env)][va >> PAGE_SHIFT & (AEGIS_GUARANTEED_MAX - 1)];
}

/* Clear an entry that is not 0 and whose way is no longer its own. invlpg for another environment than the current one is harmless: its TLB entries went with the last
 * write of cr3. */
static void
drop(struct env *env, va_t va, pte_t *entry)
{
    pte_t kind = *entry & BINDING_KIND;
    if (kind == BINDING_GUARANTEED)
        env->nguaranteed--;
    if (kind == BINDING_REFILLED)
        binding_refill(env, va)->last_byte = 0;
    for (u32 i = 0; i < pages_in(*entry); i++)
        page_refs[page_of(*entry) + i]--;
    public_of(env)->bindings -= *entry & PTE_P;
    bool large = *entry & PTE_HUGE;
    *entry = 0;
    if (large)
        write_cr3(read_cr3()); /* AEGIS_BINDINGS showed the memory where its table would be */
    else
        invlpg(va);
}

/* Does it take up a place of the cache? */
static bool
has_way(pte_t entry)
{
    return (entry & (BINDING_CACHED | PTE_P)) == (BINDING_CACHED | PTE_P);
}

/* The way of `entry` becomes free: the oldest of the set moves there, which makes it younger and nobody older, and the free ones stay in a row. */
static void
give_way(struct binding_set *set, pte_t entry)
{
    struct binding_slot *hole = slot_of(set, entry), *oldest = slot_at(set, set->oldest);
    if (hole != oldest) {
        *hole = *oldest;
        *hole->entry = (*hole->entry & ~BINDING_WAYS) | (entry & BINDING_WAYS);
    }
    oldest->last_byte = 0;
    set->oldest = next_way(set->oldest);
    if (set->oldest == set->hand) /* it is empty: what costs what shall not depend on what was bound before */
        set->oldest = set->hand = PTE_P;
}

void
binding_clear(struct env *env, va_t va, pte_t *entry)
{
    if (has_way(*entry))
        give_way(set_of(env, va), *entry);
    drop(env, va, entry);
}

/* The address in `slot` loses its binding, since another needs the slot. */
static void
displace(struct env *env, struct binding_slot *slot)
{
    va_t va = slot->last_byte & -(va_t)PAGE_SIZE;
    public_of(env)->binding_evictions++;
    if ((*slot->entry & BINDING_KIND) != BINDING_REFILLED) {
        drop(env, va, slot->entry);
        return;
    }
    *slot->entry &= ~(PTE_P | BINDING_WAYS);
    public_of(env)->bindings--;
    invlpg(va);
}

/* The next way of its set for the entry of `va`, as bits of the entry. */
static pte_t
take_way(struct env *env, va_t va, pte_t *entry)
{
    struct binding_set *set = set_of(env, va);
    pte_t way = set->hand;
    struct binding_slot *slot = slot_at(set, way);
    set->hand = next_way(way);
    if (slot->last_byte) {
        displace(env, slot);
        set->oldest = set->hand;
    }
    *slot = (struct binding_slot){BINDING_LAST(va), entry};
    return way;
}

void
binding_write(struct env *env, va_t va, pte_t *entry, pte_t value)
{
    refer(env, va, page_of(value));
    if ((*entry & BINDING_KIND) == BINDING_CACHED && (value & BINDING_KIND) == BINDING_CACHED) {
        page_refs[page_of(*entry)]--;
        *entry = value | (*entry & BINDING_WAYS);
        invlpg(va);
        return;
    }
    if (*entry)
        binding_clear(env, va, entry);
    else
        public_of(env)->binding_misses++;
    if (value & BINDING_CACHED)
        value |= take_way(env, va, entry);
    if ((value & BINDING_KIND) == BINDING_GUARANTEED)
        env->nguaranteed++;
    if ((value & BINDING_KIND) == BINDING_REFILLED)
        *binding_refill(env, va) = (struct binding_refill){BINDING_LAST(va), entry, set_of(env, va), 0};
    public_of(env)->bindings++;
    *entry = value;
}

bool
binding_install(struct env *env, va_t va, pageno_t page, u8 rights)
{
    pte_t *entry = paging_walk(env->pml4, va, env_take_table, env);
    if (entry)
        binding_write(env, va, entry, entry_for((pa_t)page << PAGE_SHIFT, BINDING_FIXED, rights, rights));
    return entry;
}

enum { KNOWN = 64 };

/* What to break in an environment: each binding of a page that is `chosen`. */
struct breaking {
    struct env *env;
    bool (*chosen)(struct breaking *b, pageno_t page, u32 n); /* one of these pages is */
    pageno_t first;
    u32 count;
    u16 owner;
    u32 known[KNOWN]; /* what `chosen` has said of 512 pages: their number + 1, and in bit 31 the answer; a large binding costs no more to look at than a small one */
};

static bool
in_range(struct breaking *b, pageno_t page, u32 n)
{
    return page - b->first < b->count || b->first - page < n;
}

static bool
of_owner(struct breaking *b, pageno_t page, u32 n)
{
    u32 *known = &b->known[page / LARGE_PAGES % KNOWN], number = page / LARGE_PAGES + 1;
    if (n == 1)
        return page_is_of(page, b->owner);
    if ((*known & ~0u >> 1) == number)
        return *known >> 31;
    bool found = false;
    for (u32 i = 0; i < n; i++)
        found |= page_is_of(page + i, b->owner);
    *known = number | (u32)found << 31;
    return found;
}

static void
break_one(void *context, va_t va, pte_t *entry)
{
    struct breaking *b = context;
    if (b->chosen(b, page_of(*entry), pages_in(*entry)))
        binding_clear(b->env, va, entry);
}

static void
break_in(struct env *env, void *breaking)
{
    struct breaking *b = breaking;
    b->env = env;
    paging_each_entry(env->pml4, 0, AEGIS_BINDINGS, break_one, b);
    paging_each_entry(env->pml4, AEGIS_BINDINGS_END, AEGIS_USER_TOP, break_one, b);
}

static __attribute__((noinline)) void
break_everywhere(struct breaking b)
{
    env_each(break_in, &b);
}

/* Most pages are bound once: break that binding without a search, if the hint still leads to it. Returns whether others are left. */
static bool
break_hinted(pageno_t page)
{
    if (page_refs[page] == 0)
        return false;
    struct env *env = &env_slot[page_hint[page] % ENV_MAX];
    va_t va = page_hint[page] & ~(u64)(PAGE_SIZE - 1);
    pte_t *entry = env->used ? walk(env, va) : NULL;
    if (entry && *entry && !(*entry & PTE_HUGE) && page_of(*entry) == page)
        binding_clear(env, va, entry);
    return page_refs[page] > 0;
}

void
binding_break(pageno_t first, u32 n)
{
    bool left = false;
    for (pageno_t page = first; page < first + n; page++)
        left |= break_hinted(page);
    if (left)
        break_everywhere((struct breaking){.chosen = in_range, .first = first, .count = n});
}

void
binding_break_of(u16 owner)
{
    bool left = false;
    u32 npages = info->env[owner - AEGIS_OWNER_ENV].pages; /* to look no further than the last of them */
    for (pageno_t page = 0; npages > 0 && page_next_of(owner, &page); page++, npages--)
        left |= break_hinted(page);
    if (left)
        break_everywhere((struct breaking){.chosen = of_owner, .owner = owner});
}

/* Of all: who is older does not matter any more, and binding_start() makes the sets anew. */
static void
clear_one(void *env, va_t va, pte_t *entry)
{
    if (has_way(*entry))
        slot_of(set_of(env, va), *entry)->last_byte = 0;
    drop(env, va, entry);
}

void
binding_break_all(struct env *env, void (*release)(void *context, pa_t table))
{
    paging_tear_down(env->pml4, clear_one, release, env);
}

bool
binding_read(struct env *env, va_t va, void *to, size_t n)
{
    while (n > 0) {
        if (va >= AEGIS_USER_TOP || va - AEGIS_BINDINGS < AEGIS_BINDINGS_END - AEGIS_BINDINGS) /* what shows the page table is no binding */
            return false;
        pte_t *entry = paging_walk(env->pml4, va, NULL, NULL);
        if (!entry || !(*entry & PTE_U)) /* of a displaced one too: it is bound */
            return false;
        size_t size = pages_in(*entry) * PAGE_SIZE, offset = va % size, part = size - offset < n ? size - offset : n;
        memcpy(to, (char *)paging_direct(*entry & PTE_ADDRESS) + offset, part);
        to = (char *)to + part;
        va += part;
        n -= part;
    }
    return true;
}
