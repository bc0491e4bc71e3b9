// syscall.S - one function per system call, from the kernel's own table. Arguments are already where the kernel wants them.
// Weak: a call that needs more around it than this has its function elsewhere (slice.S: those that may end the slice they are made in).
// Cost: 2 instructions around the `syscall`. Clobbers: what a C call may.

#define SYSCALL(number, name, path, arguments) \
        .weak   sys_##name; \
sys_##name: \
        mov     $number, %eax; \
        syscall; \
        ret;

        .text
#include <aegis/syscalls.def>

        .section .note.GNU-stack, "", @progbits
