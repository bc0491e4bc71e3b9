// entry.S - the minimal library OS's doors: its start, exceptions, slices, transfers. It stands on Aegis's interface alone; nothing here is ExOS's.
//
// It has no state but its memory: whatever a slice's end interrupts is done again from minimal_run, which can bear that. (A slice that ends in the few instructions of
// minimal_entered loses that call.)

#include <aegis/area.h>
#include <aegis/layout.h>
#include <aegis/offsets.h>

        .text
        .globl  start, minimal_exception_entry, minimal_slice_end, minimal_slice_start, minimal_entered, minimal_entered_end, minimal_call
start:                                          // the first slice
        mov     $AEGIS_STACK_TOP, %esp
        call    minimal_main
minimal_slice_start:
        mov     $AEGIS_STACK_TOP, %esp
        call    minimal_run
        ud2

// eax = vector; the interrupted rax, rcx, r11 and the processor's frame are in the area, and rsp is its end.
minimal_exception_entry:
        push    %rdx
        push    %rsi
        push    %rdi
        push    %r8
        push    %r9
        push    %r10
        mov     %eax, %edi
        call    minimal_exception
        pop     %r10
        pop     %r9
        pop     %r8
        pop     %rdi
        pop     %rsi
        pop     %rdx
        mov     AEGIS_AREA + AREA_RAX, %rax
        mov     AEGIS_AREA + AREA_RCX, %rcx
        mov     AEGIS_AREA + AREA_R11, %r11
        movl    $1, AEGIS_AREA + AREA_ARMED     // nothing faults from here on
        mov     $AEGIS_AREA + AREA_RFLAGS, %esp
        popfq
        pop     %rsp                            // the word behind the flags
        jmp     *AEGIS_AREA + AREA_RIP

minimal_slice_end:
        mov     $SYSCALL_SLICE_DONE, %eax
        syscall
        ud2

minimal_entered:                                // rax is still the number of the transfer
        incl    minimal_count
        mov     minimal_count, %esi
        mov     AEGIS_AREA + AREA_CALLER, %edi
        syscall
        ud2

// long minimal_call(uint64_t number, uint64_t a, uint64_t b, uint64_t c): a system call; its second result goes to minimal_value.
minimal_call:
        mov     %rdi, %rax
        mov     %rsi, %rdi
        mov     %rdx, %rsi
        mov     %rcx, %rdx
        syscall
        mov     %rdx, minimal_value
        ret

        .section .note.GNU-stack, "", @progbits
