/* wait.h - how a thread sleeps in the kernel until something has happened, or a signal, or a time comes. */
#ifndef WAIT_H
#define WAIT_H

#include <machine/types.h>

struct thread;

/* Threads in the order in which they came. All zero: nobody waits. */
struct wait_queue {
    struct thread *first, *last;
};

/* Sleep until woken: 0. Or -EINTR, at once when there is a signal that is not blocked, else when one comes. Whoever woke may have been
 * overtaken, so look again at what was waited for. */
long wait_on(struct wait_queue *queue);

/* The same with an end: -ETIMEDOUT when the clock (time.h) reaches `deadline` first. */
long wait_until(struct wait_queue *queue, u64 deadline);

/* The same even if there is a signal; one that comes wakes it, too. */
void wait_regardless(struct wait_queue *queue);

/* All who wait may run again. */
void wait_wake(struct wait_queue *queue);

/* This one, which waits, may run again; its wait returns `result`. */
void wait_end(struct thread *thread, long result);

/* Those whose time has come may run again. */
void wait_expire(void);

/* The earliest deadline of a sleeper; ~0 if there is none. */
u64 wait_next_deadline(void);

/* Append, take out: for queues of threads that are not waited on, too. */
void wait_append(struct wait_queue *queue, struct thread *thread);
void wait_remove(struct wait_queue *queue, struct thread *thread);

#endif
