/* posix.c - the calls of posix.h as system calls of a UNIX; contract there. */

#include "unix.h"

#include <port.h>

enum { CLEAR_SOFT_DIRTY = '4', PAGEMAP_SOFT_DIRTY = 55 };

long port_fork(void) { return unix_call(NR_fork, 0, 0, 0, 0, 0, 0); }
int port_getpid(void) { return unix_call(NR_getpid, 0, 0, 0, 0, 0, 0); }
int port_getppid(void) { return unix_call(NR_getppid, 0, 0, 0, 0, 0, 0); }
_Noreturn void port_exit(int status) { unix_exit(status); }
long port_wait(long pid, int *status) { return unix_call(NR_wait4, pid, (uint64_t)status, 0, 0, 0, 0); }
long port_yield(void) { return unix_call(NR_sched_yield, 0, 0, 0, 0, 0, 0); }

long
port_exec(const char *path, const char *const argv[])
{
    const char *const no_environment[] = {NULL};
    return unix_call(NR_execve, (uint64_t)path, (uint64_t)argv, (uint64_t)no_environment, 0, 0, 0);
}

long port_pipe(int fd[2]) { return unix_call(NR_pipe, (uint64_t)fd, 0, 0, 0, 0, 0); }
long port_read(int fd, void *bytes, size_t n) { return unix_call(NR_read, fd, (uint64_t)bytes, n, 0, 0, 0); }
long port_write_fd(int fd, const void *bytes, size_t n) { return unix_write(fd, bytes, n); }
long port_open(const char *path, int flags, int mode) { return unix_call(NR_open, (uint64_t)path, flags, mode, 0, 0, 0); }
long port_close(int fd) { return unix_call(NR_close, fd, 0, 0, 0, 0, 0); }
long port_lseek(int fd, long offset, int whence) { return unix_call(NR_lseek, fd, offset, whence, 0, 0, 0); }
long port_dup2(int from, int to) { return unix_call(NR_dup2, from, to, 0, 0, 0, 0); }
long port_unlink(const char *path) { return unix_call(NR_unlink, (uint64_t)path, 0, 0, 0, 0, 0); }
long port_mkdir(const char *path, int mode) { return unix_call(NR_mkdir, (uint64_t)path, mode, 0, 0, 0, 0); }
long port_rmdir(const char *path) { return unix_call(NR_rmdir, (uint64_t)path, 0, 0, 0, 0, 0); }
long port_chdir(const char *path) { return unix_call(NR_chdir, (uint64_t)path, 0, 0, 0, 0, 0); }
long port_getcwd(char *path, size_t size) { return unix_call(NR_getcwd, (uint64_t)path, size, 0, 0, 0, 0); }

long port_kill(int pid, int signal) { return unix_call(NR_kill, pid, signal, 0, 0, 0, 0); }
long port_signal(int signal, void (*handler)(int)) { return unix_catch_with(signal, (void *)handler, 0, 0); }

/* A page is left out on each side, so that the kernel has a region of its own for these pages: Linux would join it with its neighbours, and then every change of
 * protection splits it again. The gap of two pages is too small for any later call. */
static void *
pages_apart(size_t npages, int sharing)
{
    if (npages == 0 || npages > SIZE_MAX / PORT_PAGE_SIZE - 2)
        return NULL;
    long all = unix_call(NR_mmap, 0, (npages + 2) * PORT_PAGE_SIZE, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1ul, 0);
    if (all < 0)
        return NULL;
    char *pages = (char *)all + PORT_PAGE_SIZE;
    unix_munmap((char *)all, PORT_PAGE_SIZE);
    unix_munmap(pages + npages * PORT_PAGE_SIZE, PORT_PAGE_SIZE);
    return pages;
}

void *port_pages(size_t npages) { return pages_apart(npages, MAP_PRIVATE); }
void *port_shared(size_t npages) { return pages_apart(npages, MAP_SHARED); }
long port_free(void *pages, size_t npages) { return unix_munmap(pages, npages * PORT_PAGE_SIZE); }

long
port_protect(void *pages, size_t npages, int writable)
{
    return unix_mprotect(pages, npages * PORT_PAGE_SIZE, writable ? PROT_READ | PROT_WRITE : PROT_READ);
}

/* Linux keeps watch from when it is told to begin. Returns the descriptor to ask, or -errno. */
static long
begin_to_watch(void)
{
    const char begin = CLEAR_SOFT_DIRTY;
    long fd = port_open("/proc/self/clear_refs", PORT_O_WRONLY, 0);
    if (fd < 0)
        return fd;
    long written = unix_write(fd, &begin, sizeof begin);
    port_close(fd);
    return written < 0 ? written : port_open("/proc/self/pagemap", PORT_O_RDONLY, 0);
}

/* Linux Documentation/admin-guide/mm/pagemap.rst: one 64-bit word a page; bit 55 says written since watch began. */
long
port_dirty(void *page)
{
    static long pagemap = -1;
    uint64_t entry;
    if (pagemap < 0 && (pagemap = begin_to_watch()) < 0)
        return pagemap;
    long n = unix_call(NR_pread64, pagemap, (uint64_t)&entry, sizeof entry, (uint64_t)page / PORT_PAGE_SIZE * sizeof entry, 0, 0);
    return n < 0 ? n : (long)(entry >> PAGEMAP_SOFT_DIRTY & 1);
}
