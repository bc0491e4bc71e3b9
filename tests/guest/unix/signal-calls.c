/* Signals that other processes send: what they interrupt and what they do not, masks that hold them back, handlers that run with theirs, the order, stop and continue. */

#include "calls.h"

#include <posix.h>

#define BIT(signal) (1ul << ((signal)-1))

static volatile int caught, order[8];
static volatile uint64_t mask_in_handler;

static void
note(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)info, (void)context;
    if (caught < 8)
        order[caught] = signal;
    caught++;
    uint64_t mask = 0;
    CALL(rt_sigprocmask, SIG_BLOCK, 0, &mask, 8);
    mask_in_handler = mask;
}

static uint64_t
mask_now(void)
{
    uint64_t mask = 0;
    CALL(rt_sigprocmask, SIG_BLOCK, 0, &mask, 8);
    return mask;
}

static void
set_mask(uint64_t mask)
{
    CALL(rt_sigprocmask, SIG_SETMASK, &mask, 0, 8);
}

/* A child that waits a while and sends its parent these. */
static long
sender(int signal, int second)
{
    long parent = CALL(getpid), pid = CALL(fork);
    if (pid != 0)
        return pid;
    sleep_ms(20);
    CALL(kill, parent, signal);
    if (second)
        CALL(kill, parent, second);
    sleep_ms(40);
    unix_exit(0);
}

static void
check_interrupts(void)
{
    struct timespec time = {10, 0}, left = {0, 0};
    unix_catch_with(SIGUSR1, note, 0, BIT(SIGUSR2));
    long pid = sender(SIGUSR1, 0);
    check(CALL(nanosleep, &time, &left) == -EINTR && left.seconds == 9 && caught == 1, "nanosleep: EINTR, and what is left");
    check(mask_in_handler == (BIT(SIGUSR1) | BIT(SIGUSR2)) && mask_now() == 0, "the handler ran with its mask, and no longer than itself");
    status_of(pid);
    pid = sender(SIGUSR1, 0);
    check(CALL(wait4, pid, 0) == -EINTR && caught == 2, "wait4: EINTR");
    status_of(pid);
    pid = sender(SIGUSR1, 0);
    check(CALL(pause) == -EINTR && caught == 3, "pause: EINTR");
    status_of(pid);
    uint32_t word = 5;
    pid = sender(SIGUSR1, 0);
    check(CALL(futex, &word, 0, 5) == -EINTR && caught == 4, "futex: EINTR");
    status_of(pid);
    unix_catch_with(SIGUSR1, note, SA_RESTART, 0);
    pid = sender(SIGUSR1, 0);
    check(status_of(pid) == 0 && caught == 5, "wait4 with SA_RESTART goes on");
    pid = sender(SIGUSR1, 0);
    check(CALL(nanosleep, &time, &left) == -EINTR && caught == 6, "nanosleep is not restarted, whatever the handler asks for");
    status_of(pid);
}

static void
check_masks(void)
{
    uint64_t pending = 0;
    unix_catch_with(SIGUSR1, note, 0, 0);
    unix_catch_with(SIGUSR2, note, 0, 0);
    caught = 0;
    set_mask(BIT(SIGUSR1) | BIT(SIGUSR2));
    long pid = sender(SIGUSR2, SIGUSR1);
    check(status_of(pid) == 0 && caught == 0, "a blocked signal interrupts nothing");
    check(CALL(rt_sigpending, &pending, 8) == 0 && pending == (BIT(SIGUSR1) | BIT(SIGUSR2)), "it is pending");
    set_mask(0);
    check(caught == 2 && mask_now() == 0, "until it is let in: both are delivered");
    set_mask(BIT(SIGUSR1));
    CALL(kill, port_getpid(), SIGUSR1), CALL(kill, port_getpid(), SIGUSR1);
    set_mask(0);
    check(caught == 3, "twice the same while it is blocked is once");
    set_mask(BIT(SIGUSR1) | BIT(SIGUSR2));
    CALL(kill, port_getpid(), SIGUSR1), CALL(kill, port_getpid(), SIGUSR2);
    uint64_t only = ~BIT(SIGUSR1);
    check(CALL(rt_sigsuspend, &only, 8) == -EINTR && caught == 4 && order[3] == SIGUSR1, "rt_sigsuspend lets in what it names");
    check(mask_now() == (BIT(SIGUSR1) | BIT(SIGUSR2)) && CALL(rt_sigpending, &pending, 8) == 0 && pending == BIT(SIGUSR2), "and then the mask is what it was");
    unix_catch_with(SIGUSR2, SIG_IGN, 0, 0);
    check(CALL(rt_sigpending, &pending, 8) == 0 && pending == 0, "who ignores a signal has none pending");
    set_mask(0);
}

static int
inherit(void)
{
    uint64_t pending = 1;
    bool good = mask_now() == BIT(SIGUSR1) && CALL(rt_sigpending, &pending, 8) == 0 && pending == 0;
    caught = 0;
    CALL(kill, port_getpid(), SIGUSR1);
    set_mask(0);
    return !(good && caught == 1);
}

static void
check_fork(void)
{
    caught = 0;
    set_mask(BIT(SIGUSR1));
    CALL(kill, port_getpid(), SIGUSR1);
    check(in_child(inherit) == 0, "a child has its parent's mask and handlers, and nothing that was pending");
    set_mask(0);
    check(caught == 1, "which the parent still gets");
}

static volatile int children, code;

static void
note_child(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)signal, (void)context;
    children++;
    code = info->code;
}

static void
check_stop(void)
{
    int pipe[2], status;
    char byte;
    CALL(pipe2, pipe, O_NONBLOCK);
    long pid = CALL(fork);
    if (pid == 0)
        for (;;) {
            CALL(write, pipe[1], "", 1);
            sleep_ms(1);
        }
    sleep_ms(20);
    children = 0;
    unix_catch_with(SIGCHLD, note_child, SA_RESTART, 0);
    CALL(kill, pid, SIGSTOP);
    check(CALL(wait4, pid, &status, WUNTRACED) == pid && status == (SIGSTOP << 8 | 0x7f) && children == 1 && code == CLD_STOPPED, "its parent learns that it has stopped");
    check(CALL(wait4, pid, &status, WUNTRACED | WNOHANG) == 0, "once");
    while (CALL(read, pipe[0], &byte, 1) == 1)
        ;
    sleep_ms(30);
    check(CALL(read, pipe[0], &byte, 1) == -EAGAIN, "SIGSTOP stops a process");
    CALL(kill, pid, SIGUSR2);
    CALL(kill, pid, SIGCONT);
    check(CALL(wait4, -1, &status, WCONTINUED) == pid && status == 0xffff, "and that it goes on");
    sleep_ms(30); /* which the signal may cut short, */
    sleep_ms(30); /* once */
    check(children == 2 && code == CLD_CONTINUED, "with a signal each");
    unix_catch_with(SIGCHLD, note_child, SA_RESTART | SA_NOCLDSTOP, 0);
    check(CALL(read, pipe[0], &byte, 1) == 1, "SIGCONT lets it go on");
    CALL(kill, pid, SIGSTOP);
    check(CALL(wait4, pid, &status, WUNTRACED) == pid && children == 2, "SA_NOCLDSTOP: no signal for that");
    CALL(kill, pid, SIGKILL);
    check(CALL(wait4, pid, &status) == pid && status == SIGKILL && children == 3, "SIGKILL ends even one that is stopped");
}

int
main(void)
{
    check_begin("signal-calls");
    check_interrupts();
    check_masks();
    check_fork();
    check_stop();
    return check_end();
}
