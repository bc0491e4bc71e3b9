/* Every system call answers a bad address with EFAULT; nothing is printed, and the kernel lives. */

#include "bad.h"

static char good[64] = "must not be seen\n";

static bool write_refused(uint64_t a) { return unix_write(1, (void *)a, 16) == -UNIX_EFAULT; }
static bool long_write_refused(uint64_t a) { return unix_write(1, (void *)a, ~0ul) == -UNIX_EFAULT; }
static bool action_refused(uint64_t a) { return unix_call(NR_rt_sigaction, SIGFPE, a, 0, 8, 0, 0) == -UNIX_EFAULT; }
static bool old_action_refused(uint64_t a) { return unix_call(NR_rt_sigaction, SIGFPE, 0, a, 8, 0, 0) == -UNIX_EFAULT; }
static bool mask_refused(uint64_t a) { return unix_call(NR_rt_sigprocmask, SIG_BLOCK, a, 0, 8, 0, 0) == -UNIX_EFAULT; }
static bool old_mask_refused(uint64_t a) { return unix_call(NR_rt_sigprocmask, SIG_BLOCK, 0, a, 8, 0, 0) == -UNIX_EFAULT; }

int
main(void)
{
    check_begin("bad-pointers");
    make_bad();
    check(every(write_refused), "write");
    check(every(long_write_refused), "write, length 2^64-1");
    check(unix_write(1, good, ~0ul) == -UNIX_EFAULT, "write from a good address, length 2^64-1");
    check(unix_write(1, good, 0) == 0, "write of nothing");
    check(unix_write(77, good, 1) == -UNIX_EBADF && unix_write(-1, good, 1) == -UNIX_EBADF, "write to what is not open");
    check(every(action_refused), "rt_sigaction, new action");
    check(every(old_action_refused), "rt_sigaction, old action");
    check(every(mask_refused), "rt_sigprocmask, new mask");
    check(every(old_mask_refused), "rt_sigprocmask, old mask");
    check(unix_call(NR_rt_sigaction, SIGFPE, 0, (uint64_t)main, 8, 0, 0) == -UNIX_EFAULT, "a result is not written to read-only memory");
    return check_end();
}
