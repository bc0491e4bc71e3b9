// fork.S - where a fork returns twice; contract in exos/process.h.

#include <aegis/layout.h>
#include <exos/process.h>
#include <exos/session.h>

#define ROOM 1024 // bytes that exos_fork_from and what it calls use until the tables are the child's

        .text
        .globl  exos_fork, exos_fork_child
// long exos_fork(void)
//
// A child gets a copy of one page of stack, the one that rsp is on here; the others are shared until somebody writes. So all that fork itself uses must be on that page: were it
// on the one below as well, the parent would have that page copied for itself in the middle of sharing it, and both would go on with that copy. Where less than ROOM is left,
// fork goes on at the end of the page below.
//
//      caller's rsp    <- rax
//      rbx rbp r12 r13 r14 r15  <- rdi, the child's rsp
exos_fork:
        mov     %rsp, %rax
        lea     -ROOM(%rsp), %rcx
        xor     %rsp, %rcx
        test    $-AEGIS_PAGE_SIZE, %rcx
        jz      1f
        and     $-AEGIS_PAGE_SIZE, %rsp
        sub     $8, %rsp                        // as behind a call: 8 below a multiple of 16
1:      push    %rax
        push    %rbx
        push    %rbp
        push    %r12
        push    %r13
        push    %r14
        push    %r15
        mov     %rsp, %rdi                      // what the child finds on its own copy of this stack
        call    exos_fork_from                  // eax: the parent's result
return: pop     %r15
        pop     %r14
        pop     %r13
        pop     %r12
        pop     %rbp
        pop     %rbx
        pop     %rsp
        ret

// The child, from crossing.S, with rsp as above. Its exception entries first: its stack may fault.
exos_fork_child:
        mov     $(EXOS_SELF + EXOS_SELF_ENTRIES), %esi
        mov     $AEGIS_AREA, %edi
        mov     $33, %ecx                       // pc[32], armed
        cld
        rep movsl
        call    exos_fork_begin
        xor     %eax, %eax
        jmp     return

        .section .note.GNU-stack, "", @progbits
