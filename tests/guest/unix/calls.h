/* calls.h - for guest programs about files, pipes and processes: every system call by its name, as CALL(open, path, flags, mode); the result is the kernel's.
 *
 * Numbers and structures are written down from Linux's include/uapi, independently of ultrix-compat/abi.h.
 */
#ifndef CALLS_H
#define CALLS_H

#include "../check.h"

#include <unix.h>

enum { NR_stat = 4, NR_fstat = 5, NR_lstat = 6, NR_pwrite64 = 18, NR_readv = 19, NR_writev = 20, NR_access = 21, NR_dup = 32, NR_pause = 34, NR_nanosleep = 35 };
enum { NR_fcntl = 72, NR_fsync = 74, NR_truncate = 76, NR_ftruncate = 77, NR_fchdir = 81, NR_rename = 82, NR_creat = 85 };
enum { NR_readlink = 89, NR_chmod = 90, NR_umask = 95, NR_rt_sigpending = 127, NR_sigaltstack = 131, NR_gettid = 186, NR_clock_gettime = 228 };
enum { NR_tgkill = 234, NR_openat = 257, NR_mkdirat = 258, NR_newfstatat = 262, NR_unlinkat = 263, NR_dup3 = 292, NR_pipe2 = 293, NR_prlimit64 = 302 };

#define CALL(name, ...) CALL_PADDED(NR_##name, ##__VA_ARGS__, 0, 0, 0, 0, 0, 0)
#define CALL_PADDED(number, a, b, c, d, e, f, ...) \
    unix_call(number, (uint64_t)(a), (uint64_t)(b), (uint64_t)(c), (uint64_t)(d), (uint64_t)(e), (uint64_t)(f))

enum { EPERM = 1, ENOENT = 2, ESRCH = 3, EINTR = 4, E2BIG = 7, ENOEXEC = 8, EBADF = 9, ECHILD = 10, EAGAIN = 11, ENOMEM = 12, EACCES = 13, EFAULT = 14, EBUSY = 16 };
enum { EEXIST = 17, ENODEV = 19, ENOTDIR = 20, EISDIR = 21, EINVAL = 22, EMFILE = 24, ENOTTY = 25, EFBIG = 27, ENOSPC = 28, ESPIPE = 29, EPIPE = 32, ERANGE = 34 };
enum { ENAMETOOLONG = 36, ENOTEMPTY = 39 };

enum { O_RDONLY = 0, O_WRONLY = 1, O_RDWR = 2, O_CREAT = 0100, O_EXCL = 0200, O_TRUNC = 01000, O_APPEND = 02000, O_NONBLOCK = 04000 };
enum { O_LARGEFILE = 0100000, O_DIRECTORY = 0200000, O_CLOEXEC = 02000000, AT_FDCWD = -100, AT_REMOVEDIR = 0x200, AT_EMPTY_PATH = 0x1000 };
enum { SEEK_SET = 0, SEEK_CUR = 1, SEEK_END = 2, F_DUPFD = 0, F_GETFD = 1, F_SETFD = 2, F_GETFL = 3, F_SETFL = 4, F_DUPFD_CLOEXEC = 1030, FD_CLOEXEC = 1 };
enum { S_IFMT = 0170000, S_IFIFO = 010000, S_IFCHR = 020000, S_IFDIR = 040000, S_IFREG = 0100000, DT_DIR = 4, DT_REG = 8, R_OK = 4, W_OK = 2, X_OK = 1 };
enum { SIGHUP = 1, SIGPIPE = 13, SIGALRM = 14, SIGTERM = 15, SIGUSR2 = 12, SIGCHLD = 17, SIGCONT = 18, WNOHANG = 1, WUNTRACED = 2, WCONTINUED = 8 };
enum { CLD_EXITED = 1, CLD_KILLED = 2, CLD_STOPPED = 5, CLD_CONTINUED = 6 };
#define SA_NOCLDSTOP 1ul
enum { RLIMIT_NOFILE = 7, OPEN_MAX = 256, PIPE_BUF = 4096, PIPE_SIZE = 65536, PAGE = 4096 };
#define SA_RESTART 0x10000000ul

/* An address that no program may use. */
#define BAD ((char *)0x10)

struct stat {
    uint64_t device, number, links;
    uint32_t mode, uid, gid, padding;
    uint64_t of_device;
    long size, block_size, blocks, times[6], unused[3];
};

struct dirent {
    uint64_t number, next;
    uint16_t size;
    uint8_t type;
    char name[];
} __attribute__((packed));

struct iovec {
    void *at;
    size_t n;
};

struct timespec {
    long seconds, nanoseconds;
};

struct rlimit {
    uint64_t soft, hard;
};

__attribute__((unused)) static bool
equal(const char *a, const char *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

__attribute__((unused)) static bool
all_are(const char *bytes, char value, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != value)
            return false;
    return true;
}

/* gcc may call these by itself. */
void *
memset(void *to, int byte, size_t n)
{
    for (volatile char *c = to; n > 0; n--)
        *c++ = byte;
    return to;
}

void *
memcpy(void *to, const void *from, size_t n)
{
    const char *f = from;
    for (volatile char *c = to; n > 0; n--)
        *c++ = *f++;
    return to;
}

/* A child that has ended: its status as wait4 tells it, or a negative error. */
__attribute__((unused)) static int
status_of(long pid)
{
    int status = 0;
    long ended = CALL(wait4, pid, &status);
    return ended == pid && pid > 0 ? status : -1;
}

/* What `work` returns in a child of its own, as its exit status. */
__attribute__((unused)) static int
in_child(int (*work)(void))
{
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(work());
    return status_of(pid);
}

__attribute__((unused)) static void
sleep_ms(long ms)
{
    struct timespec time = {ms / 1000, ms % 1000 * 1000000};
    CALL(nanosleep, &time);
}

enum { EXITED = 256 }; /* a status of wait4: times the exit code */

#endif
