/* env.c - environments; contract in env.h.
 *
 * Address-space construction is space.c's business, time is slice.c's, what a program's memory holds is program.c's (the first) or its creator's.
 */

#include "debt.h"
#include "env.h"
#include "binding.h"
#include "capability.h"
#include "fpu.h"
#include "info.h"
#include "overtime.h"
#include "page.h"
#include "program.h"
#include "slice.h"
#include "space.h"

#include <machine/panic.h>
#include <machine/print.h>
#include <machine/string.h>
#include <machine/x86.h>

struct env env_slot[ENV_MAX];
u32 current_id;

/* No id names this slot: transfer.S compares ids, and looks only into the slot that an id names. */
static void
slot_clear(u32 slot)
{
    env_slot[slot] = (struct env){.id = slot ^ 1};
}

void
env_init(void)
{
    for (u32 i = 0; i < ENV_MAX; i++)
        slot_clear(i);
}

void
env_each(void (*visit)(struct env *env, void *context), void *context)
{
    for (u32 i = 0; i < ENV_MAX; i++)
        if (env_slot[i].used)
            visit(&env_slot[i], context);
}

pa_t
env_take_table(void *env)
{
    struct env *e = env;
    if (e->ntables == ENV_TABLES_MAX)
        return 0;
    pa_t page = page_take_any(AEGIS_OWNER_KERNEL);
    e->ntables += page != 0;
    return page;
}

static struct env *
free_slot(void)
{
    for (u32 i = 0; i < ENV_MAX; i++)
        if (!env_slot[i].used)
            return &env_slot[i];
    return NULL;
}

static void
copy_name(char *to, const char *from)
{
    size_t n = strlen(from);
    n = n < ENV_NAME_MAX - 1 ? n : ENV_NAME_MAX - 1;
    memcpy(to, from, n);
    to[n] = 0;
}

struct env *
env_create(const char *name, u32 creator)
{
    static u32 generation; /* ids are used once: when there are no more, nobody can be made */
    struct env *env = free_slot();
    if (!env || generation == ~0u / ENV_MAX)
        return NULL;
    u32 slot = env_slot_of(env);
    *env = (struct env){.used = true, .id = ++generation * ENV_MAX + slot, .cr0 = read_cr0() | CR0_TS, .creator = creator};
    info->env[slot].id = env->id;
    info->environments++;
    copy_name(env->name, name);
    debt_inherit(env);
    if (space_create(env)) {
        fpu_reset(env);
        return env;
    }
    env_destroy(env);
    return NULL;
}

/* What the dead has made falls to who had made it: somebody alive can always destroy it. */
static void
bequeath(struct env *env, void *dead)
{
    if (env->creator == ((struct env *)dead)->id)
        env->creator = ((struct env *)dead)->creator;
}

void
env_destroy(struct env *env)
{
    u32 slot = env_slot_of(env);
    u16 owner = env_owner(env);
    env_each(bequeath, env);
    debt_pass(env);
    slice_forget(env);
    fpu_forget(env);
    space_destroy(env);
    slot_clear(slot);
    binding_break_of(owner); /* in others: its capabilities may have been given away */
    page_each_of(owner, page_release);
    info->env[slot] = (struct aegis_env_info){.id = 0};
    info->environments--;
}

struct env *
env_by_id(u64 id)
{
    struct env *env = &env_slot[id % ENV_MAX];
    return env->used && env->id == id ? env : NULL;
}

bool
env_epoch(u64 name, u64 *epoch)
{
    *epoch = 0; /* ids are used once */
    return capability_count(name) == 1 && env_by_id(capability_first(name));
}

bool
env_owned(u64 name, u16 owner)
{
    struct env *env = env_by_id(capability_first(name));
    struct env *creator = env ? env_by_id(env->creator) : NULL;
    return env && (env_owner(env) == owner || (creator && env_owner(creator) == owner));
}

struct env *
env_by_cap(u64 name, u64 check)
{
    u64 epoch;
    bool genuine = env_epoch(name, &epoch) && capability_grants(name, check, epoch, AEGIS_CAP_ENV, AEGIS_OWN);
    return genuine ? env_by_id(capability_first(name)) : NULL;
}

_Noreturn void
env_finish(u8 status)
{
    struct env *env = env_current();
    if (program_is(env))
        program_end(status);
    u32 payer = overtime_payer(env);
    env_destroy(env);
    overtime_charge(payer);
    slice_run_next();
}

_Noreturn void
env_kill(u8 status, const char *why, ...)
{
    char text[256];
    va_list args;
    va_start(args, why);
    format(text, sizeof text, why, args);
    va_end(args);
    report("killed %s %s", env_current()->name, text);
    env_finish(status);
}

/* End the caller with the low byte of `status`; all that it has comes back. Does not return. */
long
sys_env_exit(u64 status)
{
    env_finish(status);
}

/* Make an environment with nothing but an area and the public pages. Returns its id with, in rdx, the check word of
 * AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, id); or -E_QUOTA (no slot or no memory). It runs when a slice is given to it or somebody transfers into it. */
struct aegis_result
sys_env_create(void)
{
    struct env *env = env_create("child", current_id);
    if (!env)
        return (struct aegis_result){-E_QUOTA, 0};
    return (struct aegis_result){env->id, capability_mint(AEGIS_CAP_NAME(AEGIS_CAP_ENV, AEGIS_ALL, env->id), 0)};
}

/* Bind the area of the environment that (name, check) controls at page address `va` of the caller, to read and write: its contexts are set through it.
 * Returns 0, -E_CAP, or page_bind's errors. */
long
sys_env_area(u64 va, u64 name, u64 check)
{
    struct env *env = env_by_cap(name, check);
    return env ? binding_install_area(env_current(), va, paging_physical(env->area) >> PAGE_SHIFT) : -E_CAP;
}

/* Destroy the environment that (name, check) controls; all that it has comes back. Of itself: as env_exit. Returns 0 or -E_CAP. */
long
sys_env_destroy(u64 name, u64 check)
{
    struct env *env = env_by_cap(name, check);
    if (!env)
        return -E_CAP;
    if (env == env_current())
        env_finish(0);
    if (program_is(env))
        program_end(PROGRAM_DESTROYED);
    u32 payer = overtime_payer(env);
    env_destroy(env);
    if (!slice_is_current_owned()) {
        overtime_charge(payer);
        slice_run_next();
    }
    return 0;
}
