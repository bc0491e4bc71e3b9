/* thread.c - threads at user level; contract in exos/thread.h. The switch itself is thread.S.
 *
 * Those that can run are a ring, in the order of their turns; the one that runs is `current`. Whoever waits is out of the ring, in one queue: a mutex's, a condition's, or
 * as the joiner of a thread. A thread's record lies at the upper end of its stack.
 */

#include <exos/console.h>
#include <exos/syscall.h>
#include <exos/thread.h>
#include <exos/vm.h>
#include <stdbool.h>

struct exos_thread {
    void *rsp; /* while it does not run */
    struct exos_thread *next, *previous; /* in the ring; or `next` alone: in a queue, or among the free ones */
    struct exos_thread *joiner;
    bool ended;
};

enum { GUARD = AEGIS_PAGE_SIZE };

void exos_thread_switch(void **from, void *to);
extern const char exos_thread_begin[];

static struct exos_thread first = {.next = &first, .previous = &first};
static struct exos_thread *current = &first;
static struct exos_thread *free_threads; /* with their stacks */

static void
ring_insert(struct exos_thread *thread)
{
    thread->next = current;
    thread->previous = current->previous;
    thread->previous->next = current->previous = thread;
}

static void
queue_append(struct exos_thread_queue *queue, struct exos_thread *thread)
{
    thread->next = NULL;
    *(queue->first ? queue->last : &queue->first) = thread;
    queue->last = &thread->next;
}

static struct exos_thread *
queue_take(struct exos_thread_queue *queue)
{
    struct exos_thread *thread = queue->first;
    if (thread)
        queue->first = thread->next;
    return thread;
}

/* Out of the ring, and on with the next in it. Returns when somebody has put this thread back, and its turn has come. The caller has put it where it will be found; `next` was
 * taken from it before that. */
static void
leave(struct exos_thread *self, struct exos_thread *next)
{
    if (next == self) {
        exos_puts("exos: every thread waits\n");
        sys_env_exit(EXOS_THREAD_DEADLOCK);
    }
    next->previous = self->previous;
    self->previous->next = next;
    current = next;
    exos_thread_switch(&self->rsp, next->rsp);
}

static void
wait_in(struct exos_thread_queue *queue)
{
    struct exos_thread *self = current, *next = self->next;
    queue_append(queue, self);
    leave(self, next);
}

/* A record with a stack, its lowest page read only, so that running over is an exception and not a corruption. */
static struct exos_thread *
make(void)
{
    long memory = exos_vm_map((GUARD + EXOS_THREAD_STACK) / AEGIS_PAGE_SIZE, AEGIS_READ | AEGIS_WRITE);
    if (memory < 0)
        return NULL;
    exos_vm_protect((void *)memory, GUARD / AEGIS_PAGE_SIZE, AEGIS_READ);
    return (struct exos_thread *)(memory + GUARD + EXOS_THREAD_STACK) - 1;
}

struct exos_thread *
exos_thread_create(void (*run)(void *), void *argument)
{
    struct exos_thread *thread = free_threads;
    if (thread)
        free_threads = thread->next;
    else if (!(thread = make()))
        return NULL;
    void **stack = (void **)((uintptr_t)thread & -16ul);
    *--stack = (void *)exos_thread_begin;
    *--stack = (void *)run;  /* rbx */
    *--stack = NULL;         /* rbp: where a backtrace ends */
    *--stack = argument;     /* r12 */
    stack -= 3;              /* r13, r14, r15: whatever is there */
    thread->rsp = stack;
    thread->joiner = NULL;
    thread->ended = false;
    ring_insert(thread);
    return thread;
}

struct exos_thread *
exos_thread_self(void)
{
    return current;
}

void
exos_thread_yield(void)
{
    struct exos_thread *self = current;
    current = self->next;
    if (current != self)
        exos_thread_switch(&self->rsp, current->rsp);
}

_Noreturn void
exos_thread_exit(void)
{
    struct exos_thread *self = current;
    self->ended = true;
    if (self->joiner)
        ring_insert(self->joiner);
    leave(self, self->next);
    __builtin_unreachable();
}

void
exos_thread_join(struct exos_thread *thread)
{
    struct exos_thread *self = current;
    if (!thread->ended) {
        thread->joiner = self;
        leave(self, self->next);
    }
    thread->next = free_threads;
    free_threads = thread;
}

void
exos_mutex_lock(struct exos_mutex *mutex)
{
    if (mutex->owner)
        wait_in(&mutex->waiting); /* and have it */
    else
        mutex->owner = current;
}

void
exos_mutex_unlock(struct exos_mutex *mutex)
{
    mutex->owner = queue_take(&mutex->waiting);
    if (mutex->owner)
        ring_insert(mutex->owner);
}

void
exos_condition_wait(struct exos_condition *condition, struct exos_mutex *mutex)
{
    exos_mutex_unlock(mutex);
    wait_in(&condition->waiting);
    exos_mutex_lock(mutex);
}

void
exos_condition_signal(struct exos_condition *condition)
{
    struct exos_thread *thread = queue_take(&condition->waiting);
    if (thread)
        ring_insert(thread);
}

void
exos_condition_broadcast(struct exos_condition *condition)
{
    while (condition->waiting.first)
        exos_condition_signal(condition);
}
