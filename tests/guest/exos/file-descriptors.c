/* Descriptors: which number names what, shared positions over fork, pipes between processes, and their limits. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/process.h>
#include <exos/vm.h>

enum { NEW = EXOS_O_RDWR | EXOS_O_CREAT | EXOS_O_TRUNC, MANY = 40000 };

static void
console(void)
{
    char byte;
    check(exos_fd_write(1, "", 0) == 0 && exos_fd_seek(1, 0, EXOS_SEEK_CUR) == -ESPIPE, "the console is there before anything is opened");
    check(exos_fd_read(3, &byte, 1) == -EBADF && exos_fd_write(-1, &byte, 1) == -EBADF && exos_fd_seek(EXOS_FDS, 0, 0) == -EBADF && exos_fd_close(1 << 30) == -EBADF, "no such descriptor");
}

static void
duplicates(void)
{
    long fd = exos_fd_open("/tmp/a", NEW), two = exos_fd_dup2(fd, 9);
    check(two == 9 && exos_fd_write(fd, "ab", 2) == 2 && exos_fd_seek(9, 0, EXOS_SEEK_CUR) == 2, "a duplicate has the same position");
    check(exos_fd_dup2(9, 9) == 9 && exos_fd_dup2(8, 8) == -EBADF && exos_fd_dup2(9, EXOS_FDS) == -EBADF && exos_fd_dup2(9, -1) == -EBADF, "what cannot be duplicated");
    check(exos_fd_close(fd) == 0 && exos_fd_write(9, "c", 1) == 1, "it outlives the other");
    check(exos_fd_open("/tmp/b", NEW) == fd && exos_fd_dup2(9, fd) == fd && exos_fd_seek(fd, 0, EXOS_SEEK_CUR) == 3, "what had the number is closed");
    exos_fd_close(fd);
    exos_fd_close(9);
    exos_file_unlink("/tmp/b");
}

static int
child(int (*body)(long), long argument)
{
    int status = -1;
    long pid = exos_fork();
    if (pid == 0)
        exos_exit(body(argument));
    return pid > 0 && exos_wait(pid, &status) == pid ? status : -1;
}

static int
write_two(long fd)
{
    return exos_fd_write(fd, "xy", 2) == 2 && exos_fd_close(fd) == 0 && exos_fd_close(9) == 0 ? 7 : 1;
}

static void
inheritance(void)
{
    long fd = exos_fd_open("/tmp/a", NEW);
    exos_fd_dup2(1, 9);
    check(child(write_two, fd) == 7 << 8, "a child has its parent's descriptors");
    check(exos_fd_seek(fd, 0, EXOS_SEEK_CUR) == 2, "and moves the position that they share");
    check(exos_fd_close(9) == 0 && exos_fd_close(fd) == 0, "what it closes is open here");
    exos_file_unlink("/tmp/a");
}

/* Numbers, many more than a pipe holds, in pieces of changing size. */
static int
feed(long fd)
{
    static uint32_t numbers[512];
    for (uint32_t n = 0, count; n < MANY; n += count) {
        count = 1 + n % 511 < MANY - n ? 1 + n % 511 : MANY - n;
        for (uint32_t i = 0; i < count; i++)
            numbers[i] = n + i;
        if (exos_fd_write(fd, numbers, count * sizeof *numbers) != (long)(count * sizeof *numbers))
            return 1;
    }
    return 0;
}

static bool
arrives(long fd)
{
    static uint8_t bytes[1000];
    uint64_t at = 0;
    long n;
    bool right = true;
    while ((n = exos_fd_read(fd, bytes, 1 + at % 999)) > 0)
        for (long i = 0; i < n; i++, at++)
            right &= bytes[i] == (uint8_t)((uint32_t)(at / 4) >> at % 4 * 8);
    return right && n == 0 && at == MANY * 4ul;
}

static void
pipes(void)
{
    int fd[2], status = -1;
    char byte = 'p';
    check(exos_fd_pipe(fd) == 0 && fd[0] == 3 && fd[1] == 4, "a pipe has two descriptors");
    check(exos_fd_write(fd[0], &byte, 1) == -EBADF && exos_fd_read(fd[1], &byte, 1) == -EBADF && exos_fd_seek(fd[0], 0, 0) == -ESPIPE, "each for one direction");
    long pid = exos_fork();
    if (pid == 0) {
        exos_fd_close(fd[0]);
        exos_exit(feed(fd[1]));
    }
    exos_fd_close(fd[1]);
    check(arrives(fd[0]), "what a child writes arrives, whole and in order, and then the end");
    check(exos_wait(pid, &status) == pid && status == 0, "it could write all");
    exos_fd_close(fd[0]);
    exos_signal(SIGPIPE, EXOS_SIG_IGNORE);
    check(exos_fd_pipe(fd) == 0 && exos_fd_close(fd[0]) == 0 && exos_fd_write(fd[1], &byte, 1) == -EPIPE, "a pipe that nobody reads");
    exos_signal(SIGPIPE, EXOS_SIG_DEFAULT);
    pid = exos_fork();
    if (pid == 0) {
        exos_fd_write(fd[1], &byte, 1);
        exos_exit(0);
    }
    check(exos_wait(pid, &status) == pid && status == SIGPIPE, "ends its writer by a signal");
    exos_fd_close(fd[1]);
}

static void
killed_readers(void)
{
    int fd[2], status;
    bool good = true;
    exos_fd_pipe(fd);
    for (int i = 0; i < 5; i++) {
        char byte;
        long pid = exos_fork();
        if (pid == 0)
            exos_exit(exos_fd_read(fd[0], &byte, 1) == 1);
        exos_process_yield();
        good &= exos_kill(pid, SIGKILL) == 0 && exos_wait(pid, &status) == pid && status == SIGKILL;
    }
    char byte;
    check(good && exos_fd_write(fd[1], "k", 1) == 1 && exos_fd_read(fd[0], &byte, 1) == 1 && byte == 'k', "a pipe outlives readers that are killed while they wait");
    exos_fd_close(fd[0]);
    exos_fd_close(fd[1]);
}

static void
limits(void)
{
    int fd[2];
    long n = 0, last;
    while ((last = exos_fd_open("/tmp/a", EXOS_O_RDWR | EXOS_O_CREAT)) >= 0)
        n++;
    check(last == -EMFILE && n == EXOS_FDS - 3, "no descriptor is left");
    exos_fd_close(10);
    bool none = true;
    for (int i = 0; i < 2 * EXOS_PIPES; i++)
        none &= exos_fd_pipe(fd) == -EMFILE;
    check(none && exos_fd_open("/tmp/a", 0) == 10, "one is not enough for a pipe, and is not lost; nor is the pipe");
    for (int i = 3; i < EXOS_FDS; i++)
        exos_fd_close(i);
    exos_file_unlink("/tmp/a");
    for (n = 0; (last = exos_fd_pipe(fd)) == 0; n++)
        ;
    check(last == -EMFILE && n == (EXOS_FDS - 3) / 2, "pipes until no descriptor is left");
    for (int i = 3; i < EXOS_FDS; i++)
        exos_fd_close(i);
    bool every = true;
    for (n = 0; n < 3 * EXOS_PIPES; n++)
        every &= exos_fd_pipe(fd) == 0 && exos_fd_close(fd[0]) == 0 && exos_fd_close(fd[1]) == 0;
    check(every && fd[0] == 3, "what is closed can be used again");
}

int
main(void)
{
    check_begin("file-descriptors");
    console();
    duplicates();
    inheritance();
    pipes();
    killed_readers();
    limits();
    unsigned used = 0;
    for (int i = 0; i < EXOS_OPENS; i++)
        used += exos_files->open[i].kind != EXOS_OPEN_FREE;
    check(used == 0 && exos_files->console.refs == 1 + 3, "no description is left open");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
