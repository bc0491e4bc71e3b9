/* Pipes: bytes in order, blocking on empty and on full, the end of the file when the last writer goes, writes that are whole, O_NONBLOCK. */

#include "calls.h"

static char buffer[PIPE_SIZE * 2], found[PIPE_SIZE * 2];

static char pattern(long i) { return i * 11 + i / 253; }

static void
make(int fd[2], int flags)
{
    check(CALL(pipe2, fd, flags) == 0, "a pipe");
}

static void
drop(const int fd[2])
{
    CALL(close, fd[0]);
    CALL(close, fd[1]);
}

static void
check_bytes(void)
{
    int fd[2];
    struct stat s;
    make(fd, 0);
    check(CALL(write, fd[1], "abc", 3) == 3 && CALL(write, fd[1], "de", 2) == 2 && CALL(read, fd[0], found, 4) == 4 && equal(found, "abcd", 4), "two writes, one read");
    check(CALL(read, fd[0], found, 4) == 1 && found[0] == 'e', "a read takes what there is");
    check(CALL(write, fd[1], buffer, 0) == 0 && CALL(read, fd[0], found, 0) == 0, "nothing is no reason to wait");
    check(CALL(read, fd[1], found, 1) == -EBADF && CALL(write, fd[0], found, 1) == -EBADF, "each end has one direction");
    check(CALL(lseek, fd[0], 0, SEEK_SET) == -ESPIPE && CALL(pread64, fd[0], found, 1, 0) == -ESPIPE && CALL(pwrite64, fd[1], found, 1, 0) == -ESPIPE, "a pipe has no offset");
    check(CALL(fstat, fd[0], &s) == 0 && (s.mode & S_IFMT) == S_IFIFO && CALL(ftruncate, fd[1], 0) == -EINVAL && CALL(getdents64, fd[0], found, 100) == -ENOTDIR, "it is a pipe");
    struct iovec in[] = {{found, 2}, {found + 2, 100}};
    check(CALL(write, fd[1], "xyz", 3) == 3 && CALL(readv, fd[0], in, 2) == 3 && equal(found, "xyz", 3), "readv does not wait for its second range");
    CALL(write, fd[1], "xy", 2);
    check(CALL(readv, fd[0], in, 2) == 2, "not even when the first is full");
    CALL(close, fd[1]);
    check(CALL(read, fd[0], found, 1) == 0 && CALL(read, fd[0], found, 1) == 0, "without a writer it is at its end, for ever");
    CALL(close, fd[0]);
    check(CALL(pipe, BAD) == -EFAULT && CALL(pipe2, fd, 1) == -EINVAL && CALL(dup, 0) == 3 && CALL(close, 3) == 0, "a pipe that cannot be told leaves no descriptors");
}

/* More than it holds goes from a child to its parent, in its own pieces, and is read in others. */
static void
check_stream(void)
{
    enum { TOTAL = 1000000 };
    int fd[2];
    make(fd, 0);
    long pid = CALL(fork);
    if (pid == 0) {
        CALL(close, fd[0]);
        for (long at = 0, n = 1; at < TOTAL; at += n, n = n * 5 % 70001) {
            n = n < TOTAL - at ? n : TOTAL - at;
            for (long i = 0; i < n; i++)
                buffer[i] = pattern(at + i);
            if (CALL(write, fd[1], buffer, n) != n)
                unix_exit(1);
        }
        unix_exit(0);
    }
    CALL(close, fd[1]);
    long at = 0;
    bool good = true;
    for (long n, ask = 1; (n = CALL(read, fd[0], found, ask)) > 0; ask = ask * 7 % 9001 + 1)
        for (long i = 0; i < n; i++, at++)
            good &= found[i] == pattern(at);
    check(good && at == TOTAL && status_of(pid) == 0, "a million bytes, in order, between processes");
    CALL(close, fd[0]);
}

static void
check_full(void)
{
    int fd[2];
    make(fd, O_NONBLOCK);
    check(CALL(read, fd[0], found, 1) == -EAGAIN, "O_NONBLOCK: nothing to read");
    check(CALL(write, fd[1], buffer, PIPE_SIZE + 1) == PIPE_SIZE, "it holds 65536 bytes");
    check(CALL(write, fd[1], buffer, 1) == -EAGAIN && CALL(write, fd[1], buffer, PIPE_SIZE) == -EAGAIN, "and no more");
    check(CALL(read, fd[0], found, PAGE) == PAGE && CALL(write, fd[1], buffer, PAGE) == PAGE && CALL(write, fd[1], buffer, 1) == -EAGAIN, "what is read makes room");
    check(CALL(read, fd[0], found, sizeof found) == PIPE_SIZE && CALL(read, fd[0], found, 1) == -EAGAIN, "all of it in one read");
    check(CALL(write, fd[1], buffer, PIPE_SIZE - PAGE) == PIPE_SIZE - PAGE && CALL(write, fd[1], buffer, PAGE - 1) == PAGE - 1 && CALL(write, fd[1], "ab", 2) == -EAGAIN, "a short write is whole or not at all");
    check(CALL(write, fd[1], "c", 1) == 1, "and one that fits goes");
    check(CALL(fcntl, fd[0], F_GETFL) == (O_RDONLY | O_NONBLOCK) && CALL(fcntl, fd[1], F_GETFL) == (O_WRONLY | O_NONBLOCK), "F_GETFL of a pipe");
    drop(fd);
}

/* A writer that waits for room, a reader that waits for bytes: each goes on when the other comes. */
static void
check_waiting(void)
{
    int fd[2];
    make(fd, 0);
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(CALL(write, fd[1], buffer, PIPE_SIZE * 2) != PIPE_SIZE * 2);
    CALL(close, fd[1]);
    sleep_ms(5);
    long n, total = 0;
    while ((n = CALL(read, fd[0], found, 1000)) > 0)
        total += n;
    check(total == PIPE_SIZE * 2 && status_of(pid) == 0, "a writer waits for room");
    CALL(close, fd[0]);
    make(fd, 0);
    pid = CALL(fork);
    if (pid == 0)
        unix_exit(CALL(read, fd[0], found, 10) != 3 || !equal(found, "now", 3));
    sleep_ms(5);
    CALL(write, fd[1], "now", 3);
    check(status_of(pid) == 0, "a reader waits for bytes");
    pid = CALL(fork);
    if (pid == 0) {
        CALL(close, fd[1]);
        unix_exit(CALL(read, fd[0], found, 10));
    }
    sleep_ms(5);
    CALL(close, fd[1]);
    check(status_of(pid) == 0, "and learns that the last writer has gone");
    CALL(close, fd[0]);
}

/* Four writers at a time, each message whole. */
static void
check_whole(void)
{
    enum { WRITERS = 4, MESSAGES = 100, LENGTH = 1000 };
    int fd[2];
    long pid[WRITERS];
    make(fd, 0);
    for (int w = 0; w < WRITERS; w++)
        if ((pid[w] = CALL(fork)) == 0) {
            memset(buffer, 'a' + w, LENGTH);
            for (int i = 0; i < MESSAGES; i++)
                if (CALL(write, fd[1], buffer, LENGTH) != LENGTH)
                    unix_exit(1);
            unix_exit(0);
        }
    CALL(close, fd[1]);
    int messages = 0;
    bool whole = true;
    for (long have = 0, n; (n = CALL(read, fd[0], found + have, LENGTH - have)) > 0;)
        if ((have += n) == LENGTH) {
            whole &= all_are(found, found[0], LENGTH);
            messages++;
            have = 0;
        }
    for (int w = 0; w < WRITERS; w++)
        whole &= status_of(pid[w]) == 0;
    check(whole && messages == WRITERS * MESSAGES, "writes of up to PIPE_BUF bytes are never mixed");
    CALL(close, fd[0]);
}

static void
check_bad_addresses(void)
{
    int fd[2];
    char *page = (char *)unix_mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, 0);
    unix_munmap(page + PAGE, PAGE);
    make(fd, O_NONBLOCK);
    check(CALL(write, fd[1], BAD, 10) == -EFAULT && CALL(write, fd[1], page + PAGE - 10, 20) == -EFAULT && CALL(read, fd[0], found, 1) == -EAGAIN, "EFAULT writes nothing");
    CALL(write, fd[1], "0123456789", 10);
    check(CALL(read, fd[0], BAD, 10) == -EFAULT && CALL(read, fd[0], found, 20) == 10 && equal(found, "0123456789", 10), "EFAULT reads nothing");
    check(CALL(write, fd[1], ~0ul - 10, 100) == -EFAULT && CALL(read, fd[0], found, ~0ul) == -EFAULT, "ranges that wrap");
    drop(fd);
}

int
main(void)
{
    check_begin("pipe-data");
    check_bytes();
    check_stream();
    check_full();
    check_waiting();
    check_whole();
    check_bad_addresses();
    return check_end();
}
