// exception.S - from the kernel's dispatch to a C handler and back to the interrupted instruction, never entering the kernel (claim K-17).
//
// In:   as aegis/area.h says: eax = vector, the interrupted rax, rcx, r11, rip, cs, rflags, rsp, ss in the area, all other registers as they were.
// Out:  all registers as the C handler left them in struct exos_frame (cs and ss excepted: they cannot change).
// Cost: 26 instructions in, 18 out, besides the handler.
//
// The area holds one exception. It is copied to the exception stack and armed again at once, so the handler may fault itself.
//
//      exos_exception_stack + size
//          ss rsp rflags cs rip  rax rcx r11  error address  rdx rsi rdi r8 r9 r10  <- rdi = struct exos_frame *
//          the handler's own stack
//          a nested exception's frame, ...
//      exos_exception_guard
//
// A frame goes below the interrupted rsp if that is on this stack (the handler was interrupted), else to `exos_exception_sp`: the top, or
// below the frame that is just being resumed (the pushes to the interrupted stack can fault).
//
// iretq would be the natural way back, and works in ring 3 on real processors; QEMU 7.2 reads its frame with supervisor rights and SMAP then
// refuses the user's stack. So rip and rflags go to the interrupted stack, below its red zone, and `ret $128` steps back over that.

#include <aegis/area.h>
#include <aegis/layout.h>
#include <aegis/offsets.h>
#include <exos/frame.h>

#define RED_ZONE 128
#define FRAME(slot) (8 * (slot))(%rdi)
#define SLOT_R10 0
#define SLOT_R9 1
#define SLOT_R8 2
#define SLOT_RDI 3
#define SLOT_RSI 4
#define SLOT_RDX 5
#define SLOT_R11 8
#define SLOT_RCX 9
#define SLOT_RAX 10
#define SLOT_RIP 11
#define SLOT_RFLAGS 13
#define SLOT_RSP 14
#define FRAME_SIZE (16 * 8)

        .text
        .globl  exos_exception_entry
exos_exception_entry:
        mov     exos_exception_sp(%rip), %rsp
        mov     AEGIS_AREA + AREA_RSP, %rcx
        mov     %rcx, %r11
        sub     $exos_exception_stack, %r11
        cmp     $EXOS_EXCEPTION_STACK, %r11
        jb      interrupted_handler
copy_frame:
        pushq   AEGIS_AREA + AREA_SS
        pushq   AEGIS_AREA + AREA_RSP
        pushq   AEGIS_AREA + AREA_RFLAGS
        pushq   AEGIS_AREA + AREA_CS
        pushq   AEGIS_AREA + AREA_RIP
        pushq   AEGIS_AREA + AREA_RAX
        pushq   AEGIS_AREA + AREA_RCX
        pushq   AEGIS_AREA + AREA_R11
        pushq   AEGIS_AREA + AREA_ERROR
        pushq   AEGIS_AREA + AREA_ADDRESS
        push    %rdx
        push    %rsi
        push    %rdi
        push    %r8
        push    %r9
        push    %r10
        mov     %rsp, exos_exception_sp(%rip)
        movl    $1, AEGIS_AREA + AREA_ARMED     // the area may be overwritten from here on
        mov     %rsp, %rdi
        call    *exos_exception_handler(,%rax,8)

        mov     %rsp, %rdi                      // the frame
        mov     FRAME(SLOT_RSP), %rsp           // back on the interrupted stack
        lea     -RED_ZONE(%rsp), %rsp
        pushq   FRAME(SLOT_RIP)                 // may fault (a stack that grows on demand): then that exception nests, and we go on here
        pushq   FRAME(SLOT_RFLAGS)
        lea     FRAME_SIZE(%rdi), %rcx
        mov     %rcx, exos_exception_sp(%rip)   // the frame is given up: nothing below can fault before it is read
        mov     FRAME(SLOT_R10), %r10
        mov     FRAME(SLOT_R9), %r9
        mov     FRAME(SLOT_R8), %r8
        mov     FRAME(SLOT_RSI), %rsi
        mov     FRAME(SLOT_RDX), %rdx
        mov     FRAME(SLOT_R11), %r11
        mov     FRAME(SLOT_RCX), %rcx
        mov     FRAME(SLOT_RAX), %rax
        mov     FRAME(SLOT_RDI), %rdi
        popfq                                   // flags last: nothing below changes them
        ret     $RED_ZONE

interrupted_handler:
        lea     -RED_ZONE(%rcx), %rsp
        and     $-16, %rsp
        jmp     copy_frame
        .globl  exos_exception_entry_end
exos_exception_entry_end:

        .bss
        .balign 4096
        .globl  exos_exception_guard, exos_exception_stack, exos_exception_state, exos_exception_sp, exos_exception_handler, exos_exception_caught
exos_exception_guard:                           // unbound by exception.c: an overflow is a nested exception, not a corruption
        .skip   4096
exos_exception_stack:
        .skip   EXOS_EXCEPTION_STACK
// What the entry reads and writes has a page of its own behind the stack: these pages must be there before any fault can be handled (process.h: pinned).
exos_exception_state:                           // EXOS_EXCEPTION_STATE bytes
exos_exception_sp:
        .skip   8
exos_exception_handler:
        .skip   8 * 32
exos_exception_caught:
        .skip   8 * 32
        .balign 4096

        .section .note.GNU-stack, "", @progbits
