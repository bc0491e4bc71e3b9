/* Every system call that reads a path or a structure, or writes a result, answers a bad address with EFAULT, and has done nothing. */

#include "bad.h"
#include "calls.h"

enum { NR_uname = 63, NR_gettimeofday = 96, NR_arch_prctl = 158, NR_clock_nanosleep = 230, ARCH_GET_FS = 0x1003 };

static int fd[2]; /* a pipe with a few bytes in it */
static long file, folder;

#define REFUSES(name, ...) \
    static bool name(uint64_t a) { return (__VA_ARGS__) == -EFAULT; }

REFUSES(read_refuses, CALL(read, fd[0], a, 8))
REFUSES(write_refuses, CALL(write, fd[1], a, 8))
REFUSES(readv_refuses, CALL(readv, fd[0], a, 1))
REFUSES(writev_refuses, CALL(writev, fd[1], a, 1))
REFUSES(open_refuses, CALL(open, a, O_RDWR | O_CREAT, 0644))
REFUSES(stat_refuses_path, CALL(stat, a, fd))
REFUSES(mkdir_refuses, CALL(mkdir, a, 0755))
REFUSES(unlink_refuses, CALL(unlink, a))
REFUSES(rename_refuses_from, CALL(rename, a, "/tmp/x"))
REFUSES(rename_refuses_to, CALL(rename, "/tmp/bad-results", a))
REFUSES(chdir_refuses, CALL(chdir, a))
REFUSES(access_refuses, CALL(access, a, 0))
REFUSES(execve_refuses, CALL(execve, a, 0, 0))
REFUSES(execve_refuses_list, CALL(execve, "/bin/true", a ? a : 16, 0))
REFUSES(stat_refuses, CALL(stat, "/tmp", a))
REFUSES(fstat_refuses, CALL(fstat, fd[0], a))
REFUSES(newfstatat_refuses, CALL(newfstatat, AT_FDCWD, "/tmp", a, 0))
REFUSES(getdents_refuses, CALL(getdents64, folder, a, 4096))
REFUSES(getcwd_refuses, CALL(getcwd, a, 100))
REFUSES(pipe_refuses, CALL(pipe, a))
REFUSES(clock_refuses, CALL(clock_gettime, 1, a))
REFUSES(nanosleep_refuses, CALL(nanosleep, a, 0))
REFUSES(uname_refuses, CALL(uname, a))
REFUSES(limit_refuses_old, CALL(prlimit64, 0, RLIMIT_NOFILE, 0, a))
REFUSES(limit_refuses_new, CALL(prlimit64, 0, RLIMIT_NOFILE, a, 0))
REFUSES(pending_refuses, CALL(rt_sigpending, a, 8))
REFUSES(suspend_refuses, CALL(rt_sigsuspend, a, 8))
REFUSES(fs_refuses, CALL(arch_prctl, ARCH_GET_FS, a))

static const struct {
    const char *name;
    bool (*refuses)(uint64_t address);
} row[] = {
    {"read", read_refuses}, {"write", write_refuses}, {"readv", readv_refuses}, {"writev", writev_refuses}, {"open", open_refuses},
    {"stat, the path", stat_refuses_path}, {"mkdir", mkdir_refuses}, {"unlink", unlink_refuses}, {"rename, from", rename_refuses_from}, {"rename, to", rename_refuses_to},
    {"chdir", chdir_refuses}, {"access", access_refuses}, {"execve, the path", execve_refuses}, {"execve, the list", execve_refuses_list}, {"stat", stat_refuses},
    {"fstat", fstat_refuses}, {"newfstatat", newfstatat_refuses}, {"getdents64", getdents_refuses}, {"getcwd", getcwd_refuses}, {"pipe", pipe_refuses},
    {"clock_gettime", clock_refuses}, {"nanosleep", nanosleep_refuses}, {"uname", uname_refuses}, {"prlimit64, old", limit_refuses_old}, {"prlimit64, new", limit_refuses_new},
    {"rt_sigpending", pending_refuses}, {"rt_sigsuspend", suspend_refuses}, {"arch_prctl", fs_refuses},
};

int
main(void)
{
    char bytes[16];
    struct stat s;
    check_begin("bad-results");
    make_bad();
    CALL(pipe2, fd, O_NONBLOCK);
    CALL(write, fd[1], "abcdefgh", 8);
    file = CALL(open, "/tmp/bad-results", O_RDWR | O_CREAT, 0644);
    CALL(chdir, "/tmp");
    folder = CALL(open, "/", O_RDONLY | O_DIRECTORY);
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
        check(every(row[i].refuses), row[i].name);
    check(CALL(read, fd[0], bytes, 16) == 8 && equal(bytes, "abcdefgh", 8), "the pipe has what it had");
    check(CALL(pwrite64, file, BAD, 8, 0) == -EFAULT && CALL(fstat, file, &s) == 0 && s.size == 0, "the file has nothing");
    check(CALL(lseek, folder, 0, SEEK_CUR) == 0, "the folder is read from its beginning");
    check(CALL(dup, 0) == folder + 1, "and there is no descriptor more");
    CALL(unlink, "/tmp/bad-results");
    return check_end();
}
