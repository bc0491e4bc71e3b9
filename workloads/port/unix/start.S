// start.S - where a program begins: calls main(argc, argv) and ends with its result. For a test of the first stack, unix_first_stack holds the stack pointer.

        .text
        .globl  start
start:
        xor     %ebp, %ebp
        mov     %rsp, unix_first_stack(%rip)
        mov     (%rsp), %rdi            // argc
        lea     8(%rsp), %rsi           // argv
        and     $-16, %rsp              // System V ABI, AMD64 supplement, 3.2.2
        call    main
        mov     %eax, %edi
        mov     $231, %eax              // exit_group
        syscall
        ud2

        .bss
        .balign 8
        .globl  unix_first_stack
unix_first_stack:
        .skip   8
