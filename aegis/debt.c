/* debt.c - debts of slices; contract in debt.h.
 *
 * Invariant: an environment is marked with ENV_UPCALL_DEBT if one of its makers owes: transfer.S leaves its slices to slice.c then.
 */

#include "debt.h"
#include "info.h"
#include "slice.h"

static struct env *
maker_of(const struct env *env)
{
    return env_by_id(env->creator);
}

static void
mark(struct env *env, void *unused)
{
    (void)unused;
    env->upcalls &= ~ENV_UPCALL_DEBT;
    for (struct env *maker = maker_of(env); maker; maker = maker_of(maker))
        if (maker->excess)
            env->upcalls |= ENV_UPCALL_DEBT;
}

void
debt_inherit(struct env *env)
{
    mark(env, NULL);
}

static void
set(struct env *env, u32 slices)
{
    bool owed = env->excess;
    info->env[env_slot_of(env)].excess = env->excess = slices < ENV_DEBT_MAX ? slices : ENV_DEBT_MAX;
    if (owed != (slices != 0))
        env_each(mark, NULL);
}

/* The nearest of `env` and its makers that has slices to forfeit; itself, if none has. */
static struct env *
answerable(struct env *env)
{
    struct env *found = env;
    while (found && slice_count(found->id) == 0)
        found = maker_of(found);
    return found ? found : env;
}

void
debt_add(struct env *env, u32 slices)
{
    struct env *debtor = answerable(env);
    set(debtor, debtor->excess + slices);
}

void
debt_pass(const struct env *dead)
{
    struct env *maker = maker_of(dead);
    if (maker && dead->excess)
        debt_add(maker, dead->excess);
    if (dead->excess)
        env_each(mark, NULL); /* of the children some had it above them */
}

struct env *
debt_search(struct env *env)
{
    struct env *debtor = env;
    while (debtor && (!debtor->excess || (debtor != env && slice_count(debtor->id))))
        debtor = maker_of(debtor);
    return debtor;
}

void
debt_pay(struct env *env, struct env *debtor)
{
    set(debtor, debtor->excess - 1u);
    info->env[env_slot_of(env)].forfeited++;
}
