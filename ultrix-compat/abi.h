/* abi.h - what a program sees of the system: constants and structures of Linux's x86-64 ABI, byte for byte.
 *
 * Sources: Linux include/uapi/asm-generic/{mman-common,signal-defs,siginfo}.h, arch/x86/include/uapi/asm/{signal,sigcontext,ucontext}.h,
 * arch/x86/include/asm/sigframe.h. Only what this system implements; numbers are in syscalls.def, errors in errors.def.
 */
#ifndef ABI_H
#define ABI_H

#include <machine/types.h>

enum { PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4 };
enum { MAP_SHARED = 0x01, MAP_PRIVATE = 0x02, MAP_FIXED = 0x10, MAP_ANONYMOUS = 0x20, MAP_NORESERVE = 0x4000, MAP_STACK = 0x20000 };

enum { MADV_DONTNEED = 4, MADV_FREE = 8 };

enum { SIGINT = 2, SIGILL = 4, SIGTRAP = 5, SIGBUS = 7, SIGFPE = 8, SIGKILL = 9, SIGSEGV = 11, SIGPIPE = 13, SIGALRM = 14 };
enum { SIGCHLD = 17, SIGCONT = 18, SIGSTOP = 19, SIGTSTP = 20, SIGTTIN = 21, SIGTTOU = 22, SIGURG = 23, SIGWINCH = 28, SIGNALS = 64 };
enum { SIG_BLOCK = 0, SIG_UNBLOCK = 1, SIG_SETMASK = 2 };
enum { SI_KERNEL = 0x80, ILL_ILLOPN = 2, TRAP_BRKPT = 1, TRAP_TRACE = 2, SEGV_MAPERR = 1, SEGV_ACCERR = 2, BUS_ADRALN = 1 };
enum { SI_USER = 0, SI_TKILL = -6, CLD_EXITED = 1, CLD_KILLED = 2, CLD_STOPPED = 5, CLD_CONTINUED = 6 };
enum { FPE_INTDIV = 1, FPE_FLTDIV = 3, FPE_FLTOVF = 4, FPE_FLTUND = 5, FPE_FLTRES = 6, FPE_FLTINV = 7 };

#define SIG_DFL 0ul
#define SIG_IGN 1ul

#define SA_NOCLDSTOP 0x1ul
#define SA_NOCLDWAIT 0x2ul
#define SA_SIGINFO 0x4ul
#define SA_RESTORER 0x4000000ul
#define SA_ONSTACK 0x8000000ul
#define SA_RESTART 0x10000000ul
#define SA_NODEFER 0x40000000ul
#define SA_RESETHAND 0x80000000ul

/* clone, wait4, futex, arch_prctl, clocks: include/uapi/linux/{sched,wait,futex,time}.h, arch/x86/include/uapi/asm/prctl.h. */
enum { CLONE_VM = 0x100, CLONE_FS = 0x200, CLONE_FILES = 0x400, CLONE_SIGHAND = 0x800, CLONE_VFORK = 0x4000, CLONE_THREAD = 0x10000, CLONE_SYSVSEM = 0x40000 };
enum { CLONE_SETTLS = 0x80000, CLONE_PARENT_SETTID = 0x100000, CLONE_CHILD_CLEARTID = 0x200000, CLONE_DETACHED = 0x400000, CLONE_CHILD_SETTID = 0x1000000 };
enum { WNOHANG = 1, WUNTRACED = 2, WCONTINUED = 8 };
enum { FUTEX_WAIT = 0, FUTEX_WAKE = 1, FUTEX_REQUEUE = 3, FUTEX_CMP_REQUEUE = 4, FUTEX_WAIT_BITSET = 9, FUTEX_WAKE_BITSET = 10, FUTEX_PRIVATE = 128, FUTEX_CLOCK_REALTIME = 256 };
enum { ARCH_SET_GS = 0x1001, ARCH_SET_FS = 0x1002, ARCH_GET_FS = 0x1003, ARCH_GET_GS = 0x1004 };
enum { CLOCK_REALTIME = 0, CLOCK_MONOTONIC = 1, CLOCKS = 12, TIMER_ABSTIME = 1 };

struct timespec {
    long seconds, nanoseconds;
};

typedef u64 sigset_t; /* bit n - 1 = signal n */

struct sigaction {
    u64 handler, flags, restorer;
    sigset_t mask;
};

struct siginfo {
    u32 signo, error, code, padding;
    u64 address; /* of a fault; or the sender's pid, with a uid of 0 in the upper half */
    u32 status;  /* of a child */
    u8 unused[100];
};

struct sigcontext {
    u64 r8, r9, r10, r11, r12, r13, r14, r15, rdi, rsi, rbp, rbx, rdx, rax, rcx, rsp, rip, rflags;
    u16 cs, gs, fs, ss;
    u64 error, vector, old_mask, cr2;
    u64 fp_state; /* struct fp_state, or 0 */
    u64 reserved[8];
};

struct signal_stack {
    u64 address;
    u32 flags, padding;
    u64 size;
};

struct ucontext {
    u64 flags, link;
    struct signal_stack stack;
    struct sigcontext registers;
    sigset_t mask;
};

enum { UC_SIGCONTEXT_SS = 2, UC_STRICT_RESTORE_SS = 4, SS_ONSTACK = 1, SS_DISABLE = 2, MINSIGSTKSZ = 2048 };

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

/* Files: include/uapi/asm-generic/{fcntl,termbits,ioctls}.h, include/uapi/linux/{fcntl,stat,fs}.h, arch/x86/include/uapi/asm/stat.h, include/linux/dirent.h. */
enum { O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_ACCMODE = 3, O_CREAT = 0100, O_EXCL = 0200, O_TRUNC = 01000, O_APPEND = 02000, O_NONBLOCK = 04000 };
enum { O_LARGEFILE = 0100000, O_DIRECTORY = 0200000, O_CLOEXEC = 02000000 };
enum { AT_FDCWD = -100, AT_SYMLINK_NOFOLLOW = 0x100, AT_REMOVEDIR = 0x200, AT_NO_AUTOMOUNT = 0x800, AT_EMPTY_PATH = 0x1000, RENAME_NOREPLACE = 1 };
enum { SEEK_SET = 0, SEEK_CUR = 1, SEEK_END = 2, R_OK = 4, W_OK = 2, X_OK = 1 };
enum { F_DUPFD = 0, F_GETFD = 1, F_SETFD = 2, F_GETFL = 3, F_SETFL = 4, F_DUPFD_CLOEXEC = 1030, FD_CLOEXEC = 1 };
enum { S_IFMT = 0170000, S_IFIFO = 0010000, S_IFCHR = 0020000, S_IFDIR = 0040000, S_IFREG = 0100000 };
enum { S_PERMISSIONS = 07777, S_FOLDER_PERMISSIONS = 01777, S_EXECUTE_ANY = 0111, S_IRUSR = 0400, S_IWUSR = 0200, S_IWGRP = 020, S_IWOTH = 02 };
#define S_ISREG(mode) (((mode) & S_IFMT) == S_IFREG)
#define S_ISDIR(mode) (((mode) & S_IFMT) == S_IFDIR)
#define S_ISCHR(mode) (((mode) & S_IFMT) == S_IFCHR)

struct stat {
    u64 device, number, links;
    u32 mode, uid, gid, padding;
    u64 of_device;
    long size, block_size, blocks;
    struct timespec accessed, modified, status_changed;
    long unused[3];
};

struct dirent64 {
    u64 number, next;
    u16 size;
    u8 type;
    char name[256 + 8];
} __attribute__((packed));

enum { TCGETS = 0x5401, TCSBRK = 0x5409, TIOCGWINSZ = 0x5413, FIONREAD = 0x541b };
enum { ICRNL = 0400, B115200 = 010002, CS8 = 060, CREAD = 0200, ISIG = 01, ICANON = 02, ECHO = 010, ECHOE = 020, ECHOK = 040, VINTR = 0, VERASE = 2, VKILL = 3, VEOF = 4, VMIN = 6 };

struct termios {
    u32 input, output, control, local;
    u8 discipline, characters[19];
};

struct winsize {
    u16 rows, columns, width, height;
};

/* The auxiliary vector (System V ABI, AMD64 supplement, 3.4.3). */
enum { AT_NULL = 0, AT_PHDR = 3, AT_PHENT = 4, AT_PHNUM = 5, AT_PAGESZ = 6, AT_ENTRY = 9, AT_UID = 11, AT_EUID = 12, AT_GID = 13, AT_EGID = 14 };
enum { AT_CLKTCK = 17, AT_SECURE = 23, AT_RANDOM = 25, AT_EXECFN = 31 };

_Static_assert(sizeof(struct sigaction) == 32, "struct kernel_sigaction");
_Static_assert(sizeof(struct siginfo) == 128, "SI_MAX_SIZE");
_Static_assert(sizeof(struct sigcontext) == 256, "struct sigcontext_64");
_Static_assert(sizeof(struct signal_frame) == 440, "struct rt_sigframe");
_Static_assert(sizeof(struct stat) == 144 && sizeof(struct termios) == 36, "struct stat, struct termios");
_Static_assert(sizeof(struct fp_state) == 512, "fxsave64");

#endif
