/* thread.h - a thread: registers, a kernel stack, a signal mask. Most processes have one. */
#ifndef THREAD_H
#define THREAD_H

#include "signal.h"
#include "wait.h"

enum { THREADS = 256 };

struct process;

struct thread {
    u64 rsp;       /* of its kernel stack, while it does not run (context_switch.S) */
    u64 stack_top; /* where the processor starts on it */
    struct process *process;
    struct thread *next, *previous;  /* in the run queue, a wait queue or the list of free ones */
    struct wait_queue *waits_on;     /* NULL: it runs or is ready */
    struct thread *next_sleeper;     /* in the order of their deadlines */
    u64 deadline;                    /* 0: it waits without one */
    long wait_result;
    struct thread *next_in_process;
    struct process *borrower;        /* the child of vfork that this one waits for, or NULL */
    u32 tid;
    bool ending;                     /* its process ends: it must not go back to ring 3 */
    va_t clear_tid;                  /* set to 0, and who waits there is woken, when it ends; or 0 */
    u64 futex_key[2];                /* while it waits in futex.c */
    u32 futex_bits;
    struct thread_signals signals;
    u64 fs_base, gs_base;
    u16 selectors[4];                /* ds, es, fs, gs */
    struct fp_state fp;              /* while it does not run */
};

/* The thread that runs; the idle thread belongs to no process. */
extern struct thread *current_thread;

/* Its kernel stack's top, for syscall_entry.S. */
extern u64 thread_kernel_stack;

/* Is there something to do before the current thread goes back to ring 3: a signal to deliver, or its end? */
extern u32 thread_attention;

/* Take the kernel stacks; only while booting, before page_init(). */
void thread_init(void);

/* A thread of `process`, not yet ready, that will go to ring 3 with `registers`; NULL if there are too many. Its signal mask, floating-point state and the rest are
 * the current thread's if there is one, else what every program begins with. */
struct thread *thread_create(struct process *process, const struct trapframe *registers);

/* Keep the registers of the current thread that ring 3 uses and the kernel does not. */
void thread_save(struct thread *current_one);

/* Take it out of its process and forget it. Its stack may be stood on until the next switch. */
void thread_destroy(struct thread *thread);

/* Give the current thread the registers that every program begins with, but for its trapframe. */
void thread_clear_registers(void);

#endif
