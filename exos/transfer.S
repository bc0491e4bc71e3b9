// transfer.S - the bare yield: contract in exos/transfer.h, exos_yield_bare.
//
// In:   edi = the environment to yield to, the return address on the stack. Out: at that address, rsp as before; every other register is whoever yielded here's.
// Cost: 10 instructions with the call, and the kernel's 34.
//
// Until bare_left the next slice of this environment starts at exos_bare_start and not from its saved state (exos/slice.h): a slice that ends in between
// saves a state that nobody will look at, and the section goes on at exos_bare_start, as if the yield had been made. It changes nothing that a second pass would
// change again. Nothing in it can fault: it touches the area only, and lies within one page.

#include <aegis/area.h>
#include <aegis/layout.h>
#include <aegis/offsets.h>
#include <exos/slice.h>

        .text
        .globl  exos_bare_yield, exos_bare_start, exos_bare_left
        .balign 64
exos_bare_yield:
        mov     %rsp, EXOS_BARE_RSP
        movl    $exos_bare_start, AEGIS_AREA + AREA_SLICE_START
        mov     $SYSCALL_YIELD, %eax
        syscall                                 // refused: falls through
exos_bare_start:
        mov     EXOS_BARE_RSP, %rsp
        mov     EXOS_START, %ecx                // signals may have an entry of their own
        mov     %ecx, AEGIS_AREA + AREA_SLICE_START
exos_bare_left:
        ret

        .section .note.GNU-stack, "", @progbits
