/* syscall.c - from a number to its function. The way in and out is syscall_entry.S. */

#include "syscall.h"
#include "errors.h"
#include "process.h"

#include <machine/descriptors.h>
#include <machine/x86.h>

extern void syscall_entry(void);

/* What `syscall` clears in rflags: interrupts off, and nothing that the user set is in force in ring 0. */
#define SYSCALL_CLEARS (RFLAGS_IF | RFLAGS_TF | RFLAGS_DF | RFLAGS_NT | RFLAGS_AC | RFLAGS_IOPL | RFLAGS_RF)

static long (*const function[])(struct trapframe *) = {
#define SYSCALL(number, name, function) [number] = function,
#include "syscalls.def"
#undef SYSCALL
};

void
syscall_init(void)
{
    wrmsr(MSR_STAR, (u64)SELECTOR_USER_BASE << 48 | (u64)SELECTOR_KERNEL_CODE << 32);
    wrmsr(MSR_LSTAR, (u64)syscall_entry);
    wrmsr(MSR_SFMASK, SYSCALL_CLEARS);
}

void
syscall_dispatch(struct trapframe *t)
{
    u32 number = t->rax; /* Linux looks at 32 bits only */
    t->rax = number < sizeof function / sizeof function[0] && function[number] ? function[number](t) : -ENOSYS;
    if (thread_attention)
        signal_deliver(t);
}
