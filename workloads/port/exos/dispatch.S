// dispatch.S - the register-only handler that ends a dispatch region: reads the clock as its first act (paper, section 5.3).
// In: as aegis/area.h says. Out: at port_dispatch_resume on the interrupted stack; rax, rcx, rdx, r11 clobbered.

#include <aegis/area.h>
#include <aegis/layout.h>
#include <aegis/offsets.h>

        .text
        .globl  port_dispatch_end
port_dispatch_end:
        rdtsc
        mov     %eax, port_dispatch_ticks(%rip)
        movl    $1, port_dispatch_taken(%rip)
        mov     AEGIS_AREA + AREA_RSP, %rsp
        movl    $1, AEGIS_AREA + AREA_ARMED
        jmp     *port_dispatch_resume(%rip)

        .section .note.GNU-stack, "", @progbits
