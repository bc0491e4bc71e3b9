/* debt.h - slices that an environment forfeits, since it took more of the processor than its own (claim K-5). */
#ifndef DEBT_H
#define DEBT_H

#include "env.h"

/* `env` owes `slices` more, or the next of its makers that has slices, where it has none itself; ENV_DEBT_MAX at most in all. A debt does not kill. */
void debt_add(struct env *env, u32 slices);

/* The debt of the dead, whose children are its maker's now, falls to its maker: else that could make another that owes nothing. */
void debt_pass(const struct env *dead);

/* For whom `env` forfeits its next slice: for itself, or else for one who made it, owes and has no slices to forfeit. NULL: for nobody. */
struct env *debt_search(struct env *env);

static inline struct env *
debt_debtor(struct env *env)
{
    return env->excess || env->upcalls & ENV_UPCALL_DEBT ? debt_search(env) : NULL;
}

/* `env` forfeits a slice for `debtor`. */
void debt_pay(struct env *env, struct env *debtor);

/* `env` has just got its maker: its slices are looked at if that owes. */
void debt_inherit(struct env *env);

#endif
