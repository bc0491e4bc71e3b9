/* signal.c - signals as user-level events: a mark in the receiver's record, which its own library sees; contract in exos/process.h. */

#include <exos/errno.h>
#include <exos/image.h>
#include <exos/process.h>
#include <exos/signal.h>
#include <exos/syscall.h>
#include <exos/transfer.h>

#define BIT(signal) (1u << ((signal) - 1))
#define IGNORED_BY_DEFAULT (BIT(SIGCHLD) | BIT(SIGCONT))
#define NOT_CAUGHT (BIT(SIGKILL) | BIT(SIGSTOP))

static bool
exists(int signal)
{
    return signal >= 1 && signal <= EXOS_SIGNALS;
}

/* Does `signal` change anything for the process with the record `p`? */
static bool
matters(const struct exos_process *p, int signal)
{
    void (*handler)(int) = p->handler[signal - 1];
    return handler == EXOS_SIG_DEFAULT ? !(BIT(signal) & IGNORED_BY_DEFAULT) : handler != EXOS_SIG_IGNORE;
}

/* To the process in `slot`, if it runs. SIGSTOP and SIGCONT make each other void: while the first is pending the process stands still, so that is all that need be known. */
static void
mark(uint32_t slot, int signal)
{
    struct exos_process *p = exos_process(slot);
    if (signal == SIGCONT || signal == SIGSTOP)
        __sync_fetch_and_and(&p->pending, ~(signal == SIGCONT ? BIT(SIGSTOP) : BIT(SIGCONT)));
    if (exos_head->slot[slot].state == EXOS_PROCESS_RUNS && matters(p, signal))
        __sync_fetch_and_or(&p->pending, BIT(signal));
}

long
exos_kill(long pid, int signal)
{
    if (signal && !exists(signal))
        return -EINVAL;
    if (exos_session_begin() < 0 || pid <= 0)
        return -ESRCH;
    exos_session_lock();
    uint32_t slot = pid % EXOS_PROCESSES;
    bool found = exos_head->slot[slot].pid == pid && exos_head->slot[slot].state != EXOS_PROCESS_FREE;
    if (found && signal)
        mark(slot, signal);
    exos_session_unlock(); /* delivers it, if it is for this process */
    return found ? 0 : -ESRCH;
}

void
exos_signal_child_ended(uint32_t parent)
{
    mark(parent % EXOS_PROCESSES, SIGCHLD);
}

void
exos_signal_all(int signal)
{
    for (uint32_t slot = 0; slot < exos_head->nslots; slot++)
        mark(slot, signal);
}

long
exos_signal(int signal, void (*handler)(int))
{
    if (!exists(signal) || BIT(signal) & NOT_CAUGHT)
        return -EINVAL;
    if (exos_session_begin() < 0)
        return -ENOMEM;
    exos_process_begin(); /* the first process's slices have not looked for signals so far */
    exos_self->handler[signal - 1] = handler;
    return 0;
}

/* A signal is blocked while its handler runs. */
static void
deliver(int signal)
{
    void (*handler)(int) = exos_self->handler[signal - 1];
    if (handler == EXOS_SIG_IGNORE || !matters(exos_self, signal))
        return;
    if (handler == EXOS_SIG_DEFAULT) {
        exos_process_die(signal);
        sys_env_exit(128 + signal);
    }
    exos_self->blocked |= BIT(signal);
    exos_self->handled++;
    handler(signal);
    exos_self->blocked &= ~BIT(signal);
}

/* Until SIGCONT takes the mark away, or SIGKILL comes. Its slices start as if it held a lock: what is due is delivered below this, once. */
static void
stand_still(void)
{
    exos_self->held++;
    while ((*(volatile uint32_t *)&exos_self->pending & (BIT(SIGSTOP) | BIT(SIGKILL))) == BIT(SIGSTOP))
        exos_yield(0);
    exos_self->held--;
}

void
exos_signal_deliver(void)
{
    uint32_t due;
    while (exos_self->held == 0 && (due = exos_self->pending & ~exos_self->blocked) != 0) {
        if ((due & (BIT(SIGSTOP) | BIT(SIGKILL))) == BIT(SIGSTOP)) {
            stand_still();
            continue;
        }
        int signal = __builtin_ctz(due) + 1;
        __sync_fetch_and_and(&exos_self->pending, ~BIT(signal));
        deliver(signal);
    }
}
