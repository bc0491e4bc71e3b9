/* threads.c - threads on a UNIX: one kernel thread each, by clone and futex; contract in threads.h.
 *
 * Stacks are cached, as a thread library does. The kernel sets `running` to 0 and wakes who waits for it when the thread is gone (CLONE_CHILD_CLEARTID).
 */

#include "unix.h"

#include <port.h>
#include <threads.h>

enum { MAX_THREADS = 4, STACK_SIZE = 16384, FUTEX_WAIT = 0 };
enum { CLONE_VM = 0x100, CLONE_FS = 0x200, CLONE_FILES = 0x400, CLONE_SIGHAND = 0x800, CLONE_THREAD = 0x10000, CLONE_SYSVSEM = 0x40000 };
enum { CLONE_PARENT_SETTID = 0x100000, CLONE_CHILD_CLEARTID = 0x200000 };
#define SHARE_ALL (CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID)

struct port_thread {
    volatile uint32_t running; /* its id, or 0 */
    void (*run)(void *);
    void *argument;
};

static struct port_thread thread[MAX_THREADS];
static char stack[MAX_THREADS][STACK_SIZE] __attribute__((aligned(16)));

/* clone.S: like the system call; the child starts in `begin(thread)` on `stack_top` and never returns from it. */
long unix_clone(uint64_t flags, void *stack_top, volatile uint32_t *tid, struct port_thread *thread, void (*begin)(struct port_thread *));

static void
begin(struct port_thread *self)
{
    self->run(self->argument);
    for (;;)
        unix_call(NR_exit, 0, 0, 0, 0, 0, 0);
}

struct port_thread *
port_thread_create(void (*run)(void *), void *argument)
{
    for (int i = 0; i < MAX_THREADS; i++)
        if (!thread[i].running && !thread[i].run) {
            thread[i] = (struct port_thread){0, run, argument};
            if (unix_clone(SHARE_ALL, stack[i] + STACK_SIZE, &thread[i].running, &thread[i], begin) > 0)
                return &thread[i];
            thread[i].run = NULL;
            return NULL;
        }
    return NULL;
}

void
port_thread_join(struct port_thread *joined)
{
    uint32_t tid;
    while ((tid = joined->running))
        unix_call(NR_futex, (uint64_t)&joined->running, FUTEX_WAIT, tid, 0, 0, 0);
    joined->run = NULL;
}

void port_thread_yield(void) { port_yield(); }
