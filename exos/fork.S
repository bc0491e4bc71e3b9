// fork.S - where a fork returns twice; contract in exos/process.h.

#include <aegis/layout.h>
#include <exos/process.h>
#include <exos/session.h>

        .text
        .globl  exos_fork, exos_fork_child
// long exos_fork(void)
exos_fork:
        push    %rbx
        push    %rbp
        push    %r12
        push    %r13
        push    %r14
        push    %r15
        mov     %rsp, %rdi                      // what the child finds on its own copy of this stack
        sub     $8, %rsp
        call    exos_fork_from                  // (rsp): the parent's result
        add     $8, %rsp
return: pop     %r15
        pop     %r14
        pop     %r13
        pop     %r12
        pop     %rbp
        pop     %rbx
        ret

// The child, from crossing.S, with rsp as above. Its exception entries first: its stack may fault.
exos_fork_child:
        mov     $(EXOS_SELF + EXOS_SELF_ENTRIES), %esi
        mov     $AEGIS_AREA, %edi
        mov     $33, %ecx                       // pc[32], armed
        cld
        rep movsl
        sub     $8, %rsp
        call    exos_fork_begin
        add     $8, %rsp
        xor     %eax, %eax
        jmp     return

        .section .note.GNU-stack, "", @progbits
