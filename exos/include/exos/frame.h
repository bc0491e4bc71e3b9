/* frame.h - the interrupted registers as a C handler sees them; pushed by exos/exception.S in this order, last member first.
 * Callee-saved registers are not here: the handler's compiler keeps them. */
#ifndef EXOS_FRAME_H
#define EXOS_FRAME_H

#define EXOS_EXCEPTION_STACK 16384
#define EXOS_EXCEPTION_STATE (8 + 2 * 32 * 8) /* behind the stack: where the next frame goes, the handlers */

#ifndef __ASSEMBLER__
#include <stdint.h>

struct exos_frame {
    uint64_t r10, r9, r8, rdi, rsi, rdx;
    uint64_t address; /* page fault: the bad address; debug: dr6 */
    uint64_t error;   /* the processor's error code, where it has one */
    uint64_t r11, rcx, rax;
    uint64_t rip, cs, rflags, rsp, ss;
};

#endif
#endif
