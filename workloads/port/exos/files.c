/* files.c - descriptors and files under the names of posix.h: each is one call of ExOS's. */

#include <exos/fd.h>
#include <port.h>

_Static_assert((int)PORT_O_CREAT == EXOS_O_CREAT && (int)PORT_O_TRUNC == EXOS_O_TRUNC && (int)PORT_O_APPEND == EXOS_O_APPEND && (int)PORT_O_RDWR == EXOS_O_RDWR, "Linux's numbers");
_Static_assert((int)PORT_SEEK_CUR == EXOS_SEEK_CUR && (int)PORT_SEEK_END == EXOS_SEEK_END, "Linux's numbers");

long port_pipe(int fd[2]) { return exos_fd_pipe(fd); }
long port_read(int fd, void *bytes, size_t n) { return exos_fd_read(fd, bytes, n); }
long port_write_fd(int fd, const void *bytes, size_t n) { return exos_fd_write(fd, bytes, n); }
long port_close(int fd) { return exos_fd_close(fd); }
long port_lseek(int fd, long offset, int whence) { return exos_fd_seek(fd, offset, whence); }
long port_dup2(int from, int to) { return exos_fd_dup2(from, to); }
long port_unlink(const char *path) { return exos_file_unlink(path); }
long port_list(const char *path, char *names, size_t size) { return exos_file_list(path, names, size); }
long port_rmdir(const char *path) { return exos_folder_remove(path); }
long port_chdir(const char *path) { return exos_folder_work_in(path); }
long port_getcwd(char *path, size_t size) { return exos_folder_path(path, size); }

long
port_mkdir(const char *path, int mode)
{
    (void)mode; /* there is one user, who may do everything */
    return exos_folder_make(path);
}

long
port_open(const char *path, int flags, int mode)
{
    (void)mode;
    return exos_fd_open(path, flags);
}
