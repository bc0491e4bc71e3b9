/* device.c - the devices that are nothing but a rule, and the table of all; contract in device.h. */

#include "device.h"
#include "errors.h"
#include "transfer.h"

#include <machine/layout.h>

static const char zeros[PAGE_SIZE];

static long
read_nothing(struct file *file, struct transfer *transfer)
{
    (void)file, (void)transfer;
    return 0;
}

static long
read_zeros(struct file *file, struct transfer *transfer)
{
    (void)file;
    long done = 0;
    for (size_t n; transfer->left > 0; done += n) {
        n = transfer->left < sizeof zeros ? transfer->left : sizeof zeros;
        if (transfer_to_user(transfer, zeros, n) < 0)
            return done ? done : -EFAULT;
    }
    return done;
}

/* What is written is not even looked at: any address will do, as on Linux. */
static long
write_nowhere(struct file *file, struct transfer *transfer)
{
    (void)file;
    return transfer->left;
}

static long
write_refused(struct file *file, struct transfer *transfer)
{
    (void)file, (void)transfer;
    return -ENOSPC;
}

#define NUMBER(major, minor) ((major) << 8 | (minor))

const struct device device[DEVICES] = {
    [DEVICE_CONSOLE] = {"console", NUMBER(5, 1), console_read, console_write, console_control},
    [DEVICE_TTY] = {"tty", NUMBER(5, 0), console_read, console_write, console_control},
    [DEVICE_NULL] = {"null", NUMBER(1, 3), read_nothing, write_nowhere, NULL},
    [DEVICE_ZERO] = {"zero", NUMBER(1, 5), read_zeros, write_nowhere, NULL},
    [DEVICE_FULL] = {"full", NUMBER(1, 7), read_zeros, write_refused, NULL},
};
