/* fd_io.c - reading, writing and seeking by descriptor; contract in exos/fd.h. Pipes come first and take no lock here: their path is measured (Table 8). */

#include "fd_row.h"

#include <exos/copy.h>
#include <exos/errno.h>
#include <exos/pipe_inline.h>
#include <exos/process.h>
#include <exos/signal.h>
#include <exos/syscall.h>

enum { TRANSFER_MAX = 0x7ffff000 }; /* as Linux: one call moves no more */

static struct exos_console first_line; /* of a program without a session */

static void
lock(void)
{
    if (exos_session_active)
        exos_session_lock();
}

static void
unlock(void)
{
    if (exos_session_active)
        exos_session_unlock();
}

static void
let_others_run(void)
{
    if (exos_session_active)
        exos_process_yield();
}

/* ^C was typed: SIGINT for every process of the session. Delivered to this one when it gives the lock back. */
static void
interrupt(void)
{
    if (!exos_session_active)
        sys_env_exit(128 + SIGINT);
    exos_signal_all(SIGINT);
}

/* How often a signal handler has run in this process. */
static uint32_t
handled(void)
{
    return exos_session_active ? exos_self->handled : 0;
}

static long
read_console(char *bytes, size_t n)
{
    struct exos_console *console = exos_session_active && exos_files->ready ? &exos_files->line : &first_line;
    uint32_t handled_before = handled();
    long result;
    if (n == 0)
        return 0;
    exos_touch_to_write(bytes, n < EXOS_LINE_MAX ? n : EXOS_LINE_MAX);
    for (;;) {
        lock();
        if (exos_console_poll(console))
            interrupt();
        result = exos_console_line(console, bytes, n);
        unlock();
        if (result != -EAGAIN)
            return result;
        if (handled() != handled_before)
            return -EINTR;
        let_others_run();
    }
}

void
exos_fd_watch(void)
{
    exos_session_lock();
    if (exos_files->ready && exos_console_watch(&exos_files->line))
        interrupt();
    exos_session_unlock();
}

/* Only what there is to read is touched: the buffer may be shorter than n says. */
static long
read_file(struct exos_open *open, void *bytes, size_t n)
{
    struct exos_file *file = open->object;
    uint64_t rest = open->position < file->size ? file->size - open->position : 0;
    exos_touch_to_write(bytes, n < rest ? n : rest);
    exos_session_lock();
    long result = exos_file_read(file, open->position, bytes, n);
    if (result > 0)
        open->position += result;
    exos_session_unlock();
    return result;
}

static long
write_file(struct exos_open *open, const void *bytes, size_t n)
{
    struct exos_file *file = open->object;
    exos_touch(bytes, n < EXOS_FILE_SIZE_MAX ? n : EXOS_FILE_SIZE_MAX);
    exos_session_lock();
    if (open->flags & EXOS_O_APPEND)
        open->position = file->size;
    long result = exos_file_write(file, open->position, bytes, n);
    if (result > 0)
        open->position += result;
    exos_session_unlock();
    return result;
}

static __attribute__((noinline)) long
read_other(struct exos_open *open, void *bytes, size_t n)
{
    if (!open || open->kind == EXOS_OPEN_PIPE_WRITER || (open->flags & EXOS_O_ACCESS) == EXOS_O_WRONLY)
        return -EBADF;
    if (n > TRANSFER_MAX)
        n = TRANSFER_MAX;
    return open->kind == EXOS_OPEN_CONSOLE ? read_console(bytes, n) : read_file(open, bytes, n);
}

static __attribute__((noinline)) long
write_other(struct exos_open *open, const void *bytes, size_t n)
{
    if (!open || open->kind == EXOS_OPEN_PIPE_READER || (open->flags & EXOS_O_ACCESS) == 0)
        return -EBADF;
    if (n > TRANSFER_MAX)
        n = TRANSFER_MAX;
    if (open->kind == EXOS_OPEN_FILE)
        return write_file(open, bytes, n);
    exos_write(bytes, n);
    return n;
}

static long
broken(long error)
{
    if (error == -EPIPE)
        exos_kill(exos_getpid(), SIGPIPE);
    return error;
}

long
exos_fd_read(int fd, void *bytes, size_t n)
{
    if (names(fd, EXOS_OPEN_PIPE_READER))
        return exos_pipe_read(opened(fd)->object, bytes, n);
    return read_other(opened(fd), bytes, n);
}

static __attribute__((noinline)) long
write_pipe(struct exos_pipe *pipe, const void *bytes, size_t n)
{
    long result = exos_pipe_write(pipe, bytes, n);
    return result >= 0 ? result : broken(result);
}

long
exos_fd_write(int fd, const void *bytes, size_t n)
{
    if (!names(fd, EXOS_OPEN_PIPE_WRITER))
        return write_other(opened(fd), bytes, n);
    struct exos_pipe *pipe = opened(fd)->object;
    if (n == sizeof(uint64_t) && exos_pipe_put_word(pipe, bytes, sizeof(uint64_t)))
        return n;
    return write_pipe(pipe, bytes, n);
}

/* Where `whence` counts from. */
static long
origin_of(const struct exos_open *open, int whence)
{
    const struct exos_file *file = open->object;
    switch (whence) {
    case EXOS_SEEK_SET: return 0;
    case EXOS_SEEK_CUR: return open->position;
    case EXOS_SEEK_END: return file->size;
    default: return -EINVAL;
    }
}

long
exos_fd_seek(int fd, long offset, int whence)
{
    struct exos_open *open = opened(fd);
    if (!open || open->kind != EXOS_OPEN_FILE)
        return open ? -ESPIPE : -EBADF;
    exos_session_lock();
    long position, origin = origin_of(open, whence);
    if (origin < 0 || __builtin_add_overflow(origin, offset, &position) || position < 0)
        position = -EINVAL;
    else
        open->position = position;
    exos_session_unlock();
    return position;
}
