/* list.c - the names in a folder, on a UNIX: getdents64; contract in posix.h. */

#include "unix.h"

#include <port.h>

enum { BUFFER = 2048, NAME_AT = 19 /* in struct linux_dirent64: ino 8, off 8, reclen 2, type 1 */, LENGTH_AT = 16, DOES_NOT_FIT = 22 };

/* "." and "..". */
static int
is_dots(const char *name)
{
    return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0));
}

/* Append the names of `n` bytes of entries. Returns how many bytes of `names` are used then, or -1. */
static long
append(const char *entries, long n, char *names, size_t size, size_t used)
{
    for (const char *entry = entries; entry < entries + n; entry += *(const uint16_t *)(entry + LENGTH_AT)) {
        const char *name = entry + NAME_AT;
        if (is_dots(name))
            continue;
        do
            if (used == size)
                return -1;
        while ((names[used++] = *name++));
    }
    return used;
}

static long
read_folder(int fd, char *names, size_t size)
{
    static char buffer[BUFFER] __attribute__((aligned(8)));
    long used = 0, n;
    while ((n = unix_call(NR_getdents64, fd, (uint64_t)buffer, BUFFER, 0, 0, 0)) > 0)
        if ((used = append(buffer, n, names, size, used)) < 0)
            return -DOES_NOT_FIT;
    return n < 0 ? n : used;
}

long
port_list(const char *path, char *names, size_t size)
{
    long fd = port_open(path, PORT_O_RDONLY, 0);
    if (fd < 0)
        return fd;
    long result = read_folder(fd, names, size);
    port_close(fd);
    return result;
}
