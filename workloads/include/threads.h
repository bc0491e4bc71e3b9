/* threads.h - threads as portable workloads use them. ExOS: the library's (workloads/port/exos/threads.c); UNIX: clone (workloads/port/unix/threads.c). */
#ifndef THREADS_H
#define THREADS_H

struct port_thread;

/* Run `run(argument)` in a thread of its own, which ends when `run` returns. NULL if there can be none. */
struct port_thread *port_thread_create(void (*run)(void *), void *argument);

/* Wait until it has ended; its stack is kept for the next one. */
void port_thread_join(struct port_thread *thread);

/* Let another thread of this program run. */
void port_thread_yield(void);

#endif
