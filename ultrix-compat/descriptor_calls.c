/* descriptor_calls.c - dup, dup2, dup3, fcntl, ioctl: what is done to descriptors and to how a file is open. */

#include "abi.h"
#include "device.h"
#include "errors.h"
#include "file.h"
#include "pipe.h"
#include "process.h"
#include "syscall.h"
#include "user.h"

/* A further descriptor, from `from` on, for the same open file. */
static long
duplicate(struct file *file, u32 from, bool close_on_exec)
{
    long fd = file_install(file_get(file), from, close_on_exec);
    if (fd < 0)
        file_put(file);
    return fd;
}

/* dup(fd). Returns the lowest free descriptor, for the same open file; -EBADF, -EMFILE. */
long
sys_dup(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    return file ? duplicate(file, 0, false) : -EBADF;
}

static long
duplicate_to(struct file *file, u32 to, bool close_on_exec)
{
    if (to >= OPEN_MAX)
        return -EBADF;
    file_install_at(file_get(file), to, close_on_exec);
    return to;
}

/* dup2(fd, to). Returns `to`, which is closed first, unless it is `fd` itself; -EBADF (also: `to` is too high). */
long
sys_dup2(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    if (!file)
        return -EBADF;
    return (u32)t->rdi == (u32)t->rsi ? (long)(u32)t->rsi : duplicate_to(file, t->rsi, false);
}

/* dup3(fd, to, flags): O_CLOEXEC. As dup2; -EINVAL (other flags, or both the same). */
long
sys_dup3(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    if (t->rdx & ~(u64)O_CLOEXEC || (u32)t->rdi == (u32)t->rsi)
        return -EINVAL;
    return file ? duplicate_to(file, t->rsi, t->rdx & O_CLOEXEC) : -EBADF;
}

/* fcntl(fd, command, argument): DUPFD, DUPFD_CLOEXEC, GETFD, SETFD, GETFL, SETFL (O_APPEND and O_NONBLOCK can change). -EBADF; -EINVAL (no such command, or a
 * descriptor that cannot be); -EMFILE. */
long
sys_fcntl(struct trapframe *t)
{
    enum { CHANGEABLE = O_APPEND | O_NONBLOCK };
    u32 fd = t->rdi, command = t->rsi;
    struct file *file = file_at(fd);
    if (!file)
        return -EBADF;
    switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC: return t->rdx < OPEN_MAX ? duplicate(file, t->rdx, command == F_DUPFD_CLOEXEC) : -EINVAL;
    case F_GETFD: return file_closes_on_exec(fd) ? FD_CLOEXEC : 0;
    case F_SETFD: file_close_on_exec(fd, t->rdx & FD_CLOEXEC); return 0;
    case F_GETFL: return file->flags;
    case F_SETFL: file->flags = (file->flags & ~CHANGEABLE) | (t->rdx & CHANGEABLE); return 0;
    default: return -EINVAL;
    }
}

/* ioctl(fd, request, argument): what a terminal answers (console.c), and FIONREAD of a pipe or a regular file. -EBADF, -ENOTTY, -EFAULT. */
long
sys_ioctl(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    u32 request = t->rsi;
    if (!file)
        return -EBADF;
    if (file->node && S_ISCHR(file->node->mode))
        return file->node->device->control ? file->node->device->control(request, t->rdx) : -ENOTTY;
    if (request != FIONREAD || file->kind == &file_of_folder)
        return -ENOTTY;
    int bytes = file->node ? (long)(file->node->contents.size - file->offset) : pipe_bytes(file->pipe);
    return user_write(t->rdx, &bytes, sizeof bytes);
}
