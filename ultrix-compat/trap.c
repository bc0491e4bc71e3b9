/* trap.c - what an exception means: a page to supply, a signal to send, a user address that a system call could not reach, or the kernel's end. */

#include "abi.h"
#include "fp.h"
#include "process.h"
#include "schedule.h"
#include "trap.h"
#include "user.h"

#include <machine/descriptors.h>
#include <machine/lapic.h>
#include <machine/layout.h>
#include <machine/panic.h>
#include <machine/x86.h>

enum { VECTOR_DB = 1, VECTOR_PF = 14, VECTOR_MF = 16, VECTOR_XM = 19 };
enum { DR6_STEP = 1 << 14 };

extern void syscall_entry(void);
extern void vector_timer(void); /* trap.S */
void trap(struct trapframe *t), trap_finish(struct trapframe *t);

enum { RIP = 1, NONE = 2 };
static const struct {
    u8 signal, code, address;
} fault[32] = {
#define FAULT(vector, signal, code, address) [vector] = {signal, code, address},
#include "faults.def"
#undef FAULT
};

/* #DB: single step, or the one-byte `int1`. DR6 is sticky. */
static u32
debug_code(void)
{
    u64 dr6;
    asm volatile("mov %%dr6, %0" : "=r"(dr6));
    asm volatile("mov %0, %%dr6" : : "r"(0ul));
    return dr6 & DR6_STEP ? TRAP_TRACE : TRAP_BRKPT;
}

static void
user_fault(struct trapframe *t)
{
    u32 code = fault[t->vector].code;
    if (!fault[t->vector].signal)
        panic_trap(t);
    if (t->vector == VECTOR_DB)
        code = debug_code();
    if (t->vector == VECTOR_MF || t->vector == VECTOR_XM)
        code = fp_fault_code(t->vector == VECTOR_XM);
    signal_force(fault[t->vector].signal, code, fault[t->vector].address == RIP ? t->rip : 0, vector_title(t->vector));
}

/* From ring 3, or from the kernel on its behalf (user_copy.S). Returns VM_REPAIRED, or why the access failed; without memory the process is to end. */
static enum vm_fault
page_fault(const struct trapframe *t, va_t va)
{
    enum vm_fault result = vm_fault(current->vm, va, t->error);
    if (result == VM_NO_MEMORY)
        signal_force(SIGKILL, SI_KERNEL, va, "out of memory");
    return result;
}

static void
user_page_fault(struct trapframe *t)
{
    va_t va = read_cr2();
    enum vm_fault result = page_fault(t, va);
    if (result == VM_REPAIRED || result == VM_NO_MEMORY)
        return;
    if (va >= USER_TOP)
        t->error |= PF_PRESENT; /* whether the kernel has something there is not told */
    current_thread->signals.cr2 = va;
    signal_force(SIGSEGV, result == VM_DENIED ? SEGV_ACCERR : SEGV_MAPERR, va, vector_title(t->vector));
}

/* In ring 0 only user_copy.S may fault; `syscall` executed under single step may leave one #DB behind; and the idle thread waits for the timer. */
static void
kernel_trap(struct trapframe *t)
{
    if (t->vector == VECTOR_TIMER && !current)
        schedule_idle_tick();
    else if (t->vector == VECTOR_DB && t->rip == (u64)syscall_entry)
        debug_code();
    else if (t->vector != VECTOR_PF || !user_is_copying(t))
        panic_trap(t);
    else if (page_fault(t, read_cr2()) != VM_REPAIRED)
        user_give_up(t);
}

/* From trap.S, on the way to ring 3. */
void
trap_finish(struct trapframe *t)
{
    if (thread_attention)
        signal_deliver(t);
}

/* From trap.S. */
void
trap(struct trapframe *t)
{
    if (!trapframe_from_user(t)) {
        kernel_trap(t);
        return;
    }
    if (t->vector == VECTOR_PF)
        user_page_fault(t);
    else if (t->vector == VECTOR_TIMER)
        schedule_tick();
    else
        user_fault(t);
    trap_finish(t);
}

void
trap_init(void)
{
    idt_gate(VECTOR_TIMER, vector_timer, 0, 0);
}
