/* overtime.c - time beyond the end of a slice; contract in overtime.h. Debts themselves are debt.c's. */

#include "overtime.h"
#include "debt.h"
#include "slice.h"

#include <machine/lapic.h>
#include <machine/options.h>
#include <machine/x86.h>

enum { STATUS_EXCESS = 200 };

void slice_late(void);
void slice_excess(void);

u32 slice_deadline;
u32 slice_grace = AEGIS_GRACE;

void
overtime_init(void)
{
    if (options_wall_clock()) /* ticks are not the timer's counts: nobody is late */
        slice_grace = ~0u;
}

u32
overtime_slices(u32 ticks)
{
    return ticks > slice_grace ? 1 + ticks / AEGIS_QUANTUM : 0;
}

/* overtime_slices() of the time since the deadline, which is over; it is now, then. */
static u32
overdue(void)
{
    u32 now = rdtsc(), late = now - slice_deadline;
    slice_deadline = now;
    return overtime_slices(late);
}

/* Who pays for what runs now: itself. But a guest that has no slice, or owes already, was let in by the slice's runner, and a runner that has none by the slice's owner. */
static struct env *
payer(void)
{
    struct env *env = env_current();
    if (slice_state.visiting && (env->excess || slice_count(env->id) == 0))
        env = env_by_id(current_slice->public->runner);
    return slice_count(env->id) ? env : env_by_id(current_slice->public->owner);
}

u32
overtime_payer(const struct env *dying)
{
    const struct env *env = payer();
    return env == dying ? dying->creator : env->id;
}

void
overtime_charge(u32 payer_id)
{
    struct env *env = env_by_id(payer_id);
    if (env && current_slice->ticks && (slice_state.saving || lapic_timer_left() == 0))
        debt_add(env, overdue());
}

/* From transfer.S: the slice ended more than a grace ago, while who runs was in a system call. */
void
slice_late(void)
{
    debt_add(payer(), overdue());
}

/* From transfer.S: the timer fired again while the environment that runs is saving its state. */
void
slice_excess(void)
{
    struct env *env = env_current();
    u32 slices = overdue(); /* in a system call it may have spent several graces, and been interrupted once */
    debt_add(payer(), slices ? slices : 1);
    if (env->excess > AEGIS_EXCESS_MAX || slice_state.saving++ > AEGIS_EXCESS_MAX)
        env_kill(STATUS_EXCESS, "saving its state took more than %u excess slices", AEGIS_EXCESS_MAX);
    lapic_timer_arm(AEGIS_GRACE);
}
