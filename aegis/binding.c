/* binding.c - secure bindings; contract in binding.h.
 *
 * A binding is a last-level page-table entry of the environment. It is made after the capability check (bind.c), and from then on the hardware
 * checks each use. Which page to bind where is the application's business; table structure is machine/paging.c's.
 *
 * The entries are a bounded, direct-mapped cache, as the paper's STLB (claim K-21): page number modulo the bound names a slot, and binding an address displaces what
 * another address had in its slot. So an environment's own table is the truth, and it must be ready to bind again (claim K-20). Exceptions: guaranteed bindings and what
 * the kernel itself has bound (a program's first pages, areas) have no slot and stay, so a handler's code and stack cannot be missing; refilled bindings (K-18) are
 * displaced, but keep their entry, only not present, and trap.S puts them back when they are used.
 */

#include "binding_entry.h"

#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/string.h>
#include <machine/x86.h>

u32 binding_mask;
struct binding_refill binding_refills[ENV_MAX][AEGIS_GUARANTEED_MAX];

static struct binding_slot *slots; /* [ENV_MAX][mask + 1] */

void
binding_init(u32 bound)
{
    info->binding_limit = bound;
    binding_mask = bound ? bound - 1 : 0;
    slots = paging_direct(memory_take((ENV_MAX * (binding_mask + 1) * sizeof *slots + PAGE_SIZE - 1) >> PAGE_SHIFT));
}

_Static_assert(sizeof(struct binding_slot) == sizeof(struct aegis_binding), "one structure, two names");

void
binding_publish(void)
{
    info_publish(&info->cache, paging_physical(slots), ENV_MAX * (binding_mask + 1) * sizeof *slots);
}

void
binding_start(struct env *env)
{
    env->slots = slots + env_slot_of(env) * (binding_mask + 1);
    if (!info->binding_limit)
        env->slots->last_byte = SLOT_UNUSABLE;
}

va_t
binding_slot(const struct env *env, u32 index)
{
    return env->slots[index].last_byte & -(va_t)PAGE_SIZE;
}

struct binding_refill *
binding_refill(const struct env *env, va_t va)
{
    return &binding_refills[env_slot_of(env)][va >> PAGE_SHIFT & (AEGIS_GUARANTEED_MAX - 1)];
}

static struct aegis_env_info *
public_of(const struct env *env)
{
    return &info->env[env_slot_of(env)];
}

/* Clear an entry that is not 0. invlpg for another environment than the current one is harmless: its TLB entries went with the last write of cr3. */
void
binding_clear(struct env *env, va_t va, pte_t *entry)
{
    if (slot_of(env, va)->last_byte == BINDING_LAST(va))
        slot_of(env, va)->last_byte = 0;
    if (*entry & BINDING_GUARANTEED)
        env->nguaranteed--;
    if (*entry & BINDING_REFILLED)
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

/* The address in `slot` loses its binding, since another needs the slot. */
static void
displace(struct env *env, struct binding_slot *slot)
{
    va_t va = slot->last_byte & -(va_t)PAGE_SIZE;
    public_of(env)->binding_evictions++;
    if (!(*slot->entry & BINDING_REFILLED)) {
        binding_clear(env, va, slot->entry);
        return;
    }
    *slot->entry &= ~(pte_t)PTE_P;
    public_of(env)->bindings--;
    invlpg(va);
}

void
binding_write(struct env *env, va_t va, pte_t *entry, pte_t value, bool slotted)
{
    struct binding_slot *slot = info->binding_limit && slotted ? slot_of(env, va) : NULL;
    if (*entry)
        binding_clear(env, va, entry);
    else
        public_of(env)->binding_misses++;
    if (slot && slot->last_byte)
        displace(env, slot);
    if (slot)
        *slot = (struct binding_slot){BINDING_LAST(va), entry};
    if (value & BINDING_GUARANTEED)
        env->nguaranteed++;
    if (value & BINDING_REFILLED)
        *binding_refill(env, va) = (struct binding_refill){BINDING_LAST(va), entry, slot, 0};
    page_refs[page_of(value)]++;
    page_hint[page_of(value)] = va | env_slot_of(env);
    public_of(env)->bindings++;
    *entry = value;
}

bool
binding_install(struct env *env, va_t va, pageno_t page, u8 rights)
{
    pte_t *entry = paging_walk(env->pml4, va, env_take_table, env);
    if (entry)
        binding_write(env, va, entry, entry_for((pa_t)page << PAGE_SHIFT, rights, rights), false);
    return entry;
}

/* What to break in an environment: each binding of a page that is `chosen`. */
struct breaking {
    struct env *env;
    bool (*chosen)(pageno_t page, u64 what);
    u64 what;
};

static bool
in_range(pageno_t page, u64 range)
{
    return page - (pageno_t)range < range >> 32;
}

static bool
of_owner(pageno_t page, u64 owner)
{
    return page_is_of(page, owner);
}

static void
break_one(void *context, va_t va, pte_t *entry)
{
    struct breaking *b = context;
    for (pageno_t page = page_of(*entry), end = page + pages_in(*entry); page < end; page++)
        if (b->chosen(page, b->what)) {
            binding_clear(b->env, va, entry);
            return;
        }
}

static void
break_in(struct env *env, void *breaking)
{
    struct breaking *b = breaking;
    b->env = env;
    paging_each_entry(env->pml4, 0, AEGIS_BINDINGS, break_one, b);
    paging_each_entry(env->pml4, AEGIS_BINDINGS_END, AEGIS_USER_TOP, break_one, b);
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
    struct breaking b = {NULL, in_range, (u64)n << 32 | first};
    bool left = false;
    for (pageno_t page = first; page < first + n; page++)
        left |= break_hinted(page);
    if (left)
        env_each(break_in, &b);
}

void
binding_break_of(u16 owner)
{
    struct breaking b = {NULL, of_owner, owner};
    bool left = false;
    u32 npages = info->env[owner - AEGIS_OWNER_ENV].pages; /* to look no further than the last of them */
    for (pageno_t page = 0; npages > 0 && page_next_of(owner, &page); page++, npages--)
        left |= break_hinted(page);
    if (left)
        env_each(break_in, &b);
}

static void
clear_one(void *env, va_t va, pte_t *entry)
{
    binding_clear(env, va, entry);
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
        if (va >= AEGIS_BINDINGS)
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
