/* pass.c - a stand-in for a compiler and a linker, for experiment `macro` (workloads/macro/build.c).
 *
 *     pass NUMBER          standard input to standard output through pass NUMBER (pass.h)
 *     pass link FILE...    the files, one after another, to standard output
 */

#include "pass.h"

#include <port.h>

enum { BUFFER = 4096, STATUS_USAGE = 2 };

static uint8_t buffer[BUFFER];

static long
write_all(const uint8_t *bytes, long n)
{
    for (long written; n > 0; n -= written, bytes += written)
        if ((written = port_write_fd(1, bytes, n)) <= 0)
            return -1;
    return 0;
}

/* A pass of -1 changes nothing. Returns 0, or 1 after an error. */
static int
copy(int from, int pass)
{
    uint32_t state = pass;
    long n;
    while ((n = port_read(from, buffer, BUFFER)) > 0) {
        if (pass >= 0)
            pass_bytes(&state, buffer, n);
        if (write_all(buffer, n) < 0)
            return 1;
    }
    return n < 0;
}

static int
link_files(char **name)
{
    int errors = 0;
    for (; *name; name++) {
        int fd = port_open(*name, PORT_O_RDONLY, 0);
        errors += fd < 0 || copy(fd, -1);
        port_close(fd);
    }
    return errors != 0;
}

int
main(int argc, char **argv)
{
    if (argc < 2)
        return STATUS_USAGE;
    int pass = argv[1][0] - '0';
    return pass >= 0 && pass < PASS_COUNT ? copy(0, pass) : link_files(argv + 2);
}
