/* What is in a file: bytes stay where they were written, holes are zero, append appends, truncation forgets; whole pages, odd pieces and the space between. */

#include "calls.h"

enum { BIG = 300000 };

static char buffer[BIG], found[BIG];

static char pattern(long offset) { return offset * 7 + offset / 251; }

static bool
is_pattern(const char *bytes, long offset, long n)
{
    for (long i = 0; i < n; i++)
        if (bytes[i] != pattern(offset + i))
            return false;
    return true;
}

static long
size_of(long fd)
{
    struct stat s;
    return CALL(fstat, fd, &s) == 0 ? s.size : -1;
}

static void
check_whole(void)
{
    long fd = CALL(open, "/tmp/data", O_RDWR | O_CREAT | O_EXCL, 0644);
    for (long i = 0; i < BIG; i++)
        buffer[i] = pattern(i);
    check(fd >= 0 && size_of(fd) == 0 && CALL(read, fd, found, 1) == 0, "a new file is empty");
    check(CALL(write, fd, buffer, BIG) == BIG && size_of(fd) == BIG, "300000 bytes in one write");
    check(CALL(read, fd, found, 1) == 0, "the offset is behind them");
    check(CALL(lseek, fd, 0, SEEK_SET) == 0 && CALL(read, fd, found, BIG + 5) == BIG && is_pattern(found, 0, BIG), "and one read finds them all");
    bool same = true;
    for (long at = 0, n = 1; at + n <= BIG; at += n, n = n * 3 % 9973)
        same &= CALL(pread64, fd, found, n, at) == n && is_pattern(found, at, n);
    check(same, "and so do reads of odd pieces");
    check(CALL(lseek, fd, 0, SEEK_CUR) == BIG, "pread does not move the offset");
    CALL(close, fd);
    CALL(unlink, "/tmp/data");
}

static void
check_pieces(void)
{
    long fd = CALL(open, "/tmp/pieces", O_RDWR | O_CREAT, 0644);
    bool wrote = true;
    for (long at = 0, n = 1; at + n <= BIG; at += n, n = n * 3 % 9973)
        wrote &= CALL(write, fd, buffer + at, n) == n;
    long size = size_of(fd);
    check(wrote && CALL(pread64, fd, found, size, 0) == size && is_pattern(found, 0, size), "writes of odd pieces");
    check(CALL(pwrite64, fd, "xyz", 3, 4095) == 3 && CALL(pread64, fd, found, 5, 4094) == 5, "pwrite over the end of a page");
    check(found[0] == pattern(4094) && equal(found + 1, "xyz", 3) && found[4] == pattern(4098), "and its neighbours are as they were");
    check(CALL(lseek, fd, -3, SEEK_END) == size - 3 && CALL(read, fd, found, 10) == 3 && is_pattern(found, size - 3, 3), "a read at the end is short");
    check(CALL(lseek, fd, -1, SEEK_SET) == -EINVAL && CALL(lseek, fd, -size - 1, SEEK_END) == -EINVAL && CALL(lseek, fd, 0, 7) == -EINVAL, "lseek before the beginning");
    check(CALL(lseek, fd, 0, SEEK_CUR) == size, "a refused lseek moves nothing");
    CALL(close, fd);
    CALL(unlink, "/tmp/pieces");
}

static void
check_holes(void)
{
    enum { FAR = 5000000 };
    long fd = CALL(open, "/tmp/hole", O_RDWR | O_CREAT, 0644);
    check(CALL(pwrite64, fd, "end", 3, FAR) == 3 && size_of(fd) == FAR + 3, "a write far behind the end");
    CALL(read, fd, found, BIG);
    check(all_are(found, 0, BIG), "what was never written is zero");
    check(CALL(pread64, fd, found, 6, FAR - 3) == 6 && equal(found, "\0\0\0end", 6), "to the last byte before it");
    check(CALL(ftruncate, fd, 100) == 0 && size_of(fd) == 100 && CALL(pread64, fd, found, 10, 100) == 0, "ftruncate to less");
    check(CALL(ftruncate, fd, FAR + 3) == 0 && CALL(pread64, fd, found, 3, FAR) == 3 && all_are(found, 0, 3), "what was cut off does not come back");
    CALL(pwrite64, fd, "abcdef", 6, 0);
    CALL(ftruncate, fd, 3);
    CALL(ftruncate, fd, 6);
    check(CALL(pread64, fd, found, 10, 0) == 6 && equal(found, "abc\0\0\0", 6), "not even within a page");
    check(CALL(ftruncate, fd, -1) == -EINVAL && CALL(truncate, "/tmp/hole", 2) == 0 && size_of(fd) == 2, "truncate by name");
    CALL(close, fd);
    CALL(unlink, "/tmp/hole");
}

static void
check_append(void)
{
    long one = CALL(open, "/tmp/append", O_WRONLY | O_CREAT | O_APPEND, 0644), two = CALL(open, "/tmp/append", O_RDWR);
    CALL(write, one, "aa", 2);
    CALL(pwrite64, two, "bbbb", 4, 0);
    CALL(write, one, "cc", 2);
    check(CALL(read, two, found, 10) == 6 && equal(found, "bbbbcc", 6), "O_APPEND writes at the end, wherever that is by then");
    check(CALL(pwrite64, one, "d", 1, 0) == 1 && CALL(pread64, two, found, 10, 0) == 7 && found[6] == 'd', "also pwrite, as on Linux");
    check(CALL(fcntl, one, F_SETFL, 0) == 0 && CALL(pwrite64, one, "e", 1, 0) == 1 && CALL(pread64, two, found, 1, 0) == 1 && found[0] == 'e', "until fcntl takes it away");
    long three = CALL(open, "/tmp/append", O_WRONLY | O_TRUNC);
    check(size_of(two) == 0 && CALL(read, two, found, 10) == 0, "O_TRUNC empties it for everybody");
    CALL(close, one), CALL(close, two), CALL(close, three);
    CALL(unlink, "/tmp/append");
}

static void
check_vectors(void)
{
    struct iovec out[] = {{buffer, 1}, {buffer, 0}, {buffer + 1, 4999}, {buffer + 5000, 1}}, in[] = {{found, 3}, {found + 3, 0}, {found + 3, BIG - 3}};
    long fd = CALL(open, "/tmp/vector", O_RDWR | O_CREAT, 0644);
    check(CALL(writev, fd, out, 4) == 5001 && size_of(fd) == 5001, "writev gathers");
    CALL(lseek, fd, 0, SEEK_SET);
    check(CALL(readv, fd, in, 3) == 5001 && is_pattern(found, 0, 5001), "readv scatters");
    check(CALL(readv, fd, in, 1025) == -EINVAL && CALL(writev, fd, out, -1) == -EINVAL && CALL(writev, fd, out, 0) == 0, "1024 ranges at most, none is no error");
    out[1].n = ~0ul;
    check(CALL(writev, fd, out, 4) == -EINVAL && size_of(fd) == 5001, "a range longer than any object: nothing is written");
    CALL(close, fd);
    CALL(unlink, "/tmp/vector");
}

/* A file that was there at boot. */
static void
check_boot_file(void)
{
    char was;
    long fd = CALL(open, "/bin/hello", O_RDWR), size = size_of(fd), n = CALL(read, fd, found, BIG);
    check(fd >= 0 && n == size && equal(found, "\177ELF", 4), "a program of the boot archive can be read");
    was = found[5000];
    check(CALL(pwrite64, fd, "!", 1, 5000) == 1 && CALL(pread64, fd, buffer, BIG, 0) == size && buffer[5000] == '!', "and written");
    buffer[5000] = was;
    check(equal(buffer, found, size), "and the rest of it is as it was");
    CALL(pwrite64, fd, &was, 1, 5000);
    CALL(close, fd);
}

int
main(void)
{
    check_begin("file-data");
    check_whole();
    check_pieces();
    check_holes();
    check_append();
    check_vectors();
    check_boot_file();
    return check_end();
}
