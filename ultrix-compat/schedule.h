/* schedule.h - who runs next. */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include "thread.h"

/* Time that a thread may have while others are ready: 100 Hz at 25 million instructions a second. */
enum { SCHEDULE_QUANTUM = 250000 };

/* This thread may run from now on. */
void schedule_ready(struct thread *thread);

/* Leave the processor to the next that is ready. The current thread is in some queue already, or never runs again. */
void schedule(void);

/* Let the others that are ready run first. */
void schedule_yield(void);

/* The timer's interrupt from ring 3: wake sleepers, and yield if the quantum is over. */
void schedule_tick(void);

/* The same from the idle thread, which looks at the queue itself. */
void schedule_idle_tick(void);

/* Stand on this address space: before the one that is stood on ends, or after the current process has got another. */
void schedule_stand_on(pa_t pml4);

/* The idle thread: run others until there is no process any more. */
void schedule_until_no_process(void);

#endif
