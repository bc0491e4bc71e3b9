/* signal_deliver.c - what happens to a signal before its thread goes back to ring 3: a handler, the default action, an interrupted call again; contract in signal.h. */

#include "errors.h"
#include "process.h"
#include "schedule.h"
#include "signal.h"
#include "syscall.h"

enum { SYSCALL_SIZE = 2 }; /* bytes of the instruction */

struct signal {
    u32 number; /* 0: none */
    struct signal_info info;
    const char *cause;
};

void
signal_force(u32 number, u32 code, va_t address, const char *cause)
{
    struct thread_signals *s = &current_thread->signals;
    struct sigaction *action = &current->signals.action[number];
    if (s->blocked & SIGNAL_BIT(number) || action->handler == SIG_IGN) {
        action->handler = SIG_DFL;
        s->blocked &= ~SIGNAL_BIT(number);
    }
    s->forced.number = number;
    s->forced.info = (struct signal_info){.address = address, .code = code};
    s->forced.cause = cause;
    thread_attention = true;
}

/* Take the lowest of `pending` that is not blocked. */
static bool
take_from(struct signals_pending *pending, sigset_t blocked, struct signal *taken)
{
    sigset_t set = pending->set & ~blocked;
    if (!set)
        return false;
    if (set & SIGNAL_BIT(SIGKILL))
        set = SIGNAL_BIT(SIGKILL);
    u32 number = __builtin_ctzl(set) + 1;
    pending->set &= ~SIGNAL_BIT(number);
    *taken = (struct signal){number, pending->info[number], "sent by a process"};
    return true;
}

static bool
take(struct signal *taken)
{
    struct thread_signals *s = &current_thread->signals;
    if (s->forced.number) {
        *taken = (struct signal){s->forced.number, s->forced.info, s->forced.cause};
        s->forced.number = 0;
        return true;
    }
    return take_from(&s->pending, s->blocked, taken) || take_from(&current->signals.pending, s->blocked, taken);
}

/* Was this a system call that a signal has interrupted? */
static bool
is_interrupted(const struct trapframe *t)
{
    return t->vector == SYSCALL_VECTOR && (long)t->rax == -EINTR && t->error != SYS_rt_sigreturn;
}

/* These end when a handler has run, whatever it asked for (signal(7)). */
static bool
may_restart(u64 number)
{
    return number != SYS_rt_sigsuspend && number != SYS_pause && number != SYS_nanosleep && number != SYS_clock_nanosleep;
}

static void
restart(struct trapframe *t)
{
    t->rax = t->error;
    t->rip -= SYSCALL_SIZE;
}

/* One attempt to enter the handler; false if the frame could not be built. */
static bool
enter(struct trapframe *t, const struct signal *signal)
{
    struct thread_signals *s = &current_thread->signals;
    struct sigaction *action = &current->signals.action[signal->number];
    if (!signal_frame_push(t, action, signal->number, &signal->info, s->suspended ? s->saved : s->blocked))
        return false;
    s->suspended = false;
    s->blocked = (s->blocked | action->mask | (action->flags & SA_NODEFER ? 0 : SIGNAL_BIT(signal->number))) & ~SIGNALS_UNBLOCKABLE;
    if (action->flags & SA_RESETHAND)
        action->handler = SIG_DFL;
    return true;
}

static void
act(struct trapframe *t, const struct signal *signal)
{
    struct sigaction *action = &current->signals.action[signal->number];
    if (process_ignores_signal(current, signal->number))
        return;
    if (action->handler == SIG_DFL) {
        if (SIGNAL_BIT(signal->number) & SIGNALS_THAT_STOP)
            process_stop(signal->number);
        else
            process_kill(signal->number, signal->cause, t->rip, signal->info.address);
        return;
    }
    if (is_interrupted(t) && action->flags & SA_RESTART && may_restart(t->error))
        restart(t);
    if (enter(t, signal))
        return;
    /* A handler that cannot be entered is a SIGSEGV; if it was SIGSEGV's own, the end. */
    if (signal->number == SIGSEGV)
        current->signals.action[SIGSEGV].handler = SIG_DFL;
    signal_force(SIGSEGV, SI_KERNEL, 0, "a signal handler could not be entered: bad stack, handler or restorer");
}

static bool
take_and_act(struct trapframe *t)
{
    struct signal signal;
    if (!take(&signal))
        return false;
    act(t, &signal);
    return true;
}

void
signal_deliver(struct trapframe *t)
{
    struct thread_signals *s = &current_thread->signals;
    do
        if (current->stopped)
            process_wait_while_stopped();
    while (!current_thread->ending && take_and_act(t));
    if (current_thread->ending)
        thread_end();
    if (is_interrupted(t)) { /* no handler has run (it would have set rax): nothing to be told about */
        if (s->suspended)
            s->blocked = s->saved;
        restart(t);
    }
    s->suspended = false;
    signal_notice();
}
