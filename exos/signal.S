// signal.S - the start of a process's slice: signals are delivered here; contract in exos/signal.h. The rest is as in slice.S and revoke.S.
//
// What was interrupted is left alone, until a later slice, where user code must not run on top of it: while the library holds a lock, in the entry and exit of the
// exception handler and on its stack, while the exception context is taken, and where this call is still to be made.

#include "state.h"

#include <aegis/area.h>
#include <aegis/layout.h>
#include <exos/frame.h>
#include <exos/process.h>
#include <exos/session.h>
#include <exos/signal.h>

#define SELF(field) EXOS_SELF + EXOS_SELF_##field

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

        .set    interrupted, SELF(INTERRUPTED)
exos_signal_call:
        CALL_FROM_INTERRUPTED handler=exos_signal_deliver, interrupted=interrupted, symbol=exos_signal_call, length=EXOS_SIGNAL_CALL_BEGINS

        .section .note.GNU-stack, "", @progbits
