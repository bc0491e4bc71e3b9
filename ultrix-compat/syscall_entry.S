// syscall_entry.S - system calls: the way in and the way out.
//
// In:       rax = number, rdi, rsi, rdx, r10, r8, r9 = arguments, rcx = return address, r11 = rflags (put there by `syscall`), rsp = the user's.
//           SFMASK has cleared IF, TF, DF, NT, AC, RF, IOPL: interrupts are off, SMAP is in force.
// Out:      rax = result; rcx and r11 as `syscall` left them; every other register as it was.
//
// All registers are saved as a trap saves them (struct trapframe), since signals and rt_sigreturn read and change any of them.
// Until rsp is the kernel's, a #DB or NMI has a stack of its own (IST); nothing else can happen here.

#include <machine/descriptors.h>
#include <machine/trapframe.h>
#include <ultrix-compat/offsets.h>

        .text
        .globl  syscall_entry
syscall_entry:
        mov     %rsp, user_rsp
        mov     thread_kernel_stack, %rsp
        push    $SELECTOR_USER_DATA     // ss
        push    user_rsp                // rsp
        push    %r11                    // rflags
        push    $SELECTOR_USER_CODE     // cs
        push    %rcx                    // rip
        push    %rax                    // error: the number, when rax is already the result
        push    $SYSCALL_VECTOR
        PUSH_REGISTERS
        xor     %ebp, %ebp              // ends the panic's backtrace
        mov     %rsp, %rdi
        call    syscall_dispatch

// sysretq takes rip and rflags from rcx and r11, and on Intel faults in ring 0, on the user's stack, if rip is not canonical (CVE-2012-0217).
// So it serves the ordinary case only: nobody has changed rip or rflags, and rip is in the lower half. The rest goes by iretq, as in Linux.
        mov     TRAP_RIP(%rsp), %rcx
        cmp     TRAP_RCX(%rsp), %rcx
        jne     trap_return
        mov     TRAP_RFLAGS(%rsp), %r11
        cmp     TRAP_R11(%rsp), %r11
        jne     trap_return
        test    $RFLAGS_NOT_BY_SYSRET, %r11d
        jnz     trap_return
        shr     $47, %rcx
        jnz     trap_return
        POP_REGISTERS
        mov     FRAME_RSP(%rsp), %rsp
        sysretq

        .bss
        .balign 8
user_rsp:                               // one processor, interrupts off: one slot
        .skip   8
