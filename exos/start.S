// start.S - the first instruction of an ExOS program.
// In: rsp = AEGIS_STACK_TOP (16-byte aligned), all other registers 0.

        .text
        .globl  start
start:
        call    exos_exception_init
        call    exos_slice_init
        call    main
        mov     %eax, %edi
        call    sys_env_exit
        ud2

        .section .note.GNU-stack, "", @progbits
