// trap.S - the processor's exceptions: save everything, let C decide, restore everything.
//
//      the processor pushes    ss rsp rflags cs rip [error]    from ring 3: at the top of the process's kernel stack (RSP0)
//      vector_N pushes         [0] N
//      PUSH_REGISTERS          the rest of struct trapframe
//
// Out:  C functions run with interrupts off (interrupt gates), DF and AC clear, and rbp = 0, where a backtrace ends.

#include <machine/descriptors.h>
#include <machine/trapframe.h>

        .text

.macro ENTRY number, error
        .globl  vector_\number
vector_\number:
  .if \error == 0
        push    $0
  .endif
        push    $\number
        jmp     trap_common
.endm

#define VECTOR(number, mnemonic, title, error, ist, dpl) ENTRY number, error;
#include <machine/vectors.def>
#undef VECTOR

trap_common:
        PUSH_REGISTERS
        cld
        clac                            // ring 3 may have set both
        xor     %ebp, %ebp
        mov     %rsp, %rdi
        call    trap
        jmp     trap_return

        .globl  vector_timer
vector_timer:                           // VECTOR_TIMER, from ring 3 or from the idle thread
        push    $0
        push    $VECTOR_TIMER
        jmp     trap_common

        .globl  thread_begin, trap_return
thread_begin:                           // rsp -> struct trapframe, as thread.c laid it out: a new thread's first switch comes here
        xor     %ebp, %ebp
        mov     %rsp, %rdi
        call    trap_finish
trap_return:                            // rsp -> struct trapframe. Also where a slow system call ends.
        POP_REGISTERS
        iretq

        .section .rodata
        .globl  vector_entry
        .balign 8
vector_entry:                           // for machine/descriptors.c
#define VECTOR(number, mnemonic, title, error, ist, dpl) .quad vector_##number;
#include <machine/vectors.def>
#undef VECTOR
