/* fd.h - descriptors: the small numbers by which a program names its open files, pipes and the console.
 *
 * A descriptor names an open description (position, what may be done), which names a file or a pipe. Descriptors are a process's own, descriptions are shared with
 * those who inherited them or made them by dup2. Both lie in the session's memory; a program that has no session has the console at 0, 1 and 2 and no others, and
 * what makes a descriptor begins a session. Results are 0 or more, or -errno with Linux's number. Buffers must be mapped: a bad pointer is a page fault of the caller's own.
 */
#ifndef EXOS_FD_H
#define EXOS_FD_H

#include <exos/console.h>
#include <exos/file.h>

enum { EXOS_FDS = 64, EXOS_OPENS = 1024, EXOS_PIPES = 64 };
enum { EXOS_O_WRONLY = 1, EXOS_O_RDWR = 2, EXOS_O_ACCESS = 3, EXOS_O_CREAT = 0100, EXOS_O_EXCL = 0200, EXOS_O_TRUNC = 01000, EXOS_O_APPEND = 02000 };
enum { EXOS_SEEK_SET = 0, EXOS_SEEK_CUR = 1, EXOS_SEEK_END = 2 };

enum exos_open_kind { EXOS_OPEN_FREE, EXOS_OPEN_PIPE_READER, EXOS_OPEN_PIPE_WRITER, EXOS_OPEN_CONSOLE, EXOS_OPEN_FILE };

struct exos_open {
    uint32_t kind;
    uint32_t refs;  /* descriptors that name it, in all processes */
    uint32_t flags; /* EXOS_O_... */
    uint32_t reserved;
    void *object;   /* struct exos_pipe or exos_file */
    uint64_t position;
};

/* A process's descriptors, and where it works. */
struct exos_fd_row {
    uint32_t end, reserved; /* all descriptors from here on are closed */
    uint8_t kind[EXOS_FDS]; /* of what each names; EXOS_OPEN_FREE: closed */
    struct exos_open *open[EXOS_FDS];
    struct exos_file *folder; /* the working folder, NULL: / */
};

struct exos_file_system {
    uint32_t ready;
    uint32_t archive_end;             /* the archive's files are before this one */
    uint16_t blocks_used, block_free; /* blocks from EXOS_BLOCK_FIRST + blocks_used on have never been used; a chain of those that were given back, 0: none */
    uint16_t bucket[EXOS_FOLDERS][EXOS_FILE_BUCKETS];
    uint32_t nfolders;
    struct exos_open console;         /* never closed for good */
    struct exos_console line;
    struct exos_fd_row row[AEGIS_ENVS];
    struct exos_open open[EXOS_OPENS];
    struct exos_file file[EXOS_FILES_MAX];
};

#define exos_files ((struct exos_file_system *)(EXOS_SESSION_FILES + 0x280000))

/* Open a file. Returns the lowest free descriptor, or -EMFILE, -ENFILE (EXOS_OPENS), -EINVAL (flags unknown), -EROFS (archive, to write), -EISDIR (folder, to write), -EEXIST, or as exos_file_create. */
long exos_fd_open(const char *path, int flags);

/* Returns 0 or -EBADF. */
long exos_fd_close(int fd);

/* Read up to n bytes: of a file as many as there are, of a pipe or the console at least one, waiting for it. Returns how many, 0 at the end; -EBADF (not open, or not to read), -EISDIR, -EINTR (console: a signal handler has run meanwhile). */
long exos_fd_read(int fd, void *bytes, size_t n);

/* Look whether ^C has been typed while nobody reads the console: then SIGINT is sent to every process of the session. exos_wait does it, for who has said what SIGINT is to do. */
void exos_fd_watch(void);

/* Returns how many bytes were written; -EBADF, -EPIPE (nobody reads the pipe), -ENOSPC, -EFBIG. */
long exos_fd_write(int fd, const void *bytes, size_t n);

/* Move the position, also beyond the end. Returns it; -EBADF, -ESPIPE (pipe, console), -EINVAL (whence, or before the beginning). */
long exos_fd_seek(int fd, long offset, int whence);

/* Let `to` name what `from` does, closing it first. Returns `to`; -EBADF. */
long exos_fd_dup2(int from, int to);

/* A new pipe: fd[0] is read, fd[1] written. Returns 0; -EMFILE, -ENFILE (no pipe or description left). */
long exos_fd_pipe(int fd[2]);

#endif
