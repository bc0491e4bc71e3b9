/* io_calls.c - moving bytes: read, write, readv, writev, pread64, pwrite64, lseek; and what they do to regular files, folders and devices. Pipes are pipe.c's.
 *
 * Errors of all of them: -EBADF (not open, or not for this), -EFAULT, -EISDIR, -EINVAL; -EINTR, -EAGAIN (pipes, console), -EPIPE, -ENOSPC, -EFBIG.
 */

#include "abi.h"
#include "device.h"
#include "errors.h"
#include "file.h"
#include "syscall.h"
#include "time.h"

/* ---- what is read and written ------------------------------------------------------------------------------------------- */

static long
read_regular(struct file *file, struct transfer *transfer)
{
    long n = contents_read(&file->node->contents, file->offset, transfer);
    if (n > 0)
        file->offset += n;
    return n;
}

static long
write_regular(struct file *file, struct transfer *transfer)
{
    struct node *node = file->node;
    if (file->flags & O_APPEND)
        file->offset = node->contents.size;
    long n = contents_write(&node->contents, file->offset, transfer);
    if (n > 0) {
        file->offset += n;
        node->changed = time_now();
    }
    return n;
}

static long
read_folder(struct file *file, struct transfer *transfer)
{
    (void)file, (void)transfer;
    return -EISDIR;
}

static long read_device(struct file *file, struct transfer *transfer) { return file->node->device->read(file, transfer); }
static long write_device(struct file *file, struct transfer *transfer) { return file->node->device->write(file, transfer); }

const struct file_kind file_of_regular = {read_regular, write_regular, NULL};
const struct file_kind file_of_folder = {read_folder, read_folder, NULL};
const struct file_kind file_of_device = {read_device, write_device, NULL};

/* ---- read, write -------------------------------------------------------------------------------------------------------- */

/* The file may be closed by another thread while this one waits in it. */
static long
do_read(struct file *file, struct transfer *transfer)
{
    file_get(file);
    long n = file->kind->read(file, transfer);
    file_put(file);
    return n;
}

static long
do_write(struct file *file, struct transfer *transfer)
{
    file_get(file);
    long n = file->kind->write(file, transfer);
    file_put(file);
    return n;
}

/* read(fd, to, n). Returns the bytes read, 0 at the end. */
long
sys_read(struct trapframe *t)
{
    struct transfer transfer;
    struct file *file = file_at(t->rdi);
    if (!file || !file_may_read(file))
        return -EBADF;
    long error = transfer_begin(&transfer, t->rsi, t->rdx);
    return error < 0 ? error : do_read(file, &transfer);
}

/* write(fd, from, n). Returns the bytes written. */
long
sys_write(struct trapframe *t)
{
    struct transfer transfer;
    struct file *file = file_at(t->rdi);
    if (!file || !file_may_write(file))
        return -EBADF;
    long error = transfer_begin(&transfer, t->rsi, t->rdx);
    return error < 0 ? error : do_write(file, &transfer);
}

/* readv(fd, ranges, n). As one read. */
long
sys_readv(struct trapframe *t)
{
    struct transfer transfer;
    struct file *file = file_at(t->rdi);
    if (!file || !file_may_read(file))
        return -EBADF;
    long error = transfer_begin_vector(&transfer, t->rsi, t->rdx);
    return error < 0 ? error : do_read(file, &transfer);
}

/* writev(fd, ranges, n). As one write. */
long
sys_writev(struct trapframe *t)
{
    struct transfer transfer;
    struct file *file = file_at(t->rdi);
    if (!file || !file_may_write(file))
        return -EBADF;
    long error = transfer_begin_vector(&transfer, t->rsi, t->rdx);
    return error < 0 ? error : do_write(file, &transfer);
}

/* ---- at an offset ------------------------------------------------------------------------------------------------------- */

/* Has it no offsets, as a pipe or a terminal? */
static bool
is_stream(const struct file *file)
{
    return !file->node || (S_ISCHR(file->node->mode) && file->node->device->control);
}

/* Begin a pread or pwrite: the arguments, and whether the file can do that at all. */
static long
begin_at(const struct trapframe *t, const struct file *file, bool (*may)(const struct file *), struct transfer *transfer)
{
    if ((long)t->r10 < 0)
        return -EINVAL;
    if (!file)
        return -EBADF;
    if (is_stream(file))
        return -ESPIPE;
    return may(file) ? transfer_begin(transfer, t->rsi, t->rdx) : -EBADF;
}

/* pread64(fd, to, n, offset). As read; the file's own offset stays. -EINVAL (before the beginning), -ESPIPE (a pipe). */
long
sys_pread64(struct trapframe *t)
{
    struct transfer transfer;
    struct file *file = file_at(t->rdi);
    long error = begin_at(t, file, file_may_read, &transfer);
    if (error < 0)
        return error;
    return file->kind == &file_of_regular ? contents_read(&file->node->contents, t->r10, &transfer) : do_read(file, &transfer);
}

/* pwrite64(fd, from, n, offset). As write; the file's own offset stays, and where it is to append it does so, as on Linux. Errors as pread64. */
long
sys_pwrite64(struct trapframe *t)
{
    struct transfer transfer;
    struct file *file = file_at(t->rdi);
    long error = begin_at(t, file, file_may_write, &transfer);
    if (error < 0)
        return error;
    if (file->kind != &file_of_regular)
        return do_write(file, &transfer);
    struct contents *contents = &file->node->contents;
    long n = contents_write(contents, file->flags & O_APPEND ? contents->size : t->r10, &transfer);
    if (n > 0)
        file->node->changed = time_now();
    return n;
}

/* lseek(fd, offset, whence). Returns the new offset; -EBADF, -ESPIPE (a pipe), -EINVAL (no such whence, or before the beginning). Of a device it is always 0. */
long
sys_lseek(struct trapframe *t)
{
    struct file *file = file_at(t->rdi);
    long offset = t->rsi, base, size;
    if (!file)
        return -EBADF;
    if (is_stream(file))
        return -ESPIPE;
    if (S_ISCHR(file->node->mode))
        return 0;
    size = S_ISREG(file->node->mode) ? (long)file->node->contents.size : 0;
    switch ((u32)t->rdx) {
    case SEEK_SET: base = 0; break;
    case SEEK_CUR: base = file->offset; break;
    case SEEK_END: base = size; break;
    default: return -EINVAL;
    }
    if (__builtin_add_overflow(base, offset, &offset))
        return -EOVERFLOW;
    return offset < 0 ? -EINVAL : (long)(file->offset = offset);
}
