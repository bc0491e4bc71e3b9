/* posix.h - the calls that portable workloads and programs make: processes, descriptors, signals, pages. Included by both port.h.
 *
 * On a UNIX they are system calls (workloads/port/unix/posix.c), on ExOS procedures of the library. What is measured is in both cases the call as an application
 * makes it. Results are as a UNIX kernel gives them: 0 or more, or -errno with Linux's number; flags and signals have Linux's numbers.
 */
#ifndef POSIX_H
#define POSIX_H

#include <stddef.h>
#include <stdint.h>

enum { PORT_PAGE_SIZE = 4096 };
enum { PORT_O_RDONLY = 0, PORT_O_WRONLY = 1, PORT_O_RDWR = 2, PORT_O_CREAT = 0100, PORT_O_TRUNC = 01000, PORT_O_APPEND = 02000 };
enum { PORT_SEEK_SET = 0, PORT_SEEK_CUR = 1, PORT_SEEK_END = 2 };
enum { PORT_SIGINT = 2, PORT_SIGKILL = 9, PORT_SIGUSR1 = 10, PORT_SIGUSR2 = 12, PORT_SIGPIPE = 13, PORT_SIGTERM = 15, PORT_SIGCHLD = 17 };

/* Processes. The status of port_wait is wait4's: exit code << 8, or the signal; `pid` is a child's or -1, `status` may be NULL. */
long port_fork(void);
int port_getpid(void);
int port_getppid(void);
_Noreturn void port_exit(int status);
long port_wait(long pid, int *status);
long port_exec(const char *path, const char *const argv[]); /* returns only on an error */
long port_yield(void);                                      /* somebody else may run */

/* Descriptors: 0, 1 and 2 are open when a program begins. port_pipe: fd[0] is read, fd[1] written. A signal handler that runs while
 * the console is read ends that, with -EINTR. */
long port_pipe(int fd[2]);
long port_read(int fd, void *bytes, size_t n);
long port_write_fd(int fd, const void *bytes, size_t n);
long port_open(const char *path, int flags, int mode);
long port_close(int fd);
long port_lseek(int fd, long offset, int whence);
long port_dup2(int from, int to);
long port_unlink(const char *path);

/* Folders. A path that does not begin with / begins at the working folder, which fork and exec keep. port_getcwd: its path; returns the bytes of that, with the 0 at its end. */
long port_mkdir(const char *path, int mode);
long port_rmdir(const char *path);
long port_chdir(const char *path);
long port_getcwd(char *path, size_t size);

/* The names in the folder `path`, each ended by a 0, one behind the other; no order. Returns their bytes, or -errno: -EINVAL if they are more than `size`. */
long port_list(const char *path, char *names, size_t size);

/* Signals. `handler` may return; NULL is the default action. */
long port_kill(int pid, int signal);
long port_signal(int signal, void (*handler)(int));

/* Pages of memory. What port_pages returns is private, read-write, zero on demand, and no neighbour of other such memory; NULL if there is none.
 * port_shared: the same, shared with the children forked later. */
void *port_pages(size_t npages);
void *port_shared(size_t npages);
long port_free(void *pages, size_t npages);

/* 1: may be read and written; 0: read only. */
long port_protect(void *pages, size_t npages, int writable);

/* Has this page been written? 1, 0, or -errno. A system may count from the first call of this function on, so call it once before the writes of interest. */
long port_dirty(void *page);

#endif
