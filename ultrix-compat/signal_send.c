/* signal_send.c - from a sender to what is pending: kill, tgkill, tkill; contract in signal.h. */

#include "errors.h"
#include "process.h"
#include "schedule.h"
#include "signal.h"
#include "syscall.h"

#define BY_DEFAULT_NOTHING (SIGNAL_BIT(SIGCHLD) | SIGNAL_BIT(SIGCONT) | SIGNAL_BIT(SIGURG) | SIGNAL_BIT(SIGWINCH))

bool
process_ignores_signal(const struct process *process, u32 number)
{
    u64 handler = process->signals.action[number].handler;
    return handler == SIG_IGN || (handler == SIG_DFL && SIGNAL_BIT(number) & BY_DEFAULT_NOTHING);
}

/* It may be the thread that runs, one that sleeps, or one that is ready and will see it when it is switched to. */
static void
alert(struct thread *thread)
{
    if (thread == current_thread)
        signal_notice();
    else if (thread->waits_on)
        wait_end(thread, -EINTR);
}

static void
add(struct signals_pending *pending, u32 number, const struct signal_info *info)
{
    if (pending->set & SIGNAL_BIT(number))
        return;
    pending->set |= SIGNAL_BIT(number);
    pending->info[number] = *info;
}

void
signal_send_thread(struct thread *thread, u32 number, const struct signal_info *info)
{
    bool blocked = thread->signals.blocked & SIGNAL_BIT(number);
    if (!blocked && process_ignores_signal(thread->process, number))
        return;
    add(&thread->signals.pending, number, info);
    if (!blocked)
        alert(thread);
}

/* A signal to go on makes those to stop void that are pending, and the other way round. */
static void
drop_opposite(struct process *process, u32 number)
{
    sigset_t opposite = number == SIGCONT ? SIGNALS_THAT_STOP : SIGNAL_BIT(number) & SIGNALS_THAT_STOP ? SIGNAL_BIT(SIGCONT) : 0;
    if (!opposite)
        return;
    process->signals.pending.set &= ~opposite;
    for (struct thread *t = process->threads; t; t = t->next_in_process)
        t->signals.pending.set &= ~opposite;
}

static bool
blocks(const struct thread *thread, u32 number)
{
    return thread->signals.blocked & SIGNAL_BIT(number);
}

/* Who is to take a signal for the process: the sender itself if it may, so that it has it before its kill returns (POSIX), else any other that may; NULL: all block it. */
static struct thread *
choose_taker(struct process *process, u32 number)
{
    if (process == current && !blocks(current_thread, number))
        return current_thread;
    struct thread *taker = process->threads;
    while (taker && blocks(taker, number))
        taker = taker->next_in_process;
    return taker;
}

/* If all threads block it, the first that does not any more takes it. */
void
signal_send_info(struct process *process, u32 number, const struct signal_info *info)
{
    struct thread *taker = choose_taker(process, number);
    if (number == SIGCONT)
        process_continue_openly(process);
    if (number == SIGKILL)
        process_continue(process);
    drop_opposite(process, number);
    if (!process->threads || (taker && process_ignores_signal(process, number)))
        return;
    add(&process->signals.pending, number, info);
    if (taker)
        alert(taker);
}

static struct signal_info
from_current(u32 code)
{
    return (struct signal_info){.address = current ? current->pid : 0, .code = code};
}

void
signal_send(struct process *process, u32 number)
{
    struct signal_info info = from_current(SI_USER);
    signal_send_info(process, number, &info);
}

/* All processes are of one group; a program cannot name another. */
static long
kill_all(u32 number, bool and_itself)
{
    long found = -ESRCH;
    struct signal_info info = from_current(SI_USER);
    for (struct process *p = process_next(NULL); p; p = process_next(p)) {
        if (p->zombie || (p == current && !and_itself))
            continue;
        found = 0;
        if (number)
            signal_send_info(p, number, &info);
    }
    return found;
}

void
signal_send_all(u32 number)
{
    const struct signal_info info = {.code = SI_KERNEL};
    for (struct process *p = process_next(NULL); p; p = process_next(p))
        if (!p->zombie)
            signal_send_info(p, number, &info);
}

/* kill(pid, signal): to the process; 0: to all; -1: to all others. Signal 0: only ask. Returns 0; -EINVAL (no such signal), -ESRCH (no such process). */
long
sys_kill(struct trapframe *t)
{
    int pid = t->rdi;
    u32 number = t->rsi;
    if (number > SIGNALS)
        return -EINVAL;
    if (pid == 0 || pid == -1)
        return kill_all(number, pid == 0);
    struct process *process = pid > 0 ? process_find(pid) : NULL;
    if (!process)
        return -ESRCH;
    if (number)
        signal_send(process, number);
    return 0;
}

static long
kill_thread(u32 pid, u32 tid, u32 number)
{
    struct signal_info info = from_current(SI_TKILL);
    if ((int)tid <= 0 || number > SIGNALS)
        return -EINVAL;
    for (struct process *p = process_next(NULL); p; p = process_next(p))
        for (struct thread *thread = p->threads; thread && (!pid || p->pid == pid); thread = thread->next_in_process)
            if (thread->tid == tid) {
                if (number)
                    signal_send_thread(thread, number, &info);
                return 0;
            }
    return -ESRCH;
}

/* tgkill(pid, tid, signal). Returns 0; -EINVAL (no such signal or id), -ESRCH. */
long
sys_tgkill(struct trapframe *t)
{
    return (int)t->rdi <= 0 ? -EINVAL : kill_thread(t->rdi, t->rsi, t->rdx);
}

/* tkill(tid, signal). As tgkill. */
long
sys_tkill(struct trapframe *t)
{
    return kill_thread(0, t->rdi, t->rsi);
}
