/* schedule.c - who runs next: round robin; contract in schedule.h.
 *
 * The kernel itself is never preempted: interrupts are off in it, but where the idle thread halts. So the timer's interrupt comes from ring 3 or from idle.
 * It is armed only while somebody has a reason to be told: others are ready, or sleep to a deadline. A thread that is alone is never interrupted.
 */

#include "schedule.h"
#include "fp.h"
#include "process.h"
#include "syscall.h"
#include "time.h"

#include <machine/descriptors.h>
#include <machine/lapic.h>
#include <machine/paging.h>
#include <machine/panic.h>
#include <machine/x86.h>

extern void context_switch(u64 *save, u64 rsp);

static struct thread idle;
struct thread *current_thread = &idle;
struct process *current;
u64 thread_kernel_stack;
u32 thread_attention;

static struct wait_queue ready;
static bool armed;
static u64 loaded_space; /* cr3 */

/* ---- the timer ---------------------------------------------------------------------------------------------------------- */

/* The next interrupt: at the end of a quantum that begins now, or when the first sleeper's time has come. */
static void
arm(void)
{
    u64 counts = ready.first ? SCHEDULE_QUANTUM : ~0ul, deadline = wait_next_deadline();
    if (deadline != ~0ul) {
        u64 now = time_now(), left = deadline > now ? deadline - now : 1;
        counts = left < counts ? left : counts;
    }
    if (counts == ~0ul) {
        if (armed)
            lapic_timer_arm(0);
        armed = false;
        return;
    }
    lapic_timer_arm(counts < ~0u ? counts : ~0u);
    armed = true;
}

/* ---- the switch --------------------------------------------------------------------------------------------------------- */

void
thread_save(struct thread *t)
{
    asm volatile("mov %%ds, %0\n\tmov %%es, %1\n\tmov %%fs, %2\n\tmov %%gs, %3"
                 : "=r"(t->selectors[0]), "=r"(t->selectors[1]), "=r"(t->selectors[2]), "=r"(t->selectors[3]));
    t->fs_base = rdmsr(MSR_FS_BASE);
    t->gs_base = rdmsr(MSR_GS_BASE);
    fp_save(&t->fp);
}

/* Loading a selector overwrites the base, so the bases come last. A selector that was loaded once can be loaded again: the descriptors never change. */
static void
load_user_state(const struct thread *t)
{
    asm volatile("mov %0, %%ds\n\tmov %1, %%es\n\tmov %2, %%fs\n\tmov %3, %%gs"
                 : : "r"((u32)t->selectors[0]), "r"((u32)t->selectors[1]), "r"((u32)t->selectors[2]), "r"((u32)t->selectors[3]));
    wrmsr(MSR_FS_BASE, t->fs_base);
    wrmsr(MSR_GS_BASE, t->gs_base);
    fp_restore(&t->fp);
}

static void
load_space(pa_t pml4)
{
    if (loaded_space != pml4)
        write_cr3(loaded_space = pml4);
}

void
schedule_stand_on(pa_t pml4)
{
    load_space(pml4);
}

/* Continue on `next`'s stack; returns when somebody switches back. */
static void
switch_to(struct thread *next)
{
    struct thread *before = current_thread;
    if (next == before)
        return;
    if (before->process)
        thread_save(before);
    current_thread = next;
    current = next->process;
    if (current) {
        load_user_state(next);
        load_space(paging_physical(current->vm->pml4));
        tss_set_rsp0(next->stack_top);
        thread_kernel_stack = next->stack_top;
        signal_notice();
    }
    context_switch(&before->rsp, next->rsp);
}

/* ---- the queue ---------------------------------------------------------------------------------------------------------- */

void
schedule_ready(struct thread *thread)
{
    wait_append(&ready, thread);
    if (!armed && current)
        arm();
}

void
schedule(void)
{
    struct thread *next = ready.first;
    if (next)
        wait_remove(&ready, next);
    else
        next = &idle;
    arm();
    switch_to(next);
}

void
schedule_yield(void)
{
    wait_expire();
    if (!ready.first)
        return;
    wait_append(&ready, current_thread);
    schedule();
}

void
schedule_tick(void)
{
    lapic_end_of_interrupt();
    armed = false;
    wait_expire();
    if (ready.first)
        schedule_yield();
    else
        arm();
}

void
schedule_idle_tick(void)
{
    lapic_end_of_interrupt();
    armed = false;
}

/* ---- idle --------------------------------------------------------------------------------------------------------------- */

/* Nobody is ready: wait for the first sleeper's time. If nobody sleeps either, nothing can ever happen again. */
static void
halt(void)
{
    if (wait_next_deadline() == ~0ul) {
        process_end_deadlock();
        return;
    }
    arm();
    asm volatile("sti; hlt; cli" : : : "memory");
    wait_expire();
}

void
schedule_until_no_process(void)
{
    while (process_count() > 0)
        if (ready.first)
            schedule();
        else
            halt();
    load_space(paging_kernel_space());
}

/* sched_yield(): let others run. Returns 0. */
long
sys_sched_yield(struct trapframe *t)
{
    (void)t;
    schedule_yield();
    return 0;
}
