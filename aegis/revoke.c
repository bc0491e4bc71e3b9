/* revoke.c - visible revocation and the abort protocol; contract in revoke.h, the environment's side in aegis/area.h.
 *
 *      request      wanted_pages, wanted_slices, no deadline: the environment is told at the start of its next slice, and chooses
 *      imperative   the same with a deadline in ticks
 *      abort        the deadline has passed and too much is still there: bindings are broken by force, contents saved where the environment has asked for it,
 *                   each loss written to its repossession vector, and it is told. It is not killed, and may go on.
 *      emergency    the abort was not enough, since the rest is what it keeps: it is told to hand itself to somebody else. Nothing more is done by force
 *
 * Who revokes from whom is policy, so not here: whoever holds the environment's capability. The abort happens when that holder asks for it (repossess) or when the
 * environment's next slice starts, whichever is first. Never taken: the pages it keeps (page_keep), its last slice, the slice that runs now.
 */

#include "revoke.h"
#include "binding.h"
#include "capability.h"
#include "info.h"
#include "page.h"
#include "slice.h"

#include <machine/string.h>
#include <machine/x86.h>

static u32
pages_of(const struct env *env)
{
    return info->env[env_slot_of(env)].pages;
}

static bool
kept(const struct env *env, pageno_t page)
{
    for (u32 i = 0; i < env->nkept; i++)
        if (env->kept[i] == page)
            return true;
    return false;
}

/* Copy `page` to the page that the next capability in the environment's save list names, if that is one to write a single page. Each is used once. */
static u32
save(struct env *env, pageno_t page)
{
    struct aegis_area *area = env->area;
    u32 n = area->nsaves; /* read once: the area is the application's to write, but nobody else runs now */
    if (n == 0 || n > AEGIS_REPOSSESSED_MAX)
        return AEGIS_NOT_SAVED;
    struct aegis_cap cap = area->save[n - 1];
    area->nsaves = n - 1;
    u32 to = capability_first(cap.name);
    if (capability_count(cap.name) != 1 || to == page || !page_cap_grants(cap.name, cap.check, AEGIS_WRITE))
        return AEGIS_NOT_SAVED;
    memcpy(paging_direct((pa_t)to << PAGE_SHIFT), paging_direct((pa_t)page << PAGE_SHIFT), PAGE_SIZE);
    return to;
}

/* Enter a loss. If the vector is full (or its count is garbage) the count goes beyond its end: an environment that does not read it cannot keep things so. */
static void
record(struct env *env, u32 kind, u32 resource, u32 saved)
{
    struct aegis_area *area = env->area;
    u32 n = area->nrepossessed;
    if (n < AEGIS_REPOSSESSED_MAX)
        area->repossessed[n] = (struct aegis_repossession){kind, resource, saved, 0};
    area->nrepossessed = n < AEGIS_REPOSSESSED_MAX ? n + 1 : AEGIS_REPOSSESSED_MAX + 1;
}

/* Is this page a place that the environment has named to save others to? Taking it would lose them. */
static bool
is_save_place(const struct env *env, pageno_t page)
{
    u32 n = env->area->nsaves;
    for (u32 i = 0; i < n && i < AEGIS_REPOSSESSED_MAX; i++)
        if (capability_first(env->area->save[i].name) == page)
            return true;
    for (u32 i = 0; i < env->area->nrepossessed && i < AEGIS_REPOSSESSED_MAX; i++)
        if (env->area->repossessed[i].saved == page)
            return true;
    return false;
}

/* Take pages, from the lowest number up, until `env` has its target; save places only if `all`. Returns how many. */
static u32
take_pages(struct env *env, bool all)
{
    u32 taken = 0;
    for (pageno_t page = 0; pages_of(env) > env->target_pages && page_next_of(env_owner(env), &page); page++) {
        if (kept(env, page) || (!all && is_save_place(env, page)))
            continue;
        binding_break(page, 1);
        record(env, AEGIS_CAP_PAGE, page, save(env, page));
        page_release(page);
        taken++;
    }
    return taken;
}

static u32
take_slices(struct env *env)
{
    u32 taken = 0;
    for (u32 position = AEGIS_SLICES; position-- > 0 && slice_count(env->id) > env->target_slices;)
        if (slice_repossess(position, env->id)) {
            record(env, AEGIS_CAP_SLICE, position, AEGIS_NOT_SAVED);
            taken++;
        }
    return taken;
}

/* The abort, if it is due. Returns how many resources were taken, or -E_TIME. */
static long
abort_if_due(struct env *env)
{
    if (!env->deadline || rdtsc() < env->deadline)
        return -E_TIME;
    env->deadline = 0;
    env->area->deadline = 0;
    env->area->wanted_pages = env->area->wanted_slices = 0;
    u32 taken = take_pages(env, false);
    taken += take_pages(env, true) + take_slices(env); /* who has named nothing but save places loses those */
    env->upcalls &= ~ENV_UPCALL_REVOKE;
    if (taken)
        env->upcalls |= ENV_UPCALL_REPOSSESS;
    if (pages_of(env) > env->target_pages) /* only what it keeps is left (claim D-25) */
        env->upcalls |= ENV_UPCALL_EMERGENCY;
    return taken;
}

/* The due upcall's entry, and it is delivered; 0 if none is due or the environment has no entry for it. */
static u32
deliver(struct env *env, u16 upcall, u32 entry)
{
    if (!(env->upcalls & upcall))
        return 0;
    env->upcalls &= ~upcall;
    return entry;
}

u32
revoke_upcall(struct env *env)
{
    abort_if_due(env);
    u32 entry = deliver(env, ENV_UPCALL_REPOSSESS, env->area->repossess_pc);
    if (!entry)
        entry = deliver(env, ENV_UPCALL_EMERGENCY, env->area->emergency_pc);
    if (!entry)
        entry = deliver(env, ENV_UPCALL_REVOKE, env->area->revoke_pc);
    if (env->deadline)
        env->upcalls |= ENV_UPCALL_REVOKE; /* an imperative is repeated until it is done or due */
    return entry;
}

/* What the environment is to be left with, and by when (0: whenever it likes). */
struct demand {
    u32 pages, slices;
    u64 deadline;
};

static u32
lower(u32 a, u32 b)
{
    return a < b ? a : b;
}

/* While an imperative stands, only who made the environment may take any of it back: else the environment could, which has its own capability, or a friend of its. */
static struct demand
tightened(const struct env *env, struct demand new)
{
    if (!env->deadline || env->creator == current_id)
        return new;
    u64 deadline = new.deadline && new.deadline < env->deadline ? new.deadline : env->deadline;
    return (struct demand){lower(new.pages, env->target_pages), lower(new.slices, env->target_slices), deadline};
}

/* `env` has so many pages and slices now. */
static void
demand(struct env *env, struct demand d, u32 pages, u32 slices)
{
    env->target_pages = d.pages;
    env->target_slices = d.slices;
    env->area->wanted_pages = pages > d.pages ? pages - d.pages : 0;
    env->area->wanted_slices = slices > d.slices ? slices - d.slices : 0;
    env->area->deadline = env->deadline = d.deadline;
    env->upcalls |= ENV_UPCALL_REVOKE;
}

/* Ask the environment that (env_name, env_check) controls to give back `count & 0xffffffff` resources of kind `count >> 32` (AEGIS_CAP_PAGE or _SLICE), at most
 * AEGIS_REPOSSESSED_MAX. `ticks` from now is the deadline; 0: it is a request without one. A new call replaces the last; but while a deadline stands, a call by another
 * than its maker can only ask for more, or sooner. Its last slice stays.
 * Returns 0, -E_CAP (not its capability, or no such kind) or -E_QUOTA (too many at once, or more than it has). */
long
sys_revoke(u64 env_name, u64 env_check, u64 count, u64 user_pc, u64 ticks)
{
    (void)user_pc;
    struct env *env = env_by_cap(env_name, env_check);
    u32 kind = count >> 32, n = count;
    if (!env || (kind != AEGIS_CAP_PAGE && kind != AEGIS_CAP_SLICE))
        return -E_CAP;
    u32 pages = pages_of(env), slices = slice_count(env->id);
    if (n > AEGIS_REPOSSESSED_MAX || n > (kind == AEGIS_CAP_PAGE ? pages : slices))
        return -E_QUOTA;
    u64 now = rdtsc();
    struct demand new = {pages, slices, ticks > ~now ? ~0ul : ticks ? now + ticks : 0};
    if (kind == AEGIS_CAP_PAGE)
        new.pages -= n;
    else
        new.slices = n < slices ? slices - n : 1;
    demand(env, tightened(env, new), pages, slices);
    return 0;
}

/* Carry the abort out now, if the environment's deadline has passed. Returns how many resources were taken (0: it had complied), -E_CAP, or -E_TIME. */
long
sys_repossess(u64 env_name, u64 env_check)
{
    struct env *env = env_by_cap(env_name, env_check);
    return env ? abort_if_due(env) : -E_CAP;
}

/* Promise that the caller's own pages that (name, check), with AEGIS_OWN, names will not be taken by force: AEGIS_KEPT pages at most; freeing or giving one away
 * does not give the promise back. Returns 0, -E_CAP, -E_PAGE (not all the caller's) or -E_QUOTA. */
long
sys_page_keep(u64 name, u64 check)
{
    struct env *env = env_current();
    if (!page_cap_grants(name, check, AEGIS_OWN))
        return -E_CAP;
    if (!page_owned(name, env_owner(env)))
        return -E_PAGE;
    if (env->nkept + capability_count(name) > AEGIS_KEPT)
        return -E_QUOTA;
    for (u32 i = 0; i < capability_count(name); i++)
        env->kept[env->nkept++] = capability_first(name) + i;
    return 0;
}
