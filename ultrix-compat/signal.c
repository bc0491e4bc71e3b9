/* signal.c - what a process wants done about signals: rt_sigaction, rt_sigprocmask, rt_sigpending, rt_sigsuspend. Sending is signal_send.c's, delivery signal_deliver.c's. */

#include "signal.h"
#include "errors.h"
#include "process.h"
#include "syscall.h"
#include "user.h"

#define FLAGS (SA_SIGINFO | SA_RESTORER | SA_NODEFER | SA_RESETHAND | SA_RESTART | SA_ONSTACK | SA_NOCLDWAIT | SA_NOCLDSTOP)

bool
signal_waits(const struct thread *thread)
{
    return ((thread->signals.pending.set | thread->process->signals.pending.set) & ~thread->signals.blocked) != 0;
}

bool
signal_kills(const struct thread *thread)
{
    return (thread->signals.pending.set | thread->process->signals.pending.set) & SIGNAL_BIT(SIGKILL);
}

void
signal_notice(void)
{
    thread_attention = current_thread->ending || current->stopped || current_thread->signals.forced.number || signal_waits(current_thread);
}

void
signal_block(sigset_t set)
{
    current_thread->signals.blocked = set & ~SIGNALS_UNBLOCKABLE;
    signal_notice();
}

void
signal_exec(void)
{
    for (u32 i = 1; i <= SIGNALS; i++) {
        struct sigaction *action = &current->signals.action[i];
        *action = (struct sigaction){.handler = action->handler == SIG_IGN ? SIG_IGN : SIG_DFL};
    }
    current_thread->signals.stack = current_thread->signals.stack_size = 0;
}

/* Signals that become ignored are pending no more. */
static void
drop_ignored(u32 number)
{
    if (!process_ignores_signal(current, number))
        return;
    current->signals.pending.set &= ~SIGNAL_BIT(number);
    for (struct thread *t = current->threads; t; t = t->next_in_process)
        t->signals.pending.set &= ~SIGNAL_BIT(number);
    signal_notice();
}

/* rt_sigaction(number, new or NULL, old or NULL, 8). Returns 0; -EINVAL (no such signal, SIGKILL or SIGSTOP with a new action, not 8);
 * -EFAULT. As on Linux the new action is in force even if the old one could not be written. */
long
sys_rt_sigaction(struct trapframe *t)
{
    u32 number = t->rdi;
    va_t new_at = t->rsi, old_at = t->rdx;
    struct sigaction new, old;
    if (t->r10 != sizeof(sigset_t))
        return -EINVAL;
    if (new_at && user_read(&new, new_at, sizeof new) < 0)
        return -EFAULT;
    if (number < 1 || number > SIGNALS || (new_at && SIGNAL_BIT(number) & SIGNALS_UNBLOCKABLE))
        return -EINVAL;
    old = current->signals.action[number];
    if (new_at) {
        new.flags &= FLAGS;
        new.mask &= ~SIGNALS_UNBLOCKABLE;
        current->signals.action[number] = new;
        drop_ignored(number);
    }
    return old_at ? user_write(old_at, &old, sizeof old) : 0;
}

/* rt_sigprocmask(how, new or NULL, old or NULL, 8). Returns 0; -EINVAL (no such `how`, not 8); -EFAULT, as for rt_sigaction. */
long
sys_rt_sigprocmask(struct trapframe *t)
{
    sigset_t set, old = current_thread->signals.blocked;
    if (t->r10 != sizeof set)
        return -EINVAL;
    if (t->rsi) {
        if (user_read(&set, t->rsi, sizeof set) < 0)
            return -EFAULT;
        switch ((u32)t->rdi) {
        case SIG_BLOCK: signal_block(old | set); break;
        case SIG_UNBLOCK: signal_block(old & ~set); break;
        case SIG_SETMASK: signal_block(set); break;
        default: return -EINVAL;
        }
    }
    return t->rdx ? user_write(t->rdx, &old, sizeof old) : 0;
}

/* rt_sigpending(set, size): which are pending and blocked. Returns 0; -EINVAL (more than 8), -EFAULT. */
long
sys_rt_sigpending(struct trapframe *t)
{
    sigset_t set = (current_thread->signals.pending.set | current->signals.pending.set) & current_thread->signals.blocked;
    return t->rsi > sizeof set ? -EINVAL : user_write(t->rdi, &set, t->rsi);
}

/* Wait for a signal that is not in `blocked`; its handler returns to the mask of before. */
static long
suspend(sigset_t blocked)
{
    struct wait_queue nobody_wakes = {NULL, NULL};
    struct thread_signals *s = &current_thread->signals;
    s->saved = s->blocked;
    s->suspended = true;
    signal_block(blocked);
    while (!thread_attention)
        wait_on(&nobody_wakes);
    return -EINTR;
}

/* rt_sigsuspend(mask, 8): -EINTR once a handler has run; -EINVAL (not 8), -EFAULT. */
long
sys_rt_sigsuspend(struct trapframe *t)
{
    sigset_t set;
    if (t->rsi != sizeof set)
        return -EINVAL;
    return user_read(&set, t->rdi, sizeof set) < 0 ? -EFAULT : suspend(set);
}

/* pause(): -EINTR once a handler has run. */
long
sys_pause(struct trapframe *t)
{
    (void)t;
    return suspend(current_thread->signals.blocked);
}
