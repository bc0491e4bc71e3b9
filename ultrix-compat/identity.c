/* identity.c - questions with a fixed answer: who the user is, what the system is called, what the limits are. */

#include "errors.h"
#include "file.h"
#include "process.h"
#include "syscall.h"
#include "user.h"

enum { NAME_SIZE = 65, RLIMITS = 16, RLIMIT_STACK = 3, RLIMIT_NPROC = 6, RLIMIT_NOFILE = 7 };

/* struct new_utsname (include/uapi/linux/utsname.h). */
struct uname {
    char system[NAME_SIZE], node[NAME_SIZE], release[NAME_SIZE], version[NAME_SIZE], machine[NAME_SIZE], domain[NAME_SIZE];
};

struct limit {
    u64 soft, hard;
};

/* getuid(), geteuid(), getgid(), getegid(): there is one user, and it is the superuser. */
long
sys_root(struct trapframe *t)
{
    (void)t;
    return 0;
}

/* uname(names). Returns 0; -EFAULT. */
long
sys_uname(struct trapframe *t)
{
    static const struct uname names = {"ultrix-compat", "exolab", "6.1.0", "1", "x86_64", "(none)"};
    return user_write(t->rdi, &names, sizeof names);
}

static struct limit
limit_of(u32 resource)
{
    u64 value = resource == RLIMIT_STACK ? VM_STACK_SIZE : resource == RLIMIT_NPROC ? PROCESSES : resource == RLIMIT_NOFILE ? OPEN_MAX : ~0ul;
    return (struct limit){value, value};
}

/* prlimit64(pid, resource, new or NULL, old or NULL): limits can be asked for and not changed. Returns 0; -EINVAL (no such resource), -ESRCH, -EPERM (a new limit
 * that is another), -EFAULT. */
long
sys_prlimit64(struct trapframe *t)
{
    struct limit old = limit_of(t->rsi), new;
    if ((u32)t->rsi >= RLIMITS)
        return -EINVAL;
    if ((u32)t->rdi && !process_find(t->rdi))
        return -ESRCH;
    if (t->rdx) {
        if (user_read(&new, t->rdx, sizeof new) < 0)
            return -EFAULT;
        if (new.soft != old.soft || new.hard != old.hard)
            return -EPERM;
    }
    return t->r10 ? user_write(t->r10, &old, sizeof old) : 0;
}
