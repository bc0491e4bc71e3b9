// crossing.S - the one page that a process runs in while it has no program: between the program that it was and the one that it will be.
//
// A program cannot replace itself under its own feet. So its record (process.h) is given a list of system calls, which unbind the old one and bind the new, and
// a place to go to; this page makes the calls and goes. fork's child begins here, exec passes through here, and an environment whose process has ended waits here for the next.
//
// The session's first process copies this code to EXOS_CROSSING (session.h), where all processes have it: it is its own program, with its own slice handlers, and refers
// to nothing but the record, the area, and itself. No stack is used. The four entries have fixed places, so that differently linked programs meet.

#include "state.h"

#include <aegis/layout.h>
#include <exos/crossing.h>
#include <exos/process.h>
#include <exos/session.h>

#define HERE(label) (EXOS_CROSSING + (label - exos_crossing))
#define SELF(field) EXOS_SELF + EXOS_SELF_##field
#define CALL_SIZE 32

        .section .rodata
        .balign 8
        .globl  exos_crossing, exos_crossing_end
exos_crossing:
        jmp     cross
        .org    exos_crossing + EXOS_CROSSING_WAKE
        jmp     wake
        .org    exos_crossing + EXOS_CROSSING_SLICE_START
        jmp     slice_start
        .org    exos_crossing + EXOS_CROSSING_SLICE_END

// As exos_slice_end and exos_slice_start in slice.S, which says why; what is interrupted while leaving is begun again.
slice_end:
        mov     AEGIS_AREA + AREA_SLICE_RIP, %rcx
        mov     %rcx, %r11
        sub     $HERE(slice_start), %r11
        cmp     $(slice_start_end - slice_start), %r11
        jb      saved
        mov     %rcx, %r11
        sub     $HERE(leaving), %r11
        cmp     $(leaving_end - leaving), %r11
        jae     1f
        mov     $HERE(leaving), %ecx
1:      SAVE_STATE
saved:  mov     $SYSCALL_SLICE_DONE, %eax
        syscall
        ud2

slice_start:
        RESTORE_STATE
slice_start_end:

// From a program that is to go. Its slice handlers go with it.
cross:  movl    $HERE(slice_end), AEGIS_AREA + AREA_SLICE_END
        movl    $HERE(slice_start), AEGIS_AREA + AREA_SLICE_START
make_calls:
        mov     $EXOS_SELF, %ebx
1:      mov     (%rbx), %rax                    // the next call
        cmp     $-1, %rax
        je      2f
        mov     8(%rbx), %rdi
        mov     16(%rbx), %rsi
        mov     24(%rbx), %rdx
        syscall
        mov     %rax, (%rbx)                    // its results
        mov     %rdx, 24(%rbx)
        test    %rax, %rax
        js      failed
        add     $CALL_SIZE, %ebx
        jmp     1b
2:      mov     SELF(TARGET), %rax
        test    %rax, %rax
        jz      ended
        mov     SELF(RSP), %rsp
        mov     SELF(ARGC), %rdi
        mov     SELF(ARGV), %rsi
        mov     $EXOS_SELF, %edx                // a program learns from it that it belongs to a session
        xor     %ebx, %ebx
        xor     %ebp, %ebp
        jmp     *%rax

// No page table could be had: neither the old program is left nor the new one. Whoever waits finds the environment dead.
failed: mov     $SYSCALL_ENV_EXIT, %eax
        mov     $1, %edi
        syscall
        ud2

ended:  movl    $1, SELF(IDLE)                  // from here on whoever waited may take the environment for another process
leaving:
        movq    $HERE(wake), SAVED(SLOT_RIP)
        movq    $0x202, SAVED(SLOT_RFLAGS)
        mov     SELF(WAKER), %edi
        movl    $0, SELF(WAKER)
        test    %edi, %edi
        jz      1f
        mov     $SYSCALL_YIELD, %eax
        syscall                                 // comes back only if there is no such environment
1:      mov     $SYSCALL_SLICE_DONE, %eax
        syscall
        ud2
leaving_end:

wake:   cmpl    $0, SELF(IDLE)
        jne     leaving                         // its slice is still its own, that is all
        jmp     make_calls
exos_crossing_end:

        .section .note.GNU-stack, "", @progbits
