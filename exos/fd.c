/* fd.c - which descriptor names what: open, close, dup2, pipe, and their fate when processes come and go; contract in exos/fd.h. Reading and writing: fd_io.c.
 *
 * Invariant: refs of a description = descriptors that name it, in all rows; it is free if that is 0. A description of a file counts in the file's `opens`.
 */

#include "fd_row.h"

#include <exos/errno.h>
#include <exos/files.h>
#include <exos/pipe.h>
#include <exos/process.h>

/* Each pipe's place. */
#define PIPES (EXOS_SESSION_FILES + 0x300000)
#define PIPE_SIZE 0x2000

_Static_assert(sizeof(struct exos_pipe) <= PIPE_SIZE, "file.h leaves this much for each pipe");
_Static_assert(sizeof(struct exos_file_system) <= 0x80000, "file.h leaves this much");
_Static_assert(EXOS_PIPES * PIPE_SIZE <= 0x100000, "blocks begin behind them");

/* Before a session: the console alone. */
static struct exos_open first_console = {.kind = EXOS_OPEN_CONSOLE, .flags = EXOS_O_RDWR};
static struct exos_fd_row first_row = {.end = 3, .kind = {EXOS_OPEN_CONSOLE, EXOS_OPEN_CONSOLE, EXOS_OPEN_CONSOLE}, .open = {&first_console, &first_console, &first_console}};

struct exos_fd_row *exos_fd_row = &first_row;

static struct exos_pipe_side *
side_of(const struct exos_open *open)
{
    struct exos_pipe *pipe = open->object;
    return open->kind == EXOS_OPEN_PIPE_READER ? &pipe->reader : open->kind == EXOS_OPEN_PIPE_WRITER ? &pipe->writer : NULL;
}

/* A pipe counts its descriptors itself: with one on a side it can do without its lock. The first one is exos_pipe_init's. */
static void
name(struct exos_fd_row *row, unsigned fd, struct exos_open *open)
{
    if (open->refs++ > 0 && side_of(open))
        exos_pipe_open(open->object, side_of(open));
    row->open[fd] = open;
    row->kind[fd] = open->kind;
    if (row->end <= fd)
        row->end = fd + 1;
}

/* Once a session: the names, and the console for its first process. */
static void
make_files(unsigned slot)
{
    for (const volatile char *page = (char *)exos_files->file; page < (char *)(exos_files->file + EXOS_FILES_MAX); page += AEGIS_PAGE_SIZE)
        (void)*page; /* all at once, so that what a process pays for later does not depend on how many files the archive has */
    exos_file_enter("", 0, EXOS_FILE_FOLDER);
    exos_file_enter("tmp", 3, EXOS_FILE_FOLDER);
    exos_archive_enter();
    exos_files->console = (struct exos_open){.kind = EXOS_OPEN_CONSOLE, .flags = EXOS_O_RDWR, .refs = 1};
    for (int fd = 0; fd < 3; fd++)
        name(&exos_files->row[slot], fd, &exos_files->console);
    exos_files->ready = true;
}

long
exos_files_lock(void)
{
    if (exos_session_begin() < 0)
        return -ENOMEM;
    exos_session_lock();
    if (exos_fd_row == &first_row) {
        unsigned slot = exos_self->slot;
        if (!exos_files->ready)
            make_files(slot);
        exos_fd_row = &exos_files->row[slot];
    }
    return 0;
}

static long
unlock(long result)
{
    exos_session_unlock();
    return result;
}

static struct exos_open *
free_open(void)
{
    for (struct exos_open *open = exos_files->open; open < exos_files->open + EXOS_OPENS; open++)
        if (open->kind == EXOS_OPEN_FREE)
            return open;
    return NULL;
}

static long
free_fd(void)
{
    for (int fd = 0; fd < EXOS_FDS; fd++)
        if (!exos_fd_row->open[fd])
            return fd;
    return -EMFILE;
}

/* One descriptor less names it: of a process in environment `env`. */
static void
release(struct exos_open *open, uint32_t env)
{
    if (side_of(open)) {
        struct exos_pipe *pipe = open->object;
        __sync_bool_compare_and_swap(&pipe->lock, env, 0); /* it was killed inside; its environment lives on */
        exos_pipe_close(pipe, side_of(open), env);
    }
    if (--open->refs > 0)
        return;
    if (open->kind == EXOS_OPEN_FILE)
        exos_file_closed(open->object);
    open->kind = EXOS_OPEN_FREE;
}

static void
close(struct exos_fd_row *row, unsigned fd, uint32_t env)
{
    struct exos_open *open = row->open[fd];
    row->open[fd] = NULL;
    row->kind[fd] = EXOS_OPEN_FREE;
    while (row->end > 0 && !row->open[row->end - 1])
        row->end--;
    release(open, env);
}

/* The file that `path` names, as `flags` want it. */
static long
find_or_create(const char *path, int flags, struct exos_file **file)
{
    long status = exos_file_find(path, file);
    if (status == -ENOENT && flags & EXOS_O_CREAT)
        return exos_file_create(path, EXOS_FILE_MEMORY, file);
    if (status == 0 && flags & EXOS_O_CREAT && flags & EXOS_O_EXCL)
        return -EEXIST;
    if (status < 0 || (flags & EXOS_O_ACCESS) == 0)
        return status;
    return (*file)->kind == EXOS_FILE_FOLDER ? -EISDIR : (*file)->kind == EXOS_FILE_ARCHIVE ? -EROFS : 0;
}

/* All that can fail without leaving anything comes first, making a file last. */
static long
open_locked(const char *path, int flags)
{
    struct exos_file *file;
    long fd = free_fd();
    struct exos_open *open = free_open();
    if (fd < 0 || !open)
        return fd < 0 ? fd : -ENFILE;
    long status = find_or_create(path, flags, &file);
    if (status < 0)
        return status;
    if (flags & EXOS_O_TRUNC && flags & EXOS_O_ACCESS)
        exos_file_truncate(file);
    file->opens++;
    *open = (struct exos_open){.kind = EXOS_OPEN_FILE, .flags = flags, .object = file};
    name(exos_fd_row, fd, open);
    return fd;
}

long
exos_fd_open(const char *path, int flags)
{
    if (flags & ~(EXOS_O_ACCESS | EXOS_O_CREAT | EXOS_O_EXCL | EXOS_O_TRUNC | EXOS_O_APPEND) || (flags & EXOS_O_ACCESS) == EXOS_O_ACCESS)
        return -EINVAL;
    long status = exos_files_lock();
    return status < 0 ? status : unlock(open_locked(path, flags));
}

long
exos_fd_close(int fd)
{
    if (!opened(fd))
        return -EBADF;
    long status = exos_files_lock();
    if (status < 0)
        return status;
    close(exos_fd_row, fd, exos_self->env);
    return unlock(0);
}

long
exos_fd_dup2(int from, int to)
{
    if (!opened(from) || (unsigned)to >= EXOS_FDS)
        return -EBADF;
    long status = from == to ? 0 : exos_files_lock();
    if (from == to || status < 0)
        return status < 0 ? status : to;
    if (exos_fd_row->open[to])
        close(exos_fd_row, to, exos_self->env);
    name(exos_fd_row, to, exos_fd_row->open[from]);
    return unlock(to);
}

/* A pipe neither of whose ends is open, whatever was in it. */
static struct exos_pipe *
free_pipe(void)
{
    for (uintptr_t at = PIPES; at < PIPES + EXOS_PIPES * PIPE_SIZE; at += PIPE_SIZE) {
        const struct exos_pipe *pipe = (void *)at;
        if (pipe->reader.open == 0 && pipe->writer.open == 0)
            return (void *)at;
    }
    return NULL;
}

static void
open_end(enum exos_open_kind kind, unsigned flags, struct exos_pipe *pipe, struct exos_open *open, int fd)
{
    *open = (struct exos_open){.kind = kind, .flags = flags, .object = pipe};
    name(exos_fd_row, fd, open);
}

/* What can fail comes first. The second end's descriptor and description are looked for when the first's are taken, which is undone if there are none. */
static long
pipe_locked(int fd[2])
{
    struct exos_pipe *pipe = free_pipe();
    struct exos_open *open = free_open();
    long free = free_fd();
    if (!pipe || !open || free < 0)
        return free < 0 ? free : -ENFILE;
    exos_pipe_init(pipe, 0, 0);
    open_end(EXOS_OPEN_PIPE_READER, 0, pipe, open, fd[0] = free);
    open = free_open();
    free = free_fd();
    if (!open || free < 0) {
        close(exos_fd_row, fd[0], exos_self->env);
        exos_pipe_close(pipe, &pipe->writer, 0);
        return free < 0 ? free : -ENFILE;
    }
    open_end(EXOS_OPEN_PIPE_WRITER, EXOS_O_WRONLY, pipe, open, fd[1] = free);
    return 0;
}

long
exos_fd_pipe(int fd[2])
{
    int made[2];
    long status = exos_files_lock();
    if (status < 0)
        return status;
    status = unlock(pipe_locked(made));
    if (status == 0) {
        fd[0] = made[0];
        fd[1] = made[1];
    }
    return status;
}

void
exos_files_begin(uint32_t slot)
{
    if (exos_files->ready)
        exos_fd_row = &exos_files->row[slot];
}

void
exos_files_fork(uint32_t parent, uint32_t child)
{
    if (exos_files_lock() < 0)
        return;
    const struct exos_fd_row *from = &exos_files->row[parent];
    struct exos_fd_row *to = &exos_files->row[child];
    for (unsigned fd = 0; fd < from->end; fd++)
        if (from->open[fd])
            name(to, fd, from->open[fd]);
    if ((to->folder = from->folder))
        to->folder->opens++;
    unlock(0);
}

void
exos_files_end(uint32_t slot)
{
    if (exos_fd_row == &first_row || exos_files_lock() < 0)
        return;
    struct exos_fd_row *row = &exos_files->row[slot];
    while (row->end > 0)
        close(row, row->end - 1, exos_head->slot[slot].env);
    if (row->folder)
        exos_file_closed(row->folder);
    row->folder = NULL;
    unlock(0);
}
