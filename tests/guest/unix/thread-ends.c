/* Threads that wait in the kernel while others of their process close what they wait for, end the process, or execute a program: nobody is forgotten, nothing is kept. */

#include "calls.h"

#include <posix.h>
#include <threads.h>

static int fd[2];
static volatile long result, tid;
static volatile uint32_t never;

static void
read_for_ever(void *unused)
{
    char byte;
    (void)unused;
    tid = CALL(gettid);
    result = CALL(read, fd[0], &byte, 1);
}

static void
sleep_for_ever(void *unused)
{
    (void)unused;
    CALL(futex, &never, 0, 0);
}

static struct port_thread *
start(void (*run)(void *))
{
    struct port_thread *thread = port_thread_create(run, NULL);
    sleep_ms(10);
    return thread;
}

static int
end_with_threads(void)
{
    start(read_for_ever), start(sleep_for_ever);
    unix_exit(6);
}

static int
execute_with_threads(void)
{
    static const char *const argv[] = {"true", NULL}, *const no_environment[] = {NULL};
    start(read_for_ever), start(sleep_for_ever);
    return -CALL(execve, "/bin/true", argv, no_environment);
}

static int
be_killed_with_threads(void)
{
    start(read_for_ever), start(sleep_for_ever);
    CALL(kill, port_getpid(), SIGKILL);
    return 0;
}

static int
fault_in_thread(void)
{
    start(sleep_for_ever);
    asm volatile("ud2");
    return 0;
}

int
main(void)
{
    check_begin("thread-ends");
    CALL(pipe, fd);
    struct port_thread *thread = start(read_for_ever);
    check(tid != port_getpid() && tid > 0, "a thread has a number of its own");
    CALL(close, fd[0]);
    CALL(close, fd[1]);
    port_thread_join(thread);
    check(result == 0, "who reads a pipe that is closed under it finds its end");
    CALL(pipe, fd);
    check(in_child(end_with_threads) == 6 * EXITED, "exit_group ends threads that wait");
    check(in_child(execute_with_threads) == 0, "so does execve, and goes on alone");
    check(in_child(be_killed_with_threads) == SIGKILL, "so does a signal for the process");
    check(in_child(fault_in_thread) == SIGILL, "and a fault of one of them");
    CALL(close, fd[1]);
    char byte;
    check(CALL(read, fd[0], &byte, 1) == 0, "none of them holds the pipe any more");
    return check_end();
}
