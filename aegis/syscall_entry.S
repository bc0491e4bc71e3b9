// syscall_entry.S - system calls: the two paths (claim K-11), and the way into ring 3.
//
// In:       rax = number, rdi, rsi, rdx = arguments, rcx = return address, r11 = rflags (put there by `syscall`), rsp = the user's.
//           SFMASK has cleared IF, TF, DF, NT, AC, RF, IOPL: interrupts are off, SMAP is in force.
// sysretq cannot fault in ring 0: rcx is the address behind a `syscall` that was fetched below USER_TOP, so it is canonical.
//
//      null, nostack      syscall, 3, sysretq                                  5 instructions
//      null, stack        syscall, 3, 5, C function 2, 3, sysretq             15

#include "kernel_layout.h"

#include <aegis/area.h>
#include <aegis/offsets.h>
#include <machine/descriptors.h>

        .text
        .globl  syscall_entry
syscall_entry:
        cmp     $SYSCALL_COUNT, %rax
        jae     foreign
        jmp     *syscall_path(,%rax,8)

// Not a call of Aegis's: the environment's own business (area.h). 9 instructions to its handler; going back needs no kernel.
foreign:
        mov     %rcx, KERNEL_AREA+AREA_FOREIGN_RIP
        mov     KERNEL_AREA+AREA_FOREIGN_PC, %ecx
        jrcxz   1f
        mov     %r11, KERNEL_AREA+AREA_FOREIGN_RFLAGS
        mov     $AEGIS_HANDLER_RFLAGS, %r11d
        sysretq
1:      mov     KERNEL_AREA+AREA_FOREIGN_RIP, %rcx
        mov     $-ERROR_SYSCALL, %rax
        sysretq

// A C function on the kernel stack. One processor and interrupts off: one stack and one slot for the user's rsp are enough.
syscall_with_stack:
        mov     %rsp, user_rsp
        mov     $kernel_stack_top, %rsp
        push    %rcx
        push    %r11
        call    *syscall_function(,%rax,8)
        pop     %r11
        pop     %rcx
        mov     user_rsp, %rsp
        sysretq

// Call 0: success is 0, and so is its number.
nostack_null:
        sysretq

// _Noreturn void user_enter(va_t entry, va_t stack): ring 3 with interrupts on and nothing of the kernel's in any register.
        .globl  user_enter
user_enter:
        mov     %rdi, %rcx
        mov     %rsi, %rsp
        mov     $0x202, %r11d
        xor     %eax, %eax
        xor     %edx, %edx
        xor     %ebx, %ebx
        xor     %ebp, %ebp
        xor     %esi, %esi
        xor     %edi, %edi
        xor     %r8d, %r8d
        xor     %r9d, %r9d
        xor     %r10d, %r10d
        xor     %r12d, %r12d
        xor     %r13d, %r13d
        xor     %r14d, %r14d
        xor     %r15d, %r15d
        mov     %eax, %ds
        mov     %eax, %es
        mov     %eax, %fs
        mov     %eax, %gs
        wrfsbase %rax                           // a null selector leaves the base on some processors
        wrgsbase %rax
        sysretq

#define PATH_nostack(name) nostack_##name
#define PATH_stack(name)   syscall_with_stack
#define FUNCTION_nostack(name) 0
#define FUNCTION_stack(name)   sys_##name

        .section .rodata
        .balign 64
syscall_path:
#define SYSCALL(number, name, path, arguments) .quad PATH_##path(name);
#include <aegis/syscalls.def>
#undef SYSCALL
syscall_function:
#define SYSCALL(number, name, path, arguments) .quad FUNCTION_##path(name);
#include <aegis/syscalls.def>
#undef SYSCALL

        .bss
        .balign 8
user_rsp:
        .skip   8
