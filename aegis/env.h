/* env.h - environments: what the kernel knows of a running program (claims K-7..K-10). */
#ifndef ENV_H
#define ENV_H

#include <aegis/abi.h>
#include <machine/paging.h>

enum { ENV_MAX = AEGIS_ENVS, ENV_TABLES_MAX = 64, ENV_NAME_MAX = 32, ENV_RECENT = 16, ENV_DEBT_MAX = 64 };

/* A last-level page table: binding.c finds it here sooner than by a walk. */
struct env_table {
    u64 number; /* of the table: address / 2 MiB. Where there is none, one that belongs in another place, so that no address finds it */
    pte_t *table;
};

#define ENV_SHIFT 9 /* log2 of sizeof(struct env), for transfer.S */

struct env {
    u32 id;    /* in a free slot: an id that names another slot, so that no id finds it */
    bool used; /* the slot holds an environment */
    u64 cr3, cr0; /* what a switch loads (claim K-24: address space and processor status word) */
    pte_t *pml4;
    struct aegis_area *area; /* through the direct map */
    struct binding_set *sets; /* its part of the cache of bindings */
    struct env_table recent[ENV_RECENT]; /* by the table's number modulo ENV_RECENT */
    u32 nguaranteed;         /* bindings that are never evicted */
    u32 ntables;             /* page-table pages taken, at most ENV_TABLES_MAX */
    u16 excess;              /* slices to forfeit (claim K-5), at most ENV_DEBT_MAX */
    u16 upcalls;             /* ENV_UPCALL_..., to be delivered when a slice starts; transfer.S tests both at once */
    u16 nkept;
    u32 creator;             /* id of the environment that made it, 0: the kernel. It may mint its capability; the dead's falls to its own */
    pageno_t kept[AEGIS_KEPT]; /* never taken by force (claim D-25) */
    u32 target_pages, target_slices; /* what a revocation leaves it */
    u64 deadline;                    /* ticks; 0: no imperative is standing */
    char name[ENV_NAME_MAX];
} __attribute__((aligned(1 << ENV_SHIFT)));

enum { ENV_UPCALL_REVOKE = 1, ENV_UPCALL_REPOSSESS = 2, ENV_UPCALL_EMERGENCY = 4, ENV_UPCALL_DEBT = 8 /* none, but it makes transfer.S look: debt.h */ };

extern struct env env_slot[ENV_MAX];
extern u32 current_id; /* the environment that runs */

static inline u32 env_slot_of(const struct env *env) { return env - env_slot; }
static inline struct env *env_current(void) { return &env_slot[current_id % ENV_MAX]; }

/* Its entry in the public owner table. */
static inline u16 env_owner(const struct env *env) { return AEGIS_OWNER_ENV + env_slot_of(env); }

void env_init(void);

/* Make an environment with an area, the public pages and an otherwise empty address space, made by the environment `creator`. NULL if there is no slot or no memory. */
struct env *env_create(const char *name, u32 creator);

/* Give back all that the environment has: bindings, pages, tables, slices, slot. It may be the current one; the caller then runs another. */
void env_destroy(struct env *env);

/* NULL if no environment has this id, or if the capability is not a genuine one to control its environment. */
struct env *env_by_id(u64 id);
struct env *env_by_cap(u64 name, u64 check);

/* capability.h's questions, for environments: the resource is the id, which is never used again. */
bool env_epoch(u64 name, u64 *epoch);
bool env_owned(u64 name, u16 owner);

void env_each(void (*visit)(struct env *env, void *context), void *context);

/* A paging_alloc_t: one page for a page table of the environment `env`, within its quota. */
pa_t env_take_table(void *env);

/* End the current environment with `status`, and run what comes next. */
_Noreturn void env_finish(u8 status);

/* The same, as a punishment: says why. */
__attribute__((format(printf, 2, 3))) _Noreturn void env_kill(u8 status, const char *why, ...);

#endif
