/* thread.h - threads of one environment, at user level: the kernel knows nothing of them.
 *
 * They share everything but registers and stack, and one runs until it yields, waits or ends: between these points nothing of another thread's happens, so data need no
 * lock that is not kept over one of them. The environment may lose its slice anywhere; it goes on in the same thread. Handlers of exceptions do not yield.
 */
#ifndef EXOS_THREAD_H
#define EXOS_THREAD_H

#include <stddef.h>

#define EXOS_THREAD_STACK 16384 /* bytes; the page below faults */

struct exos_thread;

/* First in, first out. */
struct exos_thread_queue {
    struct exos_thread *first, **last;
};

/* All zero: nobody holds it, nobody waits. */
struct exos_mutex {
    struct exos_thread *owner;
    struct exos_thread_queue waiting;
};
struct exos_condition {
    struct exos_thread_queue waiting;
};

/* Make a thread that runs run(argument) and ends when that returns; it is the last to get its turn. NULL if there is no memory for its stack. */
struct exos_thread *exos_thread_create(void (*run)(void *), void *argument);

/* The thread that runs. The program begins as one. */
struct exos_thread *exos_thread_self(void);

/* Let all others that can run have their turn. */
void exos_thread_yield(void);

/* End this thread. When nobody is left that can run, and somebody waits, the program ends with status EXOS_THREAD_DEADLOCK. */
_Noreturn void exos_thread_exit(void);
enum { EXOS_THREAD_DEADLOCK = 250 };

/* Wait until `thread` has ended. Each thread that was created must be joined, once: its stack is kept for the next one. */
void exos_thread_join(struct exos_thread *thread);

/* Take the mutex, waiting for it in turn; give it to the first who waits. Only the owner may give it. */
void exos_mutex_lock(struct exos_mutex *mutex);
void exos_mutex_unlock(struct exos_mutex *mutex);

/* Give the mutex and wait to be woken, in one step; then take it again. Who was woken looks again whether what it waited for holds. */
void exos_condition_wait(struct exos_condition *condition, struct exos_mutex *mutex);

/* Wake the first who waits, or all. */
void exos_condition_signal(struct exos_condition *condition);
void exos_condition_broadcast(struct exos_condition *condition);

#endif
