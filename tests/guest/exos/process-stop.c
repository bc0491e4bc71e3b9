/* SIGSTOP makes a process stand still, whatever it does, and SIGCONT makes it go on; meanwhile only SIGKILL ends it. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/process.h>
#include <exos/vm.h>

enum { RW = AEGIS_READ | AEGIS_WRITE, TURNS = 5 };

static volatile uint64_t *common; /* [0]: what the child counts; [1]: signals that it has handled */

static void
handle(int signal)
{
    common[1] = signal;
}

static long
counting_child(void)
{
    common[0] = common[1] = 0;
    long pid = exos_fork();
    if (pid == 0)
        for (;;)
            common[0]++;
    return pid;
}

/* Does the child count, when it has had slices enough? */
static bool
counts(void)
{
    for (int i = 0; i < TURNS; i++) /* what was on its way to it arrives */
        exos_process_yield();
    uint64_t before = common[0];
    for (int i = 0; i < TURNS; i++)
        exos_process_yield();
    return common[0] != before;
}

static bool
ends_by(long pid, int status)
{
    int got = -1;
    return pid > 0 && exos_wait(pid, &got) == pid && got == status;
}

int
main(void)
{
    check_begin("process-stop");
    common = (void *)exos_vm_map_shared(1, RW);
    check(exos_signal(SIGSTOP, handle) == -EINVAL && exos_signal(SIGSTOP, EXOS_SIG_IGNORE) == -EINVAL, "SIGSTOP cannot be caught or ignored");
    exos_signal(SIGUSR1, handle);
    long pid = counting_child();
    check(counts() && exos_kill(pid, SIGSTOP) == 0 && !counts(), "it makes a process stand still");
    check(exos_kill(pid, SIGUSR1) == 0 && !counts() && common[1] == 0, "which handles no signal then");
    check(exos_kill(pid, SIGCONT) == 0 && counts() && common[1] == SIGUSR1, "until SIGCONT: then it goes on, and handles it");
    exos_kill(pid, SIGSTOP);
    check(exos_kill(pid, SIGCONT) == 0 && counts(), "the second makes the first void");
    for (int i = 0; i < 20; i++) {
        exos_kill(pid, SIGSTOP);
        exos_process_yield();
        exos_kill(pid, SIGCONT);
    }
    check(counts() && exos_kill(pid, SIGSTOP) == 0 && !counts(), "how often ever");
    check(exos_kill(pid, SIGTERM) == 0 && !counts() && exos_kill(pid, 0) == 0 && exos_kill(pid, SIGKILL) == 0 && ends_by(pid, SIGKILL), "SIGKILL ends one that stands still, and SIGTERM does not");
    exos_signal(SIGCONT, handle);
    pid = counting_child();
    check(exos_kill(pid, SIGSTOP) == 0 && !counts() && exos_kill(pid, SIGCONT) == 0 && counts() && common[1] == SIGCONT, "SIGCONT can be caught");
    check(exos_kill(pid, SIGSTOP) == 0 && exos_kill(pid, SIGTERM) == 0 && exos_kill(pid, SIGCONT) == 0 && ends_by(pid, SIGTERM), "what came meanwhile counts afterwards");
    int fd[2];
    common[0] = 0;
    exos_fd_pipe(fd);
    pid = exos_fork();
    if (pid == 0) {
        char byte;
        common[0] = exos_fd_read(fd[0], &byte, 1) == 1 && byte == 'x';
        exos_exit(5);
    }
    check(exos_kill(pid, SIGSTOP) == 0 && !counts() && exos_fd_write(fd[1], "x", 1) == 1 && !counts() && common[0] == 0, "so does one that reads a pipe");
    check(exos_kill(pid, SIGCONT) == 0 && ends_by(pid, 5 << 8) && common[0] == 1, "and has what was written");
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
