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

/* The address space, the files, and a thread that finds 0 in rax. -EAGAIN: too many; -ENOMEM. Nothing is left then. */
static long
copy_to(struct process *child, const struct trapframe *registers, struct thread **thread)
{
    bool copied = vm_copy(&child->vm, &current->vm);
    write_cr3(read_cr3()); /* rights were taken away, even if it failed */
    if (!copied)
        return -ENOMEM;
    child->files = files_fork(current->files);
    *thread = child->files ? thread_create(child, registers) : NULL;
    if (*thread)
        return 0;
    vm_destroy(&child->vm);
    if (!child->files)
        return -ENOMEM;
    files_exit(child->files);
    return -EAGAIN;
}

static struct thread *
new_process(const struct trapframe *registers, long *error)
{
    struct thread *thread;
    struct process *child = process_new();
    *error = child ? copy_to(child, registers, &thread) : -EAGAIN;
    if (*error == 0) {
        process_enter(child, thread->tid);
        return thread;
    }
    if (child)
        process_forget(child);
    return NULL;
}

/* fork(), and vfork(), whose child has memory of its own too: the child's number, and 0 in the child. -EAGAIN (too many processes), -ENOMEM. */
long
sys_fork(struct trapframe *t)
{
    long error;
    struct trapframe registers = *t;
    registers.rax = 0;
    struct thread *thread = new_process(&registers, &error);
    if (!thread)
        return error;
    schedule_ready(thread);
    return thread->tid;
}

/* clone(flags, stack, parent's id address, child's id address, thread-local storage): a process with nothing shared, or a thread that shares all.
 * Returns its number. -EINVAL: something between, -EAGAIN, -ENOMEM. */
long
sys_clone(struct trapframe *t)
{
    u64 flags = t->rdi & ~(EXIT_SIGNAL | CLONE_SYSVSEM | CLONE_DETACHED | CLONE_VFORK);
    bool is_thread = (flags & THREAD_FLAGS) == THREAD_FLAGS;
    long error = -EAGAIN;
    if (flags & ~(SIMPLE_FLAGS | (is_thread ? THREAD_FLAGS : t->rdi & CLONE_VFORK ? CLONE_VM : 0)))
        return -EINVAL;
    if (flags & CLONE_SETTLS && t->r8 >= USER_TOP)
        return -EPERM;
    struct trapframe registers = *t;
    registers.rax = 0;
    registers.rsp = t->rsi ? t->rsi : t->rsp;
    struct thread *thread = is_thread ? thread_create(current, &registers) : new_process(&registers, &error);
    if (!thread)
        return error;
    if (flags & CLONE_SETTLS)
        thread->fs_base = t->r8;
    if (flags & CLONE_CHILD_CLEARTID)
        thread->clear_tid = t->r10;
    if (flags & CLONE_PARENT_SETTID)
        user_write(t->rdx, &thread->tid, sizeof thread->tid);
    if (flags & CLONE_CHILD_SETTID && is_thread)
        user_write(t->r10, &thread->tid, sizeof thread->tid);
    schedule_ready(thread);
    return thread->tid;
}
