/* Revocation: requests, deadlines, the time passing, slices that start. One line each with the status and, for each environment, what it has, what it is told, and what it lost. */

enum { PAGES = 96, RESERVED = 16, TABLES = 16 };

#include "kernel_pages.h"

#include <binding.h>
#include <revoke.h>
#include <slice.h>

enum operation { REVOKE, REPOSSESS, START, PASS, KEEP, SAVE, ENTRIES, ALLOC, FREE, SWITCH, READ_LOSSES, SLICES };

long sys_revoke(u64 env_name, u64 env_check, u64 count, u64 user_pc, u64 ticks);
long sys_repossess(u64 env_name, u64 env_check);
long sys_page_keep(u64 name, u64 check);
struct aegis_result sys_page_alloc(u64 page);
long sys_page_free(u64 name, u64 check);

/* Slices here are only counted. The lowest that an environment has is the one that runs: it is never taken. */
static u64 slices[KERNEL_ENVS]; /* a bit for each position */

/* What revoke.c and page.c need of others besides. */
struct env *env_by_cap(u64 name, u64 check) { return (void)check, env_by_id(name); }
void binding_break(pageno_t first, u32 n) { memset(page_refs + first, 0, n * sizeof *page_refs); }
u32 slice_count(u32 id) { return __builtin_popcountll(slices[id % ENV_MAX]); }

bool
slice_repossess(u32 position, u32 id)
{
    u64 *mine = &slices[id % ENV_MAX], bit = 1ull << position;
    if (!(*mine & bit) || bit == (*mine & -*mine))
        return false;
    *mine &= ~bit;
    return true;
}

static u64 *
contents(pageno_t page)
{
    return paging_direct((pa_t)page << PAGE_SHIFT);
}

static struct aegis_cap
genuine(u64 name)
{
    u64 epoch;
    return (struct aegis_cap){name, page_epoch(name, &epoch) ? capability_mint(name, epoch) : 0};
}

static long
apply(enum operation op, u32 who, u64 a, u64 b)
{
    struct env *env = &env_slot[who % KERNEL_ENVS];
    struct aegis_cap cap = genuine(a);
    switch (op) {
    case REVOKE: return sys_revoke(env->id, 0, a, 0, b);
    case REPOSSESS: return sys_repossess(env->id, 0);
    case START: return revoke_upcall(env);
    case PASS: fake_time += a; return 0;
    case KEEP: return sys_page_keep(cap.name, cap.check);
    case SAVE: /* the environment writes what it likes, also nonsense */
        if (env->area->nsaves < AEGIS_REPOSSESSED_MAX)
            env->area->save[env->area->nsaves] = (struct aegis_cap){cap.name, cap.check ^ b};
        env->area->nsaves = b >> 8 ? b >> 8 : env->area->nsaves + 1;
        return 0;
    case ENTRIES:
        env->area->revoke_pc = a & 1 ? 1 : 0;
        env->area->repossess_pc = a & 2 ? 2 : 0;
        env->area->emergency_pc = a & 4 ? 4 : 0;
        return 0;
    case ALLOC: {
        long status = sys_page_alloc(a).status;
        if (status == 0)
            *contents(a) = a * 1000;
        return status;
    }
    case FREE: return sys_page_free(cap.name, page_owned(a, env_owner(env_current())) ? cap.check : 0);
    case SWITCH: current_id = env->id; return 0;
    case READ_LOSSES: env->area->nrepossessed = a; return 0;
    case SLICES: slices[who % KERNEL_ENVS] = a; return 0;
    }
    abort();
}

static void
print(const struct env *env)
{
    const struct aegis_area *area = env->area;
    printf(" | %lu %u %u %lu %u %lx %u", (u64)area->deadline, area->wanted_pages, area->wanted_slices, env->deadline, area->nsaves, slices[env_slot_of(env)], area->nrepossessed);
    for (pageno_t page = 0; page_next_of(env_owner(env), &page); page++)
        printf(" %u:%lu", page, *contents(page));
    for (u32 i = 0; i < area->nrepossessed && i < AEGIS_REPOSSESSED_MAX; i++)
        printf(" %u/%u/%d", area->repossessed[i].kind, area->repossessed[i].resource, (int)area->repossessed[i].saved);
}

int
main(void)
{
    size_t left;
    char *input = read_input(&left);
    const char *at = input;
    u64 op, a, b;
    info->page_count = PAGES;
    fake_time = 1000;
    kernel_start_environments();
    page_init();
    for (u32 i = 0; i < KERNEL_ENVS; i++)
        env_slot[i].creator = i ? env_slot[0].id : 0; /* the first has made the others */
    while (next_operation(&at, &left, &op, &a, &b)) {
        printf("%ld", apply(op & 0xff, op >> 8, a, b));
        for (u32 i = 0; i < KERNEL_ENVS; i++)
            print(&env_slot[i]);
        puts("");
    }
    free(input);
    return 0;
}
