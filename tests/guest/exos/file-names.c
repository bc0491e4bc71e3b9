/* Names of files: paths, folders, the boot archive, and what there cannot be. */

#include "attack.h"

#include <exos/errno.h>
#include <exos/fd.h>

enum { NEW = EXOS_O_RDWR | EXOS_O_CREAT };

static bool
opens(const char *path, int flags)
{
    long fd = exos_fd_open(path, flags);
    return fd >= 0 && exos_fd_close(fd) == 0;
}

static void
paths(void)
{
    check(opens("/tmp/x", NEW), "a file is made");
    check(opens("/tmp/x", 0) && opens("//tmp///x", 0) && opens("/tmp/./x", 0) && opens("/tmp/../tmp/x", 0) && opens("/../tmp/x", 0) && opens("tmp/x", 0), "and found by all its paths");
    check(exos_fd_open("/tmp/y", 0) == -ENOENT && exos_fd_open("", 0) == -ENOENT && exos_fd_open("/none/x", NEW) == -ENOENT, "no such file or folder");
    check(exos_fd_open("/tmp/x/y", NEW) == -ENOTDIR && exos_fd_open("/tmp/x/", 0) == -ENOTDIR && exos_fd_open("/tmp/x/..", 0) == -ENOTDIR, "a file is no folder");
    check(exos_fd_open("/tmp/123456789012345678901234567890123456789012345678901234567890", NEW) == -ENAMETOOLONG, "a path of 65 bytes is too long");
    check(exos_fd_open("/tmp", EXOS_O_RDWR) == -EISDIR && exos_fd_open("/tmp/z/", NEW) < 0 && exos_file_unlink("/tmp") == -EISDIR, "a folder is no file");
    check(exos_fd_open("/tmp/x", EXOS_O_ACCESS) == -EINVAL && exos_fd_open("/tmp/x", 1 << 20) == -EINVAL, "flags that there are not");
    long fd = exos_fd_open("/tmp", 0);
    char byte;
    check(fd == 3 && exos_fd_read(fd, &byte, 1) == -EISDIR, "a folder can be opened, not read");
    exos_fd_close(fd);
    check(exos_file_unlink("/tmp/x") == 0 && exos_file_unlink("/tmp/x") == -ENOENT, "a name is taken away once");
}

static void
archive(void)
{
    char magic[4] = "";
    long fd = exos_fd_open("/bin/hello", 0);
    check(fd == 3 && exos_fd_read(fd, magic, 4) == 4 && magic[1] == 'E' && magic[2] == 'L' && magic[3] == 'F', "the archive's files can be read");
    const void *bytes;
    size_t size;
    check(exos_file_image("/bin/hello", &bytes, &size) == 0 && exos_fd_seek(fd, 0, EXOS_SEEK_END) == (long)size && ((const char *)bytes)[1] == 'E', "and had as they lie");
    uint8_t last;
    exos_fd_seek(fd, -1, EXOS_SEEK_END);
    check(exos_fd_read(fd, &last, 1) == 1 && last == ((const uint8_t *)bytes)[size - 1], "to their last byte");
    exos_fd_close(fd);
    check(exos_fd_open("/bin/hello", EXOS_O_WRONLY) == -EROFS && exos_fd_open("/bin/hello", EXOS_O_RDWR | EXOS_O_TRUNC) == -EROFS && exos_file_unlink("/bin/hello") == -EROFS, "not to write");
    check(exos_file_image("/bin/none", &bytes, &size) == -ENOENT && exos_file_image("/bin", &bytes, &size) == -EACCES, "what is no program");
}

/* Is `name` among the names of `bytes` bytes? */
static bool
is_among(const char *name, const char *names, long bytes)
{
    for (const char *at = names, *end = names + bytes, *c; at < end; at++) {
        for (c = name; *at && *at == *c; at++, c++)
            ;
        if (!*at && !*c)
            return true;
        while (*at)
            at++;
    }
    return false;
}

static void
lists(void)
{
    static char names[8192];
    opens("/tmp/x", NEW);
    opens("/tmpx", NEW);
    long bytes = exos_file_list("/tmp/", names, sizeof names);
    check(bytes == 2 && names[0] == 'x' && names[1] == 0, "the names in a folder are those in it, whatever else begins alike");
    check(exos_file_list("/tmp", names, 2) == 2 && exos_file_list("/tmp", names, 1) == -EINVAL && exos_file_list("/tmp", names, 0) == -EINVAL, "all or none");
    bytes = exos_file_list("/", names, sizeof names);
    check(is_among("tmp", names, bytes) && is_among("bin", names, bytes) && is_among("tmpx", names, bytes) && is_among("file-names", names, bytes), "of /");
    check(!is_among("hello", names, bytes) && !is_among("bin/hello", names, bytes) && !is_among("", names, bytes), "not of folders below, nor itself");
    check(is_among("hello", names, exos_file_list("/bin", names, sizeof names)), "of the archive");
    check(exos_file_list("/tmp/x", names, sizeof names) == -ENOTDIR && exos_file_list("/none", names, sizeof names) == -ENOENT, "what is no folder");
    check(exos_file_unlink("/tmp/x") == 0 && exos_file_unlink("/tmpx") == 0 && exos_file_list("/tmp", names, sizeof names) == 0, "an empty folder has no names");
}

/* As many files as there can be; then one fewer. */
static void
limits(void)
{
    char path[] = "/tmp/000";
    long n = 0, fd;
    for (; n < 1000; n++) {
        path[5] = '0' + n / 100, path[6] = '0' + n / 10 % 10, path[7] = '0' + n % 10;
        if ((fd = exos_fd_open(path, NEW)) < 0)
            break;
        exos_fd_close(fd);
    }
    check(fd == -ENOSPC && n > 300 && n < EXOS_FILES_MAX, "no name is left");
    check(exos_file_unlink("/tmp/000") == 0 && opens(path, NEW) && exos_file_unlink(path) == 0, "until one is taken away");
    long gone = 1;
    for (long i = 1; i < n; i++) {
        path[5] = '0' + i / 100, path[6] = '0' + i / 10 % 10, path[7] = '0' + i % 10;
        gone += exos_file_unlink(path) == 0;
    }
    check(gone == n, "all the others are there");
}

int
main(void)
{
    check_begin("file-names");
    paths();
    archive();
    lists();
    limits();
    return check_end();
}
