/* A process whose environment dies without exit, at whatever hands, leaves nothing open: its pipes end, its children have a parent, its parent is told, and its pages come back. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/frame_table.h>
#include <exos/pipe.h>
#include <exos/process.h>
#include <exos/vm.h>

enum { RW = AEGIS_READ | AEGIS_WRITE, PAGE = AEGIS_PAGE_SIZE };

static int fd[2];

static bool
ends_by(long pid, int status)
{
    int got = -1;
    return pid > 0 && exos_wait(pid, &got) == pid && got == status;
}

/* A child that dies while it has the pipe's end `side` open, twice, and perhaps has written. */
static long
dying_child(int side, int writes)
{
    exos_fd_pipe(fd);
    long pid = exos_fork();
    if (pid == 0) {
        exos_fd_close(fd[!side]);
        exos_fd_dup2(fd[side], 20);
        if (writes)
            exos_fd_write(20, "x", 1);
        sys_env_exit(3);
    }
    exos_fd_close(fd[side]);
    return pid;
}

static void
pipes_end(void)
{
    char byte = 0;
    long pid = dying_child(1, 0);
    check(exos_fd_read(fd[0], &byte, 1) == 0, "a pipe whose only writer died is at its end");
    check(exos_fd_close(fd[0]) == 0 && ends_by(pid, SIGKILL), "which looks like SIGKILL");
    pid = dying_child(1, 1);
    check(exos_fd_read(fd[0], &byte, 1) == 1 && byte == 'x' && exos_fd_read(fd[0], &byte, 1) == 0, "behind what it had written");
    check(exos_fd_close(fd[0]) == 0 && ends_by(pid, SIGKILL), "however many descriptors it had");
    static char many[EXOS_PIPE_SIZE + 1];
    exos_signal(SIGPIPE, EXOS_SIG_IGNORE);
    pid = dying_child(0, 0);
    long written = exos_fd_write(fd[1], many, sizeof many);
    check(written == EXOS_PIPE_SIZE || written == -EPIPE, "one whose only reader died takes no more than it has room for");
    check(exos_fd_write(fd[1], many, sizeof many) == -EPIPE && exos_fd_close(fd[1]) == 0 && ends_by(pid, SIGKILL), "and is broken");
    exos_signal(SIGPIPE, EXOS_SIG_DEFAULT);
}

/* The reader is another child, and its parent waits for nobody else. */
static void
pipelines_end(void)
{
    long writer = dying_child(1, 0), reader = exos_fork();
    char byte;
    if (reader == 0)
        exos_exit(exos_fd_read(fd[0], &byte, 1) == 0 ? 5 : 1);
    exos_fd_close(fd[0]);
    check(ends_by(reader, 5 << 8) && ends_by(writer, SIGKILL), "who waits only for a pipeline's last process does not wait for ever");
}

static volatile int told;

static void
tell(int signal)
{
    told = signal;
}

static void
families(void)
{
    volatile uint64_t *common = (void *)exos_vm_map_shared(1, RW);
    int status, me = exos_getpid();
    exos_signal(SIGCHLD, tell);
    long pid = exos_fork();
    if (pid == 0) {
        if (exos_fork() == 0) {
            while (exos_getppid() != me)
                exos_process_yield();
            common[0] = 1;
            exos_exit(0);
        }
        sys_env_exit(3);
    }
    while (!common[0])
        exos_process_yield();
    check(told == SIGCHLD, "its parent has SIGCHLD, its child another parent");
    check(exos_wait(pid, &status) == pid && status == SIGKILL && exos_wait(pid, NULL) == -ECHILD, "and nobody is waited for twice");
    exos_signal(SIGCHLD, EXOS_SIG_DEFAULT);
    exos_vm_unmap((void *)common, 1);
}

/* One with memory and a pipe of its own, which its parent destroys: what is left of it once it is noticed, though not waited for. */
static long
destroyed_child(void)
{
    volatile int *ready = (void *)exos_vm_map_shared(1, RW);
    long pid = exos_fork();
    if (pid == 0) {
        char *p = (char *)exos_vm_map(64, RW);
        for (int i = 0; i < 64; i++)
            p[i * PAGE] = 1;
        exos_fd_pipe(fd);
        *ready = 1;
        for (;;)
            exos_process_yield();
    }
    while (!*ready)
        exos_process_yield();
    exos_vm_unmap((void *)ready, 1);
    struct aegis_cap cap = exos_process(pid)->env_cap;
    sys_env_destroy(cap.name, cap.check);
    exos_getppid(); /* notices it */
    return pid;
}

static uint32_t
free_pages(void)
{
    exos_frame_trim();
    return AEGIS_INFO_POINTER->free_pages + exos_head->npages;
}

static void
nothing_stays(void)
{
    bool good = ends_by(destroyed_child(), SIGKILL);
    uint32_t before = free_pages();
    long pid = destroyed_child();
    check(free_pages() >= before - 16, "the frames of one that was destroyed are free before anybody waits for it");
    good &= ends_by(pid, SIGKILL);
    for (int i = 0; i < EXOS_PIPES + 2; i++)
        good &= ends_by(destroyed_child(), SIGKILL);
    check(good && exos_fd_pipe(fd) == 0 && exos_fd_close(fd[0]) == 0 && exos_fd_close(fd[1]) == 0, "after more than there are pipes, there is one");
    check(free_pages() == before, "and every page");
}

int
main(void)
{
    check_begin("process-killed");
    pipes_end();
    pipelines_end();
    families();
    nothing_stays();
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
