/* signal.c - signals; contract in signal.h. System calls rt_sigaction, rt_sigprocmask. The frame on the user's stack is signal_frame.c's. */

#include "signal.h"
#include "errors.h"
#include "process.h"
#include "syscall.h"
#include "user.h"

#include <machine/string.h>

#define BIT(number) (1ul << ((number)-1))
#define UNBLOCKABLE (BIT(SIGKILL) | BIT(SIGSTOP))
#define FLAGS (SA_SIGINFO | SA_RESTORER | SA_NODEFER | SA_RESETHAND)

void
signal_reset(struct signals *signals)
{
    memset(signals, 0, sizeof *signals);
}

void
signal_block(sigset_t set)
{
    current->signals.blocked = set & ~UNBLOCKABLE;
}

void
signal_force(u32 number, u32 code, va_t address, const char *cause)
{
    struct signals *s = &current->signals;
    struct sigaction *action = &s->action[number];
    if (s->blocked & BIT(number) || action->handler == SIG_IGN)
        action->handler = SIG_DFL;
    s->pending.number = number;
    s->pending.code = code;
    s->pending.address = address;
    s->pending.cause = cause;
}

/* One attempt; false if the frame could not be built. */
static bool
deliver(struct trapframe *t, u32 number)
{
    struct signals *s = &current->signals;
    struct sigaction *action = &s->action[number];
    if (action->handler == SIG_DFL)
        process_kill(number, s->pending.cause, t->rip, s->pending.address);
    if (!signal_frame_push(t, action, number, s->pending.code, s->pending.address))
        return false;
    signal_block(s->blocked | action->mask | (action->flags & SA_NODEFER ? 0 : BIT(number)));
    if (action->flags & SA_RESETHAND)
        action->handler = SIG_DFL;
    return true;
}

/* A handler that cannot be entered is a SIGSEGV; if it was SIGSEGV's own, the end. */
void
signal_deliver(struct trapframe *t)
{
    struct signals *s = &current->signals;
    while (!deliver(t, s->pending.number)) {
        if (s->pending.number == SIGSEGV)
            s->action[SIGSEGV].handler = SIG_DFL;
        signal_force(SIGSEGV, SI_KERNEL, 0, "a signal handler could not be entered: bad stack, handler or restorer");
    }
    s->pending.number = 0;
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
    if (number < 1 || number > SIGNALS || (new_at && BIT(number) & UNBLOCKABLE))
        return -EINVAL;
    old = current->signals.action[number];
    if (new_at) {
        new.flags &= FLAGS;
        new.mask &= ~UNBLOCKABLE;
        current->signals.action[number] = new;
    }
    return old_at ? user_write(old_at, &old, sizeof old) : 0;
}

/* rt_sigprocmask(how, new or NULL, old or NULL, 8). Returns 0; -EINVAL (no such `how`, not 8); -EFAULT, as for rt_sigaction. */
long
sys_rt_sigprocmask(struct trapframe *t)
{
    sigset_t set, old = current->signals.blocked;
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
