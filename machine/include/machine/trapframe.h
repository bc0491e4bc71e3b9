/* trapframe.h - all registers at a trap, as both kernels' slow paths push them; drawn top down as on the stack. */
#ifndef MACHINE_TRAPFRAME_H
#define MACHINE_TRAPFRAME_H

#ifdef __ASSEMBLER__

/* In: rsp -> vector, error code, hardware frame.  Out: rsp -> struct trapframe. */
.macro PUSH_REGISTERS
        push    %rax
        push    %rcx
        push    %rdx
        push    %rbx
        push    %rbp
        push    %rsi
        push    %rdi
        push    %r8
        push    %r9
        push    %r10
        push    %r11
        push    %r12
        push    %r13
        push    %r14
        push    %r15
.endm

/* In: rsp -> struct trapframe.  Out: rsp -> hardware frame, ready for iretq. */
.macro POP_REGISTERS
        pop     %r15
        pop     %r14
        pop     %r13
        pop     %r12
        pop     %r11
        pop     %r10
        pop     %r9
        pop     %r8
        pop     %rdi
        pop     %rsi
        pop     %rbp
        pop     %rbx
        pop     %rdx
        pop     %rcx
        pop     %rax
        add     $16, %rsp               // vector, error code
.endm

#else
#include <machine/types.h>

struct trapframe {
    u64 r15, r14, r13, r12, r11, r10, r9, r8, rdi, rsi, rbp, rbx, rdx, rcx, rax;
    u64 vector, error;
    u64 rip, cs, rflags, rsp, ss; /* pushed by the processor */
};

static inline bool trapframe_from_user(const struct trapframe *t) { return (t->cs & 3) == 3; }

#endif
#endif
