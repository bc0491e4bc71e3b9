/* Pipes and signals: SIGPIPE and EPIPE, EINTR, the interrupted call again (SA_RESTART), what had been done before the signal. */

#include "calls.h"

enum { SECOND_MS = 1000 };

static volatile int caught, last;
static char buffer[PIPE_SIZE * 2];

static void
note(int signal, struct unix_siginfo *info, struct unix_context *context)
{
    (void)info, (void)context;
    caught++;
    last = signal;
}

/* A child that sends its parent a signal after a while, then writes, then stays until it is killed. */
static long
pest(int signal, int fd)
{
    long parent = CALL(getpid), pid = CALL(fork);
    if (pid != 0)
        return pid;
    sleep_ms(20);
    CALL(kill, parent, signal);
    sleep_ms(20);
    if (fd >= 0)
        CALL(write, fd, "later", 5);
    sleep_ms(10 * SECOND_MS);
    unix_exit(1);
}

static void
end(long pid)
{
    CALL(kill, pid, SIGKILL);
    check(status_of(pid) == SIGKILL, "the child was there");
}

static void
check_no_reader(void)
{
    int fd[2];
    CALL(pipe, fd);
    CALL(close, fd[0]);
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(CALL(write, fd[1], "x", 1) & 0xff);
    check(status_of(pid) == SIGPIPE, "a write that nobody reads ends the writer");
    unix_catch_with(SIGPIPE, note, 0, 0);
    caught = 0;
    check(CALL(write, fd[1], "x", 1) == -EPIPE && caught == 1 && last == SIGPIPE, "or, if it catches SIGPIPE, is EPIPE");
    unix_catch_with(SIGPIPE, SIG_IGN, 0, 0);
    check(CALL(write, fd[1], "x", 1) == -EPIPE && CALL(write, fd[1], "x", 0) == 0 && caught == 1, "or, if it ignores it, only that");
    CALL(close, fd[1]);
}

/* The reader goes while the writer waits for room. */
static void
check_reader_goes(void)
{
    int fd[2];
    CALL(pipe, fd);
    long pid = CALL(fork);
    if (pid == 0) {
        unix_catch_with(SIGPIPE, note, 0, 0);
        caught = 0;
        CALL(close, fd[0]);
        long n = CALL(write, fd[1], buffer, PIPE_SIZE + 100);
        unix_exit(n == PIPE_SIZE && caught == 1 ? 0 : 1);
    }
    CALL(close, fd[1]);
    sleep_ms(20);
    CALL(close, fd[0]);
    check(status_of(pid) == 0, "the reader goes while a writer waits: it learns how much went, and has its SIGPIPE");
}

static void
check_interrupted(void)
{
    int fd[2];
    char byte[8];
    CALL(pipe, fd);
    caught = 0;
    unix_catch_with(SIGUSR1, note, 0, 0);
    long pid = pest(SIGUSR1, -1);
    check(CALL(read, fd[0], byte, 1) == -EINTR && caught == 1, "a handler interrupts a read");
    end(pid);
    unix_catch_with(SIGUSR1, note, SA_RESTART, 0);
    pid = pest(SIGUSR1, fd[1]);
    check(CALL(read, fd[0], byte, 8) == 5 && equal(byte, "later", 5) && caught == 2, "SA_RESTART: the read goes on behind it");
    end(pid);
    unix_catch_with(SIGUSR1, SIG_IGN, 0, 0);
    pid = pest(SIGUSR1, fd[1]);
    check(CALL(read, fd[0], byte, 8) == 5, "an ignored signal interrupts nothing");
    end(pid);
    unix_catch_with(SIGUSR1, note, 0, 0);
    pid = pest(SIGUSR1, -1);
    check(CALL(write, fd[1], buffer, PIPE_SIZE + 1) == PIPE_SIZE && caught == 3, "a write that a handler interrupts tells what it has done");
    end(pid);
    pid = pest(SIGUSR1, -1);
    check(CALL(write, fd[1], buffer, 1) == -EINTR && caught == 4, "or, if that is nothing, EINTR");
    end(pid);
    CALL(close, fd[0]), CALL(close, fd[1]);
}

int
main(void)
{
    check_begin("pipe-signals");
    check_no_reader();
    check_reader_goes();
    check_interrupted();
    return check_end();
}
