/* thread.c - threads and their kernel stacks; contract in thread.h. System calls gettid, set_tid_address, arch_prctl, set_robust_list.
 *
 * The stacks are in an area of their own in the kernel's half, each above a page that is not mapped: who overflows it is a #DF with a name.
 */

#include "thread.h"
#include "errors.h"
#include "fp.h"
#include "process.h"
#include "syscall.h"
#include "user.h"

#include <machine/descriptors.h>
#include <machine/memory.h>
#include <machine/paging.h>
#include <machine/x86.h>

#define STACKS 0xffffc00000000000ul
enum { STACK_PAGES = 3, STACK_SPAN = (STACK_PAGES + 1) * PAGE_SIZE }; /* the guard is the lowest page */

/* What context_switch.S expects on the stack of a thread that has not run yet. */
struct first_frame {
    u64 r15, r14, r13, r12, rbx, rbp;
    void (*return_to)(void);
    struct trapframe trap;
};

extern void thread_begin(void); /* trap.S */

static struct thread *free_threads;

static pa_t
take_page(void *context)
{
    (void)context;
    return memory_take(1);
}

static void
take_stack(va_t stack)
{
    for (int i = 1; i <= STACK_PAGES; i++)
        *paging_walk(paging_direct(paging_kernel_space()), stack + i * PAGE_SIZE, take_page, NULL) = memory_take(1) | PTE_P | PTE_W | PTE_NX;
}

void
thread_init(void)
{
    struct thread *thread = paging_direct(memory_take((THREADS * sizeof *thread + PAGE_SIZE - 1) / PAGE_SIZE));
    for (int i = THREADS - 1; i >= 0; i--) {
        va_t stack = STACKS + (u64)i * STACK_SPAN;
        take_stack(stack);
        thread[i].stack_top = stack + STACK_SPAN;
        thread[i].next = free_threads;
        free_threads = &thread[i];
    }
}

/* Nothing of the last program is left in a register. */
void
thread_clear_registers(void)
{
    asm volatile("mov %0, %%ds\n\tmov %0, %%es\n\tmov %0, %%fs\n\tmov %0, %%gs" : : "r"(0));
    wrmsr(MSR_FS_BASE, 0);
    wrmsr(MSR_GS_BASE, 0);
    fp_reset();
}

static void
inherit(struct thread *thread, struct thread *from)
{
    thread_save(from);
    thread->signals.blocked = from->signals.blocked;
    thread->signals.stack = from->signals.stack;
    thread->signals.stack_size = from->signals.stack_size;
    thread->fs_base = from->fs_base;
    thread->gs_base = from->gs_base;
    for (int i = 0; i < 4; i++)
        thread->selectors[i] = from->selectors[i];
    thread->fp = from->fp;
}

struct thread *
thread_create(struct process *process, const struct trapframe *registers)
{
    struct thread *thread = free_threads;
    if (!thread)
        return NULL;
    free_threads = thread->next;
    struct first_frame *frame = (struct first_frame *)thread->stack_top - 1;
    *thread = (struct thread){.rsp = (u64)frame, .stack_top = thread->stack_top, .process = process, .tid = process_new_id(), .next_in_process = process->threads};
    *frame = (struct first_frame){.return_to = thread_begin, .trap = *registers};
    if (current)
        inherit(thread, current_thread);
    else
        thread->fp = fp_initial;
    process->threads = thread;
    process->nthreads++;
    return thread;
}

void
thread_destroy(struct thread *thread)
{
    struct thread **at = &thread->process->threads;
    while (*at != thread)
        at = &(*at)->next_in_process;
    *at = thread->next_in_process;
    thread->process->nthreads--;
    thread->next = free_threads;
    free_threads = thread;
}

/* gettid(): the caller's number; of a process's first thread it is the process's. */
long
sys_gettid(struct trapframe *t)
{
    (void)t;
    return current_thread->tid;
}

/* set_tid_address(address): what is set to 0 when the caller ends. Returns its number. */
long
sys_set_tid_address(struct trapframe *t)
{
    current_thread->clear_tid = t->rdi;
    return current_thread->tid;
}

/* arch_prctl(code, value or address): the bases of fs and gs. Returns 0; -EINVAL (no such code), -EPERM (the base would be the kernel's), -EFAULT. */
long
sys_arch_prctl(struct trapframe *t)
{
    u32 code = t->rdi;
    u32 msr = code == ARCH_SET_FS || code == ARCH_GET_FS ? MSR_FS_BASE : MSR_GS_BASE;
    u64 base;
    switch (code) {
    case ARCH_SET_FS:
    case ARCH_SET_GS:
        if (t->rsi >= USER_TOP)
            return -EPERM;
        wrmsr(msr, t->rsi);
        return 0;
    case ARCH_GET_FS:
    case ARCH_GET_GS:
        base = rdmsr(msr);
        return user_write(t->rsi, &base, sizeof base);
    default:
        return -EINVAL;
    }
}

/* set_robust_list(head, size): accepted; the list is never walked, since no lock of this system outlives its holder's process. */
long
sys_set_robust_list(struct trapframe *t)
{
    enum { LIST_HEAD = 24 };
    return t->rsi == LIST_HEAD ? 0 : -EINVAL;
}
