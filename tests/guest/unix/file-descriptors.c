/* Descriptors: the lowest free one; dup and fork share an offset, two opens do not; close-on-exec; what a descriptor is open for; how many there can be. */

#include "calls.h"

static char bytes[100];

static uint32_t
mode_of(long fd)
{
    struct stat s;
    return CALL(fstat, fd, &s) == 0 ? s.mode & S_IFMT : 0;
}

static void
check_sharing(void)
{
    long fd = CALL(open, "/tmp/shared", O_RDWR | O_CREAT, 0644), again = CALL(dup, fd), other = CALL(open, "/tmp/shared", O_RDONLY);
    CALL(write, fd, "abcdef", 6);
    check(CALL(lseek, again, 0, SEEK_CUR) == 6 && CALL(lseek, other, 0, SEEK_CUR) == 0, "dup shares the offset, another open does not");
    check(CALL(lseek, fd, 1, SEEK_SET) == 1 && CALL(close, fd) == 0 && CALL(read, again, bytes, 1) == 1 && bytes[0] == 'b', "and it lives as long as one of them");
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(CALL(read, again, bytes, 2) != 2 || bytes[0] != 'c');
    check(status_of(pid) == 0 && CALL(read, again, bytes, 1) == 1 && bytes[0] == 'e', "a child shares its parent's offset");
    check(CALL(write, other, "x", 1) == -EBADF && CALL(fcntl, other, F_GETFL) == (O_RDONLY | O_LARGEFILE), "open for reading only");
    long out = CALL(open, "/tmp/shared", O_WRONLY | O_APPEND);
    check(CALL(read, out, bytes, 1) == -EBADF && CALL(fcntl, out, F_GETFL) == (O_WRONLY | O_APPEND | O_LARGEFILE), "open for writing only");
    long neither = CALL(open, "/tmp/shared", 3);
    check(neither >= 0 && CALL(read, neither, bytes, 1) == -EBADF && CALL(write, neither, "x", 1) == -EBADF, "open for neither, only to be asked about");
    for (long i = 3; i < 20; i++)
        CALL(close, i);
    CALL(unlink, "/tmp/shared");
}

static void
check_numbers(void)
{
    check(CALL(dup, 0) == 3 && CALL(dup, 0) == 4 && CALL(dup, 0) == 5 && CALL(close, 4) == 0 && CALL(dup, 1) == 4, "the lowest that is free");
    check(CALL(dup2, 0, 77) == 77 && CALL(dup2, 77, 77) == 77 && CALL(dup2, 99, 99) == -EBADF && CALL(dup2, 0, OPEN_MAX) == -EBADF && CALL(dup2, 0, -1) == -EBADF, "dup2 takes the one it is told");
    check(CALL(dup3, 0, 78, O_CLOEXEC) == 78 && CALL(fcntl, 78, F_GETFD) == FD_CLOEXEC && CALL(dup3, 0, 0, 0) == -EINVAL && CALL(dup3, 0, 78, 1) == -EINVAL, "dup3");
    check(CALL(dup2, 78, 77) == 77 && CALL(fcntl, 77, F_GETFD) == 0, "close-on-exec is the descriptor's, not the file's");
    check(CALL(fcntl, 0, F_DUPFD, 50) == 50 && CALL(fcntl, 0, F_DUPFD_CLOEXEC, 50) == 51 && CALL(fcntl, 51, F_GETFD) == FD_CLOEXEC, "F_DUPFD");
    check(CALL(fcntl, 0, F_DUPFD, OPEN_MAX) == -EINVAL && CALL(fcntl, 99, F_GETFD) == -EBADF && CALL(fcntl, 0, 999) == -EINVAL, "fcntl: its errors");
    check(CALL(fcntl, 50, F_SETFD, FD_CLOEXEC) == 0 && CALL(fcntl, 50, F_GETFD) == FD_CLOEXEC && CALL(fcntl, 50, F_SETFD, 0) == 0 && CALL(fcntl, 50, F_GETFD) == 0, "F_SETFD");
    check(CALL(close, 50) == 0 && CALL(close, 50) == -EBADF && CALL(close, -1) == -EBADF && CALL(close, 1 << 30) == -EBADF, "close, once");
    check(CALL(read, 50, bytes, 1) == -EBADF && CALL(write, 50, bytes, 1) == -EBADF && CALL(lseek, 50, 0, 0) == -EBADF && CALL(fstat, 50, bytes) == -EBADF && CALL(dup, 50) == -EBADF, "what is closed is closed");
    for (long i = 3; i < 80; i++)
        CALL(close, i);
}

/* All that there are, and what happens then. */
static void
check_limit(void)
{
    int pipe[2], n = 3;
    while (CALL(dup, 0) == n)
        n++;
    check(n == OPEN_MAX && CALL(dup, 0) == -EMFILE, "256 descriptors, then EMFILE");
    check(CALL(open, "/tmp/emfile", O_CREAT | O_WRONLY, 0644) == -EMFILE && CALL(access, "/tmp/emfile", 0) == -ENOENT, "open creates nothing then");
    check(CALL(pipe, pipe) == -EMFILE && CALL(fcntl, 0, F_DUPFD, 0) == -EMFILE && CALL(close, 100) == 0 && CALL(pipe, pipe) == -EMFILE && CALL(dup, 0) == 100, "a pipe needs two, or takes none");
    check(CALL(dup2, 0, 255) == 255, "dup2 needs no free one");
    for (int i = 3; i < OPEN_MAX; i++)
        CALL(close, i);
    check(CALL(pipe, pipe) == 0 && pipe[0] == 3 && pipe[1] == 4, "all of them can be had again");
    CALL(close, 3), CALL(close, 4);
}

static void
check_devices(void)
{
    long null = CALL(open, "/dev/null", O_RDWR), zero = CALL(open, "/dev/zero", O_RDWR);
    bytes[1] = 1;
    check(mode_of(null) == S_IFCHR && CALL(read, null, bytes, 10) == 0 && CALL(write, null, BAD, 10) == 10 && CALL(write, null, bytes, 10) == 10, "/dev/null");
    check(CALL(read, zero, bytes, 10) == 10 && bytes[1] == 0 && CALL(read, zero, BAD, 10) == -EFAULT && CALL(write, zero, bytes, 10) == 10, "/dev/zero");
    check(mode_of(1) == S_IFCHR && CALL(lseek, 1, 0, SEEK_CUR) == -ESPIPE && CALL(pread64, 1, bytes, 1, 0) == -ESPIPE && CALL(lseek, null, 5, SEEK_SET) == 0, "the console has no offset");
    enum { TCGETS = 0x5401, TIOCGWINSZ = 0x5413 };
    check(CALL(ioctl, 1, TCGETS, bytes) == 0 && CALL(ioctl, 1, TIOCGWINSZ, bytes) == 0 && CALL(ioctl, null, TCGETS, bytes) == -ENOTTY && CALL(ioctl, 99, TCGETS, bytes) == -EBADF, "it is a terminal, /dev/null is not");
    CALL(close, null), CALL(close, zero);
}

int
main(void)
{
    struct rlimit limit = {OPEN_MAX, OPEN_MAX};
    check_begin("file-descriptors");
    check(CALL(prlimit64, 0, RLIMIT_NOFILE, &limit, 0) == 0, "a limit of 256"); /* Linux allows more unless it is told */
    check_sharing();
    check_numbers();
    check_devices();
    check_limit();
    return check_end();
}
