/* missing.c - for the time being: calls of posix.h that ExOS does not have yet say so. A function of the library's takes the place of the weak one here. */

#include <port.h>

enum { ENOSYS = 38 };

#define MISSING(type, name, parameters) __attribute__((weak)) type name parameters { return (type)-ENOSYS; }
#pragma GCC diagnostic ignored "-Wunused-parameter"

MISSING(long, port_fork, (void))
MISSING(int, port_getpid, (void))
MISSING(int, port_getppid, (void))
MISSING(long, port_wait, (long pid, int *status))
MISSING(long, port_exec, (const char *path, const char *const argv[]))
MISSING(long, port_yield, (void))
MISSING(long, port_pipe, (int fd[2]))
MISSING(long, port_read, (int fd, void *bytes, size_t n))
MISSING(long, port_write_fd, (int fd, const void *bytes, size_t n))
MISSING(long, port_open, (const char *path, int flags, int mode))
MISSING(long, port_close, (int fd))
MISSING(long, port_lseek, (int fd, long offset, int whence))
MISSING(long, port_dup2, (int from, int to))
MISSING(long, port_unlink, (const char *path))
MISSING(long, port_kill, (int pid, int signal))
MISSING(long, port_signal, (int signal, void (*handler)(int)))
MISSING(long, port_free, (void *pages, size_t npages))
MISSING(long, port_protect, (void *pages, size_t npages, int writable))
MISSING(long, port_dirty, (void *page))
__attribute__((weak)) void *port_pages(size_t npages) { return NULL; }
__attribute__((weak)) void *port_shared(size_t npages) { return NULL; }
__attribute__((weak)) _Noreturn void port_exit(int status) { for (;;) ; }
