/* unix.h - the UNIX systems as they are: Linux's x86-64 system calls, numbers and structures, without a C library. For port.c, linux/init.c and guest tests.
 *
 * Written down independently of ultrix-compat/abi.h, from the same source (Linux's include/uapi): a mistake in one of them shows.
 */
#ifndef UNIX_H
#define UNIX_H

#include <stddef.h>
#include <stdint.h>

enum { NR_read = 0, NR_write = 1, NR_open = 2, NR_close = 3, NR_lseek = 8, NR_mmap = 9, NR_mprotect = 10, NR_munmap = 11, NR_rt_sigaction = 13 };
enum { NR_rt_sigprocmask = 14, NR_ioctl = 16, NR_pread64 = 17, NR_pipe = 22, NR_sched_yield = 24, NR_dup2 = 33, NR_getpid = 39, NR_clone = 56, NR_fork = 57 };
enum { NR_execve = 59, NR_exit = 60, NR_wait4 = 61, NR_kill = 62, NR_getcwd = 79, NR_chdir = 80, NR_mkdir = 83, NR_rmdir = 84, NR_unlink = 87, NR_getppid = 110, NR_rt_sigsuspend = 130, NR_mount = 165 };
enum { NR_reboot = 169, NR_iopl = 172, NR_futex = 202, NR_getdents64 = 217, NR_exit_group = 231 };

enum { UNIX_EPERM = 1, UNIX_EBADF = 9, UNIX_ENOMEM = 12, UNIX_EFAULT = 14, UNIX_EINVAL = 22, UNIX_ENOSYS = 38 };

enum { PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4 };
enum { MAP_SHARED = 0x01, MAP_PRIVATE = 0x02, MAP_FIXED = 0x10, MAP_ANONYMOUS = 0x20 };

enum { SIGILL = 4, SIGTRAP = 5, SIGBUS = 7, SIGFPE = 8, SIGKILL = 9, SIGUSR1 = 10, SIGSEGV = 11, SIGSTOP = 19 };
enum { SI_KERNEL = 0x80, ILL_ILLOPN = 2, TRAP_TRACE = 2, SEGV_MAPERR = 1, SEGV_ACCERR = 2, FPE_INTDIV = 1, FPE_FLTDIV = 3 };
enum { SIG_BLOCK = 0, SIG_UNBLOCK = 1, SIG_SETMASK = 2 };
#define SIG_DFL ((void *)0)
#define SIG_IGN ((void *)1)
#define SA_SIGINFO 0x4ul
#define SA_RESTORER 0x4000000ul
#define SA_NODEFER 0x40000000ul
#define SA_RESETHAND 0x80000000ul

/* Indices into unix_context.reg. */
enum { REG_R8, REG_R9, REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_RDI, REG_RSI, REG_RBP, REG_RBX, REG_RDX, REG_RAX, REG_RCX, REG_RSP, REG_RIP };
enum { REG_RFLAGS = REG_RIP + 1, REG_SELECTORS, REG_ERROR, REG_VECTOR, REG_OLD_MASK, REG_CR2, REG_COUNT };

struct unix_fp {
    uint16_t fcw, fsw, tags, opcode;
    uint64_t fip, fdp;
    uint32_t mxcsr, mxcsr_mask;
    uint8_t st[8][16], xmm[16][16], unused[96];
};

struct unix_context { /* struct ucontext */
    uint64_t flags, link, stack[3];
    uint64_t reg[REG_COUNT];
    struct unix_fp *fp;
    uint64_t reserved[8];
    uint64_t mask;
};

struct unix_siginfo {
    int signo, error, code, padding;
    void *address;
    char unused[104];
};

struct unix_sigaction {
    void *handler;
    uint64_t flags;
    void *restorer;
    uint64_t mask;
};

typedef void unix_handler(int signal, struct unix_siginfo *info, struct unix_context *context);

/* dispatch.S: where a handler returns to; it calls rt_sigreturn. */
extern const char unix_restorer[];

/* One system call; the result is as the kernel gives it: -errno on an error. */
static inline long
unix_call(long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e, uint64_t f)
{
    register uint64_t r10 asm("r10") = d, r8 asm("r8") = e, r9 asm("r9") = f;
    long result;
    asm volatile("syscall" : "=a"(result) : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9) : "rcx", "r11", "memory");
    return result;
}

static inline long unix_write(int fd, const void *bytes, size_t n) { return unix_call(NR_write, fd, (uint64_t)bytes, n, 0, 0, 0); }

static inline _Noreturn void
unix_exit(int status)
{
    for (;;)
        unix_call(NR_exit_group, status, 0, 0, 0, 0, 0);
}

/* Private anonymous memory. Returns the address or -errno. */
static inline long
unix_mmap(const void *address, size_t length, int prot, int flags)
{
    return unix_call(NR_mmap, (uint64_t)address, length, prot, MAP_PRIVATE | MAP_ANONYMOUS | flags, -1ul, 0);
}

static inline long unix_mprotect(const void *address, size_t length, int prot) { return unix_call(NR_mprotect, (uint64_t)address, length, prot, 0, 0, 0); }
static inline long unix_munmap(const void *address, size_t length) { return unix_call(NR_munmap, (uint64_t)address, length, 0, 0, 0, 0); }

/* Install `handler` (or SIG_DFL, SIG_IGN) for `signal`, with `flags` besides SA_SIGINFO and SA_RESTORER. */
static inline long
unix_catch_with(int signal, void *handler, uint64_t flags, uint64_t mask)
{
    struct unix_sigaction action = {handler, SA_SIGINFO | SA_RESTORER | flags, (void *)unix_restorer, mask};
    return unix_call(NR_rt_sigaction, signal, (uint64_t)&action, 0, sizeof action.mask, 0, 0);
}

static inline long unix_catch(int signal, unix_handler *handler) { return unix_catch_with(signal, (void *)handler, SA_NODEFER, 0); }

#endif
