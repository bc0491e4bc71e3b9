/* slice.c - time slices; contract in slice.h. The paths that count are in transfer.S: slice end, slice_done, yield.
 *
 * Allocated positions form a ring in the vector's order; it is rebuilt when one is allocated or freed. With one position allocated there is no timer.
 * Invariant: current_slice is in the ring, or the ring is empty; an allocated position's owner and runner are alive.
 */

#include "slice.h"
#include "capability.h"
#include "debt.h"
#include "info.h"
#include "overtime.h"
#include "program.h"
#include "revoke.h"

#include <machine/descriptors.h>
#include <machine/lapic.h>
#include <machine/panic.h>
#include <machine/x86.h>

enum { INTERRUPT_IST = 4 };

_Noreturn void user_enter(va_t entry, va_t stack); /* syscall_entry.S */
long sys_slice_idle(void);
extern void slice_end_entry(void); /* transfer.S */

static struct slice slice[AEGIS_SLICES];
static u64 epoch[AEGIS_SLICES];
struct slice *current_slice;
struct slice_state slice_state;

void
slice_init(void)
{
    for (u32 i = 0; i < AEGIS_SLICES; i++)
        slice[i] = (struct slice){.public = &info->slices[i], .position = i};
    idt_gate(VECTOR_TIMER, slice_end_entry, INTERRUPT_IST, 0);
    overtime_init();
}

/* The slice that runs ends in `ticks`; 0: it does not. */
static void
limit(u32 ticks)
{
    slice_deadline = (u32)rdtsc() + ticks;
    lapic_timer_arm(ticks);
}

static bool
allocated(const struct slice *s)
{
    return s->public->owner != 0;
}

/* Link the allocated positions. When the only one becomes one of several, its time starts to count, and when it is the only one again, it ends: a timer left running would
 * interrupt whoever runs alone, some time later, for nothing. But a visit has its limit already: a visitor's positions that come and go neither end nor prolong it. */
static void
rebuild(void)
{
    struct slice *first = NULL, *last = NULL;
    for (u32 i = 0; i < AEGIS_SLICES; i++) {
        struct slice *s = &slice[i];
        if (!allocated(s))
            continue;
        if (!first)
            first = s;
        else
            last->next = s;
        last = s;
    }
    if (!first)
        return;
    last->next = first;
    bool was_alone = current_slice->ticks == 0;
    for (struct slice *s = first; s != last; s = s->next)
        s->ticks = AEGIS_QUANTUM;
    last->ticks = first == last ? 0 : AEGIS_QUANTUM;
    if (was_alone != (current_slice->ticks == 0) && !slice_state.saving && !slice_state.visiting)
        limit(current_slice->ticks);
}

static void
allocate(struct slice *s, struct env *env)
{
    s->public->owner = s->public->runner = env->id;
    epoch[s->position]++;
    rebuild();
}

static void
release(struct slice *s)
{
    s->public->owner = s->public->runner = 0;
    epoch[s->position]++;
    rebuild();
}

bool
slice_is_current_owned(void)
{
    return allocated(current_slice);
}

/* The slice that runs has got another runner. */
static void
see_visit(void)
{
    slice_state.visiting = current_slice->public->runner != current_id;
}

/* The only slice has been given away. If by who runs in it alone, without a limit, that is a visitor from now on, and gets one. */
static void
limit_giver(bool was_visiting)
{
    if (slice_state.visiting && !was_visiting && !slice_state.saving && lapic_timer_left() == 0)
        limit(AEGIS_QUANTUM);
}

static void
switch_to(struct slice *s, struct env *env)
{
    current_slice = s;
    current_id = env->id;
    slice_state = (struct slice_state){0, 0};
    info->slice = s->position;
    info->env[env_slot_of(env)].slices++;
    write_cr3(env->cr3);
    write_cr0(env->cr0);
    limit(s->ticks);
}

_Noreturn void
slice_run_first(struct env *env, va_t entry, va_t stack)
{
    current_slice = &slice[0];
    current_slice->ticks = 0;
    allocate(current_slice, env);
    switch_to(current_slice, env);
    user_enter(entry, stack);
}

/* The first allocated position behind `s` in the vector's order, `s` itself last; NULL if there is none. `s` may have been freed. */
static struct slice *
next_of(const struct slice *s)
{
    for (u32 i = 1; i <= AEGIS_SLICES; i++) {
        struct slice *next = &slice[(s->position + i) % AEGIS_SLICES];
        if (allocated(next))
            return next;
    }
    return NULL;
}

/* Where a slice of `env` starts: at an upcall that is due and that it has an entry for, else at slice_start_pc. */
static u32
entry_of(struct env *env)
{
    u32 upcall = revoke_upcall(env);
    return upcall ? upcall : env->area->slice_start_pc;
}

/* A slice of `env` has come round: is it forfeited (claim K-5)? */
static bool
forfeits(struct env *env)
{
    struct env *debtor = debt_debtor(env);
    if (debtor)
        debt_pay(env, debtor);
    return debtor;
}

/* entry_of(), with the time of an abort that is due then: the environment has let its deadline pass. */
static u32
timed_entry_of(struct env *env)
{
    u32 before = rdtsc(), entry = entry_of(env), slices = overtime_slices((u32)rdtsc() - before);
    if (slices)
        debt_add(env, slices);
    return entry;
}

_Noreturn void
slice_run_next(void)
{
    struct slice *s = current_slice;
    for (u32 tried = 0; tried <= AEGIS_SLICES; tried++) { /* since somebody has paid */
        s = next_of(s);
        if (!s)
            break;
        current_slice = s; /* so that an abort that is due now spares it */
        struct env *env = env_by_id(s->public->runner);
        if (forfeits(env) || forfeits(env_by_id(s->public->owner))) { /* who owes does not let another have its slice */
            tried = 0;
            continue;
        }
        u32 entry = timed_entry_of(env);
        if (!entry)
            continue;
        switch_to(s, env);
        user_enter(entry, AEGIS_SLICE_STACK);
    }
    info->slice = current_slice->position; /* nobody's turn, wherever the search has stopped */
    program_starve();
}

void
slice_forget(struct env *env)
{
    for (u32 i = 0; i < AEGIS_SLICES; i++) {
        struct aegis_slice *public = slice[i].public;
        if (public->owner == env->id)
            release(&slice[i]);
        else if (public->runner == env->id)
            public->runner = public->owner;
    }
    see_visit();
}

/* Halt until the timer fires; nothing is saved, the caller has done that. For as long its gate leads to an entry that only counts. */
static void
halt_until_timer(void)
{
    lapic_fired = 0;
    idt_gate(VECTOR_TIMER, lapic_count_entry, INTERRUPT_IST, 0);
    while (!lapic_fired)
        asm volatile("sti; hlt; cli" : : : "memory");
    lapic_end_of_interrupt();
    idt_gate(VECTOR_TIMER, slice_end_entry, INTERRUPT_IST, 0);
}

/* As slice_done, but the rest of the slice passes first, with the processor halted: it costs no instructions. Where nothing would end the slice, a quantum passes.
 * Does not return. */
long
sys_slice_idle(void)
{
    if (!slice_state.saving) {
        if (lapic_timer_left() == 0)
            lapic_timer_arm(AEGIS_QUANTUM);
        halt_until_timer();
    }
    slice_run_next();
}

bool
slice_epoch(u64 name, u64 *sum)
{
    u32 first = capability_first(name);
    if (capability_count(name) != 1 || first >= AEGIS_SLICES)
        return false;
    *sum = epoch[first];
    return true;
}

bool
slice_owned(u64 name, u16 owner)
{
    u32 first = capability_first(name);
    struct env *env = first < AEGIS_SLICES ? env_by_id(slice[first].public->owner) : NULL;
    return env && env_owner(env) == owner && capability_count(name) == 1;
}

bool
slice_repossess(u32 position, u32 owner_id)
{
    if (slice[position].public->owner != owner_id || &slice[position] == current_slice)
        return false;
    release(&slice[position]);
    return true;
}

u32
slice_count(u32 owner_id)
{
    u32 n = 0;
    for (u32 i = 0; i < AEGIS_SLICES; i++)
        n += slice[i].public->owner == owner_id;
    return n;
}

/* The slice that a genuine capability with AEGIS_OWN names, or NULL. */
static struct slice *
by_cap(u64 name, u64 check)
{
    u64 sum;
    bool genuine = slice_epoch(name, &sum) && capability_grants(name, check, sum, AEGIS_CAP_SLICE, AEGIS_OWN);
    return genuine && allocated(&slice[capability_first(name)]) ? &slice[capability_first(name)] : NULL;
}

/* Give the caller position `position` of the vector, with a capability for all rights; if it owns it already, the capability anew.
 * Returns 0 with the check word in rdx for AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, position), or -E_SLICE (no such position, not free). */
struct aegis_result
sys_slice_alloc(u64 position)
{
    if (position >= AEGIS_SLICES)
        return (struct aegis_result){-E_SLICE, 0};
    struct slice *s = &slice[position];
    if (!allocated(s))
        allocate(s, env_current());
    else if (s->public->owner != current_id)
        return (struct aegis_result){-E_SLICE, 0};
    return (struct aegis_result){0, capability_mint(AEGIS_CAP_NAME(AEGIS_CAP_SLICE, AEGIS_ALL, position), epoch[position])};
}

/* Free a position. If it is the one that runs, it ends now and the call does not return. Returns 0, -E_CAP, or -E_TIME (its owner owes slices: it pays first, and does not
 * leave it to an accomplice). */
long
sys_slice_free(u64 name, u64 check)
{
    struct slice *s = by_cap(name, check);
    if (!s)
        return -E_CAP;
    if (debt_debtor(env_by_id(s->public->owner)))
        return -E_TIME;
    release(s);
    if (s == current_slice)
        slice_run_next();
    return 0;
}

/* Give a position to environment `to`: it owns it from its next instance on and asks for its capability with slice_alloc; the old ones are stale.
 * Returns 0, -E_CAP, -E_ENV (no such environment) or -E_TIME (its owner owes slices: it pays first, and cannot go on under another name; or
 * `to` has a deadline to give slices or pages back: with a gift it would lose its own instead). */
long
sys_slice_give(u64 name, u64 check, u64 to)
{
    struct slice *s = by_cap(name, check);
    struct env *env = env_by_id(to);
    if (!s)
        return -E_CAP;
    if (!env)
        return -E_ENV;
    if (debt_debtor(env_by_id(s->public->owner)) || env->deadline)
        return -E_TIME;
    s->public->owner = s->public->runner = env->id;
    epoch[s->position]++;
    bool was_visiting = slice_state.visiting;
    see_visit();
    if (current_slice->ticks == 0)
        limit_giver(was_visiting);
    return 0;
}
