/* What happens at the limits: no more memory, processes, threads, files' room; sizes of 0 and of almost 2^64. Each gives its error, and all of it can be had again. */

#include "attack.h"
#include "calls.h"

enum { RW = PROT_READ | PROT_WRITE, MAX_PROCESSES = 1000 };

static long children[MAX_PROCESSES];

/* Processes that wait at a gate until it is closed. */
static int
fill_with_processes(void)
{
    int gate[2], n = 0;
    char byte;
    CALL(pipe, gate);
    while (n < MAX_PROCESSES && (children[n] = CALL(fork)) > 0)
        n++;
    if (n < MAX_PROCESSES && children[n] == 0) {
        CALL(close, gate[1]);
        CALL(read, gate[0], &byte, 1);
        unix_exit(0);
    }
    long error = n < MAX_PROCESSES ? children[n] : -EAGAIN;
    CALL(close, gate[1]);
    bool good = error == -EAGAIN || error == -ENOMEM;
    for (int i = 0; i < n; i++)
        good &= status_of(children[i]) == 0;
    CALL(close, gate[0]);
    check(good, "processes until there can be no more");
    return n;
}

static void
check_sizes(void)
{
    static char small[16];
    int pipe[2];
    CALL(pipe2, pipe, O_NONBLOCK);
    long fd = CALL(open, "/tmp/sizes", O_RDWR | O_CREAT, 0644);
    check(CALL(write, fd, small, 0) == 0 && CALL(read, fd, BAD, 0) == 0 && CALL(write, fd, small, ~0ul) == -EFAULT && CALL(write, fd, KERNEL_ADDRESS, 0) == -EFAULT, "file: 0 and 2^64-1 bytes");
    check(CALL(pwrite64, fd, small, 1, -1) == -EINVAL && CALL(pread64, fd, small, 1, 1ul << 63) == -EINVAL, "file: offsets below 0");
    check(CALL(lseek, fd, 1ul << 40, SEEK_SET) == 1l << 40 && CALL(read, fd, small, 1) == 0, "file: an offset far behind the end");
    check(CALL(getcwd, small, 0) == -ERANGE && CALL(getdents64, fd, small, 0) == -ENOTDIR, "no room at all");
    check(CALL(write, pipe[1], small, ~0ul) == -EFAULT && CALL(read, pipe[0], small, ~0ul) == -EFAULT && CALL(read, pipe[0], small, 1) == -EAGAIN, "pipe: 2^64-1 bytes");
    check(CALL(ftruncate, fd, 1ul << 63) == -EINVAL && CALL(ftruncate, fd, 0) == 0, "ftruncate: below 0");
    CALL(unlink, "/tmp/sizes");
    for (int i = 3; i < 8; i++)
        CALL(close, i);
}

/* All that mmap gives out at once; a page of each piece is used. */
static void
check_mappings(void)
{
    enum { PIECE = 1 << 20, MAX_PIECES = 64 };
    char *piece[MAX_PIECES];
    int n = 0;
    for (; n < MAX_PIECES; n++) {
        long at = unix_mmap(NULL, PIECE, RW, 0);
        if (at < 0)
            break;
        piece[n] = (char *)at;
        piece[n][PIECE / 2] = n;
    }
    bool good = n > 0;
    for (int i = 0; i < n; i++)
        good &= piece[i][PIECE / 2] == i && unix_munmap(piece[i], PIECE) == 0;
    check(good, "64 MiB in pieces, and back");
    check(unix_mmap(NULL, 1ul << 47, RW, 0) == -ENOMEM && unix_mmap(NULL, ~0ul - PAGE, RW, 0) == -ENOMEM, "mmap: more than there are addresses");
}

int
main(void)
{
    check_begin("limits");
    int first = fill_with_processes();
    int second = fill_with_processes();
    check(first == second && first > 50, "and as many again");
    check_sizes();
    check_mappings();
    return check_end();
}
