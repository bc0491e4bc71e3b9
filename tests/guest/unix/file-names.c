/* Names of files: folders, paths with all their dots and slashes, unlink of what is open, rename over what is there, listings, the working folder; and each error. */

#include "calls.h"

static char long_name[300], long_path[5000];

static long
make_file(const char *path)
{
    long fd = CALL(open, path, O_WRONLY | O_CREAT | O_EXCL, 0644);
    return fd < 0 ? fd : CALL(close, fd);
}

static bool
exists(const char *path)
{
    return CALL(access, path, 0) == 0;
}

static uint32_t
mode_of(const char *path)
{
    struct stat s;
    return CALL(stat, path, &s) == 0 ? s.mode : 0;
}

static uint64_t
number_of(const char *path)
{
    struct stat s;
    return CALL(stat, path, &s) == 0 ? s.number : 0;
}

static void
check_paths(void)
{
    check(CALL(mkdir, "/tmp/d", 0755) == 0 && CALL(mkdir, "/tmp/d/e/", 0755) == 0 && mode_of("/tmp/d/e") == (S_IFDIR | 0755), "mkdir, also with a slash behind");
    check(make_file("/tmp/d/e/f") == 0 && exists("//tmp///d/./e/../e/f") && exists("/tmp/d/e/f") && exists("/../../tmp"), "dots and slashes");
    check(CALL(access, "/tmp/d/e/f/", 0) == -ENOTDIR && CALL(access, "/tmp/d/e/f/..", 0) == -ENOTDIR, "a file is no folder");
    check(CALL(access, "/tmp/x/../d", 0) == -ENOENT && CALL(access, "", 0) == -ENOENT, "a folder on the way must be there");
    for (int i = 0; i < 299; i++)
        long_name[i] = 'n';
    check(CALL(open, long_name, O_RDONLY) == -ENAMETOOLONG, "a name has 255 bytes at most");
    long_name[255] = 0;
    check(CALL(chdir, "/tmp/d") == 0 && make_file(long_name) == 0 && CALL(unlink, long_name) == 0, "and 255 are a name");
    for (int i = 0; i < 4999; i++)
        long_path[i] = i % 2 ? '.' : '/';
    check(CALL(open, long_path, O_RDONLY) == -ENAMETOOLONG, "a path has 4095 bytes at most");
    long_path[4095] = 0;
    check(CALL(access, long_path, 0) == 0, "and 4095 are a path");
}

static void
check_errors(void)
{
    check(CALL(mkdir, "/tmp/d", 0755) == -EEXIST && CALL(mkdir, "/", 0755) == -EEXIST && CALL(mkdir, "/tmp/none/x", 0755) == -ENOENT, "mkdir: its errors");
    check(CALL(rmdir, "/tmp/d") == -ENOTEMPTY && CALL(rmdir, "/tmp/d/e/f") == -ENOTDIR && CALL(rmdir, "/tmp/d/.") == -EINVAL && CALL(rmdir, "/tmp/d/e/..") == -ENOTEMPTY, "rmdir: its errors");
    check(CALL(unlink, "/tmp/d") == -EISDIR && CALL(unlink, "/tmp/none") == -ENOENT && CALL(unlink, "/tmp/d/e/f/") == -ENOTDIR, "unlink: its errors");
    check(CALL(open, "/tmp/d", O_WRONLY) == -EISDIR && CALL(open, "/tmp/d", O_RDONLY | O_CREAT, 0644) == -EISDIR && CALL(open, "/tmp/new/", O_WRONLY | O_CREAT, 0644) == -EISDIR, "open: a folder is not written");
    check(CALL(open, "/tmp/d/e/f", O_RDONLY | O_DIRECTORY) == -ENOTDIR && CALL(open, "/tmp/d/e/f", O_WRONLY | O_CREAT | O_EXCL, 0644) == -EEXIST, "open: O_DIRECTORY, O_EXCL");
    check(CALL(open, "/tmp/none", O_RDONLY) == -ENOENT && CALL(open, "/tmp/none/x", O_CREAT | O_RDWR, 0644) == -ENOENT && CALL(open, "/tmp/d/e/f/g", O_CREAT | O_RDWR, 0644) == -ENOTDIR, "open: nothing there");
    check(CALL(open, BAD, O_RDONLY) == -EFAULT && CALL(mkdir, BAD, 0) == -EFAULT && CALL(unlink, BAD) == -EFAULT && CALL(rename, "/tmp/d/e/f", BAD) == -EFAULT && exists("/tmp/d/e/f"), "a path that cannot be read");
    check(CALL(chdir, "/tmp/d/e/f") == -ENOTDIR && CALL(chdir, "/tmp/none") == -ENOENT, "chdir: its errors");
    check(CALL(readlink, "/tmp/d", long_path, 10) == -EINVAL && CALL(readlink, "/tmp/none", long_path, 10) == -ENOENT, "nothing is a link");
}

static void
check_rename(void)
{
    uint64_t number = number_of("/tmp/d/e/f");
    check(CALL(rename, "/tmp/d/e/f", "/tmp/d/g") == 0 && !exists("/tmp/d/e/f") && number_of("/tmp/d/g") == number, "rename to another folder");
    make_file("/tmp/d/h");
    check(CALL(rename, "/tmp/d/g", "/tmp/d/h") == 0 && !exists("/tmp/d/g") && number_of("/tmp/d/h") == number, "rename over a file");
    check(CALL(rename, "/tmp/d/h", "/tmp/d/h") == 0 && exists("/tmp/d/h"), "rename to itself changes nothing");
    check(CALL(rename, "/tmp/d", "/tmp/d/e/x") == -EINVAL && CALL(rename, "/tmp/d/h", "/tmp/d/e") == -EISDIR && CALL(rename, "/tmp/d/e", "/tmp/d/h") == -ENOTDIR, "rename: its errors");
    check(CALL(rename, "/tmp/d/e", "/tmp/d") == -ENOTEMPTY && CALL(rename, "/tmp/none", "/tmp/d/x") == -ENOENT && CALL(rename, "/tmp/d/.", "/tmp/x") == -EBUSY, "and more of them");
    CALL(mkdir, "/tmp/k", 0755);
    check(CALL(rename, "/tmp/d/e", "/tmp/k") == 0 && !exists("/tmp/d/e") && CALL(chdir, "/tmp/k") == 0, "a folder over an empty one");
    char path[20];
    check(CALL(rename, "/tmp/k", "/tmp/d/e") == 0 && CALL(getcwd, path, sizeof path) == 9 && equal(path, "/tmp/d/e", 9), "the working folder goes along");
    CALL(chdir, "/");
}

static void
check_unlinked(void)
{
    struct stat s;
    char byte = 0;
    long fd = CALL(open, "/tmp/u", O_RDWR | O_CREAT, 0644);
    CALL(write, fd, "x", 1);
    check(CALL(unlink, "/tmp/u") == 0 && !exists("/tmp/u") && CALL(fstat, fd, &s) == 0 && s.links == 0, "unlink takes the name");
    check(CALL(pread64, fd, &byte, 1, 0) == 1 && byte == 'x' && CALL(write, fd, "y", 1) == 1, "and leaves the file to who has it open");
    CALL(close, fd);
    CALL(mkdir, "/tmp/v", 0755);
    CALL(chdir, "/tmp/v");
    check(CALL(rmdir, "/tmp/v") == 0 && CALL(getcwd, long_path, 100) == -ENOENT && CALL(open, "w", O_CREAT | O_RDWR, 0644) == -ENOENT, "nothing can be made in a folder that has gone");
    check(CALL(chdir, "..") == 0 && CALL(getcwd, long_path, 100) == 5 && equal(long_path, "/tmp", 5), "but one can leave it");
    CALL(chdir, "/");
}

static void
check_listing(void)
{
    enum { FILES = 50 };
    static char names[4096];
    char path[] = "/tmp/list/fileNN";
    bool seen[FILES] = {false}, dots = false;
    int count = 0, calls = 0;
    CALL(mkdir, "/tmp/list", 0755);
    for (int i = 0; i < FILES; i++) {
        path[14] = '0' + i / 10, path[15] = '0' + i % 10;
        make_file(path);
    }
    long fd = CALL(open, "/tmp/list", O_RDONLY | O_DIRECTORY);
    for (long n; (n = CALL(getdents64, fd, names, 200)) > 0; calls++)
        for (long at = 0; at < n;) {
            struct dirent *entry = (struct dirent *)(names + at);
            if (entry->name[0] == '.')
                dots |= entry->name[1] == '.' && entry->type == DT_DIR;
            else
                seen[(entry->name[4] - '0') * 10 + entry->name[5] - '0'] = entry->type == DT_REG;
            count++;
            at += entry->size;
        }
    for (int i = 0; i < FILES; i++)
        dots &= seen[i];
    check(dots && count == FILES + 2 && calls > 5, "getdents64 tells each name once, in pieces");
    check(CALL(getdents64, fd, names, 200) == 0, "then nothing");
    CALL(lseek, fd, 0, SEEK_SET);
    check(CALL(getdents64, fd, names, 8) == -EINVAL && CALL(getdents64, 0, names, 200) == -ENOTDIR, "a buffer for not even one; no folder");
    check(CALL(getdents64, fd, BAD, 200) == -EFAULT && CALL(getdents64, fd, names, 4096) > 52 * 20, "after EFAULT all are still there");
    CALL(close, fd);
    for (int i = 0; i < FILES; i++) {
        path[14] = '0' + i / 10, path[15] = '0' + i % 10;
        CALL(unlink, path);
    }
    check(CALL(rmdir, "/tmp/list") == 0, "a folder that is empty again can be removed");
}

static void
check_at(void)
{
    long folder = CALL(open, "/tmp/d", O_RDONLY | O_DIRECTORY);
    struct stat s;
    long fd = CALL(openat, folder, "at", O_CREAT | O_RDWR, 0600);
    check(fd >= 0 && mode_of("/tmp/d/at") == (S_IFREG | 0600) && CALL(newfstatat, folder, "at", &s, 0) == 0, "openat, newfstatat");
    check(CALL(openat, fd, "x", O_RDONLY) == -ENOTDIR && CALL(openat, 99, "x", O_RDONLY) == -EBADF && CALL(openat, 99, "/tmp", O_RDONLY) >= 0, "from what is no folder; an absolute path");
    check(CALL(newfstatat, fd, "", &s, AT_EMPTY_PATH) == 0 && s.mode == (S_IFREG | 0600) && CALL(newfstatat, fd, "", &s, 0) == -ENOENT, "AT_EMPTY_PATH");
    check(CALL(mkdirat, folder, "sub", 0700) == 0 && CALL(unlinkat, folder, "sub", 0) == -EISDIR && CALL(unlinkat, folder, "sub", AT_REMOVEDIR) == 0, "mkdirat, unlinkat");
    check(CALL(unlinkat, folder, "at", 0) == 0 && CALL(fchdir, folder) == 0 && CALL(access, "h", 0) == 0, "fchdir");
    CALL(umask, 077);
    check(make_file("/tmp/d/m") == 0 && mode_of("/tmp/d/m") == (S_IFREG | 0600) && CALL(umask, 022) == 077, "umask");
    check(CALL(access, "/tmp/d/m", X_OK) == -EACCES && CALL(access, "/tmp/d/m", R_OK | W_OK) == 0 && CALL(access, "/tmp/d/m", 8) == -EINVAL, "access");
    check(CALL(chmod, "/tmp/d/m", 0755) == 0 && CALL(access, "/tmp/d/m", X_OK) == 0 && mode_of("/tmp/d/m") == (S_IFREG | 0755), "chmod");
}

int
main(void)
{
    char path[8];
    check_begin("file-names");
    check_paths();
    check_errors();
    check_rename();
    check_unlinked();
    check_listing();
    check_at();
    check(CALL(chdir, "/tmp/d") == 0 && CALL(getcwd, path, 3) == -ERANGE && CALL(getcwd, BAD, 100) == -EFAULT && CALL(getcwd, path, 7) == 7, "getcwd");
    CALL(unlink, "m"), CALL(unlink, "h"), CALL(rmdir, "e");
    check(CALL(rmdir, "/tmp/d") == 0, "nothing is left");
    return check_end();
}
