/* What is in files: it can be read as it was written, from any place, until memory is full; and what is given back can be used again. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/vm.h>

enum { RW = EXOS_O_RDWR, NEW = EXOS_O_RDWR | EXOS_O_CREAT | EXOS_O_TRUNC, PAGE = 4096, BIG = 64 * PAGE };

static uint8_t bytes[3 * PAGE + 17], back[sizeof bytes];

static bool
same(const uint8_t *a, const uint8_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static void
round_trip(void)
{
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = i * 7 + i / 251;
    long fd = exos_fd_open("/tmp/a", NEW);
    check(fd == 3, "the lowest free descriptor is 3");
    check(exos_fd_write(fd, bytes, sizeof bytes) == sizeof bytes, "all is written");
    check(exos_fd_read(fd, back, 1) == 0, "then the position is at the end");
    check(exos_fd_seek(fd, 0, EXOS_SEEK_SET) == 0 && exos_fd_read(fd, back, sizeof back) == sizeof back && same(bytes, back, sizeof bytes), "and it is read as it was written");
    bool every = true;
    for (size_t at = 1; at < sizeof bytes; at += 977) { /* sizes and places that have nothing to do with pages */
        size_t n = sizeof bytes - at < 4099 ? sizeof bytes - at : 4099;
        every &= exos_fd_seek(fd, at, EXOS_SEEK_SET) == (long)at && exos_fd_read(fd, back, 4099) == (long)n && same(bytes + at, back, n);
    }
    check(every, "from any place");
    check(exos_fd_seek(fd, -5, EXOS_SEEK_END) == (long)sizeof bytes - 5 && exos_fd_read(fd, back, 100) == 5, "a read ends at the end");
    check(exos_fd_seek(fd, 10 * PAGE, EXOS_SEEK_SET) == 10 * PAGE && exos_fd_write(fd, "x", 1) == 1, "a write beyond the end");
    exos_fd_seek(fd, sizeof bytes - 1, EXOS_SEEK_SET);
    check(exos_fd_read(fd, back, 2 * PAGE) == 2 * PAGE && back[0] == bytes[sizeof bytes - 1] && back[1] == 0 && back[2 * PAGE - 1] == 0, "leaves zeros between");
    check(exos_fd_close(fd) == 0 && exos_fd_close(fd) == -EBADF, "a descriptor is closed once");
    check(exos_file_unlink("/tmp/a") == 0 && exos_fd_open("/tmp/a", RW) == -ENOENT, "a file is gone with its name");
}

static void
modes(void)
{
    long fd = exos_fd_open("/tmp/b", EXOS_O_WRONLY | EXOS_O_CREAT | EXOS_O_EXCL), two;
    check(exos_fd_read(fd, back, 1) == -EBADF, "not to read");
    check(exos_fd_write(fd, "one", 3) == 3 && exos_fd_open("/tmp/b", EXOS_O_WRONLY | EXOS_O_CREAT | EXOS_O_EXCL) == -EEXIST, "not to make twice");
    two = exos_fd_open("/tmp/b", EXOS_O_WRONLY | EXOS_O_APPEND);
    check(two == fd + 1 && exos_fd_write(two, "two", 3) == 3 && exos_fd_write(fd, "!", 1) == 1 && exos_fd_write(two, "3", 1) == 1, "two descriptions of one file");
    exos_fd_close(fd);
    fd = exos_fd_open("/tmp/b", 0);
    check(exos_fd_read(fd, back, 100) == 7 && same(back, (const uint8_t *)"one!wo3", 7), "appending is at the end, the other has a position of its own");
    check(exos_fd_write(fd, "x", 1) == -EBADF, "not to write");
    exos_fd_close(two);
    check(exos_file_unlink("/tmp/b") == 0 && exos_fd_seek(fd, 0, EXOS_SEEK_SET) == 0 && exos_fd_read(fd, back, 3) == 3, "what is open can be read without a name");
    exos_fd_close(fd);
}

/* Returns how many bytes fit. */
static uint64_t
fill(const char *path, const void *with)
{
    uint64_t n = 0;
    long fd = exos_fd_open(path, NEW), written;
    while ((written = exos_fd_write(fd, with, BIG)) > 0)
        n += written;
    check(written == -ENOSPC || written == -EFBIG, "a write to a full memory says so");
    exos_fd_close(fd);
    exos_file_unlink(path);
    return n;
}

static void
limits(void)
{
    void *much = (void *)exos_vm_map(BIG / PAGE, AEGIS_READ | AEGIS_WRITE);
    uint64_t first = fill("/tmp/full", much), second = fill("/tmp/full", much);
    check(first > 8ul << 20 && first == second, "as much fits the second time");
    long fd = exos_fd_open("/tmp/c", NEW);
    check(exos_fd_seek(fd, 1l << 40, EXOS_SEEK_SET) == 1l << 40 && exos_fd_write(fd, "x", 1) == -EFBIG, "no file is that big");
    check(exos_fd_write(fd, NULL, 0) == 0 && exos_fd_read(fd, NULL, 0) == 0 && exos_fd_read(fd, back, ~0ul) == 0, "sizes 0 and huge");
    check(exos_fd_seek(fd, -1, EXOS_SEEK_SET) == -EINVAL && exos_fd_seek(fd, 0, 3) == -EINVAL && exos_fd_seek(fd, 0x7fffffffffffffff, EXOS_SEEK_CUR) == -EINVAL, "no such position, no such whence");
    check(exos_fd_seek(fd, 0, EXOS_SEEK_CUR) == 1l << 40, "and the position is where it was");
    exos_fd_close(fd);
    exos_file_unlink("/tmp/c");
}

int
main(void)
{
    check_begin("file-data");
    round_trip();
    modes();
    limits();
    check(sys_kernel_check() == 0, "the kernel's tables are consistent");
    return check_end();
}
