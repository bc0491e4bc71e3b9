/* Processes and their families: statuses, wait4 and its options, zombies, orphans, SIGCHLD, and all of them ending with the first. */

#include "calls.h"

#include <posix.h>

static volatile int children_ended, last_code, last_pid;

static void
on_child(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)signal, (void)context;
    children_ended++;
    last_code = info->code;
    last_pid = (uint32_t)(uint64_t)info->address; /* there begins what a child's siginfo says: its number, the user's, its status */
}

static long
child_that_exits(int status)
{
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(status);
    return pid;
}

static void
check_statuses(void)
{
    int status = -1;
    long pid = child_that_exits(7);
    check(CALL(wait4, pid, &status) == pid && status == 7 * EXITED && CALL(wait4, pid, &status) == -ECHILD, "an exit code, once");
    pid = child_that_exits(300);
    check(CALL(wait4, -1, &status) == pid && status == 44 * EXITED, "only its lowest byte; any child");
    pid = CALL(fork);
    if (pid == 0)
        asm volatile("ud2");
    check(CALL(wait4, pid, &status) == pid && (status & 0x7f) == SIGILL, "the signal that ended it");
    pid = child_that_exits(1);
    check(CALL(wait4, pid, 0) == pid, "nobody needs to know");
    check(CALL(wait4, -1, &status) == -ECHILD && CALL(wait4, 1, &status) == -ECHILD && CALL(wait4, -1, &status, 64) == -EINVAL, "no child; no such option");
    pid = child_that_exits(0);
    check(CALL(wait4, pid, BAD) == -EFAULT && CALL(wait4, pid, &status) == -ECHILD, "a status that cannot be told");
}

static void
check_order(void)
{
    enum { CHILDREN = 20 };
    long pid[CHILDREN];
    int status, sum = 0;
    for (int i = 0; i < CHILDREN; i++)
        pid[i] = child_that_exits(i);
    for (int i = CHILDREN - 1; i >= 0; i -= 2)
        sum += CALL(wait4, pid[i], &status) == pid[i] && status == i * EXITED;
    while (CALL(wait4, -1, &status) > 0)
        sum++;
    check(sum == CHILDREN, "twenty zombies, in any order");
}

static void
check_waiting(void)
{
    int status, gate[2];
    char byte;
    CALL(pipe, gate);
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(CALL(read, gate[0], &byte, 1));
    check(CALL(wait4, pid, &status, WNOHANG) == 0 && CALL(wait4, -1, &status, WNOHANG) == 0, "WNOHANG: it still runs");
    CALL(write, gate[1], "", 1);
    check(CALL(wait4, pid, &status) == pid && status == EXITED, "wait4 waits");
    CALL(close, gate[0]), CALL(close, gate[1]);
}

/* A grandchild whose parent ends before it. */
static void
check_orphans(void)
{
    int pipe[2], parents[2] = {0, 0};
    CALL(pipe, pipe);
    long pid = CALL(fork);
    if (pid == 0) {
        parents[0] = CALL(getpid);
        if (CALL(fork) == 0) {
            while ((parents[1] = CALL(getppid)) == parents[0])
                CALL(sched_yield);
            CALL(write, pipe[1], parents, sizeof parents);
        }
        unix_exit(0);
    }
    check(status_of(pid) == 0, "its parent ends");
    CALL(close, pipe[1]);
    check(CALL(read, pipe[0], parents, sizeof parents) == sizeof parents && parents[0] == pid && parents[1] == 1, "an orphan's parent is process 1");
    check(CALL(read, pipe[0], parents, 1) == 0 && CALL(wait4, -1, 0) == -ECHILD, "it ends too, and is nobody's zombie here");
    CALL(close, pipe[0]);
}

/* Zombies whose parent never waits go with it: were they kept, there would soon be no more processes. */
static void
check_zombies(void)
{
    bool good = true;
    for (int i = 0; i < 40 && good; i++) {
        long pid = CALL(fork);
        if (pid == 0) {
            for (int j = 0; j < 10; j++)
                child_that_exits(j);
            unix_exit(0);
        }
        good = status_of(pid) == 0;
    }
    check(good, "400 zombies without a parent");
}

static void
check_child_signal(void)
{
    unix_catch_with(SIGCHLD, on_child, SA_RESTART, 0);
    long pid = child_that_exits(9);
    check(status_of(pid) == 9 * EXITED && children_ended == 1 && last_code == CLD_EXITED && last_pid == pid, "SIGCHLD says who has ended");
    pid = CALL(fork);
    if (pid == 0)
        CALL(pause);
    CALL(kill, pid, SIGTERM);
    check(status_of(pid) == SIGTERM && children_ended == 2 && last_code == CLD_KILLED && last_pid == pid, "and how");
    unix_catch_with(SIGCHLD, SIG_IGN, 0, 0);
    pid = child_that_exits(0);
    check(CALL(wait4, pid, 0) == -ECHILD, "who ignores SIGCHLD has no zombies: wait4 waits, and tells of none");
    unix_catch_with(SIGCHLD, SIG_DFL, 0, 0);
    check(CALL(kill, pid, 0) == -ESRCH && CALL(kill, port_getpid(), 0) == 0 && CALL(kill, 1 << 20, SIGTERM) == -ESRCH && CALL(kill, port_getpid(), 65) == -EINVAL, "kill: its errors");
}

int
main(void)
{
    check_begin("process-family");
    check_statuses();
    check_order();
    check_waiting();
    check_orphans();
    check_zombies();
    check_child_signal();
    return check_end();
}
