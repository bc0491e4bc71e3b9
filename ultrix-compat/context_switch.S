// context_switch.S - void context_switch(u64 *save, u64 rsp): leave one kernel stack, go on on another.
//
// In:   rdi = where to keep this stack's rsp, rsi = the other's, as an earlier call kept it or process.c laid it out.
// Out:  returns from the call of context_switch that was made on the other stack. Below, the stack that rsp points at in between:
//
//      return address, rbp, rbx, r12, r13, r14, r15 <- rsp        (all other registers are the caller's to save)

        .text
        .globl  context_switch
context_switch:
        push    %rbp
        push    %rbx
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
        pop     %rbx
        pop     %rbp
        ret
