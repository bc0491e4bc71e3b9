// dispatch.S - the two pieces of signal handling that cannot be C: the handler that ends a dispatch region, and the return to the kernel.
//
// At a handler's first instruction: edi = signal, rsi = siginfo, rdx = ucontext, rsp -> struct rt_sigframe, whose first word is unix_restorer.

        .set    PORT_FRAME_PC, 8 + 168  // the word, then struct port_ucontext.pc: port.c checks the number

        .text
        .globl  port_dispatch_handler, port_dispatch_end, unix_restorer
port_dispatch_handler:
port_dispatch_end:
        rdtsc
        mov     %eax, port_dispatch_ticks(%rip)
        movl    $1, port_dispatch_taken(%rip)
        mov     port_dispatch_resume(%rip), %rax
        mov     %rax, PORT_FRAME_PC(%rsp)
        ret

unix_restorer:
        mov     $15, %eax               // rt_sigreturn
        syscall
        ud2

        .bss
        .balign 8
        .globl  port_dispatch_ticks, port_dispatch_taken, port_dispatch_resume
port_dispatch_resume:
        .skip   8
port_dispatch_ticks:
        .skip   4
port_dispatch_taken:
        .skip   4
