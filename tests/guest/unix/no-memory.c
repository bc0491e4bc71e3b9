/* When memory runs out: shared memory, fork, files, pipes each say so, nothing is half done, and all of it comes back. How much there is, is the machine's. */

#include "attack.h"
#include "calls.h"

enum { RW = PROT_READ | PROT_WRITE, MEGABYTE = 1 << 20, MAX_PIECES = 4000 };

static char *piece[MAX_PIECES];
static char bytes[PAGE];
static const char *const argv[] = {"x", NULL};

static char *
map_shared(size_t size)
{
    long at = unix_call(NR_mmap, 0, size, RW, MAP_SHARED | MAP_ANONYMOUS, -1ul, 0);
    return at < 0 ? NULL : (char *)at;
}

/* Take all that there is, in pieces that are used at once. Returns how many; *bytes_of_last is the size of the last ones. */
static int
take_all(void)
{
    int n = 0;
    for (size_t size = MEGABYTE; size >= PAGE; size /= 4)
        while (n < MAX_PIECES && (piece[n] = map_shared(size)))
            n++;
    return n;
}

static void
give_back(int n)
{
    for (int i = n - 1; i >= 0; i--)
        unix_munmap(piece[i], MEGABYTE / 4); /* all of small ones, the rest goes with the program */
}

static int
everything_is_taken(void)
{
    int pipe[2];
    int n = take_all();
    bool good = n > 10;
    good &= CALL(fork) == -ENOMEM;
    long fd = CALL(open, "/tmp/full", O_RDWR | O_CREAT, 0644);
    if (fd >= 0) {
        long written, total = 0;
        while ((written = CALL(write, fd, bytes, PAGE)) > 0)
            total += written;
        good &= written == -ENOSPC && CALL(lseek, fd, 0, SEEK_END) == total;
        CALL(unlink, "/tmp/full");
        CALL(close, fd);
    } else
        good &= fd == -ENOSPC || fd == -23;
    if (CALL(pipe2, pipe, O_NONBLOCK) == 0) {
        long written;
        while ((written = CALL(write, pipe[1], bytes, PAGE)) == PAGE)
            ;
        good &= written == -ENOMEM || written == -EAGAIN;
    }
    good &= CALL(execve, "/bin/true", argv, 0) == -ENOMEM;
    give_back(n);
    return !good;
}

int
main(void)
{
    check_begin("no-memory");
    check(in_child(everything_is_taken) == 0, "without memory: ENOMEM of fork, execve, mmap; ENOSPC of a file; and the process goes on");
    check(in_child(everything_is_taken) == 0, "the next one finds all of it again");
    long pid = CALL(fork);
    if (pid == 0)
        unix_exit(-CALL(execve, "/bin/true", argv, 0));
    check(status_of(pid) == 0, "and so do fork and execve");
    return check_end();
}
