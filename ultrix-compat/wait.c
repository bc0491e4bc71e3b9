/* wait.c - sleeping in the kernel; contract in wait.h. A thread is in one queue at most; with a deadline it is in the list of sleepers too. */

#include "wait.h"
#include "errors.h"
#include "schedule.h"
#include "thread.h"
#include "time.h"

static struct thread *sleepers; /* earliest deadline first */

void
wait_append(struct wait_queue *queue, struct thread *thread)
{
    thread->next = NULL;
    thread->previous = queue->last;
    if (queue->last)
        queue->last->next = thread;
    else
        queue->first = thread;
    queue->last = thread;
}

void
wait_remove(struct wait_queue *queue, struct thread *thread)
{
    if (thread->previous)
        thread->previous->next = thread->next;
    else
        queue->first = thread->next;
    if (thread->next)
        thread->next->previous = thread->previous;
    else
        queue->last = thread->previous;
}

static void
add_sleeper(struct thread *thread, u64 deadline)
{
    struct thread **at = &sleepers;
    while (*at && (*at)->deadline <= deadline)
        at = &(*at)->next_sleeper;
    thread->deadline = deadline;
    thread->next_sleeper = *at;
    *at = thread;
}

static void
remove_sleeper(struct thread *thread)
{
    struct thread **at = &sleepers;
    while (*at != thread)
        at = &(*at)->next_sleeper;
    *at = thread->next_sleeper;
    thread->deadline = 0;
}

void
wait_end(struct thread *thread, long result)
{
    wait_remove(thread->waits_on, thread);
    if (thread->deadline)
        remove_sleeper(thread);
    thread->waits_on = NULL;
    thread->wait_result = result;
    schedule_ready(thread);
}

static long
sleep_in(struct wait_queue *queue)
{
    current_thread->waits_on = queue;
    wait_append(queue, current_thread);
    schedule();
    return current_thread->wait_result;
}

long
wait_on(struct wait_queue *queue)
{
    return thread_attention ? -EINTR : sleep_in(queue);
}

void
wait_regardless(struct wait_queue *queue)
{
    sleep_in(queue);
}

long
wait_until(struct wait_queue *queue, u64 deadline)
{
    if (thread_attention)
        return -EINTR;
    if (deadline <= time_now())
        return -ETIMEDOUT;
    add_sleeper(current_thread, deadline);
    return sleep_in(queue);
}

void
wait_wake(struct wait_queue *queue)
{
    while (queue->first)
        wait_end(queue->first, 0);
}

void
wait_expire(void)
{
    if (!sleepers)
        return;
    u64 now = time_now();
    while (sleepers && sleepers->deadline <= now)
        wait_end(sleepers, -ETIMEDOUT);
}

u64
wait_next_deadline(void)
{
    return sleepers ? sleepers->deadline : ~0ul;
}
