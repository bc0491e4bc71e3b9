/* state.h - for assembly: the saved state of a slice (struct exos_saved, exos/slice.h) by slots, how it is filled and taken back, and how C is called on top of what was interrupted. */
#ifndef STATE_H
#define STATE_H

#include <aegis/offsets.h>
#include <exos/slice.h>

#define SAVED(slot) EXOS_SAVED + 8 * (slot)
#define SLOT_R15 0
#define SLOT_R14 1
#define SLOT_R13 2
#define SLOT_R12 3
#define SLOT_RBP 4
#define SLOT_RBX 5
#define SLOT_RAX 14
#define SLOT_RFLAGS 15
#define SLOT_RSP 16
#define SLOT_RIP 17

#define RED_ZONE 128

// At a slice's end, with rsp at the end of the saved state (AEGIS_SLICE_STACK) and in rcx where to go on.
.macro SAVE_STATE
        push    %rcx
        pushq   AEGIS_AREA + AREA_SLICE_RSP
        pushq   AEGIS_AREA + AREA_SLICE_RFLAGS
        pushq   AEGIS_AREA + AREA_SLICE_RAX
        pushq   AEGIS_AREA + AREA_SLICE_RCX
        push    %rdx
        push    %rsi
        push    %rdi
        push    %r8
        push    %r9
        push    %r10
        pushq   AEGIS_AREA + AREA_SLICE_R11
        push    %rbx
        push    %rbp
        push    %r12
        push    %r13
        push    %r14
        push    %r15
.endm

// Goes on where SAVE_STATE was told to. Reads the area and writes nothing, so it may be begun again at any time.
.macro RESTORE_STATE
        mov     $EXOS_SAVED, %esp
        pop     %r15
        pop     %r14
        pop     %r13
        pop     %r12
        pop     %rbp
        pop     %rbx
        pop     %r11
        pop     %r10
        pop     %r9
        pop     %r8
        pop     %rdi
        pop     %rsi
        pop     %rdx
        pop     %rcx
        pop     %rax
        popfq
        mov     SAVED(SLOT_RSP), %rsp
        jmp     *SAVED(SLOT_RIP)
.endm

// In: all registers and the stack as they were when the program was interrupted, at the address in `interrupted`. Calls the C function `handler`, and goes on there, with all
// registers and the red zone as they were. `symbol` is where this begins; until its first two instructions are done, `length` bytes, the call is still to be made.
.macro CALL_FROM_INTERRUPTED handler, interrupted:req, symbol, length
        lea     -RED_ZONE(%rsp), %rsp
        pushq   \interrupted
begun:
        .if     begun - \symbol - \length
        .error  "\length is not the length of the first two instructions"
        .endif
        pushfq
        push    %rax
        push    %rcx
        push    %rdx
        push    %rsi
        push    %rdi
        push    %r8
        push    %r9
        push    %r10
        push    %r11
        push    %rbp
        mov     %rsp, %rbp
        and     $-16, %rsp
        cld
        call    \handler
        mov     %rbp, %rsp
        pop     %rbp
        pop     %r11
        pop     %r10
        pop     %r9
        pop     %r8
        pop     %rdi
        pop     %rsi
        pop     %rdx
        pop     %rcx
        pop     %rax
        popfq
        ret     $RED_ZONE
.endm

#endif
