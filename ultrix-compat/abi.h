/* abi.h - what a program sees of the system: constants and structures of Linux's x86-64 ABI, byte for byte.
 *
 * Sources: Linux include/uapi/asm-generic/{mman-common,signal-defs,siginfo}.h, arch/x86/include/uapi/asm/{signal,sigcontext,ucontext}.h,
 * arch/x86/include/asm/sigframe.h. Only what this system implements; numbers are in syscalls.def, errors in errors.def.
 */
#ifndef ABI_H
#define ABI_H

#include <machine/types.h>

enum { PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4 };
enum { MAP_PRIVATE = 0x02, MAP_FIXED = 0x10, MAP_ANONYMOUS = 0x20, MAP_NORESERVE = 0x4000, MAP_STACK = 0x20000 };

enum { SIGILL = 4, SIGTRAP = 5, SIGBUS = 7, SIGFPE = 8, SIGKILL = 9, SIGSEGV = 11, SIGSTOP = 19, SIGNALS = 64 };
enum { SIG_BLOCK = 0, SIG_UNBLOCK = 1, SIG_SETMASK = 2 };
enum { SI_KERNEL = 0x80, ILL_ILLOPN = 2, TRAP_BRKPT = 1, TRAP_TRACE = 2, SEGV_MAPERR = 1, SEGV_ACCERR = 2, BUS_ADRALN = 1 };
enum { FPE_INTDIV = 1, FPE_FLTDIV = 3, FPE_FLTOVF = 4, FPE_FLTUND = 5, FPE_FLTRES = 6, FPE_FLTINV = 7 };

#define SIG_DFL 0ul
#define SIG_IGN 1ul

#define SA_SIGINFO 0x4ul
#define SA_RESTORER 0x4000000ul
#define SA_NODEFER 0x40000000ul
#define SA_RESETHAND 0x80000000ul

typedef u64 sigset_t; /* bit n - 1 = signal n */

struct sigaction {
    u64 handler, flags, restorer;
    sigset_t mask;
};

struct siginfo {
    u32 signo, error, code, padding;
    u64 address;
    u8 unused[104];
};

struct sigcontext {
    u64 r8, r9, r10, r11, r12, r13, r14, r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip, rflags;
    u16 cs, gs, fs, ss;
    u64 error, vector, old_mask, cr2;
    u64 fp_state; /* struct fp_state, or 0 */
    u64 reserved[8];
};

struct ucontext {
    u64 flags, link;
    struct {
        u64 address, flags, size;
    } stack;
    struct sigcontext registers;
    sigset_t mask;
};

enum { UC_SIGCONTEXT_SS = 2, UC_STRICT_RESTORE_SS = 4, SS_DISABLE = 2 };

/* What a handler finds at its stack pointer. Above it, 64-byte aligned, the struct fp_state; above that the 128-byte red zone. */
struct signal_frame {
    u64 restorer; /* the handler's return address */
    struct ucontext context;
    struct siginfo info;
};

/* As fxsave64 writes it (Intel SDM vol. 1, 10.5.1). */
struct fp_state {
    u16 fcw, fsw;
    u8 tags, reserved, opcode[2];
    u64 fip, fdp;
    u32 mxcsr, mxcsr_mask;
    u8 registers[480];
} __attribute__((aligned(16)));

/* The auxiliary vector (System V ABI, AMD64 supplement, 3.4.3). */
enum { AT_NULL = 0, AT_PHDR = 3, AT_PHENT = 4, AT_PHNUM = 5, AT_PAGESZ = 6, AT_ENTRY = 9, AT_UID = 11, AT_EUID = 12, AT_GID = 13, AT_EGID = 14 };
enum { AT_SECURE = 23, AT_EXECFN = 31 };

_Static_assert(sizeof(struct sigaction) == 32, "struct kernel_sigaction");
_Static_assert(sizeof(struct siginfo) == 128, "SI_MAX_SIZE");
_Static_assert(sizeof(struct sigcontext) == 256, "struct sigcontext_64");
_Static_assert(sizeof(struct signal_frame) == 440, "struct rt_sigframe");
_Static_assert(sizeof(struct fp_state) == 512, "fxsave64");

#endif
