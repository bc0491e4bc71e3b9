/* process.c - pages of memory and processes under the names of posix.h: each is one call of ExOS's. */

#include <exos/errno.h>
#include <exos/process.h>
#include <exos/vm.h>
#include <port.h>

enum { RW = AEGIS_READ | AEGIS_WRITE };

void *
port_pages(size_t npages)
{
    long va = exos_vm_map(npages, RW);
    return va < 0 ? NULL : (void *)va;
}

void *
port_shared(size_t npages)
{
    long va = exos_vm_map_shared(npages, RW);
    return va < 0 ? NULL : (void *)va;
}

long
port_free(void *pages, size_t npages)
{
    return exos_vm_unmap(pages, npages);
}

long
port_protect(void *pages, size_t npages, int writable)
{
    return exos_vm_protect(pages, npages, writable ? RW : AEGIS_READ);
}

long
port_dirty(void *page)
{
    return exos_vm_dirty(page);
}

long
port_fork(void)
{
    return exos_fork();
}

void
port_exit(int status)
{
    exos_exit(status);
}

long
port_wait(long pid, int *status)
{
    return exos_wait(pid, status);
}

int
port_getpid(void)
{
    return exos_getpid();
}

int
port_getppid(void)
{
    return exos_getppid();
}

long
port_kill(int pid, int signal)
{
    return exos_kill(pid, signal);
}

long
port_signal(int signal, void (*handler)(int))
{
    return exos_signal(signal, handler);
}

long
port_yield(void)
{
    exos_process_yield();
    return 0;
}

/* The file layer's. */
__attribute__((weak)) long exos_file_image(const char *path, const void **bytes, size_t *size);

long
port_exec(const char *path, const char *const argv[])
{
    const void *image;
    size_t size;
    long status = exos_file_image ? exos_file_image(path, &image, &size) : -ENOSYS;
    return status < 0 ? status : exos_exec(image, size, argv);
}
