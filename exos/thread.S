// thread.S - from one stack to another. What C does not keep over a call need not be kept: a switch is a call.
//
// void exos_thread_switch(void **from, void *to): the stack that is left goes to *from; `to` is one that was left so, or made to look like it (thread.c).
//      rsp ->  r15 r14 r13 r12 rbp rbx  return address

        .text
        .globl  exos_thread_switch, exos_thread_begin
exos_thread_switch:
        push    %rbx
        push    %rbp
        push    %r12
        push    %r13
        push    %r14
        push    %r15
        mov     %rsp, (%rdi)
        mov     %rsi, %rsp
        pop     %r15
        pop     %r14
        pop     %r13
        pop     %r12
        pop     %rbp
        pop     %rbx
        ret

// A new thread's first return address: rbx = run, r12 = argument.
exos_thread_begin:
        mov     %r12, %rdi
        call    *%rbx
        call    exos_thread_exit

        .section .note.GNU-stack, "", @progbits
