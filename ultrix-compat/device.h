/* device.h - the files in /dev: what reading and writing them means. */
#ifndef DEVICE_H
#define DEVICE_H

#include <machine/types.h>

struct file;
struct transfer;
struct wait_queue;

/* `read` and `write` return bytes or an error, as the system calls do; `control` is ioctl, NULL: -ENOTTY. */
struct device {
    const char *name;
    u32 number; /* st_rdev: Linux's (Documentation/admin-guide/devices.txt) */
    long (*read)(struct file *file, struct transfer *transfer);
    long (*write)(struct file *file, struct transfer *transfer);
    long (*control)(u32 request, va_t argument);
};

enum { DEVICE_CONSOLE, DEVICE_TTY, DEVICE_NULL, DEVICE_ZERO, DEVICE_FULL, DEVICES };
extern const struct device device[DEVICES];

/* console.c */
long console_read(struct file *file, struct transfer *transfer);
long console_write(struct file *file, struct transfer *transfer);
long console_control(u32 request, va_t argument);

/* As wait_on (wait.h), for what takes a person's patience: looks for ^C meanwhile, if the process has said what SIGINT is to do. */
long console_wait(struct wait_queue *queue);

#endif
