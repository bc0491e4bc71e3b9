/* Operations on bindings: one line each with the status and, for each environment, its counters, what is bound, and the order in which its sets would displace it.
 * The first word of the input is the bound of the cache. */

enum { PAGES = 3072, RESERVED = 16, TABLES = 1024 };

#include "kernel_pages.h"

#include <binding.h>

enum operation { BIND, UNBIND, RIGHTS, SWITCH, TOUCH, BREAK, BREAK_OF, RECREATE, READ };

char kernel_start[1], kernel_text_end[1], kernel_rodata_end[1], kernel_end[1], kernel_stack_guard[1]; /* paging_init() is not called */

long sys_page_bind_in(u64 where, u64 name, u64 check, u64 user_pc, u64 env_name, u64 env_check);
long sys_page_unbind(u64 va, u64 npages);
long sys_page_rights(u64 where, u64 npages);

/* What binding.c, page.c and paging.c need of others besides. */
struct env *env_by_cap(u64 name, u64 check) { return (void)check, env_by_id(capability_first(name)); }
void info_publish(struct aegis_cap *cap, pa_t start, u64 bytes) { (void)cap, (void)start, (void)bytes; }

void
env_each(void (*visit)(struct env *env, void *context), void *context)
{
    for (u32 i = 0; i < KERNEL_ENVS; i++)
        visit(&env_slot[i], context);
}

pa_t
env_take_table(void *context)
{
    struct env *env = context;
    pa_t page = env->ntables < ENV_TABLES_MAX ? page_take_any(AEGIS_OWNER_KERNEL) : 0;
    env->ntables += page != 0;
    return page;
}

/* An environment's address space; its id stays. */
static void
create(struct env *env)
{
    *env = (struct env){.used = true, .id = env->id};
    env->pml4 = paging_direct(page_take_any(AEGIS_OWNER_KERNEL));
    binding_start(env);
}

static void
release_zero(void *context, pa_t table)
{
    (void)context;
    for (u32 i = 0; i < PAGE_SIZE; i++)
        if (fake_memory[table + i])
            panic("a table is given back that is not empty");
    page_release_zero(table >> PAGE_SHIFT);
}

static void
recreate(struct env *env)
{
    struct aegis_env_info *public = &info->env[env_slot_of(env)];
    binding_break_all(env, release_zero);
    release_zero(NULL, paging_physical(env->pml4));
    if (public->bindings || env->nguaranteed)
        panic("bindings are left");
    *public = (struct aegis_env_info){.id = env->id, .pages = public->pages};
    create(env);
}

static struct binding_slot *
slot(const struct binding_set *set, pte_t way)
{
    return &set->slots[(way & BINDING_WAYS) >> BINDING_WAY_SHIFT];
}

/* The processor finds the page not present: what trap.S then does, with the same words. */
static long
touch(struct env *env, va_t va)
{
    struct binding_refill *refill = binding_refill(env, va);
    pte_t *entry = paging_walk(env->pml4, va, NULL, NULL);
    if ((entry && *entry & PTE_P) || refill->last_byte != BINDING_LAST(va))
        return entry && *entry & PTE_P;
    struct binding_set *set = refill->set;
    struct binding_slot *mine = slot(set, set->hand), old = *mine;
    *refill->entry |= set->hand;
    *mine = (struct binding_slot){refill->last_byte, refill->entry};
    pte_t ways = (pte_t)(binding_nways - 1) << BINDING_WAY_SHIFT | PTE_P;
    set->hand = (set->hand + BINDING_WAY) & ways;
    set->public->binding_hits++;
    if (!old.last_byte) {
        set->public->bindings++;
        return 1;
    }
    set->oldest = set->hand;
    set->public->binding_evictions++;
    if ((*old.entry & BINDING_KIND) == BINDING_REFILLED) {
        *old.entry &= ~ways;
        return 1;
    }
    page_refs[(*old.entry & PTE_ADDRESS) >> PAGE_SHIFT]--;
    *old.entry = 0;
    return 1;
}

/* The capability `name`, as who owns all its pages would have it; forged: one of the pages is nobody's, or the check is wrong by a bit. */
static long
bind(struct env *env, u64 where, u64 name, bool forged)
{
    u64 first = capability_first(name), n = capability_count(name), sum = 0, check = 0;
    bool owned = first >= RESERVED && first + n <= PAGES / 2; /* the others are for tables, and nobody has a capability of those */
    if (owned && page_epoch(name, &sum))
        check = capability_mint(name, sum) ^ forged;
    return sys_page_bind_in(where, name, check, 0, env->id, 0);
}

static long
apply(u64 word, u64 a, u64 b)
{
    enum operation op = word & 0xff;
    struct env *env = &env_slot[(word >> 8 & 0xff) % KERNEL_ENVS];
    char byte;
    switch (op) {
    case BIND: return bind(env, a, b, word >> 16 & 1);
    case UNBIND: return sys_page_unbind(a, b);
    case RIGHTS: return sys_page_rights(a, b);
    case SWITCH: current_id = env->id; return 0;
    case TOUCH: return touch(env, a);
    case BREAK: binding_break(a, b); return 0;
    case BREAK_OF: binding_break_of(env_owner(env)); return 0;
    case RECREATE: recreate(env); return 0;
    case READ: return binding_read(env, a, &byte, 1);
    }
    abort();
}

static void
print_entry(void *context, va_t va, pte_t *entry)
{
    (void)context;
    u64 page = (*entry & PTE_ADDRESS) >> PAGE_SHIFT, present = *entry & PTE_HUGE ? 2 : *entry & PTE_P;
    u64 rights = AEGIS_READ | (*entry & PTE_W ? AEGIS_WRITE : 0) | (*entry & PTE_NX ? 0 : AEGIS_EXECUTE);
    printf(" %lx:%lu:%lu:%lu:%lu:%lu", va >> PAGE_SHIFT, page, rights, *entry >> BINDING_GRANTED_SHIFT & 7, *entry >> 52 & 3, present);
}

/* From the oldest on; a slot and its entry must name each other. */
static void
print_set(const struct binding_set *set)
{
    u32 oldest = (set->oldest & BINDING_WAYS) >> BINDING_WAY_SHIFT, n = 0;
    printf(" [");
    for (; n < binding_nways && set->slots[(oldest + n) % binding_nways].last_byte; n++) {
        const struct binding_slot *s = &set->slots[(oldest + n) % binding_nways];
        if (slot(set, *s->entry) != s || !(*s->entry & PTE_P) || !(*s->entry & BINDING_CACHED))
            panic("a slot and its entry do not name each other");
        printf(" %lx", s->last_byte >> PAGE_SHIFT);
    }
    printf(" ]");
    if ((oldest + n) % binding_nways != (set->hand & BINDING_WAYS) >> BINDING_WAY_SHIFT)
        panic("the hand is not behind the youngest");
}

static void
print(struct env *env, void *context)
{
    (void)context;
    const struct aegis_env_info *public = &info->env[env_slot_of(env)];
    printf(" | %u %u %u %u %u", public->bindings, public->binding_hits, public->binding_misses, public->binding_evictions, env->nguaranteed);
    paging_each_entry(env->pml4, 0, AEGIS_USER_TOP, print_entry, NULL);
    for (u32 i = 0; i < binding_nsets; i++)
        print_set(&env->sets[i]);
}

/* References are what the entries say. */
static u32 seen[PAGES];

static void
see(void *context, va_t va, pte_t *entry)
{
    (void)context, (void)va;
    for (u32 i = 0; i < (*entry & PTE_HUGE ? 512 : 1); i++)
        seen[((*entry & PTE_ADDRESS) >> PAGE_SHIFT) + i]++;
}

static void
see_all(struct env *env, void *context)
{
    paging_each_entry(env->pml4, 0, AEGIS_USER_TOP, see, context);
}

static void
check_references(void)
{
    memset(seen, 0, sizeof seen);
    env_each(see_all, NULL);
    if (memcmp(seen, page_refs, sizeof seen))
        panic("references are not what the entries say");
}

int
main(void)
{
    size_t left;
    char *input = read_input(&left);
    const char *at = input;
    u64 op, a, b;
    info->page_count = PAGES;
    kernel_start_environments();
    if (!next_operation(&at, &left, &op, &a, &b))
        return 0;
    binding_init(op);
    page_init();
    for (pageno_t page = RESERVED; page < PAGES / 2; page++) /* in turns; the rest is for tables */
        page_take(page, AEGIS_OWNER_ENV + page / 512 % KERNEL_ENVS);
    for (u32 i = 0; i < KERNEL_ENVS; i++)
        create(&env_slot[i]);
    while (next_operation(&at, &left, &op, &a, &b)) {
        printf("%ld", apply(op, a, b));
        env_each(print, NULL);
        puts("");
        check_references();
    }
    free(input);
    return 0;
}
