// signal.S - the start of a process's slice: signals are delivered here; contract in exos/signal.h. The rest is as in slice.S and revoke.S.
//
// What was interrupted is left alone, until a later slice, where user code must not run on top of it: while the library holds a lock, in the entry and exit of the
// exception handler and on its stack, while the exception context is taken, and where this call is still to be made.

#include <aegis/area.h>
#include <aegis/layout.h>
#include <aegis/offsets.h>
#include <exos/frame.h>
#include <exos/process.h>
#include <exos/session.h>
#include <exos/signal.h>
#include <exos/slice.h>

#define SELF(field) EXOS_SELF + EXOS_SELF_##field
#define SAVED(slot) EXOS_SAVED + 8 * (slot)
#define SLOT_RSP 16
#define SLOT_RIP 17
#define RED_ZONE 128

        .text
        .globl  exos_signal_slice_start
exos_signal_slice_start:
        cmpl    $0, SELF(PENDING)
        jne     1f
        jmp     exos_slice_start
1:      mov     SELF(BLOCKED), %eax
        not     %eax
        test    %eax, SELF(PENDING)
        jz      exos_slice_start
        cmpl    $0, SELF(HELD)
        jne     exos_slice_start
        testl   $1, AEGIS_AREA + AREA_ARMED
        jz      exos_slice_start
        mov     SAVED(SLOT_RSP), %rax
        sub     $exos_exception_stack, %rax
        cmp     $EXOS_EXCEPTION_STACK, %rax
        jbe     exos_slice_start
        mov     SAVED(SLOT_RIP), %rax
        cmp     $exos_exception_entry, %rax
        jb      2f
        cmp     $exos_exception_entry_end, %rax
        jb      exos_slice_start
2:      mov     %rax, %rcx
        sub     $exos_signal_call, %rcx
        cmp     $EXOS_SIGNAL_CALL_BEGINS, %rcx
        jb      exos_slice_start
        mov     %rax, SELF(INTERRUPTED)
        movq    $exos_signal_call, SAVED(SLOT_RIP)
        jmp     exos_slice_start

exos_signal_call:
        lea     -RED_ZONE(%rsp), %rsp
        pushq   SELF(INTERRUPTED)
begun:
        .if     begun - exos_signal_call - EXOS_SIGNAL_CALL_BEGINS
        .error  "EXOS_SIGNAL_CALL_BEGINS is not the length of the first two instructions"
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
        call    exos_signal_deliver
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

        .section .note.GNU-stack, "", @progbits
