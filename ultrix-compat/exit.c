/* exit.c - how threads and processes end, and who learns it: exit, exit_group, wait4; contract in process.h. */

#include "device.h"
#include "errors.h"
#include "file.h"
#include "futex.h"
#include "process.h"
#include "schedule.h"
#include "syscall.h"
#include "user.h"

#include <machine/panic.h>
#include <machine/print.h>

enum { RUSAGE_SIZE = 144 };

static void
tell_parent(struct process *p)
{
    bool killed = p->status & 0x7f;
    struct signal_info info = {.address = p->pid, .code = killed ? CLD_KILLED : CLD_EXITED, .status = killed ? p->status & 0x7f : p->status >> 8};
    signal_send_info(p->parent, SIGCHLD, &info);
    wait_wake(&p->parent->child_ended);
}

static bool
parent_waits(const struct process *p)
{
    const struct sigaction *action = p->parent ? &p->parent->signals.action[SIGCHLD] : NULL;
    return action && action->handler != SIG_IGN && !(action->flags & SA_NOCLDWAIT);
}

/* Nobody waits for its children any more: those that have ended are forgotten. */
static void
leave_children(struct process *p)
{
    for (struct process *child = p->children, *older; child; child = older) {
        older = child->older;
        child->parent = child->older = child->younger = NULL;
        if (child->zombie)
            process_forget(child);
    }
    p->children = NULL;
}

void
process_give_back_memory(struct process *p)
{
    struct thread *lender = p->lender;
    if (!lender)
        return;
    p->lender = NULL;
    lender->borrower = NULL;
    if (lender->waits_on) /* else a signal has woken it, and it will look for itself */
        wait_end(lender, 0);
}

/* Its last thread has gone. */
static void
end_process(struct process *p)
{
    files_exit(p->files);
    schedule_stand_on(paging_kernel_space());
    vm_release(p->vm);
    process_give_back_memory(p);
    leave_children(p);
    p->zombie = true;
    bool waits = parent_waits(p);
    struct process *parent = p->parent;
    if (process_is_boot_program(p))
        process_boot_program_ended(p->status);
    if (waits)
        tell_parent(p);
    else
        process_forget(p);
    if (!waits && parent)
        wait_wake(&parent->child_ended);
}

_Noreturn void
thread_end(void)
{
    struct thread *thread = current_thread;
    struct process *p = thread->process;
    const u32 zero = 0;
    if (thread->clear_tid && (p->nthreads > 1 || p->vm->users > 1) && user_write(thread->clear_tid, &zero, sizeof zero) == 0)
        futex_wake(thread->clear_tid, 1, ~0u);
    thread_destroy(thread);
    if (p->nthreads == 0)
        end_process(p);
    schedule();
    panic("a thread that had ended was run");
}

/* The others end on their way back to ring 3. */
static void
end_others(void)
{
    process_continue(current);
    for (struct thread *t = current->threads; t; t = t->next_in_process)
        if (t != current_thread) {
            t->ending = true;
            if (t->waits_on)
                wait_end(t, -EINTR);
        }
}

void
process_end_other_threads(void)
{
    end_others();
    while (current->nthreads > 1)
        schedule_yield();
}

_Noreturn void
process_exit(int status)
{
    if (!current->ending) {
        current->ending = true;
        current->status = status;
        end_others();
    }
    thread_end();
}

_Noreturn void
process_kill(u32 signal, const char *cause, va_t rip, va_t address)
{
    if (process_is_boot_program(current) && !current->ending)
        report("killed %s signal %u: %s, at 0x%lx, address 0x%lx", process_boot_name(), signal, cause, rip, address);
    process_exit(signal);
}

/* Tell the parent, if it wants to hear of such things, and wake it if it waits for them. */
static void
tell_of_change(const struct process *p, u32 code, u32 signal)
{
    const struct signal_info info = {.address = p->pid, .code = code, .status = signal};
    if (!p->parent)
        return;
    if (!(p->parent->signals.action[SIGCHLD].flags & SA_NOCLDSTOP))
        signal_send_info(p->parent, SIGCHLD, &info);
    wait_wake(&p->parent->child_ended);
}

void
process_stop(u32 signal)
{
    current->stopped = current->has_stopped = true;
    current->has_continued = false;
    current->stop_signal = signal;
    tell_of_change(current, CLD_STOPPED, signal);
}

void
process_continue_openly(struct process *p)
{
    if (!p->stopped)
        return;
    process_continue(p);
    p->has_continued = true;
    p->has_stopped = false;
    tell_of_change(p, CLD_CONTINUED, SIGCONT);
}

/* Only process_continue ends it: whatever else wakes this thread, it sleeps again. */
void
process_wait_while_stopped(void)
{
    while (current->stopped && !current_thread->ending)
        wait_regardless(&current->continued);
}

void
process_continue(struct process *process)
{
    process->stopped = false;
    wait_wake(&process->continued);
}

/* exit(status): the caller's thread ends, and with the last one the process. Does not return. */
long
sys_exit(struct trapframe *t)
{
    if (current->nthreads == 1)
        process_exit((t->rdi & 0xff) << 8);
    thread_end();
}

/* exit_group(status): the process ends. Does not return. */
long
sys_exit_group(struct trapframe *t)
{
    process_exit((t->rdi & 0xff) << 8);
}

/* ---- wait4 -------------------------------------------------------------------------------------------------------------- */

enum { STATUS_STOPPED = 0x7f, STATUS_CONTINUED = 0xffff };

static bool
is_news(const struct process *child, u32 options)
{
    return child->zombie || (options & WUNTRACED && child->has_stopped) || (options & WCONTINUED && child->has_continued);
}

/* The one to be told about: `pid`, or any. *exists: there are such children at all. */
static struct process *
child_with_news(int pid, u32 options, bool *exists)
{
    *exists = false;
    for (struct process *child = current->children; child; child = child->older)
        if (pid <= 0 || child->pid == (u32)pid) {
            *exists = true;
            if (is_news(child, options))
                return child;
        }
    return NULL;
}

/* Its status; what is told is no news any more, and who has ended is forgotten. */
static int
take_news(struct process *child)
{
    int status = child->status;
    if (child->zombie)
        process_forget(child);
    else {
        status = child->has_stopped ? (int)(child->stop_signal << 8 | STATUS_STOPPED) : STATUS_CONTINUED;
        child->has_stopped = child->has_continued = false;
    }
    return status;
}

/* wait4(pid or -1, status or NULL, options, usage or NULL): a child that has ended, which is forgotten then, or been stopped (WUNTRACED) or gone on (WCONTINUED), once.
 * Returns its number, or 0 (WNOHANG and there is none); -ECHILD (no such child), -EINTR, -EINVAL (options), -EFAULT (the news are lost). Usage is not kept: all 0. */
long
sys_wait4(struct trapframe *t)
{
    static const char no_usage[RUSAGE_SIZE];
    struct process *child;
    bool exists;
    if ((u32)t->rdx & ~(u32)(WNOHANG | WUNTRACED | WCONTINUED))
        return -EINVAL;
    while (!(child = child_with_news(t->rdi, t->rdx, &exists))) {
        if (!exists)
            return -ECHILD;
        if (t->rdx & WNOHANG)
            return 0;
        if (console_wait(&current->child_ended) < 0)
            return -EINTR;
    }
    long pid = child->pid;
    int status = take_news(child);
    if ((t->rsi && user_write(t->rsi, &status, sizeof status) < 0) || (t->r10 && user_write(t->r10, no_usage, sizeof no_usage) < 0))
        return -EFAULT;
    return pid;
}
