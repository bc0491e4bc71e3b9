/* cat.c - the files that it is given, or standard input, to standard output. */

#include "text.h"

static char buffer[4096];

static long
copy(int fd, const char *name)
{
    (void)name;
    long n;
    while ((n = port_read(fd, buffer, sizeof buffer)) > 0)
        for (long done = 0, written; done < n; done += written)
            if ((written = port_write_fd(STDOUT, buffer + done, n - done)) <= 0)
                return written;
    return n;
}

int
main(int argc, char **argv)
{
    (void)argc;
    return text_each_file(argv, copy);
}
