// revoke.S - the call of the revocation handler from wherever the program was interrupted; made by exos_revoke_upcall (slice.S).
// In: all registers and the stack as they were. Out: the same, at the interrupted instruction. Costs no kernel entry by itself.

#include "state.h"

#include <exos/revoke.h>

        .text
        .globl  exos_revoke_call
exos_revoke_call:
        CALL_FROM_INTERRUPTED handler=exos_revoke_handle, interrupted=exos_revoke_interrupted, symbol=exos_revoke_call, length=EXOS_REVOKE_CALL_BEGINS

        .bss
        .balign 8
        .globl  exos_revoke_interrupted
exos_revoke_interrupted:
        .skip   8

        .section .note.GNU-stack, "", @progbits
