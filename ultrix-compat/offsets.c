/* offsets.c - structure offsets for assembly, computed by the compiler; becomes build/include/ultrix-compat/offsets.h, is never linked. */

#include "errors.h"
#include "syscall.h"

#include <machine/trapframe.h>
#include <machine/x86.h>

#define OFFSET(name, type, member) asm volatile("->" #name " %0" : : "i"(offsetof(type, member)))

_Static_assert(sizeof(struct trapframe) % 16 == 0, "C needs an aligned stack behind it");

void offsets(void);

void
offsets(void)
{
    OFFSET(TRAP_RCX, struct trapframe, rcx);
    OFFSET(TRAP_R11, struct trapframe, r11);
    OFFSET(TRAP_RIP, struct trapframe, rip);
    OFFSET(TRAP_RFLAGS, struct trapframe, rflags);
    asm volatile("->FRAME_RSP %0" : : "i"(offsetof(struct trapframe, rsp) - offsetof(struct trapframe, rip)));
    asm volatile("->RFLAGS_NOT_BY_SYSRET %0" : : "i"(RFLAGS_TF | RFLAGS_RF));
    asm volatile("->SYSCALL_VECTOR %0" : : "i"(SYSCALL_VECTOR));
    asm volatile("->ERROR_ENAMETOOLONG %0" : : "i"(ENAMETOOLONG));
    asm volatile("->ERROR_EFAULT %0" : : "i"(EFAULT));
}
