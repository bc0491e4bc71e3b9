// clone.S - one system call that C cannot make: behind it the child has another stack, with nothing on it.

        .text
        .globl  unix_clone
unix_clone:                             // rdi flags, rsi stack top, rdx where the id goes, rcx the thread, r8 where it begins
        mov     %rdx, %r10              // and what is set to 0 at its end
        mov     %rcx, %r9               // syscall overwrites rcx
        mov     %r8, -8(%rsi)           // the child finds its beginning on its stack
        sub     $8, %rsi
        xor     %r8d, %r8d                // no thread-local storage
        mov     $56, %eax               // clone
        syscall
        test    %rax, %rax
        jz      1f
        ret
1:      xor     %ebp, %ebp
        mov     %r9, %rdi
        pop     %rax
        call    *%rax
        ud2

        .section .note.GNU-stack, "", @progbits
