// start.S - the first instruction of an ExOS program.
// In: rsp is 16-byte aligned. From the kernel: all other registers 0. From exec: rdi = argc, rsi = argv, rdx = EXOS_SELF: it belongs to a session.

        .text
        .globl  start
start:
        mov     %rdi, %r12
        mov     %rsi, %r13
        mov     %rdx, %rbx
        test    %rbx, %rbx
        jz      1f
        call    exos_exec_begin
1:      call    exos_exception_init
        call    exos_slice_init
        test    %rbx, %rbx
        jz      2f
        call    exos_exec_join
2:      mov     %r12, %rdi
        mov     %r13, %rsi
        call    main
        mov     %eax, %edi
        call    exos_exit
        ud2

        .section .note.GNU-stack, "", @progbits
