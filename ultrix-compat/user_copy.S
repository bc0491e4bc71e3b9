// user_copy.S - the instructions that touch user memory. An exception at any of them continues at user_copy_failed (user.c, trap.c).
//
// long user_copy(void *to, const void *from, size_t n)     rdi, rsi, rdx -> rax = 0 or -EFAULT; clobbers rcx, rdx
// long user_copy_string(char *to, const char *from, size_t n)      -> rax = length, -EFAULT, or -ENAMETOOLONG: no 0 in n bytes; clobbers rcx, rdx
// long user_fxsave(va_t to)                                rdi           -> rax = 0 or -EFAULT
//
// SMAP lets the kernel reach user pages only between stac and clac; the range has been checked by user.c.

#include <ultrix-compat/offsets.h>

        .text
        .globl  user_copy, user_copy_string, user_fxsave, user_copy_start, user_copy_end, user_copy_failed

user_copy:
        mov     %rdx, %rcx
        and     $7, %edx                // bytes behind the last whole word
        shr     $3, %rcx                // words
        xor     %eax, %eax
        stac
user_copy_start:
        rep movsq
        mov     %edx, %ecx
        rep movsb
        clac
        ret

user_copy_string:
        mov     %rdx, %rcx
        xor     %edx, %edx              // length so far
        stac
1:      cmp     %rcx, %rdx
        je      user_string_too_long
        mov     (%rsi,%rdx), %al
        mov     %al, (%rdi,%rdx)
        inc     %rdx
        test    %al, %al
        jnz     1b
        clac
        lea     -1(%rdx), %rax
        ret

user_fxsave:
        xor     %eax, %eax
        stac
        fxsave64 (%rdi)
user_copy_end:
        clac
        ret

user_string_too_long:
        clac
        mov     $-ERROR_ENAMETOOLONG, %rax
        ret

user_copy_failed:
        clac
        mov     $-ERROR_EFAULT, %rax
        ret
