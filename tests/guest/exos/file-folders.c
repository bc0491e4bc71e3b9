/* Folders are made and removed, processes work in them, and relative names mean what the working folder says; each error is Linux's (tests/guest/unix/file-names.c has the same). */

#include "attack.h"

#include <exos/errno.h>
#include <exos/fd.h>
#include <exos/process.h>

enum { NEW = EXOS_O_RDWR | EXOS_O_CREAT };

static char path[EXOS_PATH_MAX + 2];

static bool
opens(const char *name, int flags)
{
    long fd = exos_fd_open(name, flags);
    return fd >= 0 && exos_fd_close(fd) == 0;
}

static bool
works_in(const char *folder)
{
    long n = exos_folder_path(path, sizeof path);
    const char *at = path;
    while (*folder && *at == *folder)
        at++, folder++;
    return *at == *folder && n == at - path + 1;
}

static void
made(void)
{
    check(exos_folder_make("/tmp/d") == 0 && exos_folder_make("/tmp/d/e/") == 0 && opens("/tmp/d/e/f", NEW) && opens("/tmp/d/./e/../e/f", 0), "folders are made, also with a slash behind");
    check(exos_folder_make("/tmp/d") == -EEXIST && exos_folder_make("/") == -EEXIST && exos_folder_make("/bin/hello") == -EEXIST && exos_folder_make("/tmp/d/e/f") == -EEXIST, "not twice, nor where a file is");
    check(exos_folder_make("/tmp/x/y") == -ENOENT && exos_folder_make("") == -ENOENT && exos_folder_make("/tmp/x/.") == -ENOENT && exos_folder_make("/tmp/d/e/f/g") == -ENOTDIR, "nor where there is no way");
    check(exos_folder_make("/tmp/123456789012345678901234567890123456789012345678901234567890") == -ENAMETOOLONG, "nor with a long name");
    static char names[64];
    check(exos_file_list("/tmp/d", names, sizeof names) == 2 && names[0] == 'e' && exos_file_list("/tmp", names, sizeof names) == 2 && names[0] == 'd', "each is listed in its own");
    check(exos_fd_open("/tmp/d", NEW) == -EISDIR && exos_file_unlink("/tmp/d") == -EISDIR, "and is no file");
}

static void
relative(void)
{
    check(works_in("/") && opens("tmp/d/e/f", 0), "a session works in / first");
    check(exos_folder_work_in("/tmp/d") == 0 && works_in("/tmp/d") && opens("e/f", 0) && opens("./e/f", 0) && opens("../d/e/f", 0) && opens("/tmp/d/e/f", 0), "names are relative to the working folder");
    check(exos_fd_open("tmp/d/e/f", 0) == -ENOENT && opens("../../../bin/hello", 0), "and to no other");
    check(opens("g", NEW) && opens("/tmp/d/g", 0) && exos_file_unlink("g") == 0 && exos_fd_open("/tmp/d/g", 0) == -ENOENT, "also to make and to remove");
    check(exos_folder_work_in("e") == 0 && works_in("/tmp/d/e") && exos_folder_work_in("..") == 0 && works_in("/tmp/d"), "so is that of the next one");
    check(exos_folder_work_in("e/f") == -ENOTDIR && exos_folder_work_in("x") == -ENOENT && works_in("/tmp/d"), "what is no folder");
    check(exos_folder_path(path, 6) == -ERANGE && exos_folder_path(path, 7) == 7 && exos_folder_path(path, 0) == -ERANGE, "its path must have room");
}

static void
inherited(void)
{
    int status = 0;
    const void *bytes;
    size_t size;
    long pid = exos_fork();
    if (pid == 0) {
        bool good = works_in("/tmp/d") && opens("e/f", 0) && exos_folder_work_in("/bin") == 0 && exos_file_image("hello", &bytes, &size) == 0;
        exos_exit(good ? 5 : 1);
    }
    check(exos_wait(pid, &status) == pid && status == 5 << 8 && works_in("/tmp/d"), "a child works where its parent does, until it goes elsewhere");
}

static void
removed(void)
{
    check(exos_folder_remove("/tmp/d") == -ENOTEMPTY && exos_folder_remove("e/..") == -ENOTEMPTY && exos_folder_remove("e") == -ENOTEMPTY && exos_folder_remove("/bin") == -ENOTEMPTY, "what is not empty stays");
    check(exos_file_unlink("e/f") == 0 && exos_folder_remove("e/.") == -EINVAL && exos_folder_remove("/") == -EBUSY && exos_folder_remove("x") == -ENOENT, "so does what is named by a dot, and /");
    check(exos_folder_remove("/bin/hello") == -ENOTDIR, "and a file");
    check(exos_folder_work_in("e") == 0 && exos_folder_remove("../e") == 0 && exos_folder_path(path, sizeof path) == -ENOENT, "a folder may be removed while it is worked in");
    check(exos_fd_open("f", NEW) == -ENOENT && exos_folder_work_in("..") == -ENOENT && exos_folder_make("g") == -ENOENT && opens("/bin/hello", 0), "then nothing begins there");
    check(exos_folder_make("/tmp/d/e") == 0 && exos_fd_open("f", NEW) == -ENOENT && exos_folder_remove("/tmp/d/e") == 0, "also when there is another of that name");
    check(exos_folder_work_in("/") == 0 && exos_folder_remove("/tmp/d") == 0 && exos_folder_remove("/tmp/d") == -ENOENT && works_in("/"), "but one can leave it");
}

/* More than there is room for, one after the other: worked in, left by death, removed. */
static void
again_and_again(void)
{
    bool good = true;
    for (int i = 0; i < EXOS_FILES_MAX + 10; i++) {
        good &= exos_folder_make("/tmp/d") == 0;
        if (i % 8 == 0) {
            long pid = exos_fork();
            if (pid == 0 && exos_folder_work_in("/tmp/d") == 0)
                i % 16 ? exos_exit(0) : sys_env_exit(0);
            good &= exos_wait(pid, NULL) == pid;
        }
        good &= exos_folder_remove("tmp/d") == 0;
    }
    check(good, "what is removed leaves nothing, whoever worked in it");
}

int
main(void)
{
    check_begin("file-folders");
    made();
    relative();
    inherited();
    removed();
    again_and_again();
    return check_end();
}
