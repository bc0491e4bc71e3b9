// revoke.S - the call of the revocation handler from wherever the program was interrupted; made by exos_revoke_upcall (slice.S).
// In: all registers and the stack as they were. Out: the same, at the interrupted instruction. Costs no kernel entry by itself.

#include <exos/revoke.h>

#define RED_ZONE 128

        .text
        .globl  exos_revoke_call
exos_revoke_call:
        lea     -RED_ZONE(%rsp), %rsp
        pushq   exos_revoke_interrupted
begun:
        .if     begun - exos_revoke_call - EXOS_REVOKE_CALL_BEGINS
        .error  "EXOS_REVOKE_CALL_BEGINS is not the length of the first two instructions"
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
        call    exos_revoke_handle
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

        .bss
        .balign 8
        .globl  exos_revoke_interrupted
exos_revoke_interrupted:
        .skip   8

        .section .note.GNU-stack, "", @progbits
