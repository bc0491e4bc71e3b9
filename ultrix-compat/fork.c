/* fork.c - new processes and threads: fork, vfork, clone. */

#include "errors.h"
#include "file.h"
#include "process.h"
#include "schedule.h"
#include "syscall.h"
#include "user.h"

#include <machine/x86.h>

#define THREAD_FLAGS (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD)
#define SIMPLE_FLAGS (CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID | CLONE_CHILD_SETTID | CLONE_SETTLS)
#define EXIT_SIGNAL 0xfful

/* The parent's memory itself, or a copy. */
static struct vm *
memory_for_child(bool shared)
{
    struct vm *vm = current->vm;
    if (shared) {
        vm->users++;
        return vm;
    }
    vm = vm_copy(vm);
    write_cr3(read_cr3()); /* rights were taken away, even if it failed */
    return vm;
}

/* Memory, files, and a thread that finds 0 in rax. -EAGAIN: too many; -ENOMEM. Nothing is left then. */
static long
furnish(struct process *child, bool shared, const struct trapframe *registers, struct thread **thread)
{
    child->vm = memory_for_child(shared);
    if (!child->vm)
        return -ENOMEM;
    child->files = files_fork(current->files);
    *thread = child->files ? thread_create(child, registers) : NULL;
    if (*thread)
        return 0;
    vm_release(child->vm);
    if (!child->files)
        return -ENOMEM;
    files_exit(child->files);
    return -EAGAIN;
}

static struct thread *
new_process(const struct trapframe *registers, bool shared, long *error)
{
    struct thread *thread;
    struct process *child = process_new();
    *error = child ? furnish(child, shared, registers, &thread) : -EAGAIN;
    if (*error == 0) {
        process_enter(child, thread->tid);
        return thread;
    }
    if (child)
        process_forget(child);
    return NULL;
}

/* The child runs; the caller goes on when it has other memory, or none. A signal waits for that, too, but for SIGKILL. */
static void
lend_memory(struct thread *child)
{
    struct wait_queue nobody_wakes = {NULL, NULL};
    current_thread->borrower = child->process;
    child->process->lender = current_thread;
    schedule_ready(child);
    while (current_thread->borrower && !current_thread->ending && !signal_kills(current_thread))
        wait_regardless(&nobody_wakes);
    if (current_thread->borrower)
        current_thread->borrower->lender = NULL;
}

static long
fork(const struct trapframe *t, bool shared)
{
    long error;
    struct trapframe registers = *t;
    registers.rax = 0;
    struct thread *thread = new_process(&registers, shared, &error);
    if (!thread)
        return error;
    u32 pid = thread->tid; /* of the thread nothing is known any more when it has run */
    if (shared)
        lend_memory(thread);
    else
        schedule_ready(thread);
    return pid;
}

/* fork(): the child's number, and 0 in the child. -EAGAIN (too many processes), -ENOMEM. */
long
sys_fork(struct trapframe *t)
{
    return fork(t, false);
}

/* vfork(): the same, but the child has the caller's own memory, and the caller waits until it has executed a program or ended. */
long
sys_vfork(struct trapframe *t)
{
    return fork(t, true);
}

static void
tell_thread(struct thread *thread, u64 flags, const struct trapframe *t)
{
    if ((flags & (CLONE_VM | CLONE_VFORK)) == CLONE_VM) /* both run: two cannot stand on one stack */
        thread->signals.stack = thread->signals.stack_size = 0;
    if (flags & CLONE_SETTLS)
        thread->fs_base = t->r8;
    if (flags & CLONE_CHILD_CLEARTID)
        thread->clear_tid = t->r10;
    if (flags & CLONE_PARENT_SETTID)
        user_write(t->rdx, &thread->tid, sizeof thread->tid);
    if (flags & CLONE_CHILD_SETTID && flags & CLONE_VM)
        user_write(t->r10, &thread->tid, sizeof thread->tid);
}

/* clone(flags, stack, parent's id address, child's id address, thread-local storage): a thread that shares all, or a process that shares nothing or only the memory;
 * CLONE_VFORK waits for it. Returns its number. -EINVAL: something between, -EAGAIN, -ENOMEM. */
long
sys_clone(struct trapframe *t)
{
    u64 flags = t->rdi & ~(EXIT_SIGNAL | CLONE_SYSVSEM | CLONE_DETACHED);
    bool is_thread = (flags & THREAD_FLAGS) == THREAD_FLAGS;
    long error = -EAGAIN;
    if (flags & ~(SIMPLE_FLAGS | CLONE_VM | (is_thread ? THREAD_FLAGS : CLONE_VFORK)))
        return -EINVAL;
    if (flags & CLONE_SETTLS && t->r8 >= USER_TOP)
        return -EPERM;
    struct trapframe registers = *t;
    registers.rax = 0;
    registers.rsp = t->rsi ? t->rsi : t->rsp;
    struct thread *thread = is_thread ? thread_create(current, &registers) : new_process(&registers, flags & CLONE_VM, &error);
    if (!thread)
        return error;
    u32 tid = thread->tid;
    tell_thread(thread, flags, t);
    if (flags & CLONE_VFORK)
        lend_memory(thread);
    else
        schedule_ready(thread);
    return tid;
}
